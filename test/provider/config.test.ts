import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CustomResourceConfig } from 'aws-cdk-lib/custom-resources';
import { SageMakerJobProviderConfig, SageMakerJobProviderOptions } from '../../src';
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
])('%j is an error', (options, message) => {
  expect(() => configured(options)).toThrow(message);
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
