import { JobProperties, JobRemovalPolicy, MAX_WAIT_SECONDS, POLL_SECONDS } from '../contract';
import { isIamPropagation, isTransient, textOf } from './errors';
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

/** How long a rollback tries to bring tags in line. */
const TAGS_SECONDS = 300;

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
    if (direction === 'over' || (this.event.RequestType === 'Update' && !this.isUnchanged() && await this.isOfEarlierOperation())) return this.late();

    return await this.keepUnchanged(direction) ?? await this.cancelledAttempt() ?? (direction === 'forward' ? this.ensure() : this.rollBack());
  }

  /** Starts the job, or finds that an earlier delivery or a cancelled attempt has started it. */
  private async ensure(): Promise<Outcome> {
    for (let attempt = 0; ; attempt++) {
      const name = jobName(this.event, this.properties, attempt);
      if (await this.start(name)) return this.afterCreate(name);

      const job = await this.jobs.describeWithTags(name);
      if (!job) return waiting(`the name ${name} was in use, and its job is gone`);
      if (this.isAdoptable(job)) {
        // The service may not tell yet that it was let go of.
        if (!isStartedBy(job.tags, this.event) && !this.isSecondLook()) return waiting(`looking once more at ${name}`);
        if (await this.isOfEarlierOperation()) return this.late();
        await this.syncTags(job);
        return done(`adopted ${name}`, { id: name });
      }
      if (isStartedBy(job.tags, this.event)) throw new Error(`This request started ${name} before, which was let go of since.`);
      if (this.properties.JobName !== undefined) throw nameTaken(this.kind, job, this.event);
    }
  }

  /** The Create call. False when the name is in use, also by a job that an earlier call of this request started, whose answer was lost. */
  private async start(name: string): Promise<boolean> {
    try {
      return await startJob(this.kind, name, this.event, this.services);
    } catch (error) {
      const { cause } = error as Error;
      if (isTransient(cause) || isIamPropagation(cause)) throw error; // it is tried again
      const job = await this.jobs.describeWithTags(name).catch(() => undefined);
      if (job && isStartedBy(job.tags, this.event)) return false;
      throw error;
    }
  }

  /** CloudFormation cancels what is under way when another resource fails. It does not wait for us, so we look again. */
  private async afterCreate(name: string): Promise<Outcome> {
    const direction = await this.direction();
    // What is not seen cannot be let go of.
    const isHidden = direction !== 'forward' && await this.jobs.describeWithTags(name) === undefined;
    if (isHidden) return waiting(`started ${name}, of which the service does not tell yet`);
    switch (direction) {
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
    const [job] = jobs;
    const kept = job && await this.keep(job.name, 'back', async () => {
      await this.syncTags(job);
      return done(`kept ${job.name}`, { id: job.name });
    });
    // Not the present id: with it CloudFormation would keep the newer job.
    return kept ?? done(`rolled back to ${freeName}, whose record is gone`, { id: freeName });
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
    const job = jobs.find(({ tags }) => isStartedBy(tags, this.event));
    if (!job || await this.nameOfStacks() === job.name) return undefined;
    const stack = await this.services.stacks.describe(this.event.StackId);
    // An operation that began after the job may have left it, and be about to go back to it.
    if (isBusy(stack) && hasChangedSince(stack, job.createdAt)) return waiting(`a later operation of the stack decides on ${job.name}`);
    return this.letGo([job], this.properties.RemovalPolicy);
  }

  /**
   * Stays with the job that the resource has when its definition and name are as before. A record that is gone is no reason
   * to run it again. A job of another definition is what a rollback that failed, or was skipped, has left.
   */
  private async keepUnchanged(direction: Direction): Promise<Outcome | undefined> {
    if (!this.isUnchanged()) return undefined;
    const name = this.event.PhysicalResourceId;
    return this.keep(name, direction, async () => {
      const job = await this.jobs.describeWithTags(name);
      if (!job) return this.isSecondLook() ? this.keepOther(name) : waiting(`looking once more for ${name}`);
      if (isOurs(job.tags, this.event)) {
        if (!isOursToDo(job.tags, this.event, definitionOf(this.properties))) return undefined;
        await this.syncTags(job);
      }
      return done(`kept ${name}`, { id: name });
    });
  }

  /** A record that is gone may be that of the job before, where CloudFormation was not told of the one that a failed update started. */
  private async keepOther(name: string): Promise<Outcome> {
    const [job] = (await this.ourJobs(this.properties)).jobs;
    if (!job) return done(`kept ${name}, whose record is gone`, { id: name });
    await this.syncTags(job);
    return done(`kept ${job.name}`, { id: job.name });
  }

  /** Stays with a job in a rollback, even when it cannot be looked at for minutes: a failed rollback is worse than a wrong tag. */
  private async keep(name: string, direction: Direction, look: () => Promise<Outcome | undefined>): Promise<Outcome | undefined> {
    try {
      return await look();
    } catch (error) {
      const isTriedAgain = isTransient(error) && secondsSinceStart(this.event, this.services) < TAGS_SECONDS;
      if (direction !== 'back' || isTriedAgain) throw error;
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
      // A stack whose Create failed without a rollback may have got its job from a later Create.
      const present = jobs.length > 0 ? await this.nameOfStacks() : undefined;
      const left = jobs.filter((job) => job.name !== present);
      if (left.length > 0) return this.letGo(left, this.properties.RemovalPolicy);
      if (jobs.length > 0) return done(`${present} is the stack's by now`);
      // CloudFormation may have cancelled the Create with its handler still running.
      return this.isSecondLook() ? done('there is no job') : waiting('looking once more for a job');
    }
    const job = await this.jobs.describeWithTags(name);
    // The service may not tell yet of a job that has only just been started.
    if (!job && !this.isSecondLook()) return waiting(`looking once more for ${name}`);
    if (job && !isOurs(job.tags, this.event)) return done(`${name} is not ours`);
    const others = await this.othersOfProperties(job);
    if (others.length > 0) return this.letGo(others, this.properties.RemovalPolicy);
    if (!job) return done(`${name} is gone`);
    return await this.release(job, this.properties.RemovalPolicy) ? done(`let ${name} go`) : waiting(`letting go of ${name}, which is ${job.status}`);
  }

  /** After an update that failed and was not rolled back, the properties can be those of a job that CloudFormation was never told of. */
  private async othersOfProperties(job: TaggedJob | undefined): Promise<TaggedJob[]> {
    if ((job && isOursToDo(job.tags, this.event, definitionOf(this.properties))) || await this.nameOfStacks() !== undefined) return [];
    return (await this.ourJobs(this.properties)).jobs;
  }

  /** Stops and releases jobs. The next look, while there is one, finds what is left of them, or that nothing is. */
  private async letGo(jobs: TaggedJob[], policy: JobRemovalPolicy): Promise<Outcome> {
    const names = jobs.map(({ name }) => name).join(', ');
    let areGone = true;
    for (const job of jobs) areGone = await this.release(job, policy) && areGone;
    return areGone && this.event.RequestType === 'Delete' && this.isLastLook() ? done(`let ${names} go`) : waiting(`letting go of ${names}`);
  }

  /** One step of letting a job go. True when nothing that the job uses is needed any more. */
  private async release(job: TaggedJob, policy: JobRemovalPolicy): Promise<boolean> {
    if (this.event.RequestType === 'Delete' && policy !== 'RETAIN') {
      // It ends without us, and a stack that cannot be deleted is worse.
      if (job.status === 'Stopping' && this.isLastLook()) return true;
      if (hasEnded(job) && await this.hasInterfaces(job)) return false;
    }
    return this.jobs.stopAndRelease(job, policy);
  }

  /**
   * Whether network interfaces of the job keep its security group, which is about to go. They outlive the job by minutes,
   * and CloudFormation gives up on the group after a quarter of an hour.
   */
  private async hasInterfaces(job: TaggedJob): Promise<boolean> {
    const { SecurityGroupId: group } = this.properties;
    if (group === undefined || this.isLastLook()) return false;
    const present = await this.nameOfStacks();
    const successor = present === undefined || present === job.name ? undefined : await this.jobs.describe(present);
    if (successor?.securityGroupIds.includes(group)) return false; // it stays
    try {
      return await this.services.networkInterfaces.count(group) > 0;
    } catch (error) {
      if (isTransient(error)) throw error;
      return false; // whoever took the permission away has to see to the group
    }
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
    const changes = tagChanges(job.tags, this.properties.Tags, this.event.OldResourceProperties?.Tags);
    if (changes.add.length === 0 && changes.remove.length === 0) return;
    // A function that has paused for minutes must not write the tags of an operation that is over.
    if (await this.direction() !== 'over') await this.jobs.changeTags(job, changes);
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

  /**
   * A delivery can be so late that another operation is under way. To an Update, CloudFormation has another physical id then,
   * and that of the event names a job that was let go of; to a Create, it has one that names a job.
   */
  private async isOfEarlierOperation(): Promise<boolean> {
    const present = await this.nameOfStacks();
    if (present === undefined || present === this.event.PhysicalResourceId) return false;
    if (this.event.RequestType === 'Create') return physicalJobName({ ...this.event, PhysicalResourceId: present }) !== undefined;
    const job = await this.jobs.describeWithTags(this.event.PhysicalResourceId);
    return !job || !isOurs(job.tags, this.event);
  }

  /** What CloudFormation has as the physical id: the name of the stack's job, if it has one and is not deleting it. */
  private async nameOfStacks(): Promise<string | undefined> {
    return this.services.stacks.physicalId(this.event.StackId, this.event.LogicalResourceId);
  }

  private async direction(): Promise<Direction> {
    return directionOf(this.event, this.services);
  }
}

function hasEnded({ status }: Job): boolean {
  return status !== 'InProgress' && status !== 'Stopping';
}

/** Or is about to. */
function didItsWork(job: Job): boolean {
  return job.status === 'InProgress' || job.status === 'Completed';
}
