import { SageMaker } from '../services/sagemaker';

export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

/** A job as the service describes it. */
export interface Job {
  readonly name: string;
  /** The ARN as the service returned it. Its case varies, and the tag calls are case-sensitive. */
  readonly arn: string;
  readonly status: JobStatus;
  readonly createdAt: Date;
  readonly endedAt?: Date;
  /** The security groups of its network interfaces. */
  readonly securityGroupIds: readonly string[];
  /** The service's explanations of how the job ended, the most helpful first: label and text. */
  readonly explanations: readonly (readonly [string, string | undefined])[];
  /** What a completion resource returns once the job has completed. */
  readonly attributes: Readonly<Record<string, string>>;
}

export function hasEnded({ status }: Job): boolean {
  return status !== 'InProgress' && status !== 'Stopping';
}

/** A kind of job: everything in which the kinds differ. All follow the same rules of life. */
export interface JobKind {
  /** The type of its custom resource. */
  readonly type: string;
  /** The noun in messages. */
  readonly noun: string;
  /** What the Create call does to it. */
  readonly creation: 'started' | 'created';
  /** The shape of its Create request in the service model. */
  readonly requestShape: string;
  /** The member of the Create request that takes the job's name. */
  readonly nameMember: string;
  /** The log group in which jobs of the kind have streams under their own names. */
  readonly logGroup?: string;
  /** The path of the console's page with all jobs of the kind, if there is one. */
  readonly consolePath?: string;
  /** The attributes of a completion that has not seen its job complete. CloudFormation requires all attributes in each answer. */
  readonly noAttributes: Readonly<Record<string, string>>;

  create(sageMaker: SageMaker, request: object): Promise<void>;
  describe(sageMaker: SageMaker, name: string): Promise<Job>;
  stop(sageMaker: SageMaker, name: string): Promise<void>;
  /** Absent if the service cannot delete the records of jobs of this kind. */
  delete?(sageMaker: SageMaker, name: string): Promise<void>;
}
