import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IRole, Role } from 'aws-cdk-lib/aws-iam';

import { Construct } from 'constructs';
import { isImported, isMutable } from './cdk-internals';

/**
 * Returns a role whose new policies are in the stack of a construct.
 *
 * A policy in the role's own stack would depend on the stack of the construct, which depends on the role: a cycle. For an imported
 * role, the CDK gives the policies the same name in each stack, so that the later one would replace the earlier.
 *
 * @param role - the role
 * @param scope - the construct for which the role gets permissions
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
