import { existsSync } from 'fs';
import { join } from 'path';
import { Annotations, Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, DockerImageAssetOptions, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkClarifyOptions, CLARIFY_OPTIONS, ClarifyImageOptions, grantPredictions } from './clarify';
import { EcrRepository, isKnownLater, repositoryAtDeployment, repositoryOf } from './ecr-uri';
import {
  DataWranglerVersion, HuggingFaceVersion, PyTorchVersion, ScikitLearnVersion, SparkVersion, TensorFlowVersion, XGBoostVersion,
} from './image-versions';
import { otherRegion } from '../cdk/environment';
import { grantPull } from '../cdk/grant-pull';
import { isLookedUpLater } from '../cdk/lookups';
import { Image } from '../service-model/image';
import { IMAGE_ACCOUNTS, IMAGES } from '../service-model/images';
import { Misspelling, OptionNames, readOptions } from '../validation/options';
import { ValueType, Problems, requireType, show } from '../validation/problems';
import { A_REPOSITORY, A_STRING, instanceOf } from '../validation/value-types';

/** An image that is bound to a job. */
export interface BoundImage {
  readonly uri: string;
  /** Grants the job's role the permissions to pull the image and to do what its program does. Absent when none are needed. */
  readonly grantTo?: (grantee: IGrantable) => Grant[];
  /**
   * The command that runs a script in this image.
   *
   * @default - python3
   */
  readonly command?: string[];
  readonly misspelt?: readonly Misspelling[];
}

/** The options of the newest CDK. A cast, because they differ between its versions. */
const ASSET_OPTIONS = {
  assetName: true,
  buildArgs: true,
  buildContexts: true,
  buildSecrets: true,
  buildSsh: true,
  cacheDisabled: true,
  cacheFrom: true,
  cacheTo: true,
  displayName: true,
  exclude: true,
  extraHash: true,
  file: true,
  followSymlinks: true,
  ignoreMode: true,
  invalidation: true,
  networkMode: true,
  outputs: true,
  platform: true,
  target: true,
} as OptionNames<DockerImageAssetOptions>;

function folderWith(file: string): ValueType {
  return {
    name: `a folder with the file ${show(file)}`,
    test: (directory) => existsSync(join(directory, file)),
    remedy: () => 'Give its path from the folder in which the app runs, or an absolute one.',
  };
}

/** Some images differ for instance types with a GPU. */
type BindImage = (scope: Construct, hasGpu: boolean) => BoundImage;

const A_TAG_OR_DIGEST: ValueType = {
  name: "a tag, or a digest that begins with 'sha256:'",
  test: (value) => typeof value === 'string' && value !== '',
  remedy: () => "Write the tag, or leave it out for 'latest'.",
};

/**
 * The container image of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
 */
export class ProcessingImage {
  /**
   * The image of SageMaker Clarify, for reports on bias and explanations of predictions. It takes no code, entrypoint, arguments or
   * environment: an input named `analysis_config` contains its configuration.
   *
   * Name a model or endpoint of that configuration in the options as well: otherwise the job's role may not use it.
   *
   * Clarify is closed to new customers since 30 July 2026. Accounts that used it before can still use it.
   *
   * @param options - the model or endpoint that makes predictions
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-container.html
   */
  public static clarify(options: ClarifyImageOptions = {}): ProcessingImage {
    const { values, misspelt } = readOptions('ProcessingImage.clarify', options, CLARIFY_OPTIONS);
    checkClarifyOptions(values);
    return serviceImage('clarify', '1.0', undefined, (scope, grantee) => grantPredictions(scope, grantee, values), misspelt);
  }

  /**
   * The image of SageMaker Data Wrangler, by default of version 3.
   *
   * @param version - the version
   */
  public static dataWrangler(version: DataWranglerVersion = DataWranglerVersion.V3): ProcessingImage {
    return serviceImage('dataWrangler', versionOf('dataWrangler', version, DataWranglerVersion));
  }

