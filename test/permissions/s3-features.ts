import { Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import {
  abort, call, createGrant, decrypt, download, generateDataKey, get, key, list, put, remove, repository, s3aRead, s3aReadObject, s3aWrite, upload,
} from './calls';
import { ACCOUNT, OTHER_ACCOUNT, REGION } from './deployed';
import { ASSETS, Feature, location, newJob, processing, PROCESSING, SCRIPT, SCRIPT_KEY } from './features';
import { ProcessingCode, ProcessingImage, ProcessingInput, ProcessingOutput, S3Location, SparkVersion } from '../../src';

const SSE_KMS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html';
const MULTIPART = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions';
const S3A = 'measured with Spark 3.5.4 and hadoop-aws 3.3.4, by a proxy that enforced a policy';
const SPARK_IMAGE = repository('sagemaker-spark-processing', '571004829621');

const reading = (from: S3Location, options = {}) => ({ inputs: { raw: ProcessingInput.fromS3(from, options) } });
const writing = (to: S3Location, options = {}) => ({ outputs: { train: ProcessingOutput.toS3(to, options) } });
const appManaged = { appManaged: true };

const inputs: Feature[] = [
  processing('an input from a prefix', (stack) => reading(location(stack, 'Data', 'raw/')), {
    needed: { [PROCESSING]: download('data', 'raw/', 'raw/a.csv', 'raw/2024/b.csv') },
    beside: [
      get('data/raw'), get('data/rawer/a.csv'), get('data/other/a.csv'), get('other/raw/a.csv'),
      list('data'), list('data', ''), list('data', 'raw'), list('data', 'rawer/'), list('data', 'other/'), list('other', 'raw/'),
      put('data/raw/a.csv'), remove('data/raw/a.csv'),
    ],
  }),
  processing('an input from a prefix that is no folder', (stack) => reading(location(stack, 'Data', 'raw/2024')), {
    needed: { [PROCESSING]: download('data', 'raw/2024', 'raw/2024-01.csv', 'raw/2024/a.csv') },
    beside: [get('data/raw/2023-12.csv'), list('data', 'raw/'), list('data', 'raw/202'), put('data/raw/2024-01.csv'), remove('data/raw/2024-01.csv')],
  }),
  processing('an input of one object', (stack) => reading(location(stack, 'Data', 'one.csv')), {
    needed: { [PROCESSING]: download('data', 'one.csv', 'one.csv') },
    beside: [get('data/two.csv'), list('data', 'two.csv'), list('data'), put('data/one.csv'), remove('data/one.csv')],
  }),
  processing('an input from a whole bucket', (stack) => reading(location(stack, 'Data')), {
    needed: { [PROCESSING]: [...download('data', '', 'a.csv', 'raw/b.csv'), list('data')] },
    beside: [get('other/a.csv'), list('other'), put('data/a.csv'), remove('data/a.csv')],
  }),
  processing('an input from a bucket that allows encrypted connections only', (stack) => reading(location(stack, 'Data', 'raw/', { enforceSSL: true })), {
    needed: { [PROCESSING]: download('data', 'raw/', 'raw/a.csv') },
    beside: [{ ...get('data/raw/a.csv'), context: { 'aws:SecureTransport': 'false' } }],
  }),
  processing('an input by its URI', () => reading(S3Location.fromUri('s3://elsewhere/raw/')), {
    needed: { [PROCESSING]: download('elsewhere', 'raw/', 'raw/a.csv') },
    beside: [get('elsewhere/other/a.csv'), get('other/raw/a.csv'), list('elsewhere'), list('elsewhere', 'other/'), remove('elsewhere/raw/a.csv')],
  }),
  processing('an input by a URI of which the deployment knows a part', () => reading(S3Location.fromUri(`s3://data-${Aws.ACCOUNT_ID}/raw/`)), {
    needed: { [PROCESSING]: download(`data-${ACCOUNT}`, 'raw/', 'raw/a.csv') },
    beside: [get('data/raw/a.csv'), get(`data-${ACCOUNT}/other/a.csv`), list(`data-${ACCOUNT}`, 'other/'), remove(`data-${ACCOUNT}/raw/a.csv`)],
  }),
  processing('an input by a URI that the deployment knows', (stack) => reading(S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString)), {
    needed: { [PROCESSING]: download('data', 'raw/', 'raw/a.csv') },
    beside: [get('data/other/a.csv'), get('other/raw/a.csv'), list('other', 'raw/'), put('data/raw/a.csv'), remove('data/raw/a.csv')],
    parameters: { Uri: 's3://data/raw/' },
  }),
  processing('an input by a manifest', (stack) => ({ inputs: { raw: ProcessingInput.fromManifest(location(stack, 'Data', 'raw/list.manifest')) } }), {
    needed: { [PROCESSING]: download('data', 'raw/list.manifest', 'raw/list.manifest') },
    beside: [get('other/raw/list.manifest'), put('data/raw/list.manifest'), remove('data/raw/list.manifest')],
  }),
  processing('an input from a bucket with a KMS key', (stack) => reading(location(stack, 'Data', 'raw/', { encryptionKey: new Key(stack, 'DataKey') })), {
    needed: { [PROCESSING]: download('data', 'raw/', 'raw/a.csv'), [SSE_KMS]: [decrypt('DataKey')] },
    beside: [generateDataKey('DataKey'), call('kms:Encrypt', key('DataKey')), decrypt('OtherKey'), createGrant('DataKey')],
  }),
  processing('an input from a bucket of another account', (stack) => reading(S3Location.fromBucket(
    Bucket.fromBucketAttributes(stack, 'Data', { bucketName: `data-${OTHER_ACCOUNT}`, account: OTHER_ACCOUNT }), 'raw/')), {
    needed: { [PROCESSING]: download(`data-${OTHER_ACCOUNT}`, 'raw/', 'raw/a.csv') },
    beside: [
      get(`data-${OTHER_ACCOUNT}/other/a.csv`), list(`data-${OTHER_ACCOUNT}`, 'other/'), put(`data-${OTHER_ACCOUNT}/raw/a.csv`),
      remove(`data-${OTHER_ACCOUNT}/raw/a.csv`),
    ],
    foreignPolicies: {
      [`arn:aws:s3:::data-${OTHER_ACCOUNT}`]: [{
        Effect: 'Allow',
        Action: ['s3:*'],
        Resource: [`arn:aws:s3:::data-${OTHER_ACCOUNT}`, `arn:aws:s3:::data-${OTHER_ACCOUNT}/*`],
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      }],
    },
  }),
];

