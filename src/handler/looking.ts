import { AcceptedEvent, Answer } from './event';
import { createHandler } from './handler';
import { cloudWatchJobLogs } from './services/job-logs';
import { ec2NetworkInterfaces } from './services/network-interfaces';
import { sageMakerClient } from './services/sagemaker';
import { Services } from './services/services';
import { cloudFormationStacks } from './services/stacks';
import { stepFunctions } from './services/state-machine';

/*
 * The bundle that the first look loads: the rules of a job's life, and the clients of the services.
 */

/** Makes a value on first use. Most invocations need only one of the clients. */
function lazy<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

const sageMaker = lazy(sageMakerClient);
const stacks = lazy(cloudFormationStacks);
const jobLogs = lazy(cloudWatchJobLogs);
const networkInterfaces = lazy(ec2NetworkInterfaces);
const stateMachine = lazy(stepFunctions);

const services: Services = {
  get sageMaker() { return sageMaker(); },
  get stacks() { return stacks(); },
  get jobLogs() { return jobLogs(); },
  get networkInterfaces() { return networkInterfaces(); },
  logGroup: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  now: Date.now,
  sleep: async (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  log: (line) => console.log(line),
};

export async function look(event: AcceptedEvent): Promise<Answer | undefined> {
  return createHandler(services).look(event);
}

export async function startExecution(input: string): Promise<void> {
  await stateMachine().start(process.env.STATE_MACHINE_ARN!, input);
}
