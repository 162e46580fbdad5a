import { Annotations, CfnResource, Duration, ITaggableV2, RemovalPolicy, Resource, Stack, TagManager, TagType, Token } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Rule } from 'aws-cdk-lib/aws-events';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CfnJob, RenderedJob } from './cfn-job';
import { addCompletions } from './completion';
import { arnOf } from './job-arns';
import { JobDefinition } from './job-definition';
import { givenNameOf, JobKind } from './job-kind';
import { rolePath } from './job-names';
import { checkCompletionTimeout, SageMakerJobProps } from './job-props';
import { goingWith, isRetaining, retain } from './retention';
import { forbidCyclesThroughInputs, forbidCycleThroughRule } from '../cdk/cycles';
import { CONTRACT_VERSION, JobRemovalPolicy, JobTag } from '../provider/contract';
import { JobProvider } from '../provider/provider';
import { A_STRING, checked } from '../validation/kinds';
import { Problems, requireKind, sentence } from '../validation/problems';

/** The properties that all kinds have, as far as they have them. */
interface JobBaseProps extends SageMakerJobProps {
  readonly removalPolicy?: JobRemovalPolicy;
}

/**
 * What the deployment runs: the custom resource of a definition, its name, tags and end. It has no type parameters, because
 * jsii would lose the class that it extends.
 *
 * @internal
 */
