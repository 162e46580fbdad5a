import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import { permissionsOf, readable } from './policies';
import { minimalProps, newStack, resourcesOf } from './testing';
import { ProcessingInput, ProcessingJobDefinition, ProcessingJobTarget, ProcessingJobTargetOptions, ProcessingOutput, RunProcessingJob, S3Location } from '../../src';

const TIME = '<aws.scheduler.scheduled-time>';
const RATE = ScheduleExpression.rate(Duration.days(1));

function scheduled(options: (stack: Stack) => ProcessingJobTargetOptions & object = () => ({}), scheduleGroup?: (stack: Stack) => ScheduleGroup) {
  const stack = newStack();
  const data = Bucket.fromBucketName(stack, 'Data', 'data');
  const definition = new ProcessingJobDefinition(stack, 'Prepare', {
    ...minimalProps() as any,
    inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(data, 'raw/')) },
    outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(data, 'train/')) },
  });
  const target = new ProcessingJobTarget(definition, options(stack));
  new Schedule(stack, 'Nightly', { schedule: RATE, target, scheduleGroup: scheduleGroup?.(stack) });
  return { stack, definition, target };
}

const targetOf = (stack: Stack) => Object.values(resourcesOf(stack, 'AWS::Scheduler::Schedule'))[0].Properties.Target;
const inputOf = (stack: Stack) => JSON.parse(readable(targetOf(stack).Input));

test('starts a job with the request of the definition and a new name, without retries', () => {
  const { stack, definition } = scheduled();
  const { Arn, DeadLetterConfig, RetryPolicy } = targetOf(stack);
  expect({ Arn: readable(Arn), DeadLetterConfig, RetryPolicy }).toEqual({
    Arn: 'arn:<AWS::Partition>:scheduler:::aws-sdk:sagemaker:createProcessingJob', RetryPolicy: { MaximumRetryAttempts: 0 },
  });
  expect(inputOf(stack)).toMatchObject({
    ProcessingJobName: `${definition.namePrefix}-<aws.scheduler.execution-id>`,
    ProcessingInputs: [{ InputName: 'raw', S3Input: { S3Uri: 's3://data/raw/' } }],
    RoleArn: '<PrepareJobRole.Arn>',
  });
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('has names that are valid', () => {
  const { stack } = scheduled();
  const name = inputOf(stack).ProcessingJobName.replace('<aws.scheduler.execution-id>', 'd32c5c3a-9c5f-4a63-9f28-0123456789ab');
  expect(name).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
});

test('has a role for each schedule, which may start the jobs of the definition and no others', () => {
  const { stack, definition } = scheduled();
  const jobs = `arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:processing-job/${definition.namePrefix}-*`;
  expect(permissionsOf(stack, 'NightlyTargetRole')).toEqual([
    'iam:PassRole on <PrepareJobRole.Arn> if {"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}',
    `sagemaker:AddTags on ${jobs} if {"Null":{"sagemaker:TaggingAction":"false"}}`,
    `sagemaker:CreateProcessingJob on ${jobs}`,
  ]);
  const [role] = Object.values(resourcesOf(stack, 'AWS::IAM::Role')).filter(({ Properties }) => JSON.stringify(Properties).includes('scheduler.amazonaws.com'));
  expect(readable(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['aws:SourceArn']))
    .toBe('arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule-group/default');
});

test('has the time of the schedule in environment, arguments and prefixes', () => {
  const { stack } = scheduled(() => ({
    environment: { TIME },
    arguments: ['--time', TIME],
    outputLocations: { train: S3Location.fromUri(`s3://data/${TIME}/`) },
  }));
  expect(inputOf(stack)).toMatchObject({
    Environment: { TIME },
    AppSpecification: { ContainerArguments: ['--time', TIME] },
    ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: `s3://data/${TIME}/` } }] },
  });
  expect(permissionsOf(stack, 'PrepareJobRole')).toContain('s3:PutObject on arn:<AWS::Partition>:s3:::data/*');
  expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).not.toContain('aws.scheduler');
});

test('retries and keeps what could not be started, when told so', () => {
  const { stack } = scheduled((scope) => ({ retryAttempts: 185, maxEventAge: Duration.minutes(1), deadLetterQueue: new Queue(scope, 'Lost') }));
  expect(targetOf(stack)).toMatchObject({
    DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Lost/), 'Arn'] } },
    RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 185 },
  });
  expect(permissionsOf(stack, 'NightlyTargetRole')).toContain('sqs:SendMessage on <Lost.Arn>');
});

test('has what is added to the definition later, and its tags', () => {
  const { stack, definition } = scheduled();
  definition.addEnvironment('LATE', 'x');
  Tags.of(definition).add('team', 'data');
  expect(inputOf(stack)).toMatchObject({ Environment: { LATE: 'x' }, Tags: [{ Key: 'team', Value: 'data' }] });
});

