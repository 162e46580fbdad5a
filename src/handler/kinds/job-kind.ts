import { SageMaker } from '../services/sagemaker';

export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

/** A job as the service describes it. */
export interface Job {
  readonly name: string;
  /** As the service returned it: its letter case varies, and the tag calls want it right. */
  readonly arn: string;
  readonly status: JobStatus;
  readonly createdAt: Date;
  /** Those of its network interfaces. */
  readonly securityGroupIds: readonly string[];
  /** The service's texts on how the job ended, in the order in which they explain it: label, text. */
  readonly explanations: readonly (readonly [string, string | undefined])[];
  /** What a completion resource returns once the job has completed. */
  readonly attributes: Readonly<Record<string, string>>;
}

export function hasEnded({ status }: Job): boolean {
  return status !== 'InProgress' && status !== 'Stopping';
}

/** What differs between the kinds of job. All live by the same rules. */
export interface JobKind {
  /** The type of its custom resource. */
  readonly type: string;
  /** What messages call it. */
  readonly noun: string;
  /** What becomes of it with its Create call. */
  readonly creation: 'started' | 'created';
  /** The shape of its Create request in the service model. */
  readonly requestShape: string;
  /** The member of the Create request that takes the job's name. */
  readonly nameMember: string;
  /** Where jobs of the kind write logs under their own names. */
  readonly logGroup?: string;
  /** Of the page of all jobs of the kind in the console, where there is one. */
  readonly consolePath?: string;
  /** What a completion resource returns that has not seen its job completed: attributes have to be there always. */
  readonly noAttributes: Readonly<Record<string, string>>;

  create(sageMaker: SageMaker, request: object): Promise<void>;
  describe(sageMaker: SageMaker, name: string): Promise<Job>;
  stop(sageMaker: SageMaker, name: string): Promise<void>;
  /** Where the service can delete the records of jobs of this kind. */
  delete?(sageMaker: SageMaker, name: string): Promise<void>;
}
