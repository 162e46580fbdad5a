/**
 * The examples whose definitions run elsewhere than in a deployment: in a state machine, on a schedule, and when an object arrives.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, JsonPath, Map, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { SIMULATED_IMAGE } from './job-stack';
import { NightlyStack } from '../../examples/nightly/nightly-stack';
import { PipelineStack } from '../../examples/pipeline/pipeline-stack';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { JobRecord } from '../../local-cloud/sagemaker-control';
import { ProcessingInstanceType, ProcessingJob, ProcessingJobDefinition, RunProcessingJob, S3Location } from '../../src';

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start();
}, 180_000);

afterAll(async () => cloud?.stop());

async function deploy(stackName: string, makeStack: (app: App) => Stack): Promise<{ [output: string]: string }> {
  const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  makeStack(app);
  expect((await cloud.deploy(app, stackName)).reason).toBeUndefined();
  return cloud.stacks.outputs(stackName);
}

/** The first answer that is not undefined. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function endedJob(is: (job: JobRecord) => boolean): Promise<JobRecord> {
  return eventually(async () => (await cloud.sagemaker.jobs()).find((job) => job.ProcessingEndTime !== undefined && is(job)));
}

async function receive(queueUrl: string): Promise<any> {
  const { Messages } = await (await fetch(cloud.environment.AWS_ENDPOINT_URL!, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.ReceiveMessage' },
    body: JSON.stringify({ QueueUrl: queueUrl }),
  })).json() as any;
  return Messages && JSON.parse(Messages[0].Body);
}

describe('nightly', () => {
  const DAYS = { '2026-11-25': 'kind\na\nb\n', '2026-11-26': 'kind\na\nb\nc\n' };
  let outputs: { [output: string]: string };

  beforeAll(async () => {
    outputs = await deploy('Nightly', (app) => nightly(app));
    for (const [day, rows] of Object.entries(DAYS)) {
      await cloud.s3.write(`s3://${outputs.BucketName}/raw/${day}/rows.csv`, rows);
    }
  }, 180_000);

  /** The example, with a queue that hears of failures. */
  function nightly(app: App): NightlyStack {
    const stack = new NightlyStack(app, 'Nightly');
    const queue = new Queue(stack, 'Queue');
    (stack.node.findChild('Failures') as Topic).addSubscription(new SqsSubscription(queue));
    new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
    new CfnOutput(stack, 'OfDaysJsonPathArn', { value: ofDaysInJsonPath(stack).stateMachineArn });
    return stack;
  }

  /** The same machine as that of the example, in the other language. */
  function ofDaysInJsonPath(stack: NightlyStack): StateMachine {
    const day = JsonPath.stringAt('$');
    const ofDay = RunProcessingJob.jsonPath(stack, 'CountDayJsonPath', {
      definition: stack.count,
      environment: { WHEN: day },
      inputLocations: { raw: S3Location.fromBucket(stack.bucket, `raw/${day}/`) },
      outputLocations: { report: S3Location.fromBucket(stack.bucket, `json-path/${day}/`) },
    });
    const days = new Map(stack, 'DaysJsonPath', { itemsPath: '$.days' }).itemProcessor(ofDay);
    return new StateMachine(stack, 'OfDaysJsonPath', { definitionBody: DefinitionBody.fromChainable(days) });
  }

  async function rowsOfAllDays(): Promise<number> {
    const files = await cloud.s3.list(`s3://${outputs.BucketName}/raw/`);
    const rows = await Promise.all(files.map(async (file) => (await cloud.s3.read(file)).trim().split('\n').length - 1));
    return rows.reduce((sum, each) => sum + each, 0);
  }

  test.each([['JSONata', 'OfDaysArn', 'reports'], ['JSONPath', 'OfDaysJsonPathArn', 'json-path']])(
    'counts two days in one execution, with %s', async (_language, machine, folder) => {
      const { output, status } = await cloud.stateMachines.run(outputs[machine], { days: Object.keys(DAYS) });
      expect(status).toBe('SUCCEEDED');
      const results = JSON.parse(output!);
      expect(results.map(({ Environment }: any) => Environment.WHEN)).toEqual(Object.keys(DAYS));
      expect(new Set(results.map(({ ProcessingJobName }: any) => ProcessingJobName)).size).toBe(2);
      const reports = Object.keys(DAYS).map((day) => cloud.s3.read(`s3://${outputs.BucketName}/${folder}/${day}/report.json`));
      expect((await Promise.all(reports)).map((report) => JSON.parse(report))).toEqual([{ when: '2026-11-25', rows: 2 }, { when: '2026-11-26', rows: 3 }]);
    },
  );

  test('counts all days on its schedule, and is told the time', async () => {
    const [schedule] = await cloud.schedules.names('Nightly');
    await cloud.schedules.due(schedule, new Date('2026-11-27T02:00:00Z'));
    const job = await endedJob(({ Request }) => Request.Environment.WHEN === '2026-11-27T02:00:00Z');
    expect(job.ProcessingJobStatus).toBe('Completed');
    expect(JSON.parse(await cloud.s3.read(`s3://${outputs.BucketName}/reports/report.json`))).toEqual({
      when: '2026-11-27T02:00:00Z', rows: await rowsOfAllDays(),
    });
  });

  test('counts an object when it arrives', async () => {
    const key = 'raw/2026-11-28/one.csv';
    await cloud.s3.write(`s3://${outputs.BucketName}/${key}`, 'kind\na\nb\nc\nd\n');
    const uri = `s3://${outputs.BucketName}/${key}`;
    const job = await endedJob(({ Request }) => Request.ProcessingInputs.some(({ S3Input }: any) => S3Input.S3Uri === uri));
    expect(job.ProcessingJobStatus).toBe('Completed');
    const report = JSON.parse(await cloud.s3.read(`s3://${outputs.BucketName}/reports/${key}/report.json`));
    expect(report).toEqual({ when: job.Request.Environment.WHEN, rows: 4 });
    expect(report.when).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  test('counts all days in a deployment, with a job of the same definition', async () => {
    const { JobName } = await deploy('Nightly', (app) => {
      const stack = nightly(app);
      const job = new ProcessingJob(stack, 'Now', { definition: stack.count, completionTimeout: Duration.minutes(5) });
      new CfnOutput(stack, 'JobName', { value: job.processingJobName });
      return stack;
    });
    expect((await endedJob(({ ProcessingJobName }) => ProcessingJobName === JobName)).ProcessingJobStatus).toBe('Completed');
    expect(JSON.parse(await cloud.s3.read(`s3://${outputs.BucketName}/reports/report.json`))).toEqual({
      when: 'unknown', rows: await rowsOfAllDays(),
    });
  });

  test('fails with what is wrong with a day, and tells the topic of failures', async () => {
    // The script reads text, and this is none.
    await cloud.s3.write(`s3://${outputs.BucketName}/raw/2026-11-29/rows.csv`, new Uint8Array([0xff, 0xfe, 0xff]));
    const { cause, error, status } = await cloud.stateMachines.run(outputs.OfDaysArn, { days: ['2026-11-29'] });
    expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
    const failed = JSON.parse(cause!);
    expect(failed).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: , exit code: 1' });
    expect((await cloud.jobLogs.lines(failed.ProcessingJobName)).join('\n')).toContain('UnicodeDecodeError');

    expect(await failureOf(failed.ProcessingJobName)).toMatchObject({
      'source': 'aws.sagemaker', 'detail-type': 'SageMaker Processing Job State Change', 'detail': { ProcessingJobStatus: 'Failed', Tags: failed.Tags },
    });

    // The schedule counts all days, this one as well.
    const [schedule] = await cloud.schedules.names('Nightly');
    await cloud.schedules.due(schedule, new Date('2026-11-30T02:00:00Z'));
    const scheduled = await endedJob(({ Request }) => Request.Environment.WHEN === '2026-11-30T02:00:00Z');
    expect(await failureOf(scheduled.ProcessingJobName)).toMatchObject({ detail: { Environment: { WHEN: '2026-11-30T02:00:00Z' } } });
  });

  /** The event that the topic of failures was sent about a job. The object that arrived has started jobs of its own, which fail as well. */
  async function failureOf(jobName: string): Promise<any> {
    return eventually(async () => {
      const message = await receive(outputs.QueueUrl);
      const event = message && JSON.parse(message.Message);
      return event?.detail.ProcessingJobName === jobName ? event : undefined;
    });
  }
});

