import type { JobStatus } from '../../src/handler/kinds/job-kind';
import type { SageMaker } from '../../src/handler/services/sagemaker';
import type { JobTag } from '../../src/provider/contract';

/** Time as the handler and the fakes see it. */
export class VirtualClock {
  public now = Date.parse('2026-11-01T12:00:00Z');

  public advance(seconds: number): void {
    this.now += seconds * 1000;
  }
}

export interface FakeJob {
  readonly name: string;
  readonly arn: string;
  readonly request: Record<string, unknown>;
  readonly createdAt: number;
  status: JobStatus;
  stoppedAt?: number;
  endedAt?: number;
  failureReason?: string;
  exitMessage?: string;
  tags: Map<string, string>;
}

export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

interface Fault {
  readonly error: Error;
  /** The service does what it was asked, and the answer is lost. */
  readonly answerLost: boolean;
}

const ENDED: readonly JobStatus[] = ['Completed', 'Failed', 'Stopped'];
const STOPPING_SECONDS = 25;
const TAGS_PER_PAGE = 20;

/** SageMaker as far as processing jobs go: one Region of one account. */
export class FakeSageMaker {
  public readonly jobs = new Map<string, FakeJob>();
  public readonly calls: Call[] = [];
  private readonly faults = new Map<string, Fault[]>();
  private readonly refusals = new Map<string, Error>();
  private readonly hooks = new Map<string, () => void>();

  constructor(private readonly clock: VirtualClock) {}

  /** As the handler sees it. */
  public get client(): SageMaker {
    return { send: async (command: { constructor: { name: string }; input: object }) => this.send(command) } as unknown as SageMaker;
  }

  /** The next calls of an operation fail, once for each error. */
  public fail(operation: string, ...errors: Error[]): void {
    this.addFaults(operation, errors.map((error) => ({ error, answerLost: false })));
  }

  /** All calls of an operation for a job fail. */
  public refuse(operation: string, name: string, error: Error): void {
    this.refusals.set(`${operation} ${name}`, error);
  }

