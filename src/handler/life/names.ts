import { createHash } from 'crypto';
import { JobProperties, NAME_HASH_LENGTH } from '../../provider/contract';
import { CloudFormationEvent } from '../event';

/**
 * What a job does, as a hash: the same definition never runs twice. It is taken of the properties as they were
 * delivered, before types are restored, so that a newer service model in the handler cannot change it.
 */
export function definitionOf(properties: JobProperties): string {
  return createHash('sha256').update(canonicalJson({ Request: properties.Request, RerunTrigger: properties.RerunTrigger })).digest('hex');
}

/**
 * The name of the job: given, or generated. A generated one is a function of what the job does and whose it is,
 * so that a repeated delivery finds the job that an earlier one started. The service knows no other idempotency key.
 */
export function jobName(event: CloudFormationEvent<JobProperties>, properties: JobProperties, attempt: number): string {
  return properties.JobName
    ?? `${properties.JobNamePrefix}-${nameHash([event.StackId, event.LogicalResourceId, definitionOf(properties), attempt])}`;
}

/**
 * The physical id when it is a job's name. It is none when no job was started yet, or when CloudFormation made the
 * id up (from stack name, logical id and random characters) because it cancelled a Create that had not answered:
 * both contain the logical id.
 */
export function physicalJobName(event: CloudFormationEvent<JobProperties>): string | undefined {
  const id = event.PhysicalResourceId!;
  if (isNameOf(id, event.ResourceProperties)) return id;
  // Whatever is left is the name of a job from before its name settings changed.
  return id.includes(event.LogicalResourceId) ? undefined : id;
}

/** Whether a name follows the name settings of properties. */
export function isNameOf(name: string, { JobName: given, JobNamePrefix: prefix }: JobProperties): boolean {
  const isGenerated = prefix !== undefined
    && name.startsWith(`${prefix}-`)
    && new RegExp(`^[0-9a-z]{${NAME_HASH_LENGTH}}$`).test(name.slice(prefix.length + 1));
  return name === given || isGenerated;
}

function nameHash(parts: unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, NAME_HASH_LENGTH);
}

/** Scalars are written as strings, as CloudFormation delivers them mostly; keys in order, as it delivers them in any. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (Array.isArray(part) || part === null || part === undefined) return part;
    if (typeof part === 'object') return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return String(part);
  });
}
