import { Annotations, CfnResource, Duration, ITaggableV2, PhysicalName, RemovalPolicy, Resource, Stack, TagManager } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { CfnJob, RenderedJob } from './cfn-job';
import { addCompletions, untilEnded } from './completion';
import { forbiddenReferences } from './forbidden-references';
import { checkDeployedTogether } from './given-resources';
import { arnOf } from './job-arns';
import { JobDefinition } from './job-definition';
import { givenNameOf, JobKind, namePropertyOf } from './job-kind';
import { JobNames } from './job-names';
import { checkCompletionTimeout, SageMakerJobProps } from './job-props';
import { requireOverridable, requireRenderable } from './request-overrides';
import { checkSnapshot, deletedWith, isRetained, isRetaining, retain } from './retention';
import { tagManagerOf, tagsOf } from './tags';
import { ownedBy, readableFromOtherStacks } from '../cdk/cross-stack';
import { forbidCyclesThroughInputs, forbidCyclesThroughName, forbidCycleThroughRule } from '../cdk/cycles';
import { warnOfExports } from '../cdk/exports';
import { CONTRACT_VERSION, JobRemovalPolicy, JobTag } from '../provider/contract';
import { JobProvider } from '../provider/provider';
import { addWarnings, Problems, problemsError, sentence } from '../validation/problems';
import { checked } from '../validation/value-types';

/** The properties of jobs that say when and how a definition runs, beside the name. */
export const RUN_PROPERTIES = ['completionTimeout', 'definition', 'removalPolicy', 'rerunTrigger'];

/** The properties that all kinds share. Not every kind has all of them. */
interface JobBaseProps extends SageMakerJobProps {
  readonly definition?: SharedDefinition;
  readonly removalPolicy?: JobRemovalPolicy;
}

/** A construct whose definition several jobs can run. */
interface SharedDefinition extends ITaggableV2 {
  readonly _definition: JobDefinition;
}

/**
 * The base of the constructs that a deployment runs: the custom resource of a definition, its name, its tags and its completion.
 * It has no type parameters, because jsii would lose its base class.
 *
 * @internal
 */
export abstract class JobBase extends Resource implements IGrantable, IConnectable, ITaggableV2 {
  /** The role that SageMaker runs this as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  /**
   * The definition of the job. Each kind declares its own type.
   *
   * @internal
   */
  protected readonly _definition: JobDefinition;
  /** @internal */
  protected readonly _names: JobNames;
  private readonly kind: JobKind;
  private readonly props: JobBaseProps;
  private readonly provider: JobProvider;
  private readonly resource: CfnJob;
  private readonly overrides: { [path: string]: unknown } = {};
  private readonly attributes: { name?: string; arn?: string } = {};
  private lastCompletion?: CfnResource;
  private isReferredTo?: boolean;

  constructor(
    scope: Construct,
    id: string,
    kind: JobKind,
    props: JobBaseProps,
    definition: new (scope: Construct, props: any, problems: Problems) => JobDefinition,
  ) {
    super(scope, id, { physicalName: givenNameOf(kind, props) });
    const problems = new Problems();
    this.kind = kind;
    this.props = checked(props ?? {}, kind.properties, problems);
    checkCompletionTimeout(this.props.completionTimeout, problems);
    checkName(kind, this.props, problems);
    const shared = this.props.definition?._definition;
    if (!shared && props?.definition) {
      // Without the definition, its properties would seem to be missing.
      throw problemsError(`${kind.className} '${this.node.path}'`, problems.errors, kind.documentation);
    }
    this._definition = shared ?? new definition(this, this.props, problems);
    this._names = shared ? new JobNames(this, kind, this.props) : this._definition.names;
    if (shared) {
      this.runShared(shared, problems);
    } else {
      this._definition.complete(problems);
    }
    this.role = this._definition.role;
    this.grantPrincipal = this._definition.grantee.grantPrincipal;
    this.cdkTagManager = tagManagerOf(this, kind);
    this.provider = JobProvider.of(this);
    this.resource = new CfnJob(this, kind, () => this.render());
    this.provider.provide(this.resource);
    this.resource.node.addDependency(this._definition.prerequisites);
    warnOfExports(this, this.resource);
    forbidCyclesThroughInputs(this, this.resource, this._definition.producers);
    this.allowProvider();
    if (this.props.completionTimeout) {
      this._completion();
    }
    if (this.removalPolicy === 'RETAIN') {
      this.retainWhatItNeeds();
    }
    this.node.addValidation({ validate: () => this.problemsAtSynth() });
  }

