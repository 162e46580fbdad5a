import { StatesError, statesError } from './step-functions';
import { World } from './world';

/** One run of a function: when it has died, nothing of it happens any more. */
export class Invocation {
  public hasDied = false;
  /** Never resolves. */
  public readonly death: Promise<never>;
  private readonly startedAt: number;
  private kill!: (error: StatesError) => void;

  constructor(private readonly world: World) {
    this.startedAt = world.time.now;
    this.death = new Promise<never>((_, reject) => { this.kill = reject; });
    this.death.catch(() => undefined);
  }

  public get secondsLeft(): number {
    return TIMEOUT_SECONDS - (this.world.time.now - this.startedAt) / 1000;
  }

  /** It is killed, and everybody who waits for it is told why. */
  public die(error: StatesError): void {
    this.hasDied = true;
    this.kill(error);
  }

  /** Goes on as long as it is alive. */
  public async alive(): Promise<void> {
    if (this.hasDied) await new Promise(() => undefined);
  }
}

/** That of the function in the template. */
export const TIMEOUT_SECONDS = 300;

/** After so many seconds Lambda invokes a function again that has failed, which was invoked asynchronously; then it drops the event. */
const RETRIES_SECONDS = [60, 120];
/** Throttled events are tried again after pauses that grow to five minutes, for six hours. */
const THROTTLED_SECONDS = { first: 1, most: 300, total: 21_600 };

/** What goes wrong with an invocation, and how often: it is throttled, or has done all it should and its end gets lost. */
const FAULTS = { throttled: 0.01, lost: 0.003 };

export const KILLED = statesError('Runtime.ExitError', JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited with error: signal: killed' }));
const TIMED_OUT = statesError('Sandbox.Timedout', JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 300.00 seconds' }));
export const NO_FUNCTION = statesError('Lambda.ResourceNotFoundException', 'Function not found');
export const NOT_ALLOWED = statesError('Lambda.AWSLambdaException', 'User: Shop-StateMachine is not authorized to perform: lambda:InvokeFunction');
const THROTTLED = statesError('Lambda.TooManyRequestsException', 'Rate Exceeded.');

/** Lambda with the one function. */
export class Lambda {
  /** How many run at once, at most. */
  public concurrency = Infinity;
  /** How many invocations there were, and how many of them were refused. */
  public invocations = 0;
  public refused = 0;
  private running = 0;

  constructor(private readonly world: World, private readonly run: (payload: object, invocation: Invocation) => Promise<object>) {}

  /** Told of each invocation that is about to begin, and of its death. */
  public isRefused: () => boolean = () => false;
  public onDeath: (payload: object, error: StatesError) => void = () => undefined;

  /** Queues an event, which may come late, and more than once. */
  public async send(payload: object): Promise<void> {
    const queued = this.world.time.now;
    let pause = THROTTLED_SECONDS.first;
    for (let attempt = 0; ;) {
      try {
        await this.invoke(payload);
        return;
      } catch (error) {
        if (error === THROTTLED) {
          if ((this.world.time.now - queued) / 1000 > THROTTLED_SECONDS.total) return;
          // Events of one moment do not come back in one moment.
          await this.world.time.sleep(pause * (1 - this.world.dice.below(0.5)));
          pause = Math.min(pause * 2, THROTTLED_SECONDS.most);
        } else {
          if (attempt === RETRIES_SECONDS.length) {
            this.world.note(() => '   Lambda drops the event');
            return;
          }
          await this.world.time.sleep(RETRIES_SECONDS[attempt++]);
        }
      }
    }
  }

  /** Its result. What goes wrong is a `StatesError`. */
  public async invoke(payload: object): Promise<object> {
    this.invocations++;
    const fault = this.world.dice.oneOf(FAULTS);
    if (fault === 'throttled' || this.running >= this.concurrency || this.isRefused()) {
      this.refused++;
      throw THROTTLED;
    }
    this.running++;
    const invocation = new Invocation(this.world);
    void this.world.time.sleep(TIMEOUT_SECONDS).then(() => invocation.die(TIMED_OUT));
    try {
      // Events and results travel as JSON.
      const result = await Promise.race([this.run(JSON.parse(JSON.stringify(payload)) as object, invocation), invocation.death]);
      if (fault === 'lost') throw KILLED;
      return JSON.parse(JSON.stringify(result)) as object;
    } catch (error) {
      const known = error instanceof Error ? unhandled(error) : error as StatesError;
      this.world.note(() => `   the function dies: ${known.Error}`);
      this.onDeath(payload, known);
      throw known;
    } finally {
      invocation.hasDied = true; // what it has left undone, it does not do any more
      this.running--;
    }
  }
}

/** What Lambda says of an error that the function did not handle. */
function unhandled({ message, name }: Error): StatesError {
  return statesError(name, JSON.stringify({ errorType: name, errorMessage: message }));
}
