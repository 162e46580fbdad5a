import {
  CreateProcessingJobCommand, CreateProcessingJobCommandInput, DeleteProcessingJobCommand, DescribeProcessingJobCommand, StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { JobKind } from './job-kind';
import { PROCESSING_JOB } from '../../provider/contract';

export const processingJob: JobKind = {
  type: PROCESSING_JOB,
  noun: 'processing job',
  creation: 'started',
  requestShape: 'CreateProcessingJobRequest',
  nameMember: 'ProcessingJobName',
  logGroup: '/aws/sagemaker/ProcessingJobs',
  consolePath: 'processing-jobs',
  noAttributes: { ExitMessage: '' },

  async create(sageMaker, request) {
    await sageMaker.send(new CreateProcessingJobCommand(request as CreateProcessingJobCommandInput));
  },
  async describe(sageMaker, name) {
    const job = await sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
    return {
      name,
      arn: job.ProcessingJobArn!,
      status: job.ProcessingJobStatus!,
      createdAt: job.CreationTime!,
      endedAt: job.ProcessingEndTime,
      securityGroupIds: job.NetworkConfig?.VpcConfig?.SecurityGroupIds ?? [],
      explanations: [['FailureReason', job.FailureReason], ['ExitMessage', job.ExitMessage]],
      attributes: { ExitMessage: job.ExitMessage ?? '' },
    };
  },
  async stop(sageMaker, name) {
    await sageMaker.send(new StopProcessingJobCommand({ ProcessingJobName: name }));
  },
  async delete(sageMaker, name) {
    await sageMaker.send(new DeleteProcessingJobCommand({ ProcessingJobName: name }));
  },
};
