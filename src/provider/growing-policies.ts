import { Aspects, CfnResource, Lazy, Names, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { explainInline, explainWildcardsOf } from '../cdk/cdk-nag';

/**
 * What IAM lets a role have. White space does not count.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const POLICY_LIMITS = { inlinePolicies: 10_240, managedPolicy: 6_144, managedPolicies: 10 } as const;

/** The characters of an inline policy that grow. The others are for what does not, and for roles with policies of their own. */
const GROWING_INLINE_POLICY = 1_800;

/** How long values of the deployment can be: for others, as the ARN of a role with the longest name and a path of some words. */
const LONGEST_VALUE = 150;
const LONGEST_VALUES: { readonly [pseudoParameter: string]: number } = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-northeast-1'.length,
  'AWS::AccountId': '123456789012'.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};

/** Actions that are allowed on any number of resources. */
export interface GrowingStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: object;
  /** Why the resources have wildcards. */
  readonly reason?: string;
}

/**
 * The policies of a role that grow with the jobs of a stack: an inline policy while that is enough, and managed policies for the
 * rest. They are made when all jobs are known.
 */
export class GrowingPolicies {
  private readonly policies: CfnResource[] = [];
  private packed?: GrowingStatement[][];
  private isComplete = false;
  private readonly reported = new Set<string>();

  /**
   * @param scope - the scope of the policies. What depends on it depends on all of them
   * @param id - what their ids begin with
   * @param role - the role that has them
   * @param statements - makes what they allow, as known by now
   * @param fixed - what the first of them allows as well, and is not spread over others
   */
  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly role: IRole,
    private readonly statements: () => GrowingStatement[],
    private readonly fixed: readonly GrowingStatement[] = [],
  ) {
    // Aspects see what an aspect of an outer scope makes.
    Aspects.of(scope).add({ visit: (node) => node === scope && this.complete() });
  }

  /** Makes the statements again, when there is more to allow. */
  public update(): void {
    this.packed = undefined;
    if (this.isComplete) {
      this.complete();
    }
  }

  public get parts(): readonly GrowingStatement[][] {
    return this.packed ??= pack(this.scope, this.statements(), this.fixed);
  }

  /** The policy that allows something on a resource. */
  public policyFor(resource: string): CfnResource | undefined {
    return this.policies[this.parts.findIndex((part) => part.some(({ resources }) => resources.includes(resource)))];
  }

  /** The template may have no policies of a role that exists already: the CDK's report lists what it needs, each once. */
  private report(): void {
    for (const { actions, conditions, resources } of this.parts.flat()) {
      const added = resources.filter((resource) => !this.reported.has(`${actions} ${resource}`));
      if (added.length > 0) {
        added.forEach((resource) => this.reported.add(`${actions} ${resource}`));
        this.role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], conditions, resources: added }));
      }
    }
  }

  private complete(): void {
    this.isComplete = true;
    if (this.role.node.defaultChild === undefined) {
      this.report();
      return;
    }
    const roles = [this.role.roleName];
    const path = (this.role.node.defaultChild as CfnRole | undefined)?.path;
    const most = 1 + POLICY_LIMITS.managedPolicies;
    for (let index = this.policies.length; index < Math.min(this.parts.length, most); index++) {
      const policyDocument = Lazy.any({ produce: () => documentOf(this.parts[index]) });
      const policy = index === 0
        ? new CfnPolicy(this.scope, this.id, { policyDocument, policyName: `${Names.uniqueResourceName(this.scope, { maxLength: 64 })}${this.id}`, roles })
        : new CfnManagedPolicy(this.scope, `${this.id}${index}`, { path, policyDocument, roles });
      if (index === 0) {
        explainInline(policy);
      }
      this.parts[index].forEach(({ reason, resources }) => reason && explainWildcardsOf(policy, resources, reason));
      this.policies.push(policy);
    }
  }
}

/** How many managed policies parts need, of which the first is inline. */
export function managedPoliciesOf(parts: readonly GrowingStatement[][]): number {
  return Math.max(0, parts.length - 1);
}

/**
 * Spreads statements over policies, in their order: first over one that is as long as an inline policy that grows, then over as many
 * managed policies as that takes.
 */
export function pack(scope: Construct, statements: readonly GrowingStatement[], fixed: readonly GrowingStatement[] = []): GrowingStatement[][] {
  const parts: GrowingStatement[][] = fixed.length === 0 ? [] : [[...fixed]];
  let room = parts.length === 0 ? 0 : GROWING_INLINE_POLICY;
  for (const { actions, conditions, reason, resources } of statements) {
    const overhead = characters(statementOf({ actions, conditions, resources: [] })) + 1;
    let current: string[] | undefined;
    for (const resource of resources) {
      const length = characters(Stack.of(scope).resolve(resource)) + 1;
      if (parts.length === 0 || room < length + (current ? 0 : overhead)) {
        room = (parts.length === 0 ? GROWING_INLINE_POLICY : POLICY_LIMITS.managedPolicy) - characters(documentOf([]));
        parts.push([]);
        current = undefined;
      }
      if (current === undefined) {
        current = [];
        parts[parts.length - 1].push({ actions, conditions, reason, resources: current });
        room -= overhead;
      }
      current.push(resource);
      room -= length;
    }
  }
  return parts;
}

function documentOf(statements: readonly GrowingStatement[]): object {
  return { Version: '2012-10-17', Statement: statements.map(statementOf) };
}

function statementOf({ actions, conditions, resources }: GrowingStatement): object {
  return { Action: oneOrMore(actions), ...conditions && { Condition: conditions }, Effect: 'Allow', Resource: oneOrMore(resources) };
}

/** As the CDK writes the statements of its own policies. */
function oneOrMore(values: readonly string[]): unknown {
  const different = [...new Set(values)];
  return different.length === 1 ? different[0] : different;
}

/** The characters of a value of the template as JSON without white space, with the longest values that the deployment may know. */
export function characters(value: any): number {
  if (Array.isArray(value)) {
    return value.reduce((sum, element) => sum + characters(element) + 1, 2);
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value).length;
  }
  const [key] = Object.keys(value);
  if (key === 'Fn::Join') {
    return 2 + value[key][1].reduce((sum: number, part: unknown) => sum + characters(part) - 2, 0);
  }
  if (key === 'Fn::Sub') {
    return String(value[key]).replace(/\$\{([^}]*)\}/g, (_, name) => 'x'.repeat(longest(name))).length + 2;
  }
  if (key === 'Ref' || key?.startsWith('Fn::')) {
    return longest(value[key]) + 2;
  }
  return Object.entries(value).reduce((sum, [name, member]) => sum + JSON.stringify(name).length + 2 + characters(member), 2);
}

function longest(name: unknown): number {
  return LONGEST_VALUES[String(name)] ?? LONGEST_VALUE;
}
