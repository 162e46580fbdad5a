import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NAME_HASH_LENGTH } from '../provider/contract';
import { NameLengths } from '../provider/kinds';
import { readable, shortHash, stackPrefix } from '../provider/stack-names';

/** The prefix of a job's generated names: readable, and different from the prefix of any other job. */
export function jobNamePrefix(scope: Construct, lengths: NameLengths): string {
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map(({ node }) => node.id);
  const beginning = stackPrefix(scope, lengths);
  const end = shortHash(scope.node.addr);
  const longestPath = lengths.longestName - beginning.length - end.length - NAME_HASH_LENGTH - 2;
  return beginning + [readable(ids.join('-'), Math.max(longestPath, 0)), end].filter(Boolean).join('-');
}
