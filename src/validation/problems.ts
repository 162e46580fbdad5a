import { Annotations, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The path of a member in a request: `['ProcessingInputs', 0, 'S3Input', 'S3Uri']`. The steps into a map are keys. */
export type Path = ReadonlyArray<string | number>;

/** A unit, in the singular. */
export type Unit = 'second' | 'GiB' | 'character' | 'element' | 'entry';

/** A limit of a value, or of the number of its elements or characters. */
export interface Limit {
  readonly at: 'least' | 'most';
  readonly limit: number;
  /** The unit and the number that is limited. Absent when the value itself is: its unit is that of the property. */
  readonly counted?: { readonly unit: Unit; readonly count: number };
}

/** A problem of a request: a member that the service would not accept. Users never see the words of the API in it. */
export interface RequestProblem {
  readonly path: Path;
  /** Absent when the member is missing, or has too many elements. */
  readonly value?: unknown;
  /** 'must be …' */
  readonly allowed: string | Limit;
  readonly remedy: string;
  /** The id of the warning, where only a newer service might accept the value. */
  readonly warning?: string;
}

/** A problem of a property, in the words of the user. */
export interface Problem {
  /** The property as the user wrote it: `inputs.raw.localPath`. */
  readonly property: string;
  /** The value, as `show()` prints it; absent for a property that is missing. */
  readonly value?: string;
  /** What is allowed: 'must be …'. */
  readonly allowed: string;
  /** What to do: one sentence. */
  readonly remedy: string;
  /** The member of the API request: `ProcessingInputs[0].S3Input.LocalPath`. */
  readonly member?: string;
  /** The id of the warning, for what is no error. */
  readonly warning?: string;
}

/** A type of value, checked at run time for callers in languages that do not check types. */
export interface ValueType {
  readonly test: (value: any) => boolean;
  /** 'a Duration' */
  readonly name: string;
  /** 'Use Duration.minutes(30).' */
  readonly remedy: (value: any) => string;
  /** Shows a value of another type, if it may be secret or would not be understood. */
  readonly show?: (value: any) => string;
}

/** Collects the problems of one construct, at most one for each property, since further ones mostly follow from the first. */
export class Problems {
  private readonly byProperty = new Map<string, Problem>();

  public add(problem: Problem): void {
    const known = this.byProperty.get(problem.property);
    if (known === undefined || (known.warning !== undefined && problem.warning === undefined)) {
      this.byProperty.set(problem.property, problem);
    }
  }

  /** Returns the value if it has the type. Otherwise returns undefined, and adds a problem if there was a value. */
  public expect<T>(property: string, value: T, type: ValueType): NonNullable<T> | undefined {
    return value === undefined || value === null ? undefined : this.require(property, value, type);
  }

  /** Returns the value if it has the type. Otherwise returns undefined and adds a problem. */
  public require<T>(property: string, value: T, type: ValueType): NonNullable<T> | undefined {
    if (value !== undefined && value !== null && type.test(value)) {
      return value;
    }
    this.add(problemOf(property, value, type));
    return undefined;
  }

  public get errors(): Problem[] {
    return [...this.byProperty.values()].filter(({ warning }) => warning === undefined);
  }

  public get warnings(): Problem[] {
    return [...this.byProperty.values()].filter(({ warning }) => warning !== undefined);
  }
}

/** Throws when an argument of a value class has the wrong type: the stack trace then shows the line of the caller. */
export function requireType(method: string, argument: string, value: unknown, type: ValueType): void {
  if (value === undefined || value === null || !type.test(value)) {
    throw new Error(`${method}: ${sentence(problemOf(argument, value, type))}`);
  }
}

function problemOf(property: string, value: unknown, type: ValueType): Problem {
  const remedy = type.remedy(value);
  return value === undefined
    ? { property, allowed: `is missing, and must be ${type.name}`, remedy }
    : { property, value: value === null ? 'null' : (type.show ?? show)(value), allowed: `must be ${type.name}`, remedy };
}

export function requireTypeIfGiven(method: string, argument: string, value: unknown, type: ValueType): void {
  if (value !== undefined && value !== null) {
    requireType(method, argument, value, type);
  }
}

/** Makes one error of all problems of a construct. */
export function problemsError(subject: string, problems: readonly Problem[], documentation: string): Error {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const lines = problems.map((problem, index) => `  ${index + 1}. ${sentence(problem)}`);
  return new Error([`${subject} has ${count}:`, ...lines, `See ${documentation}`].join('\n'));
}

/** Adds the warnings to a construct. The same one twice is added once. */
export function addWarnings(scope: IConstruct, problems: Problems): void {
  problems.warnings.forEach((problem) => Annotations.of(scope).addWarningV2(problem.warning!, sentence(problem)));
}

/** Writes a problem on one line. */
export function sentence({ property, value, allowed, remedy, member }: Problem): string {
  // Names of the user are a part of properties and members.
  const [name, place] = [nameInWords(property), member === undefined ? '' : ` (${nameInWords(member)})`];
  return `${name}${value === undefined ? '' : ` is ${value}:`} ${allowed}. ${remedy}${place}`;
}

function nameInWords(name: string): string {
  return printable(withoutTokenNumbers(name));
}

/** Writes a path as the API reference does: `ProcessingInputs[0].S3Input.S3Uri`. */
export function memberAt(path: Path, continued = false): string {
  return path
    .map((part, index) => typeof part === 'number' ? `[${part}]` : `${index > 0 || continued ? '.' : ''}${part}`)
    .join('');
}

/** @param unit - the unit of the value that is limited */
export function inWords({ at, limit, counted }: Limit, unit?: Unit): string {
  if (counted === undefined) {
    return `must be at ${at} ${quantity(limit, unit)}`;
  }
  return `must have at ${at} ${quantity(limit, counted.unit)}${at === 'most' ? `, and has ${counted.count}` : ''}`;
}

/** 'must be one of …', or the only value that is allowed. */
export function mustBeOneOf(values: readonly string[]): string {
  return `must be ${values.length === 1 ? '' : 'one of '}${values.map(show).join(', ')}`;
}

const PLURALS: { readonly [unit in Unit]: string } = { second: 'seconds', GiB: 'GiB', character: 'characters', element: 'elements', entry: 'entries' };

/** '1 second', '30 GiB', '5' */
export function quantity(value: number, unit: Unit | undefined): string {
  return unit === undefined ? String(value) : `${value} ${value === 1 ? unit : PLURALS[unit]}`;
}

/** The number of characters, as the service counts them: a surrogate pair of UTF-16 is one. */
export function lengthOf(value: string): number {
  return [...value].length;
}

/** The number of characters in the known parts of a text: an expression can become any text. */
export function knownLength(value: string): number {
  const literals = Tokenization.reverseString(value).mapTokens({ mapToken: () => '' });
  return lengthOf(literals.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '');
}

function lengthInWords(value: string): string {
  return `${Token.isUnresolved(value) ? 'at least ' : ''}${quantity(knownLength(value), 'character')}`;
}

/** Describes a value without its content, which may be secret. */
export function showWithoutContent(value: unknown): string {
  if (typeof value === 'string') {
    return `a text of ${lengthInWords(value)}`;
  }
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? show(value) : `a ${typeof value}`;
}

const LONGEST_VALUE = 80;

/** Characters that a terminal does not print: control characters, line breaks, direction marks, unpaired surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const ESCAPES: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Shows a value on one line so that its author recognises it. Shortens long values. */
export function show(value: unknown): string {
  const text = describe(value);
  const characters = [...text];
  const shown = characters.length <= LONGEST_VALUE ? text : `${characters.slice(0, LONGEST_VALUE - 1).join('')}…${lengthNote(value, characters.length)}`;
  return printable(shown);
}

/** Escapes the characters that a terminal does not print. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Notes the length of a shortened text without its quotes, as limits count it. */
function lengthNote(value: unknown, length: number): string {
  return ` (${typeof value === 'string' ? lengthInWords(value) : quantity(length, 'character')})`;
}

/** 'a Duration', 'an AutoMLJob' */
export function withArticle(className: string): string {
  // The article of an abbreviation follows the name of its first letter: 'an S3Location'.
  return `${/^([AEIO]|[FHLMNRSX][A-Z0-9])/.test(className) ? 'an' : 'a'} ${className}`;
}

/** Writes `<Data.Arn>` for a token in a text, or `<token>` for one without a name. Their numbers differ from run to run. */
function withoutTokenNumbers(text: string): string {
  return text.replace(/[$#]\{Token\[(?:TOKEN|(.*?))(?:\.\d+)?\]\}/g, (_match, name) => `<${name ?? 'token'}>`);
}

/** @param depth - how deep to describe nested lists, since a list may contain itself */
function describe(value: unknown, depth = 2): string {
  if (typeof value === 'string') {
    return `'${withoutTokenNumbers(value)}'`;
  }
  if (Token.isUnresolved(value)) {
    return 'a token';
  }
  if (Array.isArray(value)) {
    return depth === 0 ? 'a list' : `[${value.map((element) => describe(element, depth - 1)).join(', ')}]`;
  }
  if (typeof value === 'function') {
    return `the function ${value.name}`;
  }
  if (typeof value === 'object' && value !== null) {
    const className: unknown = value.constructor?.name;
    return typeof className === 'string' && !['', 'Object'].includes(className) ? withArticle(className) : `{ ${Object.keys(value).join(', ')} }`;
  }
  return String(value);
}
