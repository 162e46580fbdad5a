import { TaggedJob } from './jobs';
import { Look } from './look';
import { done, Outcome, waiting } from './outcome';
import { JobProperties } from '../../provider/contract';
import { hasEnded } from '../kinds/job-kind';
import { isTransient } from '../services/errors';

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
  if (hasEnded(job) && await hasInterfaces(look, job.name, properties)) return false;
  return look.jobs.letGo(job, properties.RemovalPolicy, look.event);
}

/**
 * Whether the security group of a job still has network interfaces and is about to be deleted. The interfaces exist for minutes after
 * the job, and CloudFormation stops trying to delete the group after a quarter of an hour.
 */
export async function hasInterfaces({ jobs, operation, services }: Look, name: string, properties: JobProperties): Promise<boolean> {
  const { SecurityGroupId: group } = properties;
  if (group === undefined || operation.isLastLook) return false;
  const present = await operation.presentId();
  const successor = present === undefined || present === name ? undefined : await jobs.describe(present);
  if (successor?.securityGroupIds.includes(group)) return false; // the group stays
  try {
    return await services.networkInterfaces.count(group) > 0;
  } catch (error) {
    if (isTransient(error)) throw error;
    return false; // without the permission, the deletion goes on
  }
}
