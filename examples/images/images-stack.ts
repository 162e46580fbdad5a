import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  AutoMLContentType, AutoMLDataset, AutoMLImageClassificationJob, AutoMLModel, AutoMLProcessingUnit, ProcessingCode, ProcessingImage,
  ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

export interface ImagesStackProps extends StackProps {
  /** How many images of each digit to train with: 170 at most. @default 100 */
  readonly imagesOfEach?: number;
  /** What the model runs on. @default AutoMLProcessingUnit.CPU */
  readonly processingUnit?: AutoMLProcessingUnit;
}

/** Trains a model that reads handwritten digits, from images that come with scikit-learn. */
export class ImagesStack extends Stack {
  constructor(scope: Construct, id: string, props: ImagesStackProps = {}) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Bucket');

    const prepare = new ProcessingJob(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(join(__dirname, 'prepare.py')),
      arguments: ['--images-of-each', String(props.imagesOfEach ?? 100)],
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
      },
      instanceType: ProcessingInstanceType.M5_LARGE,
      maxRuntime: Duration.minutes(30),
    });

    const job = new AutoMLImageClassificationJob(this, 'Training', {
      trainingData: AutoMLDataset.fromS3(prepare.outputLocation('train'), { contentType: AutoMLContentType.IMAGE_PNG }),
      maxRuntime: Duration.hours(2),
      outputLocation: S3Location.fromBucket(bucket, 'automl/'),
      // Trains again whenever the data was made again.
      rerunTrigger: prepare.processingJobName,
    });
    const model = new AutoMLModel(this, 'Model', { job, processingUnit: props.processingUnit });

    new CfnOutput(this, 'JobName', { value: job.autoMLJobName });
    new CfnOutput(this, 'MetricName', { value: job.bestCandidateMetricName });
    new CfnOutput(this, 'MetricValue', { value: job.bestCandidateMetricValue });
    new CfnOutput(this, 'ModelName', { value: model.modelName });
    new CfnOutput(this, 'TestData', { value: prepare.outputLocation('test').uri });
  }
}
