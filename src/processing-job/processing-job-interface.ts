import { IResource } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IProcessingJobRef } from 'aws-cdk-lib/aws-sagemaker';
import { ProcessingJobGrants } from './grants';

/**
 * Options for a metric of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export interface ProcessingJobMetricOptions extends MetricOptions {
  /**
   * The number of the instance, from 1 to the job's `instanceCount`.
   *
   * @default 1
   */
  readonly instance?: number;
}

/**
 * A processing job: of this app or imported.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProcessingJob.html
 */
export interface IProcessingJob extends IResource, IProcessingJobRef {
  /**
   * Grants permissions on the job to principals.
   */
  readonly grants: ProcessingJobGrants;

  /**
   * The log group of all processing jobs of the account and Region. The names of this job's streams begin with the job's name and `/`.
   */
  readonly logGroup: ILogGroup;

  /**
   * The ARN of the job.
   *
   * @attribute
   */
  readonly processingJobArn: string;

  /**
   * The name of the job.
   *
   * @attribute
   */
  readonly processingJobName: string;

  /**
   * A metric of the job's instances.
   *
   * @param metricName - such as `CPUUtilization`
   * @param options - options such as the period and the statistic
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  metric(metricName: string, options?: ProcessingJobMetricOptions): Metric;

  /**
   * The CPU utilization of an instance: percent of one core, so up to 100 times the number of cores. The average by default.
   *
   * @param options - options such as the period and the statistic
   */
  metricCpuUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The disk utilization of an instance, in percent. The average by default.
   *
   * @param options - options such as the period and the statistic
   */
  metricDiskUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The GPU memory utilization of an instance: percent of one GPU, so up to 100 times the number of GPUs. The average by default.
   *
   * @param options - options such as the period and the statistic
   */
  metricGpuMemoryUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The GPU utilization of an instance: percent of one GPU, so up to 100 times the number of GPUs. The average by default.
   *
   * @param options - options such as the period and the statistic
   */
  metricGpuUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The memory utilization of an instance, in percent. The average by default.
   *
   * @param options - options such as the period and the statistic
   */
  metricMemoryUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * Makes a rule for runs of the job that complete.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  onCompleted(id: string, options?: OnEventOptions): Rule;

  /**
   * Makes a rule for all events of the job's runs. The same event can be delivered twice.
   *
   * The rule is created before the job, so its target cannot refer to the job's name. Read the name from the event:
   * `EventField.fromPath('$.detail.ProcessingJobName')`. A rule in another stack (`crossStackScope`)
   * may come after the first events, and may mention the name. If nothing in that stack needs this one, `job.node.addDependency(rule)`
   * has the rule created before the job, also in nested stacks.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
   */
  onEvent(id: string, options?: OnEventOptions): Rule;

  /**
   * Makes a rule for runs of the job that fail.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  onFailed(id: string, options?: OnEventOptions): Rule;

  /**
   * Makes a rule for changes of the status of the job's runs: InProgress, Completed, Failed, Stopping, Stopped.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  onStateChange(id: string, options?: OnEventOptions): Rule;

  /**
   * Makes a rule for runs of the job that are stopped, including those that the service stops at `maxRuntime`.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  onStopped(id: string, options?: OnEventOptions): Rule;
}
