import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { newJob, newScope, newStack, ROLE_ARN } from './testing';
import * as library from '../../src';

// What JavaScript lets pass, and other languages in part.
const {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobGrants, ProcessingOutput, S3Location,
  ScikitLearnVersion, SparkVersion,
}: { [name: string]: any } = library;

class Other {
  public readonly x = 1;
}
const BAD_VALUES: { readonly [name: string]: unknown } = {
  'undefined': undefined,
  'null': null,
  'NaN': NaN,
  'Infinity': Infinity,
  '0': 0,
  '-1': -1,
  '5n': BigInt(5),
  'true': true,
  "''": '',
  "'text'": 'text',
  'a symbol': Symbol('symbol'),
  'a function': () => 5,
  'a class': Other,
  'an instance of another class': new Other(),
  'a Date': new Date(0),
  'a Map': new Map([['a', 'b']]),
  '{}': {},
  '{ a: 5 }': { a: 5 },
  'an object without a prototype': Object.create(null),
  '[]': [],
  '[undefined]': [undefined],
  '[null]': [null],
  '[NaN]': [NaN],
  '[{}]': [{}],
  '[a symbol]': [Symbol('symbol')],
};

interface Case {
  /** What the message of an error has to mention. */
  readonly mention: RegExp;
  /** The names of the values that are fine, and mean something. */
  readonly accepts: readonly string[];
  readonly use: (value: any, scope: Construct) => unknown;
}

/** Leaving something out. */
const NOTHING = ['undefined', 'null'];
const LOCATION = S3Location.fromUri('s3://data/');
const SCRIPT_IN_S3 = S3Location.fromUri('s3://data/prepare.py');
const SCRIPTS = path.join(__dirname, 'scripts');
const SCRIPT = path.join(SCRIPTS, 'prepare.py');
const IMAGE = mkdtempSync(path.join(tmpdir(), 'image-'));
writeFileSync(path.join(IMAGE, 'Dockerfile'), 'FROM scratch');
afterAll(() => rmSync(IMAGE, { recursive: true }));
const vpcIn = (scope: Construct) => Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
const word = (name: string) => new RegExp(`\\b${name}\\b`);

function property(name: string, accepts: readonly string[], others: (scope: Construct) => object = () => ({})): Case {
  return { mention: word(name), accepts, use: (value, scope) => newJob(scope, { ...others(scope), [name]: value }) };
}

