import { join } from 'path';
import { CfnOutput, Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, SparkVersion,
} from '../../src';

/** Aggregates a data set with Spark on several instances, which read and write S3 themselves. */
export class SparkStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const strikes = S3Location.fromAsset(
      new Asset(this, 'Strikes', { path: join(__dirname, '../../node_modules/vega-datasets/data/birdstrikes.csv') }));
    const costs = S3Location.fromBucket(new Bucket(this, 'Bucket', { enforceSSL: true }), 'costs/');

    const aggregate = new ProcessingJob(this, 'Aggregate', {
      image: ProcessingImage.spark(SparkVersion.V3_5),
      // The container runs the script with smspark-submit, which makes a cluster of the instances.
      code: ProcessingCode.fromAsset(join(__dirname, 'aggregate.py')),
      arguments: ['--strikes', strikes.uri, '--costs', costs.uri],
      // Spark reads and writes S3 itself, so nothing is copied. The job gets the permissions, and SageMaker records the lineage.
      inputs: { strikes: ProcessingInput.fromS3(strikes, { appManaged: true }) },
      outputs: { costs: ProcessingOutput.toS3(costs, { appManaged: true }) },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      instanceCount: 2,
      volumeSize: Size.gibibytes(50),
      maxRuntime: Duration.hours(1),
      completionTimeout: Duration.minutes(90),
    });

    new CfnOutput(this, 'Costs', { value: aggregate.outputLocation('costs').uri });
  }
}
