/** What is in another Region or account than the job, and what is a secret. */
import { App, Aws, CfnParameter, Duration, Fn, Lazy, SecretValue, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { AccountRootPrincipal, CfnRole, CompositePrincipal, IPrincipal, LazyRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { permissionsOf } from './policies';
import { errorOf, minimalProps, newJob, newStack, problemsOf, requestOf, requestWith, synthProblemsOf } from './testing';
import {
  AutoMLDataset, AutoMLTextGenerationJob, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobDefinition,
  ProcessingOutput, RunProcessingJob, S3Location,
} from '../../src';

const IRELAND = { env: { account: '123456789012', region: 'eu-west-1' } };
const image = (region: string, account = '123456789012', name = 'image:1') => ProcessingImage.fromRegistry(`${account}.dkr.ecr.${region}.amazonaws.com/${name}`);

/** The problems of a job in Ireland. */
function problemsInIreland(props: (scope: Construct) => object): string[] {
  const stack = newStack('Test', IRELAND);
  const scope = new Construct(stack, 'Scope0');
  return problemsOf(props(scope), scope);
}

function warningsOf(props: (scope: Stack) => object, env: object = IRELAND): string[] {
  const stack = newStack('Test', env);
  newJob(stack, props(stack));
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

describe('another Region or account', () => {
  test.each<[string, (scope: Construct) => object, string]>([
    ['an image', () => ({ image: image('us-east-1') }),
      "image is '123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1': must be in the Region of the job, eu-west-1, and is in us-east-1. Copy it to a repository of that Region, such as by replication. (AppSpecification.ImageUri)"],
    ['an image of the service', () => ({ image: image('us-east-1', '683313688378', 'sagemaker-scikit-learn:1.2-1-cpu-py3'), entrypoint: ['a'] }),
      expect.stringContaining('and is in us-east-1. Use ProcessingImage.scikitLearn(…), which knows where it is in each Region.')],
    ['a repository by its ARN', (scope) => ({ image: ProcessingImage.fromEcrRepository(Repository.fromRepositoryArn(scope, 'R', 'arn:aws:ecr:us-west-2:123456789012:repository/a')) }),
      expect.stringContaining('must be in the Region of the job, eu-west-1, and is in us-west-2.')],
    ['a key of volumes', (scope) => ({ volumeEncryptionKey: Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012') }),
      'volumeEncryptionKey must be a key in the Region of the job, eu-west-1, and is in us-east-1. Use a key of that Region, such as a replica.'],
    ['a role of another account', (scope) => ({ role: Role.fromRoleArn(scope, 'Other', 'arn:aws:iam::999999999999:role/other') }),
      "role is 'arn:aws:iam::999999999999:role/other': must be a role of the account of the stack, 123456789012, for IAM passes no other to a service. Use a role of that account, which may assume the other one. (RoleArn)"],
    ['a role of another partition', (scope) => ({ role: Role.fromRoleArn(scope, 'Other', 'arn:aws-cn:iam::123456789012:role/other') }),
      "role is 'arn:aws-cn:iam::123456789012:role/other': is of the partition aws-cn, and eu-west-1 is in aws: none can use what the other has. Use one of aws. (RoleArn)"],
    ['a bucket of another partition', (scope) => ({
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketArn(scope, 'B', 'arn:aws-us-gov:s3:::data'), 'raw/')) },
    }), "inputs.raw.location is 's3://data/raw/': is of the partition aws-us-gov, and eu-west-1 is in aws: none can use what the other has. Use one of aws."],
  ])('that cannot work is an error: %s', (_name, props, problem) => {
    expect(problemsInIreland(props)).toEqual([problem]);
  });

  test.each<[string, (stack: Stack) => object, RegExp]>([
    ['a key of outputs', (stack) => ({
      outputs: { train: ProcessingOutput.toS3(S3Location.fromUri('s3://b/')) },
      outputEncryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012'),
    }), /^outputEncryptionKey must be a key in the Region of the job.*inAnotherRegion\]$/],
    ['the bucket of an input', (stack) => ({
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'data', region: 'us-east-1' }))) },
    }), /^inputs\.raw\.location is 's3:\/\/data\/': is a bucket in us-east-1.*inAnotherRegion\]$/],
    ['the access point of an input', () => ({
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://arn:aws:s3:us-east-1:123456789012:accesspoint/point/raw/')) },
    }), /^inputs\.raw\.location is .*is a bucket in us-east-1.*inAnotherRegion\]$/],
    ['the URL of an input', () => ({
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('https://data.s3.dualstack.us-east-1.amazonaws.com/raw/')) },
    }), /^inputs\.raw\.location is .*is a bucket in us-east-1.*inAnotherRegion\]$/],
    ['the bucket of an output', (stack) => ({
      outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'data', region: 'us-east-1' }))) },
    }), /^outputs\.train\.location is .*inAnotherRegion\]$/],
  ])('that may work is a warning: %s', (_name, props, warning) => {
    expect(warningsOf(props).filter((line) => !line.includes('grantNotAdded'))).toEqual([expect.stringMatching(warning)]);
  });

  test.each<[string, (stack: Stack) => object, object]>([
    ['everything here', (stack) => ({
      image: image('eu-west-1'),
      role: Role.fromRoleArn(stack, 'R', 'arn:aws:iam::123456789012:role/r', { mutable: true }),
      volumeEncryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:999999999999:key/12345678-1234-1234-1234-123456789012'),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketName(stack, 'B', 'data'), 'raw/')) },
    }), IRELAND],
    ['locations whose Region is that of the job, or not said', () => ({
      inputs: Object.fromEntries([
        's3://arn:aws:s3:eu-west-1:123456789012:accesspoint/point/raw/', 's3://arn:aws:s3::123456789012:accesspoint/point.mrap/raw/',
        'https://data.s3.eu-west-1.amazonaws.com/raw/', 'https://data.s3-eu-west-1.amazonaws.com/raw/', 'https://data.s3-accelerate.amazonaws.com/raw/',
        'https://data.s3.amazonaws.com/s3.us-east-1.x/',
      ].map((uri, index) => [`input${index}`, ProcessingInput.fromS3(S3Location.fromUri(uri))])),
    }), IRELAND],
    ['an unknown environment', (stack) => ({
      image: image('us-east-1'),
      volumeEncryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:999999999999:key/12345678-1234-1234-1234-123456789012'),
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'data', region: 'us-east-1' }))) },
    }), { env: {} }],
  ])('is none of: %s', (_name, props, env) => {
    expect(warningsOf(props, env)).toEqual([]);
  });
});

