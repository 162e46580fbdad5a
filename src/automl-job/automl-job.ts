import { Resource } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { AUTOML, AutoMLDefinition } from './automl-definition';
import { AutoMLJobGrants, IAutoMLJob } from './automl-job-interface';
import { AutoMLJobProps } from './automl-job-props';
import { ExistingJob, existingByArn, existingByName } from '../job/job-arns';
import { JobBase } from '../job/job-base';

/**
 * An AutoML job of SageMaker Autopilot that the deployment runs: it trains many models on tabular data and finds the best.
 *
 * The job runs when it is created, and again when its definition or `rerunTrigger` changes. Changes of tags or of other resources and
 * rollbacks do not run it. By default the deployment does not wait for the job: see `completionTimeout`. It does wait when something
 * reads the best candidate, such as an `AutoMLModel`.
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
export class AutoMLJob extends JobBase implements IAutoMLJob {
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

  /** @internal */
  protected declare readonly _definition: AutoMLDefinition;

  public readonly grants: AutoMLJobGrants = AutoMLJobGrants._of(() => this._grantedArn);

  /**
   * Defines a job. Throws one error with all problems of the properties.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id, unique in its parent
   * @param props - the properties of the job
   */
  constructor(scope: Construct, id: string, props: AutoMLJobProps) {
    super(scope, id, AUTOML, props, AutoMLDefinition);
  }

  /**
   * The end of the job, for what has to come after it: `endpoint.node.addDependency(job.completion)`. A dependency on the job
   * itself waits for its start alone.
   *
   * Reading it makes the deployment wait for the job.
   */
  public get completion(): IDependable {
    return this._completion();
  }

  public get autoMLJobArn(): string {
    return this._arn;
  }

  public get autoMLJobName(): string {
    return this._name;
  }

  /**
   * The name of the best candidate.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateName(): string {
    return this.ofBestCandidate('bestCandidateName', 'BestCandidateName');
  }

  /**
   * The name of the metric by which the best candidate is the best, such as `F1`.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateMetricName(): string {
    return this.ofBestCandidate('bestCandidateMetricName', 'BestCandidateMetricName');
  }

  /**
   * The value of the best candidate's metric: a number, as text.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateMetricValue(): string {
    return this.ofBestCandidate('bestCandidateMetricValue', 'BestCandidateMetricValue');
  }

  /**
   * The name of the endpoint that the service has created outside of the stack, for a job with a `deployment`. The endpoint costs money
   * until you delete it.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get deployedEndpointName(): string {
    if (this._definition.props.deployment === undefined) {
      throw new Error(`${this.node.path}.deployedEndpointName: the job deploys nothing. Give it a deployment, or use AutoMLModel.`);
    }
    return this._completionAttribute('DeployedEndpointName');
  }

  /** @internal */
  public get _hasBestCandidate(): boolean {
    return this._definition.hasBestCandidate;
  }

  /**
   * Lets a role read what the job writes.
   *
   * @internal
   */
  public _grantReadArtifacts(role: IRole): (Grant | undefined)[] {
    return this._definition.grantReadArtifacts(role);
  }

  private ofBestCandidate(property: string, attribute: string): string {
    if (!this._definition.hasBestCandidate) {
      throw new Error(`${this.node.path}.${property}: there is no best candidate. Leave out generateCandidateDefinitionsOnly.`);
    }
    return this._completionAttribute(attribute);
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
