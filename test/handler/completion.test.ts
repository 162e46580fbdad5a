import { COMPLETION, Deployment, jobProperties } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';
import { CompletionProperties, MAX_WAIT_SECONDS, PROCESSING_JOB } from '../../src/provider/contract';

const NAME = 'nightly';

function completion(changes: Partial<CompletionProperties> = {}): CompletionProperties {
  return { ContractVersion: '1', JobType: PROCESSING_JOB, JobName: NAME, WaitSeconds: '1800', OnTimeout: 'FAIL', TimeoutSeconds: '1800', ...changes };
}

let deployment: Deployment;

beforeEach(async () => {
  deployment = new Deployment();
  await deployment.create(jobProperties({ JobNamePrefix: undefined, JobName: NAME }));
  deployment.sageMaker.forgetCalls();
});

async function create(properties = completion()): ReturnType<Deployment['create']> {
  return deployment.create(properties, COMPLETION);
}

async function update(properties = completion(), old = completion({ JobName: 'before' })): ReturnType<Deployment['update']> {
  return deployment.update('completion-PrepareJobCompletion5E6F7A8B', old, properties, COMPLETION);
}

function rollBack(): void {
  deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
}

describe('waiting for a job', () => {
  test('is one call a look, and complete when the job has completed', async () => {
    const delivery = deployment.deliver({ ...COMPLETION, RequestType: 'Create', ResourceProperties: completion() });
    expect(await delivery.look()).toBeUndefined();
    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob', 'DescribeProcessingJob']);
    deployment.sageMaker.end(NAME, 'Completed', { exitMessage: '12 rows' });

    expect(await delivery.look()).toEqual({ id: 'completion-PrepareJobCompletion5E6F7A8B', data: { ExitMessage: '12 rows' } });
  });

  test('returns an empty exit message when there is none', async () => {
    deployment.sageMaker.end(NAME, 'Completed');
    expect((await create()).data).toEqual({ ExitMessage: '' });
  });

  test('returns an exit message that fits into the response, whatever it is made of', async () => {
    deployment.sageMaker.end(NAME, 'Completed', { exitMessage: '"\u0001'.repeat(512) });
    const { data } = await create();
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(2600);
  });

  test('keeps its id when another job is waited for, so that nothing is replaced', async () => {
    deployment.sageMaker.end(NAME, 'Completed', { exitMessage: 'new' });
    expect(await update()).toEqual({ id: 'completion-PrepareJobCompletion5E6F7A8B', data: { ExitMessage: 'new' } });
  });

  test('waits while the job stops', async () => {
    deployment.sageMaker.end(NAME, 'Stopping');
    const delivery = deployment.deliver({ ...COMPLETION, RequestType: 'Create', ResourceProperties: completion() });
    expect(await delivery.look()).toBeUndefined();
  });

  test('goes on when the service is throttling, at any time', async () => {
    const delivery = deployment.deliver({ ...COMPLETION, RequestType: 'Create', ResourceProperties: completion() });
    deployment.clock.advance(1700);
    deployment.sageMaker.fail('DescribeProcessingJob', throttled());
    expect(await delivery.look()).toBeUndefined();
    deployment.sageMaker.end(NAME, 'Completed');
    expect((await delivery.finish()).data).toEqual({ ExitMessage: '' });
  });
});

describe('waiting for a job that cannot be looked at', () => {
  const denied = serviceError('AccessDeniedException', 'User: arn:aws:sts::1:assumed-role/Provider/x is not authorized to perform: sagemaker:DescribeProcessingJob');

  test.each([['Create', create], ['Update', update]])('waits for IAM in a %s', async (_type, request) => {
    deployment.sageMaker.fail('DescribeProcessingJob', denied, denied);
    deployment.sageMaker.end(NAME, 'Completed');
    expect((await request()).data).toEqual({ ExitMessage: '' });
  });

  test.each([
    ['IAM', 3, denied, 'The role Provider needs sagemaker:DescribeProcessingJob: '],
    ['throttling', 59, throttled(), 'ThrottlingException: Rate exceeded. It was tried for 59 minutes, since '],
    ['a broken connection', 59, Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'socket hang up. It was tried for 59 minutes, since '],
  ])('gives up on %s after %i minutes, and says on which job, since when, and what to do', async (_what, minutes, error, part) => {
    const begin = deployment.clock.now;
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(400).fill(error));
    const { message }: Error = await create(completion({ WaitSeconds: '3540' })).catch((e) => e);
    expect(message).toMatch(/^Waiting for the processing job nightly failed\. /);
    expect(message).toContain(part);
    expect(message).toContain(`, since ${new Date(begin).toISOString()}`);
    expect((deployment.clock.now - begin) / 60_000).toBeCloseTo(minutes, 0);
  });
});

