import { Deployment, jobProperties, LOGICAL_ID } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';

const PROPERTIES = jobProperties();
const MINUTES = 60;

let deployment: Deployment;

beforeEach(() => {
  deployment = new Deployment();
});

const TRANSIENT: [string, Error][] = [
  ['throttling', throttled()],
  ['an internal error', serviceError('InternalFailure', 'oops', 500)],
  ['too many requests', serviceError('Whatever', 'slow down', 429)],
  ['a broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
  ['an address that cannot be reached', Object.assign(new Error('connect EHOSTDOWN 10.0.0.1:443'), { code: 'EHOSTDOWN' })],
  ['a handshake that breaks', Object.assign(new Error('write EPROTO'), { code: 'EPROTO' })],
  ['throttling by another name', serviceError('ThrottledException', 'Rate exceeded')],
  ['the credentials of a role that is not known everywhere yet', serviceError('UnrecognizedClientException', 'The security token included in the request is invalid.')],
  ['no answer', Object.assign(new Error('timed out'), { name: 'TimeoutError' })],
];

const IAM = [
  'Could not assume role arn:aws:iam::111122223333:role/Prepare. Please ensure that the role exists',
  'User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/Prepare because no identity-based policy allows the iam:PassRole action',
  'Access denied for registryId 111122223333',
  'Unauthorized to List objects under S3 URL',
];

function denied(action: string): Error {
  return serviceError('AccessDeniedException', `User: arn:aws:sts::111122223333:assumed-role/Shop-ProviderRole-AbC/Shop-Provider is not authorized to perform: ${action}`);
}

describe('a Create', () => {
  test.each(TRANSIENT)('waits out %s', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', error, error);
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    await delivery.finish();
    expect(deployment.sageMaker.names('InProgress')).toHaveLength(1);
  });

  test.each(IAM)('waits for IAM when the service says: %s', async (message) => {
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', message));
    await deployment.create(PROPERTIES);
    expect(deployment.sageMaker.names('InProgress')).toHaveLength(1);
  });

  test('waits for IAM when the stack may not be looked at yet', async () => {
    deployment.stackErrors.push(serviceError('AccessDenied', 'User is not authorized to perform: cloudformation:DescribeStacks'));
    await deployment.create(PROPERTIES);
    expect(deployment.sageMaker.names('InProgress')).toHaveLength(1);
  });

  test('waits out a stack that can not be looked at after the Create call, and the job runs once', async () => {
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    deployment.sageMaker.during('CreateProcessingJob', () => deployment.stackErrors.push(throttled()));
    expect(await delivery.look()).toBeUndefined();
    await delivery.finish();
    expect(deployment.sageMaker.names()).toHaveLength(1);
  });

  test.each([
    ['IAM', 3, serviceError('ValidationException', IAM[0]), 'enough for a new permission to be known everywhere'],
    ['throttling', 15, throttled(), 'Try again when less is going on in this account and Region'],
    ['a service that fails', 15, serviceError('InternalFailure', 'oops', 500), 'Try again when the service answers: the AWS Health Dashboard shows disturbances.'],
    ['a connection that breaks', 15, Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'lead from its subnets to the service'],
    ['credentials', 3, serviceError('ExpiredTokenException', 'The security token included in the request is expired'), 'see whether the role of the function exists'],
  ])('gives up on %s after %i minutes, with the reason, since when, and what to do', async (_what, minutes, error, remedy) => {
    deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(400).fill(error));
    const begin = deployment.clock.now;
    const { message }: Error = await deployment.create(PROPERTIES).catch((e) => e);
    expect(message).toMatch(/^The processing job Shop-Prepare-\w{10} could not be started\. (\w+: )?(Could not assume role|Rate exceeded\.|oops\.|socket hang up\.|The security token included in the request is expired\.)/);
    expect(message).toContain(` It was tried for ${minutes} minutes, since 2026-11-01T12:00:00.000Z`);
    expect(message).toContain(remedy);
    expect(message).toMatch(/\nThe provider's log: \/aws\/lambda\/provider$/);
    expect((deployment.clock.now - begin) / 1000).toBeCloseTo(minutes * MINUTES, -2);
    expect(JSON.parse(deployment.lines[0])).toMatchObject({ decision: 'retry', reason: expect.stringContaining(`(tried again for up to ${minutes} minutes: `) });
  });

  test('says of each address why it cannot be reached, where several were tried', async () => {
    const errors = ['connect ETIMEDOUT 10.0.0.1:443', 'connect ENETUNREACH fe80::1:443'].map((message) => new Error(message));
    const error = Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });
    deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(400).fill(error));
    await expect(deployment.create(PROPERTIES)).rejects
      .toThrow('could not be started. AggregateError: connect ETIMEDOUT 10.0.0.1:443; connect ENETUNREACH fe80::1:443. It was tried for 15 minutes');
  });

  test.each([
    ['a request that is wrong', serviceError('ValidationException', 'InstanceCount must be at least 1')],
    ['an explicit deny', serviceError('AccessDeniedException', 'User is not authorized to perform: sagemaker:CreateProcessingJob with an explicit deny in a service control policy')],
  ])('fails at once for %s', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', error);
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    await expect(delivery.look()).rejects.toThrow(error.message);
    // the second looks whether an earlier call, whose answer was lost, has started the job
    expect(deployment.sageMaker.operations()).toEqual(['CreateProcessingJob', 'DescribeProcessingJob']);
  });

  test('fails at once for a quota, and says what to do', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ResourceLimitExceeded', "The account-level service limit 'ml.p4d.24xlarge for processing job usage' is 0 Instances."));
    await expect(deployment.create(PROPERTIES)).rejects.toThrow(
      /could not be started\. ResourceLimitExceeded: The account-level service limit 'ml\.p4d\.24xlarge for processing job usage' is 0 Instances\. Ask for more of this quota/);
  });

  test('fails at once for a mistake of ours', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', new TypeError('x is not a function'));
    await expect(deployment.create(PROPERTIES)).rejects.toThrow('TypeError: x is not a function');
  });
});

