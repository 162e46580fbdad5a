import { Deployment, jobProperties, LET_GO, LOGICAL_ID, otherDefinition, STACK_ID } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';
import { jobName } from '../../src/handler/life/names';
import { MAX_WAIT_SECONDS } from '../../src/provider/contract';

const PROPERTIES = jobProperties();
const NAME = jobName({ StackId: STACK_ID, LogicalResourceId: LOGICAL_ID } as Parameters<typeof jobName>[0], PROPERTIES, 0);
const OWNERSHIP = ['cdk-sagemaker-jobs:stack', 'cdk-sagemaker-jobs:resource', 'cdk-sagemaker-jobs:definition'];

let deployment: Deployment;

beforeEach(async () => {
  deployment = new Deployment();
  await deployment.create(PROPERTIES);
  deployment.operation('DELETE_IN_PROGRESS');
  deployment.sageMaker.forgetCalls();
});

describe('a running job', () => {
  test('is stopped once, and is gone for CloudFormation only when it has stopped', async () => {
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: NAME, ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.clock.advance(10);
    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.job(NAME).status).toBe('Stopping');
    await delivery.finish();

    expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
    expect(deployment.sageMaker.operations().filter((operation) => operation === 'StopProcessingJob')).toHaveLength(1);
  });

  test('that ends just before it is stopped is no error', async () => {
    deployment.sageMaker.during('ListTags', () => deployment.sageMaker.end(NAME, 'Completed'));
    await deployment.delete(NAME, PROPERTIES);
    expect(deployment.sageMaker.operations()).toContain('StopProcessingJob');
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(LET_GO);
  });

  test('that can not be stopped, however long it is tried, is an error', async () => {
    deployment.sageMaker.fail('StopProcessingJob', ...Array<Error>(400).fill(serviceError('ValidationException', 'not now')));
    await expect(deployment.delete(NAME, PROPERTIES)).rejects.toThrow('ValidationException: not now');
  });

  test('that is being stopped, and still said to be running, is waited for', async () => {
    deployment.sageMaker.fail('StopProcessingJob', serviceError('ValidationException', 'The job is in status Stopping.'));
    await deployment.delete(NAME, PROPERTIES);
    expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
  });

  test.each([
    ['', NAME],
    [' of a failed Create', `pending-${LOGICAL_ID}-request-1`],
  ])('that takes very long to stop does not fail the deletion%s, which ends before CloudFormation gives up', async (_what, id) => {
    deployment.sageMaker.job(NAME).status = 'Stopping';
    deployment.sageMaker.job(NAME).stoppedAt = Infinity;
    const begin = deployment.clock.now;
    await deployment.delete(id, PROPERTIES);
    expect((deployment.clock.now - begin) / 1000).toBeLessThan(3600);
    expect((deployment.clock.now - begin) / 1000).toBeGreaterThanOrEqual(MAX_WAIT_SECONDS);
  });

  test('with a status that nobody knows is an error that names it', async () => {
    Object.assign(deployment.sageMaker.job(NAME), { status: 'Paused' });
    await expect(deployment.delete(NAME, PROPERTIES)).rejects.toThrow('has the status Paused');
  });
});

test('after an update that failed and was not rolled back, the job that it had started goes too', async () => {
  deployment.operation('UPDATE_IN_PROGRESS');
  const newer = await deployment.update(NAME, PROPERTIES, otherDefinition());
  await deployment.delete(NAME, otherDefinition());
  expect(deployment.sageMaker.names('Stopped')).toEqual([NAME, newer.id]);
});

test('after an update of the name that failed and was not rolled back, the job that it had started goes too', async () => {
  const named = jobProperties({ JobNamePrefix: undefined, JobName: 'weekly' });
  deployment.operation('UPDATE_IN_PROGRESS');
  await deployment.update(NAME, PROPERTIES, named);
  deployment.operation('DELETE_IN_PROGRESS');
  await deployment.delete(NAME, named);
  expect(deployment.sageMaker.names('Stopped').sort()).toEqual([NAME, 'weekly'].sort());
});

test('where the record of the job before is gone, the job that a failed update had started goes all the same', async () => {
  deployment.operation('UPDATE_IN_PROGRESS');
  const newer = await deployment.update(NAME, PROPERTIES, otherDefinition());
  deployment.sageMaker.jobs.delete(NAME);
  await deployment.delete(NAME, otherDefinition());
  expect(deployment.sageMaker.names('Stopped')).toEqual([newer.id]);
});

test('a job that the service does not tell of yet is stopped', async () => {
  deployment.sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job'));
  await deployment.delete(NAME, PROPERTIES);
  expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
});