describe('a resource of another account', () => {
  const app = () => {
    const root = new App();
    return ['123456789012', '999999999999'].map((account) => new Stack(root, `In${account}`, { env: { account, region: 'eu-west-1' } }));
  };
  const bucketOf = (stack: Stack) => new Bucket(stack, 'Bucket', { bucketName: 'data' });
  const why = /: is a bucket of the account 999999999999, whose policy has to name the role of the job before the job starts, and the role is made with the job\./;

  test('needs a role that can be named, which the CDK does not say: a bucket', () => {
    const [here, there] = app();
    expect(() => newJob(here, { inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucketOf(there))) } })).toThrow(why);
    const job = newJob(here, {}, 'Later');
    expect(() => job.addInput('raw', ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketName(here, 'Near', 'near'))))).not.toThrow();
    expect(() => job.addOutput('out', ProcessingOutput.toS3(S3Location.fromBucket(new Bucket(there, 'Other', { bucketName: 'other' }))))).toThrow(why);
    expect(() => job.addInput('raw2', ProcessingInput.fromS3(S3Location.fromBucket(new Bucket(there, 'Another', { bucketName: 'another' }))))).toThrow(why);
  });

  test.each(['outputEncryptionKey', 'volumeEncryptionKey'])('cannot be used before it is imported: %s', (property) => {
    const [here, there] = app();
    expect(() => newJob(here, { [property]: new Key(there, 'Key') }))
      .toThrow(`1. ${property} is a key of the account 999999999999, and has no name that other accounts know before it exists. Import it: Key.fromKeyArn(…).`);
    expect(() => newJob(here, { [property]: new Key(here, 'Key') }, 'Other')).not.toThrow();
  });

  test('is used with such a role', () => {
    const [here, there] = app();
    const roles = new Stack(here.node.root as App, 'Roles', { env: { account: '123456789012', region: 'eu-west-1' } });
    const role = new Role(roles, 'Role', { roleName: 'jobs', assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    newJob(here, { role, inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucketOf(there), 'raw/')) } });
    expect(JSON.stringify(Template.fromStack(there).findResources('AWS::S3::BucketPolicy'))).toContain(':iam::123456789012:role/jobs');
  });

  test('is used as it is when it is imported, for its policy is not of this app', () => {
    const [here] = app();
    newJob(here, { inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketAttributes(here, 'B', { bucketName: 'data', account: '999999999999' }))) } });
    expect(() => Template.fromStack(here)).not.toThrow();
  });
});

