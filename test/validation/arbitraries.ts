import * as fc from 'fast-check';
import { Shape } from '../../src/service-model/shape';
import { SHAPES } from '../../src/service-model/shapes';
import { Path } from '../../src/validation/problems';

const ANY_TEXT = fc.string({ unit: 'grapheme', maxLength: 40 });
const ONE_LINE = ANY_TEXT.map((text) => text.replace(/[\n\r\u2028\u2029]/g, ''));
const matching = (pattern: RegExp) => fc.stringMatching(pattern);

/** Text that matches a pattern of the model: written down, for a test that reads the pattern as the library does proves little. */
const TEXT_BY_PATTERN: { readonly [pattern: string]: fc.Arbitrary<string> } = {
  '.*': ONE_LINE,
  '[\\s\\S]+': ANY_TEXT,
  '[\\S\\s]*': ANY_TEXT,
  '[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*': matching(/^[ -~\täöü大]*$/),
  '[a-zA-Z0-9._-]+': matching(/^[a-zA-Z0-9._-]+$/),
  '[a-zA-Z0-9_-]+': matching(/^[a-zA-Z0-9_-]+$/),
  '[-0-9a-zA-Z]+': matching(/^(sg|subnet)-[0-9a-f]{8,17}$/),
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}': matching(/^[a-zA-Z0-9](-{0,2}[a-zA-Z0-9]){0,9}$/),
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}': matching(/^[a-zA-Z0-9](-{0,2}[a-zA-Z0-9]){0,20}$/),
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}': matching(/^[a-zA-Z0-9](-{0,2}[a-zA-Z0-9]){0,39}$/),
  '[a-zA-Z0-9]([_-]*[a-zA-Z0-9]){0,63}': matching(/^[a-zA-Z0-9]([_-]{0,2}[a-zA-Z0-9]){0,20}$/),
  '[a-zA-Z0-9:/_-]*': matching(/^(alias\/[a-zA-Z0-9_-]{1,20}|arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f-]{36}|[0-9a-f]{8})$/),
  '[a-zA-Z_][a-zA-Z0-9_]*': matching(/^[a-zA-Z_][a-zA-Z0-9_]*$/),
  'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+': matching(/^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role\/[a-zA-Z_0-9+=,.@-]{1,64}$/),
  '(https|s3)://([^/]+)/?(.*)': matching(/^(s3:\/\/[a-z0-9-]{3,20}(\/[a-zA-Z0-9_ .-]*)*|https:\/\/[a-z0-9]+\.s3\.amazonaws\.com\/[a-z]*)$/),
  '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)': matching(/^[a-zA-Z0-9 äöüßÉжω大_.:/=+@-]*$/),
};

const NO_NAME = ['-', 'a-', '-a', 'a b', 'ä', 'a\n'];

/** Text that does not match. */
const TEXT_AGAINST_PATTERN: { readonly [pattern: string]: readonly string[] } = {
  '.*': ['\n', 'a\nb', 'a\r'],
  '[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*': ['a\n', '\u0000'],
  '[a-zA-Z0-9._-]+': ['a b', 'ä', 'a/b', 'a\n'],
  '[a-zA-Z0-9_-]+': ['a b', 'ä', 'a.b', 'a\n'],
  '[-0-9a-zA-Z]+': ['', 'sg_1', 'sg 1', 'sg-1\n'],
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}': [...NO_NAME, 'a_b'],
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}': [...NO_NAME, 'a_b'],
  '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}': [...NO_NAME, 'a_b'],
  '[a-zA-Z0-9]([_-]*[a-zA-Z0-9]){0,63}': [...NO_NAME, '_a'],
  '[a-zA-Z0-9:/_-]*': ['a b', 'a.b', '*', 'ä', 'a\n'],
  '[a-zA-Z_][a-zA-Z0-9_]*': ['', '1', '1a', 'a-b', 'a.b', 'a b', 'ä', 'a\n'],
  'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+': [
    'arn:aws:iam::12345678901:role/name', 'arn:aws:iam::123456789012:user/name', 'x arn:aws:iam::123456789012:role/name', 'arn:aws:s3:::bucket/folder/name',
    'arn:aws:iam::123456789012:role/a b', 'arn:aws:iam::123456789012:role/name\n',
  ],
  '(https|s3)://([^/]+)/?(.*)': ['', 's3:/bucket', 's3:///key', 'http://bucket/key', 'bucket/key', 'S3://bucket', ' s3://bucket', 's3://bucket/a\nb'],
  '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)': ['a&b', 'a\nb', '#', '*', '"', '🙂'],
};

