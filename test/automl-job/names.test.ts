import { App, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { AUTOML_JOB, newJob, newStack, resourceOf, resourcesOf } from './testing';
import { AutoMLModel } from '../../src';
import { permissionsOf } from '../processing-job/policies';
import { newJob as newProcessingJob } from '../processing-job/testing';

const HANDLER_ROLE = 'SageMakerJobProviderIsCompleteRole';
const SAGEMAKER = 'arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>';

function prefixOf(stack: Stack): string {
  return resourceOf(stack).Properties.JobNamePrefix;
}

function propertiesOf(resource: CfnResource): any {
  return Object.values<any>(Stack.of(resource).resolve(resource._toCloudFormation()).Resources)[0].Properties;
}

describe('a generated name', () => {
  test('begins with the stack and, as far as there is room, the path', () => {
    const stack = newStack('Shop');
    newJob(stack);
    expect(prefixOf(stack)).toMatch(/^shop-churn-[0-9a-f]{8}$/);
  });

  test('has at most 32 characters, with those of the run', () => {
    const stack = newStack('Analytics-Production');
    newJob(stack, {}, 'ChurnOfCustomers');
    expect(prefixOf(stack)).toMatch(/^analytics-pr-[0-9a-f]{8}$/);
    expect(`${prefixOf(stack)}-0123456789`).toHaveLength(32);
  });

  test('of a job in a nested stack begins with the path, because CloudFormation makes up the stack’s name', () => {
    const nested = new NestedStack(newStack('Outer'), 'Inner');
    newJob(nested);
    expect(prefixOf(nested)).toMatch(/^outer-inner-[0-9a-f]{8}$/);
  });

  test('is valid and covered by the provider’s permissions, whatever the ids are', () => {
    const anyId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((id) => !/[/\0]/.test(id) && !(id in {}));
    const stackId = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,120}$/);
    fc.assert(fc.property(stackId, anyId, anyId, (stackName, parent, id) => {
      const stack = new Stack(new App(), stackName);
      const job = newJob(new Construct(stack, parent) as Stack, {}, id);
      const { JobNamePrefix } = propertiesOf(job.node.defaultChild as CfnResource);
      expect(JobNamePrefix).toMatch(/^[a-z0-9](-*[a-z0-9]){0,20}$/);
      expect(JobNamePrefix.length).toBeLessThanOrEqual(21);
      const policy = stack.node.findChild('SageMakerJobProvider').node.findAll()
        .filter((node) => node instanceof CfnPolicy)
        .map((node) => JSON.stringify(propertiesOf(node)))
        .find((text) => text.includes('sagemaker:CreateAutoMLJob'))!;
      const [pattern] = /automl-job\/[^"]*/.exec(policy)!;
      expect(pattern.endsWith('-*')).toBe(true);
      expect(`automl-job/${JobNamePrefix}-0123456789`.startsWith(pattern.slice(0, -1))).toBe(true);
    }), { numRuns: 60 });
  });

  test('is that of no other job', () => {
    const stack = newStack('Analytics-Production');
    for (const id of ['Job', 'job', 'J_ob', 'x'.repeat(80)]) {
      newJob(stack, {}, id);
      newJob(new Construct(stack, `In${id}`) as Stack, {}, id);
    }
    const prefixes = Object.values(resourcesOf(stack, AUTOML_JOB)).map(({ Properties }) => Properties.JobNamePrefix);
    expect(new Set(prefixes).size).toBe(8);
  });

  test('is known to the app as what CloudFormation returns', () => {
    const stack = newStack();
    const job = newJob(stack);
    const Ref = stack.getLogicalId(job.node.defaultChild as CfnResource);
    expect(stack.resolve(job.autoMLJobName)).toEqual({ Ref });
    expect(stack.resolve(job.autoMLJobArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':automl-job/', { Ref }]],
    });
  });
});

test('a given name is passed on as it is, and known to stacks of other environments', () => {
  const app = new App();
  const stack = new Stack(app, 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
  const other = new Stack(app, 'Other', { env: { account: '222222222222', region: 'us-east-1' } });
  const job = newJob(stack, { autoMLJobName: 'Churn-2026' });
  other.exportValue(job.autoMLJobArn, { name: 'Arn' });
  expect(resourceOf(stack).Properties.JobName).toBe('Churn-2026');
  expect(resourceOf(stack).Properties).not.toHaveProperty('JobNamePrefix');
  expect(Object.values(Template.fromStack(other).findOutputs('*'))[0].Value)
    .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111111111111:automl-job/Churn-2026']] });
});

describe('the function that calls SageMaker', () => {
  /** With conditions, it may do some with whatever belongs to the stack. */
  const sageMakerActions = (stack: Stack) => permissionsOf(stack, HANDLER_ROLE).filter((line) => /^sagemaker:(?!.* if )/.test(line));
  const jobActions = (name: string) => ['AddTags', 'CreateAutoMLJob', 'DeleteTags', 'DescribeAutoMLJobV2', 'ListTags', 'StopAutoMLJob']
    .map((action) => `sagemaker:${action} on ${SAGEMAKER}:automl-job/${name}`);
  const modelActions = (name: string) => ['AddTags', 'CreateModel', 'DeleteModel', 'DeleteTags', 'DescribeModel', 'ListTags']
    .map((action) => `sagemaker:${action} on ${SAGEMAKER}:model/${name}`);

  test('may do with AutoML jobs what it has to, and nothing with processing jobs, when there are none', () => {
    const stack = newStack();
    newJob(stack);
    expect(sageMakerActions(stack)).toEqual(jobActions('test-*'));
    expect(permissionsOf(stack, HANDLER_ROLE).filter((line) => line.includes('/aws/sagemaker/'))).toEqual([]);
  });

  test('may do nothing with AutoML jobs when there are none', () => {
    const stack = newStack();
    newProcessingJob(stack);
    expect(permissionsOf(stack, HANDLER_ROLE).filter((line) => /AutoML|automl|Model/.test(line))).toEqual([]);
  });

  test('may do with models what it has to, when there is one', () => {
    const stack = newStack();
    new AutoMLModel(stack, 'Model', { job: newJob(stack) });
    expect(sageMakerActions(stack)).toEqual([...jobActions('test-*'), ...modelActions('test-*')].sort());
  });

  test('may do with a given name what it has to', () => {
    const stack = newStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new AutoMLModel(stack, 'Model', { job: newJob(stack, { autoMLJobName: 'churn' }), modelName: name });
    expect(sageMakerActions(stack)).toEqual([...jobActions('churn'), ...modelActions('<Name>')].sort());
  });

  test('has the same policy for 20 jobs and models as for one', () => {
    const [one, twenty] = [1, 20].map((count) => {
      const stack = newStack();
      for (let index = 0; index < count; index++) {
        new AutoMLModel(stack, `Model${index}`, { job: newJob(stack, {}, `Job${index}`) });
      }
      return sageMakerActions(stack);
    });
    expect(twenty).toEqual(one);
  });
});
