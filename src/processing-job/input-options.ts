import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IDependable } from 'constructs';
import { S3Location } from '../job/s3-location';
import { ProcessingInputRequest } from '../service-model/requests';
import { Misspelling, OptionNames } from '../validation/options';

/**
 * How the data of an input reaches the container.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingInputMode {
  /** The data is copied to the volume before the container starts. */
  FILE = 'File',
  /** The data is streamed to a named pipe while the container runs. */
  PIPE = 'Pipe',
}

/**
 * How the data of an input is distributed to the instances of a job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingDataDistribution {
  /** Every instance gets all objects. */
  FULLY_REPLICATED = 'FullyReplicated',
  /** The objects are divided among the instances. */
  SHARDED_BY_S3_KEY = 'ShardedByS3Key',
}

/**
 * How the objects of an input are decompressed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export enum ProcessingInputCompression {
  /** The objects are passed on unchanged. */
  NONE = 'None',
  /** gzip-compressed objects are decompressed. Only with `ProcessingInputMode.PIPE`. */
  GZIP = 'Gzip',
}

/**
 * Options that all inputs share.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
export interface ProcessingInputOptions {
  /**
   * Whether the application reads the data itself. SageMaker does not copy it then.
   *
   * @default false
   */
  readonly appManaged?: boolean;

  /**
   * How the data is distributed to the instances.
   *
   * @default - the service's default: `FULLY_REPLICATED` for data in S3, `SHARDED_BY_S3_KEY` for the result of a query
   */
  readonly distribution?: ProcessingDataDistribution;

  /**
   * The path of the data in the container: at most 256 characters. Data in S3 requires a path below `/opt/ml/processing/`, the result
   * of a query any absolute path.
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
 * Options for an input from S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export interface ProcessingS3InputOptions extends ProcessingInputOptions {
  /**
   * Whether to decompress the objects. `GZIP` requires `ProcessingInputMode.PIPE`.
   *
   * @default ProcessingInputCompression.NONE
   */
  readonly compression?: ProcessingInputCompression;
}

export const INPUT_OPTIONS: OptionNames<ProcessingInputOptions> = { appManaged: true, distribution: true, localPath: true, mode: true };
export const S3_INPUT_OPTIONS: OptionNames<ProcessingS3InputOptions> = { ...INPUT_OPTIONS, compression: true };

/** An input that is bound to a job. */
export interface BoundInput {
  readonly request: ProcessingInputRequest;
  /** Lets the job's role read the data. */
  readonly grantTo: (grantee: IGrantable) => (Grant | undefined)[];
  /** Data that the role needs to read as well, whose place only a service knows. */
  readonly unknownData?: string;
  readonly misspelt?: readonly Misspelling[];
  /** The same input from another location, if it is from S3. */
  readonly at?: (location: S3Location) => BoundInput;
  /** The location of the data, if it is in S3. */
  readonly location?: S3Location;
  /** The producer of the data, which must have completed before the job starts. */
  readonly producer?: IDependable;
}

/** The path of an input's data in the container: the given one, or the default. */
export function localPathOf(name: string, { appManaged, localPath }: ProcessingInputOptions): string | undefined {
  return localPath ?? (appManaged ? undefined : `/opt/ml/processing/input/${name}`);
}
