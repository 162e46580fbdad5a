import * as fc from 'fast-check';
import { AppVersion, JOB_NAMES, NEIGHBOURS, templateOf } from './app';
import { ResponseTooLong, Stack } from './cloudformation';
import { Dice, FACES } from './dice';
import { Invariants } from './invariants';
import { Provider } from './provider';
import { SimulatedSageMaker } from './sagemaker';
import { World } from './world';
import { createHandler } from '../../src/custom-resource/handler/handler';
import { serviceError, throttled } from '../custom-resource/fake-sagemaker';

/** What somebody does, one thing after the other. */
export interface Step {
  readonly does: 'deploy' | 'deploy without rollback' | 'deploy again' | 'retag' | 'delete' | 'forget the job' | 'stop the job';
  readonly version: AppVersion;
  readonly fails: keyof typeof NEIGHBOURS | 'nothing';
  readonly isNested: boolean;
  readonly outage: keyof typeof OUTAGES | 'none';
  /** Seconds before it. */
  readonly pause: number;
}

/** The life of a stack: what is done, and what chance does. */
export interface Life {
  readonly steps: readonly Step[];
  readonly luck: readonly number[];
}

/** What fails for a while, beginning with a step: for some minutes, or until somebody has seen to it. */
const OUTAGES = {
  'SageMaker for three minutes': { of: 'sagemaker', seconds: 180, error: () => serviceError('ServiceUnavailable', 'Service Unavailable', 503) },
  'everything for three minutes': { of: 'all', seconds: 180, error: throttled },
  'SageMaker until it is repaired': { of: 'sagemaker', error: () => serviceError('InternalFailure', 'Internal Failure', 500) },
  'permissions for SageMaker': { of: 'sagemaker', error: () => serviceError('AccessDeniedException', 'User: x is not authorized to perform: sagemaker:y with an explicit deny') },
  'permissions for CloudFormation': { of: 'stacks', error: () => serviceError('AccessDenied', 'User: x is not authorized to perform: cloudformation:y') },
} as const;

const appVersion: fc.Arbitrary<AppVersion> = fc.record({
  definition: fc.nat(2),
  trigger: rarely(1),
  tags: fc.nat(2),
  name: rarely(2),
  removalPolicy: rarely(2),
  wait: rarely(2),
  inVpc: seldom(),
  reader: seldom(),
  autoML: rarely(2),
  neighbours: fc.nat(2),
});

/** Mostly 0. */
function rarely(max: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(max) });
}

function seldom(): fc.Arbitrary<boolean> {
  return rarely(1).map((value) => value > 0);
}

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.oneof(
    { weight: 6, arbitrary: fc.constant('deploy' as const) },
    { weight: 5, arbitrary: fc.constantFrom('deploy without rollback', 'deploy again', 'retag', 'delete', 'forget the job', 'stop the job') },
  ),
  version: appVersion,
  fails: fc.oneof(
    { weight: 5, arbitrary: fc.constant('nothing' as const) },
    { weight: 2, arbitrary: fc.constant('beside' as const) },
    { weight: 1, arbitrary: fc.constantFrom('after', 'before') },
  ),
  isNested: seldom(),
  outage: fc.oneof({ weight: 25, arbitrary: fc.constant('none' as const) }, { weight: 1, arbitrary: fc.constantFrom(...Object.keys(OUTAGES) as (keyof typeof OUTAGES)[]) }),
  pause: fc.nat(200),
});

export const life: fc.Arbitrary<Life> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  luck: fc.array(fc.nat(FACES - 1), { maxLength: 400, size: 'max' }),
});

/** Plays a life. Nothing of it depends on anything but its description. */
export async function play(each: Life, create: typeof createHandler, isTraced = false): Promise<World> {
  const world = new World(new Dice(each.luck), isTraced);
  const story = new Story(world, create);
  let isOver = false;
  const played = story.play(each.steps).finally(() => { isOver = true; });
  await world.time.run();
  if (!isOver || story.isBusy) world.violate('every wait ends', isOver ? 'a waiter goes on for ever' : 'the story never ended');
  if (isOver) await played;
  return world;
}

