import { readFileSync } from 'fs';
import { join } from 'path';
import { Deployment } from './deployment';
import type { CloudFormationEvent } from '../../src/handler/event';

/*
 * Stacks deployed with version 1 of the contract send these events for ever. The names are part of what was deployed:
 * were they others, jobs would run again, or be left behind.
 */
const FIRST = 'Shop-Prepare-6821oa5rwb';
const SECOND = 'Shop-Prepare-2ogxms54fs';

function recorded(name: string): CloudFormationEvent {
  return JSON.parse(readFileSync(join(__dirname, 'fixtures', 'v1', `${name}.json`), 'utf8')) as CloudFormationEvent;
}

let deployment: Deployment;

beforeEach(() => {
  deployment = new Deployment();
});

async function play(name: string): ReturnType<Deployment['create']> {
  return (await deployment.deliver(recorded(name))).finish();
}

test('a job is created, tagged, replaced and deleted', async () => {
  expect((await play('job-create')).id).toBe(FIRST);
  expect(deployment.sageMaker.job(FIRST).request).toMatchObject({
    AppSpecification: { NewMember: 5 },
    Environment: { ROWS: '1000' },
    NetworkConfig: { EnableNetworkIsolation: true },
    ProcessingOutputConfig: { Outputs: [{ AppManaged: false }] },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, VolumeSizeInGB: 30 } },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  });

  deployment.operation('UPDATE_IN_PROGRESS');
  expect((await play('job-update-tags')).id).toBe(FIRST);
  expect(deployment.sageMaker.job(FIRST).tags.get('team')).toBe('science');

  deployment.operation('UPDATE_IN_PROGRESS');
  expect((await play('job-update-definition')).id).toBe(SECOND);
  expect(deployment.sageMaker.job(SECOND).status).toBe('InProgress');

  await play('job-delete');
  expect(deployment.sageMaker.job(FIRST).status).toBe('Stopped');
  expect(deployment.sageMaker.created()).toEqual([FIRST, SECOND]);
});

test('a job with a given name is created and deleted, with its record', async () => {
  expect((await play('named-job-create')).id).toBe('nightly');
  await play('named-job-delete');
  expect(deployment.sageMaker.names()).toEqual([]);
});

test('a completion is created, updated and deleted', async () => {
  await play('job-create');
  deployment.sageMaker.end(FIRST, 'Completed', { exitMessage: 'first' });
  expect(await play('completion-create')).toEqual({ id: 'completion-PrepareJobCompletion5E6F7A8B', data: { ExitMessage: 'first' } });

  deployment.operation('UPDATE_IN_PROGRESS');
  await play('job-update-definition');
  deployment.sageMaker.end(SECOND, 'Completed', { exitMessage: 'second' });
  expect(await play('completion-update')).toEqual({ id: 'completion-PrepareJobCompletion5E6F7A8B', data: { ExitMessage: 'second' } });
  expect((await play('completion-delete')).id).toBe('completion-PrepareJobCompletion5E6F7A8B');
});

test('an event that the handler before an upgrade has accepted is finished by the one after it', async () => {
  // As the waiter of the provider framework keeps it, for up to an hour.
  const accepted = {
    ...recorded('job-create'),
    PhysicalResourceId: 'pending-Prepare1A2B3C4D-0b6d3c1e-0001-4a5b-8c7d-000000000001',
    StartTime: new Date(deployment.clock.now - 60_000).toISOString(),
  };
  expect(await deployment.handler.isComplete(accepted)).toEqual({ IsComplete: true, PhysicalResourceId: FIRST });
  expect(await deployment.handler.isComplete(accepted)).toEqual({ IsComplete: true, PhysicalResourceId: FIRST });
  expect(deployment.sageMaker.created()).toHaveLength(2); // the second call was refused: the name is in use
  expect(deployment.sageMaker.names()).toEqual([FIRST]);
});
