// Generated from botocore 1.44.5: do not edit. To make it anew, run 'npx projen service-model'.
// The structures of the requests that create jobs of all kinds. All members are optional: what a user has
// left out is found by the checks of the request that was rendered. A value may be a token, and a string one that is newer than its enum.

export interface AppSpecificationRequest {
  readonly ImageUri?: string;
  readonly ContainerEntrypoint?: readonly string[];
  readonly ContainerArguments?: readonly string[];
}

export interface AthenaDatasetDefinitionRequest {
  readonly Catalog?: string;
  readonly Database?: string;
  readonly QueryString?: string;
  readonly WorkGroup?: string;
  readonly OutputS3Uri?: string;
  readonly KmsKeyId?: string;
  readonly OutputFormat?: string;
  readonly OutputCompression?: string;
}

export interface AutoMLAlgorithmConfigRequest {
  readonly AutoMLAlgorithms?: readonly string[];
}

export interface AutoMLCandidateGenerationConfigRequest {
  readonly FeatureSpecificationS3Uri?: string;
  readonly AlgorithmsConfig?: readonly AutoMLAlgorithmConfigRequest[];
}

export interface AutoMLChannelRequest {
  readonly DataSource?: AutoMLDataSourceRequest;
  readonly CompressionType?: string;
  readonly TargetAttributeName?: string;
  readonly ContentType?: string;
  readonly ChannelType?: string;
  readonly SampleWeightAttributeName?: string;
}

export interface AutoMLComputeConfigRequest {
  readonly EmrServerlessComputeConfig?: EmrServerlessComputeConfigRequest;
}

export interface AutoMLDataSourceRequest {
  readonly S3DataSource?: AutoMLS3DataSourceRequest;
}

export interface AutoMLDataSplitConfigRequest {
  readonly ValidationFraction?: number;
}

export interface AutoMLJobChannelRequest {
  readonly ChannelType?: string;
  readonly ContentType?: string;
  readonly CompressionType?: string;
  readonly DataSource?: AutoMLDataSourceRequest;
}

export interface AutoMLJobCompletionCriteriaRequest {
  readonly MaxCandidates?: number;
  readonly MaxRuntimePerTrainingJobInSeconds?: number;
  readonly MaxAutoMLJobRuntimeInSeconds?: number;
}

export interface AutoMLJobConfigRequest {
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
  readonly SecurityConfig?: AutoMLSecurityConfigRequest;
  readonly CandidateGenerationConfig?: AutoMLCandidateGenerationConfigRequest;
  readonly DataSplitConfig?: AutoMLDataSplitConfigRequest;
  readonly Mode?: string;
}

export interface AutoMLJobObjectiveRequest {
  readonly MetricName?: string;
}

export interface AutoMLOutputDataConfigRequest {
  readonly KmsKeyId?: string;
  readonly S3OutputPath?: string;
}

export interface AutoMLProblemTypeConfigRequest {
  readonly ImageClassificationJobConfig?: ImageClassificationJobConfigRequest;
  readonly TextClassificationJobConfig?: TextClassificationJobConfigRequest;
  readonly TimeSeriesForecastingJobConfig?: TimeSeriesForecastingJobConfigRequest;
  readonly TabularJobConfig?: TabularJobConfigRequest;
  readonly TextGenerationJobConfig?: TextGenerationJobConfigRequest;
}

export interface AutoMLS3DataSourceRequest {
  readonly S3DataType?: string;
  readonly S3Uri?: string;
}

export interface AutoMLSecurityConfigRequest {
  readonly VolumeKmsKeyId?: string;
  readonly EnableInterContainerTrafficEncryption?: boolean;
  readonly VpcConfig?: VpcConfigRequest;
}

export interface CandidateGenerationConfigRequest {
  readonly AlgorithmsConfig?: readonly AutoMLAlgorithmConfigRequest[];
}

