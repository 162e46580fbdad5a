import { Answering, writeAnswer } from './answering';
import { accepted, AcceptedEvent, Answer, CloudFormationEvent, secondsSinceStart } from './event';
import { adviceOnDenial, withAdvice } from './life/advice';
import { fitReason } from './life/reason';
import { textOf } from './services/errors';
import { Execution, Failure, MAX_WAIT_SECONDS, Step } from '../provider/contract';

/** Everything outside of the function. The rules and clients are loaded by the first look, so that the function can answer even if that fails. */
export interface Surroundings extends Answering {
  /** The name of the function's log group. */
  readonly logGroup: string;
  /** Looks at an event once. Returns the answer, or undefined if it is too early for one. */
  look(event: AcceptedEvent): Promise<Answer | undefined>;
  /** Starts the state machine. */
  startExecution(input: string): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: string): void;
}

/** Lambda's context of an invocation. */
export interface Context {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** The input of an invocation by the state machine. */
export interface Invocation {
  readonly Event: AcceptedEvent;
  /** Why the state machine gives up looking. */
  readonly Failure?: Failure;
}

/** The age from which an event may be one that Lambda repeats after an invocation has died, which takes at least a minute. */
const LATE_SECONDS = 45;

/** CloudFormation waits an hour for an answer. If looking fails, the function answers a little earlier. */
const HOUR_SECONDS = 3_600;
const GIVE_UP_SECONDS = HOUR_SECONDS - 120;
/** A look that has begun before the function gives up may take some minutes, but not the rest of the hour. */
const LOOK_SECONDS = { least: 15, most: 300 };
const LAST_LOOK_ENDS_SECONDS = HOUR_SECONDS - 30;

/** Pauses grow with the age of the event. */
const PAUSE_SECONDS = { least: 5, most: 30 };

/** The time that an invocation reserves to answer if the state machine cannot be started. */
const RESERVE_SECONDS = 60;

/** For the log. The policy of an endpoint is refused like a URL that has expired. */
const WHY_UNWRITTEN = {
  refused: 'S3 has refused it, so its URL has expired, or a policy, such as that of the endpoint of S3 in the VPC of the function, denies it',
  unwritten: 'S3 cannot be reached',
} as const;

/** How often to try to start the state machine, even if looking has taken the time that is left for it: an answer can get lost. */
const LEAST_STARTS = 3;

/** How often to try to start the state machine before the function itself looks at an event that may have killed it. */
const STARTS_BEFORE_LOOK = 4;

/**
 * The function of the provider. CloudFormation invokes it with an event, and mostly it answers at once. If it has to wait, it starts the
 * state machine, which invokes it until CloudFormation has an answer.
 */
export class JobFunction {
  constructor(private readonly surroundings: Surroundings) {}

  public async invoke(input: CloudFormationEvent | Invocation, context: Context): Promise<Step> {
    if (!('Event' in input)) return this.begin(accepted(input, this.surroundings.now()), context);
    const { Event: event, Failure: failure } = input;
    if (failure === undefined) return this.look(event);
    await this.answer(event, failed(event, this.reasonOf(failure)), true);
    return this.step(event, true);
  }

  private async begin(event: AcceptedEvent, context: Context): Promise<Step> {
    // Lambda drops an event after three invocations, so from the second on the state machine makes sure that there is an answer.
    const mayHaveDied = secondsSinceStart(event, this.surroundings) >= LATE_SECONDS;
    let step: Step = mayHaveDied ? { ...this.step(event, false), Pause: 0 } : await this.look(event);
    for (let attempts = 1; !step.IsAnswered; attempts++) {
      try {
        await this.surroundings.startExecution(JSON.stringify(this.execution(event, step, context)));
        return step;
      } catch (error) {
        // Without the state machine, this invocation waits by itself as long as it can.
        const text = `The state machine could not be started. ${textOf(error)}`;
        this.log(event, 'retry', text);
        const left = context.getRemainingTimeInMillis() / 1000 - RESERVE_SECONDS;
        if (left <= 0 && attempts >= LEAST_STARTS) {
          const remedy = adviceOnDenial(error) ?? 'Try again: the job itself may be all right.';
          await this.answer(event, failed(event, this.withLog(withAdvice(text, remedy))));
          return this.step(event, true);
        }
        const pause = Math.max(step.Pause, 1);
        await this.surroundings.sleep(Math.min(pause, Math.max(left, 1)));
        // A look may kill the function, or take the time that is reserved: then starting the state machine is the better chance.
        const isBetterLeft = left < pause || (mayHaveDied && attempts < STARTS_BEFORE_LOOK);
        if (!isBetterLeft) step = await this.look(event);
      }
    }
    return step;
  }

