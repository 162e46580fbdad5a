import { Dependable, IConstruct, IDependable } from 'constructs';

/** A dependency on constructs that are known only when the template is made. */
export function lazyDependable(constructs: () => IConstruct[]): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return constructs();
    },
  });
  return dependable;
}
