import { createHandler } from './handler';
import { cloudWatchJobLogs } from './services/job-logs';
import { ec2NetworkInterfaces } from './services/network-interfaces';
import { sageMakerClient } from './services/sagemaker';
import { Services } from './services/services';
import { cloudFormationStacks } from './services/stacks';

/** Clients are made when they are first used: most invocations need one of them only. */
function lazy<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

const sageMaker = lazy(sageMakerClient);
const stacks = lazy(cloudFormationStacks);
const jobLogs = lazy(cloudWatchJobLogs);
const networkInterfaces = lazy(ec2NetworkInterfaces);

const services: Services = {
  get sageMaker() { return sageMaker(); },
  get stacks() { return stacks(); },
  get jobLogs() { return jobLogs(); },
  get networkInterfaces() { return networkInterfaces(); },
  logGroup: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  now: Date.now,
  log: (line) => console.log(line),
};

/** The entry points of the Lambda functions. */
export const { onEvent, isComplete } = createHandler(services);
