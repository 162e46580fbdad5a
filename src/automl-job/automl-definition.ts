import { Construct } from 'constructs';
import { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
import { BaseAutoMLDefinition } from './base-definition';
import { AutoMLDataset } from './dataset';
import { AUTOML_JOB_MEMBERS, AUTOML_JOB_PROPERTIES } from './members';
import { AUTOML_JOB_RULES } from './rules';
import { JobKind } from '../job/job-kind';
import { ElementNames } from '../job/property-problems';
import { PROVIDED_AUTOML_JOB } from '../provider/kinds';
import { AutoMLChannelRequest, CreateAutoMLJobRequest } from '../service-model/requests';
import { Problems } from '../validation/problems';

export const AUTOML: JobKind<CreateAutoMLJobRequest> = {
  ...PROVIDED_AUTOML_JOB,
  className: 'AutoMLJob',
  noun: 'SageMaker AutoML job',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html',
  nameMember: 'AutoMLJobName',
  members: AUTOML_JOB_MEMBERS,
  properties: AUTOML_JOB_PROPERTIES,
  rules: AUTOML_JOB_RULES,
  removalPolicy: AutoMLJobRemovalPolicy.STOP,
};

/** The definition of an AutoML job for tables. */
export class AutoMLDefinition extends BaseAutoMLDefinition<AutoMLJobProps> {
  constructor(scope: Construct, props: AutoMLJobProps, problems: Problems) {
    super(scope, AUTOML, props, problems);
    this.warnOfMisspelt('mode', props.mode?._misspelt);
  }

  public render(): CreateAutoMLJobRequest {
    const { mode, targetAttributeName, trainingData } = this.props;
    const validation = this.props.validation?._dataset;
    const channel = (ChannelType: string, dataset?: AutoMLDataset): AutoMLChannelRequest => ({
      ChannelType,
      ...dataset?._request,
      SampleWeightAttributeName: mode?._options.sampleWeightAttributeName ?? undefined,
      TargetAttributeName: targetAttributeName,
    });
    return AUTOML_JOB_MEMBERS.render({
      ...this.props,
      network: this.network,
      role: this.role,
      trainingData: [channel('training', trainingData), ...validation ? [channel('validation', validation)] : []],
    });
  }

  public get hasBestCandidate(): boolean {
    // Only CloudFormation knows the value of a token.
    return this.props.generateCandidateDefinitionsOnly !== true;
  }

  public get mayClassifyTables(): boolean {
    return this.props.problem?.problemType !== 'Regression';
  }

  public get hasProcessingUnits(): boolean {
    return false;
  }

  protected elements(): ElementNames {
    return { InputDataConfig: ['trainingData', 'validation'] };
  }
}
