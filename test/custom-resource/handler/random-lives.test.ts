import {
  DEFINITION_TAG, JobProperties, JobRemovalPolicy, POLL_SECONDS, PROCESSING_JOB, REQUEST_TAG, STACK_TAG,
} from '../../../src/custom-resource/contract';
import type { CloudFormationEvent, PolledEvent } from '../../../src/custom-resource/handler/event';
import { createHandler, Handler } from '../../../src/custom-resource/handler/handler';
import { definitionOf } from '../../../src/custom-resource/handler/names';
import type { SageMaker } from '../../../src/custom-resource/handler/sagemaker';
import type { Stack } from '../../../src/custom-resource/handler/stacks';
import { jobProperties, LOGICAL_ID, STACK_ID } from '../deployment';
import { FakeJob, FakeSageMaker, throttled, VirtualClock } from '../fake-sagemaker';

/*
 * Lives of a job's resource, at random: CloudFormation creates, updates, rolls back, cancels and deletes it, while other
 * resources fail, answers get lost, services throttle, functions pause for half a minute, and events come twice.
 * LIVES=20000 plays more of them, SEED=… a single one.
 */
const LIVES = Number(process.env.LIVES ?? 1000);
/** The longest, in seconds, that a function pauses in the middle, and that a repeated event comes late. */
const PAUSE = 30;
const LATE = 30;
const MADE_UP_ID = `Shop-${LOGICAL_ID}-1KQ3TMV0X9ZB`;
const VERBOSE = process.env.SEED !== undefined;

/** What CloudFormation is told. */
interface Answer {
  readonly failed: boolean;
  readonly id: string;
  readonly reason?: string;
}

