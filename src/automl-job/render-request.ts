import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLJobProps } from './automl-job-props';
import { AUTOML_JOB_MEMBERS } from './members';
import { JobNetwork } from '../job/job-network';
import { AutoMLChannelRequest, CreateAutoMLJobRequest } from '../service-model/requests';

/** The request of the Create call, without name and tags. */
export function renderRequest(props: AutoMLJobProps, role: IRole, network?: JobNetwork): CreateAutoMLJobRequest {
  const channel = (ChannelType: string, dataset = props.trainingData): AutoMLChannelRequest => ({
    ChannelType,
    ...dataset?._request,
    SampleWeightAttributeName: props.mode?._options.sampleWeightAttributeName ?? undefined,
    TargetAttributeName: props.targetAttributeName,
  });
  const validation = props.validation?._dataset;
  return AUTOML_JOB_MEMBERS.render({
    ...props,
    network,
    role,
    trainingData: [channel('training'), ...validation ? [channel('validation', validation)] : []],
  });
}
