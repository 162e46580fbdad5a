import { Annotations, Stack } from 'aws-cdk-lib';
import { CfnRoute, CfnSubnet, CfnVPCEndpoint, CfnVPNGatewayRoutePropagation, ISubnet, IVpc, PublicSubnet } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/**
 * Warns of the subnets of a job from which nothing leads to S3, where its data is. The network interfaces of a job get no public IP
 * address, so a public subnet is as closed as an isolated one. To be called at synth: routes and endpoints can be added after the job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
 */
export function warnOfNoWayToS3(scope: IConstruct, subnets: readonly ISubnet[], vpc: IVpc | undefined): void {
  const closed = subnets.filter((subnet) => isClosed(subnet, vpc));
  if (closed.length === 0) {
    return;
  }
  const endpoints = scope.node.root.node.findAll().filter((construct) => construct instanceof CfnVPCEndpoint).filter(isForS3);
  const without = closed.filter((subnet) => !endpoints.some((endpoint) => serves(endpoint, subnet, vpc)));
  if (without.length > 0) {
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:noWayToS3', [
      `vpcSubnets: nothing leads to S3, where the data of the job is, from ${without.map(({ node }) => node.path).join(', ')}.`,
      'The network interfaces of a job get no public IP address, so an internet gateway is no way out.',
      'Choose private subnets with a NAT gateway, add an endpoint for S3 to the VPC, or acknowledge this warning where there is another way.',
    ].join(' '));
  }
}

/** Whether it is certain that no route leads out of a subnet, apart from endpoints. The routes of imported subnets are not known. */
function isClosed(subnet: ISubnet, vpc: IVpc | undefined): boolean {
  const isPublic = subnet instanceof PublicSubnet || (vpc?.publicSubnets.some(({ subnetId }) => subnetId === subnet.subnetId) ?? false);
  if (!(subnet.node?.defaultChild instanceof CfnSubnet)) {
    return isPublic;
  }
  return !Stack.of(subnet).node.findAll().some((construct) =>
    construct instanceof CfnRoute && !(isPublic && construct.gatewayId !== undefined) && haveTableOf(subnet, construct, [construct.routeTableId])
    || construct instanceof CfnVPNGatewayRoutePropagation && haveTableOf(subnet, construct, construct.routeTableIds));
}

function isForS3({ serviceName, stack }: CfnVPCEndpoint): boolean {
  return /\.s3"/.test(JSON.stringify(stack.resolve(serviceName)) ?? '');
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
