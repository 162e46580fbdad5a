import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { A_DURATION, A_STRING, A_VPC, PropertyKinds } from '../validation/kinds';
import { Problems } from '../validation/problems';

/**
 * What the jobs of SageMaker have in common.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface SageMakerJobProps {
  /**
   * How long the deployment waits for the job to end. It fails, with the job's own reason, when the job fails, is
   * stopped, or has not ended by then. Of each hour, the last minute is CloudFormation's.
   *
   * At least one second, at most nine days.
   *
   * @default - the deployment does not wait, unless something needs the job's end: then as long as
   * the job may run, else one hour
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
  readonly outputEncryptionKey?: IKey;

  /**
   * Any text, such as a date or the version of the data. When it changes, the next deployment runs the job again.
   *
   * To run it whenever another job runs, give the name of that: `rerunTrigger: prepare.processingJobName`.
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
   * The security groups of the job's network interfaces: 1 to 5. Needs `vpc`, or `vpcSubnets` with `subnets`.
   *
   * The instances of a job with several reach each other only when a rule of these groups lets them:
   * `group.connections.allowInternally(Port.allTraffic())`. The group that is made for a job has that rule.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
   * @default - a new one that allows all outbound traffic, when there is a `vpc`
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The KMS key that encrypts the volumes of the job's instances. Instance types with local storage take none.
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: IKey;

  /**
   * The VPC that the job's containers reach the network through. The job starts when the routes of its subnets, and the
   * endpoints of a VPC of this app, are there.
   *
   * Whoever has ids of subnets and security groups alone gives `vpcSubnets` and `securityGroups` without it.
   *
   * @default - the network of the service
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the job's network interfaces: 1 to 16. Needs `vpc`, or both `subnets`, such as
   * `Subnet.fromSubnetId(…)`, and `securityGroups`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}

/** Properties of all kinds of jobs that the request has no member for. */
export const OTHER_JOB_PROPERTIES: PropertyKinds = { completionTimeout: A_DURATION, rerunTrigger: A_STRING, vpc: A_VPC };

/** A processing job runs for nine days at most, and no job of Autopilot's is expected to take longer. */
export const LONGEST_WAIT = Duration.days(9);

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
