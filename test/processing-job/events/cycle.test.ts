/**
 * The rule of a job exists before the job: nothing that its target needs may need the job, and the CDK does not see that.
 */
import { App, CfnOutput, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ProcessingInput, ProcessingJob, ProcessingOutput, S3Location } from '../../../src/index';
import { errorOf, newJob, newStack } from '../testing';

const REMEDY = "Do not give the job's name or ARN to what the rule needs: read the name from the event, with EventField.fromPath('$.detail.ProcessingJobName').";

/** What the synthesis of a stack's app says. The assertions of the CDK would find a cycle themselves. */
function synthProblemsOf(stack: Stack): string[] {
  const { message } = errorOf(() => (stack.node.root as App).synth());
  return message.split('\n').slice(1).map((line) => line.trim());
}

function newFunction(stack: Stack, environment: { [name: string]: string } = {}): Function {
  return new Function(stack, 'Function', { code: Code.fromInline('x'), environment, handler: 'index.x', runtime: Runtime.PYTHON_3_13 });
}

describe('a cycle is found', () => {
  test('when the target’s input mentions the job', () => {
    const stack = newStack();
    const job = newJob(stack);
    const message = RuleTargetInput.fromText(`${job.processingJobName} has failed`);
    job.onFailed('Rule', { target: new SnsTopic(new Topic(stack, 'Topic'), { message }) });
    expect(synthProblemsOf(stack)).toEqual([
      expect.stringMatching(/^\[Test\] The rule 'Test\/Job\/Rule' has to exist before the job 'Test\/Job', and depends on it \(JobRule\w+ -> Job\w+\)\. /),
    ]);
    expect(synthProblemsOf(stack)[0]).toContain(REMEDY);
  });

  test.each<[string, (job: ProcessingJob, stack: Stack) => IRuleTarget | undefined, RegExp]>([
    ['through a function’s environment', (job, stack) => new LambdaFunction(newFunction(stack, { JOB: job.processingJobName })),
      /\(JobRule\w+ -> Function\w+ -> Job\w+\)/],
    ['through its ARN in a function’s environment', (job, stack) => new LambdaFunction(newFunction(stack, { JOB: job.processingJobArn })),
      /\(JobRule\w+ -> Function\w+ -> Job\w+\)/],
    ['through its exit message', (job, stack) => new LambdaFunction(newFunction(stack, { MESSAGE: job.exitMessage })),
      /\(JobRule\w+ -> Function\w+ -> JobJobCompletion\w+ -> Job\w+\)/],
    ['through Fn::Sub', (job, stack) => {
      const text = Fn.sub(`x \${${stack.getLogicalId(job.node.defaultChild as CfnResource)}}`);
      return new LambdaFunction(newFunction(stack, { JOB: text }));
    }, /\(JobRule\w+ -> Function\w+ -> Job\w+\)/],
    ['through a state machine’s definition', (job, stack) => new SfnStateMachine(new StateMachine(stack, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass', { parameters: { job: job.processingJobName } })),
    })), /\(JobRule\w+ -> Machine\w+ -> Job\w+\)/],
    ['through a dependency', (job, stack) => {
      const target = newFunction(stack);
      target.node.addDependency(job);
      return new LambdaFunction(target);
    }, /\(JobRule\w+ -> Function\w+ -> Job\w+\)/],
    ['through another job that reads its output', (job, stack) => {
      const later = newJob(stack, { inputs: { raw: ProcessingInput.fromS3(job.outputLocation('out')) } }, 'Later');
      return new LambdaFunction(newFunction(stack, { JOB: later.processingJobName }));
    }, /\(JobRule\w+ -> Function\w+ -> Later\w+ -> JobJobCompletion\w+ -> Job\w+\)/],
  ])('%s', (_name, targetOf, path) => {
    const stack = newStack();
    const job = newJob(stack, { outputs: { out: ProcessingOutput.toS3(S3Location.fromUri('s3://data/out/')) } });
    job.onEvent('Rule', { target: targetOf(job, stack) });
    expect(synthProblemsOf(stack).filter((problem) => problem.includes('The rule '))).toEqual([expect.stringMatching(path)]);
  });

  test('when the target comes after onEvent', () => {
    const stack = newStack();
    const job = newJob(stack);
    const rule = job.onEvent('Rule');
    rule.addTarget(new LambdaFunction(newFunction(stack, { JOB: job.processingJobName })));
    expect(synthProblemsOf(stack)).toHaveLength(1);
  });

  test('when the rule’s own description mentions the job', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.onEvent('Rule', { description: `Of ${job.processingJobName}` });
    expect(synthProblemsOf(stack)).toEqual([expect.stringContaining('(JobRule')]);
  });

  test('of every rule that is part of one, and of no other', () => {
    const stack = newStack();
    const [a, b, c] = ['A', 'B', 'C'].map((id) => newJob(stack, {}, id));
    const topic = new Topic(stack, 'Topic');
    for (const job of [a, b]) {
      job.onFailed('Rule', { target: new SnsTopic(topic, { message: RuleTargetInput.fromText(job.processingJobName) }) });
    }
    c.onFailed('Rule', { target: new SnsTopic(topic) });
    expect(synthProblemsOf(stack)).toEqual([expect.stringContaining("'Test/A/Rule'"), expect.stringContaining("'Test/B/Rule'")]);
  });

});

