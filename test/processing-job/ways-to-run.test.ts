/**
 * The same definition, run by a deployment, a state and a schedule: what is wrong is found in each, and what is right is valid for
 * validators and evaluators that are not of this project.
 */
import { Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { CustomState, DefinitionBody, JsonPath, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as fc from 'fast-check';
import { readable } from './policies';
import { minimalProps, newStack, resourcesOf } from './testing';
import {
  ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobDefinition, ProcessingJobRunOptions, ProcessingJobTarget, ProcessingOutput,
  RunProcessingJob, S3Location,
} from '../../src';
import { requestProblems } from '../../src/validation/model';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const validate = require('asl-validator') as (definition: object) => { readonly isValid: boolean; errorsText(separator: string): string };
// eslint-disable-next-line @typescript-eslint/no-require-imports
const jsonata = require('jsonata') as (expression: string) => Expression;

/** An expression of JSONata. */
interface Expression {
  evaluate(input: unknown, bindings: object): Promise<unknown>;
  registerFunction(name: string, implementation: () => string): void;
}

const RATE = ScheduleExpression.rate(Duration.days(1));

function newDefinition(stack: Stack): ProcessingJobDefinition {
  return new ProcessingJobDefinition(stack, 'Definition', {
    ...minimalProps() as any,
    inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/')) },
    outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('s3://data/train/')) },
  });
}

interface Fault {
  readonly options: ProcessingJobRunOptions;
  /** The same in the request of the service. */
  readonly request: object;
  readonly message: RegExp;
}

const FAULTS: { readonly [fault: string]: Fault } = {
  'a variable that begins with a digit': { options: { environment: { '1A': 'b' } }, request: { Environment: { '1A': 'b' } }, message: /environment\.1A/ },
  'a value that is too long': { options: { environment: { A: 'x'.repeat(257) } }, request: { Environment: { A: 'x'.repeat(257) } }, message: /environment\.A/ },
  'no instance': { options: { instanceCount: 0 }, request: { ProcessingResources: { ClusterConfig: { InstanceCount: 0 } } }, message: /instanceCount/ },
  'too many instances': { options: { instanceCount: 101 }, request: { ProcessingResources: { ClusterConfig: { InstanceCount: 101 } } }, message: /instanceCount/ },
  'a type without ml.': {
    options: { instanceType: ProcessingInstanceType.of('m5.large') },
    request: { ProcessingResources: { ClusterConfig: { InstanceType: 'm5.large' } } },
    message: /instanceType/,
  },
  'too large a volume': {
    options: { volumeSize: Size.tebibytes(17) }, request: { ProcessingResources: { ClusterConfig: { VolumeSizeInGB: 17_408 } } }, message: /volumeSize/,
  },
  'too long a run': { options: { maxRuntime: Duration.days(10) }, request: { StoppingCondition: { MaxRuntimeInSeconds: 864_000 } }, message: /maxRuntime/ },
  'an empty argument': { options: { arguments: [''] }, request: { AppSpecification: { ContainerArguments: [''] } }, message: /arguments\[0\]/ },
  'too many arguments': {
    options: { arguments: Array(101).fill('a') }, request: { AppSpecification: { ContainerArguments: Array(101).fill('a') } }, message: /arguments/,
  },
  'a text that stands for a secret': {
    options: { environment: { PASSWORD: '{{resolve:secretsmanager:db}}' } }, request: { Environment: { PASSWORD: '{{resolve:secretsmanager:db}}' } }, message: /PASSWORD/,
  },
};

