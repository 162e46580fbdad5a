import { Annotations, CfnResource, Duration, IResolvable, TagManager, TagType, Token, Tokenization } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IDependable } from 'constructs';
import { explainWildcards } from '../cdk/cdk-nag';
import {
  CONTRACT_VERSION, CompletionProperties, JOB_COMPLETION, JobProperties, JobRemovalPolicy, JobTag, MAX_WAIT_SECONDS,
} from '../provider/contract';
import { JobProvider } from '../provider/provider';
import { Shape } from '../service-model/shape';
import { SHAPES } from '../service-model/shapes';

/** What the custom resource of a job is made of. */
export interface JobResourceProps {
  /** The kind of job: its custom resource type. */
  readonly type: string;
  /** The shape of the Create call's request. */
  readonly requestShape: string;
  readonly request: () => object;
  readonly role: IRole;
  readonly name: { readonly explicit?: string; readonly prefix: string };
  readonly removalPolicy: JobRemovalPolicy;
  /** The one that was made for the job. */
  readonly securityGroup?: ISecurityGroup;
  readonly rerunTrigger?: string;
  /** How long a deployment waits that has to. */
  readonly completionTimeout: Duration;
}

const SECONDS_PER_HOUR = 3600;
const WHY_WILDCARDS = 'What this job reads and writes, and actions that cannot be limited to one resource.';

/** The custom resource of a job, and those that wait for its end. */
export class JobResource {
  public readonly tags: TagManager;
  private readonly resource: CfnResource;
  private readonly provider: JobProvider;
  private readonly unmodeledTypes: { [path: string]: 'number' | 'boolean' } = {};
  private lastCompletion?: CfnResource;

  constructor(private readonly scope: Construct, private readonly props: JobResourceProps) {
    this.provider = JobProvider.of(scope);
    this.tags = new TagManager(TagType.STANDARD, props.type);
    this.resource = new CfnJob(scope, props.type, () => this.render());
    // Without these, the first deployment races the role and what it is granted.
    this.resource.node.addDependency(props.role);
  }

  /** The job's name. */
  public get name(): string {
    return this.resource.ref;
  }

  /** Starts the job after its role has been granted this. */
  public addGrants(grants: readonly (Grant | undefined)[]): void {
    for (const grant of grants) {
      if (grant !== undefined) {
        partsOf(grant).filter((part) => !this.isPartOfRole(part)).forEach((part) => this.startAfter(part));
      }
      if (grant !== undefined && !(grant.success && this.roleIsMutable)) {
        this.warnOfMissing(grant);
      }
      // Of a given role, its author has to answer for what it may do.
      if (grant !== undefined && this.props.role.node.scope === this.scope) {
        explainWildcards(this.props.role, grant.principalStatements.flatMap(({ resources }) => resources), WHY_WILDCARDS);
      }
    }
  }

  /** Starts the job after something else. */
  public startAfter(dependency: IDependable): void {
    this.resource.node.addDependency(dependency);
  }

  /** An attribute of the job that has ended. The deployment waits for it. */
  public completionAttribute(name: string): IResolvable {
    return this.completion().getAtt(name);
  }

  /** Makes the deployment wait until the job has ended. */
  public completion(): CfnResource {
    return this.lastCompletion ??= this.addCompletions();
  }

  public addOverride(path: string, value: unknown): void {
    this.resource.addPropertyOverride(`Request.${path}`, asOverride(value));
    Object.keys(this.unmodeledTypes).filter((other) => `${other}.`.startsWith(`${path}.`)).forEach((other) => delete this.unmodeledTypes[other]);
    this.noteTypes(path, value);
  }

  public addDeletionOverride(path: string): void {
    this.resource.addPropertyDeletionOverride(`Request.${path}`);
  }

  public renderTags(): JobTag[] {
    const values = this.tags.tagValues();
    return Object.keys(values).sort().map((Key) => ({ Key, Value: values[Key] }));
  }

  private render(): JobProperties & { ServiceToken: unknown } {
    const { name, rerunTrigger, removalPolicy, request, securityGroup } = this.props;
    const tags = this.renderTags();
    return {
      ServiceToken: this.provider.renderedServiceToken,
      ContractVersion: CONTRACT_VERSION,
      ...name.explicit === undefined ? { JobNamePrefix: name.prefix } : { JobName: name.explicit },
      RerunTrigger: rerunTrigger,
      RemovalPolicy: removalPolicy,
      SecurityGroupId: securityGroup?.securityGroupId,
      Tags: tags.length === 0 ? undefined : tags,
      Request: request() as Record<string, unknown>,
      UnmodeledTypes: isEmpty(this.unmodeledTypes) ? undefined : this.unmodeledTypes,
    };
  }