export interface CreateAutoMLJobRequest {
  readonly AutoMLJobName?: string;
  readonly InputDataConfig?: readonly AutoMLChannelRequest[];
  readonly OutputDataConfig?: AutoMLOutputDataConfigRequest;
  readonly ProblemType?: string;
  readonly AutoMLJobObjective?: AutoMLJobObjectiveRequest;
  readonly AutoMLJobConfig?: AutoMLJobConfigRequest;
  readonly RoleArn?: string;
  readonly GenerateCandidateDefinitionsOnly?: boolean;
  readonly Tags?: readonly TagRequest[];
  readonly ModelDeployConfig?: ModelDeployConfigRequest;
}

export interface CreateAutoMLJobV2Request {
  readonly AutoMLJobName?: string;
  readonly AutoMLJobInputDataConfig?: readonly AutoMLJobChannelRequest[];
  readonly OutputDataConfig?: AutoMLOutputDataConfigRequest;
  readonly AutoMLProblemTypeConfig?: AutoMLProblemTypeConfigRequest;
  readonly RoleArn?: string;
  readonly Tags?: readonly TagRequest[];
  readonly SecurityConfig?: AutoMLSecurityConfigRequest;
  readonly AutoMLJobObjective?: AutoMLJobObjectiveRequest;
  readonly ModelDeployConfig?: ModelDeployConfigRequest;
  readonly DataSplitConfig?: AutoMLDataSplitConfigRequest;
  readonly AutoMLComputeConfig?: AutoMLComputeConfigRequest;
}

export interface CreateModelInput {
  readonly ModelName?: string;
  readonly ExecutionRoleArn?: string;
  readonly Tags?: readonly TagRequest[];
  readonly VpcConfig?: VpcConfigRequest;
  readonly EnableNetworkIsolation?: boolean;
}

export interface CreateProcessingJobRequest {
  readonly ProcessingInputs?: readonly ProcessingInputRequest[];
  readonly ProcessingOutputConfig?: ProcessingOutputConfigRequest;
  readonly ProcessingJobName?: string;
  readonly ProcessingResources?: ProcessingResourcesRequest;
  readonly StoppingCondition?: ProcessingStoppingConditionRequest;
  readonly AppSpecification?: AppSpecificationRequest;
  readonly Environment?: { readonly [name: string]: string };
  readonly NetworkConfig?: NetworkConfigRequest;
  readonly RoleArn?: string;
  readonly Tags?: readonly TagRequest[];
  readonly ExperimentConfig?: ExperimentConfigRequest;
}

export interface DatasetDefinitionRequest {
  readonly AthenaDatasetDefinition?: AthenaDatasetDefinitionRequest;
  readonly RedshiftDatasetDefinition?: RedshiftDatasetDefinitionRequest;
  readonly LocalPath?: string;
  readonly DataDistributionType?: string;
  readonly InputMode?: string;
}

export interface EmrServerlessComputeConfigRequest {
  readonly ExecutionRoleARN?: string;
}

export interface ExperimentConfigRequest {
  readonly ExperimentName?: string;
  readonly TrialName?: string;
  readonly TrialComponentDisplayName?: string;
  readonly RunName?: string;
}

export interface HolidayConfigAttributesRequest {
  readonly CountryCode?: string;
}

export interface ImageClassificationJobConfigRequest {
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
}

export interface ModelAccessConfigRequest {
  readonly AcceptEula?: boolean;
}

export interface ModelDeployConfigRequest {
  readonly AutoGenerateEndpointName?: boolean;
  readonly EndpointName?: string;
}

export interface NetworkConfigRequest {
  readonly EnableInterContainerTrafficEncryption?: boolean;
  readonly EnableNetworkIsolation?: boolean;
  readonly VpcConfig?: VpcConfigRequest;
}

export interface ProcessingClusterConfigRequest {
  readonly InstanceCount?: number;
  readonly InstanceType?: string;
  readonly VolumeSizeInGB?: number;
  readonly VolumeKmsKeyId?: string;
  readonly InstancePreferences?: readonly ProcessingInstancePreferenceRequest[];
}

export interface ProcessingFeatureStoreOutputRequest {
  readonly FeatureGroupName?: string;
}

