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
  check(request, shapeName, [], found);
  return found;
}

function check(value: unknown, shapeName: string, path: Path, found: Violation[]): void {
  // A token's value is known only to CloudFormation; a text that contains one is known in part.
  if (Token.isUnresolved(value)) {
    if (typeof value === 'string') {
      checkKnownLength(value, SHAPES[shapeName], path, found);
    }
    return;
  }
  const shape = SHAPES[shapeName];
  switch (shape.type) {
    case 'structure':
      return checkStructure(value, shape, path, found);
    case 'list':
      return checkList(value, shape, path, found);
    case 'map':
      return checkMap(value, shape, path, found);
    case 'string':
      return checkString(value, shapeName, shape, path, found);
    case 'boolean':
      if (typeof value !== 'boolean') {
        found.push({ path, value, allowed: 'must be true or false', remedy: 'Write true or false, without quotes.' });
      }
      return;
    default:
      return checkNumber(value, shape, path, found);
  }
}

function checkStructure(value: unknown, shape: Shape, path: Path, found: Violation[]): void {
  if (!isObject(value)) {
    found.push({ path, value, allowed: 'must be a structure', remedy: 'Write { member: value }.' });
    return;
  }
  for (const name of shape.required ?? []) {
    if (value[name] === undefined) {
      found.push({ path: [...path, name], allowed: 'is required', remedy: 'Add it.' });
    }
  }
  for (const [name, member] of Object.entries(value)) {
    const memberShape = shape.members![name];
    if (member !== undefined && memberShape !== undefined) {
      check(member, memberShape, [...path, name], found);
    }
  }
}

function checkList(value: unknown, shape: Shape, path: Path, found: Violation[]): void {
  if (!Array.isArray(value)) {
    found.push({ path, value, allowed: 'must be a list', remedy: 'Put it in [ ].' });
    return;
  }
  checkSize(value, value.length, shape, path, 'element', found);
  value.forEach((element, index) => check(element, shape.member!, [...path, index], found));
}

function checkMap(value: unknown, shape: Shape, path: Path, found: Violation[]): void {
  if (!isObject(value)) {
    found.push({ path, value, allowed: 'must be a map from names to values', remedy: 'Write { name: value }.' });
    return;
  }
  checkSize(value, Object.keys(value).length, shape, path, 'entry', found);
  for (const [key, element] of Object.entries(value)) {
    check(key, shape.key!, [...path, key], found);
    check(element, shape.value!, [...path, key], found);
  }
}

function checkSize(value: object, size: number, shape: Shape, path: Path, unit: 'element' | 'entry', found: Violation[]): void {
  if (shape.max !== undefined && size > shape.max) {
    // Without its elements: their number is what is wrong, and the request has them in other words than the author.
    found.push({ path, allowed: `must have at most ${shape.max} ${unit === 'entry' ? 'entries' : 'elements'}, and has ${size}`, remedy: `Remove ${size - shape.max}.` });
  } else if (shape.min !== undefined && size < shape.min) {
    found.push({ path, value, allowed: `must have at least ${shape.min} ${unit}`, remedy: 'Add one, or leave the property out.' });
  }
}

function checkString(value: unknown, shapeName: string, shape: Shape, path: Path, found: Violation[]): void {
  if (typeof value !== 'string') {
    found.push({ path, value, allowed: 'must be a string', remedy: 'Put it in quotes, or convert it to a string.' });
  } else if (shape.enum !== undefined && !shape.enum.includes(value)) {
    const open = OPEN_SETS.has(shapeName);
    const allowed = open ? 'is not known to this version of the library' : `must be one of ${shape.enum.map(show).join(', ')}`;
    found.push({ path, value, allowed, remedy: open ? 'Check its spelling.' : 'Choose one of them.', open });
  } else if (shape.min !== undefined && lengthOf(value) < shape.min) {
    const allowed = `must have at least ${shape.min} ${shape.min === 1 ? 'character' : 'characters'}`;
    found.push({ path, value, allowed, remedy: value === '' ? 'Fill it in, or leave it out.' : 'Make it longer.' });
  } else if (shape.max !== undefined && lengthOf(value) > shape.max) {
    found.push(tooLong(value, lengthOf(value), shape.max, path));
  } else if (shape.pattern !== undefined && !pattern(shape.pattern).test(value)) {
    found.push(mismatch(value, shapeName, shape, path));
  }
}

function mismatch(value: string, shapeName: string, shape: Shape, path: Path): Violation {
  const { words, suggest } = PATTERNS_IN_WORDS[shapeName] ?? {};
  const suggestion = suggest?.(value) ?? '';
  const fits = pattern(shape.pattern!).test(suggestion) && lengthOf(suggestion) >= Math.max(shape.min ?? 0, 1);
  return {
    path,
    value,
    allowed: words === undefined ? `must match ${shape.pattern}` : `must be ${words}`,
    remedy: fits ? `Use ${show(suggestion)}, for example.` : 'Fill it in so, or leave it out.',
  };
}

function checkKnownLength(value: string, shape: Shape, path: Path, found: Violation[]): void {
  const known = knownLength(value);
  if (shape.type === 'string' && shape.max !== undefined && known > shape.max) {
    found.push(tooLong(value, known, shape.max, path));
  }
}

function tooLong(value: string, length: number, max: number, path: Path): Violation {
  return { path, value, allowed: `must have at most ${max} characters, and has ${length}`, remedy: `Shorten it by ${length - max}.` };
}

function checkNumber(value: unknown, shape: Shape, path: Path, found: Violation[]): void {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    found.push({ path, value, allowed: whole ? 'must be a whole number' : 'must be a number', remedy: whole ? 'Write a whole number.' : 'Write a number.' });
  } else if (shape.min !== undefined && value < shape.min) {
    found.push({ path, value, allowed: `must be at least ${shape.min}`, remedy: 'Raise it.' });
  } else if (shape.max !== undefined && value > shape.max) {
    found.push({ path, value, allowed: `must be at most ${shape.max}`, remedy: 'Lower it.' });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The length of a text, of which only CloudFormation may know some parts: those count nothing. */
export function knownLength(value: string): number {
  const literals = Tokenization.reverseString(value).mapTokens({ mapToken: () => '' });
  return lengthOf(literals.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '');
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
