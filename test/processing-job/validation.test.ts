import * as path from 'path';
import { Annotations as Acknowledgements, Aws, CfnParameter, Duration, Fn, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { errorOf, newJob, newScope, newStack, problemsOf, requestOf, requestWith } from './testing';
import {
  AthenaResultFormat, ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInputCompression, ProcessingInputMode, ProcessingInstanceType,
  ProcessingJob, ProcessingOutput, S3Location,
} from '../../src';

const LOCATION = S3Location.fromUri('s3://data/');
const SCRIPT = path.join(__dirname, 'scripts', 'prepare.py');

describe('one error names everything that is wrong', () => {
  const faults = {
    arguments: ['x'.repeat(257)],
    environment: { '1ST': 'x' },
    image: ProcessingImage.fromRegistry(''),
    inputs: {
      raw: ProcessingInput.fromS3(S3Location.fromUri('data/raw'), { localPath: '/data' }),
      zipped: ProcessingInput.fromS3(LOCATION, { compression: ProcessingInputCompression.GZIP }),
    },
    instanceCount: 101,
    instanceType: ProcessingInstanceType.of('m5.xlarge'),
    maxRuntime: Duration.days(10),
    outputs: { train: ProcessingOutput.toS3(LOCATION, { localPath: 'train' }) },
    volumeSize: Size.gibibytes(0),
  };

  test('with the property, the value, what is allowed, what to do, and the member of the request', () => {
    expect(problemsOf(faults).sort()).toEqual([
      `arguments[0] is '${'x'.repeat(78)}… (257 characters): must have at most 256 characters, and has 257. Shorten it by 1. (AppSpecification.ContainerArguments[0])`,
      "environment.1ST is '1ST': must be letters, digits and underscores, not beginning with a digit. Use '_1ST', for example. (Environment.1ST)",
      "image is '': must name an image. Use '<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>'. (AppSpecification.ImageUri)",
      "inputs.raw.localPath is '/data': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].S3Input.LocalPath)",
      "inputs.raw.location is 'data/raw': must be a location in S3, such as 's3://bucket/prefix/'. Use 's3://data/raw', for example. (ProcessingInputs[0].S3Input.S3Uri)",
      "inputs.zipped.compression is 'Gzip': can be Gzip only with Pipe mode. Set mode to ProcessingInputMode.PIPE, or unpack the files in the script. (ProcessingInputs[1].S3Input.S3CompressionType)",
      'instanceCount is 101: must be at most 100. Lower it. (ProcessingResources.ClusterConfig.InstanceCount)',
      "instanceType is 'm5.xlarge': must begin with 'ml.', as SageMaker's instance types do. Use 'ml.m5.xlarge'. (ProcessingResources.ClusterConfig.InstanceType)",
      'maxRuntime is 864000 seconds: must be at most 777600 seconds. Lower it. (StoppingCondition.MaxRuntimeInSeconds)',
      "outputs.train.localPath is 'train': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/output/train', which is the default, and write there. (ProcessingOutputConfig.Outputs[0].S3Output.LocalPath)",
      'volumeSize is 0 GiB: must be at least 1 GiB. Raise it. (ProcessingResources.ClusterConfig.VolumeSizeInGB)',
    ]);
  });

  test('under a head line that counts them, and above the page of the API reference', () => {
    const { message } = errorOf(() => newJob(newStack(), faults));
    const lines = message.split('\n');
    expect(lines[0]).toBe("ProcessingJob 'Test/Job' has 11 problems:");
    expect(lines[1]).toMatch(/^ {2}1\. \S/);
    expect(lines[11]).toMatch(/^ {2}11\. \S/);
    expect(lines[12]).toBe('See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html');
    expect(lines).toHaveLength(13);
  });

  test('and is a plain Error', () => {
    expect(errorOf(() => newJob(newScope(), faults)).constructor).toBe(Error);
  });

  test('together with what the request cannot show', () => {
    const scope = newScope();
    expect(problemsOf({
      code: ProcessingCode.fromAsset('no-such-file.py'),
      completionTimeout: Duration.days(10),
      entrypoint: ['python3'],
      instanceCount: 0,
      vpcSubnets: {},
    }, scope).sort()).toEqual([
      `code is 'no-such-file.py': must be a file or a folder, and '${path.resolve('no-such-file.py')}' does not exist. Give its path from the folder in which the app runs, or an absolute one.`,
      'completionTimeout is 10 days: must be at least one second and at most nine days. Use Duration.hours(1), or leave it out.',
      "entrypoint cannot be given together with code. Leave it out, and use the code's command.",
      'instanceCount is 0: must be at least 1. Raise it. (ProcessingResources.ClusterConfig.InstanceCount)',
      'vpcSubnets needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).',
    ]);
  });

  test('says one thing alone in the singular', () => {
    expect(errorOf(() => newJob(newStack(), { instanceCount: 0 })).message.split('\n')[0]).toBe("ProcessingJob 'Test/Job' has a problem:");
  });

  test('of a job without any property names those that are required', () => {
    const { message } = errorOf(() => new ProcessingJob(newStack(), 'Job', {} as any));
    expect(message).toContain('  1. image is required. Add it.');
    expect(message).toContain('instanceType is required, unless there are instancePreferences. Add it, such as ProcessingInstanceType.M5_XLARGE.');
    expect(message).toContain('has 2 problems');
  });
});

describe('what the API reference demands in prose', () => {
  const input = (options: object) => ({ inputs: { raw: ProcessingInput.fromS3(LOCATION, options) } });
  const dataset = (options: object) => ({
    inputs: {
      raw: ProcessingInput.fromAthena({
        database: 'd', outputFormat: AthenaResultFormat.JSON, outputLocation: LOCATION, queryString: 'q', ...options,
      }),
    },
  });
  const output = (options: object) => ({ outputs: { train: ProcessingOutput.toS3(LOCATION, options) } });
  const [m5, c5, g5] = ['ml.m5.xlarge', 'ml.c5.xlarge', 'ml.g5.xlarge'].map((name) => ProcessingInstanceType.of(name));
  const preferred = (...instancePreferences: object[]) => ({ instanceType: undefined, instancePreferences });
  const key = (scope: Construct) => Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k');

  test.each<[string, (scope: Construct) => object]>([
    ['a path of an input below /opt/ml/processing/', () => input({ localPath: '/opt/ml/processing/x' })],
    ['any absolute path of a dataset', () => dataset({ localPath: '/data' })],
    ['a path of an output below /opt/ml/processing/', () => output({ localPath: '/opt/ml/processing/x' })],
    ['compressed data in a pipe', () => input({ compression: ProcessingInputCompression.GZIP, mode: ProcessingInputMode.PIPE })],
    ['uncompressed data in files', () => input({ compression: ProcessingInputCompression.NONE, mode: ProcessingInputMode.FILE })],
    ['preferences without counts', () => preferred({ instanceType: m5 }, { instanceType: c5 })],
    ['preferences without counts, and a count for all', () => ({ ...preferred({ instanceType: m5 }, { instanceType: c5 }), instanceCount: 2 })],
    ['preferences with counts', () => preferred({ instanceType: m5, instanceCount: 1 }, { instanceType: c5, instanceCount: 2 })],
    ['a key for volumes where there are no local disks', (scope) => ({ volumeEncryptionKey: key(scope) })],
    ['a volume as large as the local disks', () => ({ instanceType: g5, volumeSize: Size.gibibytes(250) })],
  ])('allows %s', (_name, props) => {
    const scope = newScope();
    newJob(scope, props(scope));
  });

  test.each<[string, (scope: Construct) => object, string[]]>([
    ['a path of an input elsewhere', () => input({ localPath: '/opt/ml/data' }),
      ["inputs.raw.localPath is '/opt/ml/data': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].S3Input.LocalPath)"]],
    ['an empty path of an input', () => input({ localPath: '' }),
      ["inputs.raw.localPath is '': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].S3Input.LocalPath)"]],
    ['a relative path of a dataset', () => dataset({ localPath: 'data' }),
      ["inputs.raw.localPath is 'data': must be an absolute path. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].DatasetDefinition.LocalPath)"]],
    ['a relative path of an output', () => output({ localPath: 'data' }),
      ["outputs.train.localPath is 'data': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/output/train', which is the default, and write there. (ProcessingOutputConfig.Outputs[0].S3Output.LocalPath)"]],
    ['compressed data in files', () => input({ compression: ProcessingInputCompression.GZIP }),
      ["inputs.raw.compression is 'Gzip': can be Gzip only with Pipe mode. Set mode to ProcessingInputMode.PIPE, or unpack the files in the script. (ProcessingInputs[0].S3Input.S3CompressionType)"]],
    ['compressed data in an unstated mode', () => input({ compression: ProcessingInputCompression.GZIP, appManaged: true }),
      ["inputs.raw.compression is 'Gzip': can be Gzip only with Pipe mode. Set mode to ProcessingInputMode.PIPE, or unpack the files in the script. (ProcessingInputs[0].S3Input.S3CompressionType)"]],
    ['neither type nor preferences', () => ({ instanceType: undefined }),
      ['instanceType is required, unless there are instancePreferences. Add it, such as ProcessingInstanceType.M5_XLARGE. (ProcessingResources.ClusterConfig.InstanceType)']],
    ['both type and preferences', () => ({ instancePreferences: [{ instanceType: c5 }] }),
      ['instancePreferences cannot be given together with instanceType. Leave one of them out. (ProcessingResources.ClusterConfig.InstancePreferences)']],
    ['a preference twice', () => preferred({ instanceType: m5 }, { instanceType: c5 }, { instanceType: m5 }),
      ["instancePreferences[2].instanceType is 'ml.m5.xlarge': is in the list already, and each type may be there once. Remove one of them. (ProcessingResources.ClusterConfig.InstancePreferences[2].InstanceType)"]],
    ['counts on some preferences', () => preferred({ instanceType: m5, instanceCount: 1 }, { instanceType: c5 }),
      ['instancePreferences[1].instanceCount is required, for other preferences have it. Add it, or leave it out everywhere and use instanceCount. (ProcessingResources.ClusterConfig.InstancePreferences[1].InstanceCount)']],
    ['counts on preferences and for all', () => ({ ...preferred({ instanceType: m5, instanceCount: 1 }), instanceCount: 2 }),
      ['instancePreferences[0].instanceCount is 1: cannot be given together with instanceCount. Leave one of them out. (ProcessingResources.ClusterConfig.InstancePreferences[0].InstanceCount)']],
    ['a preference that is no type of SageMaker', () => preferred({ instanceType: ProcessingInstanceType.of('m5.large') }),
      ["instancePreferences[0].instanceType is 'm5.large': must begin with 'ml.', as SageMaker's instance types do. Use 'ml.m5.large'. (ProcessingResources.ClusterConfig.InstancePreferences[0].InstanceType)"]],
    ['a key for local disks', (scope) => ({ instanceType: g5, volumeEncryptionKey: key(scope) }),
      ['volumeEncryptionKey cannot be given, for ml.g5.xlarge has local storage, which has its own encryption. Leave it out, or choose an instance type without local storage. (ProcessingResources.ClusterConfig.VolumeKmsKeyId)']],
    ['a key for local disks of a preference', (scope) => ({ ...preferred({ instanceType: m5 }, { instanceType: g5 }), volumeEncryptionKey: key(scope) }),
      ['volumeEncryptionKey cannot be given, for ml.g5.xlarge has local storage, which has its own encryption. Leave it out, or choose an instance type without local storage. (ProcessingResources.ClusterConfig.VolumeKmsKeyId)']],
    ['a volume larger than the local disks', () => ({ instanceType: g5, volumeSize: Size.gibibytes(251) }),
      ['volumeSize is 251 GiB: must be at most 250 GiB. ml.g5.xlarge stores the data on local disks of that size: lower it. (ProcessingResources.ClusterConfig.VolumeSizeInGB)']],
    ['code and an entrypoint', () => ({ code: ProcessingCode.fromAsset(SCRIPT), entrypoint: ['python3'] }),
      ["entrypoint cannot be given together with code. Leave it out, and use the code's command."]],
    ['an input with the name of the code’s', () => ({ code: ProcessingCode.fromAsset(SCRIPT), inputs: { code: ProcessingInput.fromS3(LOCATION) } }),
      ['inputs.code has the name of the input that carries code. Give it another name.']],
    ['security groups without a VPC', (scope) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1')] }),
      ['securityGroups needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).']],
    ['subnets without a VPC', () => ({ vpcSubnets: { subnetGroupName: 'Private' } }), ['vpcSubnets needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).']],
  ])('refuses %s', (_name, props, lines) => {
    const scope = newScope();
    expect(problemsOf(props(scope), scope)).toEqual(lines);
  });

  test('refuses subnets that the VPC does not have', () => {
    const scope = newScope();
    const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
    expect(problemsOf({ vpc, vpcSubnets: { subnetGroupName: 'Data' } }, scope)).toEqual([
      expect.stringMatching(/^vpcSubnets .*'Data'.*Choose subnets that the VPC has\.$/),
    ]);
  });

  test('refuses the zip file of a folder where files are expected', () => {
    const scope = newScope();
    const folder = new Asset(scope, 'Folder', { path: path.join(__dirname, 'scripts') });
    expect(errorOf(() => newJob(scope, { inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(folder)) } })).message).toBe(
      'ProcessingInput.fromS3: location is the asset of a folder: one zip file, which the job does not unpack. '
      + 'Use the asset of a file, or copy the folder to a bucket with BucketDeployment.');
  });

  test.each<[string, Duration, string]>([
    ['nothing', Duration.seconds(0), '0 seconds'],
    ['less than a second', Duration.millis(999), '999 millis'],
    ['more than nine days', Duration.seconds(777601), '9 days 1 second'],
    ['what only CloudFormation knows', Duration.seconds(Token.asNumber({ Ref: 'Seconds' })), 'known at deployment only'],
  ])('refuses to wait for %s', (_name, completionTimeout, shown) => {
    expect(problemsOf({ completionTimeout })).toEqual([
      `completionTimeout is ${shown}: must be at least one second and at most nine days. Use Duration.hours(1), or leave it out.`,
    ]);
  });
});

