import { Framework, providerFramework } from './provider-framework';
import type { Command, SimulatedSageMaker } from './sagemaker';
import type { World } from './world';
import type { CloudFormationEvent, PolledEvent } from '../../src/handler/event';
import type { createHandler, Handler } from '../../src/handler/handler';
import type { Services } from '../../src/handler/services/services';
import type { Stack } from '../../src/handler/services/stacks';
import { POLL_SECONDS } from '../../src/provider/contract';
import { serviceError, throttled } from '../handler/fake-sagemaker';

/** What the handler asks CloudFormation. */
export interface StackReads {
  describe(stackId: string): Stack;
  physicalId(stackId: string, logicalId: string): string | undefined;
}

/** What goes wrong with a call of a service, and how often. */
const CALL_FAULTS = {
  throttled: 0.02, lost: 0.02, early: 0.02, late: 0.02, stale: 0.15, killed: 0.004, slow: 0.004,
};
/** What goes wrong with a Create call besides. */
const CREATE_FAULTS = { propagation: 0.04, paused: 0.05, refused: 0.015, quota: 0.01 };

/** What becomes of an event on its way. */
const DELIVERY_FAULTS = { twice: 0.05, later: 0.05, muchLater: 0.01 };

/** The longest, in seconds, that a function pauses in the middle, and that a repeated event comes late. */
const PAUSE = 90;
const LATE = 60;
const MUCH_LATER = 1_800;

/** The framework's waiter: it looks again as long as the look says so, or fails. */
const MAX_LOOKS = 3600 / POLL_SECONDS;

const LOG_LINES = Array.from({ length: 20 }, (_, line) => `line ${line} of the log ${'… 🐌 '.repeat(50)}`);

/** What Lambda says of a function that it has killed. */
const KILLED = 'Task timed out';

/** One run of a function: when it is killed, nothing of it happens any more. */
interface Invocation {
  readonly event: CloudFormationEvent;
  killed: boolean;
  onKill: () => void;
  /** It has paused after it looked at the stack, and not looked again. */
  isOutdated: boolean;
}

/** The provider as it is deployed: framework, Step Functions and Lambda, with the handler in it, and what goes wrong around them. */
export class Provider {
  /** What makes calls fail for a while: the errors of SageMaker, CloudFormation or both. */
  public outage?: { readonly error: () => Error; readonly of: 'sagemaker' | 'stacks' | 'all' };
  /** How many functions have been killed. */
  public kills = 0;
  /** What has gone wrong for a request, as far as the handler can know it. */
  public readonly causes = new Map<string, string[]>();

  private readonly framework: Framework;
  private executions = 0;

  constructor(
    private readonly world: World,
    private readonly sageMaker: SimulatedSageMaker,
    private readonly stacks: StackReads,
    private readonly create: typeof createHandler,
    respond: (responseUrl: string, body: string) => Promise<void>,
  ) {
    this.framework = providerFramework({
      onEvent: async (event) => this.invoke(event, async (handler) => handler.onEvent(event)),
      isComplete: async (event) => this.invoke(event, async (handler) => handler.isComplete(event as PolledEvent)),
      startExecution: async (input) => void this.execute(input),
      respond,
    });
  }

  /** Told of each event that arrives. */
  public onArrival: (event: CloudFormationEvent) => void = () => undefined;

  /** Told of tags that are written after a pause: a limit that is documented. */
  public onOutdatedTags: (event: CloudFormationEvent) => void = () => undefined;

  /** Whether a request that fails now had no other choice: a service cannot be reached, or its function was killed. */
  public isForced(requestId: string): boolean {
    return this.outage !== undefined || this.causes.get(requestId)?.includes(KILLED) === true;
  }

  /** Whether a waiter goes on. */
  public get isBusy(): boolean {
    return this.executions > 0;
  }

