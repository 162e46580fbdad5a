/**
 * The role of the provider suffices for what the handler calls while it plays the lives of jobs, and allows no more. The calls are
 * those that the fakes of the handler's tests get, with the properties of the templates whose policies are judged.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { arn, call, calls } from './calls';
import { ACCOUNT, Deployed } from './deployed';
import { location, newJob, newStack } from './features';
import { callsOf, namedIn } from './handler-calls';
import { Call, callsThat, Judge } from './judge';
import { neighboursOf } from './neighbours';
import { AutoMLDataset, AutoMLJob, AutoMLModel, AutoMLTextClassificationJob, IAutoMLJob } from '../../src';
import { AUTOML_JOB, AUTOML_JOB_V2, AUTOML_MODEL, PROCESSING_JOB, STACK_TAG } from '../../src/provider/contract';
import { AutoMLDeployment, candidate, FakeAutopilot } from '../handler/automl/fake-autopilot';
import { COMPLETION, Deployment, STACK_ID } from '../handler/deployment';
import { FakeSageMaker } from '../handler/fake-sagemaker';

const STACK = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/Test/1a2b3c`;

/** The fakes are of another account and stack than the judged templates. */
function translated<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).split(STACK_ID).join(STACK).split('111122223333').join(ACCOUNT));
}

/** Each spelling of a name has to do. */
function callsInSpellings(operation: string, input: any, tags: ReadonlyMap<string, string> | undefined): Call[] {
  const { kind, name } = namedIn(operation, input);
  const arns = input.ResourceArn ? [input.ResourceArn] : [...new Set([name, name.toLowerCase()])].map((spelled) => arn('sagemaker', `${kind}/${spelled}`));
  return callsOf(operation, input, arns, tags);
}

/** All that is asked while something is played. */
async function recorded(deployment: Deployment, play: () => Promise<void>): Promise<Call[]> {
  const asked: Call[] = [];
  let lastName = '';
  for (const fake of [FakeSageMaker, FakeAutopilot]) {
    const { send } = fake.prototype as any;
    jest.spyOn(fake.prototype as any, 'send').mockImplementation(async function (this: any, ...[command]: any[]) {
      const { constructor: { name }, input } = command;
      const known = [...this.jobs.values(), ...this.models?.values() ?? []];
      const named = input.ProcessingJobName ?? input.AutoMLJobName ?? input.ModelName;
      lastName = input.ProcessingJobName ?? lastName;
      asked.push(...callsInSpellings(name.replace(/Command$/, ''), input, known.find((each) => each.name === named || each.arn === input.ResourceArn)?.tags));
      return send.call(this, command);
    });
  }
  const { stack, physicalId, logLines } = deployment;
  const state: any = { stack, physicalId, logLines };
  const seen = { stack: 'DescribeStacks', physicalId: 'DescribeStackResource' };
  for (const [property, action] of Object.entries(seen)) {
    Object.defineProperty(deployment, property, {
      get: () => (asked.push(call(`cloudformation:${action}`, STACK_ID)), state[property]), set: (value) => (state[property] = value),
    });
  }
  Object.defineProperty(deployment, 'logLines', {
    get: () => (asked.push(
      call('logs:DescribeLogStreams', arn('logs', 'log-group:/aws/sagemaker/ProcessingJobs:')),
      call('logs:GetLogEvents', arn('logs', `log-group:/aws/sagemaker/ProcessingJobs:log-stream:${lastName}/algo-1-1700000000`)),
    ), state.logLines),
  });
  deployment.countInterfaces = () => (asked.push(call('ec2:DescribeNetworkInterfaces', '*')), 0);
  try {
    await play();
  } finally {
    jest.restoreAllMocks();
  }
  return translated(asked);
}

/** The properties of a stack's only resource of a type, as CloudFormation delivers them. */
function propertiesOf(stack: Stack, deployed: Deployed, type: string): any {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(type)) as any[];
  const { ServiceToken, ...properties } = deployed.resolve(stack, Properties);
  return JSON.parse(JSON.stringify(properties), (_key, value) => ['boolean', 'number'].includes(typeof value) ? String(value) : value);
}

