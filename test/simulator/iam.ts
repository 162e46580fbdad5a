import type { World } from './world';
import type { Call } from '../permissions/judge';

/** A statement of a policy, as far as the provider's policies use them. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** How long a change takes until IAM knows it everywhere: mostly a few seconds, and sometimes half a minute. */
const USUALLY_SECONDS = 4;
const LATE_SECONDS = 30;
const LATE = 0.1;

/** A policy of a template, with its references resolved. */
export interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Roles: readonly string[];
}

/** What a policy says from some time on. */
interface Change {
  readonly at: number;
  readonly id: string;
  readonly policy?: Policy;
}

/** The policies of a stack's roles. */
export class Policies {
  private readonly changes: Change[] = [];

  constructor(private readonly world: World) {}

  /** A policy is written anew, or deleted. Until IAM knows it, what was before goes on. */
  public change(id: string, policy?: Policy): void {
    const { dice, time } = this.world;
    const seconds = dice.below(dice.chance(LATE) ? LATE_SECONDS : USUALLY_SECONDS);
    this.changes.push({ at: time.now + seconds * 1000, id, policy });
  }

  /** What is in force for a role at the moment. */
  public statementsOf(role: string): readonly Statement[] {
    const { now } = this.world.time;
    // A later change counts, even when IAM gets to know it first.
    const inForce = new Map(this.changes.filter(({ at }) => at <= now).map(({ id, policy }) => [id, policy]));
    return [...inForce.values()].flatMap((policy) => policy?.Roles.includes(role) ? policy.PolicyDocument.Statement : []);
  }
}

/** Whether the statements allow a call. A condition that this does not know is an error. */
export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const applying = statements.filter((statement) => applies(statement, call));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}

function applies({ Action, Condition = {}, Resource }: Statement, { action, context = {}, on }: Call): boolean {
  return someMatches(Action, action, 'i') && someMatches(Resource, on)
    && Object.entries(Condition).every(([operator, keys]) => Object.entries(keys).every(([key, value]) => isTrue(operator, value, context[key])));
}

function isTrue(operator: string, value: string | readonly string[], actual: string | readonly string[] | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return actual !== undefined && [value].flat().includes(String(actual));
    case 'StringLike':
      return actual !== undefined && someMatches(value, String(actual));
    case 'Null':
      return (actual === undefined) === (String(value) === 'true');
    default:
      throw new Error(`The simulator does not know the condition ${operator}`);
  }
}

function someMatches(patterns: string | readonly string[], text: string, flags = ''): boolean {
  return typeof patterns === 'string' ? matches(patterns, text, flags) : patterns.some((pattern) => matches(pattern, text, flags));
}

const expressions = new Map<string, RegExp>();

function matches(pattern: string, text: string, flags: string): boolean {
  const key = `${flags} ${pattern}`;
  let expression = expressions.get(key);
  if (expression === undefined) {
    const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
    expression = new RegExp(`^${escaped}$`, flags);
    // Names of jobs and stacks are in patterns: all lives have the same, and there are few.
    expressions.set(key, expression);
  }
  return expression.test(text);
}
