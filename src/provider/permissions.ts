import { Aws, Stack, Token } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole, IRole, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct, IDependable } from 'constructs';
import { STACK_TAG } from './contract';
import { characters, GrowingPolicies, GrowingStatement, managedPoliciesOf, pack, POLICY_LIMITS } from './growing-policies';
import * as kinds from './kinds';
import { ProvidedKind } from './kinds/provided-kind';
import { rolePath, rolesArn, spellingsOf, stackPrefix } from './stack-names';
import { pathOf } from '../cdk/cdk-internals';
import { explainInline } from '../cdk/cdk-nag';
import { needsAny } from '../cdk/cycles';
import { getOrMake } from '../cdk/kept-for';
import { lazyDependable } from '../cdk/lazy-dependable';

const KINDS: readonly ProvidedKind[] = Object.values(kinds);

/** How policies name the jobs that users gave names. */
interface NamesInPolicies {
  readonly spellings: (name: string) => string[];
  readonly partition: string;
  readonly withLogs: boolean;
}

/**
 * Those that name all jobs exactly come first. In ARNs the service writes some names in lower case, and permissions tell cases apart.
 * Where only the others have room, the reason of a failure has no lines of the log.
 */
const NAMES_IN_POLICIES: readonly NamesInPolicies[] = [
  { spellings: spellingsOf, partition: Aws.PARTITION, withLogs: true },
  { spellings: spellingsOf, partition: Aws.PARTITION, withLogs: false },
  { spellings: (name) => [Token.isUnresolved(name) ? name : name.replace(/[A-Z]/g, '?')], partition: '*', withLogs: false },
];

const GENERATED_NAMES = 'The names of jobs end with a hash that is made at deployment.';
const LOG_STREAMS = 'The names of log streams end with the instance.';

/**
 * What the provider of a stack may do.
 *
 * To look at a job, and to let go of one of this stack, it may in every template, whatever jobs that has. To start jobs, it may as
 * far as the template has them.
 */
export class ProviderPermissions {
  private readonly stack: Stack;
  private readonly generatedKinds = new Set<string>();
  private mayPassOwn = false;
  private readonly names = new Map<ProvidedKind, Set<string>>();
  private readonly passableRoles = new Set<string>();
  private readonly resourceArns = new Map<string, Set<string>>();
  /** By ARN. Only the deployment knows the ARNs. */
  private readonly givenRoles = new Map<string, IRole>();
  /** What does not grow with the jobs of the stack. */
  private readonly fixed: GrowingStatement[] = [];
  /** For what depends on no job of the stack. The function depends on these policies. */
  private readonly growing: GrowingPolicies;
  /** For given roles of the stack. */
  private readonly passing: GrowingPolicies;

