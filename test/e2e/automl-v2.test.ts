/**
 * AutoML jobs for time series, texts, images and language models: the examples, deployed by the CDK CLI with a model of the best candidate that
 * really predicts, and what the stand-in makes of requests.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import {
  CreateAutoMLJobV2Command, CreateAutoMLJobV2CommandInput, DescribeAutoMLJobCommand, DescribeAutoMLJobV2Command, DescribeAutoMLJobV2CommandOutput,
  ListCandidatesForAutoMLJobCommand, SageMakerClient, StopAutoMLJobCommand,
} from '@aws-sdk/client-sagemaker';
import { App, Stack } from 'aws-cdk-lib';
import { predict } from './predict';
import { ForecastingStack } from '../../examples/forecasting/forecasting-stack';
import { ImagesStack } from '../../examples/images/images-stack';
import { TextsStack } from '../../examples/texts/texts-stack';
import { LocalCloud, REGION } from '../../local-cloud/local-cloud';
import { AutoMLJobRecord, ContainerRecord } from '../../local-cloud/sagemaker-control';
import { AutoMLProcessingUnit } from '../../src';

let cloud: LocalCloud;
let client: SageMakerClient;

beforeAll(async () => {
  cloud = await LocalCloud.start();
  client = new SageMakerClient({
    endpoint: cloud.sagemaker.endpoint, region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1,
  });
  await cloud.s3.createBucket('data');
}, 180_000);

afterAll(async () => {
  client?.destroy();
  await cloud?.stop();
});

beforeEach(async () => cloud.sagemaker.reset());

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

describe('the examples', () => {
  interface Deployed {
    readonly outputs: { readonly [output: string]: string };
    readonly job: AutoMLJobRecord;
    /** The containers of the model. */
    readonly containers: ContainerRecord[];
  }

  async function deploy(name: string, makeStack: (app: App) => Stack): Promise<Deployed> {
    const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
    makeStack(app);
    expect((await cloud.deploy(app, name)).reason).toBeUndefined();
    const outputs = await cloud.stacks.outputs(name);
    const [job] = await cloud.sagemaker.automlJobs();
    expect(job).toMatchObject({ AutoMLJobName: outputs.JobName, AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'Completed', UnknownMembers: [] });
    expect(Number(outputs.MetricValue)).toBe(job.BestCandidate!.FinalAutoMLJobObjectiveMetric!.Value);
    const [model] = await cloud.sagemaker.models();
    expect(model).toMatchObject({ ModelName: outputs.ModelName, UnknownMembers: [] });
    return { outputs, job, containers: model.Request.Containers };
  }

  /** A CSV without quotes: the rows as maps from column to text. */
  function rowsOf(text: string): { [column: string]: string }[] {
    const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(','));
    return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index]])));
  }

  test('forecasting: the better of two forecasters is nearer to the year that follows than the year before, and than the last month', async () => {
    const { containers, job, outputs } = await deploy('Forecasting', (app) => new ForecastingStack(app, 'Forecasting'));
    expect(outputs.MetricName).toBe('WAPE');
    const losses = job.Candidates.map(({ FinalAutoMLJobObjectiveMetric: metric }) => [metric!.Type, metric!.Value]);
    expect(losses).toHaveLength(2);
    expect(losses[0][1]).toBeLessThan(losses[1][1] as number);
    expect(outputs.BestCandidate).toBe(job.Candidates[0].CandidateName);
    expect(containers).toEqual(job.BestCandidate!.InferenceContainers);

    const history = await cloud.s3.read(`${outputs.TrainingData}train.csv`);
    const [answer] = predict(cloud, containers, 'text/csv', [history]);
    const predictions = rowsOf(answer);
    const truth = rowsOf(await cloud.s3.read(`${outputs.TestData}test.csv`));
    expect(predictions.map(({ industry, month }) => [industry, month.slice(0, 10)])).toEqual(truth.map(({ industry, month }) => [industry, month]));
    const pastOf = (row: { [column: string]: string }) =>
      rowsOf(history).filter(({ industry }) => industry === row.industry).map(({ unemployed }) => Number(unemployed));
    const error = (forecast: (row: { [column: string]: string }, index: number) => number) =>
      mean(truth.map((row, index) => Math.abs(forecast(row, index) - Number(row.unemployed))));
    const model = error((_row, index) => Number(predictions[index].p50));
    const lastYear = error((row, index) => pastOf(row).slice(-12)[index % 12]);
    const lastMonth = error((row) => pastOf(row).at(-1)!);
    expect(model).toBeLessThan(0.9 * Math.min(lastYear, lastMonth));
    const within = truth.filter(({ unemployed }, index) =>
      Number(predictions[index].p10) <= Number(unemployed) && Number(unemployed) <= Number(predictions[index].p90));
    expect(within.length).toBeGreaterThan(truth.length / 3);
  });

  test('texts: the model tells opinions that it has not seen far better than chance', async () => {
    const { containers, job, outputs } = await deploy('Texts', (app) => new TextsStack(app, 'Texts'));
    expect(outputs.MetricName).toBe('Accuracy');
    expect(job.BestCandidate!.InferenceContainers).toBeUndefined();
    expect(containers).toEqual(job.BestCandidate!.InferenceContainerDefinitions!.CPU);
    const lines = (await cloud.s3.read(`${outputs.TestData}test.csv`)).trim().split(/\r?\n/).slice(1).map((line) => /^(.*),(\w+)$/.exec(line)!);
    const [answer] = predict(cloud, containers, 'text/csv', [lines.map(([, sentence]) => sentence).join('\n')]);
    const predicted = answer.trim().split('\n');
    expect(predicted).toHaveLength(600);
    const positive = mean(lines.map(([,, opinion]) => Number(opinion === 'positive')));
    const right = mean(lines.map(([,, opinion], index) => Number(opinion === predicted[index])));
    expect(right).toBeGreaterThan(Math.max(positive, 1 - positive) + 0.25);
  });

  test('images: the model for GPU reads digits that it has not seen', async () => {
    const { containers, job, outputs } = await deploy('Images', (app) => new ImagesStack(app, 'Images', { imagesOfEach: 16, processingUnit: AutoMLProcessingUnit.GPU }));
    const { CPU, GPU } = job.BestCandidate!.InferenceContainerDefinitions!;
    expect(containers).toEqual(GPU);
    expect([GPU[0].Image, GPU[0].ModelDataUrl]).toEqual([expect.stringContaining('-gpu-'), CPU[0].ModelDataUrl]);
    expect(CPU[0].Image).toContain('-cpu-');
    const files = await cloud.s3.list(outputs.TestData);
    expect(files).toHaveLength(30);
    const predicted = predict(cloud, containers, 'image/png', await Promise.all(files.map((file) => cloud.s3.readBytes(file))));
    // The folder of an image says which digit it is. One of ten would be right by chance.
    expect(mean(files.map((file, index) => Number(file.split('/').at(-2) === predicted[index].trim())))).toBeGreaterThan(0.7);
  });
});

