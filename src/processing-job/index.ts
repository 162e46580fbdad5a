export { AthenaInputOptions, AthenaResultCompression, AthenaResultFormat } from './athena-input';
export { ClarifyImageOptions } from './clarify';
export { ProcessingCode, ProcessingCodeAssetOptions, ProcessingCodeOptions } from './code';
export { ProcessingJobGrants } from './grants';
export { ProcessingImage } from './image';
export {
  DataWranglerVersion, HuggingFaceVersion, PyTorchVersion, ScikitLearnVersion, SparkVersion, TensorFlowVersion, XGBoostVersion,
} from './image-versions';
export { ProcessingInput } from './input';
export {
  ProcessingDataDistribution, ProcessingInputCompression, ProcessingInputMode, ProcessingInputOptions, ProcessingS3InputOptions,
} from './input-options';
export { ProcessingInstanceType } from './instance-type';
export { ProcessingOutput, ProcessingOutputOptions, ProcessingUploadMode } from './output';
export { ProcessingJob } from './processing-job';
export { IProcessingJob, ProcessingJobMetricOptions } from './processing-job-interface';
export { ProcessingJobDefinition } from './processing-job-definition';
export {
  CommonProcessingJobProps, ProcessingExperimentAssociation, ProcessingInstancePreference, ProcessingJobDefinitionProps,
} from './processing-job-definition-props';
export { ProcessingJobProps } from './processing-job-props';
export { ProcessingJobTarget, ProcessingJobTargetOptions } from './processing-job-target';
export { ProcessingJobRunOptions } from './processing-run';
export { RedshiftInputOptions, RedshiftResultCompression, RedshiftResultFormat } from './redshift-input';
export { ProcessingJobRemovalPolicy } from './removal-policy';
export {
  RunProcessingJob, RunProcessingJobJsonataProps, RunProcessingJobJsonPathProps, RunProcessingJobOptions, RunProcessingJobProps,
} from './run-processing-job';