describe('there is no false alarm', () => {
  const noAlarm = (stack: Stack) => expect(() => Template.fromStack(stack)).not.toThrow();

  test('for a function that does not know the job', () => {
    const stack = newStack();
    newJob(stack).onEvent('Rule', { target: new LambdaFunction(newFunction(stack, { STAGE: 'prod' })) });
    noAlarm(stack);
  });

  test('for a function that may describe and stop the job', () => {
    const stack = newStack();
    const job = newJob(stack);
    const target = newFunction(stack);
    job.grants.describe(target);
    job.grants.stop(target);
    job.onFailed('Rule', { target: new LambdaFunction(target) });
    noAlarm(stack);
  });

  test('for a function of another stack', () => {
    const app = new App();
    const [stack, other] = [new Stack(app, 'Test'), new Stack(app, 'Other')];
    newJob(stack).onEvent('Rule', { target: new LambdaFunction(newFunction(other)) });
    noAlarm(stack);
  });

  test('for a function that knows another job', () => {
    const stack = newStack();
    const other = newJob(stack, {}, 'Other');
    newJob(stack).onEvent('Rule', { target: new LambdaFunction(newFunction(stack, { OTHER: other.processingJobName })) });
    noAlarm(stack);
  });

  test('for other resources that mention the job and its rule', () => {
    const stack = newStack();
    const job = newJob(stack);
    const rule = job.onEvent('Rule', { target: new LambdaFunction(newFunction(stack)) });
    new CfnOutput(stack, 'Output', { value: `${job.processingJobName} ${rule.ruleArn}` });
    new Topic(stack, 'Topic', { displayName: `${job.processingJobName} ${rule.ruleName}` });
    noAlarm(stack);
  });

  test('for text that looks like a reference, and is none', () => {
    const stack = newStack();
    const job = newJob(stack);
    const id = stack.getLogicalId(job.node.defaultChild as CfnResource);
    job.onEvent('Rule', { description: `\${${id}}`, target: new LambdaFunction(newFunction(stack, { A: Fn.sub(`\${!${id}} \${AWS::Region}`) })) });
    noAlarm(stack);
  });

  test('for a job that is given its name, where the name itself is used', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'prepare' }).onEvent('Rule', { target: new LambdaFunction(newFunction(stack, { JOB: 'prepare' })) });
    noAlarm(stack);
  });
});

test('a stack with hundreds of rules is looked at once', () => {
  const [one, many] = [10, 100].map((count) => {
    const each = newStack();
    const spy = jest.spyOn(each as any, '_toCloudFormation');
    for (let index = 0; index < count; index++) {
      newJob(each, {}, `Job${index}`).onFailed('Rule');
    }
    Template.fromStack(each);
    return spy.mock.calls.length;
  });
  expect(many).toBe(one);
});

describe('a job that needs itself is an error, once', () => {
  test.each<[string, (job: ProcessingJob, stack: Stack) => void, RegExp]>([
    ['by its name in its environment', (job) => job.addEnvironment('NAME', job.processingJobName), /\(Job\w+ -> Job\w+\)/],
    ['by its ARN in its environment', (job) => job.addEnvironment('ARN', job.processingJobArn), /\(Job\w+ -> Job\w+\)/],
    ['by its exit message in its environment', (job) => job.addEnvironment('MESSAGE', job.exitMessage), /-> JobJobCompletion\w+ -> Job\w+\)/],
    ['by its name in its policies', (job) => job.role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['s3:GetObject'], resources: [`arn:aws:s3:::data/${job.processingJobName}/*`],
    })), /-> JobJobRoleDefaultPolicy\w+ -> Job\w+\)/],
    ['by another job that it needs', (job, stack) => {
      const other = newJob(stack, { rerunTrigger: job.processingJobName }, 'Other');
      job.addEnvironment('OTHER', other.processingJobName);
    }, /-> Other\w+ -> Job\w+\)/],
  ])('%s', (_, close, path) => {
    const stack = newStack();
    close(newJob(stack), stack);
    const problems = synthProblemsOf(stack);
    expect(problems).toEqual([expect.stringMatching(/^\[Test\] The job 'Test\/Job' needs itself \(.*\)\. Give what it needs neither its name nor its ARN/)]);
    expect(problems[0]).toMatch(path);
  });

  test('but its own grants, and what comes after it, are none', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.grants.describe(job.role);
    newFunction(stack, { JOB: job.processingJobName, MESSAGE: job.exitMessage });
    newJob(stack, { rerunTrigger: job.processingJobName }, 'Later').grants.describe(job.role);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });
});
