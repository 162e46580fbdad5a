/**
 * What the candidates of a binary classification are compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export enum AutoMLBinaryClassificationMetric {
  /** The share of predictions that are right. */
  ACCURACY = 'Accuracy',
  /** The area under the curve of true against false positives. */
  AUC = 'AUC',
  /** The mean of the shares of right predictions of both classes. */
  BALANCED_ACCURACY = 'BalancedAccuracy',
  /** The harmonic mean of precision and recall. */
  F1 = 'F1',
  /** The share of predicted positives that are positive. */
  PRECISION = 'Precision',
  /** The share of positives that are predicted. */
  RECALL = 'Recall',
}

/**
 * What the candidates of a multiclass classification are compared by.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export enum AutoMLMulticlassClassificationMetric {
  /** The share of predictions that are right. */
  ACCURACY = 'Accuracy',
  /** The mean of the shares of right predictions of all classes. */
  BALANCED_ACCURACY = 'BalancedAccuracy',
  /** The mean of the F1 of all classes. */
  F1_MACRO = 'F1macro',
  /** The mean of the precision of all classes. */
  PRECISION_MACRO = 'PrecisionMacro',
  /** The mean of the recall of all classes. */
  RECALL_MACRO = 'RecallMacro',
}

/**
 * What the candidates of a regression are compared by.
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
 * What an AutoML job has to learn, and by what its candidates are compared.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-metrics-validation.html
 */
export class AutoMLProblem {
  /**
   * To tell which of two classes something belongs to.
   *
   * @param metric - what the candidates are compared by: F1, unless given
   */
  public static binaryClassification(metric?: AutoMLBinaryClassificationMetric): AutoMLProblem {
    return new AutoMLProblem('BinaryClassification', metric ?? AutoMLBinaryClassificationMetric.F1);
  }

  /**
   * To tell which of several classes something belongs to.
   *
   * @param metric - what the candidates are compared by: the accuracy, unless given
   */
  public static multiclassClassification(metric?: AutoMLMulticlassClassificationMetric): AutoMLProblem {
    return new AutoMLProblem('MulticlassClassification', metric ?? AutoMLMulticlassClassificationMetric.ACCURACY);
  }

  /**
   * To tell a number.
   *
   * @param metric - what the candidates are compared by: the mean squared error, unless given
   */
  public static regression(metric?: AutoMLRegressionMetric): AutoMLProblem {
    return new AutoMLProblem('Regression', metric ?? AutoMLRegressionMetric.MSE);
  }

  private constructor(
    /** The type of the problem, as the service calls it: `BinaryClassification`, `MulticlassClassification` or `Regression`. */
    public readonly problemType: string,
    /** What the candidates are compared by, as the service calls it, such as `F1`. */
    public readonly metricName: string,
  ) {
  }
}
