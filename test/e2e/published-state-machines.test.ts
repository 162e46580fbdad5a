/**
 * Ten published state machines, beside the same with RunProcessingJob: what both send to the service when they run, member by member.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine, DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PUBLISHED } from './published-state-machines';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { CallRecord } from '../../local-cloud/sagemaker-control';

let cloud: LocalCloud;
let outputs: { [output: string]: string };

beforeAll(async () => {
  cloud = await LocalCloud.start();
  const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
  addMachines(new Stack(app, 'Published'));
  expect((await cloud.deploy(app, 'Published')).reason).toBeUndefined();
  outputs = await cloud.stacks.outputs('Published');
}, 180_000);

afterAll(async () => cloud?.stop());

function addMachines(stack: Stack): void {
  const jobs = new Role(stack, 'Jobs', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const everything = new Role(stack, 'Everything', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
  everything.addToPolicy(new PolicyStatement({ actions: ['*'], resources: ['*'] }));
  Object.values(PUBLISHED).forEach(({ published, ours }, index) => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::sagemaker:createProcessingJob.sync', Parameters: { RoleArn: jobs.roleArn, ...published }, End: true };
    const theirs = new CfnStateMachine(stack, `Theirs${index}`, { roleArn: everything.roleArn, definition: { StartAt: 'Run', States: { Run: state } } });
    theirs.node.addDependency(everything);
    // Ours has the permissions that it was granted, and no others.
    const own = new StateMachine(stack, `Ours${index}`, { definitionBody: DefinitionBody.fromChainable(ours(stack, `Run${index}`, jobs)) });
    new CfnOutput(stack, `Theirs${index}Arn`, { value: theirs.attrArn });
    new CfnOutput(stack, `Ours${index}Arn`, { value: own.stateMachineArn });
  });
}

/** The call that a state machine makes. What is of the execution alone is replaced. */
async function callOf(machine: string, input: object): Promise<CallRecord> {
  await cloud.sagemaker.reset();
  await cloud.sagemaker.simulate({ seconds: 0.1 });
  const { executionArn, cause } = await cloud.stateMachines.run(outputs[`${machine}Arn`], input);
  const [call] = await cloud.sagemaker.calls('CreateProcessingJob');
  if (call === undefined) {
    throw new Error(`${machine} has called nothing: ${cause}`);
  }
  return JSON.parse(JSON.stringify(call).replaceAll(executionArn!, 'EXECUTION').replaceAll(executionArn!.split(':').pop()!, 'NAME'));
}

/** The values of a request by the paths of their members. Inputs and outputs go by their names. */
function membersOf(value: unknown, path = ''): { [path: string]: unknown } {
  if (typeof value !== 'object' || value === null) {
    return { [path]: value };
  }
  const members = Object.entries(value).map(([key, each]) => [each?.InputName ?? each?.OutputName ?? key, each] as const);
  return Object.assign({}, ...members.map(([key, each]) => membersOf(each, path === '' ? key : `${path}.${key}`)));
}

/** The members in which two requests differ, with both values. */
function differences(theirs: object, ours: object): { [path: string]: [unknown, unknown] } {
  const [one, other] = [membersOf(theirs), membersOf(ours)];
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((path) => one[path] !== other[path]);
  return Object.fromEntries(paths.map((path) => [path, [one[path], other[path]]]));
}

test('there are ten', () => {
  expect(new Set(Object.values(PUBLISHED).map(({ source }) => source)).size).toBe(10);
});

test.each(Object.entries(PUBLISHED))('%s', async (name, { differences: expected = {}, input = {}, refused }) => {
  const index = Object.keys(PUBLISHED).indexOf(name);
  const theirs = await callOf(`Theirs${index}`, input);
  const ours = await callOf(`Ours${index}`, input);
  const { ProcessingJobName: names, ...found } = differences(theirs.Request, ours.Request);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  expect(names[1]).toMatch(/^[a-zA-Z0-9-]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(ours.Error).toBeNull();
  expect(theirs.Error).toBe(refused ? 'ValidationException' : null);
});
