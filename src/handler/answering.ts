import { AcceptedEvent, Answer } from './event';

/** Everything outside of the handler that answering CloudFormation uses. */
export interface Answering {
  /** Writes to a presigned URL, and returns the HTTP status. */
  put(url: string, body: string): Promise<number>;
  sleep(seconds: number): Promise<void>;
}

/** The pauses between attempts to write an answer. */
const PAUSES = [1, 2, 4, 8];

/**
 * The result of writing an answer:
 * - `written`: CloudFormation has it
 * - `refused`: the URL has expired or is not valid, or a policy denies writing to it, so CloudFormation will never get it
 * - `unwritten`: S3 could not be reached
 */
export type Delivery = 'written' | 'refused' | 'unwritten';

/** Writes the answer for CloudFormation, several times if S3 cannot be reached. */
export async function writeAnswer(event: AcceptedEvent, answer: Answer, { put, sleep }: Answering): Promise<Delivery> {
  const { LogicalResourceId, RequestId, ResponseURL, StackId } = event;
  const body = JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId });
  for (const pause of [...PAUSES, undefined]) {
    // Do not log the error: it may contain the URL, with which a reader of the log could answer CloudFormation.
    const status = await put(ResponseURL, body).catch(() => 0);
    if (status >= 200 && status < 300) return 'written';
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
    if (pause !== undefined) await sleep(pause);
  }
  return 'unwritten';
}
