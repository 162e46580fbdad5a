import { IResolvable, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { jsonPathOf } from '../cdk/cdk-internals';
import { JsonataExpression } from '../cdk/jsonata-expression';
import { knownLength } from '../validation/problems';

/** A part of a text: as written, or an expression that is evaluated when a run starts. */
interface Part {
  readonly text: string;
  /** The expression without the marks around it. */
  readonly expression?: string;
}

/** A language of expressions, which are evaluated when a run starts. */
export interface RunLanguage {
  readonly name: string;
  /** How to write an expression. Absent where a number or a list cannot be one. */
  readonly example: { readonly text: string; readonly number?: string; readonly list?: string };
  /** Finds expressions in a text without tokens. Absent where expressions are tokens. */
  readonly pattern?: RegExp;
  /** Finds what is meant as an expression and is none, in the text between expressions. */
  readonly broken?: RegExp;
  /** The fixed text that an expression begins with. */
  beginningOf(expression: string): string;
  /** Writes a text that has expressions. */
  write(parts: readonly Part[]): string;
  /** Writes a list of texts of which some have expressions. */
  writeList(texts: readonly (readonly Part[])[]): unknown;
}

export const JSON_PATH: RunLanguage = {
  name: 'JSONPath',
  example: { text: "JsonPath.stringAt('$.day')", number: "JsonPath.numberAt('$.count')", list: "JsonPath.listAt('$.arguments')" },
  beginningOf: (expression) => /^States\.Format\('((?:[^'\\{]|\\.)*)/s.exec(expression)?.[1].replace(/\\(.)/gs, '$1') ?? '',
  write: (parts) => parts.length === 1 ? parts[0].text : JsonPath.stringAt(asExpression(parts)),
  // A list of JSONPath has no expressions among its elements.
  writeList: (texts) => JsonPath.stringAt(`States.Array(${texts.map(asExpression).join(', ')})`),
};

/** A text as an expression of JSONPath. `JsonPath.format` cannot write a backslash before a brace. */
function asExpression(parts: readonly Part[]): string {
  const expressions = parts.flatMap(({ expression }) => expression ?? []);
  const texts = parts.map(({ expression, text }) => expression === undefined ? escaped(text) : '{}');
  return expressions.length === 0 ? `'${texts.join('')}'` : parts.length === 1 ? expressions[0] : `States.Format('${texts.join('')}', ${expressions.join(', ')})`;
}

