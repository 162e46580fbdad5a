import { posix } from 'path';
import { Aws, Token, Tokenization } from 'aws-cdk-lib';
import { CODE_FOLDER, CODE_INPUT } from './code';
import { ecrUriProblem, mayBeInEcr, repositoryOf } from './ecr-uri';
import { getOrMake } from '../cdk/kept-for';
import { IMAGE_ACCOUNTS, IMAGES } from '../service-model/images';
import { LOCAL_STORAGE_GB } from '../service-model/instance-storage';
import { CreateProcessingJobRequest } from '../service-model/requests';
import { SHAPES } from '../service-model/shapes';
import { Path, show } from '../validation/problems';
import { AddProblem, isKnownNumber, isKnownText, Rules } from '../validation/rules';

const CLUSTER: Path = ['ProcessingResources', 'ClusterConfig'];
const PROCESSING_FOLDER = '/opt/ml/processing/';

const REFERENCE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_';
const GUIDE = 'https://docs.aws.amazon.com/sagemaker/latest/dg/';
const SDK_ISSUE = 'https://github.com/aws/sagemaker-python-sdk/issues/';

/** The rules that the API reference or the developer guide states in prose, or whose violation the service has been seen to refuse. */
export const PROCESSING_JOB_RULES: Rules<CreateProcessingJobRequest> = {
  imageIsInEcr: { source: `${SDK_ISSUE}2605`, check: checkImage },
  frameworkImageRunsSomething: { source: `${GUIDE}use-scikit-learn-processing-container.html`, check: checkFrameworkImage },
  clarifyRunsItself: { source: `${GUIDE}clarify-processing-job-configure-parameters.html`, check: checkSelfRunningImage },
  clarifyHasNoEnvironment: { source: `${SDK_ISSUE}4872`, check: checkClarifyEnvironment },
  noEmptyArguments: { source: `${SDK_ISSUE}3758`, check: checkEmptyTexts },
  elementsHaveNames: { source: `${REFERENCE}ProcessingInput.html`, check: checkNames },
  namesAreUnique: { source: `${SDK_ISSUE}3484`, check: checkUniqueNames },
  inputPaths: { source: `${REFERENCE}ProcessingS3Input.html`, check: checkInputPaths },
  outputPaths: { source: `${GUIDE}byoc-input-and-output.html`, check: checkOutputPaths },
  inputPathsAreUnique: { source: `${SDK_ISSUE}4939`, check: checkUniqueInputPaths },
  outputPathsAreNoInputPaths: { source: `${SDK_ISSUE}1950`, check: checkOutputPathsAreNoInputPaths },
  appManagedIsKnown: { source: `${REFERENCE}ProcessingInput.html`, check: checkAppManaged },
  compressionNeedsPipe: { source: `${REFERENCE}ProcessingS3Input.html`, check: checkCompression },
  isolationLeavesNoNetwork: { source: `${REFERENCE}NetworkConfig.html`, check: checkIsolation },
  instanceTypes: { source: `${REFERENCE}ProcessingClusterConfig.html`, check: checkCluster },
  localStorage: { source: `${REFERENCE}ProcessingClusterConfig.html`, check: checkLocalStorage },
};

function checkImage({ AppSpecification: { ImageUri } = {} }: CreateProcessingJobRequest, add: AddProblem): void {
  const path: Path = ['AppSpecification', 'ImageUri'];
  if (ImageUri === '') {
    add(path, '', 'must name an image', "Use '<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>'.");
  } else if (typeof ImageUri === 'string' && !mayBeInEcr(ImageUri)) {
    const [, withoutScheme] = /^\w+:\/\/(.*)$/.exec(ImageUri) ?? [];
    add(path, ImageUri, 'must be in a private repository of Amazon ECR, for SageMaker pulls from no other registry',
      withoutScheme !== undefined && mayBeInEcr(withoutScheme)
        ? `Write ${show(withoutScheme)}.`
        : 'Copy it to a repository of yours, for ProcessingImage.fromEcrRepository(…), or build one from it with ProcessingImage.fromAsset(…).');
  } else if (typeof ImageUri === 'string') {
    const { allowed, remedy } = ecrUriProblem(ImageUri) ?? {};
    if (allowed !== undefined) {
      add(path, ImageUri, allowed, remedy!);
    }
  }
}

