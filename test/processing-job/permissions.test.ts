import * as path from 'path';
import { Aws, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { IRole, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { neededBy, permissionsOf } from './policies';
import { newJob, newStack, PROCESSING_JOB, resourcesOf, ROLE_ARN } from './testing';
import { ProcessingCode, ProcessingImage, ProcessingInput, ProcessingOutput, S3Location } from '../../src';

const SCRIPT = path.join(__dirname, 'scripts', 'prepare.py');
const ASSETS = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>';
const EC2 = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>';
const LOGS = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/ProcessingJobs';

/** What every job may do: write its log and its metrics. */
const BASICS = [
  'cloudwatch:PutMetricData on * if {"StringEquals":{"cloudwatch:namespace":"/aws/sagemaker/ProcessingJobs"}}',
  `logs:CreateLogGroup on ${LOGS}:*`,
  `logs:CreateLogStream on ${LOGS}:log-stream:test-57gouu--*/*`,
  `logs:DescribeLogStreams on ${LOGS}:*`,
  `logs:PutLogEvents on ${LOGS}:log-stream:test-57gouu--*/*`,
];

/** To pull an image. */
const pull = (arn: string) => [
  `ecr:BatchCheckLayerAvailability on ${arn}`,
  `ecr:BatchGetImage on ${arn}`,
  'ecr:GetAuthorizationToken on *',
  `ecr:GetDownloadUrlForLayer on ${arn}`,
];
const PULL_MINIMAL_IMAGE = pull('arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/python');

/** What a job with these properties may do beyond that. */
function permissionsWith(props: (stack: Stack) => object): string[] {
  const stack = newStack();
  const given = props(stack);
  newJob(stack, given);
  const permissions = permissionsOf(stack, 'JobJobRole').map((line) => line.replace(/\?{64}/g, '<any hash>'));
  expect(permissions).toEqual(expect.arrayContaining(BASICS));
  const expected = 'image' in given ? BASICS : [...BASICS, ...PULL_MINIMAL_IMAGE];
  return permissions.filter((line) => !expected.includes(line));
}

/** A job that needs something of everything. */
function newDemandingJob(stack: Stack, role?: IRole) {
  const data = new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'DataKey') });
  return newJob(stack, {
    code: ProcessingCode.fromAsset(SCRIPT),
    image: ProcessingImage.fromEcrRepository(new Repository(stack, 'Images'), '1.0'),
    inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(data, 'raw/')) },
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('s3://results/train/')) },
    role,
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    volumeEncryptionKey: new Key(stack, 'VolumeKey'),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
  });
}

const DEMANDING = [
  ...BASICS,
  // the network interfaces
  `ec2:CreateNetworkInterface on ${EC2}:network-interface/*`,
  `ec2:CreateNetworkInterface on ${EC2}:security-group/sg-1`,
  `ec2:CreateNetworkInterface on ${EC2}:subnet/subnet-1`,
  `ec2:CreateNetworkInterfacePermission on ${EC2}:network-interface/*`,
  `ec2:DeleteNetworkInterface on ${EC2}:network-interface/*`,
  `ec2:DeleteNetworkInterfacePermission on ${EC2}:network-interface/*`,
  'ec2:DescribeDhcpOptions on *',
  'ec2:DescribeNetworkInterfaces on *',
  'ec2:DescribeSecurityGroups on *',
  'ec2:DescribeSubnets on *',
  'ec2:DescribeVpcs on *',
  // the image
  'ecr:BatchCheckLayerAvailability on <Images.Arn>',
  'ecr:BatchGetImage on <Images.Arn>',
  'ecr:GetAuthorizationToken on *',
  'ecr:GetDownloadUrlForLayer on <Images.Arn>',
  // the volumes, the outputs, the bucket of the input
  'kms:CreateGrant on <VolumeKey.Arn> if {"Bool":{"kms:GrantIsForAWSResource":"true"}}',
  'kms:Decrypt on <DataKey.Arn>',
  'kms:Decrypt on <OutputKey.Arn>',
  'kms:DescribeKey on <VolumeKey.Arn>',
  'kms:Encrypt on <OutputKey.Arn>',
  'kms:GenerateDataKey on <OutputKey.Arn>',
  // the code
  `s3:GetObject on ${ASSETS}/<any hash>.py`,
  `s3:ListBucket on ${ASSETS} if {"StringLike":{"s3:prefix":"<any hash>.py"}}`,
  // the input
  's3:GetObject on <Data.Arn>/raw/*',
  's3:ListBucket on <Data.Arn> if {"StringLike":{"s3:prefix":"raw/*"}}',
  // the output
  's3:AbortMultipartUpload on arn:<AWS::Partition>:s3:::results/train/*',
  's3:PutObject on arn:<AWS::Partition>:s3:::results/train/*',
].sort();

