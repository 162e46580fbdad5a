import { createHash } from 'crypto';
import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NameLengths } from './kinds/provided-kind';
import { getOrMake, keptFor } from '../cdk/kept-for';

/**
 * Ends the stack's part of a name. That part has no two hyphens in a row, so that a pattern of one stack's names matches no name of another's.
 * With a single hyphen, the pattern of `shop` would match the names of `shop-test`.
 */
const END_OF_STACK = '--';

/** The names of stacks have at most 128 characters. */
const LONGEST_STACK_NAME = 128;

const HASH_LENGTH = 6;
const ENDS_AS_IF_HASHED = new RegExp(`-[0-9][0-9a-z]{${HASH_LENGTH - 1}}$`);

/** The beginning of the names of all jobs of a stack, and of those of no other stack. */
export function stackPrefix(scope: Construct, { longestStackPart }: Pick<NameLengths, 'longestStackPart'>): string {
  return `${stackPart(Stack.of(scope), longestStackPart)}${END_OF_STACK}`;
}

/**
 * The path of the roles that are made for the jobs of a stack. It says which roles the provider may pass on, without a
 * reference to any of them. It has the Region, for roles are global, and stacks of several Regions may have one name.
 */
export function rolePath(scope: Construct): string {
  return pathOfStack(Stack.of(scope));
}

/** The same text for all jobs, so that it can be compared: each token of the CDK is a new one. */
const pathOfStack = keptFor((stack: Stack) => {
  const { region } = stack;
  // One text is shorter than one that CloudFormation joins, and a template may have hundreds of roles.
  return Token.isUnresolved(region) ? Fn.sub(pathWithRegion(stack, '${AWS::Region}')) : pathWithRegion(stack, region);
});

/** A pattern of the ARNs of these roles. */
export function rolesArn(scope: Construct): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${pathWithRegion(scope, Stack.of(scope).region)}*`;
}

function pathWithRegion(scope: Construct, region: string): string {
  return `/cdk-sagemaker-jobs/${region}/${stackPart(Stack.of(scope), LONGEST_STACK_NAME + HASH_LENGTH + 1)}/`;
}

/** Lower case, because the service writes some names so in ARNs, and permissions tell cases apart. */
export function readable(text: string, maxLength: number): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, maxLength).replace(/-$/, '');
}

/** The spellings of a name or ARN in permissions: as given, and with the name in lower case. Only CloudFormation knows that of a token. */
export function spellingsOf(nameOrArn: string): string[] {
  const inLowerCase = nameOrArn.replace(/[^/]*$/, (name) => name.replace(/\$\{Token\[[^\]]+\]\}|[A-Z]/g, (text) => text.length === 1 ? text.toLowerCase() : text));
  return [...new Set([nameOrArn, inLowerCase])];
}

/** A few characters that stand for a text. The first is a digit, so that few words look like it. */
export function shortHash(text: string): string {
  const hash = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  return `${hash % 10n}${(hash / 10n).toString(36).slice(0, HASH_LENGTH - 1)}`;
}

const partsOfStacks = keptFor((_: Stack) => new Map<number, string>());

/** What names and paths of a stack begin with. Hundreds of jobs share it. */
function stackPart(stack: Stack, maxLength: number): string {
  return getOrMake(partsOfStacks(stack), maxLength, () => distinct(fullName(stack), maxLength));
}

/** The stack's name where that can be written as it is, otherwise what is readable of it and a hash: another stack's name may read the same. */
function distinct(name: string, maxLength: number): string {
  if (readable(name, maxLength) === name && !ENDS_AS_IF_HASHED.test(name)) {
    return name;
  }
  const words = readable(name, maxLength - HASH_LENGTH - 1);
  return `${words === '' ? 'stack' : words}-${shortHash(name)}`;
}

/** CloudFormation makes up the names of nested stacks: theirs is a path below the stack that they are in. */
function fullName(stack: Stack): string {
  const { nestedStackParent: parent } = stack;
  if (parent === undefined) {
    return stack.stackName;
  }
  const ids = stack.node.scopes.slice(parent.node.scopes.length).map(({ node }) => node.id);
  return [fullName(parent), ...ids].join('/');
}