describe('an Update', () => {
  test('waits out throttling for longer, for it may be that of a rollback', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.operation('UPDATE_IN_PROGRESS');
    const next = jobProperties({ RerunTrigger: '2' });
    const update = await deployment.update(id, PROPERTIES, next);
    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(120).fill(throttled()));
    expect((await deployment.update(update.id, next, PROPERTIES)).id).toBe(id);
  });
});

describe('a Delete', () => {
  test('waits for IAM, whose policy may be as new as the stack that is rolled back', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.fail('DescribeProcessingJob', denied('sagemaker:DescribeProcessingJob'));
    await deployment.delete(id, PROPERTIES);
    expect(deployment.sageMaker.names('Stopped')).toEqual([id]);
  });

  test('gives up on what it is denied after 3 minutes, and says what it needs for which job', async () => {
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(400).fill(denied('sagemaker:DescribeProcessingJob')));
    const begin = deployment.clock.now;
    const { message }: Error = await deployment.delete('Shop-Prepare-0123456789', PROPERTIES).catch((e) => e);
    expect(message).toMatch(/^Deleting the processing job Shop-Prepare-0123456789 failed\. AccessDeniedException: User: \S+ is not authorized to perform: sagemaker:DescribeProcessingJob/);
    expect(message).toContain('The role Shop-ProviderRole-AbC needs sagemaker:DescribeProcessingJob: ');
    expect(message).toContain('It was tried for 3 minutes, since 2026-11-01T12:00:00.000Z, which is enough');
    expect((deployment.clock.now - begin) / 1000).toBeCloseTo(3 * MINUTES, -2);
  });

  test('that is denied what another delivery of it has just done is done, too', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.end(id, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: PROPERTIES });
    deployment.clock.advance(20 * MINUTES);
    // Without its tags the job is no more the stack's, and nothing of it may be changed.
    deployment.sageMaker.fail('DeleteTags', denied('sagemaker:DeleteTags'));
    deployment.sageMaker.during('ListTags', () => deployment.sageMaker.job(id).tags.clear());
    await delivery.finish();
    expect(deployment.lines.join('\n')).toContain('is not ours');
  });

  test('that names no job says of which resource it gave up', async () => {
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(400).fill(throttled()));
    await expect(deployment.delete(`pending-${LOGICAL_ID}-request-1`, PROPERTIES)).rejects.toThrow(
      /^Deleting the processing job of the resource Prepare1A2B3C4D failed\. ThrottlingException: Rate exceeded\. It was tried for 59 minutes, since /);
  });

  test('waits out throttling, however long the job has been stopping', async () => {
    const { id } = await deployment.create(PROPERTIES);
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: PROPERTIES });
    deployment.clock.advance(40 * MINUTES);
    deployment.sageMaker.fail('DescribeProcessingJob', throttled());
    expect(await delivery.look()).toBeUndefined();
    await delivery.finish();
    expect(deployment.sageMaker.names('Stopped')).toEqual([id]);
  });
});

