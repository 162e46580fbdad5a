import { Stack } from 'aws-cdk-lib';
import {
  CfnRoute, CfnSecurityGroup, CfnSecurityGroupEgress, CfnSubnet, CfnVPCEndpoint, CfnVPNGatewayRoutePropagation, ISecurityGroup, ISubnet, IVpc,
  PublicSubnet,
} from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/**
 * The subnets from which nothing leads to a service: no route, and no endpoint. To be called at synth: routes and endpoints can be added
 * later.
 *
 * @param service - the end of the name of its endpoint: `s3`, `sagemaker.api`
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
 */
export function subnetsWithoutWayTo(service: string, scope: IConstruct, subnets: readonly ISubnet[], vpc: IVpc | undefined): readonly ISubnet[] {
  const closed = subnets.filter((subnet) => isClosed(subnet, vpc));
  if (closed.length === 0) {
    return [];
  }
  const all = scope.node.root.node.findAll();
  const endpoints = all.filter((construct) => construct instanceof CfnVPCEndpoint).filter((endpoint) => isFor(endpoint, service));
  return closed.filter((subnet) => !endpoints.some((endpoint) => serves(endpoint, subnet, vpc)));
}

/**
 * Whether it is certain that no route leads out of a subnet. The network interfaces of jobs and functions get no public IP address, so a
 * public subnet is as closed as an isolated one. The routes of imported subnets are not known.
 */
function isClosed(subnet: ISubnet, vpc: IVpc | undefined): boolean {
  const isPublic = subnet instanceof PublicSubnet || (vpc?.publicSubnets.some(({ subnetId }) => subnetId === subnet.subnetId) ?? false);
  if (!(subnet.node?.defaultChild instanceof CfnSubnet)) {
    return isPublic;
  }
  return !Stack.of(subnet).node.findAll().some((construct) =>
    construct instanceof CfnRoute && !(isPublic && construct.gatewayId !== undefined) && haveTableOf(subnet, construct, [construct.routeTableId])
    || construct instanceof CfnVPNGatewayRoutePropagation && haveTableOf(subnet, construct, construct.routeTableIds));
}

/** Whether no rule of a group of this app is for what leaves it. The CDK writes a rule for the address of nobody then. */
export function letsNothingOut({ node, securityGroupId }: ISecurityGroup): boolean {
  const group = node?.defaultChild;
  if (!(group instanceof CfnSecurityGroup)) {
    return false;
  }
  const inline: unknown = group.stack.resolve(group.securityGroupEgress);
  const isNone = Array.isArray(inline) && inline.every(({ cidrIp }) => cidrIp === '255.255.255.255/32');
  return isNone && !node.root.node.findAll().some((construct) => construct instanceof CfnSecurityGroupEgress
    && JSON.stringify(construct.stack.resolve(construct.groupId)) === JSON.stringify(construct.stack.resolve(securityGroupId)));
}

function isFor({ serviceName, stack }: CfnVPCEndpoint, service: string): boolean {
  return JSON.stringify(stack.resolve(serviceName))?.includes(`.${service}"`) ?? false;
}

/** Whether an endpoint serves a subnet: that of a gateway its route tables, and that of network interfaces the whole VPC. */
function serves(endpoint: CfnVPCEndpoint, subnet: ISubnet, vpc: IVpc | undefined): boolean {
  const { routeTableIds = [], stack, vpcEndpointType, vpcId } = endpoint;
  if (vpcEndpointType === undefined || vpcEndpointType === 'Gateway') {
    return haveTableOf(subnet, endpoint, routeTableIds);
  }
  const cfnSubnet = subnet.node?.defaultChild;
  const ofSubnet = vpc?.vpcId ?? (cfnSubnet instanceof CfnSubnet ? cfnSubnet.vpcId : undefined);
  return JSON.stringify(stack.resolve(ofSubnet)) === JSON.stringify(stack.resolve(vpcId));
}

/** Whether the ids of route tables that a construct has include that of a subnet. A list that only CloudFormation knows may. */
function haveTableOf(subnet: ISubnet, construct: IConstruct, routeTableIds: readonly string[]): boolean {
  const stack = Stack.of(construct);
  const ids: unknown = stack.resolve(routeTableIds);
  const own = JSON.stringify(stack.resolve(subnet.routeTable?.routeTableId));
  return !Array.isArray(ids) || ids.some((id) => JSON.stringify(id) === own);
}
