import { Stack } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantOnce } from '../cdk/grant-once';

/**
 * Lets a role pull the images of the service. Autopilot chooses among them, and several accounts of the service contain them.
 */
export function grantServiceImages(scope: Construct, role: IRole): Grant {
  const stack = Stack.of(scope);
  const pull = grantOnce({
    grantee: role,
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resourceArns: [stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: '*', account: '*' })],
    conditions: { StringNotEquals: { 'aws:ResourceAccount': stack.account } },
  });
  // GetAuthorizationToken does not support resources.
  return pull.combine(grantOnce({ grantee: role, actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'] }));
}
