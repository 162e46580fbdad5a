import { CfnResource, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Construct, IConstruct, IDependable } from 'constructs';
import { renderedOf, resourcesOf } from './cdk-internals';
import { keptFor } from './kept-for';

/** A construct that a job depends on, and that therefore must not depend on the job. */
interface Precondition {
  readonly resource: CfnResource;
  readonly job: CfnResource;
  readonly problem: (path: string) => string;
}

/** The preconditions of a stack are checked together at synth, because the check resolves the whole template. */
const preconditionsOf = keptFor((stack: Stack) => {
  const preconditions: (() => Precondition[])[] = [];
  stack.node.addValidation({ validate: () => problemsOf(stack, preconditions.flatMap((some) => some())) });
  return preconditions;
});

/**
 * Fails the synthesis when the rule for a job's events depends on the job. The job depends on its rule, and CloudFormation
 * would report the cycle only at deployment.
 *
 * @param construct - the job
 * @param job - its resource, which depends on the rule
 * @param rule - the rule
 * @param nameInEvent - the path of the job's name in the events
 */
export function forbidCycleThroughRule(construct: Construct, job: CfnResource, rule: Rule, nameInEvent: string): void {
  preconditionsOf(Stack.of(job)).push(() => [{
    resource: rule.node.defaultChild as CfnResource,
    job,
    problem: (path) => `The rule '${rule.node.path}' has to exist before the job '${construct.node.path}', and depends on it (${path}). `
      + 'Do not give the job\'s name or ARN to what the rule needs: read the name from the event, with '
      + `EventField.fromPath('${nameInEvent}').`,
  }]);
}

/**
 * Fails the synthesis when a job reads the output of a job that depends on it.
 *
 * @param construct - the reader
 * @param job - its resource, which depends on the producers
 * @param producers - the completions of the other jobs. More may be added later
 */
export function forbidCyclesThroughInputs(construct: Construct, job: CfnResource, producers: readonly IDependable[]): void {
  preconditionsOf(Stack.of(job)).push(() => producers.filter((producer) => CfnResource.isCfnResource(producer)).map((resource) => ({
    resource,
    job,
    problem: (path) => `The job '${construct.node.path}' reads what needs it to have completed (${path}). `
      + 'To read what an earlier run wrote, give the location without the job: S3Location.fromBucket(…).',
  })));
}

/**
 * Fails the synthesis when a job needs itself: its name in its own environment, or in what its role or its data needs.
 *
 * @param construct - the job, whose name or end is used
 * @param job - its resource
 */
export function forbidCyclesThroughName(construct: Construct, job: CfnResource): void {
  preconditionsOf(Stack.of(job)).push(() => [{
    resource: job,
    job,
    problem: (path) => `The job '${construct.node.path}' needs itself (${path}). Give what it needs neither its name nor its ARN, and let it not wait for `
      + 'its end: its grants need neither, and its application finds its own name where SageMaker writes it.',
  }]);
}

function problemsOf(stack: Stack, preconditions: readonly Precondition[]): string[] {
  // The CDK itself finds cycles between stacks.
  const inStack = preconditions.filter(({ resource }) => Stack.of(resource) === stack);
  if (inStack.length === 0) {
    return [];
  }
  const references = referencesOf(stack);
  const found = inStack.flatMap(({ resource, job, problem }) => {
    const path = pathTo(idOf(job), idOf(resource), references);
    return path === undefined ? [] : [{ isOfJob: resource === job, cycle: [...new Set(path)].sort().join(), text: problem(path.join(' -> ')) }];
  });
  // A cycle through a job alone is mostly one of those through a rule or an input, of which more is known.
  const known = found.filter(({ isOfJob }) => !isOfJob);
  return known.length > 0 ? known.map(({ text }) => text) : [...new Map(found.reverse().map(({ cycle, text }) => [cycle, text])).values()].reverse();
}

function idOf(resource: CfnResource): string {
  return Stack.of(resource).resolve(resource.logicalId);
}

/** The resources that each resource of the stack depends on. */
function referencesOf(stack: Stack): Map<string, Set<string>> {
  const references = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(resourcesOf(stack))) {
    references.set(id, referencesIn(resource));
  }
  return references;
}

/** The logical ids that a value of the template refers to. */
export function referencesIn(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach((element) => collect(element, found));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key === 'Ref' || key === 'DependsOn') {
        [member].flat().forEach((id) => found.add(String(id)));
      } else if (key === 'Fn::GetAtt') {
        found.add(String(Array.isArray(member) ? member[0] : String(member).split('.')[0]));
      } else if (key === 'Fn::Sub') {
        const [text] = [member].flat();
        [...String(text).matchAll(/\$\{([A-Za-z0-9]+)/g)].forEach(([, id]) => found.add(id));
      }
      collect(member, found);
    }
  }
}

/** The shortest path of dependencies from one resource to another, if there is one. */
function pathTo(target: string, from: string, references: Map<string, Set<string>>): string[] | undefined {
  const paths = [[from]];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const next of references.get(path[path.length - 1]) ?? []) {
      if (next === target) {
        return [...path, next];
      }
      if (!seen.has(next)) {
        seen.add(next);
        paths.push([...path, next]);
      }
    }
  }
  return undefined;
}

/**
 * Whether a resource needs a resource of its stack, directly or not: by references or by dependencies of constructs. To be asked when
 * the stack is complete.
 *
 * @param from - the construct of the resource
 * @param isSought - whether it is the other resource
 */
export function needsAny(from: IConstruct | undefined, isSought: (resource: CfnResource) => boolean): boolean {
  if (!CfnResource.isCfnResource(from)) {
    return false;
  }
  const { stack } = from;
  const inStack = (constructs: readonly IConstruct[]) => constructs.flatMap(({ node }) => node.findAll())
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.stack === stack);
  let byId: Map<string, CfnResource> | undefined;
  const found = new Set([from]);
  for (const resource of found) {
    if (isSought(resource)) {
      return true;
    }
    const ids = [...referencesIn(renderedOf(resource))].filter((id) => !id.startsWith('AWS::'));
    if (ids.length > 0) {
      byId ??= new Map(inStack([stack]).map((each) => [idOf(each), each]));
    }
    const needed = [...ids.flatMap((id) => byId!.get(id) ?? []), ...inStack(resource.node.scopes.flatMap(({ node }) => node.dependencies))];
    needed.forEach((each) => found.add(each));
  }
  return false;
}