  /**
   * Sets what CloudFormation does instead of deleting this resource. With a policy that retains, the job is not stopped: it runs to
   * its end, and the role and security group that were made for it stay. Otherwise the `removalPolicy` property says what
   * happens to the job. There is no snapshot of a job.
   *
   * @param policy - the policy
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    super.applyRemovalPolicy(policy);
    if (isRetaining(policy)) {
      this.retainWhatItNeeds();
    }
  }

  /** The network connections. Throws when the job has no VPC. */
  public get connections(): Connections {
    return this._definition.connections;
  }

  /**
   * Sets a member of the API request without any check. Use it for members that are newer than this version of the library.
   *
   * @param path - the member, as the API reference spells it: `Outer.Inner` for a member of a member
   * @param value - its value
   */
  public addRequestOverride(path: string, value: any): void {
    const method = `${this.node.path}.addRequestOverride`;
    requireOverridable(method, this.kind, path);
    requireRenderable(method, value, this.stack);
    this.overrides[path] = value;
    this.resource.addRequestOverride(path, value);
  }

  /**
   * Removes a member of the API request without any check.
   *
   * @param path - the member, as the API reference spells it: `Outer.Inner` for a member of a member
   */
  public addRequestDeletionOverride(path: string): void {
    requireOverridable(`${this.node.path}.addRequestDeletionOverride`, this.kind, path);
    this.resource.addRequestDeletionOverride(path);
  }

  /** @internal */
  protected get _name(): string {
    this.forbidNeedingItself();
    return this.attributes.name ??= readableFromOtherStacks(this, 'Name', this.getResourceNameAttribute(this.resource.ref));
  }

  /** @internal */
  protected get _arn(): string {
    return this.attributes.arn ??= ownedBy(this, this.getResourceArnAttribute(arnOf(this.kind, this, this._name), {
      service: 'sagemaker', resource: this.kind.arnResource, resourceName: this.physicalName,
    }));
  }

  /**
   * The ARN of all runs of this job. Permissions on it outlast a replacement, and their policy does not depend on the job.
   *
   * @internal
   */
  public get _grantedArn(): string {
    return arnOf(this.kind, this, this._names.pattern);
  }

  /**
   * The resource that makes the deployment wait for the end of the job.
   *
   * @internal
   */
  public _completion(): CfnResource {
    return this.lastCompletion ??= this.addCompletions();
  }

  /**
   * An attribute of the ended job. Makes the deployment wait for the end.
   *
   * @internal
   */
  protected _completionAttribute(name: string): string {
    this.forbidNeedingItself();
    return readableFromOtherStacks(this, name, this._completion().getAtt(name).toString());
  }

  /**
   * Makes the job start after a rule exists, so that the rule sees its first event.
   *
   * @param nameInEvent - the path of the job's name in the events
   * @internal
   */
  protected _startAfterRule(rule: Rule, nameInEvent: string): void {
    if (rule.stack !== this.stack) {
      return; // What the rule's stack has may need this job.
    }
    this.resource.node.addDependency(rule);
    forbidCycleThroughRule(this, this.resource, rule, nameInEvent);
  }

  /** Runs a definition that is a construct of its own, and checked there. */
  private runShared(definition: JobDefinition, problems: Problems): void {
    for (const [property, value] of Object.entries(this.props)) {
      if (value !== undefined && !RUN_PROPERTIES.includes(property) && property !== namePropertyOf(this.kind)) {
        problems.add({ property, allowed: 'cannot be given together with definition', remedy: 'Give it to the definition.' });
      }
    }
    checkDeployedTogether(this, 'job', 'definition', this.props.definition as unknown as IConstruct, problems);
    const reserve = definition.checkRun(this._names, problems);
    if (problems.errors.length > 0) {
      throw problemsError(`${this.kind.className} '${this.node.path}'`, problems.errors, this.kind.documentation);
    }
    reserve?.();
    addWarnings(this, problems);
    definition.allowRuns(this._names);
  }

  /** Checks jobs that something refers to. The others need no check, which resolves the whole template. */
  private forbidNeedingItself(): void {
    if (!this.isReferredTo) {
      this.isReferredTo = true;
      forbidCyclesThroughName(this, this.resource);
    }
  }

