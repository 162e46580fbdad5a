/**
 * Everything that the library relies on and the CDK does not promise. test/cdk/cdk-internals.test.ts says what, and fails when
 * the CDK changes it. An app with such a CDK goes on: it misses a check, a warning or an explanation.
 */
import { CfnResource, Stack } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IDependable } from 'constructs';

/** The resources of a stack as its template will have them: the only place where all references can be seen. */
export function resourcesOf(stack: Stack): { readonly [logicalId: string]: object } {
  const { _toCloudFormation: render } = stack as unknown as { _toCloudFormation?: () => { Resources?: object } };
  return stack.resolve(render?.call(stack) ?? {}).Resources ?? {};
}

/**
 * The parts of a grant that have to exist before what needs it. The policies of keys and repositories are such parts: the CDK
 * has them in the grant, and fails when something depends on the grant.
 */
export function partsOf(grant: Grant): IDependable[] {
  const { dependables } = grant as unknown as { dependables?: IDependable[] };
  return (dependables ?? [grant]).filter(isDependable);
}

function isDependable(part: IDependable): boolean {
  try {
    return Dependable.of(part).dependencyRoots !== undefined;
  } catch {
    return false;
  }
}

/** Whether a part of a grant belongs to a role, such as its policy: it is there when the role is. */
export function isPartOfRole(part: IDependable, role: IRole): boolean {
  return Construct.isConstruct(part) && part.node.scope === role;
}

/** False for roles of another account, and for those that were asked not to change: they take statements and drop them. */
export function isMutable(role: IRole): boolean {
  // Their class is not public, and bundling has changed its name: this is what it has, and other roles have not.
  return !('addGrantsToResources' in role);
}

/** The policy that the CDK adds statements to. Undefined when the role has none, or the CDK has it elsewhere. */
export function defaultPolicyOf(role: IRole): CfnResource | undefined {
  const policy = role.node.tryFindChild('DefaultPolicy')?.node.defaultChild;
  return CfnResource.isCfnResource(policy) ? policy : undefined;
}
