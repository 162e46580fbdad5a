import { Construct } from 'constructs';
import { AutoMLJobV2Props } from './common-props';
import { definitionOf } from './definition';
import { Bound, completionCriteria, membersOf } from './members';
import { TEXT_GENERATION_RULES } from './rules';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { VALIDATION_MEMBERS } from '../automl-job/members';
import { AutoMLValidation } from '../automl-job/validation';
import { textOf } from '../cdk/lazy-values';
import { computed, property } from '../job/request-members';
import { A_MAP, A_STRING } from '../validation/value-types';

/**
 * The hyperparameters of the fine-tuning of a language model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TextGenerationJobConfig.html
 */
export interface AutoMLTextGenerationHyperparameters {
  /**
   * The number of examples in each step: 1 to 64.
   *
   * @default - the service's default
   */
  readonly batchSize?: number;

  /**
   * How often the model sees all of the training data: 1 to 10 times.
   *
   * @default - the service's default
   */
  readonly epochCount?: number;

  /**
   * How much each step changes the model: 0 to 1.
   *
   * @default - the service's default
   */
  readonly learningRate?: number;

  /**
   * The number of steps in which the learning rate rises to its value: 0 to 250.
   *
   * @default - the service's default
   */
  readonly learningRateWarmupSteps?: number;
}

/**
 * Properties of an AutoML job that fine-tunes a language model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TextGenerationJobConfig.html
 */
export interface AutoMLTextGenerationJobProps extends AutoMLJobV2Props {
  /**
   * Whether you accept the licence of the base model. Some models cannot be used without.
   *
   * @default - not said: enough for models without a licence to accept
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelAccessConfig.html
   */
  readonly acceptEula?: boolean;

  /**
   * The name of the model to fine-tune, such as `Mistral7B`: at most 256 letters, digits and hyphens. A name that the library does not know
   * is a warning.
   *
   * @default - the service's default, Falcon7BInstruct
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-llms-finetuning-models.html
   */
  readonly baseModelName?: string;

  /**
   * How the model is fine-tuned.
   *
   * @default - the service's defaults
   */
  readonly hyperparameters?: AutoMLTextGenerationHyperparameters;

  /**
   * The data that validates the candidates.
   *
   * @default AutoMLValidation.fraction(0.2)
   */
  readonly validation?: AutoMLValidation;
}

const CONFIG = 'AutoMLProblemTypeConfig.TextGenerationJobConfig';

export const TEXT_GENERATION_JOB_MEMBERS = membersOf<AutoMLTextGenerationJobProps>({
  [`${CONFIG}.BaseModelName`]: property('baseModelName', A_STRING),
  ...completionCriteria('TextGenerationJobConfig'),
  [`${CONFIG}.ModelAccessConfig.AcceptEula`]: property('acceptEula'),
  [`${CONFIG}.TextGenerationHyperParameters`]: computed('hyperparameters', ({ hyperparameters }: Bound<AutoMLTextGenerationJobProps>) =>
    hyperparameters && Object.fromEntries(Object.entries(hyperparameters).sort().filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === 'number' ? textOf(value) : String(value)])), A_MAP),
  ...VALIDATION_MEMBERS,
});

const { kind: TEXT_GENERATION, definition: TEXT_GENERATION_DEFINITION } = definitionOf({
  className: 'AutoMLTextGenerationJob', problem: 'TextGenerationJobConfig', members: TEXT_GENERATION_JOB_MEMBERS, rules: TEXT_GENERATION_RULES,
});

/**
 * An AutoML job that fine-tunes a language model with instructions and answers.
 *
 * The training data is a table in CSV or Parquet. The service has these jobs only in Regions that have SageMaker Canvas. The job runs, and the
 * deployment waits for it, as for an `AutoMLJob`. The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html
 * @example
 *
 * new AutoMLTextGenerationJob(this, 'Assistant', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'conversations/')),
 *   baseModelName: 'Falcon7BInstruct',
 *   hyperparameters: { epochCount: 3, learningRate: 0.00001 },
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(6),
 * });
 */
export class AutoMLTextGenerationJob extends AutoMLJobBase {
  constructor(scope: Construct, id: string, props: AutoMLTextGenerationJobProps) {
    super(scope, id, TEXT_GENERATION, props, TEXT_GENERATION_DEFINITION);
  }
}
