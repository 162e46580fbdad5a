/**
 * Judges calls by the policies of deployed templates. It uses iam-simulate, which knows the actions of AWS, their resources and their
 * condition keys. A call that AWS does not know is an error.
 */
import { runSimulation } from '@cloud-copilot/iam-simulate';
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
  private readonly statementsByService = new Map<string, object[]>();

  constructor(private readonly deployed: Deployed, private readonly roleArn: string, statements = deployed.identityStatements(roleArn)) {
    this.grants = statements.flatMap(singleGrants);
    this.grants.forEach((grant, index) => getOrMake(this.statementsByService, serviceOf(grant.action), () => []).push(asStatement(grant, index)));
  }

  public async verdict(call: Call): Promise<Verdict> {
    const result = await runSimulation({
      request: {
        principal: this.roleArn,
        action: call.action,
        resource: { resource: call.on, accountId: accountOf(call.on) },
        contextVariables: { 'aws:SecureTransport': 'true', 'aws:ResourceAccount': accountOf(call.on), ...call.context },
      },
      // Statements about other services decide nothing, and take time.
      identityPolicies: [{ name: 'identity', policy: { Version: '2012-10-17', Statement: this.statementsByService.get(serviceOf(call.action)) ?? [] } }],
      resourcePolicy: this.resourcePolicy(call.on),
      resourceControlPolicies: [],
      serviceControlPolicies: [],
    }, {});
    if (result.resultType === 'error') {
      throw new Error(`${describeCall(call)} cannot be judged: ${JSON.stringify(result.errors)}`);
    }
    const results = result.resultType === 'single' ? [result.result] : result.results;
    const allowing = results.flatMap(({ analysis }) => analysis?.identityAnalysis?.allowStatements ?? []);
    return {
      call,
      isAllowed: result.overallResult === 'Allowed',
      grants: allowing.map(({ explain }) => Number(explain.identifier.replace('Grant', ''))),
    };
  }

  public verdicts(calls: readonly Call[]): Promise<Verdict[]> {
    return Promise.all(calls.map((call) => this.verdict(call)));
  }

  private resourcePolicy(arn: string): unknown {
    const owner = arn.startsWith('arn:aws:s3:::') ? arn.split('/')[0] : arn;
    const statements = this.deployed.resourceStatements(owner) ?? (arn.startsWith('arn:aws:kms:') ? keyOfItsAccount(arn) : undefined);
    return statements && { Version: '2012-10-17', Statement: statements };
  }
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
