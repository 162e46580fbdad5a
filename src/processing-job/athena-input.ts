import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { datasetRequest, regionalArn } from './dataset-request';
import { BoundInput, INPUT_OPTIONS, ProcessingInputOptions } from './input-options';
import { grantKey } from '../cdk/grant-key';
import { grantOnce } from '../cdk/grant-once';
import { keyArn, locationUri, property, RequestMembers } from '../job/request-members';
import { A_LOCATION, S3Location } from '../job/s3-location';
import { AthenaDatasetDefinitionRequest } from '../service-model/requests';
import { OptionNames, readOptions } from '../validation/options';
import { requireType, requireTypeIfGiven } from '../validation/problems';
import { A_KEY, A_MAP } from '../validation/value-types';

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
export interface AthenaInputOptions extends ProcessingInputOptions {
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
   * @default - the default of the format
   */
  readonly outputCompression?: AthenaResultCompression;

  /** The format of the result. */
  readonly outputFormat: AthenaResultFormat;

  /**
   * The KMS key that encrypts the result.
   *
   * @default - the encryption of the bucket
   */
  readonly outputEncryptionKey?: IKey;

  /** Where Athena writes the result and the job reads it. Its URI has at most 1024 characters. */
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

const ATHENA_OPTIONS: OptionNames<AthenaInputOptions> = {
  ...INPUT_OPTIONS,
  catalog: true,
  database: true,
  outputCompression: true,
  outputEncryptionKey: true,
  outputFormat: true,
  outputLocation: true,
  queryString: true,
  workGroup: true,
};

export const ATHENA_MEMBERS = new RequestMembers<AthenaDatasetDefinitionRequest, AthenaInputOptions>('AthenaDatasetDefinition', {
  Catalog: property('catalog'),
  Database: property('database'),
  KmsKeyId: keyArn('outputEncryptionKey'),
  OutputCompression: property('outputCompression'),
  OutputFormat: property('outputFormat'),
  OutputS3Uri: locationUri('outputLocation'),
  QueryString: property('queryString'),
  WorkGroup: property('workGroup'),
});

/** Binds a query to the name of its input. Throws an error that names the method when the options are not valid. */
export function athenaInput(method: string, given: AthenaInputOptions): (name: string) => BoundInput {
  requireType(method, 'props', given, A_MAP);
  const { values: props, misspelt } = readOptions(method, given, ATHENA_OPTIONS, 'props');
  const { outputLocation, outputEncryptionKey } = props;
  requireType(method, 'outputLocation', outputLocation, A_LOCATION);
  requireTypeIfGiven(method, 'outputEncryptionKey', outputEncryptionKey, A_KEY);
  const catalog = props.catalog ?? 'AwsDataCatalog';
  return (name) => ({
    grantTo: (grantee) => [
      ...grantAthenaQuery(grantee, catalog, props),
      ...grantResult(grantee, outputLocation),
      outputEncryptionKey && grantKey(outputEncryptionKey, grantee, 'kms:Decrypt', 'kms:GenerateDataKey'),
    ],
    unknownData: 'the data of the tables that the query of Athena reads',
    misspelt,
    request: datasetRequest(name, props, { AthenaDatasetDefinition: ATHENA_MEMBERS.render({ ...props, catalog }) }),
  });
}

/** The database in which SageMaker creates a table of the result, as the job's role, so that Athena writes it in the given format. */
const RESULT_DATABASE = 'sagemaker_processing';
const RESULT_TABLES = 'sagemaker_tmp_*';

function grantAthenaQuery(grantee: IGrantable, catalog: string, { database, workGroup }: AthenaInputOptions): Grant[] {
  const grantGlue = (actions: string[], ...resources: unknown[][]) => grantOnce({
    grantee,
    actions: actions.map((action) => `glue:${action}`),
    resourceArns: [['catalog'], ...resources].map((resource) => regionalArn('glue', ...resource)),
  });
  return [
    grantOnce({
      grantee,
      actions: ['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution', 'athena:StopQueryExecution'],
      resourceArns: [regionalArn('athena', 'workgroup/', workGroup ?? 'primary')],
    }),
    grantOnce({ grantee, actions: ['athena:GetDataCatalog'], resourceArns: [regionalArn('athena', 'datacatalog/', catalog)] }),
    grantGlue(['BatchGetPartition', 'GetDatabase', 'GetPartition', 'GetPartitions', 'GetTable', 'GetTables'], ['database/', database], ['table/', database, '/*']),
    // Athena reads the default database with every query.
    grantGlue(['CreateDatabase', 'GetDatabase'], ['database/default'], ['database/', RESULT_DATABASE]),
    grantGlue(['CreateTable', 'DeleteTable', 'GetTable'], ['database/', RESULT_DATABASE], ['table/', RESULT_DATABASE, '/', RESULT_TABLES]),
  ];
}

/** Lets the job's role write the result, as Athena does in parts when it is large, and read it, as SageMaker does. */
function grantResult(grantee: IGrantable, location: S3Location): Grant[] {
  return [
    location._grantOnBucket(grantee, 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'),
    location._grantDownload(grantee),
    location._grantUpload(grantee),
    location._grantOnObjects(grantee, 's3:ListMultipartUploadParts'),
  ];
}
