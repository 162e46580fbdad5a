/**
 * The local cloud refuses what the policies of a role do not allow: to clients with a role, and to the function of the provider.
 */
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AddTagsCommand, CreateProcessingJobCommand, DeleteProcessingJobCommand, DescribeProcessingJobCommand, ListTagsCommand, SageMakerClient,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { jobStack } from './job-stack';
import { ACCOUNT, LocalCloud, REGION } from '../../local-cloud/local-cloud';
import { ProcessingJobRemovalPolicy } from '../../src';

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const job = (name: string) => arn('sagemaker', `processing-job/${name}`);
const LOGS = arn('logs', 'log-group:/aws/sagemaker/ProcessingJobs:');
const ADMIN = { accessKeyId: 'local', secretAccessKey: 'local' };

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start();
}, 180_000);

afterAll(async () => cloud?.stop());

describe('a client with a role', () => {
  let asAdmin: SageMakerClient;
  let asRole: SageMakerClient;
  let logs: CloudWatchLogsClient;
  let cloudFormation: CloudFormationClient;
  let passable: string;
  let stackId: string;

  beforeAll(async () => {
    const app = new App({ outdir: mkdtempSync(join(cloud.folder, 'app-')) });
    rolesStack(app);
    expect((await cloud.deploy(app, 'Roles')).reason).toBeUndefined();
    const { PassableRoleArn, RoleArn } = await cloud.stacks.outputs('Roles');
    passable = PassableRoleArn;
    stackId = (await cloud.stacks.id('Roles'))!;

    const client = { endpoint: cloud.environment.AWS_ENDPOINT_URL, region: REGION, credentials: { ...ADMIN, sessionToken: RoleArn }, maxAttempts: 1 };
    asRole = new SageMakerClient({ ...client, endpoint: cloud.sagemaker.endpoint });
    asAdmin = new SageMakerClient({ ...client, endpoint: cloud.sagemaker.endpoint, credentials: ADMIN });
    logs = new CloudWatchLogsClient(client);
    cloudFormation = new CloudFormationClient(client);
    await cloud.sagemaker.simulate({ seconds: 600 });
    for (const [name, team] of Object.entries({ 'own-one': 'ml', 'other-one': 'web', 'other-ml': 'ml' })) {
      await create(name, { team }, passable, asAdmin);
    }
  });

  afterAll(() => [asAdmin, asRole, logs, cloudFormation].forEach((client) => client?.destroy()));

  async function create(name: string, tags: { [key: string]: string } = {}, roleArn = passable, client = asRole): Promise<unknown> {
    return client.send(new CreateProcessingJobCommand({
      ProcessingJobName: name,
      RoleArn: roleArn,
      AppSpecification: { ImageUri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/image:1` },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }));
  }

  const named = (name: string) => ({ ProcessingJobName: name });

  test.each<[string, () => Promise<unknown>]>([
    ['start a job with its name, tags and role', () => create('own-two', { team: 'ml' })],
    ['describe a job by its name', () => asRole.send(new DescribeProcessingJobCommand(named('own-one')))],
    ['read the tags of a job that has the tag', () => asRole.send(new ListTagsCommand({ ResourceArn: job('other-ml') }))],
    ['stop a job that has the tag', () => asRole.send(new StopProcessingJobCommand(named('other-ml')))],
    ['describe its stack', () => cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }))],
  ])('may %s', async (_name, call) => {
    await call();
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['start a job of another name', () => create('two'), 'sagemaker:CreateProcessingJob'],
    ['start a job whose name is allowed in one spelling only', () => create('Spelled-once'), 'sagemaker:CreateProcessingJob'],
    ['pass on another role', () => create('own-three', {}, `arn:aws:iam::${ACCOUNT}:role/Admin`), 'iam:PassRole'],
    ['tag a job that it does not make',
      () => asRole.send(new AddTagsCommand({ ResourceArn: job('own-one'), Tags: [{ Key: 'a', Value: 'b' }] })), 'sagemaker:AddTags'],
    ['stop a job with another tag', () => asRole.send(new StopProcessingJobCommand(named('other-one'))), 'sagemaker:StopProcessingJob'],
    ['do what no policy has', () => asRole.send(new DeleteProcessingJobCommand(named('own-one'))), 'sagemaker:DeleteProcessingJob'],
    ['describe another stack', () => cloudFormation.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' })), 'cloudformation:DescribeStacks'],
    ['read the log of another job',
      () => logs.send(new GetLogEventsCommand({ logGroupName: '/aws/sagemaker/ProcessingJobs', logStreamName: 'other/algo-1' })), 'logs:GetLogEvents'],
    ['see another log group', () => logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/other' })), 'logs:DescribeLogStreams'],
  ])('may not %s', async (_name, call, action) => {
    await expect(call()).rejects.toMatchObject({
      name: expect.stringMatching(/^AccessDenied/), message: expect.stringContaining(`no identity-based policy allows the ${action} action`),
    });
  });

  test('may not do what is denied, though it is allowed', async () => {
    await expect(create('own-secret')).rejects.toThrow('with an explicit deny in an identity-based policy');
  });
});

/** A role with inline policies and a managed one, and a role that it may pass on. */
function rolesStack(app: App): void {
  const stack = new Stack(app, 'Roles');
  const jobs = new Role(stack, 'Jobs', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'), path: '/jobs/' });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), path: '/functions/' });
  const allow = (actions: string[], resources: string[], conditions?: { [operator: string]: { [key: string]: string } }) =>
    new PolicyStatement({ actions, resources, conditions });
  role.addToPolicy(allow(['sagemaker:CreateProcessingJob', 'sagemaker:DescribeProcessingJob'], [job('own-*'), job('Spelled-*')]));
  role.addToPolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['sagemaker:*'], resources: [job('own-secret')] }));
  role.addToPolicy(allow(['sagemaker:AddTags'], [job('*')], { Null: { 'sagemaker:TaggingAction': 'false' } }));
  role.addToPolicy(allow(['cloudformation:DescribeStacks'], [stack.stackId]));
  role.addToPolicy(allow(['logs:DescribeLogStreams'], [`${LOGS}*`]));
  role.addToPolicy(allow(['logs:GetLogEvents'], [`${LOGS}log-stream:own-*`]));
  new ManagedPolicy(stack, 'Managed', {
    roles: [role],
    statements: [
      allow(['iam:PassRole'], [jobs.roleArn], { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }),
      allow(['sagemaker:StopProcessingJob', 'sagemaker:ListTags'], [job('*')], { StringEquals: { 'aws:ResourceTag/team': 'ml' } }),
    ],
  });
  new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
  new CfnOutput(stack, 'PassableRoleArn', { value: jobs.roleArn });
}

describe('the function of the provider', () => {
  const stopping = { removalPolicy: ProcessingJobRemovalPolicy.STOP };
  const denied = (stackName: string, action: string) => jobStack(cloud.folder, stackName, stopping, (stack) => {
    const role = stack.node.findChild('SageMakerJobProvider').node.findChild('Role') as Role;
    role.addToPolicy(new PolicyStatement({ effect: Effect.DENY, actions: [action], resources: ['*'] }));
  });

  beforeEach(async () => cloud.sagemaker.reset());

  test('cannot start a job with a role that it may not pass on', async () => {
    const { reason } = await cloud.deploy(denied('Pass', 'iam:PassRole'), 'Pass');
    expect(reason).toContain(`is not authorized to perform: iam:PassRole on resource: arn:aws:iam::${ACCOUNT}:role/`);
    expect(await cloud.sagemaker.jobs()).toEqual([]);
  });

  test('cannot stop a job that its role may not stop', async () => {
    await cloud.sagemaker.simulate({ seconds: 600 });
    const app = () => denied('Stop', 'sagemaker:StopProcessingJob');
    expect((await cloud.deploy(app(), 'Stop')).reason).toBeUndefined();
    const { reason } = await cloud.destroy(app(), 'Stop');
    expect(reason).toContain('is not authorized to perform: sagemaker:StopProcessingJob on resource: arn:aws:sagemaker:');
    expect((await cloud.sagemaker.jobs()).map(({ ProcessingJobStatus }) => ProcessingJobStatus)).toEqual(['InProgress']);
  });
});