describe('tokens', () => {
  const stack = new Stack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const list = new CfnParameter(stack, 'List', { type: 'List<String>' }).valueAsList;

  test.each<[string, object]>([
    ['arguments', { arguments: list }],
    ['an argument', { arguments: [text, `--key=${text}`] }],
    ['the entrypoint', { entrypoint: list }],
    ['a value of the environment', { environment: { A: text } }],
    ['the image', { image: ProcessingImage.fromRegistry(text) }],
    ['the number of instances', { instanceCount: number }],
    ['the type of instances', { instanceType: ProcessingInstanceType.of(text) }],
    ['the type of instances, in part', { instanceType: ProcessingInstanceType.of(`ml.${text}`) }],
    ['the runtime', { maxRuntime: Duration.seconds(number) }],
    ['the size of the volume', { volumeSize: Size.gibibytes(number) }],
    ['the name', { processingJobName: text }],
    ['the rerun trigger', { rerunTrigger: text }],
    ['the location of an input', { inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(text)) } }],
    ['the location of an input, in part', { inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(`s3://${text}/raw/`)) } }],
    ['the path of an input', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { localPath: text }) } }],
    ['the path of an input, in part', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { localPath: `/opt/ml/processing/${text}` }) } }],
    ['the path of an input, up to an early part', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { localPath: `/opt/${text}` }) } }],
    ['the path of an output', { outputs: { train: ProcessingOutput.toS3(LOCATION, { localPath: `${text}/x` }) } }],
    ['the mode of an input', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { mode: text as any }) } }],
    ['a switch', { networkIsolation: Lazy.any({ produce: () => true }) }],
    ['an experiment', { experiment: { experimentName: text } }],
  ])('may be %s', (_name, props) => {
    newJob(newScope(), props);
  });

  test('are in the request as they are', () => {
    const own = newStack();
    const parameter = new CfnParameter(own, 'Number', { type: 'Number' });
    newJob(own, {
      arguments: Fn.split(',', Aws.STACK_NAME),
      instanceCount: parameter.valueAsNumber,
      maxRuntime: Duration.seconds(parameter.valueAsNumber),
      volumeSize: Size.gibibytes(parameter.valueAsNumber),
    });
    expect(requestOf(own)).toMatchObject({
      AppSpecification: { ContainerArguments: { 'Fn::Split': [',', { Ref: 'AWS::StackName' }] } },
      ProcessingResources: { ClusterConfig: { InstanceCount: { Ref: 'Number' }, VolumeSizeInGB: { Ref: 'Number' } } },
      StoppingCondition: { MaxRuntimeInSeconds: { Ref: 'Number' } },
    });
  });

  test.each<[string, object, string]>([
    ['a beginning that is wrong: the path of an input', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { localPath: `/data/${text}` }) } },
      'inputs.raw.localPath'],
    ['a beginning that is wrong: the path of an output', { outputs: { train: ProcessingOutput.toS3(LOCATION, { localPath: `data/${text}` }) } },
      'outputs.train.localPath'],
    ['a beginning that is wrong: the type of instances', { instanceType: ProcessingInstanceType.of(`m5.${text}`) }, 'instanceType'],
    ['known parts that are too long: the name', { processingJobName: `${'x'.repeat(60)}${text}${'y'.repeat(4)}` }, 'processingJobName'],
    ['known parts that are too long: an argument', { arguments: [`${text}${'y'.repeat(257)}`] }, 'arguments[0]'],
    ['known parts that are too long: a location', { inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(`s3://${text}/${'y'.repeat(1024)}`)) } },
      'inputs.raw.location'],
  ])('do not hide %s', (_name, props, property) => {
    const lines = problemsOf(props);
    expect(lines).toHaveLength(1);
    expect(lines[0].startsWith(`${property} is `)).toBe(true);
  });

  test.each<[string, object, string]>([
    ['completionTimeout', { completionTimeout: Duration.hours(number) }, 'must be a Duration. Use Duration.seconds(…) for it.'],
    ['maxRuntime', { maxRuntime: Duration.minutes(number) }, 'must be a Duration. Use Duration.seconds(…) for it.'],
    ['volumeSize', { volumeSize: Size.mebibytes(number) }, 'must be a Size. Use Size.gibibytes(…) for it.'],
  ])('in a unit that the CDK cannot convert are refused: %s', (property, props, allowed) => {
    expect(problemsOf(props)).toEqual([`${property} is a token in another unit: ${allowed}`]);
  });
});

