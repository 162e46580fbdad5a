import { TaggedJob } from './jobs';
import { Look } from './look';
import { done, Outcome, waiting } from './outcome';
import { JobProperties } from '../../provider/contract';
import { hasEnded, Job } from '../kinds/job-kind';
import { isTransient } from '../services/errors';
import { Lifetime } from '../services/network-interfaces';

/** Lets go of jobs. The next look continues with those that are left, unless this is the last look of a Delete. */
export async function letGo(look: Look, jobs: readonly TaggedJob[], properties: JobProperties): Promise<Outcome> {
  const names = jobs.map(({ name }) => name).join(', ');
  let areGone = true;
  for (const job of jobs) areGone = await letGoOf(look, job, properties) && areGone;
  const isEnd = areGone && look.event.RequestType === 'Delete' && look.operation.isLastLook;
  return isEnd ? done(`let ${names} go`) : waiting(`letting go of ${names}`);
}

/** Does one step of letting go of a job. Returns true when the job no longer needs its role, keys and network. */
export async function letGoOf(look: Look, job: TaggedJob, properties: JobProperties): Promise<boolean> {
  // The job will end by itself, and failing to delete the stack would be worse than not waiting for it.
  if (look.event.RequestType === 'Delete' && job.status === 'Stopping' && look.operation.isLastLook) return true;
  if (hasEnded(job) && await hasInterfaces(look, job.name, properties, job)) return false;
  return look.jobs.letGo(job, properties.RemovalPolicy, look.event);
}

/** How long network interfaces are waited for in groups that others may use: as long as CloudFormation tries to delete a group. */
const LONGEST_WAIT = 15 * 60 * 1000;

/**
 * Whether a security group of a job still has network interfaces of the job and is about to be deleted. The interfaces exist for
 * minutes after the job, and CloudFormation stops trying to delete the group after a quarter of an hour.
 */
export async function hasInterfaces({ jobs, operation, services }: Look, name: string, properties: JobProperties, job?: Job): Promise<boolean> {
  const groups = groupsOf(properties, services.now(), job);
  if (groups.length === 0 || operation.isLastLook) return false;
  const present = await operation.presentId();
  const successor = present === undefined || present === name ? undefined : await jobs.describe(present);
  try {
    for (const { id, whileOf } of groups.filter((group) => !successor?.securityGroupIds.includes(group.id))) { // the others stay
      if (await services.networkInterfaces.count(id, whileOf) > 0) return true;
    }
    return false;
  } catch (error) {
    if (isTransient(error)) throw error;
    return false; // without the permission, the deletion goes on
  }
}

interface Group {
  readonly id: string;
  /** The job whose interfaces count, where others have some in the group, too. */
  readonly whileOf?: Lifetime;
}

function groupsOf({ GivenSecurityGroupIds: given = [], SecurityGroupId: own }: JobProperties, now: number, job?: Job): Group[] {
  const { createdAt, endedAt } = job ?? {};
  const isRecent = createdAt !== undefined && endedAt !== undefined && now - endedAt.getTime() < LONGEST_WAIT;
  return [...own === undefined ? [] : [{ id: own }], ...isRecent ? given.map((id) => ({ id, whileOf: { createdAt, endedAt } })) : []];
}
