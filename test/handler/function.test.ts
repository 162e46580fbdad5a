import { COMPLETION, Deployment, FUNCTION_ARN, jobProperties, LOGICAL_ID, STACK_ID } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';
import { PROCESSING_JOB } from '../../src/provider/contract';

const PROPERTIES = jobProperties();
const CREATE = { RequestType: 'Create', ResourceProperties: PROPERTIES } as const;
/** What Step Functions says of a function that was killed. */
const KILLED = { Error: 'Runtime.ExitError', Cause: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'RequestId: 1 Error: Runtime exited with error: signal: killed' }) };

let deployment: Deployment;

beforeEach(() => {
  deployment = new Deployment();
});

const decisions = () => deployment.lines.map((line) => (JSON.parse(line) as { decision: string }).decision);

describe('a job that is only started', () => {
  test('takes one invocation, which answers, and no state machine', async () => {
    const step = await deployment.invoke(deployment.event(CREATE));
    expect(step.IsAnswered).toBe(true);
    const [name] = deployment.sageMaker.names();
    expect(deployment.responses).toEqual([{
      Status: 'SUCCESS', PhysicalResourceId: name, StackId: STACK_ID, RequestId: 'request-1', LogicalResourceId: LOGICAL_ID,
    }]);
    expect(deployment.executions).toEqual([]);
  });
});

