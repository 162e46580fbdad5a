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

/** By how much the services' answers may lag behind. */
const SECOND_LOOK_SECONDS = 10;

/** By how much the clocks of CloudFormation, SageMaker and ours may differ. */
const CLOCK_DIFFERENCE_MS = 5_000;

/** The stack operation that an event belongs to: what its age tells of it, and what CloudFormation says. */
export class Operation {
  /** By the second look, the services tell of what was under way when the event came. */
  public readonly isSecondLook: boolean;
  public readonly isLastLook: boolean;

  constructor(private readonly event: AcceptedEvent, private readonly services: Services) {
    // A look that pauses saw what it saw when it began.
    const age = secondsSinceStart(event, services);
    this.isSecondLook = age >= SECOND_LOOK_SECONDS;
    this.isLastLook = age >= MAX_WAIT_SECONDS;
  }

  /** Only CloudFormation knows: the Update event of a rollback looks like any other. */
  public async direction(): Promise<Direction> {
    const stack = await this.services.stacks.describe(this.event.StackId);
    if (!hasChangedSince(stack, new Date(this.event.StartTime))) {
      if (FORWARD.includes(stack.status)) return 'forward';
      if (BACK.includes(stack.status)) return 'back';
    }
    return this.isSecondLook ? 'over' : 'unclear';
  }

  /** Whether the stack has begun another operation after that, and is at it. */
  public async isFollowed(time: Date): Promise<boolean> {
    const stack = await this.services.stacks.describe(this.event.StackId);
    return stack.status.endsWith('_IN_PROGRESS') && hasChangedSince(stack, time);
  }

  /** What CloudFormation has as the physical id by now: the name of the stack's job, if it has one and is not deleting it. */
  public async presentId(): Promise<string | undefined> {
    return this.services.stacks.physicalId(this.event.StackId, this.event.LogicalResourceId);
  }
}

function hasChangedSince({ changedAt }: Stack, time: Date): boolean {
  return changedAt !== undefined && changedAt.getTime() > time.getTime() + CLOCK_DIFFERENCE_MS;
}
