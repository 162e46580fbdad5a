import { CfnDynamicReference, IResolvable, Intrinsic, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { jsonPathOf } from '../cdk/cdk-internals';
import { JsonataExpression } from '../cdk/jsonata-expression';
import { Path, RequestProblem, ValueType } from '../validation/problems';

const SECRET = /\{\{resolve:(secretsmanager|ssm-secure):/;

/**
 * Finds the references in a request that nothing resolves, so that the job would get the text of the reference: those to secrets, which
 * CloudFormation does not look up in custom resources, and to the input of a state machine.
 *
 * @param isSynth - whether this is the check at synth. Earlier, resolving an expression would fix values that can still change
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function forbiddenReferences(request: object, stack: Stack, isSynth: boolean): RequestProblem[] {
  const found: RequestProblem[] = [];
  visit(request, []);
  return found;

  function visit(value: unknown, path: Path): void {
    if (isSecret(value, stack, isSynth)) {
      found.push({
        path,
        allowed: 'cannot be taken from a secret: CloudFormation does not look secrets up in custom resources, so the job would get the reference itself',
        remedy: 'Have the job read the secret when it runs: the property secrets, where there is one, gives it the ARN and the permission.',
      });
    } else if (typeof value === 'string' && hasNumberToken(value)) {
      found.push({
        path,
        allowed: 'has the digits of a number that only the deployment knows, which they stand for as a number alone',
        remedy: 'Put Token.asString(…) of the number into the text.',
      });
    } else if (Number.isFinite(value) && Math.abs(value as number) > MOST_WITHOUT_TOKENS && !Token.isUnresolved(value)) {
      found.push({
        path,
        allowed: 'is calculated from a number that only the deployment knows, which gives no number',
        remedy: 'Give that number itself.',
      });
    } else if (Token.isUnresolved(value)) {
      if (tokensOf(value).some((token) => JsonataExpression.isOne(token) || jsonPathOf(token) !== undefined)) {
        found.push({
          path,
          allowed: 'cannot be an expression of Step Functions, which only a state evaluates',
          remedy: 'Write the value, or give the expression to the state that starts the job.',
        });
      }
    } else if (Array.isArray(value)) {
      value.forEach((element, index) => visit(element, [...path, index]));
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => {
        if (!A_KNOWN_NAME.test(name)) {
          found.push({
            path: [...path, name],
            allowed: 'has a name that only the deployment knows, and the template needs the name itself',
            remedy: 'Write the name.',
          });
        } else {
          visit(member, [...path, name]);
        }
      });
    }
  }
}

/** The numbers of the CDK that stand for expressions are greater, with either sign. */
const MOST_WITHOUT_TOKENS = 1e285;

/** Numbers with more digits are calculated: nobody writes them. */
const LONGEST_WRITTEN = '-1.2345678e+289'.length;

/** A name in a map, where the template has no expressions. A lazy one is known at synth. */
export const A_KNOWN_NAME: ValueType = {
  name: 'known at synth',
  test: (name) => !hasNumberToken(name) && !(Token.isUnresolved(name) && tokensOf(name).some((token) => token instanceof Intrinsic)),
  remedy: () => 'Write the name.',
};

/** Whether a text has a number of the CDK that stands for an expression, as `String(parameter.valueAsNumber)`, or what was calculated from it. */
function hasNumberToken(text: string): boolean {
  const found = text.match(/-?\d(\.\d+)?e\+\d{3}/g) ?? [];
  return found.some((digits) => Tokenization.reverseNumber(Number(digits)) !== undefined
    || digits.length > LONGEST_WRITTEN && Math.abs(Number(digits)) > MOST_WITHOUT_TOKENS);
}

/** Whether a value is a reference to a secret or contains one. */
function isSecret(value: unknown, stack: Stack, isSynth: boolean): boolean {
  return typeof value === 'string' && SECRET.test(value) || Token.isUnresolved(value) && tokensOf(value).some((token) => isSecretToken(token, stack, isSynth));
}

const knownTokens = new WeakMap<IResolvable, boolean>();

/** Whether a token stands for a secret. Intrinsics are resolved once for all jobs, and references to resources not at all. */
function isSecretToken(token: IResolvable, stack: Stack, isSynth: boolean): boolean {
  if (Reference.isReference(token) || !(isSynth || token instanceof CfnDynamicReference)) {
    return false;
  }
  const known = knownTokens.get(token) ?? SECRET.test(JSON.stringify(stack.resolve(token)) ?? '');
  if (token instanceof Intrinsic) {
    knownTokens.set(token, known);
  }
  return known;
}

function tokensOf(value: unknown): IResolvable[] {
  if (typeof value === 'string') {
    return Tokenization.reverseString(value).tokens;
  }
  const token = Tokenization.reverse(value);
  return token === undefined ? [] : [token];
}