test('uses a given role, and grants it what it needs', () => {
  const { stack, definition } = scheduled((scope) => ({ role: new Role(scope, 'Given', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') }) }));
  expect(readable(targetOf(stack).RoleArn)).toBe('<Given.Arn>');
  expect(permissionsOf(stack, 'Given').join()).toContain(`${definition.namePrefix}-*`);
});

test('trusts the group of the schedule alone', () => {
  const { stack } = scheduled(undefined, (scope) => new ScheduleGroup(scope, 'Group'));
  const [role] = Object.values(resourcesOf(stack, 'AWS::IAM::Role')).filter(({ Properties }) => JSON.stringify(Properties).includes('scheduler.amazonaws.com'));
  expect(readable(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['aws:SourceArn'])).toBe('<Group.Arn>');
});

test.each<[object, RegExp]>([
  [{ environment: { '1A': 'b' } }, /ProcessingJobTarget of 'Test\/Nightly' has a problem:[^]*environment\.1A/],
  [{ instanceCount: 0 }, /instanceCount is 0: must be at least 1/],
  [{ environment: { A: '{% $x %}' } }, /is an expression of JSONata, and is read as one of EventBridge Scheduler. Write it as one of EventBridge Scheduler: '<aws\.scheduler\.scheduled-time>'/],
  [{ environment: { A: JsonPath.stringAt('$.a') } }, /is an expression of JSONPath, and is read as one of EventBridge Scheduler/],
  [{ tags: { 'aws:x': 'y' } }, /tags\.aws:x is 'aws:x': must not begin with 'aws:'/],
  [{ retryAttempts: 186 }, /retryAttempts is 186: must be a whole number from 0 to 185/],
  [{ retryAttempts: -1 }, /retryAttempts is -1/],
  [{ maxEventAge: Duration.seconds(59) }, /maxEventAge is 59 seconds: must be 1 minute to 24 hours/],
  [{ maxEventAge: Duration.hours(25) }, /maxEventAge is 1 day 1 hour/],
  [{ maxEventAge: Duration.millis(61_500) }, /maxEventAge is .*: must be 1 minute to 24 hours, in whole seconds/],
  [{ maxEventAge: 60 }, /maxEventAge is 60: must be a Duration/],
  [{ role: 'scheduler' }, /role is 'scheduler': must be an IAM role/],
  [{ deadLetterQueue: 'lost' }, /deadLetterQueue is 'lost': must be a queue/],
  [{ instanceCount: '<aws.scheduler.attempt-number>' }, /instanceCount is '<aws.scheduler.attempt-number>': must be a whole number/],
  [{ retryAttempts: 200, instanceCount: 0 }, /has 2 problems:/],
  ...['<aws.scheduler.day>', '<aws.scheduler.scheduled-time', '<AWS.Scheduler.scheduled-time>', '< aws.scheduler.scheduled-time>'].map((text): [object, RegExp] => [
    { environment: { A: text } }, /environment\.A is .*: has a part that is no whole expression of EventBridge Scheduler/,
  ]),
])('rejects %j', (options, message) => {
  expect(() => scheduled(() => options)).toThrow(message);
});

test.each<[string, (scope: Stack) => IQueue, RegExp]>([
  ['a FIFO queue', (scope) => new Queue(scope, 'Lost', { fifo: true }), /deadLetterQueue must be a standard queue in the Region of the schedule, and is a FIFO queue/],
  ['a queue of another Region', (scope) => Queue.fromQueueArn(scope, 'Lost', 'arn:aws:sqs:us-east-1:123456789012:lost'), /and is in us-east-1/],
  ['a queue of another partition', (scope) => Queue.fromQueueArn(scope, 'Lost', 'arn:aws-cn:sqs:eu-west-1:123456789012:lost'), /deadLetterQueue is of the partition aws-cn, and eu-west-1 is in aws/],
  ['a queue of the app in another account', (scope) => new Queue(new Stack(scope.node.root as App, 'Other', { env: { account: '999999999999', region: 'eu-west-1' } }), 'Lost'),
    /deadLetterQueue is a queue of the account 999999999999, and has no name that the role of the schedule could be given before it exists\. Use one of the account 123456789012, or import it/],
])('refuses %s for what is lost', (_, queue, message) => {
  const stack = newStack('Test', { env: { account: '123456789012', region: 'eu-west-1' } });
  const target = new ProcessingJobTarget(new ProcessingJobDefinition(stack, 'Prepare', minimalProps() as any), { deadLetterQueue: queue(stack) });
  expect(() => new Schedule(stack, 'Nightly', { schedule: RATE, target })).toThrow(message);
});

test('has options that are a structure', () => {
  const definition = new ProcessingJobDefinition(newStack(), 'Prepare', minimalProps() as any);
  expect(() => new ProcessingJobTarget(definition, 'nightly' as any)).toThrow("ProcessingJobTarget: options is 'nightly': must be a structure");
  new ProcessingJobTarget(definition, null as any);
});

test('warns of names that are close to known ones', () => {
  const { stack } = scheduled(() => ({ enviroment: { A: 'b' } } as any));
  Annotations.fromStack(stack).hasWarning('/Test/Nightly', Match.stringLikeRegexp('enviroment'));
});

test('takes a definition alone', () => {
  expect(() => new ProcessingJobTarget({} as any)).toThrow('ProcessingJobTarget: definition is');
});

test('refuses a role that the scheduler may not assume', () => {
  const withRole = (service: string) => scheduled((stack) => ({ role: new Role(stack, 'Given', { assumedBy: new ServicePrincipal(service) }) })).stack;
  expect(() => Template.fromStack(withRole('lambda.amazonaws.com')))
    .toThrow("role must trust EventBridge Scheduler, and 'Test/Given' trusts lambda.amazonaws.com. Make it with assumedBy: new ServicePrincipal('scheduler.amazonaws.com'), or leave it out.");
  expect(() => Template.fromStack(withRole('scheduler.amazonaws.com'))).not.toThrow();
});

test.each<[string, object]>([['Region', { region: 'us-east-1' }], ['account', { account: '999999999999' }]])('refuses a definition of another %s, whose role it could not pass', (_, other) => {
  const app = new App();
  const env = { account: '123456789012', region: 'eu-west-1' };
  const [near, here, there] = [env, env, { ...env, ...other }].map((each, index) => new Stack(app, `Stack${index}`, { env: each }));
  const definition = new ProcessingJobDefinition(here, 'Prepare', minimalProps() as any);
  const schedule = (stack: Stack) => new Schedule(stack, 'Nightly', { schedule: RATE, target: new ProcessingJobTarget(definition) });
  expect(() => schedule(there)).toThrow(/definition is for aws:\/\/123456789012\/eu-west-1, and the schedule for aws:\/\//);
  expect(() => RunProcessingJob.jsonata(there, 'Run', { definition })).toThrow(/definition is for .*, and the state for /);
  expect(() => schedule(near)).not.toThrow();
  expect(() => RunProcessingJob.jsonata(near, 'Run', { definition })).not.toThrow();
});

describe('in a stack whose account and Region are known', () => {
  const env = { account: '123456789012', region: 'eu-west-1' };
  const stackWith = (options: (stack: Stack) => ProcessingJobTargetOptions) => {
    const stack = newStack('Test', { env });
    const target = new ProcessingJobTarget(new ProcessingJobDefinition(stack, 'Prepare', minimalProps() as any), options(stack));
    new Schedule(stack, 'Nightly', { schedule: RATE, target });
    return stack;
  };
  const withRole = (arn: string, mutable = true) => stackWith((stack) => ({ role: Role.fromRoleArn(stack, 'Given', arn, { mutable }) }));
  const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('/Test/Nightly', Match.anyValue()).map(({ entry }) => String(entry.data));

  test.each([
    ['arn:aws:iam::999999999999:role/runs', 'must be a role of the account of the stack, 123456789012, for IAM passes no other to a service.'],
    ['arn:aws-cn:iam::123456789012:role/runs', 'is of the partition aws-cn, and eu-west-1 is in aws: none can use what the other has.'],
    ['arn:aws:iam::123456789012:role/aws-service-role/scheduler.amazonaws.com/x', 'is a role of a service, which IAM lets nobody pass or change.'],
  ])('the role %s, which the scheduler cannot be given, is an error', (arn, why) => {
    expect(() => withRole(arn)).toThrow(`role is '${arn}': ${why}`);
  });

  test('a role of that account is none', () => {
    expect(warningsOf(withRole('arn:aws:iam::123456789012:role/runs'))).toEqual([]);
  });

  test('a role that cannot be changed is a warning with what to grant', () => {
    const stack = stackWith((scope) => ({
      role: Role.fromRoleArn(scope, 'Given', 'arn:aws:iam::123456789012:role/runs', { mutable: false }),
      deadLetterQueue: Queue.fromQueueArn(scope, 'Lost', 'arn:aws:sqs:eu-west-1:123456789012:lost'),
    }));
    const [warning, ...others] = warningsOf(stack);
    expect(others).toEqual([]);
    expect(warning).toMatch(/^The role of the schedule 'Test\/Nightly' cannot be changed here, so it was not given what the schedule needs\. Make sure that it may do this, and acknowledge the warning:/);
    for (const line of [/\n {2}sagemaker:CreateProcessingJob on .*:processing-job\/test-.*\*\n/, /\n {2}iam:PassRole on /, /\n {2}sqs:SendMessage, .* on arn:aws:sqs:eu-west-1:123456789012:lost/, /\[ack: cdk-sagemaker-jobs:grantNotAdded-/]) {
      expect(warning).toMatch(line);
    }
  });

  test('a queue of another account, whose policy only its owner can change, is a warning', () => {
    const stack = stackWith((scope) => ({ deadLetterQueue: Queue.fromQueueArn(scope, 'Lost', 'arn:aws:sqs:eu-west-1:999999999999:lost') }));
    expect(warningsOf(stack)).toEqual([expect.stringMatching(
      /^deadLetterQueue is a queue of the account 999999999999, whose policy was not changed\. Let the role of the schedule send messages to it there, and acknowledge this warning\. \[ack: cdk-sagemaker-jobs:queueOfAnotherAccount\]$/)]);
    expect(targetOf(stack).DeadLetterConfig).toEqual({ Arn: 'arn:aws:sqs:eu-west-1:999999999999:lost' });
  });
});
