/**
 * What the README shows and counts is so.
 */
import { readFileSync } from 'fs';
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingJobProps, S3Location } from '../../src';
import { PROCESSING_JOB } from '../../src/provider/contract';
import { COMPLETION, Deployment, jobProperties } from '../handler/deployment';

const ROOT = path.join(__dirname, '..', '..');
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const costs = readFileSync(path.join(ROOT, 'docs', 'costs.md'), 'utf8');
const decision = readFileSync(path.join(ROOT, 'docs', 'decisions', '0027-one-provider-a-stack.md'), 'utf8');

function prepare(stack: Stack, props: Partial<ProcessingJobProps> = {}): ProcessingJob {
  return new ProcessingJob(stack, 'Prepare', {
    image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13'),
    instanceType: ProcessingInstanceType.M5_XLARGE,
    ...props,
  });
}

describe('its first screen', () => {
  // What a browser or a terminal shows at once.
  const firstScreen = readme.split('\n').slice(0, 25).join('\n');
  const tasks = JSON.parse(readFileSync(path.join(ROOT, '.projen', 'tasks.json'), 'utf8')).tasks;
  const ci = readFileSync(path.join(ROOT, '.ci', 'run'), 'utf8');

  test.each(['demo', 'test'])('has the command for a fresh machine that CI runs as well: %s', (task) => {
    expect(firstScreen).toMatch(new RegExp(`^npm ci && npx projen ${task}\\b`, 'm'));
    expect(Object.keys(tasks)).toContain(task);
    expect(ci).toMatch(/^ *npm ci\b/m);
    expect(ci).toMatch(new RegExp(`^step '.*' npx projen ${task}$`, 'm'));
  });

  test('links to each section, in order', () => {
    const prose = readme.replace(/^```.*?^```$/gms, '');
    const sections = [...prose.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect([...firstScreen.matchAll(/\[([^\]]+)\]\(#[^)]+\)/g)].map(([, title]) => title)).toEqual(sections);
  });
});

test('the error that it shows is what such a job says', () => {
  const stack = new Stack(new App(), 'Demo');
  const [, shown] = /^```\n(ProcessingJob .*?)\n```$/ms.exec(readme)!;
  expect(() => prepare(stack, {
    environment: { '1ST': 'a' },
    maxRuntime: Duration.days(30),
    inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://bucket/raw/'), { localPath: '/data' }) },
  })).toThrow(new Error(shown));
});

test('the provider has as many parts as it says', () => {
  const stack = new Stack(new App(), 'Demo');
  prepare(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
  expect(readme).toContain('a function and a state machine');
  const ofProvider = Object.keys(template.toJSON().Resources).filter((id) => id.startsWith('SageMakerJobProvider'));
  expect(decision).toContain(`${ofProvider.length} resources for each stack with jobs, then three for a job`);
  expect(Object.keys(template.toJSON().Resources)).toHaveLength(ofProvider.length + 3);
});

test('an hour of waiting takes as many looks as it says, rounded to tens', async () => {
  const deployment = new Deployment();
  const { id } = await deployment.create(jobProperties());
  const properties = { ContractVersion: '1', JobType: PROCESSING_JOB, JobName: id, WaitSeconds: '3540', OnTimeout: 'CONTINUE', TimeoutSeconds: '7200' };
  const delivery = deployment.deliver({ ...COMPLETION, RequestType: 'Create', ResourceProperties: properties });
  const before = deployment.sageMaker.calls.length;
  await delivery.finish();
  const looks = Math.round((deployment.sageMaker.calls.length - before) / 10) * 10;
  // A pause, the look, and what it came to.
  const transitions = 3 * looks;
  expect(readme).toContain(`${looks} looks, which are ${transitions} transitions`);
  expect(costs).toContain(`An hour of waiting takes ${looks} looks`);
  expect(costs).toContain(`| state transitions | ${transitions} | ${(transitions * 0.025 / 1000).toFixed(4)} |`);
});
