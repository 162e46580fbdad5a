import { AutoMLDeployment, candidate, jobProperties } from './fake-autopilot';
import { AUTOML_JOB, JOB_COMPLETION } from '../../../src/provider/contract';
import { STACK_ID } from '../deployment';
import { serviceError } from '../fake-sagemaker';

const RESOURCE = { ResourceType: AUTOML_JOB, LogicalResourceId: 'ChurnC60F44B2' };
const PROPERTIES = jobProperties();

let deployment: AutoMLDeployment;

beforeEach(() => {
  deployment = new AutoMLDeployment();
});

/** A wait for a job, played to its end. */
async function waitFor(JobName: string, more: object = {}): Promise<Record<string, string>> {
  const { data } = await deployment.create(
    { ContractVersion: '1', JobType: AUTOML_JOB, JobName, WaitSeconds: '3570', OnTimeout: 'FAIL', TimeoutSeconds: '3600' },
    { ResourceType: JOB_COMPLETION, LogicalResourceId: 'ChurnCompletion', ...more });
  return data!;
}

describe('a new job', () => {
  test('is started by one call, with numbers and booleans again, under a name of 32 lower-case characters', async () => {
    const { id } = await deployment.create(PROPERTIES, RESOURCE);
    expect(id).toMatch(/^shop-churn-1a2b3c4d-[0-9a-z]{10}$/);
    expect(deployment.autopilot.operations()).toEqual(['CreateAutoMLJob']);
    expect(deployment.autopilot.jobs.get(id)!.request).toEqual({
      ...PROPERTIES.Request,
      AutoMLJobConfig: { CompletionCriteria: { MaxCandidates: 3 }, DataSplitConfig: { ValidationFraction: 0.25 } },
      AutoMLJobName: id,
      GenerateCandidateDefinitionsOnly: false,
      Tags: [
        { Key: 'cdk-sagemaker-jobs:stack', Value: STACK_ID },
        { Key: 'cdk-sagemaker-jobs:resource', Value: 'ChurnC60F44B2' },
        { Key: 'cdk-sagemaker-jobs:definition', Value: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { Key: 'cdk-sagemaker-jobs:request', Value: expect.stringMatching(/^request-1\/[0-9a-f]{10}$/) },
      ],
    });
  });

  test('that the service refuses fails with what it says', async () => {
    deployment.autopilot.fail('CreateAutoMLJob', serviceError('ValidationException', 'The target column is not in the data.'));
    await expect(deployment.create(PROPERTIES, RESOURCE)).rejects.toThrow(
      /^The AutoML job shop-churn-1a2b3c4d-[0-9a-z]{10} could not be started\. ValidationException: The target column is not in the data\.$/);
  });

  test('with a given name that is taken fails, and there is no record to delete', async () => {
    const named = jobProperties({ JobNamePrefix: undefined, JobName: 'churn' });
    await deployment.create(named, { ...RESOURCE, StackId: 'another' });
    await expect(deployment.create(named, RESOURCE)).rejects.toThrow(
      'The name churn is taken by an AutoML job (status InProgress) of the resource ChurnC60F44B2 of the stack another. A name can be used only once, '
      + 'as long as the record of its job exists: choose another name, or leave the name out so that one is generated.');
  });
});

describe('a job that has ended', () => {
  let name: string;

  beforeEach(async () => {
    name = (await deployment.create(PROPERTIES, RESOURCE)).id;
  });

  test('and completed has its best candidate for attributes', async () => {
    deployment.autopilot.end(name, 'Completed', { BestCandidate: candidate('model'), ModelDeployResult: { EndpointName: 'churn' } });
    expect(await waitFor(name)).toEqual({
      BestCandidateName: 'churn-001', BestCandidateMetricName: 'F1', BestCandidateMetricValue: '0.8125', DeployedEndpointName: 'churn',
    });
  });

  test('and completed without a candidate, as one that was not to train any, has empty attributes', async () => {
    deployment.autopilot.end(name, 'Completed', { AutoMLJobSecondaryStatus: 'CandidateDefinitionsGenerated' });
    expect(await waitFor(name)).toEqual({ BestCandidateName: '', BestCandidateMetricName: '', BestCandidateMetricValue: '', DeployedEndpointName: '' });
  });

  test('with a metric of the older kind has that for an attribute, and a value of zero is one', async () => {
    deployment.autopilot.end(name, 'Completed', {
      BestCandidate: { CandidateName: 'churn-001', FinalAutoMLJobObjectiveMetric: { MetricName: 'validation:mse', Value: 0 } },
    });
    expect(await waitFor(name)).toMatchObject({ BestCandidateMetricName: 'validation:mse', BestCandidateMetricValue: '0' });
  });

  test.each(['MaxCandidatesReached', 'MaxAutoMLJobRuntimeReached', 'Stopped'])('because it was stopped (%s) has completed when it has a candidate', async (secondary) => {
    deployment.autopilot.end(name, 'Stopped', { AutoMLJobSecondaryStatus: secondary, BestCandidate: candidate('model') });
    expect(await waitFor(name)).toMatchObject({ BestCandidateName: 'churn-001' });
  });

  test('because it was stopped, without a candidate, has not', async () => {
    deployment.autopilot.end(name, 'Stopped', { AutoMLJobSecondaryStatus: 'MaxAutoMLJobRuntimeReached' });
    await expect(waitFor(name)).rejects.toThrow(new RegExp([
      `^The AutoML job ${name} was stopped before it had completed \\(status Stopped\\), by a call or at its maximum runtime\\.`,
      'Secondary status: MaxAutoMLJobRuntimeReached$',
    ].join('\n')));
  });

  test('and failed says why, with the secondary status and the partial failures, and no log lines of other jobs', async () => {
    deployment.autopilot.end(name, 'Failed', {
      AutoMLJobSecondaryStatus: 'ModelDeploymentError',
      BestCandidate: candidate('model'),
      FailureReason: 'The endpoint could not be made.',
      PartialFailureReasons: [{ PartialFailureMessage: 'No explainability report.' }, { PartialFailureMessage: 'No model insights.' }],
    });
    await expect(waitFor(name)).rejects.toThrow([
      `The AutoML job ${name} ended with status Failed.`,
      'FailureReason: The endpoint could not be made.',
      'Secondary status: ModelDeploymentError',
      'Partial failure: No explainability report.',
      'Partial failure: No model insights.',
    ].join('\n'));
  });

  test('and failed says why in less than a response takes, however much the service has to say', async () => {
    deployment.autopilot.end(name, 'Failed', {
      FailureReason: 'f'.repeat(1024), PartialFailureReasons: Array(5).fill({ PartialFailureMessage: 'p'.repeat(1024) }),
    });
    const { message } = await waitFor(name).catch((error) => error);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(3000);
    expect(message).toMatch(/^The AutoML job .*\nFailureReason: f+/);
  });
});

describe('a job that is let go of', () => {
  test('is stopped, and its record stays: the service deletes none', async () => {
    const { id } = await deployment.create(PROPERTIES, RESOURCE);
    deployment.physicalId = id;
    await deployment.delete(id, PROPERTIES, RESOURCE);
    expect(deployment.autopilot.status(id)).toBe('Stopped');
    expect(deployment.autopilot.operations()).toContain('StopAutoMLJob');
    expect([...deployment.autopilot.jobs.get(id)!.tags.keys()]).not.toContain('cdk-sagemaker-jobs:stack');
  });

  test('is left alone when it is to be retained', async () => {
    const retained = jobProperties({ RemovalPolicy: 'RETAIN' });
    const { id } = await deployment.create(retained, RESOURCE);
    await deployment.delete(id, retained, RESOURCE);
    expect(deployment.autopilot.status(id)).toBe('InProgress');
  });
});

describe('an update', () => {
  const CHANGED = jobProperties({}, { AutoMLJobObjective: { MetricName: 'AUC' }, ProblemType: 'BinaryClassification' });

  test('of the objective runs a job again, and a rollback goes back to the one before, without running it', async () => {
    const { id: before } = await deployment.create(PROPERTIES, RESOURCE);
    deployment.autopilot.end(before, 'Stopped', { BestCandidate: candidate('model') });
    deployment.operation('UPDATE_IN_PROGRESS');
    const { id: after } = await deployment.update(before, PROPERTIES, CHANGED, RESOURCE);
    expect(after).not.toBe(before);

    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    expect((await deployment.update(after, CHANGED, PROPERTIES, RESOURCE)).id).toBe(before);
    expect(deployment.autopilot.operations().filter((operation) => operation === 'CreateAutoMLJob')).toHaveLength(2);
  });

  test('of tags alone changes them, and runs nothing', async () => {
    const { id } = await deployment.create(PROPERTIES, RESOURCE);
    deployment.operation('UPDATE_IN_PROGRESS');
    const { id: after } = await deployment.update(id, PROPERTIES, jobProperties({ Tags: [{ Key: 'team', Value: 'data' }] }), RESOURCE);
    expect(after).toBe(id);
    expect(deployment.autopilot.jobs.get(id)!.tags.get('team')).toBe('data');
    expect(deployment.autopilot.jobs.size).toBe(1);
  });
});
