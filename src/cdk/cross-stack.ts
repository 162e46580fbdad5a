import { CfnParameter, Fn, IResolvable, Lazy, NestedStack, Stack, Tokenization } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** The prefix of values in parameters, because a parameter cannot be an empty text. */
const MARK = 'value:';

/**
 * Makes a value that changes with deployments readable from other stacks.
 *
 * The CDK would export the value, and CloudFormation does not change an export that another stack imports: the second run of a job
 * would be rolled back. Instead, the stack of the job writes a parameter of Systems Manager, which the reading stack resolves in each
 * of its deployments.
 *
 * @param scope - the construct that has the value
 * @param attribute - the name of the value
 * @param value - the value in the construct's own stack
 */
export function readableFromOtherStacks(scope: Construct, attribute: string, value: string): string {
  return ownedBy(scope, Lazy.uncachedString({
    produce: ({ scope: reader }) => isOfOtherStack(reader, scope) ? parameterOf(scope, attribute, value, rootStack(reader)) : value,
  }));
}

const owners = new WeakMap<IResolvable, Construct>();

/** Notes whose value this is, if it is one token. */
export function ownedBy(scope: Construct, value: string): string {
  const token = Tokenization.reverse(value, { failConcat: false });
  if (token !== undefined) {
    owners.set(token, scope);
  }
  return value;
}

/** The construct whose value this is, or contains. */
export function ownerOf(value: string): Construct | undefined {
  return Tokenization.reverseString(value).tokens.map((token) => owners.get(token)).find((owner) => owner !== undefined);
}

/** Whether the reader needs the parameter. The CDK passes values to nested stacks, and uses physical names across environments. */
function isOfOtherStack(reader: Construct, scope: Construct): boolean {
  const [there, here] = [rootStack(reader), rootStack(scope)];
  return there !== here && there.account === here.account && there.region === here.region;
}

/** The stack of a construct or, in a nested stack, the outermost parent. */
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
