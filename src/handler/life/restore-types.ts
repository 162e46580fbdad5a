import { JobProperties, pathOf } from '../../provider/contract';
import { SHAPES } from '../../service-model/shapes';

/**
 * Restores the numbers and booleans of a request, which CloudFormation has turned into strings, according to the service model. For
 * members that the model does not know, the construct has noted the types. A string that is not a valid number or boolean stays, since
 * the service explains best what is wrong with it.
 */
export function restoreTypes(requestShape: string, { Request, UnmodeledTypes = {} }: JobProperties): object {
  return restore(Request, requestShape, []) as object;

  function restore(value: unknown, shapeName: string | undefined, steps: readonly (string | number)[]): unknown {
    const shape = shapeName === undefined ? undefined : SHAPES[shapeName];
    if (Array.isArray(value)) return value.map((item, index) => restore(item, shape?.member, [...steps, index]));
    if (typeof value === 'object' && value !== null) {
      const shapeOf = (key: string) => shape?.members?.[key] ?? shape?.value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item, shapeOf(key), [...steps, key])]));
    }
    return scalar(value, shape?.type ?? UnmodeledTypes[pathOf(steps)]);
  }
}

function scalar(value: unknown, type: string | undefined): unknown {
  if (typeof value !== 'string') return value;
  switch (type) {
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'integer':
    case 'long':
      return isNumber(value) && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'float':
    case 'double':
    case 'number':
      return isNumber(value) ? Number(value) : value;
    default:
      return value;
  }
}

function isNumber(value: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value);
}