const JOBS_ROLE = `arn:aws:iam::${ACCOUNT}:role/jobs`;
const FOREIGN_BUCKET = `data-${OTHER_ACCOUNT}`;

/** The policy of a bucket of another account, which has to allow what the role's own policies do. */
const bucketOfAnotherAccount: Feature = {
  name: 'a bucket of another account',
  define: (stack) => {
    const job = new Stack(stack.node.root, 'Known', { env: { account: ACCOUNT, region: REGION } });
    const bucket = new Bucket(new Stack(stack.node.root, 'Foreign', { env: { account: OTHER_ACCOUNT, region: REGION } }), 'Data', { bucketName: FOREIGN_BUCKET });
    return newJob(job, {
      role: Role.fromRoleArn(job, 'Jobs', JOBS_ROLE),
      ...reading(S3Location.fromBucket(bucket, 'raw/')),
      ...writing(S3Location.fromBucket(bucket, 'train/')),
    });
  },
  needed: { [PROCESSING]: [...download(FOREIGN_BUCKET, 'raw/', 'raw/a.csv'), ...upload(`${FOREIGN_BUCKET}/train/a.csv`)] },
  beside: [
    list(FOREIGN_BUCKET), list(FOREIGN_BUCKET, 'other/'), get(`${FOREIGN_BUCKET}/other/a.csv`),
    put(`${FOREIGN_BUCKET}/raw/a.csv`), remove(`${FOREIGN_BUCKET}/raw/a.csv`), remove(`${FOREIGN_BUCKET}/train/a.csv`),
  ],
  foreignPolicies: { [JOBS_ROLE]: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] },
};

