import { createHash } from 'crypto';
import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { flat } from '../cdk/cdk-nag';

/**
 * Lists what a role was not given, since it cannot be changed. Each list has an id of its own: acknowledging one hides no later one.
 *
 * @param subject - whose role it is
 * @param needing - what needs the permissions
 */
export function warnOfMissingGrants(scope: Construct, subject: string, needing: string, missing: readonly PolicyStatement[]): void {
  if (missing.length === 0) {
    return;
  }
  const lines = [...new Set(missing.map((statement) => statementText(Stack.of(scope).resolve(statement.toStatementJson()))))].sort();
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 8);
  Annotations.of(scope).addWarningV2(`cdk-sagemaker-jobs:grantNotAdded-${hash}`, [
    `The role of ${subject} cannot be changed here, so it was not given what ${needing} needs. Make sure that it may do this, and acknowledge the warning:`,
    ...lines,
  ].join('\n  '));
}

/** A statement of a policy in words: `s3:ListBucket on arn:… where StringLike s3:prefix is raw/*`. */
function statementText({ Action, Condition = {}, Resource }: any): string {
  const conditions = Object.entries<object>(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ` where ${operator} ${key} is ${[value].flat().map(flat).join(' or ')}`));
  return `${[Action].flat().join(', ')} on ${[Resource].flat().map(flat).join(', ')}${conditions.join('')}`;
}
