import { computed, locationUri, property, RequestMembers } from '../job/request-members';
import { requireFiles, S3Location } from '../job/s3-location';
import { AutoMLChannelRequest } from '../service-model/requests';
import { instanceOf } from '../validation/kinds';

/**
 * The format of tabular data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export enum AutoMLContentType {
  /** Comma-separated values, with the names of the columns in the first line. */
  CSV = 'text/csv;header=present',
  /** Apache Parquet. */
  PARQUET = 'x-application/vnd.amazon+parquet',
}

/**
 * The compression of the objects of a dataset.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export enum AutoMLCompression {
  /** None. */
  NONE = 'None',
  /** gzip. */
  GZIP = 'Gzip',
}

/**
 * Options of a dataset.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export interface AutoMLDatasetOptions {
  /**
   * The compression of the objects.
   *
   * @default AutoMLCompression.NONE
   */
  readonly compression?: AutoMLCompression;

  /**
   * The format of the data. Training and validation data have the same.
   *
   * @default AutoMLContentType.CSV
   */
  readonly contentType?: AutoMLContentType;
}

/** What the part of a channel is rendered from that says its data. */
interface DatasetValues extends AutoMLDatasetOptions {
  readonly dataType: string;
  readonly location: S3Location;
}

export const DATASET_MEMBERS = new RequestMembers<AutoMLChannelRequest, DatasetValues>('AutoMLChannel', {
  'CompressionType': property('compression'),
  'ContentType': property('contentType'),
  'DataSource.S3DataSource.S3DataType': computed('', ({ dataType }) => dataType),
  'DataSource.S3DataSource.S3Uri': locationUri('location'),
});

/**
 * Tabular data that an AutoML job learns from, or validates its candidates with.
 *
 * Training data has at least 500 rows and less than 100 GB, validation data less than 2 GB.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export class AutoMLDataset {
  /**
   * The objects that a manifest lists.
   *
   * The job's role may read the manifest. The objects that it lists are for you to grant: `location.grantRead(job)`.
   *
   * @param location - one object: the manifest
   * @param options - the format of the data
   */
  public static fromManifest(location: S3Location, options?: AutoMLDatasetOptions): AutoMLDataset {
    requireFiles('AutoMLDataset.fromManifest', location);
    return new AutoMLDataset(location, 'ManifestFile', options ?? {});
  }

  /**
   * All objects whose keys begin with the prefix of a location.
   *
   * @param location - a prefix, or one object; an output of another job makes this one wait for it
   * @param options - the format of the data
   */
  public static fromS3(location: S3Location, options?: AutoMLDatasetOptions): AutoMLDataset {
    requireFiles('AutoMLDataset.fromS3', location);
    return new AutoMLDataset(location, 'S3Prefix', options ?? {});
  }

  private constructor(
    /** Where the data, or its manifest, is: at most 1024 characters. */
    public readonly location: S3Location,
    private readonly dataType: string,
    private readonly options: AutoMLDatasetOptions,
  ) {
  }

  /** @internal */
  public get _request(): AutoMLChannelRequest {
    return DATASET_MEMBERS.render({ ...this.options, dataType: this.dataType, location: this.location });
  }
}

export const A_DATASET = instanceOf(AutoMLDataset, 'Use AutoMLDataset.fromS3(…).');
