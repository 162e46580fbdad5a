import { CommonGrantOptions, Grant, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';

const grantsOf = new WeakMap<IPrincipal, Map<string, Grant>>();

/**
 * Grants what a principal has not been granted yet. The jobs of a stack often share a role and most of what they need:
 * hundreds of equal statements would be merged in the end, but slowly.
 *
 * @param options - what is granted
 * @param bucket - whose policy is changed for a principal of another account
 */
export function grantOnce(options: CommonGrantOptions, bucket?: IBucket): Grant {
  const principal = options.grantee.grantPrincipal;
  const granted = grantsOf.get(principal) ?? new Map<string, Grant>();
  grantsOf.set(principal, granted);
  const { actions, resourceArns, conditions } = options;
  const key = [...actions, '', ...resourceArns, conditions && JSON.stringify(conditions)].join('\n');
  let grant = granted.get(key);
  if (grant === undefined) {
    grant = bucket === undefined ? Grant.addToPrincipal(options) : Grant.addToPrincipalOrResource({ ...options, resource: bucket });
    granted.set(key, grant);
  }
  return grant;
}
