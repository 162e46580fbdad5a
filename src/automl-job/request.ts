import { PropertyNames } from '../validation/property-names';

/** The request of CreateAutoMLJob. Its job's name and tags come apart. */
export interface AutoMLJobRequest {
  AutoMLJobConfig?: {
    CandidateGenerationConfig?: {
      AlgorithmsConfig?: { AutoMLAlgorithms: string[] }[];
      FeatureSpecificationS3Uri?: string;
    };
    CompletionCriteria?: {
      MaxAutoMLJobRuntimeInSeconds?: number;
      MaxCandidates?: number;
      MaxRuntimePerTrainingJobInSeconds?: number;
    };
    DataSplitConfig?: { ValidationFraction?: number };
    Mode?: string;
    SecurityConfig?: {
      EnableInterContainerTrafficEncryption?: boolean;
      VolumeKmsKeyId?: string;
      VpcConfig?: { SecurityGroupIds: string[]; Subnets: string[] };
    };
  };
  AutoMLJobObjective?: { MetricName: string };
  GenerateCandidateDefinitionsOnly?: boolean;
  InputDataConfig: AutoMLChannelRequest[];
  ModelDeployConfig?: { AutoGenerateEndpointName?: boolean; EndpointName?: string };
  OutputDataConfig: { KmsKeyId?: string; S3OutputPath?: string };
  ProblemType?: string;
  RoleArn: string;
}

export interface AutoMLChannelRequest {
  ChannelType?: string;
  CompressionType?: string;
  ContentType?: string;
  DataSource?: { S3DataSource: { S3DataType: string; S3Uri: string } };
  SampleWeightAttributeName?: string;
  TargetAttributeName?: string;
}

/** Where in the properties of an AutoMLJob each member of its request comes from. */
export const AUTOML_JOB_PROPERTIES: PropertyNames = {
  'AutoMLJobName': 'autoMLJobName',
  'RoleArn': 'role',
  'Tags': 'tags',
  'Tags[]': '{}',
  'Tags[].Key': '{}',
  'Tags[].Value': '{}',
  'AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig': 'mode.algorithms',
  'AutoMLJobConfig.CandidateGenerationConfig.AlgorithmsConfig[].AutoMLAlgorithms': 'mode.algorithms',
  'AutoMLJobConfig.CandidateGenerationConfig.FeatureSpecificationS3Uri': 'featureSpecification',
  'AutoMLJobConfig.CompletionCriteria.MaxAutoMLJobRuntimeInSeconds': 'maxRuntime',
  'AutoMLJobConfig.CompletionCriteria.MaxCandidates': 'maxCandidates',
  'AutoMLJobConfig.CompletionCriteria.MaxRuntimePerTrainingJobInSeconds': 'maxRuntimePerTrainingJob',
  'AutoMLJobConfig.DataSplitConfig.ValidationFraction': 'validation.fraction',
  'AutoMLJobConfig.Mode': 'mode',
  'AutoMLJobConfig.SecurityConfig.EnableInterContainerTrafficEncryption': 'interContainerTrafficEncryption',
  'AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId': 'volumeEncryptionKey',
  'AutoMLJobConfig.SecurityConfig.VpcConfig.SecurityGroupIds': 'securityGroups',
  'AutoMLJobConfig.SecurityConfig.VpcConfig.Subnets': 'vpcSubnets',
  'AutoMLJobObjective.MetricName': 'problem.metric',
  'GenerateCandidateDefinitionsOnly': 'generateCandidateDefinitionsOnly',
  'InputDataConfig': 'trainingData',
  'InputDataConfig[]': '{}',
  'InputDataConfig[].ChannelType': '{}',
  'InputDataConfig[].CompressionType': '{}.compression',
  'InputDataConfig[].ContentType': '{}.contentType',
  'InputDataConfig[].DataSource': '{}',
  'InputDataConfig[].DataSource.S3DataSource.S3DataType': '{}',
  'InputDataConfig[].DataSource.S3DataSource.S3Uri': '{}.location',
  'InputDataConfig[].SampleWeightAttributeName': 'mode.sampleWeightAttributeName',
  'InputDataConfig[].TargetAttributeName': 'targetAttributeName',
  'ModelDeployConfig.AutoGenerateEndpointName': 'deployment',
  'ModelDeployConfig.EndpointName': 'deployment.name',
  'OutputDataConfig.KmsKeyId': 'outputEncryptionKey',
  'OutputDataConfig.S3OutputPath': 'outputLocation',
  'ProblemType': 'problem',
};
