import { Token, Tokenization } from 'aws-cdk-lib';
import { LOCAL_STORAGE_GB } from '../service-model/instance-storage';
import { CreateProcessingJobRequest } from '../service-model/requests';
import { SHAPES } from '../service-model/shapes';
import { Limit, Path, RequestProblem } from '../validation/problems';

type Report = (path: Path, value: unknown, allowed: string | Limit, remedy: string) => void;

const CLUSTER: Path = ['ProcessingResources', 'ClusterConfig'];
const PROCESSING_FOLDER = '/opt/ml/processing/';

/** What the API reference demands of a processing job in prose, beyond the constraints of the service model. */
export function processingJobRules(request: CreateProcessingJobRequest): RequestProblem[] {
  const found: RequestProblem[] = [];
  const report: Report = (path, value, allowed, remedy) => found.push({ path, value, allowed, remedy });
  if (request.AppSpecification?.ImageUri === '') {
    report(['AppSpecification', 'ImageUri'], '', 'must name an image', "Use '<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>'.");
  }
  checkInputs(request, report);
  checkOutputs(request, report);
  checkCluster(request, report);
  return found;
}

function checkInputs(request: CreateProcessingJobRequest, report: Report): void {
  request.ProcessingInputs?.forEach(({ InputName, S3Input, DatasetDefinition }, index) => {
    const path: Path = ['ProcessingInputs', index];
    checkName([...path, 'InputName'], InputName, report);
    const remedy = `Use '${PROCESSING_FOLDER}input/${InputName}', which is the default.`;
    if (S3Input?.LocalPath !== undefined && !beginsWith(S3Input.LocalPath, PROCESSING_FOLDER)) {
      report([...path, 'S3Input', 'LocalPath'], S3Input.LocalPath, `must be a path below ${PROCESSING_FOLDER}`, remedy);
    }
    if (DatasetDefinition?.LocalPath !== undefined && !beginsWith(DatasetDefinition.LocalPath, '/')) {
      report([...path, 'DatasetDefinition', 'LocalPath'], DatasetDefinition.LocalPath, 'must be an absolute path', remedy);
    }
    if (S3Input?.S3CompressionType === 'Gzip' && S3Input.S3InputMode !== 'Pipe' && !Token.isUnresolved(S3Input.S3InputMode)) {
      report([...path, 'S3Input', 'S3CompressionType'], S3Input.S3CompressionType, 'can be Gzip only with Pipe mode',
        'Set mode to ProcessingInputMode.PIPE, or unpack the files in the script.');
    }
  });
}

function checkOutputs(request: CreateProcessingJobRequest, report: Report): void {
  request.ProcessingOutputConfig?.Outputs?.forEach((output, index) => {
    const path: Path = ['ProcessingOutputConfig', 'Outputs', index];
    checkName([...path, 'OutputName'], output.OutputName, report);
    const localPath = output.S3Output?.LocalPath;
    if (localPath !== undefined && !beginsWith(localPath, '/')) {
      report([...path, 'S3Output', 'LocalPath'], localPath, 'must be an absolute path',
        `Use '${PROCESSING_FOLDER}output/${output.OutputName}', which is the default.`);
    }
  });
}

function checkName(path: Path, name: string | undefined, report: Report): void {
  if (name === '') {
    report(path, name, 'must have a name', "Give it one, such as 'raw'.");
  }
}

function checkCluster(request: CreateProcessingJobRequest, report: Report): void {
  const { InstanceCount, InstancePreferences, InstanceType } = request.ProcessingResources?.ClusterConfig ?? {};
  if (InstanceType !== undefined) {
    checkInstanceType([...CLUSTER, 'InstanceType'], InstanceType, report);
    if (InstancePreferences !== undefined) {
      report([...CLUSTER, 'InstancePreferences'], undefined, 'cannot be given together with instanceType', 'Leave one of them out.');
    }
  } else if (InstancePreferences === undefined) {
    report([...CLUSTER, 'InstanceType'], undefined, 'is required, unless there are instancePreferences',
      'Add it, such as ProcessingInstanceType.M5_XLARGE.');
  }
  checkLocalStorage(request, report);
  InstancePreferences?.forEach((preference, index) => {
    const path: Path = [...CLUSTER, 'InstancePreferences', index];
    checkInstanceType([...path, 'InstanceType'], preference.InstanceType, report);
    if (InstancePreferences.findIndex((other) => other.InstanceType === preference.InstanceType) < index) {
      report([...path, 'InstanceType'], preference.InstanceType, 'is in the list already, and each type may be there once', 'Remove one of them.');
    }
    if (preference.InstanceCount === undefined && InstanceCount === undefined) {
      report([...path, 'InstanceCount'], undefined, 'is required, for other preferences have it', 'Add it, or leave it out everywhere and use instanceCount.');
    } else if (preference.InstanceCount !== undefined && InstanceCount !== undefined) {
      report([...path, 'InstanceCount'], preference.InstanceCount, 'cannot be given together with instanceCount', 'Leave one of them out.');
    }
  });
}

/** Instances with disks of their own store the data there: they take no key, and no more than these hold. */
function checkLocalStorage(request: CreateProcessingJobRequest, report: Report): void {
  const { InstancePreferences, InstanceType, VolumeKmsKeyId, VolumeSizeInGB } = request.ProcessingResources?.ClusterConfig ?? {};
  const types = [InstanceType, ...InstancePreferences?.map((preference) => preference.InstanceType) ?? []];
  for (const type of types) {
    const storage = typeof type === 'string' ? LOCAL_STORAGE_GB[type] : undefined;
    if (storage !== undefined && VolumeKmsKeyId !== undefined) {
      report([...CLUSTER, 'VolumeKmsKeyId'], undefined, `cannot be given, for ${type} has local storage, which has its own encryption`,
        'Leave it out, or choose an instance type without local storage.');
    }
    if (storage !== undefined && typeof VolumeSizeInGB === 'number' && !Token.isUnresolved(VolumeSizeInGB) && VolumeSizeInGB > storage) {
      report([...CLUSTER, 'VolumeSizeInGB'], VolumeSizeInGB, { at: 'most', limit: storage }, `${type} stores the data on local disks of that size: lower it.`);
    }
  }
}

function checkInstanceType(path: Path, type: unknown, report: Report): void {
  if (!beginsWith(type, 'ml.')) {
    report(path, type, "must begin with 'ml.', as SageMaker's instance types do", instanceTypeRemedy(String(type)));
  }
}

/** EC2's name of the type, or one in capitals, is close to the service's. */
function instanceTypeRemedy(type: string): string {
  const name = `ml.${type.trim().toLowerCase().replace(/^ml\./, '')}`;
  return SHAPES.ProcessingInstanceType.enum!.includes(name) ? `Use '${name}'.` : 'Use a constant of ProcessingInstanceType, such as ProcessingInstanceType.M5_XLARGE.';
}

/** Whether the text begins so, as far as it is known: only CloudFormation knows what a token stands for. */
function beginsWith(value: unknown, prefix: string): boolean {
  if (typeof value !== 'string') {
    return true; // the service model says so already
  }
  if (!Token.isUnresolved(value)) {
    return value.startsWith(prefix);
  }
  const { firstToken, firstValue } = Tokenization.reverseString(value);
  return firstToken !== undefined || firstValue.startsWith(prefix) || prefix.startsWith(firstValue);
}
