import { World } from './world';

/** An error that a state can catch. */
export interface StatesError {
  readonly Error: string;
  readonly Cause: string;
}

/** What of the Amazon States Language the definition uses. Anything else is an error of the simulator, which then does not play it as it is. */
interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly [field: string]: any;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

type Data = Record<string, any>;

/** Fields that the interpreter knows, by type of state. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Choice: ['Choices', 'Default'],
  Fail: ['CausePath', 'ErrorPath'],
  Succeed: [],
  Task: ['Catch', 'Next', 'Parameters', 'Resource', 'ResultPath', 'ResultSelector', 'Retry', 'TimeoutSeconds', 'TimeoutSecondsPath'],
  Wait: ['Next', 'SecondsPath'],
};

/** The service ends an execution with a longer history, … */
const MOST_ENTRIES = 25_000;
/** … and takes no greater input. */
const MOST_BYTES = 262_144;

/** Executions of the state machine whose definition is in the template. */
export class StepFunctions {
  /** How many go on. */
  public running = 0;

  /** @param invoke - Lambda: the result of a function, or a `StatesError` */
  constructor(
    private readonly world: World,
    private readonly definition: Definition,
    private readonly invoke: (functionArn: string, payload: object) => Promise<object>,
  ) {
    for (const [name, { Type, ...fields }] of Object.entries(definition.States)) {
      const unknown = Object.keys(fields).filter((field) => !FIELDS[Type]?.includes(field));
      if (!FIELDS[Type] || unknown.length > 0) throw new Error(`The simulator does not know ${Type} (${name}) with ${unknown.join(', ')}`);
    }
  }

  /** Told of each look that took longer than it may. */
  public onTimeout: (event: object) => void = () => undefined;

  public start(input: string): void {
    if (Buffer.byteLength(input) > MOST_BYTES) throw new Error('The input is too long');
    this.running++;
    void this.run(JSON.parse(input) as Data).catch((error: unknown) => {
      if (!(error instanceof ExecutionFailed)) throw error; // of the simulator itself
    }).finally(() => this.running--);
  }

  private async run(input: Data): Promise<void> {
    let data = input;
    let name = this.definition.StartAt;
    for (let entries = 0; ; entries += 2) {
      if (entries > MOST_ENTRIES) return this.world.violate('every wait ends', 'the history of an execution is too long');
      const state = this.definition.States[name];
      const enteredAt = new Date(this.world.time.now).toISOString();
      switch (state.Type) {
        case 'Succeed':
        case 'Fail':
          return;
        case 'Wait':
          await this.world.time.sleep(integer(at(state.SecondsPath, data)));
          name = state.Next!;
          break;
        case 'Choice':
          name = state.Choices.find((rule: Data) => isTrue(rule, data, enteredAt))?.Next ?? state.Default;
          break;
        default: {
          const result = await this.task(state, data, () => { entries += 3; });
          data = result.data;
          name = result.next;
        }
      }
    }
  }

  private async task(state: State, data: Data, onAttempt: () => void): Promise<{ readonly data: Data; readonly next: string }> {
    if (!/^arn:aws:states:::lambda:invoke$/.test(state.Resource)) throw new Error(`The simulator does not know ${state.Resource}`);
    const retries = new Map<object, number>();
    for (;;) {
      onAttempt();
      try {
        const { FunctionName, Payload } = template(state.Parameters, data) as { FunctionName: string; Payload: object };
        const result = { Payload: await this.withTimeout(state, data, this.invoke(FunctionName, Payload)) };
        const selected = state.ResultSelector ? template(state.ResultSelector, result) : result;
        return { data: placed(data, state.ResultPath, selected), next: state.Next! };
      } catch (error) {
        if (!isStatesError(error)) throw error;
        this.world.note(() => `   the state machine: ${error.Error}`);
        if (error.Error === 'States.Timeout') this.onTimeout(data.Event as object);
        const retrier = state.Retry?.find(({ ErrorEquals }: Data) => matches(ErrorEquals, error));
        const tried = retries.get(retrier) ?? 0;
        if (retrier && tried < (retrier.MaxAttempts ?? 3)) {
          retries.set(retrier, tried + 1);
          const pause = Math.min((retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** tried, retrier.MaxDelaySeconds ?? Infinity);
          // With full jitter, luck is the whole pause.
          await this.world.time.sleep(retrier.JitterStrategy === 'FULL' ? pause - this.world.dice.below(pause) : pause);
          continue;
        }
        const catcher = state.Catch?.find(({ ErrorEquals }: Data) => matches(ErrorEquals, error));
        if (!catcher) throw new ExecutionFailed(error);
        return { data: placed(data, catcher.ResultPath, error), next: catcher.Next };
      }
    }
  }

  private async withTimeout(state: State, data: Data, result: Promise<object>): Promise<object> {
    const seconds = state.TimeoutSecondsPath ? at(state.TimeoutSecondsPath, data) : state.TimeoutSeconds;
    // Lambda does not hear of it: the function goes on.
    result.catch(() => undefined);
    return Promise.race([result, this.world.time.sleep(integer(seconds)).then((): never => {
      throw statesError('States.Timeout', '');
    })]);
  }
}

/** Nothing catches the error of a state: the execution has failed, silently. */
class ExecutionFailed extends Error {
  constructor({ Cause, Error: name }: StatesError) {
    super(`${name}: ${Cause}`);
  }
}

export function statesError(name: string, cause: string): StatesError {
  return { Error: name, Cause: cause };
}

function isStatesError(error: unknown): error is StatesError {
  return !(error instanceof Error) && typeof (error as StatesError).Error === 'string';
}

function matches(names: readonly string[], { Error: name }: StatesError): boolean {
  return names.includes(name) || names.includes('States.ALL');
}

/** The value at a path: `$.Step.Pause`. One that leads nowhere is an error, as in the service. */
function at(path: string, data: Data): unknown {
  const value = path.split('.').slice(1).reduce<unknown>((part, name) => (part as Data | undefined)?.[name], data);
  if (!path.startsWith('$') || value === undefined) throw new Error(`There is no ${path} in ${JSON.stringify(data)}`);
  return value;
}

function integer(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0) throw new Error(`${String(value)} is no number of seconds`);
  return value as number;
}

/** An object whose members that end with `.$` are paths. */
function template(value: Data, data: Data): Data {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => {
    if (name.endsWith('.$')) return [name.slice(0, -2), at(member as string, data)];
    return [name, typeof member === 'object' ? template(member as Data, data) : member];
  }));
}

/** What a state hands on: its input with the result at a path, or without it. */
function placed(data: Data, path: string | null | undefined, result: object): Data {
  if (path === null) return data;
  const [, member, ...deeper] = path?.split('.') ?? [];
  if (member === undefined || deeper.length > 0) throw new Error(`The simulator does not know the result path ${String(path)}`);
  return { ...data, [member]: result };
}

function isTrue(rule: Data, data: Data, enteredAt: string): boolean {
  const value = rule.Variable === '$$.State.EnteredTime' ? enteredAt : at(rule.Variable as string, data);
  if ('BooleanEquals' in rule) return value === rule.BooleanEquals;
  if ('TimestampGreaterThanEqualsPath' in rule) return Date.parse(value as string) >= Date.parse(at(rule.TimestampGreaterThanEqualsPath as string, data) as string);
  throw new Error(`The simulator does not know the choice ${JSON.stringify(rule)}`);
}
