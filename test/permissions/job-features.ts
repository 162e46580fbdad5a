/** Features of jobs that do not depend on their data: images, networks, keys, logs, and outputs of other jobs. */
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  arn, call, calls, createGrant, decrypt, download, generateDataKey, get, interfaces, key, list, logsAndMetrics, pull, put, remove, repository,
  upload,
} from './calls';
import { ACCOUNT, OTHER_ACCOUNT, REGION } from './deployed';
import { Feature, JOB_NAME, location, newJob, processing, PROCESSING } from './features';
import { ProcessingImage, ProcessingInput, ProcessingOutput, PyTorchVersion, ScikitLearnVersion } from '../../src';

const VOLUMES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/key-management.html, and https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html';
const CLARIFY = 'what Clarify calls, by errors and policies that were published: sm-clarify-config-… is not authorized to perform sagemaker:AddTags';
const ECR_PULL = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-pull.html';
const EXPERIMENTS = 'API_CreateProcessingJob, ExperimentConfig: what is recorded, SageMaker records as the caller';

const vpc = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });

const images: Feature[] = [
  processing('an image in a repository of the app', (stack) => ({ image: ProcessingImage.fromEcrRepository(new Repository(stack, 'Images')) }), {
    needed: { [ECR_PULL]: pull(repository('Images')) },
    beside: pull(repository('image')).slice(1),
  }, repository('Images')),
  processing('an image that the app builds', () => ({ image: ProcessingImage.fromAsset(`${__dirname}/../processing-job/scripts`) }), {
    needed: {},
    beside: pull(repository('image')).slice(1),
  }, repository(`cdk-hnb659fds-container-assets-${ACCOUNT}-${REGION}`)),
  processing('an image in a repository of another account', () => ({
    image: ProcessingImage.fromRegistry(`${OTHER_ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/image:1.0`),
  }), {
    needed: {},
    beside: pull(repository('team/other', OTHER_ACCOUNT)).slice(1),
  }, repository('team/image', OTHER_ACCOUNT)),
  ...[
    `${OTHER_ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/image:1.0`,
    `${OTHER_ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/image`,
    `${OTHER_ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/image@sha256:${'0'.repeat(64)}`,
    `${OTHER_ACCOUNT}.dkr.ecr-fips.${REGION}.amazonaws.com/team/image:1.0`,
  ].map((uri) => processing(`an image by a URI that the deployment knows, ${uri}`, (stack) => ({
    image: ProcessingImage.fromRegistry(new CfnParameter(stack, 'Uri').valueAsString),
  }), {
    needed: {},
    beside: [...pull(repository('team', OTHER_ACCOUNT)).slice(1), ...pull(repository('team/image/other', OTHER_ACCOUNT)).slice(1)],
    parameters: { Uri: uri },
  }, repository('team/image', OTHER_ACCOUNT))),
  processing('an image by a URI of a FIPS host', () => ({
    image: ProcessingImage.fromRegistry(`${ACCOUNT}.dkr.ecr-fips.${REGION}.amazonaws.com/team/image:1.0`),
  }), {
    needed: {},
    beside: pull(repository('image')).slice(1),
  }, repository('team/image')),
  processing('an image of the service', () => ({ image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1) }), {
    needed: {},
    beside: pull(repository('pytorch-training', '763104351884')).slice(1),
  }, repository('sagemaker-scikit-learn', '141502667606')),
  processing('an image of a framework', () => ({ image: ProcessingImage.pytorch(PyTorchVersion.of('2.5')) }), {
    needed: {},
    beside: pull(repository('sagemaker-scikit-learn', '141502667606')).slice(1),
  }, repository('pytorch-training', '763104351884')),
];

const SHADOW = 'sm-clarify-churn-1746251067-14e5';
const SHADOW_CONFIG = 'sm-clarify-config-1746251067-14e5';
const sageMaker = (resource: string) => arn('sagemaker', resource);

