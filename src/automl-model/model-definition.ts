import { Annotations, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AutoMLModelProps, AutoMLProcessingUnit } from './automl-model-props';
import { AUTOML_MODEL_MEMBERS, AUTOML_MODEL_PROPERTIES, AutoMLModelRequest } from './members';
import { AUTOML_MODEL_RULES } from './rules';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { IAutoMLJob } from '../automl-job/automl-job-interface';
import { grantServiceImages } from '../automl-job/service-images';
import { ownerOf } from '../cdk/cross-stack';
import { isElsewhere } from '../cdk/environment';
import { checkDeployedTogether } from '../job/given-resources';
import { JobDefinition } from '../job/job-definition';
import { JobKind } from '../job/job-kind';
import { PROVIDED_AUTOML_MODEL } from '../provider/kinds';
import { ProviderPermissions } from '../provider/permissions';
import { spellingsOf } from '../provider/stack-names';
import { Problems, show } from '../validation/problems';

export const MODEL: JobKind<AutoMLModelRequest> = {
  ...PROVIDED_AUTOML_MODEL,
  className: 'AutoMLModel',
  noun: 'SageMaker model',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html',
  nameMember: 'ModelName',
  members: AUTOML_MODEL_MEMBERS,
  properties: AUTOML_MODEL_PROPERTIES,
  rules: AUTOML_MODEL_RULES,
  removalPolicy: 'DELETE',
};

/** The definition of a model. A model lives like a job that completes at once. */
export class ModelDefinition extends JobDefinition<AutoMLModelProps> {
  constructor(scope: Construct, props: AutoMLModelProps, problems: Problems) {
    super(scope, MODEL, props, false, problems);
    if (props.job instanceof AutoMLJobBase) {
      this.prerequisites.add(props.job._completion());
    }
    this.checkJob(problems);
  }

  public render(): AutoMLModelRequest {
    return AUTOML_MODEL_MEMBERS.render({ ...this.props, network: this.network, role: this.role });
  }

  /**
   * Lets the provider find the candidate: in any run of the job, since a rollback looks at a former run. The provider may describe the jobs
   * of its own stack anyway.
   */
  public allowProvider(permissions: ProviderPermissions): void {
    const { candidateName, job } = this.props;
    const isOfStack = job instanceof AutoMLJobBase && job.stack === Stack.of(this.scope);
    const arns = spellingsOf(job instanceof AutoMLJobBase ? job._grantedArn : job.autoMLJobArn);
    if (candidateName !== undefined) {
      arns.forEach((arn) => permissions.allowAction('sagemaker:ListCandidatesForAutoMLJob', arn));
    }
    if (!isOfStack) {
      arns.forEach((arn) => permissions.allowAction('sagemaker:DescribeAutoMLJobV2', arn));
    }
  }

  protected warn(): void {
    const { inferenceResponseKeys, job, processingUnit } = this.props;
    if (!(job instanceof AutoMLJobBase)) {
      return;
    }
    const warn = (text: string) => Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:notOfSuchAModel', text);
    if (inferenceResponseKeys !== undefined && !job._mayClassifyTables) {
      warn('inferenceResponseKeys: the job makes no classifiers of tables, and no others are known to answer by keys: the deployment fails. Leave it out.');
    }
    if (processingUnit === AutoMLProcessingUnit.GPU && !job._hasProcessingUnits) {
      warn('processingUnit: only candidates for texts and images have containers for each processing unit, so it has no effect. Leave it out.');
    }
  }

  protected grants(): (Grant | undefined)[] {
    const { job } = this.props;
    return [
      grantServiceImages(this.scope, this.grantee),
      this.grantLogs('/aws/sagemaker/Endpoints*', '*'),
      this.grantLogs('/aws/sagemaker/TransformJobs', '*'),
      ...job instanceof AutoMLJobBase ? job._grantReadArtifacts(this.grantee) : [],
    ];
  }

  private checkJob(problems: Problems): void {
    const { job } = this.props;
    if (job === undefined) {
      problems.add({ property: 'job', allowed: 'is required', remedy: 'Add it.' });
    } else if (job instanceof AutoMLJobBase) {
      this.checkJobOfApp(job, problems);
    } else {
      this.checkImportedJob(job, problems);
    }
  }

  private checkJobOfApp(job: AutoMLJobBase, problems: Problems): void {
    checkDeployedTogether(this.scope, 'model', 'job', job, problems);
    if (!job._hasBestCandidate) {
      problems.add({ property: 'job', allowed: 'has no best candidate, for it has generateCandidateDefinitionsOnly', remedy: 'Leave that out.' });
    }
  }

  private checkImportedJob(job: IAutoMLJob, problems: Problems): void {
    const owner = ownerOf(job.autoMLJobArn);
    if (owner !== undefined) {
      problems.add({
        property: 'job',
        allowed: `is an imported job with the name or ARN of '${owner.node.path}', which has to end before the model is made`,
        remedy: 'Give that job itself.',
      });
      return;
    }
    if (isElsewhere(this.scope, job)) {
      problems.add({
        property: 'job',
        value: show(job.autoMLJobArn),
        allowed: `must be a job of the account and Region of the model, ${Stack.of(this.scope).environment}, where SageMaker looks for it`,
        remedy: 'Make the model in a stack of the environment of the job.',
      });
    }
    if (this.props.role === undefined) {
      problems.add({
        property: 'role',
        allowed: 'is required, for where a job that is not of this app wrote its models is not known',
        remedy: 'Add a role that may read them.',
      });
    }
  }
}
