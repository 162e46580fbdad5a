import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { datasetRequest, regionalArn } from './dataset-request';
import { BoundInput, INPUT_OPTIONS, ProcessingInputOptions } from './input-options';
import { grantKey } from '../cdk/grant-key';
import { grantOnce } from '../cdk/grant-once';
import { computed, keyArn, locationUri, property, RequestMembers } from '../job/request-members';
import { A_LOCATION, S3Location } from '../job/s3-location';
import { RedshiftDatasetDefinitionRequest } from '../service-model/requests';
import { OptionNames, readOptions } from '../validation/options';
import { requireType, requireTypeIfGiven } from '../validation/problems';
import { A_KEY, A_MAP, A_ROLE } from '../validation/value-types';

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
export interface RedshiftInputOptions extends ProcessingInputOptions {
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
  readonly outputEncryptionKey?: IKey;

  /** Where Redshift writes the result and the job reads it. Its URI has at most 1024 characters. */
  readonly outputLocation: S3Location;

  /** The query: 1 to 4096 characters. */
  readonly queryString: string;
}

const REDSHIFT_OPTIONS: OptionNames<RedshiftInputOptions> = {
  ...INPUT_OPTIONS,
  clusterId: true,
  clusterRole: true,
  database: true,
  dbUser: true,
  outputCompression: true,
  outputEncryptionKey: true,
  outputFormat: true,
  outputLocation: true,
  queryString: true,
};

export const REDSHIFT_MEMBERS = new RequestMembers<RedshiftDatasetDefinitionRequest, RedshiftInputOptions>('RedshiftDatasetDefinition', {
  ClusterId: property('clusterId'),
  ClusterRoleArn: computed('clusterRole', ({ clusterRole }) => clusterRole.roleArn),
  Database: property('database'),
  DbUser: property('dbUser'),
  KmsKeyId: keyArn('outputEncryptionKey'),
  OutputCompression: property('outputCompression'),
  OutputFormat: property('outputFormat'),
  OutputS3Uri: locationUri('outputLocation'),
  QueryString: property('queryString'),
});

/** Binds a query to the name of its input. Throws an error that names the method when the options are not valid. */
export function redshiftInput(method: string, given: RedshiftInputOptions): (name: string) => BoundInput {
  requireType(method, 'props', given, A_MAP);
  const { values: props, misspelt } = readOptions(method, given, REDSHIFT_OPTIONS, 'props');
  const { clusterRole, outputLocation, outputEncryptionKey } = props;
  requireType(method, 'clusterRole', clusterRole, A_ROLE);
  requireType(method, 'outputLocation', outputLocation, A_LOCATION);
  requireTypeIfGiven(method, 'outputEncryptionKey', outputEncryptionKey, A_KEY);
  return (name) => ({
    grantTo: (grantee) => [
      ...grantRedshiftQuery(grantee, props),
      outputLocation._grantDownload(grantee),
      // UNLOAD lists the location and puts objects whose keys begin with it.
      outputLocation._grantDownload(clusterRole),
      outputLocation._grantUpload(clusterRole, false),
      outputEncryptionKey && grantKey(outputEncryptionKey, grantee, 'kms:Decrypt'),
      outputEncryptionKey && grantKey(outputEncryptionKey, clusterRole, 'kms:Decrypt', 'kms:GenerateDataKey'),
    ],
    misspelt,
    request: datasetRequest(name, props, { RedshiftDatasetDefinition: REDSHIFT_MEMBERS.render(props) }),
  });
}

function grantRedshiftQuery(grantee: IGrantable, { clusterId, clusterRole, database, dbUser }: RedshiftInputOptions): Grant[] {
  return [
    grantOnce({
      grantee,
      actions: ['redshift:GetClusterCredentials'],
      resourceArns: [regionalArn('redshift', 'dbname:', clusterId, '/', database), regionalArn('redshift', 'dbuser:', clusterId, '/', dbUser)],
    }),
    grantOnce({ grantee, actions: ['redshift-data:ExecuteStatement'], resourceArns: [regionalArn('redshift', 'cluster:', clusterId)] }),
    // These actions do not support resources. A principal can only access its own statements.
    grantOnce({
      grantee,
      actions: ['redshift-data:CancelStatement', 'redshift-data:DescribeStatement', 'redshift-data:GetStatementResult'],
      resourceArns: ['*'],
    }),
    grantOnce({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [clusterRole.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'redshift.amazonaws.com' } },
    }),
  ];
}