/** One account, in which somebody takes one step after the other with a stack. */
export class Story {
  public readonly sageMaker: SimulatedSageMaker;
  public stack: Stack;
  private readonly invariants: Invariants;
  private readonly provider: Provider;
  /** Also those that are deleted: their events can come late. */
  private readonly stacks = new Map<string, Stack>();
  private requests = 0;
  /** What the stack has, and what somebody last tried to deploy. */
  private current?: AppVersion;
  private tried?: AppVersion;

  constructor(private readonly world: World, create: typeof createHandler) {
    this.sageMaker = new SimulatedSageMaker(world);
    this.invariants = new Invariants(world, this.sageMaker);
    this.stack = this.newStack();
    this.provider = new Provider(world, this.sageMaker, {
      describe: (id) => this.stacks.get(id)!.describe(),
      physicalId: (id, logicalId) => this.stacks.get(id)!.physicalId(logicalId),
    }, create, async (path, body) => this.respond(path, body));
    this.provider.onArrival = (event) => this.invariants.onArrival(event, this.stacks.get(event.StackId)!.physicalId(event.LogicalResourceId));
  }

  public get isBusy(): boolean {
    return this.provider.isBusy;
  }

  public async play(steps: readonly Step[]): Promise<void> {
    if (this.world.dice.chance(0.1)) this.sageMaker.addForeign(JOB_NAMES[1]);
    this.invariants.protect();
    for (const each of steps) {
      await this.world.time.sleep(each.pause);
      this.world.note(() => `** ${describe(each)}`);
      this.beginOutage(each);
      await this.take(each);
      await this.recover();
    }
    await this.quiet();
    await this.deleteStack();
    await this.recover();
    await this.quiet();
  }

  public async take(each: Step): Promise<void> {
    switch (each.does) {
      case 'deploy':
      case 'deploy without rollback':
        return this.deploy(each.version, each);
      case 'deploy again':
        return this.deploy(this.tried ?? each.version, each);
      case 'retag':
        return this.retag(each);
      case 'delete':
        return this.deleteStack();
      case 'forget the job':
      case 'stop the job': {
        const name = this.stack.physicalId(this.jobId() ?? '');
        if (name !== undefined && each.does === 'stop the job') this.sageMaker.stop(name);
        if (name !== undefined && each.does === 'forget the job') this.sageMaker.forget(name);
      }
    }
  }

  /** The logical id of the processing job. */
  public jobId(): string | undefined {
    return [...this.stack.resources.keys()].find((id) => id.startsWith('Job') && this.stack.resources.get(id)!.definition.type === 'Custom::SageMakerProcessingJob');
  }

  private async deploy(version: AppVersion, { does, fails, isNested }: Step): Promise<void> {
    this.tried = version;
    const template = templateOf(version);
    const noRollback = does === 'deploy without rollback';
    this.stack.failing = new Set(fails === 'nothing' ? [] : [NEIGHBOURS[fails]]);
    this.stack.parent = isNested ? { fails: this.world.dice.chance(0.3) } : undefined;
    if (this.stack.status === 'REVIEW_IN_PROGRESS') await this.stack.create(template, noRollback);
    else await this.stack.update(template, noRollback || !this.stack.hasBeenStable);
    if (/^(CREATE|UPDATE)_COMPLETE$/.test(this.stack.status)) this.current = version;
  }

  /** Only the tags change, as far as the stack has got its last template. */
  private async retag(each: Step): Promise<void> {
    const { current } = this;
    if (!current || !/_COMPLETE$/.test(this.stack.status)) return;
    await this.quiet();
    const before = this.invariants.started;
    await this.deploy({ ...current, tags: (current.tags + 1) % 3 }, each);
    await this.quiet();
    this.invariants.checkTagChange(before, this.invariants.started);
  }

