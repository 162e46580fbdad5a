import { Deployment, jobProperties, LOGICAL_ID } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';

let deployment: Deployment;

beforeEach(() => {
  deployment = new Deployment();
});

test('every look at an event is one line that says what was decided and why', async () => {
  deployment.sageMaker.fail('CreateProcessingJob', throttled());
  const { id } = await deployment.create(jobProperties());
  await deployment.delete(id, jobProperties({ RemovalPolicy: 'RETAIN' }));

  expect(deployment.lines.map((line) => JSON.parse(line))).toEqual([
    {
      kind: 'Custom::SageMakerProcessingJob',
      requestType: 'Create',
      requestId: 'request-1',
      resource: LOGICAL_ID,
      name: `pending-${LOGICAL_ID}-request-1`,
      decision: 'retry',
      reason: `The processing job ${id} could not be started. ThrottlingException: Rate exceeded (tried again for up to 15 minutes: it may pass)`,
    },
    expect.objectContaining({ decision: 'done', reason: `started ${id}` }),
    expect.objectContaining({ requestType: 'Delete', name: id, decision: 'done', reason: `let ${id} go` }),
  ]);
});

test('a failure is logged by its first line, without what the job printed', async () => {
  deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'wrong\nsecond line'));
  await expect(deployment.create(jobProperties())).rejects.toThrow('second line');
  expect(deployment.lines).toHaveLength(1);
  expect(JSON.parse(deployment.lines[0])).toMatchObject({ decision: 'fail', reason: expect.stringMatching(/wrong$/) });
});

test('neither log nor reason has environment values, not even when the service quotes them', async () => {
  deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', "Value '{TOKEN=hunter2-hunter2}' at 'environment' failed to satisfy constraint"));
  const error: Error = await deployment.create(jobProperties()).catch((e) => e);

  expect(error.message).toContain("Value '{TOKEN=***}' at 'environment' failed to satisfy constraint");
  expect(deployment.lines.join()).not.toContain('hunter2');
  expect(deployment.lines).toHaveLength(1);
});

test('no line has the request', async () => {
  const { id } = await deployment.create(jobProperties());
  await deployment.update(id, jobProperties(), jobProperties({ RerunTrigger: '2' }));
  await deployment.delete(id, jobProperties());
  expect(deployment.lines.length).toBeGreaterThan(2);
  expect(deployment.lines.join()).not.toMatch(/ImageUri|hunter2|RoleArn/);
});
