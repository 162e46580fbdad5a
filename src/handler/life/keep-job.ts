import { secondsSinceStart } from '../event';
import { TaggedJob } from './jobs';
import { Look } from './look';
import { definitionOf, isNameOfDefinition, physicalJobName } from './names';
import { Direction } from './operation';
import { ourJobs } from './our-jobs';
import { done, Outcome, waiting } from './outcome';
import { isOurs, isOursToDo, tagChanges } from './ownership';
import { isTransient, NotYetError, textOf } from '../services/errors';

/** How long a rollback tries to update tags. */
const TAGS_SECONDS = 300;

/** Whether an Update describes the same job as before. Its tags may differ. */
export function isUnchanged({ event: { OldResourceProperties: old, RequestType, ResourceProperties: properties } }: Look): boolean {
  return RequestType === 'Update'
    && old !== undefined
    && old.JobName === properties.JobName
    && old.JobNamePrefix === properties.JobNamePrefix
    && definitionOf(old) === definitionOf(properties);
}

/** Whether an Update describes the job that the resource has already. */
export function isOfPresentJob(look: Look): boolean {
  return isUnchanged(look) && physicalJobName(look.event) !== undefined;
}

/**
 * Keeps the present job of the resource when its definition and name have not changed. The job does not run again even if its record
 * is gone. Returns undefined if the present job has another definition, which a failed or skipped rollback can leave behind.
 */
export async function keepUnchanged(look: Look, direction: Direction): Promise<Outcome | undefined> {
  if (!isOfPresentJob(look)) return undefined;
  const { event, jobs, operation } = look;
  const name = event.PhysicalResourceId;
  return orAsItIs(look, name, direction, async () => {
    const job = await jobs.describeWithTags(name);
    if (!job) return operation.isSecondLook ? keepOther(look) : waiting(`looking once more for ${name}`);
    if (!isOurs(job.tags, event)) return done(`kept ${name}`, { id: name });
    return isOursToDo(job.tags, event, definitionOf(event.ResourceProperties)) ? withItsTags(look, job) : undefined;
  });
}

/** Keeps an earlier job of the properties. */
export async function keepEarlier(look: Look, job: TaggedJob): Promise<Outcome | undefined> {
  return orAsItIs(look, job.name, 'back', async () => withItsTags(look, job));
}

/** Updates the tags of a job to those of the template. */
export async function syncTags({ event, jobs, operation }: Look, job: TaggedJob): Promise<void> {
  const changes = tagChanges(job.tags, event.ResourceProperties.Tags, event.OldResourceProperties?.Tags);
  if (changes.add.length === 0 && changes.remove.length === 0) return;
  // A function that was paused for minutes must not write the tags of an operation that is over.
  const direction = await operation.direction();
  if (direction === 'unclear') throw new NotYetError('The stack operation of this event is over.');
  if (direction !== 'over') await jobs.changeTags(job, changes);
}

/**
 * Handles a missing record. It may belong to the previous job, when an update failed: that has started another, which CloudFormation
 * does not know, or none.
 */
async function keepOther(look: Look): Promise<Outcome | undefined> {
  const { event, event: { PhysicalResourceId: name, ResourceProperties: properties } } = look;
  const { jobs: [job] } = await ourJobs(look, properties);
  if (job) return withItsTags(look, job);
  return isNameOfDefinition(name, event) ? done(`kept ${name}, whose record is gone`, { id: name }) : undefined;
}

async function withItsTags(look: Look, job: TaggedJob): Promise<Outcome> {
  await syncTags(look, job);
  return done(`kept ${job.name}`, { id: job.name });
}

/** Keeps the job in a rollback even if the service cannot be reached for minutes: a failed rollback is worse than a wrong tag. */
async function orAsItIs(
  { event, services }: Look, name: string, direction: Direction, keep: () => Promise<Outcome | undefined>,
): Promise<Outcome | undefined> {
  try {
    return await keep();
  } catch (error) {
    const isTriedAgain = isTransient(error) && secondsSinceStart(event, services) < TAGS_SECONDS;
    if (direction !== 'back' || isTriedAgain) throw error;
    return done(`kept ${name}, with the tags it has: ${textOf(error)}`, { id: name });
  }
}
