import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLJobV2Props } from './common-props';
import { AutoMLJobRemovalPolicy } from '../automl-job/automl-job-props';
import { A_DATASET, DATASET_MEMBERS } from '../automl-job/dataset';
import { DEPLOYMENT_MEMBERS, OUTPUT_MEMBERS } from '../automl-job/members';
import { AutoMLValidation } from '../automl-job/validation';
import { JobNetwork } from '../job/job-network';
import { OTHER_JOB_PROPERTIES } from '../job/job-props';
import { keyArn, Members, named, property, RequestMembers, ROLE_ARN, seconds, TAGS, VPC_CONFIG } from '../job/request-members';
import { AutoMLJobChannelRequest, CreateAutoMLJobV2Request } from '../service-model/requests';
import { A_STRING, oneOf, PropertyTypes } from '../validation/value-types';

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
  ...DEPLOYMENT_MEMBERS,
  ...OUTPUT_MEMBERS,
  'RoleArn': ROLE_ARN,
  'SecurityConfig.EnableInterContainerTrafficEncryption': property('interContainerTrafficEncryption'),
  'SecurityConfig.VolumeKmsKeyId': keyArn('volumeEncryptionKey'),
  'SecurityConfig.VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'SecurityConfig.VpcConfig.Subnets': VPC_CONFIG.Subnets,
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
