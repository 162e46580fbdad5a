import { CfnDeletionPolicy, CfnResource, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const RETAINING: readonly (CfnDeletionPolicy | undefined)[] = [CfnDeletionPolicy.RETAIN, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE];

/** Whether CloudFormation leaves a resource alone when it goes. */
export function isRetaining(policy: RemovalPolicy): boolean {
  return policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** Has CloudFormation leave a construct alone with all that belongs to it, such as the policies of a role, also those that are added later. */
export function retain(construct: IConstruct): void {
  RemovalPolicies.of(construct).retain();
}

/** Of some constructs, those that go with a stack. What is imported, or of another stack, does not. */
export function goingWith(stack: Stack, constructs: readonly IConstruct[]): IConstruct[] {
  return constructs.filter((construct) => {
    const { defaultChild } = construct.node;
    return Stack.of(construct) === stack && CfnResource.isCfnResource(defaultChild) && !RETAINING.includes(defaultChild.cfnOptions.deletionPolicy);
  });
}
