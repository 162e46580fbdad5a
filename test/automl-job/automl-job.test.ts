import * as path from 'path';
import { App, CfnOutput, CfnParameter, Duration, Lazy, Stack, Tags, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import {
  AUTOML_JOB, dependenciesOf, JOB_COMPLETION, minimalProps, newJob, newStack, problemsOf, requestWith, resourceOf, resourcesOf, ROLE_ARN,
} from './testing';
import {
  AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDeployment, AutoMLJob, AutoMLJobGrants, AutoMLJobRemovalPolicy, AutoMLMode,
  AutoMLProblem,
  AutoMLValidation, AutoMLBinaryClassificationMetric, AutoMLEnsemblingAlgorithm,
  AutoMLHyperparameterTuningAlgorithm, AutoMLMulticlassClassificationMetric,
  ProcessingImage, ProcessingInstanceType, ProcessingJob, ProcessingOutput, AutoMLRegressionMetric, S3Location,
} from '../../src';
import { permissionsOf } from '../processing-job/policies';
import { synthProblemsOf } from '../processing-job/testing';

const ASSETS = path.join(__dirname, '..', 'processing-job', 'scripts');

describe('a job with the least properties', () => {
  const stack = newStack();
  newJob(stack);
  const template = Template.fromStack(stack).toJSON();

  test('is one custom resource, its role and the role’s policy', () => {
    const own = Object.keys(template.Resources).filter((id) => id.startsWith('Churn'));
    expect(own.map((id) => template.Resources[id].Type).sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role', AUTOML_JOB]);
  });

  test('has exactly these properties', () => {
    expect(resourceOf(stack).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^SageMakerJobProviderFunction/), 'Arn'] },
      ContractVersion: '1',
      JobNamePrefix: expect.stringMatching(/^test-57gouu--c-\w{6}$/),
      RemovalPolicy: 'STOP',
      Request: {
        InputDataConfig: [{
          ChannelType: 'training',
          DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/train.csv' } },
          TargetAttributeName: 'churned',
        }],
        OutputDataConfig: { S3OutputPath: 's3://results/automl/' },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ChurnJobRole/), 'Arn'] },
      },
    });
  });

  test('has a role that only SageMaker can assume', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' } }] },
    });
  });

  test('does not make the deployment wait, and warns of nothing', () => {
    expect(resourcesOf(stack, JOB_COMPLETION)).toEqual({});
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('has a custom resource whose construct id is Resource', () => {
    const job = newJob(newStack());
    expect(job.node.defaultChild).toBe(job.node.findChild('Resource'));
  });
});

