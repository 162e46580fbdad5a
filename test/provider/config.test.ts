import { App, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CustomResourceConfig } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { ProcessingImage, SageMakerJobProviderConfig, SageMakerJobProviderOptions } from '../../src';
import { newJob } from '../processing-job/testing';

function configured(app?: SageMakerJobProviderOptions, ofStack?: SageMakerJobProviderOptions): Stack {
  const root = new App();
  SageMakerJobProviderConfig.of(root).configure(app ?? {});
  const stack = new Stack(root, 'Test');
  SageMakerJobProviderConfig.of(stack).configure(ofStack ?? {});
  newJob(stack);
  return stack;
}

function provided(stack: Stack, type: string): any[] {
  return Object.entries(Template.fromStack(stack).findResources(type))
    .filter(([id]) => id.startsWith('SageMakerJobProvider')).map(([, resource]) => resource);
}

test('the nearest scope decides each setting, and null is none', () => {
  const stack = configured(
    { logRetention: RetentionDays.ONE_WEEK, logRemovalPolicy: RemovalPolicy.RETAIN, rolePath: '/app/' },
    { logRetention: RetentionDays.ONE_DAY, rolePath: null as any },
  );
  expect(provided(stack, 'AWS::Logs::LogGroup')).toMatchObject([{ Properties: { RetentionInDays: 1 }, DeletionPolicy: 'Retain' }]);
  expect(provided(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties.Path)).toEqual(['/app/', '/app/']);
});

test('without settings the provider is as before', () => {
  const stack = configured();
  expect(provided(stack, 'AWS::Logs::LogGroup')).toMatchObject([{ Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' }]);
  expect(provided(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties.Path)).toEqual([undefined, undefined]);
  expect(provided(stack, 'AWS::Lambda::Function')[0].Properties).not.toHaveProperty('VpcConfig');
});

test('in a VPC the function has its permissions, comes after the routes, and has a group of its own or the given ones', () => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new Vpc(stack, 'Vpc');
  SageMakerJobProviderConfig.of(stack).configure({ vpc });
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  newJob(stack);
  const [handler] = provided(stack, 'AWS::Lambda::Function');
  expect(handler.Properties.VpcConfig.SubnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
  expect(handler.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^VpcPrivateSubnet1DefaultRoute/)]));
  expect(provided(stack, 'AWS::EC2::SecurityGroup')).toHaveLength(1);
  expect(JSON.stringify(provided(stack, 'AWS::IAM::Policy'))).toContain('ec2:CreateNetworkInterface');
  provided(stack, 'AWS::IAM::Role').forEach(({ Properties }) => expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('PowerUserAccess'));
});

test('a nearer VPC does not get the groups of a farther one', () => {
  const app = new App();
  const network = new Stack(app, 'Network');
  const vpc = new Vpc(network, 'Vpc');
  SageMakerJobProviderConfig.of(app).configure({ vpc, securityGroups: [new SecurityGroup(network, 'Group', { vpc })] });
  const [outer, inner] = ['Outer', 'Inner'].map((id) => new Stack(app, id));
  SageMakerJobProviderConfig.of(inner).configure({ vpc: new Vpc(inner, 'Vpc') });
  newJob(outer);
  newJob(inner);
  expect(provided(outer, 'AWS::EC2::SecurityGroup')).toHaveLength(0);
  expect(provided(inner, 'AWS::EC2::SecurityGroup')).toHaveLength(1);
});