/**
 * Values that the service accepts for a shape.
 *
 * @param isFull - whether they have every member, and no empty lists and maps
 */
export function validValue(shapeName: string, isFull: boolean = false): fc.Arbitrary<unknown> {
  const shape = SHAPES[shapeName];
  const least = Math.max(shape.min ?? 0, isFull ? 1 : 0);
  const most = Math.min(shape.max ?? 4, (shape.min ?? 0) + 3);
  switch (shape.type) {
    case 'structure':
      return fc.record(
        Object.fromEntries(Object.entries(shape.members!).map(([name, member]) => [name, validValue(member, isFull)])),
        { requiredKeys: isFull ? Object.keys(shape.members!) : [...shape.required ?? []] });
    case 'list':
      return fc.array(validValue(shape.member!, isFull), { minLength: least, maxLength: most });
    case 'map':
      return fc.dictionary(
        (validValue(shape.key!) as fc.Arbitrary<string>), validValue(shape.value!, isFull), { minKeys: least, maxKeys: most, noNullPrototype: true });
    case 'string':
      return validText(shape);
    case 'boolean':
      return fc.boolean();
    case 'float':
    case 'double':
      return fc.double({ min: shape.min ?? -1e9, max: shape.max ?? 1e9, noNaN: true });
    default:
      return fc.oneof(
        fc.integer({ min: shape.min ?? -(2 ** 31), max: shape.max ?? 2 ** 31 - 1 }),
        fc.constantFrom(shape.min ?? 0, shape.max ?? 2 ** 31 - 1));
  }
}

function validText({ enum: values, max, min, pattern }: Shape): fc.Arbitrary<string> {
  if (values !== undefined) {
    return fc.constantFrom(...values);
  }
  const length = (text: string) => [...text].length;
  const text = pattern === undefined ? ANY_TEXT : TEXT_BY_PATTERN[pattern];
  const atLimit = max === undefined ? [] : [text.filter((value) => value !== '').map((value) => longText(value, max, pattern))];
  return fc.oneof(text, text, text, ...atLimit).filter((value) => length(value) >= (min ?? 0) && length(value) <= (max ?? Infinity));
}

/** Text of this length that matches if `text` does: its last character again and again. */
function longText(text: string, length: number, pattern: string | undefined): string {
  const characters = [...text];
  const endsWithLetter = ['[-0-9', '[a-zA-Z0-9]', 'arn'].some((beginning) => pattern?.startsWith(beginning));
  const filler = endsWithLetter ? 'a' : characters[characters.length - 1];
  return [...characters.slice(0, length), ...Array.from({ length: Math.max(0, length - characters.length) }, () => filler)].join('');
}

/** A valid value with one thing wrong, and where. */
export interface Mutation {
  readonly value: unknown;
  readonly path: Path;
  /** What was done to it, for the message of a failed test. */
  readonly what: string;
}

interface Change {
  readonly path: Path;
  readonly what: string;
  /** Undefined to remove the member. */
  readonly replace?: fc.Arbitrary<unknown>;
}

/** Everything that can be wrong with one value of a shape, one at a time. */
export function mutationsOf(value: unknown, shapeName: string): Mutation[] {
  return changesOf(value, shapeName, []).flatMap(({ path, what, replace = fc.constant(undefined) }) =>
    fc.sample(replace, { numRuns: 3, seed: 1 }).map((replacement) => ({ value: replaced(value, path, replacement), path, what })));
}

/** Something that is wrong with a value of a shape. */
export function invalidValue(shapeName: string): fc.Arbitrary<Mutation> {
  return validValue(shapeName).chain((value) => fc.constantFrom(...changesOf(value, shapeName, []))
    .chain(({ path, what, replace = fc.constant(undefined) }) =>
      replace.map((replacement) => ({ value: replaced(value, path, replacement), path, what }))));
}

