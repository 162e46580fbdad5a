import { Aws } from 'aws-cdk-lib';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IDependable } from 'constructs';
import { DatasetDefinitionRequest, ProcessingInputRequest } from './request';
import { grantOnce } from '../grant-once';
import { A_LOCATION, requireFiles, S3Location } from '../s3-location';
import { A_KEY, A_MAP, A_ROLE } from '../validation/kinds';
import { requireKind, requireKindIfGiven } from '../validation/problems';

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
export interface S3InputOptions extends ProcessingInputOptions {
  /**
   * The compression of the objects. `GZIP` needs `ProcessingInputMode.PIPE`.
   *
   * @default ProcessingInputCompression.NONE
   */
  readonly compression?: ProcessingInputCompression;
}

/**
 * The format of the result of an Athena query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export enum AthenaResultFormat {
  /** Apache Parquet. */
  PARQUET = 'PARQUET',
  /** Apache ORC. */
  ORC = 'ORC',
  /** Apache Avro. */
  AVRO = 'AVRO',
  /** JSON. */
  JSON = 'JSON',
  /** Delimited text. */
  TEXTFILE = 'TEXTFILE',
}

/**
 * The compression of the result of an Athena query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export enum AthenaResultCompression {
  /** gzip. */
  GZIP = 'GZIP',
  /** Snappy. */
  SNAPPY = 'SNAPPY',
  /** zlib. */
  ZLIB = 'ZLIB',
}

/**
 * A query of Amazon Athena whose result a job reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export interface AthenaInputProps extends ProcessingInputOptions {
  /**
   * The data catalog: 1 to 256 characters.
   *
   * @default AwsDataCatalog
   */
  readonly catalog?: string;

  /** The database: 1 to 255 characters. */
  readonly database: string;

  /**
   * The compression of the result.
   *
   * @default - that of the format
   */
  readonly outputCompression?: AthenaResultCompression;

  /** The format of the result. */
  readonly outputFormat: AthenaResultFormat;

  /**
   * The KMS key that encrypts the result.
   *
   * @default - the encryption of the bucket
   */
  readonly outputKey?: IKey;

  /** Where the result is written, for the job to read: at most 1024 characters. */
  readonly outputLocation: S3Location;

  /** The query: 1 to 4096 characters. */
  readonly queryString: string;

  /**
   * The workgroup that the query runs in: 1 to 128 letters, digits, periods, hyphens and underscores.
   *
   * @default primary
   */
  readonly workGroup?: string;
}

/**
 * The format of the result of a Redshift query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export enum RedshiftResultFormat {
  /** Apache Parquet. */
  PARQUET = 'PARQUET',
  /** Comma-separated values. */
  CSV = 'CSV',
}

/**
 * The compression of the result of a Redshift query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export enum RedshiftResultCompression {
  /** None. */
  NONE = 'None',
  /** gzip. */
  GZIP = 'GZIP',
  /** bzip2. */
  BZIP2 = 'BZIP2',
  /** Zstandard. */
  ZSTD = 'ZSTD',
  /** Snappy. */
  SNAPPY = 'SNAPPY',
}

/**
 * A query of Amazon Redshift whose result a job reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export interface RedshiftInputProps extends ProcessingInputOptions {
  /** The identifier of the cluster: 1 to 63 characters. */
  readonly clusterId: string;

  /** The role that the cluster unloads the result with. It must be one of the cluster's roles. */
  readonly clusterRole: IRole;

  /** The database: 1 to 64 characters. */
  readonly database: string;

  /** The database user: 1 to 128 characters. */
  readonly dbUser: string;

  /**
   * The compression of the result.
   *
   * @default - none
   */
  readonly outputCompression?: RedshiftResultCompression;

  /** The format of the result. */
  readonly outputFormat: RedshiftResultFormat;

  /**
   * The KMS key that encrypts the result.
   *
   * @default - the encryption of the bucket
   */
  readonly outputKey?: IKey;

  /** Where the result is written, for the job to read: at most 1024 characters. */
  readonly outputLocation: S3Location;

  /** The query: 1 to 4096 characters. */
  readonly queryString: string;
}

/** What a job needs to know of an input. */
export interface BoundInput {
  readonly request: ProcessingInputRequest;
  /** Lets the job's role read it. */
  readonly grantTo: (grantee: IGrantable) => (Grant | undefined)[];
  /** What must be ready before the job starts. */
  readonly producer?: IDependable;
}

const INPUT_FOLDER = '/opt/ml/processing/input';