test.each<[SageMakerJobProviderOptions, string]>([
  [{ vpcSubnets: {} }, 'vpcSubnets needs a vpc'],
  [{ securityGroups: [] }, 'securityGroups'],
  [{ rolePath: 'service' }, "rolePath is 'service': must begin and end with a slash"],
  [{ vpc: 'vpc-1' as any }, 'must be a VPC'],
  [{ logRetention: 42 as any }, 'logRetention is 42: must be a RetentionDays. Use RetentionDays.ONE_MONTH, for example.'],
  [{ logRetention: '7' as any }, "logRetention is '7': must be a RetentionDays"],
  [{ logRemovalPolicy: 'x' as any }, "logRemovalPolicy is 'x': must be a RemovalPolicy that a log group knows"],
  [{ logRemovalPolicy: RemovalPolicy.SNAPSHOT }, 'logRemovalPolicy is'],
  [{ rolePath: 7 as any }, 'rolePath is 7: must be a string'],
  [{ logRetention: 42 as any, rolePath: 'service' }, 'has 2 problems:'],
])('%j is an error', (options, message) => {
  expect(() => configured(options)).toThrow(message);
});

test.each<[string, (stack: Stack, vpc: Vpc) => SageMakerJobProviderOptions, string]>([
  ['a text as a group', () => ({ securityGroups: ['sg-1' as any] }), "securityGroups[0] is 'sg-1': must be a security group"],
  ['a group that is missing', () => ({ securityGroups: [null as any] }), 'securityGroups[0] is null: must be a security group'],
  ['a group that is there twice', (stack) => {
    const group = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    return { securityGroups: [group, group] };
  }, "securityGroups[1] is 'sg-1': is in the list already"],
  ['a group of another VPC', (stack) => ({ securityGroups: [new SecurityGroup(stack, 'Group', { vpc: new Vpc(stack, 'Other') })] }),
    "securityGroups[0] must be of the VPC of the function, 'Test/Vpc', and is of 'Test/Other'"],
  ['a subnet that is missing', () => ({ vpcSubnets: { subnets: [null as any] } }), 'vpcSubnets.subnets[0] is null: must be a subnet'],
  ['subnets that the VPC has not', () => ({ vpcSubnets: { subnetGroupName: 'Database' } }), 'vpcSubnets '],
  ['no subnet', () => ({ vpcSubnets: { subnets: [] } }), 'vpcSubnets selects no subnet of the VPC'],
  ['a zone that the VPC has not', () => ({ vpcSubnets: { availabilityZones: ['zz'] } }), 'vpcSubnets'],
  ['a subnet that is there twice', (_, vpc) => ({ vpcSubnets: { subnets: [vpc.privateSubnets[0], vpc.privateSubnets[0]] } }), 'is in the list already'],
  ['a type that no subnet has', () => ({ vpcSubnets: { subnetType: 'x' as any } }), 'vpcSubnets'],
  ['a filter that is missing', () => ({ vpcSubnets: { subnetFilters: [null as any] } }), 'vpcSubnets has a value that the CDK does not know'],
  ['public subnets', () => ({ vpcSubnets: { subnetType: SubnetType.PUBLIC } }), 'vpcSubnets cannot be public subnets, in which a function reaches nothing outside of the VPC'],
])('%s is an error', (_, options, message) => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new Vpc(stack, 'Vpc');
  expect(() => SageMakerJobProviderConfig.of(stack).configure({ vpc, ...options(stack, vpc) })).toThrow(message);
});

test.each(['/aws-service-role/', '/aws-reserved/sso/'])('%s is reserved by IAM, and is an error', (rolePath) => {
  expect(() => SageMakerJobProviderConfig.of(new App()).configure({ rolePath })).toThrow(`rolePath is '${rolePath}': must not be a path that IAM reserves`);
});

