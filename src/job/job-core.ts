import { Annotations, ArnFormat, CfnResource, Duration, Stack, Token } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';
import { jobNamePrefix, NameLengths, rolePath, stackNamePart } from './job-names';
import { grantNetwork, JobNetwork, jobNetwork } from './job-network';
import { checkCompletionTimeout, SageMakerJobProps } from './job-props';
import { JobResource } from './job-resource';
import { ElementNames, propertyProblems } from './property-problems';
import { RequestMembers } from './request-members';
import { tagRules } from './tag-rules';
import { forbidCycleThroughInput } from '../cdk/cycles';
import { grantOnce } from '../cdk/grant-once';
import { JobRemovalPolicy } from '../provider/contract';
import { ProvidedKind } from '../provider/permissions';
import { JobProvider } from '../provider/provider';
import { requestProblems } from '../validation/model';
import { Problems, problemsError, RequestProblem, sentence } from '../validation/problems';

/** What differs between the kinds of what the library runs. */
export interface JobKind<Request extends object> extends ProvidedKind, NameLengths {
  /** The class of its constructs. */
  readonly className: string;
  /** In descriptions: 'SageMaker job'. */
  readonly noun: string;
  /** The page of its Create call in the API reference. */
  readonly documentation: string;
  /** The member of the request that takes the name. */
  readonly nameMember: string;
  /** What is declared of the members of its request. */
  readonly members: RequestMembers<Request, any>;
  /** What the API reference demands in prose. */
  readonly rules: (request: Request) => RequestProblem[];
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
      requestShape: kind.members.shape,
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
    this.checkRequest(this.problems);
    if (this.problems.errors.length > 0) {
      throw problemsError(this.subject, this.problems.errors, this.kind.documentation);
    }
    for (const problem of this.problems.warnings) {
      Annotations.of(this.scope).addWarningV2(problem.warning!, sentence(problem));
    }
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

  private checkRequest(problems: Problems): void {
    const request = this.props.request();
    const found = requestProblems({ ...request, [this.kind.nameMember]: this.props.name ?? this.namePrefix }, this.kind.members.shape);
    this.report([...found, ...this.kind.rules(request)], problems);
  }

  /** What was added or tagged after the constructor. */
  private problemsAtSynth(): string[] {
    const problems = new Problems();
    this.checkRequest(problems);
    const tags = this.resource.renderTags();
    if (tags.length > 0) {
      // The rules come first: they allow less than the model.
      const found = [...tagRules(tags), ...requestProblems({ Tags: tags }, this.kind.members.shape).filter(({ path }) => path[0] === 'Tags')];
      this.report(found, problems, { Tags: tags.map(({ Key }) => `tags.${Key}`) });
    }
    return problems.errors.map(sentence);
  }

  private report(found: readonly RequestProblem[], problems: Problems, elements?: ElementNames): void {
    if (found.length > 0) {
      propertyProblems(found, this.kind.members, elements ?? this.props.elements?.() ?? {}).forEach((problem) => problems.add(problem));
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