/** The function's role is the one that may look at the stack. */
function judgeOf(stack: Stack, deployed: Deployed): Judge {
  const roles = stack.node.findAll().filter((construct) => construct instanceof Role);
  const judges = roles.map(({ roleArn }) => new Judge(deployed, deployed.resolve(stack, roleArn)));
  return judges.find(({ grants }) => grants.some(({ action }) => action === 'cloudformation:DescribeStacks'))!;
}

const more = (type: string) => ({ ResourceType: type });

/** A job from its start to the removal of its stack: it is tagged, replaced and rolled back to, and fails. */
async function lifeOfProcessingJob(deployment: Deployment, properties: any): Promise<void> {
  const failed = await deployment.create(properties);
  deployment.logLines.push('Traceback');
  deployment.sageMaker.end(failed.id, 'Failed', { failureReason: 'AlgorithmError' });
  const wait = { ContractVersion: '1', JobType: PROCESSING_JOB, JobName: failed.id, OnTimeout: 'FAIL', WaitSeconds: '60', TimeoutSeconds: '60' };
  await deployment.create(wait, COMPLETION).catch(() => undefined);
  await deployment.delete(failed.id, { ...properties, RemovalPolicy: 'DELETE' });
  const { id } = await deployment.create(properties);
  deployment.operation('UPDATE_IN_PROGRESS');
  const tagged = { ...properties, Tags: [{ Key: 'team', Value: 'ml' }] };
  await deployment.update(id, properties, tagged);
  await deployment.update(id, tagged, properties);
  const changed = { ...properties, RerunTrigger: 'again' };
  // A job with a given name is not replaced: that is an error.
  const next = await deployment.update(id, properties, changed).catch(() => ({ id }));
  deployment.operation('UPDATE_ROLLBACK_IN_PROGRESS');
  await deployment.update(next.id, changed, properties).catch(() => undefined);
  deployment.physicalId = id;
  deployment.operation('DELETE_IN_PROGRESS');
  await deployment.delete(next.id, changed);
  await deployment.delete(id, properties);
}

