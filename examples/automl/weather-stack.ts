import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { AutoMLDataset, AutoMLJob, AutoMLModel, AutoMLProblem, AutoMLMulticlassClassificationMetric, S3Location } from '../../src';

export interface WeatherStackProps extends StackProps {
  /** The metric that the candidates are compared by. @default AutoMLMulticlassClassificationMetric.ACCURACY */
  readonly metric?: AutoMLMulticlassClassificationMetric;
  /** The column to predict. @default 'weather' */
  readonly target?: string;
  /** Whether to make an endpoint, which costs money as long as it exists. @default false */
  readonly endpoint?: boolean;
}

/** Trains a model that predicts the weather from a CSV of four years in Seattle, and optionally makes an endpoint of it. */
export class WeatherStack extends Stack {
  constructor(scope: Construct, id: string, props: WeatherStackProps = {}) {
    super(scope, id, props);
    const data = new Asset(this, 'Data', { path: join(__dirname, '../../node_modules/vega-datasets/data/seattle-weather.csv') });
    const bucket = new Bucket(this, 'Bucket');

    const job = new AutoMLJob(this, 'Training', {
      trainingData: AutoMLDataset.fromS3(S3Location.fromAsset(data)),
      targetAttributeName: props.target ?? 'weather',
      problem: AutoMLProblem.multiclassClassification(props.metric),
      maxCandidates: 5,
      maxRuntime: Duration.hours(1),
      outputLocation: S3Location.fromBucket(bucket, 'automl/'),
    });
    const model = new AutoMLModel(this, 'Model', { job });

    if (props.endpoint) {
      const config = new CfnEndpointConfig(this, 'EndpointConfig', {
        productionVariants: [{
          variantName: 'best', modelName: model.modelName, initialInstanceCount: 1, initialVariantWeight: 1, instanceType: 'ml.m5.large',
        }],
      });
      new CfnEndpoint(this, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
    }

    new CfnOutput(this, 'JobName', { value: job.autoMLJobName });
    new CfnOutput(this, 'BestCandidate', { value: job.bestCandidateName });
    new CfnOutput(this, 'MetricName', { value: job.bestCandidateMetricName });
    new CfnOutput(this, 'MetricValue', { value: job.bestCandidateMetricValue });
    new CfnOutput(this, 'ModelName', { value: model.modelName });
  }
}
