import { Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { givenNameOf, JobKind, namePropertyOf } from './job-kind';
import { ownerOf } from '../cdk/cross-stack';
import { keptFor } from '../cdk/kept-for';
import { NAME_HASH_LENGTH } from '../provider/contract';
import { NameLengths } from '../provider/kinds/provided-kind';
import { readable, shortHash, stackPrefix } from '../provider/stack-names';
import { Problems, show } from '../validation/problems';

/** The construct paths of jobs with given names, by what the service calls them, environment and name. All AutoML jobs share their names. */
const givenNamesOf = keptFor((_: IConstruct) => new Map<string, string>());

/** The names of the runs of a job. */
export class JobNames {
  /** The name from the properties, if given. */
  public readonly given?: string;
  /** The prefix of generated names. */
  public readonly prefix: string;

  constructor(private readonly scope: Construct, private readonly kind: JobKind, props: object) {
    this.given = givenNameOf(kind, props);
    this.prefix = jobNamePrefix(scope, kind);
  }

  /** The given name, or a pattern that matches the generated names of this stack, for permissions that the jobs of a stack share. */
  public get patternOfStack(): string {
    return this.given ?? `${stackPrefix(this.scope, this.kind)}*`;
  }

  /** The given name, or a pattern that matches the generated names of this job. */
  public get pattern(): string {
    return this.given ?? `${this.prefix}-*`;
  }

  /** What matches the names in the pattern of an event. */
  public get matcher(): unknown {
    return this.given ?? { prefix: `${this.prefix}-` };
  }

  /**
   * Checks that no other job of the account and Region has the same name. The service writes names in ARNs in lower case.
   *
   * @returns a function that reserves the name, to be called when the job has no problems
   */
  public check(problems: Problems): (() => void) | undefined {
    const { given: name, kind, scope } = this;
    if (name === undefined) {
      return undefined;
    }
    if (Token.isUnresolved(name)) {
      this.checkOwner(name, problems);
      return undefined;
    }
    const { account, node, region } = Stack.of(scope);
    // Two stacks with unknown environments may be in different ones.
    const place = Token.isUnresolved(account) || Token.isUnresolved(region) ? node.path : `${account}/${region}`;
    const names = givenNamesOf(scope.node.root);
    const key = [kind.arnResource, place, name.toLowerCase()].join('\n');
    const other = names.get(key);
    if (other !== undefined && other !== scope.node.path) {
      problems.add({
        property: namePropertyOf(kind),
        value: show(name),
        allowed: `must be unique whatever the letters' case, and '${other}' has that name`,
        remedy: 'Choose another, or leave it out.',
        member: kind.nameMember,
      });
    }
    return () => names.set(key, scope.node.path);
  }

  /** The provider's permission names the given names of jobs, and each job comes after the provider. */
  private checkOwner(name: string, problems: Problems): void {
    const owner = ownerOf(name);
    if (owner !== undefined && Stack.of(owner) === Stack.of(this.scope)) {
      problems.add({
        property: namePropertyOf(this.kind),
        allowed: `cannot be made of the name or the results of '${owner.node.path}', which would have to exist before the permission to use the name, and after it`,
        remedy: 'Leave it out, or write a name.',
        member: this.kind.nameMember,
      });
    }
  }
}

/** The prefix of a job's generated names: readable, and different from the prefix of any other job. */
function jobNamePrefix(scope: Construct, lengths: NameLengths): string {
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map(({ node }) => node.id);
  const beginning = stackPrefix(scope, lengths);
  const end = shortHash(scope.node.addr);
  const longestPath = lengths.longestName - beginning.length - end.length - NAME_HASH_LENGTH - 2;
  return beginning + [readable(ids.join('-'), Math.max(longestPath, 0)), end].filter(Boolean).join('-');
}