const clarify: Feature[] = [
  processing('Clarify with a model', () => ({ entrypoint: undefined, image: ProcessingImage.clarify({ modelName: 'churn' }) }), {
    needed: {
      [CLARIFY]: [
        call('sagemaker:DescribeModel', sageMaker('model/churn')),
        ...calls('sagemaker', ['AddTags', 'CreateEndpointConfig', 'CreateEndpoint', 'DescribeEndpointConfig', 'DeleteEndpointConfig'],
          sageMaker(`endpoint-config/${SHADOW_CONFIG}`)),
        ...calls('sagemaker', ['AddTags', 'CreateEndpoint', 'DescribeEndpoint', 'InvokeEndpoint', 'DeleteEndpoint'], sageMaker(`endpoint/${SHADOW}`)),
      ],
    },
    beside: [
      call('sagemaker:DescribeModel', sageMaker('model/other')), call('sagemaker:CreateModel', sageMaker('model/churn')),
      ...calls('sagemaker', ['CreateEndpoint', 'DeleteEndpoint', 'InvokeEndpoint'], sageMaker('endpoint/production')),
      ...calls('sagemaker', ['CreateEndpointConfig', 'DeleteEndpointConfig'], sageMaker('endpoint-config/production')),
    ],
  }, repository('sagemaker-clarify-processing', '131013547314')),
  processing('Clarify with an endpoint', () => ({ entrypoint: undefined, image: ProcessingImage.clarify({ endpointName: 'production' }) }), {
    needed: { [CLARIFY]: calls('sagemaker', ['DescribeEndpoint', 'InvokeEndpoint'], sageMaker('endpoint/production')) },
    beside: calls('sagemaker', ['DescribeEndpoint', 'InvokeEndpoint'], sageMaker('endpoint/other'), sageMaker(`endpoint/${SHADOW}`)),
  }, repository('sagemaker-clarify-processing', '131013547314')),
  processing('Clarify without a model', () => ({ entrypoint: undefined, image: ProcessingImage.clarify() }), {
    needed: {},
    beside: calls('sagemaker', ['CreateEndpoint', 'InvokeEndpoint'], sageMaker(`endpoint/${SHADOW}`)),
  }, repository('sagemaker-clarify-processing', '131013547314')),
];

const keys: Feature[] = [
  processing('a key for the volumes', (stack) => ({ volumeEncryptionKey: new Key(stack, 'VolumeKey') }), {
    needed: { [VOLUMES]: [createGrant('VolumeKey'), call('kms:DescribeKey', key('VolumeKey'))] },
    beside: [createGrant('VolumeKey', false), call('kms:CreateGrant', key('VolumeKey')), decrypt('VolumeKey'), createGrant('OtherKey')],
  }),
  processing('a key for the volumes by its ARN', (stack) => ({ volumeEncryptionKey: Key.fromKeyArn(stack, 'Volume', key('VolumeKey')) }), {
    needed: { [VOLUMES]: [createGrant('VolumeKey'), call('kms:DescribeKey', key('VolumeKey'))] },
    beside: [createGrant('VolumeKey', false), decrypt('VolumeKey'), createGrant('OtherKey')],
  }),
  processing('a key for the outputs', (stack) => ({
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    outputs: { train: ProcessingOutput.toS3(location(stack, 'Data', 'train/')) },
  }), {
    needed: {
      [PROCESSING]: [...upload('data/train/a.csv'), call('kms:Encrypt', key('OutputKey'))],
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html': [generateDataKey('OutputKey'), decrypt('OutputKey')],
    },
    beside: [createGrant('OutputKey'), generateDataKey('OtherKey')],
  }),
];