/**
 * Data that a processing job reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
export class ProcessingInput {
  /**
   * The result of a query of Amazon Athena, which SageMaker runs before the job.
   *
   * The job's role may run the query, read the tables' descriptions, and write and read the result. The data of the
   * tables themselves is for you to grant to it: where that is, only their descriptions tell.
   *
   * @param props - the query, and where its result goes
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
   */
  public static fromAthena(props: AthenaInputProps): ProcessingInput {
    requireKind('ProcessingInput.fromAthena', 'props', props, A_MAP);
    const { outputLocation, outputKey } = props;
    requireKind('ProcessingInput.fromAthena', 'outputLocation', outputLocation, A_LOCATION);
    requireKindIfGiven('ProcessingInput.fromAthena', 'outputKey', outputKey, A_KEY);
    const catalog = props.catalog ?? 'AwsDataCatalog';
    return new ProcessingInput((name) => ({
      grantTo: (grantee) => [
        ...grantAthenaQuery(grantee, catalog, props),
        outputLocation.grantRead(grantee),
        outputLocation.grantWrite(grantee),
        outputKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey'),
      ],
      request: datasetRequest(name, props, {
        AthenaDatasetDefinition: {
          Catalog: catalog,
          Database: props.database,
          KmsKeyId: outputKey?.keyArn,
          OutputCompression: props.outputCompression,
          OutputFormat: props.outputFormat,
          OutputS3Uri: outputLocation.uri,
          QueryString: props.queryString,
          WorkGroup: props.workGroup,
        },
      }),
    }));
  }

  /**
   * The objects that a manifest lists.
   *
   * The job's role may read the manifest and the objects beside and below it; others that it lists are for you to grant.
   *
   * @param location - one object: the manifest
   * @param options - where and how the data appears in the container
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
   */
  public static fromManifest(location: S3Location, options: S3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromManifest', location);
    return ProcessingInput.s3('ManifestFile', location, options);
  }

  /**
   * The result of a query of Amazon Redshift, which SageMaker runs before the job.
   *
   * The job's role may log in to the database and read the result, the cluster's role may write it.
   *
   * @param props - the query, and where its result goes
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
   */
  public static fromRedshift(props: RedshiftInputProps): ProcessingInput {
    requireKind('ProcessingInput.fromRedshift', 'props', props, A_MAP);
    const { clusterRole, outputLocation, outputKey } = props;
    requireKind('ProcessingInput.fromRedshift', 'clusterRole', clusterRole, A_ROLE);
    requireKind('ProcessingInput.fromRedshift', 'outputLocation', outputLocation, A_LOCATION);
    requireKindIfGiven('ProcessingInput.fromRedshift', 'outputKey', outputKey, A_KEY);
    return new ProcessingInput((name) => ({
      grantTo: (grantee) => [
        ...grantRedshiftQuery(grantee, props),
        outputLocation.grantRead(grantee),
        outputLocation.grantWrite(clusterRole),
        outputKey?.grant(grantee, 'kms:Decrypt'),
        outputKey?.grant(clusterRole, 'kms:Decrypt', 'kms:GenerateDataKey'),
      ],
      request: datasetRequest(name, props, {
        RedshiftDatasetDefinition: {
          ClusterId: props.clusterId,
          ClusterRoleArn: clusterRole.roleArn,
          Database: props.database,
          DbUser: props.dbUser,
          KmsKeyId: outputKey?.keyArn,
          OutputCompression: props.outputCompression,
          OutputFormat: props.outputFormat,
          OutputS3Uri: outputLocation.uri,
          QueryString: props.queryString,
        },
      }),
    }));
  }

  /**
   * All objects whose keys begin with the prefix of a location.
   *
   * @param location - a prefix, or one object
   * @param options - where and how the data appears in the container
   */
  public static fromS3(location: S3Location, options: S3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromS3', location);
    return ProcessingInput.s3('S3Prefix', location, options);
  }

  /**
   * The same for the code, of which the entrypoint unpacks a folder.
   *
   * @internal
   */
  public static _code(location: S3Location, localPath: string): ProcessingInput {
    return ProcessingInput.s3('S3Prefix', location, { localPath });
  }

  private static s3(dataType: string, location: S3Location, options: S3InputOptions): ProcessingInput {
    const { appManaged, compression, distribution, localPath, mode } = options ?? {};
    return new ProcessingInput((name) => ({
      grantTo: (grantee) => [location.grantRead(grantee)],
      producer: location._producer,
      request: {
        InputName: name,
        AppManaged: appManaged,
        S3Input: {
          LocalPath: localPath ?? (appManaged ? undefined : `${INPUT_FOLDER}/${name}`),
          S3CompressionType: compression,
          S3DataDistributionType: distribution,
          S3DataType: dataType,
          S3InputMode: mode ?? (appManaged ? undefined : ProcessingInputMode.FILE),
          S3Uri: location.uri,
        },
      },
    }));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (name: string) => BoundInput,
  ) {
  }
}

function datasetRequest(name: string, options: ProcessingInputOptions, definition: DatasetDefinitionRequest): ProcessingInputRequest {
  const { appManaged, distribution, localPath, mode } = options;
  return {
    InputName: name,
    AppManaged: appManaged,
    DatasetDefinition: {
      ...definition,
      DataDistributionType: distribution,
      InputMode: mode,
      LocalPath: localPath ?? (appManaged ? undefined : `${INPUT_FOLDER}/${name}`),
    },
  };
}

function grantAthenaQuery(grantee: IGrantable, catalog: string, { database, workGroup }: AthenaInputProps): Grant[] {
  return [
    grantOnce({
      grantee,
      actions: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'],
      resourceArns: [regionalArn('athena', `workgroup/${workGroup ?? 'primary'}`)],
    }),
    grantOnce({ grantee, actions: ['athena:GetDataCatalog'], resourceArns: [regionalArn('athena', `datacatalog/${catalog}`)] }),
    grantOnce({
      grantee,
      actions: ['glue:GetDatabase', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
      resourceArns: ['catalog', `database/${database}`, `table/${database}/*`].map((resource) => regionalArn('glue', resource)),
    }),
  ];
}

function grantRedshiftQuery(grantee: IGrantable, { clusterId, clusterRole, database, dbUser }: RedshiftInputProps): Grant[] {
  return [
    grantOnce({
      grantee,
      actions: ['redshift:GetClusterCredentials'],
      resourceArns: [regionalArn('redshift', `dbname:${clusterId}/${database}`), regionalArn('redshift', `dbuser:${clusterId}/${dbUser}`)],
    }),
    grantOnce({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [clusterRole.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'redshift.amazonaws.com' } },
    }),
  ];
}

function regionalArn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}
