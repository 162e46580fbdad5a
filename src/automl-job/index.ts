export { AutoMLJob } from './automl-job';
export { IAutoMLJob } from './automl-job-base';
export { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
export { AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDatasetOptions } from './dataset';
export { AutoMLDeployment } from './deployment';
export { AutoMLJobGrants } from './grants';
export {
  AutoMLMode, AutoMLEnsemblingAlgorithm, AutoMLEnsemblingOptions, AutoMLHyperparameterTuningAlgorithm, AutoMLHyperparameterTuningOptions,
} from './mode';
export { AutoMLProblem, AutoMLBinaryClassificationMetric, AutoMLMulticlassClassificationMetric, AutoMLRegressionMetric } from './problem';
export { AutoMLValidation } from './validation';
