import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { keptFor } from './kept-for';

/**
 * A value with what is known when the template is made in place of the tokens that stand for it, such as those of `Lazy`. What only
 * CloudFormation knows stays a token.
 */
export function withLazyValues<T>(value: T, stack: Stack): T {
  return replaced(value, stack) as T;
}

/** Texts that are expressions of CloudFormation: hundreds of jobs have the same, such as the URI of an image. */
const expressionsOf = keptFor((_: Stack) => new Set<unknown>());

function replaced(value: unknown, stack: Stack): unknown {
  if (Token.isUnresolved(value)) {
    const expressions = expressionsOf(stack);
    if (expressions.has(value) || isReference(value)) {
      return value;
    }
    const known = knownPart(stack.resolve(value), value);
    if (known === value && typeof value === 'string') {
      expressions.add(value);
    }
    return known;
  }
  if (Array.isArray(value)) {
    return value.map((element) => replaced(element, stack));
  }
  // The value of a class of the app is not the request's to look into.
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, stack)])) : value;
}

/** What most tokens are, and nobody knows: it need not be resolved to see that. */
function isReference(value: unknown): boolean {
  if (typeof value === 'string') {
    return Tokenization.reverseString(value).tokens.every((token) => Reference.isReference(token));
  }
  return Reference.isReference(Tokenization.reverse(value));
}

/** What was resolved, or the token where it is an expression of CloudFormation. */
function knownPart(resolved: unknown, token: unknown): unknown {
  if (isExpression(resolved)) {
    return token;
  }
  if (Array.isArray(resolved)) {
    return resolved.map((element) => knownPart(element, Token.asAny(element)));
  }
  return isPlain(resolved)
    ? Object.fromEntries(Object.entries(resolved).map(([name, member]) => [name, knownPart(member, Token.asAny(member))]))
    : resolved;
}

function isExpression(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('{{resolve:'); // a dynamic reference, such as that of a secret
  }
  const [name, ...others] = isPlain(value) ? Object.keys(value) : [];
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
