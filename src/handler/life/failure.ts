import { adviceOnDenial, withAdvice } from './advice';
import { physicalJobName } from './names';
import { causeOf, Patience } from './patience';
import { CompletionProperties, JOB_COMPLETION, JobProperties, MAX_WAIT_SECONDS } from '../../provider/contract';
import { AcceptedEvent } from '../event';
import { isOwn, NotYetError, textOf } from '../services/errors';
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
  if (causeOf(error) instanceof NotYetError) return `${tried}. Try again later.`;
  return `${tried}. Try again when the service answers: with fewer calls at a time in this account and Region if it throttles; `
    + 'the AWS Health Dashboard shows disturbances.';
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
