import { App, CfnOutput, CfnParameter, Duration, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import {
  AutoMLDataset, AutoMLImageClassificationJob, AutoMLInferenceResponseKey, AutoMLJob, AutoMLModel, AutoMLModelProps, AutoMLProblem,
  AutoMLProcessingUnit, AutoMLTextClassificationJob, AutoMLTextGenerationJob, IAutoMLJob, S3Location,
} from '../../src/index';
import { AUTOML_JOB, AUTOML_MODEL, dependenciesOf, JOB_COMPLETION, linesOf, newJob, newStack, resourceOf, resourcesOf, ROLE_ARN } from '../automl-job/testing';
import { HANDLER_ROLE, neededBy, permissionsOf } from '../processing-job/policies';

const ACCOUNT = '<AWS::Region>:<AWS::AccountId>';
const ECR = 'arn:<AWS::Partition>:ecr:<AWS::Region>:*:repository/* if {"StringNotEquals":{"aws:ResourceAccount":{"Ref":"AWS::AccountId"}}}';
const LOGS = `arn:<AWS::Partition>:logs:${ACCOUNT}:log-group:/aws/sagemaker`;

/** What every model may do: pull its images, write logs and metrics. */
const BASICS = [
  'cloudwatch:PutMetricData on * if {"StringEquals":{"cloudwatch:namespace":"/aws/sagemaker/TransformJobs"}}',
  'cloudwatch:PutMetricData on * if {"StringLike":{"cloudwatch:namespace":"/aws/sagemaker/Endpoints*"}}',
  `ecr:BatchCheckLayerAvailability on ${ECR}`,
  `ecr:BatchGetImage on ${ECR}`,
  'ecr:GetAuthorizationToken on *',
  `ecr:GetDownloadUrlForLayer on ${ECR}`,
  ...['Endpoints*', 'TransformJobs'].flatMap((group) => [
    `logs:CreateLogGroup on ${LOGS}/${group}:*`,
    `logs:CreateLogStream on ${LOGS}/${group}:log-stream:*`,
    `logs:DescribeLogStreams on ${LOGS}/${group}:*`,
    `logs:PutLogEvents on ${LOGS}/${group}:log-stream:*`,
  ]),
].sort();

function newModel(stack: Stack, props: object = {}): AutoMLModel {
  return new AutoMLModel(stack, 'Model', { ...'job' in props ? {} : { job: newJob(stack) }, ...props } as AutoMLModelProps);
}

function problemsOf(props: object, stack = newStack()): string[] {
  return linesOf(() => newModel(stack, props), /^AutoMLModel 'Test\/Model' has (a problem|\d+ problems):$/, 'CreateModel');
}

describe('a model', () => {
  test('has a wait for its job in an app without the metadata of logical ids, too', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-logicalId-metadata': true } }), 'Test');
    expect(() => new AutoMLModel(stack, 'Model', { job: newJob(stack) })).not.toThrow();
  });

  test('has a wait for its job whose failure points at the line of the job, with CDK_DEBUG', () => {
    const { CDK_DEBUG } = process.env;
    process.env.CDK_DEBUG = '1';
    try {
      const stack = newStack();
      const lineOfTheJob = () => newJob(stack);
      newModel(stack, { job: lineOfTheJob() });
      const completion = stack.node.findAll().find((each) => (each as { cfnResourceType?: string }).cfnResourceType === JOB_COMPLETION)!;
      const lines = completion.node.metadata.flatMap(({ type, data, trace }) => type === 'aws:cdk:logicalId' ? trace ?? [] : type === 'aws:cdk:creationStack' ? data : []);
      expect(lines.join('\n')).toContain('lineOfTheJob');
    } finally {
      if (CDK_DEBUG === undefined) delete process.env.CDK_DEBUG; else process.env.CDK_DEBUG = CDK_DEBUG;
    }
  });

  const stack = newStack();
  newModel(stack);

  test('is one custom resource, which names the job in place of its containers', () => {
    expect(resourceOf(stack, AUTOML_MODEL).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^SageMakerJobProviderFunction/), 'Arn'] },
      ContractVersion: '1',
      JobNamePrefix: expect.stringMatching(/^test-57gouu--model-\w{6}$/),
      RemovalPolicy: 'DELETE',
      Request: { AutoMLJobName: { Ref: expect.stringMatching(/^Churn/) }, ExecutionRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ModelJobRole/), 'Arn'] } },
    });
  });

  test('comes after the end of its job, for which the deployment waits', () => {
    const [completion] = Object.keys(resourcesOf(stack, JOB_COMPLETION));
    const [model] = Object.keys(resourcesOf(stack, AUTOML_MODEL));
    expect(dependenciesOf(stack, model)).toContain(completion);
  });

  test('has a role of its own, which may read what the job wrote, and no more', () => {
    expect(permissionsOf(stack, 'ModelJobRole')).toEqual([
      ...BASICS,
      's3:GetObject on arn:<AWS::Partition>:s3:::results/automl/*',
      's3:ListBucket on arn:<AWS::Partition>:s3:::results if {"StringLike":{"s3:prefix":"automl/*"}}',
    ].sort());
  });

  test('warns of nothing but the wait, which nobody has limited', () => {
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
    expect(warnings).toEqual([expect.stringContaining('cdk-sagemaker-jobs:defaultWait')]);
  });
});

