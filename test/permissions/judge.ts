/**
 * Judges calls by the policies of deployed templates. It uses iam-simulate, which knows the actions of AWS, their resources and their
 * condition keys. A call that AWS does not know is an error.
 */
import { runSimulation, Simulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT, Deployed, Statement } from './deployed';
import { getOrMake } from '../../src/cdk/kept-for';

/** A call of a service. */
export interface Call {
  readonly action: string;
  /** The ARN of the resource, or `*` if the action does not support resources. */
  readonly on: string;
  /** The condition keys of the request. */
  readonly context?: { readonly [key: string]: string | string[] };
}

export interface Verdict {
  readonly call: Call;
  readonly isAllowed: boolean;
  /** The indexes of the grants that allow it. */
  readonly grants: readonly number[];
}

/** A part of a statement: one action on one resource under one condition. */
export interface SingleGrant {
  readonly effect: string;
  readonly action: string;
  readonly resource: string;
  readonly condition?: Statement['Condition'];
  /** The statement that contains it. */
  readonly statement: number;
}

/** The permissions of a role, by its own policies and by those of buckets and keys. */
export class Judge {
  public readonly grants: readonly SingleGrant[];
  private readonly grantsByAction = new Map<string, number[]>();

  constructor(private readonly deployed: Deployed, private readonly roleArn: string, statements = deployed.identityStatements(roleArn)) {
    this.grants = statements.flatMap(singleGrants);
    this.grants.forEach(({ action }, index) => getOrMake(this.grantsByAction, indexOf(action), () => []).push(index));
  }

  public async verdict(call: Call): Promise<Verdict> {
    const concerned = this.grantsAbout(call.action);
    const { isAllowed, allowing } = await simulate({
      request: {
        principal: this.roleArn,
        action: call.action,
        resource: { resource: call.on, accountId: accountOf(call.on) },
        contextVariables: { 'aws:SecureTransport': 'true', 'aws:ResourceAccount': accountOf(call.on), ...call.context },
      },
      identityPolicies: [{ name: 'identity', policy: { Version: '2012-10-17', Statement: concerned.map((index, position) => asStatement(this.grants[index], position)) } }],
      resourcePolicy: this.resourcePolicy(call.on),
      resourceControlPolicies: [],
      serviceControlPolicies: [],
    }).catch((error) => { throw new Error(`${describeCall(call)} cannot be judged: ${error.message}`); });
    return { call, isAllowed, grants: allowing.map((position) => concerned[position]) };
  }

  public verdicts(calls: readonly Call[]): Promise<Verdict[]> {
    return Promise.all(calls.map((call) => this.verdict(call)));
  }

  /** The grants that can decide about an action: those about others decide nothing, and take time. */
  private grantsAbout(action: string): readonly number[] {
    return [...this.grantsByAction.get(indexOf(action)) ?? [], ...this.grantsByAction.get(`${serviceOf(action)}:*`) ?? []];
  }

  private resourcePolicy(arn: string): unknown {
    const owner = arn.startsWith('arn:aws:s3:::') ? arn.split('/')[0] : arn;
    const statements = this.deployed.resourceStatements(owner) ?? (arn.startsWith('arn:aws:kms:') ? keyOfItsAccount(arn) : undefined);
    return statements && { Version: '2012-10-17', Statement: statements };
  }
}

interface Outcome {
  readonly isAllowed: boolean;
  /** The positions of the statements that allow it. */
  readonly allowing: readonly number[];
}

/** Roles of different features are asked the same of the same statements. */
const outcomes = new Map<string, Promise<Outcome>>();

function simulate(simulation: Simulation): Promise<Outcome> {
  return getOrMake(outcomes, JSON.stringify(simulation), async () => {
    const result = await runSimulation(simulation, {});
    if (result.resultType === 'error') {
      throw new Error(JSON.stringify(result.errors));
    }
    const results = result.resultType === 'single' ? [result.result] : result.results;
    const allowing = results.flatMap(({ analysis }) => analysis?.identityAnalysis?.allowStatements ?? []);
    return {
      isAllowed: result.overallResult === 'Allowed',
      allowing: allowing.map(({ explain }) => Number(explain.identifier.replace('Grant', ''))),
    };
  });
}

/** What grants are found by: an action, or all with wildcards of a service. IAM ignores the case of actions. */
function indexOf(action: string): string {
  return /[*?]/.test(action) ? `${serviceOf(action)}:*` : action.toLowerCase();
}

/** The service of an action. None of the library's policies has an action of all services. */
function serviceOf(action: string): string {
  const [service, name] = action.split(':');
  if (name === undefined) {
    throw new Error(`The action ${action} has no service`);
  }
  return service;
}

/** The calls that are allowed, or those that are denied. */
export async function callsThat(judge: Judge, calls: readonly Call[], areAllowed: boolean): Promise<string[]> {
  const verdicts = await judge.verdicts(calls);
  return verdicts.filter(({ isAllowed }) => isAllowed === areAllowed).map(({ call }) => describeCall(call));
}

/** The grants that no call needs. Each action and resource of a statement must be needed by a call. */
export async function unused(judge: Judge, calls: readonly Call[]): Promise<string[]> {
  const used = (await judge.verdicts(calls)).flatMap(({ grants }) => grants).map((index) => judge.grants[index]);
  const has = (grant: SingleGrant, part: keyof SingleGrant) => used.some((other) =>
    other.statement === grant.statement && JSON.stringify(other[part]) === JSON.stringify(grant[part]));
  return judge.grants.flatMap((grant) => (['action', 'resource', 'condition'] as const).filter((part) => grant.effect === 'Allow' && !has(grant, part))
    .map((part) => `${part} ${JSON.stringify(grant[part])} of ${grant.action} on ${grant.resource}`));
}

/** The account of a bucket, by its name, since its ARN has no account. */
export function accountOf(arn: string): string {
  const account = arn.split(':')[4];
  return account && /^\d{12}$/.test(account) ? account : /\d{12}/.exec(arn)?.[0] ?? ACCOUNT;
}

export function describeCall({ action, on, context }: Call): string {
  return `${action} on ${on}${context ? ` with ${JSON.stringify(context)}` : ''}`;
}

function singleGrants({ Action, Condition, Effect, Resource }: Statement, statement: number): SingleGrant[] {
  return Action.flatMap((action) => Resource.flatMap((resource) => singleConditions(Condition)
    .map((condition) => ({ effect: Effect, action, resource, condition, statement }))));
}

/** Splits a condition into one for each prefix that it allows. */
function singleConditions(condition: Statement['Condition']): (Statement['Condition'])[] {
  const prefixes = condition?.StringLike?.['s3:prefix'];
  return Array.isArray(prefixes) ? prefixes.map((prefix) => ({ ...condition, StringLike: { 's3:prefix': prefix } })) : [condition];
}

function asStatement({ action, condition, effect, resource }: SingleGrant, index: number): object {
  return { Sid: `Grant${index}`, Effect: effect, Action: action, Resource: resource, ...condition && { Condition: condition } };
}

/** The default policy of a key, which delegates to the policies of its account. */
function keyOfItsAccount(arn: string): Statement[] {
  return [{ Effect: 'Allow', Action: ['kms:*'], Resource: ['*'], Principal: { AWS: `arn:aws:iam::${accountOf(arn)}:root` } }];
}