  /** CloudFormation sends an event, and Lambda delivers it at least once. */
  public deliver(event: CloudFormationEvent & { readonly ResponseURL: string }): void {
    const { dice, time } = this.world;
    const arrive = async (seconds: number, how: string) => {
      await time.sleep(seconds);
      this.world.note(() => `-> ${event.RequestType} of ${event.LogicalResourceId} (${event.RequestId}${how})${event.PhysicalResourceId ? `: ${event.PhysicalResourceId}` : ''}`);
      this.onArrival(event);
      await this.framework.onEvent({ ...event, ResourceProperties: { ...event.ResourceProperties as object } });
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

  /** The state machine of the framework. Luck is a function of the framework that is not killed between two calls. */
  private async execute(input: string): Promise<void> {
    this.executions++;
    const event = JSON.parse(input) as CloudFormationEvent;
    for (let looks = 0; looks <= MAX_LOOKS; looks++) {
      // The function of the framework can be killed while ours goes on: Step Functions then looks again.
      const isOrphaned = this.world.dice.chance(0.003);
      const look = this.framework.isComplete({ ...JSON.parse(input) as object, isOrphaned });
      try {
        await (isOrphaned ? this.killed(event) : look);
        break;
      } catch (error) {
        if (looks === MAX_LOOKS) {
          this.world.note(() => `   ${event.RequestId}: the waiter gives up`);
          await this.framework.onTimeout({ Cause: JSON.stringify({ errorMessage: (error as Error).message }) });
          break;
        }
        await this.world.time.sleep(POLL_SECONDS);
      }
    }
    this.executions--;
  }

  private async invoke<Result>(event: CloudFormationEvent, call: (handler: Handler) => Promise<Result>): Promise<Result> {
    const invocation: Invocation = { event, killed: false, onKill: () => undefined, isOutdated: false };
    const killed = new Promise<never>((_, reject) => {
      invocation.onKill = () => {
        invocation.killed = true;
        this.kills++;
        this.blame(event, KILLED);
        reject(new Error(`${KILLED} after 840.00 seconds`));
      };
    });
    const result = Promise.race([call(this.create(this.servicesOf(invocation))), killed]);
    if (!(event as { isOrphaned?: boolean }).isOrphaned) return result;
    result.catch(() => undefined);
    return new Promise<never>(() => undefined);
  }

  private async killed(event: CloudFormationEvent): Promise<never> {
    this.world.note(() => `   ${event.RequestId}: the function of the framework is killed`);
    await this.world.time.sleep(this.world.dice.below(2));
    throw new Error('The function of the framework was killed');
  }

  private servicesOf(invocation: Invocation): Services {
    const { event } = invocation;
    const { stacks } = this;
    return {
      sageMaker: {
        send: async (command: Command) => this.call(invocation, command.constructor.name.replace(/Command$/, ''), async (isStale) => this.sageMaker.perform(command, isStale)),
      } as unknown as Services['sageMaker'],
      stacks: {
        describe: async (id) => this.call(invocation, 'DescribeStacks', async () => stacks.describe(id)),
        physicalId: async (id, logicalId) => this.call(invocation, 'DescribeStackResource', async () => stacks.physicalId(id, logicalId)),
      },
      networkInterfaces: {
        count: async (group) => this.call(invocation, 'DescribeNetworkInterfaces', async () => this.sageMaker.usersOf(group).length),
      },
      jobLogs: { lastLines: async () => LOG_LINES },
      now: () => this.world.time.now,
      log: (line) => this.world.note(() => {
        const { decision, reason } = JSON.parse(line) as Record<string, string>;
        return `   ${event.RequestId}: ${decision}, ${reason}`;
      }),
    };
  }

  /** A call of a service: it takes time, on the way there and back, and may fail. */
  private async call<Output>(invocation: Invocation, operation: string, perform: (isStale: boolean) => Promise<Output> | Output): Promise<Output> {
    const { dice, time } = this.world;
    const { event } = invocation;
    const fault = dice.oneOf(CALL_FAULTS);
    const create = operation.startsWith('Create') ? dice.oneOf(CREATE_FAULTS) : undefined;
    if (fault ?? create) this.world.note(() => `   ${event.RequestId}: ${operation} (${[fault, create].filter(Boolean).join(', ')})`);
    const isPaused = create === 'paused' || fault === 'early';
    await time.sleep(isPaused ? dice.below(PAUSE) : fault === 'slow' ? 120 : 0.05);
    await this.alive(invocation);
    const error = this.outageOf(operation) ?? (fault === 'throttled' ? throttled() : create && create !== 'paused' ? createError(create) : undefined);
    if (error) throw this.blame(event, error);
    let output: Output;
    try {
      output = await perform(fault === 'stale');
    } catch (refusal) {
      throw this.blame(event, refusal as Error);
    }
    if (operation === 'DescribeStacks') invocation.isOutdated = false;
    else invocation.isOutdated ||= isPaused || fault === 'slow';
    if (/^(Add|Delete)Tags$/.test(operation) && invocation.isOutdated) this.onOutdatedTags(event);
    if (fault === 'late') invocation.isOutdated = true;
    if (fault === 'killed') invocation.onKill();
    await time.sleep(fault === 'late' ? dice.below(PAUSE) : 0.05);
    await this.alive(invocation);
    if (fault === 'lost') throw this.blame(event, Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    return output;
  }

  private async alive(invocation: Invocation): Promise<void> {
    if (invocation.killed) await new Promise(() => undefined);
  }

  private outageOf(operation: string): Error | undefined {
    if (!this.outage) return undefined;
    const isOfStacks = operation.startsWith('DescribeStack');
    return this.outage.of === 'all' || (this.outage.of === 'stacks') === isOfStacks ? this.outage.error() : undefined;
  }

  private blame(event: CloudFormationEvent, error: Error): Error;
  private blame(event: CloudFormationEvent, error: string): void;
  private blame(event: CloudFormationEvent, error: Error | string): Error | void {
    const text = typeof error === 'string' ? error : error.message;
    this.causes.set(event.RequestId, [...this.causes.get(event.RequestId) ?? [], text]);
    if (typeof error !== 'string') return error;
  }
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
