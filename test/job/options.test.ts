/** The options of value classes and the elements of lists are read as properties are: by their names, wherever they come from. */
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  AutoMLDataset, AutoMLMode, AutoMLValidation, ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingOutput, S3Location,
} from '../../src';
import * as automl from '../automl-job/testing';
import { newJob, newStack, problemsOf, requestOf, ROLE_ARN, synthProblemsOf } from '../processing-job/testing';

const LOCATION = S3Location.fromUri('s3://data/');
const SCRIPT = path.join(__dirname, '..', 'processing-job', 'scripts', 'prepare.py');
const IMAGE = mkdtempSync(path.join(tmpdir(), 'image-'));
writeFileSync(path.join(IMAGE, 'Dockerfile'), 'FROM scratch');
afterAll(() => rmSync(IMAGE, { recursive: true }));

type Use = (stack: Stack, options: any) => unknown;
const asInput = (make: (options: any, stack: Stack) => ProcessingInput): Use =>
  (stack, options) => newJob(stack, { inputs: { raw: make(options, stack) } });
const athena = (options: any) => ProcessingInput.fromAthena({
  database: 'd', outputFormat: 'JSON', outputLocation: LOCATION, queryString: 'q', ...options,
});
const redshift = (options: any, stack: Stack) => ProcessingInput.fromRedshift({
  clusterId: 'c',
  clusterRole: Role.fromRoleArn(stack, 'Cluster', ROLE_ARN),
  database: 'd',
  dbUser: 'u',
  outputFormat: 'CSV',
  outputLocation: LOCATION,
  queryString: 'q',
  ...options,
});
const vpc = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });

/** A misspelt name of each structure of options, what was meant, and whose option it is. */
const STRUCTURES: readonly [structure: string, misspelt: string, meant: string, owner: string, use: Use][] = [
  ['an input from S3', 'localpath', 'localPath', 'inputs.raw', asInput((options) => ProcessingInput.fromS3(LOCATION, options))],
  ['an input by a manifest', 'compresion', 'compression', 'inputs.raw', asInput((options) => ProcessingInput.fromManifest(LOCATION, options))],
  ['an input from Athena', 'workgroup', 'workGroup', 'inputs.raw', asInput(athena)],
  ['an input from Redshift', 'outputEncryptonKey', 'outputEncryptionKey', 'inputs.raw', asInput(redshift)],
  ['an output', 'uploadmode', 'uploadMode', 'outputs.train', (stack, options) => newJob(stack, { outputs: { train: ProcessingOutput.toS3(LOCATION, options) } })],
  ['code', 'comand', 'command', 'code', (stack, options) => newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT, options) })],
  ['code in S3', 'entryfile', 'entryFile', 'code', (stack, options) => newJob(stack, { code: ProcessingCode.fromS3(S3Location.fromUri('s3://b/a.py'), options) })],
  ['an image', 'buildArg', 'buildArgs', 'image', (stack, options) => newJob(stack, { image: ProcessingImage.fromAsset(IMAGE, options) })],
  ['the image of Clarify', 'modelname', 'modelName', 'image', (stack, options) => newJob(stack, { image: ProcessingImage.clarify(options) })],
  ['an experiment', 'experimentname', 'experimentName', 'experiment', (stack, experiment) => newJob(stack, { experiment })],
  ['an instance preference', 'instanceCnt', 'instanceCount', 'instancePreferences[0]', (stack, options) => newJob(stack, {
    instanceType: undefined, instancePreferences: [{ instanceType: ProcessingInstanceType.M5_XLARGE, ...options }],
  })],
  ['subnets', 'availabilityzones', 'availabilityZones', 'vpcSubnets', (stack, vpcSubnets) => newJob(stack, { vpc: vpc(stack), vpcSubnets })],
  ['training data', 'contentTyp', 'contentType', 'trainingData', (stack, options) => automl.newJob(stack, { trainingData: AutoMLDataset.fromS3(LOCATION, options) })],
  ['validation data', 'Compression', 'compression', 'validation', (stack, options) => automl.newJob(stack, {
    validation: AutoMLValidation.dataset(AutoMLDataset.fromManifest(LOCATION, options)),
  })],
  ['ensembling', 'algorithm', 'algorithms', 'mode', (stack, options) => automl.newJob(stack, { mode: AutoMLMode.ensembling(options) })],
  ['hyperparameter tuning', 'algoritms', 'algorithms', 'mode', (stack, options) => automl.newJob(stack, { mode: AutoMLMode.hyperparameterTuning(options) })],
];

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('unknownProperty')).map(({ entry }) => String(entry.data));
}

