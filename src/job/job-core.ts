import { Annotations, ArnFormat, CfnResource, Duration, Stack, Token } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { jobNamePrefix, NameLengths, rolePath, stackNamePart } from './job-names';
import { grantNetwork, JobNetwork, jobNetwork } from './job-network';
import { checkCompletionTimeout, SageMakerJobProps } from './job-props';
import { JobResource } from './job-resource';
import { tagRuleViolations } from './tag-rules';
import { forbidCycleThroughInput } from '../cdk/cycles';
import { grantOnce } from '../cdk/grant-once';
import { JobRemovalPolicy } from '../provider/contract';
import { ProvidedKind } from '../provider/permissions';
import { JobProvider } from '../provider/provider';
import { Violation, violations } from '../validation/model';
import { Problems, problemsError, sentence } from '../validation/problems';
import { ElementNames, PropertyNames } from '../validation/property-names';
import { report, Wording } from '../validation/report';

/** What differs between the kinds of what the library runs. */
export interface JobKind<Request extends object> extends ProvidedKind, NameLengths {
  /** The class of its constructs. */
  readonly className: string;
  /** In descriptions: 'SageMaker job'. */
  readonly noun: string;
  /** The page of its Create call in the API reference. */
  readonly documentation: string;
  /** The shape of the Create call's request. */
  readonly requestShape: string;
  /** The member of the request that takes the name. */
  readonly nameMember: string;
  /** Where in the properties the members of the request come from. */
  readonly properties: PropertyNames;
  /** The units of numbers that the user wrote as a Duration or a Size. */
  readonly units: Wording['units'];
  /** Members whose values may be secrets. */
  readonly secret: Wording['secret'];
  /** What the API reference demands in prose. */
  readonly rules: (request: Request) => Violation[];
  /** The id of the warning of values that only a newer service may know. */
  readonly unknownValueWarning?: string;
}

/** What a construct tells of itself. */
export interface JobCoreProps<Request extends object> extends SageMakerJobProps {
  /** The name that the user gave. */
  readonly name?: string;
  readonly removalPolicy: JobRemovalPolicy;
  /** Whether several instances talk to each other. */
  readonly isDistributed: boolean;
  /** How long it may take, where that is known: so long a deployment waits that has to. */
  readonly longestRuntime?: Duration;
  /** The request of the Create call, without name and tags. */
  readonly request: () => Request;
  /** The names of the elements of the request's lists. */
  readonly elements?: () => ElementNames;
}

/**
 * What the constructs of all kinds are made of: the custom resource, its name, role and network, the checks of its
 * request, and what both the role and the provider may do.
 */
export class JobCore<Request extends object> {
  public readonly namePrefix: string;
  public readonly role: IRole;
  public readonly resource: JobResource;
  public readonly network?: JobNetwork;

  constructor(
    private readonly scope: Construct,
    private readonly kind: JobKind<Request>,
    private readonly props: JobCoreProps<Request>,
    private readonly problems: Problems,
  ) {
    this.namePrefix = jobNamePrefix(scope, kind);
    this.role = props.role ?? executionRole(scope, rolePath(scope));
    this.network = jobNetwork(scope, props, kind.noun, props.isDistributed, problems);
    this.resource = new JobResource(scope, {
      type: kind.type,
      requestShape: kind.requestShape,
      request: props.request,
      role: this.role,
      name: { explicit: props.name, prefix: this.namePrefix },
      removalPolicy: props.removalPolicy,
      securityGroup: this.network?.ownSecurityGroup,
      rerunTrigger: props.rerunTrigger,
      completionTimeout: props.completionTimeout ?? known(props.longestRuntime) ?? Duration.hours(1),
    });
    checkCompletionTimeout(props.completionTimeout, problems);
  }

  /** The name when it is given, otherwise a pattern of the names that this stack gives, as permissions are written. */
  public get namePattern(): string {
    return this.props.name ?? `${stackNamePart(this.scope, this.kind)}-*`;
  }

  /** The network connections. Fails when there is no VPC. */
  public get connections(): Connections {
    if (this.network === undefined) {
      throw new Error(`${this.subject} has no connections, for it is not in a VPC: give it a vpc.`);
    }
    return this.network.connections;
  }

