import { App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  CfnRoute, CfnSecurityGroup, CfnSecurityGroupIngress, GatewayVpcEndpoint, GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, IpAddresses,
  IVpc, Peer, Port, SecurityGroup, Subnet, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ProcessingInput, ProcessingJob, ProcessingJobProps, S3Location } from '../../src';
import { newJob, newScope, newStack, problemsOf, requestOf } from '../processing-job/testing';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DependsOn?: string[];
}

function resourcesOf(stack: Stack, type: string): [string, Resource][] {
  return Object.entries(Template.fromStack(stack).findResources(type)) as [string, Resource][];
}

const JOB = 'Custom::SageMakerProcessingJob';
const NETWORK_WARNING = 'cdk-sagemaker-jobs:membersNotLetIn';

test.each<[string, (scope: Construct) => Partial<ProcessingJobProps>, string[]]>([
  ['a group that is there twice', (scope) => {
    const group = SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1');
    return { vpc: new Vpc(scope, 'Vpc'), securityGroups: [group, group] };
  }, ["securityGroups[1] is 'sg-1': is in the list already. Remove one of them."]],
  ['two groups with one id', (scope) => ({
    vpc: new Vpc(scope, 'Vpc'), securityGroups: ['A', 'B'].map((id) => SecurityGroup.fromSecurityGroupId(scope, id, 'sg-1')),
  }), ["securityGroups[1] is 'sg-1': is in the list already. Remove one of them."]],
  ['a subnet that is there twice', (scope) => ({
    vpcSubnets: { subnets: ['A', 'B', 'C'].map((id) => Subnet.fromSubnetId(scope, id, id === 'B' ? 'subnet-2' : 'subnet-1')) },
    securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1')],
  }), ["vpcSubnets.subnets[2] is 'subnet-1': is in the list already. Remove one of them."]],
  ['the id of a VPC as a subnet, and that of a subnet as a group', (scope) => ({
    vpcSubnets: { subnets: [Subnet.fromSubnetId(scope, 'Subnet', 'vpc-1')] }, securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'Group', 'subnet-1')],
  }), [
    "vpcSubnets.subnets[0] is 'vpc-1': must be the id of a subnet, and is that of a VPC. Exchange it.",
    "securityGroups[0] is 'subnet-1': must be the id of a security group, and is that of a subnet. Exchange it.",
  ]],
  ['a group that is missing, without a VPC, once', () => ({ securityGroups: [undefined as any] }),
    ['securityGroups[0] is missing, and must be a security group. Use an ec2.SecurityGroup, or SecurityGroup.fromSecurityGroupId(…).']],
  ['a text for the only group, once', (scope) => ({ vpc: new Vpc(scope, 'Vpc'), securityGroups: ['sg-1' as any] }),
    ["securityGroups[0] is 'sg-1': must be a security group. Use an ec2.SecurityGroup, or SecurityGroup.fromSecurityGroupId(…)."]],
])('a job refuses %s', (_, props, problems) => {
  const scope = newScope();
  expect(problemsOf(props(scope), scope)).toEqual(problems);
});

test('the job tells which of the groups that it was given are of this app, which CloudFormation deletes after it', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'Vpc');
  newJob(stack, { vpc, securityGroups: [new SecurityGroup(stack, 'Group', { vpc }), SecurityGroup.fromSecurityGroupId(stack, 'Imported', 'sg-1')] });
  const [[, { Properties }]] = resourcesOf(stack, JOB);
  expect(Properties).toMatchObject({ GivenSecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^Group/), 'GroupId'] }] });
  expect(Properties).not.toHaveProperty('SecurityGroupId');
});

