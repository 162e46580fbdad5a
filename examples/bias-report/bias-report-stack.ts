import { join } from 'path';
import { CfnOutput, Duration, Fn, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location } from '../../src';

/**
 * What Clarify shall find out: whether the loans of the data set were approved less often for women.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
const ANALYSIS = {
  version: '1.0',
  dataset_type: 'text/csv',
  label: 'approved',
  label_values_or_threshold: [1],
  facet: [{ name_or_index: 'gender', value_or_threshold: ['f'] }],
  group_variable: 'sector',
  methods: {
    pre_training_bias: { methods: ['CI', 'DPL', 'KL', 'JS', 'LP', 'TVD', 'KS', 'CDDL'] },
    report: { name: 'report', title: 'Bias of the loans' },
  },
};

/** A report on the bias of a data set, made by SageMaker Clarify. */
export class BiasReportStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });
    // Clarify looks for a file of this very name, which an asset does not keep.
    const upload = new BucketDeployment(this, 'Upload', {
      sources: [Source.asset(join(__dirname, 'data')), Source.jsonData('config/analysis_config.json', ANALYSIS)],
      destinationBucket: bucket,
    });
    // The bucket with the files in it: what reads there comes after the upload.
    const uploaded = upload.deployedBucket;

    const report = new ProcessingJob(this, 'Report', {
      image: ProcessingImage.clarify(),
      // Names and paths are those that Clarify expects.
      inputs: {
        analysis_config: ProcessingInput.fromS3(S3Location.fromBucket(uploaded, 'config/analysis_config.json'), {
          localPath: '/opt/ml/processing/input/config',
        }),
        dataset: ProcessingInput.fromS3(S3Location.fromBucket(uploaded, 'loans/'), { localPath: '/opt/ml/processing/input/data' }),
      },
      outputs: {
        analysis_result: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'report/'), { localPath: '/opt/ml/processing/output' }),
      },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      maxRuntime: Duration.minutes(30),
      completionTimeout: Duration.minutes(45),
      // What is in S3 is no part of the definition: these keys change with the content.
      rerunTrigger: Fn.join(' ', upload.objectKeys),
    });

    new CfnOutput(this, 'Results', { value: report.outputLocation('analysis_result').uri });
  }
}
