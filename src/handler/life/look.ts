import { JobProperties } from '../../provider/contract';
import { AcceptedEvent } from '../event';
import { Jobs } from './jobs';
import { Operation } from './operation';
import { JobKind } from '../kinds/job-kind';
import { Services } from '../services/services';

/** One look at an event of a job. It can be repeated at any time, because it reads everything from the services. */
export interface Look {
  readonly kind: JobKind;
  readonly event: AcceptedEvent<JobProperties>;
  readonly services: Services;
  readonly jobs: Jobs;
  readonly operation: Operation;
}

export function lookAt(kind: JobKind, event: AcceptedEvent<JobProperties>, services: Services): Look {
  return { kind, event, services, jobs: new Jobs(kind, services.sageMaker), operation: new Operation(event, services) };
}
