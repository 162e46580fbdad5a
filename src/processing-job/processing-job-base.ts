import { ArnFormat, IResource, Resource } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { IProcessingJobRef, ProcessingJobReference } from 'aws-cdk-lib/aws-sagemaker';
import { ProcessingJobGrants } from './grants';

/** The log group of all processing jobs of an account and Region, and the namespace of their metrics. */
export const PROCESSING_JOBS = '/aws/sagemaker/ProcessingJobs';

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
   * read it from the event, `EventField.fromPath('$.detail.ProcessingJobName')`.
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

/**
 * What created and imported processing jobs have in common.
 *
 * @internal
 */
export abstract class ProcessingJobBase extends Resource implements IProcessingJob {
  public abstract readonly processingJobArn: string;
  public abstract readonly processingJobName: string;
  public readonly grants: ProcessingJobGrants = ProcessingJobGrants._of(() => this._grantedArn);

  /**
   * The names of the job's runs, as an event pattern matches them.
   *
   * @internal
   */
  protected abstract readonly _eventNames: any[];

  /**
   * The ARN that principals get permissions on.
   *
   * @internal
   */
  protected get _grantedArn(): string {
    return this.processingJobArn;
  }

  public get processingJobRef(): ProcessingJobReference {
    return { processingJobArn: this.processingJobArn };
  }

  public get logGroup(): ILogGroup {
    return this.node.tryFindChild('LogGroup') as ILogGroup | undefined ?? LogGroup.fromLogGroupArn(this, 'LogGroup', this.stack.formatArn({
      ...this.env, service: 'logs', resource: 'log-group', resourceName: PROCESSING_JOBS, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }));
  }

  public metric(metricName: string, options: ProcessingJobMetricOptions = {}): Metric {
    const { instance, ...metricOptions } = options;
    return new Metric({
      namespace: PROCESSING_JOBS,
      metricName,
      dimensionsMap: { Host: `${this.processingJobName}/algo-${instance ?? 1}` },
      ...metricOptions,
    }).attachTo(this);
  }

  public metricCpuUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('CPUUtilization', options);
  }

  public metricDiskUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('DiskUtilization', options);
  }

  public metricGpuMemoryUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('GPUMemoryUtilization', options);
  }

  public metricGpuUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('GPUUtilization', options);
  }

  public metricMemoryUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('MemoryUtilization', options);
  }

  public onCompleted(id: string, options?: OnEventOptions): Rule {
    return this.ruleFor(id, options, 'Completed');
  }

  public onEvent(id: string, options: OnEventOptions = {}): Rule {
    const { crossStackScope, target, ...ruleOptions } = options;
    const rule = new Rule(crossStackScope ?? this, id, ruleOptions);
    rule.addEventPattern({ source: ['aws.sagemaker'], detail: { ProcessingJobName: this._eventNames } });
    rule.addTarget(target);
    return rule;
  }

  public onFailed(id: string, options?: OnEventOptions): Rule {
    return this.ruleFor(id, options, 'Failed');
  }

  public onStateChange(id: string, options?: OnEventOptions): Rule {
    const rule = this.onEvent(id, options);
    rule.addEventPattern({ detailType: ['SageMaker Processing Job State Change'] });
    return rule;
  }

  public onStopped(id: string, options?: OnEventOptions): Rule {
    return this.ruleFor(id, options, 'Stopped');
  }

  private ruleFor(id: string, options: OnEventOptions | undefined, status: string): Rule {
    const rule = this.onStateChange(id, options);
    rule.addEventPattern({ detail: { ProcessingJobStatus: [status] } });
    return rule;
  }
}
