import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import {
  ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location, ScikitLearnVersion,
} from '../../src';

export interface PenguinsStackProps extends StackProps {
  /** The script of the job. @default - prepare.py in this folder */
  readonly script?: string;
}

/** Prepares a public data set for training. */
export class PenguinsStack extends Stack {
  constructor(scope: Construct, id: string, props: PenguinsStackProps = {}) {
    super(scope, id, props);
    const data = new Asset(this, 'Data', { path: join(__dirname, '../../node_modules/vega-datasets/data/penguins.json') });
    const bucket = new Bucket(this, 'Bucket');

    const prepare = new ProcessingJob(this, 'Prepare', {
      image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
      code: ProcessingCode.fromAsset(props.script ?? join(__dirname, 'prepare.py')),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromAsset(data)) },
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
        report: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'report/')),
      },
      // The deployment waits for the job, as it needs the exit message.
      completionTimeout: Duration.minutes(30),
      instanceType: ProcessingInstanceType.M5_LARGE,
    });

    new CfnOutput(this, 'JobName', { value: prepare.processingJobName });
    new CfnOutput(this, 'ExitMessage', { value: prepare.exitMessage });
    new CfnOutput(this, 'TrainingData', { value: prepare.outputLocation('train').uri });
  }
}
