import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IAlias, IKey } from 'aws-cdk-lib/aws-kms';
import { grantOnce } from './grant-once';

/** Grants the use of a key. On a key that is imported by its alias, the CDK grants nothing, unless a feature flag says so. */
export function grantKey(key: IKey, grantee: IGrantable, ...actions: string[]): Grant {
  const grant = key.grant(grantee, ...actions);
  const { aliasName } = key as Partial<IAlias>;
  return aliasName === undefined || grant.principalStatements.length > 0 || grant.resourceStatements.length > 0 ? grant : grantOnce({
    grantee,
    actions,
    resourceArns: [Stack.of(key).formatArn({ service: 'kms', resource: 'key', resourceName: '*' })],
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliasName } },
  });
}
