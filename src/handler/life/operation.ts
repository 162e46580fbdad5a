import { MAX_WAIT_SECONDS } from '../../provider/contract';
import { AcceptedEvent, secondsSinceStart } from '../event';
import { Services } from '../services/services';
import { Stack } from '../services/stacks';

/**
 * Where the stack operation of an event is going:
 * - `forward`: to what the template says
 * - `back`: the operation failed, or was cancelled, and is being rolled back
 * - `over`: the event is a late or repeated delivery of an operation that is no more
 * - `unclear`: it seems over, but the event has only just come, and the status may lag behind
 */
export type Direction = 'forward' | 'back' | 'over' | 'unclear';

const FORWARD = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'REVIEW_IN_PROGRESS'];
const BACK = ['ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'];

/** How old the answers of services may be. */
export const SECOND_LOOK_SECONDS = 10;

/** How much the clocks of CloudFormation, SageMaker and the function may differ. */
const CLOCK_DIFFERENCE_MS = 5_000;

/** The stack operation that an event belongs to, according to the age of the event and to CloudFormation. */
export class Operation {
  /** Whether the services have had time to show everything that was under way when the event was sent. */
  public readonly isSecondLook: boolean;
  public readonly isLastLook: boolean;

  constructor(private readonly event: AcceptedEvent, private readonly services: Services) {
    // The age at the start of the look counts, even if the function is paused during the look.
    const age = secondsSinceStart(event, services);
    this.isSecondLook = age >= SECOND_LOOK_SECONDS;
    this.isLastLook = age >= MAX_WAIT_SECONDS;
  }

  /** Asks CloudFormation for the direction, since the Update event of a rollback looks like any other. */
  public async direction(): Promise<Direction> {
    const stack = await this.services.stacks.describe(this.event.StackId);
    if (!hasChangedSince(stack, new Date(this.event.StartTime))) {
      if (FORWARD.includes(stack.status)) return 'forward';
      if (BACK.includes(stack.status)) return 'back';
    }
    return this.isSecondLook ? 'over' : 'unclear';
  }

  /**
   * Whether the stack has begun another operation after that time and has not finished it. An operation that goes forward, and is not
   * that of the event, may adopt even a job that was started after it had begun.
   */
  public async isFollowed(time: Date): Promise<boolean> {
    const stack = await this.services.stacks.describe(this.event.StackId);
    const isAnother = FORWARD.includes(stack.status) && hasChangedSince(stack, new Date(this.event.StartTime));
    return isAnother || (stack.status.endsWith('_IN_PROGRESS') && hasChangedSince(stack, time));
  }

  /** The present physical id at CloudFormation: the name of the stack's job, unless it has none or is deleting it. */
  public async presentId(): Promise<string | undefined> {
    return this.services.stacks.physicalId(this.event.StackId, this.event.LogicalResourceId);
  }
}

function hasChangedSince({ changedAt }: Stack, time: Date): boolean {
  return changedAt !== undefined && changedAt.getTime() > time.getTime() + CLOCK_DIFFERENCE_MS;
}
