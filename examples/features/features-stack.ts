import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

/** Prepares features with scikit-learn: numbers are imputed and scaled, categories are encoded, the rows are split. */
export class FeaturesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const cars = new Asset(this, 'Cars', { path: join(__dirname, '../../node_modules/vega-datasets/data/cars.json') });
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });

    const prepare = new ProcessingJob(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'prepare.py')),
      arguments: ['--target', 'Miles_per_Gallon', '--test-share', '0.25'],
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(cars)) },
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
        // The fitted transformer, for the rows to predict.
        transformer: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'transformer/')),
      },
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(30),
      // The deployment waits for the job, and fails if it fails.
      completionTimeout: Duration.minutes(45),
    });

    new CfnOutput(this, 'Features', { value: prepare.exitMessage });
    new CfnOutput(this, 'TrainingData', { value: prepare.outputLocation('train').uri });
    new CfnOutput(this, 'TestData', { value: prepare.outputLocation('test').uri });
    new CfnOutput(this, 'Transformer', { value: prepare.outputLocation('transformer').uri });
  }
}
