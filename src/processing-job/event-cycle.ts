import { CfnResource, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** A rule of a job, which exists before it. */
interface JobRule {
  readonly job: Construct;
  readonly resource: CfnResource;
  readonly rule: Rule;
}

const rulesOfStacks = new WeakMap<Stack, JobRule[]>();

/**
 * The rule of a job exists before the job, so nothing that it needs may need the job: CloudFormation would refuse the
 * template only when it is deployed. The synthesis fails instead.
 *
 * @param job - the construct
 * @param resource - its resource, which depends on the rule
 * @param rule - the rule
 */
export function forbidCycle(job: Construct, resource: CfnResource, rule: Rule): void {
  const stack = Stack.of(resource);
  const rules = rulesOfStacks.get(stack) ?? [];
  if (rules.length === 0) {
    rulesOfStacks.set(stack, rules);
    // Once a stack: its template is made for it.
    stack.node.addValidation({ validate: () => cyclesOf(stack, rules) });
  }
  rules.push({ job, resource, rule });
}

function cyclesOf(stack: Stack, rules: readonly JobRule[]): string[] {
  const references = referencesOf(stack);
  return rules.flatMap(({ job, resource, rule }) => {
    const from = Stack.of(rule) === stack ? idOf(rule.node.defaultChild as CfnResource) : undefined;
    const path = from === undefined ? undefined : pathTo(idOf(resource), from, references);
    return path === undefined ? [] : [
      `The rule '${rule.node.path}' has to exist before the job '${job.node.path}', and depends on it (${path.join(' -> ')}). `
      + 'Do not give the job\'s name or ARN to what the rule needs: read the name from the event, with '
      + "EventField.fromPath('$.detail.ProcessingJobName').",
    ];
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
