import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
import { A_DATASET, DATASET_MEMBERS } from './dataset';
import { AutoMLDeployment } from './deployment';
import { AutoMLMode } from './mode';
import { AutoMLProblem } from './problem';
import { AutoMLValidation } from './validation';
import { JobNetwork } from '../job/job-network';
import { OTHER_JOB_PROPERTIES } from '../job/job-props';
import { computed, keyArn, locationUri, named, property, RequestMembers, ROLE_ARN, seconds, TAGS, VPC_CONFIG } from '../job/request-members';
import { AutoMLChannelRequest, CreateAutoMLJobRequest } from '../service-model/requests';
import { A_STRING, instanceOf, oneOf, PropertyTypes } from '../validation/value-types';

/** The values from which a request is rendered: the properties, with bound value classes in their place. */
export interface AutoMLJobValues extends Omit<AutoMLJobProps, 'trainingData' | 'validation'> {
  readonly network?: JobNetwork;
  readonly role: IRole;
  readonly trainingData: readonly AutoMLChannelRequest[];
  readonly validation?: AutoMLValidation;
}

/** The members that the requests of both versions of CreateAutoMLJob have, by the property that they come from. */
export const DEPLOYMENT_MEMBERS = {
  'ModelDeployConfig.AutoGenerateEndpointName': computed(
    'deployment', ({ deployment }: { readonly deployment?: AutoMLDeployment }) => deployment?._request.AutoGenerateEndpointName,
    instanceOf(AutoMLDeployment, 'Use AutoMLDeployment.generatedEndpoint().')),
  'ModelDeployConfig.EndpointName': computed(
    'deployment.name', ({ deployment }: { readonly deployment?: AutoMLDeployment }) => deployment?._request.EndpointName),
};
export const OUTPUT_MEMBERS = {
  'OutputDataConfig.KmsKeyId': keyArn('outputEncryptionKey'),
  'OutputDataConfig.S3OutputPath': locationUri('outputLocation'),
};
export const VALIDATION_MEMBERS = {
  'DataSplitConfig': named('validation', instanceOf(AutoMLValidation, 'Use AutoMLValidation.fraction(0.2).')),
  'DataSplitConfig.ValidationFraction': computed(
    'validation.fraction', ({ validation }: { readonly validation?: AutoMLValidation }) => validation?._fraction),
};

/** The declared members of the request of CreateAutoMLJob. */
export const AUTOML_JOB_MEMBERS = new RequestMembers<CreateAutoMLJobRequest, AutoMLJobValues>('CreateAutoMLJobRequest', {
  'AutoMLJobName': named('autoMLJobName', A_STRING),
  ...TAGS,
  'AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig': computed(
    'mode.algorithms', ({ mode }) => mode?._options.algorithms && [{ AutoMLAlgorithms: mode._options.algorithms }]),
  'AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms': named('mode.algorithms'),
  'AutoMLJobConfig.CandidateGenerationConfig.FeatureSpecificationS3Uri': locationUri('featureSpecification'),
  'AutoMLJobConfig.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds': seconds('maxRuntime'),
  'AutoMLJobConfig.CompletionCriteria.MaxCandidates': property('maxCandidates'),
  'AutoMLJobConfig.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds': seconds('maxRuntimePerTrainingJob'),
  'AutoMLJobConfig.DataSplitConfig': VALIDATION_MEMBERS.DataSplitConfig,
  'AutoMLJobConfig.DataSplitConfig.ValidationFraction': VALIDATION_MEMBERS['DataSplitConfig.ValidationFraction'],
  'AutoMLJobConfig.Mode': computed('mode', ({ mode }) => mode?.mode, instanceOf(AutoMLMode, 'Use AutoMLMode.ensembling().')),
  'AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption': property('interContainerTrafficEncryption'),
  'AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId': keyArn('volumeEncryptionKey'),
  'AutoMLJobConfig.SecurityConfig.VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'AutoMLJobConfig.SecurityConfig.VpcConfig.Subnets': VPC_CONFIG.Subnets,
  'AutoMLJobObjective.MetricName': computed('problem.metric', ({ problem }) => problem?.metricName),
  'GenerateCandidateDefinitionsOnly': property('generateCandidateDefinitionsOnly'),
  'InputDataConfig': property('trainingData', A_DATASET),
  'InputDataConfig[]': named('{}'),
  'InputDataConfig[].ChannelType': named('{}'),
  ...DATASET_MEMBERS.within('InputDataConfig[]', '{}'),
  'InputDataConfig[].DataSource': named('{}'),
  'InputDataConfig[].SampleWeightAttributeName': named('mode.sampleWeightAttributeName'),
  'InputDataConfig[].TargetAttributeName': named('targetAttributeName'),
  ...DEPLOYMENT_MEMBERS,
  ...OUTPUT_MEMBERS,
  'ProblemType': computed('problem', ({ problem }) => problem?.problemType, instanceOf(AutoMLProblem, problemRemedy)),
  'RoleArn': ROLE_ARN,
});

/** All properties of an AutoMLJob. */
export const AUTOML_JOB_PROPERTIES: PropertyTypes = {
  ...OTHER_JOB_PROPERTIES,
  ...AUTOML_JOB_MEMBERS.types,
  removalPolicy: oneOf(AutoMLJobRemovalPolicy, 'AutoMLJobRemovalPolicy'),
};

/** The remedy for a problem type in the spelling of the service: the factory of that type. */
function problemRemedy(value: unknown): string {
  const factories = ['binaryClassification', 'multiclassClassification', 'regression'];
  const factory = factories.find((name) => name.toLowerCase() === String(value).toLowerCase()) ?? factories[0];
  return `Use AutoMLProblem.${factory}().`;
}
