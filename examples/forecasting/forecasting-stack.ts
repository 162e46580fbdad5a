import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  AutoMLDataset, AutoMLFilling, AutoMLForecastFrequency, AutoMLForecastingJob, AutoMLForecastingMetric, AutoMLModel, ProcessingCode, ProcessingImage,
  ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

/** Forecasts for a year how many people will be unemployed, by industry, from ten years of the U.S. Bureau of Labor Statistics. */
export class ForecastingStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const data = new Asset(this, 'Data', { path: join(__dirname, '../../node_modules/vega-datasets/data/unemployment-across-industries.json') });
    const bucket = new Bucket(this, 'Bucket');

    const prepare = new ProcessingJob(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'prepare.py')),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(data)) },
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
      },
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(30),
    });

    const job = new AutoMLForecastingJob(this, 'Training', {
      trainingData: AutoMLDataset.fromS3(prepare.outputLocation('train')),
      itemIdentifierAttributeName: 'industry',
      timestampAttributeName: 'month',
      targetAttributeName: 'unemployed',
      forecastFrequency: AutoMLForecastFrequency.months(1),
      forecastHorizon: 12,
      forecastQuantiles: ['p10', 'p50', 'p90'],
      filling: { unemployed: { middlefill: AutoMLFilling.MEDIAN } },
      metric: AutoMLForecastingMetric.WAPE,
      maxRuntime: Duration.hours(2),
      outputLocation: S3Location.fromBucket(bucket, 'automl/'),
      // Trains again whenever the data was made again.
      rerunTrigger: prepare.processingJobName,
    });
    const model = new AutoMLModel(this, 'Model', { job });

    new CfnOutput(this, 'JobName', { value: job.autoMLJobName });
    new CfnOutput(this, 'BestCandidate', { value: job.bestCandidateName });
    new CfnOutput(this, 'MetricName', { value: job.bestCandidateMetricName });
    new CfnOutput(this, 'MetricValue', { value: job.bestCandidateMetricValue });
    new CfnOutput(this, 'ModelName', { value: model.modelName });
    new CfnOutput(this, 'TrainingData', { value: prepare.outputLocation('train').uri });
    new CfnOutput(this, 'TestData', { value: prepare.outputLocation('test').uri });
  }
}