test('a job with every property renders all of them', () => {
  const stack = newStack();
  newJob(stack, {
    autoMLJobName: 'churn-2026',
    generateCandidateDefinitionsOnly: false,
    completionTimeout: Duration.minutes(30),
    deployment: AutoMLDeployment.endpoint('churn'),
    featureSpecification: S3Location.fromUri('s3://data/features.json'),
    interContainerTrafficEncryption: true,
    maxCandidates: 10,
    maxRuntime: Duration.hours(2),
    maxRuntimePerTrainingJob: Duration.minutes(20),
    mode: AutoMLMode.ensembling({
      algorithms: [AutoMLEnsemblingAlgorithm.XGBOOST, AutoMLEnsemblingAlgorithm.RANDOM_FOREST], sampleWeightAttributeName: 'weight',
    }),
    outputEncryptionKey: Key.fromKeyArn(stack, 'OutputKey', 'arn:aws:kms:eu-west-1:123456789012:key/output'),
    problem: AutoMLProblem.binaryClassification(AutoMLBinaryClassificationMetric.AUC),
    removalPolicy: AutoMLJobRemovalPolicy.RETAIN,
    rerunTrigger: '2026-11-23',
    role: Role.fromRoleArn(stack, 'Role', ROLE_ARN),
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    trainingData: AutoMLDataset.fromManifest(S3Location.fromUri('s3://data/train.manifest'), {
      compression: AutoMLCompression.GZIP, contentType: AutoMLContentType.CSV,
    }),
    validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(S3Location.fromUri('s3://data/valid/'), { compression: AutoMLCompression.NONE })),
    volumeEncryptionKey: Key.fromKeyArn(stack, 'VolumeKey', 'arn:aws:kms:eu-west-1:123456789012:key/volume'),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
    vpcSubnets: { availabilityZones: ['b'] },
  });
  expect(resourceOf(stack).Properties).toEqual({
    ServiceToken: expect.anything(),
    ContractVersion: '1',
    JobName: 'churn-2026',
    RemovalPolicy: 'RETAIN',
    RerunTrigger: '2026-11-23',
    Request: {
      AutoMLJobConfig: {
        CandidateGenerationConfig: {
          AlgorithmsConfig: [{ AutoMLAlgorithms: ['xgboost', 'randomforest'] }],
          FeatureSpecificationS3Uri: 's3://data/features.json',
        },
        CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: 7200, MaxCandidates: 10, MaxRuntimePerTrainingJobInSeconds: 1200 },
        Mode: 'ENSEMBLING',
        SecurityConfig: {
          EnableInterContainerTrafficEncryption: true,
          VolumeKmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/volume',
          VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-2'] },
        },
      },
      AutoMLJobObjective: { MetricName: 'AUC' },
      GenerateCandidateDefinitionsOnly: false,
      InputDataConfig: [
        {
          ChannelType: 'training',
          CompressionType: 'Gzip',
          ContentType: 'text/csv;header=present',
          DataSource: { S3DataSource: { S3DataType: 'ManifestFile', S3Uri: 's3://data/train.manifest' } },
          SampleWeightAttributeName: 'weight',
          TargetAttributeName: 'churned',
        },
        {
          ChannelType: 'validation',
          CompressionType: 'None',
          DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/valid/' } },
          SampleWeightAttributeName: 'weight',
          TargetAttributeName: 'churned',
        },
      ],
      ModelDeployConfig: { AutoGenerateEndpointName: false, EndpointName: 'churn' },
      OutputDataConfig: { KmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/output', S3OutputPath: 's3://results/automl/' },
      ProblemType: 'BinaryClassification',
      RoleArn: ROLE_ARN,
    },
  });
});

describe('the problem', () => {
  test('is inferred by the service when it is left out', () => {
    expect(requestWith({})).not.toHaveProperty('ProblemType');
    expect(requestWith({})).not.toHaveProperty('AutoMLJobObjective');
  });

  test.each([
    [AutoMLProblem.binaryClassification(), 'BinaryClassification', 'F1'],
    [AutoMLProblem.multiclassClassification(), 'MulticlassClassification', 'Accuracy'],
    [AutoMLProblem.regression(), 'Regression', 'MSE'],
  ])('has the metric that the service would take, since one is asked for with the other: %#', (problem, ProblemType, MetricName) => {
    expect(requestWith({ problem })).toMatchObject({ ProblemType, AutoMLJobObjective: { MetricName } });
    expect(problem).toMatchObject({ problemType: ProblemType, metricName: MetricName });
  });

  test.each([
    ...Object.values(AutoMLBinaryClassificationMetric).map((metric) => AutoMLProblem.binaryClassification(metric)),
    ...Object.values(AutoMLMulticlassClassificationMetric).map((metric) => AutoMLProblem.multiclassClassification(metric)),
    ...Object.values(AutoMLRegressionMetric).map((metric) => AutoMLProblem.regression(metric)),
  ])('may have any of its metrics: %#', (problem) => {
    expect(requestWith({ problem }).AutoMLJobObjective.MetricName).toBe(problem.metricName);
  });
});

