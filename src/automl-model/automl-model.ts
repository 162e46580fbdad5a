import { ITaggableV2, Resource, TagManager } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AutoMLJob } from '../automl-job/automl-job';
import { IAutoMLJob } from '../automl-job/automl-job-base';
import { grantServiceImages } from '../automl-job/service-images';
import { JobCore, JobKind } from '../job/job-core';
import { JobNetwork } from '../job/job-network';
import { computed, named, property, RequestMembers, TAGS, VPC_CONFIG } from '../job/request-members';
import { AUTOML_MODEL } from '../provider/contract';
import { JobProvider } from '../provider/provider';
import { CreateModelInput } from '../service-model/requests';
import { A_ROLE, A_STRING, A_VPC, checked, having, PropertyKinds } from '../validation/kinds';
import { Problems } from '../validation/problems';

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

/** The request of CreateModel, with the job in place of the containers: only the deployment knows them. */
interface AutoMLModelRequest extends CreateModelInput {
  readonly AutoMLJobName?: string;
}

interface AutoMLModelValues extends AutoMLModelProps {
  readonly network?: JobNetwork;
  readonly role: IRole;
}

const MEMBERS = new RequestMembers<AutoMLModelRequest, AutoMLModelValues>('CreateModelInput', {
  'ModelName': named('modelName', A_STRING),
  ...TAGS,
  'AutoMLJobName': computed(
    'job', ({ job }) => job?.autoMLJobName, having('an AutoML job', 'Use an AutoMLJob, or AutoMLJob.fromAutoMLJobName(…).', 'autoMLJobName', 'autoMLJobArn')),
  'EnableNetworkIsolation': property('networkIsolation'),
  'ExecutionRoleArn': computed('role', ({ role }) => role.roleArn, A_ROLE),
  'VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'VpcConfig.Subnets': VPC_CONFIG.Subnets,
});

/** All properties of an AutoMLModel. */
const PROPERTIES: PropertyKinds = { ...MEMBERS.kinds, vpc: A_VPC };

const KIND: JobKind<AutoMLModelRequest> = {
  className: 'AutoMLModel',
  noun: 'SageMaker model',
  type: AUTOML_MODEL,
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html',
  nameMember: 'ModelName',
  longestName: 63,
  longestStackPart: 24,
  arnResource: 'model',
  actions: ['sagemaker:CreateModel', 'sagemaker:DeleteModel', 'sagemaker:DescribeModel'],
  members: MEMBERS,
  rules: () => [],
};

/**
 * The best candidate of an AutoML job, as a model of the stack: for endpoints and transform jobs.
 *
 * It has the containers of the candidate, one or several in a row. When the job runs again, a new model replaces it, and
 * what refers to its name follows; with the stack, it is deleted.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 * @resource AWS::SageMaker::Model
 * @example
 *
 * const best = new AutoMLModel(this, 'Best', { job: churn });
 *
 * new CfnEndpointConfig(this, 'EndpointConfig', {
 *   productionVariants: [{
 *     variantName: 'best',
 *     modelName: best.modelName,
 *     instanceType: 'ml.m5.large',
 *     initialInstanceCount: 1,
 *     initialVariantWeight: 1,
 *   }],
 * });
 */
export class AutoMLModel extends Resource implements IGrantable, IConnectable, ITaggableV2 {
  /**
   * The ARN of the model.
   *
   * @attribute
   */
  public readonly modelArn: string;

  /**
   * The name of the model, as an endpoint configuration takes it.
   *
   * @attribute
   */
  public readonly modelName: string;

  /** The role that the model runs as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;

  private readonly model: JobCore<AutoMLModelRequest>;

  /**
   * Defines a model. Fails with all that is wrong with it.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id, unique among its parent's
   * @param props - the job whose best candidate it is, and how it runs
   */
  constructor(scope: Construct, id: string, props: AutoMLModelProps) {
    super(scope, id, { physicalName: typeof props?.modelName === 'string' ? props.modelName : undefined });
    const problems = new Problems();
    const given = checked(props ?? {}, PROPERTIES, problems);
    const { job, modelName, ...others } = given;
    this.model = new JobCore(this, KIND, {
      ...others,
      name: modelName,
      removalPolicy: 'DELETE',
      isDistributed: false,
      request: () => MEMBERS.render({ ...given, network: this.model.network, role: this.model.role }),
    }, problems);
    this.role = this.model.role;
    this.grantPrincipal = this.role.grantPrincipal;
    this.cdkTagManager = this.model.resource.tags;
    this.modelName = this.getResourceNameAttribute(this.model.resource.name);
    this.modelArn = this.getResourceArnAttribute(
      this.stack.formatArn({ service: 'sagemaker', resource: KIND.arnResource, resourceName: this.model.resource.name }),
      { service: 'sagemaker', resource: KIND.arnResource, resourceName: this.physicalName },
    );

    if (job === undefined) {
      problems.add({ property: 'job', allowed: 'is required', remedy: 'Add it.' });
    } else if (!(job instanceof AutoMLJob) && others.role === undefined) {
      problems.add({
        property: 'role',
        allowed: 'is required, for where a job that is not of this app wrote its models is not known',
        remedy: 'Add a role that may read them.',
      });
    }
    if (job instanceof AutoMLJob && !job._hasBestCandidate) {
      problems.add({ property: 'job', allowed: 'has no best candidate, for it has generateCandidateDefinitionsOnly', remedy: 'Leave that out.' });
    }
    this.model.finish();
    this.model.resource.addGrants([
      grantServiceImages(this, this.role),
      this.model.grantLogs('/aws/sagemaker/Endpoints*', '*'),
      this.model.grantLogs('/aws/sagemaker/TransformJobs', '*'),
      ...this.bindJob(job),
    ]);
  }

  /** The network connections of the containers. Fails when the model has no VPC. */
  public get connections(): Connections {
    return this.model.connections;
  }

  /** The model comes after the end of a job of this app. Of another job, the provider has to be allowed to read it. */
  private bindJob(job: IAutoMLJob): (Grant | undefined)[] {
    if (job instanceof AutoMLJob) {
      this.model.resource.startAfter(job._completion);
    }
    if (job.stack !== this.stack || !(job instanceof AutoMLJob)) {
      JobProvider.of(this).permissions.allowAction('sagemaker:DescribeAutoMLJobV2', job.autoMLJobArn);
    }
    return job instanceof AutoMLJob ? job._grantReadArtifacts(this.role) : [];
  }
}
