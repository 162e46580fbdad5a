import { Deployment, jobProperties } from './deployment';
import { serviceError } from './fake-sagemaker';
import type { Job } from '../../src/handler/kinds/job-kind';
import { processingJob } from '../../src/handler/kinds/processing-job';
import { cutMiddle, endedReason, fitReason } from '../../src/handler/life/reason';
import type { Services } from '../../src/handler/services/services';

function failed(failureReason?: string, exitMessage?: string, partition = 'aws'): Job {
  return {
    name: 'nightly',
    arn: `arn:${partition}:sagemaker:eu-west-1:111122223333:processing-job/nightly`,
    status: 'Failed',
    createdAt: new Date(0),
    securityGroupIds: [],
    explanations: [['FailureReason', failureReason], ['ExitMessage', exitMessage]],
    attributes: {},
  };
}

async function reasonOf(job: Job, lines: string[] | Error = []): Promise<string> {
  const lastLines = async () => {
    if (lines instanceof Error) throw lines;
    return lines;
  };
  return endedReason(processingJob, job, { jobLogs: { lastLines } } as unknown as Services);
}

/** The response with this reason and ids of the greatest length. */
function responseBytes(reason: string): number {
  const logicalId = 'L'.repeat(255);
  return Buffer.byteLength(JSON.stringify({
    Status: 'FAILED',
    Reason: reason,
    StackId: `arn:aws-us-gov:cloudformation:us-gov-west-1:111122223333:stack/${'s'.repeat(128)}/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d0a1b`,
    RequestId: '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d0a1b',
    PhysicalResourceId: `pending-${logicalId}-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d0a1b`,
    LogicalResourceId: logicalId,
  }));
}

describe('the reason of a job that did not complete', () => {
  const LOG = 'Its log, if there is one: /aws/sagemaker/ProcessingJobs, streams that begin with nightly/';

  test('says what there is, in this order, and where the log is that has no lines', async () => {
    expect(await reasonOf(failed('out of memory'))).toBe(
      'The processing job nightly ended with status Failed.\nFailureReason: out of memory\n'
      + `${LOG}\n`
      + 'https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/processing-jobs/nightly');
  });

  test('is not hidden by a log that can not be read', async () => {
    expect(await reasonOf(failed('out of memory'), serviceError('AccessDeniedException', 'no'))).toBe(await reasonOf(failed('out of memory')));
  });

  test.each([
    ['aws-cn', 'https://eu-west-1.console.amazonaws.cn/'],
    ['aws-us-gov', 'https://eu-west-1.console.amazonaws-us-gov.com/'],
  ])('links to the console of %s', async (partition, link) => {
    expect(await reasonOf(failed('', '', partition))).toContain(link);
  });

  test('has no link where the console is not known', async () => {
    expect(await reasonOf(failed('', '', 'aws-iso'))).toBe(`The processing job nightly ended with status Failed.\n${LOG}`);
  });

  test('drops the oldest log lines first', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index} ${'x'.repeat(190)}`);
    const reason = await reasonOf(failed('f'.repeat(500), 'e'.repeat(500)), lines);
    expect(reason).toContain('f'.repeat(500));
    expect(reason).toContain('e'.repeat(500));
    expect(reason).not.toContain('  line 0 ');
    expect(reason).toContain('  line 19 ');
    expect(reason).toMatch(/#\/processing-jobs\/nightly$/);
    expect(Buffer.byteLength(reason)).toBeGreaterThan(2700);
  });

  test('keeps the lines before one that is very long', async () => {
    const reason = await reasonOf(failed('out of memory'), ['first line', 'x'.repeat(10_000)]);
    expect(reason).toMatch(/  first line\n  x+ … x+\nhttps:/);
  });

  test.each([
    ['letters', 'x'],
    ['quotes and control characters', '"\u0007'],
    ['characters of many bytes', '日本🎉'],
  ])('fits into the response when the texts are the longest, of %s', async (_what, unit) => {
    const text = unit.repeat(4096);
    const reason = await reasonOf(failed(text, text), Array<string>(20).fill(text));
    expect(responseBytes(reason)).toBeLessThanOrEqual(4096);
    expect(reason).toMatch(/^The processing job nightly ended with status Failed\.\nFailureReason: /);
    expect(reason).toContain('\nExitMessage: ');
    expect(reason).toMatch(/\nhttps:\/\/eu-west-1\.console\S+$/);
    expect(responseBytes(reason)).toBeGreaterThan(3600);
  });
});

describe('a text that is too long', () => {
  test('keeps its beginning and its end', () => {
    expect(cutMiddle(`begin${'-'.repeat(1000)}end`, 40)).toMatch(/^begin-+ … -+end$/);
  });

  test('is not cut within a character', () => {
    expect(cutMiddle('🎉'.repeat(100), 51).replace(' … ', '')).toMatch(/^(🎉)+$/u);
  });

  test('of any error fits into the response', () => {
    expect(responseBytes(fitReason('"'.repeat(10_000)))).toBeLessThanOrEqual(4096);
  });

  test('that fits stays as it is', () => {
    expect(fitReason('short')).toBe('short');
  });
});

test('the message of any failure fits into the response', async () => {
  const deployment = new Deployment();
  deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'x'.repeat(10_000)));
  const error: Error = await deployment.create(jobProperties()).catch((e) => e);
  expect(responseBytes(error.message)).toBeLessThanOrEqual(4096);
});
