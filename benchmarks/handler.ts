import { statSync } from 'fs';
import { EVENT_KINDS, EventKind } from './handler-events';
import type { HandlerName, Handling } from './handler-worker';
import { Services } from './services';
import { rotated } from './statistics';
import { runWorker } from './worker';

export const HANDLER_NAMES: readonly HandlerName[] = ['ProcessingJob', 'AwsCustomResource'];

/** One kind of event, handled several times by each handler. */
export interface HandlerSeries {
  readonly kind: EventKind;
  readonly results: ReadonlyMap<HandlerName, Handling[]>;
  /** The calls that one event makes, in order. */
  readonly calls: ReadonlyMap<HandlerName, string[]>;
}

export interface HandlerMeasurements {
  readonly bundleBytes: number;
  readonly series: readonly HandlerSeries[];
}

const ROUNDS = 4;

export async function measureHandler(log: (line: string) => void): Promise<HandlerMeasurements> {
  const services = await Services.start();
  const environment = { AWS_ENDPOINT_URL: services.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  try {
    const series: HandlerSeries[] = [];
    for (const kind of EVENT_KINDS) {
      const results = new Map<HandlerName, Handling[]>(HANDLER_NAMES.map((name) => [name, []]));
      const calls = new Map<HandlerName, string[]>();
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of rotated(HANDLER_NAMES, round)) {
          const result = await runWorker<Handling>('handler-worker', [name, kind], environment);
          results.get(name)!.push(result);
          calls.set(name, callsOfOneEvent(services.takeCalls(), result.events));
        }
      }
      series.push({ kind, results, calls });
      log(`  handler, ${kind}: ${ROUNDS} rounds`);
    }
    return { bundleBytes: ['index.js', 'looking.js'].reduce((sum, file) => sum + statSync(`assets/handler/${file}`).size, 0), series };
  } finally {
    await services.stop();
  }
}

function callsOfOneEvent(calls: readonly string[], events: number): string[] {
  const one = calls.slice(0, calls.length / events);
  if (calls.some((call, index) => call !== one[index % one.length])) {
    throw new Error(`Events of a kind differ in their calls: ${calls.join(', ')}`);
  }
  return one;
}

/** The calls that ask what the stack is doing. */
export const STACK_CALLS = ['DescribeStacks', 'DescribeStackResource'];

export function callsOf({ series }: HandlerMeasurements, kind: HandlerSeries['kind']): string[] {
  return series.find((each) => each.kind === kind)!.calls.get('ProcessingJob')!;
}
