import { IResource, Resource } from 'aws-cdk-lib';
import { AutoMLJobGrants } from './grants';

/**
 * An AutoML job, of this app or one that exists already.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeAutoMLJobV2.html
 */
export interface IAutoMLJob extends IResource {
  /**
   * The ARN of the job.
   *
   * @attribute
   */
  readonly autoMLJobArn: string;

  /**
   * The name of the job.
   *
   * @attribute
   */
  readonly autoMLJobName: string;

  /**
   * What principals may do with the job.
   */
  readonly grants: AutoMLJobGrants;
}

/**
 * What created and imported AutoML jobs have in common.
 *
 * @internal
 */
export abstract class AutoMLJobBase extends Resource implements IAutoMLJob {
  public abstract readonly autoMLJobArn: string;
  public abstract readonly autoMLJobName: string;
  public readonly grants: AutoMLJobGrants = AutoMLJobGrants._of(() => this._grantedArn);

  /**
   * The ARN that principals get permissions on.
   *
   * @internal
   */
  protected get _grantedArn(): string {
    return this.autoMLJobArn;
  }
}
