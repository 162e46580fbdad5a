import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Problems } from '../validation/problems';
import { A_DURATION, A_STRING, A_VPC, PropertyTypes } from '../validation/value-types';

/**
 * Properties of what runs, which all kinds of SageMaker jobs share.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface SageMakerJobDefinitionProps {
  /**
   * Whether to encrypt the traffic between the instances of the job, which makes it slower. It has no effect with one instance.
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
   * The role that the job runs as. The library grants it the permissions that the job needs, unless the role is immutable.
   *
   * @default - a role with the permissions that the job needs, and no others
   */
  readonly role?: IRole;

  /**
   * The security groups of the job's network interfaces: 1 to 5. Requires `vpc`, or `vpcSubnets` with `subnets`.
   *
   * The instances of a distributed job reach each other only if a rule of these groups allows it:
   * `group.connections.allowInternally(Port.allTraffic())`. A group that the library makes for such a job has that rule.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
   * @default - a new one that allows all outbound traffic, when there is a `vpc`
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The KMS key that encrypts the volumes of the job's instances. It cannot be used with instance types that have local storage.
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: IKey;

  /**
   * The VPC that the job's containers connect to. The job starts after the routes of its subnets and, for a VPC of this app, the
   * VPC endpoints exist.
   *
   * If you only have the ids of subnets and security groups, use `vpcSubnets` and `securityGroups` without `vpc`.
   *
   * @default - the network of the service
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the job's network interfaces: 1 to 16. Requires `vpc`. Without `vpc`, set `subnets`, such as
   * `Subnet.fromSubnetId(…)`, and `securityGroups`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}

/**
 * Properties that all kinds of SageMaker jobs share.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface SageMakerJobProps extends SageMakerJobDefinitionProps {
  /**
   * How long the deployment waits for the job to end. The deployment fails with the job's own reason when the job fails, is
   * stopped, or has not ended by then. CloudFormation limits each step of the wait to an hour, so the wait ends up to a minute
   * early for each hour.
   *
   * At least one second, at most nine days.
   *
   * @default - the deployment does not wait. If something needs the job's end, it waits half an hour longer than the job may run,
   * or one hour when nothing limits that
   */
  readonly completionTimeout?: Duration;

  /**
   * Any text, such as a date or the version of the data. When it changes, the next deployment runs the job again.
   *
   * To run the job whenever another job runs, use that job's name: `rerunTrigger: prepare.processingJobName`.
   *
   * @default - the job runs again when its definition changes
   */
  readonly rerunTrigger?: string;
}

/** The properties of all kinds of definitions and jobs that are not rendered into the request. */
export const OTHER_DEFINITION_PROPERTIES: PropertyTypes = { vpc: A_VPC };
export const OTHER_JOB_PROPERTIES: PropertyTypes = { ...OTHER_DEFINITION_PROPERTIES, completionTimeout: A_DURATION, rerunTrigger: A_STRING };

/** The longest wait. A processing job runs for at most nine days, and an AutoML job is not expected to take longer. */
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