describe.each(Object.entries(FAULTS))('%s is found', (_name, { options, request, message }) => {
  test('in a deployment', () => {
    expect(() => new ProcessingJob(newStack(), 'Job', { ...minimalProps(), ...options } as any)).toThrow(message);
  });

  test.each(['jsonPath', 'jsonata'] as const)('in a state with %s', (language) => {
    const stack = newStack();
    expect(() => RunProcessingJob[language](stack, 'Run', { definition: newDefinition(stack), ...options })).toThrow(message);
  });

  test('in a schedule', () => {
    const stack = newStack();
    expect(() => new Schedule(stack, 'Schedule', { schedule: RATE, target: new ProcessingJobTarget(newDefinition(stack), options) })).toThrow(message);
  });

  test("but not in the CDK's CustomState, CallAwsService or Universal", () => {
    const stack = newStack();
    const custom = new CustomState(stack, 'Custom', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sagemaker:createProcessingJob.sync', Parameters: request },
    });
    const call = new CallAwsService(stack, 'Call', { service: 'sagemaker', action: 'createProcessingJob', iamResources: ['*'], parameters: request });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(custom.next(call)) });
    new Schedule(stack, 'Schedule', {
      schedule: RATE, target: new Universal({ service: 'sagemaker', action: 'createProcessingJob', input: ScheduleTargetInput.fromObject(request) }),
    });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

/** The states of the only state machine, as they are deployed. */
function statesOf(stack: Stack): any {
  const [machine] = Object.values(resourcesOf(stack, 'AWS::StepFunctions::StateMachine'));
  return JSON.parse(readable(machine.Properties.DefinitionString).replace(/<AWS::Partition>/g, 'aws'));
}

/** Marks that a job would get as they are in one way to run it, and that another way evaluates. */
describe.each(['{% for row in rows %}', 'a {% b', '<aws.scheduler.scheduled-time>'])('the text %p of a definition', (text) => {
  const marked = (stack: Stack) => {
    const definition = newDefinition(stack);
    definition.addEnvironment('A', text);
    return definition;
  };
  const ways: { readonly [language: string]: (stack: Stack, options?: ProcessingJobRunOptions) => unknown } = {
    'JSONPath': (stack, options) => RunProcessingJob.jsonPath(stack, 'Run', { definition: marked(stack), ...options }),
    'JSONata': (stack, options) => RunProcessingJob.jsonata(stack, 'Run', { definition: marked(stack), ...options }),
    'EventBridge Scheduler': (stack, options) => new Schedule(stack, 'Schedule', { schedule: RATE, target: new ProcessingJobTarget(marked(stack), options) }),
  };
  const reader = text.startsWith('<') ? 'EventBridge Scheduler' : 'JSONata';

  test.each(Object.keys(ways))('is refused by who would evaluate it, and reaches the job elsewhere: in %s', (language) => {
    const found = expect(() => ways[language](newStack()));
    if (language === reader) {
      found.toThrow(`'Test/Definition': Environment.A is a text of the definition that ${language} reads as an expression.`);
    } else {
      found.not.toThrow();
    }
  });

  test('can be replaced', () => {
    expect(() => ways[reader](newStack(), { environment: { A: 'b' } })).not.toThrow();
  });
});

describe('generated states', () => {
  const word = fc.oneof(fc.stringMatching(/^[A-Za-z0-9 {}'"\\/$.%=<>-]{0,12}$/), fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replace(/[\n\r\u2028\u2029]/g, '')))
    .filter((text) => !text.includes('{%') && !text.includes('%}'));
  /** Texts as written, or as the CDK learns them later. */
  const words = fc.array(word, { minLength: 1, maxLength: 4 });
  const asGiven = (texts: string[], areLazy: boolean) => areLazy ? texts.map((text) => Lazy.string({ produce: () => text })) : texts;

  test('of JSONPath are valid for asl-validator, and their texts are those of the parts', () => {
    fc.assert(fc.property(words, fc.boolean(), fc.stringMatching(/^[a-z]{1,8}$/), (texts, areLazy, field) => {
      const stack = newStack();
      const value = JsonPath.stringAt(`$.${field}`);
      const text = asGiven(texts, areLazy).join(value);
      const state = RunProcessingJob.jsonPath(stack, 'Run', { definition: newDefinition(stack), environment: { TEXT: text }, arguments: ['--a', `b${text}`] });
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
      const definition = statesOf(stack);
      const result = validate(definition);
      // The validator does not know that a backslash is escaped by another one, as the language has it.
      expect(result.isValid || texts.some((each) => each.includes('\\')) ? '' : result.errorsText('\n')).toBe('');
      const { Environment: environment } = definition.States.Run.Parameters;
      const found = environment['TEXT.$'] === undefined ? environment.TEXT : evaluated(environment['TEXT.$'], 'X');
      expect(found).toBe(texts.join('X'));
    }), { numRuns: 20 });
  });

  test('of JSONata are valid for asl-validator, and their texts are what jsonata evaluates', async () => {
    await fc.assert(fc.asyncProperty(words, fc.boolean(), async (texts, areLazy) => {
      const stack = newStack();
      const text = `a${asGiven(texts, areLazy).join('{% $states.input.day %}')}`; // the validator refuses an empty text, which the language allows
      const state = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack), environment: { TEXT: text }, arguments: ['--a', `b${text}`] });
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
      const definition = statesOf(stack);
      const result = validate(definition);
      expect(result.isValid ? '' : result.errorsText('\n')).toBe('');
      const request = await withValues(definition.States.Run.Arguments);
      expect(request.Environment.TEXT).toBe(`a${texts.join('X')}`);
      expect(request.AppSpecification.ContainerArguments).toEqual(['--a', `ba${texts.join('X')}`]);
      expect(request.ProcessingJobName).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
      const { RoleArn: _, ...plain } = { ...request, Environment: {}, AppSpecification: { ImageUri: request.AppSpecification.ImageUri } };
      expect(requestProblems(plain, 'CreateProcessingJobRequest').map(({ path }) => path.join('.'))).toEqual(['RoleArn']);
    }), { numRuns: 20 });
  }, 60_000);
});

/** Parts of texts that each property takes, and an expression between two of them. */
const between = (pattern: RegExp) => fc.tuple(fc.stringMatching(pattern), fc.stringMatching(pattern));
const anyRun = fc.record({
  argument: between(/^[ -z|]{0,12}$/),
  input: between(/^[A-Za-z0-9!_.*'()/-]{0,12}$/),
  output: between(/^[A-Za-z0-9!_.*'()/-]{0,12}$/),
  value: between(/^[ -z|~\\]{0,12}$/),
  tag: between(/^[A-Za-z0-9 _.:/=+@-]{0,12}$/),
  type: fc.constantFrom('ml.m5.', 'ml.c5.', ''),
  name: between(/^[a-z0-9]{1,8}$/),
});

/** How a language writes expressions, and the request that its service makes of them. */
interface Way {
  readonly text: string;
  /** Absent where no number can be an expression. */
  readonly number?: () => number;
  requestOf(options: ProcessingJobRunOptions & { readonly processingJobName: string }): Promise<any>;
}

const WAYS: { readonly [language: string]: Way } = {
  'JSONPath': {
    text: JsonPath.stringAt('$.day'),
    number: () => JsonPath.numberAt('$.count'),
    requestOf: async (options) => ofJsonPath((await stateWith('jsonPath', options)).Parameters),
  },
  'JSONata': {
    text: '{% $states.input.day %}',
    number: () => RunProcessingJob.numberFromJsonata('{% $states.input.count %}'),
    requestOf: async (options) => withValues((await stateWith('jsonata', options)).Arguments),
  },
  'EventBridge Scheduler': {
    text: '<aws.scheduler.execution-id>',
    requestOf: async ({ processingJobName: _, ...options }) => {
      const stack = newStack();
      new Schedule(stack, 'Schedule', { schedule: RATE, target: new ProcessingJobTarget(newDefinition(stack), options) });
      const [schedule] = Object.values(resourcesOf(stack, 'AWS::Scheduler::Schedule'));
      return JSON.parse(readable(schedule.Properties.Target.Input).replace(/<aws\.scheduler\.(scheduled-time|schedule-arn|execution-id|attempt-number)>/g, 'X'));
    },
  },
};

async function stateWith(language: 'jsonPath' | 'jsonata', options: ProcessingJobRunOptions): Promise<any> {
  const stack = newStack();
  const state = RunProcessingJob[language](stack, 'Run', { definition: newDefinition(stack), ...options });
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
  return statesOf(stack).States.Run;
}

test.each(Object.entries(WAYS))('every property of a run takes expressions of %s', async (_language, { text, number, requestOf }) => {
  await fc.assert(fc.asyncProperty(anyRun, async ({ argument, input, output, value, tag, type, name }) => {
    const at = (parts: readonly string[], inner: string) => parts.join(inner);
    const found = await requestOf({
      arguments: ['--fixed', `a${at(argument, text)}`],
      environment: { TEXT: `${at(value, text)}${text}` },
      inputLocations: { raw: S3Location.fromUri(`s3://data/a${at(input, text)}`) },
      outputLocations: { train: S3Location.fromUri(`s3://data/a${at(output, text)}`) },
      instanceType: ProcessingInstanceType.of(`${type}${text}`),
      processingJobName: `n${at(name, text)}`,
      tags: { key: at(tag, text) },
      ...number && { instanceCount: number(), maxRuntime: Duration.seconds(number()), volumeSize: Size.gibibytes(number()) },
    });
    expect(found).toMatchObject({
      AppSpecification: { ContainerArguments: ['--fixed', `a${at(argument, 'X')}`] },
      Environment: { TEXT: `${at(value, 'X')}X` },
      ProcessingInputs: [{ S3Input: { S3Uri: `s3://data/a${at(input, 'X')}` } }],
      ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: `s3://data/a${at(output, 'X')}` } }] },
      ProcessingResources: { ClusterConfig: { InstanceType: `${type}X`, ...number && { InstanceCount: 2, VolumeSizeInGB: 2 } } },
      Tags: [{ Key: 'key', Value: at(tag, 'X') }],
      ...number && { ProcessingJobName: `n${at(name, 'X')}`, StoppingCondition: { MaxRuntimeInSeconds: 2 } },
    });
  }), { numRuns: 8 });
}, 60_000);

/** A payload template with the values of its paths and functions. */
function ofJsonPath(value: any): any {
  if (Array.isArray(value)) {
    return value.map(ofJsonPath);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => name.endsWith('.$')
    ? [name.slice(0, -2), valueOf(member as string)] : [name, ofJsonPath(member)]));
}

