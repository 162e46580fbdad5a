import { AcceptedEvent, Answer } from './event';

/** What answering CloudFormation needs of the outside. */
export interface Answering {
  /** Writes to a presigned URL, and returns the HTTP status. */
  put(url: string, body: string): Promise<number>;
  sleep(seconds: number): Promise<void>;
}

/** Pauses before the answer is written once more. */
const PAUSES = [1, 2, 4, 8];

/**
 * What became of an answer:
 * - `written`: CloudFormation has it
 * - `refused`: the URL has expired, or is none: nobody will ever have it
 * - `unwritten`: S3 could not be reached
 */
export type Delivery = 'written' | 'refused' | 'unwritten';

/** Tells CloudFormation. */
export async function writeAnswer(event: AcceptedEvent, answer: Answer, { put, sleep }: Answering): Promise<Delivery> {
  const { LogicalResourceId, RequestId, ResponseURL, StackId } = event;
  const body = JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId });
  for (const pause of [...PAUSES, undefined]) {
    // Its error may name the URL, and who reads the log must not be able to answer.
    const status = await put(ResponseURL, body).catch(() => 0);
    if (status >= 200 && status < 300) return 'written';
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
    if (pause !== undefined) await sleep(pause);
  }
  return 'unwritten';
}
