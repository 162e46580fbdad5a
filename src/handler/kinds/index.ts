// All kinds.
export * from './automl-job';
export * from './automl-job-v2';
export * from './automl-model';
export * from './processing-job';
