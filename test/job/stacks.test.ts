/** Jobs, and what they belong to, in several stacks of an app. */
import { App, CfnOutput, Duration, NestedStack, PhysicalName, Stack, StackProps, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CloudWatchLogGroup } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AutoMLDataset, AutoMLJob, AutoMLModel, ProcessingInput, ProcessingOutput, S3Location } from '../../src';
import { newJob } from '../processing-job/testing';

const env = { account: '111122223333', region: 'eu-west-1' };

function twoStacks(props: StackProps = {}) {
  const app = new App();
  return { app, first: new Stack(app, 'First', { env, ...props }), second: new Stack(app, 'Second', { env }) };
}

function exportsOf(stack: Stack): unknown[] {
  return Object.values(Template.fromStack(stack).findOutputs('*')).filter(({ Export }) => Export !== undefined);
}

function warningsOf(stack: Stack, id: string): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`cdk-sagemaker-jobs:${id}`)).map(({ entry }) => String(entry.data));
}

function newAutoMLJob(scope: Stack): AutoMLJob {
  const bucket = Bucket.fromBucketName(scope, 'Bucket', 'data');
  return new AutoMLJob(scope, 'Churn', {
    trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'train/')),
    targetAttributeName: 'churned',
    outputLocation: S3Location.fromBucket(bucket, 'automl/'),
    maxRuntime: Duration.hours(1),
  });
}

describe('what another stack reads of a job may change', () => {
  test.each<[string, (job: ReturnType<typeof newJob>) => string]>([
    ['name', (job) => job.processingJobName],
    ['ARN', (job) => job.processingJobArn],
    ['exit message', (job) => job.exitMessage],
  ])('its %s is no export', (_, read) => {
    const { app, first, second } = twoStacks();
    new CfnOutput(second, 'Read', { value: read(newJob(first)) });
    app.synth();
    expect(exportsOf(first)).toEqual([]);
    Template.fromStack(first).resourceCountIs('AWS::SSM::Parameter', 1);
    expect(JSON.stringify(Template.fromStack(second).toJSON().Parameters)).toContain('AWS::SSM::Parameter::Value<String>');
  });

  test('a job that runs whenever one of another stack runs', () => {
    const { app, first, second } = twoStacks();
    newJob(second, { rerunTrigger: newJob(first).processingJobName });
    app.synth();
    expect(exportsOf(first)).toEqual([]);
  });

  test('a job that reads what one of another stack wrote', () => {
    const { app, first, second } = twoStacks();
    const bucket = new Bucket(first, 'Data', { bucketName: 'data' });
    const writer = newJob(first, { outputs: { out: outputTo(bucket) } });
    newJob(second, { inputs: { raw: ProcessingInput.fromS3(writer.outputLocation('out')) } });
    app.synth();
    expect(JSON.stringify(exportsOf(first))).not.toMatch(/Job/);
  });

  test('a model of a job of another stack', () => {
    const { app, first, second } = twoStacks();
    new AutoMLModel(second, 'Best', { job: newAutoMLJob(first) });
    app.synth();
    expect(exportsOf(first)).toEqual([]);
  });

  test('an export that the author makes is warned of', () => {
    const { first, second } = twoStacks();
    const job = newJob(first);
    new CfnOutput(first, 'Exported', { value: job.processingJobName, exportName: 'job' });
    new CfnOutput(first, 'NotExported', { value: job.processingJobName });
    newJob(second);
    Template.fromStack(first);
    expect(warningsOf(first, 'exportedValue')).toEqual([expect.stringMatching(/^The output 'First\/Exported' exports a value that changes/)]);
    Template.fromStack(second);
    expect(warningsOf(second, 'exportedValue')).toEqual([]);
  });

  test('exports of other values are not warned of', () => {
    const { first } = twoStacks();
    newJob(first);
    new CfnOutput(first, 'Exported', { value: first.stackId, exportName: 'stack' });
    Template.fromStack(first);
    expect(warningsOf(first, 'exportedValue')).toEqual([]);
  });
});

function outputTo(bucket: Bucket): ProcessingOutput {
  return ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'out/'));
}

