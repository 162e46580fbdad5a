import { AppVersion, FOREIGN_AUTOML_JOB, JOB, JOB_NAMES, NEIGHBOURS, templateOf } from './app';
import { Parent, Stack } from './cloudformation';
import { Dice } from './dice';
import { Invariants } from './invariants';
import { describeStep, Life, OUTAGES, Step } from './life';
import { Provider } from './provider';
import { ResponseTooLong } from './requests';
import { SimulatedSageMaker } from './sagemaker';
import { World } from './world';
import { CloudFormationEvent } from '../../src/handler/event';
import { requestOf } from '../../src/handler/life/ownership';
import { PROCESSING_JOB } from '../../src/provider/contract';

/** How often CloudFormation uses the id of a request again, and how long the URL of an answer is good for. */
const REUSED_IDS = 0.05;
const EXPIRES_SECONDS = 7_200;

/** Plays a life. Nothing of it depends on anything but its description. */
export async function play(each: Life, isTraced = false, onJudged?: Provider['onJudged']): Promise<World> {
  const world = new World(new Dice(each.luck), isTraced);
  const story = new Story(world);
  if (onJudged) story.provider.onJudged = onJudged;
  let isOver = false;
  const played = story.play(each.steps).finally(() => { isOver = true; });
  await world.time.run();
  if (!isOver || story.isBusy) world.violate('every wait ends', isOver ? 'an execution goes on for ever' : 'the story never ended');
  if (isOver) await played;
  return world;
}

/** One account, in which somebody takes one step after the other with a stack. */
export class Story {
  public readonly sageMaker: SimulatedSageMaker;
  public stack: Stack;
  private readonly invariants: Invariants;
  public readonly provider: Provider;
  /** Also those that are deleted: their events can come late. */
  private readonly stacks = new Map<string, Stack>();
  private requests = 0;
  /** Who waits for the answer at a URL: a stack, with a request. */
  private readonly asked = new Map<string, { readonly stack: Stack; readonly request: string; readonly at: number }>();
  /** What the stack has, and what somebody last tried to deploy. */
  private current?: AppVersion;
  private tried?: AppVersion;

  constructor(private readonly world: World) {
    this.sageMaker = new SimulatedSageMaker(world);
    this.invariants = new Invariants(world, this.sageMaker);
    this.stack = this.newStack();
    this.provider = new Provider(world, this.sageMaker, {
      describe: (id) => this.stacks.get(id)!.describe(),
      physicalId: (id, logicalId) => this.stacks.get(id)!.physicalId(logicalId),
      provider: (id) => this.stacks.get(id)!.provider,
    }, (url, body) => this.respond(url, body));
    this.provider.onTags = (event) => this.invariants.onTags(event);
    this.provider.onLetGo = (job, event) => this.invariants.onLetGo(job, event);
    this.provider.onOrphaned = (event) => this.invariants.onGivenUp(requestOf(event));
  }

  public get isBusy(): boolean {
    return this.provider.isBusy;
  }

