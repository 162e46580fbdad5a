import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IAutoMLJob } from '../automl-job/automl-job-interface';

/**
 * What the containers of a model run on.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLCandidate.html
 */
export enum AutoMLProcessingUnit {
  /** Instances without a GPU. */
  CPU = 'CPU',
  /** Instances with a GPU. */
  GPU = 'GPU',
}

/**
 * What a tabular classifier answers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-automate-model-development-container-output.html
 */
export enum AutoMLInferenceResponseKey {
  /** All labels, in the order of `PROBABILITIES`. */
  LABELS = 'labels',
  /** The label that is predicted. */
  PREDICTED_LABEL = 'predicted_label',
  /** The probabilities of all labels. */
  PROBABILITIES = 'probabilities',
  /** The probability of the predicted label. */
  PROBABILITY = 'probability',
}

/**
 * Properties of a model of an AutoML job's best candidate.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 */
export interface AutoMLModelProps {
  /**
   * The name of another candidate than the best: 1 to 64 characters. Each run of the job has candidates of its own.
   *
   * @default - the best candidate
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLCandidate.html
   */
  readonly candidateName?: string;

  /**
   * Environment variables of all containers, in place of those of the candidate: at most 100. Names and values have at most 1024 characters.
   * They are no place for secrets: the template and the service show them.
   *
   * @default - those of the candidate
   */
  readonly environment?: { [name: string]: string };

  /**
   * What a tabular classifier answers, in this order: at least one. The deployment fails when the candidate cannot answer it, as one for regression.
   *
   * @default - the predicted label
   */
  readonly inferenceResponseKeys?: AutoMLInferenceResponseKey[];

  /**
   * The job whose best candidate the model is made of. The deployment waits for a job of this app. An imported job must have ended.
   */
  readonly job: IAutoMLJob;

  /**
   * The name of the model: at most 63 letters, digits and hyphens, unique in account and Region. It begins and ends with a
   * letter or digit.
   *
   * A model with a given name cannot be replaced, so it cannot follow another run of its job. Prefer the generated name.
   *
   * @default - a generated name, different for the model of each run
   */
  readonly modelName?: string;

  /**
   * Whether to isolate the containers from all networks.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * What the model runs on. Jobs for texts and images have containers for each; those of other jobs do not differ.
   *
   * @default AutoMLProcessingUnit.CPU
   */
  readonly processingUnit?: AutoMLProcessingUnit;

  /**
   * The role that endpoints and transform jobs run the model as. The library grants it the permissions that the model needs, unless the
   * role is immutable. To use the job's role, pass `job.role`. Required for an imported job.
   *
   * @default - a role that may read the job's output, pull the service's images, and write logs and metrics
   */
  readonly role?: IRole;

  /**
   * The security groups of the containers' network interfaces: 1 to 5. Requires `vpc`, or `vpcSubnets` with `subnets`.
   *
   * @default - a new one that allows all outbound traffic, when there is a `vpc`
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The VPC that the containers connect to.
   *
   * @default - the network of the service
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the containers' network interfaces: 1 to 16. Requires `vpc`. Without `vpc`, set `subnets`, such as
   * `Subnet.fromSubnetId(…)`, and `securityGroups`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
}
