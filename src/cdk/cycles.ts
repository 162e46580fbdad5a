import { CfnResource, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Construct, IDependable } from 'constructs';

/** Something that a job starts after, and that must not need the job. */
interface Precondition {
  readonly resource: CfnResource;
  readonly job: CfnResource;
  readonly problem: (path: string) => string;
}

const preconditionsOfStacks = new WeakMap<Stack, Precondition[]>();

/**
 * The rule of a job exists before the job, so nothing that it needs may need the job. CloudFormation would refuse the
 * template only when it is deployed: the synthesis fails instead.
 *
 * @param construct - the job
 * @param job - its resource, which depends on the rule
 * @param rule - the rule
 * @param nameInEvent - where the events have the name of the job
 */
export function forbidCycleThroughRule(construct: Construct, job: CfnResource, rule: Rule, nameInEvent: string): void {
  forbidCycle({
    resource: rule.node.defaultChild as CfnResource,
    job,
    problem: (path) => `The rule '${rule.node.path}' has to exist before the job '${construct.node.path}', and depends on it (${path}). `
      + 'Do not give the job\'s name or ARN to what the rule needs: read the name from the event, with '
      + `EventField.fromPath('${nameInEvent}').`,
  });
}

/**
 * The same for a job that reads the output of another.
 *
 * @param construct - the reader
 * @param job - its resource, which depends on the producer
 * @param producer - the end of the other job
 */
export function forbidCycleThroughInput(construct: Construct, job: CfnResource, producer: IDependable): void {
  if (CfnResource.isCfnResource(producer)) {
    forbidCycle({
      resource: producer,
      job,
      problem: (path) => `The job '${construct.node.path}' reads what needs it to have completed (${path}). `
        + 'To read what an earlier run wrote, give the location without the job: S3Location.fromBucket(…).',
    });
  }
}

/** Between stacks, the CDK sees cycles itself. */
function forbidCycle(precondition: Precondition): void {
  const stack = Stack.of(precondition.job);
  if (Stack.of(precondition.resource) !== stack) {
    return;
  }
  const preconditions = preconditionsOfStacks.get(stack) ?? [];
  if (preconditions.length === 0) {
    preconditionsOfStacks.set(stack, preconditions);
    // Once a stack: its template is made for it.
    stack.node.addValidation({ validate: () => problemsOf(stack, preconditions) });
  }
  preconditions.push(precondition);
}

function problemsOf(stack: Stack, preconditions: readonly Precondition[]): string[] {
  const references = referencesOf(stack);
  return preconditions.flatMap(({ resource, job, problem }) => {
    const path = pathTo(idOf(job), idOf(resource), references);
    return path === undefined ? [] : [problem(path.join(' -> '))];
  });
}

function idOf(resource: CfnResource): string {
  return Stack.of(resource).resolve(resource.logicalId);
}

/** For each resource of the stack, those that it depends on. */
function referencesOf(stack: Stack): Map<string, Set<string>> {
  // The only place where all references can be seen is the template, which the CDK makes with an internal method.
  const template = stack.resolve((stack as unknown as { _toCloudFormation(): object })._toCloudFormation());
  const references = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries<object>(template.Resources ?? {})) {
    const found = new Set<string>();
    collect(resource, found);
    references.set(id, found);
  }
  return references;
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

/** The shortest way from one resource to another, if there is one. */
function pathTo(target: string, from: string, references: Map<string, Set<string>>): string[] | undefined {
  const paths = [[from]];
  const seen = new Set([from]);
  for (const path of paths) {
    const last = path[path.length - 1];
    if (last === target) {
      return path;
    }
    for (const next of references.get(last) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        paths.push([...path, next]);
      }
    }
  }
  return undefined;
}
