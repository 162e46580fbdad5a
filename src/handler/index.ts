import { JobFunction } from './function';
import { put } from './services/responses';

/*
 * The entry point of the Lambda function. It contains only the code that answers CloudFormation, so that it can answer even if loading
 * the rest fails. The rest is a separate bundle.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const rest = () => require('./looking') as typeof import('./looking');

const jobs = new JobFunction({
  look: async (event) => rest().look(event),
  startExecution: async (input) => rest().startExecution(input),
  put,
  sleep: async (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  now: Date.now,
  log: (line) => console.log(line),
  logGroup: process.env.AWS_LAMBDA_LOG_GROUP_NAME!,
});

export const handler = jobs.invoke.bind(jobs);
