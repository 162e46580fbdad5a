import { App, Duration, Stack } from 'aws-cdk-lib';
import { ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, S3Location, ScikitLearnVersion } from 'cdk-sagemaker-jobs';

new ProcessingJob(new Stack(new App(), 'Jobs'), 'Bad', {
  image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
  entrypoint: ['python3', '-m', 'prepare'],
  environment: { '1ST': 'a' },
  inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/'), { localPath: '/data' }) },
  instanceType: ProcessingInstanceType.M5_XLARGE,
  maxRuntime: Duration.days(30),
});
