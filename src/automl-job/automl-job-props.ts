import { Duration } from 'aws-cdk-lib';
import { AutoMLDataset } from './dataset';
import { AutoMLDeployment } from './deployment';
import { AutoMLMode } from './mode';
import { AutoMLProblem } from './problem';
import { AutoMLValidation } from './validation';
import { SageMakerJobProps } from '../job/job-props';
import { S3Location } from '../job/s3-location';

/**
 * What happens to an AutoML job when it is replaced or its resource is removed. The service keeps its record for ever.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopAutoMLJob.html
 */
export enum AutoMLJobRemovalPolicy {
  /** A running job is stopped. The service keeps its record. */
  STOP = 'STOP',
  /**
   * The job is left alone, even while it runs. The role and the security group that the library made for it are retained as well: delete
   * them when the job has ended. You have to retain those that you gave.
   */
  RETAIN = 'RETAIN',
}

/**
 * Properties of an AutoML job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 */
export interface AutoMLJobProps extends SageMakerJobProps {
  /**
   * The name of the job: 1 to 32 letters, digits and hyphens, unique in the account regardless of case. It begins and ends with a letter
   * or digit.
   *
   * The service keeps the record of every AutoML job, so a job with a given name can run only once. Prefer the generated name.
   *
   * @default - a generated name, different for each run
   */
  readonly autoMLJobName?: string;

  /**
   * Whether the job only writes a notebook with candidate definitions and trains none. It has no best candidate then.
   *
   * @default false
   */
  readonly generateCandidateDefinitionsOnly?: boolean;

  /**
   * An endpoint for the best candidate, which the service creates outside of the stack. It costs money until you delete it.
   *
   * @default - none. For an endpoint in the stack, use `AutoMLModel`
   */
  readonly deployment?: AutoMLDeployment;

  /**
   * The location of a JSON object with the names and types of the feature columns: `FeatureAttributeNames` and `FeatureDataTypes`. The
   * target must not be among them. The URI has at most 1024 characters.
   *
   * @default - all columns except the target, with inferred types
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLCandidateGenerationConfig.html
   */
  readonly featureSpecification?: S3Location;

  /**
   * The number of candidates after which the job ends: 1 to 750.
   *
   * @default - the service's default
   */
  readonly maxCandidates?: number;

  /**
   * How long the job may run: a whole number of seconds, at least one. The service stops it then. The job has completed if it has a
   * candidate by that time.
   *
   * A deployment that waits for the job waits half an hour longer than this, unless `completionTimeout` is set.
   *
   * @default - the service's default
   */
  readonly maxRuntime?: Duration;

  /**
   * How long each training job of this job may run: a whole number of seconds, at least one, and at most `maxRuntime`.
   *
   * @default - the service's default
   */
  readonly maxRuntimePerTrainingJob?: Duration;

  /**
   * How the job searches for the best model.
   *
   * @default - the service's default choice
   */
  readonly mode?: AutoMLMode;

  /** The location of models, notebooks and reports. Its URI has at most 512 characters. Each run writes to a folder with the job's name. */
  readonly outputLocation: S3Location;

  /**
   * The type of problem, and the metric that the candidates are compared by.
   *
   * @default - inferred from the values of the target column
   */
  readonly problem?: AutoMLProblem;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default AutoMLJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: AutoMLJobRemovalPolicy;

  /** The name of the column to predict: at least one character. */
  readonly targetAttributeName: string;

  /** The training data: at least 500 rows and less than 100 GB. */
  readonly trainingData: AutoMLDataset;

  /**
   * The data that validates the candidates.
   *
   * @default AutoMLValidation.fraction(0.2)
   */
  readonly validation?: AutoMLValidation;
}
