import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NAME_HASH_LENGTH } from '../provider/contract';

/** How long the names of a kind may be, and how much of a generated one is that of the stack. */
export interface NameLengths {
  readonly longestName: number;
  readonly longestStackPart: number;
}

const PATH_HASH_LENGTH = 8;

/** The names of stacks have at most 128 characters. */
const LONGEST_PATH_PART = 128;

/** The beginning of the names of all jobs of a stack, known at synth, so that permissions can be scoped to it. */
export function stackNamePart(scope: Construct, { longestStackPart }: Pick<NameLengths, 'longestStackPart'>): string {
  const { stackName, node } = Stack.of(scope);
  // The name of a nested stack is made up by CloudFormation.
  return readable(Token.isUnresolved(stackName) ? node.path : stackName, longestStackPart);
}

/** The beginning of the names that a job gets: readable, and that of no other job's name. */
export function jobNamePrefix(scope: Construct, lengths: NameLengths): string {
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map((construct) => construct.node.id);
  const longestPath = lengths.longestName - NAME_HASH_LENGTH - 1 - PATH_HASH_LENGTH - 1;
  const path = readable([stackNamePart(scope, lengths), ...ids].join('-'), longestPath);
  return `${path}-${scope.node.addr.slice(-PATH_HASH_LENGTH)}`;
}

/**
 * The path of the roles that are made for the jobs of a stack. It says which roles the provider may pass on, without a
 * reference to any of them.
 */
export function rolePath(scope: Construct): string {
  return `/cdk-sagemaker-jobs/${stackNamePart(scope, { longestStackPart: LONGEST_PATH_PART })}/`;
}

/** Lower case, because the service writes some names so in ARNs, and permissions tell cases apart. */
function readable(text: string, maxLength: number): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, maxLength).replace(/-$/, '');
  return words === '' ? 'job' : words;
}
