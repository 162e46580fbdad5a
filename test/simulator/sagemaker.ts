import type { World } from './world';
import type { JobTag } from '../../src/provider/contract';
import { candidate, FakeAutopilot } from '../handler/automl/fake-autopilot';
import { FakeSageMaker } from '../handler/fake-sagemaker';
import { callsOf, namedIn } from '../permissions/handler-calls';
import type { Call } from '../permissions/judge';

export interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** A job, or a model, of any kind. */
export interface SimulatedJob {
  readonly name: string;
  readonly arn: string;
  readonly request: Record<string, any>;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
}

type Records = Map<string, SimulatedJob>;

/** What a record was before a call changed it. */
interface Change {
  readonly at: number;
  readonly records: Records;
  readonly name: string;
  readonly before?: SimulatedJob;
}

/** How long a read of the service may lag behind. */
const STALE_SECONDS = 8;

/** The longest that network interfaces outlive their job. */
const INTERFACE_SECONDS = 1_500;

const ACTIVE = ['InProgress', 'Stopping'];

/**
 * SageMaker as the handler meets it: processing jobs, AutoML jobs and models of one account, whose jobs end some day, and
 * whose reads may be a few seconds old.
 */
export class SimulatedSageMaker {
  /** With luck, a job completes after so long. */
  public luckySeconds = 60;

  private readonly processing: FakeSageMaker;
  private readonly autopilot: FakeAutopilot;
  private changes: Change[] = [];
  /** The security groups of the network interfaces of jobs in a VPC, by name of the job. */
  private readonly interfaces = new Map<string, readonly string[]>();

  constructor(private readonly world: World) {
    this.processing = new FakeSageMaker(world.time);
    this.autopilot = new FakeAutopilot(world.time);
  }

  /** Told of each job that was started, before anything else sees it. */
  public onCreate: (job: SimulatedJob, before: readonly SimulatedJob[]) => void = () => undefined;

  public get jobs(): SimulatedJob[] {
    this.settle();
    return this.allRecords.flatMap((records) => [...records.values()]);
  }

  public job(name: string): SimulatedJob | undefined {
    return this.jobs.find((job) => job.name === name);
  }

  public statusOf(job: SimulatedJob): string {
    if ('status' in job) return job.status as string;
    return (job as unknown as { description: Record<string, string> }).description.AutoMLJobStatus ?? 'Completed';
  }

  public isActive(job: SimulatedJob): boolean {
    this.settle();
    return ACTIVE.includes(this.statusOf(job));
  }

  /** One call, that takes no time. `isStale`: its answer is that of a few seconds ago. */
  public async perform(command: Command, isStale: boolean): Promise<object> {
    const operation = command.constructor.name.replace(/Command$/, '');
    this.settle();
    if (/^(Describe|List)/.test(operation)) return isStale ? this.asOf(STALE_SECONDS, async () => this.send(command)) : this.send(command);
    const before = this.snapshot();
    const output = await this.send(command);
    this.remember(before);
    if (operation.startsWith('Create')) this.created(before);
    return output;
  }

  /** What IAM is asked when a call arrives: with the tags of the resource as it is then. */
  public askedBy(operation: string, input: object): readonly Call[] {
    const { ResourceArn } = input as { ResourceArn?: string };
    const { kind, name } = namedIn(operation, input);
    const isMeant = (job: SimulatedJob) => ResourceArn === undefined ? job.name === name && job.arn.includes(`:${kind}/`) : job.arn === ResourceArn;
    const tags = this.jobs.find(isMeant)?.tags;
    // Of processing jobs, the service writes the names in lower case.
    const spelled = kind === 'processing-job' ? name?.toLowerCase() : name;
    return callsOf(operation, input, [ResourceArn ?? `arn:aws:sagemaker:eu-west-1:111122223333:${kind}/${spelled}`], tags);
  }

  /** Somebody else's AutoML job, which has completed. */
  public addForeignAutoMLJob(name: string): void {
    void this.autopilot.client.send({ constructor: { name: 'CreateAutoMLJobCommand' }, input: { AutoMLJobName: name, Tags: [{ Key: 'team', Value: 'others' }] } } as never);
    this.autopilot.end(name, 'Completed', { BestCandidate: candidate('one') });
  }

  /** Somebody else's job that has a name. */
  public addForeign(name: string): void {
    void this.processing.client.send({ constructor: { name: 'CreateProcessingJobCommand' }, input: { ProcessingJobName: name, Tags: [{ Key: 'team', Value: 'others' }] } } as never);
  }

  /** Somebody deletes the record of a job that has ended. */
  public forget(name: string): boolean {
    const job = this.job(name);
    if (!job || this.isActive(job) || !this.processing.jobs.has(name)) return false;
    const before = this.snapshot();
    this.processing.jobs.delete(name);
    this.remember(before);
    return true;
  }

