import { stateMachineOfTemplate } from './app';
import type { ProviderFunction } from './cloudformation';
import { isAllowed, Statement } from './iam';
import { Invocation, KILLED, Lambda, NO_FUNCTION, NOT_ALLOWED } from './lambda';
import { Command, SimulatedJob, SimulatedSageMaker } from './sagemaker';
import { StatesError, StepFunctions } from './step-functions';
import { World } from './world';
import { AcceptedEvent, CloudFormationEvent } from '../../src/handler/event';
import { Invocation as Input, JobFunction } from '../../src/handler/function';
import { createHandler } from '../../src/handler/handler';
import { requestOf } from '../../src/handler/life/ownership';
import { Services } from '../../src/handler/services/services';
import { Stack } from '../../src/handler/services/stacks';
import { STACK_TAG } from '../../src/provider/contract';
import { serviceError, throttled } from '../handler/fake-sagemaker';
import type { Call } from '../permissions/judge';

/** What the handler asks CloudFormation. */
export interface StackReads {
  describe(stackId: string): Stack;
  physicalId(stackId: string, logicalId: string): string | undefined;
  /** The function that the stack has. */
  provider(stackId: string): ProviderFunction | undefined;
}

/** What does not work for a while. */
export interface Outage {
  /** Services, the two together, the state machine, the bucket of the answers, all functions of the account, or this one, as soon as it looks. */
  readonly of: 'sagemaker' | 'stacks' | 'all' | 'states' | 's3' | 'lambda' | 'function';
  readonly error: () => Error;
}

/** What goes wrong with a call of a service, and how often. */
const CALL_FAULTS = {
  throttled: 0.02, lost: 0.02, early: 0.02, late: 0.02, stale: 0.15, killed: 0.004, slow: 0.004,
};
/** What goes wrong with a Create call besides. */
const CREATE_FAULTS = { propagation: 0.04, paused: 0.05, refused: 0.015, quota: 0.01 };
/** What goes wrong with an answer: S3 fails before or after it was written, or the function dies then. */
const ANSWER_FAULTS = { unwritten: 0.03, lost: 0.01, killed: 0.003 };

/** What becomes of an event on its way. */
const DELIVERY_FAULTS = { twice: 0.05, later: 0.05, muchLater: 0.01 };

/** The longest, in seconds, that a function pauses in the middle, and that a repeated event comes late. */
const PAUSE = 90;
const LATE = 60;
const MUCH_LATER = 1_800;

const LOG_LINES = Array.from({ length: 20 }, (_, line) => `line ${line} of the log ${'… 🐌 '.repeat(50)}`);
const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:Shop-Jobs';

/** What IAM is asked when a call arrives. */
type Asked = () => readonly Call[];

/** What a service does when a call has reached it. */
type Perform<Output> = (isStale: boolean) => Promise<Output> | Output;

/** The provider as it is deployed: the function and the state machine, in Lambda and Step Functions, and what goes wrong around them. */
export class Provider {
  public outage?: Outage;
  /** Whether the state machine has given up on a request. */
  public hasGivenUp = false;
  /** What has gone wrong for a request, as far as the handler can know it. */
  public readonly causes = new Map<string, string[]>();
  public readonly lambda: Lambda;
  /** Requests that were given up on: what looks at them has died again and again, or for too long. */
  private readonly givenUp = new Set<string>();
  private readonly stepFunctions: StepFunctions;

  constructor(
    private readonly world: World,
    private readonly sageMaker: SimulatedSageMaker,
    private readonly stacks: StackReads,
    private readonly respond: (responseUrl: string, body: string) => number,
  ) {
    this.lambda = new Lambda(world, async (payload, invocation) => this.run(payload as CloudFormationEvent | Input, invocation));
    this.lambda.isRefused = () => this.outage?.of === 'lambda';
    this.lambda.onDeath = (payload, error) => this.onDeath(payload, error);
    this.stepFunctions = new StepFunctions(world, stateMachineOfTemplate(), async (arn, payload) => {
      if (arn !== FUNCTION_ARN) throw new Error(`There is no function ${arn}`);
      const event = eventOf(payload as CloudFormationEvent | Input);
      const provider = this.stacks.provider(event.StackId);
      if (!provider) {
        this.onOrphaned(event);
        throw NO_FUNCTION;
      }
      if (!provider.mayBeInvoked()) throw NOT_ALLOWED;
      return this.lambda.invoke(payload);
    });
    this.stepFunctions.onTimeout = (event) => this.blame(event as CloudFormationEvent, 'States.Timeout');
  }

  /** Told of each time that an event has written tags. */
  public onTags: (event: CloudFormationEvent) => void = () => undefined;

  /** Told of each job that an event takes the tag of its stack from. */
  public onLetGo: (job: SimulatedJob, event: CloudFormationEvent) => void = () => undefined;

