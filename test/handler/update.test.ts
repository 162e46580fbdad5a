import { Deployment, jobProperties, LET_GO, LOGICAL_ID, otherDefinition, STACK_ID } from './deployment';
import { serviceError, throttled } from './fake-sagemaker';
import { jobName } from '../../src/handler/life/names';
import type { JobProperties } from '../../src/provider/contract';

const A = jobProperties();
const B = otherDefinition();

function nameOf(properties: JobProperties, attempt = 0): string {
  return jobName({ StackId: STACK_ID, LogicalResourceId: LOGICAL_ID } as Parameters<typeof jobName>[0], properties, attempt);
}

let deployment: Deployment;

beforeEach(async () => {
  deployment = new Deployment();
  await deployment.create(A);
  deployment.sageMaker.end(nameOf(A), 'Completed');
  deployment.operation('UPDATE_IN_PROGRESS');
  deployment.sageMaker.forgetCalls();
});

describe('an update with the same definition', () => {
  test('keeps the job, with two reads', async () => {
    expect((await deployment.update(nameOf(A), A, jobProperties({ RemovalPolicy: 'RETAIN' }))).id).toBe(nameOf(A));
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob', 'ListTags']);
  });

  test('finds the job that an update had started of which CloudFormation was not told, when the record of the one before is gone', async () => {
    const started = await deployment.update(nameOf(A), A, B);
    deployment.sageMaker.jobs.delete(nameOf(A));
    expect((await deployment.update(nameOf(A), B, B)).id).toBe(started.id);
    expect(deployment.sageMaker.names()).toEqual([started.id]);
  });

  test.each([
    ['the present one has another definition', () => nameOf(A)],
    ['there was none', () => `pending-${LOGICAL_ID}-x`],
  ])('keeps the job that it has started itself, when %s and the answer of its Create was lost', async (_what, physicalId) => {
    // The same update has failed before, without a rollback.
    deployment.sageMaker.loseAnswer('CreateProcessingJob');
    expect((await deployment.update(physicalId(), B, B)).id).toBe(nameOf(B));
    expect(deployment.sageMaker.names('InProgress')).toEqual([nameOf(B)]);
  });

  test('keeps the id when the record is gone', async () => {
    deployment.sageMaker.jobs.clear();
    expect((await deployment.update(nameOf(A), A, jobProperties({ Tags: [] }))).id).toBe(nameOf(A));
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('keeps the id of any attempt when the record is gone', async () => {
    deployment.sageMaker.jobs.clear();
    expect((await deployment.update(nameOf(A, 70), A, A)).id).toBe(nameOf(A, 70));
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('starts the job when the record that is gone was of another definition, which an update that failed was to replace', async () => {
    deployment.sageMaker.jobs.clear();
    expect((await deployment.update(nameOf(A), B, B)).id).toBe(nameOf(B));
    expect(deployment.sageMaker.names('InProgress')).toEqual([nameOf(B)]);
  });

  test('starts nothing in a rollback when the record that is gone was of another definition', async () => {
    deployment.sageMaker.jobs.clear();
    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    expect((await deployment.update(nameOf(A), B, B)).id).toBe(nameOf(B));
    expect(deployment.sageMaker.names()).toEqual([]);
  });

  test('is the same when CloudFormation has turned scalars into strings, or the members come in another order', async () => {
    const { AppSpecification, ...rest } = A.Request;
    const typed = jobProperties({
      Request: {
        ...rest,
        StoppingCondition: { MaxRuntimeInSeconds: 3600 },
        ProcessingResources: { ClusterConfig: { VolumeSizeInGB: 30, InstanceType: 'ml.m5.large', InstanceCount: 1 } },
        AppSpecification,
      },
    });
    expect((await deployment.update(nameOf(A), A, typed)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.created()).toEqual([]);
  });

  test('of a resource that never had a job starts one', async () => {
    deployment.sageMaker.jobs.clear();
    expect((await deployment.update(`pending-${LOGICAL_ID}-x`, A, A)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.names('InProgress')).toEqual([nameOf(A)]);
  });
});

describe('a tag change', () => {
  test('adds and removes what has changed, and does not run the job', async () => {
    const before = jobProperties({ Tags: [{ Key: 'team', Value: 'data' }, { Key: 'stage', Value: 'test' }, { Key: 'kept', Value: 'as is' }] });
    deployment.sageMaker.job(nameOf(A)).tags.set('stage', 'test').set('kept', 'as is');

    const after = jobProperties({ Tags: [{ Key: 'stage', Value: 'production' }, { Key: 'kept', Value: 'as is' }, { Key: 'cost', Value: '7' }] });
    expect((await deployment.update(nameOf(A), before, after)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.calls.slice(2)).toEqual([
      { operation: 'AddTags', input: { ResourceArn: deployment.sageMaker.job(nameOf(A)).arn, Tags: [{ Key: 'stage', Value: 'production' }, { Key: 'cost', Value: '7' }] } },
      { operation: 'DeleteTags', input: { ResourceArn: deployment.sageMaker.job(nameOf(A)).arn, TagKeys: ['team'] } },
    ]);
  });

  test('leaves tags alone that somebody else put on the job', async () => {
    deployment.sageMaker.job(nameOf(A)).tags.set('audit', 'done');
    await deployment.update(nameOf(A), A, jobProperties({ Tags: [] }));
    expect(deployment.sageMaker.job(nameOf(A)).tags.get('audit')).toBe('done');
    expect(deployment.sageMaker.job(nameOf(A)).tags.has('team')).toBe(false);
  });

  test('never touches the ownership tags', async () => {
    const owner = { Key: 'cdk-sagemaker-jobs:stack', Value: 'mine' };
    await deployment.update(nameOf(A), jobProperties({ Tags: [{ ...owner, Key: 'cdk-sagemaker-jobs:request' }] }), jobProperties({ Tags: [owner] }));
    expect(deployment.sageMaker.job(nameOf(A)).tags.get('cdk-sagemaker-jobs:stack')).toBe(STACK_ID);
    expect(deployment.sageMaker.job(nameOf(A)).tags.has('cdk-sagemaker-jobs:request')).toBe(true);
  });

  test('does not touch a job that is no longer ours', async () => {
    deployment.sageMaker.job(nameOf(A)).tags.delete('cdk-sagemaker-jobs:stack');
    await deployment.update(nameOf(A), A, jobProperties({ Tags: [{ Key: 'new', Value: 'tag' }] }));
    expect(deployment.sageMaker.job(nameOf(A)).tags.has('new')).toBe(false);
  });

  test.each([
    ['the job is described', 'DescribeProcessingJob', ['DescribeProcessingJob', 'ListTags']],
    ['its tags are listed', 'ListTags', ['DescribeProcessingJob', 'ListTags', 'AddTags', 'DeleteTags']],
  ])('does nothing when the record goes after %s', async (_when, operation, calls) => {
    deployment.sageMaker.during(operation, () => deployment.sageMaker.jobs.clear());
    expect((await deployment.update(nameOf(A), A, jobProperties({ Tags: [{ Key: 'new', Value: 'tag' }] }))).id).toBe(nameOf(A));
    expect([...new Set(deployment.sageMaker.operations())]).toEqual(calls);
  });

  test('is made whatever the service says, which may be old news', async () => {
    const tags = deployment.sageMaker.job(nameOf(A)).tags;
    await deployment.update(nameOf(A), jobProperties({ Tags: [{ Key: 'team', Value: 'before' }, { Key: 'old', Value: 'x' }] }), A);
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob', 'ListTags', 'AddTags', 'DeleteTags']);
    expect(tags.get('team')).toBe('data');
  });

  test('knows all tags of a job that has more than a page of them', async () => {
    const tags = Array.from({ length: 40 }, (_, index) => ({ Key: `tag${index}`, Value: 'x' }));
    tags.forEach(({ Key, Value }) => deployment.sageMaker.job(nameOf(A)).tags.set(Key, Value));
    const tagged = jobProperties({ Tags: [{ Key: 'team', Value: 'data' }, ...tags] });
    await deployment.update(nameOf(A), tagged, { ...tagged, RemovalPolicy: 'RETAIN' });
    expect(new Set(deployment.sageMaker.operations())).toEqual(new Set(['DescribeProcessingJob', 'ListTags']));
  });

  test('that is refused fails an update', async () => {
    deployment.sageMaker.fail('DeleteTags', serviceError('ValidationException', 'no such tag'));
    await expect(deployment.update(nameOf(A), A, jobProperties({ Tags: [] }))).rejects.toThrow('ValidationException: no such tag');
  });

  test('is not made by a function that has paused until the operation was over', async () => {
    deployment.sageMaker.during('ListTags', () => {
      deployment.clock.advance(120);
      deployment.stack = { ...deployment.stack, status: 'UPDATE_COMPLETE' };
    });
    await expect(deployment.update(nameOf(A), A, jobProperties({ Tags: [{ Key: 'team', Value: 'old' }] }))).rejects.toThrow('is over');
    expect(deployment.sageMaker.job(nameOf(A)).tags.get('team')).toBe('data');
  });

  test('that cannot be made at once is made later, in a rollback too', async () => {
    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
    deployment.sageMaker.fail('DescribeProcessingJob', throttled(), throttled());
    await deployment.update(nameOf(A), A, jobProperties({ Tags: [{ Key: 'team', Value: 'other' }] }));
    expect(deployment.sageMaker.job(nameOf(A)).tags.get('team')).toBe('other');
  });

  test('that cannot be made for minutes does not fail a rollback', async () => {
    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
    deployment.sageMaker.fail('DescribeProcessingJob', ...Array<Error>(100).fill(throttled()));
    expect((await deployment.update(nameOf(A), A, jobProperties({ Tags: [] }))).id).toBe(nameOf(A));
  });

  test('that is refused does not fail a rollback', async () => {
    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
    deployment.sageMaker.fail('DeleteTags', serviceError('ValidationException', 'no such tag'));
    expect((await deployment.update(nameOf(A), A, jobProperties({ Tags: [] }))).id).toBe(nameOf(A));
  });
});

describe('an update with another definition', () => {
  test('or another given name starts a new job', async () => {
    const [before, after] = ['nightly', 'weekly'].map((JobName) => jobProperties({ JobNamePrefix: undefined, JobName }));
    await deployment.create(before);
    expect((await deployment.update('nightly', before, after)).id).toBe('weekly');
  });

  test('starts a new job, without a look for another of the old one', async () => {
    expect((await deployment.update(nameOf(A), A, B)).id).toBe(nameOf(B));
    expect(deployment.sageMaker.operations()).toEqual(['CreateProcessingJob']);
    expect(deployment.sageMaker.names('InProgress')).toEqual([nameOf(B)]);
  });

  test.each([
    ['another rerun trigger', { RerunTrigger: '2' }],
    ['another prefix', { JobNamePrefix: 'Shop-Ready' }],
    ['a given name', { JobNamePrefix: undefined, JobName: 'nightly' }],
  ])('starts a new job for %s too', async (_what, change) => {
    const changed = jobProperties(change);
    expect((await deployment.update(nameOf(A), A, changed)).id).toBe(nameOf(changed));
    expect(nameOf(changed)).not.toBe(nameOf(A));
    expect(deployment.sageMaker.names('InProgress')).toEqual([nameOf(changed)]);
  });

  test('back to a definition whose job was let go of runs it again, under the next name', async () => {
    await deployment.update(nameOf(A), A, B);
    await deployment.delete(nameOf(A), A);
    deployment.operation('UPDATE_IN_PROGRESS');

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A, 1));
  });

  test('adopts our job of that definition, and brings its tags in line', async () => {
    await deployment.create(B);
    const tagged = otherDefinition({ Tags: [{ Key: 'new', Value: 'tag' }] });

    expect((await deployment.update(nameOf(A), A, tagged)).id).toBe(nameOf(B));
    expect(deployment.sageMaker.job(nameOf(B)).tags.get('new')).toBe('tag');
    expect(deployment.sageMaker.job(nameOf(B)).tags.has('team')).toBe(false);
    expect(deployment.sageMaker.names()).toEqual([nameOf(A), nameOf(B)]);
  });
});

describe('a cancelled attempt', () => {
  /** The physical id is not of the old properties: CloudFormation gave up on an update that it had sent them with. */
  async function updateAfterCancelledB(to: JobProperties): Promise<{ id: string }> {
    return deployment.update(nameOf(A), B, to);
  }

  const C = jobProperties({ RerunTrigger: '3' });

  test('is stopped and let go of before the next job starts', async () => {
    await deployment.create(B);
    deployment.sageMaker.forgetCalls();

    expect((await updateAfterCancelledB(C)).id).toBe(nameOf(C));
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(nameOf(B)).tags.keys()]).toEqual(LET_GO);
    const calls = deployment.sageMaker.operations();
    expect(calls.indexOf('DeleteTags')).toBeLessThan(calls.indexOf('CreateProcessingJob'));
  });

  test('is looked for once more a little later, for it may still be coming', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: B, ResourceProperties: C });
    expect(await delivery.look()).toBeUndefined();
    await deployment.create(B);
    deployment.clock.advance(10);

    expect((await delivery.finish()).id).toBe(nameOf(C));
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
  });

  test('that never came does not hold up the next job for longer', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: B, ResourceProperties: C });
    expect(await delivery.look()).toBeUndefined();
    expect(deployment.sageMaker.created()).toEqual([]);
    deployment.clock.advance(10);
    expect((await delivery.look())?.id).toBe(nameOf(C));
  });

  test('with a later name is found past up to three records that are gone', async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const { id } = await deployment.create(B);
      deployment.sageMaker.end(id, 'Completed');
      await deployment.delete(id, B);
    }
    expect((await deployment.create(B)).id).toBe(nameOf(B, 3));
    for (let attempt = 0; attempt < 3; attempt++) deployment.sageMaker.jobs.delete(nameOf(B, attempt));

    await updateAfterCancelledB(C);
    expect(deployment.sageMaker.job(nameOf(B, 3)).status).toBe('Stopped');
  });

  test('is treated by the removal policy that it had', async () => {
    const deleted = otherDefinition({ RemovalPolicy: 'DELETE' });
    await deployment.create(deleted);
    await deployment.update(nameOf(A), deleted, C);
    expect(deployment.sageMaker.names()).toEqual([nameOf(A), nameOf(C)]);
  });

  test('is not let go of by a function that has paused until the operation was over: the next one may have started the job', async () => {
    await deployment.create(B);
    deployment.sageMaker.during('ListTags', () => {
      deployment.clock.advance(120);
      deployment.stack = { ...deployment.stack, status: 'UPDATE_COMPLETE' };
    });
    await expect(updateAfterCancelledB(C)).rejects.toThrow('is over');
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('InProgress');
  });

  test('of another resource is left alone', async () => {
    await deployment.create(B);
    deployment.sageMaker.job(nameOf(B)).tags.set('cdk-sagemaker-jobs:resource', 'Other');
    await updateAfterCancelledB(C);
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('InProgress');
  });
});
