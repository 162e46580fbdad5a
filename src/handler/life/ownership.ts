import { createHash } from 'crypto';
import { DEFINITION_TAG, FORMERLY_TAG, JobProperties, JobTag, OWNERSHIP_TAG_PREFIX, REQUEST_TAG, RESOURCE_TAG, STACK_TAG } from '../../provider/contract';
import { CloudFormationEvent } from '../event';

/** The tags of a job, by key. */
export type Tags = Readonly<Record<string, string>>;

type JobEvent = CloudFormationEvent<JobProperties>;

/** The tags that make a job ours. The tag of the request stays on a disowned job, so that a repeated delivery does not start another. */
export const OWNERSHIP_TAGS = [STACK_TAG, RESOURCE_TAG, DEFINITION_TAG];

/** The ownership tags of a new job. The Create call itself writes them, so that a crash cannot leave a job without an owner. */
export function ownershipTags(event: JobEvent, definition: string): JobTag[] {
  return [
    { Key: STACK_TAG, Value: event.StackId },
    { Key: RESOURCE_TAG, Value: event.LogicalResourceId },
    { Key: DEFINITION_TAG, Value: definition },
    { Key: REQUEST_TAG, Value: requestOf(event) },
  ];
}

/** Identifies a request by a hash that includes its URL, which is secret. CloudFormation may use the id alone again. */
export function requestOf({ RequestId, ResponseURL }: CloudFormationEvent): string {
  return `${RequestId}/${createHash('sha256').update(ResponseURL).digest('hex').slice(0, 10)}`;
}

export function isOurs(tags: Tags, event: JobEvent): boolean {
  return tags[STACK_TAG] === event.StackId && tags[RESOURCE_TAG] === event.LogicalResourceId;
}

export function isOursToDo(tags: Tags, event: JobEvent, definition: string): boolean {
  return isOurs(tags, event) && tags[DEFINITION_TAG] === definition;
}

export function isStartedBy(tags: Tags, event: JobEvent): boolean {
  return tags[REQUEST_TAG] === requestOf(event);
}

export function wasOurs(tags: Tags, event: JobEvent): boolean {
  return !(STACK_TAG in tags) && tags[FORMERLY_TAG] === formerOwner(event);
}

export function ownerText(tags: Tags, event: JobEvent): string {
  if (isOurs(tags, event)) return 'this resource';
  if (STACK_TAG in tags) return `the resource ${tags[RESOURCE_TAG]} of the stack ${tags[STACK_TAG]}`;
  if (wasOurs(tags, event)) return 'an earlier run of this resource';
  return FORMERLY_TAG in tags ? `a resource that has let it go (${tags[FORMERLY_TAG]})` : 'somebody else';
}

/** The most tags that the service allows. */
const MOST_TAGS = 50;
/** The most characters that the service allows in the value of a tag. */
const TAG_VALUE_LENGTH = 256;

/**
 * The steps that disown a job. It is ours until the last step, so that a failed step is tried again. A tag notes the former owner; a job
 * with the maximum number of tags makes room for it first.
 */
export function disownment(tags: Tags, event: JobEvent): TagChanges[] {
  const isFull = Object.keys(tags).length >= MOST_TAGS && DEFINITION_TAG in tags;
  return [
    ...isFull ? [{ add: [], remove: [DEFINITION_TAG] }] : [],
    { add: [{ Key: FORMERLY_TAG, Value: formerOwner(event) }], remove: [] },
    { add: [], remove: OWNERSHIP_TAGS },
  ];
}

/** `stack name/id of the stack/logical id`, cut to the longest value of a tag. */
function formerOwner({ LogicalResourceId, StackId }: JobEvent): string {
  return `${StackId.slice(StackId.indexOf('/') + 1)}/${LogicalResourceId}`.slice(0, TAG_VALUE_LENGTH);
}

export interface TagChanges {
  readonly add: JobTag[];
  readonly remove: string[];
}

/**
 * The changes that make the tags of a job those of the template. Only tags that the template had before are removed, since others may be
 * somebody else's. Tags that the template has changed are always written, since the service may not show an earlier change yet.
 */
export function tagChanges(actual: Tags, wanted: readonly JobTag[] = [], before?: readonly JobTag[]): TagChanges {
  const mayChange = ({ Key }: JobTag) => !Key.startsWith(OWNERSHIP_TAG_PREFIX);
  const isIn = (tags: readonly JobTag[], { Key, Value }: JobTag) => tags.some((tag) => tag.Key === Key && tag.Value === Value);
  return {
    add: wanted.filter(mayChange).filter((tag) => actual[tag.Key] !== tag.Value || (before !== undefined && !isIn(before, tag))),
    remove: (before ?? []).filter(mayChange).map(({ Key }) => Key).filter((key) => !wanted.some(({ Key }) => Key === key)),
  };
}
