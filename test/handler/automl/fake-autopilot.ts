import { createHandler } from '../../../src/handler/handler';
import type { JobStatus } from '../../../src/handler/kinds/job-kind';
import type { SageMaker } from '../../../src/handler/services/sagemaker';
import type { JobProperties, JobTag } from '../../../src/provider/contract';
import { Deployment } from '../deployment';
import { serviceError, VirtualClock } from '../fake-sagemaker';

const ACCOUNT = 'arn:aws:sagemaker:eu-west-1:111122223333';
const STOPPING_SECONDS = 25;

/** An AutoML job, or a model. */
interface Resource {
  readonly name: string;
  readonly arn: string;
  readonly request: Record<string, any>;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  /** What the service describes of it. */
  description: Record<string, unknown>;
  stoppedAt?: number;
}

export function candidate(...models: string[]): object {
  return {
    CandidateName: 'churn-001',
    FinalAutoMLJobObjectiveMetric: { MetricName: 'validation:f1', StandardMetricName: 'F1', Value: 0.8125 },
    InferenceContainers: models.map((name) => ({ Image: `image/${name}`, ModelDataUrl: `s3://results/${name}.tar.gz`, Environment: { PROGRAM: name } })),
  };
}

/** A fake of SageMaker's AutoML jobs and models. */
export class FakeAutopilot {
  public readonly jobs = new Map<string, Resource>();
  public readonly models = new Map<string, Resource>();
  public readonly calls: { operation: string; input: Record<string, any> }[] = [];
  private readonly errors = new Map<string, Error[]>();

  constructor(private readonly clock: VirtualClock) {}

  public get client(): SageMaker {
    return { send: async (command: { constructor: { name: string }; input: object }) => this.send(command) } as unknown as SageMaker;
  }

  public fail(operation: string, ...errors: Error[]): void {
    this.errors.set(operation, errors);
  }

  public end(name: string, AutoMLJobStatus: JobStatus, description: object = {}): void {
    Object.assign(this.jobs.get(name)!.description, { AutoMLJobStatus, ...description });
  }

  public status(name: string): unknown {
    this.settle();
    return this.jobs.get(name)!.description.AutoMLJobStatus;
  }

  public operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  private async send(command: { constructor: { name: string }; input: object }): Promise<object> {
    const operation = command.constructor.name.replace(/Command$/, '');
    const input = JSON.parse(JSON.stringify(command.input));
    this.calls.push({ operation, input });
    this.settle();
    const error = this.errors.get(operation)?.shift();
    if (error) throw error;
    return this.perform(operation, input);
  }

