/** The features of AutoML jobs and of models of their best candidates. */
import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  arn, call, calls, createGrant, decrypt, download, generateDataKey, get, interfaces, key, list, logsAndMetrics, pull, put, remove, repository,
  s3aRead, upload,
} from './calls';
import { ACCOUNT } from './deployed';
import { AUTOML, Feature, location, OPEN_REPOSITORY } from './features';
import {
  AutoMLDataset, AutoMLDeployment, AutoMLForecastFrequency, AutoMLForecastingJob, AutoMLImageClassificationJob, AutoMLJob, AutoMLModel,
  AutoMLProcessingUnit, AutoMLTextClassificationJob, AutoMLTextGenerationJob, AutoMLValidation, IAutoMLJob,
} from '../../src';

const MODEL = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms';
const STARTED = 'docs/decisions/0007-automl-role.md: what Autopilot starts as the role, by its guide and by names seen in public';
const SERVICE_IMAGE = repository('sagemaker-sklearn-automl', '141502667606');
const ROLE = `arn:aws:iam::${ACCOUNT}:role/cdk-sagemaker-jobs/eu-west-1/test-57gouu/ChurnJobRole`;

/** Makes a job with the given properties and those that the jobs for all problems require. */
type MakeJob = (stack: Stack, props?: object) => IAutoMLJob & { readonly role: IRole };

const shared = (stack: Stack) => ({
  outputLocation: location(stack, 'Results', 'automl/'),
  trainingData: AutoMLDataset.fromS3(location(stack, 'Data', 'train/')),
});
const newJob: MakeJob = (stack, props) => new AutoMLJob(stack, 'Churn', { ...shared(stack), targetAttributeName: 'churned', ...props });
const newForecast: MakeJob = (stack, props) => new AutoMLForecastingJob(stack, 'Churn', {
  ...shared(stack),
  forecastFrequency: AutoMLForecastFrequency.days(1),
  forecastHorizon: 7,
  itemIdentifierAttributeName: 'item',
  targetAttributeName: 'sold',
  timestampAttributeName: 'day',
  ...props,
});
const newTexts: MakeJob = (stack, props) => new AutoMLTextClassificationJob(stack, 'Churn', {
  ...shared(stack), contentColumn: 'text', targetLabelColumn: 'topic', ...props,
});
const newImages: MakeJob = (stack, props) => new AutoMLImageClassificationJob(stack, 'Churn', { ...shared(stack), ...props });
const newLanguageModel: MakeJob = (stack, props) => new AutoMLTextGenerationJob(stack, 'Churn', { ...shared(stack), ...props });

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
function automl(name: string, props: (stack: Stack) => object, rest: Omit<Feature, 'define' | 'name'>, make = newJob): Feature {
  return {
    name,
    define: (stack) => make(stack, props(stack)),
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

/** The calls that every AutoML job must not make: beside its data, and below its output. */
const BESIDE = [
  get('data/other/a.csv'), list('data', 'other/'), list('data'), put('data/train/a.csv'), remove('data/train/a.csv'),
  get('results/other/a'), put('results/other/a'), remove('results/automl/model/a.tar.gz'), get('other/automl/a'),
];

export const AUTOML_FEATURES: Feature[] = [
  automl('an AutoML job', () => ({}), {
    needed: {},
    beside: BESIDE,
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
  automl('an AutoML job for time series, with a feature specification', (stack) => ({ featureSpecification: location(stack, 'Data', 'features.json') }), {
    needed: { [`${AUTOML}, more data`]: download('data', 'features.json', 'features.json') },
    beside: [...BESIDE, put('data/features.json'), remove('data/features.json'), get('data/features.csv'), started('CreateAutoMLJobV2', 'x', 'automl-job')],
  }, newForecast),
  automl('an AutoML job for texts, with data for the validation', (stack) => ({
    validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(location(stack, 'Valid', 'valid/'))),
  }), {
    needed: { [`${AUTOML}, more data`]: download('valid', 'valid/', 'valid/a.csv') },
    beside: [...BESIDE, put('valid/valid/a.csv'), remove('valid/valid/a.csv'), get('valid/other/a.csv')],
  }, newTexts),
  automl('an AutoML job for images', () => ({}), { needed: {}, beside: BESIDE }, newImages),
  {
    name: 'an AutoML job for images that an augmented manifest lists, which may read them because it is told so',
    define: (stack) => {
      const job = newImages(stack, { trainingData: AutoMLDataset.fromAugmentedManifest(location(stack, 'Data', 'lists/train.manifest')) });
      location(stack, 'Pictures', 'leaves/').grantRead(job.role);
      return job;
    },
    needed: {
      ...AUTOPILOT,
      [`${AUTOML}, data`]: [
        ...download('data', 'lists/train.manifest', 'lists/train.manifest'), ...download('pictures', 'leaves/', 'leaves/1.png'),
        ...download('results', 'automl/', 'automl/model/a.tar.gz'), ...upload('results/automl/model/a.tar.gz'),
      ],
      'docs/decisions/0045-what-the-application-reads.md: grantRead is for whatever reads the location': s3aRead('pictures', 'leaves'),
    },
    beside: [...AUTOPILOT_BESIDE, get('data/lists/other'), get('data/train/a.csv'), get('pictures/roots/1.png'), put('pictures/leaves/1.png'), list('pictures')],
    foreignPolicies: { [SERVICE_IMAGE]: OPEN_REPOSITORY },
  },
  automl('an AutoML job that fine-tunes a language model, in a VPC, with keys', (stack) => ({
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    volumeEncryptionKey: new Key(stack, 'VolumeKey'),
    vpc: vpc(stack),
  }), {
    needed: {
      [`${AUTOML}, VPC`]: interfaces(['subnet-1'], ['sg-1']),
      [`${AUTOML}, keys`]: [
        createGrant('VolumeKey'), call('kms:DescribeKey', key('VolumeKey')), call('kms:Encrypt', key('OutputKey')), generateDataKey('OutputKey'),
        decrypt('OutputKey'),
      ],
    },
    beside: [
      ...BESIDE, ...calls('ec2', ['CreateNetworkInterface'], arn('ec2', 'subnet/subnet-2'), arn('ec2', 'security-group/sg-2')), createGrant('VolumeKey', false),
      createGrant('OutputKey'),
    ],
  }, newLanguageModel),
  ...[newForecast, newTexts, newImages, newLanguageModel].map((make, index) => modelOf(
    `the model of a best candidate for ${['time series', 'texts, on a GPU', 'images, on a GPU', 'a language model'][index]}`, make,
    index === 1 || index === 2 ? AutoMLProcessingUnit.GPU : undefined,
  )),
  modelOf('the model of a best candidate', newJob),
];

function modelOf(name: string, make: MakeJob, processingUnit?: AutoMLProcessingUnit): Feature {
  return {
    name,
    define: (stack) => new AutoMLModel(stack, 'Best', { job: make(stack, { outputEncryptionKey: new Key(stack, 'OutputKey') }), processingUnit }),
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
  };
}