function changesOf(value: any, shapeName: string, path: Path): Change[] {
  const shape = SHAPES[shapeName];
  const change = (what: string, ...replacements: unknown[]): Change => ({ path, what, replace: fc.constantFrom(...replacements) });
  switch (shape.type) {
    case 'structure':
      return [
        ...path.length === 0 ? [] : [change('no structure', 'text', 5, true, ['a'], null)],
        ...(shape.required ?? []).map((name) => ({ path: [...path, name], what: 'a required member is missing' })),
        ...Object.entries(value).flatMap(([name, member]) => changesOf(member, shape.members![name], [...path, name])),
      ];
    case 'list':
      return [
        change('no list', 'text', 5, true, { a: 1 }, null),
        ...(shape.min ?? 0) > 0 ? [change('too short a list', value.slice(0, shape.min! - 1))] : [],
        ...shape.max === undefined || value.length === 0 ? [] : [
          change('too long a list', Array.from({ length: shape.max + 1 }, (_, index) => value[index % value.length])),
        ],
        ...value.flatMap((element: unknown, index: number) => changesOf(element, shape.member!, [...path, index])),
      ];
    case 'map': {
      const [entry] = Object.values<unknown>(value);
      const longKey = 'k'.repeat(SHAPES[shape.key!].max! + 1);
      return [
        change('no map', 'text', 5, true, ['a'], null),
        ...entry === undefined ? [] : [
          change('too large a map', Object.fromEntries(Array.from({ length: shape.max! + 1 }, (_, index) => [`key${index}`, entry]))),
          { path: [...path, longKey], what: 'too long a key', replace: fc.constant(entry) },
          { path: [...path, '1-a'], what: 'a key against the pattern', replace: fc.constant(entry) },
        ],
        ...Object.entries(value).flatMap(([name, inner]) => changesOf(inner, shape.value!, [...path, name])),
      ];
    }
    case 'string':
      return [change('no text', 5, true, ['a'], { a: 1 }, null), ...textChanges(shape, path)];
    case 'boolean':
      return [change('no boolean', 'true', 'false', 0, 1, '', null, [], {})];
    default: {
      const whole = shape.type === 'integer' || shape.type === 'long';
      return [
        change('no number', '5', true, NaN, Infinity, -Infinity, [5], {}, null),
        ...whole ? [change('a fraction', value + 0.5)] : [],
        ...shape.min === undefined ? [] : [change('too small', shape.min - 1, shape.min - 1000)],
        ...shape.max === undefined ? [] : [change('too large', shape.max + 1, shape.max * 1000 + 1000)],
      ];
    }
  }
}

function textChanges({ enum: values, max, min, pattern }: Shape, path: Path): Change[] {
  if (values !== undefined) {
    return [{ path, what: 'none of the enum', replace: fc.constantFrom('', 'other', `${values[0].toUpperCase()}x`, ` ${values[0]}`, `${values[0]}\n`) }];
  }
  const valid = pattern === undefined ? fc.constant('a') : TEXT_BY_PATTERN[pattern].filter((text) => text !== '');
  return [
    ...(min ?? 0) > 0 ? [{ path, what: 'too short a text', replace: fc.constant('') }] : [],
    ...max === undefined ? [] : [{ path, what: 'too long a text', replace: valid.map((text) => longText(text, max + 1, pattern)) }],
    ...pattern === undefined || !(pattern in TEXT_AGAINST_PATTERN) ? [] : [
      { path, what: 'text against the pattern', replace: fc.constantFrom(...TEXT_AGAINST_PATTERN[pattern]) },
    ],
  ];
}

function replaced(value: any, [first, ...rest]: Path, replacement: unknown): unknown {
  if (first === undefined) {
    return replacement;
  }
  if (Array.isArray(value)) {
    return value.map((element, index) => index === first ? replaced(element, rest, replacement) : element);
  }
  const { [first]: member, ...others } = value;
  return rest.length === 0 && replacement === undefined ? others : { ...others, [first]: replaced(member, rest, replacement) };
}