/** With the hashes of assets left out. */
function demandingPermissionsOf(stack: Stack, roleId: string): string[] {
  return permissionsOf(stack, roleId).map((line) => line.replace(/\?{64}/g, '<any hash>')).sort();
}

describe('the default role', () => {
  test('may do exactly what the job needs', () => {
    const stack = newStack();
    newDemandingJob(stack);
    expect(demandingPermissionsOf(stack, 'JobJobRole')).toEqual(DEMANDING);
  });

  test('of a job with the least properties may pull its image, write its log and its metrics, and no more', () => {
    expect(permissionsWith(() => ({}))).toEqual([]);
  });

  test('has no managed policies', () => {
    const stack = newStack();
    newDemandingJob(stack);
    const role = Object.entries<any>(Template.fromStack(stack).findResources('AWS::IAM::Role')).find(([id]) => id.startsWith('JobJobRole'))![1];
    expect(Object.keys(role.Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Path']);
  });
});

describe('a given role', () => {
  test('gets the same', () => {
    const stack = newStack();
    newDemandingJob(stack, new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }));
    expect(demandingPermissionsOf(stack, 'Own')).toEqual(DEMANDING);
    expect(Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).filter((id) => id.startsWith('JobJobRole'))).toEqual([]);
  });

  test('of the same account gets the same when it is imported', () => {
    const stack = newStack();
    newDemandingJob(stack, Role.fromRoleArn(stack, 'Own', ROLE_ARN));
    expect(demandingPermissionsOf(stack, 'jobs')).toEqual(DEMANDING);
  });

  test('keeps what it has', () => {
    const stack = newStack();
    const managedPolicies = [ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')];
    newDemandingJob(stack, new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), managedPolicies }));
    const role = Object.entries(resourcesOf(stack, 'AWS::IAM::Role')).find(([id]) => id.startsWith('Own'))![1];
    expect(role.Properties.ManagedPolicyArns).toHaveLength(1);
  });

  test('that cannot be changed is left alone, with a warning of what it needs', () => {
    const stack = newStack();
    newJob(stack, {
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/')) },
      role: Role.fromRoleArn(stack, 'Own', ROLE_ARN, { mutable: false }),
    });
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).not.toHaveProperty('jobs');
    expect(permissionsOf(stack, 'jobs')).toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('^The role of ProcessingJob \'Test/Job\' cannot be changed here[^]*s3:GetObject'));
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('\\[ack: cdk-sagemaker-jobs:grantNotAdded-[0-9a-f]{8}\\]$'));
  });
});

describe('the role of several jobs', () => {
  test('may do what each of them needs', () => {
    const stack = newStack();
    const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    newJob(stack, { role, inputs: { a: ProcessingInput.fromS3(S3Location.fromUri('s3://a/')) } }, 'A');
    newJob(stack, { role, inputs: { b: ProcessingInput.fromS3(S3Location.fromUri('s3://b/')) } }, 'B');
    expect(permissionsOf(stack, 'Own').filter((line) => line.startsWith('s3:GetObject'))).toEqual([
      's3:GetObject on arn:<AWS::Partition>:s3:::a/*',
      's3:GetObject on arn:<AWS::Partition>:s3:::b/*',
    ]);
  });
});

describe('what is added later is granted, too', () => {
  test('inputs and outputs', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addInput('raw', ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/')));
    job.addOutput('train', ProcessingOutput.toS3(S3Location.fromUri('s3://data/train/')));
    expect(permissionsOf(stack, 'JobJobRole').filter((line) => ![...BASICS, ...PULL_MINIMAL_IMAGE].includes(line))).toEqual([
      's3:AbortMultipartUpload on arn:<AWS::Partition>:s3:::data/train/*',
      's3:GetObject on arn:<AWS::Partition>:s3:::data/raw/*',
      's3:ListBucket on arn:<AWS::Partition>:s3:::data if {"StringLike":{"s3:prefix":"raw/*"}}',
      's3:PutObject on arn:<AWS::Partition>:s3:::data/train/*',
    ]);
  });
});

