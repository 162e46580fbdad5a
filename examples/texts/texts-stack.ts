import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  AutoMLDataset, AutoMLModel, AutoMLTextClassificationJob, AutoMLValidation, ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType,
  ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

const REVIEWS = join(__dirname, '../../node_modules/sentiment/test/fixtures');

/** Trains a model that says whether a sentence of a review is positive or negative, from 3,000 sentences of three websites. */
export class TextsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Bucket');
    const websites = ['amazon', 'imdb', 'yelp'];

    const prepare = new ProcessingJob(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'prepare.py')),
      inputs: Object.fromEntries(websites.map((name) => [
        name, ProcessingInput.fromS3(S3Location.fromAsset(new Asset(this, name, { path: join(REVIEWS, `${name}.json`) }))),
      ])),
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
      },
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(30),
    });

    const job = new AutoMLTextClassificationJob(this, 'Training', {
      trainingData: AutoMLDataset.fromS3(prepare.outputLocation('train')),
      contentColumn: 'sentence',
      targetLabelColumn: 'opinion',
      validation: AutoMLValidation.fraction(0.2),
      maxRuntime: Duration.hours(2),
      outputLocation: S3Location.fromBucket(bucket, 'automl/'),
      // Trains again whenever the data was made again.
      rerunTrigger: prepare.processingJobName,
    });
    const model = new AutoMLModel(this, 'Model', { job });

    new CfnOutput(this, 'JobName', { value: job.autoMLJobName });
    new CfnOutput(this, 'MetricName', { value: job.bestCandidateMetricName });
    new CfnOutput(this, 'MetricValue', { value: job.bestCandidateMetricValue });
    new CfnOutput(this, 'ModelName', { value: model.modelName });
    new CfnOutput(this, 'TestData', { value: prepare.outputLocation('test').uri });
  }
}
