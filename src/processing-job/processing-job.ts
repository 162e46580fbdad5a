import { Annotations, ArnFormat, CfnResource, ITaggableV2, Stack, TagManager, Token } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BoundCode, CODE_INPUT } from './code';
import { BoundImage } from './image';
import { ProcessingInput } from './input';
import { BoundInput } from './input-options';
import { AN_INPUT, AN_INSTANCE_TYPE, AN_OUTPUT, PROCESSING_JOB_MEMBERS, PROCESSING_JOB_PROPERTIES } from './members';
import { BoundOutput, ProcessingOutput } from './output';
import { IProcessingJob, PROCESSING_JOBS, ProcessingJobBase } from './processing-job-base';
import { ProcessingJobProps, ProcessingJobRemovalPolicy } from './processing-job-props';
import { elementNames, renderRequest, RequestParts, sortedByName } from './render-request';
import { processingJobRules } from './rules';
import { forbidCycleThroughRule } from '../cdk/cycles';
import { JobCore, JobKind } from '../job/job-core';
import { S3Location } from '../job/s3-location';
import { PROCESSING_JOB } from '../provider/contract';
import { INSTANCE_TYPE_REGIONS } from '../service-model/instance-type-regions';
import { CreateProcessingJobRequest } from '../service-model/requests';
import { A_STRING, checked } from '../validation/kinds';
import { Problems, requireKind } from '../validation/problems';

const KIND: JobKind<CreateProcessingJobRequest> = {
  className: 'ProcessingJob',
  noun: 'SageMaker job',
  type: PROCESSING_JOB,
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html',
  nameMember: 'ProcessingJobName',
  longestName: 63,
  longestStackPart: 24,
  arnResource: 'processing-job',
  actions: ['Create', 'Describe', 'Stop', 'Delete'].map((verb) => `sagemaker:${verb}ProcessingJob`),
  logGroup: PROCESSING_JOBS,
  members: PROCESSING_JOB_MEMBERS,
  rules: processingJobRules,
};

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
 * @example
 *
 * new ProcessingJob(this, 'Prepare', {
 *   image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
 *   code: ProcessingCode.fromAsset('prepare.py'),
 *   inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) },
 *   outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')) },
 *   instanceType: ProcessingInstanceType.M5_XLARGE,
 * });
 */
export class ProcessingJob extends ProcessingJobBase implements IGrantable, IConnectable, ITaggableV2 {
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

  /** The role that the job runs as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  /** @internal */
  protected readonly _eventNames: any[];
  private readonly props: ProcessingJobProps;
  private readonly attributes: { name?: string; arn?: string } = {};
  private readonly job: JobCore<CreateProcessingJobRequest>;
  private readonly image?: BoundImage;
  private readonly code?: BoundCode;
  private readonly environment: { [name: string]: string };
  private readonly inputs = new Map<string, BoundInput>();
  private readonly outputs = new Map<string, BoundOutput>();

  /**
   * Defines a job. Fails with all that is wrong with it.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id, unique among its parent's
   * @param props - what the job consists of
   */
  constructor(scope: Construct, id: string, props: ProcessingJobProps) {
    super(scope, id, { physicalName: typeof props?.processingJobName === 'string' ? props.processingJobName : undefined });
    const problems = new Problems();
    this.props = checked(props ?? {}, PROCESSING_JOB_PROPERTIES, problems);
    const { processingJobName, maxRuntime, removalPolicy } = this.props;
    this.job = new JobCore(this, KIND, {
      ...this.props,
      name: processingJobName,
      removalPolicy: removalPolicy ?? ProcessingJobRemovalPolicy.STOP,
      isDistributed: hasSeveralInstances(this.props),
      longestRuntime: maxRuntime,
      request: () => renderRequest(this.parts),
      elements: () => elementNames(this.parts),
    }, problems);
    this._eventNames = processingJobName === undefined ? [{ prefix: `${this.job.namePrefix}-` }] : [processingJobName];
    this.role = this.job.role;
    this.grantPrincipal = this.role.grantPrincipal;
    this.cdkTagManager = this.job.resource.tags;

    this.environment = { ...this.props.environment };
    this.image = this.props.image?._bind(this, this.instanceTypes.every(hasGpu));
    this.code = this.props.code?._bind(this, this.image?.command ?? ['python3'], problems);
    this.bindInputsAndOutputs(problems);
    this.checkProps(problems);
    this.job.finish();
    this.warn();
    this.job.resource.addGrants([this.image?.grantPull?.(this), this.job.grantLogs(PROCESSING_JOBS, `${this.job.namePattern}/*`)]);
  }

