import { RemovalPolicy, Stack, Stage, Token } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { checkGivenSubnets, checkNoDuplicates, checkOneVpc, selectSubnets, SUBNET_OPTIONS } from './network';
import { environmentOf, otherRegion } from '../cdk/environment';
import { keptFor } from '../cdk/kept-for';
import { misspellingProblem, misspellings } from '../validation/options';
import { addWarnings, Problems, problemsError, requireType, requireTypeIfGiven, show, ValueType } from '../validation/problems';
import { A_LIST, A_SECURITY_GROUP, A_STRING, A_STRUCTURE, A_SUBNET_SELECTION, A_VPC, checked, PropertyTypes } from '../validation/value-types';

/**
 * Settings of the provider that starts, watches and ends the jobs of a stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 */
export interface SageMakerJobProviderOptions {
  /**
   * The VPC that the function of the provider is in.
   *
   * From its subnets the function must reach SageMaker, CloudFormation, Step Functions, EC2 and CloudWatch Logs, and in S3 the bucket
   * `cloudformation-custom-resource-response-<Region>`, where CloudFormation gets its answers: through a NAT gateway or VPC endpoints.
   *
   * @default - none: the function is in the network of Lambda
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the function. Needs `vpc` in the same call.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the function: one to five. Needs `vpc` in the same call.
   *
   * @default - a security group of its own, with all outbound traffic
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * How long the logs of the function are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * What becomes of the log group of the function when the stack is deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * The path of the roles of the provider. It begins and ends with a slash: `/service/`.
   *
   * @default /
   */
  readonly rolePath?: string;
}

const TYPES: PropertyTypes = {
  vpc: A_VPC,
  vpcSubnets: A_SUBNET_SELECTION,
  securityGroups: A_LIST,
  logRetention: {
    name: 'a RetentionDays', test: (value) => Object.values(RetentionDays).includes(value), remedy: () => 'Use RetentionDays.ONE_MONTH, for example.',
  },
  logRemovalPolicy: {
    name: 'a RemovalPolicy that a log group knows',
    test: (value) => Object.values(RemovalPolicy).includes(value) && value !== RemovalPolicy.SNAPSHOT,
    remedy: () => 'Use RemovalPolicy.DESTROY or RemovalPolicy.RETAIN.',
  },
  rolePath: A_STRING,
};
const A_SCOPE: ValueType = {
  name: 'an app, a stage or a stack', test: (value) => typeof value === 'object' && Construct.isConstruct(value), remedy: () => 'Use the app, or this stack.',
};
const DOCUMENTATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html';
/** The settings of a scope, and the scopes of providers that have been made with them. */
const settingsOf = keptFor<IConstruct, { options: SageMakerJobProviderOptions; usedBy?: IConstruct }>(() => ({ options: {} }));

/**
 * Settings of the provider of SageMaker jobs, for the stacks of a scope: an app, a stage or a stack.
 *
 * Each setting is that of the nearest scope: a stack's before its stage's before the app's. The VPC, the subnets and the security
 * groups are one setting. Call it before the first job of the stacks.
 *
 * `CustomResourceConfig` of the CDK works too: its runtime always, its log retention and removal policy where neither is set here.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html
 * @example
 *
 * SageMakerJobProviderConfig.of(this).configure({ vpc, logRetention: RetentionDays.ONE_WEEK });
 */
export class SageMakerJobProviderConfig {
  /**
   * The settings of a scope.
   *
   * @param scope - an app, a stage or a stack
   */
  public static of(scope: IConstruct): SageMakerJobProviderConfig {
    requireType('SageMakerJobProviderConfig.of', 'scope', scope, A_SCOPE);
    return new SageMakerJobProviderConfig(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets what is given, and leaves the rest. Fails when a stack of the scope already has a job.
   *
   * @param options - the settings
   */
  public configure(options: SageMakerJobProviderOptions): void {
    const settings = settingsOf(this.scope);
    const subject = `SageMakerJobProviderConfig.of(${this.scope.node.path || 'the app'})`;
    this.requireConfigurable(subject, settings.usedBy);
    requireTypeIfGiven(`${subject}.configure`, 'options', options, A_STRUCTURE);
    const problems = new Problems();
    const given = checked(options ?? {}, TYPES, problems);
    checkNetwork(given, problems);
    checkRolePath(given.rolePath, problems);
    if (problems.errors.length > 0) {
      throw problemsError(subject, problems.errors, DOCUMENTATION);
    }
    addWarnings(this.scope, problems);
    const { securityGroups, vpc, vpcSubnets } = given;
    settings.options = {
      ...settings.options,
      ...vpc && { vpc, vpcSubnets, securityGroups },
      ...Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && name in TYPES)),
    };
  }

