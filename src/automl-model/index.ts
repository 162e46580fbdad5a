export { AutoMLModel } from './automl-model';
export { AutoMLInferenceResponseKey, AutoMLModelProps, AutoMLProcessingUnit } from './automl-model-props';
