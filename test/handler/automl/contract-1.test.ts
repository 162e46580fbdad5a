import { readFileSync } from 'fs';
import { join } from 'path';
import { AutoMLDeployment, candidate } from './fake-autopilot';
import type { CloudFormationEvent } from '../../../src/handler/event';

/*
 * Stacks deployed with version 1 of the contract send these events for ever. The names are part of what was deployed:
 * were they others, jobs would run again, and models would be left behind.
 */
const FIRST = 'shop-churn-1a2b3c4d-3o2w6hrsx7';
const SECOND = 'shop-churn-1a2b3c4d-3b6t8dhpqe';
const FIRST_MODEL = 'shop-churn-model-5e6f7a8b-2bkjs1ab7g';
const SECOND_MODEL = 'shop-churn-model-5e6f7a8b-5gyce26syn';

function recorded(name: string): CloudFormationEvent {
  return JSON.parse(readFileSync(join(__dirname, 'fixtures', 'v1', `${name}.json`), 'utf8')) as CloudFormationEvent;
}

test('a job and its model are created, replaced and deleted', async () => {
  const deployment = new AutoMLDeployment();
  const { autopilot } = deployment;
  const play = async (name: string) => deployment.deliver(deployment.sentNow(recorded(name))).finish();

  expect((await play('job-create')).id).toBe(FIRST);
  expect(autopilot.jobs.get(FIRST)!.request).toMatchObject({
    AutoMLJobConfig: {
      CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: 7200, MaxCandidates: 10 },
      DataSplitConfig: { ValidationFraction: 0.25 },
      SecurityConfig: { EnableInterContainerTrafficEncryption: true },
    },
    GenerateCandidateDefinitionsOnly: false,
    ModelDeployConfig: { AutoGenerateEndpointName: true },
  });
  autopilot.end(FIRST, 'Completed', { BestCandidate: candidate('one') });
  expect((await play('completion-create')).data).toMatchObject({ BestCandidateName: 'churn-001' });
  expect((await play('model-create')).id).toBe(FIRST_MODEL);

  deployment.operation('UPDATE_IN_PROGRESS');
  expect((await play('job-update')).id).toBe(SECOND);
  autopilot.end(SECOND, 'Completed', { BestCandidate: candidate('one', 'two') });
  expect((await play('completion-update')).id).toBe('completion-ChurnJobCompletion746157E7');
  expect((await play('model-update')).id).toBe(SECOND_MODEL);
  expect(autopilot.models.get(SECOND_MODEL)!.request).toMatchObject({ Containers: [{ Image: 'image/one' }, { Image: 'image/two' }], EnableNetworkIsolation: true });

  await play('model-delete');
  await play('job-delete');
  expect([...autopilot.models.keys()]).toEqual([SECOND_MODEL]);
  expect([...autopilot.jobs.get(FIRST)!.tags.keys()]).not.toContain('cdk-sagemaker-jobs:stack');
});
