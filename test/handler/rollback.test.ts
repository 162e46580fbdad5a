import { Deployment, jobProperties, LET_GO, LOGICAL_ID, otherDefinition, STACK_ID } from './deployment';
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

function rollBack(): void {
  deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
}

describe('a rollback', () => {
  test('of an update whose job runs goes back to the earlier job, and nothing is started', async () => {
    await deployment.update(nameOf(A), A, B);
    rollBack();
    deployment.sageMaker.forgetCalls();

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.created()).toEqual([]);
    await deployment.delete(nameOf(B), B);
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
  });

  test('goes back to the earlier job even when that had failed', async () => {
    await deployment.update(nameOf(A), A, B);
    deployment.sageMaker.end(nameOf(A), 'Failed');
    rollBack();
    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A));
  });

  test('to a job whose record is gone returns a free name, so that CloudFormation deletes the newer job', async () => {
    await deployment.update(nameOf(A), A, B);
    rollBack();
    deployment.sageMaker.jobs.delete(nameOf(A));
    deployment.sageMaker.forgetCalls();

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.created()).toEqual([]);
  });

  test('returns the first name that is free, not one of a job that was let go of', async () => {
    await deployment.update(nameOf(A), A, B);
    rollBack();
    for (const tag of ['stack', 'resource']) deployment.sageMaker.job(nameOf(A)).tags.delete(`cdk-sagemaker-jobs:${tag}`);

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A, 1));
    expect(deployment.sageMaker.names()).toEqual([nameOf(A), nameOf(B)]);
  });

  test.each([3, 4])('looks past up to three records that are gone (%i are)', async (gone) => {
    for (let attempt = 0; attempt < gone; attempt++) {
      deployment.sageMaker.job(nameOf(A, attempt)).tags.clear();
      await deployment.create(A);
    }
    for (let attempt = 0; attempt < gone; attempt++) deployment.sageMaker.jobs.delete(nameOf(A, attempt));
    await deployment.update(nameOf(A, gone), A, B);
    rollBack();

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A, gone === 3 ? 3 : 0));
  });

  test('to a given name does not fail because somebody has it', async () => {
    const named = jobProperties({ JobNamePrefix: undefined, JobName: 'nightly' });
    await deployment.create(named, { StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Other/9' });
    rollBack();

    expect((await deployment.update(nameOf(B), B, named)).id).toBe('nightly');
    expect(deployment.sageMaker.job('nightly').status).toBe('InProgress');
  });

  test('of an update that was cancelled stops and lets go of what that started', async () => {
    const cancelled = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: A, ResourceProperties: B });
    await cancelled.look();
    rollBack();

    expect((await deployment.update(nameOf(A), B, A)).id).toBe(nameOf(A));
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(nameOf(B)).tags.keys()]).toEqual(LET_GO);
  });

  test('does not fail because a job does not stop', async () => {
    await deployment.create(B);
    deployment.sageMaker.job(nameOf(B)).status = 'Stopping';
    deployment.sageMaker.job(nameOf(B)).stoppedAt = Infinity;
    rollBack();
    expect((await deployment.update(nameOf(A), B, A)).id).toBe(nameOf(A));
  });

  test('that went forward at first, for the status of the stack lagged behind, stops what it started and does not fail', async () => {
    await deployment.update(nameOf(A), A, B);
    deployment.sageMaker.jobs.delete(nameOf(A));
    deployment.sageMaker.during('CreateProcessingJob', rollBack);

    expect((await deployment.update(nameOf(B), B, A)).id).toBe(nameOf(A, 1));
    expect(deployment.sageMaker.job(nameOf(A)).status).toBe('Stopped');
  });
});

describe('a forward update that finds itself cancelled', () => {
  test('stops and lets go of the job that it started', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: A, ResourceProperties: B });
    deployment.sageMaker.during('CreateProcessingJob', rollBack);
    await delivery.finish();

    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(nameOf(B)).tags.keys()]).toEqual(LET_GO);
    expect(deployment.sageMaker.names('InProgress')).toEqual([]);
  });

  test('finds the job again when the answer of its Create call was lost', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: A, ResourceProperties: B });
    deployment.sageMaker.loseAnswer('CreateProcessingJob');
    deployment.sageMaker.during('CreateProcessingJob', rollBack);
    await delivery.finish();

    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
  });

  test('leaves the job of another request alone', async () => {
    await deployment.create(B);
    rollBack();
    await deployment.update(nameOf(A), A, B);
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('InProgress');
  });

  test('stops the job when it learns of it only after the rollback', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: A, ResourceProperties: B });
    deployment.sageMaker.loseAnswer('CreateProcessingJob');
    await delivery.look();
    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_COMPLETE' };
    deployment.physicalId = nameOf(A);

    await expect(delivery.finish()).rejects.toThrow('The stack operation of this event is over.');
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('Stopped');
    expect([...deployment.sageMaker.job(nameOf(B)).tags.keys()]).toEqual(LET_GO);
  });

  test('leaves the job alone that the stack already has', async () => {
    await deployment.update(nameOf(A), A, B, { RequestId: 'twice' });
    rollBack();
    deployment.physicalId = nameOf(B);
    await deployment.update(nameOf(A), A, B, { RequestId: 'twice' });
    expect(deployment.sageMaker.job(nameOf(B)).status).toBe('InProgress');
  });

  test('starts nothing when the rollback is over', async () => {
    const delivery = deployment.deliver({ RequestType: 'Update', PhysicalResourceId: nameOf(A), OldResourceProperties: A, ResourceProperties: B });
    deployment.stack = { ...deployment.stack, status: 'UPDATE_ROLLBACK_COMPLETE' };
    await expect(delivery.finish()).rejects.toThrow('Nothing was started.');
    expect(deployment.sageMaker.created()).toEqual([]);
  });
});
