import { App, CfnOutput, CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import {
  AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDeployment, AutoMLFilling, AutoMLForecastFrequency,
  AutoMLForecastingAlgorithm, AutoMLForecastingJob, AutoMLForecastingMetric, AutoMLImageClassificationJob, AutoMLJob, AutoMLModel,
  AutoMLProcessingUnit, AutoMLTargetAggregation, AutoMLTextClassificationJob, AutoMLTextGenerationJob, AutoMLValidation, S3Location,
} from '../../src';
import { JOB_COMPLETION, newStack, resourceOf, resourcesOf } from '../automl-job/testing';
import { HANDLER_ROLE, permissionsOf } from '../processing-job/policies';

const JOB = 'Custom::SageMakerAutoMLJobV2';
const data = () => AutoMLDataset.fromS3(S3Location.fromUri('s3://data/train/'));
const COMMON = () => ({ trainingData: data(), outputLocation: S3Location.fromUri('s3://results/automl/') });

type Problem = 'forecasting' | 'images' | 'texts' | 'generation';
const MINIMAL: { readonly [problem in Problem]: () => object } = {
  forecasting: () => ({
    ...COMMON(),
    targetAttributeName: 'sold',
    timestampAttributeName: 'day',
    itemIdentifierAttributeName: 'article',
    forecastFrequency: AutoMLForecastFrequency.days(1),
    forecastHorizon: 14,
  }),
  images: COMMON,
  texts: () => ({ ...COMMON(), contentColumn: 'text', targetLabelColumn: 'topic' }),
  generation: COMMON,
};
const CLASSES: { readonly [problem in Problem]: new (scope: Construct, id: string, props: any) => AutoMLForecastingJob } = {
  forecasting: AutoMLForecastingJob, images: AutoMLImageClassificationJob, texts: AutoMLTextClassificationJob, generation: AutoMLTextGenerationJob,
};
const CONFIGS: { readonly [problem in Problem]: string } = {
  forecasting: 'TimeSeriesForecastingJobConfig',
  images: 'ImageClassificationJobConfig',
  texts: 'TextClassificationJobConfig',
  generation: 'TextGenerationJobConfig',
};
const PROBLEMS = Object.keys(MINIMAL) as Problem[];

function newJob(stack: Stack, problem: Problem, props: object = {}) {
  return new CLASSES[problem](stack, 'Job', { ...MINIMAL[problem](), ...props });
}

function requestOf(problem: Problem, props: object = {}): any {
  const stack = newStack();
  newJob(stack, problem, props);
  return resourceOf(stack, JOB).Properties.Request;
}

describe.each(PROBLEMS)('a job for %s', (problem) => {
  const config = CONFIGS[problem];

  test('has a request with the problem, the data and the role', () => {
    const { AutoMLJobInputDataConfig, AutoMLProblemTypeConfig, OutputDataConfig, RoleArn, ...rest } = requestOf(problem);
    expect(AutoMLJobInputDataConfig).toEqual([{
      ChannelType: 'training',
      ...problem === 'images' && { ContentType: 'image/*' },
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/train/' } },
    }]);
    expect(Object.keys(AutoMLProblemTypeConfig)).toEqual([config]);
    expect(OutputDataConfig).toEqual({ S3OutputPath: 's3://results/automl/' });
    expect(RoleArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^JobJobRole/), 'Arn'] });
    expect(rest).toEqual({});
  });

  test('has what all share', () => {
    const request = requestOf(problem, {
      maxRuntime: Duration.hours(3),
      maxRuntimePerTrainingJob: Duration.hours(1),
      deployment: AutoMLDeployment.endpoint('live'),
      interContainerTrafficEncryption: true,
    });
    expect(request.AutoMLProblemTypeConfig[config].CompletionCriteria)
      .toEqual({ MaxAutoMLJobRuntimeInSeconds: 10_800, MaxRuntimePerTrainingJobInSeconds: 3600 });
    expect(request.ModelDeployConfig).toEqual({ AutoGenerateEndpointName: false, EndpointName: 'live' });
    expect(request.SecurityConfig).toEqual({ EnableInterContainerTrafficEncryption: true });
  });

  test('may be started by the provider', () => {
    const stack = newStack();
    newJob(stack, problem);
    expect(permissionsOf(stack, HANDLER_ROLE)).toContain(
      'sagemaker:CreateAutoMLJobV2 on arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:automl-job/test-57gouu--*');
  });

  test('may read its data and write its results', () => {
    const stack = newStack();
    newJob(stack, problem);
    const permissions = permissionsOf(stack, 'JobJobRole');
    expect(permissions).toContain('s3:GetObject on arn:<AWS::Partition>:s3:::data/train/*');
    expect(permissions).toContain('s3:PutObject on arn:<AWS::Partition>:s3:::results/automl/*');
  });

  test('is awaited by what reads its best candidate, such as a model', () => {
    const stack = newStack();
    const job = newJob(stack, problem, { maxRuntime: Duration.hours(1) });
    new CfnOutput(stack, 'Best', { value: job.bestCandidateName });
    new AutoMLModel(stack, 'Model', { job });
    Template.fromStack(stack).resourceCountIs(JOB_COMPLETION, 2);
    Object.values(resourcesOf(stack, JOB_COMPLETION)).forEach(({ Properties }) => expect(Properties.JobType).toBe(JOB));
  });

  test('has a model for instances with a GPU', () => {
    const stack = newStack();
    const job = newJob(stack, problem, { maxRuntime: Duration.minutes(10) });
    new AutoMLModel(stack, 'Model', { job, processingUnit: AutoMLProcessingUnit.GPU });
    const { Request: request } = resourceOf(stack, 'Custom::SageMakerAutoMLModel').Properties;
    expect(request).toMatchObject({ AutoMLJobName: { Ref: expect.stringMatching(/^Job/) }, ProcessingUnit: 'GPU' });
  });

  test('warns in China, where the call is missing', () => {
    const stack = new Stack(new App(), 'Test', { env: { region: 'cn-north-1' } });
    newJob(stack, problem);
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('not known to have AutoML jobs for this problem in cn-north-1'));
    const elsewhere = new Stack(new App(), 'Test', { env: { region: 'eu-west-1' } });
    newJob(elsewhere, problem);
    Annotations.fromStack(elsewhere).hasNoWarning('*', Match.stringLikeRegexp('not known to have AutoML'));
  });

  test.each<[object, RegExp]>([
    [{ trainingData: undefined }, /trainingData/],
    [{ outputLocation: undefined }, /outputLocation/],
    [{ trainingData: 's3://data/' }, /trainingData is 's3:\/\/data\/': must be an AutoMLDataset/],
    [{ trainingData: AutoMLDataset.fromS3(S3Location.fromUri('s3://data/'), { compression: AutoMLCompression.GZIP }) }, /can be given for tabular problems only/],
    [{ autoMLJobName: 'x'.repeat(33) }, /autoMLJobName .*at most 32 characters/],
    [{ maxRuntime: Duration.minutes(1), maxRuntimePerTrainingJob: Duration.minutes(2) }, /maxRuntimePerTrainingJob is 120 seconds: must be at most 60/],
    [{ maxRuntime: Duration.seconds(0) }, /maxRuntime is 0 seconds: must be at least 1/],
    [{ maxRuntimePerTrainingJob: Duration.seconds(0) }, /maxRuntimePerTrainingJob is 0 seconds: must be at least 1/],
    [{ outputLocation: S3Location.fromUri(`s3://${'b'.repeat(20)}/${'x'.repeat(500)}`) }, /outputLocation .*at most 512 characters/],
    [{ deployment: 'live' }, /deployment is 'live': must be an AutoMLDeployment/],
    [{ removalPolicy: 'DELETE' }, /removalPolicy is 'DELETE'/],
  ])('rejects %j', (props, message) => {
    expect(() => requestOf(problem, props)).toThrow(message);
  });
});