describe('the stand-in', () => {
  type Problem = NonNullable<CreateAutoMLJobV2CommandInput['AutoMLProblemTypeConfig']>;

  function request(name: string, problem: object, more: Partial<CreateAutoMLJobV2CommandInput> = {}): CreateAutoMLJobV2CommandInput {
    return {
      AutoMLJobName: name,
      AutoMLJobInputDataConfig: [{ DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://data/${name}/` } } }],
      AutoMLProblemTypeConfig: problem as Problem,
      OutputDataConfig: { S3OutputPath: 's3://data/out' },
      RoleArn: 'arn:aws:iam::000000000000:role/automl',
      ...more,
    };
  }

  async function until(name: string, condition: (job: DescribeAutoMLJobV2CommandOutput) => boolean): Promise<DescribeAutoMLJobV2CommandOutput> {
    for (;;) {
      const job = await client.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: name }));
      if (condition(job)) {
        return job;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async function run(...args: Parameters<typeof request>): Promise<DescribeAutoMLJobV2CommandOutput> {
    await client.send(new CreateAutoMLJobV2Command(request(...args)));
    return until(args[0], (job) => !['InProgress', 'Stopping'].includes(job.AutoMLJobStatus!));
  }

  const SERIES = { TargetAttributeName: 'sold', TimestampAttributeName: 'at', ItemIdentifierAttributeName: 'article' };
  const forecast = (more: object = {}) => ({ TimeSeriesForecastingJobConfig: { ForecastFrequency: '1D', ForecastHorizon: 7, TimeSeriesConfig: SERIES, ...more } });
  const TEXTS = { TextClassificationJobConfig: { ContentColumn: 'text', TargetLabelColumn: 'topic' } };

  function dateOf(day: number): string {
    return new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  }

  /** Sales with a week's season, several a day, with a day that is missing and a row without a number. */
  function sales(days: number): string {
    const rows = Array.from({ length: days }, (_, day) => day).filter((day) => day !== 10).flatMap((day) => [
      `a,north,${dateOf(day)}T08:00:00Z,${10 + (day % 7) * 5}`, `a,north,${dateOf(day)}T16:00:00Z,${5 + day}`,
      `a,south,${dateOf(day)}T08:00:00Z,${day % 7 === 6 ? '' : 3}`,
    ]);
    return ['article,shop,at,sold', ...rows].join('\n');
  }

  test('forecasts each item and group, with the values of a step added up and gaps filled, in the quantiles that are asked for', async () => {
    await cloud.s3.write('s3://data/sales/a.csv', sales(60));
    const job = await run('sales', forecast({
      ForecastQuantiles: ['p5', 'p95'],
      TimeSeriesConfig: { ...SERIES, GroupingAttributeNames: ['shop'] },
      Transformations: { Filling: { sold: { middlefill: 'median' } }, Aggregation: { sold: 'sum' } },
      CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['ets'] }] },
    }));
    expect(job).toMatchObject({
      AutoMLJobStatus: 'Completed',
      AutoMLProblemTypeConfigName: 'TimeSeriesForecasting',
      AutoMLProblemTypeConfig: { TimeSeriesForecastingJobConfig: { ForecastHorizon: 7 } },
      BestCandidate: {
        CandidateName: 'sales-001-exponential-smoothing',
        FinalAutoMLJobObjectiveMetric: { MetricName: 'AverageWeightedQuantileLoss', Type: 'Minimize' },
      },
      ResolvedAttributes: { AutoMLJobObjective: { MetricName: 'AverageWeightedQuantileLoss' } },
    });
    const { Candidates } = await client.send(new ListCandidatesForAutoMLJobCommand({ AutoMLJobName: 'sales' }));
    expect(Candidates).toHaveLength(1);
    const [answer] = predict(cloud, job.BestCandidate!.InferenceContainers!, 'text/csv', [sales(60)]);
    const [header, ...rows] = answer.trim().split('\n').map((line) => line.split(','));
    expect(header).toEqual(['article', 'shop', 'at', 'p5', 'p95', 'mean']);
    expect(rows.map(([article, shop, at]) => [article, shop, at])).toEqual(['north', 'south'].flatMap((shop) => Array.from({ length: 7 }, (_, day) =>
      ['a', shop, `${dateOf(60 + day)}T00:00:00`])));
    rows.slice(0, 7).forEach(([, , , p5, p95, average], ahead) => {
      const day = 60 + ahead;
      // The two sales of a day.
      const expected = 15 + day + (day % 7) * 5;
      expect(Math.abs(Number(average) - expected)).toBeLessThan(0.25 * expected);
      expect(Number(p5)).toBeLessThanOrEqual(Number(p95));
    });
  });

  test('a metric decides which forecaster is the best, and a season that repeats exactly makes the naive one so', async () => {
    const rows = Array.from({ length: 70 }, (_, day) => `a,${dateOf(day)},${[3, 50, 1, 80, 2, 9, 40][day % 7]}`);
    await cloud.s3.write('s3://data/naive/a.csv', ['article,at,sold', ...rows].join('\n'));
    const job = await run('naive', forecast(), { AutoMLJobObjective: { MetricName: 'RMSE' } });
    expect(job.BestCandidate).toMatchObject({
      CandidateName: 'naive-001-seasonal-naive', FinalAutoMLJobObjectiveMetric: { MetricName: 'RMSE', Value: 0 }, InferenceContainers: [expect.anything()],
    });
    expect(job.BestCandidate!.CandidateProperties!.CandidateMetrics!.map((each) => each.MetricName)).toEqual(['AverageWeightedQuantileLoss', 'MAPE', 'MASE', 'RMSE', 'WAPE']);
  });

  test.each<[string, object, string | undefined, string]>([
    ['horizon', forecast({ ForecastHorizon: 16 }), undefined, 'The forecast horizon of 16 steps is more than a quarter of the 60 steps of the data.'],
    ['column', forecast({ TimeSeriesConfig: { ...SERIES, TargetAttributeName: 'price' } }), undefined, "The column 'price' is not in the header of the data: article, shop, at, sold."],
    ['number', forecast(), 'article,at,sold\na,2026-01-01,many', 'The data has values that are no times or no numbers'],
    ['label', TEXTS, 'text,topic\nhello,a\nyou,a', "The column 'topic' has 1 different labels. At least 2 are required."],
    ['image', { ImageClassificationJobConfig: {} }, 'no image', 'ClientError: The image a.csv is in no folder, whose name would be its label'],
  ])('fails a job for its data, with the reason: %s', async (name, problem, content, reason) => {
    await cloud.s3.write(`s3://data/${name}/a.csv`, content ?? sales(60));
    expect(await run(name, problem)).toMatchObject({ AutoMLJobStatus: 'Failed', AutoMLJobSecondaryStatus: 'Failed', FailureReason: expect.stringContaining(reason) });
  });

  test('classifies texts with data of its own for the validation', async () => {
    const table = (count: number) => ['text,topic', ...Array.from({ length: count }, (_, row) => ['"the ball, the goal",sport', '"a song, a band",01'][row % 2])].join('\n');
    await cloud.s3.write('s3://data/letters/train/a.csv', table(40));
    await cloud.s3.write('s3://data/letters/valid/a.csv', table(4));
    const channel = (ChannelType: 'training' | 'validation', folder: string) => ({
      ChannelType, DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://data/letters/${folder}/` } },
    });
    const job = await run('letters', TEXTS, { AutoMLJobInputDataConfig: [channel('training', 'train'), channel('validation', 'valid')] });
    expect(job).toMatchObject({
      AutoMLJobStatus: 'Completed', AutoMLProblemTypeConfigName: 'TextClassification', BestCandidate: { FinalAutoMLJobObjectiveMetric: { Value: 1, MetricName: 'Accuracy' } },
    });
    expect(predict(cloud, job.BestCandidate!.InferenceContainerDefinitions!.GPU!, 'text/csv', ['"the band, a song"\ngoal\n'])).toEqual(['01\nsport\n']);
  });

  test('trains for tables as the first version of the call does', async () => {
    const rows = Array.from({ length: 500 }, (_, row) => `${row % 90},${row % 90 < 45 ? 'low' : 'high'}`);
    await cloud.s3.write('s3://data/tables/a.csv', ['width,kind', ...rows].join('\n'));
    const job = await run('tables', { TabularJobConfig: { TargetAttributeName: 'kind', CompletionCriteria: { MaxCandidates: 1 } } });
    expect(job).toMatchObject({
      AutoMLJobSecondaryStatus: 'MaxCandidatesReached',
      AutoMLProblemTypeConfigName: 'Tabular',
      ResolvedAttributes: { AutoMLProblemTypeResolvedAttributes: { TabularResolvedAttributes: { ProblemType: 'BinaryClassification' } } },
    });
    expect(predict(cloud, job.BestCandidate!.InferenceContainers!, 'text/csv', ['3\n80\n'])).toEqual(['low\nhigh\n']);
  });

  test('classifies the images that an augmented manifest lists', async () => {
    // Images of one pixel, which is black or white.
    const images = {
      black: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
      white: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTjA9wAAAABJRU5ErkJggg==',
    };
    const lines: string[] = [];
    for (const [name, content] of Object.entries(images)) {
      await cloud.s3.write(`s3://data/pixels/${name}.png`, new Uint8Array(Buffer.from(content, 'base64')));
      lines.push(...Array(5).fill(JSON.stringify({ 'source-ref': `s3://data/pixels/${name}.png`, 'label-metadata': { 'class-name': name } })));
    }
    await cloud.s3.write('s3://data/manifest/a.manifest', lines.join('\n'));
    const job = await run('pixels', { ImageClassificationJobConfig: {} }, {
      AutoMLJobInputDataConfig: [{ ContentType: 'image/*', DataSource: { S3DataSource: { S3DataType: 'AugmentedManifestFile', S3Uri: 's3://data/manifest/a.manifest' } } }],
    });
    expect(job).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLProblemTypeConfigName: 'ImageClassification' });
    const requests = Object.values(images).map((content) => Buffer.from(content, 'base64'));
    expect(predict(cloud, job.BestCandidate!.InferenceContainerDefinitions!.CPU!, 'image/png', requests)).toEqual(['black\n', 'white\n']);
  });

  test('a language model passes through the states alone, without a candidate, and is stopped or fails as one asks', async () => {
    const problem = { TextGenerationJobConfig: { BaseModelName: 'Falcon7BInstruct', TextGenerationHyperParameters: { epochCount: '2' } } };
    const job = await run('tuned', problem);
    expect(job).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'Completed', AutoMLProblemTypeConfigName: 'TextGeneration' });
    expect(job.BestCandidate).toBeUndefined();
    const [record] = await cloud.sagemaker.automlJobs();
    expect(record.SecondaryStatuses).toEqual(['Starting', 'AnalyzingData', 'PreTraining', 'TrainingModels', 'Completed']);

    await cloud.sagemaker.simulate({ seconds: 60 });
    await client.send(new CreateAutoMLJobV2Command(request('stopped', problem)));
    await client.send(new StopAutoMLJobCommand({ AutoMLJobName: 'stopped' }));
    expect(await until('stopped', ({ AutoMLJobStatus }) => AutoMLJobStatus === 'Stopped')).toMatchObject({ AutoMLJobSecondaryStatus: 'Stopped' });
    const late = { TextGenerationJobConfig: { CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: 1 } } };
    expect(await run('late', late)).toMatchObject({ AutoMLJobStatus: 'Completed', AutoMLJobSecondaryStatus: 'MaxAutoMLJobRuntimeReached' });
    await cloud.sagemaker.simulate({ seconds: 0.1, failureReason: 'no capacity' });
    expect(await run('failed', problem)).toMatchObject({ AutoMLJobStatus: 'Failed', FailureReason: 'no capacity' });
  });

  const s3 = (S3DataType: string, more: object = {}) => ({
    AutoMLJobInputDataConfig: [{ DataSource: { S3DataSource: { S3DataType, S3Uri: 's3://data/x' } }, ...more }],
  }) as Partial<CreateAutoMLJobV2CommandInput>;

  test.each<[string, object, Partial<CreateAutoMLJobV2CommandInput>]>([
    ['Exactly one member of AutoMLProblemTypeConfig must be specified', { ...TEXTS, ImageClassificationJobConfig: {} }, {}],
    ['ForecastHorizon must be at most 500', forecast({ ForecastHorizon: 501 }), {}],
    ['DataSplitConfig and validation channels are not supported', forecast(), { DataSplitConfig: { ValidationFraction: 0.2 } }],
    ['Objective metric Accuracy is not supported', forecast(), { AutoMLJobObjective: { MetricName: 'Accuracy' } }],
    ['Filling futurefill of column sold is invalid: zero', forecast({ Transformations: { Filling: { sold: { futurefill: 'zero' } } } }), {}],
    ['ContentColumn and TargetLabelColumn must be different', { TextClassificationJobConfig: { ContentColumn: 'text', TargetLabelColumn: 'text' } }, {}],
    ['S3DataType ManifestFile is not supported for problem type TextClassification', TEXTS, s3('ManifestFile')],
    ['ContentType image/* is not supported for problem type TextClassification', TEXTS, s3('S3Prefix', { ContentType: 'image/*' })],
    ['CompressionType Gzip is not supported for problem type TextClassification', TEXTS, s3('S3Prefix', { CompressionType: 'Gzip' })],
    ['MaxCandidates must be 1', { ImageClassificationJobConfig: { CompletionCriteria: { MaxCandidates: 2 } } }, {}],
    ['Hyperparameter epochCount must be from 1 to 10, not 11', { TextGenerationJobConfig: { TextGenerationHyperParameters: { epochCount: '11' } } }, {}],
  ])('refuses what the documentation does not allow: %s', async (message, problem, more) => {
    const refused = client.send(new CreateAutoMLJobV2Command(request('refused', problem, more)));
    await expect(refused).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
  });

  test('describes its jobs in the second version alone', async () => {
    await run('known', { TextGenerationJobConfig: {} });
    await expect(client.send(new DescribeAutoMLJobCommand({ AutoMLJobName: 'known' }))).rejects.toThrow('Use DescribeAutoMLJobV2');
  });
});
