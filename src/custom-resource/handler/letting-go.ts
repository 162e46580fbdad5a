import type { JobRemovalPolicy } from '../contract';
import { isTransient } from './errors';
import type { Job } from './job-kind';
import type { TaggedJob } from './jobs';
import type { Look } from './look';
import { done, Outcome, waiting } from './outcome';

/** Stops and releases jobs. The next look, while there is one, finds what is left of them, or that nothing is. */
export async function letGo(look: Look, jobs: readonly TaggedJob[], policy: JobRemovalPolicy): Promise<Outcome> {
  const names = jobs.map(({ name }) => name).join(', ');
  let areGone = true;
  for (const job of jobs) areGone = await release(look, job, policy) && areGone;
  const isEnd = areGone && look.event.RequestType === 'Delete' && look.operation.isLastLook;
  return isEnd ? done(`let ${names} go`) : waiting(`letting go of ${names}`);
}

/** One step of letting a job go. True when nothing that the job uses is needed any more. */
export async function release(look: Look, job: TaggedJob, policy: JobRemovalPolicy): Promise<boolean> {
  if (look.event.RequestType === 'Delete' && policy !== 'RETAIN') {
    // It ends without us, and a stack that cannot be deleted is worse.
    if (job.status === 'Stopping' && look.operation.isLastLook) return true;
    if (hasEnded(job) && await hasInterfaces(look, job)) return false;
  }
  return look.jobs.stopAndRelease(job, policy);
}

/**
 * Whether network interfaces of the job keep its security group, which is about to go. They outlive the job by minutes,
 * and CloudFormation gives up on the group after a quarter of an hour.
 */
async function hasInterfaces({ event, jobs, operation, services }: Look, job: TaggedJob): Promise<boolean> {
  const { SecurityGroupId: group } = event.ResourceProperties;
  if (group === undefined || operation.isLastLook) return false;
  const present = await operation.presentId();
  const successor = present === undefined || present === job.name ? undefined : await jobs.describe(present);
  if (successor?.securityGroupIds.includes(group)) return false; // it stays
  try {
    return await services.networkInterfaces.count(group) > 0;
  } catch (error) {
    if (isTransient(error)) throw error;
    return false; // whoever took the permission away has to see to the group
  }
}

function hasEnded({ status }: Job): boolean {
  return status !== 'InProgress' && status !== 'Stopping';
}
