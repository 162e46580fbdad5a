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

/** A model that an AutoML job has trained. */
export interface CandidateRecord {
  readonly CandidateName: string;
  readonly CandidateStatus: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
  readonly FinalAutoMLJobObjectiveMetric?: { readonly MetricName: string; readonly Value: number; readonly Type: 'Maximize' | 'Minimize' };
  readonly InferenceContainers?: ContainerRecord[];
  readonly CandidateProperties?: { readonly CandidateMetrics: { readonly MetricName: string; readonly Value: number }[] };
}

export interface ContainerRecord {
  readonly Image: string;
  readonly ModelDataUrl: string;
  readonly Environment: Record<string, string>;
}

/** An AutoML job as the stand-in holds it. */
export interface AutoMLJobRecord {
  readonly AutoMLJobName: string;
  readonly AutoMLJobArn: string;
  readonly AutoMLJobStatus: JobRecord['ProcessingJobStatus'];
  readonly AutoMLJobSecondaryStatus: string;
  /** All that it has had. */
  readonly SecondaryStatuses: string[];
  readonly FailureReason?: string;
  readonly BestCandidate?: CandidateRecord;
  /** The best first. */
  readonly Candidates: CandidateRecord[];
  /** Seconds since 1970. */
  readonly CreationTime: number;
  readonly EndTime?: number;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
  readonly UnknownMembers: string[];
}

/** A model as the stand-in holds it. */
export interface ModelRecord {
  readonly ModelName: string;
  readonly ModelArn: string;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
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

/** How jobs go that need their container image and so only pretend to run, and how long AutoML jobs take. */
export interface Simulation {
  /** @default 1 */
  readonly seconds?: number;
  /** How long such a job stays in the state Stopping. @default 0.5 */
  readonly stopSeconds?: number;
  /** The job fails, with this reason. @default - it completes */
  readonly failureReason?: string;
  readonly exitMessage?: string;
  /** How long an AutoML job takes for each candidate at least. @default 0 */
  readonly candidateSeconds?: number;
}

/** What tests see of the SageMaker stand-in, and what they set. */
export class SageMakerControl {
  constructor(readonly endpoint: string) {}

  /** The processing jobs. */
  async jobs(): Promise<JobRecord[]> {
    return this.request('GET', 'jobs');
  }

  async automlJobs(): Promise<AutoMLJobRecord[]> {
    return this.request('GET', 'automl-jobs');
  }

  async models(): Promise<ModelRecord[]> {
    return this.request('GET', 'models');
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
