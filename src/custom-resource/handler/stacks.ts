import { CloudFormationClient, DescribeStackResourceCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { POLL_SECONDS } from '../contract';
import { isNotFound } from './errors';
import type { PolledEvent } from './event';
import { CLIENT_OPTIONS } from './sagemaker';
import type { Services } from './services';

/** What CloudFormation says about a stack. */
export interface Stack {
  readonly status: string;
  /** When the stack's latest operation began. */
  readonly changedAt?: Date;
}

export interface Stacks {
  describe(stackId: string): Promise<Stack>;
  /** The physical id that CloudFormation has for a resource, as long as it has the resource. */
  physicalId(stackId: string, logicalId: string): Promise<string | undefined>;
}

export function cloudFormationStacks(): Stacks {
  const client = new CloudFormationClient(CLIENT_OPTIONS);
  return {
    async describe(stackId) {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
      return { status: stack?.StackStatus ?? 'UNKNOWN', changedAt: stack?.LastUpdatedTime ?? stack?.CreationTime };
    },
    async physicalId(stackId, logicalId) {
      try {
        const { StackResourceDetail: resource } = await client.send(new DescribeStackResourceCommand({
          StackName: stackId, LogicalResourceId: logicalId,
        }));
        return resource?.ResourceStatus?.startsWith('DELETE') ? undefined : resource?.PhysicalResourceId;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
  };
}

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

/** By how much the clocks of CloudFormation, SageMaker and ours may differ. */
const CLOCK_DIFFERENCE_MS = 5_000;

/** Only CloudFormation knows: the Update event of a rollback looks like any other. */
export async function directionOf(event: PolledEvent, services: Services): Promise<Direction> {
  const stack = await services.stacks.describe(event.StackId);
  if (!hasChangedSince(stack, new Date(event.StartTime))) {
    if (FORWARD.includes(stack.status)) return 'forward';
    if (BACK.includes(stack.status)) return 'back';
  }
  return secondsSinceStart(event, services) >= POLL_SECONDS ? 'over' : 'unclear';
}

/** Whether the stack's latest operation began after that. */
export function hasChangedSince({ changedAt }: Stack, time: Date): boolean {
  return changedAt !== undefined && changedAt.getTime() > time.getTime() + CLOCK_DIFFERENCE_MS;
}

export function isBusy({ status }: Stack): boolean {
  return status.endsWith('_IN_PROGRESS');
}

export function secondsSinceStart(event: PolledEvent, services: Services): number {
  return (services.now() - Date.parse(event.StartTime)) / 1000;
}
