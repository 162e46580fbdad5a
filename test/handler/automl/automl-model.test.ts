import { AutoMLDeployment, candidate, jobProperties, modelProperties, ROLE_ARN } from './fake-autopilot';
import { AUTOML_JOB, AUTOML_MODEL } from '../../../src/provider/contract';
import { STACK_ID } from '../deployment';
import { serviceError } from '../fake-sagemaker';

const JOB = { ResourceType: AUTOML_JOB, LogicalResourceId: 'ChurnC60F44B2' };
const MODEL = { ResourceType: AUTOML_MODEL, LogicalResourceId: 'Model1A2B3C4D' };

let deployment: AutoMLDeployment;
let jobName: string;

/** A job that has ended with a best candidate of these containers. */
async function trained(...containers: string[]): Promise<string> {
  const { id } = await deployment.create(jobProperties({}, { Trained: containers }), JOB);
  deployment.autopilot.end(id, 'Completed', { AutoMLJobSecondaryStatus: 'Completed', BestCandidate: candidate(...containers) });
  return id;
}

beforeEach(async () => {
  deployment = new AutoMLDeployment();
  jobName = await trained('features', 'model', 'labels');
  deployment.autopilot.calls.length = 0;
});

describe('a new model', () => {
  test('has the containers of the best candidate, and is made by two calls', async () => {
    const { id } = await deployment.create(modelProperties(jobName, { Tags: [{ Key: 'team', Value: 'data' }] }), MODEL);
    expect(id).toMatch(/^shop-model-1a2b3c4d-[0-9a-z]{10}$/);
    expect(deployment.autopilot.operations()).toEqual(['DescribeAutoMLJobV2', 'CreateModel']);
    expect(deployment.autopilot.models.get(id)!.request).toEqual({
      Containers: ['features', 'model', 'labels']
        .map((name) => ({ Image: `image/${name}`, ModelDataUrl: `s3://results/${name}.tar.gz`, Environment: { PROGRAM: name } })),
      EnableNetworkIsolation: true,
      ExecutionRoleArn: ROLE_ARN,
      ModelName: id,
      Tags: [
        { Key: 'team', Value: 'data' },
        { Key: 'cdk-sagemaker-jobs:stack', Value: STACK_ID },
        { Key: 'cdk-sagemaker-jobs:resource', Value: 'Model1A2B3C4D' },
        { Key: 'cdk-sagemaker-jobs:definition', Value: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { Key: 'cdk-sagemaker-jobs:request', Value: expect.any(String) },
      ],
    });
  });

  test('may have one container', async () => {
    const { id } = await deployment.create(modelProperties(await trained('only')), MODEL);
    expect(deployment.autopilot.models.get(id)!.request.Containers).toHaveLength(1);
  });

  const withChanges = (job: string, changes: object) => {
    const properties = modelProperties(job);
    return { ...properties, Request: { ...properties.Request, ...changes } };
  };

  test('of another candidate has the containers of that one', async () => {
    deployment.autopilot.end(jobName, 'Completed', {
      AutoMLJobSecondaryStatus: 'Completed', Candidates: [{ ...candidate('second'), CandidateName: 'churn-002' }, { ...candidate('third'), CandidateName: 'churn-003' }],
    });
    const { id } = await deployment.create(withChanges(jobName, { CandidateName: 'churn-002' }), MODEL);
    expect(deployment.autopilot.models.get(id)!.request.Containers).toMatchObject([{ Image: 'image/second' }]);
    expect(deployment.autopilot.models.get(id)!.request).not.toHaveProperty('CandidateName');
    await expect(deployment.create(withChanges(jobName, { CandidateName: 'churn-004' }), MODEL))
      .rejects.toThrow(`The AutoML job ${jobName} has no candidate churn-004.`);
  });

  test('has other environment variables in all containers', async () => {
    const { id } = await deployment.create(withChanges(jobName, { Environment: { PROGRAM: 'mine', WORKERS: '2' } }), MODEL);
    expect(deployment.autopilot.models.get(id)!.request.Containers.map(({ Environment }: any) => Environment))
      .toEqual(Array(3).fill({ PROGRAM: 'mine', WORKERS: '2' }));
  });

  describe('of a classifier', () => {
    const classifier = async () => {
      const best = candidate('features', 'model', 'labels') as { InferenceContainers: { Environment: Record<string, string> }[] };
      best.InferenceContainers[1].Environment.SAGEMAKER_INFERENCE_SUPPORTED = 'predicted_label,probability,probabilities';
      // The SDK of the service allows for spaces.
      best.InferenceContainers[2].Environment.SAGEMAKER_INFERENCE_SUPPORTED = 'predicted_label, probability, labels, probabilities';
      deployment.autopilot.end(jobName, 'Completed', { AutoMLJobSecondaryStatus: 'Completed', BestCandidate: best });
    };

    test('answers what is asked for, of which each container gets from the one before it what that has', async () => {
      await classifier();
      const { id } = await deployment.create(withChanges(jobName, { InferenceResponseKeys: ['predicted_label', 'labels', 'probability'] }), MODEL);
      expect(deployment.autopilot.models.get(id)!.request.Containers.map(({ Environment }: any) => [
        Environment.SAGEMAKER_INFERENCE_INPUT, Environment.SAGEMAKER_INFERENCE_OUTPUT,
      ])).toEqual([
        [undefined, undefined], [undefined, 'predicted_label,probability'], ['predicted_label,probability', 'predicted_label,labels,probability'],
      ]);
    });

    test('that cannot answer it is an error', async () => {
      await expect(deployment.create(withChanges(jobName, { InferenceResponseKeys: ['probability'] }), MODEL))
        .rejects.toThrow(`The candidate of the AutoML job ${jobName} cannot answer probability, but its prediction alone.`);
    });
  });

  describe('of a job for texts or images', () => {
    const container = (unit: string) => [{ Image: `image/${unit}`, ModelDataUrl: 's3://results/model.tar.gz' }];
    const ofUnits = async (...units: string[]) => {
      const { id } = await deployment.create(jobProperties({}, { Trained: units }), JOB);
      const InferenceContainerDefinitions = Object.fromEntries(units.map((unit) => [unit, container(unit)]));
      deployment.autopilot.end(id, 'Completed', {
        AutoMLJobSecondaryStatus: 'Completed', BestCandidate: { ...candidate(), InferenceContainers: undefined, InferenceContainerDefinitions },
      });
      return id;
    };

    test.each([[undefined, 'CPU'], ['CPU', 'CPU'], ['GPU', 'GPU']])('has the containers for %s', async (ProcessingUnit, unit) => {
      const properties = modelProperties(await ofUnits('CPU', 'GPU'));
      const { id } = await deployment.create({ ...properties, Request: { ...properties.Request, ProcessingUnit } }, MODEL);
      expect(deployment.autopilot.models.get(id)!.request).toMatchObject({ Containers: container(unit) });
      expect(deployment.autopilot.models.get(id)!.request).not.toHaveProperty('ProcessingUnit');
    });

    test('that has none for the unit says for which it has some', async () => {
      const job = await ofUnits('GPU');
      await expect(deployment.create(modelProperties(job), MODEL)).rejects.toThrow(`The AutoML job ${job} has no containers for CPU, but for GPU.`);
    });
  });

  test('of a job that was stopped with a candidate is made', async () => {
    deployment.autopilot.end(jobName, 'Stopped', { AutoMLJobSecondaryStatus: 'MaxCandidatesReached' });
    await deployment.create(modelProperties(jobName), MODEL);
    expect(deployment.autopilot.models.size).toBe(1);
  });

  test.each<[string, 'InProgress' | 'Stopping' | 'Completed' | 'Failed', object, string]>([
    ['runs', 'InProgress', { AutoMLJobSecondaryStatus: 'ModelTuning' }, 'has not ended yet (status InProgress, ModelTuning).'],
    ['is being stopped', 'Stopping', { AutoMLJobSecondaryStatus: 'Stopping' }, 'has not ended yet (status Stopping, Stopping).'],
    ['has no candidate', 'Failed', { AutoMLJobSecondaryStatus: 'Failed', BestCandidate: undefined },
      'has no best candidate that a model could be made of (status Failed, Failed).'],
    ['has a candidate without containers', 'Completed', { BestCandidate: candidate() }, 'has no best candidate that a model could be made of (status Completed, Completed).'],
  ])('of a job that %s fails, and says so', async (_name, status, description, text) => {
    deployment.autopilot.end(jobName, status, description);
    await expect(deployment.create(modelProperties(jobName), MODEL)).rejects.toThrow(
      new RegExp(`^The model shop-model-1a2b3c4d-[0-9a-z]{10} could not be created\\. The AutoML job ${jobName} ${text.replace(/[().]/g, '\\$&')}`));
    expect(deployment.autopilot.models.size).toBe(0);
  });

  test('of a job whose end the service does not tell of yet is made as soon as it does', async () => {
    deployment.autopilot.end(jobName, 'InProgress');
    const delivery = deployment.deliver({ ...MODEL, RequestType: 'Create', ResourceProperties: modelProperties(jobName) });
    expect(await delivery.look()).toBeUndefined();
    deployment.autopilot.end(jobName, 'Completed');
    await delivery.finish();
    expect(deployment.autopilot.models.size).toBe(1);
  });

  test('waits for a role that may not read the candidate everywhere yet', async () => {
    deployment.autopilot.fail('CreateModel', serviceError('ValidationException',
      'Could not access model data at s3://results/model.tar.gz. Please ensure that the role "Churn" exists and that its trust relationship policy allows '
      + 'the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".'));
    await deployment.create(modelProperties(jobName), MODEL);
    expect(deployment.autopilot.models.size).toBe(1);
  });

  test('that an earlier delivery made is found again', async () => {
    const { id } = await deployment.create(modelProperties(jobName), { ...MODEL, RequestId: 'twice' });
    expect((await deployment.create(modelProperties(jobName), { ...MODEL, RequestId: 'twice' })).id).toBe(id);
    expect(deployment.autopilot.models.size).toBe(1);
  });

  test('with a given name that is taken fails', async () => {
    const named = modelProperties(jobName, { JobNamePrefix: undefined, JobName: 'churn' });
    await deployment.create(named, { ...MODEL, StackId: 'another' });
    await expect(deployment.create(named, MODEL)).rejects.toThrow(
      'The name churn is taken by a model (status Completed) of the resource Model1A2B3C4D of the stack another.');
  });
});

describe('a new run of the job', () => {
  test('replaces the model; a rollback goes back to the one before, and makes none', async () => {
    const { id: before } = await deployment.create(modelProperties(jobName), MODEL);
    const newJob = await trained('better');
    deployment.operation('UPDATE_IN_PROGRESS');
    const { id: after } = await deployment.update(before, modelProperties(jobName), modelProperties(newJob), MODEL);
    expect(after).not.toBe(before);
    expect(deployment.autopilot.models.get(after)!.request.Containers).toHaveLength(1);
    expect(deployment.autopilot.models.has(before)).toBe(true);

    deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
    expect((await deployment.update(after, modelProperties(newJob), modelProperties(jobName), MODEL)).id).toBe(before);
    deployment.physicalId = before;
    await deployment.delete(after, modelProperties(newJob), MODEL);
    expect([...deployment.autopilot.models.keys()]).toEqual([before]);
  });

  test('a change of tags alone leaves the model in its place', async () => {
    const { id } = await deployment.create(modelProperties(jobName), MODEL);
    deployment.operation('UPDATE_IN_PROGRESS');
    const tagged = modelProperties(jobName, { Tags: [{ Key: 'team', Value: 'data' }] });
    expect((await deployment.update(id, modelProperties(jobName), tagged, MODEL)).id).toBe(id);
    expect(deployment.autopilot.models.get(id)!.tags.get('team')).toBe('data');
  });
});

describe('the removal of a model', () => {
  test('deletes it', async () => {
    const { id } = await deployment.create(modelProperties(jobName), MODEL);
    await deployment.delete(id, modelProperties(jobName), MODEL);
    expect(deployment.autopilot.models.size).toBe(0);
    expect(deployment.autopilot.jobs.has(jobName)).toBe(true);
  });

  test('is done when it is gone already', async () => {
    const { id } = await deployment.create(modelProperties(jobName), MODEL);
    deployment.autopilot.models.clear();
    await deployment.delete(id, modelProperties(jobName), MODEL);
  });

  test('touches none of another stack', async () => {
    const named = modelProperties(jobName, { JobNamePrefix: undefined, JobName: 'churn' });
    await deployment.create(named, { ...MODEL, StackId: 'another' });
    await deployment.delete('churn', named, MODEL);
    expect(deployment.autopilot.models.has('churn')).toBe(true);
  });
});
