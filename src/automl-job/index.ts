export { AutoMLJob } from './automl-job';
export { AutoMLJobGrants, IAutoMLJob } from './automl-job-interface';
export { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
export { AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDatasetOptions } from './dataset';
export { AutoMLDeployment } from './deployment';
export {
  AutoMLMode, AutoMLEnsemblingAlgorithm, AutoMLEnsemblingOptions, AutoMLHyperparameterTuningAlgorithm, AutoMLHyperparameterTuningOptions,
} from './mode';
export { AutoMLProblem, AutoMLBinaryClassificationMetric, AutoMLMulticlassClassificationMetric, AutoMLRegressionMetric } from './problem';
export { AutoMLValidation } from './validation';
