import { Stack } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, DockerImageAssetOptions } from 'aws-cdk-lib/aws-ecr-assets';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { A_REPOSITORY, A_STRING } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/** What a job needs to know of its image. */
export interface BoundImage {
  readonly uri: string;
  /** Lets the job's role pull it; absent when nothing has to be granted. */
  readonly grantPull?: (grantee: IGrantable) => Grant;
  /**
   * The command that runs a script in it.
   *
   * @default - that of Python
   */
  readonly command?: string[];
}

/**
 * The container image of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
 */
export class ProcessingImage {
  /**
   * An image that is built from a Dockerfile and pushed by `cdk deploy`.
   *
   * @param directory - the folder with the Dockerfile
   * @param options - build arguments, platform and the like
   */
  public static fromAsset(directory: string, options: DockerImageAssetOptions = {}): ProcessingImage {
    requireKind('ProcessingImage.fromAsset', 'directory', directory, A_STRING);
    return new ProcessingImage((scope) => {
      const asset = new DockerImageAsset(scope, 'Image', { directory, ...options });
      return { uri: asset.imageUri, grantPull: (grantee) => asset.repository.grantPull(grantee) };
    });
  }

  /**
   * An image in a repository of Amazon ECR, in the Region of the job.
   *
   * @param repository - a repository of this app, or an imported one
   * @param tagOrDigest - a tag, or a digest that begins with `sha256:`; without it, `latest`
   */
  public static fromEcrRepository(repository: IRepository, tagOrDigest: string = 'latest'): ProcessingImage {
    requireKind('ProcessingImage.fromEcrRepository', 'repository', repository, A_REPOSITORY);
    requireKind('ProcessingImage.fromEcrRepository', 'tagOrDigest', tagOrDigest, A_STRING);
    return new ProcessingImage(() => ({
      uri: repository.repositoryUriForTagOrDigest(tagOrDigest),
      grantPull: (grantee) => repository.grantPull(grantee),
    }));
  }

  /**
   * An image by its URI. From a private repository of Amazon ECR, the job's role may pull it.
   *
   * @param uri - such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-image:1.0`; at most 255 characters
   */
  public static fromRegistry(uri: string): ProcessingImage {
    requireKind('ProcessingImage.fromRegistry', 'uri', uri, A_STRING);
    return new ProcessingImage((scope) => {
      const [, account, region, repository] = /^([^./]+)\.dkr\.ecr\.([^./]+)\.[^/]+\/([^:@]+)/.exec(uri) ?? [];
      return { uri, grantPull: account === undefined ? undefined : (grantee) => grantPull(scope, grantee, account, region, repository) };
    });
  }

  private constructor(
    /** @internal */
    public readonly _bind: (scope: Construct) => BoundImage,
  ) {
  }
}

/** For a repository of which nothing but the address is known. */
function grantPull(scope: Construct, grantee: IGrantable, account: string, region: string, repository: string): Grant {
  const arn = Stack.of(scope).formatArn({ service: 'ecr', resource: 'repository', resourceName: repository, account, region });
  const pull = Grant.addToPrincipal({
    grantee,
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resourceArns: [arn],
  });
  // The log-in to a registry knows no resources.
  return pull.combine(Grant.addToPrincipal({ grantee, actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'] }));
}
