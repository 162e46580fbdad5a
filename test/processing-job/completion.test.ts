import { CfnOutput, CfnParameter, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { JOB_COMPLETION, newJob, newStack, PROCESSING_JOB, resourceOf, resourcesOf } from './testing';

/** The completions of a stack in the order in which they wait. */
function chainOf(stack: Stack): { [property: string]: any }[] {
  const completions = resourcesOf(stack, JOB_COMPLETION);
  const [jobId] = Object.keys(resourcesOf(stack, PROCESSING_JOB));
  const chain = [];
  for (let previous: string | undefined = jobId; previous !== undefined;) {
    const next: string | undefined = Object.keys(completions).find((id) => completions[id].DependsOn?.includes(previous!));
    if (next !== undefined) {
      expect(completions[next].DependsOn).toEqual([previous]);
      chain.push(completions[next].Properties);
    }
    previous = next;
  }
  expect(chain).toHaveLength(Object.keys(completions).length);
  return chain;
}

/** The ids of what a resource of a stack waits for. */
function dependenciesOf(stack: Stack, logicalId: string): string[] {
  return Template.fromStack(stack).toJSON().Resources[logicalId].DependsOn ?? [];
}

describe('the deployment', () => {
  test('does not wait for a job by default', () => {
    const stack = newStack();
    newJob(stack);
    expect(chainOf(stack)).toEqual([]);
  });

  test('does not wait because of maxRuntime', () => {
    const stack = newStack();
    newJob(stack, { maxRuntime: Duration.hours(3) });
    expect(chainOf(stack)).toEqual([]);
  });

  test.each<[string, Duration, { WaitSeconds: string; OnTimeout: string }[], string]>([
    ['a second', Duration.seconds(1), [{ WaitSeconds: '1', OnTimeout: 'FAIL' }], '1'],
    ['ten minutes', Duration.minutes(10), [{ WaitSeconds: '600', OnTimeout: 'FAIL' }], '600'],
    ['the longest wait of one resource', Duration.seconds(3540), [{ WaitSeconds: '3540', OnTimeout: 'FAIL' }], '3540'],
    ['an hour', Duration.hours(1), [{ WaitSeconds: '3540', OnTimeout: 'FAIL' }], '3600'],
    ['an hour and a second', Duration.seconds(3601), [{ WaitSeconds: '3540', OnTimeout: 'CONTINUE' }, { WaitSeconds: '1', OnTimeout: 'FAIL' }], '3601'],
    ['three hours', Duration.hours(3), [
      { WaitSeconds: '3540', OnTimeout: 'CONTINUE' }, { WaitSeconds: '3540', OnTimeout: 'CONTINUE' }, { WaitSeconds: '3540', OnTimeout: 'FAIL' },
    ], '10800'],
  ])('waits %s in a chain of resources, each for less than an hour', (_name, completionTimeout, chain, TimeoutSeconds) => {
    const stack = newStack();
    const job = newJob(stack, { completionTimeout });
    expect(chainOf(stack)).toEqual(chain.map((completion) => ({
      ...completion,
      ContractVersion: '1',
      JobName: { Ref: stack.getLogicalId(job.node.defaultChild as CfnResource) },
      JobType: PROCESSING_JOB,
      ServiceToken: resourceOf(stack).Properties.ServiceToken,
      TimeoutSeconds,
    })));
  });

  test('waits nine days in as many resources as there are hours', () => {
    const stack = newStack();
    newJob(stack, { completionTimeout: Duration.days(9) });
    expect(chainOf(stack)).toHaveLength(216);
    expect(chainOf(stack).filter(({ OnTimeout }) => OnTimeout === 'FAIL')).toHaveLength(1);
  });

  test('waits once, however many need the end', () => {
    const stack = newStack();
    const job = newJob(stack, { completionTimeout: Duration.minutes(10) });
    new CfnOutput(stack, 'One', { value: job.exitMessage });
    new CfnOutput(stack, 'Two', { value: job.exitMessage });
    expect(chainOf(stack)).toHaveLength(1);
  });
});

describe('the exit message', () => {
  const waits = (props: object) => {
    const stack = newStack();
    new CfnOutput(stack, 'Message', { value: newJob(stack, props).exitMessage });
    return stack;
  };

  test('makes the deployment wait, and is read from the completion', () => {
    const stack = waits({ completionTimeout: Duration.hours(2) });
    const completions = resourcesOf(stack, JOB_COMPLETION);
    const last = Object.keys(completions).find((id) => completions[id].Properties.OnTimeout === 'FAIL');
    expect(Template.fromStack(stack).findOutputs('Message').Message.Value).toEqual({ 'Fn::GetAtt': [last, 'ExitMessage'] });
  });

  test('waits an hour by default', () => {
    expect(chainOf(waits({})).map(({ TimeoutSeconds }) => TimeoutSeconds)).toEqual(['3600']);
  });

  test('waits as long as the job may run, and half an hour around it', () => {
    expect(chainOf(waits({ maxRuntime: Duration.minutes(20) })).map(({ TimeoutSeconds }) => TimeoutSeconds)).toEqual(['3000']);
  });

  test('waits as long as completionTimeout says, when there is one', () => {
    const stack = waits({ maxRuntime: Duration.hours(3), completionTimeout: Duration.minutes(5) });
    expect(chainOf(stack).map(({ TimeoutSeconds }) => TimeoutSeconds)).toEqual(['300']);
  });

  test('waits an hour when only CloudFormation knows how long the job may run', () => {
    const stack = newStack();
    const maxRuntime = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
    new CfnOutput(stack, 'Message', { value: newJob(stack, { maxRuntime }).exitMessage });
    expect(chainOf(stack).map(({ TimeoutSeconds }) => TimeoutSeconds)).toEqual(['3600']);
  });
});

describe('what depends on the job', () => {
  const dependent = (completionTimeout?: Duration) => {
    const stack = newStack();
    const job = newJob(stack, { completionTimeout });
    const resource = new CfnResource(stack, 'Dependent', { type: 'Test::Resource' });
    resource.node.addDependency(job);
    return { stack, ids: dependenciesOf(stack, 'Dependent') };
  };

  test('depends on its completion', () => {
    const { stack, ids } = dependent(Duration.hours(2));
    expect(ids).toEqual(expect.arrayContaining(Object.keys(resourcesOf(stack, JOB_COMPLETION))));
  });

  test('depends on its start alone when nobody waits', () => {
    const { stack, ids } = dependent();
    expect(ids).toEqual(expect.arrayContaining(Object.keys(resourcesOf(stack, PROCESSING_JOB))));
  });

  test('through a parent construct depends on its completion, too', () => {
    const stack = newStack();
    const parent = new Construct(stack, 'Parent');
    newJob(parent, { completionTimeout: Duration.minutes(1) });
    const resource = new CfnResource(stack, 'Dependent', { type: 'Test::Resource' });
    resource.node.addDependency(parent);
    expect(dependenciesOf(stack, 'Dependent')).toEqual(expect.arrayContaining(Object.keys(resourcesOf(stack, JOB_COMPLETION))));
  });

  test('depends on a completion that is added after it', () => {
    const stack = newStack();
    const job = newJob(stack);
    const resource = new CfnResource(stack, 'Dependent', { type: 'Test::Resource' });
    resource.node.addDependency(job);
    new CfnOutput(stack, 'Message', { value: job.exitMessage });
    expect(dependenciesOf(stack, 'Dependent')).toEqual(expect.arrayContaining(Object.keys(resourcesOf(stack, JOB_COMPLETION))));
  });
});

test('a job that depends on something starts and is waited for after it', () => {
  const stack = newStack();
  const before = new CfnResource(stack, 'Before', { type: 'Test::Resource' });
  const job = newJob(stack, { completionTimeout: Duration.minutes(1) });
  job.node.addDependency(before);
  for (const id of [...Object.keys(resourcesOf(stack, PROCESSING_JOB)), ...Object.keys(resourcesOf(stack, JOB_COMPLETION))]) {
    expect(dependenciesOf(stack, id)).toContain('Before');
  }
});