/** Images that run nothing by themselves. The service's own SDK always sets their entrypoint; Spark's is smspark-submit. */
const FRAMEWORKS = ['scikitLearn', 'xgboost', 'pytorch', 'tensorflow', 'huggingFace', 'spark'];
const SELF_RUNNING = ['clarify', 'modelMonitor'];

function checkFrameworkImage({ AppSpecification = {} }: CreateProcessingJobRequest, add: AddProblem): void {
  const { ContainerArguments, ContainerEntrypoint, ImageUri } = AppSpecification;
  const framework = serviceImageOf(ImageUri, FRAMEWORKS);
  if (framework !== undefined && ContainerEntrypoint === undefined && !(framework === 'spark' && ContainerArguments !== undefined)) {
    add(['AppSpecification', 'ContainerEntrypoint'], undefined, `is required without code, for the image of ${framework} runs nothing by itself`,
      'Give the job code, such as ProcessingCode.fromAsset(…), or an entrypoint.');
  }
}

function checkSelfRunningImage({ AppSpecification = {} }: CreateProcessingJobRequest, add: AddProblem): void {
  const framework = serviceImageOf(AppSpecification.ImageUri, SELF_RUNNING);
  for (const member of ['ContainerEntrypoint', 'ContainerArguments'] as const) {
    if (framework !== undefined && AppSpecification[member] !== undefined) {
      add(['AppSpecification', member], undefined, `cannot be given with the image of ${framework}, nor can code: it runs what it has`, 'Leave it out.');
    }
  }
}

function checkClarifyEnvironment({ AppSpecification = {}, Environment }: CreateProcessingJobRequest, add: AddProblem): void {
  if (Environment !== undefined && serviceImageOf(AppSpecification.ImageUri, ['clarify']) !== undefined) {
    add(['Environment'], undefined, 'cannot be given with the image of clarify', 'Leave it out: the input analysis_config has the configuration.');
  }
}

/** The framework of a service image, by its URI. Undefined for copies in other accounts, which may have their own entrypoint. */
function serviceImageOf(uri: unknown, frameworks: readonly string[]): string | undefined {
  const said = typeof uri === 'string' ? repositoryOf(uri) : undefined;
  if (said === undefined || said.account === Aws.ACCOUNT_ID) {
    return undefined;
  }
  const accounts = ACCOUNTS_OF_REPOSITORIES.get(said.repository);
  return frameworks.find((framework) => {
    const ofFramework = accounts?.get(framework);
    return ofFramework !== undefined && (Token.isUnresolved(said.account) || ofFramework.has(said.account));
  });
}

/** The accounts that have the images of a framework, by repository and framework. */
const ACCOUNTS_OF_REPOSITORIES = new Map<string, Map<string, Set<string>>>();
for (const [framework, versions] of Object.entries(IMAGES)) {
  for (const { accounts, repository } of Object.values(versions)) {
    const ofFramework = getOrMake(getOrMake(ACCOUNTS_OF_REPOSITORIES, repository, () => new Map()), framework, () => new Set<string>());
    Object.values(IMAGE_ACCOUNTS[accounts]).forEach((account) => ofFramework.add(account));
  }
}

function checkEmptyTexts({ AppSpecification = {} }: CreateProcessingJobRequest, add: AddProblem): void {
  for (const member of ['ContainerEntrypoint', 'ContainerArguments'] as const) {
    const texts: unknown = AppSpecification[member];
    if (Array.isArray(texts)) {
      texts.forEach((text, index) => {
        if (text === '') {
          add(['AppSpecification', member, index], text, 'must not be empty', 'Leave it out, or write what stands for nothing in another way.');
        }
      });
    }
  }
}

function checkNames(request: CreateProcessingJobRequest, add: AddProblem): void {
  request.ProcessingInputs?.forEach(({ InputName }, index) => checkName(['ProcessingInputs', index, 'InputName'], InputName, add));
  request.ProcessingOutputConfig?.Outputs?.forEach(({ OutputName }, index) =>
    checkName(['ProcessingOutputConfig', 'Outputs', index, 'OutputName'], OutputName, add));
}