describe('an image', () => {
  test.each([
    ['an account and a Region', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/image:1.0',
      'arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/team/image'],
    ['a digest', `123456789012.dkr.ecr.eu-west-1.amazonaws.com/image@sha256:${'0'.repeat(64)}`,
      'arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/image'],
    ['neither tag nor digest', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/image', 'arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/image'],
    ['another partition', '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/image:1', 'arn:<AWS::Partition>:ecr:cn-north-1:123456789012:repository/image'],
    ['a FIPS host', '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/image:1', 'arn:<AWS::Partition>:ecr:us-gov-west-1:123456789012:repository/image'],
    ['a host with IPv6', '123456789012.dkr-ecr.eu-west-1.on.aws/a/b/c:1', 'arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/a/b/c'],
  ])('by the URI of a private repository with %s may be pulled', (_name, uri, arn) => {
    expect(permissionsWith(() => ({ image: ProcessingImage.fromRegistry(uri) }))).toEqual(pull(arn));
  });

  test.each([
    ['the stack’s account and Region', `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com/image:1`,
      'arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/image'],
    ['the stack’s account, Region and suffix', `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/image:1`,
      'arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/image'],
    ['the stack’s Region', `123456789012.dkr.ecr.${Aws.REGION}.amazonaws.com/image:1`,
      'arn:<AWS::Partition>:ecr:<AWS::Region>:123456789012:repository/image'],
  ])('by the URI of a private repository with %s may be pulled', (_name, uri, arn) => {
    expect(permissionsWith(() => ({ image: ProcessingImage.fromRegistry(uri) }))).toEqual(pull(arn));
  });

  test('that the app builds may be pulled', () => {
    const directory = path.join(__dirname, 'scripts');
    const permissions = permissionsWith(() => ({ image: ProcessingImage.fromAsset(directory) }));
    expect(permissions).toEqual(pull(
      'arn:<AWS::Partition>:ecr:<AWS::Region>:<AWS::AccountId>:repository/cdk-hnb659fds-container-assets-<AWS::AccountId>-<AWS::Region>'));
  });
});

describe('the custom resource', () => {
  const needs = (stack: Stack) => neededBy(stack, Object.keys(resourcesOf(stack, PROCESSING_JOB))[0]);
  const policiesOf = (stack: Stack, roleId: string) => Object.entries(resourcesOf(stack, 'AWS::IAM::Policy'))
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(roleId)).map(([id]) => id);

  test('depends on the role and its policy', () => {
    const stack = newStack();
    newDemandingJob(stack);
    expect([...needs(stack)]).toEqual(expect.arrayContaining(policiesOf(stack, 'JobJobRole')));
  });

  test('depends on the policy of a given role', () => {
    const stack = newStack();
    newDemandingJob(stack, new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }));
    expect(policiesOf(stack, 'Own')).toHaveLength(1);
    expect([...needs(stack)]).toEqual(expect.arrayContaining(policiesOf(stack, 'Own')));
  });

  test('depends on the policies that are part of a given role', () => {
    const stack = newStack();
    const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new Policy(role, 'Extra', { roles: [role], statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] });
    newJob(stack, { role });
    expect(policiesOf(stack, 'Own')).toHaveLength(2);
    expect([...needs(stack)]).toEqual(expect.arrayContaining(policiesOf(stack, 'Own')));
  });

  test('depends on the policy that an imported role gets', () => {
    const stack = newStack();
    newJob(stack, { role: Role.fromRoleArn(stack, 'Own', ROLE_ARN) });
    expect(policiesOf(stack, 'jobs')).toHaveLength(1);
    expect([...needs(stack)]).toEqual(expect.arrayContaining(policiesOf(stack, 'jobs')));
  });

  test('depends on the policy that an imported role gets, when keys and repositories are of the app', () => {
    const stack = newStack();
    newDemandingJob(stack, Role.fromRoleArn(stack, 'Own', ROLE_ARN));
    expect(policiesOf(stack, 'jobs')).toHaveLength(1);
    expect([...needs(stack)]).toEqual(expect.arrayContaining(policiesOf(stack, 'jobs')));
  });

  test('depends on the stack of a bucket of another account, whose policy lets the role in', () => {
    const stack = newStack('Test', { env: { account: '222222222222', region: 'eu-west-1' } });
    const data = new Stack(stack.node.root, 'Data', { env: { account: '111111111111', region: 'eu-west-1' } });
    const bucket = new Bucket(data, 'Data', { bucketName: 'data' });
    newJob(stack, {
      role: Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::222222222222:role/jobs'),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket)) },
    });
    expect(Object.keys(resourcesOf(data, 'AWS::S3::BucketPolicy'))).toHaveLength(1);
    expect(stack.dependencies).toEqual([data]);
  });
});
