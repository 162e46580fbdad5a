import type { JobProperties } from '../contract';
import type { PolledEvent } from './event';
import type { JobKind } from './job-kind';
import { Jobs } from './jobs';
import { Operation } from './operation';
import type { Services } from './services';

/** One look at an event of a job. It is safe to repeat at any point: everything it knows, it reads from the services. */
export interface Look {
  readonly kind: JobKind;
  readonly event: PolledEvent<JobProperties>;
  readonly services: Services;
  readonly jobs: Jobs;
  readonly operation: Operation;
}

export function lookAt(kind: JobKind, event: PolledEvent<JobProperties>, services: Services): Look {
  return { kind, event, services, jobs: new Jobs(kind, services.sageMaker), operation: new Operation(event, services) };
}