  private perform(operation: string, input: Record<string, any>): object {
    switch (operation) {
      case 'CreateAutoMLJob':
      case 'CreateAutoMLJobV2':
        this.create(this.jobs, 'automl-job', input.AutoMLJobName, input, serviceError('ResourceInUse', 'An AutoML job with this name already exists'));
        Object.assign(this.jobs.get(input.AutoMLJobName)!.description, { AutoMLJobStatus: 'InProgress', AutoMLJobSecondaryStatus: 'Starting' });
        return {};
      case 'DescribeAutoMLJobV2': {
        const { arn, createdAt, description, name } = this.existing(this.jobs, input.AutoMLJobName);
        return { AutoMLJobName: name, AutoMLJobArn: arn, CreationTime: new Date(createdAt), ...description };
      }
      case 'ListCandidatesForAutoMLJob': {
        const { description } = this.existing(this.jobs, input.AutoMLJobName);
        const all = (description as { Candidates?: { CandidateName: string }[] }).Candidates ?? [];
        return { Candidates: all.filter(({ CandidateName }) => CandidateName === input.CandidateNameEquals) };
      }
      case 'StopAutoMLJob': {
        const job = this.existing(this.jobs, input.AutoMLJobName);
        if (job.description.AutoMLJobStatus !== 'InProgress') throw serviceError('ValidationException', 'The job is not in progress.');
        Object.assign(job, { stoppedAt: this.clock.now });
        this.end(job.name, 'Stopping', { AutoMLJobSecondaryStatus: 'Stopping' });
        return {};
      }
      case 'CreateModel': {
        const taken = serviceError('ValidationException', `Cannot create already existing model "${ACCOUNT}:model/${input.ModelName}".`);
        this.create(this.models, 'model', input.ModelName, input, taken);
        return {};
      }
      case 'DescribeModel': {
        const { arn, createdAt, name } = this.existing(this.models, input.ModelName);
        return { ModelName: name, ModelArn: arn, CreationTime: new Date(createdAt) };
      }
      case 'DeleteModel':
        this.models.delete(this.existing(this.models, input.ModelName).name);
        return {};
      case 'ListTags':
        return { Tags: [...this.tagged(input).tags].map(([Key, Value]) => ({ Key, Value })) };
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

  private create(all: Map<string, Resource>, kind: string, name: string, request: Record<string, any>, taken: Error): void {
    if (all.has(name)) throw taken;
    const tags = new Map((request.Tags as JobTag[]).map(({ Key, Value }) => [Key, Value]));
    all.set(name, { name, arn: `${ACCOUNT}:${kind}/${name}`, request, createdAt: this.clock.now, tags, description: {} });
  }

  private existing(all: Map<string, Resource>, name: string): Resource {
    const found = all.get(name);
    if (!found) throw serviceError('ValidationException', `Could not find ${name}.`);
    return found;
  }

  private tagged({ ResourceArn }: Record<string, any>): Resource {
    const found = [...this.jobs.values(), ...this.models.values()].find(({ arn }) => arn === ResourceArn);
    if (!found) throw serviceError('ResourceNotFound', `${ResourceArn} does not exist`);
    return found;
  }

  /** Lets the jobs that are stopping stop. */
  private settle(): void {
    for (const { description, name, stoppedAt } of this.jobs.values()) {
      if (description.AutoMLJobStatus === 'Stopping' && this.clock.now - stoppedAt! >= STOPPING_SECONDS * 1000) {
        this.end(name, 'Stopped', { AutoMLJobSecondaryStatus: 'Stopped' });
      }
    }
  }
}

/** A stack, a fake Autopilot, and the handler. */
export class AutoMLDeployment extends Deployment {
  public readonly autopilot = new FakeAutopilot(this.clock);
  public override readonly handler = createHandler({
    sageMaker: this.autopilot.client,
    stacks: { describe: async () => this.stack, physicalId: async () => this.physicalId },
    jobLogs: { lastLines: async () => ['a line that is none of an AutoML job'] },
    networkInterfaces: { count: async (group) => this.countInterfaces(group) },
    now: () => this.clock.now,
    sleep: async (seconds) => this.clock.advance(seconds),
    log: (line) => this.lines.push(line),
  });
}

export const ROLE_ARN = 'arn:aws:iam::111122223333:role/Churn';

/** The properties of a job, as CloudFormation delivers them: every scalar is a string. */
export function jobProperties(changes: Partial<JobProperties> = {}, request: object = {}): JobProperties {
  return {
    ContractVersion: '1',
    JobNamePrefix: 'shop-churn-1a2b3c4d',
    RemovalPolicy: 'STOP',
    Request: {
      AutoMLJobConfig: { CompletionCriteria: { MaxCandidates: '3' }, DataSplitConfig: { ValidationFraction: '0.25' } },
      GenerateCandidateDefinitionsOnly: 'false',
      InputDataConfig: [{ DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/train.csv' } }, TargetAttributeName: 'churned' }],
      OutputDataConfig: { S3OutputPath: 's3://results/' },
      RoleArn: ROLE_ARN,
      ...request,
    },
    ...changes,
  };
}

/** The properties of a model of a job. */
export function modelProperties(jobName: string, changes: Partial<JobProperties> = {}): JobProperties {
  return {
    ContractVersion: '1',
    JobNamePrefix: 'shop-model-1a2b3c4d',
    RemovalPolicy: 'DELETE',
    Request: { AutoMLJobName: jobName, EnableNetworkIsolation: 'true', ExecutionRoleArn: ROLE_ARN },
    ...changes,
  };
}
