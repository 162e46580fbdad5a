import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { invalidLeaves, refusal } from './arbitrary';
import { propsOf } from './processing-props';
import { processingRequest } from './processing-request';
import { ProcessingJob } from '../../../src/index';
import { SHAPES } from '../../../src/service-model/shapes';
import { memberAt } from '../../../src/validation/problems';

const RUNS = 1_000;
const ROOT = 'CreateProcessingJobRequest';

/** What the template has, for a job whose properties say the request. All jobs share a stack: its provider is made once. */
const stack = new Stack(new App(), 'Test');
let jobs = 0;
function rendered(request: any): any {
  const scope = new Construct(stack, `Scope${jobs++}`);
  const job = new ProcessingJob(scope, 'Job', propsOf(scope, request));
  const resource = job.node.findChild('Resource') as CfnResource;
  return stack.resolve((resource as any)._toCloudFormation()).Resources[stack.getLogicalId(resource)].Properties.Request;
}

type Leaf = { readonly path: (string | number)[]; readonly shape: string };

/** The values of a request, and the shapes that they have. */
function leavesOf(value: any, shapeName: string, path: (string | number)[] = []): Leaf[] {
  const { type, members, member, value: element } = SHAPES[shapeName];
  switch (type) {
    case 'structure':
      return Object.entries(value).flatMap(([name, part]) => leavesOf(part, members![name], [...path, name]));
    case 'list':
      return value.flatMap((part: unknown, index: number) => leavesOf(part, member!, [...path, index]));
    case 'map':
      return Object.entries(value).flatMap(([name, part]) => leavesOf(part, element!, [...path, name]));
    default:
      return [{ path, shape: shapeName }];
  }
}

/** Those that the properties take as they are: others choose a factory, name an element, or are open sets. */
function isMutable({ path, shape }: Leaf): boolean {
  const member = memberAt(path).replace(/\[\d+\]/g, '[]');
  return !['ProcessingInstanceType', 'RoleArn', 'ProcessingS3DataType'].includes(shape)
    && !['ProcessingInputs[].InputName', 'ProcessingOutputConfig.Outputs[].OutputName', 'ProcessingOutputConfig.Outputs[].AppManaged'].includes(member);
}

function withValue(request: any, [head, ...rest]: (string | number)[], value: unknown): any {
  const copy = Array.isArray(request) ? [...request] : { ...request };
  copy[head] = rest.length === 0 ? value : withValue(copy[head], rest, value);
  return copy;
}

test(`${RUNS} generated requests, said in properties, are rendered as they are`, () => {
  fc.assert(fc.property(processingRequest(), (request) => {
    expect(rendered(request)).toEqual(request);
  }), { numRuns: RUNS });
});

test(`${RUNS} generated requests with one constraint broken are refused, naming the member`, () => {
  const broken = processingRequest().chain((request) => {
    const mutations = leavesOf(request, ROOT).filter(isMutable).flatMap(({ path, shape }) => invalidLeaves(shape).map((value) => ({ path, value })));
    return fc.constantFrom(...mutations).map(({ path, value }) => ({ request: withValue(request, path, value), member: memberAt(path) }));
  });
  fc.assert(fc.property(broken, ({ request, member }) => {
    expect(refusal(() => rendered(request))).toContain(`(${member})`);
  }), { numRuns: RUNS });
});