describe('forecasting', () => {
  test('has all that a forecast can have', () => {
    const request = requestOf('forecasting', {
      algorithms: [AutoMLForecastingAlgorithm.PROPHET, AutoMLForecastingAlgorithm.CNN_QR],
      featureSpecification: S3Location.fromUri('s3://data/features.json'),
      filling: {
        sold: { frontfill: AutoMLFilling.NONE, middlefill: AutoMLFilling.ZERO, backfill: AutoMLFilling.MEAN },
        price: { futurefill: AutoMLFilling.value(-9), middlefill: AutoMLFilling.MEDIAN },
      },
      forecastFrequency: AutoMLForecastFrequency.minutes(15),
      forecastQuantiles: ['p10', 'p99'],
      groupingAttributeNames: ['shop', 'kind'],
      holidayCountry: 'DE',
      metric: AutoMLForecastingMetric.WAPE,
      targetAggregation: AutoMLTargetAggregation.AVERAGE,
    });
    expect(request.AutoMLJobObjective).toEqual({ MetricName: 'WAPE' });
    expect(request.AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig).toEqual({
      CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['prophet', 'cnn-qr'] }] },
      FeatureSpecificationS3Uri: 's3://data/features.json',
      ForecastFrequency: '15min',
      ForecastHorizon: 14,
      ForecastQuantiles: ['p10', 'p99'],
      HolidayConfig: [{ CountryCode: 'DE' }],
      TimeSeriesConfig: {
        GroupingAttributeNames: ['shop', 'kind'], ItemIdentifierAttributeName: 'article', TargetAttributeName: 'sold', TimestampAttributeName: 'day',
      },
      Transformations: {
        Aggregation: { sold: 'avg' },
        Filling: {
          price: { futurefill: 'value', futurefill_value: '-9', middlefill: 'median' },
          sold: { backfill: 'mean', frontfill: 'none', middlefill: 'zero' },
        },
      },
    });
  });

  test.each<[AutoMLForecastFrequency, string]>([
    [AutoMLForecastFrequency.minutes(1), '1min'], [AutoMLForecastFrequency.minutes(59), '59min'],
    [AutoMLForecastFrequency.hours(1), '1H'], [AutoMLForecastFrequency.hours(23), '23H'],
    [AutoMLForecastFrequency.days(6), '6D'], [AutoMLForecastFrequency.weeks(4), '4W'], [AutoMLForecastFrequency.months(11), '11M'],
    [AutoMLForecastFrequency.yearly(), '1Y'],
  ])('accepts %j', (forecastFrequency, expected) => {
    expect(requestOf('forecasting', { forecastFrequency }).AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.ForecastFrequency).toBe(expected);
  });

  test.each<[object, RegExp]>([
    [{ forecastFrequency: AutoMLForecastFrequency.minutes(60) }, /forecastFrequency is '60min'/],
    [{ forecastFrequency: AutoMLForecastFrequency.hours(24) }, /forecastFrequency is '24H'/],
    [{ forecastFrequency: AutoMLForecastFrequency.days(7) }, /forecastFrequency is '7D'/],
    [{ forecastFrequency: AutoMLForecastFrequency.weeks(0) }, /forecastFrequency is '0W'/],
    [{ forecastFrequency: '1D' }, /forecastFrequency is '1D': must be an AutoMLForecastFrequency/],
    [{ forecastFrequency: undefined }, /forecastFrequency is required/],
    [{ forecastHorizon: 0 }, /forecastHorizon is 0: must be at least 1/],
    [{ forecastHorizon: 501 }, /forecastHorizon is 501: must be at most 500/],
    [{ forecastHorizon: 1.5 }, /forecastHorizon is 1\.5: must be a whole number/],
    [{ forecastQuantiles: [] }, /forecastQuantiles .*at least 1/],
    [{ forecastQuantiles: ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'] }, /forecastQuantiles .*at most 5/],
    [{ forecastQuantiles: ['p0'] }, /forecastQuantiles\[0\] is 'p0'/],
    [{ forecastQuantiles: ['p10', 'p10'] }, /forecastQuantiles\[1\] is 'p10': is there already/],
    [{ groupingAttributeNames: ['a', 'b', 'c', 'd', 'e', 'f'] }, /groupingAttributeNames .*at most 5/],
    [{ groupingAttributeNames: ['article'] }, /groupingAttributeNames\[0\] is 'article': is the name of another column/],
    [{ timestampAttributeName: 'sold' }, /timestampAttributeName is 'sold': is the name of another column/],
    [{ itemIdentifierAttributeName: 'day' }, /itemIdentifierAttributeName is 'day': is the name of another column/],
    [{ targetAttributeName: '' }, /targetAttributeName/],
    [{ holidayCountry: 'Germany' }, /holidayCountry is 'Germany'/],
    [{ holidayCountry: 'de' }, /holidayCountry is 'de'/],
    [{ filling: { sold: { futurefill: AutoMLFilling.MEAN } } }, /filling.* cannot be given for the target/],
    [{ filling: { price: { middlefill: AutoMLFilling.NONE } } }, /filling.*must be one of 'zero'/],
    [{ filling: { sold: { frontfill: AutoMLFilling.ZERO } } }, /filling.*must be 'none'\. Use AutoMLFilling\.NONE/],
    [{ filling: { price: { frontfill: AutoMLFilling.NONE } } }, /filling\.price\.frontfill is 'none': can be given for the target alone, 'sold'/],
    [{ filling: { price: { middlefill: AutoMLFilling.value(NaN) } } }, /filling\.price\.middlefill_value is 'NaN': must be a whole number/],
    [{ filling: { price: { backfill: AutoMLFilling.value(-Infinity) } } }, /filling\.price\.backfill_value is '-Infinity': must be a whole number/],
    [{ filling: { price: { futurefill: AutoMLFilling.value(undefined!) } } }, /filling\.price\.futurefill_value .*must be a whole number/],
    [{ metric: 'F1' }, /metric is 'F1'/],
    [{ algorithms: ['xgboost'] }, /algorithms\[0\] is 'xgboost': must be one of/],
    [{ algorithms: [] }, /algorithms.* at least 1/],
    [{ targetAggregation: 'total' }, /targetAggregation is 'total'/],
    [{ filling: { price: { middlefill: AutoMLFilling.value(1.5) } } }, /filling/],
    [{ filling: { price: 3 } }, /filling/],
    [{ filling: { price: { middlefill: 'zero' } } }, /filling/],
    [{ trainingData: AutoMLDataset.fromManifest(S3Location.fromUri('s3://data/m')) }, /must be a prefix: this problem takes no manifest/],
    [{ trainingData: AutoMLDataset.fromS3(S3Location.fromUri('s3://data/'), { contentType: AutoMLContentType.IMAGE }) }, /must be one of 'text\/csv;header=present'/],
  ])('rejects %j', (props, message) => {
    expect(() => requestOf('forecasting', props)).toThrow(message);
  });

  // The digits of a number that is a token vary with how many there were before.
  test.each(Array.from({ length: 12 }, (_, index) => index))('has numbers that only CloudFormation knows in its texts, token %i', (index) => {
    const stack = newStack();
    const numberOf = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
    Array.from({ length: index }, (_, before) => numberOf(`Before${before}`));
    newJob(stack, 'forecasting', {
      filling: { price: { middlefill: AutoMLFilling.value(numberOf('Value')) } },
      forecastFrequency: AutoMLForecastFrequency.minutes(numberOf('Minutes')),
    });
    expect(resourceOf(stack, JOB).Properties.Request.AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig).toMatchObject({
      ForecastFrequency: { 'Fn::Join': ['', [{ Ref: 'Minutes' }, 'min']] },
      Transformations: { Filling: { price: { middlefill: 'value', middlefill_value: { Ref: 'Value' } } } },
    });
  });

  test.each<[string, () => object, string]>([
    ['minutes', () => ({ forecastFrequency: AutoMLForecastFrequency.minutes(60) }), "forecastFrequency is '60min': must be 1 to 59 minutes, 1 to 23 hours"],
    ['hours', () => ({ forecastFrequency: AutoMLForecastFrequency.hours(0) }), "forecastFrequency is '0H': must be 1 to 59 minutes"],
    ['a number with a fraction', () => ({ filling: { price: { middlefill: AutoMLFilling.value(1.5) } } }),
      "filling.price.middlefill_value is '1.5': must be a whole number, or how to fill"],
  ])('says in words which %s it takes', (_, props, message) => {
    expect(() => requestOf('forecasting', props())).toThrow(message);
  });

  test('has quantiles and countries in words', () => {
    expect(() => requestOf('forecasting', { forecastQuantiles: ['0.5', 'p100'], holidayCountry: 'us' })).toThrow(
      /holidayCountry is 'us': must be the code of a country in capitals, such as 'US'. Use 'US', for example/);
    expect(() => requestOf('forecasting', { forecastQuantiles: ['0.5'] })).toThrow(/forecastQuantiles\[0\] is '0\.5': must be a quantile from 'p1' to 'p99'. Use 'p50', for example/);
  });

  test.each([5, 'zero', { zero: true }])('refuses %j, which is no filling', (middlefill) => {
    expect(() => requestOf('forecasting', { filling: { price: { middlefill } } })).toThrow(
      'filling is { price }: must be a map from columns to their fillings. Give each column an AutoMLColumnFilling, such as one with AutoMLFilling.ZERO as its middlefill.');
  });

  test('has a name that no tabular job of the stack has', () => {
    const stack = newStack();
    newJob(stack, 'forecasting', { autoMLJobName: 'sales' });
    expect(() => new AutoMLJob(stack, 'Tabular', { ...COMMON(), targetAttributeName: 'y', autoMLJobName: 'Sales' })).toThrow(/autoMLJobName is 'Sales': must be unique/);
  });

  test('may have a target that only CloudFormation knows, unless the name is a key', () => {
    const stack = newStack();
    const targetAttributeName = new CfnParameter(stack, 'Target').valueAsString;
    newJob(stack, 'forecasting', { targetAttributeName, filling: { price: { frontfill: AutoMLFilling.NONE } } });
    expect(resourceOf(stack, JOB).Properties.Request.AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.TimeSeriesConfig)
      .toMatchObject({ TargetAttributeName: { Ref: 'Target' } });
    const other = new Construct(stack, 'Other') as Stack;
    expect(() => newJob(other, 'forecasting', { targetAttributeName, targetAggregation: AutoMLTargetAggregation.SUM }))
      .toThrow(/targetAttributeName is .*: must be known at synth, since targetAggregation is given/);
    expect(() => newJob(new Construct(stack, 'Another') as Stack, 'forecasting', { filling: { [targetAttributeName]: { middlefill: AutoMLFilling.ZERO } } }))
      .toThrow(/filling .*must be known at synth, as the name of a column/);
  });

  test('accepts the longest horizon', () => {
    expect(requestOf('forecasting', { forecastHorizon: 500 }).AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.ForecastHorizon).toBe(500);
  });
});

