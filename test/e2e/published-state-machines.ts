/**
 * States of ten published state machines that run processing jobs, and the same with RunProcessingJob. The requests say what the
 * published ones say; names of buckets, registries and accounts are ours.
 */
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import {
  ProcessingDataDistribution, ProcessingImage, ProcessingInput, ProcessingInputCompression, ProcessingInstanceType, ProcessingJobDefinition,
  ProcessingJobDefinitionProps, ProcessingOutput, ProcessingOutputOptions, ProcessingS3InputOptions, RunProcessingJob, RunProcessingJobOptions,
  S3Location,
} from '../../src';

export interface PublishedState {
  /** Where it was found in November 2026. */
  readonly source: string;
  /** The request as it is written there, but for the role. */
  readonly published: { readonly [member: string]: unknown };
  /** The input of the execution. */
  readonly input?: object;
  readonly ours: (stack: Stack, id: string, role: IRole) => RunProcessingJob;
  /** The members in which ours differs, with the reason. The name of the job differs in all. */
  readonly differences?: { readonly [member: string]: string };
  /** Why the service refuses the published one. */
  readonly refused?: string;
}

const DATA = 's3://data';
const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/image:latest';
const SCIKIT_LEARN = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:0.20.0-cpu-py3';
const GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html';
const MLMAX = 'https://github.com/awslabs/mlmax/blob/main/modules';

/** A member of a request that is a value or, if it begins with a dollar sign or States, an expression of JSONPath. */
function member(name: string, value: string): object {
  return /^(\$|States\.)/.test(value) ? { [`${name}.$`]: value } : { [name]: value };
}

function input(InputName: string, uri: string, LocalPath: string, more: object = {}): object {
  return { InputName, S3Input: { ...member('S3Uri', uri), LocalPath, S3DataType: 'S3Prefix', S3InputMode: 'File', ...more } };
}

function output(OutputName: string, uri: string, LocalPath: string, S3UploadMode = 'EndOfJob'): object {
  return { OutputName, S3Output: { ...member('S3Uri', uri), LocalPath, S3UploadMode } };
}

function cluster(InstanceType: string, VolumeSizeInGB: number, InstanceCount = 1): object {
  return { ClusterConfig: { InstanceCount, InstanceType, VolumeSizeInGB } };
}

const IN_FULL = { S3DataDistributionType: 'FullyReplicated', S3CompressionType: 'None' };

/** A state of ours. Inputs and outputs are given by their paths in the container, and the locations of the run. */
function ours(
  props: Omit<ProcessingJobDefinitionProps, 'image'>,
  run: Omit<RunProcessingJobOptions, 'definition'> = {},
  image = IMAGE,
): PublishedState['ours'] {
  return (stack, id, role) => RunProcessingJob.jsonPath(stack, id, {
    definition: new ProcessingJobDefinition(stack, `${id}Definition`, { image: ProcessingImage.fromRegistry(image), role, ...props }), ...run,
  });
}

const from = (uri: string, localPath: string, more: ProcessingS3InputOptions = {}) =>
  ProcessingInput.fromS3(S3Location.fromUri(uri), { localPath, ...more });
const to = (uri: string, localPath: string, more: ProcessingOutputOptions = {}) =>
  ProcessingOutput.toS3(S3Location.fromUri(uri), { localPath, ...more });
// Defaults, which some say all the same.
const ALL = { distribution: ProcessingDataDistribution.FULLY_REPLICATED };
const PLAIN = { compression: ProcessingInputCompression.NONE };
/** Locations that only the run knows take the place of this one. */
const LATER = `${DATA}/later/`;
const inputOf = (name: string) => JsonPath.stringAt(`$$.Execution.Input['${name}']`);
const locations = (names: { [name: string]: string }) =>
  Object.fromEntries(Object.entries(names).map(([name, uri]) => [name, S3Location.fromUri(uri)]));

const CODE = '/opt/ml/processing/input/code';

