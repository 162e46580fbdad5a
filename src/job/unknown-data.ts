import { Annotations, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole, Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * Warns that nothing lets the role of a job read data whose place only others know. Users grant it after the job is made, so this
 * looks when the template is made, and only at a role of the job's own: what others may do is not known.
 *
 * @param data - what is not known
 * @param grants - what the role was granted for the inputs that this is about, and for the code: none of it is for the data
 */
export function warnOfUnknownData(scope: Construct, role: IRole, data: string, grants: readonly Grant[]): void {
  if (role.node.scope !== scope) {
    return;
  }
  scope.node.addValidation({
    validate: () => {
      if (!mayReadMore(role, grants)) {
        Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:dataNotGranted', [
          `inputs: the job's role may not read ${data}, for only the service knows where that is.`,
          'Grant it: location.grantRead(job), or bucket.grantRead(job); acknowledge this warning where another service reads it for the job.',
        ].join(' '));
      }
      return [];
    },
  });
}

function mayReadMore(role: IRole, grants: readonly Grant[]): boolean {
  const stack = Stack.of(role);
  const asText = (value: unknown) => JSON.stringify(stack.resolve(value));
  const cfnRole = role.node.defaultChild as CfnRole;
  const policies = stack.node.findAll().filter((construct) => construct instanceof CfnPolicy || construct instanceof CfnManagedPolicy)
    .filter(({ roles }) => asText(roles ?? []).includes(asText(cfnRole.ref)));
  if ([cfnRole.managedPolicyArns, cfnRole.policies].some((more) => stack.resolve(more)?.length > 0) || policies.length > 1) {
    return true;
  }
  const known = new Set(grants.flatMap(({ principalStatements }) => principalStatements.flatMap(({ resources }) => resources.map(asText))));
  return policies.flatMap(({ policyDocument }) => stack.resolve(policyDocument).Statement as any[])
    .filter(({ Action }) => [Action].flat().some((action: string) => /^(\*|s3:(\*|Get(Object)?\*?))$/.test(action)))
    .some(({ Resource }) => [Resource].flat().some((resource: unknown) => !known.has(JSON.stringify(resource))));
}