describe('the mode', () => {
  test.each([
    [AutoMLMode.auto(), { Mode: 'AUTO' }],
    [AutoMLMode.ensembling(), { Mode: 'ENSEMBLING' }],
    [AutoMLMode.ensembling({ algorithms: Object.values(AutoMLEnsemblingAlgorithm) }), {
      Mode: 'ENSEMBLING',
      CandidateGenerationConfig: {
        AlgorithmsConfig: [{
          AutoMLAlgorithms: ['catboost', 'extra-trees', 'fastai', 'lightgbm', 'linear-learner', 'nn-torch', 'randomforest', 'xgboost'],
        }],
      },
    }],
    [AutoMLMode.hyperparameterTuning(), { Mode: 'HYPERPARAMETER_TUNING' }],
    [AutoMLMode.hyperparameterTuning({ algorithms: Object.values(AutoMLHyperparameterTuningAlgorithm) }), {
      Mode: 'HYPERPARAMETER_TUNING', CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['linear-learner', 'mlp', 'xgboost'] }] },
    }],
  ])('%#', (mode, config) => {
    expect(requestWith({ mode }).AutoMLJobConfig).toEqual(config);
    expect(mode.mode).toBe(config.Mode);
  });

  test('takes an algorithm that the model does not know, with a warning that can be acknowledged', () => {
    const stack = newStack();
    newJob(stack, { mode: AutoMLMode.ensembling({ algorithms: ['tomorrow' as AutoMLEnsemblingAlgorithm] }) });
    Annotations.fromStack(stack).hasWarning('/Test/Churn', Match.stringLikeRegexp(
      "^mode.algorithms\\[0\\] is 'tomorrow': is not known to this version.*\\[ack: cdk-sagemaker-jobs:unknownAlgorithm\\]$"));
  });
});

describe('the validation', () => {
  test('is a part of the training data', () => {
    const { AutoMLJobConfig, InputDataConfig } = requestWith({ validation: AutoMLValidation.fraction(0.25) });
    expect(AutoMLJobConfig).toEqual({ DataSplitConfig: { ValidationFraction: 0.25 } });
    expect(InputDataConfig).toHaveLength(1);
  });

  test('is data of its own', () => {
    const { AutoMLJobConfig, InputDataConfig } = requestWith({
      validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(S3Location.fromUri('s3://data/valid.csv'))),
    });
    expect(AutoMLJobConfig).toBeUndefined();
    expect(InputDataConfig.map(({ ChannelType, TargetAttributeName }: any) => [ChannelType, TargetAttributeName]))
      .toEqual([['training', 'churned'], ['validation', 'churned']]);
  });
});

test('the job may only say which candidates it would train', () => {
  const stack = newStack();
  const job = newJob(stack, { generateCandidateDefinitionsOnly: true });
  expect(resourceOf(stack).Properties.Request.GenerateCandidateDefinitionsOnly).toBe(true);
  expect(() => job.bestCandidateName).toThrow('Test/Churn.bestCandidateName: there is no best candidate. Leave out generateCandidateDefinitionsOnly.');
});

describe('an endpoint outside of the stack', () => {
  test('has the name that is given, or one of the service’s', () => {
    expect(requestWith({ deployment: AutoMLDeployment.endpoint('churn') }).ModelDeployConfig).toEqual({ AutoGenerateEndpointName: false, EndpointName: 'churn' });
    expect(requestWith({ deployment: AutoMLDeployment.generatedEndpoint() }).ModelDeployConfig).toEqual({ AutoGenerateEndpointName: true });
  });

  test('is a warning that says what it costs and points to AutoMLModel, until it is acknowledged', () => {
    const stack = newStack();
    newJob(stack, { deployment: AutoMLDeployment.generatedEndpoint() });
    Annotations.fromStack(stack).hasWarning('/Test/Churn', Match.stringLikeRegexp(
      'not part of the stack. It stays, and costs money, .*AutoMLModel.*\\[ack: cdk-sagemaker-jobs:endpointOutsideStack\\]$'));
  });

  test('can be read, by whom it is to be deleted', () => {
    const stack = newStack();
    new CfnOutput(stack, 'Endpoint', { value: newJob(stack, { deployment: AutoMLDeployment.generatedEndpoint() }).deployedEndpointName });
    expect(Template.fromStack(stack).findOutputs('Endpoint').Endpoint.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ChurnJobCompletion/), 'DeployedEndpointName'] });
  });

  test('cannot be read where there is none', () => {
    expect(() => newJob(newStack()).deployedEndpointName)
      .toThrow('Test/Churn.deployedEndpointName: the job deploys nothing. Give it a deployment, or use AutoMLModel.');
  });
});

