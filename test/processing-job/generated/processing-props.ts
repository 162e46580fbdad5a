import { Duration, Size } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import {
  ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJobProps, ProcessingOutput, S3Location,
} from '../../../src/index';

/** The properties from which a request is rendered. Wrong values are passed on, as in JavaScript. */
export function propsOf(scope: Construct, request: any): ProcessingJobProps {
  const { AppSpecification, Environment, ExperimentConfig, NetworkConfig, ProcessingInputs, ProcessingOutputConfig, ProcessingResources } = request;
  const { InstanceCount, InstancePreferences, InstanceType, VolumeSizeInGB } = ProcessingResources.ClusterConfig;
  return {
    image: ProcessingImage.fromRegistry(AppSpecification.ImageUri),
    entrypoint: AppSpecification.ContainerEntrypoint,
    arguments: AppSpecification.ContainerArguments,
    environment: Environment,
    experiment: ExperimentConfig && {
      experimentName: ExperimentConfig.ExperimentName,
      runName: ExperimentConfig.RunName,
      trialComponentDisplayName: ExperimentConfig.TrialComponentDisplayName,
      trialName: ExperimentConfig.TrialName,
    },
    interContainerTrafficEncryption: NetworkConfig?.EnableInterContainerTrafficEncryption,
    networkIsolation: NetworkConfig?.EnableNetworkIsolation,
    inputs: ProcessingInputs && Object.fromEntries(ProcessingInputs.map((input: any) => [input.InputName, inputOf(scope, input)])),
    outputs: ProcessingOutputConfig
      && Object.fromEntries(ProcessingOutputConfig.Outputs.map((output: any) => [output.OutputName, outputOf(scope, output)])),
    instanceCount: InstanceCount,
    instanceType: InstanceType === undefined ? undefined : ProcessingInstanceType.of(InstanceType),
    instancePreferences: InstancePreferences?.map((preference: any) => ({
      instanceType: ProcessingInstanceType.of(preference.InstanceType),
      instanceCount: preference.InstanceCount,
    })),
    volumeSize: like(Size.gibibytes(1), 'toGibibytes', VolumeSizeInGB),
    role: Role.fromRoleArn(scope, 'Role', request.RoleArn),
    maxRuntime: request.StoppingCondition && like(Duration.seconds(1), 'toSeconds', request.StoppingCondition.MaxRuntimeInSeconds),
  };
}

function inputOf(scope: Construct, { InputName, AppManaged, S3Input, DatasetDefinition }: any): ProcessingInput {
  if (S3Input) {
    const factory = S3Input.S3DataType === 'ManifestFile' ? ProcessingInput.fromManifest : ProcessingInput.fromS3;
    return factory(S3Location.fromUri(S3Input.S3Uri), {
      appManaged: AppManaged,
      localPath: S3Input.LocalPath,
      compression: S3Input.S3CompressionType,
      distribution: S3Input.S3DataDistributionType,
      mode: S3Input.S3InputMode,
    });
  }
  const { AthenaDatasetDefinition: athena, RedshiftDatasetDefinition: redshift, DataDistributionType, InputMode, LocalPath } = DatasetDefinition;
  const options = { appManaged: AppManaged, distribution: DataDistributionType, mode: InputMode, localPath: LocalPath };
  if (athena) {
    return ProcessingInput.fromAthena({
      ...options,
      catalog: athena.Catalog,
      database: athena.Database,
      outputCompression: athena.OutputCompression,
      outputFormat: athena.OutputFormat,
      outputLocation: S3Location.fromUri(athena.OutputS3Uri),
      queryString: athena.QueryString,
      workGroup: athena.WorkGroup,
    });
  }
  return ProcessingInput.fromRedshift({
    ...options,
    clusterId: redshift.ClusterId,
    clusterRole: Role.fromRoleArn(scope, `ClusterRole${InputName}`, redshift.ClusterRoleArn),
    database: redshift.Database,
    dbUser: redshift.DbUser,
    outputCompression: redshift.OutputCompression,
    outputFormat: redshift.OutputFormat,
    outputLocation: S3Location.fromUri(redshift.OutputS3Uri),
    queryString: redshift.QueryString,
  });
}

function outputOf(scope: Construct, { OutputName, AppManaged, FeatureStoreOutput, S3Output }: any): ProcessingOutput {
  if (FeatureStoreOutput) {
    const featureGroup = CfnFeatureGroup.fromFeatureGroupName(scope, `FeatureGroup${OutputName}`, FeatureStoreOutput.FeatureGroupName);
    return ProcessingOutput.toFeatureGroup(featureGroup);
  }
  const { LocalPath: localPath, S3UploadMode: uploadMode, S3Uri } = S3Output;
  return ProcessingOutput.toS3(S3Location.fromUri(S3Uri), { appManaged: AppManaged, localPath, uploadMode });
}

/** A Duration or a Size of any value, including those that the CDK's factories refuse. */
function like<T extends object>(amount: T, method: string, value: any): T {
  return Object.create(amount, { [method]: { value: () => value } });
}
