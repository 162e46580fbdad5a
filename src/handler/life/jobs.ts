import { AddTagsCommand, DeleteTagsCommand, ListTagsCommand } from '@aws-sdk/client-sagemaker';
import { disownment, TagChanges, Tags } from './ownership';
import { JobProperties, JobRemovalPolicy } from '../../provider/contract';
import { CloudFormationEvent } from '../event';
import { Job, JobKind } from '../kinds/job-kind';
import { isInUse, isNotFound, isTransient, isValidation, NotYetError, textOf } from '../services/errors';
import { SageMaker } from '../services/sagemaker';

export interface TaggedJob extends Job {
  readonly tags: Tags;
}

/** Calls the service for the jobs of one kind. */
export class Jobs {
  constructor(private readonly kind: JobKind, private readonly sageMaker: SageMaker) {}

  public async describe(name: string): Promise<Job | undefined> {
    return orUndefinedWhenGone(this.kind.describe(this.sageMaker, name));
  }

  public async describeWithTags(name: string): Promise<TaggedJob | undefined> {
    const job = await this.describe(name);
    const tags = job && await orUndefinedWhenGone(this.tags(job));
    return tags && { ...job, tags };
  }

  public async changeTags(job: Job, { add, remove }: TagChanges): Promise<void> {
    if (add.length > 0) await orUndefinedWhenGone(this.sageMaker.send(new AddTagsCommand({ ResourceArn: job.arn, Tags: add })));
    if (remove.length > 0) await orUndefinedWhenGone(this.sageMaker.send(new DeleteTagsCommand({ ResourceArn: job.arn, TagKeys: remove })));
  }

  /**
   * Does one step of letting go of a job: stop it, wait for its end, then delete its record or disown it. Returns true when the job has
   * ended, so that its role, keys and network may be deleted.
   */
  public async letGo(job: TaggedJob, policy: JobRemovalPolicy, event: CloudFormationEvent<JobProperties>): Promise<boolean> {
    if (policy === 'RETAIN') {
      await this.disown(job, event);
      return true;
    }
    switch (job.status) {
      case 'InProgress':
        await this.stop(job);
        return false;
      case 'Stopping':
        return false;
      case 'Completed':
      case 'Failed':
      case 'Stopped':
        if (policy === 'DELETE' && this.kind.delete) return this.deleteRecord(job.name);
        await this.disown(job, event);
        return true;
      default:
        throw new Error(`The ${this.kind.noun} ${job.name} has the status ${job.status as string}, which this version of the library does not know.`);
    }
  }

  private async stop(job: Job): Promise<void> {
    try {
      await this.kind.stop(this.sageMaker, job.name);
    } catch (error) {
      // The service refuses to stop a job that has ended in the meantime.
      if (!isValidation(error) && !isNotFound(error)) throw error;
      const now = await this.describe(job.name);
      // The job is probably stopping already, but the service does not show it yet.
      if (now?.status === 'InProgress') throw new NotYetError(textOf(error));
    }
  }

  private async deleteRecord(name: string): Promise<boolean> {
    try {
      await orUndefinedWhenGone(this.kind.delete!(this.sageMaker, name));
      return true;
    } catch (error) {
      if (isInUse(error)) return false;
      throw error;
    }
  }

  /** Removes the ownership tags. A later deployment of the same definition then starts another job instead of adopting this one. */
  private async disown(job: TaggedJob, event: CloudFormationEvent<JobProperties>): Promise<void> {
    for (const step of disownment(job.tags, event)) {
      try {
        await this.changeTags(job, step);
      } catch (error) {
        // The tag of the former owner is optional. A permanent failure to add it must not stop the removal of the ownership tags.
        if (isTransient(error) || step.add.length === 0) throw error;
      }
    }
  }

  private async tags(job: Job): Promise<Tags> {
    const tags: Record<string, string> = {};
    let next: string | undefined;
    do {
      const page = await this.sageMaker.send(new ListTagsCommand({ ResourceArn: job.arn, NextToken: next }));
      for (const { Key, Value } of page.Tags ?? []) tags[Key!] = Value!;
      next = page.NextToken;
    } while (next);
    return tags;
  }
}

async function orUndefinedWhenGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