describe('a role', () => {
  const assumedBy = new ServicePrincipal('sagemaker.amazonaws.com');

  test('of another stack has its policy where the job and its bucket are', () => {
    const { app, first, second } = twoStacks();
    const role = new Role(first, 'Role', { assumedBy, path: '/jobs/' });
    const bucket = new Bucket(second, 'Data');
    newJob(second, { role, inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) } });
    newJob(second, { role }, 'Other');
    app.synth();
    Template.fromStack(first).resourceCountIs('AWS::IAM::Policy', 0);
    const policies = Object.entries(Template.fromStack(second).findResources('AWS::IAM::Policy'))
      .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes('ImportValue'));
    expect(policies).toHaveLength(1);
    expect(JSON.stringify(policies[0][1])).toContain('/raw/*');
    for (const { DependsOn, Properties } of Object.values(Template.fromStack(second).findResources('Custom::SageMakerProcessingJob'))) {
      expect(DependsOn).toContain(policies[0][0]);
      expect(Properties.Request.RoleArn['Fn::ImportValue']).toMatch(/Arn/);
    }
  });

  test('that is imported in two stacks has a policy of another name in each', () => {
    const { first, second } = twoStacks();
    const stacks = [first, second];
    stacks.forEach((stack) => newJob(stack, { role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/jobs') }));
    const names = stacks.map((stack) => {
      return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
        .filter(({ Properties }) => Properties.Roles[0] === 'jobs').map(({ Properties }) => String(Properties.PolicyName));
    });
    expect(names[0]).toHaveLength(1);
    expect(names[1]).toHaveLength(1);
    expect(names[0]).not.toEqual(names[1]);
  });

  test('keeps the policy name that its author chose', () => {
    const { first } = twoStacks();
    newJob(first, { role: Role.fromRoleArn(first, 'Role', 'arn:aws:iam::111122223333:role/jobs', { defaultPolicyName: 'Mine' }) });
    expect(JSON.stringify(Template.fromStack(first).findResources('AWS::IAM::Policy'))).toContain('"PolicyName":"RoleMine');
  });

  const immutable = (stack: Stack) => Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/jobs', { mutable: false });

  test('that cannot be changed: one list of what it has to be granted, in the words of policies', () => {
    const { first } = twoStacks();
    const bucket = new Bucket(first, 'Data');
    newJob(first, { role: immutable(first), inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) } });
    Template.fromStack(first);
    const [warning, ...others] = warningsOf(first, 'grantNotAdded');
    expect(others).toEqual([]);
    expect(warning).not.toContain('Token[');
    expect(warning).toMatch(/\n {2}s3:GetObject on <Data\w+\.Arn>\/raw\/\*(\n|$| )/);
    expect(warning).toMatch(/\n {2}s3:ListBucket on <Data\w+\.Arn> where StringLike s3:prefix is raw\/\*/);
    expect(warning).toMatch(/\n {2}logs:CreateLogStream, logs:PutLogEvents on /);
  });

  test('that cannot be changed: who acknowledges a list learns of a longer one', () => {
    const idOf = (prefix: string) => {
      const { first } = twoStacks();
      const bucket = Bucket.fromBucketName(first, 'Data', 'data');
      newJob(first, { role: immutable(first), inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, prefix)) } });
      Template.fromStack(first);
      return /cdk-sagemaker-jobs:grantNotAdded-\w+/.exec(warningsOf(first, 'grantNotAdded')[0])?.[0];
    };
    expect(idOf('raw/')).toBe(idOf('raw/'));
    expect(idOf('raw/')).not.toBe(idOf('other/'));
  });
});

test('a rule in the stack of its target does not close a cycle', () => {
  const { app, first, second } = twoStacks();
  const job = newJob(first);
  const target = new CloudWatchLogGroup(new LogGroup(second, 'Target'));
  job.onFailed('Failed', { target, crossStackScope: second });
  new CfnOutput(second, 'Name', { value: job.processingJobName });
  app.synth();
  expect(second.dependencies).toEqual([first]);
  Template.fromStack(second).resourceCountIs('AWS::Events::Rule', 1);
});

test('a name that the CDK would make up is refused', () => {
  const { first } = twoStacks();
  expect(() => newJob(first, { processingJobName: PhysicalName.GENERATE_IF_NEEDED }))
    .toThrow(/processingJobName cannot be PhysicalName.GENERATE_IF_NEEDED.* Leave it out/);
});

describe('the tags of a stack', () => {
  const tagsOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('Custom::SageMakerProcessingJob'))[0].Properties.Tags;

  test('are those of its jobs, too, unless the job has its own', () => {
    const { first } = twoStacks({ tags: { team: 'data', cost: 'low' } });
    Tags.of(newJob(first)).add('cost', 'high');
    expect(tagsOf(first)).toEqual([{ Key: 'cost', Value: 'high' }, { Key: 'team', Value: 'data' }]);
  });

  test('can be removed from a job', () => {
    const { first } = twoStacks({ tags: { team: 'data', cost: 'low' } });
    Tags.of(newJob(first)).remove('cost');
    expect(tagsOf(first)).toEqual([{ Key: 'team', Value: 'data' }]);
  });

  test('of the stack that a nested one belongs to, too', () => {
    const { first } = twoStacks({ tags: { team: 'data' } });
    const nested = new NestedStack(first, 'Nested');
    newJob(nested);
    expect(tagsOf(nested)).toEqual([{ Key: 'team', Value: 'data' }]);
  });
});

describe('a wait that follows from the runtime', () => {
  const waits = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('Custom::SageMakerJobCompletion'))
    .map(({ Properties }) => Number(Properties.TimeoutSeconds));

  test('has time for the start and the upload', () => {
    const { first } = twoStacks();
    void newJob(first, { maxRuntime: Duration.minutes(15) }).exitMessage;
    expect(waits(first)).toEqual([45 * 60]);
    expect(warningsOf(first, 'defaultWait')).toEqual([]);
  });

  test('is an hour where nothing is known, and says so', () => {
    const { first } = twoStacks();
    void newJob(first).exitMessage;
    expect(waits(first)).toEqual([3600]);
    expect(warningsOf(first, 'defaultWait')).toHaveLength(1);
  });

  test('is what the author says, without more', () => {
    const { first } = twoStacks();
    void newJob(first, { maxRuntime: Duration.minutes(15), completionTimeout: Duration.minutes(20) }).exitMessage;
    expect(waits(first)).toEqual([20 * 60]);
  });
});

test('something can come after the end of a job', () => {
  const { first } = twoStacks();
  const group = new LogGroup(first, 'After');
  group.node.addDependency(newJob(first).completion);
  const [{ DependsOn }] = Object.values(Template.fromStack(first).findResources('AWS::Logs::LogGroup')).filter((resource) => resource.DependsOn);
  expect(DependsOn).toEqual([expect.stringContaining('JobCompletion')]);
});
