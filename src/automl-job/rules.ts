import { AutoMLContentType, TABULAR } from './dataset';
import { ALGORITHMS } from './mode';
import { METRICS } from './problem';
import { AutoMLDataSplitConfigRequest, AutoMLJobCompletionCriteriaRequest, CreateAutoMLJobRequest } from '../service-model/requests';
import { SHAPES } from '../service-model/shapes';
import { tooLong } from '../validation/model';
import { knownLength, mustBeOneOf, Path, show } from '../validation/problems';
import { AddProblem, isKnownNumber, isKnownText, Rules } from '../validation/rules';

const ALGORITHMS_CONFIG: Path = ['AutoMLJobConfig', 'CandidateGenerationConfig', 'AlgorithmsConfig'];

/** The service model says 1024, the reference 512. */
const LONGEST_OUTPUT_PATH = 512;

const REFERENCE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_';

/** The rules that the API reference states in prose, or has stated, and those that the service's own SDK keeps. */
export const AUTOML_JOB_RULES: Rules<CreateAutoMLJobRequest> = {
  channels: { source: `${REFERENCE}AutoMLChannel.html`, check: checkChannels },
  problemNeedsMetric: { source: 'https://github.com/aws/sagemaker-python-sdk/blob/master-v2/src/sagemaker/automl/automl.py', check: checkProblem },
  algorithmsFitMode: { source: `${REFERENCE}AutoMLCandidateGenerationConfig.html`, check: checkMode },
  validationFraction: { source: `${REFERENCE}AutoMLDataSplitConfig.html`, check: checkValidation },
  // The reference said so until 2020. A job that may run less long than one of its training jobs makes no sense.
  runtimes: { source: `${REFERENCE}AutoMLJobCompletionCriteria.html`, check: checkLimits },
  outputPath: { source: `${REFERENCE}AutoMLOutputDataConfig.html`, check: checkOutput },
  endpointName: { source: `${REFERENCE}ModelDeployConfig.html`, check: checkDeployment },
};

function checkChannels({ AutoMLJobConfig, InputDataConfig }: CreateAutoMLJobRequest, add: AddProblem): void {
  const [training] = InputDataConfig ?? [];
  InputDataConfig?.forEach((channel, index) => {
    const { ContentType, DataSource, SampleWeightAttributeName, TargetAttributeName } = channel;
    const path: Path = ['InputDataConfig', index];
    if (DataSource === undefined) {
      add([...path, 'DataSource'], undefined, 'is required', 'Add it: AutoMLDataset.fromS3(…).');
    } else if (DataSource.S3DataSource?.S3DataType === 'AugmentedManifestFile') {
      add([...path, 'DataSource', 'S3DataSource', 'S3DataType'], 'AugmentedManifestFile', 'is for jobs of CreateAutoMLJobV2 only', 'Use a prefix or a manifest.');
    }
    if (isKnownText(ContentType) && !TABULAR.includes(ContentType)) {
      add([...path, 'ContentType'], ContentType, mustBeOneOf(TABULAR), 'Use AutoMLContentType.CSV or AutoMLContentType.PARQUET.');
    } else if (differs(ContentType ?? AutoMLContentType.CSV, training.ContentType ?? AutoMLContentType.CSV)) {
      add([...path, 'ContentType'], ContentType ?? AutoMLContentType.CSV, `must be that of the training data, ${show(training.ContentType ?? AutoMLContentType.CSV)}`,
        'Use data of the same format.');
    }
    if (differs(TargetAttributeName, training.TargetAttributeName)) {
      add([...path, 'TargetAttributeName'], TargetAttributeName, `must be that of the training data, ${show(training.TargetAttributeName)}`, 'Use data with the same columns.');
    }
    if (SampleWeightAttributeName !== undefined && AutoMLJobConfig?.Mode !== 'ENSEMBLING') {
      add([...path, 'SampleWeightAttributeName'], SampleWeightAttributeName, 'can be given with ensembling only', 'Use AutoMLMode.ensembling(…), or leave it out.');
    }
  });
}

/** Checks that problem type and metric are given together. The reference does not say so, but the service's own SDK requires it. */
function checkProblem({ AutoMLJobObjective, ProblemType }: CreateAutoMLJobRequest, add: AddProblem): void {
  if (AutoMLJobObjective === undefined && ProblemType !== undefined) {
    add(['AutoMLJobObjective', 'MetricName'], undefined, 'is required, for there is a type of problem', 'Add it, or leave out both.');
  } else if (AutoMLJobObjective !== undefined && ProblemType === undefined) {
    add(['ProblemType'], undefined, 'is required, for there is a metric', 'Add it, or leave out both.');
  } else if (AutoMLJobObjective !== undefined && isKnownText(AutoMLJobObjective.MetricName)) {
    const allowed = METRICS[ProblemType!];
    if (allowed !== undefined && !allowed.includes(AutoMLJobObjective.MetricName)) {
      add(['AutoMLJobObjective', 'MetricName'], AutoMLJobObjective.MetricName, `${mustBeOneOf(allowed)} for ${ProblemType}`, 'Choose one of them.');
    }
  }
}

