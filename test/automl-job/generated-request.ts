import * as fc from 'fast-check';
import { AutoMLEnsemblingAlgorithm, AutoMLHyperparameterTuningAlgorithm } from '../../src';
import { METRICS } from '../../src/automl-job/problem';
import { validLeaf } from '../processing-job/generated/arbitrary';

/** Any request that the properties of an AutoMLJob can produce, without VPC, keys and role, which are constructs. */
export function automlJobRequest(): fc.Arbitrary<any> {
  return fc.record({
    base: fc.record({
      GenerateCandidateDefinitionsOnly: fc.boolean(),
      ModelDeployConfig: deployment(),
      OutputDataConfig: fc.record({ S3OutputPath: validLeaf('S3Uri') }),
      RoleArn: fc.constant('arn:aws:iam::123456789012:role/automl'),
    }, { requiredKeys: ['OutputDataConfig', 'RoleArn'] }),
    problem: problem(),
    mode: mode(),
    channels: channels(),
    completion: optional(nonEmpty({
      MaxAutoMLJobRuntimeInSeconds: validLeaf('MaxAutoMLJobRuntimeInSeconds'),
      MaxCandidates: validLeaf('MaxCandidates'),
      MaxRuntimePerTrainingJobInSeconds: validLeaf('MaxRuntimePerTrainingJobInSeconds'),
    }).map(withFittingRuntimes)),
    fraction: optional(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })),
    features: optional(validLeaf('S3Uri')),
    encryption: optional(fc.boolean()),
  }).map(({ base, channels: [training, validation], completion, encryption, features, fraction, mode: { algorithms, Mode, weight }, ...other }) => ({
    ...base,
    ...other.problem,
    ...withMembers({
      AutoMLJobConfig: withMembers({
        CandidateGenerationConfig: withMembers({
          AlgorithmsConfig: algorithms && [{ AutoMLAlgorithms: algorithms }],
          FeatureSpecificationS3Uri: features,
        }),
        CompletionCriteria: completion,
        DataSplitConfig: validation || fraction === undefined ? undefined : { ValidationFraction: fraction },
        Mode,
        SecurityConfig: encryption === undefined ? undefined : { EnableInterContainerTrafficEncryption: encryption },
      }),
    }),
    InputDataConfig: [training, ...validation ? [validation] : []]
      .map((channel) => ({ ...channel, ...weight === undefined ? {} : { SampleWeightAttributeName: weight } })),
  }));
}

/** A training job may not run longer than the whole job. */
function withFittingRuntimes(completion: any): object {
  const { MaxAutoMLJobRuntimeInSeconds: whole = Infinity, MaxRuntimePerTrainingJobInSeconds: part } = completion;
  return part === undefined ? completion : { ...completion, MaxRuntimePerTrainingJobInSeconds: Math.min(part, whole) };
}

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

function nonEmpty(members: { [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<object> {
  return fc.record(members, { requiredKeys: [] }).filter((structure) => Object.keys(structure).length > 0);
}

/** Removes undefined members. */
function withMembers(structure: object): object | undefined {
  const entries = Object.entries(structure).filter(([, member]) => member !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function deployment(): fc.Arbitrary<object> {
  return fc.oneof(
    fc.constant({ AutoGenerateEndpointName: true }),
    fc.record({ AutoGenerateEndpointName: fc.constant(false), EndpointName: validLeaf('EndpointName') }),
  );
}

function problem(): fc.Arbitrary<object> {
  const problems = Object.entries(METRICS)
    .map(([ProblemType, metrics]) => fc.constantFrom(...metrics).map((MetricName) => ({ ProblemType, AutoMLJobObjective: { MetricName } })));
  return fc.oneof(fc.constant({}), ...problems);
}

function mode(): fc.Arbitrary<{ Mode?: string; algorithms?: string[]; weight?: string }> {
  const some = (algorithms: string[]) => optional(fc.shuffledSubarray(algorithms, { minLength: 1 }));
  return fc.oneof(
    fc.constant({}),
    fc.constant({ Mode: 'AUTO' }),
    fc.record({ Mode: fc.constant('ENSEMBLING'), algorithms: some(Object.values(AutoMLEnsemblingAlgorithm)), weight: optional(validLeaf('SampleWeightAttributeName')) }),
    fc.record({ Mode: fc.constant('HYPERPARAMETER_TUNING'), algorithms: some(Object.values(AutoMLHyperparameterTuningAlgorithm)) }),
  );
}

/** Training data, and validation data of the same target and format. */
function channels(): fc.Arbitrary<[any, any]> {
  const csv = [undefined, 'text/csv;header=present'];
  const formats = fc.constantFrom(csv, ['x-application/vnd.amazon+parquet']);
  return fc.tuple(validLeaf('TargetAttributeName'), formats, fc.boolean()).chain(([TargetAttributeName, types, hasValidation]) => {
    const channel = (ChannelType: string) => fc.record({
      ChannelType: fc.constant(ChannelType),
      CompressionType: validLeaf('CompressionType'),
      ContentType: fc.constantFrom(...types),
      DataSource: fc.record({ S3DataSource: fc.record({ S3DataType: fc.constantFrom('S3Prefix', 'ManifestFile'), S3Uri: validLeaf('S3Uri') }) }),
      TargetAttributeName: fc.constant(TargetAttributeName),
    }, { requiredKeys: ['ChannelType', 'ContentType', 'DataSource', 'TargetAttributeName'] }).map(withMembers);
    return fc.tuple(channel('training'), hasValidation ? channel('validation') : fc.constant(undefined));
  });
}