  private async deleteStack(): Promise<void> {
    if (this.stack.status === 'REVIEW_IN_PROGRESS') return;
    await this.stack.delete();
    this.renew();
  }

  /** The services recover, and somebody sees to what has failed. */
  private async recover(): Promise<void> {
    if (!this.isDisturbed && /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(this.stack.status)) {
      this.world.violate('no rollback and no delete fails', this.stack.status);
    }
    this.provider.outage = undefined;
    this.provider.kills = 0;
    for (let tries = 0; this.needsHelp(); tries++) {
      if (tries === 5) return this.world.violate('no rollback and no delete fails', `${this.stack.status}, again and again`);
      await this.help();
      this.renew();
    }
  }

  private needsHelp(): boolean {
    return /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|ROLLBACK_COMPLETE|DELETE_FAILED)$/.test(this.stack.status);
  }

  private async help(): Promise<void> {
    const { dice } = this.world;
    if (this.stack.status !== 'UPDATE_ROLLBACK_FAILED' || dice.chance(0.2)) return this.stack.delete();
    return this.stack.continueUpdateRollback(new Set(dice.chance(0.2) ? [this.jobId()!] : []));
  }

  private renew(): void {
    if (this.stack.status !== 'DELETE_COMPLETE') return;
    this.stack = this.newStack();
    this.current = this.tried = undefined;
  }

  /** Waits until nothing is under way, and looks at what there is. */
  private async quiet(): Promise<void> {
    await this.world.time.sleep(4_000);
    this.invariants.check(this.stack);
  }

  private beginOutage({ outage }: Step): void {
    if (outage === 'none') return;
    const { error, of, ...limit } = OUTAGES[outage];
    this.provider.outage = { error, of };
    const began = this.provider.outage;
    if ('seconds' in limit) {
      void this.world.time.sleep(limit.seconds).then(() => {
        if (this.provider.outage === began) this.provider.outage = undefined;
      });
    }
  }

  /** Whether more goes wrong than the handler can make up for: then CloudFormation is told so, and its user has to see to it. */
  private get isDisturbed(): boolean {
    return this.provider.outage !== undefined || this.provider.kills > 0;
  }

  private newStack(): Stack {
    const id = `arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/${this.stacks.size + 1}`;
    const stack = new Stack(this.world, {
      nextRequestId: () => `request-${++this.requests}`,
      deliver: (event) => this.provider.deliver(event),
      isInUse: (group) => this.sageMaker.usersOf(group).some((name) => !this.invariants.isExcused(name) && !this.invariants.isLate(name)),
      onRequest: (event, owner) => this.invariants.onRequest(event, owner),
      onEnd: (event, isSuccess) => this.invariants.onEnd(event, isSuccess),
      onFailure: (event, reason) => this.invariants.onFailure(event, reason, this.provider.causes.get(event.RequestId) ?? []),
      onGone: (resource) => this.invariants.onGone(resource),
      onAbandoned: (resource) => this.invariants.onAbandoned(resource, this.isDisturbed),
    }, id);
    this.stacks.set(id, stack);
    return stack;
  }

  private respond(path: string, body: string): void {
    const requestId = path.slice(1);
    if (this.provider.outage && body.includes('"FAILED"')) this.invariants.onGivenUp(requestId);
    try {
      this.stack.respond(requestId, body);
    } catch (error) {
      if (!(error instanceof ResponseTooLong)) throw error;
      this.world.violate('a response fits', error.message);
    }
  }
}

function describe({ does, fails, isNested, outage, pause, version }: Step): string {
  const details = [
    /^deploy(?! again)/.test(does) && JSON.stringify(version),
    fails !== 'nothing' && `${NEIGHBOURS[fails]} fails`,
    isNested && 'nested',
    outage !== 'none' && `without ${outage}`,
    `after ${pause} s`,
  ];
  return [does, ...details.filter(Boolean)].join(', ');
}