  public get processingJobArn(): string {
    return this.attributes.arn ??= this.getResourceArnAttribute(jobArn(this, this.job.resource.name), {
      service: 'sagemaker', resource: KIND.arnResource, resourceName: this.physicalName,
    });
  }

  public get processingJobName(): string {
    return this.attributes.name ??= this.getResourceNameAttribute(this.job.resource.name);
  }

  /** The network connections of the job. Fails when it has no VPC. */
  public get connections(): Connections {
    return this.job.connections;
  }

  /**
   * The exit message that the job wrote to `/opt/ml/output/message`, at most 1 KB; empty when it wrote none.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get exitMessage(): string {
    return this.job.resource.completionAttribute('ExitMessage').toString();
  }

  /**
   * Where an output goes, for another job to read: that job starts when this one has completed, and the deployment waits
   * for this one.
   *
   * @param name - the name of the output
   */
  public outputLocation(name: string): S3Location {
    const location = this.outputs.get(name)?.location;
    if (location === undefined) {
      const names = [...this.outputs].filter(([, output]) => output.location).map(([known]) => `'${known}'`).join(', ');
      throw new Error(`${this.node.path}.outputLocation: there is no output named '${name}' in S3. ${names ? `There is ${names}.` : 'Add it to outputs.'}`);
    }
    return location._producedBy(() => this.job.resource.completion());
  }

  public onEvent(id: string, options?: OnEventOptions): Rule {
    const rule = super.onEvent(id, options);
    // The first event is that of the start.
    this.job.resource.startAfter(rule);
    forbidCycleThroughRule(this, this.node.defaultChild as CfnResource, rule, '$.detail.ProcessingJobName');
    return rule;
  }

  /**
   * Adds an environment variable.
   *
   * @param name - letters, digits and underscores, not beginning with a digit; at most 256 characters
   * @param value - at most 256 characters; no place for secrets
   */
  public addEnvironment(name: string, value: string): void {
    requireNew(`${this.node.path}.addEnvironment`, name, Object.keys(this.environment).includes(name));
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
    this.job.resource.addOverride(path, value);
  }

  /**
   * Removes a member of the API request, past all checks.
   *
   * @param path - the member, as the API reference spells it, such as `StoppingCondition`
   */
  public addRequestDeletionOverride(path: string): void {
    requireKind(`${this.node.path}.addRequestDeletionOverride`, 'path', path, A_STRING);
    this.job.resource.addDeletionOverride(path);
  }

  /**
   * All runs of the job: so permissions outlast a replacement, and what has them does not need the job to exist.
   *
   * @internal
   */
  protected get _grantedArn(): string {
    return jobArn(this, this.props.processingJobName ?? `${this.job.namePrefix}-*`);
  }

  private get parts(): RequestParts {
    const { props, image, code, environment, inputs, outputs, job: { network, role } } = this;
    return { props, image, code, environment, inputs, outputs, network, role };
  }

  /** Those that the job may run on, as far as they are given. */
  private get instanceTypes(): string[] {
    const types = [this.props.instanceType, ...this.props.instancePreferences?.map((preference) => preference?.instanceType) ?? []];
    return types.flatMap((type) => type?.name ?? []);
  }