/** Escapes what intrinsic functions reserve, but for the marks of tokens. */
function escaped(text: string): string {
  return text.replace(/\$\{Token\[[^\]]+\]\}|[\\'{}]/g, (found) => found.length > 1 ? found : `\\${found}`);
}

const AFTER_OPERATOR = String.raw`[(,;:?=&>[{]\s*`;
const REGULAR_EXPRESSION = String.raw`(?<=${AFTER_OPERATOR})/(?![*/])(?:[^/\\]|\\.)+/`;

export const JSONATA: RunLanguage = {
  name: 'JSONata',
  example: {
    text: "'{% $states.input.day %}'",
    number: "RunProcessingJob.numberFromJsonata('{% $states.input.count %}')",
    list: "RunProcessingJob.listFromJsonata('{% $states.input.arguments %}')",
  },
  // Strings, names in backquotes, comments and regular expressions may have the end mark. A slash after an operator begins a regular expression.
  pattern: new RegExp(String.raw`\{%(?!\s*%\})((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|${'`[^`]*`'}|/\*.*?\*/|${REGULAR_EXPRESSION}|[^"'${'`'}%/]`
    + String.raw`|(?<!${AFTER_OPERATOR})/|%(?!\}))*)%\}`, 'gs'),
  broken: /\{%|%\}/,
  beginningOf: (expression) => weakens(expression) ? '' : /^\s*(["'])((?:(?!\1)[^\\])*)\1\s*(?:&|$)/s.exec(expression)?.[2] ?? '',
  write: (parts) => parts.length === 1 ? parts[0].text
    : `{% ${parts.map(({ expression, text }) => expression === undefined ? JSON.stringify(text) : `(${expression.trim()})`).join(' & ')} %}`,
  writeList: (texts) => texts.map((parts) => writeAny(JSONATA, parts)),
};

/** Whether an operator that binds weaker than `&` stands outside of parentheses and texts, so that the first text may not be the beginning. */
function weakens(expression: string): boolean {
  const outside = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\/\*.*?\*\//gs, '_');
  let inner = outside;
  let before;
  do {
    before = inner;
    inner = inner.replace(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '_');
  } while (inner !== before);
  return /[?:=<>!~]|\s(?:and|or|in)\s/.test(inner);
}

export const SCHEDULER: RunLanguage = {
  name: 'EventBridge Scheduler',
  example: { text: "'<aws.scheduler.scheduled-time>'" },
  pattern: /<(aws\.scheduler\.(?:attempt-number|execution-id|schedule-arn|scheduled-time))>/g,
  broken: /<\s*aws\.scheduler/i,
  beginningOf: () => '',
  write: (parts) => parts.map(({ text }) => text).join(''),
  writeList: (texts) => texts.map((parts) => writeAny(SCHEDULER, parts)),
};

function writeAny(language: RunLanguage, parts: readonly Part[]): string {
  return parts.some(({ expression }) => expression !== undefined) ? language.write(parts) : parts.map(({ text }) => text).join('');
}

const LANGUAGES: readonly RunLanguage[] = [JSON_PATH, JSONATA, SCHEDULER];

/** The expressions of other languages in a value, with which nothing can be done: what to write instead. */
export function misplaced(value: unknown, language: RunLanguage): string | undefined {
  const other = typeof value === 'string' ? LANGUAGES.find((each) => each !== language && hasExpressions(value, each))
    : typeof value === 'number' ? languageOf(Tokenization.reverseNumber(value))
      : Array.isArray(value) ? languageOfList(value) : undefined;
  return other && other !== language ? `is an expression of ${other.name}, and is read as one of ${language.name}` : undefined;
}

/** Whether a text is one expression and nothing else. */
export function isExpression(text: string, language: RunLanguage): boolean {
  const parts = partsOf(text, language);
  return parts.length === 1 && parts[0].expression !== undefined;
}

/** What is wrong with the expressions of a text. */
export function brokenExpression(text: string, language: RunLanguage): string | undefined {
  const { broken, name } = language;
  // Each part by itself: 'a{' and '%b' around an expression are no begin mark.
  const isBroken = partsOf(text, language).some((part) => part.expression === undefined && broken?.test(part.text));
  return isBroken ? `has a part that is no whole expression of ${name}` : undefined;
}

/** Whether a text reads like an expression, and is a text for the job. */
export function readsLikeExpression(text: string): boolean {
  return /^(\$\$?\.|\$states\.|States\.\w+\()/.test(text);
}

export function hasExpressions(text: string, language: RunLanguage): boolean {
  return partsOf(text, language).some(({ expression }) => expression !== undefined);
}

/** The texts and expressions of a name, in which a UUID has a known length. */
export function lengthAtLeast(text: string, language: RunLanguage): number {
  const lengths = partsOf(text, language).map(({ expression, text: literal }) =>
    expression === undefined ? knownLength(literal) : UUID.test(expression) ? UUID_LENGTH : 0);
  return lengths.reduce((sum, length) => sum + length, 0);
}

const UUID = /^\s*(States\.UUID\(\)|\$uuid\(\)|aws\.scheduler\.execution-id)\s*$/;
const UUID_LENGTH = 36;

/** The text beside the expressions. */
export function withoutExpressions(text: string, language: RunLanguage): string {
  return partsOf(text, language).filter(({ expression }) => expression === undefined).map((part) => part.text).join('');
}

/** The text before the first part that only a run knows. */
export function knownBeginning(text: string, language: RunLanguage): string {
  let known = '';
  for (const part of partsOf(text, language)) {
    if (part.expression !== undefined) {
      return known + language.beginningOf(part.expression);
    }
    known += part.text;
  }
  return known;
}

/** A request as the language writes it: expressions are part of texts, too. */
export function written(value: unknown, language: RunLanguage, scope: Construct): unknown {
  return mapped(value, language, {
    text: (text) => language.write(resolved(text)),
    list: (texts) => language.writeList(texts.map(resolved)),
    wholeList: (list) => list,
    number: (number) => number,
  });

  // A lazy text is one of the job, and is escaped like others. What only the deployment knows stays a token.
  function resolved(text: string): Part[] {
    return partsOf(text, language).map((part) => part.expression !== undefined ? part : {
      text: part.text.replace(TOKENS, (token) => {
        const known = Stack.of(scope).resolve(token);
        return typeof known === 'string' ? known : token;
      }),
    });
  }
}

/** A request in which everything that only a run knows is a token. What stands beside it is checked. */
export function masked(value: unknown, language: RunLanguage): unknown {
  const unknownValue = { Ref: 'KnownToTheRun' };
  return mapped(value, language, {
    text: maskedText,
    list: (texts) => texts.map(maskedText),
    wholeList: () => Token.asList(unknownValue),
    number: () => Token.asNumber(unknownValue),
  });

  function maskedText(text: string): string {
    return partsOf(text, language).map((part) => part.expression === undefined ? part.text : Token.asString(unknownValue)).join('');
  }
}

/** What to do with values that have expressions. */
interface Mapping {
  readonly text: (text: string) => string;
  readonly list: (texts: readonly string[]) => unknown;
  /** A list that is one expression. */
  readonly wholeList: (value: string[]) => unknown;
  readonly number: (value: number) => number;
}

function mapped(value: unknown, language: RunLanguage, mapping: Mapping): unknown {
  if (typeof value === 'string') {
    return hasExpressions(value, language) ? mapping.text(value) : value;
  }
  if (typeof value === 'number') {
    return languageOf(Tokenization.reverseNumber(value)) ? mapping.number(value) : value;
  }
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) {
    return value;
  }
  const inner = (each: unknown) => mapped(each, language, mapping);
  if (Array.isArray(value) && isListOfRun(value)) {
    return mapping.wholeList(value);
  }
  if (Array.isArray(value)) {
    return value.some((each) => typeof each === 'string' && hasExpressions(each, language)) ? mapping.list(value) : value.map(inner);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inner(member)]));
}

/** Whether a list is one expression, as that of `JsonPath.listAt`. */
export function isListOfRun(value: readonly unknown[]): boolean {
  return languageOfList(value) !== undefined;
}

function languageOfList(value: readonly unknown[]): RunLanguage | undefined {
  return value.length === 1 && typeof value[0] === 'string' ? languageOf(Tokenization.reverseList(value as string[])) : undefined;
}

/** The language of a number or list that only a run knows. */
function languageOf(token: IResolvable | undefined): RunLanguage | undefined {
  return JsonataExpression.isOne(token) ? JSONATA : jsonPathOf(token) === undefined ? undefined : JSON_PATH;
}

const TOKENS = /(\$\{Token\[[^\]]+\]\})/g;

function partsOf(text: string, { pattern }: RunLanguage): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: whole, 1: inner, index } of text.matchAll(pattern ?? TOKENS)) {
    const expression = pattern ? inner : jsonPathOf(Tokenization.reverseString(whole).firstToken);
    if (expression !== undefined) {
      parts.push({ text: text.slice(end, index) }, { text: whole, expression });
      end = index + whole.length;
    }
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text !== '');
}
