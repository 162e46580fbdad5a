import { secondsSinceStart } from '../event';
import { TaggedJob } from './jobs';
import { isOfPresentJob, isUnchanged, keepEarlier, keepUnchanged, syncTags } from './keep-job';
import { letGo } from './letting-go';
import { Look } from './look';
import { definitionOf, jobName, physicalJobName } from './names';
import { ourJobs } from './our-jobs';
import { done, Outcome, waiting } from './outcome';
import { isOurs, isOursToDo, isStartedBy } from './ownership';
import { PROPAGATION_SECONDS } from './patience';
import { nameTaken, startJob } from './start-job';
import { Job } from '../kinds/job-kind';
import { isIamPropagation, isInUse, isTransient, saysItExists, speaksOf } from '../services/errors';

/** Handles a Create or Update: the stack gets the job of its template or, in a rollback, the job that it had. */
export async function provideJob(look: Look): Promise<Outcome> {
  const direction = await look.operation.direction();
  if (direction === 'unclear') return waiting('the stack operation seems to be over, which its status may only say because it lags behind');
  const isNewDefinition = look.event.RequestType === 'Update' && !isOfPresentJob(look);
  if (direction === 'over' || (isNewDefinition && await isOfEarlierOperation(look))) return late(look);

  return await keepUnchanged(look, direction) ?? await letGoOfCancelled(look) ?? (direction === 'forward' ? ensure(look) : rollBack(look));
}

/** Starts the job, or finds that an earlier delivery or a cancelled attempt has started it. */
async function ensure(look: Look): Promise<Outcome> {
  const { event, event: { ResourceProperties: properties }, kind, operation } = look;
  for (let attempt = 0; ; attempt++) {
    const name = jobName(event, properties, attempt);
    const job = await start(look, name);
    if (job === 'started') return afterCreate(look, name);
    if (job === 'gone') return waiting(`the name ${name} was in use, and its job is gone`);
    if (isAdoptable(look, job)) {
      // The service may not show yet that the job was let go.
      if (!isStartedBy(job.tags, event) && !operation.isSecondLook) return waiting(`looking once more at ${name}`);
      if (await isOfEarlierOperation(look)) return late(look);
      await syncTags(look, job);
      return done(`adopted ${name}`, { id: name });
    }
    // An earlier delivery of this event started the job, which was let go since.
    if (isStartedBy(job.tags, event)) return late(look);
    if (properties.JobName !== undefined) throw nameTaken(kind, job, event);
  }
}

/** Makes the Create call. If a job has the name already, returns that job: an earlier call may have started it and lost its answer. */
async function start({ event, jobs, kind, services }: Look, name: string): Promise<TaggedJob | 'gone' | 'started'> {
  try {
    await startJob(kind, name, event, services);
    return 'started';
  } catch (error) {
    const { cause } = error as Error;
    if (isTransient(cause) || isIamPropagation(cause)) throw error; // it is tried again
    const itExists = saysItExists(cause);
    const job = await jobs.describeWithTags(name).catch((lookError) => {
      if (itExists) throw lookError;
      return undefined;
    });
    if (job && (itExists || isStartedBy(job.tags, event))) return job;
    // Services tell late of what is there, and of what is gone. What they may mean that is not ours does not go away.
    const mayBeLate = isInUse(cause) || (itExists && speaksOf(cause, name));
    if (mayBeLate && secondsSinceStart(event, services) < PROPAGATION_SECONDS) return 'gone';
    throw error;
  }
}

/** Checks after the Create call whether CloudFormation has cancelled the request, which it does not announce. */
async function afterCreate(look: Look, name: string): Promise<Outcome> {
  const direction = await look.operation.direction();
  if (direction === 'forward') return done(`started ${name}`, { id: name });
  const job = await look.jobs.describeWithTags(name);
  if (direction === 'unclear' || !job) return waiting(`started ${name}, and the stack operation seems to be over`);
  return await cleanUp(look, [job]) ?? (direction === 'back' ? rollBack(look) : late(look));
}

/**
 * Handles an event in a rollback. Nothing is started, and nothing fails because a name is in use: the stack goes back to the job that it
 * had. The event may also belong to the cancelled update: then the job that it started is let go.
 */
