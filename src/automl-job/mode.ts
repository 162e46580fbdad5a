/**
 * The algorithms that ensembling can put together.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLAlgorithmConfig.html
 */
export enum AutoMLEnsemblingAlgorithm {
  /** Gradient boosting of CatBoost. */
  CATBOOST = 'catboost',
  /** Extremely randomized trees. */
  EXTRA_TREES = 'extra-trees',
  /** Neural networks of fastai. */
  FASTAI = 'fastai',
  /** Gradient boosting of LightGBM. */
  LIGHTGBM = 'lightgbm',
  /** Linear models. */
  LINEAR_LEARNER = 'linear-learner',
  /** Neural networks of PyTorch. */
  NN_TORCH = 'nn-torch',
  /** Random forests. */
  RANDOM_FOREST = 'randomforest',
  /** Gradient boosting of XGBoost. */
  XGBOOST = 'xgboost',
}

/**
 * The algorithms whose hyperparameters can be tuned.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLAlgorithmConfig.html
 */
export enum AutoMLHyperparameterTuningAlgorithm {
  /** Linear models. */
  LINEAR_LEARNER = 'linear-learner',
  /** Multilayer perceptrons. */
  MLP = 'mlp',
  /** Gradient boosting of XGBoost. */
  XGBOOST = 'xgboost',
}

/** The algorithms of each mode that lets one choose. */
export const ALGORITHMS: { readonly [mode: string]: readonly string[] } = {
  ENSEMBLING: Object.values(AutoMLEnsemblingAlgorithm),
  HYPERPARAMETER_TUNING: Object.values(AutoMLHyperparameterTuningAlgorithm),
};

/**
 * Options of ensembling.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLJobConfig.html
 */
export interface AutoMLEnsemblingOptions {
  /**
   * The algorithms to try: at least one.
   *
   * @default - all of them
   */
  readonly algorithms?: AutoMLEnsemblingAlgorithm[];

  /**
   * The column that says how much each row counts: 1 to 256 letters, digits, hyphens and underscores. It is no feature.
   *
   * @default - all rows count the same
   */
  readonly sampleWeightAttributeName?: string;
}

/**
 * Options of hyperparameter tuning.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLJobConfig.html
 */
export interface AutoMLHyperparameterTuningOptions {
  /**
   * The algorithms to try: at least one.
   *
   * @default - all of them
   */
  readonly algorithms?: AutoMLHyperparameterTuningAlgorithm[];
}

/**
 * How an AutoML job looks for the best model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-model-support-validation.html
 */
export class AutoMLMode {
  /** Ensembling for data of less than 100 MB, hyperparameter tuning for more. */
  public static auto(): AutoMLMode {
    return new AutoMLMode('AUTO', {});
  }

  /**
   * Many models are trained, and put together to one.
   *
   * @param options - the algorithms, and the weights of the rows
   */
  public static ensembling(options?: AutoMLEnsemblingOptions): AutoMLMode {
    return new AutoMLMode('ENSEMBLING', options ?? {});
  }

  /**
   * The best hyperparameters of a few algorithms are searched for.
   *
   * @param options - the algorithms
   */
  public static hyperparameterTuning(options?: AutoMLHyperparameterTuningOptions): AutoMLMode {
    return new AutoMLMode('HYPERPARAMETER_TUNING', { algorithms: options?.algorithms });
  }

  private constructor(
    /** The mode, as the service calls it: `AUTO`, `ENSEMBLING` or `HYPERPARAMETER_TUNING`. */
    public readonly mode: string,
    /** @internal */
    public readonly _options: { readonly algorithms?: string[]; readonly sampleWeightAttributeName?: string },
  ) {
  }
}