  private bindInputsAndOutputs(problems: Problems): void {
    for (const [name, input] of sortedByName(Object.entries(this.props.inputs ?? {}))) {
      if (problems.require(`inputs.${name}`, input, AN_INPUT)) {
        this.bindInput(name, input._bind(name));
      }
    }
    for (const [name, output] of sortedByName(Object.entries(this.props.outputs ?? {}))) {
      if (problems.require(`outputs.${name}`, output, AN_OUTPUT)) {
        this.bindOutput(name, output._bind(name));
      }
    }
    if (this.code) {
      if (this.inputs.has(CODE_INPUT)) {
        problems.add({ property: `inputs.${CODE_INPUT}`, allowed: 'has the name of the input that carries code', remedy: 'Give it another name.' });
      }
      this.bindInput(CODE_INPUT, this.code.input);
    }
  }

  private bindInput(name: string, input: BoundInput): void {
    this.inputs.set(name, input);
    this.job.resource.addGrants(input.grantTo(this));
    this.job.readAfter(input.producer);
  }

  private bindOutput(name: string, output: BoundOutput): void {
    this.outputs.set(name, output);
    this.job.resource.addGrants(output.grantTo(this));
  }

  /** What the request cannot show. */
  private checkProps(problems: Problems): void {
    const { code, entrypoint, instancePreferences } = this.props;
    if (code && entrypoint) {
      problems.add({ property: 'entrypoint', allowed: 'cannot be given together with code', remedy: "Leave it out, and use the code's command." });
    }
    instancePreferences?.forEach((preference, index) =>
      problems.expect(`instancePreferences[${index}].instanceType`, preference?.instanceType, AN_INSTANCE_TYPE));
  }

  /** What another Region or another image may allow. */
  private warn(): void {
    const annotations = Annotations.of(this);
    for (const name of this.instanceTypes) {
      const regions = regionsWithout(name, this.stack.region);
      if (regions) {
        annotations.addWarningV2('cdk-sagemaker-jobs:instanceTypeNotInRegion',
          `instanceType: ${name} is not known to be offered in ${this.stack.region}; it is in ${regions.join(', ')}. Choose another, or check it.`);
      }
    }
    if (this.code?.installsPackages && this.props.networkIsolation) {
      annotations.addWarningV2('cdk-sagemaker-jobs:requirementsWithNetworkIsolation',
        'code: the packages of requirements.txt cannot be downloaded with networkIsolation: the job fails unless the image has them. Build an image with them.');
    }
  }
}

class ImportedProcessingJob extends ProcessingJobBase {
  /** @internal */
  protected readonly _eventNames: any[];

  constructor(scope: Construct, id: string, public readonly processingJobArn: string, public readonly processingJobName: string) {
    super(scope, id, { environmentFromArn: processingJobArn });
    this._eventNames = [processingJobName];
  }
}

function jobArn(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: KIND.arnResource, resourceName });
}

/** As far as is known: a count that only CloudFormation knows may be more than one. */
function hasSeveralInstances({ instanceCount, instancePreferences = [] }: ProcessingJobProps): boolean {
  const counts = [instanceCount, ...instancePreferences.map((preference) => preference?.instanceCount)];
  return counts.some((count) => typeof count === 'number' && (Token.isUnresolved(count) || count > 1));
}

/** The families G and P. */
function hasGpu(instanceType: string): boolean {
  return /^ml\.[gp]/.test(instanceType);
}

/** The Regions that an instance type is in, when the given one is known not to be among them. */
function regionsWithout(instanceType: string, region: string): readonly string[] | undefined {
  const isKnown = INSTANCE_TYPE_REGIONS.some(({ regions }) => regions.includes(region));
  const offered = INSTANCE_TYPE_REGIONS.find(({ types }) => types.includes(instanceType))?.regions;
  return isKnown && !offered?.includes(region) ? offered : undefined;
}

function requireNew(method: string, name: string, exists: boolean): void {
  requireKind(method, 'name', name, A_STRING);
  if (exists) {
    throw new Error(`${method}: there is one named '${name}' already. Give this one another name.`);
  }
}
