export { JobProps } from './job';
export { ProcessingCode, ProcessingCodeAssetOptions, ProcessingCodeOptions } from './processing-job/code';
export { ProcessingImage } from './processing-job/image';
export {
  ProcessingDataDistribution, ProcessingInput, ProcessingInputCompression, ProcessingInputMode, ProcessingInputOptions, S3InputOptions,
} from './processing-job/input';
export { ProcessingInstanceType } from './processing-job/instance-type';
export { ProcessingOutput, ProcessingOutputOptions, ProcessingUploadMode } from './processing-job/output';
export { IProcessingJob, ProcessingJob, ProcessingJobProps, ProcessingJobRemovalPolicy } from './processing-job/processing-job';
export { S3Location } from './s3-location';