  /**
   * An image that `cdk deploy` builds from a Dockerfile and pushes. By default it is built for `linux/amd64`, the platform of the instances.
   *
   * @param directory - the folder with the Dockerfile
   * @param options - options such as build arguments
   */
  public static fromAsset(directory: string, options: DockerImageAssetOptions = {}): ProcessingImage {
    requireType('ProcessingImage.fromAsset', 'directory', directory, A_STRING);
    const { values, misspelt } = readOptions('ProcessingImage.fromAsset', options, ASSET_OPTIONS);
    requireType('ProcessingImage.fromAsset', 'directory', directory, folderWith(values.file ?? 'Dockerfile'));
    return new ProcessingImage((scope) => {
      const asset = new DockerImageAsset(scope, 'JobImage', { directory, platform: Platform.LINUX_AMD64, ...values });
      return { uri: asset.imageUri, grantTo: (grantee) => [asset.repository.grantPull(grantee)], misspelt };
    });
  }

  /**
   * An image in a repository of Amazon ECR, in the Region of the job. By default it is the one with the tag `latest`.
   *
   * @param repository - a repository of this app, or an imported one
   * @param tagOrDigest - a tag, or a digest that begins with `sha256:`
   */
  public static fromEcrRepository(repository: IRepository, tagOrDigest: string = 'latest'): ProcessingImage {
    requireType('ProcessingImage.fromEcrRepository', 'repository', repository, A_REPOSITORY);
    requireType('ProcessingImage.fromEcrRepository', 'tagOrDigest', tagOrDigest, A_TAG_OR_DIGEST);
    return new ProcessingImage((scope) => {
      const uri = repository.repositoryUriForTagOrDigest(tagOrDigest);
      checkServiceImage(scope, repositoryOf(uri));
      return { uri, grantTo: (grantee) => [repository.grantPull(grantee)] };
    });
  }

  /**
   * An image in a private repository of Amazon ECR, by its URI of at most 255 characters. The repository must be in the Region of the job.
   *
   * SageMaker does not pull from other registries. Copy such an image to your own repository, or build an image from it with
   * `ProcessingImage.fromAsset`.
   *
   * The job's role gets the permission to pull the image, even if the URI is known only at deployment, such as from a parameter. A
   * repository of another account must allow the role's account to pull.
   *
   * @param uri - the URI, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-image:1.0`
   */
  public static fromRegistry(uri: string): ProcessingImage {
    requireType('ProcessingImage.fromRegistry', 'uri', uri, A_STRING);
    return new ProcessingImage((scope) => {
      const repository = repositoryOf(uri) ?? (isKnownLater(uri) ? repositoryAtDeployment(Stack.of(scope), uri) : undefined);
      if (repository === undefined && isKnownLater(uri)) {
        Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imagePermissionUnknown', [
          'image: only a dynamic reference knows the repository, so the job\'s role was not allowed to pull the image.',
          'Use a parameter of the stack, such as StringParameter.valueForStringParameter(…), or grant the role what it needs and acknowledge this warning.',
        ].join(' '));
      }
      checkServiceImage(scope, repository);
      return { uri, grantTo: repository && ((grantee) => [grantPull(grantee, repositoryArn(scope, repository))]) };
    });
  }

  /**
   * The service's image with Hugging Face Transformers on PyTorch. It requires instances with a GPU.
   *
   * @param version - the version of transformers
   */
  public static huggingFace(version: HuggingFaceVersion): ProcessingImage {
    return serviceImage('huggingFace', versionOf('huggingFace', version, HuggingFaceVersion));
  }

  /**
   * The image of SageMaker Model Monitor, for baselines of data. It takes no code, entrypoint or arguments: environment variables
   * configure it.
   *
   * Model Monitor is closed to new customers since 30 July 2026. Accounts that used it before can still use it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-built-container.html
   */
  public static modelMonitor(): ProcessingImage {
    return serviceImage('modelMonitor', '');
  }

  /**
   * The service's image with PyTorch: the GPU image for instance types with a GPU, otherwise the CPU image.
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
   * The service's image with Apache Spark. It runs code with `smspark-submit`.
   *
   * @param version - the version of Spark
   */
  public static spark(version: SparkVersion): ProcessingImage {
    return serviceImage('spark', versionOf('spark', version, SparkVersion), ['smspark-submit']);
  }

  /**
   * The service's image with TensorFlow: the GPU image for instance types with a GPU, otherwise the CPU image.
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

function repositoryArn(scope: Construct, { account, region, repository }: EcrRepository): string {
  return Stack.of(scope).formatArn({ service: 'ecr', resource: 'repository', resourceName: repository, account, region });
}

const A_VERSION: ValueType = {
  name: 'a version or the tag of an image, which begins with a digit',
  test: (version) => Token.isUnresolved(version) || /^\d[\w.-]{0,127}$/.test(version),
  remedy: () => 'Write it as the constants do, or use ProcessingImage.fromRegistry(…) for another image.',
};

/** The version as text. Throws for the version of another framework, which would name another image. */
function versionOf(framework: string, version: { readonly version: string }, type: Function): string {
  const method = `ProcessingImage.${framework}`;
  requireType(method, 'version', version, instanceOf(type, `Use a constant of ${type.name}, or ${type.name}.of(…).`));
  requireType(method, 'version', version.version, A_STRING);
  const name = version.version.replace(/^v(?=\d)/, '');
  requireType(method, 'version', name, A_VERSION);
  return name;
}

