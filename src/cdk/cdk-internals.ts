/**
 * Everything in the CDK that the library relies on although the CDK does not promise it. test/cdk/cdk-internals.test.ts fails
 * when the CDK changes it. An app with such a CDK still works: it only misses a check, a warning or an explanation.
 */
import { CfnResource, IResolvable, Stack } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IDependable } from 'constructs';

/** Whether the CDK looks something up after this synthesis, for a stack of the app, and then synthesises once more. */
export function looksUpLater({ node }: Stack): boolean {
  return node.root.node.findAll().some((each) => ((each as { _missingContext?: unknown[] })._missingContext ?? []).length > 0);
}

/** The resources of a stack as its template will have them. Only there are all references visible. */
export function resourcesOf(stack: Stack): { readonly [logicalId: string]: object } {
  const { _toCloudFormation: render } = stack as unknown as { _toCloudFormation?: () => { Resources?: object } };
  return stack.resolve(render?.call(stack) ?? {}).Resources ?? {};
}

/** A resource as the template will have it. */
export function renderedOf(resource: CfnResource): object {
  const { _toCloudFormation: render } = resource as unknown as { _toCloudFormation?: () => object };
  return resource.stack.resolve(render?.call(resource) ?? {});
}

/**
 * The parts of a grant that must exist before a job that uses the grant starts. Besides policies of roles, these are the policies
 * of keys and repositories. The CDK keeps them in the grant, but fails when a construct depends on the grant itself.
 */
export function partsOf(grant: Grant): IDependable[] {
  const { dependables } = grant as unknown as { dependables?: IDependable[] };
  return (dependables ?? [grant]).filter(isDependable);
}

function isDependable(part: IDependable): boolean {
  try {
    return Dependable.of(part).dependencyRoots !== undefined;
  } catch {
    return false;
  }
}

/** Whether a part of a grant belongs to the role, such as the role's policy. A dependency on the role includes it. */
export function isPartOfRole(part: IDependable, role: IRole): boolean {
  return Construct.isConstruct(part) && part.node.scope === role;
}

/** False for roles of another account and for roles made immutable: they accept statements and drop them. */
export function isMutable(role: IRole): boolean {
  // The class of immutable roles is not public, and bundling has changed its name. Only this class has this member.
  return !('addGrantsToResources' in role);
}

/** The path of a role as the template will have it, if the template has the role. Aspects change it, or override it. */
export function pathOf(role: IRole): string | undefined {
  const { path, rawOverrides } = (role.node.defaultChild ?? {}) as { path?: string; rawOverrides?: { Properties?: { Path?: string } } };
  return rawOverrides?.Properties?.Path ?? path;
}

/** Whether a role was imported, and its policies have the names that the CDK chooses for those. */
export function isImported(role: IRole): boolean {
  // The class is not public: other roles have no such property, and where it has a value, the author of the app has chosen a name.
  return 'defaultPolicyName' in role && role.defaultPolicyName === undefined;
}

/** The policy that the CDK adds statements to. Undefined when the role has none, or when the CDK keeps it elsewhere. */
export function defaultPolicyOf(role: IRole): CfnResource | undefined {
  const policy = role.node.tryFindChild('DefaultPolicy')?.node.defaultChild;
  return CfnResource.isCfnResource(policy) ? policy : undefined;
}

/** Lets `CustomResourceConfig` of the CDK set the retention and removal of a log group, as it does for the CDK's own custom resources. */
export function markLogGroup(logGroup: Construct): void {
  logGroup.node.addMetadata('aws:cdk:is-custom-resource-handler-logGroup', true);
}

/** Lets `CustomResourceConfig` of the CDK set the runtime of a function, within its family. */
export function markFunction(handler: Construct, family: unknown): void {
  handler.node.addMetadata('aws:cdk:is-custom-resource-handler-runtime-family', family);
}

/** Where the CDK keeps the line of a resource: the metadata, and its member. Newer versions have metadata for it alone. */
const PLACES_OF_LINES = [['aws:cdk:logicalId', 'trace'], ['aws:cdk:creationStack', 'data']] as const;

/**
 * Lets the CLI name the line of one resource where another fails, which was made for it: later, and maybe by something else. The CLI
 * takes the line from the metadata of the failed resource. An app can leave it out.
 */
export function tracedAs(resource: CfnResource, cause: CfnResource): void {
  for (const [kind, member] of PLACES_OF_LINES) {
    const [entry, known] = [resource, cause].map(({ node }) => node.metadata.find(({ type }) => type === kind));
    if (entry && known) {
      Object.assign(entry, { [member]: known[member] });
    }
  }
}

/** The JSONPath of a token that was made by `JsonPath` of Step Functions. Undefined for other tokens. */
export function jsonPathOf(token: IResolvable | undefined): string | undefined {
  const { path, [Symbol.for('@aws-cdk/aws-stepfunctions.JsonPathToken')]: isJsonPath } = (token ?? {}) as { path?: string; [symbol: symbol]: unknown };
  return isJsonPath === true ? path : undefined;
}