describe('texts and images', () => {
  test('the columns of texts', () => {
    expect(requestOf('texts').AutoMLProblemTypeConfig).toEqual({ TextClassificationJobConfig: { ContentColumn: 'text', TargetLabelColumn: 'topic' } });
    expect(() => requestOf('texts', { targetLabelColumn: 'text' })).toThrow(/targetLabelColumn is 'text': must not be the column of the texts/);
    expect(() => requestOf('texts', { contentColumn: undefined })).toThrow(/contentColumn is required/);
    expect(() => requestOf('texts', { contentColumn: 'x'.repeat(257) })).toThrow(/contentColumn .*at most 256/);
  });

  test.each<Problem>(['texts', 'images', 'generation'])('data that validates, for %s', (problem) => {
    expect(requestOf(problem, { validation: AutoMLValidation.fraction(0.3) }).DataSplitConfig).toEqual({ ValidationFraction: 0.3 });
    const { AutoMLJobInputDataConfig } = requestOf(problem, { validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(S3Location.fromUri('s3://data/check/'))) });
    expect(AutoMLJobInputDataConfig.map(({ ChannelType }: any) => ChannelType)).toEqual(['training', 'validation']);
    expect(() => requestOf(problem, { validation: AutoMLValidation.fraction(1) })).toThrow(/validation.* greater than 0 and less than 1/);
    expect(() => requestOf(problem, { validation: AutoMLValidation.fraction(1.5) })).toThrow(/validation/);
  });

  test.each<Problem>(['texts', 'generation'])('data that validates has the format of the training data, for %s', (problem) => {
    const dataset = (contentType?: AutoMLContentType) => AutoMLDataset.fromS3(S3Location.fromUri('s3://data/some/'), { contentType });
    const withFormats = (training?: AutoMLContentType, validation?: AutoMLContentType) =>
      requestOf(problem, { trainingData: dataset(training), validation: AutoMLValidation.dataset(dataset(validation)) });
    expect(() => withFormats(undefined, AutoMLContentType.PARQUET)).toThrow(/must be that of the training data, 'text\/csv;header=present'/);
    expect(() => withFormats(AutoMLContentType.PARQUET)).toThrow(/must be that of the training data, 'x-application\/vnd\.amazon\+parquet'/);
    expect(withFormats(undefined, AutoMLContentType.CSV).AutoMLJobInputDataConfig[1].ContentType).toBe('text/csv;header=present');
    expect(withFormats(AutoMLContentType.PARQUET, AutoMLContentType.PARQUET).AutoMLJobInputDataConfig).toHaveLength(2);
  });

  test.each([AutoMLContentType.IMAGE, AutoMLContentType.IMAGE_JPEG, AutoMLContentType.IMAGE_PNG])('images of %s', (contentType) => {
    const trainingData = AutoMLDataset.fromAugmentedManifest(S3Location.fromUri('s3://data/m'), { contentType });
    expect(requestOf('images', { trainingData }).AutoMLJobInputDataConfig[0]).toMatchObject({
      ContentType: contentType, DataSource: { S3DataSource: { S3DataType: 'AugmentedManifestFile' } },
    });
  });

  test('images are no tables', () => {
    const trainingData = AutoMLDataset.fromS3(S3Location.fromUri('s3://data/'), { contentType: AutoMLContentType.CSV });
    expect(() => requestOf('images', { trainingData })).toThrow(/must be one of 'image\/\*'/);
  });
});

