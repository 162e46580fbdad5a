import { JobProperties, JobRemovalPolicy, MAX_WAIT_SECONDS, POLL_SECONDS } from '../contract';
import { textOf } from './errors';
import type { PolledEvent } from './event';
import type { Job, JobKind } from './job-kind';
import { Jobs, TaggedJob } from './jobs';
import { definitionOf, jobName, physicalJobName } from './names';
import { done, Outcome, waiting } from './outcome';
import { isOurs, isOursToDo, isStartedBy, tagChanges } from './ownership';
import type { Services } from './services';
import { Direction, directionOf, hasChangedSince, isBusy, secondsSinceStart } from './stacks';
import { nameTaken, startJob } from './start-job';

/**
 * Names are tried in order. A name without a record may have had one, that somebody deleted,
 * and the job that we look for can have one of the next names.
 */
const GONE_RECORDS_LOOKED_PAST = 3;

interface OurJobs {
  readonly jobs: TaggedJob[];
  /** The first name without a record, or the given one. */
  readonly freeName: string;
  readonly reachedPhysicalId: boolean;
}

/** One look at an event of a job. It is safe to repeat at any point: everything it knows, it reads from the service. */
export async function lookAtJob(kind: JobKind, event: PolledEvent<JobProperties>, services: Services): Promise<Outcome> {
  return new JobLook(kind, event, services).look();
}

class JobLook {
  private readonly jobs: Jobs;
  private readonly properties: JobProperties;

  constructor(private readonly kind: JobKind, private readonly event: PolledEvent<JobProperties>, private readonly services: Services) {
    this.jobs = new Jobs(kind, services.sageMaker);
    this.properties = event.ResourceProperties;
  }

  public async look(): Promise<Outcome> {
    if (this.event.RequestType === 'Delete') return this.delete();

    const direction = await this.direction();
    if (direction === 'unclear') return waiting('the stack operation seems to be over, which its status may only say because it lags behind');
    if (direction === 'over') return this.late();

    if (this.isUnchanged()) return this.keep(this.event.PhysicalResourceId, direction);
    return await this.cancelledAttempt() ?? (direction === 'forward' ? this.ensure() : this.rollBack());
  }

  /** Starts the job, or finds that an earlier delivery or a cancelled attempt has started it. */
  private async ensure(): Promise<Outcome> {
    for (let attempt = 0; ; attempt++) {
      const name = jobName(this.event, this.properties, attempt);
      if (await startJob(this.kind, name, this.event, this.services)) return this.afterCreate(name);

      const job = await this.jobs.describeWithTags(name);
      if (!job) return waiting(`the name ${name} was in use, and its job is gone`);
      if (this.isAdoptable(job)) {
        await this.syncTags(job);
        return done(`adopted ${name}`, { id: name });
      }
      if (isStartedBy(job.tags, this.event)) throw new Error(`This request started ${name} before, which was let go of since.`);
      if (this.properties.JobName !== undefined) throw nameTaken(this.kind, job, this.event);
    }
  }

  /** CloudFormation cancels what is under way when another resource fails. It does not wait for us, so we look again. */
  private async afterCreate(name: string): Promise<Outcome> {
    switch (await this.direction()) {
      case 'forward':
        return done(`started ${name}`, { id: name });
      case 'unclear':
        return waiting(`started ${name}, and the stack operation seems to be over`);
      case 'back':
        return this.rollBack();
      case 'over':
        return this.late();
    }
  }

  /**
   * In a rollback nothing is ever started, and nothing fails because a name is taken: the stack goes back to the job
   * that it had. It can also be a forward event that finds itself cancelled: then what it started has to go.
   */
  private async rollBack(): Promise<Outcome> {
    const { jobs, freeName } = await this.ourJobs(this.properties);
    const cleanUp = await this.cleanUp(jobs);
    if (cleanUp) return cleanUp;
    // A rollback has no Create of its own. An Update must not fail here, for it may be the rollback's.
    if (this.event.RequestType === 'Create') throw new Error('CloudFormation cancelled this request. Nothing that it started is left running.');
    if (jobs.length > 0) return this.keep(jobs[0].name, 'back');
    // Not the present id: with it CloudFormation would keep the newer job.
    return done(`rolled back to ${freeName}, whose record is gone`, { id: freeName });
  }

  /** A late or repeated delivery starts nothing. What it started before it was late goes, unless it is the stack's job. */
  private async late(): Promise<Outcome> {
    const cleanUp = await this.cleanUp((await this.ourJobs(this.properties)).jobs);
    if (cleanUp) return cleanUp;
    throw new Error('The stack operation of this event is over. Nothing was started.');
  }

  /**
   * Lets go of a job that this request started and that is not the stack's: CloudFormation stopped listening before it
   * was told of it. Nothing to do when there is none.
   */
  private async cleanUp(jobs: TaggedJob[]): Promise<Outcome | undefined> {
    const { stacks } = this.services;
    const { StackId, LogicalResourceId } = this.event;
    const job = jobs.find(({ tags }) => isStartedBy(tags, this.event));
    if (!job || await stacks.physicalId(StackId, LogicalResourceId) === job.name) return undefined;
    const stack = await stacks.describe(StackId);
    // An operation that began after the job may have left it, and be about to go back to it.
    if (isBusy(stack) && hasChangedSince(stack, job.createdAt)) return waiting(`a later operation of the stack decides on ${job.name}`);
    return this.letGo([job], this.properties.RemovalPolicy);
  }

