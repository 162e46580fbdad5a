import { Token, Tokenization } from 'aws-cdk-lib';
import { show } from './problems';
import { Shape } from '../service-model/shape';
import { SHAPES } from '../service-model/shapes';

/** Where in the request: `['ProcessingInputs', 0, 'S3Input', 'S3Uri']`. The entries of a map have their keys. */
export type Path = ReadonlyArray<string | number>;

/** A part of the request that the service would not accept. */
export interface Violation {
  readonly path: Path;
  /** Absent when the member is missing, or has too many elements. */
  readonly value?: unknown;
  readonly allowed: string;
  readonly remedy: string;
  /** Only a newer service might accept it: a value of an enum that grows. */
  readonly open?: boolean;
}

/** Sets that the service extends more often than the library is released. */
const OPEN_SETS = new Set(['ProcessingInstanceType', 'AutoMLAlgorithm']);

/** What a pattern of the model says in words, and a value like the wrong one that it would match. */
interface PatternInWords {
  readonly words: string;
  readonly suggest?: (value: string) => string;
}

const NAME: PatternInWords = {
  words: 'letters, digits and hyphens, beginning and ending with a letter or digit',
  suggest: (value) => value.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, ''),
};
const ONE_LINE: PatternInWords = { words: 'text without line breaks', suggest: (value) => value.replace(/\s+/g, ' ').trim() };
const TAG: PatternInWords = { words: 'letters, digits, spaces and _ . : / = + - @', suggest: (value) => value.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]+/gu, '-') };

/** By the name of the shape. */
const PATTERNS_IN_WORDS: { readonly [shape: string]: PatternInWords } = {
  AthenaCatalog: { words: 'text without line breaks and control characters' },
  AthenaDatabase: ONE_LINE,
  AthenaWorkGroup: { words: 'letters, digits, periods, hyphens and underscores', suggest: (value) => value.replace(/[^a-zA-Z0-9._-]+/g, '-') },
  AutoMLJobName: NAME,
  ContainerArgument: ONE_LINE,
  ContainerEntrypointString: ONE_LINE,
  ContentType: ONE_LINE,
  EndpointName: NAME,
  ExperimentEntityName: NAME,
  FeatureGroupName: { words: 'letters, digits, hyphens and underscores, beginning and ending with a letter or digit', suggest: NAME.suggest },
  ImageUri: ONE_LINE,
  KmsKeyId: { words: 'the id, the ARN or the alias of a KMS key' },
  ModelName: NAME,
  ProcessingEnvironmentKey: {
    words: 'letters, digits and underscores, not beginning with a digit',
    suggest: (value) => value.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^(?=\d)/, '_'),
  },
  ProcessingJobName: NAME,
  ProcessingLocalPath: ONE_LINE,
  RedshiftClusterId: ONE_LINE,
  RedshiftDatabase: ONE_LINE,
  RedshiftUserName: ONE_LINE,
  RoleArn: { words: "the ARN of an IAM role, such as 'arn:aws:iam::123456789012:role/name'" },
  S3Uri: {
    words: "a location in S3, such as 's3://bucket/prefix/'",
    suggest: (value) => `s3://${value.replace(/^(arn:[^:]*:s3:::|[a-z0-9]+:\/+|s3\/\/|\/+)/i, '')}`,
  },
  SampleWeightAttributeName: { words: 'letters, digits, underscores and hyphens' },
  SecurityGroupId: { words: "the id of a security group, such as 'sg-0123456789abcdef0'" },
  SubnetId: { words: "the id of a subnet, such as 'subnet-0123456789abcdef0'" },
  TagKey: TAG,
  TagValue: TAG,
};

const compiledPatterns = new Map<string, RegExp>();

/** Everything in a request that is against the constraints of the service model. Members unknown to it pass. */
export function violations(request: unknown, shapeName: string): Violation[] {
  const found: Violation[] = [];
  check(request, shapeName, { path: [], found });
  return found;
}

/** One walk over a request. There is one path for all of it, which is copied only where something is wrong: hardly ever. */
interface Walk {
  readonly path: Array<string | number>;
  readonly found: Violation[];
}

function report({ path, found }: Walk, violation: Omit<Violation, 'path'>): void {
  found.push({ path: [...path], ...violation });
}

function checkAt(step: string | number, value: unknown, shapeName: string, walk: Walk): void {
  walk.path.push(step);
  check(value, shapeName, walk);
  walk.path.pop();
}

function check(value: unknown, shapeName: string, walk: Walk): void {
  const shape = SHAPES[shapeName];
  switch (shape.type) {
    case 'structure':
      return checkStructure(value, shape, walk);
    case 'list':
      return checkList(value, shape, walk);
    case 'map':
      return checkMap(value, shape, walk);
    case 'string':
      return checkString(value, shapeName, shape, walk);
    case 'boolean':
      return checkBoolean(value, walk);
    default:
      return checkNumber(value, shape, walk);
  }
}

function checkStructure(value: unknown, shape: Shape, walk: Walk): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (!isObject(value)) {
    report(walk, { value, allowed: 'must be a structure', remedy: 'Write { member: value }.' });
    return;
  }
  for (const name of shape.required ?? []) {
    if (value[name] === undefined) {
      walk.found.push({ path: [...walk.path, name], allowed: 'is required', remedy: 'Add it.' });
    }
  }
  for (const name of Object.keys(value)) {
    const memberShape = shape.members![name];
    if (value[name] !== undefined && memberShape !== undefined) {
      checkAt(name, value[name], memberShape, walk);
    }
  }
}

function checkList(value: unknown, shape: Shape, walk: Walk): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (!Array.isArray(value)) {
    report(walk, { value, allowed: 'must be a list', remedy: 'Put it in [ ].' });
    return;
  }
  checkSize(value, value.length, shape, 'element', walk);
  value.forEach((element, index) => checkAt(index, element, shape.member!, walk));
}

