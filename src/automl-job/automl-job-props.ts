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
  /** A running job is stopped. */
  STOP = 'STOP',
  /**
   * It is left alone, even running. The role and the security group that were made for it stay, too, when its resource goes: delete
   * them when it has ended. Those that you give are for you to retain.
   */
  RETAIN = 'RETAIN',
}

/**
 * What an AutoML job consists of.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 */
export interface AutoMLJobProps extends SageMakerJobProps {
  /**
   * The name of the job: 1 to 32 letters, digits and hyphens, unique in the account whatever the letters' case. It begins
   * and ends with a letter or digit.
   *
   * The service keeps the record of every AutoML job, so a job with a given name can run only once: prefer the generated
   * name.
   *
   * @default - generated; each run has its own
   */
  readonly autoMLJobName?: string;

  /**
   * Whether the job only says which candidates it would train, in a notebook, and trains none. It has no best candidate then.
   *
   * @default false
   */
  readonly generateCandidateDefinitionsOnly?: boolean;

  /**
   * An endpoint for the best candidate, which the service makes outside of the stack. It costs money until you delete it.
   *
   * @default - none; see `AutoMLModel` for an endpoint in the stack
   */
  readonly deployment?: AutoMLDeployment;

  /**
   * A JSON object that says which columns are features, and of what type: `FeatureAttributeNames` and `FeatureDataTypes`.
   * The target is not among them. Its location has at most 1024 characters.
   *
   * @default - all columns but the target, of types that are inferred
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLCandidateGenerationConfig.html
   */
  readonly featureSpecification?: S3Location;

  /**
   * The number of candidates after which the job ends: 1 to 750.
   *
   * @default - the service's
   */
  readonly maxCandidates?: number;

  /**
   * How long the job may run: whole seconds, at least one. It is stopped then, and has completed when it has a candidate by
   * that time.
   *
   * A deployment that waits for the job waits half an hour longer than this, unless `completionTimeout` says how long.
   *
   * @default - the service's
   */
  readonly maxRuntime?: Duration;

  /**
   * How long each training job may run that the job starts: whole seconds, at least one.
   *
   * @default - the service's
   */
  readonly maxRuntimePerTrainingJob?: Duration;

  /**
   * How the job looks for the best model.
   *
   * @default - the service's choice
   */
  readonly mode?: AutoMLMode;

  /** Where the job writes models, notebooks and reports: at most 512 characters. Each run writes below its own name. */
  readonly outputLocation: S3Location;

  /**
   * What has to be learned, and by what the candidates are compared.
   *
   * @default - inferred from the values of the target
   */
  readonly problem?: AutoMLProblem;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default AutoMLJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: AutoMLJobRemovalPolicy;

  /** The column that is to be predicted: at least one character. */
  readonly targetAttributeName: string;

  /** The data to learn from: at least 500 rows, less than 100 GB. */
  readonly trainingData: AutoMLDataset;

  /**
   * What the candidates are validated with.
   *
   * @default AutoMLValidation.fraction(0.2)
   */
  readonly validation?: AutoMLValidation;
}
