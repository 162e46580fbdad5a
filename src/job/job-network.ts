import { Annotations, Fn, Stack, Token } from 'aws-cdk-lib';
import {
  CfnSecurityGroup, CfnSecurityGroupIngress, Connections, ISecurityGroup, ISubnet, IVpc, Port, SecurityGroup, SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct, IDependable } from 'constructs';
import { environmentOf, otherRegion } from '../cdk/environment';
import { grantOnce } from '../cdk/grant-once';
import { checkGivenSubnets, checkNoDuplicates, checkOneVpc, NetworkParts, readinessOf, selectSubnets, SUBNET_OPTIONS } from '../provider/network';
import { valuesOf } from '../validation/options';
import { Problems, show } from '../validation/problems';
import { A_SECURITY_GROUP } from '../validation/value-types';

/** The properties of the network that a job or model runs in. */
export interface NetworkProps {
  readonly securityGroups?: ISecurityGroup[];
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
}

/** The network interfaces of a job in a VPC. */
export interface JobNetwork {
  readonly connections: Connections;
  /** The security group that was made for the job. */
  readonly ownSecurityGroup?: ISecurityGroup;
  /** The security groups of the app that were given to the job. */
  readonly givenSecurityGroups: readonly ISecurityGroup[];
  /** What must exist before the job starts: the routes of its subnets, the endpoints of its VPC, and the rules of its groups. */
  readonly ready: IDependable;
  readonly subnets: readonly ISubnet[];
  readonly vpc?: IVpc;
  readonly vpcConfig: { SecurityGroupIds: string[]; Subnets: string[] };
}

/**
 * The network of a job, or undefined when it has no VPC.
 *
 * @param isDistributed - whether the job has several instances, which its security groups must let talk to each other
 */
export function jobNetwork(
  scope: Construct, props: NetworkProps, noun: string, isDistributed: boolean, problems: Problems,
): JobNetwork | undefined {
  const { vpc } = props;
  const vpcSubnets: SubnetSelection | undefined = props.vpcSubnets && valuesOf(props.vpcSubnets, Object.keys(SUBNET_OPTIONS));
  const given = props.securityGroups?.filter((group, index) => problems.require(`securityGroups[${index}]`, group, A_SECURITY_GROUP));
  if (!checkGivenSubnets(vpcSubnets?.subnets, problems)) {
    return undefined;
  }
  if (given !== undefined && given.length < props.securityGroups!.length) {
    return undefined;
  }
  const subnets = vpc === undefined ? subnetsAlone({ ...props, vpcSubnets }, problems) : selectSubnets(vpc, vpcSubnets, problems);
  checkPlaces(scope, props, subnets ?? [], problems);
  checkIds('vpcSubnets.subnets', subnets?.map(({ subnetId }) => subnetId), 'subnet', problems);
  checkIds('securityGroups', given?.map(({ securityGroupId }) => securityGroupId), 'security group', problems);
  const areGroupsDistinct = checkNoDuplicates('securityGroups', (given ?? []).map(({ securityGroupId }) => securityGroupId), problems);
  if (subnets === undefined || !checkNoDuplicates('vpcSubnets.subnets', subnets.map(({ subnetId }) => subnetId), problems) || !areGroupsDistinct) {
    return undefined;
  }
  const ownSecurityGroup = given || !vpc ? undefined : new SecurityGroup(scope, 'JobSecurityGroup', {
    vpc, description: `${noun} ${scope.node.path}`.slice(0, 255),
  });
  const securityGroups = given ?? (ownSecurityGroup ? [ownSecurityGroup] : []);
  const network = {
    ownSecurityGroup,
    givenSecurityGroups: (given ?? []).filter(({ node }) => node?.defaultChild instanceof CfnSecurityGroup),
    connections: new Connections({ securityGroups }),
    ready: readinessOf(scope, subnets, vpc, securityGroups),
    subnets,
    vpc,
    vpcConfig: { SecurityGroupIds: securityGroups.map((group) => group.securityGroupId), Subnets: idsOf(subnets) },
  };
  if (isDistributed) {
    letMembersIn(scope, network);
  }
  return network;
}

/** Lets the instances of a distributed job reach each other: by a rule of its own group, and with a warning where given groups lack one. */
export function letMembersIn(scope: Construct, { connections, ownSecurityGroup }: Pick<JobNetwork, 'connections' | 'ownSecurityGroup'>): void {
  if (ownSecurityGroup) {
    ownSecurityGroup.connections.allowInternally(Port.allTraffic(), 'The instances of a job talk to each other');
  } else {
    warnUnlessMembersAreLetIn(scope, connections.securityGroups);
  }
}

const PREFIXES: { readonly [noun: string]: string } = { 'sg-': 'security group', 'subnet-': 'subnet', 'vpc-': 'VPC', 'rtb-': 'route table' };

/** Checks that no id is that of something else. */
function checkIds(property: string, ids: readonly string[] | undefined, noun: string, problems: Problems): void {
  ids?.forEach((id, index) => {
    const prefix = Object.keys(PREFIXES).find((each) => id.startsWith(each));
    if (prefix !== undefined && PREFIXES[prefix] !== noun) {
      problems.add({ property: `${property}[${index}]`, value: show(id), allowed: `must be the id of a ${noun}, and is that of a ${PREFIXES[prefix]}`, remedy: 'Exchange it.' });
    }
  });
}

