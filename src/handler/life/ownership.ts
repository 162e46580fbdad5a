import { DEFINITION_TAG, JobProperties, JobTag, OWNERSHIP_TAG_PREFIX, REQUEST_TAG, RESOURCE_TAG, STACK_TAG } from '../../provider/contract';
import { CloudFormationEvent } from '../event';

/** The tags of a job, by key. */
export type Tags = Readonly<Record<string, string>>;

type JobEvent = CloudFormationEvent<JobProperties>;

/** What makes a job ours. The request stays when we let go of a job, so that a repeated delivery of it does not start another. */
export const OWNERSHIP_TAGS = [STACK_TAG, RESOURCE_TAG, DEFINITION_TAG];

/** They are written by the Create call itself: written later, a crash in between would leave a job that nobody owns. */
export function ownershipTags(event: JobEvent, definition: string): JobTag[] {
  return [
    { Key: STACK_TAG, Value: event.StackId },
    { Key: RESOURCE_TAG, Value: event.LogicalResourceId },
    { Key: DEFINITION_TAG, Value: definition },
    { Key: REQUEST_TAG, Value: event.RequestId },
  ];
}

export function isOurs(tags: Tags, event: JobEvent): boolean {
  return tags[STACK_TAG] === event.StackId && tags[RESOURCE_TAG] === event.LogicalResourceId;
}

export function isOursToDo(tags: Tags, event: JobEvent, definition: string): boolean {
  return isOurs(tags, event) && tags[DEFINITION_TAG] === definition;
}

export function isStartedBy(tags: Tags, event: JobEvent): boolean {
  return tags[REQUEST_TAG] === event.RequestId;
}

export function ownerText(tags: Tags, event: JobEvent): string {
  if (isOurs(tags, event)) return 'this resource';
  return STACK_TAG in tags ? `the resource ${tags[RESOURCE_TAG]} of the stack ${tags[STACK_TAG]}` : 'somebody else, or of a resource that was deleted';
}

export interface TagChanges {
  readonly add: JobTag[];
  readonly remove: string[];
}

/**
 * Only what the template put on the job, and no longer does, is removed: other tags may be somebody else's. What the template
 * has changed is written whatever the service says, for it may not tell yet of an earlier change.
 */
export function tagChanges(actual: Tags, wanted: readonly JobTag[] = [], before?: readonly JobTag[]): TagChanges {
  const mayChange = ({ Key }: JobTag) => !Key.startsWith(OWNERSHIP_TAG_PREFIX);
  const isIn = (tags: readonly JobTag[], { Key, Value }: JobTag) => tags.some((tag) => tag.Key === Key && tag.Value === Value);
  return {
    add: wanted.filter(mayChange).filter((tag) => actual[tag.Key] !== tag.Value || (before !== undefined && !isIn(before, tag))),
    remove: (before ?? []).filter(mayChange).map(({ Key }) => Key).filter((key) => !wanted.some(({ Key }) => Key === key)),
  };
}
