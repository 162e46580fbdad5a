import { A_DATASET, AutoMLDataset } from './dataset';
import { requireType } from '../validation/problems';

/**
 * The data that validates the candidates of an AutoML job: a separate dataset, or a part of the training data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLDataSplitConfig.html
 */
export class AutoMLValidation {
  /**
   * A separate dataset of less than 2 GB, with the same columns and the same format as the training data.
   *
   * @param dataset - the data
   */
  public static dataset(dataset: AutoMLDataset): AutoMLValidation {
    requireType('AutoMLValidation.dataset', 'dataset', dataset, A_DATASET);
    return new AutoMLValidation(dataset, undefined);
  }

  /**
   * Rows of the training data, which are chosen at random and left out of the training.
   *
   * The fraction is greater than 0 and less than 1. Less than 0.5 is advisable.
   *
   * @param fraction - the fraction of the rows
   */
  public static fraction(fraction: number): AutoMLValidation {
    return new AutoMLValidation(undefined, fraction);
  }

  private constructor(
    /** @internal */
    public readonly _dataset: AutoMLDataset | undefined,
    /** @internal */
    public readonly _fraction: number | undefined,
  ) {
  }
}
