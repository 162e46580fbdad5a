/**
 * The SageMaker stand-in by itself: what it takes, what it refuses, and that it runs scripts.
 */
import { spawn, spawnSync } from 'child_process';
import { join } from 'path';
import {
  AddTagsCommand, CreateProcessingJobCommand, CreateProcessingJobCommandInput, DeleteProcessingJobCommand, DeleteTagsCommand,
  DescribeProcessingJobCommand, DescribeProcessingJobCommandOutput, ListProcessingJobsCommand, ListTagsCommand, SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { LocalCloud, REGION } from '../../local-cloud/local-cloud';

let cloud: LocalCloud;
let client: SageMakerClient;

beforeAll(async () => {
  cloud = await LocalCloud.start();
  client = new SageMakerClient({
    endpoint: cloud.sagemaker.endpoint, region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1,
  });
  await cloud.s3.createBucket('penguins');
}, 180_000);

afterAll(async () => {
  client?.destroy();
  await cloud?.stop();
});

beforeEach(async () => cloud.sagemaker.reset());

/** A job that pretends to run, since the stand-in has no container to run it in. */
function simulated(name: string): CreateProcessingJobCommandInput {
  return {
    ProcessingJobName: name,
    RoleArn: 'arn:aws:iam::000000000000:role/jobs',
    AppSpecification: { ImageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
  };
}

/** A job that runs a script on everything under s3://penguins/raw/, with its output to s3://penguins/out/NAME/. */
async function scripted(name: string, script: string): Promise<CreateProcessingJobCommandInput> {
  const input = (id: string, uri: string) => ({
    InputName: id,
    S3Input: {
      S3Uri: uri, LocalPath: `/opt/ml/processing/input/${id}`, S3DataType: 'S3Prefix' as const, S3InputMode: 'File' as const,
    },
  });
  await cloud.s3.write(`s3://penguins/code/${name}.py`, script);
  return {
    ...simulated(name),
    AppSpecification: {
      ImageUri: 'registry.example/scikit-learn:1',
      ContainerEntrypoint: ['python3', `/opt/ml/processing/input/code/${name}.py`],
      ContainerArguments: ['--raw', '/opt/ml/processing/input/raw'],
    },
    ProcessingInputs: [input('code', `s3://penguins/code/${name}.py`), input('raw', 's3://penguins/raw/')],
    ProcessingOutputConfig: {
      Outputs: [{
        OutputName: 'out',
        S3Output: { S3Uri: `s3://penguins/out/${name}`, LocalPath: '/opt/ml/processing/output/out', S3UploadMode: 'EndOfJob' },
      }],
    },
  };
}

async function describeJob(name: string): Promise<DescribeProcessingJobCommandOutput> {
  return client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
}

async function ended(name: string): Promise<DescribeProcessingJobCommandOutput> {
  for (;;) {
    const job = await describeJob(name);
    if (!['InProgress', 'Stopping'].includes(job.ProcessingJobStatus!)) {
      return job;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Sends a request as it is: the SDK would not send what the service refuses. */
async function send(operation: string, request: object): Promise<{ status: number; body: any }> {
  const response = await fetch(cloud.sagemaker.endpoint, {
    method: 'POST', headers: { 'X-Amz-Target': `SageMaker.${operation}` }, body: JSON.stringify(request),
  });
  return { status: response.status, body: await response.json() };
}

function isRunning(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim();
  // One that has ended may not have been cleared away by the system yet.
  return state !== '' && !state.startsWith('Z');
}

describe('a script', () => {
  test('runs with its inputs, arguments and pandas; its output, message and lines are where the service puts them', async () => {
    await cloud.s3.write('s3://penguins/raw/a.csv', 'species,mass\nGentoo,5000\nAdelie,\n');
    await client.send(new CreateProcessingJobCommand({
      ...await scripted('clean', `
import os, sys
import pandas as pd
folder = sys.argv[sys.argv.index('--raw') + 1]
frame = pd.read_csv(f'{folder}/a.csv').dropna()
print('rows:', len(frame), os.environ['MODE'])
frame.to_csv('/opt/ml/processing/output/out/clean.csv', index=False)
open('/opt/ml/output/message', 'w').write(f'{len(frame)} row kept')
`),
      Environment: { MODE: 'strict' },
    }));
    const job = await ended('clean');
    expect(job).toMatchObject({ ProcessingJobStatus: 'Completed', ExitMessage: '1 row kept' });
    expect(job.ProcessingEndTime!.getTime()).toBeGreaterThan(job.ProcessingStartTime!.getTime());
    expect(await cloud.s3.read('s3://penguins/out/clean/clean.csv')).toBe('species,mass\nGentoo,5000.0\n');
    expect(await cloud.jobLogs.lines('clean')).toEqual(['rows: 1 strict']);
  });

  test('that raises fails the job; its error is in the log, with the paths of the container, and nothing is uploaded', async () => {
    await client.send(new CreateProcessingJobCommand(await scripted('broken', `
open('/opt/ml/processing/output/out/half.csv', 'w').write('half')
raise ValueError('no penguins in ' + '/opt/ml/processing/input/raw')
`)));
    expect(await ended('broken')).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: , exit code: 1' });
    const lines = await cloud.jobLogs.lines('broken');
    expect(lines).toContain('  File "/opt/ml/processing/input/code/broken.py", line 3, in <module>');
    expect(lines.at(-1)).toBe('ValueError: no penguins in /opt/ml/processing/input/raw');
    expect(await cloud.s3.list('s3://penguins/out/broken')).toEqual([]);
  });

  test('ends with what it has started when the job is stopped', async () => {
    await client.send(new CreateProcessingJobCommand(await scripted('endless', `
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
print('started', child.pid)
time.sleep(600)
`)));
    let pid = 0;
    while (!pid) {
      await new Promise((done) => setTimeout(done, 100));
      pid = Number(/^started (\d+)$/.exec((await cloud.jobLogs.lines('endless').catch(() => []))[0] ?? '')?.[1] ?? 0);
    }
    await client.send(new StopProcessingJobCommand({ ProcessingJobName: 'endless' }));
    expect(await ended('endless')).toMatchObject({ ProcessingJobStatus: 'Stopped' });
    expect(isRunning(pid)).toBe(false);
  });

  test('is stopped when its time is over', async () => {
    const job = await scripted('slow', 'import time; time.sleep(600)');
    await client.send(new CreateProcessingJobCommand({ ...job, StoppingCondition: { MaxRuntimeInSeconds: 1 } }));
    expect(await ended('slow')).toMatchObject({ ProcessingJobStatus: 'Stopped' });
  });

  test('fails for an input that is not there', async () => {
    const job = await scripted('hungry', 'print("never")');
    job.ProcessingInputs![1].S3Input!.S3Uri = 's3://penguins/nothing-here/';
    await client.send(new CreateProcessingJobCommand(job));
    expect(await ended('hungry')).toMatchObject({
      ProcessingJobStatus: 'Failed', FailureReason: expect.stringContaining('No S3 objects found under S3 URL "s3://penguins/nothing-here/"'),
    });
  });
});

describe('a request', () => {
  const VALID = simulated('valid') as Record<string, any>;

  test.each<[string, Record<string, unknown>, string]>([
    ['without a required member', { RoleArn: undefined }, "Value null at 'roleArn' failed to satisfy constraint: Member must not be null"],
    ['with a name of the wrong form', { ProcessingJobName: '-penguins' },
      "Value '-penguins' at 'processingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: "],
    ['with a name that is too long', { ProcessingJobName: 'a'.repeat(64) }, 'Member must have length less than or equal to 63'],
    ['with a number out of range', { StoppingCondition: { MaxRuntimeInSeconds: 0 } },
      "Value '0' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    ['with a value out of an enumeration', {
      ProcessingOutputConfig: { Outputs: [{ OutputName: 'a', S3Output: { S3Uri: 's3://b/c', LocalPath: '/opt/ml/processing/a', S3UploadMode: 'Soon' } }] },
    }, "Value 'Soon' at 'processingOutputConfig.outputs.1.member.s3Output.s3UploadMode' failed to satisfy constraint: Member must satisfy enum value set: [Continuous, EndOfJob]"],
    ['with too long a value in a map', { Environment: { A: 'x'.repeat(257) } }, 'Map value must satisfy constraint: [Member must have length less than or equal to 256]'],
    ['with too many tags', { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }, "at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50"],
    ['against a rule of the documentation', { ProcessingInputs: [{ InputName: 'nothing' }] }, 'Exactly one of S3Input and DatasetDefinition must be specified'],
  ])('%s is refused in the words of the service', async (_, change, message) => {
    const { status, body } = await send('CreateProcessingJob', { ...VALID, ...change });
    expect(status).toBe(400);
    expect(body.__type).toBe('ValidationException');
    expect(body.message).toContain(message);
    expect(await cloud.sagemaker.jobs()).toEqual([]);
  });

  test('names every broken constraint at once', async () => {
    const { body } = await send('CreateProcessingJob', { ...VALID, ProcessingJobName: '', RoleArn: null });
    expect(body.message).toMatch(/^3 validation errors detected: /);
  });

  test('with a number as text is refused, as CloudFormation would send it', async () => {
    const { status, body } = await send('CreateProcessingJob', {
      ...VALID, ProcessingResources: { ClusterConfig: { InstanceCount: '1', InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
    });
    expect(status).toBe(400);
    expect(body.__type).toBe('SerializationException');
  });

  test('with a member that the model does not know is taken; tests see the member', async () => {
    expect((await send('CreateProcessingJob', { ...VALID, BrandNew: { Shiny: true } })).status).toBe(200);
    const [job] = await cloud.sagemaker.jobs();
    expect(job.UnknownMembers).toEqual(['BrandNew']);
    expect(job.Request.BrandNew).toEqual({ Shiny: true });
  });
});

describe('a job', () => {
  test('completes, is listed, and frees its name when it is deleted', async () => {
    await cloud.sagemaker.simulate({ seconds: 0.1, exitMessage: 'all well' });
    await client.send(new CreateProcessingJobCommand(simulated('one')));
    expect(await ended('one')).toMatchObject({ ProcessingJobStatus: 'Completed', ExitMessage: 'all well' });
    const { ProcessingJobSummaries } = await client.send(new ListProcessingJobsCommand({ NameContains: 'one' }));
    expect(ProcessingJobSummaries).toHaveLength(1);

    await expect(client.send(new CreateProcessingJobCommand(simulated('one')))).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: expect.stringContaining('Job name must be unique within an AWS account and region, and a job with this name already exists (arn:'),
    });
    await client.send(new DeleteProcessingJobCommand({ ProcessingJobName: 'one' }));
    await expect(describeJob('one')).rejects.toMatchObject({ name: 'ValidationException', message: 'Could not find requested job with name: one' });
    await client.send(new CreateProcessingJobCommand(simulated('one')));
  });

  test('that runs can be stopped but not deleted, and one that has ended can be deleted but not stopped', async () => {
    await cloud.sagemaker.simulate({ seconds: 60, stopSeconds: 0.3 });
    await client.send(new CreateProcessingJobCommand(simulated('long')));
    await expect(client.send(new DeleteProcessingJobCommand({ ProcessingJobName: 'long' }))).rejects.toThrow('is in status InProgress');
    await client.send(new StopProcessingJobCommand({ ProcessingJobName: 'long' }));
    expect(await describeJob('long')).toMatchObject({ ProcessingJobStatus: 'Stopping' });
    expect(await ended('long')).toMatchObject({ ProcessingJobStatus: 'Stopped' });
    await expect(client.send(new StopProcessingJobCommand({ ProcessingJobName: 'long' }))).rejects.toThrow(
      'The request was rejected because the processing job is in status Stopped');
  });

  test('has tags that can be changed, 50 at most', async () => {
    const tags = Array.from({ length: 50 }, (_, i) => ({ Key: `key ${i}`, Value: 'ä' }));
    const { ProcessingJobArn: arn } = await client.send(new CreateProcessingJobCommand({ ...simulated('tagged'), Tags: tags }));
    await expect(client.send(new AddTagsCommand({ ResourceArn: arn, Tags: [{ Key: 'one more', Value: '' }] }))).rejects.toThrow('limit of 50');
    await client.send(new DeleteTagsCommand({ ResourceArn: arn, TagKeys: tags.slice(1).map((tag) => tag.Key) }));
    await client.send(new AddTagsCommand({ ResourceArn: arn, Tags: [{ Key: 'key 0', Value: 'new' }] }));
    expect((await client.send(new ListTagsCommand({ ResourceArn: arn }))).Tags).toEqual([{ Key: 'key 0', Value: 'new' }]);
  });
});

describe('a fault', () => {
  test('makes a call fail, as often as asked', async () => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ThrottlingException', message: 'Rate exceeded' });
    await expect(client.send(new CreateProcessingJobCommand(simulated('throttled')))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await client.send(new CreateProcessingJobCommand(simulated('throttled')));
    expect(await cloud.sagemaker.calls('CreateProcessingJob')).toMatchObject([{ Error: 'ThrottlingException' }, { Error: null }]);
  });

  test('can lose the answer of a call that took effect', async () => {
    await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ConnectionLost', when: 'after' });
    await expect(client.send(new CreateProcessingJobCommand(simulated('lost')))).rejects.toThrow();
    expect((await cloud.sagemaker.jobs()).map((job) => job.ProcessingJobName)).toEqual(['lost']);
  });
});

test('a supervised process ends, with what it has started, when its starter is gone', async () => {
  const python = join(__dirname, '../../.local-cloud/venv/bin/python');
  const child = spawn(python, [join(__dirname, '../../local-cloud/supervise.py'), python, '-c', `
import subprocess, sys, time
print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True)
time.sleep(600)
`], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((done) => child.stdout.once('data', done)));
  expect(isRunning(pid)).toBe(true);
  const exit = new Promise((done) => child.once('exit', done));
  // What the operating system does when the starter ends.
  child.stdin.destroy();
  await exit;
  expect(isRunning(pid)).toBe(false);
});
