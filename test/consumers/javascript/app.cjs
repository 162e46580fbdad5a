const { App, CfnOutput, Duration, Stack, Tags } = require('aws-cdk-lib');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const {
  ProcessingCode, ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput,
  S3Location, SklearnVersion,
} = require('cdk-sagemaker-jobs');

class JobsStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket');
    const image = ProcessingImage.scikitLearn(SklearnVersion.V1_2_1);

    const prepare = new ProcessingJob(this, 'Prepare', {
      image,
      code: ProcessingCode.fromAsset('scripts/prepare.py'),
      inputs: {
        raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/'), { distribution: ProcessingDataDistribution.SHARDED_BY_S3_KEY }),
        labels: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'labels/')),
      },
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
      },
      environment: { STAGE: 'test', SEED: '42', TEST_SHARE: '0.2', LABEL: 'species' },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      instanceCount: 2,
      completionTimeout: Duration.minutes(30),
    });
    Tags.of(prepare).add('team', 'data');
    Tags.of(prepare).add('stage', 'test');

    const evaluate = new ProcessingJob(this, 'Evaluate', {
      image,
      code: ProcessingCode.fromAsset('scripts/evaluate.py'),
      inputs: {
        train: ProcessingInput.fromS3(prepare.outputLocation('train')),
        test: ProcessingInput.fromS3(prepare.outputLocation('test')),
      },
      outputs: { report: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'report/')) },
      instanceType: ProcessingInstanceType.of('ml.m5.large'),
      maxRuntime: Duration.hours(1),
    });

    new CfnOutput(this, 'ExitMessage', { value: evaluate.exitMessage });
    new CfnOutput(this, 'Report', { value: evaluate.outputLocation('report').uri });
  }
}

const app = new App();
new JobsStack(app, 'Jobs');
app.synth();
