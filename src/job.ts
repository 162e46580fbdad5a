import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, IVpc, SecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Grant, IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { A_DURATION, A_KEY, A_LIST, A_ROLE, A_SECURITY_GROUP, A_STRING, A_SUBNET_SELECTION, A_VPC } from './validation/kinds';
import { Problems } from './validation/problems';

/** What the jobs of SageMaker have in common. */
export interface JobProps {
  /**
   * How long the deployment waits for the job to end. It fails, with the job's own reason, when the job fails, is
   * stopped, or has not ended by then. Of each hour, the last half minute is CloudFormation's.
   *
   * At least one second, at most nine days.
   *
   * @default - the deployment does not wait, unless something needs the job's end: then `maxRuntime`, else one hour
   */
  readonly completionTimeout?: Duration;

  /**
   * Whether the traffic between the instances of a job is encrypted. Slower; of use with several instances only.
   *
   * @default false
   */
  readonly interContainerTrafficEncryption?: boolean;

  /**
   * The KMS key that encrypts the job's outputs in S3.
   *
   * @default - the encryption of the bucket
   */
  readonly outputKey?: IKey;

  /**
   * Any text, such as a date or the version of the data. When it changes, the next deployment runs the job again.
   *
   * @default - the job runs again when its definition changes
   */
  readonly rerunTrigger?: string;

  /**
   * The role that the job runs as. What the job needs is granted to it, as far as it can be changed.
   *
   * @default - a role with the permissions that the job needs, and no others
   */
  readonly role?: IRole;

  /**
   * The security groups of the job's network interfaces: one to five. Needs `vpc`.
   *
   * @default - a new one that allows all outbound traffic, when there is a `vpc`
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The KMS key that encrypts the volumes of the job's instances.
   *
   * @default - a key of the service
   */
  readonly volumeKey?: IKey;

  /**
   * The VPC that the job's containers reach the network through.
   *
   * @default - the network of the service
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the job's network interfaces: at most 16. Needs `vpc`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}

/** The kinds of the properties of `JobProps`, for callers whose language does not check them. */
export const JOB_PROP_KINDS = {
  completionTimeout: A_DURATION,
  outputKey: A_KEY,
  rerunTrigger: A_STRING,
  role: A_ROLE,
  securityGroups: A_LIST,
  volumeKey: A_KEY,
  vpc: A_VPC,
  vpcSubnets: A_SUBNET_SELECTION,
};

/** A processing job runs for nine days at most, and no job of Autopilot's is expected to take longer. */
const LONGEST_WAIT = Duration.days(9);

export function checkCompletionTimeout(timeout: Duration | undefined, problems: Problems): void {
  if (timeout === undefined) {
    return;
  }
  const seconds = timeout.isUnresolved() ? NaN : timeout.toSeconds({ integral: false });
  if (!(seconds >= 1 && seconds <= LONGEST_WAIT.toSeconds())) {
    problems.add({
      property: 'completionTimeout',
      value: timeout.isUnresolved() ? 'known at deployment only' : timeout.toHumanString(),
      allowed: 'must be at least one second and at most nine days',
      remedy: 'Use Duration.hours(1), or leave it out.',
    });
  }
}

const STACK_PART_LENGTH = 24;
const HASH_LENGTH = 8;

/** The beginning of the names of all jobs of a stack, known at synth, so that permissions can be scoped to it. */
export function stackNamePart(scope: Construct): string {
  const { stackName, node } = Stack.of(scope);
  // The name of a nested stack is made up by CloudFormation.
  return readable(Token.isUnresolved(stackName) ? node.path : stackName, STACK_PART_LENGTH);
}

/** The beginning of the names that a job gets: readable, and that of no other job's name. */
export function jobNamePrefix(scope: Construct, maxLength: number): string {
  const ids = scope.node.scopes.slice(Stack.of(scope).node.scopes.length).map((construct) => construct.node.id);
  const path = readable([stackNamePart(scope), ...ids].join('-'), maxLength - HASH_LENGTH - 1);
  return `${path}-${scope.node.addr.slice(-HASH_LENGTH)}`;
}

/** Lower case, because the service writes some names so in ARNs, and permissions tell cases apart. */
function readable(text: string, maxLength: number): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, maxLength).replace(/-$/, '');
  return words === '' ? 'job' : words;
}

/** A role that a job may run as; what it may do is added by the parts of the job. */
export function executionRole(scope: Construct): Role {
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
    description: `Execution role of the SageMaker job ${scope.node.path}`.slice(0, 1000),
  });
}

/** The network interfaces of a job in a VPC. */
export interface JobNetwork {
  readonly connections: Connections;
  readonly vpcConfig: { SecurityGroupIds: string[]; Subnets: string[] };
}

/** The job's part of its VPC. Undefined when it has none. */
export function jobNetwork(scope: Construct, props: JobProps, problems: Problems): JobNetwork | undefined {
  const { vpc, vpcSubnets } = props;
  const given = props.securityGroups?.filter((group, index) => problems.expect(`securityGroups[${index}]`, group ?? NaN, A_SECURITY_GROUP));
  if (vpc === undefined) {
    for (const [property, value] of Object.entries({ securityGroups: given, vpcSubnets })) {
      if (value !== undefined) {
        problems.add({ property, allowed: 'needs a vpc', remedy: 'Add vpc, or leave it out.' });
      }
    }
    return undefined;
  }
  const subnets = selectSubnets(vpc, vpcSubnets, problems);
  const securityGroups = given ?? [new SecurityGroup(scope, 'SecurityGroup', { vpc, description: `SageMaker job ${scope.node.path}`.slice(0, 255) })];
  return {
    connections: new Connections({ securityGroups }),
    vpcConfig: { SecurityGroupIds: securityGroups.map((group) => group.securityGroupId), Subnets: subnets },
  };
}

function selectSubnets(vpc: IVpc, selection: SubnetSelection | undefined, problems: Problems): string[] {
  try {
    return vpc.selectSubnets(selection).subnetIds;
  } catch (error) {
    problems.add({ property: 'vpcSubnets', allowed: (error as Error).message, remedy: 'Choose subnets that the VPC has.' });
    return [];
  }
}

/** What a role needs for the network interfaces of a job. */
export function grantNetwork(scope: Construct, role: IRole, { vpcConfig }: JobNetwork): Grant {
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ service: 'ec2', resource, resourceName });
  const create = Grant.addToPrincipal({
    grantee: role,
    actions: ['ec2:CreateNetworkInterface'],
    resourceArns: [
      arn('network-interface', '*'),
      ...vpcConfig.Subnets.map((id) => arn('subnet', id)),
      ...vpcConfig.SecurityGroupIds.map((id) => arn('security-group', id)),
    ],
  });
  const use = Grant.addToPrincipal({
    grantee: role,
    actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'],
    resourceArns: [arn('network-interface', '*')],
  });
  // Descriptions know no resources.
  const describe = Grant.addToPrincipal({
    grantee: role,
    actions: ['ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    resourceArns: ['*'],
  });
  return create.combine(use).combine(describe);
}
