import { Deployment, jobProperties } from './deployment';
import { serviceError } from './fake-sagemaker';

const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare:1';
const ROLE = 'arn:aws:iam::111122223333:role/Prepare';
const PROVIDER = 'arn:aws:sts::111122223333:assumed-role/Shop-ProviderRole-AbC/Shop-IsComplete';

/** What the deployment says in the end when the Create call fails with this. */
async function reasonFor(name: string, message: string): Promise<string> {
  const deployment = new Deployment();
  deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(200).fill(serviceError(name, message)));
  return deployment.create(jobProperties()).then(() => 'it was started', (error: Error) => error.message);
}

test.each<[string, string, string, string[]]>([
  [
    'a quota', 'ResourceLimitExceeded',
    "The account-level service limit 'ml.m5.large for processing job usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances.",
    ['ml.m5.large for processing job usage', 'Service Quotas console'],
  ],
  [
    'a permission of the provider', 'AccessDeniedException',
    `User: ${PROVIDER} is not authorized to perform: sagemaker:CreateProcessingJob on resource: arn:aws:sagemaker:eu-west-1:111122223333:processing-job/x because a permissions boundary explicitly denies it with an explicit deny`,
    ['The role Shop-ProviderRole-AbC needs sagemaker:CreateProcessingJob on arn:aws:sagemaker:eu-west-1:111122223333:processing-job/x:', 'boundary'],
  ],
  [
    'passing a role', 'AccessDeniedException',
    `User: ${PROVIDER} is not authorized to perform: iam:PassRole on resource: ${ROLE} because no identity-based policy allows the iam:PassRole action`,
    [`The role Shop-ProviderRole-AbC needs iam:PassRole on ${ROLE}:`],
  ],
  [
    'adding tags, with nothing after the action', 'AccessDeniedException',
    `User: ${PROVIDER} is not authorized to perform: sagemaker:AddTags.`,
    ['The role Shop-ProviderRole-AbC needs sagemaker:AddTags: '],
  ],
  [
    'a role that is not there, or trusts nobody', 'ValidationException', `Could not assume role ${ROLE}. Please ensure that the role exists.`,
    [`The role ${ROLE} must exist`, 'sts:AssumeRole'],
  ],
  [
    'data that the role may not read', 'ValidationException', 'Unauthorized to List objects under S3 URL: s3://data/raw/. Please ensure that the role is allowed to.',
    [`The role ${ROLE} needs s3:ListBucket and s3:GetObject`],
  ],
  [
    'an instance type that the Region does not have', 'ValidationException',
    "1 validation error detected: Value 'ml.m5.large' at 'processingResources.clusterConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set: [ml.m5.xlarge]",
    ['ml.m5.large seems not to be offered for this kind of job in eu-west-1'],
  ],
  [
    'an image of another Region', 'ValidationException', `Invalid region us-east-2 in image URI ${IMAGE}. Please provide an image URI in region eu-west-1.`,
    ['The image has to be in a private ECR repository in eu-west-1', IMAGE],
  ],
  ['an image that is not there', 'ValidationException', 'Cannot find the requested image.', [IMAGE, `${ROLE} has to be allowed to pull it (ecr:BatchGetImage)`]],
  ['an image of somebody else', 'ValidationException', 'Access denied for registryId 444455556666', [IMAGE, `${ROLE} has to be allowed to pull it`]],
  [
    'an index of images', 'ValidationException', 'Unsupported manifest media type application/vnd.oci.image.index.v1+json for image',
    ['one architecture', 'docker buildx build --platform linux/amd64 --provenance=false', IMAGE],
  ],
  [
    'a list of manifests', 'ValidationException', 'Unsupported manifest media type application/vnd.docker.distribution.manifest.list.v2+json',
    ['one architecture', '--provenance=false'],
  ],
])('%s is explained, with what to do', async (_what, name, message, advice) => {
  const reason = await reasonFor(name, message);
  expect(reason).toMatch(/^The processing job Shop-Prepare-\w{10} could not be started\. /);
  expect(reason).not.toContain('public');
  for (const part of [`${name}: ${message}`, ...advice]) expect(reason).toContain(part);
});

