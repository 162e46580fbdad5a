import { Deployment, jobProperties, LET_GO, LOGICAL_ID, otherDefinition, STACK_ID } from './deployment';
import { serviceError } from './fake-sagemaker';
import { jobName } from '../../src/handler/life/names';

const PROPERTIES = jobProperties();

function nameOf(properties = PROPERTIES, attempt = 0): string {
  return jobName({ StackId: STACK_ID, LogicalResourceId: LOGICAL_ID } as Parameters<typeof jobName>[0], properties, attempt);
}

let deployment: Deployment;

beforeEach(() => {
  deployment = new Deployment();
});

describe('a new job', () => {
  test('is started by one call to SageMaker, and its name becomes the physical id', async () => {
    const { id } = await deployment.create(PROPERTIES);

    expect(id).toBe(nameOf());
    expect(deployment.sageMaker.operations()).toEqual(['CreateProcessingJob']);
    expect(deployment.sageMaker.job(id).status).toBe('InProgress');
  });

  test('gets the request of the template, with numbers and booleans again, the tags, and whose it is', async () => {
    const { id } = await deployment.create(PROPERTIES, { RequestId: 'the-request' });

    expect(deployment.sageMaker.job(id).request).toEqual({
      ...PROPERTIES.Request,
      ProcessingJobName: id,
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      Tags: [
        { Key: 'team', Value: 'data' },
        { Key: 'cdk-sagemaker-jobs:stack', Value: STACK_ID },
        { Key: 'cdk-sagemaker-jobs:resource', Value: LOGICAL_ID },
        { Key: 'cdk-sagemaker-jobs:definition', Value: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { Key: 'cdk-sagemaker-jobs:request', Value: expect.stringMatching(/^the-request\/[0-9a-f]{10}$/) },
      ],
    });
  });

  test('gets the name it was given', async () => {
    expect((await deployment.create(jobProperties({ JobNamePrefix: undefined, JobName: 'nightly' }))).id).toBe('nightly');
  });

  test('can do without tags', async () => {
    const { id } = await deployment.create(jobProperties({ Tags: undefined }));
    expect([...deployment.sageMaker.job(id).tags.keys()].filter((key) => !key.startsWith('cdk-sagemaker-jobs:'))).toEqual([]);
  });

  test('has no physical id of a job before it is started', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'no'));
    await expect(deployment.create(PROPERTIES)).rejects.toThrow('no');
    expect(deployment.responses).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: `pending-${LOGICAL_ID}-request-1` })]);
  });
});

describe('a Create call whose answer was lost', () => {
  test('is found again, and the job runs once', async () => {
    deployment.sageMaker.loseAnswer('CreateProcessingJob');
    const { id } = await deployment.create(PROPERTIES);

    expect(id).toBe(nameOf());
    expect(deployment.sageMaker.names()).toEqual([nameOf()]);
  });

  test('is found again when the job has failed by then: the same request does not run it twice', async () => {
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    deployment.sageMaker.loseAnswer('CreateProcessingJob');
    expect(await delivery.look()).toBeUndefined();
    deployment.sageMaker.end(nameOf(), 'Failed');

    expect((await delivery.finish()).id).toBe(nameOf());
    expect(deployment.sageMaker.names()).toEqual([nameOf()]);
  });
});

test('a Create call that is refused after one whose answer was lost finds the job of that', async () => {
  deployment.sageMaker.loseAnswer('CreateProcessingJob');
  const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
  expect(await delivery.look()).toBeUndefined();
  deployment.sageMaker.fail('CreateProcessingJob', serviceError('ResourceLimitExceeded', 'no more'));
  expect((await delivery.finish()).id).toBe(nameOf());
  expect(deployment.sageMaker.names()).toEqual([nameOf()]);
});

test('an event that is delivered twice starts one job', async () => {
  const first = await deployment.create(PROPERTIES, { RequestId: 'twice' });
  const second = await deployment.create(PROPERTIES, { RequestId: 'twice' });

  expect(second.id).toBe(first.id);
  expect(deployment.sageMaker.names()).toEqual([first.id]);
});

