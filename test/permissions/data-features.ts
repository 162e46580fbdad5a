/** Queries of Athena and Redshift, and feature groups. */
import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFeatureGroup, IFeatureGroupRef } from 'aws-cdk-lib/aws-sagemaker';
import { abort, arn, call, calls, decrypt, download, generateDataKey, get, list, put, remove, upload } from './calls';
import { ACCOUNT } from './deployed';
import { Feature, location, newJob, processing, PROCESSING } from './features';
import { AthenaInputOptions, AthenaResultFormat, ProcessingInput, ProcessingOutput, RedshiftInputOptions, RedshiftResultFormat } from '../../src';

const FULL_ACCESS = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerFullAccess.html, and sagemaker-python-sdk#5176';
const ATHENA_TABLES = 'https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html';
const ATHENA_CATALOGS = 'https://docs.aws.amazon.com/athena/latest/ug/datacatalogs-example-policies.html';
const ATHENA_RESULTS = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonAthenaFullAccess.html, for the results of queries';
const ATHENA_KEY = 'https://docs.aws.amazon.com/athena/latest/ug/encryption.html';
const DATA_WRANGLER = 'https://docs.aws.amazon.com/sagemaker/latest/dg/data-wrangler-security.html';
const REDSHIFT_CREDENTIALS = 'https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html';
const REDSHIFT_UNLOAD = 'https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-access-permissions.html';
const FEATURE_STORE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_feature_store_PutRecord.html';
const ONLINE_STORE_KEY = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OnlineStoreSecurityConfig.html';

const glue = (resource: string) => arn('glue', resource);
const athena = (stack: Stack, props: Partial<AthenaInputOptions> = {}) => ({
  inputs: {
    sales: ProcessingInput.fromAthena({
      database: 'sales',
      outputFormat: AthenaResultFormat.PARQUET,
      outputLocation: location(stack, 'Results', 'athena/'),
      queryString: 'SELECT 1',
      ...props,
    }),
  },
});
const QUERY = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'];

const athenaNeeds = {
  [FULL_ACCESS]: [
    ...calls('athena', QUERY, arn('athena', 'workgroup/primary')),
    ...calls('glue', ['CreateDatabase', 'GetDatabase'], glue('catalog'), glue('database/sagemaker_processing')),
    ...calls('glue', ['CreateTable', 'GetTable', 'DeleteTable'], glue('catalog'), glue('database/sagemaker_processing'),
      glue('table/sagemaker_processing/sagemaker_tmp_1a2b3c')),
  ],
  [ATHENA_TABLES]: [
    ...calls('glue', ['CreateDatabase', 'GetDatabase'], glue('catalog'), glue('database/default')),
    call('glue:GetDatabase', glue('database/sales')),
    ...calls('glue', ['GetTable', 'GetTables', 'GetPartition', 'GetPartitions', 'BatchGetPartition'], glue('catalog'), glue('database/sales'), glue('table/sales/orders')),
  ],
  [ATHENA_CATALOGS]: [call('athena:GetDataCatalog', arn('athena', 'datacatalog/AwsDataCatalog'))],
  [ATHENA_RESULTS]: [
    ...calls('s3', ['GetBucketLocation', 'ListBucketMultipartUploads'], 'arn:aws:s3:::results'),
    list('results', 'athena/'), get('results/athena/tables/a/part-0'), ...upload('results/athena/tables/a/part-0'),
    call('s3:ListMultipartUploadParts', 'arn:aws:s3:::results/athena/tables/a/part-0'),
  ],
  [PROCESSING]: download('results', 'athena/', 'athena/tables/a/part-0'),
};

const redshift = (stack: Stack, props: Partial<RedshiftInputOptions> = {}) => ({
  inputs: {
    sales: ProcessingInput.fromRedshift({
      clusterId: 'cluster',
      clusterRole: new Role(stack, 'ClusterRole', { assumedBy: new ServicePrincipal('redshift.amazonaws.com') }),
      database: 'sales',
      dbUser: 'reader',
      outputFormat: RedshiftResultFormat.CSV,
      outputLocation: location(stack, 'Results', 'redshift/'),
      queryString: 'SELECT 1',
      ...props,
    }),
  },
});
const CLUSTER_ROLE = `arn:aws:iam::${ACCOUNT}:role/ClusterRole`;

/** The calls that the cluster makes as its role. */
const unload = (name: string, prefix: string, object: string, keyId?: string): Feature => ({
  name,
  define: (stack) => {
    newJob(stack, redshift(stack, {
      outputLocation: location(stack, 'Results', prefix),
      ...keyId && { outputEncryptionKey: new Key(stack, keyId) },
    }));
    return { role: stack.node.findChild('ClusterRole') as Role };
  },
  needed: {
    [REDSHIFT_UNLOAD]: [list('results', prefix), get(object), ...upload(object), ...keyId ? [generateDataKey(keyId), decrypt(keyId)] : []],
  },
  beside: [put('results/other/a'), list('results', 'other/'), remove(object), put('other/redshift/a')],
});

