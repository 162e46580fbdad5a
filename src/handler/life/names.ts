import { createHash } from 'crypto';
import { JobProperties, NAME_HASH_LENGTH } from '../../provider/contract';
import { CloudFormationEvent } from '../event';

/**
 * The hash of a job's definition. The same definition never runs twice. It uses the properties as delivered, before their types are
 * restored, so that a newer service model in the handler cannot change it.
 */
export function definitionOf(properties: JobProperties): string {
  return createHash('sha256').update(canonicalJson({ Request: properties.Request, RerunTrigger: properties.RerunTrigger })).digest('hex');
}

/**
 * The name of the job: given or generated. A generated name follows from the definition and the resource, so that a repeated delivery
 * finds the job that an earlier one has started. The service has no other idempotency key.
 */
export function jobName(event: CloudFormationEvent<JobProperties>, properties: JobProperties, attempt: number): string {
  return properties.JobName
    ?? `${properties.JobNamePrefix}-${nameHash([event.StackId, event.LogicalResourceId, definitionOf(properties), attempt])}`;
}

/**
 * The physical id, if it is a job's name. It is not a job's name before a job was started, or when CloudFormation cancelled a Create
 * before its answer and generated an id from stack name, logical id and random characters. Both kinds of id contain the logical id.
 */
export function physicalJobName(event: CloudFormationEvent<JobProperties>): string | undefined {
  const id = event.PhysicalResourceId!;
  if (isNameOf(id, event.ResourceProperties)) return id;
  // Any other id is the name of a job from before a change of `JobName` or `JobNamePrefix`.
  return id.includes(event.LogicalResourceId) ? undefined : id;
}

/** Whether a name follows from `JobName` or `JobNamePrefix` of the properties. */
export function isNameOf(name: string, { JobName: given, JobNamePrefix: prefix }: JobProperties): boolean {
  const isGenerated = prefix !== undefined
    && name.startsWith(`${prefix}-`)
    && new RegExp(`^[0-9a-z]{${NAME_HASH_LENGTH}}$`).test(name.slice(prefix.length + 1));
  return name === given || isGenerated;
}

/** More attempts than a definition has had. */
const MOST_ATTEMPTS = 100;

/** Whether a name follows from the definition of an event, in whichever attempt. */
export function isNameOfDefinition(name: string, event: CloudFormationEvent<JobProperties>): boolean {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (jobName(event, event.ResourceProperties, attempt) === name) return true;
  }
  return false;
}

function nameHash(parts: unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, NAME_HASH_LENGTH);
}

/** JSON with sorted keys and all scalars as strings. CloudFormation delivers keys in any order and most scalars as strings. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (Array.isArray(part) || part === null || part === undefined) return part;
    if (typeof part === 'object') return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return String(part);
  });
}
