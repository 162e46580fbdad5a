/** A processing job in the stand-in: the answer of Describe, the request, and the tags. */
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
  /** The paths of request members that the service model does not know. */
  readonly UnknownMembers: string[];
}

/** A candidate of an AutoML job. */
export interface CandidateRecord {
  readonly CandidateName: string;
  readonly CandidateStatus: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
  readonly FinalAutoMLJobObjectiveMetric?: { readonly MetricName: string; readonly Value: number; readonly Type: 'Maximize' | 'Minimize' };
  readonly InferenceContainers?: ContainerRecord[];
  /** For texts and images: the containers for CPU and for GPU. */
  readonly InferenceContainerDefinitions?: { readonly [unit in 'CPU' | 'GPU']: ContainerRecord[] };
  readonly CandidateProperties?: { readonly CandidateMetrics: { readonly MetricName: string; readonly Value: number }[] };
}

export interface ContainerRecord {
  readonly Image: string;
  readonly ModelDataUrl: string;
  readonly Environment: Record<string, string>;
}

/** An AutoML job in the stand-in. */
export interface AutoMLJobRecord {
  readonly AutoMLJobName: string;
  readonly AutoMLJobArn: string;
  readonly AutoMLJobStatus: JobRecord['ProcessingJobStatus'];
  readonly AutoMLJobSecondaryStatus: string;
  /** All secondary statuses so far, in order. */
  readonly SecondaryStatuses: string[];
  readonly FailureReason?: string;
  readonly BestCandidate?: CandidateRecord;
  /** The candidates, the best first. */
  readonly Candidates: CandidateRecord[];
  /** Seconds since 1970. */
  readonly CreationTime: number;
  readonly EndTime?: number;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
  readonly UnknownMembers: string[];
}

/** A model in the stand-in. */
export interface ModelRecord {
  readonly ModelName: string;
  readonly ModelArn: string;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
  readonly UnknownMembers: string[];
}

/** A model package in the stand-in: one version of its group. */
export interface ModelPackageRecord {
  readonly ModelPackageArn: string;
  readonly ModelPackageVersion: number;
  readonly Request: Record<string, any>;
  readonly Tags: Record<string, string>;
  readonly UnknownMembers: string[];
}

/** A call of the API. */
export interface CallRecord {
  readonly Operation: string;
  readonly Request: Record<string, any>;
  /** The code of the error, if the call was answered with one. */
  readonly Error?: string;
  /** Seconds since 1970. */
  readonly Time: number;
}

/** Makes calls fail. */
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

/** How long simulated jobs take and how they end, and how long AutoML jobs take. A job that needs its image is simulated. */
export interface Simulation {
  /** @default 1 */
  readonly seconds?: number;
  /** How long a simulated job stays in the status Stopping. @default 0.5 */
  readonly stopSeconds?: number;
  /** Makes the job fail for this reason. @default - the job completes */
  readonly failureReason?: string;
  readonly exitMessage?: string;
  /** The least number of seconds that an AutoML job takes for each candidate. @default 0 */
  readonly candidateSeconds?: number;
}

/** Lets tests inspect and control the SageMaker stand-in. */
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

  async modelPackages(): Promise<ModelPackageRecord[]> {
    return this.request('GET', 'model-packages');
  }

  /** The calls so far, of one operation or of all. */
  async calls(operation?: string): Promise<CallRecord[]> {
    const calls: CallRecord[] = await this.request('GET', 'calls');
    return calls.filter((call) => operation === undefined || call.Operation === operation);
  }

  /** Adds a job that somebody else has run. */
  async addJob(name: string, status: JobRecord['ProcessingJobStatus'] = 'Completed'): Promise<void> {
    await this.request('POST', 'jobs', { name, status });
  }

  async fault(fault: Fault): Promise<void> {
    await this.request('POST', 'faults', fault);
  }

  async simulate(simulation: Simulation): Promise<void> {
    await this.request('POST', 'simulation', simulation);
  }

  /** Stops all jobs and removes everything. */
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
