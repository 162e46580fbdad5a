import { Path, Violation } from './model';
import { Problems, show, showWithoutContent } from './problems';
import { ElementNames, memberAt, propertyAt, PropertyNames } from './property-names';

/** How what is wrong with a request is said of the properties that it was made of. */
export interface Wording {
  readonly properties: PropertyNames;
  readonly elements: ElementNames;
  /** The units of numbers that the user wrote as a Duration or a Size. */
  readonly units: { readonly [property: string]: string };
  /** Members whose values may be secrets, and are not shown. */
  readonly secret: readonly string[];
}

/** Says each violation of the request as a problem of the property that the user wrote. */
export function report(violations: readonly Violation[], wording: Wording, problems: Problems): void {
  for (const { path, value, allowed, remedy } of violations) {
    const property = propertyAt(path, wording.properties, wording.elements);
    const unit = typeof value === 'number' && property in wording.units ? ` ${wording.units[property]}` : '';
    problems.add({
      property,
      value: value === undefined ? undefined : isSecret(path, value, wording) ? showWithoutContent(value) : `${show(value)}${unit}`,
      allowed: allowed.replace(/\d$/, (end) => `${end}${unit}`),
      remedy,
      member: memberAt(path),
    });
  }
}

function isSecret(path: Path, value: unknown, { secret }: Wording): boolean {
  const isKeyItself = path[path.length - 1] === value;
  return secret.includes(String(path[0])) && path.length > 1 && !isKeyItself;
}