describe('the network of a job is in one place', () => {
  const twoVpcs = (scope: Construct) => ['One', 'Two'].map((id) => new Vpc(scope, id, { maxAzs: 1, natGateways: 0 }));
  const groupOf = (vpc: IVpc) => new SecurityGroup(vpc, 'Group', { vpc });
  const privateOf = (vpc: Vpc) => ({ subnets: vpc.isolatedSubnets });
  const imported = (scope: Construct, vpcId: string) => Vpc.fromVpcAttributes(scope, vpcId, {
    vpcId, availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'],
  });

  test.each<[string, (scope: Construct) => Partial<ProcessingJobProps>, RegExp]>([
    ['a group of another VPC', (scope) => {
      const [vpc, other] = twoVpcs(scope);
      return { vpc, vpcSubnets: privateOf(vpc), securityGroups: [groupOf(vpc), groupOf(other)] };
    }, /^securityGroups\[1\] must be of the VPC of the job, 'Test\/\w+\/One', and is of 'Test\/\w+\/Two'\. Use one of that VPC\.$/],
    ['subnets of another VPC', (scope) => {
      const [vpc, other] = twoVpcs(scope);
      return { vpc, vpcSubnets: privateOf(other) };
    }, /^vpcSubnets\.subnets\[0\] must be of the VPC of the job, /],
    ['groups and subnets of two VPCs', (scope) => {
      const [vpc, other] = twoVpcs(scope);
      return { vpcSubnets: privateOf(vpc), securityGroups: [groupOf(other)] };
    }, /^securityGroups\[0\] must be of the VPC of the job, /],
    ['a group of another VPC that exists', (scope) => ({ vpc: imported(scope, 'vpc-1'), securityGroups: [groupOf(imported(scope, 'vpc-2'))] }),
      /^securityGroups\[0\] must be of the VPC of the job, vpc-1, and is of vpc-2\. /],
  ])('%s is an error', (_, props, problem) => {
    const scope = newScope();
    expect(problemsOf(props(scope), scope)).toEqual([expect.stringMatching(problem)]);
  });

  test.each<[string, (scope: Construct) => Partial<ProcessingJobProps>]>([
    ['groups and subnets of one VPC', (scope) => {
      const [vpc] = twoVpcs(scope);
      return { vpc, vpcSubnets: privateOf(vpc), securityGroups: [groupOf(vpc), SecurityGroup.fromSecurityGroupId(scope, 'Other', 'sg-1')] };
    }],
    ['a group of a VPC that exists', (scope) => {
      const vpc = imported(scope, 'vpc-1');
      return { vpc, securityGroups: [groupOf(vpc)] };
    }],
    ['a VPC whose id may be that of the group', (scope) => {
      const { valueAsString } = new CfnParameter(scope, 'VpcId');
      return { vpc: imported(scope, valueAsString), securityGroups: [groupOf(imported(scope, 'vpc-1'))] };
    }],
  ])('%s are used', (_, props) => {
    const scope = newScope();
    expect(() => newJob(scope, props(scope))).not.toThrow();
  });

  test('which is the Region of the job', () => {
    const app = new App();
    const [here, there] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: '123456789012', region } }));
    const remedy = 'must be in the Region of the job, eu-west-1, and is in us-east-1. Use one of that Region, imported in a stack of it.';
    expect(() => newJob(here, { vpc: Vpc.fromLookup(there, 'Vpc', { isDefault: true }) })).toThrow(`1. vpc ${remedy}`);
    expect(() => newJob(here, {
      vpcSubnets: { subnets: [Subnet.fromSubnetId(there, 'Subnet', 'subnet-1')] }, securityGroups: [SecurityGroup.fromSecurityGroupId(there, 'Group', 'sg-1')],
    }, 'Ids')).toThrow(new RegExp(`1\\. vpcSubnets\\.subnets\\[0\\] ${remedy}.*\\n +2\\. securityGroups\\[0\\] ${remedy}`));
    expect(() => newJob(here, { vpc: Vpc.fromLookup(here, 'Vpc', { isDefault: true }) }, 'Near')).not.toThrow();
  });
});