describe('a job that did not complete', () => {
  test('fails the deployment with its reason', async () => {
    deployment.sageMaker.end(NAME, 'Failed', { failureReason: 'AlgorithmError: exit code 1', exitMessage: 'no such column: price' });
    deployment.logLines = ['Traceback', 'KeyError: price'];

    await expect(create()).rejects.toThrow([
      'The processing job nightly ended with status Failed.',
      'FailureReason: AlgorithmError: exit code 1',
      'ExitMessage: no such column: price',
      'Last log lines of /aws/sagemaker/ProcessingJobs:',
      '  Traceback',
      '  KeyError: price',
      'https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/processing-jobs/nightly',
    ].join('\n'));
  });

  test('fails the deployment at once when it was denied something: the permissions of a job that has ended do not matter any more', async () => {
    const begin = deployment.clock.now;
    deployment.sageMaker.end(NAME, 'Failed', {
      failureReason: 'AlgorithmError: is not authorized to perform: s3:GetObject, because no identity-based policy allows the s3:GetObject action',
    });
    const { message }: Error = await create().catch((e) => e);
    expect(message).toContain('no identity-based policy allows');
    expect(message).not.toContain('It was tried for');
    expect(deployment.clock.now).toBe(begin);
  });

  test('fails the deployment when it was stopped', async () => {
    deployment.sageMaker.end(NAME, 'Stopped');
    await expect(create()).rejects.toThrow('The processing job nightly was stopped before it had completed');
  });

  test('fails an update too', async () => {
    deployment.sageMaker.end(NAME, 'Failed');
    await expect(update()).rejects.toThrow('The processing job nightly ended with status Failed.');
  });

  test('with a status that nobody knows fails the deployment instead of waiting for ever', async () => {
    Object.assign(deployment.sageMaker.job(NAME), { status: 'Paused' });
    await expect(create()).rejects.toThrow('has the status Paused');
  });
});

describe('a job that did not complete in an earlier deployment', () => {
  const REMEDY = 'It was started by an earlier deployment, and deploying it unchanged does not run it again: mend its definition, or change rerunTrigger.';

  beforeEach(() => {
    deployment.sageMaker.end(NAME, 'Failed', { failureReason: 'out of memory' });
  });

  test.each([['a new wait', create], ['a wait that is tried again', update]])('fails %s, with what makes it run again', async (_what, request) => {
    deployment.operation('UPDATE_IN_PROGRESS');
    await expect(request()).rejects.toThrow(`streams that begin with ${NAME}/\n${REMEDY}\nhttps://`);
  });

  test('fails without a remedy when the stack cannot be looked at', async () => {
    deployment.operation('UPDATE_IN_PROGRESS');
    deployment.stackErrors.push(throttled());
    await expect(create()).rejects.toThrow(/FailureReason: out of memory\nIts log.*\nhttps:/);
  });

  test('is not meant where this deployment has started it', async () => {
    const { message }: Error = await create().catch((e) => e);
    expect(message).not.toContain('rerunTrigger');
  });
});

