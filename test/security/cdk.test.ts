/**
 * What the CDK's own checks say of the library's resources.
 */
import { App, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CHECK_SECRET_USAGE, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { newJob } from '../processing-job/testing';

function newStack(context: object): Stack {
  return new Stack(new App({ context: context as { [key: string]: any } }), 'Test');
}

test.each<[string, object]>([
  ['without feature flags', {}],
  ['with the feature flags of a new app', CURRENTLY_RECOMMENDED_FLAGS],
])('a job with the least properties is synthesised without a word, %s', (_name, context) => {
  const stack = newStack(context);
  newJob(stack);
  const annotations = Annotations.fromStack(stack);
  for (const found of [annotations.findError('*', Match.anyValue()), annotations.findWarning('*', Match.anyValue()), annotations.findInfo('*', Match.anyValue())]) {
    expect(found).toEqual([]);
  }
});

describe('a secret', () => {
  const secret = SecretValue.secretsManager('database-password');

  test('as an environment variable is refused, for everyone who may describe the job could read it', () => {
    const stack = newStack({ [CHECK_SECRET_USAGE]: true });
    newJob(stack, { environment: { PASSWORD: secret.toString() } });
    expect(() => Template.fromStack(stack)).toThrow(/Using a SecretValue here risks exposing your secret/);
  });

  test('is refused when it is added later, or hidden in another token', () => {
    const stack = newStack({ [CHECK_SECRET_USAGE]: true });
    newJob(stack).addEnvironment('PASSWORD', Lazy.string({ produce: () => `x${secret.toString()}` }));
    expect(() => Template.fromStack(stack)).toThrow(/Using a SecretValue here risks exposing your secret/);
  });
});

describe('the roles of a stack with a job', () => {
  const stack = newStack(CURRENTLY_RECOMMENDED_FLAGS);
  newJob(stack);
  Template.fromStack(stack);
  const statementsOf = (document: any): any[] => stack.resolve(document).Statement;
  const resources = stack.node.findAll();

  test('can be assumed by one service each', () => {
    const principals = resources.filter((resource) => resource instanceof CfnRole)
      .flatMap((role) => statementsOf(role.assumeRolePolicyDocument).map(({ Principal }) => Principal.Service));
    expect(principals.sort()).toEqual(['lambda.amazonaws.com', 'sagemaker.amazonaws.com', 'states.amazonaws.com']);
  });

  test('may do single actions, and all resources only where an action knows none', () => {
    const statements = resources.filter((resource) => resource instanceof CfnPolicy).flatMap((policy) => statementsOf(policy.policyDocument));
    expect(statements.flatMap(({ Action }) => [Action].flat()).filter((action) => action.includes('*'))).toEqual([]);
    expect(statements.filter(({ Resource }) => Resource === '*')).toEqual([
      expect.objectContaining({ Action: 'ecr:GetAuthorizationToken' }),
      expect.objectContaining({ Action: 'cloudwatch:PutMetricData', Condition: expect.anything() }),
      { Action: 'ec2:DescribeNetworkInterfaces', Effect: 'Allow', Resource: '*' },
    ]);
  });
});