const outputs: Feature[] = [
  processing('an output to a prefix', (stack) => writing(location(stack, 'Data', 'train/')), {
    needed: { [PROCESSING]: [put('data/train/a.csv')], [MULTIPART]: upload('data/train/a.csv') },
    beside: [
      put('data/train'), put('data/trained/a.csv'), put('data/other/a.csv'), put('other/train/a.csv'), abort('data/other/a.csv'),
      get('data/train/a.csv'), list('data', 'train/'), remove('data/train/a.csv'),
    ],
  }),
  processing('an output to a prefix that does not end with a slash', (stack) => writing(location(stack, 'Data', 'train')), {
    needed: { [MULTIPART]: upload('data/train/a.csv') },
    beside: [put('data/train'), put('data/trained.csv'), get('data/train/a.csv'), remove('data/train/a.csv')],
  }),
  processing('an output to a whole bucket', (stack) => writing(location(stack, 'Data')), {
    needed: { [MULTIPART]: upload('data/a.csv') },
    beside: [put('other/a.csv'), get('data/a.csv'), list('data'), remove('data/a.csv')],
  }),
  ...['s3://data/train/', 's3://data/train'].map((uri) =>
    processing(`an output to a URI that the deployment knows, ${uri}`, (stack) =>
      writing(S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString)), {
      needed: { [MULTIPART]: upload('data/train/a.csv') },
      beside: [put('data/other/a.csv'), put('other/train/a.csv'), get('data/train/a.csv'), list('data', 'train/'), remove('data/train/a.csv')],
      parameters: { Uri: uri },
    })),
  processing('an output to a bucket with a KMS key', (stack) => writing(location(stack, 'Data', 'train/', { encryptionKey: new Key(stack, 'DataKey') })), {
    needed: { [MULTIPART]: [...upload('data/train/a.csv'), decrypt('DataKey')], [SSE_KMS]: [generateDataKey('DataKey')] },
    beside: [call('kms:Encrypt', key('DataKey')), createGrant('DataKey'), generateDataKey('OtherKey')],
  }),
];

const code: Feature[] = [
  processing('code of the app', () => ({ code: ProcessingCode.fromAsset(SCRIPT) }), {
    needed: { [PROCESSING]: download(ASSETS, SCRIPT_KEY, SCRIPT_KEY) },
    beside: [put(`${ASSETS}/${SCRIPT_KEY}`), remove(`${ASSETS}/${SCRIPT_KEY}`), list(ASSETS), get(`other/${SCRIPT_KEY}`)],
  }),
  processing('code in S3', (stack) => ({ code: ProcessingCode.fromS3(location(stack, 'Data', 'code/prepare.py')) }), {
    needed: { [PROCESSING]: download('data', 'code/prepare.py', 'code/prepare.py') },
    beside: [get('data/code/other.py'), list('data', 'code/other.py'), put('data/code/prepare.py'), remove('data/code/prepare.py')],
  }),
];

