/** Properties that other libraries, classes and tokens give are read as they are meant. */
import { Aws, CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Duration, Fn, Lazy, Size, Tags, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { newJob, newStack, problemsOf, requestOf, requestWith, resourceOf, synthProblemsOf } from './testing';
import {
  ProcessingImage, ProcessingInput, ProcessingInputCompression, ProcessingInputMode, ProcessingInstanceType, ProcessingJob, ProcessingOutput,
  S3Location,
} from '../../src';

const LOCATION = S3Location.fromUri('s3://data/');
const REQUIRED = { image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/image'), instanceType: ProcessingInstanceType.M5_XLARGE };

describe('properties', () => {
  test('that are inherited are in the request', () => {
    const stack = newStack();
    new ProcessingJob(stack, 'Job', Object.create({ ...REQUIRED, networkIsolation: true, environment: { A: 'a' } }));
    expect(requestOf(stack)).toMatchObject({ NetworkConfig: { EnableNetworkIsolation: true }, Environment: { A: 'a' } });
  });

  test('that are getters of a class are in the request', () => {
    class Props {
      public readonly image = REQUIRED.image;
      public readonly instanceType = REQUIRED.instanceType;
      public get networkIsolation() {
        return true;
      }
      public get experiment() {
        return new (class {
          public get runName() {
            return 'run';
          }
        })();
      }
    }
    const stack = newStack();
    new ProcessingJob(stack, 'Job', new Props());
    expect(requestOf(stack)).toMatchObject({ NetworkConfig: { EnableNetworkIsolation: true }, ExperimentConfig: { RunName: 'run' } });
  });

  test.each([['instanceCnt', 'instanceCount'], ['maxRunTime', 'maxRuntime'], ['networkisolation', 'networkIsolation'], ['enviroment', 'environment']])(
    'that do not exist are warned of when they look like others: %s', (name, meant) => {
      const stack = newStack();
      newJob(stack, { [name]: 5 });
      Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp(
        `^${name} is not a property, and has no effect. Did you mean ${meant}. .ack: cdk-sagemaker-jobs:unknownProperty`));
    });

  test('that are documented are all known', () => {
    const stack = newStack();
    newJob(stack, { completionTimeout: Duration.hours(1), rerunTrigger: 'x', interContainerTrafficEncryption: true, arguments: ['a'], maxRuntime: Duration.hours(1) });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('unknownProperty'));
  });
});

describe('null', () => {
  test('in an option of an input or output is not given', () => {
    const nothing: any = { appManaged: null, compression: null, distribution: null, localPath: null, mode: null, uploadMode: null };
    const { ProcessingInputs, ProcessingOutputConfig } = requestWith({
      inputs: { raw: ProcessingInput.fromS3(LOCATION, nothing) }, outputs: { train: ProcessingOutput.toS3(LOCATION, nothing) },
    });
    expect(ProcessingInputs).toEqual(requestWith({ inputs: { raw: ProcessingInput.fromS3(LOCATION) } }).ProcessingInputs);
    expect(ProcessingOutputConfig).toEqual(requestWith({ outputs: { train: ProcessingOutput.toS3(LOCATION) } }).ProcessingOutputConfig);
  });

  test('or undefined as an element is said to be that', () => {
    expect(problemsOf({ inputs: { raw: null, other: undefined }, outputs: { train: null } })).toEqual([
      'inputs.other is missing, and must be a ProcessingInput. Use ProcessingInput.fromS3(…).',
      'inputs.raw is null: must be a ProcessingInput. Use ProcessingInput.fromS3(…).',
      'outputs.train is null: must be a ProcessingOutput. Use ProcessingOutput.toS3(…).',
    ]);
  });
});

describe('a duration', () => {
  test.each([[Duration.hours(1.1), 3960], [Duration.hours(2.2), 7920], [Duration.minutes(0.1), 6], [Duration.millis(4000), 4]])(
    'of whole seconds is that, whatever the unit: %s', (maxRuntime, seconds) => {
      expect(requestWith({ maxRuntime }).StoppingCondition).toEqual({ MaxRuntimeInSeconds: seconds });
    });

  test.each([[Duration.millis(1500), '1.5'], [Duration.seconds(0.1), '0.1'], [Duration.hours(0.3333), '1199.88']])('of a fraction is an error: %s', (maxRuntime, seconds) => {
    expect(problemsOf({ maxRuntime })).toEqual([
      `maxRuntime is ${seconds} seconds: must be a whole number. Write a whole number. (StoppingCondition.MaxRuntimeInSeconds)`,
    ]);
  });
});