  /** Fails when anything is wrong. Otherwise everything that is needed whatever the kind is granted, and the deployment waits if it shall. */
  public finish(): void {
    const unknownValues = this.checkRequest(this.problems);
    if (this.problems.all.length > 0) {
      throw problemsError(this.subject, this.problems.all, this.kind.documentation);
    }
    this.warnOfUnknownValues(unknownValues);
    const { completionTimeout, outputEncryptionKey, volumeEncryptionKey } = this.props;
    this.resource.addGrants([
      this.network && grantNetwork(this.scope, this.role, this.network),
      outputEncryptionKey?.grant(this.role, 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'),
      // The volumes are attached by EC2, on a grant that the role gives.
      volumeEncryptionKey?.grant(this.role, 'kms:CreateGrant', 'kms:DescribeKey'),
    ]);
    if (this.network) {
      this.resource.startAfter(this.network.ready);
    }
    this.allowProvider();
    if (completionTimeout) {
      this.resource.completion();
    }
    this.scope.node.addValidation({ validate: () => this.problemsAtSynth() });
  }

  private allowProvider(): void {
    const { permissions } = JobProvider.of(this.scope);
    permissions.allow(this.kind, this.namePattern);
    if (this.network?.ownSecurityGroup) {
      permissions.allowToDescribe('ec2:DescribeNetworkInterfaces');
    }
    // In ARNs the service writes some names in lower case, and permissions tell cases apart.
    if (!Token.isUnresolved(this.namePattern)) {
      permissions.allow(this.kind, this.namePattern.toLowerCase());
    }
    if (this.props.role === undefined) {
      permissions.allowToPassPath(rolePath(this.scope));
      return;
    }
    const policy = permissions.allowToPass(this.role);
    if (policy !== undefined) {
      this.resource.startAfter(policy);
    }
  }

  /** Starts after what is read is ready, where something has to make it first. */
  public readAfter(producer: IDependable | undefined): void {
    if (producer) {
      this.resource.startAfter(producer);
      forbidCycleThroughInput(this.scope, this.scope.node.defaultChild as CfnResource, producer);
    }
  }

  /** Lets the role write to a log group of the service, or to those that match a pattern, and metrics of the same name. */
  public grantLogs(logGroup: string, streams: string): Grant {
    const arn = Stack.of(this.scope).formatArn({
      service: 'logs', resource: 'log-group', resourceName: logGroup, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const operator = logGroup.includes('*') ? 'StringLike' : 'StringEquals';
    const group = grantOnce({ grantee: this.role, actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'], resourceArns: [`${arn}:*`] });
    const stream = grantOnce({
      grantee: this.role,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resourceArns: [`${arn}:log-stream:${streams}`],
    });
    // Metrics know no resources, only namespaces.
    const metrics = grantOnce({
      grantee: this.role,
      actions: ['cloudwatch:PutMetricData'],
      resourceArns: ['*'],
      conditions: { [operator]: { 'cloudwatch:namespace': logGroup } },
    });
    return group.combine(stream).combine(metrics);
  }

  /** Returns what is no problem, though only a newer service may accept it. */
  private checkRequest(problems: Problems): Violation[] {
    const request = this.props.request();
    const found = violations({ ...request, [this.kind.nameMember]: this.props.name ?? this.namePrefix }, this.kind.requestShape);
    this.report([...found.filter(({ open }) => !open), ...this.kind.rules(request)], problems);
    return found.filter(({ open }) => open);
  }

  private warnOfUnknownValues(values: readonly Violation[]): void {
    const unknown = new Problems();
    this.report(values, unknown);
    for (const problem of unknown.all) {
      Annotations.of(this.scope).addWarningV2(this.kind.unknownValueWarning!, sentence(problem));
    }
  }

  /** What was added or tagged after the constructor. */
  private problemsAtSynth(): string[] {
    const problems = new Problems();
    this.checkRequest(problems);
    const tags = this.resource.renderTags();
    if (tags.length > 0) {
      // The rules come first: they allow less than the model.
      const found = [...tagRuleViolations(tags), ...violations({ Tags: tags }, this.kind.requestShape).filter(({ path }) => path[0] === 'Tags')];
      this.report(found, problems, { Tags: tags.map(({ Key }) => `tags.${Key}`) });
    }
    return problems.all.map(sentence);
  }

  private report(found: readonly Violation[], problems: Problems, elements?: ElementNames): void {
    if (found.length > 0) {
      const { properties, secret, units } = this.kind;
      report(found, { properties, elements: elements ?? this.props.elements?.() ?? {}, secret, units }, problems);
    }
  }

  private get subject(): string {
    return `${this.kind.className} '${this.scope.node.path}'`;
  }
}

/** A role that a job may run as; what it may do is added by the parts of the job. */
function executionRole(scope: Construct, path: string): Role {
  return new Role(scope, 'Role', { path, assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

function known(duration: Duration | undefined): Duration | undefined {
  return duration?.isUnresolved() ? undefined : duration;
}

/** Undefined for a structure without members: some the service does not take empty. */
export function withMembers<T extends object>(structure: T): T | undefined {
  return Object.values(structure).some((member) => member !== undefined) ? structure : undefined;
}