async function rollBack(look: Look): Promise<Outcome> {
  const { event } = look;
  const { jobs, freeName } = await ourJobs(look, event.ResourceProperties);
  const cleanedUp = await cleanUp(look, jobs);
  if (cleanedUp) return cleanedUp;
  // A rollback sends no Create. An Update must not fail here, since it may belong to the rollback.
  if (event.RequestType === 'Create') throw new Error('CloudFormation cancelled this request. Nothing that it started is left running.');
  const [job] = jobs;
  const kept = job && await keepEarlier(look, job);
  // Do not answer with the present id: CloudFormation would then keep the newer job.
  return kept ?? done(`rolled back to ${freeName}, whose record is gone`, { id: freeName });
}

/** Handles a late or repeated delivery. It starts nothing, and lets go of a job that it has started, unless that is the stack's job. */
async function late(look: Look): Promise<Outcome> {
  const { jobs } = await ourJobs(look, look.event.ResourceProperties);
  const cleanedUp = await cleanUp(look, jobs);
  if (cleanedUp) return cleanedUp;
  throw new Error('The stack operation of this event is over. Nothing was started.');
}

/**
 * Lets go of a job that this request has started and that is not the stack's, because CloudFormation stopped listening before the answer.
 * Returns undefined if there is none.
 */
async function cleanUp(look: Look, jobs: readonly TaggedJob[]): Promise<Outcome | undefined> {
  const job = jobs.find(({ tags }) => isStartedBy(tags, look.event));
  if (!job) return undefined;
  // A later operation of the stack may have replaced this job and may be about to go back to it.
  const isUndecided = async () => look.operation.isFollowed(job.createdAt);
  const undecided = waiting(`a later operation of the stack decides on ${job.name}`);
  if (await isUndecided()) return undecided;
  if (await look.operation.presentId() === job.name) return undefined;
  // Ask again, since the function may have been paused between the two calls.
  return await isUndecided() ? undecided : letGo(look, [job], look.event.ResourceProperties);
}

/**
 * Lets go of a job that a cancelled update has left: it has the old properties, but CloudFormation does not know it. If there is none,
 * looks again, since the handler of the cancelled event may still be running.
 */
async function letGoOfCancelled(look: Look): Promise<Outcome | undefined> {
  const { event: { OldResourceProperties: old, PhysicalResourceId, RequestType }, operation } = look;
  // After the same update has failed, CloudFormation says that the old properties are the new ones: their job is the wanted one.
  if (RequestType !== 'Update' || old === undefined || isUnchanged(look)) return undefined;
  const { jobs, reachedPhysicalId } = await ourJobs(look, old, PhysicalResourceId);
  if (jobs.length > 0) {
    // A job that does not end must not make this event fail, least of all a rollback.
    if (operation.isLastLook) return undefined;
    // Ask again, since the function may have been paused, and the next operation may have started such a job.
    const isOver = ['over', 'unclear'].includes(await operation.direction());
    return isOver ? waiting('the stack operation seems to be over') : letGo(look, jobs, old);
  }
  return reachedPhysicalId || operation.isSecondLook ? undefined : waiting('looking once more for a job of a cancelled attempt');
}

/**
 * Whether a delivery is so late that another operation is under way. For an Update, CloudFormation then has another physical id, and the
 * one in the event names a job that was let go. For a Create, CloudFormation then has a job's name as physical id.
 */
async function isOfEarlierOperation({ event, jobs, operation }: Look): Promise<boolean> {
  const present = await operation.presentId();
  if (present === undefined || present === event.PhysicalResourceId) return false;
  if (event.RequestType === 'Create') return physicalJobName({ ...event, PhysicalResourceId: present }) !== undefined;
  const job = await jobs.describeWithTags(event.PhysicalResourceId);
  return !job || !isOurs(job.tags, event);
}

/** Whether a job can be adopted: it has done its work, or this very request has started it. */
function isAdoptable({ event, event: { ResourceProperties: properties } }: Look, job: TaggedJob): boolean {
  return isOursToDo(job.tags, event, definitionOf(properties)) && (isStartedBy(job.tags, event) || didItsWork(job));
}

/** Whether a job has completed, or still may. */
function didItsWork(job: Job): boolean {
  return job.status === 'InProgress' || job.status === 'Completed';
}
