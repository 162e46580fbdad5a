import * as fc from 'fast-check';
import { validLeaf } from './arbitrary';

/** Any request that the properties of a ProcessingJob can produce, without VPC, keys and role, which are constructs. */
export function processingRequest(): fc.Arbitrary<any> {
  return fc.record({
    AppSpecification: fc.record({
      ImageUri: validLeaf('ImageUri'),
      ContainerEntrypoint: fc.array(validLeaf('ContainerEntrypointString'), { minLength: 1, maxLength: 5 }),
      ContainerArguments: fc.array(validLeaf('ContainerArgument'), { minLength: 1, maxLength: 5 }),
    }, { requiredKeys: ['ImageUri'] }),
    Environment: fc.dictionary(
      fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,40}$/), validLeaf('ProcessingEnvironmentValue'), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    ExperimentConfig: nonEmpty({
      ExperimentName: validLeaf('ExperimentEntityName'),
      RunName: validLeaf('ExperimentEntityName'),
      TrialComponentDisplayName: validLeaf('ExperimentEntityName'),
      TrialName: validLeaf('ExperimentEntityName'),
    }),
    NetworkConfig: nonEmpty({ EnableInterContainerTrafficEncryption: fc.boolean(), EnableNetworkIsolation: fc.boolean() }),
    ProcessingInputs: named('InputName', fc.oneof(s3Input(), dataset())),
    ProcessingOutputConfig: fc.record({ Outputs: named('OutputName', fc.oneof(s3Output(), featureStoreOutput())) }),
    ProcessingResources: fc.record({ ClusterConfig: cluster() }),
    RoleArn: fc.constant('arn:aws:iam::123456789012:role/jobs'),
    StoppingCondition: fc.record({ MaxRuntimeInSeconds: validLeaf('ProcessingMaxRuntimeInSeconds') }),
  }, { requiredKeys: ['AppSpecification', 'ProcessingResources', 'RoleArn'] }).filter(isConsistent);
}

/** Whether valid parts also form a valid request together. */
function isConsistent({ NetworkConfig, ProcessingInputs = [], ProcessingOutputConfig: { Outputs = [] } = {} }: any): boolean {
  const elements: any[] = [...ProcessingInputs, ...Outputs];
  const names = elements.map(({ InputName, OutputName }) => InputName ?? OutputName);
  const folders = elements
    .map(({ DatasetDefinition, S3Input, S3Output }) => (S3Input ?? DatasetDefinition ?? S3Output)?.LocalPath)
    .filter((path) => path !== undefined)
    .map((path: string) => path.split('/').filter((part) => part !== '').join('/'));
  const isIsolated = NetworkConfig?.EnableNetworkIsolation === true;
  return new Set(names).size === names.length
    && new Set(folders).size === folders.length
    && !(isIsolated && elements.some(({ AppManaged }) => AppManaged));
}