export interface ProcessingInputRequest {
  readonly InputName?: string;
  readonly AppManaged?: boolean;
  readonly S3Input?: ProcessingS3InputRequest;
  readonly DatasetDefinition?: DatasetDefinitionRequest;
}

export interface ProcessingInstancePreferenceRequest {
  readonly InstanceType?: string;
  readonly InstanceCount?: number;
}

export interface ProcessingOutputRequest {
  readonly OutputName?: string;
  readonly S3Output?: ProcessingS3OutputRequest;
  readonly FeatureStoreOutput?: ProcessingFeatureStoreOutputRequest;
  readonly AppManaged?: boolean;
}

export interface ProcessingOutputConfigRequest {
  readonly Outputs?: readonly ProcessingOutputRequest[];
  readonly KmsKeyId?: string;
}

export interface ProcessingResourcesRequest {
  readonly ClusterConfig?: ProcessingClusterConfigRequest;
}

export interface ProcessingS3InputRequest {
  readonly S3Uri?: string;
  readonly LocalPath?: string;
  readonly S3DataType?: string;
  readonly S3InputMode?: string;
  readonly S3DataDistributionType?: string;
  readonly S3CompressionType?: string;
}

export interface ProcessingS3OutputRequest {
  readonly S3Uri?: string;
  readonly LocalPath?: string;
  readonly S3UploadMode?: string;
}

export interface ProcessingStoppingConditionRequest {
  readonly MaxRuntimeInSeconds?: number;
}

export interface RedshiftDatasetDefinitionRequest {
  readonly ClusterId?: string;
  readonly Database?: string;
  readonly DbUser?: string;
  readonly QueryString?: string;
  readonly ClusterRoleArn?: string;
  readonly OutputS3Uri?: string;
  readonly KmsKeyId?: string;
  readonly OutputFormat?: string;
  readonly OutputCompression?: string;
}

export interface TabularJobConfigRequest {
  readonly CandidateGenerationConfig?: CandidateGenerationConfigRequest;
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
  readonly FeatureSpecificationS3Uri?: string;
  readonly Mode?: string;
  readonly GenerateCandidateDefinitionsOnly?: boolean;
  readonly ProblemType?: string;
  readonly TargetAttributeName?: string;
  readonly SampleWeightAttributeName?: string;
}

export interface TagRequest {
  readonly Key?: string;
  readonly Value?: string;
}

export interface TextClassificationJobConfigRequest {
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
  readonly ContentColumn?: string;
  readonly TargetLabelColumn?: string;
}

export interface TextGenerationJobConfigRequest {
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
  readonly BaseModelName?: string;
  readonly TextGenerationHyperParameters?: { readonly [name: string]: string };
  readonly ModelAccessConfig?: ModelAccessConfigRequest;
}

export interface TimeSeriesConfigRequest {
  readonly TargetAttributeName?: string;
  readonly TimestampAttributeName?: string;
  readonly ItemIdentifierAttributeName?: string;
  readonly GroupingAttributeNames?: readonly string[];
}

export interface TimeSeriesForecastingJobConfigRequest {
  readonly FeatureSpecificationS3Uri?: string;
  readonly CompletionCriteria?: AutoMLJobCompletionCriteriaRequest;
  readonly ForecastFrequency?: string;
  readonly ForecastHorizon?: number;
  readonly ForecastQuantiles?: readonly string[];
  readonly Transformations?: TimeSeriesTransformationsRequest;
  readonly TimeSeriesConfig?: TimeSeriesConfigRequest;
  readonly HolidayConfig?: readonly HolidayConfigAttributesRequest[];
  readonly CandidateGenerationConfig?: CandidateGenerationConfigRequest;
}

export interface TimeSeriesTransformationsRequest {
  readonly Filling?: { readonly [name: string]: { readonly [name: string]: string } };
  readonly Aggregation?: { readonly [name: string]: string };
}

export interface VpcConfigRequest {
  readonly SecurityGroupIds?: readonly string[];
  readonly Subnets?: readonly string[];
}
