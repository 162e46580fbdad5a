import { FakeSageMaker, VirtualClock } from './fake-sagemaker';
import { AcceptedEvent, Answer, CloudFormationEvent } from '../../src/handler/event';
import { JobFunction } from '../../src/handler/function';
import { createHandler } from '../../src/handler/handler';
import { Lifetime } from '../../src/handler/services/network-interfaces';
import { Stack } from '../../src/handler/services/stacks';
import { Execution, JOB_COMPLETION, JobProperties, PROCESSING_JOB, Step } from '../../src/provider/contract';

export const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/0a1b2c3d';
export const LOGICAL_ID = 'Prepare1A2B3C4D';
export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:Shop-Jobs';

/** What CloudFormation gets to read. */
export type Response = Answer & Pick<CloudFormationEvent, 'LogicalResourceId' | 'RequestId' | 'StackId'>;

/** What CloudFormation would know of an event that is done. */
export interface Result {
  readonly id: string;
  readonly data?: Answer['Data'];
}

/** An event on its way: CloudFormation has sent it, and the state machine goes on with it when it was started. */
export class Delivery {
  /** What the state machine was started with, once it was. */
  public execution?: Execution<AcceptedEvent>;
  private step?: Step;

  constructor(private readonly deployment: Deployment, private readonly event: CloudFormationEvent) {}

  /** One invocation of the function. As in Lambda, events and results travel as JSON. The answer, if there is one by now; a failure is thrown. */
  public async look(): Promise<Result | undefined> {
    const { executions, responses } = this.deployment;
    const before = { executions: executions.length, responses: responses.length };
    const input = this.execution ? { Event: this.execution.Event } : this.event;
    this.step = JSON.parse(JSON.stringify(await this.deployment.invoke(input))) as Step;
    this.execution ??= executions[before.executions];
    const response = responses[before.responses];
    if (response?.Status === 'FAILED') throw new Error(response.Reason);
    return response && { id: response.PhysicalResourceId, data: response.Data };
  }

  /** Looks until the event is done, with the pauses that the function asks for. */
  public async finish(): Promise<Result> {
    for (let looks = 0; looks < 800; looks++) {
      const result = await this.look();
      if (result) return result;
      this.deployment.clock.advance(this.step!.Pause);
    }
    throw new Error('The event was never done');
  }
}

/** A stack, the services around it, and the function. */
export class Deployment {
  private requests = 0;
  public readonly clock = new VirtualClock();
  public readonly sageMaker = new FakeSageMaker(this.clock);
  /** What the function has logged. */
  public readonly lines: string[] = [];
  /** What the jobs have logged. */
  public logLines: string[] = [];
  /** Each look at the stack takes one error, if there is any. */
  public readonly stackErrors: Error[] = [];
  public stackLooks = 0;
  public stack: Stack = { status: 'CREATE_IN_PROGRESS', changedAt: new Date(this.clock.now - 60_000) };

  /** Of the job's resource, as CloudFormation has it. */
  public physicalId?: string;

  /** What CloudFormation was told, … */
  public readonly responses: Response[] = [];
  /** … where, and what writing the next ones comes to: a status, or an error. */
  public readonly urls: string[] = [];
  public readonly writing: (number | Error)[] = [];
  public readonly executions: Execution<AcceptedEvent>[] = [];
  /** Each start of the state machine takes one error, if there is any. */
  public readonly executionErrors: Error[] = [];
  /** What an invocation has left. */
  public secondsLeft = 290;

  public readonly handler = createHandler({
    sageMaker: this.sageMaker.client,
    stacks: {
      describe: async () => {
        this.stackLooks++;
        const error = this.stackErrors.shift();
        if (error) throw error;
        return this.stack;
      },
      physicalId: async () => this.physicalId,
    },
    jobLogs: { lastLines: async () => this.logLines },
    networkInterfaces: { count: async (group, whileOf) => this.countInterfaces(group, whileOf) },
    logGroup: '/aws/lambda/provider',
    now: () => this.clock.now,
    sleep: async (seconds) => this.clock.advance(seconds),
    log: (line) => this.lines.push(line),
  });

