import { AcceptedEvent, Answer, secondsSinceStart } from './event';
import * as kinds from './kinds';
import { CompletionProperties, JOB_COMPLETION, JobProperties, MAX_WAIT_SECONDS } from '../provider/contract';
import { JobKind } from './kinds/job-kind';
import { lookAtCompletion } from './life/completion';
import { deleteJob } from './life/delete-job';
import { endlessText, failureText, retryText } from './life/failure';
import { lookAt } from './life/look';
import { SECOND_LOOK_SECONDS } from './life/operation';
import { Outcome } from './life/outcome';
import { causeOf, patienceWith } from './life/patience';
import { provideJob } from './life/provide-job';
import { fitReason } from './life/reason';
import { isImplicitDenial, textOf } from './services/errors';
import { Services } from './services/services';

/** The kinds of job by the type of their custom resource. */
const JOB_KINDS: Readonly<Record<string, JobKind>> = Object.fromEntries(Object.values(kinds).map((kind) => [kind.type, kind]));

export interface Handler {
  /** Looks at an event once. Returns the answer, or undefined if it is too early for one. */
  look(event: AcceptedEvent): Promise<Answer | undefined>;
}

export function createHandler(services: Services): Handler {
  return {
    async look(event) {
      // Never log whole requests or the output of jobs: the environment of a job may contain secrets.
      const log = (decision: string, reason: string) => services.log(JSON.stringify({
        kind: event.ResourceType,
        requestType: event.RequestType,
        requestId: event.RequestId,
        resource: event.LogicalResourceId,
        name: event.PhysicalResourceId,
        decision,
        reason: reason.split('\n')[0],
      }));
      try {
        const outcome = await lookAgainWhenDenied(event, services);
        if (!outcome.done && secondsSinceStart(event, services) >= MAX_WAIT_SECONDS) {
          // CloudFormation would give up a little later, and its only reason would be the timeout.
          throw new Error(endlessText(outcome.why, event, nounOf(event), services));
        }
        log(outcome.done ? 'done' : 'wait', outcome.why);
        return outcome.done ? { Status: 'SUCCESS', PhysicalResourceId: outcome.id ?? event.PhysicalResourceId, Data: outcome.data } : undefined;
      } catch (error) {
        // The next look tries again.
        const patience = patienceWith(error, event);
        if (patience && secondsSinceStart(event, services) < patience.seconds) {
          log('retry', retryText(error, patience));
          return undefined;
        }
        log('fail', textOf(error));
        return { Status: 'FAILED', PhysicalResourceId: event.PhysicalResourceId, Reason: fitReason(failureText(error, event, nounOf(event), patience, services)) };
      }
    },
  };
}

/**
 * Looks once more before giving up on a denial. Another delivery of the event may have let go of the job between two calls, and the
 * provider may not touch a job without the tags of its stack.
 */
async function lookAgainWhenDenied(event: AcceptedEvent, services: Services): Promise<Outcome> {
  try {
    return await look(event, services);
  } catch (error) {
    const patience = patienceWith(error, event);
    const isLast = patience !== undefined && secondsSinceStart(event, services) >= patience.seconds;
    if (!isLast || !isImplicitDenial(causeOf(error))) throw error;
    await services.sleep(SECOND_LOOK_SECONDS);
    return look(event, services);
  }
}

async function look(event: AcceptedEvent, services: Services): Promise<Outcome> {
  if (event.ResourceType === JOB_COMPLETION) {
    const completion = event as AcceptedEvent<CompletionProperties>;
    return lookAtCompletion(kindOf(completion.ResourceProperties.JobType), completion, services);
  }
  const job = lookAt(kindOf(event.ResourceType), event as AcceptedEvent<JobProperties>, services);
  return event.RequestType === 'Delete' ? deleteJob(job) : provideJob(job);
}

/** The noun for the resource of an event in messages. */
function nounOf({ ResourceProperties, ResourceType }: AcceptedEvent): string {
  const jobType = ResourceType === JOB_COMPLETION ? (ResourceProperties as CompletionProperties).JobType : ResourceType;
  return JOB_KINDS[jobType]?.noun ?? 'resource';
}

function kindOf(resourceType: string): JobKind {
  const kind = JOB_KINDS[resourceType];
  if (!kind) throw new Error(`This handler does not know the resource type ${resourceType}.`);
  return kind;
}
