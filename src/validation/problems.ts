/** Something wrong with a property, in the words of the person who wrote it. */
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
}

/** A kind of value that the types promise, for callers whose language does not keep that promise. */
export interface Kind {
  readonly test: (value: any) => boolean;
  /** 'a Duration' */
  readonly name: string;
  /** 'Use Duration.minutes(30).' */
  readonly remedy: (value: any) => string;
  /** How a value of another kind is shown, where it must not be, or would not be understood. */
  readonly show?: (value: any) => string;
}

/** Collects the problems of one construct, at most one a property: what follows from it says nothing new. */
export class Problems {
  private readonly byProperty = new Map<string, Problem>();

  public add(problem: Problem): void {
    if (!this.byProperty.has(problem.property)) {
      this.byProperty.set(problem.property, problem);
    }
  }

  /** The value when it is of the kind. Otherwise undefined, and a problem unless there was no value at all. */
  public expect<T>(property: string, value: T, kind: Kind): NonNullable<T> | undefined {
    if (value === undefined || value === null) {
      return undefined;
    }
    if (kind.test(value)) {
      return value;
    }
    this.add(problemOf(property, value, kind));
    return undefined;
  }

  public get all(): Problem[] {
    return [...this.byProperty.values()];
  }
}

/** For arguments of value classes, where the line that calls is the best place for the error. */
export function requireKind(method: string, argument: string, value: unknown, kind: Kind): void {
  if (value === undefined || value === null || !kind.test(value)) {
    throw new Error(`${method}: ${sentence(problemOf(argument, value, kind))}`);
  }
}

function problemOf(property: string, value: unknown, kind: Kind): Problem {
  return { property, value: (kind.show ?? show)(value), allowed: `must be ${kind.name}`, remedy: kind.remedy(value) };
}

export function requireKindIfGiven(method: string, argument: string, value: unknown, kind: Kind): void {
  if (value !== undefined && value !== null) {
    requireKind(method, argument, value, kind);
  }
}

/** The one error that names everything that is wrong with a construct. */
export function problemsError(subject: string, problems: readonly Problem[], documentation: string): Error {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const lines = problems.map((problem, index) => `  ${index + 1}. ${sentence(problem)}`);
  return new Error([`${subject} has ${count}:`, ...lines, `See ${documentation}`].join('\n'));
}

/** A problem on one line. */
export function sentence({ property, value, allowed, remedy, member }: Problem): string {
  const subject = value === undefined ? property : `${property} is ${value}:`;
  return `${subject} ${allowed}. ${remedy}${member === undefined ? '' : ` (${member})`}`;
}

/** What a value is, without its content, which may be a secret. */
export function showWithoutContent(value: unknown): string {
  if (typeof value === 'string') {
    return `a text of ${value.length} characters`;
  }
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? show(value) : `a ${typeof value}`;
}

const LONGEST_VALUE = 80;

/** A value as its author would recognise it, on one line and not too long. */
export function show(value: unknown): string {
  const text = describe(value).replace(/\n/g, '\\n');
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}… (${text.length} characters)`;
}

/** 'a Duration', 'an AutoMLJob' */
export function withArticle(className: string): string {
  return `${/^[AEIO]/.test(className) ? 'an' : 'a'} ${className}`;
}

/** @param depth - of lists in lists, where one may contain itself */
function describe(value: unknown, depth = 2): string {
  if (typeof value === 'string') {
    return `'${value}'`;
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