describe('a job that takes too long', () => {
  test('fails the deployment, with the time that the user allowed', async () => {
    const begin = deployment.clock.now;
    await expect(create(completion({ TimeoutSeconds: '7200' }))).rejects.toThrow(
      'The processing job nightly did not end within 2 hours: its status is InProgress.');
    expect((deployment.clock.now - begin) / 1000).toBeGreaterThanOrEqual(1800);
    expect((deployment.clock.now - begin) / 1000).toBeLessThan(1830);
  });

  test.each([['60', '1 minute'], ['5400', '90 minutes'], ['45', '45 seconds']])('names %s seconds as %s', async (TimeoutSeconds, text) => {
    await expect(create(completion({ TimeoutSeconds }))).rejects.toThrow(`within ${text}:`);
  });

  test('leaves the rest of the wait to the next resource of a chain', async () => {
    const begin = deployment.clock.now;
    expect((await create(completion({ OnTimeout: 'CONTINUE' }))).data).toEqual({ ExitMessage: '' });
    expect((deployment.clock.now - begin) / 1000).toBeGreaterThanOrEqual(1800);
    expect((deployment.clock.now - begin) / 1000).toBeLessThan(1830);
  });

  test('passes at once when it has ended by then', async () => {
    const delivery = deployment.deliver({ ...COMPLETION, RequestType: 'Create', ResourceProperties: completion({ WaitSeconds: '0' }) });
    deployment.sageMaker.end(NAME, 'Completed');
    expect(await delivery.look()).toBeDefined();
  });

  test('is given up on before CloudFormation gives up, however long the wait', async () => {
    const begin = deployment.clock.now;
    await expect(create(completion({ WaitSeconds: '99999' }))).rejects.toThrow('did not end within');
    expect((deployment.clock.now - begin) / 1000).toBe(MAX_WAIT_SECONDS);
  });
});

test.each([['Create', create], ['Update', update]])('a job that the service does not tell of yet is awaited by %s', async (_type, request) => {
  deployment.sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job'));
  deployment.sageMaker.during('DescribeProcessingJob', () => deployment.sageMaker.end(NAME, 'Completed', { exitMessage: 'found' }));
  expect((await request()).data).toEqual({ ExitMessage: 'found' });
});

describe('a record that is gone', () => {
  beforeEach(() => deployment.sageMaker.jobs.clear());

  test('fails a Create: nobody knows how the job ended', async () => {
    await expect(create()).rejects.toThrow('The processing job nightly does not exist. Its record was deleted before it was seen to have completed.');
  });

  test('does not fail an Update', async () => {
    expect((await update()).data).toEqual({ ExitMessage: '' });
  });
});

describe('a rollback', () => {
  test.each(['Failed', 'Stopped'] as const)('passes although the earlier job is %s', async (status) => {
    deployment.sageMaker.end(NAME, status);
    rollBack();
    expect(await update()).toEqual({ id: 'completion-PrepareJobCompletion5E6F7A8B', data: { ExitMessage: '' } });
  });

  test('passes although the job may not be described', async () => {
    deployment.sageMaker.fail('DescribeProcessingJob', serviceError('AccessDeniedException', 'User is not authorized to perform: sagemaker:DescribeProcessingJob'));
    rollBack();
    expect((await update()).data).toEqual({ ExitMessage: '' });
  });

  test('passes although the job takes too long', async () => {
    rollBack();
    expect((await update()).data).toEqual({ ExitMessage: '' });
  });

  test('whose status lags behind passes too', async () => {
    deployment.sageMaker.end(NAME, 'Failed');
    const delivery = deployment.deliver({
      ...COMPLETION, RequestType: 'Update', PhysicalResourceId: 'completion-x', OldResourceProperties: completion(), ResourceProperties: completion(),
    });
    expect(await delivery.look()).toBeUndefined();
    rollBack();
    expect((await delivery.finish()).id).toBe('completion-x');
  });

  test('returns the exit message of the earlier job when that had completed', async () => {
    deployment.sageMaker.end(NAME, 'Completed', { exitMessage: 'before' });
    rollBack();
    expect((await update()).data).toEqual({ ExitMessage: 'before' });
  });

  test('does not make a Create pass', async () => {
    deployment.sageMaker.end(NAME, 'Failed');
    deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' };
    await expect(create()).rejects.toThrow('ended with status Failed');
  });
});

test('there is nothing to delete, and no call is made', async () => {
  await deployment.delete('completion-PrepareJobCompletion5E6F7A8B', completion(), COMPLETION);
  expect(deployment.sageMaker.calls).toEqual([]);
  expect(deployment.sageMaker.job(NAME).status).toBe('InProgress');
});
