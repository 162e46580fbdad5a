// All kinds. Every stack may look at all of them and end its own, whatever it has now: CloudFormation takes permissions away before the jobs that need them.
export * from './processing-job';
export * from './automl-job';
export * from './automl-job-v2';
export * from './automl-model';
