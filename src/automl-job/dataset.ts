import { computed, locationUri, property, RequestMembers } from '../job/request-members';
import { requireFiles, S3Location } from '../job/s3-location';
import { AutoMLChannelRequest } from '../service-model/requests';
import { Misspelling, OptionNames, Options, readOptions } from '../validation/options';
import { instanceOf } from '../validation/value-types';

/**
 * The format of data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export enum AutoMLContentType {
  /** Comma-separated values. The first line contains the names of the columns. */
  CSV = 'text/csv;header=present',
  /** Apache Parquet. */
  PARQUET = 'x-application/vnd.amazon+parquet',
  /** Images of any type, for `AutoMLImageClassificationJob` alone. */
  IMAGE = 'image/*',
  /** Images in JPEG, for `AutoMLImageClassificationJob` alone. */
  IMAGE_JPEG = 'image/jpeg',
  /** Images in PNG, for `AutoMLImageClassificationJob` alone. */
  IMAGE_PNG = 'image/png',
}

/** The formats of tabular data. */
export const TABULAR: readonly string[] = [AutoMLContentType.CSV, AutoMLContentType.PARQUET];

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
 * Options for a dataset.
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
   * The format of the data. Training and validation data must have the same format.
   *
   * @default - `AutoMLContentType.CSV`, and `AutoMLContentType.IMAGE` for images
   */
  readonly contentType?: AutoMLContentType;
}

const DATASET_OPTIONS: OptionNames<AutoMLDatasetOptions> = { compression: true, contentType: true };

/** The values from which a channel is rendered. */
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
 * Data that trains or validates the candidates of an AutoML job: tables, texts in tables, time series, or images.
 *
 * Tabular training data has at least 500 rows and less than 100 GB, validation data less than 2 GB.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLChannel.html
 */
export class AutoMLDataset {
  /**
   * The images that an augmented manifest lists, with their labels: for `AutoMLImageClassificationJob` alone.
   *
   * The job's role may read the manifest. You have to grant access to the images that it lists: `location.grantRead(job)`.
   *
   * @param location - one object: the manifest
   * @param options - the format of the data
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLS3DataSource.html
   */
  public static fromAugmentedManifest(location: S3Location, options?: AutoMLDatasetOptions): AutoMLDataset {
    requireFiles('AutoMLDataset.fromAugmentedManifest', location);
    return new AutoMLDataset(location, 'AugmentedManifestFile', readOptions('AutoMLDataset.fromAugmentedManifest', options, DATASET_OPTIONS));
  }

  /**
   * The objects that a manifest lists.
   *
   * The job's role may read the manifest. You have to grant access to the objects that it lists: `location.grantRead(job)`.
   *
   * @param location - one object: the manifest
   * @param options - the format of the data
   */
  public static fromManifest(location: S3Location, options?: AutoMLDatasetOptions): AutoMLDataset {
    requireFiles('AutoMLDataset.fromManifest', location);
    return new AutoMLDataset(location, 'ManifestFile', readOptions('AutoMLDataset.fromManifest', options, DATASET_OPTIONS));
  }

  /**
   * All objects whose keys begin with the prefix of a location. If the location is an output of another job, this job starts when that
   * one has completed.
   *
   * @param location - a prefix, or one object
   * @param options - the format of the data
   */
  public static fromS3(location: S3Location, options?: AutoMLDatasetOptions): AutoMLDataset {
    requireFiles('AutoMLDataset.fromS3', location);
    return new AutoMLDataset(location, 'S3Prefix', readOptions('AutoMLDataset.fromS3', options, DATASET_OPTIONS));
  }

  private constructor(
    /** The location of the data or of the manifest. Its URI has at most 1024 characters. */
    public readonly location: S3Location,
    private readonly dataType: string,
    private readonly options: Options<AutoMLDatasetOptions>,
  ) {
  }

  /**
   * Whether the location is a manifest, and the data elsewhere.
   *
   * @internal
   */
  public get _isManifest(): boolean {
    return this.dataType !== 'S3Prefix';
  }

  /** @internal */
  public get _misspelt(): readonly Misspelling[] {
    return this.options.misspelt;
  }

  /** @internal */
  public get _request(): AutoMLChannelRequest {
    return DATASET_MEMBERS.render({ ...this.options.values, dataType: this.dataType, location: this.location });
  }
}

export const A_DATASET = instanceOf(AutoMLDataset, 'Use AutoMLDataset.fromS3(…).');
