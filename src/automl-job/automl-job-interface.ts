import { IResource } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { spellingsOf } from '../provider/stack-names';
import { requireType } from '../validation/problems';
import { A_GRANTEE, having } from '../validation/value-types';

export const AN_AUTOML_JOB = having('an AutoML job', 'Use an AutoMLJob, or AutoMLJob.fromAutoMLJobName(…).', 'autoMLJobName', 'autoMLJobArn');

/**
 * An AutoML job: of this app or imported.
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
   * Grants permissions on the job to principals.
   */
  readonly grants: AutoMLJobGrants;
}

/**
 * Grants permissions on an AutoML job.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export class AutoMLJobGrants {
  /**
   * The grants of an AutoML job.
   *
   * @param autoMLJob - the job
   */
  public static fromAutoMLJob(autoMLJob: IAutoMLJob): AutoMLJobGrants {
    requireType('AutoMLJobGrants.fromAutoMLJob', 'autoMLJob', autoMLJob, AN_AUTOML_JOB);
    return autoMLJob.grants ?? new AutoMLJobGrants(() => autoMLJob.autoMLJobArn);
  }

  /** @internal */
  public static _of(arn: () => string): AutoMLJobGrants {
    return new AutoMLJobGrants(arn);
  }

  private constructor(private readonly arn: () => string) {
  }

  /**
   * Grants actions on the job.
   *
   * @param grantee - the principal
   * @param actions - the actions, such as `sagemaker:ListTags`
   */
  public actions(grantee: IGrantable, ...actions: string[]): Grant {
    requireType('AutoMLJobGrants', 'grantee', grantee, A_GRANTEE);
    return Grant.addToPrincipal({ grantee, actions, resourceArns: spellingsOf(this.arn()) });
  }

  /**
   * Lets a principal describe the job and its best candidate.
   *
   * @param grantee - the principal
   */
  public describe(grantee: IGrantable): Grant {
    return this.actions(grantee, 'sagemaker:DescribeAutoMLJob', 'sagemaker:DescribeAutoMLJobV2');
  }

  /**
   * Lets a principal stop the job.
   *
   * @param grantee - the principal
   */
  public stop(grantee: IGrantable): Grant {
    return this.actions(grantee, 'sagemaker:StopAutoMLJob');
  }
}