describe('a given name that the policy no longer knows', () => {
  const given = (JobName: string) => jobProperties({ JobNamePrefix: undefined, JobName });
  const notAllowed = serviceError('AccessDeniedException', 'User: arn:aws:sts::111122223333:assumed-role/Shop-ProviderRole-AbC/Shop-Provider is not authorized '
    + 'to perform: sagemaker:DescribeProcessingJob on resource: arn:aws:sagemaker:eu-west-1:111122223333:processing-job/other because no identity-based policy allows the sagemaker:DescribeProcessingJob action');
  const never = Array<Error>(400).fill(notAllowed);

  test('is deleted: nothing of the stack has it', async () => {
    const begin = deployment.clock.now;
    deployment.sageMaker.fail('DescribeProcessingJob', ...never);
    await deployment.delete('other', given('other'));
    expect((deployment.clock.now - begin) / 1000).toBeGreaterThanOrEqual(60);
    expect((deployment.clock.now - begin) / 1000).toBeLessThan(120);
  });

  test('is nobody\'s of the stack when an update to it is rolled back', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    const delivery = deployment.deliver({
      RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: given('other'), ResourceProperties: PROPERTIES,
    });
    deployment.sageMaker.refuse('DescribeProcessingJob', 'other', notAllowed);
    expect((await delivery.finish()).id).toBe(id);
    expect(deployment.sageMaker.names('InProgress')).toEqual([id]);
  });

  test.each([
    'with an explicit deny in a service control policy', 'because no permissions boundary allows the action', 'because no service control policy allows the action',
  ])('is an error %s', async (why) => {
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(400).fill(
      serviceError('AccessDeniedException', `User: x is not authorized to perform: sagemaker:DescribeProcessingJob on resource: y ${why}`)));
    await expect(deployment.delete('other', given('other'))).rejects.toThrow('AccessDeniedException');
  });
});

test('what never ends is given up on, with the job, since when, and why', async () => {
  const { id } = await deployment.create(PROPERTIES);
  deployment.operation('UPDATE_IN_PROGRESS');
  const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: PROPERTIES, ResourceProperties: PROPERTIES });
  deployment.clock.advance(59 * MINUTES);
  deployment.stack = { status: 'UPDATE_IN_PROGRESS', changedAt: new Date(deployment.clock.now - 59 * MINUTES * 1000) };
  deployment.sageMaker.fail('DescribeProcessingJob', throttled());
  await expect(delivery.finish()).rejects.toThrow(new RegExp(`^Updating the processing job ${id} failed\\. ThrottlingException: Rate exceeded\\. It was tried for 59 minutes, since `));
});

test('a resource type that nobody knows is an error', async () => {
  await expect(deployment.create(PROPERTIES, { ResourceType: 'Custom::Other', LogicalResourceId: LOGICAL_ID }))
    .rejects.toThrow('This handler does not know the resource type Custom::Other.');
});