describe('an environment variable that JavaScript would lose', () => {
  const line = "environment.__proto__ is '__proto__': cannot be a name, for JavaScript has another use for it. Choose another name. (Environment.__proto__)";

  test('is an error as a property', () => {
    expect(problemsOf({ environment: JSON.parse('{ "__proto__": "x" }') })).toEqual([line]);
  });

  test('is an error when it is added', () => {
    const stack = newStack();
    newJob(stack).addEnvironment('__proto__', 'x');
    expect(synthProblemsOf(stack)).toEqual([`[Test/Job] ${line}`]);
  });
});

test('a tag whose key JavaScript would lose is on the job, by its own or by the stack', () => {
  for (const ofStack of [true, false]) {
    const stack = newStack();
    if (ofStack) {
      stack.tags.setTag('__proto__', 'x');
    }
    const job = newJob(stack);
    if (!ofStack) {
      Tags.of(job).add('__proto__', 'x');
    }
    expect(resourceOf(stack).Properties.Tags).toEqual([{ Key: '__proto__', Value: 'x' }]);
  }
});

test.each([
  ['environment', 'must be a map from names to values'], ['inputs', 'must be a map from names to values'], ['outputs', 'must be a map from names to values'],
  ['secrets', 'must be a map from names to values'], ['experiment', 'must be a structure'], ['vpcSubnets', 'must be a subnet selection'],
  ['instancePreferences', 'must be a list'], ['securityGroups', 'must be a list'],
])('a token in place of %s is an error: it may stand for a value there, not for all', (name, allowed) => {
  expect(problemsOf({ [name]: Lazy.any({ produce: () => ({}) }) })).toEqual([expect.stringContaining(`${name} is a token: ${allowed}`)]);
});

describe('a message', () => {
  test('escapes what a terminal does not print, in names as well', () => {
    expect(problemsOf({ environment: { 'a\u0007b': 'x' } })[0]).toMatch(/^environment\.a\\u0007b is 'a\\u0007b': .*\(Environment\.a\\u0007b\)$/);
    expect(() => newJob(newStack()).outputLocation('a\nb')).toThrow("there is no output named 'a\\nb' in S3.");
  });

  test('shows tokens without their numbers, which differ from run to run', () => {
    const stack = newStack();
    const location = S3Location.fromBucket(new Bucket(stack, 'Data'), '*');
    newJob(stack, { inputs: { raw: ProcessingInput.fromS3(location) } });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)))
      .toEqual([expect.stringMatching(/^inputs\.raw\.location is 's3:\/\/<[^>\d]*>\/\*': /)]);
    expect(problemsOf({ maxRuntime: Lazy.number({ produce: () => 5 }) as any })[0]).toMatch(/^maxRuntime is a token: must be a Duration\./);
  });

  test('says of a missing element that it is missing', () => {
    expect(problemsOf({ arguments: [undefined], environment: { A: undefined } })).toEqual([
      expect.stringMatching(/^arguments\[0\] is missing, and must be a string\./), expect.stringMatching(/^environment\.A is missing, and must be a string\./),
    ]);
  });
});