describe('a job with several instances in a VPC', () => {
  const newVpc = (stack: Stack) => new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, ipAddresses: IpAddresses.cidr('10.0.0.0/16') });
  const isolated = { subnetType: SubnetType.PRIVATE_ISOLATED };

  test.each<[string, Partial<ProcessingJobProps>, number]>([
    ['several instances', { instanceCount: 2 }, 1],
    ['one instance', { instanceCount: 1 }, 0],
    ['no count', {}, 0],
  ])('lets its instances reach each other through its own group: %s', (_, props, rules) => {
    const stack = newStack();
    newJob(stack, { ...props, vpc: newVpc(stack), vpcSubnets: isolated });
    const ingress = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress');
    expect(ingress).toHaveLength(rules);
    for (const [id, { Properties }] of ingress) {
      expect(Properties).toMatchObject({ IpProtocol: '-1', GroupId: Properties.SourceSecurityGroupId });
      expect(resourcesOf(stack, JOB)[0][1].DependsOn).toContain(id);
    }
  });

  test('counts a number that only CloudFormation knows as several', () => {
    const stack = newStack();
    const count = new CfnParameter(stack, 'Count', { type: 'Number' });
    newJob(stack, { instanceCount: count.valueAsNumber, vpc: newVpc(stack), vpcSubnets: isolated });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1);
  });

  const warnings = (change: (group: SecurityGroup, stack: Stack) => void, props: Partial<ProcessingJobProps> = { instanceCount: 2 }) => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const group = new SecurityGroup(stack, 'Group', { vpc });
    newJob(stack, { ...props, vpc, vpcSubnets: isolated, securityGroups: [group] });
    change(group, stack);
    Template.fromStack(stack);
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(NETWORK_WARNING)).length;
  };

  test('warns of a group of this app that has no rule for its members', () => {
    expect(warnings(() => undefined)).toBe(1);
    expect(warnings((group, stack) => SecurityGroup.fromSecurityGroupId(stack, 'Other', 'sg-1').addIngressRule(group, Port.tcp(443)))).toBe(1);
  });

  test.each<[string, (group: SecurityGroup) => void]>([
    ['for its members, added after the job', (group) => group.connections.allowInternally(Port.allTcp())],
    ['for addresses', (group) => group.addIngressRule(Peer.ipv4('10.0.0.0/16'), Port.allTraffic())],
    ['of an escape hatch', (group) => {
      (group.node.defaultChild as CfnSecurityGroup).securityGroupIngress = [{ ipProtocol: '-1', cidrIp: '10.0.0.0/16' }];
    }],
  ])('does not warn of a group with a rule %s', (_, change) => {
    expect(warnings(change)).toBe(0);
  });

  test('does not warn of one instance, nor of groups that are not of this app', () => {
    expect(warnings(() => undefined, {})).toBe(0);
    const stack = newStack();
    newJob(stack, {
      instanceCount: 2, vpc: newVpc(stack), vpcSubnets: isolated, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    });
    Template.fromStack(stack);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(NETWORK_WARNING))).toEqual([]);
  });
});

describe('the job starts after', () => {
  test('the routes of its subnets, and the endpoints of its VPC, also those that come later', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    newJob(stack, { vpc });
    vpc.addInterfaceEndpoint('Logs', { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
    new GatewayVpcEndpoint(stack, 'DynamoDb', { vpc, service: GatewayVpcEndpointAwsService.DYNAMODB });
    const other = new Vpc(stack, 'Other', { maxAzs: 1, natGateways: 0 });
    other.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });

    const { DependsOn } = resourcesOf(stack, JOB)[0][1];
    const endpoints = resourcesOf(stack, 'AWS::EC2::VPCEndpoint').map(([id]) => id);
    expect(endpoints).toHaveLength(4);
    const expected = endpoints.filter((id) => !id.startsWith('Other'));
    expect(expected).toHaveLength(3);
    expect(DependsOn?.filter((id) => endpoints.includes(id)).sort()).toEqual(expected.sort());
    const routes = resourcesOf(stack, 'AWS::EC2::Route').map(([id]) => id).filter((id) => id.startsWith('VpcPrivate'));
    expect(routes).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(routes));
  });

  test('an endpoint of the stack of its VPC', () => {
    const app = new App();
    const network = new Stack(app, 'Network');
    const vpc = new Vpc(network, 'Vpc', { maxAzs: 1 });
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    const jobs = new Stack(app, 'Jobs');
    newJob(jobs, { vpc });
    app.synth();
    expect(jobs.dependencies).toEqual([network]);
  });
});

