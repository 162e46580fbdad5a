import { textOf } from '../cdk/lazy-values';

/**
 * The algorithms that forecast time series.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLAlgorithmConfig.html
 */
export enum AutoMLForecastingAlgorithm {
  /** Autoregressive integrated moving average. */
  ARIMA = 'arima',
  /** A convolutional neural network for quantiles. */
  CNN_QR = 'cnn-qr',
  /** A recurrent neural network. */
  DEEPAR = 'deepar',
  /** Exponential smoothing. */
  ETS = 'ets',
  /** A non-parametric baseline. */
  NPTS = 'npts',
  /** Prophet: an additive model with seasons. */
  PROPHET = 'prophet',
}

/**
 * The metrics that forecasts are compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLJobObjective.html
 */
export enum AutoMLForecastingMetric {
  /** The average of the weighted losses of all quantiles. */
  AVERAGE_WEIGHTED_QUANTILE_LOSS = 'AverageWeightedQuantileLoss',
  /** Mean absolute percentage error. */
  MAPE = 'MAPE',
  /** Mean absolute scaled error. */
  MASE = 'MASE',
  /** Root mean square error. */
  RMSE = 'RMSE',
  /** Weighted absolute percentage error. */
  WAPE = 'WAPE',
}

/**
 * How values of the target that fall into one step of the frequency are combined.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TimeSeriesTransformations.html
 */
export enum AutoMLTargetAggregation {
  /** Their average. */
  AVERAGE = 'avg',
  /** The first of them. */
  FIRST = 'first',
  /** The largest. */
  MAX = 'max',
  /** The smallest. */
  MIN = 'min',
  /** Their sum, which is the service's default. */
  SUM = 'sum',
}

/**
 * The length of a step of a forecast.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TimeSeriesForecastingJobConfig.html
 */
export class AutoMLForecastFrequency {
  /**
   * Steps of 1 to 59 minutes.
   *
   * @param count - how many
   */
  public static minutes(count: number): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency(`${textOf(count)}min`);
  }

  /**
   * Steps of 1 to 23 hours.
   *
   * @param count - how many
   */
  public static hours(count: number): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency(`${textOf(count)}H`);
  }

  /**
   * Steps of 1 to 6 days.
   *
   * @param count - how many
   */
  public static days(count: number): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency(`${textOf(count)}D`);
  }

  /**
   * Steps of 1 to 4 weeks.
   *
   * @param count - how many
   */
  public static weeks(count: number): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency(`${textOf(count)}W`);
  }

  /**
   * Steps of 1 to 11 months.
   *
   * @param count - how many
   */
  public static months(count: number): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency(`${textOf(count)}M`);
  }

  /** Steps of a year. */
  public static yearly(): AutoMLForecastFrequency {
    return new AutoMLForecastFrequency('1Y');
  }

  private constructor(
    /** The frequency as the service writes it, such as `15min`. */
    public readonly expression: string,
  ) {
  }
}

/**
 * What takes the place of a missing value.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TimeSeriesTransformations.html
 */
export class AutoMLFilling {
  /** The largest value of the series. */
  public static readonly MAX = new AutoMLFilling('max');
  /** The mean of the series. */
  public static readonly MEAN = new AutoMLFilling('mean');
  /** The median of the series. */
  public static readonly MEDIAN = new AutoMLFilling('median');
  /** The smallest value of the series. */
  public static readonly MIN = new AutoMLFilling('min');
  /** Nothing: the values stay missing. Only for `frontfill` of the target. */
  public static readonly NONE = new AutoMLFilling('none');
  /** Zero. */
  public static readonly ZERO = new AutoMLFilling('zero');

  /**
   * A given whole number.
   *
   * @param value - the whole number
   */
  public static value(value: number): AutoMLFilling {
    return new AutoMLFilling('value', value);
  }

  private constructor(
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _value?: number,
  ) {
  }
}

/**
 * How the missing values of a column are filled.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TimeSeriesTransformations.html
 */
export interface AutoMLColumnFilling {
  /**
   * Between the last value of an item and the last of all items.
   *
   * @default - the service's default
   */
  readonly backfill?: AutoMLFilling;

  /**
   * Before the first value of an item: `AutoMLFilling.NONE`, and for the target alone.
   *
   * @default - the service's default
   */
  readonly frontfill?: AutoMLFilling;

  /**
   * In the time that is forecast. Not for the target.
   *
   * @default - the service's default
   */
  readonly futurefill?: AutoMLFilling;

  /**
   * Between values of an item.
   *
   * @default - the service's default
   */
  readonly middlefill?: AutoMLFilling;
}
