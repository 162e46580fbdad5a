import { CfnParameter, CfnResource, Duration, Lazy, ResolutionTypeHint } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { newJob, newStack, PROCESSING_JOB, requestOf, resourceOf, resourcesOf, synthProblemsOf } from './testing';
import { ProcessingInput, ProcessingInputMode, ProcessingOutput, S3Location } from '../../src';
import { restoreTypes } from '../../src/handler/life/restore-types';

const LOCATION = S3Location.fromUri('s3://data/');
const INPUT = ProcessingInput.fromS3(LOCATION);
const OUTPUT = ProcessingOutput.toS3(LOCATION);

describe('what is added after construction', () => {
  test('is in the request as if it had been a property', () => {
    const [added, given] = [newStack(), newStack()];
    const job = newJob(added);
    job.addEnvironment('STAGE', 'prod');
    job.addInput('raw', INPUT);
    job.addOutput('train', OUTPUT);
    newJob(given, { environment: { STAGE: 'prod' }, inputs: { raw: INPUT }, outputs: { train: OUTPUT } });
    expect(requestOf(added)).toEqual(requestOf(given));
  });

  test('leaves the map alone that the properties came in', () => {
    const [environment, inputs, outputs] = [{ A: 'a' }, { raw: INPUT }, { train: OUTPUT }];
    const job = newJob(newStack(), { environment, inputs, outputs });
    job.addEnvironment('B', 'b');
    job.addInput('more', INPUT);
    job.addOutput('more', OUTPUT);
    expect([environment, inputs, outputs].map((map) => Object.keys(map))).toEqual([['A'], ['raw'], ['train']]);
  });

  test('may be a token', () => {
    const stack = newStack();
    newJob(stack).addEnvironment('LATER', Lazy.string({ produce: () => 'later' }));
    expect(requestOf(stack).Environment).toEqual({ LATER: 'later' });
  });

  test.each<[string, (job: ReturnType<typeof newJob>) => void]>([
    ['addEnvironment', (job) => job.addEnvironment('taken', 'x')],
    ['addInput', (job) => job.addInput('taken', INPUT)],
    ['addOutput', (job) => job.addOutput('taken-output', OUTPUT)],
  ])('%s needs a name that is not taken', (method, add) => {
    const job = newJob(newStack(), { environment: { taken: 'x' }, inputs: { taken: INPUT }, outputs: { 'taken-output': OUTPUT } });
    expect(() => add(job)).toThrow(new RegExp(`^Test/Job\\.${method}: there is one named 'taken(-output)?' already\\. Give this one another name\\.$`));
    const later = newJob(newStack());
    add(later);
    expect(() => add(later)).toThrow(/there is one named 'taken(-output)?' already\./);
  });

  test('an environment variable may have the name of what every JavaScript object has', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addEnvironment('toString', 'x');
    job.addEnvironment('constructor', 'y');
    expect(requestOf(stack).Environment).toEqual({ constructor: 'y', toString: 'x' });
  });

  test('an input and an output may have the name of what every JavaScript object has', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addInput('constructor', INPUT);
    job.addOutput('toString', OUTPUT);
    expect(requestOf(stack).ProcessingInputs[0].InputName).toBe('constructor');
    expect(requestOf(stack).ProcessingOutputConfig.Outputs[0].OutputName).toBe('toString');
  });
});