  constructor(private readonly scope: Construct, private readonly role: Role) {
    this.stack = Stack.of(scope);
    this.growing = new GrowingPolicies(role, 'Policy', role, () => this.givenStatements(), this.fixed);
    this.passing = new GrowingPolicies(scope, 'PassRoles', role, () => [
      passing([...this.givenRoles.values()].filter((given) => !needsJob(given)).map(({ roleArn }) => roleArn)),
    ]);
    scope.node.addValidation({ validate: () => this.problems() });
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
      getOrMake(this.names, kind, () => new Set()).add(name);
      this.growing.update();
    }
  }

  /** Lets the provider do what does not grow with the jobs of the stack. */
  public add(statement: GrowingStatement): void {
    this.fixed.push(statement);
    this.growing.update();
  }

  /**
   * Lets the provider do a further action on a resource that is not in its stack. A resource of its stack would have to exist before
   * the provider.
   *
   * @param action - such as `sagemaker:DescribeModel`
   * @param resourceArn - the ARN of the resource
   */
  public allowAction(action: string, resourceArn: string): void {
    getOrMake(this.resourceArns, action, () => new Set()).add(resourceArn);
    this.growing.update();
  }

  /**
   * Lets the provider pass on a role.
   *
   * All jobs depend on the function, and so on its policies. If those named a role of the stack that needs a job, then that job would
   * wait for itself. So the jobs with such roles depend on the policies that name them, and the function does not.
   *
   * @param role - the execution role of a job
   * @returns what has to exist before the job, where that is not the provider alone
   */
  public allowToPass(role: IRole): IDependable | undefined {
    if (!Token.isUnresolved(role.roleArn)) {
      this.passableRoles.add(role.roleArn);
      this.growing.update();
      return undefined;
    }
    this.nameRole(role);
    return lazyDependable(() => this.policiesToPass(role));
  }

  /**
   * Lets the provider pass on the roles that are made for the jobs of this stack: all of their path. A role that an Aspect has given
   * another path, or that `Role.customizeRoles` has taken out of the template, is allowed by its ARN, like a given one.
   *
   * @param role - the role that was made for a job
   * @returns what has to exist before the job, beside the provider
   */
  public allowToPassOwn(role: IRole): IDependable {
    const path = rolePath(this.scope);
    this.allowPath();
    return lazyDependable(() => {
      if (pathOf(role) === path) {
        return [];
      }
      this.nameRole(role);
      return this.policiesToPass(role);
    });
  }

  private nameRole(role: IRole): void {
    if (!this.givenRoles.has(role.roleArn)) {
      this.givenRoles.set(role.roleArn, role);
      this.passing.update();
    }
  }

  private allowPath(): void {
    if (!this.mayPassOwn) {
      this.mayPassOwn = true;
      this.add({ ...passing([rolesArn(this.scope)]), reason: 'The roles of this stack\'s jobs have names that CloudFormation makes up.' });
    }
  }

  /** A role that needs a job has a policy of its own: the jobs that may pass on the others must not wait for that job. */
  private policiesToPass(role: IRole): IConstruct[] {
    const shared = this.passing.policyFor(role.roleArn);
    if (shared !== undefined || this.role.node.defaultChild === undefined) {
      return shared ? [shared] : [];
    }
    const id = `PassRole${role.node.addr.slice(-8)}`;
    const known = this.scope.node.tryFindChild(id);
    if (known !== undefined) {
      return [known];
    }
    const policy = new Policy(this.scope, id, { roles: [this.role], statements: [new PolicyStatement(passing([role.roleArn]))] });
    explainInline(policy.node.defaultChild as CfnPolicy);
    return [policy];
  }

  /** What the names and roles allow that users gave, as exactly as the policies of a role can hold. */
  private givenStatements(): GrowingStatement[] {
    const others = [...this.resourceArns].map(([action, arns]) => ({ actions: [action], resources: [...arns] }));
    const room = POLICY_LIMITS.managedPolicies - managedPoliciesOf(this.passing.parts) - this.attachedPolicies();
    const alternatives = NAMES_IN_POLICIES.map((names) => [...this.statementsOfNames(names), passing([...this.passableRoles]), ...others]);
    return alternatives.find((statements) => managedPoliciesOf(pack(this.scope, statements)) <= room) ?? alternatives[alternatives.length - 1];
  }

  private statementsOfNames({ partition, spellings, withLogs }: NamesInPolicies): GrowingStatement[] {
    return [...this.names].flatMap(([kind, names]) => {
      const spelled = [...new Set([...names].flatMap(spellings))];
      return [
        { actions: calls([...kind.create, kind.describe, 'ListTags']), resources: spelled.map((name) => this.jobArn(kind, name, partition)) },
        ...kind.logGroup !== undefined && withLogs ? [{ actions: ['logs:GetLogEvents'], resources: spelled.map((name) => streamsOf(kind, name)), reason: LOG_STREAMS }] : [],
      ];
    });
  }

  /** How many managed policies the role has from others, such as an Aspect for all roles of an organisation. */
  private attachedPolicies(): number {
    const arns: unknown = this.stack.resolve((this.role.node.defaultChild as CfnRole | undefined)?.managedPolicyArns);
    return Array.isArray(arns) ? arns.length : 0;
  }

  /** What the policies of a role cannot hold, although a stack can. */
  private problems(): string[] {
    const given = [...this.names.values()].reduce((sum, names) => sum + names.size, 0);
    const roles = this.givenRoles.size + this.passableRoles.size;
    const attached = this.attachedPolicies();
    const managed = managedPoliciesOf(this.growing.parts) + managedPoliciesOf(this.passing.parts) + attached;
    const inline = this.scope.node.findAll().filter((each): each is CfnPolicy => each instanceof CfnPolicy && each.roles?.[0] === this.role.roleName)
      .reduce((sum, { policyDocument }) => sum + characters(this.stack.resolve(policyDocument)), 0);
    return managed <= POLICY_LIMITS.managedPolicies && inline <= POLICY_LIMITS.inlinePolicies ? [] : [
      `The stack '${this.stack.node.path}' has ${given} given names of jobs and ${roles} given roles. The policies of one role, that of the provider, `
      + `cannot name all of them${attached === 0 ? '' : ` beside the managed policies that it has otherwise (${attached})`}. Leave names `
      + 'or roles out, for generated ones take no room; let jobs share a role; or spread the jobs over several stacks.',
    ];
  }

  private allowToLook(): void {
    // Only CloudFormation knows whether an update is a rollback.
    this.add({ actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], resources: [this.stack.stackId] });
    this.add({
      actions: calls([...KINDS.map(({ describe }) => describe), 'ListTags']),
      resources: KINDS.map((kind) => this.jobArn(kind, this.generated(kind))),
      reason: GENERATED_NAMES,
    });
    this.add({ actions: ['ec2:DescribeNetworkInterfaces'], resources: ['*'], reason: 'Descriptions know no resources.' });
    for (const kind of KINDS.filter(({ logGroup }) => logGroup !== undefined)) {
      // The last lines of a failed job's log are part of the reason.
      this.add({
        actions: ['logs:DescribeLogStreams'], resources: [`${logGroupArn(kind)}:*`], reason: 'The streams of a log group can be described all together only.',
      });
      this.add({ actions: ['logs:GetLogEvents'], resources: [streamsOf(kind, this.generated(kind))], reason: LOG_STREAMS });
    }
  }

  /** By tag, never by name: so no stack can touch what another has, and names that the template no longer has do not matter. */
  private allowToLetGo(): void {
    const anyJob = [...new Set(KINDS.map((kind) => this.jobArn(kind, '*')))];
    const reason = 'Jobs of this stack alone, as a tag says, whose names the template may no longer have; and tags in the call that makes them.';
    this.add({
      actions: calls([...KINDS.flatMap(({ describe, end }) => [describe, ...end]), 'AddTags', 'DeleteTags', 'ListTags']),
      resources: anyJob,
      conditions: { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: this.stack.stackId } },
      reason,
    });
    // The tags of a Create call are tagged by AddTags, on behalf of the call. AddTags itself must not be a way to take somebody's job.
    this.add({ actions: calls(['AddTags']), resources: anyJob, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } }, reason });
  }

  private allowGenerated(kind: ProvidedKind): void {
    if (!this.generatedKinds.has(kind.type)) {
      this.generatedKinds.add(kind.type);
      this.add({ actions: calls(kind.create), resources: [this.jobArn(kind, this.generated(kind))], reason: GENERATED_NAMES });
    }
  }

  /** A pattern of the names that are generated in this stack. */
  private generated(kind: ProvidedKind): string {
    return `${stackPrefix(this.scope, kind)}*`;
  }

  private jobArn({ arnResource }: ProvidedKind, resourceName: string, partition?: string): string {
    return this.stack.formatArn({ partition, service: 'sagemaker', resource: arnResource, resourceName });
  }
}

function calls(operations: readonly string[]): string[] {
  return operations.map((operation) => `sagemaker:${operation}`);
}

function passing(roleArns: string[]) {
  return { actions: ['iam:PassRole'], resources: roleArns, conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } } };
}

/** Whether a role can only be made after a job of its stack. */
function needsJob(role: IRole): boolean {
  return needsAny(role.node.defaultChild, ({ cfnResourceType }) => KINDS.some(({ type }) => type === cfnResourceType));
}

function logGroupArn({ logGroup }: ProvidedKind): string {
  return `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroup}`;
}

function streamsOf(kind: ProvidedKind, jobName: string): string {
  return `${logGroupArn(kind)}:log-stream:${jobName}/*`;
}