test('a model with every property renders all of them', () => {
  const stack = newStack();
  newModel(stack, {
    modelName: 'churn',
    networkIsolation: true,
    role: Role.fromRoleArn(stack, 'Own', ROLE_ARN),
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
    vpcSubnets: { availabilityZones: ['b'] },
  });
  Tags.of(stack).add('team', 'data');
  expect(resourceOf(stack, AUTOML_MODEL).Properties).toEqual({
    ServiceToken: expect.anything(),
    ContractVersion: '1',
    JobName: 'churn',
    RemovalPolicy: 'DELETE',
    Tags: [{ Key: 'team', Value: 'data' }],
    Request: {
      AutoMLJobName: { Ref: expect.stringMatching(/^Churn/) },
      EnableNetworkIsolation: true,
      ExecutionRoleArn: ROLE_ARN,
      VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-2'] },
    },
  });
});

test('an endpoint of the same stack takes the model by its name, and follows it', () => {
  const stack = newStack();
  const model = newModel(stack);
  const config = new CfnEndpointConfig(stack, 'EndpointConfig', {
    productionVariants: [{ variantName: 'best', modelName: model.modelName, initialInstanceCount: 1, instanceType: 'ml.m5.large', initialVariantWeight: 1 }],
  });
  new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
  const [modelId] = Object.keys(resourcesOf(stack, AUTOML_MODEL));
  expect(resourceOf(stack, 'AWS::SageMaker::EndpointConfig').Properties.ProductionVariants[0].ModelName).toEqual({ Ref: modelId });
  expect([...neededBy(stack, 'EndpointConfig')]).toEqual(expect.arrayContaining([
    modelId, ...Object.keys(resourcesOf(stack, AUTOML_JOB)), ...Object.keys(resourcesOf(stack, JOB_COMPLETION)), expect.stringMatching(/^ModelJobRoleDefaultPolicy/),
  ]));
});

test('its ARN has its name', () => {
  const stack = newStack();
  new CfnOutput(stack, 'Arn', { value: newModel(stack).modelArn });
  const [Ref] = Object.keys(resourcesOf(stack, AUTOML_MODEL));
  expect(Template.fromStack(stack).findOutputs('Arn').Arn.Value).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':model/', { Ref }]],
  });
});

test('the deployment waits as long as for any other reader of the job', () => {
  const stack = newStack();
  new AutoMLModel(stack, 'Model', { job: newJob(stack, { maxRuntime: Duration.hours(1) }) });
  expect(Object.values(resourcesOf(stack, JOB_COMPLETION)).map(({ Properties }) => Properties.TimeoutSeconds)).toEqual(['5400', '5400']);
});

