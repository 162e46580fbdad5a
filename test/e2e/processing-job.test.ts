/**
 * Lives of processing jobs, deployed by the CDK CLI: construct, template, provider and handler together.
 */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { CfnOutput, CfnResource, Duration } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { jobStack, SIMULATED_IMAGE, taggedJobStack } from './job-stack';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { JobRecord } from '../../local-cloud/sagemaker-control';
import {
  ProcessingCode, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobRemovalPolicy, ProcessingOutput, S3Location,
} from '../../src';

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start();
}, 180_000);

afterAll(async () => cloud?.stop());

beforeEach(async () => cloud.sagemaker.reset());

/** Deploys and expects it to work. */
async function deploy(...args: Parameters<LocalCloud['deploy']>): Promise<void> {
  expect((await cloud.deploy(...args)).reason).toBeUndefined();
}

async function destroy(...args: Parameters<LocalCloud['destroy']>): Promise<void> {
  expect((await cloud.destroy(...args)).reason).toBeUndefined();
}

async function job(name: string): Promise<JobRecord> {
  const found = (await cloud.sagemaker.jobs()).find((each) => each.ProcessingJobName === name);
  expect(found).toBeDefined();
  return found!;
}

async function jobOf(stackName: string): Promise<JobRecord> {
  return job((await cloud.stacks.outputs(stackName)).JobName);
}

async function creations(): Promise<number> {
  return (await cloud.sagemaker.calls('CreateProcessingJob')).length;
}

function script(name: string, text: string): ProcessingCode {
  const file = join(cloud.folder, name);
  writeFileSync(file, text);
  return ProcessingCode.fromAsset(file);
}

const SUMS_UP = `
import glob, sys
import pandas as pd
frame = pd.concat(pd.read_csv(file) for file in glob.glob('/opt/ml/processing/input/raw/*.csv'))
frame.sum().to_json('/opt/ml/processing/output/sums/sums.json')
open('/opt/ml/output/message', 'w').write(f'{len(frame)} rows, {sys.argv[1:]}')
`;

test('a script runs, with what it needs; everything about it arrives typed; nothing runs again without a change', async () => {
  const data = join(cloud.folder, 'numbers.csv');
  writeFileSync(data, 'a,b\n1,2\n3,4\n');
  const app = () => jobStack(cloud.folder, 'Script', {
    code: script('sum.py', SUMS_UP),
    arguments: ['--verbose'],
    maxRuntime: Duration.minutes(10),
    networkIsolation: true,
    environment: { SHARDS: '2' },
  }, (stack, summing) => {
    const bucket = new Bucket(stack, 'Bucket');
    const asset = new Asset(stack, 'Data', { path: data });
    summing.addInput('raw', ProcessingInput.fromS3(S3Location.fromAsset(asset)));
    summing.addOutput('sums', ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'sums/')));
    summing.addRequestOverride('AppSpecification.BrandNew', { Enabled: true, Count: 3 });
    new CfnOutput(stack, 'Message', { value: summing.exitMessage });
    new CfnOutput(stack, 'Sums', { value: summing.outputLocation('sums').uri });
  });
  await deploy(app(), 'Script');

  const { JobName, Message, Sums } = await cloud.stacks.outputs('Script');
  expect(Message).toBe("2 rows, ['--verbose']");
  expect(JSON.parse(await cloud.s3.read(`${Sums}sums.json`))).toEqual({ a: 4, b: 6 });
  const record = await job(JobName);
  expect(record).toMatchObject({
    ProcessingJobStatus: 'Completed',
    UnknownMembers: ['AppSpecification.BrandNew'],
    Request: {
      AppSpecification: { BrandNew: { Enabled: true, Count: 3 } },
      Environment: { SHARDS: '2' },
      NetworkConfig: { EnableNetworkIsolation: true },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
      StoppingCondition: { MaxRuntimeInSeconds: 600 },
    },
  });
  expect(Object.keys(record.Tags).sort()).toEqual(
    ['definition', 'request', 'resource', 'stack'].map((name) => `cdk-sagemaker-jobs:${name}`));

  expect(await cloud.deploy(app(), 'Script')).toMatchObject({ ok: true, changed: false });
  expect(await creations()).toBe(1);
});

