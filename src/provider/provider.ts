import { join } from 'path';
import { Annotations, Aws, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { providerOptions, SageMakerJobProviderOptions } from './config';
import { readinessOf } from './network';
import { ProviderPermissions } from './permissions';
import { stateMachineDefinition } from './state-machine';
import { letsNothingOut, subnetsWithoutWayTo } from './ways-out';
import { markFunction, markLogGroup } from '../cdk/cdk-internals';
import { explain, explainInline, explainInPacks } from '../cdk/cdk-nag';

const CONSTRUCT_ID = 'SageMakerJobProvider';

/** What no event gets along without, by the ends of the names of their endpoints. */
const CALLED_SERVICES = { 'sagemaker.api': 'SageMaker', 'cloudformation': 'CloudFormation', 'states': 'Step Functions', 's3': 'Amazon S3' };

/**
 * Starts, watches and ends the jobs of a stack: one function for all of them, and a state machine that waits.
 *
 * The function starts the state machine, and the state machine invokes the function. To avoid a cycle, the function gets the ARN of the
 * state machine from its environment, and the state machine that of the function from its input.
 */
export class JobProvider extends Construct {
  /** The provider of the stack that a construct is in. */
  public static of(scope: Construct): JobProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(CONSTRUCT_ID) as JobProvider | undefined ?? new JobProvider(stack, CONSTRUCT_ID);
  }

  public readonly serviceToken: string;
  /** What the function may do. */
  public readonly permissions: ProviderPermissions;
  /** Everything that must exist before the first event and until after the last. */
  private readonly lastResource: CfnResource;
  private rendered: unknown;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const { logRemovalPolicy, logRetention, rolePath: path, ...network } = providerOptions(scope);
    const logGroup = new LogGroup(this, 'Logs', { retention: logRetention ?? RetentionDays.ONE_MONTH, removalPolicy: logRemovalPolicy ?? RemovalPolicy.DESTROY });
    if (logRetention === undefined && logRemovalPolicy === undefined) {
      markLogGroup(logGroup);
    }
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), path });
    this.permissions = new ProviderPermissions(this, role);
    // The default managed policy of functions allows writing to all logs of the account.
    this.permissions.add({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });
    if (network.vpc) {
      this.allowNetwork();
    }

    const stateMachineRole = new Role(this, 'StateMachineRole', { assumedBy: new ServicePrincipal('states.amazonaws.com'), path });
    const stateMachine = new CfnStateMachine(this, 'StateMachine', {
      definitionString: JSON.stringify(stateMachineDefinition(Aws.PARTITION)),
      roleArn: stateMachineRole.roleArn,
    });
    this.permissions.add({ actions: ['states:StartExecution'], resources: [stateMachine.attrArn] });

    const handler = new Function(this, 'Function', {
      code: Code.fromAsset(join(__dirname, '..', '..', 'assets', 'handler')),
      handler: 'index.handler',
      description: 'Starts, watches and ends the SageMaker jobs of this stack',
      environment: { STATE_MACHINE_ARN: stateMachine.attrArn },
      logGroup,
      ...network,
      memorySize: 256,
      role,
      runtime: determineLatestNodeRuntime(this),
      // long enough for a call with all its retries, and short enough for another look within CloudFormation's hour
      timeout: Duration.minutes(5),
    });
    markFunction(handler, handler.runtime.family);
    if (network.vpc) {
      const { subnets } = network.vpc.selectSubnets(network.vpcSubnets);
      handler.node.addDependency(readinessOf(this, subnets, network.vpc, network.securityGroups ?? []));
      this.node.addValidation({ validate: () => this.warnOfNoWay(subnets, network) });
    }
    this.serviceToken = handler.functionArn;

    const mayInvoke = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] });
    if (stateMachineRole.node.defaultChild === undefined) {
      // The role exists already (`Role.customizeRoles`), and the template may have no policies of it.
      stateMachineRole.addToPrincipalPolicy(mayInvoke);
      this.lastResource = handler.node.defaultChild as CfnResource;
    } else {
      const invocation = new Policy(this, 'Invocation', { roles: [stateMachineRole], document: new PolicyDocument({ statements: [mayInvoke] }) });
      this.lastResource = invocation.node.defaultChild as CfnResource;
      explainInline(this.lastResource);
    }

    this.explainTo(logGroup, handler, stateMachine);
  }

  private explainTo(logGroup: LogGroup, handler: Function, stateMachine: CfnStateMachine): void {
    const everyTime = 'It calls one function again and again, which writes a log of each time.';
    explain(stateMachine, 'AwsSolutions-SF1', 'Each of its steps is a function that writes a log. Its own would have whole requests, and what answers CloudFormation.');
    explain(stateMachine, 'AwsSolutions-SF2', everyTime);
    explain(stateMachine, 'Serverless-StepFunctionStateMachineXray', everyTime);
    const latest = 'The runtime is the latest that is in the Region, as far as the CDK knows.';
    const resource = handler.node.defaultChild as CfnResource;
    explain(resource, 'AwsSolutions-L1', latest);
    explain(resource, 'Serverless-LambdaLatestVersion', latest);
    explain(resource, 'Serverless-LambdaTracing', 'Its log has what it does at each event.');
    explainInPacks(resource, 'LambdaInsideVPC', 'It calls APIs of AWS alone. SageMakerJobProviderConfig puts it into a VPC.');
    explainInPacks(resource, 'LambdaConcurrency', 'A share of its own would be taken from all other functions. Where it is throttled, its events wait and are tried again.',
      ['HIPAA.Security', 'NIST.800.53.R5']);
    explainInPacks(resource, 'LambdaDLQ', 'CloudFormation waits for an answer to each event, and fails without one. The state machine answers where the function cannot.',
      ['HIPAA.Security', 'NIST.800.53.R5', 'Serverless']);
    explainInPacks(logGroup.node.defaultChild as CfnResource, 'CloudWatchLogGroupEncrypted',
      'The service encrypts it with a key of its own. It has names of jobs and reasons of failures, and no values of an environment.');
  }

  /** The service token as in the template, resolved once for all jobs of the stack. */
  public get renderedServiceToken(): unknown {
    return this.rendered ??= Stack.of(this).resolve(this.serviceToken);
  }

  /** Makes a custom resource depend on the whole provider. Its service token makes it depend on the function only. */
  public provide(resource: CfnResource): void {
    resource.node.addDependency(this.lastResource);
  }

  /** Warns of subnets and groups with which the function cannot do its work. Without S3 it cannot even answer CloudFormation. */
  private warnOfNoWay(subnets: readonly ISubnet[], { securityGroups = [], vpc }: SageMakerJobProviderOptions): string[] {
    if (securityGroups.length > 0 && securityGroups.every(letsNothingOut)) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:noWayOfProvider', [
        `SageMakerJobProviderConfig: no rule of ${securityGroups.map(({ node }) => node.path).join(', ')} lets the provider send anything.`,
        'A deployment would wait for an hour for an answer of its function. Add an egress rule, such as by allowAllOutbound, or acknowledge this warning.',
      ].join(' '));
    }
    const missing = Object.entries(CALLED_SERVICES).filter(([service]) => subnetsWithoutWayTo(service, this, subnets, vpc).length > 0);
    if (missing.length > 0) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:noWayOfProvider', [
        `SageMakerJobProviderConfig: nothing leads from some of the subnets of the provider to ${missing.map(([service, name]) => `${name} (${service})`).join(', ')}.`,
        'A deployment would wait for an hour for an answer of its function. Choose private subnets with a NAT gateway, add the endpoints to the VPC,',
        'or acknowledge this warning where there is another way.',
      ].join(' '));
    }
    return [];
  }

  /** Lambda asks for all network interfaces of the account before it makes one. */
  private allowNetwork(): void {
    const reason = 'Lambda makes the network interfaces of the function, and needs to be allowed all of them.';
    const changes = ['AssignPrivateIpAddresses', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'UnassignPrivateIpAddresses'];
    const any = Stack.of(this).formatArn({ service: 'ec2', resource: '*', resourceName: '*' });
    this.permissions.add({ actions: changes.map((action) => `ec2:${action}`), resources: [any], reason });
    this.permissions.add({ actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], resources: ['*'], reason });
  }
}
