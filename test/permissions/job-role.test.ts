/**
 * The role that the library derives from the properties of a job suffices for what the job does, and allows no more: by a judge that is
 * not of this project.
 */
import { App } from 'aws-cdk-lib';
import { AUTOML_FEATURES } from './automl-features';
import { DATA_FEATURES } from './data-features';
import { Deployed } from './deployed';
import { Feature, newStack } from './features';
import { JOB_FEATURES } from './job-features';
import { callsThat, Judge, unused } from './judge';
import { neighboursOf } from './neighbours';
import { S3_FEATURES } from './s3-features';

async function judgeOf({ define, foreignPolicies, parameters }: Feature): Promise<Judge> {
  const stack = newStack();
  const { role } = define(stack);
  const deployed = new Deployed(stack.node.root as App, parameters, foreignPolicies);
  return new Judge(deployed, deployed.resolve(stack, role.roleArn));
}

describe.each([...S3_FEATURES, ...DATA_FEATURES, ...JOB_FEATURES, ...AUTOML_FEATURES].map((feature) => [feature.name, feature] as const))('%s', (_name, feature) => {
  const { beside, needed } = feature;
  let judge: Judge;
  beforeAll(async () => {
    judge = await judgeOf(feature);
  });

  test.each(Object.entries(needed))('may do what is needed: %s', async (_source, calls) => {
    expect(await callsThat(judge, calls, false)).toEqual([]);
  });

  test('may do nothing beside that', async () => {
    const allNeeded = Object.values(needed).flat();
    expect(await callsThat(judge, [...beside, ...neighboursOf(allNeeded)], true)).toEqual([]);
  });

  test('has no grant that nothing needs', async () => {
    expect(await unused(judge, Object.values(needed).flat())).toEqual([]);
  });
});