describe('secrets', () => {
  test.each<[string, object]>([
    ['a value that is too long', { environment: { PASSWORD: `hunter2${'x'.repeat(300)}` } }],
    ['a number', { environment: { PASSWORD: 7351 } }],
    ['a list', { environment: { PASSWORD: ['hunter2'] } }],
    ['a map of a wrong key', { environment: { '1PASSWORD': 'hunter2' } }],
    ['a list in place of the map', { environment: ['PASSWORD=hunter2'] }],
    ['text in place of the map', { environment: 'PASSWORD=hunter2' }],
  ])('of the environment are in no error: %s', (_name, props) => {
    const { message } = errorOf(() => newJob(newScope(), props));
    expect(message).toContain('environment');
    expect(message).not.toMatch(/hunter2|7351/);
  });
});

describe('what only a newer service may know is a warning', () => {
  const ACK = '[ack: cdk-sagemaker-jobs:unknownInstanceType]';
  const withUnknownType = () => {
    const stack = newStack();
    return { stack, job: newJob(stack, { instanceType: ProcessingInstanceType.of('ml.m99.large') }) };
  };

  test('that names the value and can be acknowledged', () => {
    const { stack } = withUnknownType();
    Annotations.fromStack(stack).hasWarning('/Test/Job',
      `instanceType is 'ml.m99.large': is not known to this version of the library. Check its spelling. (ProcessingResources.ClusterConfig.InstanceType) ${ACK}`);
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
    expect(requestOf(stack).ProcessingResources.ClusterConfig.InstanceType).toBe('ml.m99.large');
  });

  test('and is gone when it is acknowledged', () => {
    const { stack, job } = withUnknownType();
    Acknowledgements.of(job).acknowledgeWarning('cdk-sagemaker-jobs:unknownInstanceType');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('and there is none for types that are known', () => {
    const stack = newStack();
    newJob(stack);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('of an instance type that its Region is not known to offer', () => {
    const stack = newStack('Test', { env: { region: 'eu-west-1', account: '123456789012' } });
    newJob(stack, { instanceType: ProcessingInstanceType.of('ml.g7.2xlarge') });
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('^instanceType: ml.g7.2xlarge is not known to be offered in eu-west-1; it is in .*us-east-1'));
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('\\[ack: cdk-sagemaker-jobs:instanceTypeNotInRegion\\]$'));
  });

  test('but nothing is said of a Region that is not known', () => {
    const stack = newStack();
    newJob(stack, { instanceType: ProcessingInstanceType.of('ml.g7.2xlarge') });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

test('what is valid is not changed by the checks', () => {
  const props = { arguments: ['a'], environment: { A: 'a' }, inputs: { raw: ProcessingInput.fromS3(LOCATION) } };
  const before = JSON.stringify(props);
  requestWith(props);
  expect(JSON.stringify(props)).toBe(before);
});
