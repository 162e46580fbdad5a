import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HANDLER_ROLE, linesOf, neededBy, permissionsOf } from '../processing-job/policies';
import { newJob, newStack, PROCESSING_JOB, resourcesOf } from '../processing-job/testing';

const OWN_LOG = ['logs:CreateLogStream on <SageMakerJobProviderLogs.Arn>', 'logs:PutLogEvents on <SageMakerJobProviderLogs.Arn>'];

/** The resources of the provider alone. */
function providerOf(stack: Stack): { [logicalId: string]: any } {
  const { Resources } = Template.fromStack(stack).toJSON();
  return Object.fromEntries(Object.entries(Resources).filter(([id]) => id.startsWith('SageMakerJobProvider')));
}

describe('a stack has one provider', () => {
  test('for all its jobs', () => {
    const [one, many] = [1, 20].map((count) => {
      const stack = newStack();
      for (let index = 0; index < count; index++) {
        newJob(stack, {}, `Job${index}`);
      }
      return stack;
    });
    expect(Object.keys(providerOf(many))).toEqual(Object.keys(providerOf(one)));
    const tokens = Object.values(resourcesOf(many, PROCESSING_JOB)).map(({ Properties }) => JSON.stringify(Properties.ServiceToken));
    expect(new Set(tokens).size).toBe(1);
  });

  test('and a nested stack has its own', () => {
    const stack = newStack();
    newJob(stack);
    const nested = new NestedStack(stack, 'Nested');
    newJob(nested);
    expect(Object.keys(providerOf(nested))).toHaveLength(Object.keys(providerOf(stack)).length);
  });

  test('and a stack without jobs has none', () => {
    expect(Template.fromStack(newStack()).toJSON()).not.toHaveProperty('Resources');
  });
});

describe('the function that calls SageMaker', () => {
  test('has the same policy for 50 jobs with one role as for one', () => {
    const [one, fifty] = [1, 50].map((count) => {
      const stack = newStack();
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      for (let index = 0; index < count; index++) {
        newJob(stack, { role }, `Job${index}`);
      }
      return stack;
    });
    expect(providerOf(fifty)).toEqual(providerOf(one));
  });

  test('has its time and size, and knows the state machine', () => {
    const [handler] = typed('AWS::Lambda::Function');
    expect(handler).toMatchObject({
      Handler: 'index.handler',
      MemorySize: 256,
      Runtime: expect.stringMatching(/^nodejs\d\d\.x$/),
      Timeout: 300,
      Environment: { Variables: { STATE_MACHINE_ARN: { 'Fn::GetAtt': [expect.stringMatching(/^SageMakerJobProviderStateMachine/), 'Arn'] } } },
    });
  });
});

/** The properties of the provider's resources of a type, in a stack with one job. */
function typed(type: string): any[] {
  const stack = newStack();
  newJob(stack);
  return Object.values(providerOf(stack)).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

test('the provider has seven resources: a function, a state machine, a role and a policy for each, and a log group', () => {
  const stack = newStack();
  newJob(stack);
  expect(Object.values(providerOf(stack)).map(({ Type }) => Type).sort()).toEqual([
    'AWS::IAM::Policy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::Role',
    'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::StepFunctions::StateMachine',
  ]);
});

describe('the roles of the provider', () => {
  test('have no managed policy, and are of one service each', () => {
    const roles = typed('AWS::IAM::Role');
    roles.forEach((role) => expect(role).not.toHaveProperty('ManagedPolicyArns'));
    expect(roles.map((role) => role.AssumeRolePolicyDocument.Statement[0].Principal.Service).sort()).toEqual(['lambda.amazonaws.com', 'states.amazonaws.com']);
  });

  test('may, that of the state machine, invoke the function, and no more', () => {
    const stack = newStack();
    newJob(stack);
    expect(permissionsOf(stack, 'SageMakerJobProviderStateMachineRole')).toEqual(['lambda:InvokeFunction on <SageMakerJobProviderFunction.Arn>']);
  });

  test('may, that of the function, write the log of the provider', () => {
    const stack = newStack();
    newJob(stack);
    expect(permissionsOf(stack, HANDLER_ROLE)).toEqual(expect.arrayContaining(OWN_LOG));
  });
});

describe('the logs of the provider', () => {
  test('are kept for a month, and go with the stack', () => {
    const stack = newStack();
    newJob(stack);
    const logGroups = Object.values(providerOf(stack)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(logGroups).toEqual([expect.objectContaining({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30 } })]);
  });

  test('are the function’s, not those of the state machine, for whole requests have the environment of jobs', () => {
    const [handler] = typed('AWS::Lambda::Function');
    expect(handler.LoggingConfig.LogGroup).toEqual({ Ref: expect.stringMatching(/^SageMakerJobProviderLogs/) });
    expect(typed('AWS::StepFunctions::StateMachine')[0]).not.toHaveProperty('LoggingConfiguration');
  });
});

describe('a job’s custom resource', () => {
  const withoutPolicies = (context?: object) => {
    const stack = new Stack(new App({ context: context as { [key: string]: any } }), 'Test');
    newJob(stack);
    const needed = neededBy(stack, Object.keys(resourcesOf(stack, PROCESSING_JOB))[0]);
    return Object.entries(providerOf(stack))
      .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && !needed.has(id))
      .flatMap(([, { Properties }]) => linesOf(Properties.PolicyDocument.Statement));
  };

  // A policy that nothing depends on can come after the first event, and be gone before the last.
  test('depends on every policy of the provider', () => {
    expect(withoutPolicies()).toEqual([]);
  });

  test('depends on every policy of the provider with the feature flags of a new app', () => {
    expect(withoutPolicies({ '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': true, '@aws-cdk/aws-iam:minimizePolicies': true })).toEqual([]);
  });

  test('depends, whichever it is, on what lets the state machine invoke the function', () => {
    const stack = newStack();
    newJob(stack, { completionTimeout: Duration.hours(2) });
    const [invocation] = Object.keys(providerOf(stack)).filter((id) => id.startsWith('SageMakerJobProviderInvocation'));
    const { Resources } = Template.fromStack(stack).toJSON();
    const custom = Object.keys(Resources).filter((id) => Resources[id].Type.startsWith('Custom::SageMaker'));
    expect(custom).toHaveLength(3);
    for (const id of custom) expect(neededBy(stack, id)).toContain(invocation);
  });
});
