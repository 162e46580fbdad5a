import { CfnParameter, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** Before a value in its parameter, which takes no empty text. */
const MARK = 'value:';

/**
 * A value that may be another after each deployment, for readers in any stack.
 *
 * What one stack reads of another is an export for the CDK, and CloudFormation never lets a change of an export that is read: the
 * second run of a job would be rolled back after it has run. So the stack of the job writes a parameter of Systems Manager, and
 * the reading stack resolves that in each of its deployments.
 *
 * @param scope - whose value it is
 * @param attribute - what it is called
 * @param value - the value as its own stack reads it
 */
export function readableFromOtherStacks(scope: Construct, attribute: string, value: string): string {
  return Lazy.uncachedString({
    produce: ({ scope: reader }) => isOfOtherStack(reader, scope) ? parameterOf(scope, attribute, value, rootStack(reader)) : value,
  });
}

/** Stacks of other environments get physical names, or an error of the CDK; nested stacks get what they read as a parameter. */
function isOfOtherStack(reader: Construct, scope: Construct): boolean {
  const [there, here] = [rootStack(reader), rootStack(scope)];
  return there !== here && there.account === here.account && there.region === here.region;
}

/** The stack that is deployed: a nested stack is part of its parent. */
export function rootStack(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return NestedStack.isNestedStack(stack) ? rootStack(stack.nestedStackParent!) : stack;
}

function parameterOf(scope: Construct, attribute: string, value: string, reader: Stack): string {
  const parameterName = `/cdk-sagemaker-jobs/${rootStack(scope).stackName}/${scope.node.addr}/${attribute}`;
  const id = `JobParameter${attribute}`;
  if (scope.node.tryFindChild(id) === undefined) {
    new StringParameter(scope, id, { parameterName, stringValue: `${MARK}${value}`, description: `${attribute} of ${scope.node.path}` });
  }
  const parameterId = `SageMakerJob${scope.node.addr}${attribute}`;
  const parameter = reader.node.tryFindChild(parameterId) as CfnParameter | undefined ?? new CfnParameter(reader, parameterId, {
    type: 'AWS::SSM::Parameter::Value<String>', default: parameterName,
  });
  reader.addDependency(rootStack(scope));
  return Fn.select(1, Fn.split(MARK, parameter.valueAsString));
}
