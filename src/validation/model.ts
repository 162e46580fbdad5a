import { Token } from 'aws-cdk-lib';
import { knownLength, lengthOf, Limit, mustBeOneOf, RequestProblem, show, Unit } from './problems';
import { Shape } from '../service-model/shape';
import { OPEN_SETS, patternInWords } from '../service-model/shape-words';
import { SHAPES } from '../service-model/shapes';

type Shapes = { readonly [name: string]: Shape };

const compiledPatterns = new Map<string, RegExp>();

/** Checks a request against the constraints of the service model. Ignores members that the model does not know. */
export function requestProblems(request: unknown, shapeName: string, shapes: Shapes = SHAPES): RequestProblem[] {
  const found: RequestProblem[] = [];
  check(request, shapeName, { shapes, path: [], found });
  return found;
}

/** A problem of one value. */
type Fault = Omit<RequestProblem, 'path'>;

/** One walk over a request. It changes one path in place and copies it only for a problem, since most values have none. */
interface Walk {
  readonly shapes: Shapes;
  readonly path: Array<string | number>;
  readonly found: RequestProblem[];
}

function add({ path, found }: Walk, problem: Fault): void {
  const isMissing = 'value' in problem && problem.value === undefined && typeof problem.allowed === 'string';
  found.push({ path: [...path], ...problem, ...isMissing && { allowed: `is missing, and ${problem.allowed}` } });
}

function checkAt(step: string | number, value: unknown, shapeName: string, walk: Walk, isRequired?: boolean): void {
  walk.path.push(step);
  check(value, shapeName, walk, isRequired);
  walk.path.pop();
}

function check(value: unknown, shapeName: string, walk: Walk, isRequired = false): void {
  const shape = walk.shapes[shapeName];
  switch (shape.type) {
    case 'structure':
      return checkStructure(value, shape, walk);
    case 'list':
      return checkList(value, shape, walk);
    case 'map':
      return checkMap(value, shape, walk);
    case 'string':
      return checkString(value, shapeName, shape, walk, isRequired);
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
    add(walk, { value, allowed: 'must be a structure', remedy: 'Write { member: value }.' });
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
      checkAt(name, value[name], memberShape, walk, shape.required?.includes(name));
    }
  }
}

function checkList(value: unknown, shape: Shape, walk: Walk): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (!Array.isArray(value)) {
    add(walk, { value, allowed: 'must be a list', remedy: 'Put it in [ ].' });
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
    add(walk, { value, allowed: 'must be a map from names to values', remedy: 'Write { name: value }.' });
    return;
  }
  checkSize(value, Object.keys(value).length, shape, 'entry', walk);
  for (const [key, element] of Object.entries(value)) {
    if (key === '__proto__') {
      // The CDK would leave this entry out of the template.
      walk.found.push({ path: [...walk.path, key], value: key, allowed: 'cannot be a name, for JavaScript has another use for it', remedy: 'Choose another name.' });
      continue;
    }
    checkAt(key, key, shape.key!, walk);
    checkAt(key, element, shape.value!, walk);
  }
}

function checkSize(value: object, size: number, shape: Shape, unit: Unit, walk: Walk): void {
  if (shape.max !== undefined && size > shape.max) {
    // Do not show the elements: only their number is wrong, and the user has written them differently.
    add(walk, { allowed: { at: 'most', limit: shape.max, counted: { unit, count: size } }, remedy: `Remove ${size - shape.max}.` });
  } else if (shape.min !== undefined && size < shape.min) {
    add(walk, { value, allowed: { at: 'least', limit: shape.min, counted: { unit, count: size } }, remedy: 'Add one, or leave the property out.' });
  }
}

function checkString(value: unknown, shapeName: string, shape: Shape, walk: Walk, isRequired: boolean): void {
  const problem = stringProblem(value, shapeName, shape, isRequired);
  if (problem === undefined) {
    return;
  }
  // Only CloudFormation knows the value of a token. A text that contains a token is known in part.
  if (!Token.isUnresolved(value)) {
    add(walk, problem);
  } else if (typeof value === 'string' && shape.max !== undefined && knownLength(value) > shape.max) {
    add(walk, tooLong(value, knownLength(value), shape.max));
  }
}

