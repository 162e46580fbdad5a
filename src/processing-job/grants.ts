import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IProcessingJobRef } from 'aws-cdk-lib/aws-sagemaker';

/** Lets principals see and stop a processing job. */
export class ProcessingJobGrants {
  /**
   * The grants of a processing job.
   *
   * @param processingJob - the job
   */
  public static fromProcessingJob(processingJob: IProcessingJobRef): ProcessingJobGrants {
    return new ProcessingJobGrants(processingJob);
  }

  private constructor(private readonly processingJob: IProcessingJobRef) {
  }

  /**
   * Lets a principal do some things with the job.
   *
   * @param grantee - the principal
   * @param actions - such as `sagemaker:ListTags`
   */
  public actions(grantee: IGrantable, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.processingJob.processingJobRef.processingJobArn] });
  }

  /**
   * Lets a principal see the job.
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
