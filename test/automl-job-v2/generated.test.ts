import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { jobFor } from './generated-props';
import { CONFIGS, ProblemName, PROBLEMS, requestFor } from './generated-request';
import { SHAPES } from '../../src/service-model/shapes';
import { memberAt } from '../../src/validation/problems';
import { invalidLeaves, refusal } from '../processing-job/generated/arbitrary';

/** Everyday tests have two minutes. CI has more. */
const RUNS = process.env.CI ? 500 : 50;
const ROOT = 'CreateAutoMLJobV2Request';

type Path = (string | number)[];
interface Mutation { readonly path: Path; readonly value: unknown }

/** Members whose property has a type that is checked before there is a request: the error has its name alone. */
const CHECKED_BY_TYPE: readonly [member: RegExp, property: string][] = [
  [/\.BaseModelName$/, 'baseModelName'], [/\.CountryCode$/, 'holidayCountry'], [/\.MetricName$/, 'metric'], [/\.Transformations\.Aggregation\./s, 'targetAggregation'],
];

function naming(member: string): RegExp {
  const property = CHECKED_BY_TYPE.find(([pattern]) => pattern.test(member))?.[1];
  const escaped = member.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(property === undefined ? `\\(${escaped}\\)` : `\\(${escaped}\\)|\\. ${property} is `);
}

/** What the template has, for a job whose properties say the request. All jobs share a stack: its provider is made once. */
const stack = new Stack(new App(), 'Test');
let jobs = 0;
function rendered(problem: ProblemName, request: any): any {
  const job = jobFor(problem, new Construct(stack, `Scope${jobs++}`), request);
  const resource = job.node.findChild('Resource') as CfnResource;
  return stack.resolve((resource as any)._toCloudFormation()).Resources[stack.getLogicalId(resource)].Properties.Request;
}

/** The values of a request, and the shapes that they have. */
function leavesOf(value: any, shapeName: string, path: Path = []): { path: Path; shape: string }[] {
  const { type, members, member, value: valueShape } = SHAPES[shapeName];
  switch (type) {
    case 'structure':
      return Object.entries(value).flatMap(([name, part]) => leavesOf(part, members![name], [...path, name]));
    case 'list':
      return value.flatMap((part: unknown, index: number) => leavesOf(part, member!, [...path, index]));
    case 'map':
      return Object.entries(value).flatMap(([name, part]) => leavesOf(part, valueShape!, [...path, name]));
    default:
      return [{ path, shape: shapeName }];
  }
}

/** What chooses a factory, is an open set, or is a text made of a number, whose mutations are below. */
const LEFT_OUT = [
  'AutoGenerateEndpointName', 'AutoMLAlgorithm', 'AutoMLChannelType', 'AutoMLS3DataType', 'FillingTransformationValue', 'ForecastFrequency', 'RoleArn',
  'TextGenerationHyperParameterValue',
];

/** Each breaks one constraint of the model. */
function modelMutations(request: any): Mutation[] {
  return leavesOf(request, ROOT)
    .filter(({ shape }) => !LEFT_OUT.includes(shape))
    .flatMap(({ path, shape }) => invalidLeaves(shape)
      // The name of an endpoint has a factory of its own, which refuses what is no text.
      .filter((value) => shape !== 'EndpointName' || typeof value === 'string')
      .map((value) => ({ path, value })));
}

const CONFIG: Path = ['AutoMLProblemTypeConfig'];

/** Each breaks one rule that the reference has in prose, for all problems. */
function commonMutations(problem: ProblemName, request: any): Mutation[] {
  const { AutoMLJobInputDataConfig: channels, AutoMLProblemTypeConfig: { [CONFIGS[problem]]: config }, DataSplitConfig } = request;
  const whole = config.CompletionCriteria?.MaxAutoMLJobRuntimeInSeconds;
  const ofOtherProblems = problem === 'images' ? ['text/csv;header=present', 'image/gif'] : ['image/*', 'text/csv'];
  const other = problem === 'images' ? 'image/jpeg' : 'x-application/vnd.amazon+parquet';
  const another = problem === 'images' ? 'image/png' : 'text/csv;header=present';
  return [
    ...[513, 1024].map((length) => ({ path: ['OutputDataConfig', 'S3OutputPath'], value: 's3://bucket/'.padEnd(length, 'x') })),
    ...whole === undefined || whole >= 2 ** 31 - 1 ? [] : [{ path: [...CONFIG, CONFIGS[problem], 'CompletionCriteria', 'MaxRuntimePerTrainingJobInSeconds'], value: whole + 1 }],
    ...channels.flatMap((_channel: any, index: number) => [
      ...ofOtherProblems.map((value) => ({ path: ['AutoMLJobInputDataConfig', index, 'ContentType'], value })),
      { path: ['AutoMLJobInputDataConfig', index, 'CompressionType'], value: 'Gzip' },
      ...problem === 'images' ? [] : ['ManifestFile', 'AugmentedManifestFile'].map((value) => ({ path: ['AutoMLJobInputDataConfig', index, 'DataSource', 'S3DataSource', 'S3DataType'], value })),
    ]),
    ...channels.length > 1 ? [{ path: ['AutoMLJobInputDataConfig', 1, 'ContentType'], value: (channels[0].ContentType ?? another) === other ? another : other }] : [],
    ...DataSplitConfig ? [0, 1].map((value) => ({ path: ['DataSplitConfig', 'ValidationFraction'], value })) : [],
  ];
}