function checkName(path: Path, name: string | undefined, add: AddProblem): void {
  if (name === '') {
    add(path, name, 'must have a name', "Give it one, such as 'raw'.");
  } else if (typeof name === 'string' && !isPlain(name)) {
    add(path, name, 'must have no control characters, and no . or .. between slashes, for it is a part of a path', "Write it as 'raw'.");
  }
}

/** Whether a name or path is what a container sees: nothing that a shell or a file system reads otherwise. */
function isPlain(name: string): boolean {
  return !/\p{Cc}|(^|\/)\.\.?(\/|$)/u.test(name);
}

function checkUniqueNames({ ProcessingInputs, ProcessingOutputConfig }: CreateProcessingJobRequest, add: AddProblem): void {
  const inputs = ProcessingInputs?.map(({ InputName }) => InputName) ?? [];
  ProcessingOutputConfig?.Outputs?.forEach(({ OutputName }, index) => {
    if (OutputName && inputs.includes(OutputName)) {
      add(['ProcessingOutputConfig', 'Outputs', index, 'OutputName'], OutputName,
        OutputName === CODE_INPUT ? 'must not be the name of the input that carries the code' : 'must not be the name of an input as well', 'Give one of them another name.');
    }
  });
}

function checkInputPaths({ ProcessingInputs }: CreateProcessingJobRequest, add: AddProblem): void {
  ProcessingInputs?.forEach(({ InputName, S3Input, DatasetDefinition }, index) => {
    const path: Path = ['ProcessingInputs', index];
    const remedy = () => `Use ${show(`${PROCESSING_FOLDER}input/${InputName}`)}, which is the default.`;
    if (InputName !== undefined && !isPlain(InputName)) {
      return; // the name is the problem
    }
    checkPath([...path, 'S3Input', 'LocalPath'], S3Input?.LocalPath, PROCESSING_FOLDER, remedy, add);
    checkPath([...path, 'DatasetDefinition', 'LocalPath'], DatasetDefinition?.LocalPath, '/', remedy, add);
  });
}

function checkPath(path: Path, value: string | undefined, folder: string, remedy: () => string, add: AddProblem): void {
  if (value !== undefined && !beginsWith(value, folder)) {
    add(path, value, folder === '/' ? 'must be an absolute path' : `must be a path below ${folder}`, remedy());
  } else if (typeof value === 'string' && !isPlain(value)) {
    add(path, value, 'must be a path without control characters, and without . and .. between slashes', remedy());
  }
}

function checkOutputPaths({ ProcessingOutputConfig }: CreateProcessingJobRequest, add: AddProblem): void {
  ProcessingOutputConfig?.Outputs?.forEach(({ OutputName, S3Output }, index) => {
    if (isPlain(OutputName ?? '')) {
      checkPath(['ProcessingOutputConfig', 'Outputs', index, 'S3Output', 'LocalPath'], S3Output?.LocalPath, PROCESSING_FOLDER,
        () => `Use ${show(`${PROCESSING_FOLDER}output/${OutputName}`)}, which is the default, and write there.`, add);
    }
  });
}

/** Checks that no two inputs have the same path. One may be below another, as in the service's own examples. */
function checkUniqueInputPaths(request: CreateProcessingJobRequest, add: AddProblem): void {
  const known = new Map<string, string | undefined>();
  for (const { folder, name, path } of inputFolders(request)) {
    if (!known.has(folder)) {
      known.set(folder, name);
    } else {
      add(path, folder, `must be another than that of ${folder === CODE_FOLDER ? 'the code' : `the input ${show(known.get(folder))}`}`, 'Give one of them another localPath.');
    }
  }
}

function checkOutputPathsAreNoInputPaths(request: CreateProcessingJobRequest, add: AddProblem): void {
  const inputs = inputFolders(request);
  request.ProcessingOutputConfig?.Outputs?.forEach(({ AppManaged, S3Output }, index) => {
    const folder = AppManaged === true ? undefined : folderOf(S3Output?.LocalPath);
    const input = inputs.find((each) => each.folder === folder);
    if (input !== undefined) {
      add(['ProcessingOutputConfig', 'Outputs', index, 'S3Output', 'LocalPath'], folder, `must be another than that of the input ${show(input.name)}`,
        'Give one of them another localPath.');
    }
  });
}

