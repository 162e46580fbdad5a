import { Annotations, Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, DockerImageAssetOptions, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  DataWranglerVersion, HuggingFaceVersion, PyTorchVersion, ScikitLearnVersion, SparkVersion, TensorFlowVersion, XGBoostVersion,
} from './image-versions';
import { grantOnce } from '../cdk/grant-once';
import { Image } from '../service-model/image';
import { IMAGE_ACCOUNTS, IMAGES } from '../service-model/images';
import { A_REPOSITORY, A_STRING, instanceOf } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/** Account, Region and repository of an image in a private repository; account, Region and suffix may be tokens. */
const ECR_URI = /^((?:\$\{Token\[[^\]]+\]\}|[^./])+)\.dkr\.ecr\.((?:\$\{Token\[[^\]]+\]\}|[^./])+)\.[^/]+\/([^:@]+)/;

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

/** Of an instance type with a GPU, the image can be another. */
type BindImage = (scope: Construct, hasGpu: boolean) => BoundImage;

/**
 * The container image of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
 */
export class ProcessingImage {
  /**
   * The image of SageMaker Clarify, for reports on bias and explanations of predictions.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-container.html
   */
  public static clarify(): ProcessingImage {
    return serviceImage('clarify', '1.0');
  }

  /**
   * The image of SageMaker Data Wrangler.
   *
   * @param version - the version; without it, 3
   */
  public static dataWrangler(version: DataWranglerVersion = DataWranglerVersion.V3): ProcessingImage {
    return serviceImage('dataWrangler', versionOf('dataWrangler', version, DataWranglerVersion));
  }

  /**
   * An image that is built from a Dockerfile and pushed by `cdk deploy`.
   *
   * @param directory - the folder with the Dockerfile
   * @param options - build arguments, platform and the like; the platform is `linux/amd64` by default, that of the instances
   */
  public static fromAsset(directory: string, options: DockerImageAssetOptions = {}): ProcessingImage {
    requireKind('ProcessingImage.fromAsset', 'directory', directory, A_STRING);
    return new ProcessingImage((scope) => {
      const asset = new DockerImageAsset(scope, 'Image', { directory, platform: Platform.LINUX_AMD64, ...options });
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
      const [, account, region, repository] = ECR_URI.exec(uri) ?? [];
      return { uri, grantPull: account === undefined ? undefined : (grantee) => grantPull(scope, grantee, account, region, repository) };
    });
  }

  /**
   * The service's image with Hugging Face transformers on PyTorch, for instances with a GPU.
   *
   * @param version - the version of transformers
   */
  public static huggingFace(version: HuggingFaceVersion): ProcessingImage {
    return serviceImage('huggingFace', versionOf('huggingFace', version, HuggingFaceVersion));
  }

  /**
   * The image of SageMaker Model Monitor, for baselines of data.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-built-container.html
   */
  public static modelMonitor(): ProcessingImage {
    return serviceImage('modelMonitor', '');
  }

  /**
   * The service's image with PyTorch, for a GPU when the instance type has one.
   *
   * @param version - the version of PyTorch
   */
  public static pytorch(version: PyTorchVersion): ProcessingImage {
    return serviceImage('pytorch', versionOf('pytorch', version, PyTorchVersion));
  }

  /**
   * The service's image with scikit-learn and pandas.
   *
   * @param version - the version of scikit-learn
   */
  public static scikitLearn(version: ScikitLearnVersion): ProcessingImage {
    return serviceImage('scikitLearn', versionOf('scikitLearn', version, ScikitLearnVersion));
  }

  /**
   * The service's image with Apache Spark. Code is run by `smspark-submit`.
   *
   * @param version - the version of Spark
   */
  public static spark(version: SparkVersion): ProcessingImage {
    return serviceImage('spark', versionOf('spark', version, SparkVersion), ['smspark-submit']);
  }

  /**
   * The service's image with TensorFlow, for a GPU when the instance type has one.
   *
   * @param version - the version of TensorFlow
   */
  public static tensorflow(version: TensorFlowVersion): ProcessingImage {
    return serviceImage('tensorflow', versionOf('tensorflow', version, TensorFlowVersion));
  }

