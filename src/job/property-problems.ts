import { RequestMembers } from './request-members';
import { inWords, memberAt, Path, Problem, quantity, RequestProblem, show, showWithoutContent } from '../validation/problems';

/** The names of the elements of lists, where they have one: `{ ProcessingInputs: ['inputs.raw', 'code'] }`. */
export type ElementNames = { readonly [list: string]: readonly string[] };

/** What is wrong with a request, as problems of the properties that it was rendered from. */
export function propertyProblems(
  found: readonly RequestProblem[], members: RequestMembers<any, any>, elements: ElementNames,
): Problem[] {
  return found.map(({ path, value, allowed, remedy, warning }) => {
    const length = knownLength(path, members);
    const { unit, secret } = members.at(pattern(path.slice(0, length))) ?? {};
    // The key of an entry is none of its values.
    const isSecret = secret && path.length > length && path[path.length - 1] !== value;
    return {
      property: propertyAt(path, members, elements),
      value: value === undefined ? undefined : isSecret ? showWithoutContent(value) : typeof value === 'number' ? quantity(value, unit) : show(value),
      allowed: typeof allowed === 'string' ? allowed : inWords(allowed, unit),
      remedy,
      member: memberAt(path),
      warning,
    };
  });
}

/** The property by which the user wrote this part of the request. */
export function propertyAt(path: Path, members: RequestMembers<any, any>, elements: ElementNames): string {
  const length = knownLength(path, members);
  const name = members.at(pattern(path.slice(0, length)))?.property ?? '';
  return name.replace('{}', () => elementName(path.slice(0, length), members, elements)) + memberAt(path.slice(length), name !== '');
}

/** Of how many steps the longest beginning of a path is that is declared. */
function knownLength(path: Path, members: RequestMembers<any, any>): number {
  let length = path.length;
  while (length > 0 && members.at(pattern(path.slice(0, length))) === undefined) {
    length--;
  }
  return length;
}

/** A path with `[]` for any element of a list. */
function pattern(path: Path): string {
  return path.map((step, index) => typeof step === 'number' ? '[]' : `${index > 0 ? '.' : ''}${step}`).join('');
}

function elementName(path: Path, members: RequestMembers<any, any>, elements: ElementNames): string {
  const at = path.findIndex((step) => typeof step === 'number');
  const list = memberAt(path.slice(0, at));
  const index = path[at] as number;
  return elements[list]?.[index] ?? `${members.at(list)?.property}[${index}]`;
}