describe('a key by its alias', () => {
  test('that is imported may be used by that name alone, and nothing is missing', () => {
    const stack = newStack();
    const key = Alias.fromAliasName(stack, 'Alias', 'alias/data');
    newJob(stack, { outputEncryptionKey: key, volumeEncryptionKey: key });
    const statements = permissionsOf(stack, 'JobJobRole').filter((line) => line.startsWith('kms:'));
    expect(statements.map((line) => line.split(' on ')[0])).toEqual(['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'].map((action) => `kms:${action}`));
    const byAlias = ':key/* if {"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/data"}';
    expect(statements.filter((line) => !line.includes(byAlias))).toEqual([]);
    expect(statements[0]).toContain('"Bool":{"kms:GrantIsForAWSResource":"true"}');
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('grantNotAdded'))).toEqual([]);
  });

  test('of the app is granted as the key, for no permission has an alias as its resource', () => {
    const stack = newStack();
    newJob(stack, { volumeEncryptionKey: new Alias(stack, 'Alias', { aliasName: 'data', targetKey: new Key(stack, 'Key') }) });
    const statements = permissionsOf(stack, 'JobJobRole').filter((line) => line.startsWith('kms:'));
    expect(statements.map((line) => line.replace(/ if .*/, '')).sort()).toEqual(['kms:CreateGrant on <Key.Arn>', 'kms:DescribeKey on <Key.Arn>']);
  });
});

