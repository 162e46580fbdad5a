import { CfnOutput, CfnParameter, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AUTOML_JOB, dependenciesOf, JOB_COMPLETION, newJob, newStack, problemsOf, resourcesOf } from './testing';
import { AutoMLJob, AutoMLJobRemovalPolicy } from '../../src';

/** The time that a stack waits for its job, and in how many resources. */
function waitOf(stack: Stack): { seconds: string; resources: number } | undefined {
  const completions = Object.values(resourcesOf(stack, JOB_COMPLETION)).map(({ Properties }) => Properties);
  expect(completions.every(({ JobType }) => JobType === AUTOML_JOB)).toBe(true);
  return completions.length === 0 ? undefined : { seconds: completions[0].TimeoutSeconds, resources: completions.length };
}

describe('the deployment', () => {
  test.each<[string, object, ReturnType<typeof waitOf>]>([
    ['does not wait by default', {}, undefined],
    ['does not wait because of maxRuntime', { maxRuntime: Duration.hours(3) }, undefined],
    ['waits as long as completionTimeout says', { completionTimeout: Duration.hours(2) }, { seconds: '7200', resources: 2 }],
  ])('%s', (_name, props, wait) => {
    const stack = newStack();
    newJob(stack, props);
    expect(waitOf(stack)).toEqual(wait);
  });

  test.each<[string, (stack: Stack) => object, ReturnType<typeof waitOf>]>([
    ['an hour', () => ({}), { seconds: '3600', resources: 1 }],
    ['half an hour more than the job may run, for it ends what it is doing', () => ({ maxRuntime: Duration.hours(3) }), { seconds: '12600', resources: 4 }],
    ['nine days at most', () => ({ maxRuntime: Duration.days(30) }), { seconds: '777600', resources: 216 }],
    ['as long as completionTimeout says', () => ({ maxRuntime: Duration.hours(3), completionTimeout: Duration.minutes(5) }), { seconds: '300', resources: 1 }],
    ['an hour, when only CloudFormation knows how long the job may run',
      (stack) => ({ maxRuntime: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber) }), { seconds: '3600', resources: 1 }],
  ])('that needs the best candidate waits %s', (_name, props, wait) => {
    const stack = newStack();
    new CfnOutput(stack, 'Best', { value: newJob(stack, props(stack)).bestCandidateName });
    expect(waitOf(stack)).toEqual(wait);
  });

  test('cannot wait longer than nine days', () => {
    expect(problemsOf({ completionTimeout: Duration.days(10) })).toEqual([expect.stringMatching(/^completionTimeout is .*at most nine days/)]);
  });
});

test.each<[keyof AutoMLJob, string]>([
  ['bestCandidateName', 'BestCandidateName'],
  ['bestCandidateMetricName', 'BestCandidateMetricName'],
  ['bestCandidateMetricValue', 'BestCandidateMetricValue'],
])('%s is an attribute of the completion', (property, attribute) => {
  const stack = newStack();
  new CfnOutput(stack, 'Value', { value: newJob(stack)[property] as string });
  const [completion] = Object.keys(resourcesOf(stack, JOB_COMPLETION));
  expect(Template.fromStack(stack).findOutputs('Value').Value.Value).toEqual({ 'Fn::GetAtt': [completion, attribute] });
});

test('what depends on the job depends on its completion', () => {
  const stack = newStack();
  const job = newJob(stack, { completionTimeout: Duration.hours(1) });
  new CfnResource(stack, 'Dependent', { type: 'Test::Resource' }).node.addDependency(job);
  expect(dependenciesOf(stack, 'Dependent')).toEqual(expect.arrayContaining(Object.keys(resourcesOf(stack, JOB_COMPLETION))));
});

test.each([[undefined, 'STOP'], [AutoMLJobRemovalPolicy.STOP, 'STOP'], [AutoMLJobRemovalPolicy.RETAIN, 'RETAIN']])(
  'with the removal policy %s a job is treated as %s says', (removalPolicy, RemovalPolicy) => {
    const stack = newStack();
    newJob(stack, { removalPolicy });
    expect(Object.values(resourcesOf(stack, AUTOML_JOB))[0].Properties.RemovalPolicy).toBe(RemovalPolicy);
  });