  private addCompletions(): CfnResource {
    const { longestRuntime } = this._definition;
    const timeout = this.props.completionTimeout ?? untilEnded(longestRuntime);
    if (timeout === undefined) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:defaultWait', [
        'completionTimeout: something needs the end of the job, so the deployment waits for it, one hour at most, and fails when it takes longer.',
        'Say how long it may take: add completionTimeout, or maxRuntime.',
      ].join(' '));
    }
    return addCompletions(this, this.resource, timeout ?? Duration.hours(1));
  }

  private get removalPolicy(): JobRemovalPolicy {
    return this.props.removalPolicy ?? this.kind.removalPolicy;
  }

  /** Retains the role and the security group with a job that goes on running. A warning at synth covers those that the user gave. */
  private retainWhatItNeeds(): void {
    const { grantee, network } = this._definition;
    const own = [this._definition.props.role ? undefined : this.role, grantee === this.role ? undefined : grantee, network?.ownSecurityGroup];
    own.filter((construct) => construct !== undefined).forEach(retain);
  }

  private warnOfWhatIsNotRetained(): void {
    const { grantee, network } = this._definition;
    const needed = new Set([this.role, grantee, ...network?.connections.securityGroups ?? []]);
    const deleted = deletedWith(Stack.of(this), [...needed]).map(({ node }) => node.path);
    if (deleted.length > 0) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:retainedJobLosesWhatItNeeds', [
        `The job is retained, and may still run when what it needs is deleted: ${deleted.join(', ')}.`,
        'Retain that, too: RemovalPolicies.of(…).retain().',
      ].join(' '));
    }
  }

  private render(): RenderedJob {
    const { given: name, prefix } = this._names;
    const { network } = this._definition;
    const given = network?.givenSecurityGroups ?? [];
    const tags = this.renderedTags;
    return {
      ServiceToken: this.provider.renderedServiceToken,
      ContractVersion: CONTRACT_VERSION,
      ...name === undefined ? { JobNamePrefix: prefix } : { JobName: name },
      RerunTrigger: this.props.rerunTrigger,
      RemovalPolicy: this.removalPolicy,
      // A retained job keeps its security group, so nothing waits for its interfaces.
      SecurityGroupId: this.removalPolicy === 'RETAIN' ? undefined : network?.ownSecurityGroup?.securityGroupId,
      GivenSecurityGroupIds: given.length === 0 ? undefined : given.map(({ securityGroupId }) => securityGroupId),
      Tags: tags.length === 0 ? undefined : tags,
      Request: this._definition.render() as Record<string, unknown>,
    };
  }

  private get renderedTags(): JobTag[] {
    return tagsOf(this.props.definition?.cdkTagManager, this.cdkTagManager);
  }

  private allowProvider(): void {
    const { permissions } = this.provider;
    permissions.allow(this.kind, this._names.given);
    const isOwn = this._definition.props.role === undefined && this.role.stack === this.stack;
    const policy = isOwn ? permissions.allowToPassOwn(this.role) : permissions.allowToPass(this.role);
    if (policy) {
      this.resource.node.addDependency(policy);
    }
    this._definition.allowProvider(permissions);
  }

  /** Checks what was added or tagged after the constructor. */
  private problemsAtSynth(): string[] {
    if (this.removalPolicy === 'RETAIN' || isRetained(this.resource)) {
      this.warnOfWhatIsNotRetained();
    }
    const problems = new Problems();
    checkSnapshot(this.resource, problems);
    if (this.props.definition === undefined) {
      this._definition.checkAtSynth(problems);
      this._definition.warnOfMissingGrants();
    }
    this._definition.checkTags(this.renderedTags, problems);
    const [secret] = forbiddenReferences(this.overrides, this.stack, true);
    if (secret) {
      problems.add({ property: `addRequestOverride('${secret.path[0]}')`, allowed: String(secret.allowed), remedy: secret.remedy });
    }
    addWarnings(this, problems);
    return problems.errors.map(sentence);
  }
}

/** Refuses a name that the CDK would make up for readers in another environment: a job with a given name runs once. */
function checkName(kind: JobKind, props: object, problems: Problems): void {
  if (givenNameOf(kind, props) === PhysicalName.GENERATE_IF_NEEDED) {
    problems.add({
      property: namePropertyOf(kind),
      allowed: 'cannot be PhysicalName.GENERATE_IF_NEEDED: the name is generated by the deployment, so that each run has its own',
      remedy: 'Leave it out, or give a name where another account or Region has to know it.',
    });
  }
}
