import { describeFormer } from './former-job';
import { TaggedJob } from './jobs';
import { Look } from './look';
import { definitionOf, jobName } from './names';
import { isOursToDo } from './ownership';
import { JobProperties } from '../../provider/contract';

/**
 * How many missing records to look past. Names are tried in order, and somebody may have deleted the record of one, so that the
 * wanted job has one of the next names.
 */
const GONE_RECORDS_LOOKED_PAST = 3;

export interface OurJobs {
  readonly jobs: readonly TaggedJob[];
  /** The first name without a record, or the given one. */
  readonly freeName: string;
  readonly reachedPhysicalId: boolean;
}

/** The resource's jobs of these properties, up to the one with the given physical id. */
export async function ourJobs(look: Look, properties: JobProperties, physicalId?: string): Promise<OurJobs> {
  const { event, jobs: service } = look;
  const definition = definitionOf(properties);
  const areFormer = event.RequestType === 'Delete' || properties === event.OldResourceProperties;
  const jobs: TaggedJob[] = [];
  let freeName: string | undefined;
  for (let attempt = 0, gone = 0; ; attempt++) {
    const name = jobName(event, properties, attempt);
    // The job of the physical id has these properties, so no update from them was cancelled.
    if (name === physicalId) return { jobs, freeName: freeName ?? name, reachedPhysicalId: true };
    const job = await (areFormer ? describeFormer(look, name) : service.describeWithTags(name));
    if (job && isOursToDo(job.tags, event, definition)) jobs.push(job);
    if (!job) {
      freeName ??= name;
      gone++;
    }
    if (gone > GONE_RECORDS_LOOKED_PAST || properties.JobName !== undefined) return { jobs, freeName: freeName ?? name, reachedPhysicalId: false };
  }
}
