import { NameLengths } from './job-names';
import { RequestMembers } from './request-members';
import { JobRemovalPolicy } from '../provider/contract';
import { ProvidedKind } from '../provider/permissions';
import { PropertyKinds } from '../validation/kinds';
import { RequestProblem } from '../validation/problems';

/** What differs between the kinds of what the library runs. */
export interface JobKind<Request extends object = any> extends ProvidedKind, NameLengths {
  /** The class of its constructs. */
  readonly className: string;
  /** In descriptions: 'SageMaker job'. */
  readonly noun: string;
  /** The page of its Create call in the API reference. */
  readonly documentation: string;
  /** The member of the request that takes the name. */
  readonly nameMember: string;
  /** What is declared of the members of its request. */
  readonly members: RequestMembers<Request, any>;
  /** All its properties. */
  readonly properties: PropertyKinds;
  /** What the API reference demands in prose. */
  readonly rules: (request: Request) => RequestProblem[];
  /** What happens to one that is replaced or removed, unless the properties say so. */
  readonly removalPolicy: JobRemovalPolicy;
}

/** The property that gives the name. */
export function namePropertyOf({ members, nameMember }: JobKind): string {
  return members.at(nameMember)!.property;
}

/** The name that the user gave. What is no text, the check of the property's kind reports. */
export function givenNameOf(kind: JobKind, props: object | undefined): string | undefined {
  const name: unknown = (props as { readonly [property: string]: unknown } | undefined)?.[namePropertyOf(kind)];
  return typeof name === 'string' ? name : undefined;
}
