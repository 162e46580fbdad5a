import { Resource } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { ProcessingJobReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { eventRule, forStateChange } from './events';
import { ProcessingJobGrants } from './grants';
import { logGroupOf, metricOf } from './metrics';
import { IProcessingJob, ProcessingJobMetricOptions } from './processing-job-interface';
import { ExistingJob } from '../job/job-arns';

/** An imported processing job. */
export class ImportedProcessingJob extends Resource implements IProcessingJob {
  public readonly processingJobArn: string;
  public readonly processingJobName: string;
  public readonly grants: ProcessingJobGrants;

  constructor(scope: Construct, id: string, { arn, name }: ExistingJob) {
    super(scope, id, { environmentFromArn: arn });
    this.processingJobArn = arn;
    this.processingJobName = name;
    this.grants = ProcessingJobGrants._of(() => arn);
  }

  public get processingJobRef(): ProcessingJobReference {
    return { processingJobArn: this.processingJobArn };
  }

  public get logGroup(): ILogGroup {
    return logGroupOf(this);
  }

  public metric(metricName: string, options?: ProcessingJobMetricOptions): Metric {
    return metricOf(this, metricName, options);
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
    return forStateChange(this.onEvent(id, options), 'Completed');
  }

  public onEvent(id: string, options?: OnEventOptions): Rule {
    return eventRule(this, [this.processingJobName], id, options);
  }

  public onFailed(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Failed');
  }

  public onStateChange(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options));
  }

  public onStopped(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Stopped');
  }
}
