import { Annotations, ArnFormat, Duration, ITaggableV2, Stack, TagManager, Token } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { AutoMLJobBase, IAutoMLJob } from './automl-job-base';
import { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
import { grantWhatAutopilotDoes } from './autopilot-grants';
import { AUTOML_JOB_MEMBERS, AUTOML_JOB_PROPERTIES } from './members';
import { renderRequest } from './render-request';
import { autoMLJobRules } from './rules';
import { grantServiceImages } from './service-images';
import { JobCore, JobKind } from '../job/job-core';
import { LONGEST_WAIT } from '../job/job-props';
import { S3Location } from '../job/s3-location';
import { AUTOML_JOB } from '../provider/contract';
import { CreateAutoMLJobRequest } from '../service-model/requests';
import { A_STRING, checked } from '../validation/kinds';
import { Problems, requireKind, show } from '../validation/problems';

const KIND: JobKind<CreateAutoMLJobRequest> = {
  className: 'AutoMLJob',
  noun: 'SageMaker AutoML job',
  type: AUTOML_JOB,
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html',
  nameMember: 'AutoMLJobName',
  longestName: 32,
  // All that a generated name has for a path, lest stacks whose names begin alike share permissions.
  longestStackPart: 12,
  arnResource: 'automl-job',
  actions: ['sagemaker:CreateAutoMLJob', 'sagemaker:DescribeAutoMLJobV2', 'sagemaker:StopAutoMLJob'],
  members: AUTOML_JOB_MEMBERS,
  rules: autoMLJobRules,
};

/** A job that is stopped at its longest runtime first ends what it is doing. */
const TIME_TO_STOP = Duration.minutes(30);

/** The names that users gave, in lower case, by stack. */
const givenNames = new WeakMap<Stack, Map<string, string>>();

/**
 * An AutoML job of SageMaker Autopilot that the deployment runs: from tabular data to the best of many models.
 *
 * It runs when it is new, and again when its definition or `rerunTrigger` changes. A change of tags, of the stack's other
 * resources, or a rollback does not run it. By default the deployment does not wait for it: see `completionTimeout`. It
 * waits when its best candidate is asked for, or made a model of (`AutoMLModel`).
 *
 * The constructor fails with everything that is wrong with the properties at once.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 * @resource AWS::SageMaker::AutoMLJob
 * @example
 *
 * new AutoMLJob(this, 'Churn', {
 *   trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'customers/')),
 *   targetAttributeName: 'churned',
 *   problem: AutoMLProblem.binaryClassification(AutoMLBinaryClassificationMetric.AUC),
 *   outputLocation: S3Location.fromBucket(bucket, 'automl/'),
 *   maxRuntime: Duration.hours(3),
 * });
 */
export class AutoMLJob extends AutoMLJobBase implements IGrantable, IConnectable, ITaggableV2 {
  /**
   * An AutoML job that exists already, by its ARN.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param autoMLJobArn - such as `arn:aws:sagemaker:eu-west-1:123456789012:automl-job/churn`
   */
  public static fromAutoMLJobArn(scope: Construct, id: string, autoMLJobArn: string): IAutoMLJob {
    requireKind('AutoMLJob.fromAutoMLJobArn', 'autoMLJobArn', autoMLJobArn, A_STRING);
    const autoMLJobName = Stack.of(scope).splitArn(autoMLJobArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    return new ImportedAutoMLJob(scope, id, autoMLJobArn, autoMLJobName);
  }

  /**
   * An AutoML job that exists already in the stack's account and Region, by its name.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param autoMLJobName - the job's name
   */
  public static fromAutoMLJobName(scope: Construct, id: string, autoMLJobName: string): IAutoMLJob {
    requireKind('AutoMLJob.fromAutoMLJobName', 'autoMLJobName', autoMLJobName, A_STRING);
    return new ImportedAutoMLJob(scope, id, jobArn(scope, autoMLJobName), autoMLJobName);
  }

  public readonly autoMLJobArn: string;
  public readonly autoMLJobName: string;

  /** The role that the job runs as, and what it starts. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  private readonly props: AutoMLJobProps;
  private readonly job: JobCore<CreateAutoMLJobRequest>;

  /**
   * Defines a job. Fails with all that is wrong with it.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id, unique among its parent's
   * @param props - what the job consists of
   */
  constructor(scope: Construct, id: string, props: AutoMLJobProps) {
    super(scope, id, { physicalName: typeof props?.autoMLJobName === 'string' ? props.autoMLJobName : undefined });
    const problems = new Problems();
    this.props = checked(props ?? {}, AUTOML_JOB_PROPERTIES, problems);
    const { autoMLJobName, maxRuntime, removalPolicy } = this.props;
    this.job = new JobCore(this, KIND, {
      ...this.props,
      name: autoMLJobName,
      removalPolicy: removalPolicy ?? AutoMLJobRemovalPolicy.STOP,
      // Autopilot decides on how many instances it processes and trains.
      isDistributed: true,
      longestRuntime: untilStopped(maxRuntime),
      request: () => renderRequest(this.props, this.job.role, this.job.network),
      elements: () => ({ InputDataConfig: ['trainingData', 'validation'] }),
    }, problems);
    this.role = this.job.role;
    this.grantPrincipal = this.role.grantPrincipal;
    this.cdkTagManager = this.job.resource.tags;
    this.autoMLJobName = this.getResourceNameAttribute(this.job.resource.name);
    this.autoMLJobArn = this.getResourceArnAttribute(jobArn(this, this.job.resource.name), {
      service: 'sagemaker', resource: KIND.arnResource, resourceName: this.physicalName,
    });

    this.checkName(problems);
    this.checkLocations(problems);
    this.job.finish();
    this.warn();
    this.job.resource.addGrants(this.grantPermissions());
    this.sources.forEach(({ _producer }) => this.job.readAfter(_producer));
  }

  /** The network connections of the job, and of what it starts. Fails when it has no VPC. */
  public get connections(): Connections {
    return this.job.connections;
  }

  /**
   * The name of the best candidate.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateName(): string {
    return this.ofBestCandidate('bestCandidateName', 'BestCandidateName');
  }

  /**
   * What the best candidate is the best by, such as `F1`.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateMetricName(): string {
    return this.ofBestCandidate('bestCandidateMetricName', 'BestCandidateMetricName');
  }

  /**
   * The value of that metric: a number, as text.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get bestCandidateMetricValue(): string {
    return this.ofBestCandidate('bestCandidateMetricValue', 'BestCandidateMetricValue');
  }

  /**
   * The name of the endpoint that the service made outside of the stack, for a job with a `deployment`. It costs money
   * until you delete it.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get deployedEndpointName(): string {
    if (this.props.deployment === undefined) {
      throw new Error(`${this.node.path}.deployedEndpointName: the job deploys nothing. Give it a deployment, or use AutoMLModel.`);
    }
    return this.job.resource.completionAttribute('DeployedEndpointName').toString();
  }

  /**
   * Sets a member of the API request, past all checks: for what the service has learned since this version of the library.
   *
   * @param path - the member, as the API reference spells it, such as `AutoMLJobConfig.Mode`
   * @param value - its value
   */
  public addRequestOverride(path: string, value: any): void {
    requireKind(`${this.node.path}.addRequestOverride`, 'path', path, A_STRING);
    this.job.resource.addOverride(path, value);
  }

  /**
   * Removes a member of the API request, past all checks.
   *
   * @param path - the member, as the API reference spells it, such as `AutoMLJobConfig.Mode`
   */
  public addRequestDeletionOverride(path: string): void {
    requireKind(`${this.node.path}.addRequestDeletionOverride`, 'path', path, A_STRING);
    this.job.resource.addDeletionOverride(path);
  }

  /** @internal */
  public get _hasBestCandidate(): boolean {
    return !this.props.generateCandidateDefinitionsOnly;
  }

  /**
   * The end of the job, which the deployment waits for.
   *
   * @internal
   */
  public get _completion(): IDependable {
    return this.job.resource.completion();
  }

  /**
   * Lets a role read what the job writes.
   *
   * @internal
   */
  public _grantReadArtifacts(role: IRole): (Grant | undefined)[] {
    return [this.props.outputLocation._grantDownload(role), this.props.outputEncryptionKey?.grant(role, 'kms:Decrypt')];
  }

  /**
   * All runs of the job: so permissions outlast a replacement, and what has them does not need the job to exist.
   *
   * @internal
   */
  protected get _grantedArn(): string {
    return jobArn(this, this.props.autoMLJobName ?? `${this.job.namePrefix}-*`);
  }

  private ofBestCandidate(property: string, attribute: string): string {
    if (!this._hasBestCandidate) {
      throw new Error(`${this.node.path}.${property}: there is no best candidate. Leave out generateCandidateDefinitionsOnly.`);
    }
    return this.job.resource.completionAttribute(attribute).toString();
  }

  /** What the job reads. */
  private get sources(): S3Location[] {
    const { featureSpecification, trainingData, validation } = this.props;
    return [trainingData?.location, validation?._dataset?.location, featureSpecification].filter((location) => location !== undefined);
  }

  /** The service takes names that differ in case alone for the same. */
  private checkName(problems: Problems): void {
    const { autoMLJobName } = this.props;
    if (autoMLJobName === undefined || Token.isUnresolved(autoMLJobName)) {
      return;
    }
    const names = givenNames.get(this.stack) ?? new Map<string, string>();
    givenNames.set(this.stack, names);
    const other = names.get(autoMLJobName.toLowerCase());
    if (other !== undefined) {
      problems.add({
        property: 'autoMLJobName',
        value: show(autoMLJobName),
        allowed: `must be unique whatever the letters' case, and '${other}' has that name`,
        remedy: 'Choose another, or leave it out.',
        member: KIND.nameMember,
      });
    } else {
      names.set(autoMLJobName.toLowerCase(), this.node.path);
    }
  }

  private checkLocations(problems: Problems): void {
    const { featureSpecification, outputLocation } = this.props;
    for (const [property, location] of Object.entries({ featureSpecification, outputLocation })) {
      if (location?._isArchive) {
        problems.add({ property, allowed: 'is the asset of a folder: one zip file, which the job does not unpack', remedy: 'Use the asset of a file.' });
      }
    }
  }

  private warn(): void {
    if (this.props.deployment) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:endpointOutsideStack', [
        'deployment: the service makes an endpoint that is not part of the stack. It stays, and costs money, when the job runs again and when the',
        'stack is deleted, until you delete it. To have it in the stack, leave out deployment and make an AutoMLModel, whose modelName goes into an',
        'AWS::SageMaker::EndpointConfig.',
      ].join(' '));
    }
  }

  private grantPermissions(): (Grant | undefined)[] {
    const { role } = this;
    return [
      ...this.sources.map((source) => source._grantDownload(role)),
      this.props.outputLocation._grantDownload(role),
      this.props.outputLocation._grantUpload(role),
      grantServiceImages(this, role),
      // The jobs that Autopilot starts write their logs to the groups of their kinds.
      this.job.grantLogs('/aws/sagemaker/*', '*'),
      ...grantWhatAutopilotDoes(this, role),
    ];
  }
}

class ImportedAutoMLJob extends AutoMLJobBase {
  constructor(scope: Construct, id: string, public readonly autoMLJobArn: string, public readonly autoMLJobName: string) {
    super(scope, id, { environmentFromArn: autoMLJobArn });
  }
}

function jobArn(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: KIND.arnResource, resourceName });
}

function untilStopped(maxRuntime: Duration | undefined): Duration | undefined {
  if (maxRuntime === undefined || maxRuntime.isUnresolved()) {
    return undefined;
  }
  const seconds = maxRuntime.toSeconds({ integral: false }) + TIME_TO_STOP.toSeconds();
  return Duration.seconds(Math.min(seconds, LONGEST_WAIT.toSeconds()));
}