/** Each breaks one rule that the reference has in prose, for one problem. */
const OWN_MUTATIONS: { readonly [problem in ProblemName]: (config: any) => Mutation[] } = {
  forecasting: (config) => {
    const at = (...path: Path): Path => [...CONFIG, CONFIGS.forecasting, ...path];
    const { TargetAttributeName, TimestampAttributeName, ItemIdentifierAttributeName, GroupingAttributeNames } = config.TimeSeriesConfig;
    const filling: { [column: string]: { [type: string]: string } } = config.Transformations?.Filling ?? {};
    const algorithms = config.CandidateGenerationConfig && at('CandidateGenerationConfig', 'AlgorithmsConfig', 0, 'AutoMLAlgorithms');
    return [
      ...['60min', '0min', '24H', '7D', '5W', '12M', '0D', '-1D', '1.5D', 'NaND'].map((value) => ({ path: at('ForecastFrequency'), value })),
      ...[501, 2 ** 31 - 1].map((value) => ({ path: at('ForecastHorizon'), value })),
      ...config.ForecastQuantiles ? [{ path: at('ForecastQuantiles', 1), value: config.ForecastQuantiles[0] }] : [],
      { path: at('TimeSeriesConfig', 'TimestampAttributeName'), value: TargetAttributeName },
      { path: at('TimeSeriesConfig', 'ItemIdentifierAttributeName'), value: TimestampAttributeName },
      ...GroupingAttributeNames ? [{ path: at('TimeSeriesConfig', 'GroupingAttributeNames', 0), value: ItemIdentifierAttributeName }] : [],
      ...algorithms ? ['xgboost', 'mlp'].map((value) => ({ path: [...algorithms, 0], value })) : [],
      ...algorithms ? [{ path: algorithms, value: [] }] : [],
      ...Object.entries(filling).flatMap(([column, fillings]) => {
        const of = (type: string) => at('Transformations', 'Filling', column, type);
        const isTarget = column === TargetAttributeName;
        return [
          isTarget ? { path: of('futurefill'), value: 'mean' } : { path: of('frontfill'), value: 'none' },
          ...isTarget ? ['zero', 'mean'].map((value) => ({ path: of('frontfill'), value })) : [],
          { path: of('middlefill'), value: 'none' },
          ...Object.keys(fillings).filter((type) => type.endsWith('_value'))
            .flatMap((type) => ['1.5', 'NaN', 'Infinity', '-Infinity', '1e21'].map((value) => ({ path: of(type), value }))),
        ];
      }),
    ];
  },
  images: () => [],
  texts: ({ ContentColumn }) => [{ path: [...CONFIG, CONFIGS.texts, 'TargetLabelColumn'], value: ContentColumn }],
  generation: ({ TextGenerationHyperParameters: given }) => given === undefined ? [] : Object.entries({
    batchSize: ['0', '65', '1.5', 'NaN', '-1'],
    epochCount: ['0', '11', '1.5', 'Infinity'],
    learningRate: ['1.1', '-0.1', 'NaN'],
    learningRateWarmupSteps: ['-1', '251', '0.5'],
    epochs: ['3'],
    warmup: ['3'],
  }).flatMap(([name, values]) => values.map((value) => ({ path: [...CONFIG, CONFIGS.generation, 'TextGenerationHyperParameters', name], value }))),
};

function withValue(request: any, [head, ...rest]: Path, value: unknown): any {
  const copy = Array.isArray(request) ? [...request] : { ...request };
  copy[head] = rest.length === 0 ? value : withValue(copy[head] ?? {}, rest, value);
  return copy;
}

function refuses(problem: ProblemName, mutationsOf: (request: any) => Mutation[]): void {
  const broken = requestFor(problem).map((request) => ({ request, mutations: mutationsOf(request) })).filter(({ mutations }) => mutations.length > 0)
    .chain(({ request, mutations }) => fc.constantFrom(...mutations)
      .map(({ path, value }) => ({ request: withValue(request, path, value), member: memberAt(path) })));
  fc.assert(fc.property(broken, ({ request, member }) => {
    expect(refusal(() => rendered(problem, request))).toMatch(naming(member));
  }), { numRuns: RUNS });
}

describe.each(PROBLEMS)('%s', (problem) => {
  test(`${RUNS} generated requests, said in properties, are rendered as they are`, () => {
    fc.assert(fc.property(requestFor(problem), (request) => {
      expect(rendered(problem, request)).toEqual(request);
    }), { numRuns: RUNS });
  });

  test(`${RUNS} generated requests with one constraint of the model broken are refused, naming the member`, () => {
    refuses(problem, modelMutations);
  });

  test(`${RUNS} generated requests with one rule for all problems broken are refused, naming the member`, () => {
    refuses(problem, (request) => commonMutations(problem, request));
  });
});

test.each(['forecasting', 'texts', 'generation'] as const)(`${RUNS} generated requests with one rule for %s broken are refused, naming the member`, (problem) => {
  refuses(problem, (request) => OWN_MUTATIONS[problem](request.AutoMLProblemTypeConfig[CONFIGS[problem]]));
});
