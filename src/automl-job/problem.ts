/**
 * The metrics that candidates of a binary classification can be compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export enum AutoMLBinaryClassificationMetric {
  /** The share of correct predictions. */
  ACCURACY = 'Accuracy',
  /** The area under the receiver operating characteristic curve. */
  AUC = 'AUC',
  /** The mean of the recall of both classes. */
  BALANCED_ACCURACY = 'BalancedAccuracy',
  /** The harmonic mean of precision and recall. */
  F1 = 'F1',
  /** The share of predicted positives that are positive. */
  PRECISION = 'Precision',
  /** The share of positives that are predicted. */
  RECALL = 'Recall',
}

/**
 * The metrics that candidates of a multiclass classification can be compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export enum AutoMLMulticlassClassificationMetric {
  /** The share of correct predictions. */
  ACCURACY = 'Accuracy',
  /** The mean of the recall of all classes. */
  BALANCED_ACCURACY = 'BalancedAccuracy',
  /** The mean of the F1 of all classes. */
  F1_MACRO = 'F1macro',
  /** The mean of the precision of all classes. */
  PRECISION_MACRO = 'PrecisionMacro',
  /** The mean of the recall of all classes. */
  RECALL_MACRO = 'RecallMacro',
}

/**
 * The metrics that candidates of a regression can be compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export enum AutoMLRegressionMetric {
  /** The mean absolute error. */
  MAE = 'MAE',
  /** The mean squared error. */
  MSE = 'MSE',
  /** The share of the variance that is explained. */
  R2 = 'R2',
  /** The square root of the mean squared error. */
  RMSE = 'RMSE',
}

/** The metrics of each type of problem. */
export const METRICS: { readonly [problemType: string]: readonly string[] } = {
  BinaryClassification: Object.values(AutoMLBinaryClassificationMetric),
  MulticlassClassification: Object.values(AutoMLMulticlassClassificationMetric),
  Regression: Object.values(AutoMLRegressionMetric),
};

/**
 * The type of problem that an AutoML job solves, and the metric that its candidates are compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export class AutoMLProblem {
  /**
   * Predicts one of two classes. By default the candidates are compared by F1.
   *
   * @param metric - the metric that the candidates are compared by
   */
  public static binaryClassification(metric?: AutoMLBinaryClassificationMetric): AutoMLProblem {
    return new AutoMLProblem('BinaryClassification', metric ?? AutoMLBinaryClassificationMetric.F1);
  }

  /**
   * Predicts one of several classes. By default the candidates are compared by their accuracy.
   *
   * @param metric - the metric that the candidates are compared by
   */
  public static multiclassClassification(metric?: AutoMLMulticlassClassificationMetric): AutoMLProblem {
    return new AutoMLProblem('MulticlassClassification', metric ?? AutoMLMulticlassClassificationMetric.ACCURACY);
  }

  /**
   * Predicts a number. By default the candidates are compared by their mean squared error.
   *
   * @param metric - the metric that the candidates are compared by
   */
  public static regression(metric?: AutoMLRegressionMetric): AutoMLProblem {
    return new AutoMLProblem('Regression', metric ?? AutoMLRegressionMetric.MSE);
  }

  private constructor(
    /** The type of the problem, as the service calls it: `BinaryClassification`, `MulticlassClassification` or `Regression`. */
    public readonly problemType: string,
    /** The metric that the candidates are compared by, as the service calls it, such as `F1`. */
    public readonly metricName: string,
  ) {
  }
}
