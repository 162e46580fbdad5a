import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IRole, Role } from 'aws-cdk-lib/aws-iam';

import { Construct } from 'constructs';
import { isImported, isMutable } from './cdk-internals';

/**
 * A role as the constructs of a stack grant it something: so that the policy is in their stack.
 *
 * A policy in the stack of the role would need what is granted, and this stack needs the role: a cycle. And the CDK gives the
 * policies of an imported role the same name in each stack, where the later one replaces the earlier.
 *
 * @param role - the role
 * @param scope - what the role is granted something for
 */
export function granteeOf(role: IRole, scope: Construct): IRole {
  const stack = Stack.of(scope);
  if (!isMutable(role) || (Stack.of(role) === stack && !isImported(role))) {
    return role;
  }
  const place = [stack.stackName, stack.region, stack.node.addr].filter((part) => !Token.isUnresolved(part));
  const id = `SageMakerJobRole${createHash('sha256').update([...place, role.node.addr].join('/')).digest('hex').slice(0, 8)}`;
  return stack.node.tryFindChild(id) as IRole | undefined ?? Role.fromRoleName(stack, id, role.roleName);
}
