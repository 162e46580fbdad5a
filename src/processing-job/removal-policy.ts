/**
 * What happens to a processing job when it is replaced or its resource is removed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopProcessingJob.html
 */
export enum ProcessingJobRemovalPolicy {
  /** A running job is stopped. The service keeps its record. */
  STOP = 'STOP',
  /** A running job is stopped, and its record is deleted, so that its name can be used again. */
  DELETE = 'DELETE',
  /**
   * The job is left alone, even while it runs. The role and the security group that the library made for it are retained as well: delete
   * them when the job has ended. You have to retain those that you gave.
   */
  RETAIN = 'RETAIN',
}
