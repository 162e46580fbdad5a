export { AutoMLModel } from './automl-model';
export { AutoMLModelProps } from './automl-model-props';