test('a job of a cancelled Create that the service does not tell of yet is stopped, even when the look takes long', async () => {
  const { sageMaker } = deployment;
  sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job'));
  sageMaker.during('DescribeProcessingJob', () => sageMaker.during('DescribeProcessingJob', () => deployment.clock.advance(60)));
  await deployment.delete(`pending-${LOGICAL_ID}-request-1`, PROPERTIES);
  expect(sageMaker.job(NAME).status).toBe('Stopped');
});

describe('the network interfaces of a job in a VPC', () => {
  const GROUP = 'sg-0123456789abcdef0';
  const inVpc = jobProperties({ SecurityGroupId: GROUP }, { NetworkConfig: { VpcConfig: { SecurityGroupIds: [GROUP], Subnets: ['subnet-1'] } } });
  let name: string;
  let interfaces: number;

  beforeEach(async () => {
    interfaces = 2;
    deployment.countInterfaces = (group) => group === GROUP ? interfaces : 99;
    deployment.stack = { status: 'CREATE_IN_PROGRESS' };
    name = (await deployment.create(inVpc)).id;
  });

  test('are waited for when the job has ended, for its security group goes next', async () => {
    deployment.sageMaker.end(name, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: inVpc });
    expect(await delivery.look()).toBeUndefined();
    deployment.clock.advance(120);
    expect(await delivery.look()).toBeUndefined();
    interfaces = 0;
    expect(await delivery.look()).toBeDefined();
    expect([...deployment.sageMaker.job(name).tags.keys()]).toEqual(LET_GO);
  });

  test('are waited for after a failed or cancelled Create, too', async () => {
    deployment.sageMaker.end(name, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: `pending-${LOGICAL_ID}-1`, ResourceProperties: inVpc });
    expect(await delivery.look()).toBeUndefined();
    deployment.clock.advance(10);
    expect(await delivery.look()).toBeUndefined();
    interfaces = 0;
    await delivery.finish();
    expect([...deployment.sageMaker.job(name).tags.keys()]).toEqual(LET_GO);
  });

  test('are waited for when somebody has deleted the record of the job', async () => {
    deployment.sageMaker.jobs.delete(name);
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: inVpc });
    deployment.clock.advance(60);
    expect(await delivery.look()).toBeUndefined();
    interfaces = 0;
    expect(await delivery.look()).toBeDefined();
  });

  test('are waited for when the job is to be retained, and has ended', async () => {
    deployment.sageMaker.end(name, 'Completed');
    const retained = { ...inVpc, RemovalPolicy: 'RETAIN' as const };
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: retained });
    expect(await delivery.look()).toBeUndefined();
  });

  test('are not waited for when the next run uses the same security group', async () => {
    deployment.operation('UPDATE_IN_PROGRESS');
    const next = await deployment.update(name, inVpc, { ...inVpc, RerunTrigger: '2' });
    deployment.physicalId = next.id;
    deployment.sageMaker.end(name, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: inVpc });
    expect(await delivery.look()).toBeDefined();
  });

  test('are waited for when the next run uses another security group', async () => {
    deployment.operation('UPDATE_IN_PROGRESS');
    deployment.physicalId = (await deployment.update(name, inVpc, PROPERTIES)).id;
    deployment.sageMaker.end(name, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: inVpc });
    expect(await delivery.look()).toBeUndefined();
  });

  describe('in a group of the app that was given to the job', () => {
    const given = jobProperties({ GivenSecurityGroupIds: [GROUP] }, { NetworkConfig: inVpc.Request.NetworkConfig });
    const deleteIt = () => deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: given });

    beforeEach(async () => {
      deployment = new Deployment();
      deployment.stack = { status: 'CREATE_IN_PROGRESS' };
      name = (await deployment.create(given)).id;
    });

    test('are waited for, as far as they may be of the job', async () => {
      deployment.clock.advance(60);
      deployment.sageMaker.end(name, 'Completed');
      const counted: unknown[] = [];
      deployment.countInterfaces = (group, whileOf) => {
        counted.push([group, whileOf!.endedAt.getTime() - whileOf!.createdAt.getTime()]);
        return interfaces;
      };
      const delivery = deleteIt();
      expect(await delivery.look()).toBeUndefined();
      interfaces = 0;
      expect(await delivery.look()).toBeDefined();
      expect(counted).toEqual([[GROUP, 60_000], [GROUP, 60_000]]);
    });

    test('are waited for a quarter of an hour after the job at most, since they may be of others', async () => {
      deployment.countInterfaces = () => 1;
      deployment.sageMaker.end(name, 'Completed');
      deployment.clock.advance(899);
      expect(await deleteIt().look()).toBeUndefined();
      deployment.clock.advance(1);
      expect(await deleteIt().look()).toBeDefined();
    });
  });

  test('are not waited for by those who share a security group', async () => {
    const shared = jobProperties({}, { NetworkConfig: inVpc.Request.NetworkConfig });
    const { id } = await deployment.create(shared);
    deployment.sageMaker.end(id, 'Completed');
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: shared });
    expect(await delivery.look()).toBeDefined();
  });

  test.each([
    ['stay for an hour', () => 1],
    ['may not be described', () => { throw serviceError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403); }],
  ])('do not fail the deletion when they %s', async (_what, count) => {
    deployment.countInterfaces = count;
    await deployment.delete(name, inVpc);
    expect([...deployment.sageMaker.job(name).tags.keys()]).toEqual(LET_GO);
  });

  test('are counted again after throttling', async () => {
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: inVpc });
    deployment.sageMaker.end(name, 'Completed');
    deployment.countInterfaces = () => { throw serviceError('RequestLimitExceeded', 'Request limit exceeded.', 503); };
    expect(await delivery.look()).toBeUndefined();
    deployment.countInterfaces = () => 0;
    expect(await delivery.look()).toBeDefined();
  });
});

