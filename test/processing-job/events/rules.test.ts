import { App, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { deployedName, matches, ruleOf, rulesOf, stateChange } from './testing';
import { IProcessingJob, ProcessingJob } from '../../../src/index';
import { newJob, newStack, PROCESSING_JOB, resourceOf } from '../testing';

const STATE_CHANGE = ['SageMaker Processing Job State Change'];

describe('a rule is for', () => {
  const NAMES = { ProcessingJobName: [{ prefix: expect.stringMatching(/^test-57gouu--job-\w{6}-$/) }] };

  test.each<[string, (job: ProcessingJob) => void, object]>([
    ['all events: onEvent', (job) => job.onEvent('Rule'), { source: ['aws.sagemaker'], detail: NAMES }],
    ['changes of the state: onStateChange', (job) => job.onStateChange('Rule'), { 'source': ['aws.sagemaker'], 'detail-type': STATE_CHANGE, 'detail': NAMES }],
    ['completion: onCompleted', (job) => job.onCompleted('Rule'),
      { 'source': ['aws.sagemaker'], 'detail-type': STATE_CHANGE, 'detail': { ...NAMES, ProcessingJobStatus: ['Completed'] } }],
    ['failure: onFailed', (job) => job.onFailed('Rule'),
      { 'source': ['aws.sagemaker'], 'detail-type': STATE_CHANGE, 'detail': { ...NAMES, ProcessingJobStatus: ['Failed'] } }],
    ['stopping: onStopped', (job) => job.onStopped('Rule'),
      { 'source': ['aws.sagemaker'], 'detail-type': STATE_CHANGE, 'detail': { ...NAMES, ProcessingJobStatus: ['Stopped'] } }],
  ])('%s', (_name, on, pattern) => {
    const stack = newStack();
    on(newJob(stack));
    expect(ruleOf(stack).pattern).toEqual(pattern);
  });

  test('one status each', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.onCompleted('Completed');
    job.onFailed('Failed');
    job.onStopped('Stopped');
    job.onStateChange('Any');
    const name = deployedName(stack);
    const reached = (status: string) => rulesOf(stack).filter(({ pattern }) => matches(pattern, stateChange(name, status)))
      .map(({ id }) => id.slice('Job'.length, -8));
    expect(reached('Completed').sort()).toEqual(['Any', 'Completed']);
    expect(reached('Failed').sort()).toEqual(['Any', 'Failed']);
    expect(reached('Stopped').sort()).toEqual(['Any', 'Stopped']);
    expect(reached('InProgress')).toEqual(['Any']);
    expect(reached('Stopping')).toEqual(['Any']);
  });

  test('what the options add', () => {
    const stack = newStack();
    newJob(stack).onFailed('Rule', {
      description: 'Tells someone',
      eventPattern: { detail: { FailureReason: [{ prefix: 'AlgorithmError' }] } },
      ruleName: 'tell-someone',
    });
    const { pattern, properties } = ruleOf(stack);
    expect(properties).toMatchObject({ Description: 'Tells someone', Name: 'tell-someone' });
    expect(pattern.detail).toMatchObject({ FailureReason: [{ prefix: 'AlgorithmError' }], ProcessingJobStatus: ['Failed'] });
  });
});