describe('an event that has to be waited for', () => {
  test('is handed to the state machine, with the function that it is to invoke', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled());
    const event = deployment.event(CREATE);
    const step = await deployment.invoke(event);
    expect(step).toEqual({ IsAnswered: false, Pause: 5, Timeout: 300 });
    expect(deployment.executions).toEqual([{
      Function: FUNCTION_ARN,
      Event: { ...event, PhysicalResourceId: `pending-${LOGICAL_ID}-request-1`, StartTime: new Date(deployment.clock.now).toISOString() },
      GiveUpAt: new Date(deployment.clock.now + 58 * 60_000).toISOString(),
      Step: step,
    }]);
    expect(deployment.responses).toEqual([]);
  });

  test('is looked at by the state machine until it is answered', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled(), throttled());
    const delivery = deployment.deliver(CREATE);
    expect(await delivery.look()).toBeUndefined();
    expect(await delivery.look()).toBeUndefined();
    expect(await delivery.look()).toEqual({ id: expect.stringMatching(/^Shop-Prepare-/) });
    expect(deployment.executions).toHaveLength(1);
  });

  test('is looked at after pauses that grow from five seconds to half a minute, and at the end of the hour on time', async () => {
    const { id } = await deployment.create(PROPERTIES);
    const properties = { ContractVersion: '1', JobType: PROCESSING_JOB, JobName: id, WaitSeconds: '3540', OnTimeout: 'CONTINUE', TimeoutSeconds: '7200' };
    const event = deployment.event({ ...COMPLETION, RequestType: 'Create', ResourceProperties: properties });
    const begin = deployment.clock.now;
    const pauses = [];
    let step = await deployment.invoke(event);
    while (!step.IsAnswered) {
      pauses.push(step.Pause);
      deployment.clock.advance(step.Pause);
      step = await deployment.invoke({ Event: deployment.executions[0].Event });
    }
    expect(pauses.slice(0, 12)).toEqual([5, 5, 5, 5, 5, 7, 8, 10, 13, 16, 20, 25]);
    expect(new Set(pauses.slice(12, -1))).toEqual(new Set([30]));
    expect(pauses.length).toBeLessThan(135);
    expect((deployment.clock.now - begin) / 1000).toBe(3540);
  });

  test('leaves the last looks no more time than there is', async () => {
    const event = { ...deployment.event(CREATE), PhysicalResourceId: 'pending', StartTime: new Date(deployment.clock.now - 3_400_000).toISOString() };
    deployment.stackErrors.push(throttled());
    deployment.look = async () => undefined;
    expect(await deployment.invoke({ Event: event })).toEqual({ IsAnswered: false, Pause: 30, Timeout: 140 });
  });

  test.each([
    ['counts from when it was sent', 30, -30],
    ['counts from now, were its date in the future', -30, 0],
  ])('%s', async (_what, seconds, start) => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled());
    const event = deployment.event(CREATE);
    deployment.clock.advance(seconds);
    await deployment.invoke(event);
    expect(Date.parse(deployment.executions[0].Event.StartTime) - deployment.clock.now).toBe(start * 1000);
  });

  test('counts from when it comes, where its URL has no date', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled());
    await deployment.invoke(deployment.event({ ...CREATE, ResponseURL: 'https://cloudformation/?AWSAccessKeyId=A&Expires=1793534400&Signature=0123' }));
    expect(Date.parse(deployment.executions[0].Event.StartTime)).toBe(deployment.clock.now);
  });

  test('waits in the function where the state machine cannot be started', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled(), throttled());
    deployment.executionErrors.push(throttled(), throttled());
    expect((await deployment.invoke(deployment.event(CREATE))).IsAnswered).toBe(true);
    expect(deployment.responses[0].Status).toBe('SUCCESS');
    expect(deployment.executions).toEqual([]);
  });

  test('tries to start the state machine once more when its time is up', async () => {
    const event = deployment.event(CREATE);
    deployment.clock.advance(40);
    deployment.secondsLeft = 65;
    deployment.sageMaker.fail('CreateProcessingJob', throttled());
    deployment.executionErrors.push(throttled());
    expect((await deployment.invoke(event)).IsAnswered).toBe(false);
    expect(deployment.executions).toHaveLength(1);
    expect(deployment.secondsLeft).toBe(60);
    expect(deployment.sageMaker.operations().filter((operation) => operation.startsWith('Create'))).toHaveLength(1);
  });

  test('tries to start the state machine again when looking has taken the time that was left: the answer may be lost', async () => {
    const event = deployment.event(CREATE);
    deployment.secondsLeft = 58;
    deployment.sageMaker.fail('CreateProcessingJob', throttled());
    deployment.executionErrors.push(throttled(), throttled());
    expect((await deployment.invoke(event)).IsAnswered).toBe(false);
    expect(deployment.executions).toHaveLength(1);
    expect(deployment.responses).toEqual([]);
  });

  test.each([
    [
      'is denied',
      serviceError('AccessDeniedException', 'User: arn:aws:sts::111122223333:assumed-role/Shop-Role/Shop-Jobs is not authorized to perform: states:StartExecution'),
      'The role Shop-Role needs states:StartExecution: grant it, or look for what denies it (a boundary, a policy of the organization).',
    ],
    ['fails', serviceError('InternalError', 'oops', 500), 'Try again: the job itself may be all right.'],
  ])('fails where the start of the state machine %s for minutes, with the reason, and what to do', async (_what, error, remedy) => {
    deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(100).fill(throttled()));
    deployment.executionErrors.push(...Array<Error>(100).fill(error));
    expect((await deployment.invoke(deployment.event(CREATE))).IsAnswered).toBe(true);
    expect(deployment.secondsLeft).toBeGreaterThan(55);
    expect(deployment.secondsLeft).toBeLessThan(100);
    expect(deployment.responses).toEqual([expect.objectContaining({
      Status: 'FAILED',
      PhysicalResourceId: `pending-${LOGICAL_ID}-request-1`,
      Reason: `The state machine could not be started. ${error.name}: ${error.message}. ${remedy}\nThe provider's log: Shop-Logs`,
    })]);
  });
});