describe('the role', () => {
  test('can be the job’s', () => {
    const stack = newStack();
    const job = newJob(stack);
    const model = new AutoMLModel(stack, 'Model', { job, role: job.role });
    expect(model.role).toBe(job.role);
    expect(model.grantPrincipal).toBe(job.grantPrincipal);
    expect(Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).filter((id) => id.startsWith('Model'))).toEqual([]);
    expect(permissionsOf(stack, 'ChurnJobRole')).toEqual(expect.arrayContaining(BASICS));
  });

  test('may use the keys of what the job wrote', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'BucketKey') });
    const job = newJob(stack, { outputEncryptionKey: new Key(stack, 'OutputKey'), outputLocation: S3Location.fromBucket(bucket, 'automl/') });
    new AutoMLModel(stack, 'Model', { job });
    expect(permissionsOf(stack, 'ModelJobRole').filter((line) => !BASICS.includes(line))).toEqual([
      'kms:Decrypt on <BucketKey.Arn>',
      'kms:Decrypt on <OutputKey.Arn>',
      's3:GetObject on <Bucket.Arn>/automl/*',
      's3:ListBucket on <Bucket.Arn> if {"StringLike":{"s3:prefix":"automl/*"}}',
    ]);
  });

  test('that cannot be changed is left alone, with a warning of what it needs', () => {
    const stack = newStack();
    newModel(stack, { role: Role.fromRoleArn(stack, 'Own', ROLE_ARN, { mutable: false }) });
    Annotations.fromStack(stack).hasWarning('/Test/Model', Match.stringLikeRegexp('s3:GetObject[^]*\\[ack: cdk-sagemaker-jobs:grantNotAdded-[0-9a-f]{8}\\]$'));
  });

  test('may use the network interfaces of a VPC', () => {
    const stack = newStack();
    const model = newModel(stack, { vpc: new Vpc(stack, 'Vpc', { maxAzs: 1 }) });
    model.connections.allowToAnyIpv4(Port.tcp(443));
    expect(permissionsOf(stack, 'ModelJobRole').filter((line) => line.startsWith('ec2:'))).toHaveLength(11);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'SageMaker model Test/Model' });
  });

  test('without a VPC, a model has no connections', () => {
    expect(() => newModel(newStack()).connections).toThrow("AutoMLModel 'Test/Model' has no connections, for it is not in a VPC: give it a vpc.");
  });
});

describe('of a job that exists already', () => {
  const role = (stack: Stack) => new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const describeOn = (stack: Stack) => permissionsOf(stack, HANDLER_ROLE)
    .filter((line) => /^sagemaker:DescribeAutoMLJobV2 on .*:automl-job(?!.*--\*)(?!.* if )/.test(line));

  test('a model can be made, when a role is given: what that may read is for the user to know', () => {
    const stack = newStack();
    newModel(stack, { job: AutoMLJob.fromAutoMLJobName(stack, 'Imported', 'churn-2025'), role: role(stack) });
    expect(resourceOf(stack, AUTOML_MODEL).Properties.Request.AutoMLJobName).toBe('churn-2025');
    expect(permissionsOf(stack, 'Own')).toEqual(BASICS);
    expect(describeOn(stack)).toContain(`sagemaker:DescribeAutoMLJobV2 on arn:<AWS::Partition>:sagemaker:${ACCOUNT}:automl-job/churn-2025`);
  });

  test('the provider may read all such jobs', () => {
    const stack = newStack();
    const own = role(stack);
    for (const name of ['a', 'b']) {
      new AutoMLModel(stack, `Model-${name}`, { job: AutoMLJob.fromAutoMLJobName(stack, name, name), role: own });
    }
    expect(describeOn(stack).map((line) => line.split('/').pop())).toEqual(['a', 'b']);
  });

  test.each([
    ['another Region', 'us-east-1', '123456789012'],
    ['another account', 'eu-west-1', '210987654321'],
  ])('in %s, no model can be made', (_, region, account) => {
    const stack = newStack('Test', { env: { account: '123456789012', region: 'eu-west-1' } });
    const job = AutoMLJob.fromAutoMLJobArn(stack, 'Imported', `arn:aws:sagemaker:${region}:${account}:automl-job/churn`);
    expect(problemsOf({ job, role: role(stack) }, stack)).toEqual([expect.stringMatching(
      /^job is 'arn:.*': must be a job of the account and Region of the model, aws:\/\/123456789012\/eu-west-1, where SageMaker looks for it\. Make the model in /,
    )]);
  });

  test('in the account and Region of the stack, a model can be made by its ARN', () => {
    const stack = newStack('Test', { env: { account: '123456789012', region: 'eu-west-1' } });
    const job = AutoMLJob.fromAutoMLJobArn(stack, 'Imported', 'arn:aws:sagemaker:eu-west-1:123456789012:automl-job/churn');
    expect(() => newModel(stack, { job, role: role(stack) })).not.toThrow();
  });

  test('a role is required', () => {
    const stack = newStack();
    expect(problemsOf({ job: AutoMLJob.fromAutoMLJobName(stack, 'Imported', 'churn') }, stack)).toEqual([
      'role is required, for where a job that is not of this app wrote its models is not known. Add a role that may read them.',
    ]);
  });

  test('of another stack of the app, the provider may read it as well', () => {
    const app = new App();
    const job = newJob(new Stack(app, 'Jobs'));
    const stack = new Stack(app, 'Models');
    new AutoMLModel(stack, 'Model', { job });
    // Whichever run of it: a rollback looks at a former one.
    expect(describeOn(stack)).toEqual([expect.stringMatching(/:automl-job\/jobs-[0-9a-z]{6}--[a-z-]*-[0-9a-z]{6}-\*$/)]);
    expect(stack.dependencies.map((other) => other.stackName)).toEqual(['Jobs']);
    expect(resourcesOf(job.stack, JOB_COMPLETION)).not.toEqual({});
    expect(permissionsOf(stack, 'ModelJobRole')).toContain('s3:GetObject on arn:<AWS::Partition>:s3:::results/automl/*');
  });
});

