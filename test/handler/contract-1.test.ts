import { readFileSync } from 'fs';
import { join } from 'path';
import { Deployment } from './deployment';
import { throttled } from './fake-sagemaker';
import { AcceptedEvent, CloudFormationEvent } from '../../src/handler/event';

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
  return deployment.deliver(deployment.sentNow(recorded(name))).finish();
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
  // As the state machine keeps it, for up to an hour.
  const { Event } = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'v1', 'execution.json'), 'utf8')) as { Event: AcceptedEvent };
  const accepted = { ...deployment.sentNow(Event), StartTime: new Date(deployment.clock.now - 60_000).toISOString() };
  expect((await deployment.invoke({ Event: accepted })).IsAnswered).toBe(true);
  expect(deployment.responses[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: FIRST });
  expect((await deployment.invoke({ Event: accepted })).IsAnswered).toBe(true);
  expect(deployment.sageMaker.created()).toHaveLength(2); // the second call was refused: the name is in use
  expect(deployment.sageMaker.names()).toEqual([FIRST]);
});

test('a state machine that was started before an upgrade gets what it expects', async () => {
  const recordedExecution = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'v1', 'execution.json'), 'utf8')) as object;
  deployment.sageMaker.fail('CreateProcessingJob', throttled());
  const step = await deployment.invoke(deployment.sentNow(recorded('job-create')));
  const { executions: [execution] } = deployment;
  const shape = (value: object): unknown => Object.fromEntries(Object.entries(value).map(([key, member]) => [key, typeof member === 'object' ? Object.keys(member as object) : typeof member]));
  expect(shape(execution)).toEqual(shape(recordedExecution));
  expect(execution.Step).toEqual(step);
});
