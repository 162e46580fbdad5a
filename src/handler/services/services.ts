import { JobLogs } from './job-logs';
import { NetworkInterfaces } from './network-interfaces';
import { SageMaker } from './sagemaker';
import { Stacks } from './stacks';

/** Everything outside of the handler. Tests use fakes. */
export interface Services {
  readonly sageMaker: SageMaker;
  readonly stacks: Stacks;
  readonly jobLogs: JobLogs;
  readonly networkInterfaces: NetworkInterfaces;
  /** The handler's own log group, if known. */
  readonly logGroup?: string;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(seconds: number): Promise<void>;
  log(line: string): void;
}
