import { RemovalPolicy } from 'aws-cdk-lib';
import { newJob, newStack, problemsOf, requestOf, resourceOf } from './testing';
import { ProcessingJobRemovalPolicy } from '../../src';

test('a job is stopped when its resource goes, by default', () => {
  const stack = newStack();
  newJob(stack);
  expect(resourceOf(stack).Properties.RemovalPolicy).toBe('STOP');
  expect(resourceOf(stack)).not.toHaveProperty('DeletionPolicy');
});

test('the policy is no part of the request, so that its change does not run the job again', () => {
  const [stop, remove] = [ProcessingJobRemovalPolicy.STOP, ProcessingJobRemovalPolicy.DELETE].map((removalPolicy) => {
    const stack = newStack();
    newJob(stack, { removalPolicy });
    return requestOf(stack);
  });
  expect(stop).toEqual(remove);
});

test.each([
  [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
])('the inherited applyRemovalPolicy(%s) is CloudFormation’s', (policy, deletion, replacement) => {
  const stack = newStack();
  newJob(stack).applyRemovalPolicy(policy);
  expect(resourceOf(stack)).toMatchObject({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement });
  expect(resourceOf(stack).Properties.RemovalPolicy).toBe('STOP');
});

test('the removal policy of the CDK is not that of a job', () => {
  expect(problemsOf({ removalPolicy: RemovalPolicy.RETAIN })).toEqual([
    "removalPolicy is 'retain': must be one of ProcessingJobRemovalPolicy.STOP, ProcessingJobRemovalPolicy.DELETE, ProcessingJobRemovalPolicy.RETAIN. Choose one of them.",
  ]);
});