test('the advice is not lost behind a message that is too long', async () => {
  const types = Array.from({ length: 400 }, (_, index) => `ml.x${index}.large`).join(', ');
  const reason = await reasonFor('ValidationException', `Value 'ml.m5.large' at 'instanceType' failed to satisfy constraint: Member must satisfy enum value set: [${types}]`);
  expect(reason).toContain("could not be started. ValidationException: Value 'ml.m5.large' at 'instanceType'");
  expect(reason).toContain('seems not to be offered for this kind of job in eu-west-1: choose another instanceType, or another Region.');
});

test('an error that says all there is to say stays as it is', async () => {
  expect(await reasonFor('ValidationException', 'InstanceCount must be at least 1')).toMatch(/InstanceCount must be at least 1$/);
});

describe('a quota', () => {
  const limit = (quota: string, used = 4) => `The account-level service limit '${quota}' is 4, with current utilization of ${used} and a request delta of 1.`;

  test.each([
    ['of an instance type', 'ml.m5.large for processing job usage', 'use another instance type'],
    ['of volumes', 'Size of EBS volume for a processing job instance', 'use a smaller volume'],
    ['of run times', 'Longest run time for a processing job', 'allow less run time'],
    ['of instances', 'Number of instances for a processing job', 'use fewer instances'],
  ])('%s says what to use less of', async (_what, quota, less) => {
    expect(await reasonFor('ResourceLimitExceeded', limit(quota)))
      .toMatch(new RegExp(` Ask for more of this quota in the Service Quotas console, ${less}, or wait until other jobs have ended\\.$`));
  });

  test('of anything else says what there is to say', async () => {
    expect(await reasonFor('ResourceLimitExceeded', limit('Concurrent processing jobs')))
      .toMatch(/ Ask for more of this quota in the Service Quotas console, or wait until other jobs have ended\.$/);
  });

  test('that nothing uses is not waited for', async () => {
    const reason = await reasonFor('ResourceLimitExceeded', limit('ml.p4d.24xlarge for processing job usage', 0));
    expect(reason).toMatch(/ Ask for more of this quota in the Service Quotas console, or use another instance type\.$/);
  });
});

test.each([
  ['without a full stop', 'Cannot find the requested image', 'image. The image'],
  ['with one', 'Cannot find the requested image.', 'image. The image'],
  ['with one in quotes', 'The image is "not there."', 'there." The image'],
  ['with a line after it', 'Cannot find the requested image.\n', 'image. The image'],
  ['with a blank after it', 'Cannot find the requested image ', 'image. The image'],
])('advice on a text %s is a sentence of its own', async (_what, message, part) => {
  expect(await reasonFor('ValidationException', message)).toContain(part);
});

test.each([
  "Value 'x' at 'environment.IMAGES_PER_ROW' failed to satisfy constraint.",
  "Value '{MODE=image}' at 'environment' failed to satisfy constraint.",
  'No S3 objects found under S3 URL "s3://photos/image/raw/" given in input data source.',
  `No S3 objects found under s3://photos/image for the role ${ROLE}.`,
  'The role arn:aws:iam::111122223333:role/image-reader, or repository-reader, has no access.',
])('a text that is about something else says nothing of the image: %s', async (message) => {
  expect(await reasonFor('ValidationException', message)).toBe(`The processing job Shop-Prepare-2na66n8kde could not be started. ValidationException: ${message}`);
});

test('a text with an apostrophe is about the image all the same', async () => {
  expect(await reasonFor('ValidationException', "It can't find the image, which doesn't exist.")).toContain(' The image has to be in a private ECR repository');
});

test('what is denied on purpose is not advised to be granted', async () => {
  const message = `User: ${PROVIDER} is not authorized to perform: sagemaker:CreateProcessingJob on resource: arn:x with an explicit deny in a service control policy`;
  expect(await reasonFor('AccessDeniedException', message))
    .toMatch(/needs sagemaker:CreateProcessingJob on arn:x: look for what denies it, for no grant is stronger \(a boundary, a policy of the organization\)\.$/);
});
