import { Annotations, ArnFormat, Duration, IResource, ITaggableV2, Resource, Size, SizeRoundingBehavior, Stack, TagManager } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { IProcessingJobRef, ProcessingJobReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { CODE_INPUT, ProcessingCode } from './code';
import { BoundImage, ProcessingImage } from './image';
import { BoundInput, ProcessingInput } from './input';
import { ProcessingInstanceType } from './instance-type';
import { BoundOutput, ProcessingOutput } from './output';
import { PROCESSING_JOB_PROPERTIES, ProcessingJobRequest } from './request';
import { NAME_HASH_LENGTH, PROCESSING_JOB } from '../custom-resource/contract';
import { JobResource } from '../custom-resource/job-resource';
import { JobProvider } from '../custom-resource/provider';
import {
  checkCompletionTimeout, executionRole, grantNetwork, JOB_PROP_KINDS, JobNetwork, jobNetwork, jobNamePrefix, JobProps, stackNamePart,
} from '../job';
import { A_DURATION, A_MAP, A_SIZE, A_STRING, checked, instanceOf, oneOf } from '../validation/kinds';
import { violations } from '../validation/model';
import { Problems, problemsError, requireKind, sentence } from '../validation/problems';
import { processingJobRuleViolations } from '../validation/processing-job-rules';
import { report, Wording } from '../validation/report';
import { tagRuleViolations } from '../validation/tag-rules';

/** What happens to a processing job when it is replaced or its resource is removed. */
export enum ProcessingJobRemovalPolicy {
  /** A running job is stopped. Its record stays in the service. */
  STOP = 'STOP',
  /** A running job is stopped, and its record is deleted: the name is free again. */
  DELETE = 'DELETE',
  /** It is left alone, even running. */
  RETAIN = 'RETAIN',
}

/**
 * A processing job.
 */
export interface IProcessingJob extends IResource, IProcessingJobRef {
  /**
   * The ARN of the job.
   *
   * @attribute
   */
  readonly processingJobArn: string;

  /**
   * The name of the job.
   *
   * @attribute
   */
  readonly processingJobName: string;
}

/** What a processing job consists of. */
export interface ProcessingJobProps extends JobProps {
  /**
   * The arguments of the container's entrypoint: at most 100, each at most 256 characters.
   *
   * @default - none
   */
  readonly arguments?: string[];

  /**
   * A script that the job runs. It appears in the container as an input named `code`, and sets the entrypoint.
   *
   * @default - the image has its own code
   */
  readonly code?: ProcessingCode;

  /**
   * The entrypoint of the container: at most 100 strings, each at most 256 characters. Not together with `code`.
   *
   * @default - that of `code`, else that of the image
   */
  readonly entrypoint?: string[];

  /**
   * The environment variables of the container: at most 100; names of letters, digits and underscores, and values of at
   * most 256 characters. They are stored in the template and shown by the service: no place for secrets.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /** The container image. */
  readonly image: ProcessingImage;

  /**
   * The data that the job reads, by name: at most ten, `code` included.
   *
   * @default - none
   */
  readonly inputs?: { [name: string]: ProcessingInput };

  /**
   * The number of instances: 1 to 100.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * The type of the instances.
   *
   * @default - none: it is required
   */
  readonly instanceType?: ProcessingInstanceType;

  /**
   * How long the job may run before the service stops it: at most nine days.
   *
   * @default - the service's: one day
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether the container is cut off from every network.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * The data that the job writes, by name: at most ten.
   *
   * @default - none
   */
  readonly outputs?: { [name: string]: ProcessingOutput };

  /**
   * The name of the job: at most 63 letters, digits and hyphens, unique in account and Region.
   *
   * A job with a given name cannot run again while a record of that name exists: prefer the generated one.
   *
   * @default - generated; each run has its own
   */
  readonly processingJobName?: string;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default ProcessingJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: ProcessingJobRemovalPolicy;

  /**
   * The size of each instance's volume, in whole GiB: 1 to 16384.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;
}

const PROP_KINDS = {
  ...JOB_PROP_KINDS,
  environment: A_MAP,
  code: instanceOf(ProcessingCode, "Use ProcessingCode.fromAsset('prepare.py')."),
  image: instanceOf(ProcessingImage, 'Use ProcessingImage.fromRegistry(…), fromEcrRepository(…) or another of its factories.'),
  inputs: A_MAP,
  instanceType: instanceOf(ProcessingInstanceType, "Use ProcessingInstanceType.M5_XLARGE, or ProcessingInstanceType.of('ml.m5.xlarge')."),
  maxRuntime: A_DURATION,
  outputs: A_MAP,
  processingJobName: A_STRING,
  removalPolicy: oneOf(ProcessingJobRemovalPolicy, 'ProcessingJobRemovalPolicy'),
  volumeSize: A_SIZE,
};
const AN_INPUT = instanceOf(ProcessingInput, 'Use ProcessingInput.fromS3(…).');
const AN_OUTPUT = instanceOf(ProcessingOutput, 'Use ProcessingOutput.toS3(…).');

const LONGEST_NAME = 63;
const DEFAULT_VOLUME_GIB = 30;
const LOG_GROUP = '/aws/sagemaker/ProcessingJobs';
const METRIC_NAMESPACE = '/aws/sagemaker/ProcessingJobs';
const DOCUMENTATION = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html';

/**
 * A processing job that the deployment runs.
 *
 * It runs when it is new, and again when its definition or `rerunTrigger` changes. A change of tags, of the stack's other
 * resources, or a rollback does not run it. By default the deployment does not wait for it: see `completionTimeout`.
 *
 * The constructor fails with everything that is wrong with the properties at once.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @resource AWS::SageMaker::ProcessingJob
 */
export class ProcessingJob extends Resource implements IProcessingJob, IGrantable, IConnectable, ITaggableV2 {
  /**
   * A processing job that exists already, by its ARN.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param processingJobArn - such as `arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare`
   */
  public static fromProcessingJobArn(scope: Construct, id: string, processingJobArn: string): IProcessingJob {
    requireKind('ProcessingJob.fromProcessingJobArn', 'processingJobArn', processingJobArn, A_STRING);
    const processingJobName = Stack.of(scope).splitArn(processingJobArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    return new ImportedProcessingJob(scope, id, processingJobArn, processingJobName);
  }

  /**
   * A processing job that exists already in the stack's account and Region, by its name.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param processingJobName - the job's name
   */
  public static fromProcessingJobName(scope: Construct, id: string, processingJobName: string): IProcessingJob {
    requireKind('ProcessingJob.fromProcessingJobName', 'processingJobName', processingJobName, A_STRING);
    return new ImportedProcessingJob(scope, id, jobArn(scope, processingJobName), processingJobName);
  }

  public readonly processingJobArn: string;
  public readonly processingJobName: string;
  public readonly processingJobRef: ProcessingJobReference;

  /** The role that the job runs as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  private readonly props: ProcessingJobProps;
  private readonly image?: BoundImage;
  private readonly network?: JobNetwork;
  private readonly environment: { [name: string]: string };
  private readonly inputs = new Map<string, BoundInput>();
  private readonly outputs = new Map<string, BoundOutput>();
  private readonly codeEntrypoint?: string[];
  private readonly resource: JobResource;
  private readonly namePrefix: string;

  constructor(scope: Construct, id: string, props: ProcessingJobProps) {
    super(scope, id, { physicalName: typeof props?.processingJobName === 'string' ? props.processingJobName : undefined });
    const problems = new Problems();
    this.props = checked(props ?? {}, PROP_KINDS, problems);
    this.namePrefix = jobNamePrefix(this, LONGEST_NAME - NAME_HASH_LENGTH - 1);
    this.role = this.props.role ?? executionRole(this);
    this.grantPrincipal = this.role.grantPrincipal;

    this.environment = { ...this.props.environment };
    this.image = this.props.image?._bind(this);
    this.network = jobNetwork(this, this.props, problems);
    const code = this.props.code?._bind(this, problems);
    this.codeEntrypoint = code?.entrypoint;
    checkCompletionTimeout(this.props.completionTimeout, problems);
    if (this.props.code && this.props.entrypoint) {
      problems.add({ property: 'entrypoint', allowed: 'cannot be given together with code', remedy: "Leave it out, and use the code's command." });
    }

    this.resource = new JobResource(this, {
      type: PROCESSING_JOB,
      requestShape: 'CreateProcessingJobRequest',
      request: () => this.renderRequest(),
      role: this.role,
      name: { explicit: this.props.processingJobName, prefix: this.namePrefix },
      removalPolicy: this.props.removalPolicy ?? ProcessingJobRemovalPolicy.STOP,
      rerunTrigger: this.props.rerunTrigger,
      completionTimeout: this.props.completionTimeout ?? this.props.maxRuntime ?? Duration.hours(1),
    });
    this.cdkTagManager = this.resource.tags;
    this.processingJobName = this.getResourceNameAttribute(this.resource.name);
    this.processingJobArn = this.getResourceArnAttribute(jobArn(this, this.resource.name), {
      service: 'sagemaker', resource: 'processing-job', resourceName: this.physicalName,
    });
    this.processingJobRef = { processingJobArn: this.processingJobArn };

    for (const [name, input] of Object.entries(this.props.inputs ?? {})) {
      if (problems.expect(`inputs.${name}`, input ?? NaN, AN_INPUT)) {
        this.bindInput(name, input._bind(name));
      }
    }
    for (const [name, output] of Object.entries(this.props.outputs ?? {})) {
      if (problems.expect(`outputs.${name}`, output ?? NaN, AN_OUTPUT)) {
        this.bindOutput(name, output._bind(name));
      }
    }
    if (code) {
      if (this.inputs.has(CODE_INPUT)) {
        problems.add({ property: `inputs.${CODE_INPUT}`, allowed: 'has the name of the input that carries code', remedy: 'Give it another name.' });
      }
      this.bindInput(CODE_INPUT, code.input);
    }

    this.checkRequest(problems);
    if (problems.all.length > 0) {
      throw problemsError(`ProcessingJob '${this.node.path}'`, problems.all, DOCUMENTATION);
    }
    this.warn();
    this.grantPermissions();
    if (this.props.completionTimeout) {
      this.resource.completion();
    }
    this.node.addValidation({ validate: () => this.problemsAtSynth() });
  }

  /** The network connections of the job. Fails when it has no VPC. */
  public get connections(): Connections {
    if (this.network === undefined) {
      throw new Error(`ProcessingJob '${this.node.path}' has no connections, for it is not in a VPC: give it a vpc.`);
    }
    return this.network.connections;
  }

  /**
   * The exit message that the job wrote to `/opt/ml/output/message`, at most 1 KB; empty when it wrote none.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get exitMessage(): string {
    return this.resource.completionAttribute('ExitMessage').toString();
  }

  /**
   * Adds an environment variable.
   *
   * @param name - letters, digits and underscores, not beginning with a digit; at most 256 characters
   * @param value - at most 256 characters; no place for secrets
   */
  public addEnvironment(name: string, value: string): void {
    requireNew(`${this.node.path}.addEnvironment`, name, name in this.environment);
    this.environment[name] = value;
  }

  /**
   * Adds an input.
   *
   * @param name - the name of the input
   * @param input - the data that the job reads
   */
  public addInput(name: string, input: ProcessingInput): void {
    requireNew(`${this.node.path}.addInput`, name, this.inputs.has(name));
    requireKind(`${this.node.path}.addInput`, 'input', input, AN_INPUT);
    this.bindInput(name, input._bind(name));
  }

  /**
   * Adds an output.
   *
   * @param name - the name of the output
   * @param output - the data that the job writes
   */
  public addOutput(name: string, output: ProcessingOutput): void {
    requireNew(`${this.node.path}.addOutput`, name, this.outputs.has(name));
    requireKind(`${this.node.path}.addOutput`, 'output', output, AN_OUTPUT);
    this.bindOutput(name, output._bind(name));
  }

  /**
   * Sets a member of the API request, past all checks: for what the service has learned since this version of the library.
   *
   * @param path - the member, as the API reference spells it, such as `AppSpecification.ContainerArguments`
   * @param value - its value
   */
  public addRequestOverride(path: string, value: any): void {
    requireKind(`${this.node.path}.addRequestOverride`, 'path', path, A_STRING);
    this.resource.addOverride(path, value);
  }

  /**
   * Removes a member of the API request, past all checks.
   *
   * @param path - the member, as the API reference spells it, such as `StoppingCondition`
   */
  public addRequestDeletionOverride(path: string): void {
    requireKind(`${this.node.path}.addRequestDeletionOverride`, 'path', path, A_STRING);
    this.resource.addDeletionOverride(path);
  }

  private bindInput(name: string, input: BoundInput): void {
    this.inputs.set(name, input);
    for (const location of input.reads) {
      this.resource.addGrant(location.grantRead(this));
    }
  }

  private bindOutput(name: string, output: BoundOutput): void {
    this.outputs.set(name, output);
    if (output.writes) {
      this.resource.addGrant(output.writes.grantWrite(this));
    }
  }

  /** What the job needs besides its inputs and outputs; and what the provider needs to run it. */
  private grantPermissions(): void {
    const ownNames = this.props.processingJobName ?? `${stackNamePart(this)}-*`;
    const logGroupArn = this.stack.formatArn({
      service: 'logs', resource: 'log-group', resourceName: LOG_GROUP, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const { outputKey, volumeKey } = this.props;
    const grants = [
      this.image!.grantPull?.(this),
      Grant.addToPrincipal({ grantee: this, actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'], resourceArns: [`${logGroupArn}:*`] }),
      Grant.addToPrincipal({
        grantee: this,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resourceArns: [`${logGroupArn}:log-stream:${ownNames}/*`],
      }),
      // Metrics know no resources, only namespaces.
      Grant.addToPrincipal({
        grantee: this,
        actions: ['cloudwatch:PutMetricData'],
        resourceArns: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
      }),
      this.network && grantNetwork(this, this.role, this.network),
      outputKey?.grant(this, 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'),
      // The volumes are attached by EC2, on a grant that the role gives.
      volumeKey?.grant(this, 'kms:CreateGrant', 'kms:DescribeKey'),
    ];
    grants.forEach((grant) => grant && this.resource.addGrant(grant));
    JobProvider.of(this).allowProcessingJob(ownNames, this.role);
  }

  private renderRequest(): ProcessingJobRequest {
    const { props } = this;
    const environment = sortedByName(Object.entries(this.environment));
    const inputs = sortedByName([...this.inputs]);
    const outputs = sortedByName([...this.outputs]);
    return {
      AppSpecification: {
        ImageUri: this.image?.uri,
        ContainerEntrypoint: this.codeEntrypoint ?? props.entrypoint,
        ContainerArguments: props.arguments,
      },
      Environment: environment.length === 0 ? undefined : Object.fromEntries(environment),
      NetworkConfig: withMembers({
        EnableInterContainerTrafficEncryption: props.interContainerTrafficEncryption,
        EnableNetworkIsolation: props.networkIsolation,
        VpcConfig: this.network?.vpcConfig,
      }),
      ProcessingInputs: inputs.length === 0 ? undefined : inputs.map(([, input]) => input.request),
      ProcessingOutputConfig: outputs.length === 0 ? undefined : {
        KmsKeyId: props.outputKey?.keyArn,
        Outputs: outputs.map(([, output]) => output.request),
      },
      ProcessingResources: {
        ClusterConfig: {
          InstanceCount: props.instanceCount ?? 1,
          InstanceType: props.instanceType?.name,
          VolumeKmsKeyId: props.volumeKey?.keyArn,
          VolumeSizeInGB: props.volumeSize?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) ?? DEFAULT_VOLUME_GIB,
        },
      },
      RoleArn: this.role.roleArn,
      StoppingCondition: props.maxRuntime && { MaxRuntimeInSeconds: props.maxRuntime.toSeconds({ integral: false }) },
    };
  }

  private checkRequest(problems: Problems): void {
    const request = this.renderRequest();
    const found = violations({
      ...request,
      Environment: this.props.environment && this.environment,
      ProcessingJobName: this.props.processingJobName ?? this.namePrefix,
    }, 'CreateProcessingJobRequest');
    report([...found.filter(({ open }) => !open), ...processingJobRuleViolations(request)], this.wording, problems);
  }

  /** What a newer service, or another Region, may allow. */
  private warn(): void {
    const problems = new Problems();
    report(violations(this.renderRequest(), 'CreateProcessingJobRequest').filter(({ open }) => open), this.wording, problems);
    for (const problem of problems.all) {
      Annotations.of(this).addWarningV2(`cdk-sagemaker-jobs:unknown.${problem.property}`, sentence(problem));
    }
  }

  /** What was added or tagged after the constructor. */
  private problemsAtSynth(): string[] {
    const problems = new Problems();
    this.checkRequest(problems);
    const tags = this.resource.renderTags();
    const tagViolations = violations({ Tags: tags }, 'CreateProcessingJobRequest').filter(({ path }) => path[0] === 'Tags');
    const elements = { Tags: tags.map(({ Key }) => `tags.${Key}`) };
    report([...tagViolations, ...tagRuleViolations(tags)], { ...this.wording, elements }, problems);
    return problems.all.map(sentence);
  }

  private get wording(): Wording {
    return {
      properties: PROCESSING_JOB_PROPERTIES,
      elements: {
        'ProcessingInputs': sortedByName([...this.inputs]).map(([name]) => name === CODE_INPUT && this.codeEntrypoint ? 'code' : `inputs.${name}`),
        'ProcessingOutputConfig.Outputs': sortedByName([...this.outputs]).map(([name]) => `outputs.${name}`),
      },
      units: { maxRuntime: 'seconds', volumeSize: 'GiB' },
      secret: ['Environment'],
    };
  }
}

class ImportedProcessingJob extends Resource implements IProcessingJob {
  public readonly processingJobRef: ProcessingJobReference;

  constructor(scope: Construct, id: string, public readonly processingJobArn: string, public readonly processingJobName: string) {
    super(scope, id, { environmentFromArn: processingJobArn });
    this.processingJobRef = { processingJobArn };
  }
}

function jobArn(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName });
}

/** In the order of their names: the order of a map is not that of its author in every language, and a new order would run the job again. */
function sortedByName<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([left], [right]) => left < right ? -1 : 1);
}

function withMembers<T extends object>(structure: T): T | undefined {
  return Object.values(structure).some((member) => member !== undefined) ? structure : undefined;
}

function requireNew(method: string, name: string, exists: boolean): void {
  requireKind(method, 'name', name, A_STRING);
  if (exists) {
    throw new Error(`${method}: there is one named '${name}' already. Give this one another name.`);
  }
}
