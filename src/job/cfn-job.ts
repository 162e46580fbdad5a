import { CfnResource, IResolvable, ResolutionTypeHint, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind } from './job-kind';
import { withLazyValues } from '../cdk/lazy-values';
import { JobProperties, pathOf } from '../provider/contract';
import { Shape } from '../service-model/shape';
import { SHAPES } from '../service-model/shapes';

/** The properties of a job's custom resource in the template. */
export type RenderedJob = JobProperties & { readonly ServiceToken: unknown };

/**
 * The custom resource of a job. It renders its properties when the template is made. Lazy tokens, as in other CfnResources,
 * would take most of the time of a synthesis.
 */
export class CfnJob extends CfnResource {
  private overrides: { readonly steps: readonly string[]; readonly value: unknown }[] = [];

  constructor(scope: Construct, private readonly kind: JobKind, private readonly render: () => RenderedJob) {
    super(scope, 'Resource', { type: kind.type });
  }

  /** Sets a member of the request. */
  public addRequestOverride(path: string, value: unknown): void {
    this.addPropertyOverride(`Request.${path}`, asOverride(value));
    const steps = stepsOf(path);
    this.overrides = this.overrides.filter((other) => steps.some((step, index) => step !== other.steps[index]));
    this.overrides.push({ steps, value });
  }

  /** Removes a member of the request. */
  public addRequestDeletionOverride(path: string): void {
    this.addPropertyDeletionOverride(`Request.${path}`);
  }

  protected get cfnProperties(): { [name: string]: any } {
    const types = this.overrides.flatMap(({ steps, value }) => this.unmodeledTypes(steps, withLazyValues(value, this.stack)));
    return { ...this.render(), UnmodeledTypes: types.length === 0 ? undefined : Object.fromEntries(types) };
  }

  /** The types of the values in an override that the service model does not know, by path. CloudFormation turns them into strings. */
  private unmodeledTypes(steps: readonly string[], value: unknown): [string, 'number' | 'boolean'][] {
    if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
      return Object.entries(value).flatMap(([name, member]) => this.unmodeledTypes([...steps, name], member));
    }
    const type = typeOf(value);
    return type === undefined || this.isModeled(steps) ? [] : [[pathOf(steps), type]];
  }

  private isModeled(steps: readonly string[]): boolean {
    let shape: Shape | undefined = SHAPES[this.kind.members.shape];
    for (const step of steps) {
      shape = SHAPES[(shape?.members && Object.hasOwn(shape.members, step) ? shape.members[step] : shape?.member ?? shape?.value) ?? ''];
    }
    return shape !== undefined;
  }
}

/** The names in a path. A backslash makes the next character part of a name, as in the paths of the CDK. */
export function stepsOf(path: string): string[] {
  return (path.match(/(?:\\.|[^.])+/gs) ?? []).map((step) => step.replace(/\\(.)/gs, '$1'));
}

/** The type of a number or boolean. A token in place of a number is one, too; of other tokens, only CloudFormation knows the type. */
function typeOf(value: unknown): 'number' | 'boolean' | undefined {
  const type = Tokenization.isResolvable(value) ? hintOf(value) : typeof value;
  return type === 'number' || type === 'boolean' ? type : undefined;
}

function hintOf({ typeHint }: IResolvable): string | undefined {
  return typeHint === ResolutionTypeHint.NUMBER ? 'number' : undefined;
}

/** Wraps a token for an override. The CDK merges the members of objects into the template, and would merge those of the token. */
function asOverride(value: unknown): unknown {
  if (Tokenization.isResolvable(value)) {
    return Token.asString(value);
  }
  if (Array.isArray(value)) {
    return value.map(asOverride);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asOverride(member)]));
  }
  return value;
}
