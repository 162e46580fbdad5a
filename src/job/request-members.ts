import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { JobNetwork } from './job-network';
import { A_LOCATION, S3Location } from './s3-location';
import { SHAPES } from '../service-model/shapes';
import { A_DURATION, A_KEY, A_LIST, A_SIZE, A_SUBNET_SELECTION, PropertyKinds } from '../validation/kinds';
import { Kind, Unit } from '../validation/problems';

/** What is declared of a member of a request: rendering, the checks of properties and the words of errors follow from it. */
export interface Member<Values> {
  /**
   * The property that the member comes from, as the user writes it: `experiment.runName`. `{}` is the name of an element:
   * `{}.localPath` is `inputs.raw.localPath`.
   */
  readonly property: string;
  /** The member's value. Absent where it is not rendered from properties alone: names, tags, the elements of a list. */
  readonly value?: (values: Values) => unknown;
  /** What the property has to be, where the request cannot show it. */
  readonly kind?: Kind;
  /** The unit of a number that the user writes as a Duration or a Size. */
  readonly unit?: Unit;
  /** Whether its values may be secrets, which no error shows. */
  readonly secret?: boolean;
}

/** The members of a request by their paths, as the API reference writes them. `[]` is any element of a list. */
export type Members<Request, Values> = { readonly [path in MemberPath<Request>]?: Member<Values> };

type MemberPath<T> = {
  [name in keyof T & string]: name | Below<name, NonNullable<T[name]>>
}[keyof T & string];
type Below<Path extends string, T> =
  T extends readonly (infer Element)[] ? `${Path}[]` | Below<`${Path}[]`, Element>
    : T extends object ? `${Path}.${MemberPath<T>}`
      : never;

/** What holds a property: `{ experiment?: { runName?: T } }` for `experiment.runName`. */
type Holder<Property extends string, T> = Property extends `${infer Head}.${infer Rest}`
  ? { readonly [name in Head]?: Holder<Rest, T> }
  : { readonly [name in Property]?: T };

/** The property's value as it is. */
export function property<P extends string>(name: P, kind?: Kind): Member<Holder<P, unknown>> {
  const [head, ...rest] = name.split('.');
  return { property: name, kind, value: (values: any) => rest.reduce((value, step) => value?.[step], values[head]) };
}

/** Computed from several properties, or from an object that the property has. The errors speak of the property. */
export function computed<Values>(name: string, value: (values: Values) => unknown, kind?: Kind): Member<Values> {
  return { property: name, kind, value };
}

/** Not rendered from the properties: declared for the words of errors. */
export function named(name: string, kind?: Kind): Member<unknown> {
  return { property: name, kind };
}

/** The seconds of a Duration. */
export function seconds<P extends string>(name: P): Member<{ readonly [name in P]?: Duration }> {
  return { property: name, kind: A_DURATION, unit: 'second', value: (values) => inSeconds(values[name]) };
}

/** The GiB of a Size. */
export function gibibytes<P extends string>(name: P): Member<{ readonly [name in P]?: Size }> {
  return { property: name, kind: A_SIZE, unit: 'GiB', value: (values) => values[name]?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) };
}

/** The ARN of a KMS key. */
export function keyArn<P extends string>(name: P): Member<{ readonly [name in P]?: IKey }> {
  return { property: name, kind: A_KEY, value: (values) => values[name]?.keyArn };
}

/** The URI of a location in S3. */
export function locationUri<P extends string>(name: P): Member<{ readonly [name in P]?: S3Location }> {
  return { property: name, kind: A_LOCATION, value: (values) => values[name]?.uri };
}

export function secret<Values>(member: Member<Values>): Member<Values> {
  return { ...member, secret: true };
}

/** The tags of every request. They are rendered apart from it, and no property: `Tags.of(job)` gives them. */
export const TAGS = { 'Tags': named('tags'), 'Tags[]': named('{}'), 'Tags[].Key': named('{}'), 'Tags[].Value': named('{}') };