describe('in a VPC', () => {
  test('a job has a security group of its own, in the private subnets, unless others are given', () => {
    const stack = newStack();
    const job = newJob(stack, { vpc: new Vpc(stack, 'Vpc', { maxAzs: 2 }) });
    job.connections.allowToAnyIpv4(Port.tcp(443));
    const { SecurityGroupIds, Subnets } = resourceOf(stack).Properties.Request.AutoMLJobConfig.SecurityConfig.VpcConfig;
    expect(SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^ChurnJobSecurityGroup/), 'GroupId'] }]);
    expect(Subnets).toHaveLength(2);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'SageMaker AutoML job Test/Churn' });
  });

  test('a job without a VPC has no connections', () => {
    expect(() => newJob(newStack()).connections).toThrow("AutoMLJob 'Test/Churn' has no connections, for it is not in a VPC: give it a vpc.");
  });
});

describe('data of another job', () => {
  const chain = (props: (train: S3Location) => object) => {
    const stack = newStack();
    const prepare = new ProcessingJob(stack, 'Prepare', {
      image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1'),
      instanceType: ProcessingInstanceType.M5_XLARGE,
      outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('s3://data/train/')) },
    });
    newJob(stack, props(prepare.outputLocation('train')));
    const [completion] = Object.keys(resourcesOf(stack, JOB_COMPLETION));
    const [job] = Object.keys(resourcesOf(stack, AUTOML_JOB));
    return { waitsFor: dependenciesOf(stack, job), completion };
  };

  test.each<[string, (train: S3Location) => object]>([
    ['training data', (train) => ({ trainingData: AutoMLDataset.fromS3(train) })],
    ['validation data', (train) => ({ validation: AutoMLValidation.dataset(AutoMLDataset.fromS3(train)) })],
    ['a feature specification', (train) => ({ featureSpecification: train })],
  ])('as %s makes this one start when that has completed', (_name, props) => {
    const { completion, waitsFor } = chain(props);
    expect(completion).toMatch(/^PrepareJobCompletion/);
    expect(waitsFor).toContain(completion);
  });
});

describe('a folder as an asset is one zip file, and refused', () => {
  const stack = newStack();
  const folder = S3Location.fromAsset(new Asset(stack, 'Folder', { path: ASSETS }));
  const file = S3Location.fromAsset(new Asset(stack, 'File', { path: path.join(ASSETS, 'prepare.py') }));

  test.each<[string, object]>([
    ['featureSpecification', { featureSpecification: folder }],
    ['outputLocation', { outputLocation: folder }],
  ])('%s', (property, props) => {
    expect(problemsOf(props)).toEqual([`${property} is the asset of a folder: one zip file, which the job does not unpack. Use the asset of a file.`]);
  });

  test('as a dataset, where it is given', () => {
    expect(() => AutoMLDataset.fromS3(folder)).toThrow(/^AutoMLDataset\.fromS3: location is the asset of a folder: one zip file, which the job does not unpack\./);
    expect(() => AutoMLDataset.fromManifest(folder)).toThrow(/^AutoMLDataset\.fromManifest: location is the asset of a folder/);
  });

  test('but a file is fine', () => {
    newJob(stack, { trainingData: AutoMLDataset.fromS3(file), featureSpecification: file });
    expect(Object.keys(resourcesOf(stack, AUTOML_JOB))).toHaveLength(1);
  });
});

