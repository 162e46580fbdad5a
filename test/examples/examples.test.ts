/**
 * The examples: each is synthesised, without a warning, and says what it is there to show.
 */
import { spawnSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { WeatherStack } from '../../examples/automl/weather-stack';
import { BaselineStack } from '../../examples/baseline/baseline-stack';
import { BiasReportStack } from '../../examples/bias-report/bias-report-stack';
import { ChainStack } from '../../examples/chain/chain-stack';
import { FeaturesStack } from '../../examples/features/features-stack';
import { ForecastingStack } from '../../examples/forecasting/forecasting-stack';
import { ImagesStack } from '../../examples/images/images-stack';
import { NightlyStack } from '../../examples/nightly/nightly-stack';
import { PenguinsStack } from '../../examples/penguins/penguins-stack';
import { PipelineStack } from '../../examples/pipeline/pipeline-stack';
import { SparkStack } from '../../examples/spark/spark-stack';
import { TextsStack } from '../../examples/texts/texts-stack';
import { VpcStack } from '../../examples/vpc/vpc-stack';
import { AUTOML_JOB_V2, AUTOML_MODEL } from '../../src/provider/contract';
import { permissionsOf } from '../processing-job/policies';
import { JOB_COMPLETION, PROCESSING_JOB, requestOf, resourceOf, resourcesOf } from '../processing-job/testing';

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

const STACKS: { [folder: string]: (scope: App, props?: StackProps) => Stack } = {
  'automl': (scope, props) => new WeatherStack(scope, 'Weather', props),
  'baseline': (scope, props) => new BaselineStack(scope, 'Baseline', props),
  'bias-report': (scope, props) => new BiasReportStack(scope, 'BiasReport', props),
  'chain': (scope, props) => new ChainStack(scope, 'Chain', props),
  'features': (scope, props) => new FeaturesStack(scope, 'Features', props),
  'forecasting': (scope, props) => new ForecastingStack(scope, 'Forecasting', props),
  'images': (scope, props) => new ImagesStack(scope, 'Images', props),
  'nightly': (scope, props) => new NightlyStack(scope, 'Nightly', props),
  'penguins': (scope, props) => new PenguinsStack(scope, 'Penguins', props),
  'pipeline': (scope, props) => new PipelineStack(scope, 'Pipeline', props),
  'spark': (scope, props) => new SparkStack(scope, 'Spark', props),
  'texts': (scope, props) => new TextsStack(scope, 'Texts', props),
  'vpc': (scope, props) => new VpcStack(scope, 'Vpc', props),
};

const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

function stackOf(folder: string): Stack {
  return STACKS[folder](new App());
}

test('there is a test for each', () => {
  expect(folders.sort()).toEqual(Object.keys(STACKS).sort());
});

describe.each(Object.keys(STACKS))('%s', (folder) => {
  test.each<[string, StackProps]>([
    ['any Region', {}],
    ['a certain one', { env: { account: '123456789012', region: 'us-east-1' } }],
  ])('is synthesised for %s without a warning', (_name, props) => {
    const stack = STACKS[folder](new App(), props);
    const annotations = Annotations.fromStack(stack);
    expect([...annotations.findWarning('*', Match.anyValue()), ...annotations.findError('*', Match.anyValue())]).toEqual([]);
  });

  test('is the same each time', () => {
    const [one, two] = [stackOf(folder), stackOf(folder)].map((stack) => Template.fromStack(stack).toJSON());
    expect(one).toEqual(two);
  });
});

describe('every example', () => {
  test.each(folders)('%s has an app, and a line in the README', (folder) => {
    expect(readdirSync(path.join(EXAMPLES, folder))).toContain('app.ts');
    expect(readFileSync(path.join(EXAMPLES, 'README.md'), 'utf8')).toContain(`[${folder}](${folder})`);
  });

  test.each(folders.flatMap((folder) => readdirSync(path.join(EXAMPLES, folder)).filter((file) => file.endsWith('.py'))
    .map((file) => path.join(folder, file))))('%s is Python', (file) => {
    const check = 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read())';
    expect(spawnSync('python3', ['-c', check, path.join(EXAMPLES, file)], { encoding: 'utf8' }).stderr).toBe('');
  });
});

