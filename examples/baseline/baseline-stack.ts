import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location } from '../../src';

const INPUT = '/opt/ml/processing/input/baseline_dataset_input';
const OUTPUT = '/opt/ml/processing/output';

/** Computes the statistics and constraints of a data set. SageMaker Model Monitor compares later data with them. */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const weather = new Asset(this, 'Weather', { path: join(__dirname, '../../node_modules/vega-datasets/data/seattle-weather.csv') });
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });

    const baseline = new ProcessingJob(this, 'Baseline', {
      image: ProcessingImage.modelMonitor(),
      // The container takes its settings from the environment: it has no arguments.
      environment: {
        dataset_format: JSON.stringify({ csv: { header: true, output_columns_position: 'START' } }),
        dataset_source: INPUT,
        output_path: OUTPUT,
        publish_cloudwatch_metrics: 'Disabled',
      },
      inputs: { baseline_dataset_input: ProcessingInput.fromS3(S3Location.fromAsset(weather), { localPath: INPUT }) },
      outputs: { monitoring_output: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'baseline/'), { localPath: OUTPUT }) },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      maxRuntime: Duration.minutes(30),
      completionTimeout: Duration.minutes(45),
    });

    const results = baseline.outputLocation('monitoring_output').uri;
    new CfnOutput(this, 'Statistics', { value: `${results}statistics.json` });
    new CfnOutput(this, 'Constraints', { value: `${results}constraints.json` });
  }
}
