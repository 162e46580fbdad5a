import { TaggedJob } from './jobs';
import { Look } from './look';
import { definitionOf, jobName } from './names';
import { isOursToDo } from './ownership';
import { JobProperties } from '../../provider/contract';

/**
 * Names are tried in order. A name without a record may have had one, that somebody deleted,
 * and the job that we look for can have one of the next names.
 */
const GONE_RECORDS_LOOKED_PAST = 3;

export interface OurJobs {
  readonly jobs: readonly TaggedJob[];
  /** The first name without a record, or the given one. */
  readonly freeName: string;
  readonly reachedPhysicalId: boolean;
}

/** The resource's jobs of these properties, up to the physical id where one is given. */
export async function ourJobs({ event, jobs: service }: Look, properties: JobProperties, physicalId?: string): Promise<OurJobs> {
  const definition = definitionOf(properties);
  const jobs: TaggedJob[] = [];
  let freeName: string | undefined;
  for (let attempt = 0, gone = 0; ; attempt++) {
    const name = jobName(event, properties, attempt);
    // The physical job is of these properties, so no update from them was cancelled.
    if (name === physicalId) return { jobs, freeName: freeName ?? name, reachedPhysicalId: true };
    const job = await service.describeWithTags(name);
    if (job && isOursToDo(job.tags, event, definition)) jobs.push(job);
    if (!job) {
      freeName ??= name;
      gone++;
    }
    if (gone > GONE_RECORDS_LOOKED_PAST || properties.JobName !== undefined) return { jobs, freeName: freeName ?? name, reachedPhysicalId: false };
  }
}