class Life {
  private readonly clock = new VirtualClock();
  private readonly sageMaker = new FakeSageMaker(this.clock);
  private readonly handler: Handler;
  private readonly timers: { at: number; go: () => void }[] = [];
  private readonly random: () => number;
  private stack: Stack = { status: 'REVIEW_IN_PROGRESS' };
  /** As CloudFormation has it. */
  private physicalId?: string;
  /** The id that a rollback has returned for a job whose record is gone. */
  private givenBackId?: string;
  /** The jobs that have got a time to end. */
  private readonly endings = new Set<FakeJob>();
  private requests = 0;
  private readonly rollbackRequests = new Set<string>();
  private readonly problems: string[] = [];
  private waiters = 0;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
    this.handler = createHandler({
      sageMaker: { send: async (command: object) => this.call(async () => this.sageMaker.client.send(command as never)) } as unknown as SageMaker,
      stacks: { describe: async () => this.call(async () => this.stack), physicalId: async () => this.call(async () => this.physicalId) },
      jobLogs: { lastLines: async () => [] },
      now: () => this.clock.now,
      log: (line) => this.note(line),
    });
  }

  /** Returns what went wrong. */
  public async play(): Promise<string[]> {
    const story = this.story();
    let over = false;
    void story.catch((error) => this.problems.push(`the story ended: ${(error as Error).stack}`)).finally(() => { over = true; });
    await settled();
    while (this.timers.length > 0) {
      this.timers.sort((a, b) => a.at - b.at);
      const timer = this.timers.shift()!;
      this.clock.now = Math.max(this.clock.now, timer.at);
      timer.go();
      await settled();
    }
    if (!over) this.problems.push('the story never ended');
    return this.problems;
  }

  private async story(): Promise<void> {
    let properties = this.anyProperties();
    const created = await this.create(properties);
    if (created === undefined) return this.check(undefined, properties);
    let id = created;
    for (let updates = this.below(5); updates > 0; updates--) {
      await this.sleep(this.below(200));
      const next = this.chance(0.3) ? { ...properties, Tags: [{ Key: 'n', Value: String(updates) }] } : this.anyProperties();
      const updated = await this.update(id, properties, next);
      if (updated === undefined) return; // a rollback failed, which is noted
      [id, properties] = updated;
    }
    await this.sleep(4_000);
    if (this.waiters > 0) this.problems.push('a waiter goes on for ever');
    this.check(id, properties);
    this.begin('DELETE_IN_PROGRESS');
    this.physicalId = undefined;
    await this.answerOf({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: properties });
    this.stack = { ...this.stack, status: 'DELETE_COMPLETE' };
    await this.sleep(4_000);
    this.check(undefined, properties);
  }

  /** What must be true when all is quiet. */
  private check(id: string | undefined, properties: JobProperties): void {
    const jobs = this.sageMaker.names().map((name) => this.sageMaker.job(name));
    for (const job of jobs) {
      if (job.name !== id && isOwned(job) && ['InProgress', 'Stopping'].includes(job.status)) this.problems.push(`${job.name} is left running`);
      if (this.rollbackRequests.has(requestOf(job))) this.problems.push(`${job.name} was started by a rollback`);
      const twins = jobs.filter((other) => other.request !== job.request && requestOf(other) === requestOf(job));
      if (twins.length > 0) this.problems.push(`${job.name} and ${twins[0].name} were started by one request`);
    }
    const job = jobs.find(({ name }) => name === id);
    if (!job || this.givenBackId === id) return;
    if (!isOwned(job) || job.tags.get(DEFINITION_TAG) !== definitionOf(properties)) this.problems.push(`${id} is not the job of the properties`);
    if (job.stoppedAt !== undefined) this.problems.push(`${id} was stopped, and it is the job of the stack`);
  }

  private async create(properties: JobProperties): Promise<string | undefined> {
    this.begin('CREATE_IN_PROGRESS');
    const answer = await this.answerOrCancelled({ RequestType: 'Create', ResourceProperties: properties });
    this.physicalId = answer?.id ?? MADE_UP_ID;
    if (answer && !answer.failed && !this.chance(0.2)) {
      this.stack = { ...this.stack, status: 'CREATE_COMPLETE' };
      return answer.id;
    }
    this.stack = { ...this.stack, status: 'ROLLBACK_IN_PROGRESS' };
    await this.sleep(this.below(5));
    const id = this.physicalId;
    this.physicalId = undefined;
    await this.answerOf({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: properties });
    this.stack = { ...this.stack, status: 'ROLLBACK_COMPLETE' };
    await this.sleep(4_000);
    return undefined;
  }

  private async update(id: string, old: JobProperties, properties: JobProperties): Promise<[string, JobProperties] | undefined> {
    if (JSON.stringify(old) === JSON.stringify(properties)) return [id, old];
    this.begin('UPDATE_IN_PROGRESS');
    const answer = await this.answerOrCancelled({ RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: old, ResourceProperties: properties });
    if (answer && !answer.failed) this.physicalId = answer.id;
    if (answer && !answer.failed && !this.chance(0.2)) {
      this.stack = { ...this.stack, status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };
      if (answer.id !== id) await this.answerOf({ RequestType: 'Delete', PhysicalResourceId: id, ResourceProperties: old });
      this.stack = { ...this.stack, status: 'UPDATE_COMPLETE' };
      return [answer.id, properties];
    }
    this.stack = { ...this.stack, status: 'UPDATE_ROLLBACK_IN_PROGRESS' };
    await this.sleep(this.below(5));
    const present = answer && !answer.failed ? answer.id : id;
    const back = await this.answerOf({ RequestType: 'Update', PhysicalResourceId: present, OldResourceProperties: properties, ResourceProperties: old }, true);
    if (back.failed) {
      this.problems.push(`a rollback failed: ${back.reason}`);
      return undefined;
    }
    this.physicalId = back.id;
    this.givenBackId = this.sageMaker.jobs.has(back.id) ? undefined : back.id;
    this.stack = { ...this.stack, status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' };
    if (back.id !== present) await this.answerOf({ RequestType: 'Delete', PhysicalResourceId: present, ResourceProperties: properties });
    this.stack = { ...this.stack, status: 'UPDATE_ROLLBACK_COMPLETE' };
    return [back.id, old];
  }

  private begin(status: string): void {
    this.stack = { status, changedAt: new Date(this.clock.now) };
    this.note(`== ${status}`);
  }

  /** No answer when another resource fails first: CloudFormation does not wait for ours then. */
  private async answerOrCancelled(event: Partial<CloudFormationEvent>): Promise<Answer | undefined> {
    await this.sleep(this.below(10));
    const answer = this.answerOf(event);
    return this.chance(0.3) ? Promise.race([answer, this.sleep(this.below(40)).then(() => undefined)]) : answer;
  }

  private async answerOf(event: Partial<CloudFormationEvent>, rollback = false): Promise<Answer> {
    const RequestId = `request-${++this.requests}`;
    if (rollback) this.rollbackRequests.add(RequestId);
    const whole = { RequestId, StackId: STACK_ID, LogicalResourceId: LOGICAL_ID, ResourceType: PROCESSING_JOB, ...event } as CloudFormationEvent;
    if (this.chance(0.1)) void this.sleep(this.below(LATE)).then(async () => this.waiter(whole));
    return this.waiter(whole);
  }

  /** The provider framework. */
  private async waiter(event: CloudFormationEvent): Promise<Answer> {
    this.waiters++;
    await this.sleep(1 + this.below(5));
    const started = { ...event, ...await this.handler.onEvent(event) } as PolledEvent;
    this.note(`-> ${event.RequestType} ${event.RequestId} of ${started.PhysicalResourceId}`);
    try {
      for (;;) {
        const poll = await this.handler.isComplete(started);
        if (poll.IsComplete) return { failed: false, id: poll.PhysicalResourceId ?? started.PhysicalResourceId };
        await this.sleep(POLL_SECONDS);
      }
    } catch (error) {
      return { failed: true, id: started.PhysicalResourceId, reason: (error as Error).message };
    } finally {
      this.waiters--;
    }
  }

  /** A call of a service: it takes time, on the way there and back, and may fail. */
  private async call<Output>(service: () => Promise<Output>): Promise<Output> {
    await this.sleep(this.chance(0.03) ? this.below(PAUSE) : this.below(1));
    if (this.chance(0.05)) throw throttled();
    const output = await service();
    for (const job of this.sageMaker.jobs.values()) this.endSomeTime(job);
    await this.sleep(this.chance(0.03) ? this.below(PAUSE) : this.below(1));
    if (this.chance(0.03)) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return output;
  }

  private endSomeTime(job: FakeJob): void {
    if (this.endings.has(job)) return;
    this.endings.add(job);
    void this.sleep(this.chance(0.5) ? this.below(120) : 100_000).then(() => {
      if (job.status === 'InProgress') job.status = this.chance(0.5) ? 'Completed' : 'Failed';
    });
  }

  private anyProperties(): JobProperties {
    const policy = (['STOP', 'DELETE'] as JobRemovalPolicy[])[this.below(2)];
    return jobProperties({ RerunTrigger: String(this.below(3)), RemovalPolicy: policy });
  }

  private async sleep(seconds: number): Promise<void> {
    const at = this.clock.now + seconds * 1000;
    return new Promise((go) => this.timers.push({ at, go }));
  }

  private below(limit: number): number {
    return limit <= 1 ? this.random() * limit : Math.floor(this.random() * limit);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private note(text: string): void {
    if (VERBOSE) process.stderr.write(`${new Date(this.clock.now).toISOString().slice(11, 19)} ${text}\n`);
  }
}

function isOwned(job: FakeJob): boolean {
  return job.tags.has(STACK_TAG);
}

function requestOf(job: FakeJob): string {
  return (job.request.Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === REQUEST_TAG)!.Value;
}

/** Lets everything run that does not wait for time. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    /* eslint-disable no-bitwise */
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    /* eslint-enable no-bitwise */
  };
}

test(`in ${LIVES} random lives no job runs twice for one request, none is left running, none is started or lost by a rollback`, async () => {
  const first = Number(process.env.SEED ?? 1);
  const last = VERBOSE ? first : LIVES;
  const broken: string[] = [];
  for (let seed = first; seed <= last; seed++) {
    const problems = await new Life(seed).play();
    if (problems.length > 0) broken.push(`SEED=${seed}: ${problems.join('; ')}`);
  }
  expect(broken).toEqual([]);
}, 3_600_000);
