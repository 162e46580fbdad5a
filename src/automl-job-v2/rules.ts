import { Token } from 'aws-cdk-lib';
import { AutoMLForecastingAlgorithm } from './forecasting-values';
import { AutoMLContentType, TABULAR } from '../automl-job/dataset';
import { checkFraction, checkOutput, checkRuntimes } from '../automl-job/rules';
import { CreateAutoMLJobV2Request } from '../service-model/requests';
import { SHAPES } from '../service-model/shapes';
import { closest } from '../validation/closest';
import { mustBeOneOf, Path, show } from '../validation/problems';
import { AddProblem, isKnownNumber, isKnownText, Rules } from '../validation/rules';

export type AutoMLV2Rules = Rules<CreateAutoMLJobV2Request>;

const REFERENCE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_';
const GUIDE = 'https://docs.aws.amazon.com/sagemaker/latest/dg/';
const CHANNEL = `${REFERENCE}AutoMLJobChannel.html`;

/** The rules of the jobs for all problems. */
function commonRules(problem: string): AutoMLV2Rules {
  return {
    compression: { source: CHANNEL, check: checkCompression },
    outputPath: { source: `${REFERENCE}AutoMLOutputDataConfig.html`, check: checkOutput },
    runtimes: { source: `${REFERENCE}AutoMLJobCompletionCriteria.html`, check: (request, add) => checkLimits(problem, request, add) },
    sameFormat: { source: CHANNEL, check: checkSameFormat },
    validationFraction: { source: `${REFERENCE}AutoMLDataSplitConfig.html`, check: checkValidation },
  };
}

const TABLES: AutoMLV2Rules = {
  formats: { source: CHANNEL, check: (request, add) => checkFormats(request, add, TABULAR, 'AutoMLContentType.CSV or AutoMLContentType.PARQUET') },
  prefix: { source: `${REFERENCE}AutoMLS3DataSource.html`, check: checkPrefix },
};

