import { isDeepStrictEqual } from 'util';
import { Annotations, Aws, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import { forbiddenReferences } from './forbidden-references';
import { checkRegionsOfKeys, checkRole, checkTrust } from './given-resources';
import { JobKind } from './job-kind';
import { JobNames } from './job-names';
import { grantNetwork, JobNetwork, jobNetwork } from './job-network';
import { SageMakerJobProps } from './job-props';
import { warnOfMissingGrants } from './missing-grants';
import { ElementNames, propertyProblems } from './property-problems';
import { S3Location } from './s3-location';
import { tagRules } from './tags';
import { defaultPolicyOf, isMutable, isPartOfRole, partsOf } from '../cdk/cdk-internals';
import { explainInline, explainWildcards } from '../cdk/cdk-nag';
import { grantKey } from '../cdk/grant-key';
import { grantOnce } from '../cdk/grant-once';
import { granteeOf } from '../cdk/grantee';
import { getOrMake } from '../cdk/kept-for';
import { lazyDependable } from '../cdk/lazy-dependable';
import { withLazyValues } from '../cdk/lazy-values';
import { withoutPlaceholders } from '../cdk/lookups';
import { JobTag } from '../provider/contract';
import { SUBNET_OPTIONS } from '../provider/network';
import { ProviderPermissions } from '../provider/permissions';
import { rolePath } from '../provider/stack-names';
import { letsNothingOut, subnetsWithoutWayTo } from '../provider/ways-out';
import { SHAPES } from '../service-model/shapes';
import { requestProblems } from '../validation/model';
import { Misspelling, misspellingProblem, misspellings } from '../validation/options';
import { addWarnings, Problems, problemsError, RequestProblem, sentence, show } from '../validation/problems';
import { ruleProblems } from '../validation/rules';

/** By name. As one text each, which keeps templates with hundreds of roles small, and made once, since equal grants are found by their texts. */
const logGroupArns = new Map<string, string>();

const WHY_WILDCARDS = 'What this job reads and writes, and actions that cannot be limited to one resource.';

/**
 * The definition of a job: its request, the checks of the request, its role and its network, whatever starts the job. The subclass
 * of a kind binds its value classes in the constructor.
 */
export abstract class JobDefinition<Props extends SageMakerJobProps = SageMakerJobProps> {
  public readonly role: IRole;
  /** The role, for grants: their policies are in the stack of the job. */
  public readonly grantee: IRole;
  public readonly network?: JobNetwork;
  /** The names of its jobs. */
  public readonly names: JobNames;
  /** The constructs that must exist before the job starts. */
  public readonly prerequisites = new DependencyGroup();
  /** The completions of the jobs whose outputs this job reads. */
  public readonly producers: IDependable[] = [];
  private readonly missingGrants: Grant[] = [];
  /** The request as it was when the job was made. It had no problems. */
  private soundRequest?: object;

  /** @param isDistributed - whether the job has several instances, which talk to each other */
  protected constructor(
    protected readonly scope: Construct,
    private readonly kind: JobKind,
    public readonly props: Props,
    isDistributed: boolean,
    problems: Problems,
  ) {
    this.names = new JobNames(scope, kind, props);
    checkRole(scope, props.role, problems);
    checkRegionsOfKeys(scope, props, problems);
    this.role = props.role ?? executionRole(scope);
    this.grantee = granteeOf(this.role, scope);
    this.network = jobNetwork(scope, props, kind.noun, isDistributed, problems);
    this.warnOfMisspelt('vpcSubnets', misspellings(props.vpcSubnets, Object.keys(SUBNET_OPTIONS)));
    // The job must not start before its role has its permissions.
    this.prerequisites.add(props.role ? this.grantee : policiesOf(this.role));
    if (this.network) {
      this.prerequisites.add(this.network.ready);
    }
  }

  /** The request of the Create call, without name and tags. */
  public abstract render(): object;

  /** Grants the permissions that this kind needs beside those of all kinds. */
  protected abstract grants(): (Grant | undefined)[];

  /** Adds warnings: about values that are wrong in some cases only, such as in another Region. */
  protected warn(): void {
  }

  /** Grants the provider permissions that this kind needs beside running its jobs. */
  public allowProvider(_permissions: ProviderPermissions): void {
  }

  /** Checks the name of a job that runs this definition. The definition itself is checked already. */
  public checkRun(names: JobNames, problems: Problems): (() => void) | undefined {
    if (names.given !== undefined) {
      const { members: { shape }, nameMember } = this.kind;
      // As a value by itself: the service requires a name, but its property can be left out.
      const given = withoutPlaceholders(names.given, Stack.of(this.scope));
      const found = requestProblems(given, SHAPES[shape].members![nameMember]);
      this.addProblems(found.map((problem) => ({ ...problem, path: [nameMember] })), problems);
    }
    return names.check(problems);
  }

  /** Allows what the names of the jobs decide. */
  public allowRuns(_names: JobNames): void {
  }

  /** The names of the elements of the request's lists. */
  protected elements(): ElementNames {
    return {};
  }

  /** The locations that the job reads or writes, by property. */
  protected locations(): { readonly [property: string]: S3Location | undefined } {
    return {};
  }

  /** The longest time that the job may run, if the properties limit it. */
  public get longestRuntime(): Duration | undefined {
    return undefined;
  }

  /** The network connections. Throws without a VPC. */
  public get connections(): Connections {
    if (this.network === undefined) {
      throw new Error(`${this.subject} has no connections, for it is not in a VPC: give it a vpc.`);
    }
    return this.network.connections;
  }

  /** The name of the job in errors. */
  public get subject(): string {
    return `${this.kind.className} '${this.scope.node.path}'`;
  }

  /** Checks the request and throws one error with all problems. Without problems, adds warnings and grants permissions. */
  public complete(problems: Problems): void {
    const request = this.renderNamed();
    this.checkReferences(request, problems, false);
    const takenName = this.checkRun(this.names, problems);
    this.checkRequest(request, problems);
    this.addLocationWarnings(problems);
    if (problems.errors.length > 0) {
      throw problemsError(this.subject, problems.errors, this.kind.documentation);
    }
    this.soundRequest = request;
    takenName?.();
    addWarnings(this.scope, problems);
    this.warn();
    const { outputEncryptionKey, volumeEncryptionKey } = this.props;
    this.addGrants([
      this.network && grantNetwork(this.scope, this.grantee, this.network),
      outputEncryptionKey && grantKey(outputEncryptionKey, this.grantee, 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'),
      volumeEncryptionKey && grantVolumes(this.grantee, volumeEncryptionKey),
      ...this.grants(),
    ]);
    const policy = this.role.node.scope === this.scope ? defaultPolicyOf(this.role) : undefined;
    if (policy) {
      explainInline(policy);
    }
  }

  /** The request with the name, or what generated names begin with. */
  private renderNamed(): object {
    return { ...this.render(), [this.kind.nameMember]: this.names.given ?? this.names.prefix };
  }

  private checkRequest(request: object, problems: Problems): void {
    const known = withoutPlaceholders(request, Stack.of(this.scope));
    this.addProblems([...requestProblems(known, this.kind.members.shape), ...ruleProblems(this.kind.rules, known)], problems);
  }

  /**
   * Checks for references that nothing resolves. Comes before other checks: nothing else matters about a text that is such a reference.
   *
   * @param isSynth - whether the template is made
   */
  private checkReferences(request: object, problems: Problems, isSynth: boolean): void {
    this.addProblems(forbiddenReferences(request, Stack.of(this.scope), isSynth), problems);
  }

  /** Checks the request of a run, in which tokens stand for what only the run knows. */
  public checkRequestOfRun(request: object, problems: Problems): void {
    this.checkReferences(request, problems, true);
    this.checkRequest(withLazyValues(request, Stack.of(this.scope)), problems);
  }

  /** Checks the request again at synth, with everything added since and with lazy values resolved. */
  public checkAtSynth(problems: Problems): void {
    const rendered = this.renderNamed();
    this.checkReferences(rendered, problems, true);
    this.addLocationWarnings(problems);
    const request = withLazyValues(rendered, Stack.of(this.scope));
    // Most requests are what they were, and hundreds of jobs need not be checked twice.
    if (!isDeepStrictEqual(request, this.soundRequest)) {
      this.checkRequest(request, problems);
    }
    if (this.props.role) {
      checkTrust(this.props.role, problems, 'sagemaker.amazonaws.com', 'SageMaker', 'RoleArn');
    }
    this.warnOfNoWayToData();
  }

  private warnOfNoWayToData(): void {
    if (!this.network || !Object.values(this.locations()).some((location) => location !== undefined)) {
      return;
    }
    const { securityGroups } = this.network.connections;
    if (securityGroups.every(letsNothingOut)) {
      Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:noWayToS3', [
        `securityGroups: no rule of ${securityGroups.map(({ node }) => node.path).join(', ')} lets the job send anything, so it cannot reach S3, where its data is.`,
        'Add an egress rule, such as by allowAllOutbound, or acknowledge this warning.',
      ].join(' '));
    }
    const closed = subnetsWithoutWayTo('s3', this.scope, this.network.subnets, this.network.vpc);
    if (closed.length > 0) {
      Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:noWayToS3', [
        `vpcSubnets: nothing leads to S3, where the data of the job is, from ${closed.map(({ node }) => node.path).join(', ')}.`,
        'The network interfaces of a job get no public IP address, so an internet gateway is no way out.',
        'Choose private subnets with a NAT gateway, add an endpoint for S3 to the VPC, or acknowledge this warning where there is another way.',
      ].join(' '));
    }
  }

  /** Checks tags at synth. */
  public checkTags(jobTags: readonly JobTag[], problems: Problems): void {
    const stack = Stack.of(this.scope);
    const tags = withLazyValues(jobTags, stack);
    if (tags.length > 0) {
      // The rules come first, since they are stricter than the model.
      const found = [
        ...forbiddenReferences({ Tags: jobTags }, stack, true),
        ...tagRules(tags),
        ...requestProblems({ Tags: tags }, this.kind.members.shape).filter(({ path }) => path[0] === 'Tags'),
      ];
      this.addProblems(found, problems, { Tags: tags.map(({ Key }) => `tags.${Key}`) });
    }
  }

  private addLocationWarnings(problems: Problems): void {
    for (const [property, location] of Object.entries(this.locations())) {
      location?._warnings(this.scope, this.isRoleMade).forEach((warning) => problems.add({ property, value: show(location.uri), ...warning }));
    }
  }

  /** Whether the role is made for the job, and has no name that others know before. */
  public get isRoleMade(): boolean {
    return this.props.role === undefined;
  }

  /** Warns about the names of options that are close to known ones. */
  protected warnOfMisspelt(owner: string, misspelt: readonly Misspelling[] = []): void {
    for (const misspelling of misspelt) {
      const { property, warning, ...problem } = misspellingProblem(misspelling);
      Annotations.of(this.scope).addWarningV2(warning!, sentence({ ...problem, property: `${owner}.${property}` }));
    }
  }

  /** Makes the job start after these grants exist. */
  public addGrants(grants: readonly (Grant | undefined)[]): void {
    for (const grant of grants.filter((each) => each !== undefined)) {
      // The dependency on the role includes its policies. Leaving them out keeps templates with hundreds of jobs small.
      this.prerequisites.add(...partsOf(grant).filter((part) => !isPartOfRole(part, this.grantee)));
      if (!grant.success || !isMutable(this.grantee)) {
        this.missingGrants.push(grant);
      }
      // The author of a given role explains its permissions.
      if (this.role.node.scope === this.scope) {
        explainWildcards(this.role, grant.principalStatements.flatMap(({ resources }) => resources), WHY_WILDCARDS);
      }
    }
  }

  /** Makes the job start after the producer of its input has completed. */
  protected readAfter(producer: IDependable | undefined): void {
    if (producer) {
      this.prerequisites.add(producer);
      this.producers.push(producer);
    }
  }

  /** Lets the role write to log groups of the service, and metrics to the namespace of the same name. */
  protected grantLogs(logGroup: string, streams: string): Grant {
    // The CDK's report of a role that exists already (`Role.customizeRoles`) cannot read the shorter text.
    const arn = this.role.node.defaultChild === undefined
      ? `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroup}`
      : getOrMake(logGroupArns, logGroup, () => Fn.sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${logGroup}`));
    const operator = logGroup.includes('*') ? 'StringLike' : 'StringEquals';
    const group = grantOnce({ grantee: this.grantee, actions: ['logs:CreateLogGroup', 'logs:DescribeLogStreams'], resourceArns: [`${arn}:*`] });
    const stream = grantOnce({
      grantee: this.grantee,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resourceArns: [`${arn}:log-stream:${streams}`],
    });
    // Permissions on metrics can be restricted to a namespace, not to a resource.
    const metrics = grantOnce({
      grantee: this.grantee,
      actions: ['cloudwatch:PutMetricData'],
      resourceArns: ['*'],
      conditions: { [operator]: { 'cloudwatch:namespace': logGroup } },
    });
    return group.combine(stream).combine(metrics);
  }

  /** Warns of what the role was not given. */
  public warnOfMissingGrants(): void {
    warnOfMissingGrants(this.scope, this.subject, 'the job', this.missingGrants.flatMap(({ principalStatements }) => principalStatements));
  }

  private addProblems(found: readonly RequestProblem[], problems: Problems, elements?: ElementNames): void {
    if (found.length > 0) {
      propertyProblems(found, this.kind.members, elements ?? this.elements()).forEach((problem) => problems.add(problem));
    }
  }
}

/** Makes a role that SageMaker can assume. The parts of the job add its permissions. */
function executionRole(scope: Construct): Role {
  return new Role(scope, 'JobRole', { path: rolePath(scope), assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

/** The policies of a role alone: the job names its own role already, and hundreds of jobs need not name theirs twice. */
function policiesOf(role: IRole): IDependable {
  return lazyDependable(() => role.node.children.filter((child) => child !== role.node.defaultChild));
}

/**
 * Lets the role create KMS grants, by which EC2 attaches encrypted volumes, for AWS services only. `key.grant` takes no condition, so
 * the statement is also added to the key policy here where that must name the principal.
 */
function grantVolumes(role: IRole, key: IKey): Grant {
  const actions = ['kms:CreateGrant'];
  const conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const describe = grantKey(key, role, 'kms:DescribeKey');
  for (const { principals } of [...describe.principalStatements, ...describe.resourceStatements].filter(({ hasPrincipal }) => hasPrincipal)) {
    key.addToResourcePolicy(new PolicyStatement({ actions, conditions, principals, resources: ['*'] }));
  }
  // The ARN of an alias is no resource of permissions on its key.
  // For a key that may be of another account, the CDK keeps the statement of the role to itself.
  const ofRole = describe.principalStatements.length > 0 ? describe.principalStatements : [{ conditions: {}, resources: [key.keyArn] }];
  const create = ofRole.map(({ conditions: ofKey, resources }) =>
    grantOnce({ grantee: role, actions, resourceArns: resources, conditions: { ...ofKey, ...conditions } }));
  return create.reduce((all, grant) => all.combine(grant), describe);
}