  private async look(event: AcceptedEvent): Promise<Step> {
    const answer = await this.surroundings.look(event).catch((error: unknown) => failed(event, textOf(error)));
    return this.step(event, answer !== undefined && await this.answer(event, answer));
  }

  /** Whether the event is done. */
  private async answer(event: AcceptedEvent, answer: Answer, isLastChance = false): Promise<boolean> {
    const delivery = await writeAnswer(event, { ...answer, Reason: answer.Reason && fitReason(answer.Reason) }, this.surroundings);
    if (delivery === 'written') return true;
    const what = `the answer ${answer.Status} could not be written: ${WHY_UNWRITTEN[delivery]}`;
    if (isLastChance && delivery === 'unwritten') throw new Error(what);
    const isOver = delivery === 'refused' || secondsSinceStart(event, this.surroundings) >= HOUR_SECONDS;
    this.log(event, isOver ? 'lost' : 'retry', what);
    return isOver;
  }

  private execution(event: AcceptedEvent, step: Step, { invokedFunctionArn }: Context): Execution<AcceptedEvent> {
    const giveUpAt = new Date(Date.parse(event.StartTime) + GIVE_UP_SECONDS * 1000);
    return { Function: invokedFunctionArn, Event: event, GiveUpAt: giveUpAt.toISOString(), Step: step };
  }

  private step(event: AcceptedEvent, isAnswered: boolean): Step {
    const age = secondsSinceStart(event, this.surroundings);
    // Look again exactly when a wait ends.
    const most = age < MAX_WAIT_SECONDS ? Math.min(PAUSE_SECONDS.most, MAX_WAIT_SECONDS - age) : PAUSE_SECONDS.most;
    const pause = Math.ceil(Math.min(Math.max(age / 4, PAUSE_SECONDS.least), most));
    const left = Math.floor(LAST_LOOK_ENDS_SECONDS - age - pause);
    return { IsAnswered: isAnswered, Pause: pause, Timeout: Math.min(Math.max(left, LOOK_SECONDS.least), LOOK_SECONDS.most) };
  }

  private reasonOf({ Cause, Error: name }: Failure): string {
    const isOfLambda = /^Lambda\.(?!Unknown)/.test(name);
    const what = /Time(d)?out$/i.test(name) ? 'took too long' : `${isOfLambda ? 'could not be invoked' : 'failed'}, again and again`;
    const why = [name, messageIn(Cause)].filter(Boolean).join(': ');
    return this.withLog(`The function that starts and watches jobs ${what}. ${why}`);
  }

  private withLog(text: string): string {
    return `${text}\nThe provider's log: ${this.surroundings.logGroup}`;
  }

  private log({ LogicalResourceId, RequestId, RequestType, ResourceType }: AcceptedEvent, decision: string, reason: string): void {
    const what = { kind: ResourceType, requestType: RequestType, requestId: RequestId, resource: LogicalResourceId };
    this.surroundings.log(JSON.stringify({ ...what, decision, reason }));
  }
}

function failed({ PhysicalResourceId }: AcceptedEvent, Reason: string): Answer {
  return { Status: 'FAILED', PhysicalResourceId, Reason };
}

/** The message of a failed function. Step Functions mostly has it as JSON. */
function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: string };
    return errorMessage ?? cause;
  } catch {
    return cause;
  }
}