export const FORECASTING_RULES: AutoMLV2Rules = {
  ...commonRules('TimeSeriesForecastingJobConfig'),
  ...TABLES,
  algorithms: { source: `${REFERENCE}AutoMLAlgorithmConfig.html`, check: checkAlgorithms },
  columns: { source: `${REFERENCE}TimeSeriesConfig.html`, check: checkColumns },
  horizon: { source: `${REFERENCE}TimeSeriesForecastingJobConfig.html`, check: checkHorizon },
  filling: { source: `${REFERENCE}TimeSeriesTransformations.html`, check: checkFilling },
  names: { source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html', check: checkNames },
};

export const TEXT_CLASSIFICATION_RULES: AutoMLV2Rules = {
  ...commonRules('TextClassificationJobConfig'),
  ...TABLES,
  columns: { source: `${REFERENCE}TextClassificationJobConfig.html`, check: checkTextColumns },
};

export const IMAGE_CLASSIFICATION_RULES: AutoMLV2Rules = {
  ...commonRules('ImageClassificationJobConfig'),
  formats: { source: CHANNEL, check: (request, add) => checkFormats(request, add, ['image/*', 'image/jpeg', 'image/png'], 'AutoMLContentType.IMAGE') },
};

export const TEXT_GENERATION_RULES: AutoMLV2Rules = {
  ...commonRules('TextGenerationJobConfig'),
  ...TABLES,
  baseModel: { source: `${GUIDE}autopilot-llms-finetuning-data-format.html`, check: checkBaseModel },
  hyperparameters: { source: `${REFERENCE}TextGenerationJobConfig.html`, check: checkHyperparameters },
};

function checkCompression({ AutoMLJobInputDataConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  AutoMLJobInputDataConfig?.forEach(({ CompressionType }, index) => {
    if (CompressionType === 'Gzip') {
      add(['AutoMLJobInputDataConfig', index, 'CompressionType'], CompressionType, 'can be given for tabular problems only', 'Leave it out, and use data that is not compressed.');
    }
  });
}

function checkSameFormat({ AutoMLJobInputDataConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const [format, other] = (AutoMLJobInputDataConfig ?? []).map(({ ContentType }) => ContentType ?? AutoMLContentType.CSV);
  if (isKnownText(format) && isKnownText(other) && other !== format) {
    add(['AutoMLJobInputDataConfig', 1, 'ContentType'], other, `must be that of the training data, ${show(format)}`, 'Use data of the same format.');
  }
}

function checkFormats({ AutoMLJobInputDataConfig }: CreateAutoMLJobV2Request, add: AddProblem, formats: readonly string[], remedy: string): void {
  AutoMLJobInputDataConfig?.forEach(({ ContentType }, index) => {
    if (isKnownText(ContentType) && !formats.includes(ContentType)) {
      add(['AutoMLJobInputDataConfig', index, 'ContentType'], ContentType, mustBeOneOf(formats), `Use ${remedy}.`);
    }
  });
}

function checkPrefix({ AutoMLJobInputDataConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  AutoMLJobInputDataConfig?.forEach(({ DataSource }, index) => {
    const type = DataSource?.S3DataSource?.S3DataType;
    if (isKnownText(type) && type !== 'S3Prefix') {
      add(['AutoMLJobInputDataConfig', index, 'DataSource', 'S3DataSource', 'S3DataType'], type, 'must be a prefix: this problem takes no manifest', 'Use AutoMLDataset.fromS3(…).');
    }
  });
}

function checkLimits(problem: string, { AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const config = (AutoMLProblemTypeConfig as { readonly [problem: string]: any } | undefined)?.[problem];
  checkRuntimes(['AutoMLProblemTypeConfig', problem, 'CompletionCriteria'], config?.CompletionCriteria, add);
}

function checkValidation({ AutoMLJobInputDataConfig, DataSplitConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  checkFraction(['DataSplitConfig'], DataSplitConfig, add);
  const fraction = DataSplitConfig?.ValidationFraction;
  if (fraction !== undefined && (AutoMLJobInputDataConfig?.length ?? 0) > 1) {
    add(['DataSplitConfig', 'ValidationFraction'], fraction, 'cannot be given with a dataset for validation', 'Leave one of them out.');
  }
}

const ALGORITHMS: readonly string[] = Object.values(AutoMLForecastingAlgorithm);

function checkAlgorithms({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { AlgorithmsConfig } = AutoMLProblemTypeConfig?.TimeSeriesForecastingJobConfig?.CandidateGenerationConfig ?? {};
  AlgorithmsConfig?.forEach(({ AutoMLAlgorithms }, index) => {
    const path: Path = ['AutoMLProblemTypeConfig', 'TimeSeriesForecastingJobConfig', 'CandidateGenerationConfig', 'AlgorithmsConfig', index, 'AutoMLAlgorithms'];
    if (Array.isArray(AutoMLAlgorithms) && AutoMLAlgorithms.length === 0) {
      add(path, AutoMLAlgorithms, 'must have at least 1 element', 'Add one, or leave it out for all algorithms.');
    }
    (Array.isArray(AutoMLAlgorithms) ? AutoMLAlgorithms : []).forEach((algorithm, position) => {
      // An algorithm that the service model does not know is a warning.
      if (isKnownText(algorithm) && !ALGORITHMS.includes(algorithm) && SHAPES.AutoMLAlgorithm.enum!.includes(algorithm)) {
        add([...path, position], algorithm, mustBeOneOf(ALGORITHMS), 'Choose one of them, or leave it out for all algorithms.');
      }
    });
  });
}

function checkColumns({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { TimeSeriesConfig: config } = AutoMLProblemTypeConfig?.TimeSeriesForecastingJobConfig ?? {};
  const path: Path = ['AutoMLProblemTypeConfig', 'TimeSeriesForecastingJobConfig', 'TimeSeriesConfig'];
  const seen = new Set<string>();
  const check = (name: unknown, member: Path) => {
    if (isKnownText(name) && seen.has(name)) {
      add([...path, ...member], name, 'is the name of another column of the job, too', 'Give each its own column.');
    } else if (isKnownText(name)) {
      seen.add(name);
    }
  };
  check(config?.TargetAttributeName, ['TargetAttributeName']);
  check(config?.TimestampAttributeName, ['TimestampAttributeName']);
  check(config?.ItemIdentifierAttributeName, ['ItemIdentifierAttributeName']);
  if (Array.isArray(config?.GroupingAttributeNames)) {
    config.GroupingAttributeNames.forEach((name, index) => check(name, ['GroupingAttributeNames', index]));
  }
}

const LONGEST_HORIZON = 500;

function checkHorizon({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { ForecastHorizon: horizon, ForecastQuantiles: quantiles } = AutoMLProblemTypeConfig?.TimeSeriesForecastingJobConfig ?? {};
  const path: Path = ['AutoMLProblemTypeConfig', 'TimeSeriesForecastingJobConfig'];
  if (isKnownNumber(horizon) && horizon > LONGEST_HORIZON) {
    add([...path, 'ForecastHorizon'], horizon, { at: 'most', limit: LONGEST_HORIZON }, 'Lower it, or choose a longer frequency.');
  }
  if (Array.isArray(quantiles)) {
    quantiles.forEach((quantile, index) => {
      if (isKnownText(quantile) && quantiles.indexOf(quantile) < index) {
        add([...path, 'ForecastQuantiles', index], quantile, 'is there already', 'Leave it out.');
      }
    });
  }
}

/** What the reference allows for each type of filling. */
const FILLINGS: { readonly [type: string]: readonly string[] } = {
  frontfill: ['none'],
  middlefill: ['zero', 'value', 'median', 'mean', 'min', 'max'],
  backfill: ['zero', 'value', 'median', 'mean', 'min', 'max'],
  futurefill: ['zero', 'value', 'median', 'mean', 'min', 'max'],
};

function checkFilling({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { TimeSeriesConfig: config, Transformations } = AutoMLProblemTypeConfig?.TimeSeriesForecastingJobConfig ?? {};
  const path: Path = ['AutoMLProblemTypeConfig', 'TimeSeriesForecastingJobConfig', 'Transformations', 'Filling'];
  const columns = Transformations?.Filling as { readonly [column: string]: { readonly [type: string]: unknown } } | undefined;
  const target = config?.TargetAttributeName;
  for (const [column, fillings] of Object.entries(columns ?? {})) {
    for (const [type, value] of Object.entries(fillings)) {
      const allowed = FILLINGS[type];
      if (allowed && isKnownText(value) && !allowed.includes(value)) {
        add([...path, column, type], value, mustBeOneOf(allowed), allowed.length === 1 ? 'Use AutoMLFilling.NONE, or leave it out.' : 'Choose one of them, or leave it out.');
      }
    }
    for (const type of Object.keys(FILLINGS).filter((each) => fillings[each] === 'value')) {
      const number = fillings[`${type}_value`];
      // What is no word at all is a problem of the service model.
      if (number === undefined || isKnownText(number) && /^[\w-]+$/.test(number) && !/^-?\d+$/.test(number)) {
        add([...path, column, `${type}_value`], number, 'must be a whole number', 'Use AutoMLFilling.value(1), for example.');
      }
    }
    if (isKnownText(target) && column === target && 'futurefill' in fillings) {
      add([...path, column, 'futurefill'], fillings.futurefill, 'cannot be given for the target, whose future is forecast', 'Leave it out.');
    }
    if (isKnownText(target) && !Token.isUnresolved(column) && column !== target && 'frontfill' in fillings) {
      add([...path, column, 'frontfill'], fillings.frontfill, `can be given for the target alone, ${show(target)}`, 'Leave it out.');
    }
  }
}

/** Names that are the keys of maps have to be known at synth: CloudFormation has no values as keys. */
function checkNames({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { TimeSeriesConfig: config, Transformations } = AutoMLProblemTypeConfig?.TimeSeriesForecastingJobConfig ?? {};
  const path: Path = ['AutoMLProblemTypeConfig', 'TimeSeriesForecastingJobConfig'];
  const mustBeKnown = 'must be known at synth';
  if (Object.keys(Transformations?.Aggregation ?? {}).some((name) => Token.isUnresolved(name))) {
    add([...path, 'TimeSeriesConfig', 'TargetAttributeName'], config?.TargetAttributeName, `${mustBeKnown}, since targetAggregation is given`,
      'Write the name of the column, or leave out targetAggregation.');
  }
  for (const name of Object.keys(Transformations?.Filling ?? {}).filter((each) => Token.isUnresolved(each))) {
    add([...path, 'Transformations', 'Filling'], name, `${mustBeKnown}, as the name of a column`, 'Write the name of the column.');
  }
}

function checkTextColumns({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const { ContentColumn: content, TargetLabelColumn: label } = AutoMLProblemTypeConfig?.TextClassificationJobConfig ?? {};
  if (isKnownText(content) && isKnownText(label) && content === label) {
    add(['AutoMLProblemTypeConfig', 'TextClassificationJobConfig', 'TargetLabelColumn'], label, 'must not be the column of the texts', 'Give the column of the labels.');
  }
}

/** The models for which the guide has limits of the data. */
const BASE_MODELS: readonly string[] = [
  'Dolly3B', 'Dolly7B', 'Dolly12B',
  'Falcon7B', 'Falcon7BInstruct', 'Falcon40B', 'Falcon40BInstruct',
  'FlanT5L', 'FlanT5XL', 'FlanT5XXL',
  'Llama2-7B', 'Llama2-7BChat', 'Llama2-13B', 'Llama2-13BChat',
  'Mistral7B', 'Mistral7BInstruct',
  'MPT7B', 'MPT7BInstruct',
];

function checkBaseModel({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const name = AutoMLProblemTypeConfig?.TextGenerationJobConfig?.BaseModelName;
  if (!isKnownText(name) || BASE_MODELS.includes(name)) {
    return;
  }
  const similar = closest(name, BASE_MODELS);
  add(['AutoMLProblemTypeConfig', 'TextGenerationJobConfig', 'BaseModelName'], name,
    `is not known to this version of the library, which knows ${BASE_MODELS.join(', ')}`,
    similar === undefined ? 'Check its spelling, or acknowledge this warning.' : `Use ${show(similar)}, for example, or acknowledge this warning.`,
    'cdk-sagemaker-jobs:unknownBaseModel');
}

/** The ranges of the hyperparameters, and whether they are whole numbers. */
const HYPERPARAMETERS: { readonly [name: string]: { readonly min: number; readonly max: number; readonly isWhole: boolean } } = {
  epochCount: { min: 1, max: 10, isWhole: true },
  batchSize: { min: 1, max: 64, isWhole: true },
  learningRate: { min: 0, max: 1, isWhole: false },
  learningRateWarmupSteps: { min: 0, max: 250, isWhole: true },
};

function checkHyperparameters({ AutoMLProblemTypeConfig }: CreateAutoMLJobV2Request, add: AddProblem): void {
  const values = AutoMLProblemTypeConfig?.TextGenerationJobConfig?.TextGenerationHyperParameters as { readonly [name: string]: unknown } | undefined;
  for (const [name, text] of Object.entries(values ?? {})) {
    const range = HYPERPARAMETERS[name];
    const path: Path = ['AutoMLProblemTypeConfig', 'TextGenerationJobConfig', 'TextGenerationHyperParameters', name];
    const value = isKnownText(text) && text.trim() !== '' ? Number(text) : undefined;
    if (range === undefined) {
      add(path, text, `is no hyperparameter: there are ${Object.keys(HYPERPARAMETERS).join(', ')}`, 'Use one of them.');
    } else if (!isKnownText(text)) {
      continue;
    } else if (value === undefined || !Number.isFinite(value) || range.isWhole && !Number.isInteger(value)) {
      add(path, text, range.isWhole ? 'must be a whole number' : 'must be a number', `Write a number from ${range.min} to ${range.max}.`);
    } else if (value < range.min || value > range.max) {
      add(path, text, `must be from ${range.min} to ${range.max}`, 'Choose a number in that range.');
    }
  }
}