describe('what is added is checked again at synth', () => {
  test('an environment variable of a job that has some', () => {
    const stack = newStack();
    newJob(stack, { environment: { A: 'a' } }).addEnvironment('1ST', 'x');
    expect(synthProblemsOf(stack)).toEqual([
      "[Test/Job] environment.1ST is '1ST': must be letters, digits and underscores, not beginning with a digit. Use '_1ST', for example. (Environment.1ST)",
    ]);
  });

  test('an environment variable of a job that had none', () => {
    const stack = newStack();
    newJob(stack).addEnvironment('1ST', 'x');
    expect(synthProblemsOf(stack)).toEqual([expect.stringContaining("environment.1ST is '1ST'")]);
  });

  test('the number of environment variables', () => {
    const stack = newStack();
    const job = newJob(stack, { environment: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`A${index}`, ''])) });
    job.addEnvironment('ONE_MORE', '');
    expect(synthProblemsOf(stack)).toEqual(['[Test/Job] environment must have at most 100 entries, and has 101. Remove 1. (Environment)']);
  });

  test('an input', () => {
    const stack = newStack();
    newJob(stack).addInput('raw', ProcessingInput.fromS3(LOCATION, { localPath: '/data', mode: ProcessingInputMode.FILE }));
    expect(synthProblemsOf(stack)).toEqual([
      "[Test/Job] inputs.raw.localPath is '/data': must be a path below /opt/ml/processing/. Use '/opt/ml/processing/input/raw', which is the default. (ProcessingInputs[0].S3Input.LocalPath)",
    ]);
  });

  test('the number of inputs, and of outputs', () => {
    const stack = newStack();
    const job = newJob(stack);
    for (let index = 0; index <= 10; index++) {
      job.addInput(`in${index}`, INPUT);
      job.addOutput(`out${index}`, OUTPUT);
    }
    expect(synthProblemsOf(stack)).toEqual([
      '[Test/Job] inputs must have at most 10 elements, and has 11. Remove 1. (ProcessingInputs)',
      '[Test/Job] outputs must have at most 10 elements, and has 11. Remove 1. (ProcessingOutputConfig.Outputs)',
    ]);
  });

  test('an output', () => {
    const stack = newStack();
    newJob(stack).addOutput('train', ProcessingOutput.toS3(S3Location.fromUri('data/train')));
    expect(synthProblemsOf(stack)).toEqual([
      "[Test/Job] outputs.train.location is 'data/train': must be a location in S3, such as 's3://bucket/prefix/'. Use 's3://data/train', for example. (ProcessingOutputConfig.Outputs[0].S3Output.S3Uri)",
    ]);
  });

  test('the tenth input beside the code is one too many', () => {
    const stack = newStack();
    const job = newJob(stack);
    for (let index = 0; index < 10; index++) {
      job.addInput(`in${index}`, INPUT);
    }
    expect(requestOf(stack).ProcessingInputs).toHaveLength(10);
  });
});

