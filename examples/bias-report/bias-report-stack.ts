import { join } from 'path';
import { CfnOutput, Duration, Fn, Stack, StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location } from '../../src';

/**
 * The analysis: were the loans of the data set approved less often for women?
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

/** Makes a report on the bias of a data set with SageMaker Clarify. */
export class BiasReportStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const bucket = new Bucket(this, 'Bucket', { enforceSSL: true });
    // Clarify looks for a file of this name, and an asset is stored under another.
    const upload = new BucketDeployment(this, 'Upload', {
      sources: [Source.asset(join(__dirname, 'data')), Source.jsonData('config/analysis_config.json', ANALYSIS)],
      destinationBucket: bucket,
    });
    // Readers of this bucket depend on the upload.
    const uploaded = upload.deployedBucket;

    const report = new ProcessingJob(this, 'Report', {
      image: ProcessingImage.clarify(),
      // Clarify expects these names and paths.
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
      // Objects in S3 are not part of the job's definition. Their keys change with their content, so a new analysis runs the job again.
      rerunTrigger: Fn.join(' ', upload.objectKeys),
    });

    new CfnOutput(this, 'Results', { value: report.outputLocation('analysis_result').uri });
  }
}