const others = [
  ...['production-job-1', 'tester-job-1'].flatMap((name) => ['CreateProcessingJob', 'DescribeProcessingJob', 'StopProcessingJob', 'DeleteProcessingJob', 'AddTags', 'DeleteTags']
    .map((action) => call(`sagemaker:${action}`, arn('sagemaker', `processing-job/${name}`)))),
  call('sagemaker:StopProcessingJob', arn('sagemaker', 'processing-job/production-job-1'), { [`aws:ResourceTag/${STACK_TAG}`]: `${STACK}-other` }),
  ...calls('sagemaker', ['CreateTrainingJob', 'StopTrainingJob'], arn('sagemaker', 'training-job/x')),
  call('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/Admin`, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }),
  call('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/cdk-sagemaker-jobs/eu-west-1/production/Role`, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }),
  call('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/cdk-sagemaker-jobs/eu-west-1/test-57gouu/Role`, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
  ...calls('cloudformation', ['DeleteStack', 'UpdateStack'], STACK), call('cloudformation:DescribeStacks', STACK.replace('/Test/', '/Production/')),
  call('logs:GetLogEvents', arn('logs', 'log-group:/aws/sagemaker/ProcessingJobs:log-stream:production-job-1/algo-1-1')),
  ...calls('s3', ['GetObject', 'PutObject'], 'arn:aws:s3:::data/a'),
];

/** What it must not do. What it has made it may delete. */
function besides(asked: readonly Call[]): Call[] {
  const own = new Set(asked.map(({ on }) => on));
  return [...others, ...neighboursOf(asked).filter(({ action, on }) => !(action.startsWith('sagemaker:') && own.has(on)))];
}

const processing: [string, (stack: Stack) => object][] = [
  ['a job with a generated name', () => ({})],
  ['a job with a given name that has capitals', () => ({ processingJobName: 'Nightly-Prepare' })],
  ['a job with a role of the app', (stack) => ({ role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) })],
  ['a job with an imported role', (stack) => ({ role: Role.fromRoleArn(stack, 'Own', `arn:aws:iam::${ACCOUNT}:role/jobs`) })],
  ['a job in a VPC', (stack) => ({
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
  })],
];

describe.each(processing)('%s', (_name, props) => {
  let judge: Judge;
  let asked: Call[];
  beforeAll(async () => {
    const stack = newStack();
    newJob(stack, props(stack));
    const deployed = new Deployed(stack.node.root as App);
    judge = judgeOf(stack, deployed);
    const deployment = new Deployment();
    asked = await recorded(deployment, () => lifeOfProcessingJob(deployment, propertiesOf(stack, deployed, PROCESSING_JOB)));
  });

  test('has a life in which everything is called', () => {
    expect([...new Set(asked.map(({ action }) => action))]).toEqual(expect.arrayContaining([
      'cloudformation:DescribeStacks', 'iam:PassRole', 'logs:GetLogEvents', 'sagemaker:AddTags', 'sagemaker:CreateProcessingJob', 'sagemaker:DeleteProcessingJob',
      'sagemaker:DescribeProcessingJob', 'sagemaker:ListTags', 'sagemaker:StopProcessingJob',
    ]));
  });

  test('is provided with what the handler calls', async () => {
    expect(await callsThat(judge, asked, false)).toEqual([]);
  });

  test('is provided with nothing beside that', async () => {
    expect(await callsThat(judge, besides(asked), true)).toEqual([]);
  });
});

const data = (stack: Stack) => ({
  outputLocation: location(stack, 'Results', 'automl/'), trainingData: AutoMLDataset.fromS3(location(stack, 'Data', 'train/')),
});

test.each<[string, string, string, string, (stack: Stack) => IAutoMLJob]>([
  ['for tables', AUTOML_JOB, 'CreateAutoMLJob', 'CreateAutoMLJobV2', (stack) => new AutoMLJob(stack, 'Churn', { ...data(stack), targetAttributeName: 'churned' })],
  ['for texts', AUTOML_JOB_V2, 'CreateAutoMLJobV2', 'CreateAutoMLJob', (stack) => new AutoMLTextClassificationJob(stack, 'Churn', {
    ...data(stack), contentColumn: 'text', targetLabelColumn: 'topic',
  })],
])('an AutoML job %s and the model of its best candidate are provided with what the handler calls', async (_name, type, operation, otherOperation, make) => {
  const stack = newStack();
  new AutoMLModel(stack, 'Best', { job: make(stack) });
  const deployed = new Deployed(stack.node.root as App);
  const [jobProperties, modelProperties] = [type, AUTOML_MODEL].map((each) => propertiesOf(stack, deployed, each));
  const deployment = new AutoMLDeployment();
  const asked = await recorded(deployment, async () => {
    const { id } = await deployment.create(jobProperties, more(type));
    deployment.autopilot.end(id, 'Completed', { AutoMLJobSecondaryStatus: 'Completed', BestCandidate: candidate('one') });
    const model = await deployment.create({ ...modelProperties, Request: { ...modelProperties.Request, AutoMLJobName: id } }, more(AUTOML_MODEL));
    const tagged = { ...jobProperties, Tags: [{ Key: 'team', Value: 'ml' }] };
    await deployment.update(id, jobProperties, tagged, more(type));
    await deployment.delete(model.id, modelProperties, more(AUTOML_MODEL));
    const running = await deployment.update(id, tagged, { ...tagged, RerunTrigger: 'again' }, more(type));
    await deployment.delete(running.id, tagged, more(type));
  });
  const actions = [operation, 'CreateModel', 'DeleteModel', 'StopAutoMLJob'].map((each) => `sagemaker:${each}`);
  expect(asked.map(({ action }) => action)).toEqual(expect.arrayContaining(actions));
  const judge = judgeOf(stack, deployed);
  const creating = asked.filter(({ action }) => action === actions[0]);
  expect(creating.length).toBeGreaterThan(0);
  expect(await callsThat(judge, asked, false)).toEqual([]);
  expect(await callsThat(judge, [...besides(asked), ...creating.map((each) => ({ ...each, action: `sagemaker:${otherOperation}` }))], true)).toEqual([]);
});
