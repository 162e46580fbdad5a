/**
 * Lives of AutoML jobs and of the models of their best candidates, deployed by the CDK CLI: the example examples/automl.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import {
  AutoMLCandidate, CreateAutoMLJobCommand, CreateAutoMLJobCommandInput, CreateModelCommand, DeleteModelCommand, DescribeAutoMLJobCommand,
  DescribeAutoMLJobV2Command, DescribeAutoMLJobV2CommandOutput, DescribeModelCommand, ListCandidatesForAutoMLJobCommand, ListTagsCommand,
  SageMakerClient, StopAutoMLJobCommand,
} from '@aws-sdk/client-sagemaker';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { predict } from './predict';
import { WeatherStack, WeatherStackProps } from '../../examples/automl/weather-stack';
import { LocalCloud, REGION } from '../../local-cloud/local-cloud';
import { AutoMLJobRecord, ContainerRecord } from '../../local-cloud/sagemaker-control';
import {
  AutoMLDataset, AutoMLInferenceResponseKey, AutoMLJob, AutoMLMode, AutoMLModel, AutoMLMulticlassClassificationMetric, AutoMLProblem, S3Location,
} from '../../src';

let cloud: LocalCloud;
let client: SageMakerClient;

beforeAll(async () => {
  cloud = await LocalCloud.start();
  client = new SageMakerClient({
    endpoint: cloud.sagemaker.endpoint, region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1,
  });
  await cloud.s3.createBucket('flowers');
}, 180_000);

afterAll(async () => {
  client?.destroy();
  await cloud?.stop();
});

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

  await deploy('Weather', { metric: AutoMLMulticlassClassificationMetric.F1_MACRO });
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

test('an endpoint configuration of the same stack takes the name of the model', () => {
  const template = Template.fromStack(app('Endpoint', { endpoint: true }).node.findChild('Endpoint') as WeatherStack);
  const [model] = Object.keys(template.findResources('Custom::SageMakerAutoMLModel'));
  template.hasResource('AWS::SageMaker::EndpointConfig', {
    Properties: { ProductionVariants: [Match.objectLike({ ModelName: { Ref: model } })] },
  });
  template.resourceCountIs('AWS::SageMaker::Endpoint', 1);
});

/** Flowers whose class, kind and price follow from their width. */
function flowers(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const width = (i * 37) % 100;
    return [width, i % 7, ['red', 'blue'][i % 2], width > 50 ? 'tall' : 'small', ['rose', 'tulip', 'daisy'][Math.floor(width / 34)], width * 2.5].join();
  });
  return ['width,days,colour,size,kind,price', ...lines].join('\n');
}

test('a model of another candidate answers what is asked for, in the environment that is given', async () => {
  await cloud.s3.write('s3://flowers/train/a.csv', flowers(600));
  const garden = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  const stack = new Stack(garden, 'Garden');
  const bucket = Bucket.fromBucketName(stack, 'Flowers', 'flowers');
  const job = new AutoMLJob(stack, 'Job', {
    autoMLJobName: 'garden',
    trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'train/')),
    targetAttributeName: 'kind',
    problem: AutoMLProblem.multiclassClassification(),
    mode: AutoMLMode.hyperparameterTuning(),
    maxCandidates: 2,
    maxRuntime: Duration.minutes(10),
    outputLocation: S3Location.fromBucket(bucket, 'out/'),
  });
  const { LABELS, PREDICTED_LABEL, PROBABILITIES, PROBABILITY } = AutoMLInferenceResponseKey;
  new AutoMLModel(stack, 'Model', {
    job, candidateName: 'garden-001-linear', environment: { WORKERS: '2' }, inferenceResponseKeys: [PREDICTED_LABEL, LABELS, PROBABILITIES, PROBABILITY],
  });
  expect((await cloud.deploy(garden, 'Garden')).reason).toBeUndefined();

  const [{ Request: { Containers } }] = await cloud.sagemaker.models();
  const candidates = (await cloud.sagemaker.automlJobs())[0].Candidates;
  const { InferenceContainers } = candidates.find(({ CandidateName }) => CandidateName === 'garden-001-linear')!;
  expect(Containers.map(({ ModelDataUrl }: ContainerRecord) => ModelDataUrl)).toEqual(InferenceContainers!.map(({ ModelDataUrl }) => ModelDataUrl));
  expect(Containers.map(({ Environment }: ContainerRecord) => Environment.WORKERS)).toEqual(['2', '2', '2']);
  const [answer] = predict(cloud, Containers, 'text/csv', ['80,1,red,tall,200\n10,2,blue,small,25\n']);
  // Each line is a label, two lists in quotes, and a number.
  const rows = answer.trim().split('\n').map((line) => JSON.parse(`[${line.replace(/^\w+/, '"$&"').replace(/"(\[.*?\])"/g, '$1').replaceAll('""', '"')}]`));
  expect(rows.map(([label, labels]) => [label, labels])).toEqual(['daisy', 'rose'].map((label) => [label, ['daisy', 'rose', 'tulip']]));
  for (const [label, labels, probabilities, probability] of rows) {
    expect(probability).toBeCloseTo(probabilities[labels.indexOf(label)]);
    expect(probability).toBeCloseTo(Math.max(...probabilities));
  }
});

