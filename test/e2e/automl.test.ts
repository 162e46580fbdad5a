/**
 * Lives of AutoML jobs and of the models of their best candidates, deployed by the CDK CLI: the example examples/automl.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { WeatherStack, WeatherStackProps } from '../../examples/automl/weather-stack';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { AutoMLJobRecord } from '../../local-cloud/sagemaker-control';
import { MulticlassClassificationMetric } from '../../src';

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start();
}, 180_000);

afterAll(async () => cloud?.stop());

beforeEach(async () => cloud.sagemaker.reset());

function app(stackName: string, props?: WeatherStackProps): App {
  const result = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  new WeatherStack(result, stackName, props);
  return result;
}

async function deploy(stackName: string, props?: WeatherStackProps): Promise<boolean> {
  const { changed, reason } = await cloud.deploy(app(stackName, props), stackName);
  expect(reason).toBeUndefined();
  return changed;
}

async function jobOf(stackName: string): Promise<AutoMLJobRecord> {
  const { JobName } = await cloud.stacks.outputs(stackName);
  const job = (await cloud.sagemaker.automlJobs()).find((each) => each.AutoMLJobName === JobName);
  expect(job).toBeDefined();
  return job!;
}

async function creations(operation: string): Promise<number> {
  return (await cloud.sagemaker.calls(operation)).length;
}

test('the best candidate becomes a model; another objective runs again and replaces it; nothing stays', async () => {
  await deploy('Weather');
  const job = await jobOf('Weather');
  expect(job).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'MaxCandidatesReached', UnknownMembers: [] });
  expect(job.SecondaryStatuses).toEqual(['Starting', 'AnalyzingData', 'FeatureEngineering', 'TrainingModels', 'MaxCandidatesReached']);
  expect(job.Candidates).toHaveLength(5);
  const best = job.BestCandidate!;
  const { Value } = best.FinalAutoMLJobObjectiveMetric!;
  expect(Value).toBe(Math.max(...job.Candidates.map((each) => each.FinalAutoMLJobObjectiveMetric!.Value)));
  expect(Value).toBeGreaterThan(0.7);

  const outputs = await cloud.stacks.outputs('Weather');
  expect(outputs).toMatchObject({ BestCandidate: best.CandidateName, MetricName: 'Accuracy' });
  expect(Number(outputs.MetricValue)).toBe(Value);
  const [model] = await cloud.sagemaker.models();
  expect(model).toMatchObject({ ModelName: outputs.ModelName, UnknownMembers: [], Request: { Containers: best.InferenceContainers } });
  const archive = best.InferenceContainers![0].ModelDataUrl;
  expect(archive).toContain(`/automl/${job.AutoMLJobName}/`);
  expect(await cloud.s3.list(archive)).toEqual([archive]);
  expect((await cloud.jobLogs.lines(best.CandidateName, '/aws/sagemaker/TrainingJobs')).join()).toContain('Accuracy');

  expect(await deploy('Weather')).toBe(false);
  expect(await creations('CreateAutoMLJob')).toBe(1);
  expect(await creations('CreateModel')).toBe(1);

  await deploy('Weather', { metric: MulticlassClassificationMetric.F1_MACRO });
  const second = await jobOf('Weather');
  expect(second.AutoMLJobName).not.toBe(job.AutoMLJobName);
  expect(await cloud.stacks.outputs('Weather')).toMatchObject({ BestCandidate: second.BestCandidate!.CandidateName, MetricName: 'F1macro' });
  expect(await creations('CreateAutoMLJob')).toBe(2);
  const models = await cloud.sagemaker.models();
  expect(models.map((each) => each.ModelName)).toEqual([(await cloud.stacks.outputs('Weather')).ModelName]);
  expect(models[0].ModelName).not.toBe(model.ModelName);
  expect(models[0].Request.Containers).toEqual(second.BestCandidate!.InferenceContainers);

  expect((await cloud.destroy(app('Weather'), 'Weather')).reason).toBeUndefined();
  expect(await cloud.sagemaker.models()).toEqual([]);
  expect((await cloud.sagemaker.automlJobs()).map((each) => each.AutoMLJobStatus)).toEqual(['Completed', 'Completed']);
});

test('a wrong target fails the deployment with the reason of the job, and leaves no model', async () => {
  const result = await cloud.deploy(app('Wrong', { target: 'wether' }), 'Wrong');
  expect(result.ok).toBe(false);
  expect(result.reason).toContain("FailureReason: ClientError: The column 'wether' is not in the header of the data: date, precipitation,");
  expect(await cloud.stacks.status('Wrong')).toBe('ROLLBACK_COMPLETE');
  expect(await cloud.sagemaker.models()).toEqual([]);
  expect(await creations('CreateModel')).toBe(0);
});
