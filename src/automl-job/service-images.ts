import { Stack } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantPull } from '../cdk/grant-pull';

/**
 * Lets a role pull the images of the service. Autopilot chooses among them, and several accounts of the service contain them.
 */
export function grantServiceImages(scope: Construct, role: IRole): Grant {
  const stack = Stack.of(scope);
  const anyRepository = stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: '*', account: '*' });
  return grantPull(role, anyRepository, { StringNotEquals: { 'aws:ResourceAccount': stack.account } });
}
