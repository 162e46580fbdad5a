import { JobProperties } from '../../provider/contract';
import { isQuota, textOf } from '../services/errors';

/** The members of the requests of all kinds that advice names. */
interface Request {
  readonly AppSpecification?: { readonly ImageUri?: string };
  readonly ProcessingResources?: { readonly ClusterConfig?: { readonly InstanceType?: string } };
  readonly RoleArn?: string;
  readonly ExecutionRoleArn?: string;
}

/** What to do about an error of a Create call, in the terms of the template. The service mostly says only what is wrong. */
export function adviceOn(error: unknown, properties: JobProperties, region: string): string | undefined {
  const text = textOf(error);
  const { AppSpecification, ExecutionRoleArn, ProcessingResources, RoleArn = ExecutionRoleArn } = properties.Request as Request;
  const image = AppSpecification?.ImageUri;
  const instanceType = ProcessingResources?.ClusterConfig?.InstanceType;

  if (isQuota(error)) return 'Ask for more of this quota in the Service Quotas console, use another instance type, or wait until other jobs have ended.';

  const denied = /assumed-role\/([^/\s]+)\S* is not authorized to perform: (\S+?)(?: on resource: (\S+?))?(?=[.,]?(?:\s|$))/.exec(text);
  if (denied) {
    const [, role, action, resource] = denied;
    return `The role ${role} needs ${action}${resource ? ` on ${resource}` : ''}: grant it, or look for what denies it (a boundary, a policy of the organization).`;
  }
  if (/could not assume role/i.test(text)) return `The role ${RoleArn} must exist, and let sagemaker.amazonaws.com assume it (sts:AssumeRole).`;
  if (/unauthorized to list objects/i.test(text)) return `The role ${RoleArn} needs s3:ListBucket and s3:GetObject there, and kms:Decrypt where a key encrypts it.`;

  if (/instance ?type/i.test(text) && instanceType !== undefined && text.includes(instanceType)) {
    return `${instanceType} seems not to be offered for this kind of job in ${region}: choose another instanceType, or another Region.`;
  }
  if (/access denied for registryid|image/i.test(text) && image !== undefined) {
    return `The image has to be in ${region} or public, and the role ${RoleArn} has to be allowed to pull it (ecr:BatchGetImage): ${image}`;
  }
  return undefined;
}
