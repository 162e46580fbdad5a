import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IProcessingJobRef } from 'aws-cdk-lib/aws-sagemaker';
import { spellingsOf } from '../provider/stack-names';
import { requireType } from '../validation/problems';
import { A_GRANTEE, having } from '../validation/value-types';

const A_PROCESSING_JOB = having('a processing job', 'Use a ProcessingJob, or ProcessingJob.fromProcessingJobName(…).', 'processingJobRef');

/**
 * Grants permissions on a processing job.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export class ProcessingJobGrants {
  /**
   * The grants of a processing job.
   *
   * @param processingJob - the job
   */
  public static fromProcessingJob(processingJob: IProcessingJobRef): ProcessingJobGrants {
    requireType('ProcessingJobGrants.fromProcessingJob', 'processingJob', processingJob, A_PROCESSING_JOB);
    const { grants } = processingJob as { grants?: unknown };
    return grants instanceof ProcessingJobGrants ? grants : new ProcessingJobGrants(() => processingJob.processingJobRef.processingJobArn);
  }

  /** @internal */
  public static _of(arn: () => string): ProcessingJobGrants {
    return new ProcessingJobGrants(arn);
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
    requireType('ProcessingJobGrants', 'grantee', grantee, A_GRANTEE);
    return Grant.addToPrincipal({ grantee, actions, resourceArns: spellingsOf(this.arn()) });
  }

  /**
   * Lets a principal describe the job.
   *
   * @param grantee - the principal
   */
  public describe(grantee: IGrantable): Grant {
    return this.actions(grantee, 'sagemaker:DescribeProcessingJob');
  }

  /**
   * Lets a principal stop the job.
   *
   * @param grantee - the principal
   */
  public stop(grantee: IGrantable): Grant {
    return this.actions(grantee, 'sagemaker:StopProcessingJob');
  }
}
