import { App } from 'aws-cdk-lib';
import { AUTOML_FEATURES } from './automl-features';
import { DATA_FEATURES } from './data-features';
import { Deployed } from './deployed';
import { Feature, newStack } from './features';
import { JOB_FEATURES } from './job-features';
import { Judge } from './judge';
import { S3_FEATURES } from './s3-features';

export const FEATURES: readonly Feature[] = [...S3_FEATURES, ...DATA_FEATURES, ...JOB_FEATURES, ...AUTOML_FEATURES];

/** Of the role that a feature is about. */
export function judgeOf({ define, foreignPolicies, parameters }: Feature): Judge {
  const stack = newStack();
  const { role } = define(stack);
  const deployed = new Deployed(stack.node.root as App, parameters, foreignPolicies);
  return new Judge(deployed, deployed.resolve(stack, role.roleArn));
}
