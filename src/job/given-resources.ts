import { Stack, Stage } from 'aws-cdk-lib';
import { CfnRole, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { renderedOf } from '../cdk/cdk-internals';
import { differs, environmentOf, otherAccount, otherRegion, partitionProblem } from '../cdk/environment';
import { keptFor } from '../cdk/kept-for';
import { isLookedUpLater } from '../cdk/lookups';
import { Problems, show } from '../validation/problems';

/** Checks that IAM can pass a role to the service: one of the account and partition of the job, as far as they are known, and not one of a service. */
export function checkRole(scope: Construct, role: IRole | undefined, problems: Problems): void {
  const { account } = Stack.of(scope);
  if (role === undefined || isLookedUpLater(role.roleArn)) {
    return;
  }
  const ofPartition = partitionProblem(scope, role.roleArn);
  if (ofPartition) {
    problems.add({ property: 'role', value: show(role.roleArn), ...ofPartition, member: 'RoleArn' });
  } else if (role.roleArn.includes(':role/aws-service-role/')) {
    problems.add({
      property: 'role',
      value: show(role.roleArn),
      allowed: 'is a role of a service, which IAM lets nobody pass or change',
      remedy: "Use a role of your own, made with assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), or leave it out.",
      member: 'RoleArn',
    });
  } else if (differs(account, environmentOf(role)?.account)) {
    problems.add({
      property: 'role',
      value: show(role.roleArn),
      allowed: `must be a role of the account of the stack, ${account}, for IAM passes no other to a service`,
      remedy: 'Use a role of that account, which may assume the other one.',
      member: 'RoleArn',
    });
  }
}

/** Checks that a service may assume a role of this app, at synth: until then, its trust policy can change. */
export function checkTrust(role: IRole, problems: Problems, service: string, serviceName: string, member?: string): void {
  const resource = cfnRoleOf(role);
  if (resource === undefined) {
    return;
  }
  const services = trustedServices(resource);
  if (!services.some((each) => typeof each !== 'string' || ['*', service].includes(each))) {
    problems.add({
      property: 'role',
      allowed: `must trust ${serviceName}, and '${role.node.path}' trusts ${services.length === 0 ? 'no service' : services.join(', ')}`,
      remedy: `Make it with assumedBy: new ServicePrincipal('${service}'), or leave it out.`,
      member,
    });
  }
}

/** The resource of a role. The default child of a LazyRole is a role of its own. */
function cfnRoleOf({ node }: Partial<IConstruct>): CfnRole | undefined {
  const child = node?.defaultChild;
  return child === undefined || child instanceof CfnRole ? child : cfnRoleOf(child);
}

/** The services that a role trusts, as its template will have them. Hundreds of jobs may share a role. */
const trustedServices = keptFor((resource: CfnRole): unknown[] => {
  const [rendered] = Object.values((renderedOf(resource) as { readonly Resources?: { [id: string]: any } }).Resources ?? {});
  const statements: any[] = [rendered?.Properties?.AssumeRolePolicyDocument?.Statement ?? []].flat();
  return statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal }) => Principal === '*' ? '*' : Principal?.Service ?? []);
});

/** Checks where keys are. The Region of the volume key must be that of the job. The key of an output may be in another Region with its bucket. */
export function checkRegionsOfKeys(
  scope: Construct, { outputEncryptionKey, volumeEncryptionKey }: { outputEncryptionKey?: IKey; volumeEncryptionKey?: IKey }, problems: Problems,
): void {
  const check = (property: string, key: IKey | undefined, warning?: string) => {
    const region = otherRegion(scope, key && environmentOf(key)?.region);
    const account = key && otherAccount(scope, key);
    if (account !== undefined) {
      problems.add({
        property, allowed: `is a key of the account ${account}, and has no name that other accounts know before it exists`, remedy: 'Import it: Key.fromKeyArn(…). Its policy has to let the role of the job use it.',
      });
    } else if (region !== undefined) {
      problems.add({
        property, allowed: `must be a key in the Region of the job, ${Stack.of(scope).region}, and is in ${region}`, remedy: 'Use a key of that Region, such as a replica.', warning,
      });
    }
  };
  check('volumeEncryptionKey', volumeEncryptionKey);
  check('outputEncryptionKey', outputEncryptionKey, 'cdk-sagemaker-jobs:inAnotherRegion');
}

/**
 * Checks that a construct which another one runs, or is made of, is deployed with it to the same account and Region.
 *
 * @param noun - what the construct of the scope is
 */
export function checkDeployedTogether(scope: Construct, noun: string, property: string, other: IConstruct, problems: Problems): void {
  const [here, there] = [Stack.of(scope).environment, Stack.of(other).environment];
  if (Stage.of(other) !== Stage.of(scope)) {
    problems.add({ property, allowed: `is in another app or stage, and is deployed without this ${noun}`, remedy: 'Define it in the same one.' });
  } else if (there !== here) {
    problems.add({ property, allowed: `is for ${there}, and the ${noun} for ${here}`, remedy: 'Define it in a stack of that environment.' });
  }
}
