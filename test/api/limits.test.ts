/**
 * The limits that the documentation names are those of the service model.
 */
import { Docs, structsOf, Type, TYPES, typeNamed } from './assembly';
import { AUTOML_JOB_MEMBERS } from '../../src/automl-job/members';
import { FORECASTING_JOB_MEMBERS } from '../../src/automl-job-v2/forecasting-job';
import { TEXT_CLASSIFICATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-classification-job';
import { TEXT_GENERATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-generation-job';
import { RequestMembers } from '../../src/job/request-members';
import { PROCESSING_JOB_MEMBERS } from '../../src/processing-job/members';
import { Shape } from '../../src/service-model/shape';
import { SHAPES } from '../../src/service-model/shapes';

/** Properties whose values the author of an app does not write: constructs, enums, and what the library makes of them. */
const NOT_WRITTEN = [
  // What their documentation says by example, the lengths follow from.
  'forecastQuantiles', 'hyperparameters',
  'algorithms', 'clusterRole', 'contentType', 'featureGroup', 'forecastFrequency', 'location', 'outputEncryptionKey', 'role', 'tags', 'targetAggregation', 'trainingData', 'volumeEncryptionKey',
];
/** The API reference allows less than the model does, and so does the documentation. */
const STRICTER: { readonly [path: string]: number } = { 'OutputDataConfig.S3OutputPath': 512, 'AutoMLJobConfig.DataSplitConfig.ValidationFraction': 1 };
/** Written in other words. */
const IN_WORDS: { readonly [limit: number]: string } = { 777600: 'nine days' };
/** Where values are given as arguments of a factory: the members of the request that it makes. */
const FACTORIES: { readonly [path: string]: [type: string, method: string] } = {
  'AutoMLJobConfig.DataSplitConfig.ValidationFraction': ['AutoMLValidation', 'fraction'],
  'ModelDeployConfig.EndpointName': ['AutoMLDeployment', 'endpoint'],
};

const structs = Object.values(TYPES).filter(({ datatype }) => datatype);

function shapeAt(request: string, path: string): Shape {
  return path.replace(/\[\]/g, '.[]').split('.').reduce<Shape>(
    (shape, member) => SHAPES[member === '[]' ? shape.member! : shape.members![member]], SHAPES[request]);
}

/** What the documentation says of the property that a member of the request comes from. */
function docsOf(props: string, path: string, property: string): string[] {
  const factory = FACTORIES[path];
  if (factory !== undefined) {
    const method = typeNamed(factory[0]).methods!.find(({ name }) => name === factory[1])!;
    return [[method.docs, ...method.parameters!.map(({ docs }) => docs)].map(textOf).join(' ')];
  }
  const name = property.split('.').pop()!;
  const ofProps = property === name ? structsOf(props) : [];
  const others = structs.filter((struct) => !/Job(Definition|V2)?Props$|JobRunOptions$/.test(struct.name) && belongsTo(struct, path));
  const properties = (property === name ? ofProps : others).flatMap((struct) => struct.properties ?? []);
  return properties.filter((each) => each.name === name).map(({ docs }) => textOf(docs));
}

/** Athena's and Redshift's properties have the same names. */
function belongsTo({ name }: Type, path: string): boolean {
  return ['Athena', 'Redshift'].every((source) => name.startsWith(source) === path.includes(`${source}DatasetDefinition`) || !name.startsWith(source));
}

function textOf(docs: Docs | undefined): string {
  return `${docs?.summary ?? ''} ${docs?.remarks ?? ''}`;
}

/** Those of the shape, and of the texts that it consists of. */
function limitsOf({ min, max, member, key, value }: Shape): number[] {
  const texts = [member, key, value].flatMap((name) => name === undefined || /Id$|^Subnet/.test(name) ? [] : SHAPES[name]).filter(({ type }) => type === 'string');
  const own = [min, max].filter((limit): limit is number => limit !== undefined && limit > 1);
  return [...new Set([...own, ...texts.flatMap(limitsOf)])];
}

function cases(props: string, members: RequestMembers<any, any>): [string, string, number][] {
  const { shape: request } = members;
  return members.entries
    .filter(([, { property }]) => property !== '{}' && !NOT_WRITTEN.includes(property.split('.').pop()!))
    .flatMap(([path, { property }]) => (STRICTER[path] === undefined ? limitsOf(shapeAt(request, path)) : [STRICTER[path]])
      .map((limit): [string, string, number] => [`${props}:${path}`, property, limit]));
}

test.each([
  ...cases('ProcessingJobProps', PROCESSING_JOB_MEMBERS),
  ...cases('AutoMLJobProps', AUTOML_JOB_MEMBERS),
  ...cases('AutoMLForecastingJobProps', FORECASTING_JOB_MEMBERS),
  ...cases('AutoMLTextClassificationJobProps', TEXT_CLASSIFICATION_JOB_MEMBERS),
  ...cases('AutoMLTextGenerationJobProps', TEXT_GENERATION_JOB_MEMBERS),
])('%s: the documentation of %s names %d', (member, property, limit) => {
  const [props, path] = member.split(':');
  const docs = docsOf(props, path, property);
  expect(docs).not.toEqual([]);
  for (const text of docs) {
    expect(text).toMatch(new RegExp(`\\b${IN_WORDS[limit] ?? limit}\\b`));
  }
});