/** The folders of the inputs that the service downloads. */
function inputFolders({ ProcessingInputs }: CreateProcessingJobRequest): { folder: string; name?: string; path: Path }[] {
  return ProcessingInputs?.flatMap(({ AppManaged, DatasetDefinition, InputName, S3Input }, index) => {
    const folder = AppManaged === true ? undefined : folderOf(S3Input?.LocalPath ?? DatasetDefinition?.LocalPath);
    const path: Path = ['ProcessingInputs', index, S3Input === undefined ? 'DatasetDefinition' : 'S3Input', 'LocalPath'];
    return folder === undefined ? [] : [{ folder, name: InputName, path }];
  }).sort((left, right) => Number(right.name === CODE_INPUT) - Number(left.name === CODE_INPUT)) ?? [];
}

function folderOf(localPath: unknown): string | undefined {
  return typeof localPath === 'string' ? posix.normalize(localPath).replace(/(?<=.)\/$/, '') : undefined;
}

/** Checks that it is known who manages inputs and outputs: the permissions of the role and the paths depend on it. */
function checkAppManaged({ ProcessingInputs, ProcessingOutputConfig }: CreateProcessingJobRequest, add: AddProblem): void {
  const check = (path: Path, value: unknown) => {
    if (Token.isUnresolved(value)) {
      add(path, undefined, 'must be known at synth, for the permissions of the role depend on it', 'Write true or false.');
    }
  };
  ProcessingInputs?.forEach(({ AppManaged }, index) => check(['ProcessingInputs', index, 'AppManaged'], AppManaged));
  ProcessingOutputConfig?.Outputs?.forEach(({ AppManaged }, index) => check(['ProcessingOutputConfig', 'Outputs', index, 'AppManaged'], AppManaged));
}

function checkCompression({ ProcessingInputs }: CreateProcessingJobRequest, add: AddProblem): void {
  ProcessingInputs?.forEach(({ S3Input }, index) => {
    if (S3Input?.S3CompressionType === 'Gzip' && S3Input.S3InputMode !== 'Pipe' && !Token.isUnresolved(S3Input.S3InputMode)) {
      add(['ProcessingInputs', index, 'S3Input', 'S3CompressionType'], S3Input.S3CompressionType, 'can be Gzip only with Pipe mode',
        'Set mode to ProcessingInputMode.PIPE, or unpack the files in the script.');
    }
  });
}

/** Checks that an isolated job has no inputs or outputs that the application reads or writes itself, which needs a network. */
function checkIsolation({ NetworkConfig, ProcessingInputs, ProcessingOutputConfig }: CreateProcessingJobRequest, add: AddProblem): void {
  if (NetworkConfig?.EnableNetworkIsolation !== true) {
    return;
  }
  const allowed = 'cannot be given with networkIsolation, for the container has no network to read or write by itself';
  ProcessingInputs?.forEach(({ AppManaged }, index) => {
    if (AppManaged === true) {
      add(['ProcessingInputs', index, 'AppManaged'], AppManaged, allowed, 'Leave one of them out.');
    }
  });
  ProcessingOutputConfig?.Outputs?.forEach(({ AppManaged, FeatureStoreOutput }, index) => {
    const path: Path = ['ProcessingOutputConfig', 'Outputs', index];
    if (FeatureStoreOutput !== undefined) {
      add([...path, 'FeatureStoreOutput', 'FeatureGroupName'], undefined, allowed, 'Leave networkIsolation out.');
    } else if (AppManaged === true) {
      add([...path, 'AppManaged'], AppManaged, allowed, 'Leave one of them out.');
    }
  });
}

