import { RequestMembers } from './request-members';
import { JobRemovalPolicy } from '../provider/contract';
import { ProvidedKind } from '../provider/kinds/provided-kind';
import { Rules } from '../validation/rules';
import { PropertyTypes } from '../validation/value-types';

/** A kind of job: everything in which the kinds differ. */
export interface JobKind<Request extends object = any> extends ProvidedKind {
  /** The name of its construct class. */
  readonly className: string;
  /** The noun in descriptions: 'SageMaker job'. */
  readonly noun: string;
  /** The page of its Create call in the API reference. */
  readonly documentation: string;
  /** The member of the request that takes the name. */
  readonly nameMember: string;
  /** The members of its request. */
  readonly members: RequestMembers<Request, any>;
  /** All its properties, and the type of value of each. */
  readonly properties: PropertyTypes;
  /** The rules of the service that are not in the service model. */
  readonly rules: Rules<Request>;
  /** The default of `removalPolicy`. */
  readonly removalPolicy: JobRemovalPolicy;
}

/** The property that gives the name. */
export function namePropertyOf({ members, nameMember }: JobKind): string {
  return members.at(nameMember)!.property;
}

/** The name from the properties. Undefined for a value that is no string, which the check of property types reports. */
export function givenNameOf(kind: JobKind, props: object | undefined): string | undefined {
  const name: unknown = (props as { readonly [property: string]: unknown } | undefined)?.[namePropertyOf(kind)];
  return typeof name === 'string' ? name : undefined;
}