const networks: Feature[] = [
  processing('a VPC', (stack) => ({ vpc: vpc(stack) }), {
    needed: { [PROCESSING]: interfaces(['subnet-1', 'subnet-2'], ['sg-JobJobSecurityGroup']) },
    beside: calls('ec2', ['CreateNetworkInterface'], arn('ec2', 'subnet/subnet-3'), arn('ec2', 'security-group/sg-other')),
  }),
  processing('a VPC with a given security group and some of its subnets', (stack) => ({
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')], vpc: vpc(stack), vpcSubnets: { availabilityZones: ['a'] },
  }), {
    needed: { [PROCESSING]: interfaces(['subnet-1'], ['sg-1']) },
    beside: calls('ec2', ['CreateNetworkInterface'], arn('ec2', 'subnet/subnet-2'), arn('ec2', 'security-group/sg-2')),
  }),
  processing('a VPC whose subnets only the deployment knows', (stack) => ({
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList,
    }),
  }), {
    needed: {
      [PROCESSING]: interfaces(['subnet-1', 'subnet-2'], ['sg-1']).map((each) => each.on.includes(':subnet/')
        ? { ...each, context: { 'ec2:Vpc': arn('ec2', 'vpc/vpc-1') } } : each),
    },
    beside: [call('ec2:CreateNetworkInterface', arn('ec2', 'subnet/subnet-1'), { 'ec2:Vpc': arn('ec2', 'vpc/vpc-2') })],
    parameters: { Subnets: ['subnet-1', 'subnet-2'] },
  }),
];

const otherJob = (name: string) => [
  ...calls('logs', ['CreateLogStream', 'PutLogEvents'], arn('logs', `log-group:/aws/sagemaker/ProcessingJobs:log-stream:${name}/algo-1-1`)),
  ...calls('sagemaker', ['CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob'], arn('sagemaker', `processing-job/${name}`)),
];

const basics: Feature[] = [
  processing('the least properties', () => ({}), {
    needed: {},
    beside: [
      ...otherJob('tester-job-1'), ...otherJob('production-job-1'),
      call('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Mine' }), call('logs:CreateLogGroup', arn('logs', 'log-group:/aws/lambda/x:')),
      call('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/Admin`), get('data/a.csv'), list('data'), decrypt('Key'),
      ...calls('sagemaker', ['CreateProcessingJob', 'StopProcessingJob'], arn('sagemaker', `processing-job/${JOB_NAME}`)),
    ],
  }),
  {
    ...processing('a name', () => ({ processingJobName: 'Nightly' }), { needed: {}, beside: [...otherJob(JOB_NAME), ...otherJob('Nightly-2')] }),
    needed: { [`${PROCESSING}, image, logs and metrics`]: [...pull(repository('image')), ...logsAndMetrics('Nightly')] },
  },
  processing('an experiment', () => ({ experiment: { experimentName: 'penguins', trialName: 'first' } }), {
    needed: { [EXPERIMENTS]: [] },
    beside: calls('sagemaker', ['CreateTrialComponent', 'UpdateTrialComponent'], arn('sagemaker', 'experiment-trial-component/x')),
  }),
  {
    ...processing('the output of another job', () => ({}), {
      needed: { [PROCESSING]: download('data', 'clean/', 'clean/a.csv') },
      beside: [put('data/clean/a.csv'), remove('data/clean/a.csv'), get('data/raw/a.csv'), list('data', 'raw/')],
    }),
    define: (stack) => {
      const clean = newJob(stack, {
        inputs: { raw: ProcessingInput.fromS3(location(stack, 'Data', 'raw/')) },
        outputs: { clean: ProcessingOutput.toS3(location(stack, 'Data', 'clean/')) },
      }, 'Clean');
      return newJob(stack, { inputs: { clean: ProcessingInput.fromS3(clean.outputLocation('clean')) } });
    },
  },
  {
    ...processing('a role that two jobs share', () => ({}), {
      needed: { [PROCESSING]: [...download('data', 'raw/', 'raw/a.csv'), ...upload('data/clean/a.csv')] },
      beside: [get('data/clean/a.csv'), put('data/raw/a.csv'), remove('data/raw/a.csv')],
    }),
    define: (stack) => {
      const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      newJob(stack, { role, inputs: { raw: ProcessingInput.fromS3(location(stack, 'Data', 'raw/')) } });
      newJob(stack, { role, outputs: { clean: ProcessingOutput.toS3(location(stack, 'Data', 'clean/')) } }, 'Second');
      return { role };
    },
  },
];

export const JOB_FEATURES: Feature[] = [...images, ...clarify, ...keys, ...networks, ...basics];