/** Checks that subnets and security groups are in the Region of the job, and in one VPC, as far as that is known. */
function checkPlaces(
  scope: Construct, { securityGroups = [], vpc, vpcSubnets }: NetworkProps, subnets: readonly ISubnet[], problems: Problems,
): void {
  const given: NetworkParts = {
    vpc,
    ...Object.fromEntries(vpcSubnets?.subnets ? subnets.map((subnet, index) => [`vpcSubnets.subnets[${index}]`, subnet]) : []),
    ...Object.fromEntries(securityGroups.map((group, index) => [`securityGroups[${index}]`, group])),
  };
  for (const [property, resource] of Object.entries(given)) {
    const region = resource && otherRegion(scope, environmentOf(resource)?.region);
    if (region !== undefined) {
      const { region: ofJob } = Stack.of(scope);
      problems.add({ property, allowed: `must be in the Region of the job, ${ofJob}, and is in ${region}`, remedy: 'Use one of that Region, imported in a stack of it.' });
    }
  }
  checkOneVpc('job', given, problems);
}

/** The subnets of a job without a `vpc`. With the ids of subnets and security groups, the VPC need not be known. */
function subnetsAlone({ securityGroups, vpcSubnets }: NetworkProps, problems: Problems): ISubnet[] | undefined {
  const { subnets, ...criteria } = vpcSubnets ?? {};
  const remedy = 'Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).';
  if (subnets === undefined || Object.values(criteria).some((criterion) => criterion !== undefined)) {
    for (const [property, value] of Object.entries({ securityGroups, vpcSubnets })) {
      if (value !== undefined) {
        problems.add({ property, allowed: 'needs a vpc', remedy });
      }
    }
    return undefined;
  }
  if (securityGroups === undefined) {
    problems.add({ property: 'securityGroups', allowed: 'is required for subnets without a vpc', remedy });
  }
  return subnets;
}

/** The ids of subnets. CloudFormation joins lists that only it knows. */
function idsOf(subnets: readonly ISubnet[]): string[] {
  const ids = subnets.map(({ subnetId }) => subnetId);
  return ids.length > 1 && ids.some(isList) ? Fn.split(',', Fn.join(',', ids.map((id) => isList(id) ? Fn.join(',', [id]) : id))) : ids;
}

/** Whether an id is a token list, which stands for all subnets of an imported VPC. */
function isList(id: string): boolean {
  return Token.isUnresolved([id]) && !Token.isUnresolved(id);
}

/**
 * Warns when no rule lets the members of the security groups reach each other, which the instances of a distributed job need.
 * Checks at synth, since rules can be added after the job. The rules of imported groups are not known.
 */
function warnUnlessMembersAreLetIn(scope: Construct, groups: readonly ISecurityGroup[]): void {
  const ofApp = groups.map((group) => group.node?.defaultChild).filter((group) => group instanceof CfnSecurityGroup);
  if (ofApp.length === 0 || ofApp.length < groups.length) {
    return;
  }
  scope.node.addValidation({
    validate: () => {
      if (!ofApp.some(hasIngress)) {
        Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:membersNotLetIn', [
          `securityGroups: no rule of ${groups.map(({ node }) => node.path).join(', ')} lets the instances of the job reach each other, which a job with`,
          'several instances needs. Add one: group.connections.allowInternally(Port.allTraffic()).',
        ].join(' '));
      }
      return [];
    },
  });
}

/** Whether a group has any ingress rule. Each counts, since it may allow the addresses of the members. */
function hasIngress(group: CfnSecurityGroup): boolean {
  const { root } = group.node;
  const idIn = (construct: IConstruct, id: string | undefined) => JSON.stringify(Stack.of(construct).resolve(id));
  const inline = Stack.of(group).resolve(group.securityGroupIngress) as unknown[] | undefined;
  return (inline ?? []).length > 0 || root.node.findAll().some((construct) => construct instanceof CfnSecurityGroupIngress
    && idIn(construct, construct.groupId) === idIn(construct, group.attrGroupId));
}

/** Lets a role create and delete the network interfaces of a job. */
export function grantNetwork(scope: Construct, role: IRole, { vpc, vpcConfig }: JobNetwork): Grant {
  const stack = Stack.of(scope);
  const arn = (resource: string, resourceName: string) => stack.formatArn({ service: 'ec2', resource, resourceName });
  const groups = vpcConfig.SecurityGroupIds.map((id) => arn('security-group', id));
  const actions = ['ec2:CreateNetworkInterface'];
  // The number of subnets in a token list is unknown, so the permission names their VPC instead.
  const create = Token.isUnresolved(vpcConfig.Subnets) && vpc
    ? grantOnce({ grantee: role, actions, resourceArns: [arn('network-interface', '*'), ...groups] })
      .combine(grantOnce({
        grantee: role, actions, resourceArns: [arn('subnet', '*')], conditions: { ArnEquals: { 'ec2:Vpc': arn('vpc', vpc.vpcId) } },
      }))
    : grantOnce({
      grantee: role, actions, resourceArns: [arn('network-interface', '*'), ...vpcConfig.Subnets.map((id) => arn('subnet', id)), ...groups],
    });
  const use = grantOnce({
    grantee: role,
    actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'],
    resourceArns: [arn('network-interface', '*')],
  });
  // EC2's describe actions do not support resources.
  const describe = grantOnce({
    grantee: role,
    actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    resourceArns: ['*'],
  });
  return create.combine(use).combine(describe);
}
