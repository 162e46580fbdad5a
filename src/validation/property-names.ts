import { Path } from './model';

/**
 * The property that the user wrote, for each member of the request. `[]` stands for any element of a list, and `{}` for
 * the name of that element: `'ProcessingInputs[].S3Input.S3Uri': '{}.location'` is `inputs.raw.location`.
 */
export type PropertyNames = { readonly [member: string]: string };

/** The names of the elements of lists, where they have one: `{ ProcessingInputs: ['inputs.raw', 'code'] }`. */
export type ElementNames = { readonly [list: string]: readonly string[] };

/** The property by which the user wrote this part of the request. */
export function propertyAt(path: Path, names: PropertyNames, elements: ElementNames): string {
  const known = longestKnownPrefix(path, names);
  const name = names[memberPattern(path.slice(0, known))] ?? '';
  return name.replace('{}', () => elementName(path.slice(0, known), names, elements)) + memberAt(path.slice(known), name !== '');
}

/** A path as the API reference writes it: `ProcessingInputs[0].S3Input.S3Uri`. */
export function memberAt(path: Path, continued = false): string {
  return path
    .map((part, index) => typeof part === 'number' ? `[${part}]` : `${index > 0 || continued ? '.' : ''}${part}`)
    .join('');
}

function memberPattern(path: Path): string {
  return memberAt(path).replace(/\[\d+\]/g, '[]');
}

function longestKnownPrefix(path: Path, names: PropertyNames): number {
  for (let length = path.length; length > 0; length--) {
    if (memberPattern(path.slice(0, length)) in names) {
      return length;
    }
  }
  return 0;
}

function elementName(path: Path, names: PropertyNames, elements: ElementNames): string {
  const at = path.findIndex((part) => typeof part === 'number');
  const list = memberAt(path.slice(0, at));
  const index = path[at] as number;
  return elements[list]?.[index] ?? `${names[list]}[${index}]`;
}