describe('features', () => {
  const stack = stackOf('features');

  test('runs its script with arguments on the data, and waits for three outputs', () => {
    const { AppSpecification, ProcessingInputs, ProcessingOutputConfig } = requestOf(stack);
    expect(AppSpecification.ContainerArguments).toEqual(['--target', 'Miles_per_Gallon', '--test-share', '0.25']);
    expect(AppSpecification.ContainerEntrypoint[0]).toBe('python3');
    expect(ProcessingInputs.map(({ InputName, S3Input }: any) => [InputName, S3Input.LocalPath])).toEqual([
      ['code', '/opt/ml/processing/input/code'], ['raw', '/opt/ml/processing/input/raw'],
    ]);
    expect(ProcessingOutputConfig.Outputs.map(({ OutputName, S3Output }: any) => [OutputName, S3Output.LocalPath])).toEqual(
      ['test', 'train', 'transformer'].map((name) => [name, `/opt/ml/processing/output/${name}`]));
    expect(resourceOf(stack, JOB_COMPLETION).Properties.TimeoutSeconds).toBe('2700');
  });
});

describe('chain', () => {
  const stack = stackOf('chain');
  const [[cleanId], [featuresId, features]] = ['Clean', 'Features']
    .map((prefix) => Object.entries(resourcesOf(stack, PROCESSING_JOB)).find(([id]) => id.startsWith(prefix))!);

  test('starts the second job after the first has completed', () => {
    const [completionId] = Object.keys(resourcesOf(stack, JOB_COMPLETION)).filter((id) => id.startsWith('Clean'));
    expect(features.DependsOn).toContain(completionId);
    expect(featuresId).not.toBe(cleanId);
  });

  test('lets the second job read what the first writes', () => {
    expect(features.Properties.Request.ProcessingInputs[1].S3Input.S3Uri)
      .toEqual(resourcesOf(stack, PROCESSING_JOB)[cleanId].Properties.Request.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri);
    expect(permissionsOf(stack, 'FeaturesJobRole')).toContain('s3:GetObject on <Bucket.Arn>/days/*');
  });

  test('runs the second job again when the first has run again', () => {
    expect(features.Properties.RerunTrigger).toEqual({ Ref: cleanId });
  });
});

describe('spark', () => {
  const stack = stackOf('spark');

  test('submits its script to a cluster of two instances', () => {
    const { AppSpecification, ProcessingResources } = requestOf(stack);
    expect(AppSpecification.ContainerEntrypoint).toEqual(['smspark-submit', expect.stringMatching(/\.py$/)]);
    expect(ProcessingResources.ClusterConfig).toMatchObject({ InstanceCount: 2, VolumeSizeInGB: 50 });
  });

  test('reads and writes S3 itself, with the permissions for it', () => {
    const { AppSpecification, ProcessingInputs, ProcessingOutputConfig } = requestOf(stack);
    const [, { AppManaged, S3Input }] = ProcessingInputs;
    const [output] = ProcessingOutputConfig.Outputs;
    expect([AppManaged, output.AppManaged]).toEqual([true, true]);
    expect(AppSpecification.ContainerArguments).toEqual(['--strikes', S3Input.S3Uri, '--costs', output.S3Output.S3Uri]);
    const permissions = permissionsOf(stack, 'AggregateJobRole');
    expect(permissions).toContain('s3:PutObject on <Bucket.Arn>/costs/*');
    expect(permissions).toContainEqual(expect.stringMatching(/^s3:GetObject on .*\/\?{64}\.csv$/));
  });
});

