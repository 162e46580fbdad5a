import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { tagsOfTheJob } from './handler-events';

const JOB_ARN = 'arn:aws:sagemaker:us-east-1:111122223333:processing-job/job';

/** The calls of SageMaker and CloudFormation that a handler needs to start, describe and stop a job. Records each call. */
export class Services {
  static async start(): Promise<Services> {
    const services = new Services();
    await new Promise<void>((resolve) => services.server.listen(0, '127.0.0.1', resolve));
    return services;
  }

  private readonly server: Server;
  private calls: string[] = [];

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = await textOf(request);
      const target = request.headers['x-amz-target'] as string | undefined;
      const operation = target?.split('.')[1] ?? new URLSearchParams(body).get('Action')!;
      this.calls.push(operation);
      response.end(answerTo(operation));
    });
    // Keep the connection of a worker that is idle for a while.
    this.server.keepAliveTimeout = 60_000;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Returns the operations that were called since it was last asked. */
  takeCalls(): string[] {
    const { calls } = this;
    this.calls = [];
    return calls;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function answerTo(operation: string): string {
  switch (operation) {
    case 'DescribeProcessingJob':
      return JSON.stringify({
        ProcessingJobName: 'job', ProcessingJobArn: JOB_ARN, ProcessingJobStatus: 'InProgress', CreationTime: Date.now() / 1000,
      });
    case 'ListTags':
      return JSON.stringify({
        Tags: Object.entries(tagsOfTheJob()).map(([Key, Value]) => ({ Key, Value })),
      });
    case 'DescribeStacks':
      return '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>'
        + '<StackName>Jobs</StackName><StackStatus>CREATE_IN_PROGRESS</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>'
        + '</member></Stacks></DescribeStacksResult></DescribeStacksResponse>';
    case 'DescribeStackResource':
      return '<DescribeStackResourceResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStackResourceResult>'
        + '<StackResourceDetail><PhysicalResourceId>jobs-job0-0123456789</PhysicalResourceId><ResourceStatus>UPDATE_IN_PROGRESS</ResourceStatus>'
        + '</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>';
    default:
      return JSON.stringify({ ProcessingJobArn: JOB_ARN });
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
