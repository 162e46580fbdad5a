import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IRole, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { STACK_TAG } from './contract';
import { PROVIDED_KINDS, ProvidedKind } from './kinds';
import { rolePath, spellingsOf, stackPrefix } from './stack-names';
import { explainWildcards } from '../cdk/cdk-nag';

const KINDS: readonly ProvidedKind[] = Object.values(PROVIDED_KINDS);

/**
 * What the provider of a stack may do.
 *
 * To look at a job, and to let go of one of this stack, it may in every template, whatever jobs that has. To start jobs, it may as
 * far as the template has them.
 */
export class ProviderPermissions {
  private readonly stack: Stack;
  private readonly generatedKinds = new Set<string>();
  private readonly names = new Map<string, Set<string>>();
  private readonly passableRoles = new Set<string>();
  private readonly resourceArns = new Map<string, Set<string>>();

  constructor(private readonly scope: Construct, private readonly role: Role) {
    this.stack = Stack.of(scope);
    this.allowToLook();
    this.allowToLetGo();
  }

  /**
   * Lets the provider start jobs of a kind.
   *
   * @param kind - the kind of job
   * @param name - the name that the user gave: the provider may also see who else has it
   */
  public allow(kind: ProvidedKind, name?: string): void {
    if (name === undefined) {
      this.allowGenerated(kind);
    } else {
      this.allowGiven(kind, name);
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

  /** Lets the provider pass on the roles that are made for the jobs of this stack. */
  public allowToPassOwn(): void {
    const arn = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${rolePath(this.scope)}*`;
    this.allowToPassAll(arn);
    explainWildcards(this.role, [arn], 'The roles of this stack\'s jobs have names that CloudFormation makes up.');
  }

  private allowToPassAll(roleArn: string): void {
    if (this.passableRoles.size === 0) {
      this.role.addToPrincipalPolicy(passRole(Lazy.list({ produce: () => [...this.passableRoles] })));
    }
    this.passableRoles.add(roleArn);
  }

  private allowToLook(): void {
    // Only CloudFormation knows whether an update is a rollback.
    this.add(['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], [this.stack.stackId]);
    const generated = KINDS.map((kind) => this.jobArn(kind, this.generated(kind)));
    this.add(calls([...KINDS.map(({ describe }) => describe), 'ListTags']), generated);
    explainWildcards(this.role, generated, 'The names of jobs end with a hash that is made at deployment.');
    this.add(['ec2:DescribeNetworkInterfaces'], ['*']);
    explainWildcards(this.role, ['*'], 'Descriptions know no resources.');
    for (const kind of KINDS.filter(({ logGroup }) => logGroup !== undefined)) {
      // The last lines of a failed job's log are part of the reason.
      const [streams, generatedStreams] = [`${logGroupArn(kind)}:*`, streamsOf(kind, this.generated(kind))];
      this.add(['logs:DescribeLogStreams'], [streams]);
      explainWildcards(this.role, [streams], 'The streams of a log group can be described all together only.');
      this.add(['logs:GetLogEvents'], [generatedStreams]);
      explainWildcards(this.role, [generatedStreams], 'The names of log streams end with the instance.');
    }
  }

  /** By tag, never by name: so no stack can touch what another has, and names that the template no longer has do not matter. */
  private allowToLetGo(): void {
    const anyJob = [...new Set(KINDS.map((kind) => this.jobArn(kind, '*')))];
    explainWildcards(this.role, anyJob, 'Jobs of this stack alone, as a tag says, whose names the template may no longer have; and tags in the call that makes them.');
    const own = { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: this.stack.stackId } };
    this.add(calls([...KINDS.flatMap(({ describe, end }) => [describe, ...end]), 'AddTags', 'DeleteTags', 'ListTags']), anyJob, own);
    // The tags of a Create call are tagged by AddTags, on behalf of the call. AddTags itself must not be a way to take somebody's job.
    this.add(calls(['AddTags']), anyJob, { Null: { 'sagemaker:TaggingAction': 'false' } });
  }

  private allowGenerated(kind: ProvidedKind): void {
    if (!this.generatedKinds.has(kind.type)) {
      this.generatedKinds.add(kind.type);
      this.add(calls(kind.create), [this.jobArn(kind, this.generated(kind))]);
    }
  }

  private allowGiven(kind: ProvidedKind, name: string): void {
    const names = this.names.get(kind.type) ?? this.allowNames(kind);
    // In ARNs the service writes some names in lower case, and permissions tell cases apart.
    spellingsOf(name).forEach((spelling) => names.add(spelling));
    if (kind.logGroup !== undefined) {
      explainWildcards(this.role, [...names].map((each) => streamsOf(kind, each)), 'The names of log streams end with the instance.');
    }
  }

  /** What is allowed for the given names of a kind grows with the names, which are returned. */
  private allowNames(kind: ProvidedKind): Set<string> {
    const names = new Set<string>();
    this.names.set(kind.type, names);
    this.add(calls([...kind.create, kind.describe, 'ListTags']), Lazy.list({ produce: () => [...names].map((name) => this.jobArn(kind, name)) }));
    if (kind.logGroup !== undefined) {
      this.add(['logs:GetLogEvents'], Lazy.list({ produce: () => [...names].map((name) => streamsOf(kind, name)) }));
    }
    return names;
  }

  private add(actions: string[], resources: string[], conditions?: { [operator: string]: { [key: string]: string } }): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
  }

  /** A pattern of the names that are generated in this stack. */
  private generated(kind: ProvidedKind): string {
    return `${stackPrefix(this.scope, kind)}*`;
  }

  private jobArn({ arnResource }: ProvidedKind, resourceName: string): string {
    return this.stack.formatArn({ service: 'sagemaker', resource: arnResource, resourceName });
  }
}

function calls(operations: readonly string[]): string[] {
  return operations.map((operation) => `sagemaker:${operation}`);
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
