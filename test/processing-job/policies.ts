import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** The role of the function that calls SageMaker. */
export const HANDLER_ROLE = 'SageMakerJobProviderRole';

/** A value of the template on one line: `arn:<AWS::Partition>:s3:::<Data.Arn>/*`. The hashes of logical ids are left out. */
export function readable(value: any): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const [[key, content]] = Object.entries<any>(value);
  switch (key) {
    case 'Ref':
      return `<${withoutHash(content)}>`;
    case 'Fn::GetAtt':
      return `<${withoutHash(content[0])}.${content[1]}>`;
    case 'Fn::Join':
      return content[1].map(readable).join(content[0]);
    case 'Fn::Sub':
      return content.replace(/\$\{/g, '<').replace(/\}/g, '>');
    default:
      return JSON.stringify(value);
  }
}

function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/**
 * All permissions of a role, one action on one resource a line, sorted. The lines do not depend on how the CDK distributes them to
 * statements and policies.
 */
export function permissionsOf(stack: Stack, roleId: string): string[] {
  const template = Template.fromStack(stack);
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => Object.values<any>(template.findResources(type)))
    .filter(({ Properties }) => Properties.Roles?.some((role: any) => withoutHash(role.Ref ?? role) === roleId));
  return linesOf(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement));
}

export function linesOf(statements: any[]): string[] {
  const lines = statements.flatMap(({ Action, Condition, Effect, Resource, Principal }) => [Action].flat().flatMap((action: string) =>
    (Resource === undefined ? [''] : [Resource].flat()).flatMap((resource: any) => alternatives(Condition).map((condition) => [
      Effect === 'Allow' ? '' : `${Effect} `,
      `${action} on ${readable(resource)}`,
      Principal === undefined ? '' : ` for ${readable(Object.values(Principal)[0])}`,
      condition === undefined ? '' : ` if ${JSON.stringify(condition)}`,
    ].join('')))));
  return [...new Set(lines)].sort();
}

/** Splits a condition into one for each prefix that it allows. */
function alternatives(condition: any): any[] {
  const prefixes = condition?.StringLike?.['s3:prefix'];
  return Array.isArray(prefixes) ? prefixes.map((prefix: string) => ({ ...condition, StringLike: { 's3:prefix': prefix } })) : [condition];
}

/** All resources that a resource depends on, directly or indirectly. They exist before it, and until it is deleted. */
export function neededBy(stack: Stack, logicalId: string): Set<string> {
  const { Resources } = Template.fromStack(stack).toJSON();
  const needed = new Set<string>();
  const visit = (id: string) => {
    if (!needed.has(id) && id in Resources) {
      needed.add(id);
      [...JSON.stringify(Resources[id]).matchAll(/"(?:Ref":|Fn::GetAtt":\[|DependsOn":\[)([^\]}]*)/g)]
        .flatMap(([, ids]) => [...ids.matchAll(/"([A-Za-z0-9]+)"/g)])
        .forEach(([, next]) => visit(next));
    }
  };
  visit(logicalId);
  needed.delete(logicalId);
  return needed;
}
