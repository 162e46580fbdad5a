/** Calls that are similar to needed ones, but not needed. */
import { ACCOUNT, OTHER_ACCOUNT, REGION } from './deployed';
import { Call, describeCall } from './judge';

/** The most harmful actions, by the prefix of the ARNs that they apply to. */
const HARM: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^arn:aws:s3:::[^/]+$/, ['s3:DeleteBucket', 's3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:PutEncryptionConfiguration']],
  [/^arn:aws:s3:::[^/]+\//, ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:PutObjectAcl']],
  [/^arn:aws:kms:/, ['kms:CreateGrant', 'kms:DisableKey', 'kms:Encrypt', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']],
  [/^arn:aws:ecr:/, ['ecr:BatchDeleteImage', 'ecr:DeleteRepository', 'ecr:PutImage', 'ecr:SetRepositoryPolicy']],
  [/^arn:aws:logs:.*:log-stream:/, ['logs:DeleteLogStream', 'logs:GetLogEvents']],
  [/^arn:aws:logs:[^/]*[^:]*:$/, ['logs:DeleteLogGroup', 'logs:FilterLogEvents', 'logs:PutRetentionPolicy']],
  [/^arn:aws:glue:.*:database\//, ['glue:CreateDatabase', 'glue:DeleteDatabase', 'glue:UpdateDatabase']],
  [/^arn:aws:glue:.*:table\//, ['glue:CreateTable', 'glue:DeleteTable', 'glue:UpdateTable']],
  [/^arn:aws:athena:.*:workgroup\//, ['athena:DeleteWorkGroup', 'athena:UpdateWorkGroup']],
  [/^arn:aws:redshift:.*:cluster:/, ['redshift:DeleteCluster', 'redshift:PauseCluster']],
  [/^arn:aws:iam:/, ['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:PassRole', 'iam:PutRolePolicy', 'sts:AssumeRole']],
  [/^arn:aws:sagemaker:.*:feature-group\//, ['sagemaker:DeleteFeatureGroup', 'sagemaker:DeleteRecord', 'sagemaker:UpdateFeatureGroup']],
  [/^arn:aws:sagemaker:.*:model\//, ['sagemaker:CreateModel', 'sagemaker:DeleteModel']],
  [/^arn:aws:sagemaker:.*:endpoint\//, ['sagemaker:DeleteEndpoint', 'sagemaker:UpdateEndpoint', 'sagemaker:UpdateEndpointWeightsAndCapacities']],
  [/^arn:aws:sagemaker:.*:processing-job\//, ['sagemaker:DeleteProcessingJob']],
];

/** The same call on a resource of another account or Region, and the most harmful calls on the same resource. */
export function neighboursOf(needed: readonly Call[]): Call[] {
  const isNeeded = new Set(needed.map(({ action, on }) => `${action} on ${on}`));
  const elsewhere = needed.flatMap(({ on, ...rest }) => [on.replace(`:${ACCOUNT}:`, `:${OTHER_ACCOUNT}:`), on.replace(`:${REGION}:`, ':us-west-2:')]
    .filter((other) => other !== on).map((other) => ({ ...rest, on: other })));
  const harmful = needed.flatMap(({ on }) => HARM.filter(([resources]) => resources.test(on))
    .flatMap(([, actions]) => actions.map((action) => ({ action, on }))));
  const neighbours = [...elsewhere, ...harmful].filter(({ action, on }) => !isNeeded.has(`${action} on ${on}`));
  return [...new Map(neighbours.map((call) => [describeCall(call), call])).values()];
}
