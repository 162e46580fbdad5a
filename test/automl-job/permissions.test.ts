import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AUTOML_JOB, newJob, newStack, resourcesOf, ROLE_ARN } from './testing';
import { AutoMLDataset, AutoMLValidation, S3Location } from '../../src';
import { neededBy, permissionsOf } from '../processing-job/policies';

const ACCOUNT = '<AWS::Region>:<AWS::AccountId>';
const EC2 = `arn:<AWS::Partition>:ec2:${ACCOUNT}`;
const ECR = 'arn:<AWS::Partition>:ecr:<AWS::Region>:*:repository/* if {"StringNotEquals":{"aws:ResourceAccount":{"Ref":"AWS::AccountId"}}}';
const LOGS = `arn:<AWS::Partition>:logs:${ACCOUNT}:log-group:/aws/sagemaker/*`;

/** What Autopilot starts, as the job's role. */
const RESOURCES = ['endpoint', 'endpoint-config', 'hyper-parameter-tuning-job', 'model', 'processing-job', 'training-job', 'transform-job'];
const ACTIONS = [
  'CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint', 'InvokeEndpoint', 'CreateEndpointConfig', 'DeleteEndpointConfig', 'DescribeEndpointConfig',
  'CreateHyperParameterTuningJob', 'DescribeHyperParameterTuningJob', 'StopHyperParameterTuningJob', 'CreateModel', 'DeleteModel', 'DescribeModel',
  'CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob', 'CreateTrainingJob', 'DescribeTrainingJob', 'StopTrainingJob',
  'CreateTransformJob', 'DescribeTransformJob', 'StopTransformJob', 'AddTags', 'ListTags',
];

const basics = (roleArn: string) => [
  'cloudwatch:PutMetricData on * if {"StringLike":{"cloudwatch:namespace":"/aws/sagemaker/*"}}',
  `ecr:BatchCheckLayerAvailability on ${ECR}`,
  `ecr:BatchGetImage on ${ECR}`,
  'ecr:GetAuthorizationToken on *',
  `ecr:GetDownloadUrlForLayer on ${ECR}`,
  `iam:PassRole on ${roleArn} if {"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}`,
  `logs:CreateLogGroup on ${LOGS}:*`,
  `logs:CreateLogStream on ${LOGS}:log-stream:*`,
  `logs:DescribeLogStreams on ${LOGS}:*`,
  `logs:PutLogEvents on ${LOGS}:log-stream:*`,
  ...ACTIONS.flatMap((action) => RESOURCES.map((resource) => `sagemaker:${action} on arn:<AWS::Partition>:sagemaker:${ACCOUNT}:${resource}/*`)),
];

const minimal = (roleArn: string) => [
  ...basics(roleArn),
  's3:AbortMultipartUpload on arn:<AWS::Partition>:s3:::results/automl/*',
  's3:GetObject on arn:<AWS::Partition>:s3:::data/train.csv*',
  's3:GetObject on arn:<AWS::Partition>:s3:::results/automl/*',
  's3:ListBucket on arn:<AWS::Partition>:s3:::data if {"StringLike":{"s3:prefix":"train.csv*"}}',
  's3:ListBucket on arn:<AWS::Partition>:s3:::results if {"StringLike":{"s3:prefix":"automl/*"}}',
  's3:PutObject on arn:<AWS::Partition>:s3:::results/automl/*',
].sort();

/** A job that needs something of everything. */
function newDemandingJob(stack: Stack, role?: IRole) {
  const data = new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'DataKey') });
  return newJob(stack, {
    featureSpecification: S3Location.fromBucket(data, 'features.json'),
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    outputLocation: S3Location.fromBucket(data, 'automl/'),
    role,
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(data, 'train/')),
    validation: AutoMLValidation.dataset(AutoMLDataset.fromManifest(S3Location.fromBucket(data, 'valid.manifest'))),
    volumeEncryptionKey: new Key(stack, 'VolumeKey'),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
  });
}

