/** The features of AutoML jobs and of models of their best candidates. */
import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  arn, call, calls, createGrant, decrypt, download, generateDataKey, get, interfaces, key, list, logsAndMetrics, pull, put, remove, repository,
  upload,
} from './calls';
import { ACCOUNT } from './deployed';
import { AUTOML, Feature, location, OPEN_REPOSITORY } from './features';
import { AutoMLDataset, AutoMLDeployment, AutoMLJob, AutoMLModel, AutoMLValidation } from '../../src';

const MODEL = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms';
const STARTED = 'docs/decisions/0007-automl-role.md: what Autopilot starts as the role, by its guide and by names seen in public';
const SERVICE_IMAGE = repository('sagemaker-sklearn-automl', '141502667606');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/cdk-sagemaker-jobs/eu-west-1/test-57gouu/ChurnJobRole`;

const newJob = (stack: Stack, props: object = {}) => new AutoMLJob(stack, 'Churn', {
  outputLocation: location(stack, 'Results', 'automl/'),
  targetAttributeName: 'churned',
  trainingData: AutoMLDataset.fromS3(location(stack, 'Data', 'train/')),
  ...props,
});

const started = (verb: string, name: string, resource: string) => call(`sagemaker:${verb}`, arn('sagemaker', `${resource}/${name}`));
const NAME = 'test-churn-1a2b3c4d';

const jobs = (kind: string, resource: string) => ['Create', 'Describe', 'Stop'].map((verb) => started(`${verb}${kind}`, `${NAME}-1`, resource));
const AUTOPILOT: Feature['needed'] = {
  [AUTOML]: [
    ...['CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint', 'InvokeEndpoint', 'ListTags'].map((action) => started(action, NAME, 'endpoint')),
    ...['CreateEndpointConfig', 'DeleteEndpointConfig', 'DescribeEndpointConfig'].map((action) => started(action, NAME, 'endpoint-config')),
    ...['CreateModel', 'DeleteModel', 'DescribeModel'].map((action) => started(action, NAME, 'model')),
    call('iam:PassRole', ROLE, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }),
    ...pull(SERVICE_IMAGE),
    ...logsAndMetrics(NAME, '/aws/sagemaker/TrainingJobs'),
  ],
  [STARTED]: [
    ...jobs('ProcessingJob', 'processing-job'), ...jobs('TrainingJob', 'training-job'), ...jobs('TransformJob', 'transform-job'),
    ...jobs('HyperParameterTuningJob', 'hyper-parameter-tuning-job'), started('AddTags', `${NAME}-1`, 'training-job'),
    ...logsAndMetrics(NAME, '/aws/sagemaker/ProcessingJobs'), ...logsAndMetrics(NAME, '/aws/sagemaker/TransformJobs'),
  ],
};
const AUTOPILOT_BESIDE = [
  call('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Admin`, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }),
  call('iam:PassRole', ROLE, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
  call('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Mine' }),
  ...pull(repository('private')).slice(1),
  started('CreateNotebookInstance', 'x', 'notebook-instance'), started('DeleteFeatureGroup', 'x', 'feature-group'), started('DeleteProcessingJob', 'x', 'processing-job'),
  started('CreateAutoMLJob', 'x', 'automl-job'),
];

/** A feature of AutoML jobs. All of them read training data and write results. */
function automl(name: string, props: (stack: Stack) => object, rest: Omit<Feature, 'define' | 'name'>): Feature {
  return {
    name,
    define: (stack) => newJob(stack, props(stack)),
    needed: {
      ...AUTOPILOT,
      [`${AUTOML}, data`]: [
        ...download('data', 'train/', 'train/a.csv'), ...download('results', 'automl/', 'automl/model/a.tar.gz'), ...upload('results/automl/model/a.tar.gz'),
      ],
      ...rest.needed,
    },
    beside: [...AUTOPILOT_BESIDE, ...rest.beside],
    foreignPolicies: { [SERVICE_IMAGE]: OPEN_REPOSITORY },
  };
}

