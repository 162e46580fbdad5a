import { ProcessingInputRequest } from './request';
import { S3Location } from '../s3-location';
import { instanceOf } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/** How the data of an input reaches the container. */
export enum ProcessingInputMode {
  /** Copied to the volume before the container starts. */
  FILE = 'File',
  /** Streamed to a named pipe while the container runs. */
  PIPE = 'Pipe',
}

/** How the data of an input is spread over the instances of a job. */
export enum ProcessingDataDistribution {
  /** Every instance gets all objects. */
  FULLY_REPLICATED = 'FullyReplicated',
  /** Every instance gets its share of the objects. */
  SHARDED_BY_S3_KEY = 'ShardedByS3Key',
}

/** The compression of an input's objects. */
export enum ProcessingInputCompression {
  /** They are passed on as they are. */
  NONE = 'None',
  /** They are unpacked on the way. Only with `ProcessingInputMode.PIPE`. */
  GZIP = 'Gzip',
}

/** What every input has. */
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
   * @default ProcessingDataDistribution.FULLY_REPLICATED
   */
  readonly distribution?: ProcessingDataDistribution;

  /**
   * Where the data appears in the container: a path below `/opt/ml/processing/`, at most 256 characters.
   *
   * @default - `/opt/ml/processing/input/` and the input's name; none for an app-managed input
   */
  readonly localPath?: string;

  /**
   * How the data reaches the container.
   *
   * @default ProcessingInputMode.FILE, unless the application manages the input
   */
  readonly mode?: ProcessingInputMode;
}

/** Options of an input from S3. */
export interface S3InputOptions extends ProcessingInputOptions {
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
  readonly reads: S3Location[];
}

/**
 * Data that a processing job reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
export class ProcessingInput {
  /**
   * All objects whose keys begin with the prefix of a location.
   *
   * @param location - a prefix, or one object
   * @param options - where and how the data appears in the container
   */
  public static fromS3(location: S3Location, options: S3InputOptions = {}): ProcessingInput {
    return s3Input('fromS3', 'S3Prefix', location, options);
  }

  /** @internal */
  public static _of(bind: (name: string) => BoundInput): ProcessingInput {
    return new ProcessingInput(bind);
  }

  private constructor(
    /** @internal */
    public readonly _bind: (name: string) => BoundInput,
  ) {
  }
}

function s3Input(method: string, dataType: string, location: S3Location, options: S3InputOptions): ProcessingInput {
  requireKind(`ProcessingInput.${method}`, 'location', location, instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'raw/')."));
  const { appManaged, compression, distribution, localPath, mode } = options ?? {};
  return ProcessingInput._of((name) => ({
    reads: [location],
    request: {
      InputName: name,
      AppManaged: appManaged,
      S3Input: {
        LocalPath: localPath ?? (appManaged ? undefined : `/opt/ml/processing/input/${name}`),
        S3CompressionType: compression,
        S3DataDistributionType: distribution,
        S3DataType: dataType,
        S3InputMode: mode ?? (appManaged ? undefined : ProcessingInputMode.FILE),
        S3Uri: location.uri,
      },
    },
  }));
}
