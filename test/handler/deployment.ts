import { FakeSageMaker, VirtualClock } from './fake-sagemaker';
import type { CloudFormationEvent, Poll, PolledEvent } from '../../src/handler/event';
import { createHandler } from '../../src/handler/handler';
import type { Stack } from '../../src/handler/services/stacks';
import { JOB_COMPLETION, JobProperties, POLL_SECONDS, PROCESSING_JOB } from '../../src/provider/contract';

export const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/0a1b2c3d';
export const LOGICAL_ID = 'Prepare1A2B3C4D';

/** An event that is under way: the waiter polls it. */
export class Delivery {
  constructor(private readonly deployment: Deployment, private readonly event: PolledEvent) {}

  /** One poll. As in the framework, events and answers travel as JSON. */
  public async poll(): Promise<Poll> {
    return JSON.parse(JSON.stringify(await this.deployment.handler.isComplete(JSON.parse(JSON.stringify(this.event)) as PolledEvent))) as Poll;
  }

  /** Polls until the event is done. Its physical id and attributes are what CloudFormation would know then. */
  public async finish(): Promise<{ id: string; data?: Poll['Data'] }> {
    for (let polls = 0; polls < 400; polls++) {
      const poll = await this.poll();
      if (poll.IsComplete) return { id: poll.PhysicalResourceId ?? this.event.PhysicalResourceId, data: poll.Data };
      this.deployment.clock.advance(POLL_SECONDS);
    }
    throw new Error('The event was never done');
  }
}

/** A stack, the services around it, and the handler. */
export class Deployment {
  private requests = 0;
  public readonly clock = new VirtualClock();
  public readonly sageMaker = new FakeSageMaker(this.clock);
  /** What the handler has logged. */
  public readonly lines: string[] = [];
  /** What the jobs have logged. */
  public logLines: string[] = [];
  /** Each look at the stack takes one error, if there is any. */
  public readonly stackErrors: Error[] = [];
  public stackLooks = 0;
  public stack: Stack = { status: 'CREATE_IN_PROGRESS', changedAt: new Date(this.clock.now - 60_000) };

  /** Of the job's resource, as CloudFormation has it. */
  public physicalId?: string;

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
    networkInterfaces: { count: async (group) => this.countInterfaces(group) },
    logGroup: '/aws/lambda/provider',
    now: () => this.clock.now,
    log: (line) => this.lines.push(line),
  });

  /** CloudFormation begins an operation. */
  public operation(status: string): void {
    this.clock.advance(60);
    this.stack = { status, changedAt: new Date(this.clock.now) };
    this.clock.advance(20);
  }

  public async deliver(event: Partial<CloudFormationEvent>): Promise<Delivery> {
    const whole = {
      RequestId: `request-${++this.requests}`, StackId: STACK_ID, LogicalResourceId: LOGICAL_ID, ResourceType: PROCESSING_JOB, ...event,
    } as CloudFormationEvent;
    return new Delivery(this, { ...whole, ...await this.handler.onEvent(whole) });
  }

  /** How many network interfaces a security group has. */
  public countInterfaces: (securityGroupId: string) => number = () => 0;

  /** The ids and attributes of events that are played to their end. */
  public async create(properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<{ id: string; data?: Poll['Data'] }> {
    return (await this.deliver({ RequestType: 'Create', ResourceProperties: properties, ...more })).finish();
  }

  public async update(id: string, old: unknown, properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<{ id: string; data?: Poll['Data'] }> {
    return (await this.deliver({
      RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: old, ResourceProperties: properties, ...more,
    })).finish();
  }

  public async delete(id: string, properties: unknown, more: Partial<CloudFormationEvent> = {}): Promise<void> {
    await (await this.deliver({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: properties, ...more })).finish();
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
