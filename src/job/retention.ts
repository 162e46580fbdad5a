import { CfnDeletionPolicy, CfnResource, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const RETAINING: readonly (CfnDeletionPolicy | undefined)[] = [CfnDeletionPolicy.RETAIN, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE];

/** Whether a policy makes CloudFormation leave a resource alone instead of deleting it. */
export function isRetaining(policy: RemovalPolicy): boolean {
  return policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** Retains a construct and its children, such as the policies of a role, even those that are added later. */
export function retain(construct: IConstruct): void {
  RemovalPolicies.of(construct).retain();
}

/** The constructs that are deleted with a stack: not imported ones, nor those of other stacks. */
export function goingWith(stack: Stack, constructs: readonly IConstruct[]): IConstruct[] {
  return constructs.filter((construct) => {
    const { defaultChild } = construct.node;
    return Stack.of(construct) === stack && CfnResource.isCfnResource(defaultChild) && !RETAINING.includes(defaultChild.cfnOptions.deletionPolicy);
  });
}
