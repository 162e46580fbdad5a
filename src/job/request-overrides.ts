import { Stack, Token } from 'aws-cdk-lib';
import { stepsOf } from './cfn-job';
import { forbiddenReferences } from './forbidden-references';
import { JobKind, namePropertyOf } from './job-kind';
import { isPlain } from '../cdk/plain-objects';
import { requireType, requireTypeIfGiven, show, ValueType } from '../validation/problems';
import { A_STRING } from '../validation/value-types';

const A_MEMBER_PATH: ValueType = {
  name: 'the path of a member of the request, with a name between its periods',
  test: (path: string) => !/^$|^\.|\.\.|\.$/.test(path.replace(/\\./gs, '_')),
  remedy: () => "Write it as 'Outer.Inner', and a period of a name as '\\.'.",
};

const A_JSON_VALUE: ValueType = {
  name: 'text, a number, true or false, a token, or a list or structure of such values, and no empty structure',
  test: (value) => {
    if (!isContainer(value)) {
      return ['string', 'boolean', 'undefined'].includes(typeof value) || value === null || Number.isFinite(value) || Token.isUnresolved(value);
    }
    return Array.isArray(value) || (isPlain(value) && Object.keys(value).length > 0);
  },
  remedy: () => 'Convert it: a Duration with toSeconds(), for example. The CDK leaves empty structures out.',
};

/**
 * Throws for a path that is not that of a member, or whose member cannot be overridden: the deployment adds name and tags, and the provider may
 * pass no other role.
 */
export function requireOverridable(method: string, kind: JobKind, path: string): void {
  requireType(method, 'path', path, A_STRING);
  requireType(method, 'path', path, A_MEMBER_PATH);
  const steps = stepsOf(path);
  const [member] = steps;
  const instead = new Map([
    [kind.nameMember, `the property ${namePropertyOf(kind)}`],
    ['Tags', 'Tags.of(…).add(…)'],
    ['RoleArn', 'the property role'],
    ['ExecutionRoleArn', 'the property role'],
  ]).get(member);
  if (instead !== undefined) {
    throw new Error(`${method}: path is ${show(path)}: ${member} cannot be overridden. Use ${instead}.`);
  }
  requireMergeable(method, steps);
}

/** Throws for a value that the template cannot have, or that the job would get as it is written. */
export function requireRenderable(method: string, value: unknown, stack: Stack): void {
  requireJson(method, 'value', value);
  requireMergeable(method, namesWithin(value));
  const [problem] = forbiddenReferences({ value }, stack, false);
  if (problem !== undefined) {
    throw new Error(`${method}: value ${problem.allowed}. ${problem.remedy}`);
  }
}

/** Throws for names that the CDK leaves out of overrides, since JavaScript has another use for them. */
function requireMergeable(method: string, names: readonly string[]): void {
  const name = names.find((each) => ['__proto__', 'constructor', 'prototype'].includes(each));
  if (name !== undefined) {
    throw new Error(`${method}: the name '${name}' cannot be overridden, for JavaScript has another use for it. Use a property of the job instead.`);
  }
}

function requireJson(method: string, argument: string, value: unknown): void {
  requireTypeIfGiven(method, argument, value, A_JSON_VALUE);
  if (isContainer(value)) {
    Object.entries(value).forEach(([name, member]) => requireJson(method, Array.isArray(value) ? `${argument}[${name}]` : `${argument}.${name}`, member));
  }
}

/** The names of all members of a value, at any depth. */
function namesWithin(value: unknown): string[] {
  return isContainer(value) ? Object.entries(value).flatMap(([name, member]) => [name, ...namesWithin(member)]) : [];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Token.isUnresolved(value);
}
