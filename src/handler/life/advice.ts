import { JobProperties } from '../../provider/contract';
import { areCredentialsRefused, isExplicitDenial, isQuota, textOf } from '../services/errors';

/** The members of requests that advice refers to. */
interface Request {
  readonly AppSpecification?: { readonly ImageUri?: string };
  readonly ProcessingResources?: { readonly ClusterConfig?: { readonly InstanceType?: string } };
  readonly RoleArn?: string;
  readonly ExecutionRoleArn?: string;
}

/** Appends advice to a text as a separate sentence. */
export function withAdvice(text: string, advice: string | undefined): string {
  if (!advice) return text;
  return `${text.trimEnd()}${/[.!?:]['")\]]*\s*$/.test(text) ? '' : '.'} ${advice}`;
}

/** Advice on an error of a Create call, in the words of the template. The service mostly says only what is wrong. */
export function adviceOn(error: unknown, properties: JobProperties, region: string): string | undefined {
  const text = textOf(error);
  const { AppSpecification, ExecutionRoleArn, ProcessingResources, RoleArn = ExecutionRoleArn } = properties.Request as Request;
  const image = AppSpecification?.ImageUri;
  const instanceType = ProcessingResources?.ClusterConfig?.InstanceType;

  if (isQuota(error)) return adviceOnQuota(text);

  const onDenial = adviceOnDenial(error);
  if (onDenial !== undefined) return onDenial;
  if (/could not assume role/i.test(text)) return `The role ${RoleArn} must exist, and let sagemaker.amazonaws.com assume it (sts:AssumeRole).`;
  if (/unauthorized to list objects/i.test(text)) return `The role ${RoleArn} needs s3:ListBucket and s3:GetObject there, and kms:Decrypt where a key encrypts it.`;

  if (/instance ?type/i.test(text) && instanceType !== undefined && text.includes(instanceType)) {
    return `${instanceType} seems not to be offered for this kind of job in ${region}: choose another instanceType, or another Region.`;
  }
  if (/manifest media type|image\.index|manifest\.list/i.test(text)) {
    return 'The service takes an image for one architecture, not an index of several. Push one that is built with '
      + `"docker buildx build --platform linux/amd64 --provenance=false"${image === undefined ? '.' : `: ${image}`}`;
  }
  if (image !== undefined && isAboutImage(text)) {
    return `The image has to be in a private ECR repository in ${region}, and the role ${RoleArn} has to be allowed to pull it (ecr:BatchGetImage): ${image}`;
  }
  return undefined;
}

/** Whether a text speaks of images, and not only of a bucket, role or value that is called so. */
function isAboutImage(text: string): boolean {
  const withoutValues = text.replace(/\w+:\/\/\S+|\barn:\S+|(?<!\w)'[^']*'(?!\w)|"[^"]*"/g, '');
  return /access denied for registryid|imageuri/i.test(text) || /(?<![\w-])(image|repository)(?![\w-])/i.test(withoutValues);
}

/** Advice on a permission that the role of the provider lacks, or on credentials of it that are refused. */
export function adviceOnDenial(error: unknown): string | undefined {
  if (areCredentialsRefused(error)) {
    return "The service refuses the credentials of the provider's function: see whether the role of the function exists, was made again under "
      + 'the same name, or has had its sessions revoked.';
  }
  const denied = /assumed-role\/([^/\s]+)\S* is not authorized to perform: (\S+?)(?: on resource: (\S+?))?(?=[.,]?(?:\s|$))/.exec(textOf(error));
  if (!denied) return undefined;
  const [, role, action, resource] = denied;
  const remedy = isExplicitDenial(error) ? 'look for what denies it, for no grant is stronger' : 'grant it, or look for what denies it';
  return `The role ${role} needs ${action}${resource ? ` on ${resource}` : ''}: ${remedy} (a boundary, a policy of the organization).`;
}

/** Advice on a quota, by its name: `ml.m5.large for processing job usage`, `Size of EBS volume for a processing job instance`. */
function adviceOnQuota(text: string): string {
  const [, quota = text] = /service limit '([^']+)'/.exec(text) ?? [];
  const [, used = '1'] = /current utilization of (\d+)/.exec(text) ?? [];
  const less = /\bml\.\w+\.\w+/.test(quota) ? ['use another instance type']
    : /EBS|volume/i.test(quota) ? ['use a smaller volume']
      : /run ?time/i.test(quota) ? ['allow less run time']
        : /instances/i.test(quota) ? ['use fewer instances'] : [];
  const ways = ['Ask for more of this quota in the Service Quotas console', ...less, ...used === '0' ? [] : ['wait until other jobs have ended']];
  return `${ways.slice(0, -1).join(', ')}${ways.length > 1 ? ', or ' : ''}${ways.at(-1)}.`;
}
