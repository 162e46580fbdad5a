import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AutoMLJobV2Props } from './common-props';
import { Bound, propertiesOf } from './members';
import { AutoMLV2Rules } from './rules';
import { AutoMLJobRemovalPolicy } from '../automl-job/automl-job-props';
import { BaseAutoMLDefinition } from '../automl-job/base-definition';
import { AutoMLContentType } from '../automl-job/dataset';
import { AutoMLValidation } from '../automl-job/validation';
import { JobDefinition } from '../job/job-definition';
import { JobKind } from '../job/job-kind';
import { ElementNames } from '../job/property-problems';
import { RequestMembers } from '../job/request-members';
import { PROVIDED_AUTOML_JOB_V2 } from '../provider/kinds';
import { AutoMLJobChannelRequest, CreateAutoMLJobV2Request } from '../service-model/requests';
import { Problems } from '../validation/problems';

/** In which the jobs for the problems differ. */
export interface AutoMLProblemKind<Props extends AutoMLJobV2Props> {
  readonly className: string;
  /** The member of the request that says which problem it is. */
  readonly problem: string;
  readonly members: RequestMembers<CreateAutoMLJobV2Request, Bound<Props>>;
  readonly rules: AutoMLV2Rules;
  /** The format of data that has none, if the service has no default. */
  readonly contentType?: AutoMLContentType;
  readonly hasProcessingUnits?: boolean;
}

/** The class of the definitions of a problem's jobs. */
export function definitionOf<Props extends AutoMLJobV2Props & { readonly validation?: AutoMLValidation }>(
  { className, contentType, hasProcessingUnits = false, members, problem, rules }: AutoMLProblemKind<Props>,
): { readonly kind: JobKind; readonly definition: new (scope: Construct, props: Props, problems: Problems) => JobDefinition } {
  const kind: JobKind<CreateAutoMLJobV2Request> = {
    ...PROVIDED_AUTOML_JOB_V2,
    className,
    noun: 'SageMaker AutoML job',
    documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html',
    nameMember: 'AutoMLJobName',
    members,
    properties: propertiesOf(members),
    rules,
    removalPolicy: AutoMLJobRemovalPolicy.STOP,
  };
  return {
    kind,
    definition: class extends BaseAutoMLDefinition<Props> {
      constructor(scope: Construct, props: Props, problems: Problems) {
        super(scope, kind, props, problems);
      }

      public render(): CreateAutoMLJobV2Request {
        const { trainingData, validation } = this.props;
        const channels = Object.entries({ training: trainingData, validation: validation?._dataset }).filter(([, dataset]) => dataset !== undefined)
          .map(([ChannelType, dataset]) => withContentType({ ChannelType, ...dataset!._request }));
        const request = members.render({ ...this.props, network: this.network, role: this.role, trainingData: channels });
        // Its configuration says what the problem is, even an empty one.
        return { ...request, AutoMLProblemTypeConfig: { [problem]: {}, ...request.AutoMLProblemTypeConfig } };
      }

      public get mayClassifyTables(): boolean {
        return false;
      }

      public get hasProcessingUnits(): boolean {
        return hasProcessingUnits;
      }

      protected elements(): ElementNames {
        return { AutoMLJobInputDataConfig: ['trainingData', 'validation'] };
      }

      protected warn(): void {
        super.warn();
        warnOfPartition(this.scope);
      }
    },
  };

  function withContentType(channel: AutoMLJobChannelRequest): AutoMLJobChannelRequest {
    return contentType === undefined || channel.ContentType !== undefined ? channel : { ...channel, ContentType: contentType };
  }
}

/** The call of these jobs is missing in the partition of China, where that of tabular jobs works. */
function warnOfPartition(scope: Construct): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && region.startsWith('cn-')) {
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:autoMLProblemNotInRegion', [
      `SageMaker is not known to have AutoML jobs for this problem in ${region}, where only AutoMLJob, for tables, is.`,
      'Use another Region, or acknowledge this warning if the service has them there by now.',
    ].join(' '));
  }
}
