import { IResource, Resource } from 'aws-cdk-lib';
import { AutoMLJobGrants } from './grants';

/** An AutoML job. */
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
