import { IRole } from 'aws-cdk-lib/aws-iam';
import { ATHENA_MEMBERS } from './athena-input';
import { ProcessingCode } from './code';
import { DATASET_MEMBERS } from './dataset-request';
import { BoundImage, ProcessingImage } from './image';
import { ProcessingInput, S3_INPUT_MEMBERS } from './input';
import { ProcessingInstanceType } from './instance-type';
import { ProcessingOutput, S3_OUTPUT_MEMBERS } from './output';
import { CommonProcessingJobProps, ProcessingInstancePreference } from './processing-job-definition-props';
import { REDSHIFT_MEMBERS } from './redshift-input';
import { ProcessingJobRemovalPolicy } from './removal-policy';
import { JobNetwork } from '../job/job-network';
import { OTHER_DEFINITION_PROPERTIES, OTHER_JOB_PROPERTIES } from '../job/job-props';
import { computed, gibibytes, keyArn, named, property, RequestMembers, ROLE_ARN, seconds, secret, TAGS, VPC_CONFIG } from '../job/request-members';
import {
  CreateProcessingJobRequest, ProcessingInputRequest, ProcessingInstancePreferenceRequest, ProcessingOutputRequest,
} from '../service-model/requests';
import { A_LIST, A_MAP, A_STRING, A_STRUCTURE, instanceOf, oneOf, PropertyTypes } from '../validation/value-types';

export const AN_INPUT = instanceOf(ProcessingInput, 'Use ProcessingInput.fromS3(…).');
export const AN_INSTANCE_TYPE = instanceOf(
  ProcessingInstanceType, "Use ProcessingInstanceType.M5_XLARGE, or ProcessingInstanceType.of('ml.m5.xlarge').");
export const AN_OUTPUT = instanceOf(ProcessingOutput, 'Use ProcessingOutput.toS3(…).');

/** The values from which a request is rendered: the properties, with bound value classes in their place. */
export interface ProcessingJobValues extends Omit<CommonProcessingJobProps, 'inputs' | 'outputs'> {
  readonly image?: BoundImage;
  readonly inputs?: readonly ProcessingInputRequest[];
  readonly network?: JobNetwork;
  readonly outputs?: readonly ProcessingOutputRequest[];
  readonly role: IRole;
}

const PREFERENCE_MEMBERS = new RequestMembers<ProcessingInstancePreferenceRequest, ProcessingInstancePreference>('ProcessingInstancePreference', {
  InstanceType: computed('instanceType', ({ instanceType }) => instanceType?.name),
  InstanceCount: property('instanceCount'),
});

/** The declared members of the request of CreateProcessingJob. */
export const PROCESSING_JOB_MEMBERS = new RequestMembers<CreateProcessingJobRequest, ProcessingJobValues>('CreateProcessingJobRequest', {
  'ProcessingJobName': named('processingJobName', A_STRING),
  ...TAGS,
  'AppSpecification.ImageUri': computed(
    'image', ({ image }) => image?.uri, instanceOf(ProcessingImage, 'Use ProcessingImage.fromRegistry(…), fromEcrRepository(…) or another of its factories.')),
  'AppSpecification.ContainerEntrypoint': property('entrypoint'),
  'AppSpecification.ContainerArguments': property('arguments'),
  'Environment': secret(property('environment', A_MAP)),
  'ExperimentConfig': named('experiment', A_STRUCTURE),
  'ExperimentConfig.ExperimentName': property('experiment.experimentName'),
  'ExperimentConfig.RunName': property('experiment.runName'),
  'ExperimentConfig.TrialComponentDisplayName': property('experiment.trialComponentDisplayName'),
  'ExperimentConfig.TrialName': property('experiment.trialName'),
  'NetworkConfig.EnableInterContainerTrafficEncryption': property('interContainerTrafficEncryption'),
  'NetworkConfig.EnableNetworkIsolation': property('networkIsolation'),
  'NetworkConfig.VpcConfig.SecurityGroupIds': VPC_CONFIG.SecurityGroupIds,
  'NetworkConfig.VpcConfig.Subnets': VPC_CONFIG.Subnets,
  'ProcessingInputs': property('inputs', A_MAP),
  'ProcessingInputs[]': named('{}'),
  'ProcessingInputs[].InputName': named('{}'),
  'ProcessingInputs[].AppManaged': named('{}.appManaged'),
  ...S3_INPUT_MEMBERS.within('ProcessingInputs[].S3Input', '{}'),
  ...DATASET_MEMBERS.within('ProcessingInputs[].DatasetDefinition', '{}'),
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition': named('{}'),
  ...ATHENA_MEMBERS.within('ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition', '{}'),
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition': named('{}'),
  ...REDSHIFT_MEMBERS.within('ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition', '{}'),
  'ProcessingOutputConfig.KmsKeyId': keyArn('outputEncryptionKey'),
  'ProcessingOutputConfig.Outputs': property('outputs', A_MAP),
  'ProcessingOutputConfig.Outputs[]': named('{}'),
  'ProcessingOutputConfig.Outputs[].OutputName': named('{}'),
  'ProcessingOutputConfig.Outputs[].AppManaged': named('{}.appManaged'),
  'ProcessingOutputConfig.Outputs[].FeatureStoreOutput.FeatureGroupName': named('{}.featureGroup'),
  ...S3_OUTPUT_MEMBERS.within('ProcessingOutputConfig.Outputs[].S3Output', '{}'),
  'ProcessingResources.ClusterConfig.InstanceCount': property('instanceCount'),
  'ProcessingResources.ClusterConfig.InstanceType': computed('instanceType', ({ instanceType }) => instanceType?.name, AN_INSTANCE_TYPE),
  'ProcessingResources.ClusterConfig.InstancePreferences': computed(
    'instancePreferences', ({ instancePreferences }) => instancePreferences?.map((preference) => PREFERENCE_MEMBERS.render(preference ?? {})), A_LIST),
  ...PREFERENCE_MEMBERS.within('ProcessingResources.ClusterConfig.InstancePreferences[]', '{}'),
  'ProcessingResources.ClusterConfig.VolumeKmsKeyId': keyArn('volumeEncryptionKey'),
  'ProcessingResources.ClusterConfig.VolumeSizeInGB': gibibytes('volumeSize'),
  'RoleArn': ROLE_ARN,
  'StoppingCondition.MaxRuntimeInSeconds': seconds('maxRuntime'),
});

const { processingJobName, ...DEFINING_MEMBERS } = PROCESSING_JOB_MEMBERS.types;

/** All properties of a ProcessingJobDefinition. */
export const PROCESSING_JOB_DEFINITION_PROPERTIES: PropertyTypes = {
  ...OTHER_DEFINITION_PROPERTIES,
  ...DEFINING_MEMBERS,
  code: instanceOf(ProcessingCode, "Use ProcessingCode.fromAsset('prepare.py')."),
  secrets: A_MAP,
};

/** All properties of a ProcessingJob without a definition. */
export const PROCESSING_JOB_PROPERTIES: PropertyTypes = {
  ...PROCESSING_JOB_DEFINITION_PROPERTIES,
  ...OTHER_JOB_PROPERTIES,
  processingJobName,
  removalPolicy: oneOf(ProcessingJobRemovalPolicy, 'ProcessingJobRemovalPolicy'),
};
