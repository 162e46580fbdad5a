/**
 * The same definition, run by a deployment, a state and a schedule: what is wrong is found in each, and what is right is valid for
 * validators and evaluators that are not of this project.
 */
import { Duration, Size, Stack } from 'aws-cdk-lib';
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

describe('generated states', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9 {}'"\\/$.%=-]{0,12}$/).filter((text) => !text.includes('{%') && !text.includes('%}'));

  test('of JSONPath are valid for asl-validator, and their texts are those of the parts', () => {
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{1,8}$/), (words, field) => {
      const stack = newStack();
      const value = JsonPath.stringAt(`$.${field}`);
      const text = words.join(value);
      const state = RunProcessingJob.jsonPath(stack, 'Run', { definition: newDefinition(stack), environment: { TEXT: text }, arguments: ['--a', `b${text}`] });
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
      const definition = statesOf(stack);
      const result = validate(definition);
      // The validator does not know that a backslash is escaped by another one, as the language has it.
      expect(result.isValid || text.includes('\\') ? '' : result.errorsText('\n')).toBe('');
      const { Environment: environment } = definition.States.Run.Parameters;
      const found = environment['TEXT.$'] === undefined ? environment.TEXT : evaluated(environment['TEXT.$'], 'X');
      expect(found).toBe(words.join('X'));
    }), { numRuns: 20 });
  });

  test('of JSONata are valid for asl-validator, and their texts are what jsonata evaluates', async () => {
    await fc.assert(fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
      const stack = newStack();
      const text = `a${words.join('{% $states.input.day %}')}`; // the validator refuses an empty text, which the language allows
      const state = RunProcessingJob.jsonata(stack, 'Run', { definition: newDefinition(stack), environment: { TEXT: text }, arguments: ['--a', `b${text}`] });
      new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
      const definition = statesOf(stack);
      const result = validate(definition);
      expect(result.isValid ? '' : result.errorsText('\n')).toBe('');
      const request = await withValues(definition.States.Run.Arguments);
      expect(request.Environment.TEXT).toBe(`a${words.join('X')}`);
      expect(request.AppSpecification.ContainerArguments).toEqual(['--a', `ba${words.join('X')}`]);
      expect(request.ProcessingJobName).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
      const { RoleArn: _, ...plain } = { ...request, Environment: {}, AppSpecification: { ImageUri: request.AppSpecification.ImageUri } };
      expect(requestProblems(plain, 'CreateProcessingJobRequest').map(({ path }) => path.join('.'))).toEqual(['RoleArn']);
    }), { numRuns: 20 });
  });
});

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
    return expression.evaluate({}, { states: { input: { day: 'X' } } });
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(withValues));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await withValues(member)])));
  }
  return value;
}