function checkMode({ AutoMLJobConfig }: CreateAutoMLJobRequest, add: AddProblem): void {
  const { CandidateGenerationConfig, Mode } = AutoMLJobConfig ?? {};
  CandidateGenerationConfig?.AlgorithmsConfig?.forEach(({ AutoMLAlgorithms }, index) => {
    const path: Path = [...ALGORITHMS_CONFIG, index, 'AutoMLAlgorithms'];
    const allowed = ALGORITHMS[Mode ?? ''];
    if (allowed === undefined) {
      add(path, undefined, 'can be given with ensembling and hyperparameter tuning only', 'Choose one of these modes, or leave it out.');
    } else if (Array.isArray(AutoMLAlgorithms)) {
      if (AutoMLAlgorithms.length === 0) {
        // One page of the reference allows an empty list for all algorithms, another does not.
        add(path, AutoMLAlgorithms, 'must have at least 1 element', 'Add one, or leave it out for all algorithms.');
      }
      AutoMLAlgorithms.forEach((algorithm, position) => {
        // An algorithm that the service model does not know is a warning.
        if (!allowed.includes(algorithm) && SHAPES.AutoMLAlgorithm.enum!.includes(algorithm)) {
          add([...path, position], algorithm, `${mustBeOneOf(allowed)} for ${Mode}`, 'Choose one of them, or another mode.');
        }
      });
    }
  });
}

function checkValidation({ AutoMLJobConfig }: CreateAutoMLJobRequest, add: AddProblem): void {
  checkFraction(['AutoMLJobConfig', 'DataSplitConfig'], AutoMLJobConfig?.DataSplitConfig, add);
}

function checkLimits({ AutoMLJobConfig }: CreateAutoMLJobRequest, add: AddProblem): void {
  checkRuntimes(['AutoMLJobConfig', 'CompletionCriteria'], AutoMLJobConfig?.CompletionCriteria, add);
}

/** Checks the validation fraction. The service model allows 0 and 1, the reference does not. */
export function checkFraction(path: Path, config: AutoMLDataSplitConfigRequest | undefined, add: AddProblem): void {
  const fraction = config?.ValidationFraction;
  if (fraction === 0 || fraction === 1) {
    add([...path, 'ValidationFraction'], fraction, 'must be greater than 0 and less than 1', 'Use 0.2, for example, which is the default.');
  }
}

export function checkRuntimes(path: Path, criteria: AutoMLJobCompletionCriteriaRequest | undefined, add: AddProblem): void {
  const { MaxAutoMLJobRuntimeInSeconds: whole, MaxRuntimePerTrainingJobInSeconds: part } = criteria ?? {};
  if (isKnownNumber(whole) && isKnownNumber(part) && whole >= 1 && part > whole) {
    add([...path, 'MaxRuntimePerTrainingJobInSeconds'], part, { at: 'most', limit: whole },
      'That is the maxRuntime of the whole job: lower this, or raise that.');
  }
}

export function checkOutput({ OutputDataConfig }: Pick<CreateAutoMLJobRequest, 'OutputDataConfig'>, add: AddProblem): void {
  const path = OutputDataConfig?.S3OutputPath;
  const length = typeof path === 'string' ? knownLength(path) : 0;
  if (length > LONGEST_OUTPUT_PATH) {
    const { allowed, remedy } = tooLong(path!, length, LONGEST_OUTPUT_PATH);
    add(['OutputDataConfig', 'S3OutputPath'], path, allowed, remedy);
  }
}

function checkDeployment({ ModelDeployConfig }: CreateAutoMLJobRequest, add: AddProblem): void {
  if (ModelDeployConfig === undefined) {
    return;
  }
  const { AutoGenerateEndpointName, EndpointName } = ModelDeployConfig;
  if (AutoGenerateEndpointName && EndpointName !== undefined) {
    add(['ModelDeployConfig', 'EndpointName'], EndpointName, 'cannot be given for an endpoint whose name is generated', 'Leave one of them out.');
  } else if (!AutoGenerateEndpointName && EndpointName === undefined) {
    add(['ModelDeployConfig', 'EndpointName'], undefined, 'is required for an endpoint whose name is not generated', 'Add it.');
  }
}

function differs(one: unknown, other: unknown): boolean {
  return isKnownText(one) && isKnownText(other) && one !== other;
}