describe('the generation of texts', () => {
  const warningsOf = (baseModelName: string) => {
    const stack = newStack();
    newJob(stack, 'generation', { baseModelName });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('unknownBaseModel')).map(({ entry }) => String(entry.data));
  };

  test.each([
    ['MPT-7B', "Use 'MPT7B', for example, or acknowledge this warning."],
    ['llama2-7b', "Use 'Llama2-7B', for example, or acknowledge this warning."],
    ['Gemma2', 'Check its spelling, or acknowledge this warning.'],
  ])('warns of the base model %s, which it does not know', (name, remedy) => {
    expect(warningsOf(name)).toEqual([expect.stringMatching(`^baseModelName is '${name}': is not known to this version of the library, which knows Dolly3B, .*${remedy}`)]);
  });

  test.each<[string, () => string]>([
    ['Falcon7BInstruct', () => 'Falcon7BInstruct'],
    ['Llama2-13BChat', () => 'Llama2-13BChat'],
    ['a lazy MPT7B', () => Lazy.string({ produce: () => 'MPT7B' })],
    ['a model that only the deployment knows', () => Token.asString({ Ref: 'Model' })],
  ])('does not warn of %s', (_, name) => {
    expect(warningsOf(name())).toEqual([]);
  });

  test('has a model, its licence and hyperparameters, as texts', () => {
    const request = requestOf('generation', {
      baseModelName: 'Falcon7BInstruct', acceptEula: true, hyperparameters: { epochCount: 10, batchSize: 64, learningRate: 0.00001, learningRateWarmupSteps: 0 },
    });
    expect(request.AutoMLProblemTypeConfig.TextGenerationJobConfig).toEqual({
      BaseModelName: 'Falcon7BInstruct',
      ModelAccessConfig: { AcceptEula: true },
      TextGenerationHyperParameters: { batchSize: '64', epochCount: '10', learningRate: '0.00001', learningRateWarmupSteps: '0' },
    });
  });

  test.each<[object, RegExp]>([
    [{ hyperparameters: { epochCount: 0 } }, /hyperparameters.*epochCount.* must be from 1 to 10/],
    [{ hyperparameters: { epochCount: 11 } }, /must be from 1 to 10/],
    [{ hyperparameters: { epochCount: 1.5 } }, /must be a whole number/],
    [{ hyperparameters: { batchSize: 65 } }, /must be from 1 to 64/],
    [{ hyperparameters: { learningRate: 1.1 } }, /must be from 0 to 1/],
    [{ hyperparameters: { learningRateWarmupSteps: 251 } }, /must be from 0 to 250/],
    [{ hyperparameters: { learningRate: NaN } }, /must be a number/],
    [{ hyperparameters: { epochs: 3 } }, /hyperparameters\.epochs is '3': is no hyperparameter: there are epochCount, batchSize/],
    [{ baseModelName: 'two words' }, /baseModelName is 'two words'/],
    [{ acceptEula: 'yes' }, /acceptEula is 'yes': must be true or false/],
  ])('rejects %j', (props, message) => {
    expect(() => requestOf('generation', props)).toThrow(message);
  });
});
