import { AutoMLDeployment, jobProperties } from './fake-autopilot';
import { AUTOML_JOB_V2 } from '../../../src/provider/contract';

const RESOURCE = { ResourceType: AUTOML_JOB_V2, LogicalResourceId: 'DemandC60F44B2' };

test('a job for a problem that is not tabular lives as one for tables, and is created by the other call', async () => {
  const deployment = new AutoMLDeployment();
  const properties = jobProperties();
  const { id } = await deployment.create(properties, RESOURCE);
  expect(deployment.autopilot.operations()).toContain('CreateAutoMLJobV2');
  expect(deployment.autopilot.operations()).not.toContain('CreateAutoMLJob');
  deployment.operation('DELETE_IN_PROGRESS');
  await deployment.delete(id, properties, RESOURCE);
  expect(deployment.autopilot.operations()).toContain('StopAutoMLJob');
});
