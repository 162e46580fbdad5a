export { AutoMLModel, AutoMLModelProps } from './automl-model';