describe('in isolated subnets', () => {
  const ENDPOINTS = {
    sagemaker: InterfaceVpcEndpointAwsService.SAGEMAKER_API,
    cloudformation: InterfaceVpcEndpointAwsService.CLOUDFORMATION,
    states: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
  };

  function warningsWith(names: readonly (keyof typeof ENDPOINTS)[], hasS3: boolean): string[] {
    const stack = new Stack(new App(), 'Test');
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
    SageMakerJobProviderConfig.of(stack).configure({ vpc });
    newJob(stack);
    names.forEach((name) => vpc.addInterfaceEndpoint(name, { service: ENDPOINTS[name] }));
    if (hasS3) {
      vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    }
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-sagemaker-jobs:noWayOfProvider')).map(({ entry }) => String(entry.data));
  }

  test('the function is warned of that reaches none of the services that it calls', () => {
    expect(warningsWith([], false)).toEqual([expect.stringContaining(
      'nothing leads from some of the subnets of the provider to SageMaker (sagemaker.api), CloudFormation (cloudformation), Step Functions (states), Amazon S3 (s3).',
    )]);
  });

  test('with some of the endpoints, the others are named', () => {
    expect(warningsWith(['sagemaker', 'states'], true)).toEqual([expect.stringContaining('of the provider to CloudFormation (cloudformation).')]);
  });

  test('with all endpoints, nothing is said', () => {
    expect(warningsWith(['sagemaker', 'cloudformation', 'states'], true)).toEqual([]);
  });
});

test.each<[string, (stack: Stack, vpc: Vpc) => SecurityGroup[], number]>([
  ['one that lets nothing out', (stack, vpc) => [new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false })], 1],
  ['one that lets all out, beside it', (stack, vpc) => [new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false }), new SecurityGroup(stack, 'Open', { vpc })], 0],
  ['one whose rule is added later', (stack, vpc) => [new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false })], 0],
])('of the groups of the function, %s is warned of as it should be', (what, groupsOf, count) => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new Vpc(stack, 'Vpc');
  const securityGroups = groupsOf(stack, vpc);
  SageMakerJobProviderConfig.of(stack).configure({ vpc, securityGroups });
  newJob(stack);
  if (what.includes('later')) {
    securityGroups[0].addEgressRule(Peer.anyIpv4(), Port.tcp(443));
  }
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('no rule of Test/Group lets the provider send anything'))).toHaveLength(count);
});

test('a VPC of public subnets alone is an error', () => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }] });
  expect(() => SageMakerJobProviderConfig.of(stack).configure({ vpc })).toThrow('vpc cannot be public subnets');
});

test.each<[unknown, string]>([['x', "options is 'x': must be a structure"], [7, 'options is 7'], [[], 'options is []']])('%j is no structure of options', (options, message) => {
  expect(() => SageMakerJobProviderConfig.of(new App()).configure(options as any)).toThrow(message);
});

test.each([undefined, null, 'x', {}])('%j is no scope', (scope) => {
  expect(() => SageMakerJobProviderConfig.of(scope as any)).toThrow(/^SageMakerJobProviderConfig\.of: scope .*must be an app, a stage or a stack/);
});

test('no options are none', () => {
  expect(() => SageMakerJobProviderConfig.of(new App()).configure(undefined as any)).not.toThrow();
});

test('a name that is close to one of a setting is a warning', () => {
  const stack = configured({}, { rolPath: '/a/' } as any);
  Annotations.fromStack(stack).hasWarning('/Test', Match.stringLikeRegexp('rolPath is not a property, and has no effect. Did you mean rolePath\\?'));
});

test('a misspelt criterion of subnets is a warning', () => {
  const stack = new Stack(new App(), 'Test');
  SageMakerJobProviderConfig.of(stack).configure({ vpc: new Vpc(stack, 'Vpc'), vpcSubnets: { subnetTyp: 'x' } as any });
  Annotations.fromStack(stack).hasWarning('/Test', Match.stringLikeRegexp('vpcSubnets.subnetTyp is not a property, and has no effect'));
});

test('a scope inside of a stack has no provider, and is an error', () => {
  const construct = new Construct(new Stack(new App(), 'Test'), 'Inside');
  expect(() => SageMakerJobProviderConfig.of(construct).configure({ rolePath: '/a/' }))
    .toThrow('SageMakerJobProviderConfig.of(Test/Inside): the scope is inside of the stack Test, which has one provider.');
});