describe('what is looked up after this synthesis is no error before', () => {
  test.each<[string, (stack: Stack) => object]>([
    ['an image from a parameter', (stack) => ({ image: ProcessingImage.fromRegistry(StringParameter.valueFromLookup(stack, '/image')), entrypoint: ['a'] })],
    ['the tag of an image', (stack) => ({ image: image('eu-west-1', '123456789012', `image:${StringParameter.valueFromLookup(stack, '/tag')}`) })],
    ['a repository', (stack) => ({ image: ProcessingImage.fromEcrRepository(Repository.fromLookup(stack, 'Repo', { repositoryName: 'repo' })) })],
    ['a location', (stack) => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(StringParameter.valueFromLookup(stack, '/uri'))) } })],
    ['an instance type', (stack) => ({ instanceType: ProcessingInstanceType.of(StringParameter.valueFromLookup(stack, '/type')) })],
    ['a name', (stack) => ({ processingJobName: StringParameter.valueFromLookup(stack, '/name') })],
    ['a path', (stack) => ({
      inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/'), { localPath: StringParameter.valueFromLookup(stack, '/path') }) },
    })],
    ['a number', (stack) => ({ instanceCount: Number(StringParameter.valueFromLookup(stack, '/count')) })],
    ['a number of seconds', (stack) => ({ maxRuntime: Duration.seconds(Number(StringParameter.valueFromLookup(stack, '/seconds'))) })],
    ['a role', (stack) => ({ role: Role.fromLookup(stack, 'Role', { roleName: 'jobs' }) })],
    ['security groups', (stack) => {
      const vpc = Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-1' });
      return { vpc, securityGroups: ['a', 'b'].map((name) => SecurityGroup.fromLookupByName(stack, name, name, vpc)) };
    }],
  ])('%s', (_, props) => {
    const stack = newStack('Test', IRELAND);
    newJob(stack, props(stack));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('numbers in other units, of a run, and of an AutoML job', () => {
    const stack = newStack('Test', IRELAND);
    const number = Number(StringParameter.valueFromLookup(new Stack(App.of(stack) as App, 'Other', IRELAND), '/number'));
    newJob(stack, { maxRuntime: Duration.hours(number), volumeSize: Size.tebibytes(number) });
    RunProcessingJob.jsonata(stack, 'Run', { definition: new ProcessingJobDefinition(stack, 'Prepare', minimalProps() as any), instanceCount: number });
    new AutoMLTextGenerationJob(stack, 'Tune', {
      trainingData: AutoMLDataset.fromS3(S3Location.fromUri('s3://data/')), outputLocation: S3Location.fromUri('s3://data/'), hyperparameters: { epochCount: number },
    });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('the name of a job that runs a definition', () => {
    const stack = newStack('Test', IRELAND);
    const definition = new ProcessingJobDefinition(stack, 'Prepare', minimalProps() as any);
    new ProcessingJob(stack, 'Now', { definition, processingJobName: StringParameter.valueFromLookup(stack, '/name') });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('but a number that is none is, where nothing is looked up', () => {
    expect(problemsOf({ instanceCount: NaN })).toEqual([expect.stringMatching(/^instanceCount is NaN: must be a whole number\. If it is made of a text that is not known yet, use Token\.asNumber/)]);
  });

  test('but what is wrong beside it is', () => {
    const stack = newStack('Test', IRELAND);
    expect(() => newJob(stack, { image: ProcessingImage.fromRegistry(StringParameter.valueFromLookup(stack, '/image')), instanceCount: 0 })).toThrow(/has a problem:\n  1\. instanceCount/);
  });
});

describe('a location that is added later, or given to a run,', () => {
  const bucketElsewhere = (stack: Stack) => S3Location.fromBucket(Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'data', region: 'us-east-1' }), 'raw/');
  const warnings = (stack: Stack) => {
    Template.fromStack(stack);
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  };

  test('is warned of like others', () => {
    const stack = newStack('Test', IRELAND);
    const job = newJob(stack);
    job.addInput('raw', ProcessingInput.fromS3(bucketElsewhere(stack)));
    job.addOutput('out', ProcessingOutput.toS3(S3Location.fromUri('s3://data/*.csv')));
    expect(warnings(stack).sort()).toEqual([expect.stringMatching(/^inputs\.raw\.location is .*inAnotherRegion/), expect.stringMatching(/^outputs\.out\.location is .*unusualKey/)]);
  });

  test('is refused like others', () => {
    const job = newJob(newStack('Test', IRELAND));
    expect(() => job.addInput('raw', ProcessingInput.fromS3(S3Location.fromUri('s3://data/a\u0001b/')))).toThrow('must have no control characters in its key');
  });

  test('is warned of in a state', () => {
    const stack = newStack('Test', IRELAND);
    const definition = new ProcessingJobDefinition(stack, 'Definition', {
      image: image('eu-west-1'), instanceType: ProcessingInstanceType.M5_XLARGE, inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/')) },
    });
    new StateMachine(stack, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(RunProcessingJob.jsonata(stack, 'Run', { definition, inputLocations: { raw: bucketElsewhere(stack) } })),
    });
    expect(warnings(stack)).toEqual([expect.stringMatching(/^inputLocations\.raw is .*inAnotherRegion/)]);
  });
});

describe('the role of a job', () => {
  const problemsWith = (assumedBy: IPrincipal, change: (role: Role) => void = () => undefined) => {
    const stack = newStack();
    const role = new Role(stack, 'Given', { assumedBy });
    newJob(stack, { role });
    change(role);
    return () => Template.fromStack(stack);
  };
  const sagemaker = new ServicePrincipal('sagemaker.amazonaws.com');
  const ec2 = new ServicePrincipal('ec2.amazonaws.com');

  test.each<[string, IPrincipal, string]>([
    ['another service', ec2, 'ec2.amazonaws.com'],
    ['an account', new AccountRootPrincipal(), 'no service'],
  ])('is refused when it trusts %s', (_, principal, trusted) => {
    expect(problemsWith(principal)).toThrow(`role must trust SageMaker, and 'Test/Given' trusts ${trusted}. Make it with assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), or leave it out.`);
  });

  test('is refused when it is a LazyRole or one without policy updates, and trusts another service', () => {
    const stack = newStack();
    expect(() => {
      newJob(stack, { role: new LazyRole(stack, 'Given', { assumedBy: ec2 }) });
      Template.fromStack(stack);
    }).toThrow("role must trust SageMaker, and 'Test/Given' trusts ec2.amazonaws.com.");
    const other = newStack();
    expect(() => {
      newJob(other, { role: new Role(other, 'Given', { assumedBy: ec2 }).withoutPolicyUpdates() });
      Template.fromStack(other);
    }).toThrow(/role must trust SageMaker, and 'Test\/\w+' trusts ec2\.amazonaws\.com\./);
  });

  test('may be a LazyRole that trusts SageMaker', () => {
    const stack = newStack();
    newJob(stack, { role: new LazyRole(stack, 'Given', { assumedBy: sagemaker }) });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is refused when it is that of a service, which nobody can pass', () => {
    const scope = new Construct(newStack(), 'Scope0');
    expect(problemsOf({ role: Role.fromRoleArn(scope, 'R', 'arn:aws:iam::123456789012:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRoleForAmazonSageMakerNotebooks') }, scope))
      .toEqual([expect.stringMatching(/^role is .*is a role of a service, which IAM lets nobody pass or change\./)]);
    expect(() => newJob(scope, { role: Role.fromRoleArn(scope, 'S', 'arn:aws:iam::123456789012:role/service-role/jobs') }, 'Other')).not.toThrow();
  });

  test.each<[string, IPrincipal, (role: Role) => void]>([
    ['with others', new CompositePrincipal(ec2, sagemaker), () => undefined],
    ['by a name that only CloudFormation knows', new ServicePrincipal(Fn.sub('sagemaker.${AWS::URLSuffix}')), () => undefined],
    ['from a later statement', ec2, (role) => role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [sagemaker] }))],
    ['by an override', ec2, (role) => (role.node.defaultChild as CfnRole).addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal.Service', 'sagemaker.amazonaws.com')],
  ])('may trust SageMaker %s', (_, principal, change) => {
    expect(problemsWith(principal, change)).not.toThrow();
  });
});

