import { CfnResource, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobKind } from './job-kind';
import { JobProperties } from '../provider/contract';
import { Shape } from '../service-model/shape';
import { SHAPES } from '../service-model/shapes';

/** The properties of a job's custom resource in the template. */
export type RenderedJob = JobProperties & { readonly ServiceToken: unknown };

/**
 * The custom resource of a job. It renders its properties when the template is made. Lazy tokens, as in other CfnResources,
 * would take most of the time of a synthesis.
 */
export class CfnJob extends CfnResource {
  private readonly unmodeledTypes: { [path: string]: 'number' | 'boolean' } = {};

  constructor(scope: Construct, private readonly kind: JobKind, private readonly render: () => RenderedJob) {
    super(scope, 'Resource', { type: kind.type });
  }

  /** Sets a member of the request. */
  public addRequestOverride(path: string, value: unknown): void {
    this.addPropertyOverride(`Request.${path}`, asOverride(value));
    Object.keys(this.unmodeledTypes).filter((other) => `${other}.`.startsWith(`${path}.`)).forEach((other) => delete this.unmodeledTypes[other]);
    this.noteTypes(path, value);
  }

  /** Removes a member of the request. */
  public addRequestDeletionOverride(path: string): void {
    this.addPropertyDeletionOverride(`Request.${path}`);
  }

  protected get cfnProperties(): { [name: string]: any } {
    const hasUnmodeled = Object.keys(this.unmodeledTypes).length > 0;
    return { ...this.render(), UnmodeledTypes: hasUnmodeled ? this.unmodeledTypes : undefined };
  }

  /** Notes the types of values that the service model does not know. CloudFormation turns them into strings. */
  private noteTypes(path: string, value: unknown): void {
    if (Token.isUnresolved(value)) {
      return; // only CloudFormation knows the value of a token
    }
    if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => this.noteTypes(`${path}.${name}`, member));
    } else if ((typeof value === 'number' || typeof value === 'boolean') && !this.isModeled(path)) {
      this.unmodeledTypes[path] = typeof value as 'number' | 'boolean';
    }
  }

  private isModeled(path: string): boolean {
    let shape: Shape | undefined = SHAPES[this.kind.members.shape];
    for (const part of path.split('.')) {
      shape = SHAPES[shape?.members?.[part] ?? shape?.member ?? shape?.value ?? ''];
    }
    return shape !== undefined;
  }
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