describe('of a job of this app that comes in disguise', () => {
  const ownRole = (stack: Stack) => new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const itself = (path: string) => `job is an imported job with the name or ARN of '${path}', which has to end before the model is made. Give that job itself.`;

  test.each<[string, (stack: Stack, job: AutoMLJob) => IAutoMLJob]>([
    ['imported by its name', (stack, job) => AutoMLJob.fromAutoMLJobName(stack, 'Imported', job.autoMLJobName)],
    ['imported by its ARN', (stack, job) => AutoMLJob.fromAutoMLJobArn(stack, 'Imported', job.autoMLJobArn)],
  ])('%s, the remedy is to give it itself, in the same stack and in others, with a role and without', (_name, disguised) => {
    const [stack, other] = [newStack(), new App()].map((scope) => scope instanceof Stack ? scope : new Stack(scope, 'Test'));
    expect(problemsOf({ job: disguised(stack, newJob(stack)) }, stack)).toEqual([itself('Test/Churn')]);
    const job = newJob(new Stack(other.node.root, 'Jobs'));
    expect(problemsOf({ job: disguised(other, job), role: ownRole(other) }, other)).toEqual([itself('Jobs/Churn')]);
  });

  test('of another copy of the library, the remedy is to have one copy', () => {
    class Copy {
      public readonly autoMLJobArn = 'arn:aws:sagemaker:eu-west-1:123456789012:automl-job/churn';
      public readonly autoMLJobName = 'churn';
    }
    class OwnKind extends Copy {
    }
    Object.defineProperty(Copy, 'name', { value: 'AutoMLJobBase' });
    for (const job of [new Copy(), new OwnKind()]) {
      const stack = newStack();
      expect(problemsOf({ job, role: ownRole(stack) }, stack)).toEqual([
        expect.stringMatching(/^job is an (AutoMLJobBase|OwnKind): must be an AutoML job\. It comes from another copy of cdk-sagemaker-jobs: run 'npm dedupe'\.$/),
      ]);
    }
  });

  test.each<[string, (job: AutoMLJob) => string]>([
    ['its name', (job) => job.autoMLJobName], ['its best candidate', (job) => `${job.bestCandidateName}-model`], ['its ARN', (job) => job.autoMLJobArn],
  ])('a model cannot take a name from %s, which would make a cycle', (_name, modelName) => {
    const stack = newStack();
    const job = newJob(stack);
    expect(problemsOf({ job, modelName: modelName(job) }, stack)).toEqual([
      "modelName cannot be made of the name or the results of 'Test/Churn', which would have to exist before the permission to use the name, and after it. "
      + 'Leave it out, or write a name. (ModelName)',
    ]);
  });
});

test('two models of one name are refused, whatever its case', () => {
  const stack = newStack();
  const job = newJob(stack);
  new AutoMLModel(stack, 'A', { job, modelName: 'churn' });
  expect(() => new AutoMLModel(stack, 'B', { job, modelName: 'Churn' })).toThrow(
    "  1. modelName is 'Churn': must be unique whatever the letters' case, and 'Test/A' has that name. Choose another, or leave it out. (ModelName)");
  new AutoMLModel(stack, 'C', { job, modelName: 'churn-2' });
  newJob(stack, { autoMLJobName: 'churn' }, 'Job');
});

test('a model of an imported job with capitals in its name: the provider may describe both spellings', () => {
  const stack = newStack();
  newModel(stack, { job: AutoMLJob.fromAutoMLJobName(stack, 'Imported', 'Churn-2025'), role: Role.fromRoleArn(stack, 'Own', ROLE_ARN) });
  expect(permissionsOf(stack, HANDLER_ROLE)).toEqual(expect.arrayContaining(['Churn-2025', 'churn-2025'].map((name) =>
    `sagemaker:DescribeAutoMLJobV2 on arn:<AWS::Partition>:sagemaker:${ACCOUNT}:automl-job/${name}`)));
});

