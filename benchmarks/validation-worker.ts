/** Measures how many requests are checked in a second: `node validation-worker.js` prints the rates. */
import { processingJobRules } from '../src/processing-job/rules';
import { CreateProcessingJobRequest } from '../src/service-model/requests';
import { requestProblems } from '../src/validation/model';

export interface ValidationRates {
  /** Requests a second: valid requests, and requests with faults. */
  readonly valid: number[];
  readonly faulty: number[];
  /** The number of faults in each faulty request. */
  readonly faults: number;
}

const input = (name: string) => ({
  InputName: name,
  S3Input: { LocalPath: `/opt/ml/processing/input/${name}`, S3DataType: 'S3Prefix', S3InputMode: 'File', S3Uri: `s3://data/${name}/` },
});
const output = (name: string) => ({
  OutputName: name,
  S3Output: { LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob', S3Uri: `s3://data/${name}/` },
});

const VALID: CreateProcessingJobRequest = {
  AppSpecification: {
    ImageUri: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
    ContainerEntrypoint: ['python3', '/opt/ml/processing/input/code/prepare.py'],
  },
  Environment: { SHARDS: '2' },
  ProcessingInputs: ['code', 'raw', 'reference'].map(input),
  ProcessingOutputConfig: { Outputs: ['test', 'train'].map(output) },
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
  RoleArn: 'arn:aws:iam::111122223333:role/jobs',
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
};

const FAULTY: CreateProcessingJobRequest = {
  ...VALID,
  AppSpecification: { ImageUri: 'an image\n', ContainerEntrypoint: [] },
  Environment: { 1: 'x'.repeat(300) },
  ProcessingInputs: [{ ...input('raw'), S3Input: { ...input('raw').S3Input, LocalPath: '/data', S3InputMode: 'Files', S3Uri: 'bucket' } }],
  ProcessingResources: { ClusterConfig: { InstanceCount: 0, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 0 } },
  RoleArn: 'jobs',
};

const BATCH_MILLISECONDS = 150;
const BATCHES = 12;

function check(request: CreateProcessingJobRequest): number {
  return requestProblems({ ...request, ProcessingJobName: 'job' }, 'CreateProcessingJobRequest').length + processingJobRules(request).length;
}

function rates(request: CreateProcessingJobRequest): number[] {
  return Array.from({ length: BATCHES }, () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < BATCH_MILLISECONDS) {
      check(request);
      count++;
    }
    return count / (performance.now() - start) * 1000;
  });
}

if (check(VALID) > 0) {
  throw new Error('The valid request is not valid.');
}
// Let the JavaScript engine compile the code before the measurement.
rates(VALID);
rates(FAULTY);
const result: ValidationRates = { valid: rates(VALID), faulty: rates(FAULTY), faults: check(FAULTY) };
console.log(JSON.stringify(result));