const demanding = (roleArn: string) => [
  ...basics(roleArn),
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
  'kms:CreateGrant on <VolumeKey.Arn> if {"Bool":{"kms:GrantIsForAWSResource":"true"}}',
  'kms:Decrypt on <DataKey.Arn>',
  'kms:Decrypt on <OutputKey.Arn>',
  'kms:DescribeKey on <VolumeKey.Arn>',
  'kms:Encrypt on <OutputKey.Arn>',
  'kms:GenerateDataKey on <DataKey.Arn>',
  'kms:GenerateDataKey on <OutputKey.Arn>',
  's3:AbortMultipartUpload on <Data.Arn>/automl/*',
  's3:GetObject on <Data.Arn>/automl/*',
  's3:GetObject on <Data.Arn>/features.json*',
  's3:GetObject on <Data.Arn>/train/*',
  's3:GetObject on <Data.Arn>/valid.manifest*',
  's3:ListBucket on <Data.Arn> if {"StringLike":{"s3:prefix":"automl/*"}}',
  's3:ListBucket on <Data.Arn> if {"StringLike":{"s3:prefix":"features.json*"}}',
  's3:ListBucket on <Data.Arn> if {"StringLike":{"s3:prefix":"train/*"}}',
  's3:ListBucket on <Data.Arn> if {"StringLike":{"s3:prefix":"valid.manifest*"}}',
  's3:PutObject on <Data.Arn>/automl/*',
].sort();

describe('the default role', () => {
  test('of a job with the least properties may do what Autopilot does, and with data what the job does', () => {
    const stack = newStack();
    newJob(stack);
    expect(permissionsOf(stack, 'ChurnJobRole')).toEqual(minimal('<ChurnJobRole.Arn>'));
  });

  test('may do exactly what the job needs', () => {
    const stack = newStack();
    newDemandingJob(stack);
    expect(permissionsOf(stack, 'ChurnJobRole')).toEqual(demanding('<ChurnJobRole.Arn>'));
  });

  test('has no managed policies', () => {
    const stack = newStack();
    newDemandingJob(stack);
    const role = Object.entries<any>(Template.fromStack(stack).findResources('AWS::IAM::Role')).find(([id]) => id.startsWith('ChurnJobRole'))![1];
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});

describe('a given role', () => {
  test('gets the same', () => {
    const stack = newStack();
    newDemandingJob(stack, new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }));
    expect(permissionsOf(stack, 'Own')).toEqual(demanding('<Own.Arn>'));
    expect(Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).filter((id) => id.startsWith('ChurnJobRole'))).toEqual([]);
  });

  test('that is imported gets the same', () => {
    const stack = newStack();
    newJob(stack, { role: Role.fromRoleArn(stack, 'Own', ROLE_ARN) });
    expect(permissionsOf(stack, 'automl')).toEqual(minimal(ROLE_ARN));
  });

  test('that cannot be changed is left alone, with a warning of what it needs', () => {
    const stack = newStack();
    newJob(stack, { role: Role.fromRoleArn(stack, 'Own', ROLE_ARN, { mutable: false }) });
    expect(permissionsOf(stack, 'automl')).toEqual([]);
    for (const needed of ['s3:GetObject', 'sagemaker:CreateTrainingJob', 'iam:PassRole', 'ecr:BatchGetImage', 'logs:PutLogEvents']) {
      Annotations.fromStack(stack).hasWarning('/Test/Churn', Match.stringLikeRegexp(`cannot be changed here[^]*${needed}[^]*\\[ack: cdk-sagemaker-jobs:grantNotAdded-[0-9a-f]{8}\\]$`));
    }
  });
});

test('the custom resource depends on the role’s policy', () => {
  const stack = newStack();
  newDemandingJob(stack, Role.fromRoleArn(stack, 'Own', ROLE_ARN));
  const policies = Object.entries(resourcesOf(stack, 'AWS::IAM::Policy')).filter(([, { Properties }]) => JSON.stringify(Properties.Roles) === '["automl"]');
  expect(policies).toHaveLength(1);
  expect([...neededBy(stack, Object.keys(resourcesOf(stack, AUTOML_JOB))[0])]).toEqual(expect.arrayContaining(policies.map(([id]) => id)));
});