test('pipeline: prepares, trains and registers a model', async () => {
  const { BucketName, MachineArn } = await deploy('Pipeline', (app) => new PipelineStack(app, 'Pipeline'));
  const { cause, output, executionArn } = await cloud.stateMachines.run(MachineArn, {});
  expect(cause).toBeUndefined();
  const [model] = await cloud.sagemaker.modelPackages();
  expect(JSON.parse(output!)).toEqual({ ModelPackageArn: model.ModelPackageArn });
  const uri = `s3://${BucketName}/runs/${executionArn!.split(':').pop()}/model/model.tar.gz`;
  expect(model.Request.InferenceSpecification.Containers[0].ModelDataUrl).toBe(uri);
  expect(await cloud.s3.list(uri)).toEqual([uri]);
});

describe('a state machine of which one permission is missing', () => {
  const ACTIONS = ['iam:PassRole', ...['AddTags', 'CreateProcessingJob', 'DescribeProcessingJob', 'ListTags'].map((action) => `sagemaker:${action}`)];
  let outputs: { [output: string]: string };

  beforeAll(async () => {
    outputs = await deploy('Denied', (app) => {
      const stack = new Stack(app, 'Denied');
      const definition = new ProcessingJobDefinition(stack, 'Definition', { image: SIMULATED_IMAGE, instanceType: ProcessingInstanceType.M5_LARGE });
      for (const action of ['none', ...ACTIONS]) {
        const id = action.replace(':', '');
        // By default, a call that is refused is made again for some time.
        const state = RunProcessingJob.jsonata(stack, id, { definition, retryOnServiceExceptions: false });
        const machine = new StateMachine(stack, `${id}Machine`, { definitionBody: DefinitionBody.fromChainable(state), queryLanguage: QueryLanguage.JSONATA });
        take(action, machine);
        new CfnOutput(stack, `${id}Arn`, { value: machine.stateMachineArn });
      }
      return stack;
    });
  });

  /** Takes an action from the policy of a state machine. */
  function take(action: string, machine: StateMachine): void {
    const policy = machine.role.node.findAll().find((each) => each instanceof CfnPolicy)!;
    const { Statement } = machine.stack.resolve(policy.policyDocument) as { Statement: { Action: string | string[] }[] };
    const left = Statement.map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((each) => each !== action) }));
    policy.policyDocument = { Version: '2012-10-17', Statement: left.filter((statement) => statement.Action.length > 0) };
  }

  test('runs while none is', async () => {
    expect((await cloud.stateMachines.run(outputs.noneArn, {})).status).toBe('SUCCEEDED');
  });

  test.each(ACTIONS)('fails: %s', async (action) => {
    const { cause, status } = await cloud.stateMachines.run(outputs[`${action.replace(':', '')}Arn`], {});
    expect(status).toBe('FAILED');
    expect(cause).toContain(`no identity-based policy allows the ${action} action`);
  });
});