export abstract class JobBase extends Resource implements IGrantable, IConnectable, ITaggableV2 {
  /** The role that SageMaker runs this as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  /**
   * What runs; each kind declares the type of its own.
   *
   * @internal
   */
  protected readonly _definition: JobDefinition;
  private readonly kind: JobKind;
  private readonly props: JobBaseProps;
  private readonly provider: JobProvider;
  private readonly resource: CfnJob;
  private readonly attributes: { name?: string; arn?: string } = {};
  private lastCompletion?: CfnResource;
  private isKept?: boolean;

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
    this._definition = new definition(this, this.props, problems);
    this._definition.complete(problems);
    this.role = this._definition.role;
    this.grantPrincipal = this.role.grantPrincipal;
    this.cdkTagManager = new TagManager(TagType.STANDARD, kind.type);
    this.provider = JobProvider.of(this);
    this.resource = new CfnJob(this, kind, () => this.render());
    this.resource.node.addDependency(this._definition.prerequisites);
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
   * Sets what CloudFormation does when it would delete this. With a policy that retains, the job is neither stopped nor let go of: it
   * runs to its end, and what was made for it, its role and its security group, stays. The `removalPolicy` property says what
   * becomes of a job otherwise.
   *
   * @param policy - the policy; jobs have no snapshots
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    super.applyRemovalPolicy(policy);
    if (isRetaining(policy)) {
      this.retainWhatItNeeds();
    }
  }

  /** The network connections. Fails when there is no VPC. */
  public get connections(): Connections {
    const { network, subject } = this._definition;
    if (network === undefined) {
      throw new Error(`${subject} has no connections, for it is not in a VPC: give it a vpc.`);
    }
    return network.connections;
  }

  /**
   * Sets a member of the API request, past all checks: for what the service has learned since this version of the library.
   *
   * @param path - the member, as the API reference spells it: `Outer.Inner` for a member of a member
   * @param value - its value
   */
  public addRequestOverride(path: string, value: any): void {
    requireKind(`${this.node.path}.addRequestOverride`, 'path', path, A_STRING);
    this.resource.addRequestOverride(path, value);
  }

  /**
   * Removes a member of the API request, past all checks.
   *
   * @param path - the member, as the API reference spells it: `Outer.Inner` for a member of a member
   */
  public addRequestDeletionOverride(path: string): void {
    requireKind(`${this.node.path}.addRequestDeletionOverride`, 'path', path, A_STRING);
    this.resource.addRequestDeletionOverride(path);
  }

  /** @internal */
  protected get _name(): string {
    return this.attributes.name ??= this.getResourceNameAttribute(this.resource.ref);
  }

  /** @internal */
  protected get _arn(): string {
    return this.attributes.arn ??= this.getResourceArnAttribute(arnOf(this.kind, this, this.resource.ref), {
      service: 'sagemaker', resource: this.kind.arnResource, resourceName: this.physicalName,
    });
  }

  /**
   * All runs: so permissions outlast a replacement, and what has them does not need this to exist.
   *
   * @internal
   */
  protected get _grantedArn(): string {
    return arnOf(this.kind, this, this._definition.givenName ?? `${this._definition.namePrefix}-*`);
  }

  /**
   * The end, which the deployment waits for.
   *
   * @internal
   */
  public _completion(): CfnResource {
    return this.lastCompletion ??= addCompletions(this, this.resource, this.waitTimeout);
  }

  /**
   * An attribute of what has ended. The deployment waits for it.
   *
   * @internal
   */
  protected _completionAttribute(name: string): string {
    return this._completion().getAtt(name).toString();
  }

  /**
   * Has the first event come after its rule.
   *
   * @param nameInEvent - where the events have the name
   * @internal
   */
  protected _startAfterRule(rule: Rule, nameInEvent: string): void {
    this.resource.node.addDependency(rule);
    forbidCycleThroughRule(this, this.resource, rule, nameInEvent);
  }

  /** How long a deployment waits that needs the end. */
  private get waitTimeout(): Duration {
    const { longestRuntime } = this._definition;
    return this.props.completionTimeout ?? (longestRuntime?.isUnresolved() ? undefined : longestRuntime) ?? Duration.hours(1);
  }

  private get removalPolicy(): JobRemovalPolicy {
    return this.props.removalPolicy ?? this.kind.removalPolicy;
  }

  /** A job that runs on needs its role and its network interfaces. What was given has an owner, who is told at synth. */
  private retainWhatItNeeds(): void {
    const own = [this.props.role ? undefined : this.role, this._definition.network?.ownSecurityGroup];
    own.filter((construct) => construct !== undefined).forEach(retain);
    this.isKept = true;
  }

  private warnOfWhatGoes(): void {
    const { connections } = this._definition.network ?? {};
    const going = goingWith(Stack.of(this), [this.role, ...connections?.securityGroups ?? []]).map(({ node }) => node.path);
    if (going.length > 0) {
      Annotations.of(this).addWarningV2('cdk-sagemaker-jobs:retainedJobLosesWhatItNeeds', [
        `The job is retained, and may still run when what it needs is deleted: ${going.join(', ')}.`,
        'Retain that, too: RemovalPolicies.of(…).retain().',
      ].join(' '));
    }
  }

  private render(): RenderedJob {
    const { givenName: name, namePrefix, network } = this._definition;
    const tags = this.renderTags();
    return {
      ServiceToken: this.provider.renderedServiceToken,
      ContractVersion: CONTRACT_VERSION,
      ...name === undefined ? { JobNamePrefix: namePrefix } : { JobName: name },
      RerunTrigger: this.props.rerunTrigger,
      RemovalPolicy: this.removalPolicy,
      // One that stays is not waited for.
      SecurityGroupId: this.removalPolicy === 'RETAIN' ? undefined : network?.ownSecurityGroup?.securityGroupId,
      Tags: tags.length === 0 ? undefined : tags,
      Request: this._definition.render() as Record<string, unknown>,
    };
  }

  private renderTags(): JobTag[] {
    const values = this.cdkTagManager.tagValues();
    return Object.keys(values).sort().map((Key) => ({ Key, Value: values[Key] }));
  }

  private allowProvider(): void {
    const { namePattern, network } = this._definition;
    const { permissions } = this.provider;
    permissions.allow(this.kind, namePattern);
    if (network?.ownSecurityGroup) {
      permissions.allowToDescribe('ec2:DescribeNetworkInterfaces');
    }
    // In ARNs the service writes some names in lower case, and permissions tell cases apart.
    if (!Token.isUnresolved(namePattern)) {
      permissions.allow(this.kind, namePattern.toLowerCase());
    }
    if (this.props.role === undefined) {
      permissions.allowToPassPath(rolePath(this));
    } else {
      const policy = permissions.allowToPass(this.role);
      if (policy) {
        this.resource.node.addDependency(policy);
      }
    }
    this._definition.allowProvider(permissions);
  }

  /** What was added or tagged after the constructor. */
  private problemsAtSynth(): string[] {
    if (this.isKept) {
      this.warnOfWhatGoes();
    }
    const problems = new Problems();
    this._definition.checkAtSynth(this.renderTags(), problems);
    return problems.errors.map(sentence);
  }
}