describe('a rule matches', () => {
  test('the run of its job, and later attempts at it', () => {
    const stack = newStack();
    newJob(stack).onEvent('Rule');
    const { pattern } = ruleOf(stack);
    expect(matches(pattern, stateChange(deployedName(stack)))).toBe(true);
    expect(matches(pattern, stateChange(deployedName(stack, '', 3)))).toBe(true);
  });

  test('the runs of every definition of its job: it is the same when the job is replaced', () => {
    const versions = [{ environment: { A: 'a' } }, { environment: { A: 'b' } }, { rerunTrigger: 'again' }].map((props) => {
      const stack = newStack();
      newJob(stack, props).onEvent('Rule');
      return { name: deployedName(stack), rule: ruleOf(stack) };
    });
    expect(new Set(versions.map(({ name }) => name)).size).toBe(3);
    expect(new Set(versions.map(({ rule }) => JSON.stringify(rule))).size).toBe(1);
    for (const { name } of versions) {
      expect(matches(versions[0].rule.pattern, stateChange(name))).toBe(true);
    }
  });

  test('the exact name of a job that is given one', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'prepare' }).onEvent('Rule');
    const { pattern } = ruleOf(stack);
    expect(pattern.detail.ProcessingJobName).toEqual(['prepare']);
    expect(matches(pattern, stateChange('prepare'))).toBe(true);
    expect(matches(pattern, stateChange('prepare-2'))).toBe(false);
  });

  test('a name that only CloudFormation knows', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: new CfnParameter(stack, 'Name').valueAsString }).onEvent('Rule');
    expect(ruleOf(stack).pattern.detail.ProcessingJobName).toEqual([{ Ref: 'Name' }]);
  });

  test('no runs of other jobs, whose ids begin as its own does, or in other stacks of such names', () => {
    const app = new App();
    const ids = ['Prepare', 'Prepare2', 'Prepare-2', 'Pre', 'prepare', 'PrepareTheDataOfAllCustomersInAllRegions', 'PrepareTheDataOfAllCustomersInAllRegions2'];
    const stacks = ['Test', 'Test2', 'test-prepare', 'A-Stack-Whose-Name-Is-Too-Long-For-Jobs', 'A-Stack-Whose-Name-Is-Too-Long-For-Jobs-2'].map((name) => new Stack(app, name));
    const nested = new NestedStack(stacks[0], 'Prepare-Nested');
    const jobs = [...stacks, nested].flatMap((stack) => ids.map((id) => {
      const scope = new Construct(stack, `Scope${id}`);
      newJob(scope as Stack, {}, id).onEvent('Rule');
      return { stack, idPrefix: `Scope${id}${id}`.replace(/-/g, '') };
    }));
    const rendered = jobs.flatMap(({ stack }) => Object.entries<any>(Template.fromStack(stack).findResources(PROCESSING_JOB)))
      .map(([, { Properties }]) => `${Properties.JobNamePrefix}-0123456789`);
    const patterns = [...stacks, nested].flatMap((stack) => rulesOf(stack)).map(({ pattern }) => pattern);
    expect(patterns).toHaveLength(jobs.length);
    for (const pattern of patterns) {
      expect(new Set(rendered.filter((name) => matches(pattern, stateChange(name)))).size).toBe(1);
    }
  });

  test('no events of other services', () => {
    const stack = newStack();
    newJob(stack).onEvent('Rule');
    expect(matches(ruleOf(stack).pattern, { ...stateChange(deployedName(stack)), source: 'my.app' })).toBe(false);
  });
});

describe('a rule exists before the job', () => {
  test('so the first event is not missed', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.onEvent('One');
    job.onCompleted('Two');
    expect(resourceOf(stack).DependsOn).toEqual(expect.arrayContaining(rulesOf(stack).map(({ id }) => id)));
  });

  test('and so do the permissions of its target', () => {
    const stack = newStack();
    const target = new Function(stack, 'Function', { code: Code.fromInline('x'), handler: 'index.x', runtime: Runtime.PYTHON_3_13 });
    newJob(stack).onEvent('Rule', { target: new LambdaFunction(target) });
    const [permission] = Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Permission'));
    expect(resourceOf(stack).DependsOn).toContain(permission);
  });

  test('also in another scope of the stack', () => {
    const stack = newStack();
    newJob(stack).onEvent('Rule', { crossStackScope: new Construct(stack, 'Rules') });
    expect(resourceOf(stack).DependsOn).toContain(ruleOf(stack, 'Rules').id);
  });

  test('but in another stack, which may need the job', () => {
    const app = new App();
    const [stack, other] = [new Stack(app, 'Test'), new Stack(app, 'Other')];
    newJob(stack).onEvent('Rule', { crossStackScope: other });
    expect(ruleOf(other).pattern.detail.ProcessingJobName).toEqual([{ prefix: expect.stringMatching(/^test-57gouu--job-\w{6}-$/) }]);
    expect(stack.dependencies).toEqual([]);
  });

  test('and does not make the deployment wait', () => {
    const stack = newStack();
    newJob(stack).onCompleted('Rule');
    Template.fromStack(stack).resourceCountIs('Custom::SageMakerJobCompletion', 0);
  });
});

test('a target reads the job’s name from the event', () => {
  const stack = newStack();
  const message = RuleTargetInput.fromText(`${EventField.fromPath('$.detail.ProcessingJobName')} failed`);
  newJob(stack).onFailed('Rule', { target: new SnsTopic(new Topic(stack, 'Topic'), { message }) });
  expect(ruleOf(stack).properties.Targets[0].InputTransformer).toEqual({
    InputPathsMap: { 'detail-ProcessingJobName': '$.detail.ProcessingJobName' },
    InputTemplate: '"<detail-ProcessingJobName> failed"',
  });
});

