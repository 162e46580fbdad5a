import { CfnDynamicReference, IResolvable, Intrinsic, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Path, RequestProblem } from '../validation/problems';

const SECRET = /\{\{resolve:(secretsmanager|ssm-secure):/;

/**
 * Where a request has a reference to a secret. CloudFormation looks none up in custom resources: the job would get the text of
 * the reference.
 *
 * @param isSynth - whether the template is made: before, to resolve an expression would fix values that are still to change
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function secretReferences(request: object, stack: Stack, isSynth: boolean): RequestProblem[] {
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
    } else if (Token.isUnresolved(value)) {
      return;
    } else if (Array.isArray(value)) {
      value.forEach((element, index) => visit(element, [...path, index]));
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => visit(member, [...path, name]));
    }
  }
}

/** Whether a value stands for a secret, or has one in it. */
function isSecret(value: unknown, stack: Stack, isSynth: boolean): boolean {
  return typeof value === 'string' && SECRET.test(value) || Token.isUnresolved(value) && tokensOf(value).some((token) => isSecretToken(token, stack, isSynth));
}

const knownTokens = new WeakMap<IResolvable, boolean>();

/** What most tokens are is not resolved once more for each job: references, and expressions that were looked at. */
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