  /** The job waits for its role with all that belongs to it, such as its policy: hundreds of jobs need not say so once more for each grant. */
  private isPartOfRole(part: IDependable): boolean {
    return Construct.isConstruct(part) && part.node.scope === this.props.role;
  }

  /** Imported roles of another account, and those that were asked not to change, take statements and drop them. */
  private get roleIsMutable(): boolean {
    // The class is internal to the CDK, and bundling has changed its name: this is what it has, and other roles have not.
    return !('addGrantsToResources' in this.props.role);
  }

  private warnOfMissing(grant: Grant): void {
    const permissions = grant.principalStatements.map(({ actions, resources }) => `${actions.join(', ')} on ${resources.join(', ')}`);
    Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:grantNotAdded', [
      `The job's role cannot be changed here, so it was not given all that the job needs: ${permissions.join('; ') || 'see the job\'s properties'}.`,
      'Make sure that it has that, and acknowledge this warning.',
    ].join(' '));
  }

  /** CloudFormation gives a custom resource an hour: a longer wait is a chain, whose rest passes at once when the job has ended. */
  private addCompletions(): CfnResource {
    const timeout = this.props.completionTimeout.toSeconds({ integral: false });
    const count = Math.ceil(timeout / SECONDS_PER_HOUR);
    let previous = this.resource;
    for (let index = 1; index <= count; index++) {
      const wait = Math.min(MAX_WAIT_SECONDS, timeout - (index - 1) * SECONDS_PER_HOUR);
      const completion: CfnResource = new CfnResource(this.scope, index === 1 ? 'Completion' : `Completion${index}`, {
        type: JOB_COMPLETION,
        properties: {
          ServiceToken: JobProvider.of(this.scope).serviceToken,
          ContractVersion: CONTRACT_VERSION,
          JobType: this.props.type,
          JobName: this.name,
          WaitSeconds: String(Math.ceil(wait)),
          OnTimeout: index === count ? 'FAIL' : 'CONTINUE',
          TimeoutSeconds: String(Math.ceil(timeout)),
        } satisfies CompletionProperties & { ServiceToken: string },
      });
      completion.node.addDependency(previous);
      previous = completion;
    }
    return previous;
  }

  /** Remembers the type of what the service model does not know, since CloudFormation turns it into a string. */
  private noteTypes(path: string, value: unknown): void {
    if (Token.isUnresolved(value)) {
      return; // only CloudFormation knows what it stands for
    }
    if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => this.noteTypes(`${path}.${name}`, member));
    } else if ((typeof value === 'number' || typeof value === 'boolean') && !this.isModeled(path)) {
      this.unmodeledTypes[path] = typeof value as 'number' | 'boolean';
    }
  }

  private isModeled(path: string): boolean {
    let shape: Shape | undefined = SHAPES[this.props.requestShape];
    for (const part of path.split('.')) {
      shape = SHAPES[shape?.members?.[part] ?? shape?.member ?? shape?.value ?? ''];
    }
    return shape !== undefined;
  }
}

/** What may change until the template is made is no token, as it would be in a CfnResource: those take most of the time of a synthesis. */
class CfnJob extends CfnResource {
  constructor(scope: Construct, type: string, private readonly render: () => object) {
    super(scope, 'Resource', { type });
  }

  protected get cfnProperties(): { [name: string]: any } {
    return this.render();
  }
}

/** The CDK merges the members of objects into the template, and would take what represents a token for such an object. */
function asOverride(value: unknown): unknown {
  if (Tokenization.isResolvable(value)) {
    return Token.asString(value);
  }
  if (Array.isArray(value)) {
    return value.map(asOverride);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asOverride(member)]));
  }
  return value;
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}

/**
 * What of a grant comes before what needs it. The policies of keys and repositories are parts of these: the CDK has them in
 * the grant, and fails when something depends on it.
 */
function partsOf(grant: Grant): IDependable[] {
  const { dependables } = grant as unknown as { dependables?: IDependable[] };
  return (dependables ?? [grant]).filter((part) => isDependable(part));
}

function isDependable(part: IDependable): boolean {
  try {
    return Dependable.of(part) !== undefined;
  } catch {
    return false;
  }
}
