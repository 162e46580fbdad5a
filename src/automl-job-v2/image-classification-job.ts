import { Construct } from 'constructs';
import { AutoMLJobV2Props } from './common-props';
import { definitionOf } from './definition';
import { completionCriteria, membersOf } from './members';
import { IMAGE_CLASSIFICATION_RULES } from './rules';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { AutoMLContentType } from '../automl-job/dataset';
import { VALIDATION_MEMBERS } from '../automl-job/members';
import { AutoMLValidation } from '../automl-job/validation';

/**
 * Properties of an AutoML job that classifies images.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ImageClassificationJobConfig.html
 */
export interface AutoMLImageClassificationJobProps extends AutoMLJobV2Props {
  /**
   * The data that validates the candidates.
   *
   * @default AutoMLValidation.fraction(0.2)
   */
  readonly validation?: AutoMLValidation;
}

export const IMAGE_CLASSIFICATION_JOB_MEMBERS = membersOf<AutoMLImageClassificationJobProps>({
  ...completionCriteria('ImageClassificationJobConfig'),
  ...VALIDATION_MEMBERS,
});

const { kind: IMAGE_CLASSIFICATION, definition: IMAGE_CLASSIFICATION_DEFINITION } = definitionOf({
  className: 'AutoMLImageClassificationJob',
  problem: 'ImageClassificationJobConfig',
  members: IMAGE_CLASSIFICATION_JOB_MEMBERS,
  rules: IMAGE_CLASSIFICATION_RULES,
  contentType: AutoMLContentType.IMAGE,
  hasProcessingUnits: true,
});

/**
 * An AutoML job that classifies images: it fine-tunes a model with labelled images.
 *
 * The training data is a folder with a folder of images for each label, a manifest or an augmented manifest. The job runs, and the deployment
 * waits for it, as for an `AutoMLJob`. The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html
 * @example
 *
 * new AutoMLImageClassificationJob(this, 'Leaves', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'leaves/')),
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(3),
 * });
 */
export class AutoMLImageClassificationJob extends AutoMLJobBase {
  constructor(scope: Construct, id: string, props: AutoMLImageClassificationJobProps) {
    super(scope, id, IMAGE_CLASSIFICATION, props, IMAGE_CLASSIFICATION_DEFINITION);
  }
}
