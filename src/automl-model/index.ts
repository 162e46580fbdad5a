export { AutoMLModel } from './automl-model';
export { AutoMLModelProps, AutoMLProcessingUnit } from './automl-model-props';
