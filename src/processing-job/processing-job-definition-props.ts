import { Duration, Size } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ProcessingCode } from './code';
import { ProcessingImage } from './image';
import { ProcessingInput } from './input';
import { ProcessingInstanceType } from './instance-type';
import { ProcessingOutput } from './output';
import { SageMakerJobDefinitionProps } from '../job/job-props';

/**
 * An instance type that a job may run on.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
 */
export interface ProcessingInstancePreference {
  /** The type of the instances. */
  readonly instanceType: ProcessingInstanceType;

  /**
   * The number of instances of this type: 1 to 100. Set it on all preferences or on none.
   *
   * @default - the job's `instanceCount`
   */
  readonly instanceCount?: number;
}

/**
 * The experiment that a job belongs to.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ExperimentConfig.html
 */
export interface ProcessingExperimentAssociation {
  /**
   * The name of an existing experiment: 1 to 120 letters, digits and hyphens.
   *
   * @default - none
   */
  readonly experimentName?: string;

  /**
   * The name of the run: 1 to 120 letters, digits and hyphens.
   *
   * @default - none
   */
  readonly runName?: string;

  /**
   * The display name of the trial component: 1 to 120 letters, digits and hyphens.
   *
   * @default - the job's name
   */
  readonly trialComponentDisplayName?: string;

  /**
   * The name of an existing trial: 1 to 120 letters, digits and hyphens.
   *
   * @default - a new trial
   */
  readonly trialName?: string;
}

/**
 * Properties of what a processing job runs, without the image.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface CommonProcessingJobProps extends SageMakerJobDefinitionProps {
  /**
   * The arguments of the container's entrypoint: 1 to 100, each at most 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * The code that the job runs. It reaches the container as an input named `code`, and sets the entrypoint.
   *
   * @default - the image contains the code
   */
  readonly code?: ProcessingCode;

  /**
   * The entrypoint of the container: 1 to 100 strings, each at most 256 characters. It cannot be combined with `code`.
   *
   * @default - the entrypoint that runs `code`, otherwise the entrypoint of the image
   */
  readonly entrypoint?: string[];

  /**
   * The environment variables of the container: at most 100.
   *
   * Names consist of letters, digits and underscores, and do not begin with a digit. Names and values have at most 256 characters. Both
   * the template and the service show them, so do not put secrets there: use `secrets`.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * The experiment that the job belongs to.
   *
   * @default - none
   */
  readonly experiment?: ProcessingExperimentAssociation;

  /**
   * The inputs of the job by name: at most 10, including `code`.
   *
   * @default - none
   */
  readonly inputs?: { [name: string]: ProcessingInput };

  /**
   * The number of instances: 1 to 100. It cannot be combined with counts in `instancePreferences`.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Instance types in order of preference: 1 to 5 different ones. The service uses the first that has capacity. Either all have their own
   * count, or none has and `instanceCount` applies to all. They cannot be combined with `instanceType`.
   *
   * @default - `instanceType`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly instancePreferences?: ProcessingInstancePreference[];

  /**
   * The type of the instances. Required without `instancePreferences`.
   *
   * @default - `instancePreferences`
   */
  readonly instanceType?: ProcessingInstanceType;

  /**
   * How long the job may run before the service stops it: a whole number of seconds, at least one second and at most nine days.
   *
   * @default - the service's default: one day
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether to isolate the container from all networks.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * The outputs of the job by name: at most 10.
   *
   * @default - none
   */
  readonly outputs?: { [name: string]: ProcessingOutput };

  /**
   * The secrets that the job reads, by the names of environment variables. Each variable holds the ARN of its secret, and the job's
   * role may read the secret. The code gets the value with `secretsmanager:GetSecretValue` when it runs, so neither the template nor
   * the service show it.
   *
   * The variables count towards the limit of `environment`. Not possible together with `networkIsolation`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
   */
  readonly secrets?: { [name: string]: ISecret };

  /**
   * The size of each instance's volume: 1 to 16384 whole GiB. For instance types with local storage, at most the size of that storage.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;
}

/**
 * Properties of the definition of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobDefinitionProps extends CommonProcessingJobProps {
  /** The container image: its URI has at most 255 characters. */
  readonly image: ProcessingImage;
}
