import { Token } from 'aws-cdk-lib';
import { closest } from './closest';
import { Problem, requireTypeIfGiven, ValueType } from './problems';

/** The names of all options of a structure. */
export type OptionNames<T> = { readonly [name in keyof T]-?: true };

/** Options as they were read. */
export interface Options<T> {
  readonly values: T;
  /** Names that the structure does not have, but nearly. They have no effect, which the job warns of. */
  readonly misspelt: readonly Misspelling[];
}

/** A name that is close to one that exists. */
export interface Misspelling {
  readonly name: string;
  readonly meant: string;
}

export const SOME_OPTIONS: ValueType = {
  name: 'a structure of options',
  test: (value) => Object.prototype.toString.call(value) === '[object Object]' && !Token.isUnresolved(value),
  remedy: () => 'Write { name: value }.',
};

/** Reads options by their names, so that inherited ones and getters count. Null means not given. Unknown ones may be for a newer CDK. */
export function readOptions<T extends object>(method: string, given: T | null | undefined, names: OptionNames<T>, argument = 'options'): Options<T> {
  requireTypeIfGiven(method, argument, given, SOME_OPTIONS);
  return { values: valuesOf(given ?? {}, Object.keys(names)) as T, misspelt: misspellings(given, Object.keys(names)) };
}

/** The members of an object that have a value. Lists are copied: what is pushed to them later would be checked no more. */
export function valuesOf(given: object, known: readonly string[]): object {
  const entries = [...new Set([...namesIn(given), ...known])].map((name) => [name, (given as any)[name] ?? undefined])
    .map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The names of an object's members that are not known, but close to known ones. */
export function misspellings(given: unknown, known: readonly string[]): Misspelling[] {
  return namesIn(given).filter((name) => !known.includes(name)).flatMap((name) => {
    const meant = closest(name, known);
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** The warning of a name that has no effect. */
export function misspellingProblem({ name, meant }: Misspelling): Problem {
  return { property: name, allowed: 'is not a property, and has no effect', remedy: `Did you mean ${meant}?`, warning: 'cdk-sagemaker-jobs:unknownProperty' };
}

/** The names of all members of an object, inherited ones as well. */
export function namesIn(given: unknown): string[] {
  const names: string[] = [];
  if (typeof given === 'object') {
    for (const name in given) {
      names.push(name);
    }
  }
  return names;
}
