import { Construct } from 'constructs';
import { AutoMLJobV2Props } from './common-props';
import { definitionOf } from './definition';
import { completionCriteria, membersOf } from './members';
import { TEXT_CLASSIFICATION_RULES } from './rules';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { VALIDATION_MEMBERS } from '../automl-job/members';
import { AutoMLValidation } from '../automl-job/validation';
import { property } from '../job/request-members';

/**
 * Properties of an AutoML job that classifies texts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TextClassificationJobConfig.html
 */
export interface AutoMLTextClassificationJobProps extends AutoMLJobV2Props {
  /** The name of the column with the texts: at most 256 characters. */
  readonly contentColumn: string;

  /** The name of the column with the labels: at most 256 characters. It is not the column of the texts. */
  readonly targetLabelColumn: string;

  /**
   * The data that validates the candidates.
   *
   * @default AutoMLValidation.fraction(0.2)
   */
  readonly validation?: AutoMLValidation;
}

export const TEXT_CLASSIFICATION_JOB_MEMBERS = membersOf<AutoMLTextClassificationJobProps>({
  ...completionCriteria('TextClassificationJobConfig'),
  'AutoMLProblemTypeConfig.TextClassificationJobConfig.ContentColumn': property('contentColumn'),
  'AutoMLProblemTypeConfig.TextClassificationJobConfig.TargetLabelColumn': property('targetLabelColumn'),
  ...VALIDATION_MEMBERS,
});

const { kind: TEXT_CLASSIFICATION, definition: TEXT_CLASSIFICATION_DEFINITION } = definitionOf({
  className: 'AutoMLTextClassificationJob',
  problem: 'TextClassificationJobConfig',
  members: TEXT_CLASSIFICATION_JOB_MEMBERS,
  rules: TEXT_CLASSIFICATION_RULES,
  hasProcessingUnits: true,
});

/**
 * An AutoML job that classifies texts: it fine-tunes a language model with labelled texts.
 *
 * The training data is a table in CSV or Parquet. The job runs, and the deployment waits for it, as for an `AutoMLJob`. The constructor
 * throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html
 * @example
 *
 * new AutoMLTextClassificationJob(this, 'Topics', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'letters/')),
 *   contentColumn: 'text',
 *   targetLabelColumn: 'topic',
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(3),
 * });
 */
export class AutoMLTextClassificationJob extends AutoMLJobBase {
  constructor(scope: Construct, id: string, props: AutoMLTextClassificationJobProps) {
    super(scope, id, TEXT_CLASSIFICATION, props, TEXT_CLASSIFICATION_DEFINITION);
  }
}
