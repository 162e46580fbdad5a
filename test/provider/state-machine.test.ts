import { Template } from 'aws-cdk-lib/assertions';
import { stateMachineDefinition } from '../../src/provider/state-machine';
import { newJob, newStack } from '../processing-job/testing';

// It has no types.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const validate = require('asl-validator') as (definition: object, options: object) => { readonly isValid: boolean; errorsText(separator: string): string };

/** Step Functions ends an execution with so many entries of its history, and CloudFormation waits so long. */
const MOST_ENTRIES = 25_000;
const HOUR_SECONDS = 3_600;

interface State {
  readonly [key: string]: any;
}

const { States: states } = stateMachineDefinition('aws') as { States: Record<string, State> };

/** The longest that the retries of a state pause. */
function pausesOf({ Retry }: State, isOf: (errors: string[]) => boolean): number {
  const { BackoffRate, IntervalSeconds, MaxAttempts, MaxDelaySeconds = Infinity } = Retry.find(({ ErrorEquals }: State) => isOf(ErrorEquals));
  const pauses = Array.from({ length: MaxAttempts }, (_, attempt) => Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds));
  return pauses.reduce((sum, pause) => sum + pause, 0);
}

describe('the definition of the state machine', () => {
  test('is valid', () => {
    const { isValid, errorsText } = validate(stateMachineDefinition('aws'), { checkPaths: true, checkArn: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  test('is what the template has, for the partition that it is deployed to', () => {
    const stack = newStack();
    newJob(stack);
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
    const text = Properties.DefinitionString['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : 'aws-cn')).join('');
    expect(JSON.parse(text)).toEqual(stateMachineDefinition('aws-cn'));
  });

  test('names no function: that is in its input', () => {
    for (const { Parameters } of Object.values(states).filter(({ Type }) => Type === 'Task')) {
      expect(Parameters['FunctionName.$']).toBe('$.Function');
    }
  });

  test('leads every failure to an answer', () => {
    expect(states.Look.Catch.at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.Failure', Next: 'GiveUp' });
    expect(states.GiveUp.Parameters.Payload).toEqual({ 'Event.$': '$.Event', 'Failure.$': '$.Failure' });
  });

  test('looks no more when a look took minutes already', () => {
    expect(states.Look.Retry.find(({ ErrorEquals }: State) => ErrorEquals.includes('Sandbox.Timedout'))).toMatchObject({ MaxAttempts: 0 });
  });

  test('fits into the history of an execution, however bad the hour is', () => {
    // What it enters and leaves has two entries, an invocation three. A pause takes five seconds at least, and may be the only one.
    const looks = HOUR_SECONDS / 5;
    const entered = 2 * 3;
    const busyRetries = 5;
    expect(looks * (entered + 3 * (1 + busyRetries))).toBeLessThan(MOST_ENTRIES);
  });

  test('answers within the hour when the function begins to die, or Lambda to be busy, just before it gives up', () => {
    const isBusy = (errors: string[]) => errors.includes('Lambda.TooManyRequestsException');
    const isAny = (errors: string[]) => errors.includes('States.ALL');
    const giveUpSeconds = 58 * 60;
    expect(giveUpSeconds + pausesOf(states.Look, isBusy)).toBeLessThan(HOUR_SECONDS);
    expect(giveUpSeconds + pausesOf(states.Look, isAny)).toBeLessThan(HOUR_SECONDS);
    // The last resort goes on for longer, should Lambda be busy then.
    expect(pausesOf(states.GiveUp, isAny)).toBeGreaterThan(120);
  });
});
