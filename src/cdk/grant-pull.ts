import { CommonGrantOptions, Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { grantOnce } from './grant-once';

/** Lets a principal pull images from repositories of Amazon ECR that are no constructs. */
export function grantPull(grantee: IGrantable, repositoryArn: string, conditions?: CommonGrantOptions['conditions']): Grant {
  const pull = grantOnce({
    grantee,
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resourceArns: [repositoryArn],
    conditions,
  });
  // GetAuthorizationToken does not support resources.
  return pull.combine(grantOnce({ grantee, actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'] }));
}
