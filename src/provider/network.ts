/**
 * What the jobs and the function of a provider have in common when they are in a VPC.
 */
import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import {
  CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, CfnSubnet, CfnVPCEndpoint, ISecurityGroup, ISubnet, IVpc, SecurityGroup,
  SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { Construct, Dependable, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { rootStack } from '../cdk/cross-stack';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { lazyDependable } from '../cdk/lazy-dependable';
import { isLookedUpLater } from '../cdk/lookups';
import { OptionNames } from '../validation/options';
import { Problems, show } from '../validation/problems';
import { A_LIST, A_SUBNET } from '../validation/value-types';

/** The options of a selection of subnets. A cast, because the type of the CDK has other members in other versions. */
export const SUBNET_OPTIONS = {
  availabilityZones: true,
  onePerAz: true,
  subnetFilters: true,
  subnetGroupName: true,
  subnets: true,
  subnetType: true,
} as OptionNames<SubnetSelection>;

/** Checks subnets that are given one by one, which the CDK does not. Returns whether all are subnets. */
export function checkGivenSubnets(subnets: ISubnet[] | undefined, problems: Problems): boolean {
  const property = 'vpcSubnets.subnets';
  return subnets === undefined || (problems.expect(property, subnets, A_LIST) !== undefined
    && [...subnets].every((subnet, index) => problems.require(`${property}[${index}]`, subnet, A_SUBNET) !== undefined));
}

/** Checks that no id is there twice, which EC2 refuses. Returns whether none is. */
export function checkNoDuplicates(property: string, ids: readonly string[], problems: Problems): boolean {
  const again = ids.findIndex((id, index) => ids.indexOf(id) < index && !isLookedUpLater(id));
  if (again >= 0) {
    problems.add({ property: `${property}[${again}]`, value: show(ids[again]), allowed: 'is in the list already', remedy: 'Remove one of them.' });
  }
  return again < 0;
}

/** What a network is made of, by property. */
export interface NetworkParts {
  readonly [property: string]: IVpc | ISubnet | ISecurityGroup | undefined;
}

/**
 * Checks that all are of one VPC, as far as that is known.
 *
 * @param noun - what is in the network
 */
export function checkOneVpc(noun: string, parts: NetworkParts, problems: Problems): void {
  let first: string | Construct | undefined;
  for (const [property, resource] of Object.entries(parts)) {
    const of = resource && vpcOf(resource);
    first ??= of;
    if (of !== undefined && typeof of === typeof first && of !== first) {
      problems.add({ property, allowed: `must be of the VPC of the ${noun}, ${nameOf(first!)}, and is of ${nameOf(of)}`, remedy: 'Use one of that VPC.' });
    }
  }
}

/** The VPC of a resource: its id, or its construct, if it is of this app. */
function vpcOf(resource: IVpc | ISubnet | ISecurityGroup): string | Construct | undefined {
  const { defaultChild } = resource.node ?? {};
  const id = 'vpcId' in resource ? resource.vpcId
    : defaultChild instanceof CfnSecurityGroup || defaultChild instanceof CfnSubnet ? defaultChild.vpcId : undefined;
  if (typeof id !== 'string' || !Token.isUnresolved(id)) {
    return id;
  }
  const token = Tokenization.reverse(id, { failConcat: false });
  return Reference.isReference(token) ? token.target as Construct : undefined;
}

function nameOf(vpc: string | Construct): string {
  return typeof vpc === 'string' ? vpc : `'${vpc.node.path.replace(/\/Resource$/, '')}'`;
}

/** The subnets that the CDK selects. An impossible selection is a problem. */
export function selectSubnets(vpc: IVpc, selection: SubnetSelection | undefined, problems: Problems): ISubnet[] {
  try {
    return vpc.selectSubnets(selection).subnets;
  } catch (error) {
    // The CDK does not check the values of a selection.
    const allowed = error instanceof TypeError ? 'has a value that the CDK does not know' : (error as Error).message;
    problems.add({ property: 'vpcSubnets', allowed, remedy: 'Choose subnets that the VPC has.' });
    return [];
  }
}

/**
 * What must exist before something in a VPC can reach others: the routes of its subnets, the rules of its security groups, also those of
 * other groups that name them, and the endpoints of the VPC. Collects these lazily: they may be added later.
 */
export function readinessOf(
  scope: Construct, subnets: readonly ISubnet[], vpc: IVpc | undefined, securityGroups: readonly ISecurityGroup[],
): IDependable {
  const ready = new DependencyGroup(...subnets.map(({ internetConnectivityEstablished }) => internetConnectivityEstablished));
  ready.add(...securityGroups.filter(Construct.isConstruct));
  return lazyDependable(() => [...Dependable.of(ready).dependencyRoots, ...endpointsAndRules(scope, vpc, securityGroups)]);
}

/**
 * The endpoints and rules in the stack of the scope, and in the stacks that it depends on anyway. Other stacks could depend on the scope, and so
 * could the rules of a stack that this one is nested in.
 */
function endpointsAndRules(scope: Construct, vpc: IVpc | undefined, securityGroups: readonly ISecurityGroup[]): IConstruct[] {
  const stacks = new Set([scope, ...vpc ? [vpc] : [], ...securityGroups.filter(Construct.isConstruct)].map((each) => Stack.of(each)));
  return [...stacks].flatMap((stack) => {
    const vpcId = vpc && idIn(stack, vpc.vpcId);
    const mayDependOnScope = stack !== Stack.of(scope) && rootStack(stack) === rootStack(scope);
    const groupIds = mayDependOnScope ? [] : securityGroups.map(({ securityGroupId }) => idIn(stack, securityGroupId)!);
    return stack.node.findAll().filter((construct) => Stack.of(construct) === stack && (construct instanceof CfnVPCEndpoint
      ? idIn(stack, construct.vpcId) === vpcId
      : isRuleOf(groupIds, construct, stack)));
  });
}

/** Whether a construct is a rule of a security group that has one of these ids, or a rule for its members. */
function isRuleOf(groupIds: readonly string[], construct: IConstruct, stack: Stack): boolean {
  const has = (...ids: (string | undefined)[]) => ids.some((id) => id !== undefined && groupIds.includes(idIn(stack, id)!));
  if (construct instanceof CfnSecurityGroupIngress) {
    return has(construct.groupId, construct.sourceSecurityGroupId);
  }
  if (construct instanceof CfnSecurityGroupEgress) {
    return has(construct.groupId, construct.destinationSecurityGroupId);
  }
  // The CDK's own class writes rules between groups as resources.
  if (!(construct instanceof CfnSecurityGroup) || construct.node.scope instanceof SecurityGroup) {
    return false;
  }
  const rules = JSON.stringify(stack.resolve([construct.securityGroupIngress, construct.securityGroupEgress]));
  return groupIds.some((id) => rules.includes(id));
}

/** The resolved ids, by id: each is compared with those of all jobs. */
const resolvedIds = keptFor((_: Stack) => new Map<string, string>());

/** An id as a stack resolves it. */
function idIn(stack: Stack, id: string | undefined): string | undefined {
  return id === undefined ? undefined : getOrMake(resolvedIds(stack), id, () => JSON.stringify(stack.resolve(id)));
}
