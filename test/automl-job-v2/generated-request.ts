import * as fc from 'fast-check';
import { AutoMLForecastingAlgorithm, AutoMLForecastingMetric, AutoMLTargetAggregation } from '../../src';
import { validLeaf } from '../processing-job/generated/arbitrary';

/** The member of the request for each problem. */
export const CONFIGS = {
  forecasting: 'TimeSeriesForecastingJobConfig',
  images: 'ImageClassificationJobConfig',
  texts: 'TextClassificationJobConfig',
  generation: 'TextGenerationJobConfig',
} as const;
export type ProblemName = keyof typeof CONFIGS;
export const PROBLEMS = Object.keys(CONFIGS) as ProblemName[];

const FORMATS = { tables: ['text/csv;header=present', 'x-application/vnd.amazon+parquet'], images: ['image/*', 'image/jpeg', 'image/png'] };

/** Any request that the properties of a problem's job can produce, without VPC, keys and role, which are constructs. */
export function requestFor(problem: ProblemName): fc.Arbitrary<any> {
  return fc.record({
    base: fc.record({
      ModelDeployConfig: deployment(),
      OutputDataConfig: fc.record({ S3OutputPath: validLeaf('S3Uri') }),
      RoleArn: fc.constant('arn:aws:iam::123456789012:role/automl'),
    }, { requiredKeys: ['OutputDataConfig', 'RoleArn'] }),
    channels: channels(problem),
    completion: completion(),
    config: CONFIG[problem](),
    encryption: optional(fc.boolean()),
    fraction: optional(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })),
    metric: problem === 'forecasting' ? optional(fc.constantFrom(...Object.values(AutoMLForecastingMetric))) : fc.constant(undefined),
  }).map(({ base, channels: data, completion: CompletionCriteria, config, encryption, fraction, metric }) => given({
    ...base,
    AutoMLJobInputDataConfig: data,
    AutoMLJobObjective: metric && { MetricName: metric },
    AutoMLProblemTypeConfig: { [CONFIGS[problem]]: given({ ...config, CompletionCriteria }) },
    DataSplitConfig: problem === 'forecasting' || data.length > 1 || fraction === undefined ? undefined : { ValidationFraction: fraction },
    SecurityConfig: encryption === undefined ? undefined : { EnableInterContainerTrafficEncryption: encryption },
  }));
}

const CONFIG: { readonly [problem in ProblemName]: () => fc.Arbitrary<any> } = {
  forecasting,
  images: () => fc.constant({}),
  texts: () => distinct(validLeaf('ContentColumn'), 2).map(([ContentColumn, TargetLabelColumn]) => ({ ContentColumn, TargetLabelColumn })),
  generation,
};

function forecasting(): fc.Arbitrary<any> {
  // All names have to differ, and fit every member that has a name.
  return distinct(validLeaf('TransformationAttributeName').filter((name) => name !== '__proto__'), 10).chain(([target, time, item, ...others]) => fc.record({
    algorithms: optional(fc.shuffledSubarray(Object.values(AutoMLForecastingAlgorithm), { minLength: 1 })),
    FeatureSpecificationS3Uri: optional(validLeaf('S3Uri')),
    ForecastFrequency: fc.oneof(
      ...[[59, 'min'], [23, 'H'], [6, 'D'], [4, 'W'], [11, 'M'], [1, 'Y']].map(([max, unit]) => fc.integer({ min: 1, max: max as number }).map((n) => `${n}${unit}`))),
    ForecastHorizon: fc.integer({ min: 1, max: 500 }),
    ForecastQuantiles: optional(fc.uniqueArray(fc.integer({ min: 1, max: 99 }).map((n) => `p${n}`), { minLength: 1, maxLength: 5 })),
    GroupingAttributeNames: optional(fc.shuffledSubarray(others.slice(0, 5), { minLength: 1 })),
    HolidayConfig: optional(validLeaf('CountryCode').map((CountryCode) => [{ CountryCode }])),
    aggregation: optional(fc.constantFrom(...Object.values(AutoMLTargetAggregation))),
    filling: optional(fc.tuple(fillings(true), fc.array(fillings(false), { minLength: 0, maxLength: 2 }))),
  }).map(({ aggregation, algorithms, filling, GroupingAttributeNames, ...config }) => given({
    ...config,
    CandidateGenerationConfig: algorithms && { AlgorithmsConfig: [{ AutoMLAlgorithms: algorithms }] },
    TimeSeriesConfig: given({
      GroupingAttributeNames, ItemIdentifierAttributeName: item, TargetAttributeName: target, TimestampAttributeName: time,
    }),
    Transformations: aggregation || filling ? given({
      Aggregation: aggregation && { [target]: aggregation },
      Filling: filling && Object.fromEntries([[target, filling[0]], ...filling[1].map((each, index) => [others[5 + index], each])]),
    }) : undefined,
  })));
}