export const PUBLISHED: { readonly [name: string]: PublishedState } = {
  'the guide of Step Functions': {
    source: GUIDE,
    published: { 'ProcessingJobName.$': '$.id', 'AppSpecification': { ImageUri: SCIKIT_LEARN }, 'ProcessingResources': cluster('ml.t3.medium', 10) },
    input: { id: 'guide-1' },
    ours: ours({ entrypoint: ['python3'], instanceType: ProcessingInstanceType.T3_MEDIUM, volumeSize: Size.gibibytes(10) }, {}, SCIKIT_LEARN),
    differences: { 'AppSpecification.ContainerEntrypoint.0': 'the image runs nothing by itself, so it is an error of ours to leave it out' },
  },
  'mlmax, training: prepare': {
    source: `${MLMAX}/pipeline/templates/my_training_pipeline.yaml`,
    published: {
      'ProcessingJobName.$': "$$.Execution.Input['PreprocessingJobName']",
      'ProcessingInputs': [
        input('input-1', "$$.Execution.Input['InputDataURL']", '/opt/ml/processing/input', IN_FULL),
        input('code', "$$.Execution.Input['PreprocessingCodeURL']", CODE, IN_FULL),
      ],
      'ProcessingOutputConfig': {
        Outputs: [
          output('train_data', "$$.Execution.Input['PreprocessedTrainDataURL']", '/opt/ml/processing/train'),
          output('test_data', "$$.Execution.Input['PreprocessedTestDataURL']", '/opt/ml/processing/test'),
        ],
      },
      'AppSpecification': {
        ImageUri: SCIKIT_LEARN, ContainerArguments: ['--train-test-split-ratio', '0.2'], ContainerEntrypoint: ['python3', `${CODE}/preprocessing.py`],
      },
      'ProcessingResources': cluster('ml.m5.xlarge', 30),
      'StoppingCondition': { MaxRuntimeInSeconds: 1200 },
    },
    input: {
      PreprocessingJobName: 'mlmax-1',
      InputDataURL: `${DATA}/raw/`,
      PreprocessingCodeURL: `${DATA}/code/preprocessing.py`,
      PreprocessedTrainDataURL: `${DATA}/train/`,
      PreprocessedTestDataURL: `${DATA}/test/`,
    },
    ours: ours({
      arguments: ['--train-test-split-ratio', '0.2'],
      entrypoint: ['python3', `${CODE}/preprocessing.py`],
      inputs: { 'input-1': from(LATER, '/opt/ml/processing/input', { ...ALL, ...PLAIN }), 'code': from(LATER, CODE, { ...ALL, ...PLAIN }) },
      outputs: { train_data: to(LATER, '/opt/ml/processing/train'), test_data: to(LATER, '/opt/ml/processing/test') },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      maxRuntime: Duration.minutes(20),
    }, {
      inputLocations: locations({ 'input-1': inputOf('InputDataURL'), 'code': inputOf('PreprocessingCodeURL') }),
      outputLocations: locations({ train_data: inputOf('PreprocessedTrainDataURL'), test_data: inputOf('PreprocessedTestDataURL') }),
    }, SCIKIT_LEARN),
  },
  'mlmax, training: evaluate': {
    source: `${MLMAX}/pipeline/templates/my_training_pipeline.yaml`,
    published: {
      'ProcessingJobName.$': "$$.Execution.Input['EvaluationProcessingJobName']",
      'ProcessingInputs': [
        input('input-1', "$$.Execution.Input['PreprocessedTestDataURL']", '/opt/ml/processing/test', IN_FULL),
        input('input-2', "$['ModelArtifacts']['S3ModelArtifacts']", '/opt/ml/processing/model', IN_FULL),
        input('code', "$$.Execution.Input['EvaluationCodeURL']", CODE, IN_FULL),
      ],
      'ProcessingOutputConfig': { Outputs: [output('evaluation', "$$.Execution.Input['EvaluationResultURL']", '/opt/ml/processing/evaluation')] },
      'AppSpecification': { ImageUri: SCIKIT_LEARN, ContainerEntrypoint: ['python3', `${CODE}/evaluation.py`] },
      'ProcessingResources': cluster('ml.m5.xlarge', 30),
      'StoppingCondition': { MaxRuntimeInSeconds: 1200 },
    },
    input: {
      EvaluationProcessingJobName: 'mlmax-2',
      PreprocessedTestDataURL: `${DATA}/test/`,
      EvaluationCodeURL: `${DATA}/code/evaluation.py`,
      EvaluationResultURL: `${DATA}/evaluation/`,
      ModelArtifacts: { S3ModelArtifacts: `${DATA}/model/model.tar.gz` },
    },
    ours: ours({
      entrypoint: ['python3', `${CODE}/evaluation.py`],
      inputs: { 'input-1': from(LATER, '/opt/ml/processing/test', { ...ALL, ...PLAIN }), 'input-2': from(LATER, '/opt/ml/processing/model', { ...ALL, ...PLAIN }), 'code': from(LATER, CODE, { ...ALL, ...PLAIN }) },
      outputs: { evaluation: to(LATER, '/opt/ml/processing/evaluation') },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      maxRuntime: Duration.minutes(20),
    }, {
      inputLocations: locations({
        'input-1': inputOf('PreprocessedTestDataURL'), 'input-2': JsonPath.stringAt('$.ModelArtifacts.S3ModelArtifacts'), 'code': inputOf('EvaluationCodeURL'),
      }),
      outputLocations: locations({ evaluation: inputOf('EvaluationResultURL') }),
    }, SCIKIT_LEARN),
  },
  'mlmax, data': {
    source: `${MLMAX}/data/templates/my_data_pipeline.yaml`,
    published: {
      'ProcessingJobName.$': "$$.Execution.Input['PreprocessingJobName']",
      'ProcessingInputs': [input('code', "$$.Execution.Input['PreprocessingCodeURL']", CODE, IN_FULL)],
      'ProcessingOutputConfig': { Outputs: [output('processed_data', "$$.Execution.Input['PreprocessedOutputDataURL']", '/opt/ml/processing/output')] },
      'AppSpecification': { ImageUri: IMAGE, ContainerEntrypoint: ['smspark-submit', `${CODE}/preprocessing.py`] },
      'Environment': { 'S3InputPath.$': "$$.Execution.Input['S3InputPath']", 'S3OutputPath.$': "$$.Execution.Input['S3OutputPath']" },
      'ProcessingResources': cluster('ml.m5.2xlarge', 30, 16),
      'StoppingCondition': { MaxRuntimeInSeconds: 3600 },
    },
    input: {
      PreprocessingJobName: 'mlmax-3',
      PreprocessingCodeURL: `${DATA}/code/preprocessing.py`,
      PreprocessedOutputDataURL: `${DATA}/processed/`,
      S3InputPath: `${DATA}/raw/`,
      S3OutputPath: `${DATA}/processed/`,
    },
    ours: ours({
      entrypoint: ['smspark-submit', `${CODE}/preprocessing.py`],
      inputs: { code: from(LATER, CODE, { ...ALL, ...PLAIN }) },
      outputs: { processed_data: to(LATER, '/opt/ml/processing/output') },
      instanceType: ProcessingInstanceType.M5_2XLARGE,
      instanceCount: 16,
      maxRuntime: Duration.hours(1),
    }, {
      environment: { S3InputPath: inputOf('S3InputPath'), S3OutputPath: inputOf('S3OutputPath') },
      inputLocations: locations({ code: inputOf('PreprocessingCodeURL') }),
      outputLocations: locations({ processed_data: inputOf('PreprocessedOutputDataURL') }),
    }),
  },
  'mlmax, monitoring': {
    source: `${MLMAX}/monitoring/templates/my_monitor_pipeline.yaml`,
    published: {
      'ProcessingJobName.$': "$$.Execution.Input['PreprocessingJobName']",
      'ProcessingInputs': [
        { AppManaged: false, ...input('input-data', "$$.Execution.Input['InputDataURL']", '/opt/ml/processing/input', IN_FULL) },
        { AppManaged: false, ...input('code', "$$.Execution.Input['PreprocessingCodeURL']", CODE, IN_FULL) },
      ],
      'ProcessingOutputConfig': {
        Outputs: [{ AppManaged: false, ...output('train-baseline', "$$.Execution.Input['MonitorTrainOutputURL']", '/opt/ml/processing/profiling') }],
      },
      'AppSpecification': {
        ImageUri: IMAGE,
        ContainerArguments: ['--train-test-split-ratio', '0.2', '--mode', 'train'],
        ContainerEntrypoint: ['python3', `${CODE}/monitoring.py`],
      },
      'Environment': { mode: 'python' },
      'ProcessingResources': cluster('ml.m5.2xlarge', 30, 16),
      'StoppingCondition': { MaxRuntimeInSeconds: 3600 },
    },
    input: {
      PreprocessingJobName: 'mlmax-4', InputDataURL: `${DATA}/raw/`, PreprocessingCodeURL: `${DATA}/code/monitoring.py`, MonitorTrainOutputURL: `${DATA}/baseline/`,
    },
    ours: ours({
      arguments: ['--train-test-split-ratio', '0.2', '--mode', 'train'],
      entrypoint: ['python3', `${CODE}/monitoring.py`],
      environment: { mode: 'python' },
      inputs: { 'input-data': from(LATER, '/opt/ml/processing/input', { ...ALL, ...PLAIN, appManaged: false }), 'code': from(LATER, CODE, { ...ALL, ...PLAIN, appManaged: false }) },
      outputs: { 'train-baseline': to(LATER, '/opt/ml/processing/profiling', { appManaged: false }) },
      instanceType: ProcessingInstanceType.M5_2XLARGE,
      instanceCount: 16,
      maxRuntime: Duration.hours(1),
    }, {
      inputLocations: locations({ 'input-data': inputOf('InputDataURL'), 'code': inputOf('PreprocessingCodeURL') }),
      outputLocations: locations({ 'train-baseline': inputOf('MonitorTrainOutputURL') }),
    }),
  },
  'bitoguard': {
    source: 'https://github.com/OscarTsao/bitoguard-hackathon/blob/c2e1f6a0317ff1f5db6558debf1bb0c8029b7b94/infra/aws/terraform/step_functions.tf',
    published: {
      'ProcessingJobName.$': "States.Format('bitoguard-preprocessing-{}', $$.Execution.Name)",
      'ProcessingInputs': [input('raw-data', `${DATA}/features/`, '/opt/ml/processing/input', { S3DataDistributionType: 'FullyReplicated' })],
      'ProcessingOutputConfig': {
        Outputs: [
          output('processed-features', `${DATA}/features/processed/`, '/opt/ml/processing/output'),
          output('data-quality-report', `${DATA}/quality-reports/`, '/opt/ml/processing/reports'),
        ],
      },
      'AppSpecification': { ImageUri: IMAGE },
      'Environment': { 'DATA_SOURCE': 'efs', 'FEATURE_STORE_BUCKET': 'data', 'SNAPSHOT_ID.$': "States.Format('{}', $$.Execution.Name)" },
      'ProcessingResources': cluster('ml.c5.4xlarge', 50),
      'StoppingCondition': { MaxRuntimeInSeconds: 3600 },
    },
    ours: ours({
      environment: { DATA_SOURCE: 'efs', FEATURE_STORE_BUCKET: 'data' },
      inputs: { 'raw-data': from(`${DATA}/features/`, '/opt/ml/processing/input', ALL) },
      outputs: {
        'processed-features': to(`${DATA}/features/processed/`, '/opt/ml/processing/output'),
        'data-quality-report': to(`${DATA}/quality-reports/`, '/opt/ml/processing/reports'),
      },
      instanceType: ProcessingInstanceType.C5_4XLARGE,
      volumeSize: Size.gibibytes(50),
      maxRuntime: Duration.hours(1),
    }, { environment: { SNAPSHOT_ID: JsonPath.stringAt('$$.Execution.Name') } }),
  },
  'musabi': {
    source: 'https://github.com/adtak/musabi/blob/4c262570092dcc1376897abe72c9759c5d43bb06/musabi-iac/musabi_iac/musabi_stack.py',
    published: {
      'ProcessingJobName.$': "States.Format('PreprocessingJob-{}', States.UUID())",
      'ProcessingInputs': [input('PreprocessingJobInput', `${DATA}/in/`, '/opt/ml/processing/input', { S3CompressionType: 'None' })],
      'ProcessingOutputConfig': {
        Outputs: [output('PreprocessingJobOutput', `States.Format('${DATA}/{}', $$.Execution.Name)`, '/opt/ml/processing/output')],
      },
      'AppSpecification': { ImageUri: IMAGE },
      'Environment': {
        'PROMPT.$': "States.Format('{}, {}', $.GenerateDishResults.Payload.EngDishName, $.Prompt)",
        'NEGATIVE_PROMPT.$': '$.NegativePrompt',
        'WIDTH.$': '$.Width',
        'HEIGHT.$': '$.Height',
        'DISH_NAME.$': '$.GenerateDishResults.Payload.DishName',
      },
      'ProcessingResources': cluster('ml.p3.2xlarge', 1),
      'StoppingCondition': { MaxRuntimeInSeconds: 600 },
    },
    input: {
      Prompt: 'best quality', NegativePrompt: 'sketches', Width: '800', Height: '800', GenerateDishResults: { Payload: { EngDishName: 'rice', DishName: 'gohan' } },
    },
    ours: ours({
      inputs: { PreprocessingJobInput: from(`${DATA}/in/`, '/opt/ml/processing/input', PLAIN) },
      outputs: { PreprocessingJobOutput: to(LATER, '/opt/ml/processing/output') },
      instanceType: ProcessingInstanceType.P3_2XLARGE,
      volumeSize: Size.gibibytes(1),
      maxRuntime: Duration.minutes(10),
    }, {
      environment: {
        PROMPT: `${JsonPath.stringAt('$.GenerateDishResults.Payload.EngDishName')}, ${JsonPath.stringAt('$.Prompt')}`,
        NEGATIVE_PROMPT: JsonPath.stringAt('$.NegativePrompt'),
        WIDTH: JsonPath.stringAt('$.Width'),
        HEIGHT: JsonPath.stringAt('$.Height'),
        DISH_NAME: JsonPath.stringAt('$.GenerateDishResults.Payload.DishName'),
      },
      outputLocations: locations({ PreprocessingJobOutput: `${DATA}/${JsonPath.stringAt('$$.Execution.Name')}` }),
    }),
  },
  'mlops-cdk-sample': {
    source: 'https://github.com/adtak/mlops-cdk-sample/blob/0c254fe39c91589f9298161eb0766530aec80d88/mlops_cdk_sample/preprocessing.py',
    published: {
      'ProcessingJobName.$': "States.Format('PreprocessingJob-{}', $$.Execution.Name)",
      'ProcessingInputs': [input('PreprocessingJobInput', `${DATA}/in/`, '/opt/ml/processing/input', { S3CompressionType: 'None' })],
      'ProcessingOutputConfig': { Outputs: [output('PreprocessingJobOutput', `${DATA}/out/`, '/opt/ml/processing/output')] },
      'AppSpecification': { ImageUri: IMAGE },
      'ProcessingResources': cluster('ml.t3.medium', 1),
      'StoppingCondition': { MaxRuntimeInSeconds: 600 },
    },
    ours: ours({
      inputs: { PreprocessingJobInput: from(`${DATA}/in/`, '/opt/ml/processing/input', PLAIN) },
      outputs: { PreprocessingJobOutput: to(`${DATA}/out/`, '/opt/ml/processing/output') },
      instanceType: ProcessingInstanceType.T3_MEDIUM,
      volumeSize: Size.gibibytes(1),
      maxRuntime: Duration.minutes(10),
    }),
  },
  'aws-mlops': {
    source: 'https://github.com/bilardi/aws-mlops/blob/8ba43eaf0e346a538e62c441c98cdeea01a66bf6/example/definitions.py',
    published: {
      'ProcessingJobName.$': '$.pretraining_input_id',
      'ProcessingInputs.$': '$.pretraining_input.inputs',
      'ProcessingOutputConfig': { 'Outputs.$': '$.pretraining_input.outputs' },
      'AppSpecification': {
        'ImageUri.$': '$.processing_image_uri', 'ContainerArguments.$': '$.pretraining_input.arguments', 'ContainerEntrypoint': ['python3', '/app/processing.py'],
      },
      'Environment': { 'ExecutionId.$': '$$.Execution.Id', 'ExecutionName.$': '$$.Execution.Name' },
      'ProcessingResources': {
        ClusterConfig: {
          'InstanceCount.$': "$.processing_input['InstanceCount']",
          'InstanceType.$': "$.processing_input['InstanceType']",
          'VolumeSizeInGB.$': "$.processing_input['VolumeSizeInGB']",
        },
      },
    },
    input: {
      pretraining_input_id: 'mlops-1',
      processing_image_uri: IMAGE,
      processing_input: { InstanceCount: 1, InstanceType: 'ml.t3.large', VolumeSizeInGB: 10 },
      pretraining_input: {
        arguments: ['--config-item', 'pretraining_input', '--class-name', 'PrepWithPandas'],
        inputs: [input('winequality-red.csv', `${DATA}/raw/winequality-red.csv`, '/opt/ml/processing/input')],
        outputs: [
          output('train.csv', `${DATA}/train`, '/opt/ml/processing/train'),
          output('validation.csv', `${DATA}/validation`, '/opt/ml/processing/validation'),
          output('test.csv', `${DATA}/test`, '/opt/ml/processing/test'),
        ],
      },
    },
    ours: ours({
      arguments: ['--config-item', 'pretraining_input', '--class-name', 'PrepWithPandas'],
      entrypoint: ['python3', '/app/processing.py'],
      inputs: { 'winequality-red.csv': from(`${DATA}/raw/winequality-red.csv`, '/opt/ml/processing/input') },
      outputs: {
        'train.csv': to(`${DATA}/train`, '/opt/ml/processing/train'),
        'validation.csv': to(`${DATA}/validation`, '/opt/ml/processing/validation'),
        'test.csv': to(`${DATA}/test`, '/opt/ml/processing/test'),
      },
      instanceType: ProcessingInstanceType.M5_LARGE,
    }, {
      environment: { ExecutionId: JsonPath.stringAt('$$.Execution.Id'), ExecutionName: JsonPath.stringAt('$$.Execution.Name') },
      instanceType: ProcessingInstanceType.of(JsonPath.stringAt("$.processing_input['InstanceType']")),
      instanceCount: JsonPath.numberAt("$.processing_input['InstanceCount']"),
      volumeSize: Size.gibibytes(JsonPath.numberAt("$.processing_input['VolumeSizeInGB']")),
    }),
  },
  'sagemaker-spark-stepfunctions': {
    source: 'https://github.com/andresmaopal/sagemaker-spark-stepfunctions/blob/0480578f58b77b23c35732dfc03a006e101d014a/cfn/step-functions-sagemaker.yaml',
    published: {
      ProcessingJobName: 'Preprocspark-arn:aws:cloudformation:us-east-1:123456789012:stack/spark/51af3dc0',
      ProcessingInputs: [input('code', `${DATA}/script/preprocess.py`, CODE, IN_FULL)],
      AppSpecification: {
        ImageUri: IMAGE,
        ContainerArguments: ['s3_input_bucket', '', 's3_output_bucket', 'data'],
        ContainerEntrypoint: ['/opt/program/submit', `${DATA}/script/preprocess.py`],
      },
      Environment: { mode: 'python' },
      ProcessingResources: cluster('ml.r5.xlarge', 30, 2),
      StoppingCondition: { MaxRuntimeInSeconds: 3000 },
    },
    refused: 'an ARN is no name',
    ours: ours({
      arguments: ['s3_input_bucket', 'data', 's3_output_bucket', 'data'],
      entrypoint: ['/opt/program/submit', `${DATA}/script/preprocess.py`],
      environment: { mode: 'python' },
      inputs: { code: from(`${DATA}/script/preprocess.py`, CODE, { ...ALL, ...PLAIN }) },
      instanceType: ProcessingInstanceType.of('ml.r5.xlarge'),
      instanceCount: 2,
      maxRuntime: Duration.minutes(50),
    }),
    differences: { 'AppSpecification.ContainerArguments.1': 'the name of the bucket was forgotten; an empty argument is an error of ours' },
  },
  'sagemaker-mlops-pipeline-aws: prepare': {
    source: 'https://github.com/galafis/sagemaker-mlops-pipeline-aws/blob/4be080aef6ecf3f20f8ad448e69d8e24a6b0f604/terraform/modules/step_functions/definition.json.tpl',
    published: {
      'ProcessingJobName.$': "States.Format('preprocess-{}', $$.Execution.Name)",
      'ProcessingInputs': [input('raw-data', `${DATA}/data/raw`, '/opt/ml/processing/input')],
      'ProcessingOutputConfig': { Outputs: [output('processed-data', `${DATA}/data/processed`, '/opt/ml/processing/output')] },
      'AppSpecification': { ImageUri: IMAGE },
      'ProcessingResources': cluster('ml.m5.xlarge', 30),
    },
    ours: ours({
      inputs: { 'raw-data': from(`${DATA}/data/raw`, '/opt/ml/processing/input') },
      outputs: { 'processed-data': to(`${DATA}/data/processed`, '/opt/ml/processing/output') },
      instanceType: ProcessingInstanceType.M5_XLARGE,
    }),
  },
  'sagemaker-mlops-pipeline-aws: evaluate': {
    source: 'https://github.com/galafis/sagemaker-mlops-pipeline-aws/blob/4be080aef6ecf3f20f8ad448e69d8e24a6b0f604/terraform/modules/step_functions/definition.json.tpl',
    published: {
      'ProcessingJobName.$': "States.Format('evaluate-{}', $$.Execution.Name)",
      'ProcessingInputs': [
        input('model', '$.TrainResult.ModelArtifacts.S3ModelArtifacts', '/opt/ml/processing/model'),
        input('test-data', `${DATA}/data/processed/test`, '/opt/ml/processing/test'),
      ],
      'ProcessingOutputConfig': { Outputs: [output('evaluation', `${DATA}/evaluation`, '/opt/ml/processing/evaluation')] },
      'AppSpecification': { ImageUri: IMAGE },
      'ProcessingResources': cluster('ml.m5.large', 10),
    },
    input: { TrainResult: { ModelArtifacts: { S3ModelArtifacts: `${DATA}/model/model.tar.gz` } } },
    ours: ours({
      inputs: { 'model': from(LATER, '/opt/ml/processing/model'), 'test-data': from(`${DATA}/data/processed/test`, '/opt/ml/processing/test') },
      outputs: { evaluation: to(`${DATA}/evaluation`, '/opt/ml/processing/evaluation') },
      instanceType: ProcessingInstanceType.M5_LARGE,
      volumeSize: Size.gibibytes(10),
    }, { inputLocations: locations({ model: JsonPath.stringAt('$.TrainResult.ModelArtifacts.S3ModelArtifacts') }) }),
  },
};
