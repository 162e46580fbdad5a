import { CfnResource, Resource, Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct, IConstruct } from 'constructs';

/** The Region of a resource, if it is known and differs from that of a construct. */
export function otherRegion(scope: Construct, region: string | undefined): string | undefined {
  return differs(Stack.of(scope).region, region) ? region : undefined;
}

/** What is wrong with an ARN of a partition that is known, and is not that of a construct. */
export function partitionProblem(scope: Construct, arn: string): { allowed: string; remedy: string } | undefined {
  const { region } = Stack.of(scope);
  const own = Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
  const [, partition] = arn.split(':');
  return own !== undefined && differs(own, partition)
    ? { allowed: `is of the partition ${partition}, and ${region} is in ${own}: none can use what the other has`, remedy: `Use one of ${own}.` }
    : undefined;
}

/** Whether a resource is in an account or Region that is known, and not that of the scope. */
export function isElsewhere(scope: Construct, resource: object): boolean {
  const { account, region } = Stack.of(scope);
  return differs(account, environmentOf(resource)?.account) || differs(region, environmentOf(resource)?.region);
}

/** The account of a resource of this app, if it is known and differs from that of a construct. The policy of an imported one is not changed. */
export function otherAccount(scope: Construct, resource: IConstruct): string | undefined {
  const account = environmentOf(resource)?.account;
  return CfnResource.isCfnResource(resource.node?.defaultChild) && differs(Stack.of(scope).account, account) ? account : undefined;
}

/** The environment of a resource. Classes of the app may not have one. */
export function environmentOf(resource: object): Partial<Resource['env']> | undefined {
  return (resource as Partial<Resource>).env;
}

/** Whether two values are known and different. */
export function differs(known: string, other: string | undefined): boolean {
  return other !== undefined && !Token.isUnresolved(known) && !Token.isUnresolved(other) && known !== other;
}
