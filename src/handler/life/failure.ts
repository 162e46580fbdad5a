import { adviceOnDenial, withAdvice } from './advice';
import { physicalJobName } from './names';
import { causeOf, Patience } from './patience';
import { CompletionProperties, JOB_COMPLETION, JobProperties, MAX_WAIT_SECONDS } from '../../provider/contract';
import { AcceptedEvent } from '../event';
import { NotYetError, textOf } from '../services/errors';
import { Services } from '../services/services';

const DOING = { Create: 'Creating', Update: 'Updating', Delete: 'Deleting' } as const;

/** Why the next look comes, for the log. */
export function retryText(error: unknown, { hope, seconds }: Patience): string {
  const why = hope === 'permission' ? 'the permission may be new, and not known everywhere yet' : 'it may pass';
  return `${textOf(error)} (tried again for up to ${minutes(seconds)}: ${why})`;
}

/** What CloudFormation is told of a failure: what was being done to which job, what went wrong, how long it was tried, and what to do. */
export function failureText(error: unknown, event: AcceptedEvent, noun: string, patience: Patience | undefined, services: Services): string {
  // Errors of the SDK have names, those of connections have codes.
  const isOwn = error instanceof Error && error.name === 'Error' && !('code' in error);
  const text = isOwn ? error.message : withAdvice(`${doing(event, noun)} failed. ${textOf(error)}`, adviceOnDenial(error));
  const gaveUp = patience && gaveUpText(error, event, patience);
  // The log has more to say than the message where the looks before were like this one, or where nobody has expected this.
  return [withAdvice(text, gaveUp), ...isOwn && !gaveUp ? [] : logLines(services)].join('\n');
}

/** There was no error, and no end. */
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