/**
 * An image of the service, from the account that holds it in the job's Region.
 *
 * @param grantMore - what it does as the job's role, besides what the job's properties tell
 */
function serviceImage(
  framework: string, version: string, command?: string[], grantMore: (scope: Construct, grantee: IGrantable) => Grant[] = () => [],
  misspelt?: readonly Misspelling[],
): ProcessingImage {
  return ProcessingImage._of((scope, hasGpu) => {
    const known = IMAGES[framework];
    const { repository, tags, accounts } = Object.hasOwn(known, version) ? known[version] : unknownVersion(scope, framework, version);
    const { region } = Stack.of(scope);
    const account = accountOf(scope, accounts, `${framework}${version && ` ${version}`}`);
    const tag = (hasGpu ? tags.gpu ?? tags.cpu : tags.cpu ?? tags.gpu)!;
    if (!hasGpu && tags.cpu === undefined) {
      Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imageNeedsGpu',
        `image: ${framework} ${version} is for instances with a GPU, and the job may run on others. Choose an instanceType of the families G or P.`);
    }
    noteClosed(scope, repository);
    return {
      uri: `${account}.dkr.ecr.${region}.${Aws.URL_SUFFIX}/${repository}${tag && `:${tag}`}`,
      grantTo: (grantee) => [grantPull(grantee, repositoryArn(scope, { account, region, repository })), ...grantMore(scope, grantee)],
      command,
      misspelt,
    };
  });
}

/**
 * The image of a version that is not in the table. The version may be a whole tag, such as '3.1-cpu-py37-v1.2'. Otherwise the tag is
 * assumed to be formed like that of the latest version.
 */
function unknownVersion(scope: Construct, framework: string, version: string): Image {
  const known = Object.keys(IMAGES[framework]);
  const latest = known[known.length - 1];
  const [, processor] = /(?:^|-)(cpu|gpu)(?:-|$)/.exec(version) ?? [];
  const base = processor && known.filter((each) => `-${version}`.includes(`-${each}-`) || version.includes(`-transformers${each}-`)).pop();
  const { tags, ...image } = IMAGES[framework][base ?? latest];
  const named = (tag?: string) => tag?.replace(latest, () => version);
  const tag = processor ? { [processor]: version } : { cpu: named(tags.cpu), gpu: named(tags.gpu) };
  if (base === undefined && !Token.isUnresolved(version)) {
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:unknownImageVersion', [
      `image: version '${version}' of ${framework} is not known to this version of the library, which knows ${known.join(', ')}.`,
      `Check it, or use ProcessingImage.fromRegistry(…); the tag is taken to be '${tag.cpu ?? tag.gpu}'.`,
    ].join(' '));
  }
  return { ...image, tags: tag };
}

