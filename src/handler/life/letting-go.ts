import { TaggedJob } from './jobs';
import { Look } from './look';
import { done, Outcome, waiting } from './outcome';
import { JobProperties } from '../../provider/contract';
import { hasEnded } from '../kinds/job-kind';
import { isTransient } from '../services/errors';

/** Stops and releases jobs of some properties. The next look, while there is one, finds what is left of them, or that nothing is. */
export async function letGo(look: Look, jobs: readonly TaggedJob[], properties: JobProperties): Promise<Outcome> {
  const names = jobs.map(({ name }) => name).join(', ');
  let areGone = true;
  for (const job of jobs) areGone = await letGoOf(look, job, properties) && areGone;
  const isEnd = areGone && look.event.RequestType === 'Delete' && look.operation.isLastLook;
  return isEnd ? done(`let ${names} go`) : waiting(`letting go of ${names}`);
}

/** One step of letting a job go. True when nothing that the job uses is needed any more. */
export async function letGoOf(look: Look, job: TaggedJob, properties: JobProperties): Promise<boolean> {
  // It ends without us, and a stack that cannot be deleted is worse.
  if (look.event.RequestType === 'Delete' && job.status === 'Stopping' && look.operation.isLastLook) return true;
  if (hasEnded(job) && await hasInterfaces(look, job.name, properties)) return false;
  return look.jobs.letGo(job, properties.RemovalPolicy, look.event);
}

/**
 * Whether network interfaces of a job keep its security group, which is about to go. They outlive the job by minutes,
 * and CloudFormation gives up on the group after a quarter of an hour.
 */
export async function hasInterfaces({ jobs, operation, services }: Look, name: string, properties: JobProperties): Promise<boolean> {
  const { SecurityGroupId: group } = properties;
  if (group === undefined || operation.isLastLook) return false;
  const present = await operation.presentId();
  const successor = present === undefined || present === name ? undefined : await jobs.describe(present);
  if (successor?.securityGroupIds.includes(group)) return false; // it stays
  try {
    return await services.networkInterfaces.count(group) > 0;
  } catch (error) {
    if (isTransient(error)) throw error;
    return false; // whoever took the permission away has to see to the group
  }
}
