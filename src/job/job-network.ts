import { Annotations, Fn, Stack, Token } from 'aws-cdk-lib';
import {
  CfnSecurityGroup, CfnSecurityGroupIngress, CfnVPCEndpoint, Connections, ISecurityGroup, ISubnet, IVpc, Port, SecurityGroup, SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { grantOnce } from '../cdk/grant-once';
import { A_LIST, A_SECURITY_GROUP, A_SUBNET } from '../validation/kinds';
import { Problems } from '../validation/problems';

/** The properties that say where something runs. */
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
  /** What a job that has started needs: routes out of its subnets, the endpoints of its VPC, and the rules of its own group. */
  readonly ready: IDependable;
  readonly vpc?: IVpc;
  readonly vpcConfig: { SecurityGroupIds: string[]; Subnets: string[] };
}

/**
 * The job's part of its VPC. Undefined when it has none.
 *
 * @param isDistributed - whether several instances talk to each other, as security groups have to let them
 */
export function jobNetwork(
  scope: Construct, props: NetworkProps, noun: string, isDistributed: boolean, problems: Problems,
): JobNetwork | undefined {
  const { vpc } = props;
  // What is null is not given.
  const vpcSubnets = props.vpcSubnets && { ...props.vpcSubnets, subnets: props.vpcSubnets.subnets ?? undefined };
  const given = props.securityGroups?.filter((group, index) => problems.require(`securityGroups[${index}]`, group, A_SECURITY_GROUP));
  if (!areSubnets(vpcSubnets?.subnets, problems)) {
    return undefined;
  }
  const subnets = vpc === undefined ? subnetsAlone({ ...props, vpcSubnets }, problems) : selectSubnets(vpc, vpcSubnets, problems);
  if (subnets === undefined) {
    return undefined;
  }
  const ownSecurityGroup = given || !vpc ? undefined : new SecurityGroup(scope, 'JobSecurityGroup', {
    vpc, description: `${noun} ${scope.node.path}`.slice(0, 255),
  });
  const securityGroups = given ?? (ownSecurityGroup ? [ownSecurityGroup] : []);
  if (isDistributed) {
    ownSecurityGroup?.connections.allowInternally(Port.allTraffic(), 'The instances of a job talk to each other');
    warnUnlessMembersAreLetIn(scope, given ?? []);
  }
  return {
    ownSecurityGroup,
    connections: new Connections({ securityGroups }),
    ready: readinessOf(scope, subnets, vpc, ownSecurityGroup),
    vpc,
    vpcConfig: { SecurityGroupIds: securityGroups.map((group) => group.securityGroupId), Subnets: idsOf(subnets) },
  };
}

/** The CDK does not look at subnets that are given one by one. */
function areSubnets(subnets: ISubnet[] | undefined, problems: Problems): boolean {
  const property = 'vpcSubnets.subnets';
  return subnets === undefined || (problems.expect(property, subnets, A_LIST) !== undefined
    && [...subnets].every((subnet, index) => problems.require(`${property}[${index}]`, subnet, A_SUBNET) !== undefined));
}

function selectSubnets(vpc: IVpc, selection: SubnetSelection | undefined, problems: Problems): ISubnet[] {
  try {
    return vpc.selectSubnets(selection).subnets;
  } catch (error) {
    problems.add({ property: 'vpcSubnets', allowed: (error as Error).message, remedy: 'Choose subnets that the VPC has.' });
    return [];
  }
}

/** Who knows the ids of subnets and security groups alone needs no VPC: it follows from them. */
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

/** Several lists that only CloudFormation knows are joined there. */
function idsOf(subnets: readonly ISubnet[]): string[] {
  const ids = subnets.map(({ subnetId }) => subnetId);
  return ids.length > 1 && ids.some(isList) ? Fn.split(',', Fn.join(',', ids.map((id) => isList(id) ? Fn.join(',', [id]) : id))) : ids;
}

/** A list that only CloudFormation knows stands for all subnets of a VPC that was imported with it. */
function isList(id: string): boolean {
  return Token.isUnresolved([id]) && !Token.isUnresolved(id);
}

/** Endpoints may be added to the VPC after the job: the CDK asks for the roots when it makes the template. */
function readinessOf(scope: Construct, subnets: readonly ISubnet[], vpc?: IVpc, ownSecurityGroup?: ISecurityGroup): IDependable {
  const ready = new DependencyGroup(...subnets.map(({ internetConnectivityEstablished }) => internetConnectivityEstablished));
  if (ownSecurityGroup) {
    ready.add(ownSecurityGroup);
  }
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

/** Those of the job's stack and of the VPC's, which the job's stack needs anyway: others could need the job. */
function endpointsOf(vpc: IVpc, scope: Construct): IConstruct[] {
  const stacks = new Set([Stack.of(vpc), Stack.of(scope)]);
  return [...stacks].flatMap((stack) => {
    const vpcId = JSON.stringify(stack.resolve(vpc.vpcId));
    return stack.node.findAll().filter((construct) => construct instanceof CfnVPCEndpoint
      && Stack.of(construct) === stack && JSON.stringify(stack.resolve(construct.vpcId)) === vpcId);
  });
}

/**
 * A group of this app without a rule for its members leaves the instances of a distributed job without each other. Rules can be
 * added after the job, so this looks when the template is made. Groups of elsewhere are not known.
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

/** Any rule counts: it may be for the members' addresses. */
function hasIngress(group: CfnSecurityGroup): boolean {
  const { root } = group.node;
  const idIn = (construct: IConstruct, id: string | undefined) => JSON.stringify(Stack.of(construct).resolve(id));
  const inline = Stack.of(group).resolve(group.securityGroupIngress) as unknown[] | undefined;
  return (inline ?? []).length > 0 || root.node.findAll().some((construct) => construct instanceof CfnSecurityGroupIngress
    && idIn(construct, construct.groupId) === idIn(construct, group.attrGroupId));
}

/** What a role needs for the network interfaces of a job. */
export function grantNetwork(scope: Construct, role: IRole, { vpc, vpcConfig }: JobNetwork): Grant {
  const stack = Stack.of(scope);
  const arn = (resource: string, resourceName: string) => stack.formatArn({ service: 'ec2', resource, resourceName });
  const groups = vpcConfig.SecurityGroupIds.map((id) => arn('security-group', id));
  const actions = ['ec2:CreateNetworkInterface'];
  // How many subnets a list has that only CloudFormation knows cannot be told, so they are named by their VPC.
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
  // Descriptions know no resources.
  const describe = grantOnce({
    grantee: role,
    actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    resourceArns: ['*'],
  });
  return create.combine(use).combine(describe);
}
