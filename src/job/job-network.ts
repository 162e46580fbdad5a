import { Stack } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, IVpc, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantOnce } from '../cdk/grant-once';
import { A_SECURITY_GROUP } from '../validation/kinds';
import { Problems } from '../validation/problems';

/** The properties that say where something runs. */
interface NetworkProps {
  readonly securityGroups?: ISecurityGroup[];
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
}

/** The network interfaces of a job in a VPC. */
export interface JobNetwork {
  readonly connections: Connections;
  /** The security group that was made for the job. */
  readonly ownSecurityGroup?: ISecurityGroup;
  readonly vpcConfig: { SecurityGroupIds: string[]; Subnets: string[] };
}

/** The job's part of its VPC. Undefined when it has none. */
export function jobNetwork(scope: Construct, props: NetworkProps, noun: string, problems: Problems): JobNetwork | undefined {
  const { vpc, vpcSubnets } = props;
  const given = props.securityGroups?.filter((group, index) => problems.expect(`securityGroups[${index}]`, group ?? NaN, A_SECURITY_GROUP));
  if (vpc === undefined) {
    for (const [property, value] of Object.entries({ securityGroups: given, vpcSubnets })) {
      if (value !== undefined) {
        problems.add({ property, allowed: 'needs a vpc', remedy: 'Add vpc, or leave it out.' });
      }
    }
    return undefined;
  }
  const subnets = selectSubnets(vpc, vpcSubnets, problems);
  const ownSecurityGroup = given ? undefined : new SecurityGroup(scope, 'SecurityGroup', { vpc, description: `${noun} ${scope.node.path}`.slice(0, 255) });
  const securityGroups = given ?? [ownSecurityGroup!];
  return {
    ownSecurityGroup,
    connections: new Connections({ securityGroups }),
    vpcConfig: { SecurityGroupIds: securityGroups.map((group) => group.securityGroupId), Subnets: subnets },
  };
}

function selectSubnets(vpc: IVpc, selection: SubnetSelection | undefined, problems: Problems): string[] {
  try {
    return vpc.selectSubnets(selection).subnetIds;
  } catch (error) {
    problems.add({ property: 'vpcSubnets', allowed: (error as Error).message, remedy: 'Choose subnets that the VPC has.' });
    return [];
  }
}

/** What a role needs for the network interfaces of a job. */
export function grantNetwork(scope: Construct, role: IRole, { vpcConfig }: JobNetwork): Grant {
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
  const create = grantOnce({
    grantee: role,
    actions: ['ec2:CreateNetworkInterface'],
    resourceArns: [
      arn('network-interface', '*'),
      ...vpcConfig.Subnets.map((id) => arn('subnet', id)),
      ...vpcConfig.SecurityGroupIds.map((id) => arn('security-group', id)),
    ],
  });
  const use = grantOnce({
    grantee: role,
    actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'],
    resourceArns: [arn('network-interface', '*')],
  });
  // Descriptions know no resources.
  const describe = grantOnce({
    grantee: role,
    actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    resourceArns: ['*'],
  });
  return create.combine(use).combine(describe);
}