describe('the job starts after the rules for its members', () => {
  const port = { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 };

  test.each<[string, (vpc: Vpc, group: SecurityGroup, job: ProcessingJob) => void, string]>([
    ['of another group, which connections add', (_vpc, group, job) => group.connections.allowFrom(job, Port.tcp(5432)), 'AWS::EC2::SecurityGroupIngress'],
    ['of another group, for what it answers', (vpc, _group, job) => {
      const closed = new SecurityGroup(vpc, 'Closed', { vpc, allowAllOutbound: false });
      closed.connections.allowTo(job, Port.tcp(5432));
    }, 'AWS::EC2::SecurityGroupEgress'],
    ['as a resource of CloudFormation', (vpc, group, job) => new CfnSecurityGroupIngress(vpc, 'Rule', {
      ...port, groupId: group.securityGroupId, sourceSecurityGroupId: job.connections.securityGroups[0].securityGroupId,
    }), 'AWS::EC2::SecurityGroupIngress'],
    ['within a group of CloudFormation', (vpc, _, job) => new CfnSecurityGroup(vpc, 'Rule', {
      groupDescription: 'Rule',
      vpcId: vpc.vpcId,
      securityGroupIngress: [{ ...port, sourceSecurityGroupId: job.connections.securityGroups[0].securityGroupId }],
    }), 'AWS::EC2::SecurityGroup'],
  ])('%s', (_, addRule, type) => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
    const group = new SecurityGroup(stack, 'Database', { vpc });
    const unrelated = new SecurityGroup(stack, 'Unrelated', { vpc });
    unrelated.connections.allowFrom(group, Port.tcp(5432));
    addRule(vpc, group, newJob(stack, { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } }));
    const { DependsOn = [] } = resourcesOf(stack, JOB)[0][1];
    const waitedFor = DependsOn.filter((id) => !/^Job|^VpcPrivate|Provider/.test(id));
    expect(waitedFor).toHaveLength(1);
    expect(resourcesOf(stack, type).map(([id]) => id)).toContain(waitedFor[0]);
  });

  test('of an imported group, but not those of other groups', () => {
    const stack = newStack();
    const [group, other] = ['sg-1', 'sg-2'].map((id) => SecurityGroup.fromSecurityGroupId(stack, id, id));
    newJob(stack, { vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1')] }, securityGroups: [group] });
    for (const [id, groupId] of [['Own', 'sg-1'], ['Other', 'sg-2']]) {
      new CfnSecurityGroupIngress(stack, id, { ...port, groupId, cidrIp: '10.0.0.0/16' });
    }
    other.addIngressRule(Peer.ipv4('10.0.0.0/16'), Port.tcp(443));
    const { DependsOn } = resourcesOf(stack, JOB)[0][1];
    expect(DependsOn).toContain('Own');
    expect(DependsOn).not.toContain('Other');
  });

  test('unless the rule is in the stack that the stack of the job is nested in', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 });
    const job = newJob(new NestedStack(stack, 'Nested'), { vpc });
    new SecurityGroup(stack, 'Database', { vpc }).connections.allowFrom(job, Port.tcp(5432));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('unless the rule is in a stack that needs that of the job', () => {
    const app = new App();
    const [network, jobs, data] = ['Network', 'Jobs', 'Data'].map((id) => new Stack(app, id));
    const vpc = new Vpc(network, 'Vpc', { maxAzs: 1 });
    const job = newJob(jobs, { vpc });
    new SecurityGroup(data, 'Database', { vpc }).connections.allowFrom(job, Port.tcp(5432));
    app.synth();
    expect(data.dependencies).toContain(jobs);
    expect(jobs.dependencies).toEqual([network]);
  });
});