const vpc = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });

export const AUTOML_FEATURES: Feature[] = [
  automl('an AutoML job', () => ({}), {
    needed: {},
    beside: [
      get('data/other/a.csv'), list('data', 'other/'), list('data'), put('data/train/a.csv'), remove('data/train/a.csv'),
      get('results/other/a'), put('results/other/a'), remove('results/automl/model/a.tar.gz'), get('other/automl/a'),
    ],
  }),
  automl('an AutoML job with validation data and a feature specification', (stack) => ({
    featureSpecification: location(stack, 'Data', 'features.json'),
    validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(location(stack, 'Valid', 'valid/'))),
  }), {
    needed: { [`${AUTOML}, more data`]: [...download('data', 'features.json', 'features.json'), ...download('valid', 'valid/', 'valid/a.csv')] },
    beside: [put('valid/valid/a.csv'), remove('valid/valid/a.csv'), put('data/features.json'), get('valid/other/a.csv')],
  }),
  automl('an AutoML job with keys', (stack) => ({
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    trainingData: AutoMLDataset.fromS3(location(stack, 'Data', 'train/', { encryptionKey: new Key(stack, 'DataKey') })),
    volumeEncryptionKey: new Key(stack, 'VolumeKey'),
  }), {
    needed: {
      [`${AUTOML}, keys`]: [
        decrypt('DataKey'), call('kms:Encrypt', key('OutputKey')), createGrant('VolumeKey'), call('kms:DescribeKey', key('VolumeKey')),
        generateDataKey('OutputKey'), decrypt('OutputKey'),
      ],
    },
    beside: [createGrant('VolumeKey', false), generateDataKey('DataKey'), createGrant('OutputKey'), decrypt('OtherKey')],
  }),
  automl('an AutoML job in a VPC', (stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')], vpc: vpc(stack) }), {
    needed: { [`${AUTOML}, VPC`]: interfaces(['subnet-1'], ['sg-1']) },
    beside: calls('ec2', ['CreateNetworkInterface'], arn('ec2', 'subnet/subnet-2'), arn('ec2', 'security-group/sg-2')),
  }),
  automl('an AutoML job that deploys to an endpoint', () => ({ deployment: AutoMLDeployment.endpoint('churn') }), {
    needed: {
      [`${AUTOML}, endpoint`]: [
        ...['CreateEndpoint', 'DeleteEndpoint', 'DescribeEndpoint'].map((action) => started(action, 'churn', 'endpoint')), ...logsAndMetrics('AllTraffic', '/aws/sagemaker/Endpoints/churn'),
      ],
    },
    beside: [started('UpdateEndpoint', 'churn', 'endpoint')],
  }),
  {
    name: 'the model of a best candidate',
    define: (stack) => new AutoMLModel(stack, 'Best', { job: newJob(stack, { outputEncryptionKey: new Key(stack, 'OutputKey') }) }),
    needed: {
      [MODEL]: [
        ...download('results', 'automl/', 'automl/model/a.tar.gz'), decrypt('OutputKey'), ...pull(SERVICE_IMAGE),
        ...logsAndMetrics('AllTraffic', '/aws/sagemaker/Endpoints/churn'), ...logsAndMetrics('churn', '/aws/sagemaker/TransformJobs'),
      ],
    },
    beside: [
      put('results/automl/model/a.tar.gz'), remove('results/automl/model/a.tar.gz'), get('data/train/a.csv'), get('results/other/a'), generateDataKey('OutputKey'),
      ...pull(repository('private')).slice(1), started('CreateEndpoint', 'x', 'endpoint'), ...logsAndMetrics('x', '/aws/sagemaker/TrainingJobs').slice(2),
    ],
    foreignPolicies: { [SERVICE_IMAGE]: OPEN_REPOSITORY },
  },
];
