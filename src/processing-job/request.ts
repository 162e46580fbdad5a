import { PropertyNames } from '../validation/property-names';

/** The request of CreateProcessingJob, as far as the properties of a ProcessingJob reach. Its job's name and tags come apart. */
export interface ProcessingJobRequest {
  AppSpecification: {
    ImageUri?: string;
    ContainerEntrypoint?: string[];
    ContainerArguments?: string[];
  };
  Environment?: { [name: string]: string };
  ExperimentConfig?: {
    ExperimentName?: string;
    RunName?: string;
    TrialComponentDisplayName?: string;
    TrialName?: string;
  };
  NetworkConfig?: {
    EnableInterContainerTrafficEncryption?: boolean;
    EnableNetworkIsolation?: boolean;
    VpcConfig?: { SecurityGroupIds: string[]; Subnets: string[] };
  };
  ProcessingInputs?: ProcessingInputRequest[];
  ProcessingOutputConfig?: { KmsKeyId?: string; Outputs: ProcessingOutputRequest[] };
  ProcessingResources: {
    ClusterConfig: {
      InstanceCount?: number;
      InstanceType?: string;
      InstancePreferences?: { InstanceType?: string; InstanceCount?: number }[];
      VolumeKmsKeyId?: string;
      VolumeSizeInGB?: number;
    };
  };
  RoleArn: string;
  StoppingCondition?: { MaxRuntimeInSeconds: number };
}

export interface ProcessingInputRequest {
  InputName: string;
  AppManaged?: boolean;
  S3Input?: {
    LocalPath?: string;
    S3CompressionType?: string;
    S3DataDistributionType?: string;
    S3DataType: string;
    S3InputMode?: string;
    S3Uri: string;
  };
  DatasetDefinition?: DatasetDefinitionRequest;
}

export interface DatasetDefinitionRequest {
  AthenaDatasetDefinition?: {
    Catalog?: string;
    Database?: string;
    KmsKeyId?: string;
    OutputCompression?: string;
    OutputFormat?: string;
    OutputS3Uri?: string;
    QueryString?: string;
    WorkGroup?: string;
  };
  RedshiftDatasetDefinition?: {
    ClusterId?: string;
    ClusterRoleArn?: string;
    Database?: string;
    DbUser?: string;
    KmsKeyId?: string;
    OutputCompression?: string;
    OutputFormat?: string;
    OutputS3Uri?: string;
    QueryString?: string;
  };
  DataDistributionType?: string;
  InputMode?: string;
  LocalPath?: string;
}

export interface ProcessingOutputRequest {
  OutputName: string;
  AppManaged?: boolean;
  FeatureStoreOutput?: { FeatureGroupName: string };
  S3Output?: { LocalPath?: string; S3UploadMode: string; S3Uri: string };
}

/** Where in the properties of a ProcessingJob each member of its request comes from. */
export const PROCESSING_JOB_PROPERTIES: PropertyNames = {
  'ProcessingJobName': 'processingJobName',
  'RoleArn': 'role',
  'Tags': 'tags',
  'Tags[]': '{}',
  'Tags[].Key': '{}',
  'Tags[].Value': '{}',
  'AppSpecification.ImageUri': 'image',
  'AppSpecification.ContainerEntrypoint': 'entrypoint',
  'AppSpecification.ContainerArguments': 'arguments',
  'Environment': 'environment',
  'ExperimentConfig.ExperimentName': 'experiment.experimentName',
  'ExperimentConfig.RunName': 'experiment.runName',
  'ExperimentConfig.TrialComponentDisplayName': 'experiment.trialComponentDisplayName',
  'ExperimentConfig.TrialName': 'experiment.trialName',
  'NetworkConfig.EnableInterContainerTrafficEncryption': 'interContainerTrafficEncryption',
  'NetworkConfig.EnableNetworkIsolation': 'networkIsolation',
  'NetworkConfig.VpcConfig.SecurityGroupIds': 'securityGroups',
  'NetworkConfig.VpcConfig.Subnets': 'vpcSubnets',
  'ProcessingInputs': 'inputs',
  'ProcessingInputs[]': '{}',
  'ProcessingInputs[].InputName': '{}',
  'ProcessingInputs[].AppManaged': '{}.appManaged',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition': '{}',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.Catalog': '{}.catalog',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.Database': '{}.database',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId': '{}.outputEncryptionKey',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.OutputCompression': '{}.outputCompression',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.OutputFormat': '{}.outputFormat',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.OutputS3Uri': '{}.outputLocation',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.QueryString': '{}.queryString',
  'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.WorkGroup': '{}.workGroup',
  'ProcessingInputs[].DatasetDefinition.DataDistributionType': '{}.distribution',
  'ProcessingInputs[].DatasetDefinition.InputMode': '{}.mode',
  'ProcessingInputs[].DatasetDefinition.LocalPath': '{}.localPath',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition': '{}',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.ClusterId': '{}.clusterId',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.ClusterRoleArn': '{}.clusterRole',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.Database': '{}.database',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.DbUser': '{}.dbUser',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId': '{}.outputEncryptionKey',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.OutputCompression': '{}.outputCompression',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.OutputFormat': '{}.outputFormat',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.OutputS3Uri': '{}.outputLocation',
  'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition.QueryString': '{}.queryString',
  'ProcessingInputs[].S3Input.LocalPath': '{}.localPath',
  'ProcessingInputs[].S3Input.S3CompressionType': '{}.compression',
  'ProcessingInputs[].S3Input.S3DataDistributionType': '{}.distribution',
  'ProcessingInputs[].S3Input.S3DataType': '{}',
  'ProcessingInputs[].S3Input.S3InputMode': '{}.mode',
  'ProcessingInputs[].S3Input.S3Uri': '{}.location',
  'ProcessingOutputConfig.KmsKeyId': 'outputEncryptionKey',
  'ProcessingOutputConfig.Outputs': 'outputs',
  'ProcessingOutputConfig.Outputs[]': '{}',
  'ProcessingOutputConfig.Outputs[].FeatureStoreOutput.FeatureGroupName': '{}.featureGroup',
  'ProcessingOutputConfig.Outputs[].OutputName': '{}',
  'ProcessingOutputConfig.Outputs[].AppManaged': '{}.appManaged',
  'ProcessingOutputConfig.Outputs[].S3Output.LocalPath': '{}.localPath',
  'ProcessingOutputConfig.Outputs[].S3Output.S3UploadMode': '{}.uploadMode',
  'ProcessingOutputConfig.Outputs[].S3Output.S3Uri': '{}.location',
  'ProcessingResources.ClusterConfig.InstanceCount': 'instanceCount',
  'ProcessingResources.ClusterConfig.InstanceType': 'instanceType',
  'ProcessingResources.ClusterConfig.InstancePreferences': 'instancePreferences',
  'ProcessingResources.ClusterConfig.InstancePreferences[].InstanceType': '{}.instanceType',
  'ProcessingResources.ClusterConfig.InstancePreferences[].InstanceCount': '{}.instanceCount',
  'ProcessingResources.ClusterConfig.VolumeKmsKeyId': 'volumeEncryptionKey',
  'ProcessingResources.ClusterConfig.VolumeSizeInGB': 'volumeSize',
  'StoppingCondition.MaxRuntimeInSeconds': 'maxRuntime',
};
