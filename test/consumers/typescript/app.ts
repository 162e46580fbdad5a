import { App, CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  AutoMLDataset, AutoMLJob, AutoMLMode, AutoMLModel, AutoMLProblem, AutoMLEnsemblingAlgorithm, AutoMLMulticlassClassificationMetric, ProcessingCode,
  ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location,
  ScikitLearnVersion,
} from 'cdk-sagemaker-jobs';
import { Construct } from 'constructs';

class JobsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket');
    const image = ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1);

    const prepare = new ProcessingJob(this, 'Prepare', {
      image,
      code: ProcessingCode.fromAsset('scripts/prepare.py'),
      inputs: {
        raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/'), { distribution: ProcessingDataDistribution.SHARDED_BY_S3_KEY }),
        labels: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'labels/')),
      },
      outputs: {
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
      },
      environment: { STAGE: 'test', SEED: '42', TEST_SHARE: '0.2', LABEL: 'species' },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      instanceCount: 2,
      completionTimeout: Duration.minutes(30),
    });
    Tags.of(prepare).add('team', 'data');
    Tags.of(prepare).add('stage', 'test');
    prepare.addRequestOverride('NewMember.Count', 5);
    prepare.addRequestOverride('NewMember.Share', 2.5);
    prepare.addRequestOverride('NewMember.Flag', true);

    const evaluate = new ProcessingJob(this, 'Evaluate', {
      image,
      code: ProcessingCode.fromAsset('scripts/evaluate.py'),
      inputs: {
        train: ProcessingInput.fromS3(prepare.outputLocation('train')),
        test: ProcessingInput.fromS3(prepare.outputLocation('test')),
      },
      outputs: { report: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'report/')) },
      instanceType: ProcessingInstanceType.of('ml.m5.large'),
      maxRuntime: Duration.hours(1),
    });

    const species = new AutoMLJob(this, 'Species', {
      trainingData: AutoMLDataset.fromS3(prepare.outputLocation('train')),
      targetAttributeName: 'species',
      problem: AutoMLProblem.multiclassClassification(AutoMLMulticlassClassificationMetric.F1_MACRO),
      mode: AutoMLMode.ensembling({ algorithms: [AutoMLEnsemblingAlgorithm.XGBOOST, AutoMLEnsemblingAlgorithm.RANDOM_FOREST] }),
      outputLocation: S3Location.fromBucket(bucket, 'automl/'),
      maxRuntime: Duration.hours(3),
    });
    const best = new AutoMLModel(this, 'Best', { job: species });

    new CfnOutput(this, 'ExitMessage', { value: evaluate.exitMessage });
    new CfnOutput(this, 'Report', { value: evaluate.outputLocation('report').uri });
    new CfnOutput(this, 'F1', { value: species.bestCandidateMetricValue });
    new CfnOutput(this, 'Model', { value: best.modelName });
  }
}

const app = new App();
new JobsStack(app, 'Jobs');
app.synth();
