import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { IDependable } from 'constructs';
import { AutoMLJobGrants, IAutoMLJob } from './automl-job-interface';
import { BaseAutoMLDefinition } from './base-definition';
import { JobBase } from '../job/job-base';

/**
 * The base of AutoML jobs for all problems.
 *
 * @internal
 */
export abstract class AutoMLJobBase extends JobBase implements IAutoMLJob {
  /** @internal */
  protected declare readonly _definition: BaseAutoMLDefinition;

  public readonly grants: AutoMLJobGrants = AutoMLJobGrants._of(() => this._grantedArn);

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

  /** @internal */
  public get _mayClassifyTables(): boolean {
    return this._definition.mayClassifyTables;
  }

  /** @internal */
  public get _hasProcessingUnits(): boolean {
    return this._definition.hasProcessingUnits;
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
