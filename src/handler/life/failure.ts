import { adviceOnDenial, withAdvice } from './advice';
import { physicalJobName } from './names';
import { causeOf, Patience } from './patience';
import { CompletionProperties, JOB_COMPLETION, JobProperties, MAX_WAIT_SECONDS } from '../../provider/contract';
import { AcceptedEvent } from '../event';
import { isBrokenConnection, isOwn, isThrottling, NotYetError, textOf } from '../services/errors';
import { Services } from '../services/services';

const DOING = { Create: 'Creating', Update: 'Updating', Delete: 'Deleting' } as const;

/** The reason for another look, for the log. */
export function retryText(error: unknown, { hope, seconds }: Patience): string {
  const why = hope === 'permission' ? 'the permission may be new, and not known everywhere yet' : 'it may pass';
  return `${textOf(error)} (tried again for up to ${minutes(seconds)}: ${why})`;
}

/** The text of a failure for CloudFormation: which job it is about, what went wrong, how long the handler tried, and what to do. */
export function failureText(error: unknown, event: AcceptedEvent, noun: string, patience: Patience | undefined, services: Services): string {
  const text = isOwn(error) ? error.message : withAdvice(`${doing(event, noun)} failed. ${textOf(error)}`, adviceOnDenial(error));
  const gaveUp = patience && gaveUpText(error, event, patience);
  // Point to the log after repeated attempts and for unexpected errors, since it says more than the message.
  return [withAdvice(text, gaveUp), ...isOwn(error) && !gaveUp ? [] : logLines(services)].join('\n');
}

/** The text of a failure without an error: the time is up before the end. */
export function endlessText(why: string, event: AcceptedEvent, noun: string, services: Services): string {
  const text = `${doing(event, noun)} was given up after ${minutes(MAX_WAIT_SECONDS)} (since ${event.StartTime}): ${why}. Look at the job in the console, and try again.`;
  return [text, ...logLines(services)].join('\n');
}

function gaveUpText(error: unknown, { StartTime }: AcceptedEvent, { hope, seconds }: Patience): string {
  const tried = `It was tried for ${minutes(seconds)}, since ${StartTime}`;
  if (hope === 'permission') return `${tried}, which is enough for a new permission to be known everywhere.`;
  return `${tried}. ${whenToTryAgain(causeOf(error))}`;
}

function whenToTryAgain(cause: unknown): string {
  if (cause instanceof NotYetError) return 'Try again later.';
  if (isThrottling(cause)) return 'Try again when less is going on in this account and Region: fewer deployments and calls at a time.';
  if (isBrokenConnection(cause)) {
    return 'Try again when the service can be reached. Where SageMakerJobProviderConfig puts the provider into a VPC, a NAT gateway or an endpoint '
      + 'has to lead from its subnets to the service, and its security groups and those of the endpoint have to let it.';
  }
  return 'Try again when the service answers: the AWS Health Dashboard shows disturbances.';
}

function doing(event: AcceptedEvent, noun: string): string {
  if (event.ResourceType === JOB_COMPLETION) return `Waiting for the ${noun} ${(event.ResourceProperties as CompletionProperties).JobName}`;
  const job = event as AcceptedEvent<JobProperties>;
  const name = physicalJobName(job) ?? job.ResourceProperties.JobName;
  return `${DOING[event.RequestType]} the ${noun} ${name ?? `of the resource ${event.LogicalResourceId}`}`;
}

function logLines({ logGroup }: Services): string[] {
  return logGroup ? [`The provider's log: ${logGroup}`] : [];
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)} minutes`;
}
