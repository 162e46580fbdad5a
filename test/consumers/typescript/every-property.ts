// Every property of a processing job: as every_property.py.
import { App, CfnOutput, CfnParameter, Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import {
  AthenaResultFormat, ProcessingCode, ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInputCompression, ProcessingInputMode,
  ProcessingInstanceType, ProcessingJob, ProcessingJobRemovalPolicy, ProcessingOutput, ProcessingUploadMode, RedshiftResultFormat, S3Location,
} from 'cdk-sagemaker-jobs';

const app = new App();
const stack = new Stack(app, 'Jobs');
const bucket = new Bucket(stack, 'Bucket');
const key = new Key(stack, 'Key');
const instances = new CfnParameter(stack, 'Instances', { type: 'Number', default: 1 });

const minimal = new ProcessingJob(stack, 'Minimal', {
  image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13'),
  instanceType: ProcessingInstanceType.M5_XLARGE,
});

const prepare = new ProcessingJob(stack, 'Prepare', {
  arguments: ['--days', '30'],
  code: ProcessingCode.fromAsset('scripts/prepare.py', { command: ['python3', '-u'] }),
  completionTimeout: Duration.minutes(90),
  environment: { STAGE: 'prod', EMPTY: '', B: 'two\nlines', A: 'ü' },
  experiment: { experimentName: 'churn', trialName: 'first' },
  image: ProcessingImage.fromEcrRepository(new Repository(stack, 'Images'), '1.0'),
  inputs: {
    raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/'), {
      compression: ProcessingInputCompression.GZIP,
      distribution: ProcessingDataDistribution.SHARDED_BY_S3_KEY,
      localPath: '/opt/ml/processing/data',
      mode: ProcessingInputMode.PIPE,
    }),
    manifest: ProcessingInput.fromManifest(S3Location.fromUri('s3://other/manifest.json')),
    own: ProcessingInput.fromS3(S3Location.fromUri('s3://other/own/'), { appManaged: true }),
    athena: ProcessingInput.fromAthena({
      database: 'sales',
      outputFormat: AthenaResultFormat.PARQUET,
      outputLocation: S3Location.fromBucket(bucket, 'athena/'),
      queryString: 'select 1',
    }),
    redshift: ProcessingInput.fromRedshift({
      clusterId: 'cluster',
      clusterRole: Role.fromRoleArn(stack, 'ClusterRole', 'arn:aws:iam::123456789012:role/cluster'),
      database: 'sales',
      dbUser: 'reader',
      outputFormat: RedshiftResultFormat.CSV,
      outputLocation: S3Location.fromBucket(bucket, 'redshift/'),
      queryString: 'select 1',
    }),
  },
  instanceCount: instances.valueAsNumber,
  instanceType: ProcessingInstanceType.of('ml.m5.large'),
  interContainerTrafficEncryption: true,
  maxRuntime: Duration.hours(1),
  networkIsolation: false,
  outputEncryptionKey: key,
  outputs: {
    train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/'), { uploadMode: ProcessingUploadMode.CONTINUOUS }),
    features: ProcessingOutput.toFeatureGroup(CfnFeatureGroup.fromFeatureGroupName(stack, 'Features', 'features')),
  },
  removalPolicy: ProcessingJobRemovalPolicy.DELETE,
  rerunTrigger: '2026-11-23',
  volumeEncryptionKey: key,
  volumeSize: Size.gibibytes(50),
  vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
  vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
});
prepare.addEnvironment('ADDED', 'later');
prepare.addInput('added', ProcessingInput.fromS3(S3Location.fromUri('s3://other/added/')));
prepare.addOutput('results', ProcessingOutput.toS3(S3Location.fromUri('s3://other/results/')));
prepare.addRequestOverride('NewMember', { Count: 5, Flag: true, Text: 'x', List: [1, 2.5] });
prepare.addRequestOverride('ProcessingInputs.0.NewFlag', false);
prepare.addRequestDeletionOverride('ExperimentConfig.TrialName');
Tags.of(prepare).add('team', 'data');

const evaluate = new ProcessingJob(stack, 'Evaluate', {
  image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/evaluate:1'),
  inputs: { train: ProcessingInput.fromS3(prepare.outputLocation('train')) },
  instancePreferences: [
    { instanceType: ProcessingInstanceType.M5_XLARGE, instanceCount: 2 }, { instanceType: ProcessingInstanceType.C5_XLARGE, instanceCount: 4 },
  ],
  processingJobName: 'evaluate',
});
evaluate.node.addDependency(minimal);

new CfnOutput(stack, 'Message', { value: evaluate.exitMessage });
new CfnOutput(stack, 'Name', { value: prepare.processingJobName });
new CfnOutput(stack, 'Imported', { value: ProcessingJob.fromProcessingJobName(stack, 'Nightly', 'nightly').processingJobArn });
app.synth();
