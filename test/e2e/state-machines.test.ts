/**
 * Jobs that state machines and schedules of the local cloud run: as Step Functions and EventBridge Scheduler do, with their roles. The
 * definitions are those that people write by hand.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ACCOUNT, LocalCloud, REGION } from '../../local-cloud/local-cloud';
import { JobRecord } from '../../local-cloud/sagemaker-control';

const JOBS = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:processing-job/nightly-*`;
const RULE = `arn:aws:events:${REGION}:${ACCOUNT}:rule/StepFunctionsGetEventsForSageMakerProcessingJobsRule`;
const CREATE = 'arn:aws:states:::sagemaker:createProcessingJob';
const GENERATED_NAME = /^nightly-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let cloud: LocalCloud;
let outputs: Record<string, string>;

beforeAll(async () => {
  cloud = await LocalCloud.start();
  const { app, jobs, stack } = newStack('Machines');
  addMachines(stack, jobs, machineRole(stack, jobs));
  expect((await cloud.deploy(app, 'Machines')).reason).toBeUndefined();
  outputs = await cloud.stacks.outputs('Machines');
}, 180_000);

afterAll(async () => cloud?.stop());

beforeEach(async () => cloud.sagemaker.reset());

function newStack(stackName: string): { app: App; stack: Stack; jobs: Role } {
  const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  const stack = new Stack(app, stackName);
  return { app, stack, jobs: new Role(stack, 'Jobs', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) };
}

function machineRole(stack: Stack, jobs: Role, mayWait = true): Role {
  const role = new Role(stack, 'MachineRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
  grantRun(role, jobs);
  if (mayWait) {
    role.addToPolicy(new PolicyStatement({ actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], resources: [RULE] }));
  }
  return role;
}

function grantRun(role: Role, jobs: Role): void {
  const operations = ['AddTags', 'CreateProcessingJob', 'DescribeProcessingJob', 'ListTags', 'StopProcessingJob'];
  role.addToPolicy(new PolicyStatement({ actions: operations.map((each) => `sagemaker:${each}`), resources: [JOBS] }));
  role.addToPolicy(new PolicyStatement({
    actions: ['iam:PassRole'], resources: [jobs.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  }));
}

function request(jobs: Role, more: object): object {
  return {
    RoleArn: jobs.roleArn,
    AppSpecification: { ImageUri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/image:1` },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
    ...more,
  };
}

/** A state machine for each way to run a job. Its ARN is an output. */
function addMachines(stack: Stack, jobs: Role, role: Role): void {
  const named = (prefix: string) => request(jobs, {
    'ProcessingJobName.$': `States.Format('${prefix}-{}', States.UUID())`, 'Environment': { 'DAY.$': '$.day' },
  });
  const inJsonata = request(jobs, { ProcessingJobName: "{% 'nightly-' & $uuid() %}", Environment: { DAY: '{% $states.input.day %}' } });
  const oneTask = (task: object) => ({ StartAt: 'Run', States: { Run: { Type: 'Task', End: true, ...task } } });
  const definitions = {
    JsonPath: oneTask({ Resource: `${CREATE}.sync`, Parameters: named('nightly'), TimeoutSecondsPath: '$.timeout' }),
    Jsonata: {
      QueryLanguage: 'JSONata',
      StartAt: 'Run',
      States: {
        Run: {
          Type: 'Task',
          Resource: `${CREATE}.sync`,
          Arguments: inJsonata,
          TimeoutSeconds: '{% $states.input.timeout %}',
          Output: '{% $states.result.ExitMessage %}',
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Output: '{% $parse($states.errorOutput.Cause).FailureReason %}', Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    },
    Started: oneTask({ Resource: CREATE, Parameters: named('nightly') }),
    OtherName: oneTask({ Resource: CREATE, Parameters: named('other') }),
    Sdk: oneTask({ Resource: 'arn:aws:states:::aws-sdk:sagemaker:describeProcessingJob', Parameters: { 'ProcessingJobName.$': '$.name' } }),
    Invoke: oneTask({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'other', Payload: {} } }),
    Late: {
      StartAt: 'IsLate',
      States: {
        IsLate: { Type: 'Choice', Choices: [{ Variable: '$$.State.EnteredTime', TimestampGreaterThanEqualsPath: '$.at', Next: 'Late' }], Default: 'Early' },
        Late: { Type: 'Pass', Result: 'late', End: true },
        Early: { Type: 'Pass', Result: 'early', End: true },
      },
    },
  };
  for (const [name, definition] of Object.entries(definitions)) {
    const machine = new CfnStateMachine(stack, name, { definition, roleArn: role.roleArn });
    machine.node.addDependency(role);
    new CfnOutput(stack, `${name}Arn`, { value: machine.attrArn });
  }
}

const run = (machine: string, input: object): Promise<DescribeExecutionCommandOutput> => cloud.stateMachines.run(outputs[`${machine}Arn`], input);

/** The jobs, as soon as there are so many, and all of them have a status. */
async function jobsWith(status: JobRecord['ProcessingJobStatus'], count = 1): Promise<JobRecord[]> {
  for (;;) {
    const jobs = await cloud.sagemaker.jobs();
    if (jobs.length >= count && jobs.every(({ ProcessingJobStatus }) => ProcessingJobStatus === status)) {
      return jobs;
    }
    await pause();
  }
}

async function pause(): Promise<void> {
  await new Promise((done) => setTimeout(done, 100));
}

describe('a state machine', () => {
  test('waits for the end of its job, and goes on with its description', async () => {
    await cloud.sagemaker.simulate({ seconds: 0.5, exitMessage: 'done' });
    const { executionArn, output, status } = await run('JsonPath', { day: '2026-11-26', timeout: 60 });
    expect(status).toBe('SUCCEEDED');
    const jobs = await cloud.sagemaker.jobs();
    expect(jobs).toMatchObject([{ ProcessingJobName: expect.stringMatching(GENERATED_NAME), Request: { Environment: { DAY: '2026-11-26' } } }]);
    expect(JSON.parse(output!)).toMatchObject({
      ProcessingJobArn: jobs[0].ProcessingJobArn,
      ProcessingJobStatus: 'Completed',
      ExitMessage: 'done',
      Environment: { DAY: '2026-11-26' },
      Tags: { MANAGED_BY_AWS: 'STARTED_BY_STEP_FUNCTIONS', AWS_STEP_FUNCTIONS_EXECUTION_ARN: executionArn },
      ProcessingEndTime: Math.round(jobs[0].ProcessingEndTime! * 1000),
    });
  });

  test('does so in JSONata, too', async () => {
    await cloud.sagemaker.simulate({ seconds: 0.5, exitMessage: 'done' });
    expect(await run('Jsonata', { day: '2026-11-27', timeout: 60 })).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    expect((await cloud.sagemaker.jobs())[0].Request.Environment).toEqual({ DAY: '2026-11-27' });
  });

  test('does not wait without .sync', async () => {
    await cloud.sagemaker.simulate({ seconds: 60 });
    const { output, status } = await run('Started', { day: '1' });
    const [job] = await cloud.sagemaker.jobs();
    expect([status, JSON.parse(output!), job.ProcessingJobStatus]).toEqual(['SUCCEEDED', { ProcessingJobArn: job.ProcessingJobArn }, 'InProgress']);
  });

  test('fails with its job, with the description as the cause', async () => {
    await cloud.sagemaker.simulate({ seconds: 0.2, failureReason: 'AlgorithmError: , exit code: 1' });
    const { cause, error, status } = await run('JsonPath', { day: '1', timeout: 60 });
    expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
    expect(JSON.parse(cause!)).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: , exit code: 1' });
    expect(await run('Jsonata', { day: '1', timeout: 60 })).toMatchObject({ status: 'SUCCEEDED', output: '"AlgorithmError: , exit code: 1"' });
  });

  test('fails with what the service refuses', async () => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ResourceLimitExceeded', message: 'No more instances' });
    expect(await run('Started', { day: '1' })).toMatchObject({
      status: 'FAILED', error: 'SageMaker.ResourceLimitExceededException', cause: expect.stringContaining('No more instances'),
    });
    expect(await run('Sdk', { name: 'nightly-none' })).toMatchObject({
      status: 'FAILED', error: 'SageMaker.SageMakerException', cause: expect.stringContaining('Could not find requested job with name: nightly-none'),
    });
  });

  test('describes a job with the SDK, with times as text', async () => {
    await run('Started', { day: '1' });
    const [{ CreationTime, ProcessingJobName }] = await jobsWith('Completed');
    const { output } = await run('Sdk', { name: ProcessingJobName });
    expect(JSON.parse(output!)).toMatchObject({ ProcessingJobName, CreationTime: expect.stringMatching(/^2\d{3}-\d\d-\d\dT.*Z$/) });
    expect(Date.parse(JSON.parse(output!).CreationTime)).toBeCloseTo(CreationTime * 1000, -1);
  });

  test('fails with what its role may not do', async () => {
    expect(await run('OtherName', { day: '1' })).toMatchObject({
      error: 'SageMaker.AmazonSageMakerException', cause: expect.stringMatching(/not authorized to perform: sagemaker:CreateProcessingJob on .*\/other-/),
    });
    expect(await run('Invoke', {})).toMatchObject({
      error: 'Lambda.AWSLambdaException', cause: expect.stringMatching(/not authorized to perform: lambda:InvokeFunction on .*:function:other /),
    });
    expect(await cloud.sagemaker.jobs()).toEqual([]);
  });

  test.each(['JsonPath', 'Jsonata'])('stops a job that takes longer than the state may: %s', async (machine) => {
    await cloud.sagemaker.simulate({ seconds: 60 });
    expect(await run(machine, { day: '1', timeout: 1 })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await jobsWith('Stopped');
  });

  test('stops its job when it is stopped', async () => {
    await cloud.sagemaker.simulate({ seconds: 60 });
    const executionArn = await cloud.stateMachines.start(outputs.JsonPathArn, { day: '1', timeout: 60 });
    await jobsWith('InProgress');
    await cloud.stateMachines.stop(executionArn);
    await jobsWith('Stopped');
  });

  test('compares with a time that a path selects', async () => {
    expect(await run('Late', { at: '2026-01-01T00:00:00Z' })).toMatchObject({ output: '"late"' });
    expect(await run('Late', { at: '2999-01-01T00:00:00Z' })).toMatchObject({ output: '"early"' });
  });

  test('is not made if its role may not make the rule that it waits with', async () => {
    const { app, jobs, stack } = newStack('NoRule');
    addMachines(stack, jobs, machineRole(stack, jobs, false));
    expect((await cloud.deploy(app, 'NoRule')).reason).toContain('is not authorized to create managed-rule.');
  });
});

describe('a schedule', () => {
  let queueUrl: string;

  beforeAll(async () => {
    const { app, jobs, stack } = newStack('Schedules');
    const queue = new Queue(stack, 'Queue');
    addSchedule(stack, 'EveryNight', 'cron(0 3 * * ? *)', jobs, queue, true);
    addSchedule(stack, 'Forbidden', 'cron(0 3 * * ? *)', jobs, queue, false);
    new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
    expect((await cloud.deploy(app, 'Schedules')).reason).toBeUndefined();
    queueUrl = (await cloud.stacks.outputs('Schedules')).QueueUrl;
  });

  function addSchedule(stack: Stack, id: string, scheduleExpression: string, jobs: Role, queue: Queue, mayRun: boolean): void {
    const role = new Role(stack, `${id}Role`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    if (mayRun) {
      grantRun(role, jobs);
    }
    queue.grantSendMessages(role);
    const schedule = new CfnSchedule(stack, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression,
      target: {
        arn: 'arn:aws:scheduler:::aws-sdk:sagemaker:createProcessingJob',
        deadLetterConfig: { arn: queue.queueArn },
        input: stack.toJsonString(request(jobs, {
          ProcessingJobName: 'nightly-<aws.scheduler.execution-id>',
          Environment: { TIME: '<aws.scheduler.scheduled-time>', ATTEMPT: '<aws.scheduler.attempt-number>', BY: '<aws.scheduler.schedule-arn>' },
        })),
        retryPolicy: { maximumRetryAttempts: 1 },
        roleArn: role.roleArn,
      },
    });
    schedule.node.addDependency(role);
  }

  /** Makes a schedule due, as if it were three in the morning. */
  async function due(id: string): Promise<void> {
    const name = (await cloud.schedules.names('Schedules')).find((each) => each.startsWith(`Schedules-${id}-`))!;
    await cloud.schedules.due(name, new Date('2026-11-26T03:00:00Z'));
  }

  async function firstMessage(): Promise<{ Body: string; MessageAttributes: { [name: string]: { StringValue: string } } }> {
    for (;;) {
      const response = await fetch(cloud.environment.AWS_ENDPOINT_URL!, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.ReceiveMessage' },
        body: JSON.stringify({ QueueUrl: queueUrl, MessageAttributeNames: ['All'], VisibilityTimeout: 3600 }),
      });
      const { Messages: [message] = [] } = await response.json() as { Messages?: any[] };
      if (message) {
        return message;
      }
      await pause();
    }
  }

  test('starts a job with a name of its own, and tells it the time', async () => {
    await due('EveryNight');
    expect(await jobsWith('Completed')).toMatchObject([{
      ProcessingJobName: expect.stringMatching(GENERATED_NAME),
      Request: { Environment: { TIME: '2026-11-26T03:00:00Z', ATTEMPT: '1', BY: expect.stringMatching(/:schedule\/default\/Schedules-EveryNight-/) } },
    }]);
  });

  test('starts a job when its time has come', async () => {
    const { app, jobs, stack } = newStack('Once');
    const at = new Date(Date.now() + 1000).toISOString().slice(0, 19);
    addSchedule(stack, 'Once', `at(${at})`, jobs, new Queue(stack, 'Queue'), true);
    expect((await cloud.deploy(app, 'Once')).reason).toBeUndefined();
    expect(await jobsWith('Completed')).toMatchObject([{ Request: { Environment: { TIME: `${at}Z` } } }]);
  });

  test('tries again when the service could not be reached for now', async () => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ThrottlingException' });
    await due('EveryNight');
    expect(await jobsWith('Completed')).toMatchObject([{ Request: { Environment: { ATTEMPT: '2' } } }]);
  });

  test('starts a second job when the answer about the first was lost', async () => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ConnectionLost', when: 'after' });
    await due('EveryNight');
    const jobs = await jobsWith('Completed', 2);
    expect(jobs.map(({ Request }) => Request.Environment.ATTEMPT)).toEqual(['1', '2']);
    expect(new Set(jobs.map(({ ProcessingJobName }) => ProcessingJobName)).size).toBe(2);
  });

  test.each([
    ['what its role may not do', 'Forbidden', 'AccessDeniedException', '0', undefined],
    ['what failed each time', 'EveryNight', 'ThrottlingException', '1', 'MaximumRetryAttempts'],
  ])('sends to its queue %s', async (_what, id, error, retries, condition) => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ThrottlingException', times: id === 'Forbidden' ? 0 : 2 });
    await due(id);
    const { Body, MessageAttributes } = await firstMessage();
    expect(JSON.parse(Body).Environment).toMatchObject({ TIME: '2026-11-26T03:00:00Z' });
    const told = Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]));
    expect(told).toMatchObject({
      ERROR_CODE: error, RETRY_ATTEMPTS: retries, SCHEDULED_TIME: '2026-11-26T03:00:00Z', SCHEDULE_ARN: expect.stringContaining(`Schedules-${id}-`),
    });
    expect(told.EXHAUSTED_RETRY_CONDITION).toBe(condition);
    expect(await cloud.sagemaker.jobs()).toEqual([]);
  });
});
