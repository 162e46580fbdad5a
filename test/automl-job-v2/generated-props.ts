import { Duration } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CONFIGS, ProblemName } from './generated-request';
import {
  AutoMLDataset, AutoMLDeployment, AutoMLFilling, AutoMLForecastFrequency, AutoMLForecastingJob, AutoMLImageClassificationJob,
  AutoMLTextClassificationJob, AutoMLTextGenerationJob, AutoMLValidation, S3Location,
} from '../../src';

/** Makes the job whose properties say a request. Wrong values are passed on, as in JavaScript. */
export function jobFor(problem: ProblemName, scope: Construct, request: any): Construct {
  const props: any = { ...commonProps(scope, request, request.AutoMLProblemTypeConfig[CONFIGS[problem]]), ...OWN[problem](request) };
  return new CLASSES[problem](scope, 'Job', props);
}

const CLASSES: { readonly [problem in ProblemName]: new (scope: Construct, id: string, props: any) => Construct } = {
  forecasting: AutoMLForecastingJob, images: AutoMLImageClassificationJob, texts: AutoMLTextClassificationJob, generation: AutoMLTextGenerationJob,
};

function commonProps(scope: Construct, request: any, { CompletionCriteria }: any): object {
  return {
    deployment: request.ModelDeployConfig && deploymentOf(request.ModelDeployConfig),
    interContainerTrafficEncryption: request.SecurityConfig?.EnableInterContainerTrafficEncryption,
    maxRuntime: durationOf(CompletionCriteria?.MaxAutoMLJobRuntimeInSeconds),
    maxRuntimePerTrainingJob: durationOf(CompletionCriteria?.MaxRuntimePerTrainingJobInSeconds),
    outputLocation: S3Location.fromUri(request.OutputDataConfig.S3OutputPath),
    role: Role.fromRoleArn(scope, 'Role', request.RoleArn),
    trainingData: datasetOf(request.AutoMLJobInputDataConfig[0]),
  };
}

const OWN: { readonly [problem in ProblemName]: (request: any) => object } = {
  forecasting: ({ AutoMLJobObjective, AutoMLProblemTypeConfig: { TimeSeriesForecastingJobConfig: config } }) => ({
    algorithms: config.CandidateGenerationConfig?.AlgorithmsConfig[0].AutoMLAlgorithms,
    featureSpecification: config.FeatureSpecificationS3Uri === undefined ? undefined : S3Location.fromUri(config.FeatureSpecificationS3Uri),
    filling: config.Transformations?.Filling && mapValues(config.Transformations.Filling, fillingOf),
    forecastFrequency: frequencyOf(config.ForecastFrequency),
    forecastHorizon: config.ForecastHorizon,
    forecastQuantiles: config.ForecastQuantiles,
    groupingAttributeNames: config.TimeSeriesConfig.GroupingAttributeNames,
    holidayCountry: config.HolidayConfig?.[0].CountryCode,
    itemIdentifierAttributeName: config.TimeSeriesConfig.ItemIdentifierAttributeName,
    metric: AutoMLJobObjective?.MetricName,
    targetAggregation: config.Transformations?.Aggregation && Object.values(config.Transformations.Aggregation)[0],
    targetAttributeName: config.TimeSeriesConfig.TargetAttributeName,
    timestampAttributeName: config.TimeSeriesConfig.TimestampAttributeName,
  }),
  images: validationOf,
  texts: (request) => ({
    ...validationOf(request),
    contentColumn: request.AutoMLProblemTypeConfig.TextClassificationJobConfig.ContentColumn,
    targetLabelColumn: request.AutoMLProblemTypeConfig.TextClassificationJobConfig.TargetLabelColumn,
  }),
  generation: (request) => {
    const { BaseModelName, ModelAccessConfig, TextGenerationHyperParameters } = request.AutoMLProblemTypeConfig.TextGenerationJobConfig;
    return {
      ...validationOf(request),
      acceptEula: ModelAccessConfig?.AcceptEula,
      baseModelName: BaseModelName,
      hyperparameters: TextGenerationHyperParameters && mapValues(TextGenerationHyperParameters, Number),
    };
  },
};

function validationOf({ AutoMLJobInputDataConfig: [, validation], DataSplitConfig }: any): object {
  const dataset = validation && AutoMLValidation.dataset(datasetOf(validation));
  return { validation: dataset ?? (DataSplitConfig && AutoMLValidation.fraction(DataSplitConfig.ValidationFraction)) };
}

function datasetOf({ CompressionType, ContentType, DataSource: { S3DataSource } }: any): AutoMLDataset {
  const factories: { readonly [type: string]: typeof AutoMLDataset.fromS3 } = {
    S3Prefix: AutoMLDataset.fromS3, ManifestFile: AutoMLDataset.fromManifest, AugmentedManifestFile: AutoMLDataset.fromAugmentedManifest,
  };
  return factories[S3DataSource.S3DataType](S3Location.fromUri(S3DataSource.S3Uri), { compression: CompressionType, contentType: ContentType });
}

function deploymentOf({ AutoGenerateEndpointName, EndpointName }: any): AutoMLDeployment {
  return AutoGenerateEndpointName ? AutoMLDeployment.generatedEndpoint() : AutoMLDeployment.endpoint(EndpointName);
}

function frequencyOf(expression: string): AutoMLForecastFrequency {
  const count = parseFloat(expression);
  switch (expression.replace(/^(NaN|[-\d.]+)/, '')) {
    case 'min': return AutoMLForecastFrequency.minutes(count);
    case 'H': return AutoMLForecastFrequency.hours(count);
    case 'D': return AutoMLForecastFrequency.days(count);
    case 'W': return AutoMLForecastFrequency.weeks(count);
    case 'M': return AutoMLForecastFrequency.months(count);
    default: return AutoMLForecastFrequency.yearly();
  }
}

const METHODS: { readonly [method: string]: AutoMLFilling } = {
  max: AutoMLFilling.MAX,
  mean: AutoMLFilling.MEAN,
  median: AutoMLFilling.MEDIAN,
  min: AutoMLFilling.MIN,
  none: AutoMLFilling.NONE,
  zero: AutoMLFilling.ZERO,
};

function fillingOf(filling: any): object {
  const types = Object.keys(filling).filter((type) => !type.endsWith('_value'));
  return Object.fromEntries(types.map((type) => [type, METHODS[filling[type]] ?? AutoMLFilling.value(Number(filling[`${type}_value`]))]));
}

function mapValues(map: object, change: (value: any) => unknown): object {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

/** A Duration of any value, including those that the CDK's factories refuse. */
function durationOf(seconds: any): Duration | undefined {
  return seconds === undefined ? undefined : Object.create(Duration.seconds(1), { toSeconds: { value: () => seconds } });
}
