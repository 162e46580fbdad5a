import { CfnDeletionPolicy, CfnResource, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Problems } from '../validation/problems';

const RETAINING: readonly (CfnDeletionPolicy | undefined)[] = [CfnDeletionPolicy.RETAIN, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE];

/** Whether a policy makes CloudFormation leave a resource alone instead of deleting it. */
export function isRetaining(policy: RemovalPolicy): boolean {
  return policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** Whether CloudFormation leaves a resource alone, whoever has said so. */
export function isRetained({ cfnOptions }: CfnResource): boolean {
  return RETAINING.includes(cfnOptions.deletionPolicy);
}

/** CloudFormation refuses to deploy a stack with a snapshot of what has none. The CDK says so with a feature flag only. */
export function checkSnapshot({ cfnOptions: { deletionPolicy, updateReplacePolicy } }: CfnResource, problems: Problems): void {
  if (deletionPolicy === CfnDeletionPolicy.SNAPSHOT || updateReplacePolicy === CfnDeletionPolicy.SNAPSHOT) {
    problems.add({
      property: 'the policy of its resource',
      value: 'RemovalPolicy.SNAPSHOT',
      allowed: 'must be another, for this resource has no snapshots',
      remedy: 'Use RemovalPolicy.RETAIN or RemovalPolicy.DESTROY.',
    });
  }
}

/** Retains a construct and its children, such as the policies of a role, even those that are added later. */
export function retain(construct: IConstruct): void {
  RemovalPolicies.of(construct).retain();
}

/**
 * The constructs that are deleted with a stack, or that lose what is below them, such as the policies of a role: not those of other stacks,
 * nor imported ones that have nothing in the stack.
 */
export function deletedWith(stack: Stack, constructs: readonly IConstruct[]): IConstruct[] {
  const isOf = (resource: IConstruct) => CfnResource.isCfnResource(resource) && !isRetained(resource) && Stack.of(resource) === stack;
  return constructs.filter(({ node }) => node.findAll().some(isOf));
}