describe('jobs that wait for each other', () => {
  test('fail at synth, not at deployment', () => {
    const stack = newStack();
    const prepare = new ProcessingJob(stack, 'Prepare', {
      image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1'),
      instanceType: ProcessingInstanceType.M5_XLARGE,
      outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('s3://data/train/')) },
    });
    const job = newJob(stack, { trainingData: AutoMLDataset.fromS3(prepare.outputLocation('train')) });
    prepare.addEnvironment('BEST', job.bestCandidateName);
    expect(synthProblemsOf(stack)).toEqual([expect.stringMatching(
      /^\[Test\] The job 'Test\/Churn' reads what needs it to have completed \(.*\)\. To read what an earlier run wrote, give the location without the job/)]);
  });
});

test('grants are for all runs of a job', () => {
  const stack = newStack();
  const [generated, named] = [newJob(stack), newJob(stack, { autoMLJobName: 'churn' }, 'Named')];
  const role = new Role(stack, 'Viewer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  generated.grants.describe(role);
  AutoMLJobGrants.fromAutoMLJob(named).stop(role);
  expect(AutoMLJobGrants.fromAutoMLJob(generated)).toBe(generated.grants);
  const arn = 'arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:automl-job';
  expect(permissionsOf(stack, 'Viewer')).toEqual([
    expect.stringMatching(new RegExp(`^sagemaker:DescribeAutoMLJob on ${arn}/test-57gouu--c-\\w{6}-\\*$`)),
    expect.stringMatching(new RegExp(`^sagemaker:DescribeAutoMLJobV2 on ${arn}/test-57gouu--c-\\w{6}-\\*$`)),
    `sagemaker:StopAutoMLJob on ${arn}/churn`,
  ]);
});

describe('an imported job', () => {
  test('has the ARN that its name has in the stack’s account and Region', () => {
    const stack = newStack();
    const job = AutoMLJob.fromAutoMLJobName(stack, 'Imported', 'churn');
    expect(job.autoMLJobName).toBe('churn');
    expect(stack.resolve(job.autoMLJobArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':automl-job/churn']],
    });
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('has the name, the account and the Region of its ARN', () => {
    const arn = 'arn:aws-cn:sagemaker:cn-north-1:123456789012:automl-job/churn';
    const job = AutoMLJob.fromAutoMLJobArn(newStack(), 'Imported', arn);
    expect(job.autoMLJobName).toBe('churn');
    expect(job.autoMLJobArn).toBe(arn);
    expect(job.env).toEqual({ account: '123456789012', region: 'cn-north-1' });
  });

  test('has grants', () => {
    const stack = newStack();
    const user = new User(stack, 'User');
    const job = AutoMLJob.fromAutoMLJobName(stack, 'Imported', 'churn');
    job.grants.describe(user);
    job.grants.stop(user);
    job.grants.actions(user, 'sagemaker:ListTags');
    const { PolicyDocument } = resourceOf(stack, 'AWS::IAM::Policy').Properties;
    const actions = PolicyDocument.Statement.flatMap(({ Action }: any) => Action);
    expect(actions.sort()).toEqual(['sagemaker:DescribeAutoMLJob', 'sagemaker:DescribeAutoMLJobV2', 'sagemaker:ListTags', 'sagemaker:StopAutoMLJob']);
    expect(JSON.stringify(PolicyDocument.Statement[0].Resource)).toContain(':automl-job/churn"');
  });
});

describe('what is passed on unchecked', () => {
  test('members can be set and removed, and the types of those that the model does not know are noted', () => {
    const stack = newStack();
    const job = newJob(stack, { mode: AutoMLMode.auto(), maxCandidates: 3 });
    job.addRequestOverride('AutoMLJobConfig.Mode', 'TOMORROW');
    job.addRequestOverride('AutoMLJobConfig.NewMember', 5);
    job.addRequestDeletionOverride('AutoMLJobConfig.CompletionCriteria');
    const { Request, UnmodeledTypes } = resourceOf(stack).Properties;
    expect(Request.AutoMLJobConfig).toEqual({ Mode: 'TOMORROW', NewMember: 5 });
    expect(UnmodeledTypes).toEqual({ 'AutoMLJobConfig.NewMember': 'number' });
  });

  test('but their paths have to be texts', () => {
    expect(() => newJob(newStack()).addRequestOverride(1 as any, 1)).toThrow('Test/Churn.addRequestOverride: path is 1: must be a string. Put it in quotes.');
    expect(() => newJob(newStack()).addRequestDeletionOverride(1 as any)).toThrow('Test/Churn.addRequestDeletionOverride: path is 1: must be a string. Put it in quotes.');
  });
});

describe('tags', () => {
  test('stand beside the request, and are checked at synth', () => {
    const stack = newStack();
    const job = newJob(stack);
    Tags.of(stack).add('team', 'data');
    expect(resourceOf(stack).Properties.Tags).toEqual([{ Key: 'team', Value: 'data' }]);

    const wrong = newStack();
    Tags.of(newJob(wrong)).add('a#', 'x');
    expect(synthProblemsOf(wrong)).toEqual([
      "[Test/Churn] tags.a# is 'a#': must be letters, digits, spaces and _ . : / = + - @. Use 'a-', for example. (Tags[0].Key)",
    ]);
    expect(job.cdkTagManager.tagValues()).toEqual({ team: 'data' });
  });
});

test('tokens are passed on, and not compared', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const uri = `s3://${text}/data/`;
  newJob(stack, {
    autoMLJobName: text,
    deployment: AutoMLDeployment.endpoint(text),
    featureSpecification: S3Location.fromUri(text),
    maxCandidates: number,
    maxRuntime: Duration.seconds(number),
    mode: AutoMLMode.ensembling({ algorithms: Token.asList(Lazy.list({ produce: () => ['xgboost'] })) as any, sampleWeightAttributeName: text }),
    outputLocation: S3Location.fromUri(uri),
    targetAttributeName: text,
    trainingData: AutoMLDataset.fromS3(S3Location.fromUri(uri), { contentType: text as any }),
    validation: AutoMLValidation.fraction(number),
  });
  expect(resourceOf(stack).Properties.Request).toMatchObject({
    AutoMLJobConfig: {
      CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['xgboost'] }], FeatureSpecificationS3Uri: { Ref: 'Text' } },
      CompletionCriteria: { MaxAutoMLJobRuntimeInSeconds: { Ref: 'Number' }, MaxCandidates: { Ref: 'Number' } },
      DataSplitConfig: { ValidationFraction: { Ref: 'Number' } },
    },
    InputDataConfig: [{ ContentType: { Ref: 'Text' }, SampleWeightAttributeName: { Ref: 'Text' }, TargetAttributeName: { Ref: 'Text' } }],
    ModelDeployConfig: { EndpointName: { Ref: 'Text' } },
  });
});

