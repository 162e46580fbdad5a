export * from './automl-job';
export * from './automl-job-v2';
export * from './automl-model';
export { SageMakerJobDefinitionProps, SageMakerJobProps } from './job/job-props';
export { S3Location } from './job/s3-location';
export * from './processing-job';
export { SageMakerJobProviderConfig, SageMakerJobProviderOptions } from './provider/config';
