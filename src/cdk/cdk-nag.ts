import { CfnResource, IResolvable } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { defaultPolicyOf } from './cdk-internals';
import { keptFor } from './kept-for';

interface Suppression {
  readonly id: string;
  readonly reason: string;
  readonly applies_to?: string[];
}

/** Suppressions that cdk-nag reads during synthesis. They are left out of the template, whose size is limited. */
class Suppressions implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(public readonly rules_to_suppress: Suppression[]) {}

  public resolve(): undefined {
    return undefined;
  }
}

/** What version 3 of cdk-nag reads. One entry for each resource, because the CDK checks each entry of its assembly slowly. */
const acknowledgedOf = keptFor((resource: CfnResource) => {
  const reasons: { [rule: string]: string } = {};
  resource.node.addMetadata('aws:cdk:acknowledged-rules', reasons);
  return reasons;
});

/**
 * Explains to cdk-nag why a resource breaks one of its rules.
 *
 * Version 2 of cdk-nag reads it from the resource, version 3 from the construct. Neither has to be installed.
 *
 * @param resource - the resource that breaks the rule
 * @param id - the id of the rule
 * @param reason - the explanation
 * @param findings - the expected findings, for a rule that has several for one resource
 */
export function explain(resource: CfnResource, id: string, reason: string, findings?: readonly string[]): void {
  const before: Suppression[] = resource.getMetadata('cdk_nag')?.rules_to_suppress ?? [];
  const earlier = before.find((suppression) => suppression.id === id && suppression.reason === reason)?.applies_to ?? [];
  const added = findings?.filter((finding) => !earlier.includes(finding));
  if (added?.length === 0) {
    return;
  }
  const others = before.filter((suppression) => suppression.id !== id || suppression.reason !== reason);
  resource.addMetadata('cdk_nag', new Suppressions([...others, { id, reason, ...added && { applies_to: [...earlier, ...added].sort() } }]));
  for (const rule of added?.map((finding) => `${id}[${finding}]`) ?? [id]) {
    acknowledgedOf(resource)[rule] = reason;
  }
}

const COMPLIANCE_PACKS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Explains why a resource breaks a rule that has the same name in several packs of rules. */
export function explainInPacks(resource: CfnResource, rule: string, reason: string, packs: readonly string[] = COMPLIANCE_PACKS): void {
  packs.forEach((pack) => explain(resource, `${pack}-${rule}`, reason));
}

/** Explains why a policy is an inline one. */
export function explainInline(policy: CfnResource): void {
  explainInPacks(policy, 'IAMNoInlinePolicy', 'It is made for this role, is deleted with it, and can be attached to nothing else.');
}

/**
 * Explains the wildcards in the permissions of a role to cdk-nag.
 *
 * @param role - a role of this library
 * @param resourceArns - the resources of its permissions
 * @param reason - the explanation
 */
export function explainWildcards(role: IRole, resourceArns: readonly string[], reason: string): void {
  const policy = defaultPolicyOf(role);
  if (policy !== undefined) {
    explainWildcardsOf(policy, resourceArns, reason);
  }
}

/** The same for a policy that is not the default one of its role. */
export function explainWildcardsOf(policy: CfnResource, resourceArns: readonly string[], reason: string): void {
  const explainAll = () => {
    const findings = resourceArns.map((arn) => `Resource::${flat(policy.stack.resolve(arn))}`).filter((finding) => finding.includes('*'));
    explain(policy, 'AwsSolutions-IAM5', reason, [...new Set(findings)]);
    return [];
  };
  explainAll();
  // A reference to another stack becomes an import after version 2 of cdk-nag has run, and before version 3 runs.
  policy.node.addValidation({ validate: explainAll });
}

/** A value of the template as cdk-nag writes it in its findings: `<Bucket.Arn>/raw/*`. */
export function flat(value: any): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  }
  if ('Fn::Join' in value) {
    const [delimiter, parts] = value['Fn::Join'];
    return parts.map(flat).join(delimiter);
  }
  if ('Fn::GetAtt' in value) {
    return `<${value['Fn::GetAtt'].map(flat).join('.')}>`;
  }
  if ('Ref' in value) {
    return `<${value.Ref}>`;
  }
  const inner = value['Fn::Sub'] ?? value['Fn::ImportValue'];
  return inner === undefined ? JSON.stringify(value) : flat(inner);
}
