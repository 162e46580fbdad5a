/**
 * What the reference of every language is made from: nothing public is without a word.
 */
import { cdkTypes, Documented, structsOf, Type, TYPES } from './assembly';
import { AUTOML_JOB_PROPERTIES } from '../../src/automl-job/members';
import { FORECASTING_JOB_MEMBERS } from '../../src/automl-job-v2/forecasting-job';
import { IMAGE_CLASSIFICATION_JOB_MEMBERS } from '../../src/automl-job-v2/image-classification-job';
import { propertiesOf } from '../../src/automl-job-v2/members';
import { TEXT_CLASSIFICATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-classification-job';
import { TEXT_GENERATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-generation-job';
import { PROCESSING_JOB_DEFINITION_PROPERTIES, PROCESSING_JOB_PROPERTIES } from '../../src/processing-job/members';
import { RUN_OPTIONS } from '../../src/processing-job/processing-run';

const types = Object.values(TYPES);

function membersOf(type: Type): Documented[] {
  const { members = [], methods = [], properties = [] } = type;
  return [
    { name: type.name, docs: type.docs },
    ...[...members, ...methods, ...properties].map(({ name, docs }) => ({ name: `${type.name}.${name}`, docs })),
    ...parametersOf(type),
  ];
}

/** Those of methods: constructors have no texts, for `quick-info.test.ts`. A class does not inherit the texts of the parameters that its interface has. */
function parametersOf({ name: type, methods = [] }: Type): Documented[] {
  return methods.flatMap(({ name: method, parameters = [] }) => parameters.map(({ name, docs }) => ({ name: `${type}.${method}(${name})`, docs })));
}

function namesOf(documented: Documented[]): string[] {
  return documented.map(({ name }) => name);
}

test('every type, member and parameter has a summary', () => {
  expect(types.length).toBeGreaterThan(50);
  expect(namesOf(types.flatMap(membersOf).filter(({ docs }) => !docs?.summary))).toEqual([]);
});

/** Java, Python and API.md show the first sentence alone, or end it at a semicolon. */
test('the text of every parameter is one sentence', () => {
  const parameters = types.flatMap(parametersOf);
  expect(parameters.length).toBeGreaterThan(100);
  expect(namesOf(parameters.filter(({ docs }) => docs?.remarks || docs?.summary?.includes(';')))).toEqual([]);
});

/** Python's type checkers compare the names of parameters: with another one, an object is not what the interface asks for. */
test('parameters have the names that they have in interfaces of the CDK', () => {
  const ofCdk = cdkTypes();
  const namesIn = (parameters: Documented[] = []) => namesOf(parameters).join();
  const implemented = types.flatMap(({ name: type, methods = [], interfaces = [] }) => methods.flatMap(({ name, parameters }) =>
    interfaces.flatMap((fqn) => ofCdk[fqn]?.methods ?? []).filter((other) => other.name === name)
      .map((other) => [`${type}.${name}(${namesIn(parameters)})`, `${type}.${name}(${namesIn(other.parameters)})`])));
  expect(implemented).toContainEqual(['ProcessingJobTarget.bind(_schedule)', 'ProcessingJobTarget.bind(_schedule)']);
  expect(implemented.map(([own]) => own)).toEqual(implemented.map(([, other]) => other));
});

/** In Go parameters have no texts. */
test('limits and defaults of parameters are in the text of the method', () => {
  const limits = /\b(\d|must|only|default|(at|no) (most|least|more|less)|(less|more|greater|longer|shorter) than\b)/i;
  const withoutCode = (text?: string) => text?.replace(/`[^`]*`/g, '') ?? '';
  expect(namesOf(types.flatMap(parametersOf).filter(({ docs }) => limits.test(withoutCode(docs?.summary))))).toEqual([]);
});

test('every summary is one sentence or more, and ends as one', () => {
  const summaries = types.flatMap((type) => [type, ...[...type.methods ?? [], ...type.properties ?? []]
    .map(({ name, docs }) => ({ name: `${type.name}.${name}`, docs }))]);
  expect(namesOf(summaries.filter(({ docs }) => !/[.:`]$/.test(docs?.summary ?? '')))).toEqual([]);
});

test('every optional property says what it is without a value', () => {
  const optional = types.filter(({ datatype }) => datatype).flatMap(({ name: type, properties = [] }) =>
    properties.filter((property) => property.optional).map(({ name, docs }) => ({ name: `${type}.${name}`, docs })));
  expect(optional.length).toBeGreaterThan(50);
  expect(namesOf(optional.filter(({ docs }) => !docs?.default))).toEqual([]);
  expect(namesOf(optional.filter(({ docs }) => /^(-\s*)?undefined/.test(docs?.default ?? '')))).toEqual([]);
});

test('every type names the page of the documentation that it comes from', () => {
  const page = /^https:\/\/docs\.aws\.amazon\.com\/\S+$/;
  expect(namesOf(types.filter(({ docs }) => !page.test(docs?.see ?? '')))).toEqual([]);
});

/** What is not known is read all the same, but a wrong kind of value passes, and other names are taken for misspelt ones of these alone. */
test.each([
  ['ProcessingJobProps', { ...PROCESSING_JOB_PROPERTIES, definition: undefined }],
  ['ProcessingJobDefinitionProps', PROCESSING_JOB_DEFINITION_PROPERTIES],
  ['ProcessingJobRunOptions', RUN_OPTIONS],
  ['AutoMLJobProps', AUTOML_JOB_PROPERTIES],
  ['AutoMLForecastingJobProps', propertiesOf(FORECASTING_JOB_MEMBERS)],
  ['AutoMLImageClassificationJobProps', propertiesOf(IMAGE_CLASSIFICATION_JOB_MEMBERS)],
  ['AutoMLTextClassificationJobProps', propertiesOf(TEXT_CLASSIFICATION_JOB_MEMBERS)],
  ['AutoMLTextGenerationJobProps', propertiesOf(TEXT_GENERATION_JOB_MEMBERS)],
])('every property of %s is known to the checks of properties', (struct, known) => {
  const documented = structsOf(struct).flatMap(({ properties = [] }) => properties.map((each) => each.name));
  expect([...new Set(documented)].sort()).toEqual(Object.keys(known).sort());
});
