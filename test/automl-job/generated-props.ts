import { Duration } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AutoMLDataset, AutoMLDeployment, AutoMLJobProps, AutoMLMode, AutoMLProblem, AutoMLValidation, S3Location } from '../../src';

/** The properties from which a request is rendered. Wrong values are passed on, as in JavaScript. */
export function propsOf(scope: Construct, request: any): AutoMLJobProps {
  const [training, validation] = request.InputDataConfig;
  const { CandidateGenerationConfig, CompletionCriteria, DataSplitConfig, Mode, SecurityConfig } = request.AutoMLJobConfig ?? {};
  const { FeatureSpecificationS3Uri } = CandidateGenerationConfig ?? {};
  return {
    generateCandidateDefinitionsOnly: request.GenerateCandidateDefinitionsOnly,
    deployment: request.ModelDeployConfig && deploymentOf(request.ModelDeployConfig),
    featureSpecification: FeatureSpecificationS3Uri === undefined ? undefined : S3Location.fromUri(FeatureSpecificationS3Uri),
    interContainerTrafficEncryption: SecurityConfig?.EnableInterContainerTrafficEncryption,
    maxCandidates: CompletionCriteria?.MaxCandidates,
    maxRuntime: durationOf(CompletionCriteria?.MaxAutoMLJobRuntimeInSeconds),
    maxRuntimePerTrainingJob: durationOf(CompletionCriteria?.MaxRuntimePerTrainingJobInSeconds),
    mode: Mode && modeOf(Mode, CandidateGenerationConfig?.AlgorithmsConfig?.[0].AutoMLAlgorithms, training.SampleWeightAttributeName),
    outputLocation: S3Location.fromUri(request.OutputDataConfig.S3OutputPath),
    problem: request.ProblemType && problemOf(request.ProblemType, request.AutoMLJobObjective.MetricName),
    role: Role.fromRoleArn(scope, 'Role', request.RoleArn),
    targetAttributeName: training.TargetAttributeName,
    trainingData: datasetOf(training),
    validation: validationOf(validation, DataSplitConfig),
  };
}

function datasetOf({ CompressionType, ContentType, DataSource: { S3DataSource } }: any): AutoMLDataset {
  const factory = S3DataSource.S3DataType === 'ManifestFile' ? AutoMLDataset.fromManifest : AutoMLDataset.fromS3;
  return factory(S3Location.fromUri(S3DataSource.S3Uri), { compression: CompressionType, contentType: ContentType });
}

function validationOf(channel: any, split: any): AutoMLValidation | undefined {
  return channel ? AutoMLValidation.dataset(datasetOf(channel)) : split && AutoMLValidation.fraction(split.ValidationFraction);
}

function deploymentOf({ AutoGenerateEndpointName, EndpointName }: any): AutoMLDeployment {
  return AutoGenerateEndpointName ? AutoMLDeployment.generatedEndpoint() : AutoMLDeployment.endpoint(EndpointName);
}

function modeOf(mode: string, algorithms: any, sampleWeightAttributeName: any): AutoMLMode {
  switch (mode) {
    case 'AUTO':
      return AutoMLMode.auto();
    case 'ENSEMBLING':
      return AutoMLMode.ensembling({ algorithms, sampleWeightAttributeName });
    default:
      return AutoMLMode.hyperparameterTuning({ algorithms });
  }
}

function problemOf(problemType: string, metric: any): AutoMLProblem {
  switch (problemType) {
    case 'BinaryClassification':
      return AutoMLProblem.binaryClassification(metric);
    case 'MulticlassClassification':
      return AutoMLProblem.multiclassClassification(metric);
    default:
      return AutoMLProblem.regression(metric);
  }
}

/** A Duration of any value, including those that the CDK's factories refuse. */
function durationOf(seconds: any): Duration | undefined {
  return seconds === undefined ? undefined : Object.create(Duration.seconds(1), { toSeconds: { value: () => seconds } });
}
