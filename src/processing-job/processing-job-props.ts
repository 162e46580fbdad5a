import { ProcessingImage } from './image';
import { ProcessingJobDefinition } from './processing-job-definition';
import { CommonProcessingJobProps } from './processing-job-definition-props';
import { ProcessingJobRemovalPolicy } from './removal-policy';
import { SageMakerJobProps } from '../job/job-props';

/**
 * Properties of a processing job: a definition, or all that one has, and how the deployment runs it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobProps extends CommonProcessingJobProps, SageMakerJobProps {
  /**
   * What the job runs. It cannot be combined with the properties that a definition has.
   *
   * @default - the other properties define the job, which then needs an `image`
   */
  readonly definition?: ProcessingJobDefinition;

  /**
   * The container image: its URI has at most 255 characters. Required without `definition`.
   *
   * @default - the image of `definition`
   */
  readonly image?: ProcessingImage;

  /**
   * The name of the job: 1 to 63 letters, digits and hyphens, unique in account and Region. It begins and ends with a letter
   * or digit.
   *
   * A job with a given name cannot run again while the record of that name exists, so prefer the generated name.
   *
   * @default - a generated name, different for each run
   */
  readonly processingJobName?: string;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default ProcessingJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: ProcessingJobRemovalPolicy;
}