describe('a name in use', () => {
  test('by a job that was let go of: the next name is taken', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.end(id, 'Completed');
    await deployment.delete(id, PROPERTIES);

    const again = await deployment.create(PROPERTIES);
    expect(again.id).toBe(nameOf(PROPERTIES, 1));
    expect(deployment.sageMaker.names('InProgress')).toEqual([again.id]);
  });

  test('by our job of the same definition, which the service may not know to be let go of: that is looked at once more', async () => {
    await deployment.create(PROPERTIES);
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    for (const key of ['stack', 'resource', 'definition']) deployment.sageMaker.job(nameOf()).tags.delete(`cdk-sagemaker-jobs:${key}`);
    expect((await delivery.finish()).id).toBe(nameOf(PROPERTIES, 1));
  });

  test('by our job of the same definition: that is adopted', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.end(id, 'Completed');

    expect((await deployment.create(PROPERTIES)).id).toBe(id);
    expect(deployment.sageMaker.names()).toEqual([id]);
  });

  test('is understood when the service says it with a ValidationException', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'a job with this name already exists'));
    expect((await deployment.create(PROPERTIES)).id).toBe(id);
  });

  test('is none when something else is said to exist: the service is heard', async () => {
    const error = serviceError('ValidationException', 'Cannot create already existing endpoint "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn".');
    deployment.sageMaker.fail('CreateProcessingJob', error);
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    await expect(delivery.look()).rejects.toThrow(error.message);
  });

  test.each([
    ['that it is in use', serviceError('ResourceInUse', 'The endpoint exists.')],
    ['that something of the very name exists', serviceError('ValidationException', 'Cannot create already existing endpoint "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/nightly".')],
  ])('is waited for three minutes when the service says %s, and no job has it', async (_what, error) => {
    deployment.sageMaker.fail('CreateProcessingJob', ...Array<Error>(400).fill(error));
    const begin = deployment.clock.now;
    await expect(deployment.create(jobProperties({ JobNamePrefix: undefined, JobName: 'nightly' }))).rejects.toThrow(error.message);
    expect((deployment.clock.now - begin) / 1000).toBeCloseTo(180, -1);
  });

  test('is none when something exists whose name is longer', async () => {
    const error = serviceError('ValidationException', 'Cannot create already existing endpoint "nightly-2".');
    deployment.sageMaker.fail('CreateProcessingJob', error);
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: jobProperties({ JobNamePrefix: undefined, JobName: 'nightly' }) });
    await expect(delivery.look()).rejects.toThrow(error.message);
  });

  test.each(['Failed', 'Stopping', 'Stopped'] as const)('by our job of the same definition that is %s: it did not do its work, so the next name is taken', async (status) => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.end(id, status);

    expect((await deployment.create(PROPERTIES)).id).toBe(nameOf(PROPERTIES, 1));
  });

  test('and free a moment later: it is tried again', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job with name: x'));
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.sageMaker.jobs.delete(id);

    expect((await delivery.finish()).id).toBe(id);
    expect(deployment.sageMaker.names('InProgress')).toEqual([id]);
  });
});

