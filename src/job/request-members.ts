import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { JobNetwork } from './job-network';
import { A_LOCATION, S3Location } from './s3-location';
import { SHAPES } from '../service-model/shapes';
import { Unit, ValueType } from '../validation/problems';
import { A_DURATION, A_KEY, A_LIST, A_ROLE, A_SIZE, A_SUBNET_SELECTION, PropertyTypes } from '../validation/value-types';

/** The declaration of a member of a request. Rendering, the checks of property types and the texts of errors use it. */
export interface Member<Values> {
  /**
   * The property that the member comes from, as the user writes it: `experiment.runName`. `{}` stands for the property of a list's
   * element: `{}.localPath` is `inputs.raw.localPath`.
   */
  readonly property: string;
  /** Computes the member's value. Absent for names, tags and the elements of lists, which are rendered elsewhere. */
  readonly value?: (values: Values) => unknown;
  /** The type of value that the property must have, where the check of the request cannot find a wrong one. */
  readonly type?: ValueType;
  /** The unit of a number that the user writes as a Duration or a Size. */
  readonly unit?: Unit;
  /** Whether the values may be secrets. Errors do not show them. */
  readonly secret?: boolean;
}

/** The members of a request by their paths, as the API reference writes them. `[]` stands for any element of a list. */
export type Members<Request, Values> = { readonly [path in MemberPath<Request>]?: Member<Values> };

type MemberPath<T> = {
  [name in keyof T & string]: name | Below<name, NonNullable<T[name]>>
}[keyof T & string];
type Below<Path extends string, T> =
  T extends readonly (infer Element)[] ? `${Path}[]` | Below<`${Path}[]`, Element>
    : T extends object ? `${Path}.${MemberPath<T>}`
      : never;

/** The type of an object that has a property: `{ experiment?: { runName?: T } }` for `experiment.runName`. */
type Holder<Property extends string, T> = Property extends `${infer Head}.${infer Rest}`
  ? { readonly [name in Head]?: Holder<Rest, T> }
  : { readonly [name in Property]?: T };

/** Declares a member whose value is that of a property. */
export function property<P extends string>(name: P, type?: ValueType): Member<Holder<P, unknown>> {
  const [head, ...rest] = name.split('.');
  return { property: name, type, value: (values: any) => rest.reduce((value, step) => value?.[step], values[head]) };
}

/** Declares a member whose value is computed. Errors name the given property. */
export function computed<Values>(name: string, value: (values: Values) => unknown, type?: ValueType): Member<Values> {
  return { property: name, type, value };
}

/** Declares a member that is rendered elsewhere, so that errors can name its property. */
export function named(name: string, type?: ValueType): Member<unknown> {
  return { property: name, type };
}

/** Declares a member that is the seconds of a Duration. */
export function seconds<P extends string>(name: P): Member<{ readonly [name in P]?: Duration }> {
  return { property: name, type: A_DURATION, unit: 'second', value: (values) => inSeconds(values[name]) };
}

/** Declares a member that is the GiB of a Size. */
export function gibibytes<P extends string>(name: P): Member<{ readonly [name in P]?: Size }> {
  return { property: name, type: A_SIZE, unit: 'GiB', value: (values) => values[name]?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) };
}

/** Declares a member that is the ARN of a KMS key. */
export function keyArn<P extends string>(name: P): Member<{ readonly [name in P]?: IKey }> {
  return { property: name, type: A_KEY, value: (values) => values[name]?.keyArn };
}

/** Declares a member that is the URI of a location in S3. */
export function locationUri<P extends string>(name: P): Member<{ readonly [name in P]?: S3Location }> {
  return { property: name, type: A_LOCATION, value: (values) => values[name]?.uri };
}

export function secret<Values>(member: Member<Values>): Member<Values> {
  return { ...member, secret: true };
}

/** The tags of every request. They come from `Tags.of(job)`, not from a property, and are rendered beside the request. */
export const TAGS = { 'Tags': named('tags'), 'Tags[]': named('{}'), 'Tags[].Key': named('{}'), 'Tags[].Value': named('{}') };

/** The role that SageMaker assumes, under whichever name. */
export const ROLE_ARN = computed('role', ({ role }: { readonly role: IRole }) => role.roleArn, A_ROLE);

/** The members of a VpcConfig. */
export const VPC_CONFIG = {
  SecurityGroupIds: computed('securityGroups', ({ network }: { readonly network?: JobNetwork }) => network?.vpcConfig.SecurityGroupIds, A_LIST),
  Subnets: computed('vpcSubnets', ({ network }: { readonly network?: JobNetwork }) => network?.vpcConfig.Subnets, A_SUBNET_SELECTION),
};

interface RenderedMember<Values> {
  /** The structures that contain the member, from the outside in. */
  readonly structures: readonly string[];
  readonly name: string;
  readonly value: (values: Values) => unknown;
  /** Whether to render the structures even without the member. A check then reports the missing member, not the structure. */
  readonly structuresAreRequired: boolean;
}

/** The declared members of a request, or of a structure in a request. */
export class RequestMembers<Request extends object, Values> {
  /** The types of value that the properties must have, by name. */
  public readonly types: PropertyTypes;
  private readonly rendered: readonly RenderedMember<Values>[];

  /**
   * @param shape - the name of the request in the service model
   * @param members - the members, in the order in which they are rendered
   */
  constructor(public readonly shape: string, private readonly members: Members<Request, Values>) {
    const declared = Object.entries<Member<Values>>(members as { readonly [path: string]: Member<Values> });
    this.rendered = declared.flatMap(([path, { value }]) => {
      const steps = path.split('.');
      const structures = steps.slice(0, -1);
      return value === undefined ? [] : { structures, name: steps[steps.length - 1], value, structuresAreRequired: areRequired(structures, shape) };
    });
    this.types = typesOf(declared.map(([, member]) => member));
  }

  /** Renders a request from values. Null means not given. Empty structures are left out unless the service requires them. */
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

  /** The declaration of the member at a path, in which `[]` stands for the elements of lists. */
  public at(path: string): Member<Values> | undefined {
    return Object.hasOwn(this.members, path) ? (this.members as { readonly [path: string]: Member<Values> })[path] : undefined;
  }

  public get entries(): [path: string, member: Member<Values>][] {
    return Object.entries(this.members);
  }

  /** The members of a structure, for the request that contains it. The structure renders itself. */
  public within(path: string, owner: string): { readonly [path: string]: Member<unknown> } {
    return Object.fromEntries(this.entries.map(([inner, { value, type, ...member }]) => [
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

function typesOf(members: readonly Member<any>[]): PropertyTypes {
  const types: { [name: string]: ValueType | undefined } = {};
  for (const { property: name, type } of members.filter((member) => !member.property.startsWith('{}') && member !== TAGS.Tags)) {
    const [head, ...rest] = name.split('.');
    types[head] ??= rest.length === 0 ? type : undefined;
  }
  return types;
}

/** Rounds, since the CDK converts with floating-point numbers: 1.1 hours are 3960.0000000000005 seconds. */
function inSeconds(value: Duration | undefined): number | undefined {
  const exact = value?.toSeconds({ integral: false });
  if (typeof exact !== 'number' || Number.isInteger(exact)) {
    return exact;
  }
  const whole = Math.round(exact);
  return Math.abs(exact - whole) < 1e-6 ? whole : exact;
}