const accessOfTheApplication: Feature[] = [
  processing('a prefix that the application reads', (stack) => reading(location(stack, 'Data', 'raw/'), appManaged), {
    needed: { [S3A]: s3aRead('data', 'raw') },
    beside: [
      get('data/rawer/a.csv'), get('data/other/a.csv'), list('data'), list('data', ''), list('data', 'rawer'), list('other', 'raw/'),
      put('data/raw/a.csv'), remove('data/raw/a.csv'), abort('data/raw/a.csv'),
    ],
  }),
  processing('an object that the application reads', (stack) => reading(S3Location.fromAsset(new Asset(stack, 'Script', { path: SCRIPT })), appManaged), {
    needed: { [S3A]: s3aReadObject(ASSETS, SCRIPT_KEY) },
    beside: [list(ASSETS), get(`${ASSETS}/other.py`), put(`${ASSETS}/${SCRIPT_KEY}`), remove(`${ASSETS}/${SCRIPT_KEY}`)],
  }),
  processing('a whole bucket that the application reads', (stack) => reading(location(stack, 'Data'), appManaged), {
    needed: { [S3A]: [list('data', ''), list('data', 'raw/'), get('data/raw/a.csv')] },
    beside: [list('other'), get('other/a.csv'), put('data/a.csv'), remove('data/a.csv')],
  }),
  processing('a prefix that the application writes', (stack) => writing(location(stack, 'Data', 'costs/'), appManaged), {
    needed: { [S3A]: s3aWrite('data', 'costs') },
    beside: [
      put('data/costs-2024/a.csv'), remove('data/other/a.csv'), get('data/other/a.csv'), list('data'), list('data', 'other/'), put('other/costs/a.csv'),
    ],
  }),
  processing('a prefix without a slash that the application writes', (stack) => writing(location(stack, 'Data', 'costs'), appManaged), {
    needed: { [S3A]: s3aWrite('data', 'costs') },
    beside: [put('data/costs-2024/a.csv'), get('data/costs-2024/a.csv'), list('data', 'costs-2024'), remove('data/costs.csv')],
  }),
  processing('a whole bucket that the application writes', (stack) => writing(location(stack, 'Data'), appManaged), {
    needed: { [S3A]: [list('data', ''), list('data'), get('data/a.csv'), put('data/a.csv'), abort('data/a.csv'), remove('data/a.csv')] },
    beside: [put('other/a.csv'), remove('other/a.csv'), get('other/a.csv'), list('other')],
  }),
  processing('a bucket with a KMS key that the application writes', (stack) =>
    writing(location(stack, 'Data', 'costs/', { encryptionKey: new Key(stack, 'DataKey') }), appManaged), {
    needed: { [S3A]: s3aWrite('data', 'costs'), [SSE_KMS]: [decrypt('DataKey'), generateDataKey('DataKey')] },
    beside: [decrypt('OtherKey'), createGrant('DataKey')],
  }),
  processing('Spark that reads and writes', (stack) => ({
    image: ProcessingImage.spark(SparkVersion.V3_5),
    arguments: ['--class', 'Costs', 's3://code/costs.jar'],
    ...reading(location(stack, 'Data', 'raw/'), appManaged),
    ...writing(location(stack, 'Results', 'costs/'), appManaged),
  }), {
    needed: { [S3A]: [...s3aRead('data', 'raw'), ...s3aWrite('results', 'costs')] },
    beside: [put('data/raw/a.csv'), remove('data/raw/a.csv'), get('results/other/a.csv'), remove('results/other/a.csv')],
  }, SPARK_IMAGE),
  {
    ...processing('locations that the arguments name, granted by the user', () => ({}), {
      needed: { [S3A]: [...s3aRead('data', 'raw'), ...s3aWrite('data', 'costs')] },
      beside: [put('data/raw/a.csv'), remove('data/raw/a.csv'), get('data/other/a.csv'), list('data', 'other/')],
    }),
    define: (stack) => {
      const [raw, costs] = [location(stack, 'Data', 'raw/'), location(stack, 'Data', 'costs/')];
      const job = newJob(stack, { arguments: ['--raw', raw.uri, '--costs', costs.uri] });
      raw.grantRead(job);
      costs.grantWrite(job);
      return job;
    },
  },
];

export const S3_FEATURES: Feature[] = [...inputs, bucketOfAnotherAccount, ...outputs, ...code, ...accessOfTheApplication];
