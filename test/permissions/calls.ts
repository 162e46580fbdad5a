/** The calls that services, containers and libraries make as a job's role. */
import { ACCOUNT, REGION } from './deployed';
import { Call } from './judge';

export const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
export const key = (name: string) => arn('kms', `key/${name}`);

const onObject = (action: string) => (path: string): Call => ({ action: `s3:${action}`, on: `arn:aws:s3:::${path}` });
export const get = onObject('GetObject');
export const put = onObject('PutObject');
export const abort = onObject('AbortMultipartUpload');
export const remove = onObject('DeleteObject');
/** A call that lists the keys with a prefix, or all keys. */
export const list = (bucket: string, prefix?: string): Call => ({
  action: 's3:ListBucket', on: `arn:aws:s3:::${bucket}`, ...prefix !== undefined && { context: { 's3:prefix': prefix } },
});

export const call = (action: string, on: string, context?: Call['context']): Call => ({ action, on, ...context && { context } });
export const calls = (service: string, actions: readonly string[], ...resources: string[]): Call[] =>
  actions.flatMap((action) => resources.map((on) => call(`${service}:${action}`, on)));

export const decrypt = (name: string) => call('kms:Decrypt', key(name));
export const generateDataKey = (name: string) => call('kms:GenerateDataKey', key(name));
/** The grant on a key with which the volumes of instances are attached. An AWS service requests it on behalf of the role. */
export const createGrant = (name: string, isForAwsResource = true) => call('kms:CreateGrant', key(name), {
  'kms:GrantIsForAWSResource': String(isForAwsResource),
});

const PULL = ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'];
export const repository = (name: string, account = ACCOUNT, region = REGION) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
export const pull = (...repositories: string[]): Call[] => [call('ecr:GetAuthorizationToken', '*'), ...calls('ecr', PULL, ...repositories)];

/** The calls by which SageMaker copies data to the instances: it lists the prefix of the location and gets the objects. */
export const download = (bucket: string, prefix: string, ...keys: string[]): Call[] =>
  [list(bucket, prefix), ...keys.map((object) => get(`${bucket}/${object}`))];

/** The calls by which SageMaker copies data from the instances. Large files are copied in parts. */
export const upload = (path: string): Call[] => [put(path), abort(path)];

/** The calls by which S3A reads a prefix: it looks for an object with the prefix's name, then for objects below it. */
export const s3aRead = (bucket: string, path: string): Call[] => [
  get(`${bucket}/${path}`), list(bucket, path), list(bucket, `${path}/`), list(bucket, `${path}/2024/`), get(`${bucket}/${path}/2024/part-0`),
];

/** The calls by which S3A reads one object. Versions up to 3.2 also look for the marker of a folder. */
export const s3aReadObject = (bucket: string, object: string): Call[] =>
  [get(`${bucket}/${object}`), get(`${bucket}/${object}/`), list(bucket, object), list(bucket, `${object}/`)];

/** The calls by which S3A writes below a prefix: it looks for existing objects, and removes markers of folders and temporary objects. */
export const s3aWrite = (bucket: string, path: string): Call[] => [
  list(bucket, path), list(bucket, `${path}/`), list(bucket, `${path}/_temporary/0/`),
  ...[path, `${path}/`, `${path}/_temporary/0/part-0`, `${path}/part-0`]
    .flatMap((object) => [get, put, abort, remove].map((access) => access(`${bucket}/${object}`))),
];

/** The calls that write the log and the metrics of a processing job. */
export const logsAndMetrics = (jobName: string, group = '/aws/sagemaker/ProcessingJobs'): Call[] => [
  ...calls('logs', ['CreateLogGroup', 'DescribeLogStreams'], arn('logs', `log-group:${group}:`)),
  ...calls('logs', ['CreateLogStream', 'PutLogEvents'], arn('logs', `log-group:${group}:log-stream:${jobName}/algo-1-1700000000`)),
  call('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': group }),
];

/** The calls for the network interfaces of a job in a VPC. */
export const interfaces = (subnets: string[], groups: string[]): Call[] => [
  ...calls('ec2', ['CreateNetworkInterface'], arn('ec2', 'network-interface/*'), ...subnets.map((id) => arn('ec2', `subnet/${id}`)),
    ...groups.map((id) => arn('ec2', `security-group/${id}`))),
  ...calls('ec2', ['CreateNetworkInterfacePermission', 'DeleteNetworkInterface', 'DeleteNetworkInterfacePermission'],
    arn('ec2', 'network-interface/eni-1')),
  ...calls('ec2', ['DescribeDhcpOptions', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'], '*'),
];