describe('addRequestOverride', () => {
  test.each([
    ['ProcessingJobName', 'the property processingJobName'], ['Tags', 'Tags.of(…).add(…)'], ['Tags.0.Key', 'Tags.of(…).add(…)'], ['RoleArn', 'the property role'],
  ])('refuses %s, which would have no effect or could not be used', (path, instead) => {
    const job = newJob(newStack());
    const member = path.split('.')[0];
    expect(() => job.addRequestOverride(path, 'x')).toThrow(`Test/Job.addRequestOverride: path is '${path}': ${member} cannot be overridden. Use ${instead}.`);
    expect(() => job.addRequestDeletionOverride(path)).toThrow(`${member} cannot be overridden. Use ${instead}.`);
    expect(() => job.addRequestOverride(`Environment.${member}`, 'x')).not.toThrow();
  });

  test('sets a member past all checks', () => {
    const stack = newStack();
    const job = newJob(stack, { environment: { A: 'a' } });
    job.addRequestOverride('StoppingCondition.MaxRuntimeInSeconds', 999_999_999);
    job.addRequestOverride('ProcessingResources.ClusterConfig.InstanceType', 'quantum');
    job.addRequestOverride('Environment.1', true);
    job.addRequestOverride('AppSpecification.ContainerArguments', ['x'.repeat(1000)]);
    expect(requestOf(stack)).toMatchObject({
      AppSpecification: { ContainerArguments: ['x'.repeat(1000)] },
      Environment: { 1: true, A: 'a' },
      ProcessingResources: { ClusterConfig: { InstanceType: 'quantum', InstanceCount: 1 } },
      StoppingCondition: { MaxRuntimeInSeconds: 999_999_999 },
    });
  });

  test('reaches into lists', () => {
    const stack = newStack();
    const job = newJob(stack, { inputs: { a: INPUT, b: INPUT } });
    job.addRequestOverride('ProcessingInputs.1.S3Input.S3Uri', 's3://other/');
    const [a, b] = requestOf(stack).ProcessingInputs;
    expect(a.S3Input.S3Uri).toBe('s3://data/');
    expect(b.S3Input.S3Uri).toBe('s3://other/');
    expect(requestOf(stack).ProcessingInputs).toBeInstanceOf(Array);
  });

  test('wins over what is added later', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addRequestOverride('Environment.A', 'override');
    job.addEnvironment('A', 'added');
    expect(requestOf(stack).Environment).toEqual({ A: 'override' });
  });

  test('takes tokens', () => {
    const stack = newStack();
    newJob(stack).addRequestOverride('NewMember', Lazy.any({ produce: () => ({ At: 'deployment' }) }));
    expect(requestOf(stack).NewMember).toEqual({ At: 'deployment' });
  });

  test('notes the type of numbers and booleans that the service model does not know, for CloudFormation makes them strings', () => {
    const stack = newStack();
    const job = newJob(stack, { inputs: { raw: INPUT } });
    job.addRequestOverride('NewMember', { Count: 5, Deep: [{ Flag: false, Name: 'x' }], Nothing: null });
    job.addRequestOverride('ProcessingInputs.0.NewFlag', true);
    job.addRequestOverride('AppSpecification.NewNumber', 1.5);
    expect(resourceOf(stack).Properties.UnmodeledTypes).toEqual({
      'AppSpecification.NewNumber': 'number',
      'NewMember.Count': 'number',
      'NewMember.Deep.0.Flag': 'boolean',
      'ProcessingInputs.0.NewFlag': 'boolean',
    });
  });

  test('notes no types that the service model knows, and none of strings', () => {
    const stack = newStack();
    const job = newJob(stack, { inputs: { raw: INPUT }, outputs: { train: OUTPUT } });
    job.addRequestOverride('StoppingCondition.MaxRuntimeInSeconds', 5);
    job.addRequestOverride('NetworkConfig', { EnableNetworkIsolation: true });
    job.addRequestOverride('ProcessingInputs.0.AppManaged', true);
    job.addRequestOverride('ProcessingOutputConfig.Outputs.0.AppManaged', true);
    job.addRequestOverride('ProcessingResources.ClusterConfig', { InstanceCount: 2, VolumeSizeInGB: 40 });
    job.addRequestOverride('Environment.NUMBER', 5);
    job.addRequestOverride('NewMember', '5');
    expect(resourceOf(stack).Properties).not.toHaveProperty('UnmodeledTypes');
  });

  test('forgets the type of an earlier override of the same member', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addRequestOverride('NewMember', 5);
    job.addRequestOverride('NewMember', '5');
    expect(resourceOf(stack).Properties).not.toHaveProperty('UnmodeledTypes');
  });

  test('notes no types of what a token is made of', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addRequestOverride('NewMember', Lazy.any({ produce: () => 'x' }, { displayHint: 'x', omitEmptyArray: true }));
    expect(resourceOf(stack).Properties).not.toHaveProperty('UnmodeledTypes');
  });

  test.each<[string, string, string]>([
    ['D.x\\.y', 'D.x\\.y', 'x.y'], ['D.x\\\\y', 'D.x\\\\y', 'x\\y'], ['D.\\x', 'D.x', 'x'],
  ])('notes the type of a name with a period or backslash as the function reads it: %s', (path, noted, name) => {
    const stack = newStack();
    newJob(stack).addRequestOverride(path, 5);
    const { Request, UnmodeledTypes } = resourceOf(stack).Properties;
    expect(Request.D).toEqual({ [name]: 5 });
    expect(UnmodeledTypes).toEqual({ [noted]: 'number' });
    const sent = { Request: { D: { [name]: '5' } }, UnmodeledTypes } as any;
    expect(restoreTypes('CreateProcessingJobRequest', sent)).toEqual({ D: { [name]: 5 } });
  });

  test('notes the type of a number that only CloudFormation knows, and of lazy values', () => {
    const stack = newStack();
    const job = newJob(stack);
    const parameter = new CfnParameter(stack, 'Count', { type: 'Number' });
    job.addRequestOverride('Parameter', parameter.valueAsNumber);
    job.addRequestOverride('Deep', { Parameter: [parameter.valueAsNumber] });
    job.addRequestOverride('Attribute', (new Bucket(stack, 'Bucket').node.defaultChild as CfnResource).getAtt('Count', ResolutionTypeHint.NUMBER));
    job.addRequestOverride('Lazy', Lazy.any({ produce: () => ({ Count: 5, Flag: true, Name: 'x' }) }));
    job.addRequestOverride('Text', parameter.valueAsString);
    expect(resourceOf(stack).Properties.UnmodeledTypes).toEqual({
      'Attribute': 'number', 'Deep.Parameter.0': 'number', 'Lazy.Count': 'number', 'Lazy.Flag': 'boolean', 'Parameter': 'number',
    });
  });

  test.each([
    ['Environment.constructor', 'x'], ['__proto__.x', 'x'], ['A.prototype', 'x'], ['Environment', { constructor: 'x' }], ['A', [{ prototype: 'x' }]],
  ])('refuses what the CDK would leave out: %s', (path, value) => {
    expect(() => newJob(newStack()).addRequestOverride(path, value))
      .toThrow(/^Test\/Job\.addRequestOverride: the name '(__proto__|constructor|prototype)' cannot be overridden, for JavaScript has another use for it\./);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test.each<[string, unknown, string]>([
    ['a Date', new Date(0), 'value is a Date'], ['a Duration', Duration.hours(1), 'value is a Duration'],
    ['a function', function one() {}, 'value is the function one'],
    ['no number', NaN, 'value is NaN'], ['a symbol', Symbol('x'), 'value is Symbol(x)'], ['an empty structure', {}, 'value is {  }'],
    ['one in a structure', { A: [1, { B: new Map() }] }, 'value.A[1].B is a Map'],
  ])('refuses %s, which would be lost or changed', (_name, value, text) => {
    expect(() => newJob(newStack()).addRequestOverride('NewMember', value)).toThrow(
      `Test/Job.addRequestOverride: ${text}: must be text, a number, true or false, a token, or a list or structure of such values`);
  });

  test('takes an attribute of another resource as it is', () => {
    const stack = newStack();
    const [job, other] = [newJob(stack), newJob(stack, {}, 'Other')];
    job.addRequestOverride('NewMember', (other.node.defaultChild as any).getAtt('Attribute'));
    const jobs = Object.values(resourcesOf(stack, PROCESSING_JOB));
    expect(jobs.map(({ Properties }) => Properties.Request.NewMember)).toContainEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Other/), 'Attribute'] });
  });
});

describe('addRequestDeletionOverride', () => {
  test('removes a member', () => {
    const stack = newStack();
    const job = newJob(stack, { environment: { A: 'a', B: 'b' } });
    job.addRequestDeletionOverride('ProcessingResources.ClusterConfig.InstanceType');
    job.addRequestDeletionOverride('Environment.A');
    expect(requestOf(stack).ProcessingResources.ClusterConfig).toEqual({ InstanceCount: 1, VolumeSizeInGB: 30 });
    expect(requestOf(stack).Environment).toEqual({ B: 'b' });
  });

  test('reaches into lists', () => {
    const stack = newStack();
    newJob(stack, { inputs: { raw: INPUT } }).addRequestDeletionOverride('ProcessingInputs.0.S3Input.S3InputMode');
    expect(requestOf(stack).ProcessingInputs[0].S3Input).toEqual({
      LocalPath: '/opt/ml/processing/input/raw', S3DataType: 'S3Prefix', S3Uri: 's3://data/',
    });
  });

  test('takes back an override', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.addRequestOverride('NewMember', 5);
    job.addRequestDeletionOverride('NewMember');
    expect(requestOf(stack)).not.toHaveProperty('NewMember');
  });
});
