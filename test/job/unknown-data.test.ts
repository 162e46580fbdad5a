import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AthenaResultFormat, AutoMLDataset, ProcessingCode, ProcessingInput, ProcessingJob, S3Location } from '../../src';
import { newJob as newAutoMLJob } from '../automl-job/testing';
import { newJob, newStack } from '../processing-job/testing';

const SCRIPT = `${__dirname}/../processing-job/scripts/prepare.py`;

const athena = (stack: Stack) => ProcessingInput.fromAthena({
  database: 'sales', outputFormat: AthenaResultFormat.PARQUET, outputLocation: results(stack), queryString: 'SELECT 1',
});
const results = (stack: Stack) => S3Location.fromBucket(stack.node.tryFindChild('Results') as Bucket ?? new Bucket(stack, 'Results'), 'athena/');
const manifest = (stack: Stack) => ProcessingInput.fromManifest(S3Location.fromBucket(new Bucket(stack, 'Lists'), 'list.manifest'));

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('dataNotGranted')).map(({ entry }) => String(entry.data));
}

test.each<[string, string, (stack: Stack) => ProcessingInput]>([
  ['an Athena query', 'the data of the tables that the query of Athena reads', athena],
  ['a manifest', 'the objects that the manifest lists', manifest],
])('the data of %s that nothing lets the role read is warned of', (_name, data, input) => {
  const stack = newStack();
  newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT), inputs: { data: input(stack) } });
  expect(warningsOf(stack)).toEqual([expect.stringContaining(`may not read ${data}`)]);
});

test.each<[string, (stack: Stack) => AutoMLDataset, number]>([
  ['a manifest', (stack) => AutoMLDataset.fromManifest(S3Location.fromBucket(new Bucket(stack, 'Lists'), 'list.manifest')), 1],
  ['a prefix', (stack) => AutoMLDataset.fromS3(S3Location.fromBucket(new Bucket(stack, 'Sales'), 'sales/')), 0],
])('of an AutoML job with %s likewise', (_name, trainingData, warnings) => {
  const stack = newStack();
  newAutoMLJob(stack, { trainingData: trainingData(stack) });
  expect(warningsOf(stack)).toHaveLength(warnings);
});

test('of an AutoML job with a manifest is not warned of where a location is granted', () => {
  const stack = newStack();
  const job = newAutoMLJob(stack, { trainingData: AutoMLDataset.fromManifest(S3Location.fromUri('s3://lists/list.manifest')) });
  S3Location.fromUri('s3://sales/').grantRead(job);
  expect(warningsOf(stack)).toEqual([]);
});

test('so is that of an input that is added later', () => {
  const stack = newStack();
  newJob(stack).addInput('data', athena(stack));
  expect(warningsOf(stack)).toHaveLength(1);
});

const more = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::sales/*'] });

test.each<[string, (job: ProcessingJob, stack: Stack) => unknown]>([
  ['a location is granted', (job) => S3Location.fromUri('s3://sales/').grantRead(job)],
  ['a bucket is granted', (job, stack) => new Bucket(stack, 'Sales').grantRead(job)],
  ['a statement is added', (job) => job.role.addToPrincipalPolicy(more)],
  ['all of S3 is granted', (job) => job.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))],
  ['a managed policy is added', (job) => job.role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess'))],
  ['a policy is attached', (job, stack) => new Policy(stack, 'More', { roles: [job.role], statements: [more] })],
  ['another input may be where it is', (job) => job.addInput('sales', ProcessingInput.fromS3(S3Location.fromUri('s3://sales/')))],
])('is not warned of where %s after the job is made', (_name, grant) => {
  const stack = newStack();
  grant(newJob(stack, { inputs: { data: athena(stack) } }), stack);
  expect(warningsOf(stack)).toEqual([]);
});

test('is not warned of where the role is given: what it may do is not known', () => {
  const stack = newStack();
  newJob(stack, { inputs: { data: athena(stack) }, role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) });
  expect(warningsOf(stack)).toEqual([]);
});

test('other inputs are not warned of', () => {
  const stack = newStack();
  newJob(stack, { inputs: { data: ProcessingInput.fromS3(S3Location.fromUri('s3://sales/')) } });
  expect(warningsOf(stack)).toEqual([]);
});
