import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NAME_HASH_LENGTH } from '../provider/contract';

/** The longest name of a kind, and the part of a generated name that the stack's name may take. */
export interface NameLengths {
  readonly longestName: number;
  readonly longestStackPart: number;
}

const PATH_HASH_LENGTH = 8;

/** The longest name of a stack. */
const LONGEST_PATH_PART = 128;

/** The prefix of the names of all jobs of a stack. It is known at synth, so that permissions can name it. */
export function stackNamePart(scope: Construct, { longestStackPart }: Pick<NameLengths, 'longestStackPart'>): string {
  const { stackName, node } = Stack.of(scope);
  // CloudFormation generates the name of a nested stack.
  return readable(Token.isUnresolved(stackName) ? node.path : stackName, longestStackPart);
}

/** The prefix of a job's generated names: readable, and different from the prefix of any other job. */
export function jobNamePrefix(scope: Construct, lengths: NameLengths): string {
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map((construct) => construct.node.id);
  const longestPath = lengths.longestName - NAME_HASH_LENGTH - 1 - PATH_HASH_LENGTH - 1;
  const path = readable([stackNamePart(scope, lengths), ...ids].join('-'), longestPath);
  return `${path}-${scope.node.addr.slice(-PATH_HASH_LENGTH)}`;
}

/**
 * The path of the roles that are made for the jobs of a stack. With the path, the provider's policy need not reference the roles
 * that it may pass.
 */
export function rolePath(scope: Construct): string {
  return `/cdk-sagemaker-jobs/${stackNamePart(scope, { longestStackPart: LONGEST_PATH_PART })}/`;
}

/** Makes a readable part of a name. In lower case, because the service writes some names so in ARNs, and IAM is case-sensitive. */
function readable(text: string, maxLength: number): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, maxLength).replace(/-$/, '');
  return words === '' ? 'job' : words;
}