describe('bias-report', () => {
  const stack = stackOf('bias-report');

  test('gives Clarify its inputs and output as it expects them, and no command', () => {
    const { AppSpecification, ProcessingInputs, ProcessingOutputConfig } = requestOf(stack);
    expect(Object.keys(AppSpecification)).toEqual(['ImageUri']);
    expect(ProcessingInputs.map(({ InputName, S3Input }: any) => [InputName, S3Input.LocalPath, S3Input.S3InputMode])).toEqual([
      ['analysis_config', '/opt/ml/processing/input/config', 'File'],
      ['dataset', '/opt/ml/processing/input/data', 'File'],
    ]);
    expect(ProcessingOutputConfig.Outputs).toEqual([{
      OutputName: 'analysis_result',
      S3Output: expect.objectContaining({ LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' }),
    }]);
  });

  test('has an analysis of columns that the data set has', () => {
    const assembly = (stack.node.root as App).synth();
    const [config] = readdirSync(assembly.directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('analysis_config.json'));
    const analysis = JSON.parse(readFileSync(path.join(assembly.directory, config), 'utf8'));
    const [header, ...rows] = readFileSync(path.join(EXAMPLES, 'bias-report/data/loans/loans.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    const valuesOf = (column: string) => new Set(rows.map((row) => row[header.indexOf(column)]));
    expect(analysis).toMatchObject({ dataset_type: 'text/csv', label: 'approved', methods: { report: { name: 'report' } } });
    expect(header).toEqual(expect.arrayContaining([analysis.label, analysis.group_variable, analysis.facet[0].name_or_index]));
    expect([...valuesOf(analysis.label)].sort()).toEqual(['0', '1']);
    expect([...valuesOf(analysis.facet[0].name_or_index)]).toEqual(expect.arrayContaining(analysis.facet[0].value_or_threshold));
  });

  test('starts after the upload, and again when that has changed', () => {
    const [uploadId] = Object.keys(resourcesOf(stack, 'Custom::CDKBucketDeployment'));
    expect(JSON.stringify(resourceOf(stack).Properties.Request.ProcessingInputs)).toContain(uploadId);
    expect(JSON.stringify(resourceOf(stack).Properties.RerunTrigger)).toContain(uploadId);
  });
});

describe('baseline', () => {
  test('tells Model Monitor what to do by environment variables, which agree with its input and output', () => {
    const { AppSpecification, Environment, ProcessingInputs, ProcessingOutputConfig } = requestOf(stackOf('baseline'));
    expect(Object.keys(AppSpecification)).toEqual(['ImageUri']);
    expect(Environment).toEqual({
      dataset_format: '{"csv":{"header":true,"output_columns_position":"START"}}',
      dataset_source: ProcessingInputs[0].S3Input.LocalPath,
      output_path: ProcessingOutputConfig.Outputs[0].S3Output.LocalPath,
      publish_cloudwatch_metrics: 'Disabled',
    });
    expect(ProcessingInputs).toEqual([expect.objectContaining({ InputName: 'baseline_dataset_input' })]);
  });
});

describe('vpc', () => {
  const stack = stackOf('vpc');

  test('is in subnets without internet, and cannot reach any network', () => {
    expect(requestOf(stack).NetworkConfig).toEqual({
      EnableInterContainerTrafficEncryption: true,
      EnableNetworkIsolation: true,
      VpcConfig: { SecurityGroupIds: [expect.anything()], Subnets: [expect.anything(), expect.anything()] },
    });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  });

  test('encrypts bucket, volumes and outputs with its key, which the job may use for that', () => {
    const [keyId, ...others] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(others).toEqual([]);
    const arn = { 'Fn::GetAtt': [keyId, 'Arn'] };
    const { ProcessingOutputConfig, ProcessingResources } = requestOf(stack);
    expect(ProcessingOutputConfig.KmsKeyId).toEqual(arn);
    expect(ProcessingResources.ClusterConfig.VolumeKmsKeyId).toEqual(arn);
    expect(permissionsOf(stack, 'AnonymiseJobRole').filter((line) => line.startsWith('kms:'))).toEqual([
      'kms:CreateGrant on <Key.Arn> if {"Bool":{"kms:GrantIsForAWSResource":"true"}}',
      ...['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'].map((action) => `kms:${action} on <Key.Arn>`),
    ]);
  });
});

describe('nightly', () => {
  const stack = stackOf('nightly');

  test('runs one definition on a schedule and in two state machines, with one role', () => {
    const template = Template.fromStack(stack);
    template.resourceCountIs(PROCESSING_JOB, 0);
    template.resourceCountIs('AWS::Scheduler::Schedule', 1);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.includes('JobRole'))).toHaveLength(1);
  });
});

describe('pipeline', () => {
  test('hands the location of the one step to the next', () => {
    const [machine] = Object.values(resourcesOf(stackOf('pipeline'), 'AWS::StepFunctions::StateMachine'));
    expect(JSON.stringify(machine.Properties.DefinitionString)).toContain('$states.input.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri %}');
  });
});

describe.each([
  ['forecasting', 'TimeSeriesForecastingJobConfig'], ['texts', 'TextClassificationJobConfig'], ['images', 'ImageClassificationJobConfig'],
])('%s', (folder, problem) => {
  const stack = stackOf(folder);
  const job = resourceOf(stack, AUTOML_JOB_V2);

  test('trains on what its first job makes, after that, and again when that has run again', () => {
    const { AutoMLJobInputDataConfig, AutoMLProblemTypeConfig } = job.Properties.Request;
    const [preparing] = Object.keys(resourcesOf(stack, PROCESSING_JOB));
    expect(Object.keys(AutoMLProblemTypeConfig)).toEqual([problem]);
    expect(AutoMLJobInputDataConfig[0].DataSource.S3DataSource.S3Uri)
      .toEqual(requestOf(stack).ProcessingOutputConfig.Outputs.find(({ OutputName }: any) => OutputName === 'train').S3Output.S3Uri);
    expect(job.DependsOn).toContain(Object.keys(resourcesOf(stack, JOB_COMPLETION)).find((id) => id.startsWith('Prepare')));
    expect(job.Properties.RerunTrigger).toEqual({ Ref: preparing });
  });

  test('makes a model of the best candidate', () => {
    const [jobId] = Object.keys(resourcesOf(stack, AUTOML_JOB_V2));
    expect(resourceOf(stack, AUTOML_MODEL).Properties.Request.AutoMLJobName).toEqual({ Ref: jobId });
  });
});