describe('a candidate and its containers', () => {
  test('can be changed', () => {
    const stack = newStack();
    const job = newJob(stack);
    new AutoMLModel(stack, 'Model', {
      job,
      candidateName: 'churn-002',
      environment: { WORKERS: '2' },
      inferenceResponseKeys: [AutoMLInferenceResponseKey.PREDICTED_LABEL, AutoMLInferenceResponseKey.PROBABILITY],
    });
    expect(resourceOf(stack, AUTOML_MODEL).Properties.Request).toMatchObject({
      CandidateName: 'churn-002', Environment: { WORKERS: '2' }, InferenceResponseKeys: ['predicted_label', 'probability'],
    });
    expect(permissionsOf(stack, HANDLER_ROLE).filter((line) => line.includes('ListCandidates')))
      .toEqual([expect.stringMatching(/^sagemaker:ListCandidatesForAutoMLJob on .*:automl-job\/test-57gouu--.*-\*$/)]);
  });

  test.each<[object, RegExp]>([
    [{ candidateName: '' }, /candidateName is '': must have 1 to 64 characters/],
    [{ candidateName: 'x'.repeat(65) }, /candidateName is 'x+': must have 1 to 64/],
    [{ candidateName: 5 }, /candidateName is 5: must be a string/],
    [{ environment: { '1A': 'b' } }, /environment\.1A is '1A'/],
    [{ environment: { A: 'x'.repeat(1025) } }, /environment\.A .*at most 1024 characters/],
    [{ environment: { A: 1 } }, /environment\.A .*must be a string/],
    [{ environment: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`A${index}`, 'b'])) }, /environment must have at most 100 entries/],
    [{ environment: { A: '{{resolve:secretsmanager:x}}' } }, /environment\.A/],
    [{ inferenceResponseKeys: [] }, /inferenceResponseKeys .*at least 1/],
    [{ inferenceResponseKeys: ['label'] }, /inferenceResponseKeys\[0\] is 'label': must be one of 'labels'/],
    [{ inferenceResponseKeys: ['labels', 'labels'] }, /inferenceResponseKeys\[1\] is 'labels': is there already/],
    [{ processingUnit: 'TPU' }, /processingUnit is 'TPU'/],
  ])('rejects %j', (props, message) => {
    const stack = newStack();
    expect(() => new AutoMLModel(stack, 'Model', { job: newJob(stack), ...props } as any)).toThrow(message);
  });

  test('accepts the boundaries', () => {
    const stack = newStack();
    new AutoMLModel(stack, 'Model', { job: newJob(stack), candidateName: 'x'.repeat(64), environment: { _: 'x'.repeat(1024) } });
    expect(resourceOf(stack, AUTOML_MODEL).Properties.Request.CandidateName).toHaveLength(64);
  });
});

describe('what is wrong is listed, all at once', () => {
  test.each<[object, string[]]>([
    [{ job: undefined }, ['job is required. Add it.']],
    [{ job: 'churn' }, ["job is 'churn': must be an AutoML job. Use an AutoMLJob, or AutoMLJob.fromAutoMLJobName(…)."]],
    [{ modelName: 'm'.repeat(64) }, [`modelName is '${'m'.repeat(64)}': must have at most 63 characters, and has 64. Shorten it by 1. (ModelName)`]],
    [{ modelName: 'two words' }, [
      "modelName is 'two words': must be letters, digits and hyphens, beginning and ending with a letter or digit. Use 'two-words', for example. (ModelName)",
    ]],
    [{ modelName: '', networkIsolation: 'no', securityGroups: [] }, [
      'securityGroups needs a vpc. Add vpc, or give both vpcSubnets.subnets and securityGroups, such as Subnet.fromSubnetId(…).',
      expect.stringMatching(/^modelName is ''.*\(ModelName\)$/),
      "networkIsolation is 'no': must be true or false. Write true or false, without quotes. (EnableNetworkIsolation)",
    ]],
  ])('%#', (props, problems) => {
    const found = problemsOf(props);
    expect(found).toHaveLength(problems.length);
    expect(found).toEqual(expect.arrayContaining(problems));
  });

  test('a job that trains no candidates has none', () => {
    const stack = newStack();
    expect(problemsOf({ job: newJob(stack, { generateCandidateDefinitionsOnly: true }) }, stack))
      .toEqual(['job has no best candidate, for it has generateCandidateDefinitionsOnly. Leave that out.']);
  });

  test('but not the longest name, nor one that only CloudFormation knows', () => {
    newModel(newStack(), { modelName: 'm'.repeat(63) });
    const stack = newStack();
    newModel(stack, { modelName: new CfnParameter(stack, 'Name').valueAsString });
  });
});