/**
 * The problem of a value, if it has one. The value may still be a token: a text with a token is longer than its known part, so a text
 * that fits also fits without the token.
 */
function stringProblem(value: unknown, shapeName: string, shape: Shape, isRequired: boolean): Fault | undefined {
  if (typeof value !== 'string') {
    return { value, allowed: 'must be a string', remedy: 'Put it in quotes, or convert it to a string.' };
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    const warning = OPEN_SETS[shapeName];
    return warning === undefined
      ? { value, allowed: mustBeOneOf(shape.enum), remedy: 'Choose one of them.' }
      : { value, allowed: 'is not known to this version of the library', remedy: 'Check its spelling.', warning };
  }
  if (shape.min !== undefined && isShorter(value, shape.min)) {
    const allowed: Limit = { at: 'least', limit: shape.min, counted: { unit: 'character', count: lengthOf(value) } };
    return { value, allowed, remedy: value === '' ? `Fill it in${orLeaveOut(isRequired)}.` : 'Make it longer.' };
  }
  if (shape.max !== undefined && value.length > shape.max && lengthOf(value) > shape.max) {
    return tooLong(value, lengthOf(value), shape.max);
  }
  if (shape.pattern !== undefined && !pattern(shape.pattern).test(value)) {
    return mismatch(value, shapeName, shape, isRequired);
  }
  return undefined;
}

function mismatch(value: string, shapeName: string, shape: Shape, isRequired: boolean): Fault {
  const { words, suggest } = patternInWords(shapeName, shape.pattern!) ?? {};
  const suggestion = suggest?.(value) ?? '';
  const fits = pattern(shape.pattern!).test(suggestion) && lengthOf(suggestion) >= Math.max(shape.min ?? 0, 1);
  return {
    value,
    allowed: words === undefined ? `must match ${shape.pattern}` : `must be ${words}`,
    remedy: fits ? `Use ${show(suggestion)}, for example.` : `Fill it in so${orLeaveOut(isRequired)}.`,
  };
}

/** The end of a remedy: what the service requires cannot be left out. */
function orLeaveOut(isRequired: boolean): string {
  return isRequired ? '' : ', or leave it out';
}

export function tooLong(value: string, length: number, max: number): Fault {
  return { value, allowed: { at: 'most', limit: max, counted: { unit: 'character', count: length } }, remedy: `Shorten it by ${length - max}.` };
}

function checkBoolean(value: unknown, walk: Walk): void {
  if (typeof value !== 'boolean' && !Token.isUnresolved(value)) {
    add(walk, { value, allowed: 'must be true or false', remedy: 'Write true or false, without quotes.' });
  }
}

function checkNumber(value: unknown, shape: Shape, walk: Walk): void {
  const problem = numberProblem(value, shape);
  if (problem !== undefined && !Token.isUnresolved(value)) {
    add(walk, problem);
  }
}

function numberProblem(value: unknown, shape: Shape): Fault | undefined {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'a whole number' : 'a number';
    const remedy = Number.isNaN(value) ? 'If it is made of a text that is not known yet, use Token.asNumber(…).' : `Write ${kind}.`;
    return { value, allowed: `must be ${kind}`, remedy };
  }
  if (shape.min !== undefined && value < shape.min) {
    return { value, allowed: { at: 'least', limit: shape.min }, remedy: 'Raise it.' };
  }
  if (shape.max !== undefined && value > shape.max) {
    return { value, allowed: { at: 'most', limit: shape.max }, remedy: 'Lower it.' };
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text has too few characters. Code units are quicker to count, and a character has one or two of them. */
function isShorter(value: string, min: number): boolean {
  return value.length < min || (value.length < 2 * min && lengthOf(value) < min);
}

/** Compiles a pattern. The service matches the whole value, and `\p{L}` needs the u flag. */
function pattern(source: string): RegExp {
  let compiled = compiledPatterns.get(source);
  if (compiled === undefined) {
    compiled = new RegExp(`^(?:${source})$`, 'u');
    compiledPatterns.set(source, compiled);
  }
  return compiled;
}
