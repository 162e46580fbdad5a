import { RequestMembers } from './request-members';
import { inWords, memberAt, Path, Problem, quantity, RequestProblem, show, showWithoutContent } from '../validation/problems';

/** The properties that the elements of the request's lists come from: `{ ProcessingInputs: ['inputs.raw', 'code'] }`. */
export type ElementNames = { readonly [list: string]: readonly string[] };

/** Translates problems of a request into problems of the properties that it was rendered from. */
export function propertyProblems(
  found: readonly RequestProblem[], members: RequestMembers<any, any>, elements: ElementNames,
): Problem[] {
  return found.map(({ path, value, allowed, remedy, warning }) => {
    const length = knownLength(path, members);
    const { unit, secret } = members.at(pattern(path.slice(0, length))) ?? {};
    // Only the value of an entry is secret, not its key.
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

/** The property that a member of the request comes from. */
export function propertyAt(path: Path, members: RequestMembers<any, any>, elements: ElementNames): string {
  const length = knownLength(path, members);
  const name = members.at(pattern(path.slice(0, length)))?.property ?? '';
  return name.replace('{}', () => elementName(path.slice(0, length), members, elements)) + memberAt(path.slice(length), name !== '');
}

/** The number of steps in the longest declared prefix of a path. */
function knownLength(path: Path, members: RequestMembers<any, any>): number {
  let length = path.length;
  while (length > 0 && members.at(pattern(path.slice(0, length))) === undefined) {
    length--;
  }
  return length;
}

/** The path with `[]` in place of each index. */
function pattern(path: Path): string {
  return path.map((step, index) => typeof step === 'number' ? '[]' : `${index > 0 ? '.' : ''}${step}`).join('');
}

function elementName(path: Path, members: RequestMembers<any, any>, elements: ElementNames): string {
  const at = path.findIndex((step) => typeof step === 'number');
  const list = memberAt(path.slice(0, at));
  const index = path[at] as number;
  return elements[list]?.[index] ?? `${members.at(list)?.property}[${index}]`;
}