test('a changed tag changes the tags of the job and runs nothing', async () => {
  await deploy(taggedJobStack(cloud.folder, 'Tags', { team: 'birds', stage: 'test' }), 'Tags');
  const before = await jobOf('Tags');
  expect(before.Tags).toMatchObject({ team: 'birds', stage: 'test' });

  await deploy(taggedJobStack(cloud.folder, 'Tags', { team: 'penguins' }), 'Tags');
  const after = await jobOf('Tags');
  expect(after.ProcessingJobName).toBe(before.ProcessingJobName);
  expect(after.Tags.team).toBe('penguins');
  expect(after.Tags.stage).toBeUndefined();
  expect(await creations()).toBe(1);
});

test('a changed definition runs a new job; the one before is stopped and let go', async () => {
  await cloud.sagemaker.simulate({ seconds: 600 });
  await deploy(jobStack(cloud.folder, 'Change', { environment: { MODE: 'a' } }), 'Change');
  const before = await jobOf('Change');
  await deploy(jobStack(cloud.folder, 'Change', { environment: { MODE: 'b' } }), 'Change');
  const after = await jobOf('Change');

  expect(after.ProcessingJobName).not.toBe(before.ProcessingJobName);
  expect(after.ProcessingJobStatus).toBe('InProgress');
  expect(await job(before.ProcessingJobName)).toMatchObject({ ProcessingJobStatus: 'Stopped', Tags: {} });
  expect(await creations()).toBe(2);
});

test('a job that fails fails the deployment with its own error, and the stack goes back to the job that it had', async () => {
  const app = (text: string) => jobStack(cloud.folder, 'Failing', { code: script('work.py', text), completionTimeout: Duration.minutes(5) });
  await deploy(app('print("good")'), 'Failing');
  const before = await jobOf('Failing');

  const result = await cloud.deploy(app('print("working")\nraise ValueError("no penguins")'), 'Failing');
  expect(result.ok).toBe(false);
  expect(result.reason).toContain('ended with status Failed');
  expect(result.reason).toContain('AlgorithmError: , exit code: 1');
  expect(result.reason).toContain('ValueError: no penguins');
  expect(result.reason).not.toMatch(/^ +at .*\.js/m);
  expect(await cloud.stacks.status('Failing')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await jobOf('Failing')).ProcessingJobName).toBe(before.ProcessingJobName);
  expect((await job(before.ProcessingJobName)).Tags).toMatchObject({ 'cdk-sagemaker-jobs:resource': expect.anything() });
  expect(await creations()).toBe(2);

  // The same once more is a new attempt, for the job that failed did not do its work.
  expect((await cloud.deploy(app('print("good again")'), 'Failing')).ok).toBe(true);
  expect(await creations()).toBe(3);
});

describe('a first deployment that fails', () => {
  /** A job that runs long, then one whose name is taken. */
  const app = () => jobStack(cloud.folder, 'Taken', {}, (stack, running) => {
    const second = new ProcessingJob(stack, 'Second', {
      image: SIMULATED_IMAGE, instanceType: ProcessingInstanceType.M5_LARGE, processingJobName: 'taken-name',
    });
    const resource = (construct: ProcessingJob) => construct.node.findChild('Resource') as CfnResource;
    resource(second).addDependency(resource(running));
  });

  beforeEach(async () => {
    await cloud.sagemaker.simulate({ seconds: 600 });
    await cloud.sagemaker.addJob('taken-name');
  });

  async function expectOnlyOwnJobToBeStopped() {
    const [taken, own] = await cloud.sagemaker.jobs();
    expect(own.ProcessingJobStatus).toBe('Stopped');
    expect(taken).toMatchObject({ ProcessingJobName: 'taken-name', ProcessingJobStatus: 'Completed', Tags: {} });
    expect((await cloud.sagemaker.calls('StopProcessingJob')).map((call) => call.Request.ProcessingJobName)).toEqual([own.ProcessingJobName]);
  }

  test('says why, and its rollback stops what it has started', async () => {
    const result = await cloud.deploy(app(), 'Taken');
    expect(result.ok).toBe(false);
    expect(result.reason).toMatch(/The name taken-name is taken by a processing job \(status Completed\) of somebody else/);
    expect(await cloud.stacks.status('Taken')).toBe('ROLLBACK_COMPLETE');
    await expectOnlyOwnJobToBeStopped();
  });

  test('leaves that to the deletion of the stack when there is no rollback', async () => {
    expect((await cloud.deploy(app(), 'Taken', { rollback: false })).ok).toBe(false);
    expect(await cloud.stacks.status('Taken')).toBe('CREATE_FAILED');
    expect((await cloud.sagemaker.jobs())[1].ProcessingJobStatus).toBe('InProgress');
    await destroy(app(), 'Taken');
    await expectOnlyOwnJobToBeStopped();
  });
});

