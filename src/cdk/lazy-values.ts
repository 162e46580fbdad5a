import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { keptFor } from './kept-for';
import { isPlain } from './plain-objects';

/**
 * Replaces the tokens in a value whose content is known at synth, such as those of `Lazy`. Tokens that only CloudFormation can
 * resolve stay.
 */
export function withLazyValues<T>(value: T, stack: Stack): T {
  return replaced(value, stack) as T;
}

/** Texts known to be CloudFormation expressions. Hundreds of jobs share some of them, such as the URI of an image. */
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
  // Do not look into instances of the app's classes.
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [replaced(name, stack), replaced(member, stack)])) : value;
}

/** Whether a value is a reference. Most tokens are, and they need not be resolved: only CloudFormation knows their values. */
function isReference(value: unknown): boolean {
  if (typeof value === 'string') {
    return Tokenization.reverseString(value).tokens.every((token) => Reference.isReference(token));
  }
  return Reference.isReference(Tokenization.reverse(value));
}

/** The text of a number. The digits of a number that is a token vary, and the CDK does not recognise all of them in a text. */
export function textOf(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}

/** The resolved value, or the token when the value is an expression of CloudFormation. */
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