  /**
   * The service's image with XGBoost.
   *
   * @param version - the version of XGBoost
   */
  public static xgboost(version: XGBoostVersion): ProcessingImage {
    return serviceImage('xgboost', versionOf('xgboost', version, XGBoostVersion));
  }

  /** @internal */
  public static _of(bind: BindImage): ProcessingImage {
    return new ProcessingImage(bind);
  }

  private constructor(
    /** @internal */
    public readonly _bind: BindImage,
  ) {
  }
}

/** For a repository of which nothing but the address is known. */
function grantPull(scope: Construct, grantee: IGrantable, account: string, region: string, repository: string): Grant {
  const arn = Stack.of(scope).formatArn({ service: 'ecr', resource: 'repository', resourceName: repository, account, region });
  const pull = grantOnce({
    grantee,
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resourceArns: [arn],
  });
  // The log-in to a registry knows no resources.
  return pull.combine(grantOnce({ grantee, actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'] }));
}

/** The version, if it is one: of another class, it would name another image. */
function versionOf(kind: string, version: { readonly version: string }, type: Function): string {
  requireKind(`ProcessingImage.${kind}`, 'version', version, instanceOf(type, `Use a constant of ${type.name}, or ${type.name}.of(…).`));
  return version.version;
}

/** An image of the service, from the account that holds it in the job's Region. */
function serviceImage(kind: string, version: string, command?: string[]): ProcessingImage {
  return ProcessingImage._of((scope, hasGpu) => {
    const { repository, tags, accounts } = IMAGES[kind][version] ?? unknownVersion(scope, kind, version);
    const { region } = Stack.of(scope);
    const account = accountOf(scope, accounts, `${kind}${version && ` ${version}`}`);
    const tag = (hasGpu ? tags.gpu ?? tags.cpu : tags.cpu ?? tags.gpu)!;
    if (!hasGpu && tags.cpu === undefined) {
      Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imageNeedsGpu',
        `image: ${kind} ${version} is for instances with a GPU, and the job may run on others. Choose an instanceType of the families G or P.`);
    }
    return {
      uri: `${account}.dkr.ecr.${region}.${Aws.URL_SUFFIX}/${repository}${tag && `:${tag}`}`,
      grantPull: (grantee) => grantPull(scope, grantee, account, region, repository),
      command,
    };
  });
}

/** A version that the table does not have is taken to be named as the latest that it has. */
function unknownVersion(scope: Construct, kind: string, version: string): Image {
  const known = Object.keys(IMAGES[kind]);
  const latest = known[known.length - 1];
  const { tags, ...image } = IMAGES[kind][latest];
  const named = (tag?: string) => tag?.replace(latest, version);
  Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:unknownImageVersion', [
    `image: version '${version}' of ${kind} is not known to this version of the library, which knows ${known.join(', ')}.`,
    `Check it, or use ProcessingImage.fromRegistry(…); the tag is taken to be '${named(tags.cpu ?? tags.gpu)}'.`,
  ].join(' '));
  return { ...image, tags: { cpu: named(tags.cpu), gpu: named(tags.gpu) } };
}

/** The account that holds the image: by a mapping, when only CloudFormation knows the Region. */
function accountOf(scope: Construct, table: string, image: string): string {
  const stack = Stack.of(scope);
  const accounts = IMAGE_ACCOUNTS[table];
  if (Token.isUnresolved(stack.region)) {
    const id = `SageMakerImageAccounts-${table}`;
    const mapping = stack.node.tryFindChild(id) as CfnMapping | undefined ?? new CfnMapping(stack, id, {
      mapping: Object.fromEntries(Object.entries(accounts).map(([region, account]) => [region, { account }])),
    });
    return mapping.findInMap(Aws.REGION, 'account');
  }
  if (!(stack.region in accounts)) {
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imageNotInRegion', [
      `image: ${image} is not known to be in ${stack.region}; it is in ${Object.keys(accounts).join(', ')}.`,
      'Deploy to one of these, or use ProcessingImage.fromRegistry(…).',
    ].join(' '));
  }
  return accounts[stack.region] ?? accounts['us-east-1'];
}
