import { join } from 'path';
import { Aws, CfnResource, Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy, IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, IDependable } from 'constructs';
import { POLL_SECONDS, STACK_TAG } from './contract';
import { explain, explainWildcards } from '../cdk/cdk-nag';

const CONSTRUCT_ID = 'SageMakerJobProvider';

/** What the provider needs to know of a kind of job. */
export interface ProvidedKind {
  /** The type of its custom resource. */
  readonly type: string;
  /** What ARNs call it: `processing-job`. */
  readonly arnResource: string;
  /** What the provider calls, besides the tags. */
  readonly actions: readonly string[];
  /** Where jobs of this kind write their logs, under streams that begin with their names. */
  readonly logGroup?: string;
}

/**
 * Starts, watches and ends the jobs of a stack: one for all of them.
 *
 * What it may do grows with the names and roles that its jobs add, not with the number of jobs.
 */
export class JobProvider extends Construct {
  /** The provider of the stack that a construct is in. */
  public static of(scope: Construct): JobProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(CONSTRUCT_ID) as JobProvider | undefined ?? new JobProvider(stack, CONSTRUCT_ID);
  }

  public readonly serviceToken: string;
  private readonly role: Role;
  private rendered: unknown;
  private readonly names = new Map<string, Set<string>>();
  private readonly passableRoles = new Set<string>();
  private readonly resourceArns = new Map<string, Set<string>>();

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
    this.role = this.functionRole('IsCompleteRole', logGroup);
    this.allowEveryKind();
    const onEventRole = this.functionRole('OnEventRole', logGroup);
    const onEventHandler = handler('OnEvent', 'onEvent', 'Accepts the events of SageMaker jobs of this stack', onEventRole);
    const isCompleteHandler = handler('IsComplete', 'isComplete', 'Starts, watches and ends the SageMaker jobs of this stack', this.role);
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

  /**
   * Lets the provider run jobs.
   *
   * @param kind - the kind of job
   * @param namePattern - the job's name, or a pattern of names that this stack alone gives
   */
  public allow(kind: ProvidedKind, namePattern: string): void {
    const names = this.names.get(kind.type) ?? this.allowKind(kind);
    if (!names.has(namePattern)) {
      names.add(namePattern);
      explainWildcards(this.role, [this.jobArn(kind, namePattern), streamsOf(kind, namePattern)],
        'The names of jobs end with a hash that is made at deployment, those of log streams with the instance.');
    }
  }

  /**
   * Lets the provider do something else, with something that is not of its stack: what is would have to exist before it.
   *
   * @param action - such as `sagemaker:DescribeAutoMLJobV2`
   * @param resourceArn - what it is done with
   */
  public allowAction(action: string, resourceArn: string): void {
    const resourceArns = this.resourceArns.get(action);
    if (resourceArns) {
      resourceArns.add(resourceArn);
    } else {
      const arns = new Set([resourceArn]);
      this.resourceArns.set(action, arns);
      this.role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: Lazy.list({ produce: () => [...arns] }) }));
    }
  }

  /**
   * Lets the provider describe what knows no resources in permissions.
   *
   * @param action - such as `ec2:DescribeNetworkInterfaces`
   */
  public allowToDescribe(action: string): void {
    this.allowAction(action, '*');
    explainWildcards(this.role, ['*'], 'Descriptions know no resources.');
  }

  /**
   * Lets the provider pass on a role.
   *
   * All jobs depend on the provider. If its own policy named a role of the stack, then a job that comes after another
   * one, and so its role, would wait for itself: such a role has a policy of its own.
   *
   * @param role - the execution role of a job
   * @returns what has to exist before the job, where that is not the provider alone
   */
  public allowToPass(role: IRole): IDependable | undefined {
    if (Token.isUnresolved(role.roleArn)) {
      const id = `PassRole${role.node.addr.slice(-8)}`;
      return this.node.tryFindChild(id) ?? new Policy(this, id, { roles: [this.role], statements: [passRole([role.roleArn])] });
    }
    this.allowToPassAll(role.roleArn);
    return undefined;
  }

  /**
   * Lets the provider pass on all roles of a path, which this stack alone gives.
   *
   * @param path - such as `/cdk-sagemaker-jobs/my-stack/`
   */
  public allowToPassPath(path: string): void {
    const arn = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${path}*`;
    this.allowToPassAll(arn);
    explainWildcards(this.role, [arn], 'The roles of this stack\'s jobs have names that CloudFormation makes up.');
  }

  private allowToPassAll(roleArn: string): void {
    if (this.passableRoles.size === 0) {
      this.role.addToPrincipalPolicy(passRole(Lazy.list({ produce: () => [...this.passableRoles] })));
    }
    this.passableRoles.add(roleArn);
  }

  private allowEveryKind(): void {
    // Only CloudFormation knows whether an update is a rollback.
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'],
      resources: [Stack.of(this).stackId],
    }));
  }

  /** What is allowed for a kind of job grows with the names, which are returned. */
  private allowKind(kind: ProvidedKind): Set<string> {
    const names = new Set<string>();
    this.names.set(kind.type, names);
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: [...kind.actions, 'sagemaker:AddTags', 'sagemaker:DeleteTags', 'sagemaker:ListTags'],
      resources: Lazy.list({ produce: () => [...names].map((name) => this.jobArn(kind, name)) }),
    }));
    // A name that the template no longer has is not in the statement above when its job has to go.
    const anyJob = this.jobArn(kind, '*');
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: [...kind.actions.filter((action) => !action.startsWith('sagemaker:Create')), 'sagemaker:DeleteTags', 'sagemaker:ListTags'],
      resources: [anyJob],
      conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: Stack.of(this).stackId } },
    }));
    explainWildcards(this.role, [anyJob], 'Jobs of this stack alone, as a tag says, whose names the template no longer has.');
    if (kind.logGroup !== undefined) {
      // The last lines of a failed job's log are part of the reason.
      const streams = `${logGroupArn(kind)}:*`;
      this.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['logs:DescribeLogStreams'], resources: [streams] }));
      explainWildcards(this.role, [streams], 'The streams of a log group can be described all together only.');
      this.role.addToPrincipalPolicy(new PolicyStatement({
        actions: ['logs:GetLogEvents'],
        resources: Lazy.list({ produce: () => [...names].map((name) => streamsOf(kind, name)) }),
      }));
    }
    return names;
  }

  private jobArn({ arnResource }: ProvidedKind, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'sagemaker', resource: arnResource, resourceName });
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

function passRole(roleArns: string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['iam:PassRole'],
    resources: roleArns,
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
}

function logGroupArn({ logGroup }: ProvidedKind): string {
  return `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroup}`;
}

function streamsOf(kind: ProvidedKind, jobName: string): string {
  return `${logGroupArn(kind)}:log-stream:${jobName}/*`;
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