/** The value of a path or an intrinsic function. */
function valueOf(expression: string): unknown {
  let rest = expression;
  const take = (pattern: RegExp) => {
    const [found] = pattern.exec(rest) ?? [];
    rest = rest.slice(found?.length ?? 0);
    return found;
  };
  const parse = (isTemplate = false): any => {
    const literal = take(/^'(?:[^'\\]|\\.)*'/s);
    if (literal !== undefined) {
      return isTemplate ? literal.slice(1, -1) : literal.slice(1, -1).replace(/\\(.)/gs, '$1');
    }
    const path = take(/^\$\.\w+/);
    if (path !== undefined) {
      return ({ '$.day': 'X', '$.count': 2 } as { [path: string]: unknown })[path];
    }
    const name = take(/^States\.\w+\(/);
    expect([expression, name]).toEqual([expression, expect.any(String)]);
    const values: any[] = [];
    while (take(/^\)/) === undefined) {
      values.push(parse(name === 'States.Format(' && values.length === 0));
      take(/^, /);
    }
    return name === 'States.Array(' ? values
      : values[0].replace(/\\(.)|\{\}/gs, (_: string, escaped?: string) => escaped ?? values.splice(1, 1)[0]);
  };
  return parse();
}

/** What States.Format gives, as its reference describes it, with the same value for every argument. */
function evaluated(expression: string, value: string): string {
  if (!expression.startsWith('States.Format(')) {
    return value;
  }
  const [, template] = /^States\.Format\('((?:[^'\\]|\\.)*)'/s.exec(expression)!;
  return template.replace(/\\(.)|\{\}/gs, (_, escaped) => escaped ?? value);
}

/** A value with its expressions evaluated. */
async function withValues(value: any): Promise<any> {
  if (typeof value === 'string' && /^\{%.*%\}$/s.test(value)) {
    const expression = jsonata(value.slice(2, -2));
    expression.registerFunction('uuid', () => 'd32c5c3a-9c5f-4a63-9f28-0123456789ab');
    return expression.evaluate({}, { states: { input: { day: 'X', count: 2 } } });
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(withValues));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await withValues(member)])));
  }
  return value;
}