/** How a column is filled: only the target has something in front, and only the others have a known future. */
function fillings(isTarget: boolean): fc.Arbitrary<object> {
  const one = fc.oneof(
    fc.constantFrom('zero', 'median', 'mean', 'min', 'max').map((method) => [method] as const),
    fc.integer().map((value) => ['value', String(value)] as const));
  const types = isTarget ? ['frontfill', 'middlefill', 'backfill'] : ['middlefill', 'backfill', 'futurefill'];
  return fc.shuffledSubarray(types, { minLength: 1 }).chain((chosen) => fc.tuple(...chosen.map((type) => type === 'frontfill'
    ? fc.constant({ frontfill: 'none' })
    : one.map(([method, value]) => ({ [type]: method, ...value !== undefined && { [`${type}_value`]: value } })))))
    .map((parts) => Object.assign({}, ...parts));
}

function generation(): fc.Arbitrary<any> {
  const whole = (min: number, max: number) => fc.integer({ min, max }).map(String);
  return fc.record({
    BaseModelName: optional(validLeaf('BaseModelName')),
    ModelAccessConfig: optional(fc.boolean().map((AcceptEula) => ({ AcceptEula }))),
    TextGenerationHyperParameters: optional(fc.record({
      batchSize: whole(1, 64),
      epochCount: whole(1, 10),
      learningRate: fc.oneof(fc.constantFrom('0', '1'), fc.integer({ min: 1, max: 9_999_999 }).map((n) => String(n / 1e7))),
      learningRateWarmupSteps: whole(0, 250),
    }, { requiredKeys: [] })),
  }).map(given);
}

/** Training data, and for all but time series validation data of the same format. */
function channels(problem: ProblemName): fc.Arbitrary<any[]> {
  const formats = problem === 'images' ? FORMATS.images : FORMATS.tables;
  const types = problem === 'images' ? ['S3Prefix', 'ManifestFile', 'AugmentedManifestFile'] : ['S3Prefix'];
  // Images always say what they are: the service's default is the library's.
  const format = problem === 'images' ? fc.constantFrom(...formats) : optional(fc.constantFrom(...formats));
  return fc.tuple(format, problem === 'forecasting' ? fc.constant(false) : fc.boolean()).chain(([ContentType, hasValidation]) => {
    const channel = (ChannelType: string) => fc.record({
      CompressionType: optional(fc.constant('None')),
      S3DataSource: fc.record({ S3DataType: fc.constantFrom(...types), S3Uri: validLeaf('S3Uri') }),
    }).map(({ CompressionType, S3DataSource }) => given({ ChannelType, CompressionType, ContentType, DataSource: { S3DataSource } }));
    return fc.tuple(channel('training'), ...hasValidation ? [channel('validation')] : []);
  });
}

function completion(): fc.Arbitrary<object | undefined> {
  return optional(fc.record({ whole: optional(validLeaf('MaxAutoMLJobRuntimeInSeconds')), part: optional(validLeaf('MaxRuntimePerTrainingJobInSeconds')) })
    .filter(({ whole, part }) => whole !== undefined || part !== undefined)
    // A training job may not run longer than the whole job.
    .map(({ whole, part }) => given({
      MaxAutoMLJobRuntimeInSeconds: whole, MaxRuntimePerTrainingJobInSeconds: part === undefined ? undefined : Math.min(part, whole ?? Infinity),
    })));
}

function deployment(): fc.Arbitrary<object> {
  return fc.oneof(
    fc.constant({ AutoGenerateEndpointName: true }),
    fc.record({ AutoGenerateEndpointName: fc.constant(false), EndpointName: validLeaf('EndpointName') }),
  );
}

function distinct(name: fc.Arbitrary<string>, count: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(name, { minLength: count, maxLength: count });
}

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

/** Removes undefined members. */
function given(structure: object): any {
  return Object.fromEntries(Object.entries(structure).filter(([, member]) => member !== undefined));
}
