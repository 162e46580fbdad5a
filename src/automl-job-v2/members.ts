import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLJobV2Props } from './common-props';
import { AutoMLJobRemovalPolicy } from '../automl-job/automl-job-props';
import { A_DATASET, DATASET_MEMBERS } from '../automl-job/dataset';
import { AutoMLDeployment } from '../automl-job/deployment';
import { AutoMLValidation } from '../automl-job/validation';
import { JobNetwork } from '../job/job-network';
import { OTHER_JOB_PROPERTIES } from '../job/job-props';
import { computed, keyArn, locationUri, Members, named, property, RequestMembers, seconds, TAGS, VPC_CONFIG } from '../job/request-members';
import { AutoMLJobChannelRequest, CreateAutoMLJobV2Request } from '../service-model/requests';
import { A_ROLE, A_STRING, instanceOf, oneOf, PropertyTypes } from '../validation/value-types';

/** The properties, with what is bound in place of value classes. */
export type Bound<Props extends AutoMLJobV2Props> = Omit<Props, 'trainingData' | 'validation'> & {
  readonly network?: JobNetwork;
  readonly role: IRole;
  readonly trainingData: readonly AutoMLJobChannelRequest[];
  readonly validation?: AutoMLValidation;
};

/** The members that the requests for all problems have. */
const COMMON = {
  'AutoMLJobName': named('autoMLJobName', A_STRING),
  ...TAGS,
  'AutoMLJobInputDataConfig': property('trainingData', A_DATASET),
  'AutoMLJobInputDataConfig[]': named('{}'),
  'AutoMLJobInputDataConfig[].ChannelType': named('{}'),
  ...DATASET_MEMBERS.within('AutoMLJobInputDataConfig[]', '{}'),
  'AutoMLJobInputDataConfig[].DataSource': named('{}'),
  'ModelDeployConfig.AutoGenerateEndpointName': computed(
    'deployment', ({ deployment }: Bound<AutoMLJobV2Props>) => deployment?._request.AutoGenerateEndpointName,
    instanceOf(AutoMLDeployment, 'Use AutoMLDeployment.generatedEndpoint().')),
  'ModelDeployConfig.EndpointName': computed('deployment.name', ({ deployment }: Bound<AutoMLJobV2Props>) => deployment?._request.EndpointName),
  'OutputDataConfig.KmsKeyId': keyArn('outputEncryptionKey'),
  'OutputDataConfig.S3OutputPath': locationUri('outputLocation'),
  'RoleArn': computed('role', ({ role }: Bound<AutoMLJobV2Props>) => role.roleArn, A_ROLE),
  'SecurityConfig.EnableInterContainerTrafficEncryption': property('interContainerTrafficEncryption'),
  'SecurityConfig.VolumeKmsKeyId': keyArn('volumeEncryptionKey'),
  'SecurityConfig.VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'SecurityConfig.VpcConfig.Subnets': VPC_CONFIG.Subnets,
};

/** The members of the data that validates, for problems that have it. */
export const VALIDATION = {
  'DataSplitConfig': named('validation', instanceOf(AutoMLValidation, 'Use AutoMLValidation.fraction(0.2).')),
  'DataSplitConfig.ValidationFraction': computed('validation.fraction', ({ validation }: { readonly validation?: AutoMLValidation }) => validation?._fraction),
};

/** The members of the limits of a problem's job. */
export function completionCriteria(problem: string): { readonly [path: string]: any } {
  return {
    [`AutoMLProblemTypeConfig.${problem}.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds`]: seconds('maxRuntime'),
    [`AutoMLProblemTypeConfig.${problem}.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds`]: seconds('maxRuntimePerTrainingJob'),
  };
}

/** The members of the request for a problem. */
export function membersOf<Props extends AutoMLJobV2Props>(
  members: Members<CreateAutoMLJobV2Request, Bound<Props>>,
): RequestMembers<CreateAutoMLJobV2Request, Bound<Props>> {
  return new RequestMembers('CreateAutoMLJobV2Request', { ...COMMON, ...members } as Members<CreateAutoMLJobV2Request, Bound<Props>>);
}

/** The properties of a job for a problem. */
export function propertiesOf(members: RequestMembers<CreateAutoMLJobV2Request, any>): PropertyTypes {
  return { ...OTHER_JOB_PROPERTIES, ...members.types, removalPolicy: oneOf(AutoMLJobRemovalPolicy, 'AutoMLJobRemovalPolicy') };
}
