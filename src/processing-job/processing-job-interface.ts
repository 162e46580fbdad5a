import { IResource } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IProcessingJobRef } from 'aws-cdk-lib/aws-sagemaker';
import { ProcessingJobGrants } from './grants';

/**
 * Options of a metric of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export interface ProcessingJobMetricOptions extends MetricOptions {
  /**
   * Which instance of the job, counted from 1: at most the job's `instanceCount`.
   *
   * @default 1
   */
  readonly instance?: number;
}

/**
 * A processing job, of this app or one that exists already.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProcessingJob.html
 */
export interface IProcessingJob extends IResource, IProcessingJobRef {
  /**
   * What principals may do with the job.
   */
  readonly grants: ProcessingJobGrants;

  /**
   * The log group of the processing jobs of the account and Region. The streams of this one begin with its name and `/`.
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
   * @param options - period, statistic and the like
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  metric(metricName: string, options?: ProcessingJobMetricOptions): Metric;

  /**
   * The use of an instance's CPU cores: percent of one core, so up to 100 times their number. An average by default.
   *
   * @param options - period, statistic and the like
   */
  metricCpuUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The use of an instance's disk space, in percent. An average by default.
   *
   * @param options - period, statistic and the like
   */
  metricDiskUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The use of the memory of an instance's GPUs: percent of one, so up to 100 times their number. An average by default.
   *
   * @param options - period, statistic and the like
   */
  metricGpuMemoryUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The use of an instance's GPUs: percent of one, so up to 100 times their number. An average by default.
   *
   * @param options - period, statistic and the like
   */
  metricGpuUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * The use of an instance's memory, in percent. An average by default.
   *
   * @param options - period, statistic and the like
   */
  metricMemoryUtilization(options?: ProcessingJobMetricOptions): Metric;

  /**
   * A rule for the runs of the job that complete.
   *
   * @param id - the id of the rule
   * @param options - its target and the like
   */
  onCompleted(id: string, options?: OnEventOptions): Rule;

  /**
   * A rule for all events of the job's runs. An event can come twice.
   *
   * The rule exists before the job starts, so its target must not mention the job's name, which is not known then:
   * read it from the event, `EventField.fromPath('$.detail.ProcessingJobName')`. A rule in another stack (`crossStackScope`)
   * may come after the first events, and may mention the name.
   *
   * @param id - the id of the rule
   * @param options - its target and the like
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
   */
  onEvent(id: string, options?: OnEventOptions): Rule;

  /**
   * A rule for the runs of the job that fail.
   *
   * @param id - the id of the rule
   * @param options - its target and the like
   */
  onFailed(id: string, options?: OnEventOptions): Rule;

  /**
   * A rule for changes of the state of the job's runs: InProgress, Completed, Failed, Stopping, Stopped.
   *
   * @param id - the id of the rule
   * @param options - its target and the like
   */
  onStateChange(id: string, options?: OnEventOptions): Rule;

  /**
   * A rule for the runs of the job that are stopped, also by the service at `maxRuntime`.
   *
   * @param id - the id of the rule
   * @param options - its target and the like
   */
  onStopped(id: string, options?: OnEventOptions): Rule;
}