const featureGroup = (stack: Stack, props: object) => new CfnFeatureGroup(stack, 'Group', {
  eventTimeFeatureName: 'time', featureDefinitions: [], featureGroupName: 'customers', recordIdentifierFeatureName: 'id', ...props,
});
const toGroup = (group: IFeatureGroupRef) => ({ outputs: { features: ProcessingOutput.toFeatureGroup(group) } });
const GROUP = arn('sagemaker', 'feature-group/customers');
const putRecords = calls('sagemaker', ['DescribeFeatureGroup', 'PutRecord'], GROUP);
const besideRecords = [
  ...calls('sagemaker', ['DescribeFeatureGroup', 'PutRecord'], arn('sagemaker', 'feature-group/others')),
  call('sagemaker:CreateFeatureGroup', GROUP), put('offline/features/a'), get('offline/features/a'),
];

export const DATA_FEATURES: Feature[] = [
  processing('an Athena query', (stack) => athena(stack), {
    needed: athenaNeeds,
    beside: [
      call('athena:StartQueryExecution', arn('athena', 'workgroup/others')),
      ...calls('glue', ['GetTable', 'GetPartitions'], glue('table/other/orders'), glue('database/other')),
      ...calls('glue', ['CreateTable', 'DeleteTable'], glue('table/sales/orders'), glue('table/sagemaker_processing/mine')),
      ...calls('glue', ['DeleteDatabase', 'UpdateDatabase'], glue('catalog'), glue('database/sagemaker_processing'), glue('database/default')),
      get('data/orders/a.parquet'), list('data'), list('results'), list('results', 'other/'), get('results/other/a'), put('results/other/a'),
      abort('results/other/a'), remove('results/athena/tables/a/part-0'),
    ],
  }),
  processing('an Athena query of another workgroup, with a key', (stack) => athena(stack, { outputEncryptionKey: new Key(stack, 'ResultKey'), workGroup: 'team' }), {
    needed: {
      ...athenaNeeds,
      [FULL_ACCESS]: athenaNeeds[FULL_ACCESS].map(({ on, ...rest }) => ({ ...rest, on: on.replace('workgroup/primary', 'workgroup/team') })),
      [ATHENA_KEY]: [decrypt('ResultKey'), generateDataKey('ResultKey')],
    },
    beside: [call('athena:StartQueryExecution', arn('athena', 'workgroup/primary')), decrypt('OtherKey'), generateDataKey('OtherKey')],
  }),
  processing('a Redshift query', (stack) => redshift(stack), {
    needed: {
      [DATA_WRANGLER]: [
        call('redshift-data:ExecuteStatement', arn('redshift', 'cluster:cluster')),
        ...calls('redshift-data', ['CancelStatement', 'DescribeStatement', 'GetStatementResult'], '*'),
      ],
      [REDSHIFT_CREDENTIALS]: calls('redshift', ['GetClusterCredentials'], arn('redshift', 'dbname:cluster/sales'), arn('redshift', 'dbuser:cluster/reader')),
      [PROCESSING]: download('results', 'redshift/', 'redshift/0000_part_00'),
      'API_RedshiftDatasetDefinition, ClusterRoleArn': [call('iam:PassRole', CLUSTER_ROLE, { 'iam:PassedToService': 'redshift.amazonaws.com' })],
    },
    beside: [
      call('redshift-data:ExecuteStatement', arn('redshift', 'cluster:other')),
      ...calls('redshift', ['GetClusterCredentials'], arn('redshift', 'dbname:cluster/other'), arn('redshift', 'dbuser:cluster/admin'), arn('redshift', 'dbuser:other/reader')),
      call('iam:PassRole', CLUSTER_ROLE, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }),
      call('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Admin`, { 'iam:PassedToService': 'redshift.amazonaws.com' }),
      put('results/redshift/0000_part_00'), remove('results/redshift/0000_part_00'), get('results/other/a'),
    ],
  }),
  unload('the cluster that unloads below a prefix', 'redshift/', 'results/redshift/0000_part_00'),
  unload('the cluster that unloads to names that begin with a prefix', 'redshift/sales', 'results/redshift/sales0000_part_00'),
  unload('the cluster that unloads with a key', 'redshift/', 'results/redshift/0000_part_00', 'ResultKey'),
  processing('a feature group with an online store', (stack) => toGroup(featureGroup(stack, { onlineStoreConfig: { EnableOnlineStore: true } })), {
    needed: { [FEATURE_STORE]: putRecords },
    beside: besideRecords,
  }),
  processing('a feature group with an online store and its key', (stack) => toGroup(featureGroup(stack, {
    onlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: { KmsKeyId: new Key(stack, 'OnlineKey').keyArn } },
  })), {
    needed: { [FEATURE_STORE]: putRecords, [ONLINE_STORE_KEY]: [decrypt('OnlineKey')] },
    beside: [...besideRecords, generateDataKey('OnlineKey'), decrypt('OtherKey')],
  }),
  processing('a feature group with an offline store', (stack) => toGroup(featureGroup(stack, {
    offlineStoreConfig: { S3StorageConfig: { S3Uri: 's3://offline/features/' } },
  })), {
    // The service copies records to the offline store as the feature group's own role.
    needed: { [FEATURE_STORE]: putRecords },
    beside: [...besideRecords, ...calls('glue', ['GetTable', 'UpdateTable'], glue('catalog'), glue('database/sagemaker_featurestore'))],
  }),
];
