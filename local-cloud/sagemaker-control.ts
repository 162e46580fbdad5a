/** A job as the stand-in holds it: what Describe answers, what was sent, and the tags. */
export interface JobRecord {
  readonly ProcessingJobName: string;
  readonly ProcessingJobArn: string;
  readonly ProcessingJobStatus: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
  readonly ExitMessage?: string;
  readonly FailureReason?: string;
  /** Seconds since 1970. */
  readonly CreationTime: number;
  readonly ProcessingEndTime?: number;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
  /** Paths of request members that the service model does not know. */
  readonly UnknownMembers: string[];
}

/** A call to the API. */
export interface CallRecord {
  readonly Operation: string;
  readonly Request: Record<string, any>;
  /** The code of the error, if the call was answered with one. */
  readonly Error?: string;
  /** Seconds since 1970. */
  readonly Time: number;
}

/** Calls that shall fail. */
export interface Fault {
  readonly operation: string;
  /** An error code such as ThrottlingException, or ConnectionLost for a connection that breaks without a response. */
  readonly error: string;
  readonly message?: string;
  /** @default 1 */
  readonly times?: number;
  /** Whether the call fails before or after it has taken effect. @default 'before' */
  readonly when?: 'before' | 'after';
}

/** How jobs go that need their container image and so only pretend to run. */
export interface Simulation {
  /** @default 1 */
  readonly seconds?: number;
  /** How long such a job stays in the state Stopping. @default 0.5 */
  readonly stopSeconds?: number;
  /** The job fails, with this reason. @default - it completes */
  readonly failureReason?: string;
  readonly exitMessage?: string;
}

/** What tests see of the SageMaker stand-in, and what they set. */
export class SageMakerControl {
  constructor(readonly endpoint: string) {}

  async jobs(): Promise<JobRecord[]> {
    return this.request('GET', 'jobs');
  }

  /** The calls so far, of one operation or of all. */
  async calls(operation?: string): Promise<CallRecord[]> {
    const calls: CallRecord[] = await this.request('GET', 'calls');
    return calls.filter((call) => operation === undefined || call.Operation === operation);
  }

  /** A job that someone else ran. */
  async addJob(name: string, status: JobRecord['ProcessingJobStatus'] = 'Completed'): Promise<void> {
    await this.request('POST', 'jobs', { name, status });
  }

  async fault(fault: Fault): Promise<void> {
    await this.request('POST', 'faults', fault);
  }

  async simulate(simulation: Simulation): Promise<void> {
    await this.request('POST', 'simulation', simulation);
  }

  /** Stops all jobs and forgets everything. */
  async reset(): Promise<void> {
    await this.request('POST', 'reset');
  }

  private async request(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(`${this.endpoint}/_control/${path}`, { method, body: body && JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${method} /_control/${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}
