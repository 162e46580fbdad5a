import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IRole, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { STACK_TAG } from './contract';
import { explainWildcards } from '../cdk/cdk-nag';

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
 * What the provider of a stack may do.
 *
 * It grows with the names and roles that its jobs add, not with the number of jobs.
 */
export class ProviderPermissions {
  private readonly names = new Map<string, Set<string>>();
  private readonly passableRoles = new Set<string>();
  private readonly resourceArns = new Map<string, Set<string>>();

  constructor(private readonly scope: Construct, private readonly role: Role) {
    // Only CloudFormation knows whether an update is a rollback.
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'],
      resources: [Stack.of(this.scope).stackId],
    }));
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
   * Lets the provider do a further action on a resource that is not in its stack. A resource of its stack would have to exist before
   * the provider.
   *
   * @param action - such as `sagemaker:DescribeAutoMLJobV2`
   * @param resourceArn - the ARN of the resource
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
      return this.scope.node.tryFindChild(id) ?? new Policy(this.scope, id, { roles: [this.role], statements: [passRole([role.roleArn])] });
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
      conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: Stack.of(this.scope).stackId } },
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
    return Stack.of(this.scope).formatArn({ service: 'sagemaker', resource: arnResource, resourceName });
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
