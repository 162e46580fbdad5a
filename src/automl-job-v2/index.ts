export { AutoMLJobV2Props } from './common-props';
export { AutoMLForecastingJob, AutoMLForecastingJobProps } from './forecasting-job';
export {
  AutoMLColumnFilling, AutoMLFilling, AutoMLForecastFrequency, AutoMLForecastingAlgorithm, AutoMLForecastingMetric, AutoMLTargetAggregation,
} from './forecasting-values';
export { AutoMLImageClassificationJob, AutoMLImageClassificationJobProps } from './image-classification-job';
export { AutoMLTextClassificationJob, AutoMLTextClassificationJobProps } from './text-classification-job';
export { AutoMLTextGenerationHyperparameters, AutoMLTextGenerationJob, AutoMLTextGenerationJobProps } from './text-generation-job';
