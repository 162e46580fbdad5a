import { Construct } from 'constructs';
import { AutoMLJobV2Props } from './common-props';
import { definitionOf } from './definition';
import {
  AutoMLColumnFilling, AutoMLFilling, AutoMLForecastFrequency, AutoMLForecastingAlgorithm, AutoMLForecastingMetric, AutoMLTargetAggregation,
} from './forecasting-values';
import { Bound, completionCriteria, membersOf } from './members';
import { FORECASTING_RULES } from './rules';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { textOf } from '../cdk/lazy-values';
import { computed, locationUri, named, property } from '../job/request-members';
import { S3Location } from '../job/s3-location';
import { ValueType } from '../validation/problems';
import { A_LIST, A_MAP, A_STRING, instanceOf, oneOf } from '../validation/value-types';

/**
 * Properties of an AutoML job that forecasts time series.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TimeSeriesForecastingJobConfig.html
 */
export interface AutoMLForecastingJobProps extends AutoMLJobV2Props {
  /**
   * The algorithms to try.
   *
   * @default - all of them
   */
  readonly algorithms?: AutoMLForecastingAlgorithm[];

  /**
   * The location of a JSON object with the names and types of the columns: `FeatureAttributeNames` and `FeatureDataTypes`. The URI
   * has at most 1024 characters.
   *
   * @default - all columns, with inferred types
   */
  readonly featureSpecification?: S3Location;

  /**
   * How missing values are filled, by the names of the columns: at most 50. A name has at most 256 characters.
   *
   * @default - the service's default
   */
  readonly filling?: { [column: string]: AutoMLColumnFilling };

  /** The length of a step of the forecast. */
  readonly forecastFrequency: AutoMLForecastFrequency;

  /**
   * The number of steps to forecast: at least 1, at most 500, and at most a quarter of the steps of the data.
   */
  readonly forecastHorizon: number;

  /**
   * The quantiles of the forecast: 1 to 5 different ones, from `p1` to `p99`.
   *
   * @default - the service's default: p10, p50 and p90
   */
  readonly forecastQuantiles?: string[];

  /**
   * The columns that group the items: 1 to 5, each at most 256 characters.
   *
   * @default - none
   */
  readonly groupingAttributeNames?: string[];

  /**
   * The country whose holidays count, as 2 capitals, such as `DE`.
   *
   * @default - holidays do not count
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HolidayConfigAttributes.html
   */
  readonly holidayCountry?: string;

  /** The name of the column that tells the items apart: at most 256 characters. */
  readonly itemIdentifierAttributeName: string;

  /**
   * The metric that the candidates are compared by.
   *
   * @default AutoMLForecastingMetric.AVERAGE_WEIGHTED_QUANTILE_LOSS
   */
  readonly metric?: AutoMLForecastingMetric;

  /**
   * How values of the target that fall into one step are combined.
   *
   * @default - the service's default: AutoMLTargetAggregation.SUM
   */
  readonly targetAggregation?: AutoMLTargetAggregation;

  /** The name of the column to forecast: at least one character. */
  readonly targetAttributeName: string;

  /** The name of the column with the time: at most 256 characters. */
  readonly timestampAttributeName: string;
}

const CONFIG = 'AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig';

const FILLINGS: ValueType = {
  name: 'a map from columns to their fillings',
  test: (value) => A_MAP.test(value) && Object.values(value).every((column) =>
    A_MAP.test(column) && fillingsOf(column as AutoMLColumnFilling).every(([, filling]) => filling instanceof AutoMLFilling)),
  remedy: () => 'Give each column an AutoMLColumnFilling, such as one with AutoMLFilling.ZERO as its middlefill.',
};

