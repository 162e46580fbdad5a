import { JOB_COMPLETION, MAX_WAIT_SECONDS } from '../../provider/contract';
import { CloudFormationEvent } from '../event';
import { isIamPropagation, isTransient } from '../services/errors';

/** How long to wait for the propagation of a change: of IAM, which mostly takes seconds, or of a name that has become free. */
export const PROPAGATION_SECONDS = 3 * 60;

/** How long a Create tries to reach a service that does not answer. */
const SERVICE_SECONDS = 15 * 60;

/** How long to try again after an error, counted from the event, and what to hope for. */
export interface Patience {
  readonly seconds: number;
  readonly hope: 'permission' | 'service';
}

/** The patience with an error. Undefined when the same request would get the same answer. */
export function patienceWith(error: unknown, { RequestType, ResourceType }: CloudFormationEvent): Patience | undefined {
  const cause = causeOf(error);
  if (isTransient(cause)) {
    // The Update may belong to a rollback, which should rather take an hour than fail.
    const isStart = RequestType === 'Create' && ResourceType !== JOB_COMPLETION;
    return { seconds: isStart ? SERVICE_SECONDS : MAX_WAIT_SECONDS, hope: 'service' };
  }
  return isIamPropagation(cause) ? { seconds: PROPAGATION_SECONDS, hope: 'permission' } : undefined;
}

/** The error of the failed call, inside an error that says what the call was for. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause ? error.cause : error;
}