function nonEmpty(members: { [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<object> {
  return fc.record(members, { requiredKeys: [] }).filter((structure) => Object.keys(structure).length > 0);
}

/** Named elements, sorted by name. */
function named(member: string, element: fc.Arbitrary<object>): fc.Arbitrary<object[]> {
  const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,30}$/).filter((text) => !(text in {}));
  return fc.uniqueArray(fc.tuple(name, element), { minLength: 1, maxLength: 5, selector: ([text]) => text })
    .map((entries) => entries.sort(([left], [right]) => left < right ? -1 : 1).map(([text, rest]) => ({ [member]: text, ...rest })));
}

const PROCESSING_PATH = fc.stringMatching(/^\/opt\/ml\/processing\/[a-z0-9/_-]{1,40}$/);
const ABSOLUTE_PATH = fc.stringMatching(/^\/[a-z0-9/_-]{1,40}$/);

function s3Input(): fc.Arbitrary<object> {
  const source = {
    S3DataType: validLeaf('ProcessingS3DataType'),
    S3Uri: validLeaf('S3Uri'),
    S3DataDistributionType: validLeaf('ProcessingS3DataDistributionType'),
  };
  const managed = fc.record({
    S3Input: fc.oneof(
      fc.record({ ...source, LocalPath: PROCESSING_PATH, S3InputMode: fc.constant('File'), S3CompressionType: fc.constant('None') },
        { requiredKeys: ['S3DataType', 'S3Uri', 'LocalPath', 'S3InputMode'] }),
      fc.record({ ...source, LocalPath: PROCESSING_PATH, S3InputMode: fc.constant('Pipe'), S3CompressionType: validLeaf('ProcessingS3CompressionType') },
        { requiredKeys: ['S3DataType', 'S3Uri', 'LocalPath', 'S3InputMode'] }),
    ),
    AppManaged: fc.constant(false),
  }, { requiredKeys: ['S3Input'] });
  const appManaged = fc.record({
    AppManaged: fc.constant(true),
    S3Input: fc.record({ ...source, LocalPath: PROCESSING_PATH }, { requiredKeys: ['S3DataType', 'S3Uri'] }),
  });
  return fc.oneof(managed, appManaged);
}

function dataset(): fc.Arbitrary<object> {
  const athena = fc.record({
    Catalog: validLeaf('AthenaCatalog'),
    Database: validLeaf('AthenaDatabase'),
    OutputCompression: validLeaf('AthenaResultCompressionType'),
    OutputFormat: validLeaf('AthenaResultFormat'),
    OutputS3Uri: validLeaf('S3Uri'),
    QueryString: validLeaf('AthenaQueryString'),
    WorkGroup: validLeaf('AthenaWorkGroup'),
  }, { requiredKeys: ['Catalog', 'Database', 'OutputFormat', 'OutputS3Uri', 'QueryString'] });
  const redshift = fc.record({
    ClusterId: validLeaf('RedshiftClusterId'),
    ClusterRoleArn: fc.constant('arn:aws:iam::123456789012:role/cluster'),
    Database: validLeaf('RedshiftDatabase'),
    DbUser: validLeaf('RedshiftUserName'),
    OutputCompression: validLeaf('RedshiftResultCompressionType'),
    OutputFormat: validLeaf('RedshiftResultFormat'),
    OutputS3Uri: validLeaf('S3Uri'),
    QueryString: validLeaf('RedshiftQueryString'),
  }, { requiredKeys: ['ClusterId', 'ClusterRoleArn', 'Database', 'DbUser', 'OutputFormat', 'OutputS3Uri', 'QueryString'] });
  const options = { DataDistributionType: validLeaf('DataDistributionType'), InputMode: validLeaf('InputMode') };
  const definition = (source: object) => fc.record({ ...source, ...options, LocalPath: ABSOLUTE_PATH }, { requiredKeys: [...Object.keys(source), 'LocalPath'] as never[] });
  return fc.oneof(
    fc.record({ DatasetDefinition: definition({ AthenaDatasetDefinition: athena }) }),
    fc.record({ DatasetDefinition: definition({ RedshiftDatasetDefinition: redshift }) }),
  );
}

function s3Output(): fc.Arbitrary<object> {
  return fc.record({
    AppManaged: fc.constant(false),
    S3Output: fc.record({ LocalPath: PROCESSING_PATH, S3UploadMode: validLeaf('ProcessingS3UploadMode'), S3Uri: validLeaf('S3Uri') }),
  }, { requiredKeys: ['S3Output'] });
}

function featureStoreOutput(): fc.Arbitrary<object> {
  return fc.record({ AppManaged: fc.constant(true), FeatureStoreOutput: fc.record({ FeatureGroupName: validLeaf('FeatureGroupName') }) });
}

/** Instance types without local storage, whose volume may have any size. */
function cluster(): fc.Arbitrary<object> {
  const type = fc.constantFrom('ml.m5.large', 'ml.c5.xlarge', 'ml.r5.24xlarge', 'ml.t3.medium', 'ml.p3.2xlarge', 'ml.m7i.48xlarge');
  const count = validLeaf('ProcessingInstanceCount');
  const VolumeSizeInGB = validLeaf('ProcessingVolumeSizeInGB');
  const types = fc.uniqueArray(type, { minLength: 1, maxLength: 5 });
  const withoutCounts = types.map((all) => all.map((InstanceType) => ({ InstanceType })));
  const withCounts = fc.tuple(types, count).map(([all, InstanceCount]) => all.map((InstanceType) => ({ InstanceType, InstanceCount })));
  return fc.oneof(
    fc.record({ InstanceType: type, InstanceCount: count, VolumeSizeInGB }),
    fc.record({ InstancePreferences: withoutCounts, InstanceCount: count, VolumeSizeInGB }),
    fc.record({ InstancePreferences: withCounts, VolumeSizeInGB }),
  );
}
