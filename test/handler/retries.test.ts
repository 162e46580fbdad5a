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
  ['no answer', Object.assign(new Error('timed out'), { name: 'TimeoutError' })],
];

const IAM = [
  'Could not assume role arn:aws:iam::111122223333:role/Prepare. Please ensure that the role exists',
  'User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/Prepare because no identity-based policy allows the iam:PassRole action',
  'Access denied for registryId 111122223333',
  'Unauthorized to List objects under S3 URL',
];

describe('a Create', () => {
  test.each(TRANSIENT)('waits out %s', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', error, error);
    const delivery = await deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.poll()).toEqual({ IsComplete: false });
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
    const delivery = await deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    deployment.sageMaker.during('CreateProcessingJob', () => deployment.stackErrors.push(throttled()));
    expect(await delivery.poll()).toEqual({ IsComplete: false });
    await delivery.finish();
    expect(deployment.sageMaker.names()).toHaveLength(1);
  });

  test.each([['IAM', serviceError('ValidationException', IAM[0])], ['throttling', throttled()]])('gives up on %s after 15 minutes, with the reason', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(400).fill(error));
    const begin = deployment.clock.now;
    await expect(deployment.create(PROPERTIES)).rejects.toThrow(/^The processing job Shop-Prepare-\w{10} could not be started\. (ValidationException: Could not assume role|ThrottlingException: Rate exceeded)/);
    expect((deployment.clock.now - begin) / 1000).toBe(15 * MINUTES);
  });

  test.each([
    ['a request that is wrong', serviceError('ValidationException', 'InstanceCount must be at least 1')],
    ['an explicit deny', serviceError('AccessDeniedException', 'User is not authorized to perform: sagemaker:CreateProcessingJob with an explicit deny in a service control policy')],
  ])('fails at once for %s', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', error);
    const delivery = await deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    await expect(delivery.poll()).rejects.toThrow(error.message);
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
  test('does not wait for IAM', async () => {
    deployment.sageMaker.fail('DescribeProcessingJob', serviceError('AccessDeniedException', 'not authorized: is not authorized to perform x'));
    await expect(deployment.delete('Shop-Prepare-0123456789', PROPERTIES)).rejects.toThrow('AccessDeniedException');
  });

  test('waits out throttling, however long the job has been stopping', async () => {
    const { id } = await deployment.create(PROPERTIES);
    const delivery = await deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: PROPERTIES });
    deployment.clock.advance(40 * MINUTES);
    deployment.sageMaker.fail('DescribeProcessingJob', throttled());
    expect(await delivery.poll()).toEqual({ IsComplete: false });
    await delivery.finish();
    expect(deployment.sageMaker.names('Stopped')).toEqual([id]);
  });
});

test('a resource type that nobody knows is an error', async () => {
  await expect(deployment.create(PROPERTIES, { ResourceType: 'Custom::Other', LogicalResourceId: LOGICAL_ID }))
    .rejects.toThrow('This handler does not know the resource type Custom::Other.');
});
