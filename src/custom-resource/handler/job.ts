import { JobProperties, MAX_WAIT_SECONDS, POLL_SECONDS } from '../contract';
import { isInUse, isQuota, isValidation, textOf } from './errors';
import type { PolledEvent } from './event';
import type { Job, JobKind } from './job-kind';
import { Jobs, TaggedJob } from './jobs';
import { definitionOf, jobName, physicalJobName } from './names';
import { done, Outcome, waiting } from './outcome';
import { isOurs, isOursToDo, isStartedBy, ownershipTags, ownerText, tagChanges } from './ownership';
import { restoreTypes } from './restore-types';
import type { Services } from './services';
import { Direction, directionOf, secondsSinceStart } from './stacks';

/**
 * Names are tried in order. A name without a record may have had one, that somebody deleted,
 * and the job that we look for can have one of the next names.
 */
const GONE_RECORDS_LOOKED_PAST = 3;

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
    if (direction === 'over') throw new Error('This event came when its stack operation was over already. Nothing was done.');

    if (this.isUnchanged()) return this.keep(this.event.PhysicalResourceId, direction);
    return await this.cancelledAttempt() ?? (direction === 'forward' ? this.ensure() : this.rollBack());
  }

  /** Starts the job, or finds that an earlier delivery or a cancelled attempt has started it. */
  private async ensure(): Promise<Outcome> {
    for (let attempt = 0; ; attempt++) {
      const name = jobName(this.event, this.properties, attempt);
      const arn = await this.create(name);
      if (arn !== undefined) return this.afterCreate({ name, arn, status: 'InProgress', explanations: [], attributes: {} });

      const job = await this.jobs.describeWithTags(name);
      if (!job) return waiting(`the name ${name} was in use, and its job is gone`);
      if (this.isAdoptable(job)) {
        await this.syncTags(job);
        return done(`adopted ${name}`, { id: name });
      }
      if (this.properties.JobName !== undefined) throw this.nameTaken(job);
    }
  }

  /** CloudFormation cancels what is under way when another resource fails. It does not wait for us, so we look. */
  private async afterCreate(job: Job): Promise<Outcome> {
    const direction = await this.direction();
    if (direction === 'forward') return done(`started ${job.name}`, { id: job.name });
    if (direction === 'unclear') return waiting(`started ${job.name}; the stack operation seems to be over`);
    await this.jobs.stopAndRelease(job, this.properties.RemovalPolicy);
    if (direction === 'over') throw this.cancelled();
    return waiting(`cancelled: stopping ${job.name}`);
  }

  /**
   * In a rollback nothing is ever started, and nothing fails because a name is taken: the stack goes back to the job
   * that it had. It can also be a forward event that finds itself cancelled: then what it started has to go.
   */
  private async rollBack(): Promise<Outcome> {
    const { job, freeName } = await this.search(this.properties);
    if (job && isStartedBy(job.tags, this.event)) {
      const released = await this.jobs.stopAndRelease(job, this.properties.RemovalPolicy);
      return waiting(`cancelled: ${released ? 'let go of' : 'stopping'} ${job.name}`);
    }
    // A rollback has no Create of its own. An Update must not fail here, for it may be the rollback's.
    if (this.event.RequestType === 'Create') throw this.cancelled();
    if (job) return this.keep(job.name, 'back');
    // Not the present id: with it CloudFormation would keep the newer job.
    return done(`rolled back to ${freeName}, whose record is gone`, { id: freeName });
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
    const { job, reachedPhysicalId } = await this.search(old, this.event.PhysicalResourceId);
    if (job) {
      const released = await this.jobs.stopAndRelease(job, old.RemovalPolicy);
      // A job that will not end is no reason to fail, least of all a rollback.
      return released || this.isLastLook() ? undefined : waiting(`stopping ${job.name} of a cancelled attempt`);
    }
    return reachedPhysicalId || this.isSecondLook() ? undefined : waiting('looking once more for a job of a cancelled attempt');
  }

  private async delete(): Promise<Outcome> {
    const name = physicalJobName(this.event);
    const job = name === undefined ? (await this.search(this.properties)).job : await this.jobs.describeWithTags(name);
    if (!job) {
      // The Create of a pending id may have been cancelled with its handler still running.
      return name !== undefined || this.isSecondLook() ? done('there is no job') : waiting('looking once more for a job');
    }
    if (!isOurs(job.tags, this.event)) return done(`${job.name} is not ours`);
    const released = await this.jobs.stopAndRelease(job, this.properties.RemovalPolicy);
    return released ? done(`let ${job.name} go`) : waiting(`stopping ${job.name}`);
  }

  /** Our job of the properties, up to the physical id where one is given, and the first name without a record. */
  private async search(properties: JobProperties, physicalId?: string): Promise<{ job?: TaggedJob; freeName: string; reachedPhysicalId?: boolean }> {
    const definition = definitionOf(properties);
    let freeName: string | undefined;
    for (let attempt = 0, gone = 0; ; attempt++) {
      const name = jobName(this.event, properties, attempt);
      // The job of these properties is the physical one, so there is no other.
      if (name === physicalId) return { freeName: freeName ?? name, reachedPhysicalId: true };
      const job = await this.jobs.describeWithTags(name);
      if (job && isOursToDo(job.tags, this.event, definition)) return { job, freeName: freeName ?? name };
      if (!job) {
        freeName ??= name;
        gone++;
      }
      if (gone > GONE_RECORDS_LOOKED_PAST || properties.JobName !== undefined) return { freeName: freeName ?? name };
    }
  }

  /** Returns the ARN, or undefined when the name is in use. */
  private async create(name: string): Promise<string | undefined> {
    try {
      return await this.jobs.create({
        ...restoreTypes(this.kind.requestShape, this.properties),
        [this.kind.nameMember]: name,
        Tags: [...this.properties.Tags ?? [], ...ownershipTags(this.event, definitionOf(this.properties))],
      });
    } catch (error) {
      if (isInUse(error)) return undefined;
      throw new Error(`The ${this.kind.noun} ${name} could not be started. ${this.explained(error)}`, { cause: error });
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

  /** A job that failed or was stopped did not do its work: only the request that started it stays with it. */
  private isAdoptable(job: TaggedJob): boolean {
    return isOursToDo(job.tags, this.event, definitionOf(this.properties))
      && (isStartedBy(job.tags, this.event) || job.status === 'InProgress' || job.status === 'Completed');
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

  private cancelled(): Error {
    return new Error('CloudFormation cancelled this request. Nothing that it started is left running.');
  }

  private nameTaken(job: TaggedJob): Error {
    return new Error(`The name ${job.name} is taken by a ${this.kind.noun} (status ${job.status}) of ${ownerText(job.tags, this.event)}. `
      + 'A name can be used only once, as long as the record of its job exists: '
      + `${this.kind.delete ? 'delete that record, ' : ''}choose another name, or leave the name out so that one is generated.`);
  }

  private explained(error: unknown): string {
    if (isQuota(error)) {
      return `${textOf(error)} Ask for more of this quota in the Service Quotas console, use another instance type, or wait until other jobs have ended.`;
    }
    return isValidation(error) ? this.withoutEnvironment(textOf(error)) : textOf(error);
  }

  /** The service quotes the values that it rejects, and those of the environment may be secrets. Reasons end up in logs. */
  private withoutEnvironment(text: string): string {
    return Object.values(this.properties.Request.Environment ?? {})
      .filter((value) => String(value).length > 3)
      .reduce<string>((masked, value) => masked.replaceAll(String(value), '***'), text);
  }
}
