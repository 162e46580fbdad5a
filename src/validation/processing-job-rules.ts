import { Token, Tokenization } from 'aws-cdk-lib';
import { Path, Violation } from './model';
import { ProcessingJobRequest } from '../processing-job/request';

type Report = (path: Path, value: unknown, allowed: string, remedy: string) => void;

const CLUSTER: Path = ['ProcessingResources', 'ClusterConfig'];
const PROCESSING_FOLDER = '/opt/ml/processing/';

/** What the API reference demands of a processing job in prose, beyond the constraints of the service model. */
export function processingJobRuleViolations(request: ProcessingJobRequest): Violation[] {
  const found: Violation[] = [];
  const report: Report = (path, value, allowed, remedy) => found.push({ path, value, allowed, remedy });
  if (request.AppSpecification.ImageUri === '') {
    report(['AppSpecification', 'ImageUri'], '', 'must name an image', "Use '<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>'.");
  }
  checkInputs(request, report);
  checkOutputs(request, report);
  checkCluster(request, report);
  return found;
}

function checkInputs(request: ProcessingJobRequest, report: Report): void {
  request.ProcessingInputs?.forEach((input, index) => {
    const path: Path = ['ProcessingInputs', index, 'S3Input'];
    checkName([...path.slice(0, -1), 'InputName'], input.InputName, report);
    const { LocalPath, S3CompressionType, S3InputMode } = input.S3Input ?? {};
    if (LocalPath !== undefined && !beginsWith(LocalPath, PROCESSING_FOLDER)) {
      report([...path, 'LocalPath'], LocalPath, `must be a path below ${PROCESSING_FOLDER}`,
        `Use '${PROCESSING_FOLDER}input/${input.InputName}', which is the default.`);
    }
    if (S3CompressionType === 'Gzip' && S3InputMode !== 'Pipe') {
      report([...path, 'S3CompressionType'], S3CompressionType, 'can be Gzip only with Pipe mode',
        'Set mode to ProcessingInputMode.PIPE, or unpack the files in the script.');
    }
  });
}

function checkOutputs(request: ProcessingJobRequest, report: Report): void {
  request.ProcessingOutputConfig?.Outputs.forEach((output, index) => {
    const path: Path = ['ProcessingOutputConfig', 'Outputs', index];
    checkName([...path, 'OutputName'], output.OutputName, report);
    const localPath = output.S3Output?.LocalPath;
    if (localPath !== undefined && !beginsWith(localPath, '/')) {
      report([...path, 'S3Output', 'LocalPath'], localPath, 'must be an absolute path',
        `Use '${PROCESSING_FOLDER}output/${output.OutputName}', which is the default.`);
    }
  });
}

function checkName(path: Path, name: string, report: Report): void {
  if (name === '') {
    report(path, name, 'must have a name', "Give it one, such as 'raw'.");
  }
}

function checkCluster(request: ProcessingJobRequest, report: Report): void {
  const { InstanceType } = request.ProcessingResources.ClusterConfig;
  if (InstanceType === undefined) {
    report([...CLUSTER, 'InstanceType'], undefined, 'is required', 'Add it, such as ProcessingInstanceType.M5_XLARGE.');
  } else if (typeof InstanceType === 'string' && !beginsWith(InstanceType, 'ml.')) {
    report([...CLUSTER, 'InstanceType'], InstanceType, "must begin with 'ml.', as SageMaker's instance types do", `Use 'ml.${InstanceType}'.`);
  }
}

/** Whether the text begins so, as far as it is known: only CloudFormation knows what a token stands for. */
function beginsWith(value: unknown, prefix: string): boolean {
  if (typeof value !== 'string') {
    return true; // the service model says so already
  }
  const first = Tokenization.reverseString(value).firstValue;
  if (Token.isUnresolved(value)) {
    return typeof first !== 'string' || first.startsWith(prefix) || prefix.startsWith(first);
  }
  return value.startsWith(prefix);
}