function checkCluster(request: CreateProcessingJobRequest, add: AddProblem): void {
  const { InstanceCount, InstancePreferences, InstanceType } = request.ProcessingResources?.ClusterConfig ?? {};
  if (InstanceType !== undefined) {
    if (InstanceCount === undefined) {
      add([...CLUSTER, 'InstanceCount'], undefined, 'is required', 'Give it a number.');
    }
    checkInstanceType([...CLUSTER, 'InstanceType'], InstanceType, add);
    if (InstancePreferences !== undefined) {
      add([...CLUSTER, 'InstancePreferences'], undefined, 'cannot be given together with instanceType', 'Leave one of them out.');
    }
  } else if (InstancePreferences === undefined) {
    add([...CLUSTER, 'InstanceType'], undefined, 'is required, unless there are instancePreferences',
      'Add it, such as ProcessingInstanceType.M5_XLARGE.');
  }
  InstancePreferences?.forEach((preference, index) => {
    const path: Path = [...CLUSTER, 'InstancePreferences', index];
    checkInstanceType([...path, 'InstanceType'], preference.InstanceType, add);
    if (InstancePreferences.findIndex((other) => other.InstanceType === preference.InstanceType) < index) {
      add([...path, 'InstanceType'], preference.InstanceType, 'is in the list already, and each type may be there once', 'Remove one of them.');
    }
    if (preference.InstanceCount === undefined && InstanceCount === undefined) {
      add([...path, 'InstanceCount'], undefined, 'is required, for other preferences have it', 'Add it, or leave it out everywhere and use instanceCount.');
    } else if (preference.InstanceCount !== undefined && InstanceCount !== undefined) {
      add([...path, 'InstanceCount'], preference.InstanceCount, 'cannot be given together with instanceCount', 'Leave one of them out.');
    }
  });
}

/** Checks volumes of instances with local storage, which store the data there: no key, and no more than the local storage. */
function checkLocalStorage(request: CreateProcessingJobRequest, add: AddProblem): void {
  const { InstancePreferences, InstanceType, VolumeKmsKeyId, VolumeSizeInGB } = request.ProcessingResources?.ClusterConfig ?? {};
  const types = [InstanceType, ...InstancePreferences?.map((preference) => preference.InstanceType) ?? []];
  for (const type of types) {
    const storage = typeof type === 'string' ? LOCAL_STORAGE_GB[type] : undefined;
    if (storage !== undefined && VolumeKmsKeyId !== undefined) {
      add([...CLUSTER, 'VolumeKmsKeyId'], undefined, `cannot be given, for ${type} has local storage, which has its own encryption`,
        'Leave it out, or choose an instance type without local storage.');
    }
    if (storage !== undefined && isKnownNumber(VolumeSizeInGB) && VolumeSizeInGB > storage) {
      add([...CLUSTER, 'VolumeSizeInGB'], VolumeSizeInGB, { at: 'most', limit: storage }, `${type} stores the data on local disks of that size: lower it.`);
    }
  }
}

function checkInstanceType(path: Path, type: unknown, add: AddProblem): void {
  if (!beginsWith(type, 'ml.')) {
    add(path, type, "must begin with 'ml.', as SageMaker's instance types do", instanceTypeRemedy(String(type)));
  } else if (isKnownText(type) && !INSTANCE_TYPE.test(type)) {
    add(path, type, 'must be of lower-case letters, digits and hyphens, with single periods between them', instanceTypeRemedy(type));
  }
}

const INSTANCE_TYPE = /^ml(\.[a-z0-9-]+)+$/;

/** The remedy for a wrong instance type, such as EC2's name of the type or a name in capitals. */
function instanceTypeRemedy(type: string): string {
  const name = `ml.${type.trim().toLowerCase().replace(/^ml\./, '')}`;
  return SHAPES.ProcessingInstanceType.enum!.includes(name) ? `Use '${name}'.` : 'Use a constant of ProcessingInstanceType, such as ProcessingInstanceType.M5_XLARGE.';
}

/** Whether the text begins with the prefix, as far as its tokens let it be known. */
function beginsWith(value: unknown, prefix: string): boolean {
  if (typeof value !== 'string') {
    return true; // the check of the service model reports this
  }
  if (!Token.isUnresolved(value)) {
    return value.startsWith(prefix);
  }
  const { firstToken, firstValue } = Tokenization.reverseString(value);
  return firstToken !== undefined || firstValue.startsWith(prefix) || prefix.startsWith(firstValue);
}