  /** Told of what IAM has been asked, with the statements in force. */
  public onJudged: (statements: readonly Statement[], asked: readonly Call[]) => void = () => undefined;

  /** Told of an event at which a function looks on, or should, although its stack has none any more: a limit that is documented. */
  public onOrphaned: (event: CloudFormationEvent) => void = () => undefined;

  /** Whether a request that fails now had no other choice: a service cannot be reached, or its function has died again and again. */
  public isForced(request: string): boolean {
    return this.outage !== undefined || this.givenUp.has(request);
  }

  /** Whether an execution goes on. */
  public get isBusy(): boolean {
    return this.stepFunctions.running > 0;
  }

  /** CloudFormation sends an event, and Lambda delivers it at least once. */
  public deliver(event: CloudFormationEvent): void {
    const { dice, time } = this.world;
    const arrive = async (seconds: number, how: string) => {
      await time.sleep(seconds);
      this.world.note(() => `-> ${event.RequestType} of ${event.LogicalResourceId} (${nameOf(event)}${how})${event.PhysicalResourceId ? `: ${event.PhysicalResourceId}` : ''}`);
      if (this.stacks.provider(event.StackId)) await this.lambda.send(event);
    };
    void arrive(1, '');
    switch (dice.oneOf(DELIVERY_FAULTS)) {
      case 'twice':
        void arrive(1, ', again');
        break;
      case 'later':
        void arrive(1 + dice.below(LATE), ', again');
        break;
      case 'muchLater':
        void arrive(1 + dice.below(MUCH_LATER), ', again');
    }
  }

  /** One invocation of the function. */
  private async run(input: CloudFormationEvent | Input, invocation: Invocation): Promise<object> {
    const event = eventOf(input);
    if ('Failure' in input && input.Failure) {
      this.hasGivenUp = true;
      this.givenUp.add(requestOf(event));
    }
    const { time } = this.world;
    const jobs = new JobFunction({
      look: async (accepted: AcceptedEvent) => createHandler(this.servicesOf(event, invocation)).look(accepted),
      put: async (url, body) => this.answer(event, invocation, url, body),
      startExecution: async (execution) => this.call(event, invocation, 'StartExecution', () => [
        { action: 'states:StartExecution', on: this.stacks.provider(event.StackId)?.environment.STATE_MACHINE_ARN ?? 'none' },
      ], async () => this.stepFunctions.start(execution)),
      sleep: async (seconds) => this.pause(invocation, seconds),
      now: () => time.now,
      log: (line) => this.log(event, line),
      logGroup: 'Shop-Logs',
    });
    return jobs.invoke(input, { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => invocation.secondsLeft * 1000 });
  }

  private servicesOf(event: CloudFormationEvent, invocation: Invocation): Services {
    const { sageMaker, stacks } = this;
    const call = async <Output>(operation: string, asked: Asked, perform: Perform<Output>) =>
      this.call(event, invocation, operation, asked, perform);
    const ofStack = async <Output>(operation: string, id: string, perform: Perform<Output>) =>
      call(operation, () => [{ action: `cloudformation:${operation}`, on: id }], perform);
    return {
      sageMaker: {
        send: async (command: Command) => {
          const operation = command.constructor.name.replace(/Command$/, '');
          return call(operation, () => sageMaker.askedBy(operation, command.input), async (isStale) => this.perform(event, command, isStale));
        },
      } as unknown as Services['sageMaker'],
      stacks: {
        describe: async (id) => ofStack('DescribeStacks', id, async () => stacks.describe(id)),
        physicalId: async (id, logicalId) => ofStack('DescribeStackResource', id, async () => stacks.physicalId(id, logicalId)),
      },
      networkInterfaces: {
        count: async (group) => call('DescribeNetworkInterfaces', () => [{ action: 'ec2:DescribeNetworkInterfaces', on: '*' }], async () => sageMaker.usersOf(group).length),
      },
      jobLogs: { lastLines: async () => LOG_LINES },
      logGroup: 'Shop-Logs',
      now: () => this.world.time.now,
      sleep: async (seconds) => this.pause(invocation, seconds),
      log: (line) => this.log(event, line),
    };
  }

  private async perform(event: CloudFormationEvent, command: Command, isStale: boolean): Promise<object> {
    const { ResourceArn, TagKeys = [] } = command.input as { ResourceArn?: string; TagKeys?: readonly string[] };
    const output = await this.sageMaker.perform(command, isStale);
    if (/^(Add|Delete)Tags/.test(command.constructor.name)) this.onTags(event);
    const job = TagKeys.includes(STACK_TAG) ? this.sageMaker.jobs.find(({ arn }) => arn === ResourceArn) : undefined;
    if (job) this.onLetGo(job, event);
    return output;
  }

  private async pause(invocation: Invocation, seconds: number): Promise<void> {
    await this.world.time.sleep(seconds);
    await invocation.alive();
  }