export const FORECASTING_JOB_MEMBERS = membersOf<AutoMLForecastingJobProps>({
  'AutoMLJobObjective.MetricName': property('metric', oneOf(AutoMLForecastingMetric, 'AutoMLForecastingMetric')),
  [`${CONFIG}.CandidateGenerationConfig.AlgorithmsConfig`]: computed(
    'algorithms', ({ algorithms }: Bound<AutoMLForecastingJobProps>) => algorithms && [{ AutoMLAlgorithms: algorithms }], A_LIST),
  [`${CONFIG}.CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms`]: named('algorithms'),
  ...completionCriteria('TimeSeriesForecastingJobConfig'),
  [`${CONFIG}.FeatureSpecificationS3Uri`]: locationUri('featureSpecification'),
  [`${CONFIG}.ForecastFrequency`]: computed('forecastFrequency', ({ forecastFrequency }: Bound<AutoMLForecastingJobProps>) => forecastFrequency?.expression,
    instanceOf(AutoMLForecastFrequency, 'Use AutoMLForecastFrequency.days(1).')),
  [`${CONFIG}.ForecastHorizon`]: property('forecastHorizon'),
  [`${CONFIG}.ForecastQuantiles`]: property('forecastQuantiles', A_LIST),
  [`${CONFIG}.HolidayConfig`]: computed('holidayCountry', ({ holidayCountry }: Bound<AutoMLForecastingJobProps>) =>
    holidayCountry === undefined ? undefined : [{ CountryCode: holidayCountry }], A_STRING),
  [`${CONFIG}.HolidayConfig[].CountryCode`]: named('holidayCountry'),
  [`${CONFIG}.TimeSeriesConfig.GroupingAttributeNames`]: property('groupingAttributeNames', A_LIST),
  [`${CONFIG}.TimeSeriesConfig.ItemIdentifierAttributeName`]: property('itemIdentifierAttributeName'),
  [`${CONFIG}.TimeSeriesConfig.TargetAttributeName`]: property('targetAttributeName'),
  [`${CONFIG}.TimeSeriesConfig.TimestampAttributeName`]: property('timestampAttributeName'),
  [`${CONFIG}.Transformations.Aggregation`]: computed(
    'targetAggregation', ({ targetAggregation, targetAttributeName }: Bound<AutoMLForecastingJobProps>) =>
      targetAggregation === undefined ? undefined : { [targetAttributeName]: targetAggregation },
    oneOf(AutoMLTargetAggregation, 'AutoMLTargetAggregation')),
  [`${CONFIG}.Transformations.Filling`]: computed('filling', ({ filling }: Bound<AutoMLForecastingJobProps>) => filling && renderFilling(filling), FILLINGS),
});

/** For each column, its fillings by type, and the numbers that some of them give. */
function renderFilling(filling: { readonly [column: string]: AutoMLColumnFilling }): object {
  return Object.fromEntries(Object.keys(filling).sort().map((column) => [column, ofColumn(filling[column])]));
}

function ofColumn(filling: AutoMLColumnFilling): object {
  return Object.assign({}, ...fillingsOf(filling).map(([type, { _type, _value }]) =>
    _value === undefined ? { [type]: _type } : { [type]: _type, [`${type}_value`]: textOf(_value) }));
}

function fillingsOf(filling: AutoMLColumnFilling): [type: string, filling: AutoMLFilling][] {
  return Object.entries<AutoMLFilling>({ ...filling }).sort().filter(([, each]) => each !== undefined && each !== null);
}

const { kind: FORECASTING, definition: FORECASTING_DEFINITION } = definitionOf({
  className: 'AutoMLForecastingJob', problem: 'TimeSeriesForecastingJobConfig', members: FORECASTING_JOB_MEMBERS, rules: FORECASTING_RULES,
});

/**
 * An AutoML job that forecasts time series: it trains several models, and combines the best.
 *
 * The training data is a table in CSV or Parquet with a row for each item and time. The job runs, and the deployment waits for it, as for
 * an `AutoMLJob`. The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html
 * @example
 *
 * new AutoMLForecastingJob(this, 'Demand', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'sales/')),
 *   targetAttributeName: 'sold',
 *   timestampAttributeName: 'day',
 *   itemIdentifierAttributeName: 'article',
 *   forecastFrequency: AutoMLForecastFrequency.days(1),
 *   forecastHorizon: 14,
 *   filling: { sold: { middlefill: AutoMLFilling.ZERO } },
 *   holidayCountry: 'DE',
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(3),
 * });
 */
export class AutoMLForecastingJob extends AutoMLJobBase {
  constructor(scope: Construct, id: string, props: AutoMLForecastingJobProps) {
    super(scope, id, FORECASTING, props, FORECASTING_DEFINITION);
  }
}