describe('an event that comes late', () => {
  test('may have killed the function: the state machine looks at it', async () => {
    const event = deployment.event(CREATE);
    deployment.clock.advance(60);
    expect(await deployment.invoke(event)).toMatchObject({ IsAnswered: false, Pause: 0 });
    expect(deployment.executions).toHaveLength(1);
    expect(deployment.sageMaker.calls).toEqual([]);
    expect((await deployment.invoke({ Event: deployment.executions[0].Event })).IsAnswered).toBe(true);
    expect(deployment.sageMaker.names('InProgress')).toHaveLength(1);
  });

  test('is not looked at here where the state machine can be started after some attempts', async () => {
    const event = deployment.event(CREATE);
    deployment.clock.advance(60);
    deployment.executionErrors.push(throttled(), throttled(), throttled());
    expect((await deployment.invoke(event)).IsAnswered).toBe(false);
    expect(deployment.executions).toHaveLength(1);
    expect(deployment.sageMaker.calls).toEqual([]);
  });

  test('is looked at here where the state machine cannot be started', async () => {
    const event = deployment.event(CREATE);
    deployment.clock.advance(60);
    deployment.executionErrors.push(throttled(), throttled(), throttled(), throttled());
    expect((await deployment.invoke(event)).IsAnswered).toBe(true);
  });
});

describe('a failure', () => {
  test('of a look is an answer, with the id by which the Delete finds the job', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'wrong'));
    await deployment.invoke(deployment.event(CREATE));
    expect(deployment.responses).toEqual([{
      Status: 'FAILED',
      PhysicalResourceId: `pending-${LOGICAL_ID}-request-1`,
      Reason: expect.stringContaining('ValidationException: wrong'),
      StackId: STACK_ID,
      RequestId: 'request-1',
      LogicalResourceId: LOGICAL_ID,
    }]);
  });

  test('of what looks, even when it is loaded, is an answer', async () => {
    deployment.look = async () => { throw new SyntaxError('Unexpected token'); };
    await deployment.invoke(deployment.event(CREATE));
    expect(deployment.responses[0]).toMatchObject({ Status: 'FAILED', Reason: 'SyntaxError: Unexpected token' });
  });

  test('fits into the answer, however long it is', async () => {
    const LogicalResourceId = 'L'.repeat(255);
    deployment.look = async () => { throw new Error('🐌'.repeat(10_000)); };
    await deployment.invoke(deployment.event({ ...CREATE, LogicalResourceId }));
    await deployment.invoke({ Event: { ...deployment.event({ ...CREATE, LogicalResourceId }), PhysicalResourceId: `pending-${LogicalResourceId}-x` }, Failure: { Error: 'E', Cause: '🐌'.repeat(10_000) } });
    for (const response of deployment.responses) expect(Buffer.byteLength(JSON.stringify(response))).toBeLessThanOrEqual(4096);
    expect(deployment.responses).toHaveLength(2);
  });
});

describe('an answer that cannot be written', () => {
  test.each([['S3 fails', 503], ['S3 is busy', 429], ['the connection breaks', new Error('ECONNRESET')]])('is written once more when %s', async (_why, failure) => {
    deployment.writing.push(failure, failure);
    const begin = deployment.clock.now;
    expect((await deployment.invoke(deployment.event(CREATE))).IsAnswered).toBe(true);
    expect(deployment.responses).toHaveLength(1);
    expect((deployment.clock.now - begin) / 1000).toBe(3);
  });

  test('is the state machine’s to write, after some tries, and is the same', async () => {
    deployment.writing.push(...Array<number>(5).fill(503));
    const delivery = deployment.deliver(CREATE);
    expect(await delivery.look()).toBeUndefined();
    expect(await delivery.look()).toEqual({ id: deployment.sageMaker.names()[0] });
    expect(deployment.sageMaker.names()).toHaveLength(1);
  });

  test('since S3 refuses it is logged, without the URL, and over', async () => {
    deployment.writing.push(403);
    expect((await deployment.invoke(deployment.event(CREATE))).IsAnswered).toBe(true);
    expect(deployment.urls).toHaveLength(1);
    expect(decisions()).toEqual(['done', 'lost']);
    expect(deployment.lines[1]).toContain('the answer SUCCESS could not be written: S3 has refused it, so its URL has expired, or a policy');
    expect(deployment.lines.join()).not.toContain('X-Amz-Signature');
  });

  test('is over when CloudFormation has stopped waiting for it', async () => {
    deployment.writing.push(...Array<number>(1000).fill(503));
    const delivery = deployment.deliver(CREATE);
    await delivery.look();
    const begin = deployment.clock.now;
    while (!(await deployment.invoke({ Event: deployment.executions[0].Event })).IsAnswered) deployment.clock.advance(30);
    expect((deployment.clock.now - begin) / 1000).toBeLessThan(3_700);
    expect(decisions().at(-1)).toBe('lost');
  });
});