function checkMap(value: unknown, shape: Shape, walk: Walk): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (!isObject(value)) {
    report(walk, { value, allowed: 'must be a map from names to values', remedy: 'Write { name: value }.' });
    return;
  }
  checkSize(value, Object.keys(value).length, shape, 'entry', walk);
  for (const [key, element] of Object.entries(value)) {
    checkAt(key, key, shape.key!, walk);
    checkAt(key, element, shape.value!, walk);
  }
}

function checkSize(value: object, size: number, shape: Shape, unit: 'element' | 'entry', walk: Walk): void {
  if (shape.max !== undefined && size > shape.max) {
    // Without its elements: their number is what is wrong, and the request has them in other words than the author.
    report(walk, { allowed: `must have at most ${shape.max} ${unit === 'entry' ? 'entries' : 'elements'}, and has ${size}`, remedy: `Remove ${size - shape.max}.` });
  } else if (shape.min !== undefined && size < shape.min) {
    report(walk, { value, allowed: `must have at least ${shape.min} ${unit}`, remedy: 'Add one, or leave the property out.' });
  }
}

function checkString(value: unknown, shapeName: string, shape: Shape, walk: Walk): void {
  const violation = stringViolation(value, shapeName, shape);
  if (violation === undefined) {
    return;
  }
  // A token's value is known only to CloudFormation; a text that contains one is known in part.
  if (!Token.isUnresolved(value)) {
    report(walk, violation);
  } else if (typeof value === 'string' && shape.max !== undefined && knownLength(value) > shape.max) {
    report(walk, tooLong(value, knownLength(value), shape.max));
  }
}

/** What is wrong with a value that is no token. Where nothing is, neither is with a token: its text is longer than what is known of it. */
function stringViolation(value: unknown, shapeName: string, shape: Shape): Omit<Violation, 'path'> | undefined {
  if (typeof value !== 'string') {
    return { value, allowed: 'must be a string', remedy: 'Put it in quotes, or convert it to a string.' };
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    const open = OPEN_SETS.has(shapeName);
    const allowed = open ? 'is not known to this version of the library' : `must be one of ${shape.enum.map(show).join(', ')}`;
    return { value, allowed, remedy: open ? 'Check its spelling.' : 'Choose one of them.', open };
  }
  if (shape.min !== undefined && isShorter(value, shape.min)) {
    const allowed = `must have at least ${shape.min} ${shape.min === 1 ? 'character' : 'characters'}`;
    return { value, allowed, remedy: value === '' ? 'Fill it in, or leave it out.' : 'Make it longer.' };
  }
  if (shape.max !== undefined && value.length > shape.max && lengthOf(value) > shape.max) {
    return tooLong(value, lengthOf(value), shape.max);
  }
  if (shape.pattern !== undefined && !pattern(shape.pattern).test(value)) {
    return mismatch(value, shapeName, shape);
  }
  return undefined;
}

function mismatch(value: string, shapeName: string, shape: Shape): Omit<Violation, 'path'> {
  const { words, suggest } = PATTERNS_IN_WORDS[shapeName] ?? {};
  const suggestion = suggest?.(value) ?? '';
  const fits = pattern(shape.pattern!).test(suggestion) && lengthOf(suggestion) >= Math.max(shape.min ?? 0, 1);
  return {
    value,
    allowed: words === undefined ? `must match ${shape.pattern}` : `must be ${words}`,
    remedy: fits ? `Use ${show(suggestion)}, for example.` : 'Fill it in so, or leave it out.',
  };
}

function tooLong(value: string, length: number, max: number): Omit<Violation, 'path'> {
  return { value, allowed: `must have at most ${max} characters, and has ${length}`, remedy: `Shorten it by ${length - max}.` };
}

function checkBoolean(value: unknown, walk: Walk): void {
  if (typeof value !== 'boolean' && !Token.isUnresolved(value)) {
    report(walk, { value, allowed: 'must be true or false', remedy: 'Write true or false, without quotes.' });
  }
}

function checkNumber(value: unknown, shape: Shape, walk: Walk): void {
  const violation = numberViolation(value, shape);
  if (violation !== undefined && !Token.isUnresolved(value)) {
    report(walk, violation);
  }
}

function numberViolation(value: unknown, shape: Shape): Omit<Violation, 'path'> | undefined {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    return { value, allowed: whole ? 'must be a whole number' : 'must be a number', remedy: whole ? 'Write a whole number.' : 'Write a number.' };
  }
  if (shape.min !== undefined && value < shape.min) {
    return { value, allowed: `must be at least ${shape.min}`, remedy: 'Raise it.' };
  }
  if (shape.max !== undefined && value > shape.max) {
    return { value, allowed: `must be at most ${shape.max}`, remedy: 'Lower it.' };
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The length of a text, of which only CloudFormation may know some parts: those count nothing. */
export function knownLength(value: string): number {
  const literals = Tokenization.reverseString(value).mapTokens({ mapToken: () => '' });
  return lengthOf(literals.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '');
}

/** A character is one or two of a string's code units, which are quicker to count. */
function isShorter(value: string, min: number): boolean {
  return value.length < min || (value.length < 2 * min && lengthOf(value) < min);
}

/** The service counts characters, not the halves that UTF-16 makes of some. */
function lengthOf(value: string): number {
  return [...value].length;
}

/** The service matches every pattern in full, and `\p{L}` needs the u flag. */
function pattern(source: string): RegExp {
  let compiled = compiledPatterns.get(source);
  if (compiled === undefined) {
    compiled = new RegExp(`^(?:${source})$`, 'u');
    compiledPatterns.set(source, compiled);
  }
  return compiled;
}