describe('a location that may not be meant so', () => {
  test.each([['//raw/', 'unusualKey'], ['raw/*.csv', 'unusualKey'], ['raw/?/', 'unusualKey'], ['raw/${day}/', 'unusualKey'], ['raw/../x', 'unusualKey'],
    ['./raw/', 'unusualKey'], ['raw/x ', 'unusualKey'], [' raw/', 'unusualKey']])('with the key %p is a warning', (key, id) => {
    expect(warningsOf((stack) => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(Bucket.fromBucketName(stack, 'B', 'data'), key)) } })))
      .toEqual([expect.stringMatching(new RegExp(`^inputs\\.raw\\.location is .*\\[ack: cdk-sagemaker-jobs:${id}\\]$`))]);
    expect(warningsOf(() => ({ outputs: { out: ProcessingOutput.toS3(S3Location.fromUri(`s3://b/${key}`)) } }))).toHaveLength(1);
  });

  test('with a control character in its key is an error, and a space is none', () => {
    const inputs = (key: string) => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(`s3://b/${key}`)) } });
    expect(problemsOf(inputs('a\u0000b'))).toEqual(["inputs.raw.location is 's3://b/a\\u0000b': must have no control characters in its key. Write the prefix as in 'raw/'."]);
    expect(problemsOf(inputs('a\nb'))).toHaveLength(1);
    expect(warningsOf(() => inputs('a b/'))).toEqual([]);
  });

  test.each([
    ['https://data.s3.eu-west-1.amazonaws.com/a%20b/', 'unusualKey'],
    ['s3://data--ol-s3/raw/', 'accessPointAlias'],
    ['s3://data--euw1-az1--x-s3/raw/', 'directoryBucket'],
  ])('%s is a warning', (uri, id) => {
    expect(warningsOf(() => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(uri)) } }))).toEqual([expect.stringContaining(`cdk-sagemaker-jobs:${id}`)]);
  });

  test.each(['s3://data/a%20b/', 's3://data/.hidden/', 's3://data/a..b/', 's3://data/$5/', 's3://data/x{y}/', 's3://x-s3/raw/', 's3://data-ol-s3/raw/'])('%s is none', (uri) => {
    expect(warningsOf(() => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri(uri)) } }))).toEqual([]);
  });

  test('with the alias of an access point is a warning, for that does not tell its ARN', () => {
    expect(warningsOf(() => ({ inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://my-point-abcdefgh-s3alias/raw/')) } })))
      .toEqual([expect.stringContaining('cdk-sagemaker-jobs:accessPointAlias')]);
  });
});

describe('the digits of a number that only the deployment knows', () => {
  const countIn = (stack: Stack) => new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  const why = 'has the digits of a number that only the deployment knows, which they stand for as a number alone. Put Token.asString(…) of the number into the text.';

  test('are an error in a text', () => {
    const count = countIn(newStack());
    expect(problemsOf({ entrypoint: ['a'], arguments: ['--count', String(count)], environment: { A: `at most ${count}` } }))
      .toEqual([`arguments[1] ${why} (AppSpecification.ContainerArguments[1])`, `environment.A ${why} (Environment.A)`]);
  });

  test.each<[string, (count: number) => number]>([
    ['doubled', (count) => 2 * count], ['halved', (count) => count / 2], ['negated', (count) => -count], ['multiplied', (count) => count * 1000],
  ])('give no number when they are calculated with: %s', (_how, calculate) => {
    expect(problemsOf({ instanceCount: calculate(countIn(newStack())) })).toEqual([
      'instanceCount is calculated from a number that only the deployment knows, which gives no number. Give that number itself. (ProcessingResources.ClusterConfig.InstanceCount)',
    ]);
    expect(problemsOf({ environment: { A: `at most ${calculate(countIn(newStack()))}` } })).toEqual([`environment.A ${why} (Environment.A)`]);
  });

  test('are none as a number, as a token, or of other numbers', () => {
    const stack = newStack();
    const count = countIn(stack);
    newJob(stack, { environment: { A: Token.asString(count), B: '1.5e+289', C: String(-1.8e300) }, instanceCount: count });
    expect(requestOf(stack).Environment).toEqual({ A: { Ref: 'Count' }, B: '1.5e+289', C: '-1.8e+300' });
  });
});

describe('the name of a variable', () => {
  test('that only the deployment knows is an error', () => {
    const stack = newStack();
    const scope = new Construct(stack, 'Scope0');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(problemsOf({ environment: { [name]: 'a', [`A_${Fn.importValue('name')}`]: 'b' } }, scope)).toEqual([
      'environment.<token> has a name that only the deployment knows, and the template needs the name itself. Write the name. (Environment.<token>)',
      'environment.A_<token> has a name that only the deployment knows, and the template needs the name itself. Write the name. (Environment.A_<token>)',
    ]);
  });

  test('that only the deployment knows is an error where it is added, too', () => {
    const stack = newStack();
    const job = newJob(stack);
    for (const name of [new CfnParameter(stack, 'Name').valueAsString, String(new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber)]) {
      expect(() => job.addEnvironment(name, 'x')).toThrow(/^Test\/Job\.addEnvironment: name is '.*': must be known at synth\. Write the name\./);
      expect(() => job.addSecret(name, Secret.fromSecretNameV2(new Stack(), 'Secret', 'db'))).toThrow(/^Test\/Job\.addSecret: name is '.*': must be known at synth\./);
    }
  });

  test('may be known at synth alone, and is checked then', () => {
    expect(requestWith({ environment: { [Lazy.string({ produce: () => 'LATER' })]: 'a' } }).Environment).toEqual({ LATER: 'a' });
    const stack = newStack();
    newJob(stack, { environment: { [Lazy.string({ produce: () => 'so late' })]: 'a' } });
    expect(() => Template.fromStack(stack)).toThrow(/environment\.so late is 'so late': must be letters, digits and underscores/);
  });
});

describe('a reference to a secret', () => {
  const password = () => SecretValue.secretsManager('db', { jsonField: 'password' }).unsafeUnwrap();
  const WHY = 'cannot be taken from a secret: CloudFormation does not look secrets up in custom resources, so the job would get the reference itself';

  test.each<[string, object, string]>([
    ['a variable', { environment: { PASSWORD: password() } }, 'environment.PASSWORD'],
    ['a part of a variable', { environment: { URL: `db://user:${password()}@host` } }, 'environment.URL'],
    ['a parameter of Systems Manager', { environment: { A: SecretValue.ssmSecure('/a', '1').unsafeUnwrap() } }, 'environment.A'],
    ['a text', { environment: { A: '{{resolve:secretsmanager:db}}' } }, 'environment.A'],
    ['an argument', { arguments: ['--password', password()] }, 'arguments[1]'],
    ['an entrypoint', { entrypoint: ['sh', '-c', password()] }, 'entrypoint[2]'],
  ])('is an error in %s', (_name, props, property) => {
    const [problem, ...others] = problemsOf(props);
    expect(others).toEqual([]);
    expect(problem).toContain(`${property} ${WHY}. Have the job read the secret when it runs: `);
    expect(problem).not.toContain('{{resolve');
  });

  test('is an error in what is added later, in a lazy value, and in a tag', () => {
    const stack = newStack();
    let lazy = 'not known yet';
    const job = newJob(stack, { environment: { LAZY: Lazy.string({ produce: () => lazy }) } });
    lazy = password();
    job.addEnvironment('LATER', password());
    job.addEnvironment('JOINED', Fn.join('=', ['password', password()]));
    job.addRequestOverride('Environment.OVERRIDE', Fn.join('=', ['password', password()]));
    job.cdkTagManager.setTag('password', password());
    expect(synthProblemsOf(stack).filter((line) => line.includes('cannot be taken from a secret')).map((line) => line.split(' ')[1])).toEqual([
      'environment.JOINED', 'environment.LATER', 'environment.LAZY', 'tags.password', "addRequestOverride('Environment.OVERRIDE')",
    ]);
  });

  test('is an error in an override', () => {
    const job = newJob(newStack());
    expect(errorOf(() => job.addRequestOverride('Environment.A', password())).message).toMatch(/^Test\/Job\.addRequestOverride: value cannot be taken from a secret: /);
    expect(() => job.addRequestOverride('Environment', { A: { B: [`x${password()}`] } })).toThrow(/cannot be taken from a secret/);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Parameter').valueAsString],
    ['a plain parameter of Systems Manager', () => '{{resolve:ssm:/a}}'],
    ['an expression', () => Fn.join('-', ['a', Fn.importValue('b')])],
    ['the ARN of a secret', (stack) => new Secret(stack, 'Secret').secretArn],
  ])('is none of: %s', (_name, value) => {
    const stack = newStack();
    newJob(stack, { environment: { A: value(stack) } });
    expect(requestOf(stack).Environment).toHaveProperty('A');
  });
});

describe('secrets', () => {
  test('are given by their ARNs, and the job’s role may read them', () => {
    const stack = newStack();
    const job = newJob(stack, { environment: { A: 'b' }, secrets: { DB: new Secret(stack, 'Db') } });
    job.addSecret('TOKEN', Secret.fromSecretNameV2(stack, 'Token', 'token'));
    expect(requestOf(stack).Environment).toEqual({ A: 'b', DB: { Ref: expect.stringMatching(/^Db/) }, TOKEN: expect.anything() });
    expect(permissionsOf(stack, 'JobJobRole').filter((line) => line.startsWith('secretsmanager:GetSecretValue'))).toEqual([
      expect.stringMatching(/^secretsmanager:GetSecretValue on .*Db/), expect.stringMatching(/^secretsmanager:GetSecretValue on .*secret:token-\?{6}/),
    ]);
  });

  test('are errors where they are none, have a name that is taken, or cannot be read', () => {
    const secret = Secret.fromSecretNameV2(new Stack(new App(), 'Other'), 'Secret', 'name');
    expect(problemsOf({ secrets: { A: 'arn:aws:secretsmanager:…' } })).toEqual([expect.stringMatching(/^secrets\.A is .*: must be a secret\. Use a secretsmanager\.Secret/)]);
    expect(problemsOf({ environment: { A: 'b' }, secrets: { A: secret } })).toEqual(['secrets.A is the name of a variable of environment, too. Give one of them another name.']);
    expect(problemsOf({ networkIsolation: true, secrets: { A: secret } }))
      .toEqual(['secrets cannot be given with networkIsolation, for the container has no network to read them. Leave one of them out.']);
    expect(requestWith({ networkIsolation: true, secrets: {} })).not.toHaveProperty('Environment');
    expect(() => newJob(newStack(), { environment: { A: 'b' } }).addSecret('A', secret)).toThrow("Test/Job.addSecret: there is one named 'A' already.");
  });
});

describe('a given name', () => {
  test.each([['prepare', 'prepare'], ['prepare', 'Prepare']])('is given once in a stack: %p and %p', (one, other) => {
    const stack = newStack();
    newJob(stack, { processingJobName: one }, 'A');
    expect(() => newJob(stack, { processingJobName: other }, 'B')).toThrow(
      `processingJobName is '${other}': must be unique whatever the letters' case, and 'Test/A' has that name. Choose another, or leave it out. (ProcessingJobName)`);
  });

  test('is given once in an environment, and again in another', () => {
    const app = new App();
    const uri = `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com/image`;
    const job = (id: string, env: object) => newJob(new Stack(app, id, env), { processingJobName: 'prepare', image: ProcessingImage.fromRegistry(uri) });
    job('A', IRELAND);
    expect(() => job('B', IRELAND)).toThrow(/and 'A\/Job' has that name/);
    job('C', { env: { account: '123456789012', region: 'us-east-1' } });
    job('D', {});
    job('E', {});
  });
});

describe('an instance of a metric', () => {
  test.each([0, -1, 1.5, 3, NaN, '1'])('is none of a job with two: %p', (instance) => {
    expect(() => newJob(newStack(), { instanceCount: 2 }).metricCpuUtilization({ instance: instance as any })).toThrow(
      /^Test\/Job\.metric: instance is .*: must be a whole number from 1 to 2, for the job has no more instances\. Instances are counted from 1\.$/);
  });

  test.each([1, 2, undefined])('is one of a job with two: %p', (instance) => {
    expect(newJob(newStack(), { instanceCount: 2 }).metricCpuUtilization({ instance }).dimensions!.Host).toMatch(new RegExp(`/algo-${instance ?? 1}$`));
  });

  test('may be any of a job whose instances only CloudFormation counts', () => {
    const stack = newStack();
    const job = newJob(stack, { instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber });
    expect(job.metricCpuUtilization({ instance: 7 }).dimensions!.Host).toMatch(/\/algo-7$/);
  });
});

describe('the path of an override', () => {
  test.each(['', '.', '..', 'A..B', '.A', 'A.'])('is none: %p', (path) => {
    expect(() => newJob(newStack()).addRequestOverride(path as any, 1)).toThrow(/^Test\/Job\.addRequestOverride: path is .*: must be the path of a member of the request/);
    expect(() => newJob(newStack()).addRequestDeletionOverride(path as any)).toThrow(/^Test\/Job\.addRequestDeletionOverride: path is /);
  });

  test.each(['A', 'A.B', 'A.0.B', 'A.x\\.y'])('is one: %p', (path) => {
    expect(() => newJob(newStack()).addRequestOverride(path, 1)).not.toThrow();
  });
});

test.each([null, undefined, 'role'])('a grant to %p says who is missing', (grantee) => {
  expect(() => newJob(newStack()).grants.describe(grantee as any)).toThrow(/^ProcessingJobGrants: grantee is .*must be a principal\./);
});