describe('subnets from which nothing leads to S3', () => {
  const warningsOf = (stack: Stack) => {
    Template.fromStack(stack);
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-sagemaker-jobs:noWayToS3')).map(({ entry }) => String(entry.data));
  };
  const newVpc = (stack: Stack) => new Vpc(stack, 'Vpc', {
    maxAzs: 1,
    natGateways: 1,
    subnetConfiguration: [
      { name: 'Public', subnetType: SubnetType.PUBLIC },
      { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
    ],
  });
  const data = (stack: Stack) => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketName(stack, 'Data', 'data'))) } });
  const imported = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Imported', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a'],
    publicSubnetIds: ['subnet-1'],
    publicSubnetRouteTableIds: ['rtb-1'],
    isolatedSubnetIds: ['subnet-2'],
    isolatedSubnetRouteTableIds: ['rtb-2'],
  });

  test.each<[string, (stack: Stack) => Partial<ProcessingJobProps>, RegExp]>([
    ['isolated subnets', (stack) => ({ vpc: newVpc(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }), /from Test\/Vpc\/IsolatedSubnet1\. /],
    ['public subnets', (stack) => ({ vpc: newVpc(stack), vpcSubnets: { subnetType: SubnetType.PUBLIC } }), /from Test\/Vpc\/PublicSubnet1\. .*no public IP address/],
    ['public subnets of an imported VPC', (stack) => ({ vpc: imported(stack), vpcSubnets: { subnetType: SubnetType.PUBLIC } }), /from Test\/Imported\/PublicSubnet1\. /],
    ['isolated subnets, given without their VPC', (stack) => ({
      vpcSubnets: { subnets: newVpc(stack).isolatedSubnets }, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    }), /from Test\/Vpc\/IsolatedSubnet1\. /],
    ['subnets that lead there, with a group that lets nothing out', (stack) => {
      const vpc = newVpc(stack);
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false })] };
    }, /^securityGroups: no rule of Test\/Group lets the job send anything/],
    ['an endpoint of other subnets', (stack) => {
      const vpc = newVpc(stack);
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3, subnets: [{ subnetType: SubnetType.PUBLIC }] });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } };
    }, /IsolatedSubnet1/],
    ['an endpoint of another service', (stack) => {
      const vpc = newVpc(stack);
      vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } };
    }, /IsolatedSubnet1/],
  ])('are warned of: %s', (_, props, warning) => {
    const stack = newStack();
    newJob(stack, { ...props(stack), ...data(stack) });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(warning)]);
  });

  test.each<[string, (stack: Stack) => Partial<ProcessingJobProps>]>([
    ['private subnets with a NAT gateway', (stack) => ({ vpc: newVpc(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, ...data(stack) })],
    ['a group with a rule for what leaves it', (stack) => {
      const vpc = newVpc(stack);
      const group = new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
      group.addEgressRule(Peer.anyIpv4(), Port.tcp(443));
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [group], ...data(stack) };
    }],
    ['a group with a rule to another group', (stack) => {
      const vpc = newVpc(stack);
      const group = new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
      group.connections.allowTo(new SecurityGroup(stack, 'Endpoint', { vpc }), Port.tcp(443));
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [group], ...data(stack) };
    }],
    ['a group of CloudFormation without rules, which lets all out', (stack) => {
      const vpc = newVpc(stack);
      const { attrGroupId } = new CfnSecurityGroup(stack, 'Group', { groupDescription: 'Group', vpcId: vpc.vpcId });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'G', attrGroupId)], ...data(stack) };
    }],
    ['a gateway endpoint', (stack) => {
      const vpc = newVpc(stack);
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, ...data(stack) };
    }],
    ['an endpoint of network interfaces', (stack) => {
      const vpc = newVpc(stack);
      vpc.addInterfaceEndpoint('S3', { service: InterfaceVpcEndpointAwsService.S3 });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC }, ...data(stack) };
    }],
    ['a route to a transit gateway', (stack) => {
      const vpc = newVpc(stack);
      vpc.isolatedSubnets.forEach(({ routeTable: { routeTableId } }, index) => new CfnRoute(stack, `Route${index}`, {
        routeTableId, destinationCidrBlock: '0.0.0.0/0', transitGatewayId: 'tgw-1',
      }));
      return { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, ...data(stack) };
    }],
    ['an endpoint of the app in an imported VPC', (stack) => {
      const vpc = imported(stack);
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
      return { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC }, ...data(stack) };
    }],
    ['isolated subnets of an imported VPC', (stack) => ({ vpc: imported(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, ...data(stack) })],
    ['a job without data', (stack) => ({ vpc: newVpc(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } })],
  ])('are not: %s', (_, props) => {
    const stack = newStack();
    newJob(stack, props(stack));
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a VPC whose subnets only CloudFormation knows', () => {
  const imported = (stack: Stack, ids: string[]) => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: new CfnParameter(stack, 'VpcId').valueAsString, availabilityZones: Fn.getAzs(), privateSubnetIds: ids,
  });

  test('is used as it is, and its role may make interfaces in that VPC', () => {
    const stack = newStack();
    newJob(stack, { vpc: imported(stack, new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList) });
    expect(requestOf(stack).NetworkConfig.VpcConfig.Subnets).toEqual({ Ref: 'Subnets' });
    const policies = resourcesOf(stack, 'AWS::IAM::Policy');
    const statements = policies.flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Record<string, any>[] }).Statement);
    const create = statements.filter(({ Condition }) => Condition?.ArnEquals?.['ec2:Vpc'] !== undefined);
    expect(create).toHaveLength(1);
    expect(create[0].Action).toBe('ec2:CreateNetworkInterface');
    expect(JSON.stringify(create[0].Resource)).toContain(':subnet/*');
    expect(JSON.stringify(create[0].Condition)).toContain('"Ref":"VpcId"');
  });

  test('joins several lists', () => {
    const stack = newStack();
    const lists = ['A', 'B'].map((id) => new CfnParameter(stack, id, { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList);
    const [a, b] = lists.map((list, index) => Vpc.fromVpcAttributes(stack, `Vpc${index}`, {
      vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: list,
    }));
    newJob(stack, { vpc: a, vpcSubnets: { subnets: [...a.privateSubnets, ...b.privateSubnets] } });
    expect(requestOf(stack).NetworkConfig.VpcConfig.Subnets).toEqual({
      'Fn::Split': [',', { 'Fn::Join': [',', [{ 'Fn::Join': [',', { Ref: 'A' }] }, { 'Fn::Join': [',', { Ref: 'B' }] }]] }],
    });
  });
});