describe.each(STRUCTURES)('the options of %s', (_structure, misspelt, meant, owner, use) => {
  test('that do not exist are warned of when they look like others', () => {
    const stack = newStack();
    use(stack, { [misspelt]: undefined });
    expect(warningsOf(stack)).toEqual([
      `${owner}.${misspelt} is not a property, and has no effect. Did you mean ${meant}? [ack: cdk-sagemaker-jobs:unknownProperty]`,
    ]);
  });

  test('that do not exist are left alone when they look like none', () => {
    const stack = newStack();
    use(stack, { somethingElse: undefined });
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('a misspelt option of what is added later is warned of as well', () => {
  const stack = newStack();
  const job = newJob(stack);
  job.addInput('raw', ProcessingInput.fromS3(LOCATION, { localpath: 'x' } as any));
  job.addOutput('train', ProcessingOutput.toS3(LOCATION, { localpath: 'x' } as any));
  expect(warningsOf(stack).map((line) => line.split(' ')[0])).toEqual(['inputs.raw.localpath', 'outputs.train.localpath']);
});

describe('options that are inherited, or getters of a class, count', () => {
  test.each<[string, (options: object) => object]>([
    ['inherited', (options) => Object.create(options)],
    ['getters', (options) => Object.create(Object.defineProperties({}, Object.fromEntries(Object.entries(options).map(([name, value]) => [name, { get: () => value }]))))],
  ])('%s', (_name, make) => {
    const stack = newStack();
    const options = (values: object): any => make(values);
    newJob(stack, {
      code: ProcessingCode.fromAsset(SCRIPT, options({ command: ['python3', '-u'] })),
      inputs: {
        a: ProcessingInput.fromS3(LOCATION, options({ localPath: '/opt/ml/processing/a', mode: 'Pipe' })),
        b: ProcessingInput.fromAthena(options({ database: 'd', outputFormat: 'JSON', outputLocation: LOCATION, queryString: 'q', workGroup: 'w', localPath: '/b' })),
      },
      outputs: { out: ProcessingOutput.toS3(LOCATION, options({ localPath: '/opt/ml/processing/out' })) },
      vpc: vpc(stack),
      vpcSubnets: options({ subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-2')] }),
    });
    const { AppSpecification, NetworkConfig, ProcessingInputs, ProcessingOutputConfig } = requestOf(stack);
    expect(AppSpecification.ContainerEntrypoint.slice(0, 2)).toEqual(['python3', '-u']);
    expect(ProcessingInputs[0].S3Input).toMatchObject({ LocalPath: '/opt/ml/processing/a', S3InputMode: 'Pipe' });
    expect(ProcessingInputs[1].DatasetDefinition).toMatchObject({ LocalPath: '/b', AthenaDatasetDefinition: { Database: 'd', WorkGroup: 'w' } });
    expect(ProcessingOutputConfig.Outputs[0].S3Output.LocalPath).toBe('/opt/ml/processing/out');
    expect(NetworkConfig.VpcConfig.Subnets).toEqual(['subnet-2']);
    const other = newStack();
    automl.newJob(other, { trainingData: AutoMLDataset.fromS3(LOCATION, options({ contentType: 'x-application/vnd.amazon+parquet' })) });
    expect(automl.resourceOf(other).Properties.Request.InputDataConfig[0].ContentType).toBe('x-application/vnd.amazon+parquet');
  });
});

describe('options that are no structure are an error', () => {
  test.each<[string, (options: any) => unknown]>([
    ['ProcessingInput.fromS3', (options) => ProcessingInput.fromS3(LOCATION, options)],
    ['ProcessingInput.fromManifest', (options) => ProcessingInput.fromManifest(LOCATION, options)],
    ['ProcessingOutput.toS3', (options) => ProcessingOutput.toS3(LOCATION, options)],
    ['ProcessingCode.fromAsset', (options) => ProcessingCode.fromAsset(SCRIPT, options)],
    ['ProcessingCode.fromS3', (options) => ProcessingCode.fromS3(LOCATION, options)],
    ['ProcessingImage.fromAsset', (options) => ProcessingImage.fromAsset(IMAGE, options)],
    ['ProcessingImage.clarify', (options) => ProcessingImage.clarify(options)],
    ['AutoMLDataset.fromS3', (options) => AutoMLDataset.fromS3(LOCATION, options)],
    ['AutoMLMode.ensembling', (options) => AutoMLMode.ensembling(options)],
  ])('%s', (method, make) => {
    for (const options of ['Pipe', 5, true, ['xgboost'], () => 5]) {
      expect(() => make(options)).toThrow(new RegExp(`^${method}: options is .*: must be a structure of options\\. Write \\{ name: value \\}\\.$`));
    }
    for (const options of [undefined, null, {}]) {
      expect(() => make(options)).not.toThrow();
    }
  });
});

describe('whether an input or output is app-managed has to be known, for permissions depend on it', () => {
  const LINE = 'appManaged must be known at synth, for the permissions of the role depend on it. Write true or false.';
  const token = (stack: Stack): any[] => [new CfnParameter(stack, 'Managed').valueAsString, Lazy.any({ produce: () => true })];

  test('in the properties', () => {
    for (const appManaged of token(newStack())) {
      const inputs = { raw: ProcessingInput.fromS3(LOCATION, { appManaged }) };
      expect(problemsOf({ inputs, outputs: { train: ProcessingOutput.toS3(LOCATION, { appManaged }) } })).toEqual([
        `inputs.raw.${LINE} (ProcessingInputs[0].AppManaged)`, `outputs.train.${LINE} (ProcessingOutputConfig.Outputs[0].AppManaged)`,
      ]);
      expect(problemsOf({ inputs: { raw: athena({ appManaged }) } })).toEqual([`inputs.raw.${LINE} (ProcessingInputs[0].AppManaged)`]);
    }
  });

  test('when it is added', () => {
    const stack = newStack();
    const [appManaged] = token(stack);
    newJob(stack).addInput('raw', ProcessingInput.fromS3(LOCATION, { appManaged }));
    expect(synthProblemsOf(stack)).toEqual([`[Test/Job] inputs.raw.${LINE} (ProcessingInputs[0].AppManaged)`]);
  });
});

test('an AutoML job of which only CloudFormation knows whether it trains candidates may have a best one', () => {
  const stack = newStack();
  const generateCandidateDefinitionsOnly: any = new CfnParameter(stack, 'Only').valueAsString;
  expect(automl.newJob(stack, { generateCandidateDefinitionsOnly }).bestCandidateName).toMatch(/Token/);
});
