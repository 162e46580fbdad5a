import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ProcessingJob } from '../../../src/index';
import { minimalProps, newJob, newStack, PROCESSING_JOB } from '../testing';

// `Template.fromStack` refuses a template whose resources depend on each other in a circle.

const SAGEMAKER = new ServicePrincipal('sagemaker.amazonaws.com');

function dependenciesOf(stack: Stack, jobId: string): string[] {
  const jobs = Template.fromStack(stack).findResources(PROCESSING_JOB);
  const [job] = Object.entries(jobs).filter(([id]) => id.startsWith(jobId)).map(([, resource]) => resource);
  return job.DependsOn;
}

test('a job with a role of its own can come after another', () => {
  const stack = newStack();
  const first = newJob(stack, {}, 'First');
  newJob(stack, {}, 'Second').node.addDependency(first);
  expect(dependenciesOf(stack, 'Second')).toContainEqual(expect.stringMatching(/^First[0-9A-F]{8}$/));
});

test('a construct with a role and a job that is given it can come after another job', () => {
  const stack = newStack();
  const first = newJob(stack, {}, 'First');
  const step = new Construct(stack, 'Step');
  const role = new Role(step, 'Role', { assumedBy: SAGEMAKER });
  new ProcessingJob(step, 'Second', { ...minimalProps(), role });
  step.node.addDependency(first);
  expect(dependenciesOf(stack, 'StepSecond')).toContainEqual(expect.stringMatching(/^First[0-9A-F]{8}$/));
});

test('the provider may pass on a role that a job is given before the job starts', () => {
  const stack = newStack();
  const role = new Role(stack, 'Role', { assumedBy: SAGEMAKER });
  newJob(stack, { role }, 'First');
  newJob(stack, { role }, 'Second');
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(([, { Properties }]) => Properties.PolicyDocument.Statement.some(({ Action }: any) => Action === 'iam:PassRole'));
  expect(policies).toHaveLength(1);
  const [id, { Properties }] = policies[0];
  expect(Properties.PolicyDocument.Statement).toEqual([{
    Action: 'iam:PassRole',
    Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    Effect: 'Allow',
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] },
  }]);
  expect(dependenciesOf(stack, 'First')).toContain(id);
  expect(dependenciesOf(stack, 'Second')).toContain(id);
});

test('a stack holds 480 jobs with one role', () => {
  const stack = new Stack(new App(), 'Test');
  const role = new Role(stack, 'Role', { assumedBy: SAGEMAKER });
  for (let job = 0; job < 480; job++) {
    newJob(stack, { role }, `Job${job}`);
  }
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources).length).toBeLessThanOrEqual(500);
});
