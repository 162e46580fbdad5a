import { Resource, Stack, Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Problems, show } from '../validation/problems';

/** The Region of something, where it is known and is not that of the job. */
export function otherRegion(scope: Construct, region: string | undefined): string | undefined {
  return differs(Stack.of(scope).region, region) ? region : undefined;
}

/** IAM passes no role of another account. A warning, since the account of a role may be written wrongly where nothing else depends on it. */
export function checkAccountOfRole(scope: Construct, role: IRole | undefined, problems: Problems): void {
  const { account } = Stack.of(scope);
  if (role !== undefined && differs(account, environmentOf(role)?.account)) {
    problems.add({
      property: 'role',
      value: show(role.roleArn),
      allowed: `is not a role of the account of the stack, ${account}, and IAM passes no other to a service`,
      remedy: 'Use a role of that account, which may assume the other one.',
      member: 'RoleArn',
      warning: 'cdk-sagemaker-jobs:roleOfAnotherAccount',
    });
  }
}

/** Volumes are attached in the Region of the job. Where an output's bucket is may be somewhere else. */
export function checkRegionsOfKeys(
  scope: Construct, { outputEncryptionKey, volumeEncryptionKey }: { outputEncryptionKey?: IKey; volumeEncryptionKey?: IKey }, problems: Problems,
): void {
  const check = (property: string, key: IKey | undefined, warning?: string) => {
    const region = otherRegion(scope, key && environmentOf(key)?.region);
    if (region !== undefined) {
      problems.add({
        property, allowed: `must be a key in the Region of the job, ${Stack.of(scope).region}, and is in ${region}`, remedy: 'Use a key of that Region, such as a replica.', warning,
      });
    }
  };
  check('volumeEncryptionKey', volumeEncryptionKey);
  check('outputEncryptionKey', outputEncryptionKey, 'cdk-sagemaker-jobs:inAnotherRegion');
}

/** Where a resource is: classes of the app may not say it. */
export function environmentOf(resource: object): Partial<Resource['env']> | undefined {
  return (resource as Partial<Resource>).env;
}

function differs(known: string, other: string | undefined): boolean {
  return other !== undefined && !Token.isUnresolved(known) && !Token.isUnresolved(other) && known !== other;
}