  /** Somebody stops a job. */
  public stop(name: string): void {
    const job = this.processing.jobs.get(name);
    if (job?.status === 'InProgress') Object.assign(job, { status: 'Stopping', stoppedAt: this.world.time.now });
  }

  /** The jobs whose network interfaces are in a security group. */
  public usersOf(group: string): string[] {
    return [...this.interfaces].filter(([, groups]) => groups.includes(group)).map(([name]) => name);
  }

  private get allRecords(): Records[] {
    return [this.processing.jobs, this.autopilot.jobs, this.autopilot.models] as unknown as Records[];
  }

  private async send(command: Command): Promise<object> {
    const { input } = command as { input: { ResourceArn?: string } };
    const isAutopilot = /AutoML|Model/.test(command.constructor.name) || /:(automl-job|model)\//.test(input.ResourceArn ?? '');
    return (isAutopilot ? this.autopilot : this.processing).client.send(command as never) as Promise<object>;
  }

  private created(before: Map<Records, Map<string, SimulatedJob>>): void {
    for (const [records, earlier] of before) {
      for (const job of records.values()) {
        if (earlier.has(job.name)) continue;
        this.onCreate(job, [...earlier.values()]);
        const vpc = job.request.NetworkConfig?.VpcConfig ?? job.request.AutoMLJobConfig?.SecurityConfig?.VpcConfig;
        if (vpc) void this.attach(job, vpc.SecurityGroupIds);
        if (this.isActive(job)) void this.endSomeDay(job);
      }
    }
  }

  private async attach(job: SimulatedJob, groups: readonly string[]): Promise<void> {
    const { dice, time } = this.world;
    this.interfaces.set(job.name, groups);
    while (this.isActive(job)) await time.sleep(30);
    await time.sleep(dice.below(INTERFACE_SECONDS));
    if (this.interfaces.get(job.name) === groups) this.interfaces.delete(job.name);
  }

  private async endSomeDay(job: SimulatedJob): Promise<void> {
    const { dice, note, time } = bound(this.world);
    const seconds = { soon: 5, hour: 4_000, day: 40_000 }[dice.oneOf({ soon: 0.1, hour: 0.02, day: 0.01 }) as 'soon'] ?? this.luckySeconds;
    const status = dice.oneOf({ Failed: 0.15, Stopped: 0.03 }) ?? 'Completed';
    await time.sleep(seconds);
    if (this.job(job.name) !== job || this.statusOf(job) !== 'InProgress') return;
    note(() => `   ${job.name} is ${status}`);
    if ('status' in job) {
      Object.assign(job, { status, failureReason: status === 'Failed' ? `AlgorithmError: ${job.name} is out of memory ${'🐌'.repeat(100)}` : undefined });
    } else {
      this.autopilot.end(job.name, status, status === 'Completed' ? { BestCandidate: candidate('one') } : { FailureReason: 'no candidate' });
    }
  }

  private snapshot(): Map<Records, Map<string, SimulatedJob>> {
    return new Map(this.allRecords.map((records) => [records, new Map([...records].map(([name, job]) => [name, copied(job)]))]));
  }

  private remember(before: Map<Records, Map<string, SimulatedJob>>): void {
    this.changes = this.changes.filter(({ at }) => at > this.world.time.now - STALE_SECONDS * 1000);
    for (const [records, earlier] of before) {
      for (const name of new Set([...records.keys(), ...earlier.keys()])) {
        this.changes.push({ at: this.world.time.now, records, name, before: earlier.get(name) });
      }
    }
  }

  /** Reads with the records as they were. */
  private async asOf(seconds: number, read: () => Promise<object>): Promise<object> {
    const since = this.world.time.now - seconds * 1000;
    const now = new Map(this.allRecords.map((records) => [records, new Map(records)]));
    for (const { before, name, records } of this.changes.filter(({ at }) => at > since).reverse()) {
      if (before) records.set(name, before); else records.delete(name);
    }
    const answer = read(); // the fakes have answered before they return, so nobody else sees the records of then
    for (const [records, jobs] of now) {
      records.clear();
      jobs.forEach((job, name) => records.set(name, job));
    }
    return answer;
  }

  /** The fakes let jobs that were told to stop have stopped when they are called. */
  private settle(): void {
    this.processing.names();
    this.autopilot.jobs.forEach((_, name) => this.autopilot.status(name));
  }
}

function copied(job: SimulatedJob): SimulatedJob {
  const description = (job as unknown as { description?: object }).description;
  return { ...job, tags: new Map(job.tags), ...description && { description: { ...description } } };
}

function bound(world: World): Pick<World, 'dice' | 'time'> & { note: World['note'] } {
  return { dice: world.dice, time: world.time, note: (line) => world.note(line) };
}

export function tagsOf(job: SimulatedJob, key: string): string | undefined {
  return (job.request.Tags as JobTag[] | undefined)?.find(({ Key }) => Key === key)?.Value;
}