describe('the stand-in', () => {
  function request(name: string, target: string, more: Partial<CreateAutoMLJobCommandInput> = {}): CreateAutoMLJobCommandInput {
    return {
      AutoMLJobName: name,
      InputDataConfig: [{
        TargetAttributeName: target, DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://flowers/train/' } },
      }],
      OutputDataConfig: { S3OutputPath: 's3://flowers/out' },
      RoleArn: 'arn:aws:iam::000000000000:role/automl',
      ...more,
    };
  }

  async function describeJob(name: string): Promise<DescribeAutoMLJobV2CommandOutput> {
    return client.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: name }));
  }

  async function until(name: string, condition: (job: DescribeAutoMLJobV2CommandOutput) => boolean): Promise<DescribeAutoMLJobV2CommandOutput> {
    for (;;) {
      const job = await describeJob(name);
      if (condition(job)) {
        return job;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async function run(...args: Parameters<typeof request>): Promise<DescribeAutoMLJobV2CommandOutput> {
    await client.send(new CreateAutoMLJobCommand(request(...args)));
    return until(args[0], (job) => !['InProgress', 'Stopping'].includes(job.AutoMLJobStatus!));
  }

  async function leaderboard(name: string): Promise<AutoMLCandidate[]> {
    const command = new ListCandidatesForAutoMLJobCommand({ AutoMLJobName: name, SortBy: 'FinalObjectiveMetricValue', SortOrder: 'Descending' });
    return (await client.send(command)).Candidates!;
  }

  beforeEach(async () => cloud.s3.write('s3://flowers/train/a.csv', flowers(600)));

  test.each([
    ['size', 'BinaryClassification', 'F1'], ['kind', 'MulticlassClassification', 'Accuracy'], ['price', 'Regression', 'MSE'],
  ])('infers the problem of the target %s: %s, by %s', async (target, problem, metric) => {
    const job = await run(`infer-${target}`, target);
    expect(job).toMatchObject({
      AutoMLJobStatus: 'Completed',
      AutoMLJobSecondaryStatus: 'Completed',
      ResolvedAttributes: { AutoMLProblemTypeResolvedAttributes: { TabularResolvedAttributes: { ProblemType: problem } } },
      BestCandidate: { CandidateStatus: 'Completed', ObjectiveStatus: 'Succeeded', FinalAutoMLJobObjectiveMetric: { MetricName: metric } },
    });
    const values = (await leaderboard(job.AutoMLJobName!)).map((each) => each.FinalAutoMLJobObjectiveMetric!.Value!);
    expect(values).toHaveLength(4);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(job.BestCandidate!.FinalAutoMLJobObjectiveMetric!.Value).toBe(problem === 'Regression' ? values.at(-1) : values[0]);
  });

  test('tunes in parts, a container each, which predict together', async () => {
    const job = await run('parts', 'kind', {
      ProblemType: 'MulticlassClassification',
      AutoMLJobObjective: { MetricName: 'Accuracy' },
      AutoMLJobConfig: {
        Mode: 'HYPERPARAMETER_TUNING',
        CompletionCriteria: { MaxCandidates: 1 },
        CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['xgboost'] }] },
      },
    });
    expect(job.AutoMLJobSecondaryStatus).toBe('MaxCandidatesReached');
    const containers = job.BestCandidate!.InferenceContainers!;
    expect(containers).toHaveLength(3);
    const [predicted] = predict(cloud, containers, 'text/csv', ['80,1,red,small,100\n10,2,blue,small,20\n']);
    expect(predicted.trim().split('\n')).toEqual(['daisy', 'rose']);
  });

  test('a job that is stopped has the best of the candidates that it has had time for', async () => {
    await cloud.sagemaker.simulate({ candidateSeconds: 1.5 });
    await client.send(new CreateAutoMLJobCommand(request('stopped', 'kind')));
    await until('stopped', (job) => job.BestCandidate !== undefined);
    await client.send(new StopAutoMLJobCommand({ AutoMLJobName: 'stopped' }));
    expect(await describeJob('stopped')).toMatchObject({ AutoMLJobSecondaryStatus: expect.stringMatching(/Stop/) });
    const job = await until('stopped', ({ AutoMLJobStatus }) => AutoMLJobStatus !== 'Stopping');
    expect(job).toMatchObject({ AutoMLJobStatus: 'Stopped', AutoMLJobSecondaryStatus: 'Stopped', BestCandidate: { CandidateStatus: 'Completed' } });
    await expect(client.send(new StopAutoMLJobCommand({ AutoMLJobName: 'stopped' }))).rejects.toThrow('is in status Stopped');
  });

  test('a job whose time is over has completed, even without a candidate', async () => {
    await cloud.sagemaker.simulate({ candidateSeconds: 60 });
    const job = await run('late', 'kind', { AutoMLJobConfig: { CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: 1 } } });
    expect(job).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'MaxAutoMLJobRuntimeReached' });
    expect(job.BestCandidate).toBeUndefined();
  });

  test('a job that shall only define candidates trains none', async () => {
    const job = await run('defines', 'kind', { GenerateCandidateDefinitionsOnly: true });
    expect(job).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'CandidateDefinitionsGenerated' });
    const notebook = job.AutoMLJobArtifacts!.CandidateDefinitionNotebookLocation!;
    expect(JSON.parse(await cloud.s3.read(notebook)).cells).toHaveLength(1);
    expect(await leaderboard('defines')).toEqual([]);
  });

  test('data with too few rows fails the job', async () => {
    await cloud.s3.write('s3://flowers/train/a.csv', flowers(499));
    expect(await run('few', 'kind')).toMatchObject({
      AutoMLJobStatus: 'Failed',
      AutoMLJobSecondaryStatus: 'Failed',
      FailureReason: 'ClientError: The training data has 499 rows. At least 500 rows are required.',
    });
  });

  test('names are unique whatever the case, and what is not known is not found', async () => {
    const only = { GenerateCandidateDefinitionsOnly: true };
    await run('Once', 'kind', { ...only, Tags: [{ Key: 'team', Value: 'flowers' }] });
    await expect(client.send(new CreateAutoMLJobCommand(request('oNCE', 'kind')))).rejects.toMatchObject({ name: 'ResourceInUse' });
    const { AutoMLJobArn: arn, InputDataConfig } = await client.send(new DescribeAutoMLJobCommand({ AutoMLJobName: 'Once' }));
    expect(InputDataConfig![0].TargetAttributeName).toBe('kind');
    expect((await client.send(new ListTagsCommand({ ResourceArn: arn }))).Tags).toEqual([{ Key: 'team', Value: 'flowers' }]);
    await expect(describeJob('never')).rejects.toMatchObject({
      name: 'ResourceNotFound', message: "Amazon SageMaker can't find an AutoML job called never.",
    });
    await expect(client.send(new CreateAutoMLJobCommand(request('a'.repeat(33), 'kind')))).rejects.toThrow('Member must have length less than or equal to 32');
    await expect(client.send(new CreateAutoMLJobCommand(request('half', 'kind', { ProblemType: 'Regression' })))).rejects.toThrow('must be specified together');
  });

  test('a model needs its data, has a name of its own, and is gone when it is deleted', async () => {
    const model = (ModelDataUrl: string) => new CreateModelCommand({
      ModelName: 'Roses', ExecutionRoleArn: 'arn:aws:iam::000000000000:role/model', Containers: [{ Image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1', ModelDataUrl }],
    });
    await expect(client.send(model('s3://flowers/none.tar.gz'))).rejects.toThrow('Could not find model data at s3://flowers/none.tar.gz');
    await client.send(model('s3://flowers/train/a.csv'));
    await expect(client.send(model('s3://flowers/train/a.csv'))).rejects.toMatchObject({
      name: 'ValidationException', message: 'Cannot create already existing model "arn:aws:sagemaker:us-east-1:000000000000:model/roses".',
    });
    expect((await client.send(new DescribeModelCommand({ ModelName: 'Roses' }))).Containers).toHaveLength(1);
    await client.send(new DeleteModelCommand({ ModelName: 'Roses' }));
    await expect(client.send(new DescribeModelCommand({ ModelName: 'Roses' }))).rejects.toThrow(
      'Could not find model "arn:aws:sagemaker:us-east-1:000000000000:model/roses".');
  });
});
