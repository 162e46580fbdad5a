import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/**
 * The rule of a job exists before the job, so nothing that it needs may need the job: CloudFormation would refuse the
 * template only when it is deployed.
 *
 * @returns what is wrong
 */
export function requireNoCycle(job: Construct, jobId: string, rule: Rule): string[] {
  const references = referencesOf(Stack.of(job));
  const path = pathTo(jobId, Stack.of(rule).getLogicalId(rule.node.defaultChild as any), references);
  return path === undefined ? [] : [
    `The rule '${rule.node.path}' has to exist before the job, and depends on it (${path.join(' -> ')}). `
    + 'Do not give the job\'s name or ARN to its target: read the name from the event, with '
    + "EventField.fromPath('$.detail.ProcessingJobName').",
  ];
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

/** The way from one resource to another, if there is one. */
function pathTo(target: string, from: string, references: Map<string, Set<string>>, seen = new Set<string>()): string[] | undefined {
  if (from === target) {
    return [from];
  }
  if (seen.has(from)) {
    return undefined;
  }
  seen.add(from);
  for (const next of references.get(from) ?? []) {
    const rest = pathTo(target, next, references, seen);
    if (rest !== undefined) {
      return [from, ...rest];
    }
  }
  return undefined;
}
