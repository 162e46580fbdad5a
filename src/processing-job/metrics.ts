import { ArnFormat, Token } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { IProcessingJob, ProcessingJobMetricOptions } from './processing-job-interface';
import { SOME_OPTIONS } from '../validation/options';
import { requireType, requireTypeIfGiven } from '../validation/problems';
import { A_NAME } from '../validation/value-types';

/** The log group of all processing jobs of an account and Region, and the namespace of their metrics. */
export const PROCESSING_JOBS = '/aws/sagemaker/ProcessingJobs';

const LOG_GROUP_ID = 'JobLogGroup';

/** Makes a metric of an instance of a job. */
export function metricOf(job: IProcessingJob, metricName: string, options?: ProcessingJobMetricOptions, instances = Infinity): Metric {
  const method = `${job.node.path}.metric`;
  requireType(method, 'metricName', metricName, A_NAME);
  requireTypeIfGiven(method, 'options', options, SOME_OPTIONS);
  const { instance, ...metricOptions } = options ?? {};
  requireTypeIfGiven(method, 'instance', instance, {
    name: Number.isFinite(instances) ? `a whole number from 1 to ${instances}, for the job has no more instances` : 'a whole number, at least 1',
    test: (value) => Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= instances),
    remedy: () => 'Instances are counted from 1.',
  });
  return new Metric({
    namespace: PROCESSING_JOBS,
    metricName,
    dimensionsMap: { Host: `${job.processingJobName}/algo-${instance ?? 1}` },
    ...metricOptions,
  }).attachTo(job);
}

/** The log group of the account and Region of a job. */
export function logGroupOf(job: IProcessingJob): ILogGroup {
  return job.node.tryFindChild(LOG_GROUP_ID) as ILogGroup | undefined ?? LogGroup.fromLogGroupArn(job, LOG_GROUP_ID, job.stack.formatArn({
    ...job.env, service: 'logs', resource: 'log-group', resourceName: PROCESSING_JOBS, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  }));
}
