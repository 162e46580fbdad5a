import { createServer, IncomingHttpHeaders, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { COMPLETION, FUNCTION_ARN, jobProperties, LOGICAL_ID, Response, STACK_ID } from './deployment';
import { CloudFormationEvent } from '../../src/handler/event';
import { handler } from '../../src/handler/index';
import { ec2NetworkInterfaces } from '../../src/handler/services/network-interfaces';
import { cloudFormationStacks } from '../../src/handler/services/stacks';
import { PROCESSING_JOB } from '../../src/provider/contract';

interface Received {
  readonly authorization?: string;
  readonly target: string;
  readonly length: number;
  readonly body: string;
}

const JOB = {
  ProcessingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/nightly',
  ProcessingJobStatus: 'Failed',
  FailureReason: 'AlgorithmError',
};

const CLOUDFORMATION = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';

/** What the services answer, by the operation's name. */
const ANSWERS: Record<string, string> = {
  CreateProcessingJob: JSON.stringify({ ProcessingJobArn: JOB.ProcessingJobArn }),
  DescribeProcessingJob: JSON.stringify(JOB),
  StartExecution: JSON.stringify({ executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Waiting:1', startDate: 1 }),
  DescribeLogStreams: JSON.stringify({ logStreams: [{ logStreamName: 'nightly/algo-1-1' }, { logStreamName: 'nightly/algo-2-1' }] }),
  DescribeStacks: stackXml('<StackStatus>CREATE_IN_PROGRESS</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>'),
};

function stackXml(members: string): string {
  return `<DescribeStacksResponse ${CLOUDFORMATION}><DescribeStacksResult><Stacks><member><StackName>Shop</StackName>${members}</member></Stacks>`
    + '</DescribeStacksResult></DescribeStacksResponse>';
}

function resourceXml(members: string): string {
  return `<DescribeStackResourceResponse ${CLOUDFORMATION}><DescribeStackResourceResult><StackResourceDetail>${members}</StackResourceDetail>`
    + '</DescribeStackResourceResult></DescribeStackResourceResponse>';
}

const ENVIRONMENT = { ...process.env };
const received: Received[] = [];
/** What CloudFormation was told, and what it says to the next answers. */
const answers: { readonly body: Response; readonly headers: IncomingHttpHeaders }[] = [];
const putStatuses: number[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await read(request);
    if (request.method === 'PUT') {
      answers.push({ body: JSON.parse(body) as Response, headers: request.headers });
      response.statusCode = putStatuses.shift() ?? 200;
      response.end();
      return;
    }
    const target = (request.headers['x-amz-target'] as string | undefined)?.split('.')[1] ?? new URLSearchParams(body).get('Action')!;
    received.push({ authorization: request.headers.authorization, target, length: Number(request.headers['content-length']), body });
    if (target === 'GetLogEvents') {
      const first = (JSON.parse(body) as { logStreamName: string }).logStreamName.includes('algo-1');
      const events = first ? [{ timestamp: 1, message: 'one' }, { timestamp: 3, message: 'three\n' }] : [{ timestamp: 2, message: 'two' }];
      response.end(JSON.stringify({ events }));
    } else {
      response.statusCode = ANSWERS[target].includes('<Error>') ? 400 : 200;
      response.end(ANSWERS[target]);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Waiting',
  });
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterAll(async () => {
  process.env = ENVIRONMENT;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** CloudFormation sends an event: what it was told, if it was. */
async function send(event: object): Promise<Response | undefined> {
  answers.length = 0;
  const ResponseURL = `${process.env.AWS_ENDPOINT_URL}/answer?X-Amz-Signature=0123`;
  await handler({ ...event, ResponseURL } as CloudFormationEvent, { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => 290_000 });
  return answers.at(-1)?.body;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('a job is started over the wire with its types, with members newer than the SDK, and with the right length', async () => {
  const event = {
    RequestType: 'Create' as const,
    RequestId: 'r-1',
    StackId: STACK_ID,
    LogicalResourceId: LOGICAL_ID,
    ResourceType: PROCESSING_JOB,
    ResourceProperties: jobProperties(
      { UnmodeledTypes: { 'BrandNew.Level': 'number' }, Tags: [{ Key: 'city', Value: 'Zürich' }] },
      { BrandNew: { Level: '7', Text: '7' }, NetworkConfig: { EnableNetworkIsolation: 'true', AlsoNew: 'x' } },
    ),
  };
  const { PhysicalResourceId: name } = (await send(event))!;

  const create = received.find(({ target }) => target === 'CreateProcessingJob')!;
  expect(create.length).toBe(Buffer.byteLength(create.body));
  expect(JSON.parse(create.body)).toMatchObject({
    ProcessingJobName: name,
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
    NetworkConfig: { EnableNetworkIsolation: true, AlsoNew: 'x' },
    BrandNew: { Level: 7, Text: '7' },
    Tags: expect.arrayContaining([{ Key: 'city', Value: 'Zürich' }]),
  });
});

test('a failed job is explained with the last lines of all its log streams, in order', async () => {
  const event = {
    ...COMPLETION,
    RequestType: 'Create' as const,
    RequestId: 'r-2',
    StackId: STACK_ID,
    ResourceProperties: { JobType: PROCESSING_JOB, JobName: 'nightly', WaitSeconds: '60', OnTimeout: 'FAIL', TimeoutSeconds: '60' },
  };
  expect((await send(event))?.Reason).toContain('FailureReason: AlgorithmError\nLast log lines of /aws/sagemaker/ProcessingJobs:\n  one\n  two\n  three\nhttps://');
  expect(JSON.parse(received.find(({ target }) => target === 'DescribeLogStreams')!.body)).toMatchObject({
    logGroupName: '/aws/sagemaker/ProcessingJobs', logStreamNamePrefix: 'nightly/',
  });
  expect(JSON.parse(received.find(({ target }) => target === 'GetLogEvents')!.body)).toMatchObject({ limit: 20, startFromHead: false });
});

test('an answer has no type, which would have to be signed for, and is written once more when S3 fails', async () => {
  putStatuses.push(503);
  const event = { ...COMPLETION, RequestType: 'Delete' as const, RequestId: 'r-3', StackId: STACK_ID, PhysicalResourceId: 'completion-1', ResourceProperties: {} };
  expect(await send({ ...event, ResourceProperties: { JobType: PROCESSING_JOB } })).toEqual({
    Status: 'SUCCESS', PhysicalResourceId: 'completion-1', StackId: STACK_ID, RequestId: 'r-3', LogicalResourceId: COMPLETION.LogicalResourceId,
  });
  expect(answers).toHaveLength(2);
  expect(answers[1].headers).not.toHaveProperty('content-type');
  expect(answers[1].headers['content-length']).toBe(String(Buffer.byteLength(JSON.stringify(answers[1].body))));
});

test('what has to be waited for, the state machine is started with', async () => {
  ANSWERS.DescribeProcessingJob = JSON.stringify({ ...JOB, ProcessingJobStatus: 'InProgress', FailureReason: undefined });
  const properties = { JobType: PROCESSING_JOB, JobName: 'nightly', WaitSeconds: '60', OnTimeout: 'FAIL', TimeoutSeconds: '60' };
  const event = { ...COMPLETION, RequestType: 'Create' as const, RequestId: 'r-4', StackId: STACK_ID, ResourceProperties: properties };
  expect(await send(event)).toBeUndefined();
  const { input, ...rest } = JSON.parse(received.find(({ target }) => target === 'StartExecution')!.body) as { input: string };
  expect(rest).toEqual({ stateMachineArn: process.env.STATE_MACHINE_ARN }); // no name
  expect(JSON.parse(input)).toMatchObject({ Function: FUNCTION_ARN, Event: event, Step: { IsAnswered: false, Pause: 5 } });
  ANSWERS.DescribeProcessingJob = JSON.stringify(JOB);
});

describe('CloudFormation is asked', () => {
  test('when the latest operation of the stack began', async () => {
    const created = '<StackStatus>UPDATE_IN_PROGRESS</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>';
    ANSWERS.DescribeStacks = stackXml(created);
    expect(await cloudFormationStacks().describe(STACK_ID)).toEqual({ status: 'UPDATE_IN_PROGRESS', changedAt: new Date('2026-01-01T00:00:00Z') });
    ANSWERS.DescribeStacks = stackXml(`${created}<LastUpdatedTime>2026-02-02T00:00:00Z</LastUpdatedTime>`);
    expect(await cloudFormationStacks().describe(STACK_ID)).toEqual({ status: 'UPDATE_IN_PROGRESS', changedAt: new Date('2026-02-02T00:00:00Z') });
    expect(new URLSearchParams(received.at(-1)!.body).get('StackName')).toBe(STACK_ID);
  });

  test.each([
    ['that it has', resourceXml('<PhysicalResourceId>nightly</PhysicalResourceId><ResourceStatus>UPDATE_COMPLETE</ResourceStatus>'), 'nightly'],
    ['that is deleted', resourceXml('<PhysicalResourceId>nightly</PhysicalResourceId><ResourceStatus>DELETE_COMPLETE</ResourceStatus>'), undefined],
    ['without an id yet', resourceXml('<ResourceStatus>CREATE_IN_PROGRESS</ResourceStatus>'), undefined],
    ['that it does not know', `<ErrorResponse ${CLOUDFORMATION}><Error><Type>Sender</Type><Code>ValidationError</Code>`
      + '<Message>Resource Prepare does not exist for stack Shop</Message></Error></ErrorResponse>', undefined],
  ])('for the physical id of a resource %s', async (_which, answer, id) => {
    ANSWERS.DescribeStackResource = answer;
    expect(await cloudFormationStacks().physicalId(STACK_ID, LOGICAL_ID)).toBe(id);
  });

  test('and another error than that is one', async () => {
    ANSWERS.DescribeStackResource = `<ErrorResponse ${CLOUDFORMATION}><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`;
    await expect(cloudFormationStacks().physicalId(STACK_ID, LOGICAL_ID)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('EC2 is asked', () => {
  const EC2 = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';

  test('how many network interfaces a security group has, in a request that is signed', async () => {
    const one = '<item><networkInterfaceId>eni-1</networkInterfaceId><attachment><attachmentId>a</attachmentId></attachment></item>';
    ANSWERS.DescribeNetworkInterfaces = `<DescribeNetworkInterfacesResponse ${EC2}><networkInterfaceSet>${one}${one}</networkInterfaceSet></DescribeNetworkInterfacesResponse>`;
    expect(await ec2NetworkInterfaces().count('sg-1')).toBe(2);
    expect(Object.fromEntries(new URLSearchParams(received.at(-1)!.body))).toEqual({
      'Action': 'DescribeNetworkInterfaces', 'Version': '2016-11-15', 'Filter.1.Name': 'group-id', 'Filter.1.Value.1': 'sg-1',
    });
    expect(received.at(-1)!.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/eu-west-1\/ec2\/aws4_request, /);
  });

  test('how many were attached while a job existed, or are not attached', async () => {
    const at = (time?: string) => `<item><networkInterfaceId>eni</networkInterfaceId>${time ? `<attachment><attachTime>${time}</attachTime></attachment>` : ''}</item>`;
    const times = ['2026-01-01T09:59:59.000Z', '2026-01-01T10:00:00.000Z', '2026-01-01T11:00:00.000Z', '2026-01-01T11:00:01.000Z', undefined];
    ANSWERS.DescribeNetworkInterfaces = `<DescribeNetworkInterfacesResponse ${EC2}><networkInterfaceSet>${times.map(at).join('')}</networkInterfaceSet></DescribeNetworkInterfacesResponse>`;
    const job = { createdAt: new Date('2026-01-01T10:00:00Z'), endedAt: new Date('2026-01-01T11:00:00Z') };
    expect(await ec2NetworkInterfaces().count('sg-1', job)).toBe(3);
  });

  test('and its errors are those of other services', async () => {
    ANSWERS.DescribeNetworkInterfaces = '<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Slow down</Message></Error></Errors></Response>';
    await expect(ec2NetworkInterfaces().count('sg-1')).rejects.toMatchObject({ name: 'RequestLimitExceeded', message: 'Slow down' });
  });
});
