import * as fc from 'fast-check';
import { getOrMake } from '../../../src/cdk/kept-for';
import { Shape } from '../../../src/service-model/shape';
import { SHAPES } from '../../../src/service-model/shapes';

/** Texts that the service accepts, for shapes with a pattern or a meaning. */
const TEXTS: { readonly [shape: string]: fc.Arbitrary<string> } = {
  AthenaCatalog: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 256 }),
  S3Uri: fc.stringMatching(/^s3:\/\/[a-z0-9][a-z0-9.-]{2,40}\/[A-Za-z0-9/_.-]{0,60}$/),
  ContainerArgument: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 256 }),
  ContainerEntrypointString: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 256 }),
  ImageUri: fc.stringMatching(new RegExp(String.raw`^[0-9]{12}\.dkr\.ecr(-fips)?\.((eu-west-1|us-gov-east-1)\.amazonaws\.com|cn-north-1\.amazonaws\.com\.cn)`
    + '/[a-z0-9]{1,40}([_/.-][a-z0-9]{1,20}){0,2}(:[a-z0-9_][a-z0-9.-]{0,20}|@sha256:[0-9a-f]{64})?$')),
};

const validLeaves = new Map<string, fc.Arbitrary<any>>();

/** Any value that a shape allows. What makes them from a pattern takes fast-check long to build, so each shape has it once. */
export function validLeaf(shapeName: string): fc.Arbitrary<any> {
  return getOrMake(validLeaves, shapeName, () => newValidLeaf(shapeName));
}

function newValidLeaf(shapeName: string): fc.Arbitrary<any> {
  const shape = SHAPES[shapeName];
  switch (shape.type) {
    case 'string':
      return TEXTS[shapeName] ?? (shape.enum ? fc.constantFrom(...shape.enum) : validText(shape));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.integer({ min: shape.min, max: shape.max });
  }
}

function validText({ pattern, min = 0, max = 300 }: Shape): fc.Arbitrary<string> {
  const edges = fc.constantFrom(min, max).chain((length) => fc.string({ unit: 'grapheme-ascii', minLength: length, maxLength: length }));
  const any = fc.string({ unit: 'grapheme-ascii', minLength: min, maxLength: max });
  if (pattern === undefined || pattern === '.*' || pattern.includes('\\s\\S') || pattern.includes('\\S\\s')) {
    return fc.oneof(any, edges);
  }
  return fc.stringMatching(new RegExp(`^(?:${pattern})$`, 'u')).filter((text) => text.length >= min && text.length <= max);
}

/** Values that a shape does not allow. Each breaks one of its constraints. */
export function invalidLeaves(shapeName: string): unknown[] {
  const shape = SHAPES[shapeName];
  const { min, max, pattern } = shape;
  switch (shape.type) {
    case 'string':
      return [
        // Locations and images have factories, which reject values that are not texts.
        ...['S3Uri', 'ImageUri'].includes(shapeName) ? [] : [NaN],
        ...shape.enum ? ['no-such-value'] : [],
        ...max === undefined ? [] : ['a'.repeat(max + 1)],
        ...min ? ['a'.repeat(min - 1)] : [],
        ...pattern === undefined ? [] : ['-', 'two\nlines', 'ä é', ''].filter((text) => !new RegExp(`^(?:${pattern})$`, 'u').test(text)),
      ];
    case 'boolean':
      return ['true', 1];
    default:
      return [NaN, Infinity, '5', 1.5, ...min === undefined ? [] : [min - 1], ...max === undefined ? [] : [max + 1]];
  }
}

/** What is said of a request that is refused. `toThrow` would format the stack of each of thousands of errors. */
export function refusal(render: () => void): string | undefined {
  try {
    render();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}
