import { Misspelling, OptionNames, readOptions } from '../validation/options';

/**
 * The algorithms that ensembling can combine.
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

/** The algorithms of each mode that has a choice. */
export const ALGORITHMS: { readonly [mode: string]: readonly string[] } = {
  ENSEMBLING: Object.values(AutoMLEnsemblingAlgorithm),
  HYPERPARAMETER_TUNING: Object.values(AutoMLHyperparameterTuningAlgorithm),
};

/**
 * Options for ensembling.
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
   * The column with the weights of the rows: 1 to 256 letters, digits, hyphens and underscores. The column is not a feature.
   *
   * @default - all rows have the same weight
   */
  readonly sampleWeightAttributeName?: string;
}

/**
 * Options for hyperparameter tuning.
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

const ENSEMBLING_OPTIONS: OptionNames<AutoMLEnsemblingOptions> = { algorithms: true, sampleWeightAttributeName: true };
const TUNING_OPTIONS: OptionNames<AutoMLHyperparameterTuningOptions> = { algorithms: true };

/**
 * How an AutoML job searches for the best model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-model-support-validation.html
 */
export class AutoMLMode {
  /** Ensembling for less than 100 MB of data, otherwise hyperparameter tuning. */
  public static auto(): AutoMLMode {
    return new AutoMLMode('AUTO', {});
  }

  /**
   * Trains many models and combines them into one.
   *
   * @param options - the algorithms, and the weights of the rows
   */
  public static ensembling(options?: AutoMLEnsemblingOptions): AutoMLMode {
    const { values, misspelt } = readOptions('AutoMLMode.ensembling', options, ENSEMBLING_OPTIONS);
    return new AutoMLMode('ENSEMBLING', values, misspelt);
  }

  /**
   * Searches for the best hyperparameters of a few algorithms.
   *
   * @param options - the algorithms
   */
  public static hyperparameterTuning(options?: AutoMLHyperparameterTuningOptions): AutoMLMode {
    const { values, misspelt } = readOptions('AutoMLMode.hyperparameterTuning', options, TUNING_OPTIONS);
    return new AutoMLMode('HYPERPARAMETER_TUNING', { algorithms: values.algorithms }, misspelt);
  }

  private constructor(
    /** The mode, as the service calls it: `AUTO`, `ENSEMBLING` or `HYPERPARAMETER_TUNING`. */
    public readonly mode: string,
    /** @internal */
    public readonly _options: { readonly algorithms?: string[]; readonly sampleWeightAttributeName?: string },
    /** @internal */
    public readonly _misspelt: readonly Misspelling[] = [],
  ) {
  }
}
