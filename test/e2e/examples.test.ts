/**
 * The examples that need nothing but Python, deployed to the local cloud: what their scripts really write.
 */
import { mkdtempSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { ChainStack } from '../../examples/chain/chain-stack';
import { FeaturesStack } from '../../examples/features/features-stack';
import { VpcStack } from '../../examples/vpc/vpc-stack';
import { LocalCloud } from '../../local-cloud/local-cloud';

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start();
}, 180_000);

afterAll(async () => cloud?.stop());

beforeEach(async () => cloud.sagemaker.reset());

/** Deploys an example, and returns the outputs of its stack. */
async function deploy(name: string, makeStack: (app: App) => Stack): Promise<{ [output: string]: string }> {
  const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  makeStack(app);
  expect((await cloud.deploy(app, name)).reason).toBeUndefined();
  return cloud.stacks.outputs(name);
}

/** A CSV file in S3: the rows as maps from column to text. */
async function csv(uri: string): Promise<{ [column: string]: string }[]> {
  return rowsOf(await cloud.s3.read(uri));
}

function rowsOf(text: string): { [column: string]: string }[] {
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index]])));
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

test('features: all cars that have a target are split, their numbers are scaled, their categories encoded', async () => {
  const outputs = await deploy('Features', (app) => new FeaturesStack(app, 'Features'));
  // 406 cars, of which 8 have no target.
  expect(outputs.Features).toBe('9 features of 298 rows to train with and 100 to test with');
  const train = await csv(`${outputs.TrainingData}train.csv`);
  const test_ = await csv(`${outputs.TestData}test.csv`);
  expect([train.length, test_.length]).toEqual([298, 100]);
  expect(Object.keys(train[0])).toEqual([
    'Miles_per_Gallon', 'Cylinders', 'Displacement', 'Horsepower', 'Weight_in_lbs', 'Acceleration', 'Year', 'Origin_Europe', 'Origin_Japan', 'Origin_USA',
  ]);
  expect([...train, ...test_].flatMap((row) => Object.values(row)).filter((text) => text === '' || Number.isNaN(Number(text)))).toEqual([]);
  const weights = train.map(({ Weight_in_lbs }) => Number(Weight_in_lbs));
  expect(mean(weights)).toBeCloseTo(0);
  expect(mean(weights.map((weight) => weight ** 2))).toBeCloseTo(1);
  expect(await cloud.s3.list(outputs.Transformer)).toEqual([`${outputs.Transformer}transformer.joblib`]);
});

test('chain: the second job starts when the first has completed, and makes features of what that has written', async () => {
  const outputs = await deploy('Chain', (app) => new ChainStack(app, 'Chain'));
  expect(outputs.Summary).toMatch(/^14 features of 1458 days; it rained after 43% of them$/);
  const jobs = await cloud.sagemaker.jobs();
  const [clean, features] = [outputs.CleanJob, outputs.FeaturesJob].map((name) => jobs.find(({ ProcessingJobName }) => ProcessingJobName === name)!);
  expect(features.CreationTime).toBeGreaterThanOrEqual(clean.ProcessingEndTime!);
  const rows = await csv(`${outputs.FeatureData}features.csv`);
  expect(rows).toHaveLength(1458);
  // The third of January 2012: 0.8 mm, after 10.9 and none, and before 20.3.
  expect(rows[0]).toMatchObject({ date: '2012-01-03', rain_tomorrow: '1', precipitation_0: '0.8', precipitation_1: '10.9', precipitation_2: '0.0' });
  expect(Number(rows[0].precipitation_mean)).toBeCloseTo((0.8 + 10.9 + 0) / 3);
});

test('vpc: what is left of the customers tells nobody who they are', async () => {
  const outputs = await deploy('Vpc', (app) => new VpcStack(app, 'Vpc'));
  const customers = rowsOf(readFileSync(join(__dirname, '../../examples/vpc/customers.csv'), 'utf8'));
  const anonymous = await csv(`${outputs.Anonymous}customers.csv`);
  expect(outputs.Summary).toBe(`${anonymous.length} of ${customers.length} customers can be shared`);
  expect(anonymous.length).toBeGreaterThan(customers.length / 2);
  expect(Object.keys(anonymous[0])).toEqual(['age', 'area', 'churned']);
  const groups = new Map<string, number>();
  anonymous.forEach(({ age, area }) => groups.set(`${age} ${area}`, (groups.get(`${age} ${area}`) ?? 0) + 1));
  expect(Math.min(...groups.values())).toBeGreaterThanOrEqual(3);
  const [job] = await cloud.sagemaker.jobs();
  expect(job.ProcessingJobStatus).toBe('Completed');
});