/** The part of a VPC that a request runs in. */
export const VPC_CONFIG = {
  SecurityGroupIds: computed('securityGroups', ({ network }: { readonly network?: JobNetwork }) => network?.vpcConfig.SecurityGroupIds, A_LIST),
  Subnets: computed('vpcSubnets', ({ network }: { readonly network?: JobNetwork }) => network?.vpcConfig.Subnets, A_SUBNET_SELECTION),
};

interface RenderedMember<Values> {
  /** The structures that the member is in. */
  readonly structures: readonly string[];
  readonly name: string;
  readonly value: (values: Values) => unknown;
  /** Whether the structures are there without it, too: so what is missing is the member that the user has to give. */
  readonly structuresAreRequired: boolean;
}

/** All declared members of one request, or of a structure in one. */
export class RequestMembers<Request extends object, Values> {
  /** What the properties have to be, by name. */
  public readonly kinds: PropertyKinds;
  private readonly rendered: readonly RenderedMember<Values>[];

  /**
   * @param shape - the request's name in the service model
   * @param members - in the order in which they are rendered
   */
  constructor(public readonly shape: string, private readonly members: Members<Request, Values>) {
    const declared = Object.entries<Member<Values>>(members as { readonly [path: string]: Member<Values> });
    this.rendered = declared.flatMap(([path, { value }]) => {
      const steps = path.split('.');
      const structures = steps.slice(0, -1);
      return value === undefined ? [] : { structures, name: steps[steps.length - 1], value, structuresAreRequired: areRequired(structures, shape) };
    });
    this.kinds = kindsOf(declared.map(([, member]) => member));
  }

  /** The request that these values say. What is null is not given, and structures that would be empty are left out unless they are required. */
  public render(values: Values): Request {
    const request = {};
    for (const { structures, name, value, structuresAreRequired } of this.rendered) {
      const member = value(values) ?? undefined;
      if (member !== undefined) {
        structureAt(request, structures)[name] = member;
      } else if (structuresAreRequired) {
        structureAt(request, structures);
      }
    }
    return request as Request;
  }

  /** What is declared of the member at a path whose elements of lists are `[]`. */
  public at(path: string): Member<Values> | undefined {
    return Object.hasOwn(this.members, path) ? (this.members as { readonly [path: string]: Member<Values> })[path] : undefined;
  }

  public get entries(): [path: string, member: Member<Values>][] {
    return Object.entries(this.members);
  }

  /** The members of a structure as those of the request that it is in, whose rendering is the structure's own. */
  public within(path: string, owner: string): { readonly [path: string]: Member<unknown> } {
    return Object.fromEntries(this.entries.map(([inner, { value, kind, ...member }]) => [
      `${path}.${inner}`,
      { ...member, property: [owner, member.property].filter((name) => name !== '').join('.') },
    ]));
  }
}

function structureAt(request: any, structures: readonly string[]): any {
  return structures.reduce((structure, name) => structure[name] ??= {}, request);
}

/** Whether the service requires all these structures. */
function areRequired(structures: readonly string[], shapeName: string): boolean {
  let shape = SHAPES[shapeName];
  return structures.every((name) => {
    const isRequired = shape.required?.includes(name) ?? false;
    shape = SHAPES[shape.members![name]];
    return isRequired;
  });
}

function kindsOf(members: readonly Member<any>[]): PropertyKinds {
  const kinds: { [name: string]: Kind | undefined } = {};
  for (const { property: name, kind } of members.filter((member) => !member.property.startsWith('{}') && member !== TAGS.Tags)) {
    const [head, ...rest] = name.split('.');
    kinds[head] ??= rest.length === 0 ? kind : undefined;
  }
  return kinds;
}

/** The CDK converts with floating-point numbers: 1.1 hours are 3960.0000000000005 seconds. */
function inSeconds(value: Duration | undefined): number | undefined {
  const exact = value?.toSeconds({ integral: false });
  if (typeof exact !== 'number' || Number.isInteger(exact)) {
    return exact;
  }
  const whole = Math.round(exact);
  return Math.abs(exact - whole) < 1e-6 ? whole : exact;
}