describe('the last resort', () => {
  const accepted = () => ({ ...deployment.event(CREATE), PhysicalResourceId: `pending-${LOGICAL_ID}-request-1`, StartTime: new Date(deployment.clock.now).toISOString() });

  test.each([
    ['that a function has died', KILLED, 'failed, again and again. Runtime.ExitError: RequestId: 1 Error: Runtime exited with error: signal: killed'],
    ['that it does not come to an end', { Error: 'Sandbox.Timedout', Cause: '{"errorMessage":"2026 1 Task timed out after 300.00 seconds"}' }, 'took too long. Sandbox.Timedout: 2026 1 Task timed out'],
    ['that a look does not come to an end', { Error: 'States.Timeout', Cause: '' }, 'took too long. States.Timeout\n'],
    ['that Lambda is busy', { Error: 'Lambda.TooManyRequestsException', Cause: 'Rate Exceeded.' }, 'could not be invoked, again and again. Lambda.TooManyRequestsException: Rate Exceeded.'],
  ])('answers %s, and where its log is', async (_what, Failure, text) => {
    expect((await deployment.invoke({ Event: accepted(), Failure })).IsAnswered).toBe(true);
    expect(deployment.responses).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: `pending-${LOGICAL_ID}-request-1` })]);
    expect(deployment.responses[0].Reason).toContain(`The function that starts and watches jobs ${text}`);
    expect(deployment.responses[0].Reason).toMatch(/\nThe provider's log: Shop-Logs$/);
  });

  test('does not look, which may have been what killed the function', async () => {
    deployment.look = async () => { throw new Error('looked'); };
    await deployment.invoke({ Event: accepted(), Failure: KILLED });
    expect(deployment.responses[0].Reason).not.toContain('looked');
    expect(deployment.sageMaker.calls).toEqual([]);
  });

  test('fails when its answer cannot be written, so that the state machine invokes it once more', async () => {
    deployment.writing.push(...Array<number>(5).fill(503));
    await expect(deployment.invoke({ Event: accepted(), Failure: KILLED })).rejects.toThrow('the answer FAILED could not be written: S3 cannot be reached');
    expect((await deployment.invoke({ Event: accepted(), Failure: KILLED })).IsAnswered).toBe(true);
  });
});

describe('a repeated delivery', () => {
  test('is answered twice, with the same job', async () => {
    const event = deployment.event(CREATE);
    await deployment.invoke(event);
    deployment.clock.advance(10);
    await deployment.invoke(event);
    expect(deployment.sageMaker.names()).toHaveLength(1);
    expect(deployment.responses[1]).toEqual(deployment.responses[0]);
  });

  test('has two state machines look at the same, and nothing runs twice', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', throttled(), throttled());
    const event = deployment.event(CREATE);
    await deployment.invoke(event);
    await deployment.invoke(event);
    expect(deployment.executions).toHaveLength(2);
    for (const { Event } of deployment.executions) expect((await deployment.invoke({ Event })).IsAnswered).toBe(true);
    expect(deployment.sageMaker.names()).toHaveLength(1);
    expect(deployment.responses[1]).toEqual(deployment.responses[0]);
  });
});
