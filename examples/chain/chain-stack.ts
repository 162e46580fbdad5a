import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

/** Runs two jobs one after the other: the second reads the output of the first, and so waits for it. */
export class ChainStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const weather = new Asset(this, 'Weather', { path: join(__dirname, '../../node_modules/vega-datasets/data/seattle-weather.csv') });
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });
    const common = {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(20),
    };

    const clean = new ProcessingJob(this, 'Clean', {
      ...common,
      code: ProcessingCode.fromAsset(join(__dirname, 'clean.py')),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(weather)) },
      outputs: { days: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'days/')) },
    });
    const features = new ProcessingJob(this, 'Features', {
      ...common,
      code: ProcessingCode.fromAsset(join(__dirname, 'features.py')),
      environment: { DAYS_BACK: '3' },
      inputs: { days: ProcessingInput.fromS3(clean.outputLocation('days')) },
      outputs: { features: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'features/')) },
      // Without the trigger, this job would not run again when the first job has.
      rerunTrigger: clean.processingJobName,
    });

    new CfnOutput(this, 'CleanJob', { value: clean.processingJobName });
    new CfnOutput(this, 'FeaturesJob', { value: features.processingJobName });
    new CfnOutput(this, 'Summary', { value: features.exitMessage });
    new CfnOutput(this, 'FeatureData', { value: features.outputLocation('features').uri });
  }
}
