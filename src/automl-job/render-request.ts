import { IRole } from 'aws-cdk-lib/aws-iam';
import { AutoMLJobProps } from './automl-job-props';
import { AutoMLJobRequest } from './request';
import { withMembers } from '../job/job-core';
import { JobNetwork } from '../job/job-network';

/** The request of the Create call, without name and tags. */
export function renderRequest(props: AutoMLJobProps, role: IRole, network?: JobNetwork): AutoMLJobRequest {
  const { algorithms, sampleWeightAttributeName } = props.mode?._options ?? {};
  const channel = (ChannelType: string, dataset = props.trainingData) => ({
    ChannelType,
    ...dataset?._request,
    SampleWeightAttributeName: sampleWeightAttributeName,
    TargetAttributeName: props.targetAttributeName,
  });
  return {
    AutoMLJobConfig: withMembers({
      CandidateGenerationConfig: withMembers({
        AlgorithmsConfig: algorithms && [{ AutoMLAlgorithms: algorithms }],
        FeatureSpecificationS3Uri: props.featureSpecification?.uri,
      }),
      CompletionCriteria: withMembers({
        MaxAutoMLJobRuntimeInSeconds: props.maxRuntime?.toSeconds({ integral: false }),
        MaxCandidates: props.maxCandidates,
        MaxRuntimePerTrainingJobInSeconds: props.maxRuntimePerTrainingJob?.toSeconds({ integral: false }),
      }),
      DataSplitConfig: withMembers({ ValidationFraction: props.validation?._fraction }),
      Mode: props.mode?.mode,
      SecurityConfig: withMembers({
        EnableInterContainerTrafficEncryption: props.interContainerTrafficEncryption,
        VolumeKmsKeyId: props.volumeEncryptionKey?.keyArn,
        VpcConfig: network?.vpcConfig,
      }),
    }),
    AutoMLJobObjective: props.problem && { MetricName: props.problem.metricName },
    GenerateCandidateDefinitionsOnly: props.generateCandidateDefinitionsOnly,
    InputDataConfig: [channel('training'), ...props.validation?._dataset ? [channel('validation', props.validation._dataset)] : []],
    ModelDeployConfig: props.deployment?._request,
    OutputDataConfig: { KmsKeyId: props.outputEncryptionKey?.keyArn, S3OutputPath: props.outputLocation?.uri },
    ProblemType: props.problem?.problemType,
    RoleArn: role.roleArn,
  };
}
