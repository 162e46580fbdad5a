import { JOB_COMPLETION, MAX_WAIT_SECONDS } from '../../provider/contract';
import { CloudFormationEvent } from '../event';
import { isIamPropagation, isTransient } from '../services/errors';

/** How long it takes at most until a change is known everywhere: IAM's, mostly in seconds, and a name that has become free. */
export const PROPAGATION_SECONDS = 3 * 60;

/** How long a Create waits for a service that does not answer. */
const SERVICE_SECONDS = 15 * 60;

/** How long an error is waited for, counted from the event, and in which hope. */
export interface Patience {
  readonly seconds: number;
  readonly hope: 'permission' | 'service';
}

/** Undefined where waiting is of no use: the same request gets the same answer. */
export function patienceWith(error: unknown, { RequestType, ResourceType }: CloudFormationEvent): Patience | undefined {
  const cause = causeOf(error);
  if (isTransient(cause)) {
    // An Update may be that of a rollback, which had better take an hour than fail.
    const isStart = RequestType === 'Create' && ResourceType !== JOB_COMPLETION;
    return { seconds: isStart ? SERVICE_SECONDS : MAX_WAIT_SECONDS, hope: 'service' };
  }
  return isIamPropagation(cause) ? { seconds: PROPAGATION_SECONDS, hope: 'permission' } : undefined;
}

/** What a call failed with, of an error that says what the call was for. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause ? error.cause : error;
}