/** Warns about an image of the service, given by URI, whose account belongs to another Region. */
function checkServiceImage(scope: Construct, said?: EcrRepository): void {
  if (said === undefined || !SERVICE_ACCOUNTS.has(said.account)) {
    return;
  }
  noteClosed(scope, said.repository);
  const region = regionOf(scope, said.region);
  const versions = Object.entries(IMAGES).flatMap(([framework, images]) => Object.values(images)
    .filter(({ repository }) => repository === said.repository)
    .map(({ accounts }) => ({ framework, accounts: IMAGE_ACCOUNTS[accounts] })));
  const tables = versions.length > 0 ? versions.map(({ accounts }) => accounts) : Object.values(IMAGE_ACCOUNTS);
  const there = tables.flatMap((accounts) => region === undefined ? [] : accounts[region] ?? []);
  if (there.length > 0 && !there.includes(said.account)) {
    const remedy = versions.length > 0
      ? `Use ProcessingImage.${versions[0].framework}(…), which knows the account of each Region.`
      : `Look up the account that has it in ${region}.`;
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imageAccountOfAnotherRegion',
      `image: account ${said.account} has images of the service in another Region, and is not known to have '${said.repository}' in ${region}. ${remedy}`);
  }
}

/** Images of features that are closed to new customers, according to their developer guides. */
const CLOSED_TO_NEW_CUSTOMERS: { readonly [repository: string]: string } = {
  'sagemaker-clarify-processing': 'SageMaker Clarify',
  'sagemaker-model-monitor-analyzer': 'SageMaker Model Monitor',
};

function noteClosed(scope: Construct, repository: string): void {
  if (Object.hasOwn(CLOSED_TO_NEW_CUSTOMERS, repository)) {
    Annotations.of(scope).addInfoV2('cdk-sagemaker-jobs:closedToNewCustomers', [
      `image: ${CLOSED_TO_NEW_CUSTOMERS[repository]} has been closed to new customers since 30 July 2026; accounts that used it before go on.`,
      'The service may refuse the job in other accounts.',
    ].join(' '));
  }
}

/** Checks the Region of an image. The service pulls from its own Region only: "Invalid region us-east-2 in image URI" (amazon-sagemaker-examples#2422). */
export function checkImageRegion(scope: Construct, uri: string | undefined, problems: Problems): void {
  const said = uri === undefined || isLookedUpLater(uri) ? undefined : repositoryOf(uri);
  const region = otherRegion(scope, said?.region);
  if (region !== undefined) {
    const kind = Object.keys(IMAGES).find((each) => SERVICE_ACCOUNTS.has(said!.account)
      && Object.values(IMAGES[each]).some(({ repository }) => repository === said!.repository));
    problems.add({
      property: 'image',
      value: show(uri),
      allowed: `must be in the Region of the job, ${Stack.of(scope).region}, and is in ${region}`,
      remedy: kind === undefined
        ? 'Copy it to a repository of that Region, such as by replication.'
        : `Use ProcessingImage.${kind}(…), which knows where it is in each Region.`,
      member: 'AppSpecification.ImageUri',
    });
  }
}

/** All accounts with images of the service. */
const SERVICE_ACCOUNTS = new Set(Object.values(IMAGE_ACCOUNTS).flatMap((accounts) => Object.values(accounts)));

/** The Region if it is known. A token of the stack's own Region is replaced by the stack's Region. */
function regionOf(scope: Construct, region: string): string | undefined {
  const stack = Stack.of(scope);
  const said = region === Aws.REGION ? stack.region : region;
  return Token.isUnresolved(said) ? undefined : said;
}

/** The account that holds the image. When only CloudFormation knows the Region, a mapping finds it. */
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
