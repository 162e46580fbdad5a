import { CfnResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CfnJob } from './cfn-job';
import { LONGEST_WAIT } from './job-props';
import { tracedAs } from '../cdk/cdk-internals';
import { CONTRACT_VERSION, CompletionProperties, JOB_COMPLETION, MAX_WAIT_SECONDS } from '../provider/contract';
import { JobProvider } from '../provider/provider';

const SECONDS_PER_HOUR = 3600;

/** What a job takes besides running: its start, the upload of what it wrote, and stopping where its time is up. */
const TIME_AROUND = Duration.minutes(30);

/**
 * Makes the deployment wait until a job has ended. CloudFormation gives a custom resource an hour, so a longer wait is a chain of
 * resources. Once the job has ended, the rest of the chain completes at once.
 *
 * @returns the last resource of the chain, which has the attributes of the ended job
 */
export function addCompletions(scope: Construct, job: CfnJob, waitTimeout: Duration): CfnResource {
  const timeout = waitTimeout.toSeconds({ integral: false });
  const count = Math.ceil(timeout / SECONDS_PER_HOUR);
  let previous: CfnResource = job;
  for (let index = 1; index <= count; index++) {
    const wait = Math.min(MAX_WAIT_SECONDS, timeout - (index - 1) * SECONDS_PER_HOUR);
    const completion = new CfnResource(scope, `JobCompletion${index === 1 ? '' : index}`, {
      type: JOB_COMPLETION,
      properties: {
        ServiceToken: JobProvider.of(scope).serviceToken,
        ContractVersion: CONTRACT_VERSION,
        JobType: job.cfnResourceType,
        JobName: job.ref,
        WaitSeconds: String(Math.ceil(wait)),
        OnTimeout: index === count ? 'FAIL' : 'CONTINUE',
        TimeoutSeconds: String(Math.ceil(timeout)),
      } satisfies CompletionProperties & { ServiceToken: string },
    });
    tracedAs(completion, job);
    completion.node.addDependency(previous);
    previous = completion;
  }
  return previous;
}

/** How long a deployment waits for a job that may run so long. */
export function untilEnded(longestRuntime: Duration | undefined): Duration | undefined {
  if (longestRuntime === undefined || longestRuntime.isUnresolved()) {
    return undefined;
  }
  const seconds = longestRuntime.toSeconds({ integral: false }) + TIME_AROUND.toSeconds();
  return Duration.seconds(Math.min(seconds, LONGEST_WAIT.toSeconds()));
}