test('a nested stack and a group of stacks are scopes', () => {
  const group = new Construct(new App(), 'Group');
  SageMakerJobProviderConfig.of(group).configure({ rolePath: '/group/' });
  const stack = new Stack(group, 'Test');
  const nested = new NestedStack(stack, 'Nested');
  SageMakerJobProviderConfig.of(nested).configure({ rolePath: '/nested/' });
  newJob(stack);
  newJob(nested);
  expect(provided(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties.Path)).toEqual(['/group/', '/group/']);
  expect(provided(nested, 'AWS::IAM::Role').map(({ Properties }) => Properties.Path)).toEqual(['/nested/', '/nested/']);
});

test('a VPC of another Region or stage is an error for the stacks that cannot use it', () => {
  const app = new App();
  const env = { account: '123456789012', region: 'eu-west-1' };
  const vpc = new Vpc(new Stack(app, 'Network', { env }), 'Vpc');
  SageMakerJobProviderConfig.of(app).configure({ vpc });
  const image = ProcessingImage.fromRegistry('123456789012.dkr.ecr.us-east-1.amazonaws.com/python:3.13');
  expect(() => newJob(new Stack(app, 'There', { env: { ...env, region: 'us-east-1' } }), { image })).toThrow('the vpc of the provider of the stack There is in eu-west-1.');
  expect(() => newJob(new Stack(new Stage(app, 'Prod'), 'There', { env }))).toThrow('the vpc of the provider of the stack Prod/There is in another stage.');
  expect(() => newJob(new Stack(app, 'Here', { env }))).not.toThrow();
});

test('the function comes after the endpoints of its VPC and the rules of its groups', () => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  const group = new SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
  SageMakerJobProviderConfig.of(stack).configure({ vpc, securityGroups: [group] });
  newJob(stack);
  const endpoint = vpc.addInterfaceEndpoint('SageMaker', { service: InterfaceVpcEndpointAwsService.SAGEMAKER_API });
  group.connections.allowTo(endpoint, Port.tcp(443));
  const [handler] = provided(stack, 'AWS::Lambda::Function');
  expect(handler.DependsOn).toEqual(expect.arrayContaining([
    expect.stringMatching(/^VpcSageMaker\w{8}$/), expect.stringMatching(/^GrouptoTestVpcSageMakerSecurityGroup/),
  ]));
});

test('after the first job it is too late, for its stack and the app, and not for another stack', () => {
  const stack = configured();
  for (const scope of [stack, stack.node.root]) {
    expect(() => SageMakerJobProviderConfig.of(scope).configure({ rolePath: '/a/' })).toThrow('the stack Test already has a job');
  }
  expect(() => SageMakerJobProviderConfig.of(new Stack(stack.node.root as App, 'Other')).configure({ rolePath: '/a/' })).not.toThrow();
});

test("the CDK's own settings of custom resources apply to what is not set here", () => {
  const stacks = [configured(), configured({ logRetention: RetentionDays.ONE_DAY })];
  for (const stack of stacks) {
    const config = CustomResourceConfig.of(stack.node.root);
    config.addLogRetentionLifetime(RetentionDays.ONE_YEAR);
    config.addRemovalPolicy(RemovalPolicy.RETAIN);
    config.addLambdaRuntime(Runtime.NODEJS_24_X);
    expect(provided(stack, 'AWS::Lambda::Function')).toMatchObject([{ Properties: { Runtime: 'nodejs24.x' } }]);
  }
  const [unset, set] = stacks.map((stack) => provided(stack, 'AWS::Logs::LogGroup')[0]);
  expect(unset).toMatchObject({ Properties: { RetentionInDays: 365 }, DeletionPolicy: 'Retain' });
  expect(set).toMatchObject({ Properties: { RetentionInDays: 1 }, DeletionPolicy: 'Delete' });
});
