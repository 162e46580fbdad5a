import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLModelProps, AutoMLProcessingUnit } from './automl-model-props';
import { AutoMLJobBase } from '../automl-job/automl-job-base';
import { AN_AUTOML_JOB } from '../automl-job/automl-job-interface';
import { JobNetwork } from '../job/job-network';
import { computed, named, property, RequestMembers, ROLE_ARN, secret, TAGS, VPC_CONFIG } from '../job/request-members';
import { CreateModelInput } from '../service-model/requests';
import { ValueType } from '../validation/problems';
import { A_LIST, A_MAP, A_STRING, A_VPC, DEDUPE, isOfOtherCopy, oneOf, PropertyTypes } from '../validation/value-types';

/** The request of CreateModel, with the job, and what is changed in its containers, in place of the containers, which are known only when the job has ended. */
export interface AutoMLModelRequest extends CreateModelInput {
  readonly AutoMLJobName?: string;
  readonly CandidateName?: string;
  readonly Environment?: { readonly [name: string]: string };
  readonly InferenceResponseKeys?: readonly string[];
  readonly ProcessingUnit?: string;
}

/** The values from which a request is rendered: the properties, with bound value classes in their place. */
interface AutoMLModelValues extends AutoMLModelProps {
  readonly network?: JobNetwork;
  readonly role: IRole;
}

/** A job of another copy of the library would look like an imported one, for whose end nothing waits. */
const A_JOB: ValueType = {
  ...AN_AUTOML_JOB,
  test: (value) => AN_AUTOML_JOB.test(value) && !isOfOtherCopy(AutoMLJobBase, value),
  remedy: (value) => isOfOtherCopy(AutoMLJobBase, value) ? DEDUPE : AN_AUTOML_JOB.remedy(value),
};

/** The declared members of the request. */
export const AUTOML_MODEL_MEMBERS = new RequestMembers<AutoMLModelRequest, AutoMLModelValues>('CreateModelInput', {
  'ModelName': named('modelName', A_STRING),
  ...TAGS,
  'AutoMLJobName': computed('job', ({ job }) => job?.autoMLJobName, A_JOB),
  'CandidateName': property('candidateName', A_STRING),
  'Environment': secret(property('environment', A_MAP)),
  'InferenceResponseKeys': property('inferenceResponseKeys', A_LIST),
  'ProcessingUnit': property('processingUnit', oneOf(AutoMLProcessingUnit, 'AutoMLProcessingUnit')),
  'EnableNetworkIsolation': property('networkIsolation'),
  'ExecutionRoleArn': ROLE_ARN,
  'VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'VpcConfig.Subnets': VPC_CONFIG.Subnets,
});

/** All properties of an AutoMLModel. */
export const AUTOML_MODEL_PROPERTIES: PropertyTypes = { ...AUTOML_MODEL_MEMBERS.types, vpc: A_VPC };
