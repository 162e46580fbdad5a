import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ProcessingImage, ProcessingInput, ProcessingInputCompression, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location,
  ScikitLearnVersion,
} from '../../src';

export interface Fault {
  readonly what: string;
  /** The faulty member of the API request. */
  readonly member: string;
}

/** The faults of the job. */
export const FAULTS: readonly Fault[] = [
  { what: 'an underscore in the name', member: 'ProcessingJobName' },
  { what: 'an instance type without `ml.`', member: 'ProcessingResources.ClusterConfig.InstanceType' },
  { what: 'no instances', member: 'ProcessingResources.ClusterConfig.InstanceCount' },
  { what: 'a volume of 20,000 GiB', member: 'ProcessingResources.ClusterConfig.VolumeSizeInGB' },
  { what: 'an environment variable that begins with a digit', member: 'Environment.1ST_RUN' },
  { what: 'an environment variable of more than 256 characters', member: 'Environment.QUERY' },
  { what: 'an input outside of `/opt/ml/processing/`', member: 'ProcessingInputs.0.S3Input.LocalPath' },
  { what: 'gzip decompression without Pipe mode', member: 'ProcessingInputs.0.S3Input.S3CompressionType' },
  { what: 'an output that is not in S3', member: 'ProcessingOutputConfig.Outputs.0.S3Output.S3Uri' },
  { what: 'ten days to run', member: 'StoppingCondition.MaxRuntimeInSeconds' },
];

const ROLE_ARN = 'arn:aws:iam::123456789012:role/jobs';
const QUERY = `SELECT ${'column, '.repeat(36)}x FROM t`;

/** The faulty job as an API request. */
export const REQUEST = {
  ProcessingJobName: 'prepare_customers',
  AppSpecification: {
    ImageUri: '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
    ContainerEntrypoint: ['python3', '-m', 'prepare'],
  },
  Environment: { '1ST_RUN': 'yes', 'QUERY': QUERY },
  ProcessingInputs: [{
    InputName: 'raw',
    S3Input: { S3Uri: 's3://customers/raw/', LocalPath: '/data/raw', S3DataType: 'S3Prefix', S3InputMode: 'File', S3CompressionType: 'Gzip' },
  }],
  ProcessingOutputConfig: {
    Outputs: [{ OutputName: 'train', S3Output: { S3Uri: 'customers/train/', LocalPath: '/opt/ml/processing/output/train', S3UploadMode: 'EndOfJob' } }],
  },
  ProcessingResources: { ClusterConfig: { InstanceCount: 0, InstanceType: 'm5.xlarge', VolumeSizeInGB: 20_000 } },
  RoleArn: ROLE_ARN,
  StoppingCondition: { MaxRuntimeInSeconds: 10 * 24 * 60 * 60 },
};

/** The same faulty job, made with this library. */
export function newFaultyJob(stack: Stack): ProcessingJob {
  return new ProcessingJob(stack, 'Prepare', {
    processingJobName: 'prepare_customers',
    image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
    entrypoint: ['python3', '-m', 'prepare'],
    environment: { '1ST_RUN': 'yes', 'QUERY': QUERY },
    inputs: {
      raw: ProcessingInput.fromS3(S3Location.fromUri('s3://customers/raw/'), { localPath: '/data/raw', compression: ProcessingInputCompression.GZIP }),
    },
    outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('customers/train/')) },
    instanceCount: 0,
    instanceType: ProcessingInstanceType.of('m5.xlarge'),
    volumeSize: Size.gibibytes(20_000),
    role: Role.fromRoleArn(stack, 'Role', ROLE_ARN),
    maxRuntime: Duration.days(10),
  });
}
