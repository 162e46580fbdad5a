import { ProvidedKind } from './provided-kind';
import { PROCESSING_JOB } from '../contract';

export const PROVIDED_PROCESSING_JOB = {
  type: PROCESSING_JOB,
  arnResource: 'processing-job',
  longestName: 63,
  longestStackPart: 28,
  create: ['CreateProcessingJob'],
  describe: 'DescribeProcessingJob',
  end: ['DeleteProcessingJob', 'StopProcessingJob'],
  logGroup: '/aws/sagemaker/ProcessingJobs',
} as const satisfies ProvidedKind;
