import {
  AutoMLCandidate, CreateAutoMLJobCommand, CreateAutoMLJobCommandInput, DescribeAutoMLJobV2Command, StopAutoMLJobCommand,
} from '@aws-sdk/client-sagemaker';
import { JobKind, JobStatus } from './job-kind';
import { AUTOML_JOB } from '../../provider/contract';

/** The service cannot delete the record of an AutoML job. An AutoML job has no log: the jobs that it starts have. */
export const autoMLJob: JobKind = {
  type: AUTOML_JOB,
  noun: 'AutoML job',
  creation: 'started',
  requestShape: 'CreateAutoMLJobRequest',
  nameMember: 'AutoMLJobName',
  noAttributes: { BestCandidateName: '', BestCandidateMetricName: '', BestCandidateMetricValue: '', DeployedEndpointName: '' },

  async create(sageMaker, request) {
    await sageMaker.send(new CreateAutoMLJobCommand(request as CreateAutoMLJobCommandInput));
  },
  async describe(sageMaker, name) {
    // DescribeAutoMLJobV2 describes jobs of both versions, DescribeAutoMLJob does not.
    const job = await sageMaker.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: name }));
    const { CandidateName, FinalAutoMLJobObjectiveMetric: metric } = job.BestCandidate ?? {};
    return {
      name,
      arn: job.AutoMLJobArn!,
      status: statusOf(job.AutoMLJobStatus!, job.BestCandidate),
      createdAt: job.CreationTime!,
      endedAt: job.EndTime,
      securityGroupIds: job.SecurityConfig?.VpcConfig?.SecurityGroupIds ?? [],
      explanations: [
        ['FailureReason', job.FailureReason],
        ['Secondary status', job.AutoMLJobSecondaryStatus],
        ...(job.PartialFailureReasons ?? []).map(({ PartialFailureMessage }) => ['Partial failure', PartialFailureMessage] as const),
      ],
      attributes: {
        BestCandidateName: CandidateName ?? '',
        BestCandidateMetricName: metric?.StandardMetricName ?? metric?.MetricName ?? '',
        BestCandidateMetricValue: String(metric?.Value ?? ''),
        DeployedEndpointName: job.ModelDeployResult?.EndpointName ?? '',
      },
    };
  },
  async stop(sageMaker, name) {
    await sageMaker.send(new StopAutoMLJobCommand({ AutoMLJobName: name }));
  },
};

/** A stopped job with a best candidate has completed, since the service also stops jobs at their own limits. */
function statusOf(status: JobStatus, bestCandidate: AutoMLCandidate | undefined): JobStatus {
  return status === 'Stopped' && bestCandidate ? 'Completed' : status;
}
