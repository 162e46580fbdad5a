import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import {
  AthenaResultCompression, AthenaResultFormat, ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInputCompression,
  ProcessingInputMode, ProcessingInstanceType, ProcessingJob, ProcessingOutput, RedshiftResultCompression, RedshiftResultFormat, S3Location,
} from '../../../src/index';

/** Jobs that have all properties among them. */
function jobsWithEverything(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc');
  const key = new Key(stack, 'Key');
  const location = S3Location.fromUri('s3://bucket/prefix/');
  const options = { appManaged: false, localPath: '/opt/ml/processing/data', distribution: ProcessingDataDistribution.FULLY_REPLICATED };
  const query = { ...options, mode: ProcessingInputMode.FILE, database: 'db', outputEncryptionKey: key, outputLocation: location, queryString: 'select 1' };
  const common = {
    image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1'),
    entrypoint: ['run'],
    arguments: ['it'],
    environment: { A: 'b' },
    experiment: { experimentName: 'e', runName: 'r', trialComponentDisplayName: 'c', trialName: 't' },
    interContainerTrafficEncryption: true,
    networkIsolation: false,
    vpc,
    volumeEncryptionKey: key,
    outputEncryptionKey: key,
    maxRuntime: Duration.hours(1),
    inputs: {
      raw: ProcessingInput.fromS3(location, { ...options, mode: ProcessingInputMode.PIPE, compression: ProcessingInputCompression.GZIP }),
      athena: ProcessingInput.fromAthena({
        ...query, localPath: '/opt/ml/processing/athena', catalog: 'c', workGroup: 'w', outputFormat: AthenaResultFormat.ORC, outputCompression: AthenaResultCompression.ZLIB,
      }),
      redshift: ProcessingInput.fromRedshift({
        ...query,
        localPath: '/opt/ml/processing/redshift',
        clusterId: 'c',
        clusterRole: Role.fromRoleName(stack, 'ClusterRole', 'cluster'),
        dbUser: 'u',
        outputFormat: RedshiftResultFormat.CSV,
        outputCompression: RedshiftResultCompression.ZSTD,
      }),
    },
    outputs: {
      s3: ProcessingOutput.toS3(location, { appManaged: false }),
      features: ProcessingOutput.toFeatureGroup(CfnFeatureGroup.fromFeatureGroupName(stack, 'FeatureGroup', 'features')),
    },
  };
  new ProcessingJob(stack, 'OneType', { ...common, instanceType: ProcessingInstanceType.M5_LARGE, processingJobName: 'name' });
  new ProcessingJob(stack, 'Preferences', { ...common, instancePreferences: [{ instanceType: ProcessingInstanceType.M5_LARGE, instanceCount: 2 }] });
}

/** Requests that have all members among them. */
export function requestsWithEverything(): object[] {
  const stack = new Stack(new App(), 'Test');
  Tags.of(stack).add('team', 'data');
  jobsWithEverything(stack);
  return Object.values(Template.fromStack(stack).findResources('Custom::SageMakerProcessingJob'))
    .map(({ Properties: { Request, Tags: tags, JobName } }) => ({ ...Request, Tags: tags, ...JobName && { ProcessingJobName: JobName } }));
}
