import { Duration, Size } from 'aws-cdk-lib';
import { ProcessingCode } from './code';
import { ProcessingImage } from './image';
import { ProcessingInput } from './input';
import { ProcessingInstanceType } from './instance-type';
import { ProcessingOutput } from './output';
import { SageMakerJobProps } from '../job/job-props';

/**
 * What happens to a processing job when it is replaced or its resource is removed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopProcessingJob.html
 */
export enum ProcessingJobRemovalPolicy {
  /** A running job is stopped. Its record stays in the service. */
  STOP = 'STOP',
  /** A running job is stopped, and its record is deleted: the name is free again. */
  DELETE = 'DELETE',
  /**
   * It is left alone, even running. The role and the security group that were made for it stay, too, when its resource goes: delete
   * them when it has ended. Those that you give are for you to retain.
   */
  RETAIN = 'RETAIN',
}

/**
 * A type of instance that a job may run on.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
 */
export interface ProcessingInstancePreference {
  /** The type of the instances. */
  readonly instanceType: ProcessingInstanceType;

  /**
   * The number of instances of this type: 1 to 100. On every preference, or on none.
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
   * The name of the trial component, as it is displayed: 1 to 120 letters, digits and hyphens.
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
 * What a processing job consists of.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobProps extends SageMakerJobProps {
  /**
   * The arguments of the container's entrypoint: 1 to 100, each at most 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * A script that the job runs. It appears in the container as an input named `code`, and sets the entrypoint.
   *
   * @default - the image has its own code
   */
  readonly code?: ProcessingCode;

  /**
   * The entrypoint of the container: 1 to 100 strings, each at most 256 characters. Not together with `code`.
   *
   * @default - that of `code`, else that of the image
   */
  readonly entrypoint?: string[];

  /**
   * The environment variables of the container: at most 100.
   *
   * Names are letters, digits and underscores, and begin with no digit. Names and values have at most 256 characters. They are
   * stored in the template and shown by the service: no place for secrets.
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

  /** The container image: its URI has at most 255 characters. */
  readonly image: ProcessingImage;

  /**
   * The data that the job reads, by name: at most 10, `code` included.
   *
   * @default - none
   */
  readonly inputs?: { [name: string]: ProcessingInput };

  /**
   * The number of instances: 1 to 100. Not together with counts of `instancePreferences`.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Types of instances in the order of preference, of which the service takes the first that it has: 1 to 5, each once.
   * Each with a count of its own, or none, and `instanceCount` is for all. Not together with `instanceType`.
   *
   * @default - `instanceType`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly instancePreferences?: ProcessingInstancePreference[];

  /**
   * The type of the instances. Required, unless there are `instancePreferences`.
   *
   * @default - `instancePreferences`
   */
  readonly instanceType?: ProcessingInstanceType;

  /**
   * How long the job may run before the service stops it: whole seconds, at least one and at most nine days.
   *
   * @default - the service's: one day
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether the container is cut off from every network.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * The data that the job writes, by name: at most 10.
   *
   * @default - none
   */
  readonly outputs?: { [name: string]: ProcessingOutput };

  /**
   * The name of the job: 1 to 63 letters, digits and hyphens, unique in account and Region. It begins and ends with a letter
   * or digit.
   *
   * A job with a given name cannot run again while a record of that name exists: prefer the generated one.
   *
   * @default - generated; each run has its own
   */
  readonly processingJobName?: string;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default ProcessingJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: ProcessingJobRemovalPolicy;

  /**
   * The size of each instance's volume, in whole GiB: 1 to 16384, and no more than the local storage of an instance type
   * that has some.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;
}