  public async play(steps: readonly Step[]): Promise<void> {
    this.sageMaker.addForeignAutoMLJob(FOREIGN_AUTOML_JOB);
    if (this.world.dice.chance(0.1)) this.sageMaker.addForeign(JOB_NAMES[1]);
    this.invariants.protect();
    for (const each of steps) {
      await this.world.time.sleep(each.pause);
      this.world.note(() => `** ${describeStep(each)}`);
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
        const name = this.stack.all.flatMap((stack) => stack.physicalId(this.jobId() ?? '') ?? [])[0];
        if (name !== undefined && each.does === 'stop the job') this.sageMaker.stop(name);
        if (name !== undefined && each.does === 'forget the job') this.sageMaker.forget(name);
      }
    }
  }

  /** The logical id of the processing job, which is the same in a nested stack. */
  public jobId(): string | undefined {
    const resources = this.stack.all.flatMap((stack) => [...stack.resources.values()]);
    return resources.find(({ definition: { logicalId, type } }) => logicalId.startsWith(JOB) && type === PROCESSING_JOB)?.definition.logicalId;
  }

  private async deploy({ inner, ...other }: AppVersion, { does, fails, isNested }: Step): Promise<void> {
    if (this.needsHelp()) return; // that was no help, and CloudFormation refuses updates of such a stack
    // It is not documented what CloudFormation does with nested stacks where nothing is rolled back.
    const cannotGoBack = !this.stack.hasBeenStable && this.stack.status !== 'REVIEW_IN_PROGRESS';
    const version = { ...other, inner: cannotGoBack ? 0 : inner };
    const isNesting = version.inner > 0 || this.stack.nested.all.length > 0;
    const noRollback = cannotGoBack || (does === 'deploy without rollback' && !isNesting);
    this.tried = version;
    const template = templateOf(version);
    this.stack.failing = new Set(fails === 'nothing' ? [] : [NEIGHBOURS[fails]]);
    this.stack.parent = isNested ? this.parent() : undefined;
    if (this.stack.status === 'REVIEW_IN_PROGRESS') await this.stack.create(template, noRollback);
    else await this.stack.update(template, noRollback);
    if (/^(CREATE|UPDATE)_COMPLETE$/.test(this.stack.status)) this.current = version;
  }

  /** A parent that decides a little later. */
  private parent(): Parent {
    const { dice, time } = this.world;
    const fails = dice.chance(0.3);
    return {
      decide: async (isSuccess) => {
        if (!isSuccess) return false;
        await time.sleep(dice.below(30));
        return !fails;
      },
    };
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
    for (let tries = 0; this.needsHelp();) {
      if (tries === 5) return this.world.violate('no rollback and no delete fails', `${this.stack.status}, again and again`);
      this.provider.hasGivenUp = false;
      await this.help();
      if (!this.isDisturbed) tries++;
      this.renew();
    }
    this.provider.hasGivenUp = false;
  }

  private needsHelp(): boolean {
    return /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|ROLLBACK_COMPLETE|DELETE_FAILED)$/.test(this.stack.status);
  }

  private async help(): Promise<void> {
    const { dice } = this.world;
    if (this.stack.status !== 'UPDATE_ROLLBACK_FAILED' || dice.chance(0.2)) return this.stack.delete();
    return this.stack.continueUpdateRollback(new Set(dice.chance(0.2) ? [this.jobId() ?? ''] : []));
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
    return this.provider.outage !== undefined || this.provider.hasGivenUp;
  }

  private newStack(stackName = 'Shop'): Stack {
    const id = `arn:aws:cloudformation:eu-west-1:111122223333:stack/${stackName}/${this.stacks.size + 1}`;
    const stack: Stack = new Stack(this.world, {
      nest: () => this.newStack('Shop-Inner'),
      nextRequest: () => this.nextRequest(),
      deliver: (event) => {
        this.asked.set(event.ResponseURL, { stack, request: requestOf(event), at: this.world.time.now });
        this.provider.deliver(event);
      },
      isInUse: (group) => this.sageMaker.usersOf(group).some((name) => !this.invariants.mayKeepGroup(name)),
      onRequest: (event, owner) => this.invariants.onRequest(event, owner),
      onEnd: (event, isSuccess) => this.invariants.onEnd(event, isSuccess),
      onFailure: (event, reason) => this.invariants.onFailure(event, reason, this.provider.causes.get(requestOf(event)) ?? []),
      onGone: (resource) => this.invariants.onGone(resource),
      onAbandoned: (resource) => this.invariants.onAbandoned(resource, this.isDisturbed),
    }, id);
    this.stacks.set(id, stack);
    return stack;
  }

  /** The id of a request is mostly a new one. */
  private nextRequest(): Pick<CloudFormationEvent, 'RequestId' | 'ResponseURL'> {
    const { dice, time } = this.world;
    const number = ++this.requests;
    const date = new Date(time.now).toISOString().replace(/[-:]|\.\d+/g, '');
    return {
      RequestId: `id-${dice.chance(REUSED_IDS) ? Math.ceil(dice.below(number)) : number}`,
      ResponseURL: `https://cloudformation/request-${number}?X-Amz-Date=${date}&X-Amz-Expires=${EXPIRES_SECONDS}`,
    };
  }

  /** Somebody writes an answer: the HTTP status that comes back. */
  private respond(url: string, body: string): number {
    const { at, request, stack } = this.asked.get(url)!;
    if (this.world.time.now - at > EXPIRES_SECONDS * 1000) return 403;
    if (this.provider.isForced(request) && body.includes('"FAILED"')) this.invariants.onGivenUp(request);
    try {
      stack.respond(url, body);
    } catch (error) {
      if (!(error instanceof ResponseTooLong)) throw error;
      this.world.violate('a response fits', error.message);
    }
    return 200;
  }
}
