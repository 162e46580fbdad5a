import { describeFormer } from './former-job';
import { TaggedJob } from './jobs';
import { hasInterfaces, letGo, letGoOf } from './letting-go';
import { Look } from './look';
import { definitionOf, isNameOf, physicalJobName } from './names';
import { ourJobs } from './our-jobs';
import { done, Outcome, waiting } from './outcome';
import { isOurs, isOursToDo } from './ownership';

/** Lets go of the job that the physical id names. If it names none, lets go of all jobs of the properties. */
export async function deleteJob(look: Look): Promise<Outcome> {
  const { event, event: { ResourceProperties: properties }, operation } = look;
  const name = physicalJobName(event);
  if (name === undefined) return deleteUnnamed(look);
  const job = await describeFormer(look, name);
  // SageMaker may not yet list a job that was just started.
  if (!job && !operation.isSecondLook) return waiting(`looking once more for ${name}`);
  if (job && !isOurs(job.tags, event)) return done(`${name} is not ours`);
  const others = await othersOfProperties(look, job);
  if (others.length > 0) return letGo(look, others, properties);
  if (!job) return await hasInterfaces(look, name, properties) ? waiting(`waiting for the network interfaces of ${name}`) : done(`${name} is gone`);
  return await letGoOf(look, job, properties) ? done(`let ${name} go`) : waiting(`letting go of ${name}, which is ${job.status}`);
}

/** Handles a Delete whose physical id is not a job's name, because the Create failed or was cancelled. */
async function deleteUnnamed(look: Look): Promise<Outcome> {
  const { event: { ResourceProperties: properties }, operation } = look;
  const { jobs } = await ourJobs(look, properties);
  // If the stack was not rolled back after its Create failed, a later Create may have started its present job.
  const present = jobs.length > 0 ? await operation.presentId() : undefined;
  const left = jobs.filter((job) => job.name !== present);
  if (left.length > 0) return letGo(look, left, properties);
  if (jobs.length > 0) return done(`${present} is the stack's by now`);
  // The handler of a cancelled Create may still be running.
  return operation.isSecondLook ? done('there is no job') : waiting('looking once more for a job');
}

/** After a failed update without a rollback, the properties may belong to a job that CloudFormation does not know. Returns such jobs. */
async function othersOfProperties(look: Look, job: TaggedJob | undefined): Promise<readonly TaggedJob[]> {
  const { event, event: { ResourceProperties: properties }, operation } = look;
  const isOfProperties = job && isNameOf(job.name, properties) && isOursToDo(job.tags, event, definitionOf(properties));
  if (isOfProperties || await operation.presentId() !== undefined) return [];
  return (await ourJobs(look, properties)).jobs;
}
