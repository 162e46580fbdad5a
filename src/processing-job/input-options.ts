import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IDependable } from 'constructs';
import { ProcessingInputRequest } from '../service-model/requests';

/**
 * How the data of an input reaches the container.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingInputMode {
  /** Copied to the volume before the container starts. */
  FILE = 'File',
  /** Streamed to a named pipe while the container runs. */
  PIPE = 'Pipe',
}

/**
 * How the data of an input is spread over the instances of a job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingDataDistribution {
  /** Every instance gets all objects. */
  FULLY_REPLICATED = 'FullyReplicated',
  /** Every instance gets its share of the objects. */
  SHARDED_BY_S3_KEY = 'ShardedByS3Key',
}

/**
 * The compression of an input's objects.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingInputCompression {
  /** They are passed on as they are. */
  NONE = 'None',
  /** They are unpacked on the way. Only with `ProcessingInputMode.PIPE`. */
  GZIP = 'Gzip',
}

/**
 * What every input has.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
export interface ProcessingInputOptions {
  /**
   * Whether the application gets the data itself, so that SageMaker does not.
   *
   * @default false
   */
  readonly appManaged?: boolean;

  /**
   * How the data is spread over the instances.
   *
   * @default - the service's: `FULLY_REPLICATED` for data in S3, `SHARDED_BY_S3_KEY` for the result of a query
   */
  readonly distribution?: ProcessingDataDistribution;

  /**
   * Where the data appears in the container: at most 256 characters. For data in S3 a path below `/opt/ml/processing/`,
   * for the result of a query any absolute path.
   *
   * @default - `/opt/ml/processing/input/` and the input's name; none for an app-managed input
   */
  readonly localPath?: string;

  /**
   * How the data reaches the container.
   *
   * @default - `ProcessingInputMode.FILE`, unless the application manages the input
   */
  readonly mode?: ProcessingInputMode;
}

/**
 * Options of an input from S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export interface ProcessingS3InputOptions extends ProcessingInputOptions {
  /**
   * The compression of the objects. `GZIP` needs `ProcessingInputMode.PIPE`.
   *
   * @default ProcessingInputCompression.NONE
   */
  readonly compression?: ProcessingInputCompression;
}

/** What a job needs to know of an input. */
export interface BoundInput {
  readonly request: ProcessingInputRequest;
  /** Lets the job's role read it. */
  readonly grantTo: (grantee: IGrantable) => (Grant | undefined)[];
  /** What must be ready before the job starts. */
  readonly producer?: IDependable;
}

/** Where the data of an input appears in the container, unless it is said. */
export function localPathOf(name: string, { appManaged, localPath }: ProcessingInputOptions): string | undefined {
  return localPath ?? (appManaged ? undefined : `/opt/ml/processing/input/${name}`);
}
