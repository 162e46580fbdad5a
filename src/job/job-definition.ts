import { Annotations, ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Grant, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import { givenNameOf, JobKind } from './job-kind';
import { jobNamePrefix, rolePath, stackNamePart } from './job-names';
import { grantNetwork, JobNetwork, jobNetwork } from './job-network';
import { SageMakerJobProps } from './job-props';
import { ElementNames, propertyProblems } from './property-problems';
import { tagRules } from './tag-rules';
import { isMutable, isPartOfRole, partsOf } from '../cdk/cdk-internals';
import { explainWildcards } from '../cdk/cdk-nag';
import { grantOnce } from '../cdk/grant-once';
import { withLazyValues } from '../cdk/lazy-values';
import { JobTag } from '../provider/contract';
import { ProviderPermissions } from '../provider/permissions';
import { requestProblems } from '../validation/model';
import { Problems, problemsError, RequestProblem, sentence } from '../validation/problems';

const WHY_WILDCARDS = 'What this job reads and writes, and actions that cannot be limited to one resource.';

/**
 * What a job runs: its request, the checks of that, and the role and network that it needs, whatever starts it. The part of a
 * kind binds the values of its properties in its constructor.
 */
export abstract class JobDefinition<Props extends SageMakerJobProps = SageMakerJobProps> {
  public readonly role: IRole;
  public readonly network?: JobNetwork;
  /** The beginning of the names that are generated for its jobs. */
  public readonly namePrefix: string;
  /** What has to exist before a job starts. */
  public readonly prerequisites = new DependencyGroup();
  /** The ends of the jobs whose outputs this one reads. */
  public readonly producers: IDependable[] = [];

  /** @param isDistributed - whether several instances talk to each other */
  protected constructor(
    protected readonly scope: Construct,
    private readonly kind: JobKind,
    public readonly props: Props,
    isDistributed: boolean,
    problems: Problems,
  ) {
    this.namePrefix = jobNamePrefix(scope, kind);
    this.role = props.role ?? executionRole(scope);
    this.network = jobNetwork(scope, props, kind.noun, isDistributed, problems);
    // Without these, the first job races the role and what it is granted.
    this.prerequisites.add(this.role);
    if (this.network) {
      this.prerequisites.add(this.network.ready);
    }
  }

  /** The request of the Create call, without name and tags. */
  public abstract render(): object;

  /** What a job needs to be allowed, besides what all kinds need. */
  protected abstract grants(): (Grant | undefined)[];

  /** Warns of what is no error, such as what another Region may allow. */
  protected warn(): void {
  }

  /** What the provider has to be allowed, besides running jobs of the kind. */
  public allowProvider(_permissions: ProviderPermissions): void {
  }

  /** The names of the elements of the request's lists. */
  protected elements(): ElementNames {
    return {};
  }

  /** How long a job runs, where the properties limit it. */
  public get longestRuntime(): Duration | undefined {
    return undefined;
  }

  /** The name that the user gave. */
  public get givenName(): string | undefined {
    return givenNameOf(this.kind, this.props);
  }

  /** The given name, otherwise a pattern of the names that this stack gives, as permissions are written. */
  public get namePattern(): string {
    return this.givenName ?? `${stackNamePart(this.scope, this.kind)}-*`;
  }

  /** How errors call it. */
  public get subject(): string {
    return `${this.kind.className} '${this.scope.node.path}'`;
  }

  /** Fails with all problems, those of the request among them. Otherwise warns, and grants what is needed. */
  public complete(problems: Problems): void {
    this.checkRequest(problems);
    if (problems.errors.length > 0) {
      throw problemsError(this.subject, problems.errors, this.kind.documentation);
    }
    for (const problem of problems.warnings) {
      Annotations.of(this.scope).addWarningV2(problem.warning!, sentence(problem));
    }
    this.warn();
    const { outputEncryptionKey, volumeEncryptionKey } = this.props;
    this.addGrants([
      this.network && grantNetwork(this.scope, this.role, this.network),
      outputEncryptionKey?.grant(this.role, 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'),
      volumeEncryptionKey && grantVolumes(this.role, volumeEncryptionKey),
      ...this.grants(),
    ]);
  }

  /**
   * Adds what is wrong with the request.
   *
   * @param known - the request, as far as it is known now
   */
  private checkRequest(problems: Problems, known: (request: object) => object = (request) => request): void {
    const request = known({ ...this.render(), [this.kind.nameMember]: this.givenName ?? this.namePrefix });
    this.report([...requestProblems(request, this.kind.members.shape), ...this.kind.rules(request)], problems);
  }

  /** Adds what is wrong with what has become of the request since, with what lazy values stand for, and with the tags. */
  public checkAtSynth(jobTags: readonly JobTag[], problems: Problems): void {
    const stack = Stack.of(this.scope);
    this.checkRequest(problems, (request) => withLazyValues(request, stack));
    const tags = withLazyValues(jobTags, stack);
    if (tags.length > 0) {
      // The rules come first: they allow less than the model.
      const found = [...tagRules(tags), ...requestProblems({ Tags: tags }, this.kind.members.shape).filter(({ path }) => path[0] === 'Tags')];
      this.report(found, problems, { Tags: tags.map(({ Key }) => `tags.${Key}`) });
    }
  }

  /** Has the job start after its role has been granted these. */
  protected addGrants(grants: readonly (Grant | undefined)[]): void {
    for (const grant of grants.filter((each) => each !== undefined)) {
      // The role comes with its policy: hundreds of jobs need not say so once more for each grant.
      this.prerequisites.add(...partsOf(grant).filter((part) => !isPartOfRole(part, this.role)));
      if (!grant.success || !isMutable(this.role)) {
        this.warnOfMissing(grant);
      }
      // Of a given role, its author has to answer for what it may do.
      if (this.role.node.scope === this.scope) {
        explainWildcards(this.role, grant.principalStatements.flatMap(({ resources }) => resources), WHY_WILDCARDS);
      }
    }
  }

  /** Has the job start after what it reads is ready, where something has to make it first. */
  protected readAfter(producer: IDependable | undefined): void {
    if (producer) {
      this.prerequisites.add(producer);
      this.producers.push(producer);
    }
  }

  /** Lets the role write to a log group of the service, or to those that match a pattern, and metrics of the same name. */
  protected grantLogs(logGroup: string, streams: string): Grant {
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

  private warnOfMissing(grant: Grant): void {
    const permissions = grant.principalStatements.map(({ actions, resources }) => `${actions.join(', ')} on ${resources.join(', ')}`);
    Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:grantNotAdded', [
      `The job's role cannot be changed here, so it was not given all that the job needs: ${permissions.join('; ') || 'see the job\'s properties'}.`,
      'Make sure that it has that, and acknowledge this warning.',
    ].join(' '));
  }

  private report(found: readonly RequestProblem[], problems: Problems, elements?: ElementNames): void {
    if (found.length > 0) {
      propertyProblems(found, this.kind.members, elements ?? this.elements()).forEach((problem) => problems.add(problem));
    }
  }
}

/** A role that a job may run as; what it may do is added by the parts of the job. */
function executionRole(scope: Construct): Role {
  return new Role(scope, 'JobRole', { path: rolePath(scope), assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

/**
 * Lets EC2 attach the volumes, on a grant that the role gives: it may give none to others. Keys cannot be granted under a condition,
 * so this is done by hand: where the key's own policy has to name the principal, it does so twice.
 */
function grantVolumes(role: IRole, key: IKey): Grant {
  const actions = ['kms:CreateGrant'];
  const conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const describe = key.grant(role, 'kms:DescribeKey');
  for (const { principals } of [...describe.principalStatements, ...describe.resourceStatements].filter(({ hasPrincipal }) => hasPrincipal)) {
    key.addToResourcePolicy(new PolicyStatement({ actions, conditions, principals, resources: ['*'] }));
  }
  return describe.combine(grantOnce({ grantee: role, actions, resourceArns: [key.keyArn], conditions }));
}
