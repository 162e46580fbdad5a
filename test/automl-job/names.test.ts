import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { AUTOML_JOB, newJob, newStack, resourceOf, resourcesOf } from './testing';


function prefixOf(stack: Stack): string {
  return resourceOf(stack).Properties.JobNamePrefix;
}

function propertiesOf(resource: CfnResource): any {
  return Object.values<any>(Stack.of(resource).resolve(resource._toCloudFormation()).Resources)[0].Properties;
}

describe('a generated name', () => {
  test('begins with the stack and, as far as there is room, the path', () => {
    const stack = newStack('shop');
    newJob(stack);
    expect(prefixOf(stack)).toMatch(/^shop--churn-\w{6}$/);
  });

  test('has at most 32 characters, with those of the run', () => {
    const stack = newStack('Analytics-Production');
    newJob(stack, {}, 'ChurnOfCustomers');
    expect(prefixOf(stack)).toMatch(/^analyt-\w{6}--\w{6}$/);
    expect(`${prefixOf(stack)}-0123456789`).toHaveLength(32);
  });

  test('of a job in a nested stack begins with the path, because CloudFormation makes up the stack’s name', () => {
    const nested = new NestedStack(newStack('Outer'), 'Inner');
    newJob(nested);
    expect(prefixOf(nested)).toMatch(/^outer-\w{6}--\w{6}$/);
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
      // The policy of the provider is made when all jobs are known.
      Template.fromStack(stack);
      const policy = stack.node.findChild('SageMakerJobProvider').node.findAll()
        .filter((node) => node instanceof CfnPolicy)
        .map((node) => JSON.stringify(propertiesOf(node)))
        .find((text) => text.includes('sagemaker:CreateAutoMLJob'))!;
      const [pattern] = /automl-job\/[^"]*/.exec(policy)!;
      expect(pattern.endsWith('--*')).toBe(true);
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