  /** Stays with a job. A record that is gone is no reason to run it again, nor is a tag. */
  private async keep(name: string, direction: Direction): Promise<Outcome> {
    try {
      const job = await this.jobs.describeWithTags(name);
      if (job && isOurs(job.tags, this.event)) await this.syncTags(job);
      return done(`kept ${name}`, { id: name });
    } catch (error) {
      // A failed rollback is worse than a wrong tag.
      if (direction !== 'back') throw error;
      return done(`kept ${name}, with the tags it has: ${textOf(error)}`, { id: name });
    }
  }

  /**
   * An update that CloudFormation cancelled may have left a job of the old properties that is not the physical id.
   * It goes first. Where there is none, it may still be coming, for the cancelled event's handler may still be running.
   */
  private async cancelledAttempt(): Promise<Outcome | undefined> {
    const old = this.event.OldResourceProperties;
    if (this.event.RequestType !== 'Update' || old === undefined) return undefined;
    const { jobs, reachedPhysicalId } = await this.ourJobs(old, this.event.PhysicalResourceId);
    // A job that will not end is no reason to fail, least of all a rollback.
    if (jobs.length > 0) return this.isLastLook() ? undefined : this.letGo(jobs, old.RemovalPolicy);
    return reachedPhysicalId || this.isSecondLook() ? undefined : waiting('looking once more for a job of a cancelled attempt');
  }

  private async delete(): Promise<Outcome> {
    const name = physicalJobName(this.event);
    if (name === undefined) {
      const { jobs } = await this.ourJobs(this.properties);
      if (jobs.length > 0) return this.letGo(jobs, this.properties.RemovalPolicy);
      // CloudFormation may have cancelled the Create with its handler still running.
      return this.isSecondLook() ? done('there is no job') : waiting('looking once more for a job');
    }
    const job = await this.jobs.describeWithTags(name);
    if (!job || !isOurs(job.tags, this.event)) return done(job ? `${name} is not ours` : `${name} is gone`);
    return await this.jobs.stopAndRelease(job, this.properties.RemovalPolicy) ? done(`let ${name} go`) : waiting(`stopping ${name}`);
  }

  /** Stops and releases jobs. The next look finds what is left of them, or that nothing is. */
  private async letGo(jobs: TaggedJob[], policy: JobRemovalPolicy): Promise<Outcome> {
    for (const job of jobs) await this.jobs.stopAndRelease(job, policy);
    return waiting(`letting go of ${jobs.map(({ name }) => name).join(', ')}`);
  }

  /** Our jobs of the properties, up to the physical id where one is given. */
  private async ourJobs(properties: JobProperties, physicalId?: string): Promise<OurJobs> {
    const definition = definitionOf(properties);
    const jobs: TaggedJob[] = [];
    let freeName: string | undefined;
    for (let attempt = 0, gone = 0; ; attempt++) {
      const name = jobName(this.event, properties, attempt);
      // The physical job is of these properties, so no update from them was cancelled.
      if (name === physicalId) return { jobs, freeName: freeName ?? name, reachedPhysicalId: true };
      const job = await this.jobs.describeWithTags(name);
      if (job && isOursToDo(job.tags, this.event, definition)) jobs.push(job);
      if (!job) {
        freeName ??= name;
        gone++;
      }
      if (gone > GONE_RECORDS_LOOKED_PAST || properties.JobName !== undefined) return { jobs, freeName: freeName ?? name, reachedPhysicalId: false };
    }
  }

  private async syncTags(job: TaggedJob): Promise<void> {
    await this.jobs.changeTags(job, tagChanges(job.tags, this.properties.Tags, this.event.OldResourceProperties?.Tags));
  }

  private isUnchanged(): boolean {
    const old = this.event.OldResourceProperties;
    return this.event.RequestType === 'Update'
      && old !== undefined
      && old.JobName === this.properties.JobName
      && old.JobNamePrefix === this.properties.JobNamePrefix
      && definitionOf(old) === definitionOf(this.properties)
      && physicalJobName(this.event) !== undefined;
  }

  /** Whoever asks for a job that did not do its work gets another, but for the request that started it. */
  private isAdoptable(job: TaggedJob): boolean {
    return isOursToDo(job.tags, this.event, definitionOf(this.properties)) && (isStartedBy(job.tags, this.event) || didItsWork(job));
  }

  private isSecondLook(): boolean {
    return secondsSinceStart(this.event, this.services) >= POLL_SECONDS;
  }

  private isLastLook(): boolean {
    return secondsSinceStart(this.event, this.services) >= MAX_WAIT_SECONDS;
  }

  private async direction(): Promise<Direction> {
    return directionOf(this.event, this.services);
  }
}

/** Or is about to. */
function didItsWork(job: Job): boolean {
  return job.status === 'InProgress' || job.status === 'Completed';
}