const PROPERTIES: { readonly [name: string]: Case } = {
  'arguments': property('arguments', NOTHING),
  'code': property('code', NOTHING),
  'completionTimeout': property('completionTimeout', NOTHING),
  'entrypoint': property('entrypoint', NOTHING),
  'environment': property('environment', [...NOTHING, '{}', 'an object without a prototype']),
  'experiment': property('experiment', [...NOTHING, '{}', 'an object without a prototype', '{ a: 5 }', 'an instance of another class']),
  'image': property('image', []),
  'inputs': property('inputs', [...NOTHING, '{}', 'an object without a prototype']),
  'instanceCount': property('instanceCount', NOTHING),
  'instancePreferences': { ...property('instancePreferences', [], () => ({ instanceType: undefined })), mention: /instancePreferences|instanceType/ },
  'instanceType': property('instanceType', []),
  'interContainerTrafficEncryption': property('interContainerTrafficEncryption', [...NOTHING, 'true']),
  'maxRuntime': property('maxRuntime', NOTHING),
  'networkIsolation': property('networkIsolation', [...NOTHING, 'true']),
  'outputEncryptionKey': property('outputEncryptionKey', NOTHING),
  'outputs': property('outputs', [...NOTHING, '{}', 'an object without a prototype']),
  'processingJobName': property('processingJobName', [...NOTHING, "'text'"]),
  'removalPolicy': property('removalPolicy', NOTHING),
  'rerunTrigger': property('rerunTrigger', [...NOTHING, "''", "'text'"]),
  'role': property('role', NOTHING),
  'securityGroups': property('securityGroups', NOTHING),
  'securityGroups in a VPC': property('securityGroups', NOTHING, (scope) => ({ vpc: vpcIn(scope) })),
  'volumeEncryptionKey': property('volumeEncryptionKey', NOTHING),
  'volumeSize': property('volumeSize', NOTHING),
  'vpc': property('vpc', NOTHING),
  'vpcSubnets': property('vpcSubnets', NOTHING),
  'vpcSubnets in a VPC': property(
    'vpcSubnets', [...NOTHING, '{}', 'an object without a prototype', '{ a: 5 }', 'an instance of another class'], (scope) => ({ vpc: vpcIn(scope) })),
  'vpcSubnets.subnets': {
    mention: /vpcSubnets/, accepts: NOTHING, use: (subnets, scope) => newJob(scope, { vpc: vpcIn(scope), vpcSubnets: { subnets } }),
  },
  'props': { mention: /image is required[^]*instanceType is required/, accepts: [], use: (props, scope) => new ProcessingJob(scope, 'Job', props) },
  'an element of securityGroups': {
    mention: /securityGroups\[1\]/,
    accepts: [],
    use: (group, scope) =>
      newJob(scope, { vpc: vpcIn(scope), securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1'), group] }),
  },
  'an input': { mention: /inputs\.raw/, accepts: [], use: (raw, scope) => newJob(scope, { inputs: { raw } }) },
  'an output': { mention: /outputs\.train/, accepts: [], use: (train, scope) => newJob(scope, { outputs: { train } }) },
  'an argument': { mention: /arguments\[0\]/, accepts: ["'text'"], use: (argument, scope) => newJob(scope, { arguments: [argument] }) },
  'a value of the environment': { mention: /environment\.A/, accepts: ["''", "'text'"], use: (A, scope) => newJob(scope, { environment: { A } }) },
  'an instance preference': {
    mention: /instancePreferences\[0\]/, accepts: [], use: (preference, scope) => newJob(scope, { instanceType: undefined, instancePreferences: [preference] }),
  },
  'instancePreferences[0].instanceType': {
    mention: /instancePreferences\[0\]\.instanceType/,
    accepts: [],
    use: (instanceType, scope) => newJob(scope, { instanceType: undefined, instancePreferences: [{ instanceType }] }),
  },
  'instancePreferences[0].instanceCount': {
    mention: /instancePreferences\[0\]\.instanceCount/,
    accepts: NOTHING,
    use: (instanceCount, scope) =>
      newJob(scope, { instanceType: undefined, instancePreferences: [{ instanceType: ProcessingInstanceType.M5_XLARGE, instanceCount }] }),
  },
  ...Object.fromEntries(['experimentName', 'runName', 'trialComponentDisplayName', 'trialName'].map((name) => [`experiment.${name}`, {
    mention: new RegExp(`experiment\\.${name}`), accepts: [...NOTHING, "'text'"], use: (value, scope) => newJob(scope, { experiment: { [name]: value } }),
  } as Case])),
};

function input(name: string, accepts: readonly string[], make: (value: any, scope: Construct) => unknown): Case {
  return { mention: word(name), accepts, use: (value, scope) => newJob(scope, { inputs: { raw: make(value, scope) } }) };
}

function output(name: string, accepts: readonly string[], make: (value: any, scope: Construct) => unknown): Case {
  return { mention: word(name), accepts, use: (value, scope) => newJob(scope, { outputs: { train: make(value, scope) } }) };
}

const athena = (props: object) => ProcessingInput.fromAthena({ database: 'd', outputFormat: 'JSON', outputLocation: LOCATION, queryString: 'q', ...props });
const redshift = (scope: Construct, props: object) => ProcessingInput.fromRedshift({
  clusterId: 'c',
  clusterRole: Role.fromRoleArn(scope, 'Cluster', ROLE_ARN),
  database: 'd',
  dbUser: 'u',
  outputFormat: 'CSV',
  outputLocation: LOCATION,
  queryString: 'q',
  ...props,
});
const OPTIONS = {
  appManaged: [...NOTHING, 'true'], distribution: NOTHING, localPath: NOTHING, mode: NOTHING,
};
const ATHENA = {
  ...OPTIONS,
  catalog: [...NOTHING, "'text'"],
  database: ["'text'"],
  outputCompression: NOTHING,
  outputFormat: [],
  outputEncryptionKey: NOTHING,
  outputLocation: [],
  queryString: ["'text'"],
  workGroup: [...NOTHING, "'text'"],
};
const REDSHIFT = {
  ...OPTIONS,
  clusterId: ["'text'"],
  clusterRole: [],
  database: ["'text'"],
  dbUser: ["'text'"],
  outputCompression: NOTHING,
  outputFormat: [],
  outputEncryptionKey: NOTHING,
  outputLocation: [],
  queryString: ["'text'"],
};

const INPUTS_AND_OUTPUTS: { readonly [name: string]: Case } = {
  ...Object.fromEntries(['fromS3', 'fromManifest'].flatMap((method) => [
    [`ProcessingInput.${method}: location`, input('location', [], (location) => ProcessingInput[method](location))],
    ...Object.entries({ ...OPTIONS, compression: NOTHING }).map(([name, accepts]) => [
      `ProcessingInput.${method}: ${name}`, input(name, accepts, (value) => ProcessingInput[method](LOCATION, { [name]: value })),
    ]),
  ])),
  'ProcessingInput.fromAthena: props': { ...input('', [], (props) => ProcessingInput.fromAthena(props)), mention: /props|outputLocation/ },
  ...Object.fromEntries(Object.entries(ATHENA).map(([name, accepts]) => [
    `ProcessingInput.fromAthena: ${name}`, input(name, accepts, (value) => athena({ [name]: value })),
  ])),
  'ProcessingInput.fromRedshift: props': { ...input('', [], (props) => ProcessingInput.fromRedshift(props)), mention: /props|clusterRole/ },
  ...Object.fromEntries(Object.entries(REDSHIFT).map(([name, accepts]) => [
    `ProcessingInput.fromRedshift: ${name}`, input(name, accepts, (value, scope) => redshift(scope, { [name]: value })),
  ])),
  'ProcessingOutput.toS3: location': output('location', [], (location) => ProcessingOutput.toS3(location)),
  ...Object.fromEntries(Object.entries({ appManaged: [...NOTHING, 'true'], localPath: NOTHING, uploadMode: NOTHING }).map(([name, accepts]) => [
    `ProcessingOutput.toS3: ${name}`, output(name, accepts, (value) => ProcessingOutput.toS3(LOCATION, { [name]: value })),
  ])),
  'ProcessingOutput.toFeatureGroup: featureGroup': output('featureGroup', [], (group) => ProcessingOutput.toFeatureGroup(group)),
  'S3Location.fromUri: uri': { ...input('', [], (uri) => ProcessingInput.fromS3(S3Location.fromUri(uri))), mention: /uri|inputs\.raw\.location/ },
  'S3Location.fromBucket: bucket': input('bucket', [], (bucket) => ProcessingInput.fromS3(S3Location.fromBucket(bucket))),
  'S3Location.fromBucket: keyPrefix': input('keyPrefix', [...NOTHING, "''", "'text'"],
    (keyPrefix, scope) => ProcessingInput.fromS3(S3Location.fromBucket(new Bucket(scope, 'Bucket'), keyPrefix))),
  'S3Location.fromAsset: asset': input('asset', [], (asset) => ProcessingInput.fromS3(S3Location.fromAsset(asset))),
  'S3Location.grantRead: grantee': { mention: /grantee/, accepts: [], use: (grantee) => LOCATION.grantRead(grantee) },
  'S3Location.grantWrite: grantee': { mention: /grantee/, accepts: [], use: (grantee) => LOCATION.grantWrite(grantee) },
};

function image(name: string, accepts: readonly string[], make: (value: any, scope: Construct) => unknown): Case {
  return { mention: new RegExp(`\\b${name}\\b|image`), accepts, use: (value, scope) => newJob(scope, { image: make(value, scope) }) };
}

function code(name: string, accepts: readonly string[], make: (value: any) => unknown): Case {
  return { mention: word(name), accepts, use: (value, scope) => newJob(scope, { code: make(value) }) };
}

const IMAGES_AND_CODE: { readonly [name: string]: Case } = {
  'ProcessingImage.fromRegistry: uri': image('uri', [], (uri) => ProcessingImage.fromRegistry(uri)),
  'ProcessingImage.fromEcrRepository: repository': image('repository', [], (repository) => ProcessingImage.fromEcrRepository(repository)),
  'ProcessingImage.fromEcrRepository: tagOrDigest': image('tagOrDigest', ['undefined', "'text'"],
    (tagOrDigest, scope) => ProcessingImage.fromEcrRepository(new Repository(scope, 'Repository'), tagOrDigest)),
  ...Object.fromEntries(['scikitLearn', 'spark', 'xgboost', 'pytorch', 'tensorflow', 'huggingFace'].map((name) => [
    `ProcessingImage.${name}: version`, image('version', [], (version) => ProcessingImage[name](version)),
  ])),
  'ProcessingImage.dataWrangler: version': image('version', ['undefined'], (version) => ProcessingImage.dataWrangler(version)),
  'ProcessingCode.fromAsset: path': { ...code('path', [], (file) => ProcessingCode.fromAsset(file)), mention: /path|code/ },
  'ProcessingCode.fromS3: location': code('location', [], (location) => ProcessingCode.fromS3(location)),
};

const METHODS: { readonly [name: string]: Case } = {
  'ProcessingJob.fromProcessingJobName: processingJobName':
    { mention: /processingJobName/, accepts: ["'text'"], use: (name, scope) => ProcessingJob.fromProcessingJobName(scope, 'Imported', name) },
  'addInput: name': { mention: /name/, accepts: ["''", "'text'"], use: (name, scope) => newJob(scope).addInput(name, ProcessingInput.fromS3(LOCATION)) },
  'addInput: input': { mention: /input/, accepts: [], use: (value, scope) => newJob(scope).addInput('raw', value) },
  'addOutput: name': { mention: /name/, accepts: ["''", "'text'"], use: (name, scope) => newJob(scope).addOutput(name, ProcessingOutput.toS3(LOCATION)) },
  'addOutput: output': { mention: /output/, accepts: [], use: (value, scope) => newJob(scope).addOutput('train', value) },
  'addRequestDeletionOverride: path': { mention: /path/, accepts: ["'text'"], use: (value, scope) => newJob(scope).addRequestDeletionOverride(value) },
  'addRequestOverride: path': { mention: /path/, accepts: ["'text'"], use: (value, scope) => newJob(scope).addRequestOverride(value, 'x') },
};

const REST: { readonly [name: string]: Case } = {
  ...Object.fromEntries([[ScikitLearnVersion, 'scikitLearn'], [SparkVersion, 'spark']].map(([version, name]) => [
    `Version.of: version of ${name}`, image('version', [], (value) => ProcessingImage[name](version.of(value))),
  ])),
  'ProcessingInstanceType.of: name':
    { mention: /name|instanceType/, accepts: [], use: (name, scope) => newJob(scope, { instanceType: ProcessingInstanceType.of(name) }) },
  'ProcessingImage.fromAsset: directory': image('directory', [], (directory) => ProcessingImage.fromAsset(directory)),
  'ProcessingCode.fromAsset: command': code('command', NOTHING, (command) => ProcessingCode.fromAsset(SCRIPT, { command })),
  'ProcessingCode.fromAsset: entryFile': code('entryFile', [], (entryFile) => ProcessingCode.fromAsset(SCRIPTS, { entryFile })),
  'ProcessingCode.fromS3: command': code('command', NOTHING, (command) => ProcessingCode.fromS3(SCRIPT_IN_S3, { command })),
  'ProcessingCode.fromS3: entryFile': code('entryFile', ["'text'"], (entryFile) => ProcessingCode.fromS3(LOCATION, { entryFile })),
  'ProcessingJob.fromProcessingJobArn: processingJobArn':
    { mention: /processingJobArn/, accepts: [], use: (arn, scope) => ProcessingJob.fromProcessingJobArn(scope, 'Imported', arn) },
  'ProcessingJobGrants.fromProcessingJob: processingJob':
    { mention: /processingJob/, accepts: [], use: (job, scope) => ProcessingJobGrants.fromProcessingJob(job).describe(newJob(scope)) },
  'addEnvironment: name': { mention: /name/, accepts: ["''", "'text'"], use: (name, scope) => newJob(scope).addEnvironment(name, 'x') },
  'addEnvironment: value': { mention: /value/, accepts: ["''", "'text'"], use: (value, scope) => newJob(scope).addEnvironment('A', value) },
  'grants.describe: grantee': { mention: /grantee/, accepts: [], use: (grantee, scope) => newJob(scope).grants.describe(grantee) },
  'grants.stop: grantee': { mention: /grantee/, accepts: [], use: (grantee, scope) => newJob(scope).grants.stop(grantee) },
  'metric: metricName': { mention: /metricName/, accepts: ["'text'"], use: (name, scope) => newJob(scope).metric(name) },
  'metric: instance': { mention: /instance/, accepts: NOTHING, use: (instance, scope) => newJob(scope).metric('CPUUtilization', { instance } as any) },
  'onEvent: id': { mention: /\bid\b/, accepts: ["'text'"], use: (id, scope) => newJob(scope).onEvent(id) },
  'outputLocation: name': { mention: /name/, accepts: [], use: (name, scope) => newJob(scope).outputLocation(name) },
  ...Object.fromEntries(Object.entries<(options: any, scope: Construct) => unknown>({
    'ProcessingCode.fromAsset': (options) => ProcessingCode.fromAsset(SCRIPT, options),
    'ProcessingCode.fromS3': (options) => ProcessingCode.fromS3(SCRIPT_IN_S3, options),
    'ProcessingImage.fromAsset': (options) => ProcessingImage.fromAsset(IMAGE, options),
    'ProcessingInput.fromManifest': (options) => ProcessingInput.fromManifest(LOCATION, options),
    'ProcessingInput.fromS3': (options) => ProcessingInput.fromS3(LOCATION, options),
    'ProcessingOutput.toS3': (options) => ProcessingOutput.toS3(LOCATION, options),
    'metric': (options, scope) => newJob(scope).metric('CPUUtilization', options),
    'onEvent': (options, scope) => newJob(scope).onEvent('Rule', options),
  }).map(([name, use]): [string, Case] => [`${name}: options`, {
    mention: /options/, accepts: [...NOTHING, '{}', '{ a: 5 }', 'an object without a prototype', 'an instance of another class'], use,
  }])),
};

/** What the error of a value lacks. Undefined when all is well. */
function fault({ accepts, mention, use }: Case, name: string): string | undefined {
  try {
    use(BAD_VALUES[name], newScope());
    return accepts.includes(name) ? undefined : 'is accepted';
  } catch (error) {
    const { constructor: type, message } = error as Error;
    if (accepts.includes(name)) {
      return `is refused: ${message}`;
    }
    if (type !== Error) {
      return `crashes: ${type.name}: ${message}`;
    }
    return mention.test(message) && /must|required|needs|cannot|there is no/.test(message) ? undefined : `is refused in these words: ${message}`;
  }
}

function faults(given: Case): string[] {
  return Object.keys(BAD_VALUES).flatMap((name) => {
    const found = fault(given, name);
    return found === undefined ? [] : [`${name} ${found}`];
  });
}

describe('a value of a wrong kind means something, or is an error that names its place and what is allowed', () => {
  const cases = Object.entries({ ...PROPERTIES, ...INPUTS_AND_OUTPUTS, ...IMAGES_AND_CODE, ...METHODS, ...REST });

  test.each(cases)('%s', (_name, given) => {
    expect(faults(given)).toEqual([]);
  });
});

test('a name that is empty is an error at synth', () => {
  const stack = newStack();
  const job = newJob(stack);
  job.addInput('', ProcessingInput.fromS3(LOCATION));
  job.addOutput('', ProcessingOutput.toS3(LOCATION));
  job.addEnvironment('', 'x');
  expect(() => Template.fromStack(stack)).toThrow(/environment\.[^]*inputs\.[^]*outputs\./);
});
