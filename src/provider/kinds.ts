import { AUTOML_JOB, AUTOML_JOB_V2, AUTOML_MODEL, PROCESSING_JOB } from './contract';

/** How long the names of a kind may be, and how much of a generated one is that of the stack. */
export interface NameLengths {
  readonly longestName: number;
  readonly longestStackPart: number;
}

/** A kind of job, as far as names and permissions depend on it. */
export interface ProvidedKind extends NameLengths {
  /** The type of its custom resource. */
  readonly type: string;
  /** What ARNs call it. */
  readonly arnResource: string;
  /** The calls of the service: those that start a job, that look at it, and that end it or delete its record. */
  readonly create: readonly string[];
  readonly describe: string;
  readonly end: readonly string[];
  /** Where jobs of this kind write their logs, under streams that begin with their names. */
  readonly logGroup?: string;
}

/**
 * All kinds, by the types of their custom resources. Every stack may look at all of them and end its own, whatever it has
 * now: CloudFormation takes permissions away before the jobs that need them.
 */
export const PROVIDED_KINDS = {
  [PROCESSING_JOB]: {
    type: PROCESSING_JOB,
    arnResource: 'processing-job',
    longestName: 63,
    longestStackPart: 28,
    create: ['CreateProcessingJob'],
    describe: 'DescribeProcessingJob',
    end: ['DeleteProcessingJob', 'StopProcessingJob'],
    logGroup: '/aws/sagemaker/ProcessingJobs',
  },
  [AUTOML_JOB]: {
    type: AUTOML_JOB,
    arnResource: 'automl-job',
    longestName: 32,
    longestStackPart: 13,
    create: ['CreateAutoMLJob'],
    describe: 'DescribeAutoMLJobV2',
    end: ['StopAutoMLJob'],
  },
  [AUTOML_JOB_V2]: {
    type: AUTOML_JOB_V2,
    arnResource: 'automl-job',
    longestName: 32,
    longestStackPart: 13,
    create: ['CreateAutoMLJobV2'],
    describe: 'DescribeAutoMLJobV2',
    end: ['StopAutoMLJob'],
  },
  [AUTOML_MODEL]: {
    type: AUTOML_MODEL,
    arnResource: 'model',
    longestName: 63,
    longestStackPart: 28,
    create: ['CreateModel'],
    describe: 'DescribeModel',
    end: ['DeleteModel'],
  },
} as const satisfies Readonly<Record<string, ProvidedKind>>;