describe('what only JavaScript lets pass', () => {
  test('is listed, all at once, in the words of the user', () => {
    expect(problemsOf({
      deployment: 'churn',
      featureSpecification: 's3://data/features.json',
      maxCandidates: '10',
      maxRuntime: 3600,
      mode: 'AUTO',
      outputLocation: 's3://results/',
      problem: 'Regression',
      removalPolicy: 'DELETE',
      trainingData: 's3://data/train.csv',
      validation: 0.2,
    })).toEqual([
      "trainingData is 's3://data/train.csv': must be an AutoMLDataset. Use AutoMLDataset.fromS3(…).",
      "outputLocation is 's3://results/': must be an S3Location. Use S3Location.fromBucket(bucket, 'raw/').",
      "deployment is 'churn': must be an AutoMLDeployment. Use AutoMLDeployment.generatedEndpoint().",
      "featureSpecification is 's3://data/features.json': must be an S3Location. Use S3Location.fromBucket(bucket, 'raw/').",
      'maxRuntime is 3600: must be a Duration. Use Duration.minutes(…) or Duration.hours(…).',
      "mode is 'AUTO': must be an AutoMLMode. Use AutoMLMode.ensembling().",
      "problem is 'Regression': must be an AutoMLProblem. Use AutoMLProblem.regression().",
      "removalPolicy is 'DELETE': must be one of AutoMLJobRemovalPolicy.STOP, AutoMLJobRemovalPolicy.RETAIN. Choose one of them.",
      'validation is 0.2: must be an AutoMLValidation. Use AutoMLValidation.fraction(0.2).',
      "maxCandidates is '10': must be a whole number. Write a whole number. (AutoMLJobConfig.CompletionCriteria.MaxCandidates)",
    ]);
  });

  test('or that nothing is given at all', () => {
    expect(() => new AutoMLJob(newStack(), 'Churn', undefined as any)).toThrow([
      "AutoMLJob 'Test/Churn' has 3 problems:",
      '  1. targetAttributeName is required. Add it. (InputDataConfig[0].TargetAttributeName)',
      '  2. outputLocation is required. Add it. (OutputDataConfig.S3OutputPath)',
      '  3. trainingData is required. Add it: AutoMLDataset.fromS3(…). (InputDataConfig[0].DataSource)',
      'See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html',
    ].join('\n'));
  });

  test('arguments of value classes fail where they are given', () => {
    expect(() => AutoMLDataset.fromS3('s3://data/' as any)).toThrow("AutoMLDataset.fromS3: location is 's3://data/': must be an S3Location.");
    expect(() => AutoMLDataset.fromManifest(undefined as any)).toThrow('AutoMLDataset.fromManifest: location is missing, and must be an S3Location.');
    expect(() => AutoMLValidation.dataset(S3Location.fromUri('s3://data/') as any)).toThrow('AutoMLValidation.dataset: dataset is an S3Location: must be an AutoMLDataset.');
    expect(() => AutoMLDeployment.endpoint(1 as any)).toThrow('AutoMLDeployment.endpoint: name is 1: must be a string.');
    expect(() => AutoMLJob.fromAutoMLJobName(newStack(), 'Imported', 1 as any)).toThrow('AutoMLJob.fromAutoMLJobName: autoMLJobName is 1: must be a string.');
    expect(() => AutoMLJob.fromAutoMLJobArn(newStack(), 'Imported', 1 as any)).toThrow('AutoMLJob.fromAutoMLJobArn: autoMLJobArn is 1: must be a string.');
  });

  test('null is not given', () => {
    expect(requestWith({ mode: null, problem: null, validation: null, deployment: null, maxRuntime: null })).toEqual(requestWith({}));
    expect(AutoMLMode.ensembling(null as any).mode).toBe('ENSEMBLING');
    expect(AutoMLMode.hyperparameterTuning(null as any).mode).toBe('HYPERPARAMETER_TUNING');
    expect(AutoMLDataset.fromS3(S3Location.fromUri('s3://data/'), null as any).location.uri).toBe('s3://data/');
    expect(AutoMLProblem.regression(null as any).metricName).toBe('MSE');
  });
});

test('a bucket’s key and a role of the app are used as for every other job', () => {
  const stack = newStack();
  const data = new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'DataKey') });
  const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const job = new AutoMLJob(stack, 'Churn', { ...minimalProps(), role, trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(data, 'train.csv')) });
  expect(job.role).toBe(role);
  expect(permissionsOf(stack, 'Own')).toEqual(expect.arrayContaining(['kms:Decrypt on <DataKey.Arn>', 's3:GetObject on <Data.Arn>/train.csv*']));
});

test('a job in a stage of the app synthesises twice to the same', () => {
  const templates = [1, 2].map(() => {
    const stack = new Stack(new App(), 'Test');
    newJob(stack);
    return Template.fromStack(stack).toJSON();
  });
  expect(templates[0]).toEqual(templates[1]);
});
