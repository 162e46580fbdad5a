import { CommonGrantOptions, Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { getOrMake, keptFor } from './kept-for';

const grantsOf = keptFor((_: IPrincipal) => new Map<string, Grant>());

/**
 * Grants permissions unless the principal has been granted the same before. The jobs of a stack often share a role and most of
 * their permissions. The CDK would merge hundreds of equal statements too, but slowly.
 *
 * @param options - the permissions
 * @param bucket - the bucket whose policy is changed for a principal of another account
 */
export function grantOnce(options: CommonGrantOptions, bucket?: IBucket): Grant {
  const { actions, resourceArns, conditions, grantee } = options;
  const key = [...actions, '', ...resourceArns, conditions && JSON.stringify(conditions)].join('\n');
  return getOrMake(grantsOf(grantee.grantPrincipal), key, () =>
    bucket === undefined ? Grant.addToPrincipal(options) : Grant.addToPrincipalOrResource({ ...options, resource: bucket }));
}

/** A limit, because the CDK can spread statements over several policies but cannot split one that is too long for a policy. */
const PATTERNS_IN_A_STATEMENT = 10;

interface Listing {
  readonly grant: Grant;
  readonly patterns: string[];
}

/** By the ARN of the bucket. */
const listingsOf = keptFor((_: IPrincipal) => new Map<string, Listing[]>());

/** Lets a principal list the keys of a bucket that match a pattern. Patterns share statements, because the size of a policy is limited. */
export function grantListing(grantee: IGrantable, bucketArn: string, pattern: string, bucket?: IBucket): Grant {
  const listings = getOrMake(listingsOf(grantee.grantPrincipal), bucketArn, () => []);
  const granted = listings.find(({ patterns }) => patterns.includes(pattern));
  if (granted) return granted.grant;
  const last = listings.at(-1);
  if (last && last.patterns.length < PATTERNS_IN_A_STATEMENT && addPattern(last, pattern)) return last.grant;
  const conditions = { StringLike: { 's3:prefix': pattern } };
  const grant = grantOnce({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucketArn], conditions }, bucket);
  // The CDK does not copy the conditions to the bucket policy.
  grant.resourceStatements.forEach((statement) => statement.addConditions(conditions));
  listings.push({ grant, patterns: [pattern] });
  return grant;
}

/** Adds a pattern to a statement. Returns false when the statement has been synthesised and cannot change. */
function addPattern({ grant, patterns }: Listing, pattern: string): boolean {
  const statements = [...grant.principalStatements, ...grant.resourceStatements];
  if (statements.some(({ frozen }) => frozen)) return false;
  patterns.push(pattern);
  statements.forEach((statement) => statement.addCondition('StringLike', { 's3:prefix': patterns }));
  return true;
}