describe('a given name in use', () => {
  const named = jobProperties({ JobNamePrefix: undefined, JobName: 'nightly' });

  test('by our job of the same definition: that is adopted', async () => {
    await deployment.create(named);
    expect((await deployment.create(named)).id).toBe('nightly');
  });

  test('by another stack: the error says whose it is and what to do', async () => {
    await deployment.create(named, { StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/9', LogicalResourceId: 'Train' });

    await expect(deployment.create(named)).rejects.toThrow(
      'The name nightly is taken by a processing job (status InProgress) of the resource Train of the stack '
      + 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/9. A name can be used only once, as long as the record of its job exists: '
      + 'choose another name, or leave the name out so that one is generated.');
    expect(deployment.sageMaker.names()).toEqual(['nightly']);
  });

  test('by a job without our tags: the error does not claim to know whose', async () => {
    await deployment.create(named);
    deployment.sageMaker.job('nightly').tags.clear();
    await expect(deployment.create(named)).rejects.toThrow(
      '(status InProgress) of somebody else. A name can be used only once, as long as the record of its job exists: choose another name, or leave the name');
  });

  test.each([
    ['runs', undefined, '; or delete that record when the job has ended.'],
    ['has ended', 'Completed', '; or delete that record.'],
  ] as const)('by an earlier run of this resource that was let go of and %s: its record may be deleted', async (_what, status, remedy) => {
    await deployment.create(named);
    await deployment.delete('nightly', { ...named, RemovalPolicy: 'RETAIN' });
    if (status) deployment.sageMaker.end('nightly', status);
    await expect(deployment.create(named, { RequestId: 'another' })).rejects.toThrow(
      new RegExp(`of an earlier run of this resource\\. .*so that one is generated${remedy.replace('.', '\\.')}$`));
  });

  test('by a job that another stack has let go of: the error says which, and does not advise to delete its record', async () => {
    const other = { StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/9', LogicalResourceId: 'Train' };
    await deployment.create(named, other);
    await deployment.delete('nightly', { ...named, RemovalPolicy: 'RETAIN' }, other);
    const { message }: Error = await deployment.create(named).catch((e) => e);
    expect(message).toContain('of a resource that has let it go (Other/9/Train).');
    expect(message).not.toContain('delete');
  });

  test('by this resource with another definition: the error says so', async () => {
    await deployment.create(named);
    await expect(deployment.update('nightly', named, otherDefinition({ JobNamePrefix: undefined, JobName: 'nightly' })))
      .rejects.toThrow(/\(status InProgress\) of this resource\. .* so that one is generated; or delete that record when the job has ended\.$/);
  });
});

describe('CloudFormation cancels a Create', () => {
  test('before its job is started: nothing is started', async () => {
    deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' };
    await expect(deployment.create(PROPERTIES)).rejects.toThrow('CloudFormation cancelled this request.');
    expect(deployment.sageMaker.created()).toEqual([]);
  });

  test('while its job is being started: the job is stopped, and let go of when it has stopped', async () => {
    deployment.sageMaker.during('CreateProcessingJob', () => { deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' }; });
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });

    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.job(nameOf()).status).toBe('Stopping');
    expect(deployment.sageMaker.job(nameOf()).tags.size).toBe(5);
    await expect(delivery.finish()).rejects.toThrow('CloudFormation cancelled this request.');
    expect(deployment.sageMaker.job(nameOf()).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(nameOf()).tags.keys()]).toEqual(LET_GO);
  });

  test('while it waits for IAM: nothing is started any more', async () => {
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/Prepare.'));
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' };

    await expect(delivery.finish()).rejects.toThrow('CloudFormation cancelled this request.');
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('and the rollback is over when the job has started: the job is stopped at once, and let go of', async () => {
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    deployment.clock.advance(30);
    deployment.sageMaker.during('CreateProcessingJob', () => { deployment.stack = { ...deployment.stack, status: 'ROLLBACK_COMPLETE' }; });

    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.job(nameOf()).status).toBe('Stopping');
    await expect(delivery.finish()).rejects.toThrow('The stack operation of this event is over.');
    expect([...deployment.sageMaker.job(nameOf()).tags.keys()]).toEqual(LET_GO);
  });

  test('when the service does not tell of the job yet: the job is stopped as soon as it does', async () => {
    deployment.sageMaker.during('CreateProcessingJob', () => {
      deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' };
      deployment.sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job'));
    });
    await expect(deployment.create(PROPERTIES)).rejects.toThrow('CloudFormation cancelled this request.');
    expect(deployment.sageMaker.job(nameOf()).status).toBe('Stopped');
  });

  test('when the service has told of the job, and then tells old news: the job is stopped', async () => {
    deployment.sageMaker.during('CreateProcessingJob', () => { deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' }; });
    deployment.sageMaker.during('DescribeProcessingJob', () => {
      deployment.sageMaker.fail('DescribeProcessingJob', serviceError('ValidationException', 'Could not find requested job'));
    });
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.job(nameOf()).status).toBe('Stopping');
  });

  test('whose job is to be retained: the job runs on, and is let go of', async () => {
    const retained = jobProperties({ RemovalPolicy: 'RETAIN' });
    deployment.sageMaker.during('CreateProcessingJob', () => { deployment.stack = { ...deployment.stack, status: 'ROLLBACK_IN_PROGRESS' }; });

    await expect(deployment.create(retained)).rejects.toThrow('CloudFormation cancelled this request.');
    expect(deployment.sageMaker.job(nameOf()).status).toBe('InProgress');
    expect([...deployment.sageMaker.job(nameOf()).tags.keys()]).toEqual(LET_GO);
  });
});

describe('a late delivery', () => {
  test('that pauses while a rollback goes back to its job leaves the job alone', async () => {
    const event = deployment.event({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    const { id } = await deployment.deliver(event).finish();
    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    const rolledBack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_COMPLETE' };
    let present = 'the-job-of-the-update';
    Object.defineProperty(deployment, 'physicalId', {
      get: () => {
        deployment.stack = rolledBack;
        return present;
      },
    });
    const delivery = deployment.deliver(event);
    expect(await delivery.look()).toBeUndefined();
    deployment.stack = rolledBack;
    present = id;
    await expect(delivery.finish()).rejects.toThrow('The stack operation of this event is over.');
    expect(deployment.sageMaker.job(id).status).toBe('InProgress');
  });

  test('of an operation that is over starts nothing, after a second look', async () => {
    deployment.stack = { ...deployment.stack, status: 'CREATE_COMPLETE' };
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });

    expect(await delivery.look()).toBeUndefined();
    await expect(delivery.finish()).rejects.toThrow('The stack operation of this event is over. Nothing was started.');
    expect(new Set(deployment.sageMaker.operations())).toEqual(new Set(['DescribeProcessingJob']));
  });

  test('starts nothing when a newer operation has begun since', async () => {
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    deployment.operation('UPDATE_IN_PROGRESS');

    await expect(delivery.finish()).rejects.toThrow('Nothing was started.');
    expect(deployment.sageMaker.created()).toEqual([]);
  });

  test('does not touch what the first delivery has given the stack', async () => {
    const event = deployment.event({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    const { id } = await deployment.deliver(event).finish();
    deployment.physicalId = id;
    deployment.stack = { ...deployment.stack, status: 'CREATE_COMPLETE' };

    await expect(deployment.deliver(event).finish()).rejects.toThrow('Nothing was started.');
    expect(deployment.sageMaker.job(id).status).toBe('InProgress');
    expect(deployment.sageMaker.job(id).tags.size).toBe(5);
  });

  test('does not touch it either while a later operation may go back to it', async () => {
    const event = deployment.event({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    const { id } = await deployment.deliver(event).finish();
    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    deployment.physicalId = 'the newer job';
    const delivery = deployment.deliver(event);
    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.job(id).status).toBe('InProgress');

    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_COMPLETE' };
    deployment.physicalId = id;
    deployment.clock.advance(10);
    await expect(delivery.finish()).rejects.toThrow('Nothing was started.');
    expect(deployment.sageMaker.job(id).status).toBe('InProgress');
  });

  test('leaves a job that it starts while the next operation is under way to that one, which may adopt it', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.operation('UPDATE_IN_PROGRESS');
    const late = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: PROPERTIES, ResourceProperties: otherDefinition() });
    let isPaused = false;
    Object.defineProperty(deployment, 'physicalId', {
      configurable: true,
      get: () => {
        if (!isPaused) deployment.operation('UPDATE_IN_PROGRESS');
        isPaused = true;
        return id;
      },
    });
    expect(await late.look()).toBeUndefined();
    const [, started] = deployment.sageMaker.created();
    deployment.clock.advance(20);
    expect(await late.look()).toBeUndefined();
    expect((await deployment.update(id, PROPERTIES, otherDefinition())).id).toBe(started);

    Object.defineProperty(deployment, 'physicalId', { value: started });
    deployment.stack = { ...deployment.stack, status: 'UPDATE_COMPLETE' };
    await expect(late.finish()).rejects.toThrow('The stack operation of this event is over.');
    expect(deployment.sageMaker.job(started).status).toBe('InProgress');
  });

  test('does not start a second job when the first was let go of', async () => {
    const event = deployment.event({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    const { id } = await deployment.deliver(event).finish();
    await deployment.delete(id, PROPERTIES);

    await expect(deployment.deliver(event).finish()).rejects.toThrow('Nothing was started.');
    expect(deployment.sageMaker.names()).toEqual([id]);
  });

  test('is no other event that has the id of its request, which CloudFormation uses again', async () => {
    const { id } = await deployment.create(PROPERTIES, { RequestId: 'twice' });
    await deployment.delete(id, PROPERTIES);
    const { id: next } = await deployment.create(PROPERTIES, { RequestId: 'twice' });
    expect(deployment.sageMaker.names('InProgress')).toEqual([next]);
  });

  test('is not assumed when the status of the stack only lags behind', async () => {
    const status = deployment.stack;
    deployment.stack = { ...status, status: 'UPDATE_COMPLETE' };
    const delivery = deployment.deliver({ RequestType: 'Create', ResourceProperties: PROPERTIES });
    expect(await delivery.look()).toBeUndefined();
    deployment.stack = status;
    expect((await delivery.finish()).id).toBe(nameOf());
  });

  test('is not assumed when our clock is a few seconds behind', async () => {
    deployment.stack = { status: 'CREATE_IN_PROGRESS', changedAt: new Date(deployment.clock.now + 3_000) };
    expect((await deployment.create(PROPERTIES)).id).toBe(nameOf());
  });

  test('of a Create that comes when a later operation has given the resource a job changes nothing', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.physicalId = id;
    deployment.operation('UPDATE_IN_PROGRESS');
    await expect(deployment.create(jobProperties({ Tags: [{ Key: 'old', Value: 'tag' }] }))).rejects.toThrow('The stack operation of this event is over.');
    expect(deployment.sageMaker.job(id).tags.has('old')).toBe(false);
    expect(deployment.sageMaker.names('InProgress')).toEqual([id]);
  });

  test('that comes when a later operation is under way starts nothing', async () => {
    const { id } = await deployment.create(PROPERTIES);
    deployment.operation('UPDATE_IN_PROGRESS');
    const newer = await deployment.update(id, PROPERTIES, otherDefinition());
    await deployment.delete(newer.id, otherDefinition());
    deployment.sageMaker.end(id, 'Failed');
    deployment.physicalId = id;
    deployment.operation('UPDATE_IN_PROGRESS');

    // the update of the rollback from the newer job, again
    await expect(deployment.update(newer.id, otherDefinition(), PROPERTIES)).rejects.toThrow('The stack operation of this event is over.');
    expect(deployment.sageMaker.names('InProgress')).toEqual([]);
  });
});
