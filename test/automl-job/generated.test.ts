import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { propsOf } from './generated-props';
import { automlJobRequest } from './generated-request';
import { AutoMLJob } from '../../src';
import { ALGORITHMS } from '../../src/automl-job/mode';
import { METRICS } from '../../src/automl-job/problem';
import { SHAPES } from '../../src/service-model/shapes';
import { memberAt } from '../../src/validation/problems';
import { invalidLeaves, refusal } from '../processing-job/generated/arbitrary';

const RUNS = 1_000;
const ROOT = 'CreateAutoMLJobRequest';

type Path = (string | number)[];
interface Mutation { readonly path: Path; readonly value: unknown }

/** What the template has, for a job whose properties say the request. All jobs share a stack: its provider is made once. */
const stack = new Stack(new App(), 'Test');
let jobs = 0;
function rendered(request: any): any {
  const scope = new Construct(stack, `Scope${jobs++}`);
  const job = new AutoMLJob(scope, 'Job', propsOf(scope, request));
  const resource = job.node.findChild('Resource') as CfnResource;
  return stack.resolve((resource as any)._toCloudFormation()).Resources[stack.getLogicalId(resource)].Properties.Request;
}

/** The values of a request, and the shapes that they have. */
function leavesOf(value: any, shapeName: string, path: Path = []): { path: Path; shape: string }[] {
  const { type, members, member } = SHAPES[shapeName];
  switch (type) {
    case 'structure':
      return Object.entries(value).flatMap(([name, part]) => leavesOf(part, members![name], [...path, name]));
    case 'list':
      return value.flatMap((part: unknown, index: number) => leavesOf(part, member!, [...path, index]));
    default:
      return [{ path, shape: shapeName }];
  }
}

/** Each breaks one constraint of the model. What chooses a factory, is an open set, or is there once for both channels, is left out. */
function modelMutations(request: any): Mutation[] {
  const factories = ['AutoGenerateEndpointName', 'AutoMLAlgorithm', 'AutoMLChannelType', 'AutoMLMode', 'AutoMLS3DataType', 'ProblemType', 'RoleArn'];
  return leavesOf(request, ROOT)
    .filter(({ path, shape }) => !factories.includes(shape) && !/^InputDataConfig\[1\]\.(Target|SampleWeight)AttributeName$/.test(memberAt(path)))
    .flatMap(({ path, shape }) => invalidLeaves(shape)
      // The name of an endpoint has a factory of its own, which refuses what is no text.
      .filter((value) => shape !== 'EndpointName' || typeof value === 'string')
      .map((value) => ({ path, value })));
}

/** Each breaks one rule that the reference has in prose. */
function ruleMutations({ AutoMLJobConfig, InputDataConfig, ProblemType }: any): Mutation[] {
  const algorithms: Path = ['AutoMLJobConfig', 'CandidateGenerationConfig', 'AlgorithmsConfig', 0, 'AutoMLAlgorithms'];
  const others = (all: { readonly [kind: string]: readonly string[] }, kind: string) =>
    Object.values(all).flat().filter((value) => !all[kind].includes(value));
  return [
    ...[513, 1024].map((length) => ({ path: ['OutputDataConfig', 'S3OutputPath'], value: 's3://bucket/'.padEnd(length, 'x') })),
    ...[AutoMLJobConfig?.CompletionCriteria?.MaxAutoMLJobRuntimeInSeconds].filter((whole) => whole !== undefined && whole < 2 ** 31 - 1)
      .map((whole) => ({ path: ['AutoMLJobConfig', 'CompletionCriteria', 'MaxRuntimePerTrainingJobInSeconds'], value: whole + 1 })),
    ...InputDataConfig.map((_channel: any, index: number) => ({ path: ['InputDataConfig', index, 'ContentType'], value: 'text/csv' })),
    ...ProblemType ? others(METRICS, ProblemType).map((value) => ({ path: ['AutoMLJobObjective', 'MetricName'], value })) : [],
    ...AutoMLJobConfig?.DataSplitConfig ? [0, 1].map((value) => ({ path: ['AutoMLJobConfig', 'DataSplitConfig', 'ValidationFraction'], value })) : [],
    ...AutoMLJobConfig?.CandidateGenerationConfig?.AlgorithmsConfig ? [
      { path: algorithms, value: [] },
      { path: algorithms, value: Array(12).fill('xgboost') },
      ...[...others(ALGORITHMS, AutoMLJobConfig.Mode), 'deepar'].map((value) => ({ path: [...algorithms, 0], value })),
    ] : [],
  ];
}

function withValue(request: any, [head, ...rest]: Path, value: unknown): any {
  const copy = Array.isArray(request) ? [...request] : { ...request };
  copy[head] = rest.length === 0 ? value : withValue(copy[head], rest, value);
  return copy;
}

function refuses(mutationsOf: (request: any) => Mutation[]): void {
  const broken = automlJobRequest().chain((request) => fc.constantFrom(...mutationsOf(request))
    .map(({ path, value }) => ({ request: withValue(request, path, value), member: memberAt(path) })));
  fc.assert(fc.property(broken, ({ request, member }) => {
    expect(refusal(() => rendered(request))).toContain(`(${member})`);
  }), { numRuns: RUNS });
}

test(`${RUNS} generated requests, said in properties, are rendered as they are`, () => {
  fc.assert(fc.property(automlJobRequest(), (request) => {
    expect(rendered(request)).toEqual(request);
  }), { numRuns: RUNS });
});

test(`${RUNS} generated requests with one constraint of the model broken are refused, naming the member`, () => {
  refuses(modelMutations);
});

test(`${RUNS} generated requests with one rule of the reference broken are refused, naming the member`, () => {
  refuses(ruleMutations);
});