  /** The next call of an operation succeeds, and its answer is lost. */
  public loseAnswer(operation: string): void {
    this.addFaults(operation, [{ error: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), answerLost: true }]);
  }

  /** Something happens elsewhere while the next call of the operation is under way. */
  public during(operation: string, happens: () => void): void {
    this.hooks.set(operation, happens);
  }

  public job(name: string): FakeJob {
    this.settle();
    const job = this.jobs.get(name);
    if (!job) throw new Error(`There is no job ${name}, but: ${[...this.jobs.keys()].join(', ') || 'none'}`);
    return job;
  }

  public end(name: string, status: JobStatus, texts: { failureReason?: string; exitMessage?: string } = {}): void {
    Object.assign(this.job(name), { status, endedAt: this.clock.now, ...texts });
  }

  public names(status?: JobStatus): string[] {
    this.settle();
    return [...this.jobs.values()].filter((job) => status === undefined || job.status === status).map((job) => job.name);
  }

  public operations(): string[] {
    return this.calls.map((call) => call.operation);
  }

  public forgetCalls(): void {
    this.calls.length = 0;
  }

  public created(): string[] {
    return this.calls.filter((call) => call.operation === 'CreateProcessingJob').map((call) => call.input.ProcessingJobName as string);
  }

  private addFaults(operation: string, faults: Fault[]): void {
    this.faults.set(operation, [...this.faults.get(operation) ?? [], ...faults]);
  }

  private async send(command: { constructor: { name: string }; input: object }): Promise<object> {
    const operation = command.constructor.name.replace(/Command$/, '');
    // over the wire and back, so that nobody shares an object with the handler
    const input = JSON.parse(JSON.stringify(command.input)) as Record<string, unknown>;
    this.calls.push({ operation, input });
    this.settle();
    const refusal = this.refusals.get(`${operation} ${input.ProcessingJobName}`);
    if (refusal) throw refusal;
    const fault = this.faults.get(operation)?.shift();
    if (fault && !fault.answerLost) throw fault.error;
    try {
      const output = this.perform(operation, input);
      if (fault) throw fault.error;
      return output;
    } finally {
      this.hooks.get(operation)?.();
      this.hooks.delete(operation);
    }
  }

  private perform(operation: string, input: Record<string, unknown>): object {
    switch (operation) {
      case 'CreateProcessingJob': {
        const name = input.ProcessingJobName as string;
        if (this.jobs.has(name)) throw serviceError('ResourceInUse', 'Job name must be unique within an AWS account and region, and a job with this name already exists');
        const tags = new Map((input.Tags as JobTag[]).map(({ Key, Value }) => [Key, Value]));
        // the service spells ARNs its own way
        const arn = `arn:aws:sagemaker:eu-west-1:111122223333:processing-job/${name.toLowerCase()}`;
        this.jobs.set(name, { name, arn, request: input, createdAt: this.clock.now, status: 'InProgress', tags });
        return { ProcessingJobArn: arn };
      }
      case 'DescribeProcessingJob': {
        const job = this.existing(input);
        return {
          ProcessingJobName: job.name,
          ProcessingJobArn: job.arn,
          ProcessingJobStatus: job.status,
          CreationTime: new Date(job.createdAt),
          ProcessingEndTime: job.endedAt === undefined ? undefined : new Date(job.endedAt),
          NetworkConfig: job.request.NetworkConfig,
          FailureReason: job.failureReason,
          ExitMessage: job.exitMessage,
        };
      }
      case 'StopProcessingJob': {
        const job = this.existing(input);
        if (job.status !== 'InProgress') throw serviceError('ValidationException', `The request was rejected because the processing job is in status ${job.status}.`);
        job.status = 'Stopping';
        job.stoppedAt = this.clock.now;
        return {};
      }
      case 'DeleteProcessingJob': {
        const job = this.existing(input);
        if (!ENDED.includes(job.status)) throw serviceError('ValidationException', `The processing job is in status ${job.status} and can't be deleted.`);
        this.jobs.delete(job.name);
        return {};
      }
      case 'ListTags': {
        const tags = [...this.tagged(input).tags].map(([Key, Value]) => ({ Key, Value }));
        const start = Number(input.NextToken ?? 0);
        const end = start + TAGS_PER_PAGE;
        return { Tags: tags.slice(start, end), NextToken: end < tags.length ? String(end) : undefined };
      }
      case 'AddTags':
        for (const { Key, Value } of input.Tags as JobTag[]) this.tagged(input).tags.set(Key, Value);
        return {};
      case 'DeleteTags':
        for (const key of input.TagKeys as string[]) this.tagged(input).tags.delete(key);
        return {};
      default:
        throw new Error(`The fake has no ${operation}`);
    }
  }

  private existing(input: Record<string, unknown>): FakeJob {
    const job = this.jobs.get(input.ProcessingJobName as string);
    if (!job) throw serviceError('ValidationException', 'Could not find requested job with name: ' + input.ProcessingJobName);
    return job;
  }

  private tagged(input: Record<string, unknown>): FakeJob {
    const job = [...this.jobs.values()].find(({ arn }) => arn === input.ResourceArn);
    if (!job) throw serviceError('ResourceNotFound', `${input.ResourceArn} does not exist`);
    return job;
  }

  /** Jobs that were told to stop have stopped after a while. */
  private settle(): void {
    for (const job of this.jobs.values()) {
      if (job.status === 'Stopping' && this.clock.now - job.stoppedAt! >= STOPPING_SECONDS * 1000) {
        job.status = 'Stopped';
        job.endedAt = job.stoppedAt! + STOPPING_SECONDS * 1000;
      }
    }
  }
}

export function serviceError(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

export function throttled(): Error {
  return serviceError('ThrottlingException', 'Rate exceeded');
}
