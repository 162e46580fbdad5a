import { Job, JobKind } from '../kinds/job-kind';
import { Services } from '../services/services';

/**
 * The limit of a reason. A response to CloudFormation has at most 4096 bytes of JSON, of which the other members take up to 1000.
 */
const REASON_BYTES = 3_000;

const LOG_LINES = 20;
const LOG_LINE_BYTES = 400;

/** Why a job has ended without completing. The most important comes first, since CloudFormation's lists show only the beginning. */
export async function endedReason(kind: JobKind, job: Job, services: Services, remedy?: string): Promise<string> {
  const explanations = job.explanations.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : []));
  const head = job.status === 'Stopped'
    ? `The ${kind.noun} ${job.name} was stopped before it had completed (status Stopped), by a call or at its maximum runtime.`
    : `The ${kind.noun} ${job.name} ended with status ${job.status}.`;
  let logLines = await lastLogLines(kind, job, services);
  const text = (explanationBytes: number) => [
    head,
    ...explanations.map((explanation) => cutMiddle(explanation, explanationBytes)),
    ...(logLines.length > 0 ? [`Last log lines of ${kind.logGroup}:`, ...logLines] : placeOfLog(kind, job)),
    ...remedy === undefined ? [] : [remedy],
    ...consoleLink(kind, job),
  ].join('\n');

  while (logLines.length > 0 && !fits(text(REASON_BYTES))) logLines = logLines.slice(1);
  let explanationBytes = REASON_BYTES;
  while (!fits(text(explanationBytes)) && explanationBytes > 0) explanationBytes -= 50;
  return text(explanationBytes);
}

/** Cuts a text so that it fits into the response as the reason. */
export function fitReason(text: string): string {
  return cutMiddle(text, REASON_BYTES);
}

/** Cuts the middle out of a text that has too many bytes as JSON, since its beginning and end say the most. */
export function cutMiddle(text: string, bytes: number): string {
  if (jsonBytes(text) <= bytes) return text;
  const characters = Array.from(text);
  const keep = (count: number) => [...characters.slice(0, Math.ceil(count / 2)), ' … ', ...characters.slice(characters.length - Math.floor(count / 2))].join('');
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (jsonBytes(keep(middle)) <= bytes) low = middle; else high = middle - 1;
  }
  return keep(low);
}

function fits(text: string): boolean {
  return jsonBytes(text) <= REASON_BYTES;
}

/** The bytes of a text in the response, including escapes but not its quotes. */
function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** Where to look when there are no lines: the job has written none, they may not be read, or other texts took their room. */
function placeOfLog({ logGroup }: JobKind, { name }: Job): string[] {
  return logGroup === undefined ? [] : [`Its log, if there is one: ${logGroup}, streams that begin with ${name}/`];
}

/** The last lines of the job's log. Failing to read them must not hide the reason. */
async function lastLogLines(kind: JobKind, job: Job, services: Services): Promise<string[]> {
  if (kind.logGroup === undefined) return [];
  try {
    const lines = await services.jobLogs.lastLines(kind.logGroup, job.name, LOG_LINES);
    return lines.map((line) => `  ${cutMiddle(line, LOG_LINE_BYTES)}`);
  } catch {
    return [];
  }
}

const CONSOLES: Readonly<Record<string, string>> = {
  'aws': 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

function consoleLink(kind: JobKind, job: Job): string[] {
  const [, partition, , region] = job.arn.split(':');
  const host = CONSOLES[partition];
  return host && kind.consolePath ? [`https://${region}.${host}/sagemaker/home?region=${region}#/${kind.consolePath}/${job.name}`] : [];
}
