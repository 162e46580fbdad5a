import { CompletionProperties, MAX_WAIT_SECONDS } from '../../provider/contract';
import { AcceptedEvent, secondsSinceStart } from '../event';
import { Jobs } from './jobs';
import { Operation } from './operation';
import { Done, done, Outcome, waiting } from './outcome';
import { cutMiddle, endedReason } from './reason';
import { Job, JobKind } from '../kinds/job-kind';
import { Services } from '../services/services';

type CompletionEvent = AcceptedEvent<CompletionProperties>;

/** The limit of attributes. A response has at most 4096 bytes, and the texts of a job may be longer. */
const ATTRIBUTE_BYTES = 2_500;

/** Looks at a completion resource once. It is done when its job has completed. */
export async function lookAtCompletion(kind: JobKind, event: CompletionEvent, services: Services): Promise<Outcome> {
  if (event.RequestType === 'Delete') return done('there is nothing to delete');
  const operation = new Operation(event, services);
  try {
    return await look(kind, event, operation, services);
  } catch (error) {
    if (event.RequestType !== 'Update') throw error;
    // A failed rollback would be worse than an old job that has failed in the meantime.
    if (await operation.direction() === 'back') return completed(kind, event, 'the stack is rolling back');
    if (!operation.isSecondLook) return waiting('the stack may be rolling back, which its status says late');
    throw error;
  }
}

async function look(kind: JobKind, event: CompletionEvent, operation: Operation, services: Services): Promise<Outcome> {
  const { JobName: name, OnTimeout, TimeoutSeconds, WaitSeconds } = event.ResourceProperties;
  const job = await new Jobs(kind, services.sageMaker).describe(name);
  if (!job) {
    // SageMaker may not yet list a job that was just started.
    if (!operation.isSecondLook) return waiting(`looking once more for ${name}`);
    // An Update has seen the job complete before. A new completion cannot know how the job ended.
    if (event.RequestType === 'Update') return completed(kind, event, `the record of ${name} is gone`);
    throw new Error(`The ${kind.noun} ${name} does not exist. Its record was deleted before it was seen to have completed.`);
  }
  switch (job.status) {
    case 'Completed':
      return completed(kind, event, `${name} has completed`, job);
    case 'Failed':
    case 'Stopped':
      throw new Error(await endedReason(kind, job, services, await remedyOf(job, operation)));
    case 'InProgress':
    case 'Stopping':
      break;
    default:
      throw new Error(`The ${kind.noun} ${name} has the status ${job.status as string}, which this version of the library does not know.`);
  }
  if (secondsSinceStart(event, services) < Math.min(Number(WaitSeconds), MAX_WAIT_SECONDS)) return waiting(`${name} is ${job.status}`);
  if (OnTimeout === 'CONTINUE') return completed(kind, event, `${name} is ${job.status}; the next resource goes on waiting`);
  throw new Error(`The ${kind.noun} ${name} did not end within ${duration(Number(TimeoutSeconds))}: its status is ${job.status}. `
    + 'Allow it more time (completionTimeout), or see in its log what takes so long.');
}

/**
 * The remedy for a failed job of an earlier deployment. Neither a new wait nor another deployment of the same template runs it again,
 * since CloudFormation sends no event to its unchanged resource.
 */
async function remedyOf(job: Job, operation: Operation): Promise<string | undefined> {
  const isEarlier = await operation.isFollowed(job.createdAt).catch(() => false);
  return isEarlier ? 'It was started by an earlier deployment, and deploying it unchanged does not run it again: mend its definition, or change rerunTrigger.' : undefined;
}

/** The answer of a completion. Its id never changes, so that waiting for another job does not replace the resource. */
function completed(kind: JobKind, event: CompletionEvent, why: string, job?: Job): Done {
  const id = event.RequestType === 'Create' ? `completion-${event.LogicalResourceId}` : event.PhysicalResourceId;
  const attributes = job ? job.attributes : kind.noAttributes;
  const data = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, cutMiddle(value, ATTRIBUTE_BYTES)]));
  return done(why, { id, data });
}

function duration(seconds: number): string {
  const [amount, unit] = seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