test('a model may be kept when the stack goes', () => {
  const stack = newStack();
  (newModel(stack).node.defaultChild as any).applyRemovalPolicy('retain');
  expect(resourceOf(stack, AUTOML_MODEL).DeletionPolicy).toBe('Retain');
});

describe('a job that is deployed elsewhere', () => {
  const env = { account: '123456789012', region: 'eu-west-1' };

  test.each<[string, () => Stack, string]>([
    ['in another app', () => newStack('Other', { env }), 'is in another app or stage, and is deployed without this model. Define it in the same one.'],
    ['in another stage', () => new Stack(new Stage(new App(), 'Stage'), 'Other', { env }), 'is in another app or stage, and is deployed without this model.'],
  ])('%s has no model here', (_, other, problem) => {
    const stack = newStack('Test', { env });
    expect(problemsOf({ job: newJob(other()) }, stack)).toEqual([expect.stringContaining(`job ${problem}`)]);
  });

  test('in another Region has no model here', () => {
    const stack = newStack('Test', { env });
    const other = new Stack(stack.node.root as App, 'Other', { env: { ...env, region: 'us-east-1' } });
    expect(problemsOf({ job: newJob(other) }, stack)).toEqual([
      'job is for aws://123456789012/us-east-1, and the model for aws://123456789012/eu-west-1. Define it in a stack of that environment.',
    ]);
  });

  test('in a nested stack of the same one has a model', () => {
    const stack = newStack('Test', { env });
    expect(() => newModel(stack, { job: newJob(new NestedStack(stack, 'Nested')) })).not.toThrow();
  });
});

describe('properties for candidates of other problems', () => {
  const data = { trainingData: AutoMLDataset.fromS3(S3Location.fromUri('s3://data/train/')), outputLocation: S3Location.fromUri('s3://results/automl/') };
  const jobs: { readonly [problem: string]: (stack: Stack) => IAutoMLJob } = {
    'an unknown problem of tables': (stack) => newJob(stack),
    'classification of tables': (stack) => newJob(stack, { problem: AutoMLProblem.binaryClassification() }),
    'regression': (stack) => newJob(stack, { problem: AutoMLProblem.regression() }),
    'texts': (stack) => new AutoMLTextClassificationJob(stack, 'Job', { ...data, contentColumn: 'text', targetLabelColumn: 'topic' }),
    'images': (stack) => new AutoMLImageClassificationJob(stack, 'Job', data),
    'generation': (stack) => new AutoMLTextGenerationJob(stack, 'Job', data),
    'a job that exists': (stack) => AutoMLJob.fromAutoMLJobName(stack, 'Job', 'churn'),
  };
  const keys = { inferenceResponseKeys: [AutoMLInferenceResponseKey.PROBABILITY] };
  const gpu = { processingUnit: AutoMLProcessingUnit.GPU };

  test.each<[string, object, RegExp | undefined]>([
    ['an unknown problem of tables', keys, undefined],
    ['classification of tables', keys, undefined],
    ['regression', keys, /^inferenceResponseKeys: /],
    ['texts', keys, /^inferenceResponseKeys: /],
    ['generation', keys, /^inferenceResponseKeys: /],
    ['a job that exists', keys, undefined],
    ['texts', gpu, undefined],
    ['images', gpu, undefined],
    ['a job that exists', gpu, undefined],
    ['an unknown problem of tables', gpu, /^processingUnit: /],
    ['generation', gpu, /^processingUnit: /],
    ['an unknown problem of tables', { processingUnit: AutoMLProcessingUnit.CPU }, undefined],
  ])('are warned of where the problem of the job has none: %s with %j', (problem, props, warning) => {
    const stack = newStack();
    newModel(stack, { job: jobs[problem](stack), role: Role.fromRoleArn(stack, 'Own', ROLE_ARN), ...props });
    const found = Annotations.fromStack(stack).findWarning('/Test/Model', Match.stringLikeRegexp('cdk-sagemaker-jobs:notOfSuchAModel'));
    expect(found.map(({ entry }) => entry.data)).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);
  });
});
