import { join } from 'path';
import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnPolicy, IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { POLL_SECONDS } from './contract';
import { ProviderPermissions } from './permissions';
import { explain, explainWildcards } from '../cdk/cdk-nag';

const CONSTRUCT_ID = 'SageMakerJobProvider';

/** Starts, watches and ends the jobs of a stack: one for all of them. */
export class JobProvider extends Construct {
  /** The provider of the stack that a construct is in. */
  public static of(scope: Construct): JobProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(CONSTRUCT_ID) as JobProvider | undefined ?? new JobProvider(stack, CONSTRUCT_ID);
  }

  public readonly serviceToken: string;
  /** What the function that works with SageMaker may do. */
  public readonly permissions: ProviderPermissions;
  private rendered: unknown;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const handler = (handlerId: string, name: string, description: string, role: IRole) => new Function(this, handlerId, {
      code: Code.fromAsset(join(__dirname, '..', '..', 'assets', 'handler')),
      handler: `index.${name}`,
      description,
      logGroup,
      memorySize: 256,
      role,
      runtime: determineLatestNodeRuntime(this),
      // longer than a call that is tried again and again: a function that is cut off fails what it was about
      timeout: Duration.minutes(14),
    });
    const isCompleteRole = this.functionRole('IsCompleteRole', logGroup);
    this.permissions = new ProviderPermissions(this, isCompleteRole);
    const onEventRole = this.functionRole('OnEventRole', logGroup);
    const onEventHandler = handler('OnEvent', 'onEvent', 'Accepts the events of SageMaker jobs of this stack', onEventRole);
    const isCompleteHandler = handler('IsComplete', 'isComplete', 'Starts, watches and ends the SageMaker jobs of this stack', isCompleteRole);
    const frameworkRoles = ['FrameworkOnEventRole', 'FrameworkIsCompleteRole'].map((roleId) => this.functionRole(roleId, logGroup));
    const framework = new Provider(this, 'Framework', {
      onEventHandler,
      isCompleteHandler,
      frameworkOnEventRole: frameworkRoles[0],
      frameworkCompleteAndTimeoutRole: frameworkRoles[1],
      queryInterval: Duration.seconds(POLL_SECONDS),
      totalTimeout: Duration.hours(1),
      logGroup,
    });
    this.serviceToken = framework.serviceToken;
    dependOnPolicies(framework);
    frameworkRoles.forEach((role) => explainVersions(role, [onEventHandler, isCompleteHandler]));
    this.explainFindings(framework);
  }

  /** The same as the template has it, resolved once for all jobs: it is that of a resource of their stack. */
  public get renderedServiceToken(): unknown {
    return this.rendered ??= Stack.of(this).resolve(this.serviceToken);
  }

  /** The managed policy that functions get by default allows to write all logs of the account. */
  private functionRole(id: string, logGroup: LogGroup): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }

  private explainFindings(framework: Provider): void {
    const waiter = framework.node.findChild('waiter-state-machine');
    const stateMachine = waiter.node.findChild('Resource') as CfnResource;
    explain(stateMachine, 'AwsSolutions-SF1', 'Each of its steps is a function that writes a log.');
    explain(stateMachine, 'AwsSolutions-SF2', 'It calls one function again and again, which writes a log of each time.');
    const called = ['framework-isComplete', 'framework-onTimeout'].map((name) => framework.node.findChild(name) as Function);
    explainVersions(waiter.node.findChild('Role') as Role, called);
    for (const each of this.node.findAll().filter((construct) => construct instanceof Function)) {
      explain(each.node.defaultChild as CfnResource, 'AwsSolutions-L1', 'The runtime is the latest that is in the Region, as far as the CDK knows.');
    }
  }
}

/** Some policies, nothing depends on: they could come after the first event, and be gone before the last. */
function dependOnPolicies(framework: Provider): void {
  const entry = framework.node.findChild('framework-onEvent').node.defaultChild as CfnResource;
  framework.node.findAll().filter((construct) => construct instanceof CfnPolicy).forEach((policy) => entry.node.addDependency(policy));
}

/** Who may invoke a function may invoke all its versions. */
function explainVersions(role: Role, functions: readonly Function[]): void {
  explainWildcards(role, functions.map(({ functionArn }) => `${functionArn}:*`), 'The versions of a function of this provider, of which there is one.');
}