describe('a lazy value is checked when the template is made', () => {
  test.each<[string, object, string]>([
    ['text', { environment: { A: Lazy.string({ produce: () => 'x'.repeat(257) }) } },
      'environment.A is a text of 257 characters: must have at most 256 characters, and has 257. Shorten it by 1. (Environment.A)'],
    ['text in a text', { environment: { A: `x${Lazy.string({ produce: () => 'y'.repeat(256) })}` } },
      'environment.A is a text of 257 characters: must have at most 256 characters, and has 257. Shorten it by 1. (Environment.A)'],
    ['a number', { instanceCount: Lazy.number({ produce: () => 0 }) },
      'instanceCount is 0: must be at least 1. Raise it. (ProcessingResources.ClusterConfig.InstanceCount)'],
    ['a number of a Duration', { maxRuntime: Duration.seconds(Lazy.number({ produce: () => 0 })) },
      'maxRuntime is 0 seconds: must be at least 1 second. Raise it. (StoppingCondition.MaxRuntimeInSeconds)'],
    ['a number of a Size', { volumeSize: Size.gibibytes(Lazy.number({ produce: () => 0 })) },
      'volumeSize is 0 GiB: must be at least 1 GiB. Raise it. (ProcessingResources.ClusterConfig.VolumeSizeInGB)'],
    ['a list', { arguments: Lazy.list({ produce: () => ['a', 'b\nc'] }) },
      "arguments[1] is 'b\\nc': must be text without line breaks. Use 'b c', for example. (AppSpecification.ContainerArguments[1])"],
    ['a switch', { networkIsolation: Lazy.any({ produce: () => 'true' }) },
      "networkIsolation is 'true': must be true or false. Write true or false, without quotes. (NetworkConfig.EnableNetworkIsolation)"],
    ['a location', { inputs: { raw: ProcessingInput.fromS3(LOCATION, { localPath: Lazy.string({ produce: () => '/data' }) }) } },
      "inputs.raw.localPath is '/data': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].S3Input.LocalPath)"],
    ['a name', { processingJobName: Lazy.string({ produce: () => 'a_b' }) },
      "processingJobName is 'a_b': must be letters, digits and hyphens, beginning and ending with a letter or digit. Use 'a-b', for example. (ProcessingJobName)"],
  ])('%s', (_name, props, line) => {
    const stack = newStack();
    newJob(stack, props);
    expect(synthProblemsOf(stack)).toEqual([`[Test/Job] ${line}`]);
  });

  test('and is fine when it is', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Parameter');
    const bucket = new Bucket(stack, 'Bucket');
    newJob(stack, {
      arguments: Lazy.list({ produce: () => ['a', parameter.valueAsString, `x${Aws.REGION}`] }),
      environment: {
        A: Lazy.string({ produce: () => 'x'.repeat(256) }),
        B: Lazy.string({ produce: () => parameter.valueAsString }),
        C: Fn.join('', ['x'.repeat(300), parameter.valueAsString]),
        D: Token.asString(new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/name')),
        E: bucket.bucketName,
      },
      instanceCount: Lazy.number({ produce: () => 2 }),
      networkIsolation: Lazy.any({ produce: () => true }) as any,
      outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, Lazy.string({ produce: () => 'train/' }))) },
    });
    Template.fromStack(stack);
  });
});

describe('a token is not compared', () => {
  test('as the mode of compressed data', () => {
    const stack = newStack();
    const mode = new CfnParameter(stack, 'Mode').valueAsString as ProcessingInputMode;
    newJob(stack, { inputs: { raw: ProcessingInput.fromS3(LOCATION, { compression: ProcessingInputCompression.GZIP, mode }) } });
    expect(requestOf(stack).ProcessingInputs[0].S3Input.S3InputMode).toEqual({ Ref: 'Mode' });
  });
});

describe('a suggestion fits', () => {
  test.each([
    ['m5.xlarge', "Use 'ml.m5.xlarge'."],
    ['ML.M5.LARGE', "Use 'ml.m5.large'."],
    [' ml.m5.large', "Use 'ml.m5.large'."],
    ['local', 'Use a constant of ProcessingInstanceType, such as ProcessingInstanceType.M5_XLARGE.'],
    ['', 'Use a constant of ProcessingInstanceType, such as ProcessingInstanceType.M5_XLARGE.'],
  ])('for the instance type %p', (name, remedy) => {
    expect(problemsOf({ instanceType: ProcessingInstanceType.of(name) })).toEqual([expect.stringContaining(remedy)]);
  });
});

test('what is pushed to a list of the properties later changes no job', () => {
  const stack = newStack();
  const props = { entrypoint: ['run'], arguments: ['--all'], environment: { A: '1' } };
  newJob(stack, props);
  props.entrypoint.push('');
  props.arguments.push('x'.repeat(300));
  Object.assign(props.environment, { B: 'x'.repeat(300) });
  expect(requestOf(stack)).toMatchObject({ AppSpecification: { ContainerEntrypoint: ['run'], ContainerArguments: ['--all'] }, Environment: { A: '1' } });
});
