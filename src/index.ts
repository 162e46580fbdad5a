export { AutoMLJob } from './automl-job/automl-job';
export { IAutoMLJob } from './automl-job/automl-job-base';
export { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job/automl-job-props';
export { AutoMLModel, AutoMLModelProps } from './automl-model/automl-model';
export { AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDatasetOptions } from './automl-job/dataset';
export { AutoMLDeployment } from './automl-job/deployment';
export { AutoMLJobGrants } from './automl-job/grants';
export {
  AutoMLMode, AutoMLEnsemblingAlgorithm, AutoMLEnsemblingOptions, AutoMLHyperparameterTuningAlgorithm, AutoMLHyperparameterTuningOptions,
} from './automl-job/mode';
export { AutoMLProblem, AutoMLBinaryClassificationMetric, AutoMLMulticlassClassificationMetric, AutoMLRegressionMetric } from './automl-job/problem';
export { AutoMLValidation } from './automl-job/validation';
export { SageMakerJobProps } from './job/job-props';
export { AthenaInputOptions, AthenaResultCompression, AthenaResultFormat } from './processing-job/athena-input';
export { ProcessingCode, ProcessingCodeAssetOptions, ProcessingCodeOptions } from './processing-job/code';
export { ProcessingJobGrants } from './processing-job/grants';
export { ProcessingImage } from './processing-job/image';
export {
  DataWranglerVersion, HuggingFaceVersion, PyTorchVersion, ScikitLearnVersion, SparkVersion, TensorFlowVersion, XGBoostVersion,
} from './processing-job/image-versions';
export { ProcessingInput } from './processing-job/input';
export {
  ProcessingDataDistribution, ProcessingInputCompression, ProcessingInputMode, ProcessingInputOptions, ProcessingS3InputOptions,
} from './processing-job/input-options';
export { ProcessingInstanceType } from './processing-job/instance-type';
export { ProcessingOutput, ProcessingOutputOptions, ProcessingUploadMode } from './processing-job/output';
export { ProcessingJob } from './processing-job/processing-job';
export { IProcessingJob, ProcessingJobMetricOptions } from './processing-job/processing-job-base';
export {
  ProcessingExperimentAssociation, ProcessingInstancePreference, ProcessingJobProps, ProcessingJobRemovalPolicy,
} from './processing-job/processing-job-props';
export { RedshiftInputOptions, RedshiftResultCompression, RedshiftResultFormat } from './processing-job/redshift-input';
export { S3Location } from './job/s3-location';