  private requireConfigurable(subject: string, usedBy: IConstruct | undefined): void {
    const { scope } = this;
    const around = scope.node.scopes.slice(0, -1).find(Stack.isStack);
    if (around !== undefined && !Stack.isStack(scope)) {
      throw new Error(`${subject}: the scope is inside of the stack ${around.node.path}, which has one provider. `
        + 'Use the stack, or what it is in: SageMakerJobProviderConfig.of(Stack.of(this)).');
    }
    if (usedBy) {
      throw new Error(`${subject}: the stack ${usedBy.node.path} already has a job. Configure the provider before the first job of its stacks.`);
    }
  }
}

function checkNetwork({ securityGroups, vpc, vpcSubnets }: SageMakerJobProviderOptions, problems: Problems): void {
  misspellings(vpcSubnets, Object.keys(SUBNET_OPTIONS)).map(misspellingProblem)
    .forEach((problem) => problems.add({ ...problem, property: `vpcSubnets.${problem.property}` }));
  for (const [property, value] of Object.entries({ securityGroups, vpcSubnets })) {
    if (value !== undefined && vpc === undefined) {
      problems.add({ property, allowed: 'needs a vpc', remedy: 'Add vpc to the same call.' });
    }
  }
  checkSecurityGroups(vpc, securityGroups, problems);
  if (vpc !== undefined && checkGivenSubnets(vpcSubnets?.subnets, problems)) {
    checkSubnets(vpc, vpcSubnets, problems);
  }
}

function checkSecurityGroups(vpc: IVpc | undefined, groups: readonly ISecurityGroup[] | undefined, problems: Problems): void {
  if (groups === undefined) {
    return;
  }
  groups.forEach((group, index) => problems.require(`securityGroups[${index}]`, group, A_SECURITY_GROUP));
  if (groups.every((group) => A_SECURITY_GROUP.test(group))) {
    checkNoDuplicates('securityGroups', groups.map(({ securityGroupId }) => securityGroupId), problems);
    checkOneVpc('function', { vpc, ...Object.fromEntries(groups.map((group, index) => [`securityGroups[${index}]`, group])) }, problems);
  }
  if (groups.length < 1 || groups.length > 5) {
    problems.add({ property: 'securityGroups', allowed: `must have 1 to 5 elements, and has ${groups.length}`, remedy: 'Lambda allows no more, and needs one.' });
  }
}

function checkRolePath(path: string | undefined, problems: Problems): void {
  const add = (allowed: string) => problems.add({ property: 'rolePath', value: show(path), allowed, remedy: 'Write it as /service/.' });
  if (path !== undefined && !Token.isUnresolved(path) && !/^\/([!-~]{1,510}\/)?$/.test(path)) {
    add('must begin and end with a slash');
  } else if (typeof path === 'string' && /^\/aws-(service-role|reserved)\//.test(path)) {
    add('must not be a path that IAM reserves for roles of AWS services');
  }
}

/** A function in a public subnet gets no public address, and reaches nothing outside of its VPC. */
function checkSubnets(vpc: IVpc, selection: SubnetSelection | undefined, problems: Problems): void {
  const publicIds = vpc.publicSubnets?.map(({ subnetId }) => subnetId) ?? [];
  const before = problems.errors.length;
  const ids = selectSubnets(vpc, selection, problems).map(({ subnetId }) => subnetId);
  if (problems.errors.length > before || !checkNoDuplicates('vpcSubnets.subnets', ids, problems)) {
    return;
  }
  if (ids.length === 0) {
    problems.add({ property: 'vpcSubnets', allowed: 'selects no subnet of the VPC', remedy: 'Choose one or more.' });
  } else if (ids.some((id) => publicIds.includes(id))) {
    problems.add({
      property: selection === undefined ? 'vpc' : 'vpcSubnets',
      allowed: 'cannot be public subnets, in which a function reaches nothing outside of the VPC',
      remedy: 'Choose private subnets, with a NAT gateway or with endpoints.',
    });
  }
}

/** Checks that a stack can use a VPC. */
function checkPlace(stack: IConstruct, vpc: IVpc): void {
  const region = otherRegion(stack as Construct, environmentOf(vpc)?.region);
  const isElsewhere = Construct.isConstruct(vpc) && Stage.of(vpc) !== Stage.of(stack);
  if (region !== undefined || isElsewhere) {
    throw new Error(`SageMakerJobProviderConfig: the vpc of the provider of the stack ${stack.node.path} is in ${region ?? 'another stage'}. `
      + 'Configure another one for that stack: SageMakerJobProviderConfig.of(stack).configure({ vpc }).');
  }
}

/** The settings for the provider of a stack, from the nearest scope that has them. They are fixed from now on. */
export function providerOptions(stack: IConstruct): SageMakerJobProviderOptions {
  const used = stack.node.scopes.map((scope) => settingsOf(scope));
  used.forEach((settings) => {
    settings.usedBy ??= stack;
  });
  const found = used.reduce<SageMakerJobProviderOptions>((outer, { options }) => ({
    // Subnets and groups belong to their VPC.
    ...options.vpc ? { ...outer, vpcSubnets: undefined, securityGroups: undefined } : outer,
    ...options,
  }), {});
  if (found.vpc) {
    checkPlace(stack, found.vpc);
  }
  return found;
}
