/**
 * What the jobs and the function of a provider have in common when they are in a VPC.
 */
import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, ISecurityGroup, ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct, Dependable, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { OptionNames } from '../validation/options';
import { Problems, show } from '../validation/problems';
import { A_LIST, A_SUBNET } from '../validation/value-types';

/** Those of the CDK differ between versions. */
export const SUBNET_OPTIONS = {
  availabilityZones: true,
  onePerAz: true,
  subnetFilters: true,
  subnetGroupName: true,
  subnets: true,
  subnetType: true,
} as OptionNames<SubnetSelection>;

/** Checks subnets that are given one by one, which the CDK does not. */
export function areSubnets(subnets: ISubnet[] | undefined, problems: Problems): boolean {
  const property = 'vpcSubnets.subnets';
  return subnets === undefined || (problems.expect(property, subnets, A_LIST) !== undefined
    && [...subnets].every((subnet, index) => problems.require(`${property}[${index}]`, subnet, A_SUBNET) !== undefined));
}

/** Checks that no id is there twice, which EC2 refuses. */
export function areDifferent(property: string, ids: readonly string[], problems: Problems): boolean {
  const again = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (again >= 0) {
    problems.add({ property: `${property}[${again}]`, value: show(ids[again]), allowed: 'is in the list already', remedy: 'Remove one of them.' });
  }
  return again < 0;
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
 * What must exist before something in a VPC can reach others: the routes of its subnets, the rules of its security groups, and the endpoints of
 * the VPC. Collects the endpoints lazily: they may be added to the VPC later.
 */
export function readinessOf(
  scope: Construct, subnets: readonly ISubnet[], vpc: IVpc | undefined, securityGroups: readonly ISecurityGroup[],
): IDependable {
  const ready = new DependencyGroup(...subnets.map(({ internetConnectivityEstablished }) => internetConnectivityEstablished));
  ready.add(...securityGroups.filter(Construct.isConstruct));
  if (vpc === undefined) {
    return ready;
  }
  const withEndpoints = {};
  Dependable.implement(withEndpoints, {
    get dependencyRoots() {
      return [...Dependable.of(ready).dependencyRoots, ...endpointsOf(vpc, scope)];
    },
  });
  return withEndpoints;
}

/** The endpoints in the stack of the scope and that of the VPC, which it depends on anyway. Other stacks could depend on the scope. */
function endpointsOf(vpc: IVpc, scope: Construct): IConstruct[] {
  const stacks = new Set([Stack.of(vpc), Stack.of(scope)]);
  return [...stacks].flatMap((stack) => {
    const vpcId = JSON.stringify(stack.resolve(vpc.vpcId));
    return stack.node.findAll().filter((construct) => construct instanceof CfnVPCEndpoint
      && Stack.of(construct) === stack && JSON.stringify(stack.resolve(construct.vpcId)) === vpcId);
  });
}
