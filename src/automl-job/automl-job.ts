import { Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AUTOML, AutoMLDefinition } from './automl-definition';
import { AutoMLJobBase } from './automl-job-base';
import { AutoMLJobGrants, IAutoMLJob } from './automl-job-interface';
import { AutoMLJobProps } from './automl-job-props';
import { ExistingJob, existingByArn, existingByName } from '../job/job-arns';

/**
 * An AutoML job of SageMaker Autopilot that the deployment runs: it trains many models on tabular data and finds the best.
 *
 * The job runs when it is created, and again when its definition or `rerunTrigger` changes. Changes of tags or of other resources and
 * rollbacks do not run it. By default the deployment does not wait for the job: see `completionTimeout`. It does wait when something
 * reads the best candidate, such as an `AutoMLModel`.
 *
 * AutoML jobs send no events to EventBridge. To act on the end of one, depend on its `completion`.
 *
 * The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 * @resource AWS::SageMaker::AutoMLJob
 * @example
 *
 * new AutoMLJob(this, 'Churn', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'customers/')),
 *   targetAttributeName: 'churned',
 *   problem: AutoMLProblem.binaryClassification(AutoMLBinaryClassificationMetric.AUC),
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(3),
 * });
 */
export class AutoMLJob extends AutoMLJobBase {
  /**
   * Imports an AutoML job by its ARN.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param autoMLJobArn - the ARN, such as `arn:aws:sagemaker:eu-west-1:123456789012:automl-job/churn`
   */
  public static fromAutoMLJobArn(scope: Construct, id: string, autoMLJobArn: string): IAutoMLJob {
    return new ImportedAutoMLJob(scope, id, existingByArn(AUTOML, scope, autoMLJobArn));
  }

  /**
   * Imports an AutoML job of the stack's account and Region by its name.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param autoMLJobName - the job's name
   */
  public static fromAutoMLJobName(scope: Construct, id: string, autoMLJobName: string): IAutoMLJob {
    return new ImportedAutoMLJob(scope, id, existingByName(AUTOML, scope, autoMLJobName));
  }

  constructor(scope: Construct, id: string, props: AutoMLJobProps) {
    super(scope, id, AUTOML, props, AutoMLDefinition);
  }
}

class ImportedAutoMLJob extends Resource implements IAutoMLJob {
  public readonly autoMLJobArn: string;
  public readonly autoMLJobName: string;
  public readonly grants: AutoMLJobGrants;

  constructor(scope: Construct, id: string, { arn, name }: ExistingJob) {
    super(scope, id, { environmentFromArn: arn });
    this.autoMLJobArn = arn;
    this.autoMLJobName = name;
    this.grants = AutoMLJobGrants._of(() => arn);
  }
}