  private readonly jobFunction = new JobFunction({
    look: async (event) => this.look(event),
    put: async (url, body) => {
      const outcome = this.writing.shift() ?? 200;
      if (outcome instanceof Error) throw outcome;
      this.urls.push(url);
      if (outcome === 200) this.responses.push(JSON.parse(body) as Response);
      return outcome;
    },
    startExecution: async (input) => {
      const error = this.executionErrors.shift();
      if (error) throw error;
      this.executions.push(JSON.parse(input) as Execution<AcceptedEvent>);
    },
    sleep: async (seconds) => {
      this.clock.advance(seconds);
      this.secondsLeft -= seconds;
    },
    now: () => this.clock.now,
    log: (line) => this.lines.push(line),
    logGroup: 'Shop-Logs',
  });

  /** How the function looks at an event. */
  public look: (event: AcceptedEvent) => Promise<Answer | undefined> = async (event) => this.handler.look(event);

  public async invoke(input: object): Promise<Step> {
    const context = { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => this.secondsLeft * 1000 };
    return this.jobFunction.invoke(JSON.parse(JSON.stringify(input)) as CloudFormationEvent, context);
  }

  /** CloudFormation begins an operation. */
  public operation(status: string): void {
    this.clock.advance(60);
    this.stack = { status, changedAt: new Date(this.clock.now) };
    this.clock.advance(20);
  }

  /** An event that CloudFormation sends now. */
  public event(event: Partial<CloudFormationEvent>): CloudFormationEvent {
    const id = `request-${++this.requests}`;
    return {
      RequestId: id, ResponseURL: this.responseUrl(id), StackId: STACK_ID, LogicalResourceId: LOGICAL_ID, ResourceType: PROCESSING_JOB, ...event,
    } as CloudFormationEvent;
  }

  /** Delivers an event: one that was sent before, or a new one. */
  public deliver(event: Partial<CloudFormationEvent>): Delivery {
    return new Delivery(this, event.ResponseURL === undefined ? this.event(event) : event as CloudFormationEvent);
  }

  /** A presigned URL of now. */
  public responseUrl(id: string): string {
    const date = this.urlDate();
    return `https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/${id}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=0123`;
  }

  /** A recorded event, as if it had been sent now. */
  public sentNow(event: CloudFormationEvent): CloudFormationEvent {
    return { ...event, ResponseURL: event.ResponseURL.replace(/X-Amz-Date=\w+/, `X-Amz-Date=${this.urlDate()}`) };
  }

  private urlDate(): string {
    return new Date(this.clock.now).toISOString().replace(/[-:]|\.\d+/g, '');
  }

  /** How many network interfaces a security group has. */
  public countInterfaces: (securityGroupId: string, whileOf?: Lifetime) => number = () => 0;

  /** The ids and attributes of events that are played to their end. */
  public async create(properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<Result> {
    return this.deliver({ RequestType: 'Create', ResourceProperties: properties, ...more }).finish();
  }

  public async update(id: string, old: unknown, properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<Result> {
    return this.deliver({ RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: old, ResourceProperties: properties, ...more }).finish();
  }

  public async delete(id: string, properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<void> {
    await this.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: properties, ...more }).finish();
  }
}

export const COMPLETION = { ResourceType: JOB_COMPLETION, LogicalResourceId: 'PrepareJobCompletion5E6F7A8B' };

/** The tags of a job of ours that was let go of. */
export const LET_GO = ['team', 'cdk-sagemaker-jobs:request', 'cdk-sagemaker-jobs:formerly'];

/** The properties of a job, as CloudFormation delivers them: every scalar is a string. */
export function jobProperties(changes: Partial<JobProperties> = {}, request: Record<string, unknown> = {}): JobProperties {
  return {
    ContractVersion: '1',
    JobNamePrefix: 'Shop-Prepare',
    RemovalPolicy: 'STOP',
    Tags: [{ Key: 'team', Value: 'data' }],
    Request: {
      AppSpecification: { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare:1' },
      Environment: { TOKEN: 'hunter2-hunter2' },
      ProcessingResources: { ClusterConfig: { InstanceCount: '1', InstanceType: 'ml.m5.large', VolumeSizeInGB: '30' } },
      RoleArn: 'arn:aws:iam::111122223333:role/Prepare',
      StoppingCondition: { MaxRuntimeInSeconds: '3600' },
      ...request,
    },
    ...changes,
  };
}

/** A job with another definition. */
export function otherDefinition(changes: Partial<JobProperties> = {}): JobProperties {
  return jobProperties(changes, { StoppingCondition: { MaxRuntimeInSeconds: '7200' } });
}
