import type { JobLogs } from './job-logs';
import type { SageMaker } from './sagemaker';
import type { Stacks } from './stacks';

/** Everything outside of the handler. Tests put fakes here. */
export interface Services {
  readonly sageMaker: SageMaker;
  readonly stacks: Stacks;
  readonly jobLogs: JobLogs;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: string): void;
}