describe('the removal policy', () => {
  test('STOP keeps the record and takes our tags off it', async () => {
    deployment.sageMaker.end(NAME, 'Completed');
    await deployment.delete(NAME, PROPERTIES);
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(LET_GO);
    expect(deployment.sageMaker.calls.at(-1)).toEqual({ operation: 'DeleteTags', input: { ResourceArn: deployment.sageMaker.job(NAME).arn, TagKeys: OWNERSHIP } });
  });

  test.each(['Completed', 'Failed', 'Stopped', 'InProgress'] as const)('DELETE deletes the record of a job that is %s', async (status) => {
    deployment.sageMaker.end(NAME, status);
    await deployment.delete(NAME, jobProperties({ RemovalPolicy: 'DELETE' }));
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('DELETE does not mind that somebody else has deleted the record', async () => {
    deployment.sageMaker.end(NAME, 'Completed');
    deployment.sageMaker.during('ListTags', () => deployment.sageMaker.jobs.clear());
    await deployment.delete(NAME, jobProperties({ RemovalPolicy: 'DELETE' }));
    expect(deployment.sageMaker.operations()).toContain('DeleteProcessingJob');
  });

  test('DELETE waits while the record can not be deleted yet', async () => {
    deployment.sageMaker.end(NAME, 'Completed');
    deployment.sageMaker.fail('DeleteProcessingJob', serviceError('ResourceInUse', 'in use'));
    await deployment.delete(NAME, jobProperties({ RemovalPolicy: 'DELETE' }));
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('RETAIN leaves the job running, and takes our tags off it', async () => {
    await deployment.delete(NAME, jobProperties({ RemovalPolicy: 'RETAIN' }));
    expect(deployment.sageMaker.job(NAME).status).toBe('InProgress');
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(LET_GO);
  });
});

describe('nothing is done', () => {
  test('when the record is gone, at a second look too', async () => {
    deployment.sageMaker.jobs.clear();
    await deployment.delete(NAME, PROPERTIES);
    expect(new Set(deployment.sageMaker.operations())).toEqual(new Set(['DescribeProcessingJob']));
  });

  test('when the service says it with the error of its reference', async () => {
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(10).fill(serviceError('ResourceNotFound', 'gone')));
    await deployment.delete(NAME, PROPERTIES);
    expect(new Set(deployment.sageMaker.operations())).toEqual(new Set(['DescribeProcessingJob']));
  });

  test.each(['stack', 'resource'])('when the job is of another %s', async (tag) => {
    deployment.sageMaker.job(NAME).tags.set(`cdk-sagemaker-jobs:${tag}`, 'other');
    await deployment.delete(NAME, PROPERTIES);
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob', 'ListTags']);
  });

  test('about a look at the stack: a Delete is right at any time', async () => {
    const looks = deployment.stackLooks;
    deployment.stack = { status: 'DELETE_COMPLETE' };
    await deployment.delete(NAME, PROPERTIES);
    expect(deployment.stackLooks).toBe(looks);
    expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
  });
});

describe('an id that is no job name', () => {
  const madeUp = `Shop-${LOGICAL_ID}-1KQ3TMV0X9ZB`;

  test.each([
    ['that we left when a Create failed', `pending-${LOGICAL_ID}-request-1`],
    ['that CloudFormation made up for a cancelled Create', madeUp],
  ])('%s leads to the job of the properties', async (_what, id) => {
    await deployment.delete(id, PROPERTIES);
    expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(LET_GO);
  });

  test('leads to a job that is started between two looks', async () => {
    deployment.sageMaker.jobs.clear();
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: madeUp, ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.operation('ROLLBACK_IN_PROGRESS');
    await new Deployment().create(PROPERTIES);
    deployment.stack = { status: 'CREATE_IN_PROGRESS' };
    await deployment.create(PROPERTIES);

    await delivery.finish();
    expect(deployment.sageMaker.job(NAME).status).toBe('Stopped');
  });

  test('is done after the second look when there is no job', async () => {
    deployment.sageMaker.jobs.clear();
    const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: madeUp, ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.clock.advance(10);
    expect(await delivery.look()).toBeDefined();
  });

  test('does not lead to a job of another definition, nor of another resource', async () => {
    await deployment.delete(madeUp, otherDefinition());
    deployment.sageMaker.job(NAME).tags.set('cdk-sagemaker-jobs:resource', 'Other');
    await deployment.delete(madeUp, PROPERTIES);
    expect(deployment.sageMaker.job(NAME).status).toBe('InProgress');
  });
});

test.each([
  ['a generated name that contains the logical id', { JobNamePrefix: `Shop-${LOGICAL_ID}` }, undefined],
  ['a given name that contains the logical id', { JobNamePrefix: undefined, JobName: `my-${LOGICAL_ID}` }, undefined],
  ['a name of other name settings than the properties have', { JobNamePrefix: 'Old-Prefix' }, PROPERTIES],
])('%s is a job name', async (_what, change, properties) => {
  const created = jobProperties(change);
  deployment.stack = { status: 'CREATE_IN_PROGRESS' };
  const { id } = await deployment.create(created);
  deployment.physicalId = NAME;
  await deployment.delete(id, properties ?? created);
  expect(deployment.sageMaker.job(id).status).toBe('Stopped');
  expect(deployment.sageMaker.job(NAME).status).toBe('InProgress');
});

test.each([
  ['a generated name', `Shop-${LOGICAL_ID}-0123456789`, { JobNamePrefix: `Shop-${LOGICAL_ID}` }],
  ['a given name', `my-${LOGICAL_ID}`, { JobNamePrefix: undefined, JobName: `my-${LOGICAL_ID}` }],
])('%s whose record is gone is looked for twice by that name, although it contains the logical id', async (_what, id, change) => {
  deployment.sageMaker.forgetCalls();
  const delivery = deployment.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: jobProperties(change) });
  expect(await delivery.look()).toBeUndefined();
  deployment.clock.advance(10);
  expect(await delivery.look()).toBeDefined();
  expect(deployment.sageMaker.calls.slice(0, 2).map(({ input }) => input.ProcessingJobName)).toEqual([id, id]);
  expect(new Set(deployment.sageMaker.operations())).toEqual(new Set(['DescribeProcessingJob']));
});

describe('what a job was that was let go of', () => {
  const FORMERLY = 'cdk-sagemaker-jobs:formerly';
  const formerly = () => deployment.sageMaker.job(NAME).tags.get(FORMERLY);
  const letGo = async () => deployment.delete(NAME, jobProperties({ JobNamePrefix: undefined, JobName: NAME, RemovalPolicy: 'RETAIN' }));

  beforeEach(async () => {
    deployment = new Deployment();
    await deployment.create(jobProperties({ JobNamePrefix: undefined, JobName: NAME }));
  });

  test('can be read', async () => {
    await letGo();
    expect(formerly()).toBe(`Shop/0a1b2c3d/${LOGICAL_ID}`);
  });

  test('is written while the job is ours, so that a failure in between is made up for', async () => {
    deployment.sageMaker.fail('DeleteTags', throttled());
    await letGo();
    expect(formerly()).toBe(`Shop/0a1b2c3d/${LOGICAL_ID}`);
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(LET_GO);
  });

  test('has room on a job with all the tags that it can have', async () => {
    const { tags } = deployment.sageMaker.job(NAME);
    for (let index = tags.size; index < 50; index++) tags.set(`user-${index}`, '');
    let most = 0;
    const count = (): void => {
      most = Math.max(most, tags.size);
      deployment.sageMaker.during('AddTags', count);
    };
    count();
    await letGo();
    expect(most).toBe(50);
    expect(formerly()).toBe(`Shop/0a1b2c3d/${LOGICAL_ID}`);
    expect(tags.has('cdk-sagemaker-jobs:stack')).toBe(false);
  });

  test('is told as far as a tag has room', async () => {
    const id = { LogicalResourceId: 'L'.repeat(255) };
    const properties = jobProperties({ JobNamePrefix: undefined, JobName: 'long', RemovalPolicy: 'RETAIN' });
    await deployment.create(properties, id);
    await deployment.delete('long', properties, id);
    expect(deployment.sageMaker.job('long').tags.get(FORMERLY)).toMatch(/^Shop\/0a1b2c3d\/L{242}$/);
  });

  test('is no reason to keep the job when it may not be written', async () => {
    deployment.sageMaker.fail('AddTags', serviceError('AccessDeniedException', 'User is not authorized to perform: sagemaker:AddTags'));
    await letGo();
    expect([...deployment.sageMaker.job(NAME).tags.keys()]).toEqual(['team', 'cdk-sagemaker-jobs:request']);
  });
});
