import { Stack, Token } from 'aws-cdk-lib';
import { looksUpLater } from './cdk-internals';
import { isPlain } from './plain-objects';

/** What the CDK puts in the place of parameters, roles, repositories and security groups before it has looked them up. */
const PLACEHOLDER = /dummy-value-for-|DUMMY_ARN|^sg-12345678$/;

/**
 * Whether a text stands for what the CDK looks up after this synthesis, and before the next one. An error about it would prevent both.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export function isLookedUpLater(value: unknown): boolean {
  return typeof value === 'string' && PLACEHOLDER.test(value);
}

/** A value in which all texts and numbers that are looked up later are tokens, as others that are not known yet. */
export function withoutPlaceholders<T>(value: T, stack: Stack): T {
  return replaced(value, stack) as T;
}

function replaced(value: unknown, stack: Stack): unknown {
  if (isLookedUpLater(value)) {
    return Token.asString({ Ref: 'LookedUpLater' });
  }
  // A text that is looked up later is no number yet, also where the request has the number as a text.
  if ((Number.isNaN(value) || value === 'NaN') && looksUpLater(stack)) {
    return Token.asNumber({ Ref: 'LookedUpLater' });
  }
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((element) => replaced(element, stack));
  }
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, stack)])) : value;
}