  /** A call of a service: it takes time, on the way there and back, and may fail. */
  private async call<Output>(
    event: CloudFormationEvent, invocation: Invocation, operation: string, asked: Asked, perform: Perform<Output>,
  ): Promise<Output> {
    const { dice, time } = this.world;
    const fault = dice.oneOf(CALL_FAULTS);
    const create = operation.startsWith('Create') ? dice.oneOf(CREATE_FAULTS) : undefined;
    if (fault ?? create) this.world.note(() => `   ${nameOf(event)}: ${operation} (${[fault, create].filter(Boolean).join(', ')})`);
    if (this.outage?.of === 'function' && operation !== 'StartExecution') invocation.die(KILLED);
    const isPaused = create === 'paused' || fault === 'early';
    await time.sleep(isPaused ? dice.below(PAUSE) : fault === 'slow' ? 120 : 0.05);
    await invocation.alive();
    const error = this.outageOf(operation) ?? (fault === 'throttled' ? throttled() : undefined) ?? this.denial(event, asked())
      ?? (create && create !== 'paused' ? createError(create) : undefined);
    if (error) throw this.blamed(event, error);
    let output: Output;
    try {
      output = await perform(fault === 'stale');
    } catch (refusal) {
      throw this.blamed(event, refusal as Error);
    }
    if (fault === 'killed') invocation.die(KILLED);
    await time.sleep(fault === 'late' ? dice.below(PAUSE) : 0.05);
    await invocation.alive();
    if (fault === 'lost') throw this.blamed(event, Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    return output;
  }

  /** What IAM says, if the policies of the stack's provider, as they are in force, do not allow all that is asked. */
  private denial(event: CloudFormationEvent, asked: readonly Call[]): Error | undefined {
    const provider = this.stacks.provider(event.StackId);
    if (provider) this.onJudged(provider.statements, asked);
    else this.onOrphaned(event);
    const denied = asked.find((each) => !provider || !isAllowed(provider.statements, each));
    if (!denied) return undefined;
    this.world.note(() => `   IAM denies ${denied.action} on ${denied.on}`);
    return serviceError('AccessDeniedException', `User: arn:aws:sts::111122223333:assumed-role/Shop-Role/Shop-Jobs is not authorized to perform: ${denied.action} `
      + `on resource: ${denied.on} because no identity-based policy allows the ${denied.action} action`);
  }

  /** The answer, to the bucket of CloudFormation. */
  private async answer(event: CloudFormationEvent, invocation: Invocation, url: string, body: string): Promise<number> {
    const { dice, time } = this.world;
    const fault = dice.oneOf(ANSWER_FAULTS);
    if (fault) this.world.note(() => `   ${nameOf(event)}: the answer (${fault})`);
    await time.sleep(0.05);
    await invocation.alive();
    if (this.outage?.of === 's3' || fault === 'unwritten') return 503;
    const status = this.respond(url, body);
    if (fault === 'killed') invocation.die(KILLED);
    await invocation.alive();
    if (fault === 'lost') throw new Error('socket hang up');
    return status;
  }

  private outageOf(operation: string): Error | undefined {
    if (!this.outage) return undefined;
    const of = operation === 'StartExecution' ? 'states' : operation.startsWith('DescribeStack') ? 'stacks' : 'sagemaker';
    return this.outage.of === 'all' || this.outage.of === of ? this.outage.error() : undefined;
  }

  private onDeath(payload: object, { Cause }: StatesError): void {
    const { errorMessage } = JSON.parse(Cause) as { errorMessage: string };
    this.blame(eventOf(payload as CloudFormationEvent | Input), errorMessage);
  }

  private blamed(event: CloudFormationEvent, error: Error): Error {
    this.blame(event, error.message);
    return error;
  }

  private blame(event: CloudFormationEvent, cause: string): void {
    const request = requestOf(event);
    this.causes.set(request, [...this.causes.get(request) ?? [], cause]);
  }

  private log(event: CloudFormationEvent, line: string): void {
    this.world.note(() => {
      const { decision, reason } = JSON.parse(line) as Record<string, string>;
      return `   ${nameOf(event)}: ${decision}, ${reason}`;
    });
  }
}

/** What the trace calls an event. */
export function nameOf({ ResponseURL }: CloudFormationEvent): string {
  return new URL(ResponseURL).pathname.slice(1);
}

function eventOf(input: CloudFormationEvent | Input): CloudFormationEvent {
  return 'Event' in input ? input.Event : input;
}

function createError(fault: Exclude<keyof typeof CREATE_FAULTS, 'paused'>): Error {
  switch (fault) {
    case 'propagation':
      return serviceError('ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/Job. Please ensure that the role exists.');
    case 'quota':
      return serviceError('ResourceLimitExceeded', 'The account-level service limit \'ml.m5.xlarge for processing job usage\' is 4 Instances.');
    case 'refused':
      return serviceError('ValidationException', 'The request was refused.');
  }
}