describe('an imported job', () => {
  const imported: [string, (stack: Stack) => IProcessingJob][] = [
    ['by its name', (stack) => ProcessingJob.fromProcessingJobName(stack, 'Job', 'prepare')],
    ['by its ARN', (stack) => ProcessingJob.fromProcessingJobArn(stack, 'Job', 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare')],
  ];

  test.each(imported)('%s has rules that match its exact name', (_name, importJob) => {
    const stack = newStack();
    const job = importJob(stack);
    job.onEvent('Any');
    job.onStopped('Stopped');
    for (const { pattern } of rulesOf(stack)) {
      expect(pattern.detail.ProcessingJobName).toEqual(['prepare']);
    }
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ 'detail-type': STATE_CHANGE, 'detail': { ProcessingJobStatus: ['Stopped'] } }),
    });
  });

  test('may be mentioned by the target of its rule', () => {
    const stack = newStack();
    const job = ProcessingJob.fromProcessingJobName(stack, 'Job', 'prepare');
    const message = RuleTargetInput.fromText(job.processingJobArn);
    job.onFailed('Rule', { target: new SnsTopic(new Topic(stack, 'Topic'), { message }) });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('a rule', () => {
  const env = { account: '123456789012', region: 'eu-west-1' };
  const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-sagemaker-jobs:ruleElsewhere'))
    .map(({ entry }) => entry.data);

  test.each([
    ['Region', { ...env, region: 'us-east-1' }],
    ['account', { ...env, account: '210987654321' }],
  ])('elsewhere hears of no job, in another %s', (_, there) => {
    const app = new App();
    const [stack, other] = [new Stack(app, 'Here', { env }), new Stack(app, 'There', { env: there })];
    ProcessingJob.fromProcessingJobName(stack, 'Job', 'prepare').onFailed('Failed', { crossStackScope: other });
    expect(warningsOf(other)).toEqual([expect.stringMatching(
      /^The rule is for aws:\/\/.*, and the events of the job 'Here\/Job' come to the event bus of aws:\/\/123456789012\/eu-west-1\. /,
    )]);
  });

  test('elsewhere hears of no job that is imported by an ARN of there', () => {
    const stack = newStack('Here', { env });
    ProcessingJob.fromProcessingJobArn(stack, 'Job', 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/prepare').onFailed('Failed');
    expect(warningsOf(stack)).toHaveLength(1);
  });

  test('in the environment of its job hears of it', () => {
    const app = new App();
    const [stack, other] = ['Here', 'There'].map((id) => new Stack(app, id, { env }));
    const job = ProcessingJob.fromProcessingJobArn(stack, 'Job', 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare');
    job.onFailed('Failed');
    job.onFailed('Failed', { crossStackScope: other });
    expect([...warningsOf(stack), ...warningsOf(other)]).toEqual([]);
  });
});

describe('a rule in another stack', () => {
  const jobAndRule = (stacks: (root: Stack) => readonly [Stack, Stack]) => {
    const root = new Stack(new App(), 'Root', { env: { account: '123456789012', region: 'eu-west-1' } });
    const [ofJob, ofRule] = stacks(root);
    const job = newJob(ofJob);
    return { ofJob, ofRule, job, rule: job.onFailed('Failed', { crossStackScope: ofRule }) };
  };
  const nested = (root: Stack, id: string) => new NestedStack(root, id);
  const idOf = (resource: CfnResource) => resource.stack.resolve(resource.logicalId);
  const dependenciesOf = (resource: CfnResource) => Template.fromStack(resource.stack).toJSON().Resources[idOf(resource)].DependsOn ?? [];

  test.each<[string, (root: Stack) => readonly [Stack, Stack]]>([
    ['a sibling', (root) => [nested(root, 'Jobs'), nested(root, 'Rules')]],
    ['the parent', (root) => [nested(root, 'Jobs'), root]],
    ['a nested stack', (root) => [root, nested(root, 'Rules')]],
  ])('hears of the job: in %s', (_, stacks) => {
    const { ofJob, ofRule } = jobAndRule(stacks);
    const [{ Properties }] = Object.values(Template.fromStack(ofRule).findResources('AWS::Events::Rule'));
    const { prefix } = Properties.EventPattern.detail.ProcessingJobName[0];
    expect(`${resourceOf(ofJob).Properties.JobNamePrefix}-`).toBe(prefix);
  });

  test('comes before the job when the author says so', () => {
    const resourceIn = ({ node }: Construct) => node.defaultChild as CfnResource;
    const siblings = jobAndRule((root) => [nested(root, 'Jobs'), nested(root, 'Rules')]);
    siblings.job.node.addDependency(siblings.rule);
    expect(dependenciesOf(siblings.ofJob.nestedStackResource!)).toEqual([idOf(siblings.ofRule.nestedStackResource!)]);
    const parent = jobAndRule((root) => [nested(root, 'Jobs'), root]);
    parent.job.node.addDependency(parent.rule);
    expect(dependenciesOf(parent.ofJob.nestedStackResource!)).toContain(idOf(resourceIn(parent.rule)));
    const child = jobAndRule((root) => [root, nested(root, 'Rules')]);
    child.job.node.addDependency(child.rule);
    expect(dependenciesOf(resourceIn(child.job))).toContain(idOf(child.ofRule.nestedStackResource!));
  });
});
