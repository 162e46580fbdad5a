import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IAutoMLJob } from '../automl-job/automl-job-interface';

/**
 * What a model of an AutoML job's best candidate consists of.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 */
export interface AutoMLModelProps {
  /**
   * The job whose best candidate it is. The deployment waits for a job of this app; one that exists already must have ended.
   */
  readonly job: IAutoMLJob;

  /**
   * The name of the model: at most 63 letters, digits and hyphens, unique in account and Region. It begins and ends with a
   * letter or digit.
   *
   * A model with a given name cannot be replaced, so it cannot follow its job through another run: prefer the generated name.
   *
   * @default - generated; that of another run's model is another
   */
  readonly modelName?: string;

  /**
   * Whether the containers are cut off from every network.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * The role that endpoints and transform jobs run the model as. What the model needs is granted to it, as far as it can be
   * changed. For the job's own role: `job.role`.
   *
   * @default - a role that may read what the job wrote, pull the service's images, and write logs and metrics; required for
   * a job that is not of this app
   */
  readonly role?: IRole;

  /**
   * The security groups of the containers' network interfaces: 1 to 5. Needs `vpc`, or `vpcSubnets` with `subnets`.
   *
   * @default - a new one that allows all outbound traffic, when there is a `vpc`
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The VPC that the containers reach the network through.
   *
   * @default - the network of the service
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the containers' network interfaces: 1 to 16. Needs `vpc`, or both `subnets`,
   * such as `Subnet.fromSubnetId(…)`, and `securityGroups`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}