test('a stack that is destroyed while its job runs is gone after the job has ended', async () => {
  await cloud.sagemaker.simulate({ seconds: 600, stopSeconds: 3 });
  const app = () => jobStack(cloud.folder, 'Destroyed', { removalPolicy: ProcessingJobRemovalPolicy.STOP });
  await deploy(app(), 'Destroyed');
  const { ProcessingJobName: name, ProcessingJobStatus: status } = await jobOf('Destroyed');
  expect(status).toBe('InProgress');
  const id = (await cloud.stacks.id('Destroyed'))!;

  await destroy(app(), 'Destroyed');
  const stopped = await job(name);
  expect(stopped.ProcessingJobStatus).toBe('Stopped');
  const roleDeleted = (await cloud.stacks.events(id)).find((event) =>
    event.ResourceType === 'AWS::IAM::Role' && event.ResourceStatus === 'DELETE_IN_PROGRESS' && event.LogicalResourceId?.startsWith('JobJobRole'));
  expect(roleDeleted!.Timestamp!.getTime() / 1000).toBeGreaterThanOrEqual(Math.floor(stopped.ProcessingEndTime!));
});

test('a removed record goes with the stack when the removal policy says so', async () => {
  const app = () => jobStack(cloud.folder, 'Deleted', { removalPolicy: ProcessingJobRemovalPolicy.DELETE });
  await deploy(app(), 'Deleted');
  await destroy(app(), 'Deleted');
  expect(await cloud.sagemaker.jobs()).toEqual([]);
});

test('faults of the service do not run a job twice', async () => {
  await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ThrottlingException', message: 'Rate exceeded', times: 2 });
  await cloud.sagemaker.fault({ operation: 'CreateProcessingJob', error: 'ConnectionLost', when: 'after' });
  await cloud.sagemaker.fault({
    operation: 'DescribeProcessingJob', error: 'InternalFailure', message: 'An internal error has occurred', times: 2,
  });
  await deploy(jobStack(cloud.folder, 'Faults', { completionTimeout: Duration.minutes(5) }), 'Faults');
  expect(await cloud.sagemaker.jobs()).toHaveLength(1);
  expect((await jobOf('Faults')).ProcessingJobStatus).toBe('Completed');
});

describe('a script that reads S3 itself', () => {
  const READS = `
import boto3, os
bucket, key = os.environ['DATA'].removeprefix('s3://').split('/', 1)
body = boto3.client('s3').get_object(Bucket=bucket, Key=key)['Body'].read()
open('/opt/ml/output/message', 'w').write(f'{len(body)} bytes')
`;

  const reading = (stackName: string, mayRead: boolean) => {
    const data = join(cloud.folder, 'data.csv');
    writeFileSync(data, 'a\n1\n');
    return jobStack(cloud.folder, stackName, {
      code: script('reads.py', READS), completionTimeout: Duration.minutes(5), environment: { STACK: stackName },
    }, (stack, reader) => {
      const asset = new Asset(stack, 'Data', { path: data });
      reader.addEnvironment('DATA', asset.s3ObjectUrl);
      if (mayRead) {
        S3Location.fromAsset(asset).grantRead(reader);
      }
      new CfnOutput(stack, 'Message', { value: reader.exitMessage });
    });
  };

  test('is refused what its role may not read, as the service would', async () => {
    const { reason } = await cloud.deploy(reading('Refused', false), 'Refused');
    expect(reason).toContain('no identity-based policy allows the s3:GetObject action');
    await destroy(reading('Refused', false), 'Refused');
  });

  test('reads what it was granted', async () => {
    await deploy(reading('Granted', true), 'Granted');
    expect((await cloud.stacks.outputs('Granted')).Message).toBe('4 bytes');
    await destroy(reading('Granted', true), 'Granted');
  });
});