describe('without a VPC of the CDK', () => {
  const subnets = (stack: Stack) => [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1')];
  const securityGroups = (stack: Stack) => [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];

  test('ids of subnets and security groups are enough', () => {
    const stack = newStack();
    const job = newJob(stack, { vpcSubnets: { subnets: subnets(stack) }, securityGroups: securityGroups(stack) });
    expect(requestOf(stack).NetworkConfig.VpcConfig).toEqual({ SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] });
    expect(job.connections.securityGroups).toHaveLength(1);
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toContain(':subnet/subnet-1');
  });

  test.each<[string, (stack: Stack) => Partial<ProcessingJobProps>, RegExp]>([
    ['subnets need security groups', (stack) => ({ vpcSubnets: { subnets: subnets(stack) } }), /securityGroups is required for subnets without a vpc/],
    ['security groups need subnets', (stack) => ({ securityGroups: securityGroups(stack) }), /securityGroups needs a vpc/],
    ['a choice of subnets needs a VPC', (stack) => ({
      vpcSubnets: { subnets: subnets(stack), onePerAz: true }, securityGroups: securityGroups(stack),
    }), /vpcSubnets needs a vpc/],
  ])('%s', (_, props, problem) => {
    const stack = newStack();
    expect(() => newJob(stack, props(stack))).toThrow(problem);
  });
});
