/** Runs a handler in a new process, as a new instance of a function does: `node handler-worker.js <handler> <event kind>`. */
import https from 'https';
import { createRequire } from 'module';
import { join } from 'path';
import { AWS_CUSTOM_RESOURCE_EVENTS, EventKind, EVENTS } from './handler-events';

export type HandlerName = 'ProcessingJob' | 'AwsCustomResource';

export interface Handling {
  /** Milliseconds until everything that the event needs is loaded. */
  readonly load: number;
  /** Milliseconds of the first event, and of a later one. */
  readonly cold: number;
  readonly warm: number;
  /** The peak memory of the process in MiB, and how much of it loading has added. */
  readonly memory: number;
  readonly loaded: number;
  readonly events: number;
}

// An import would be loaded before the measurement starts.
const load = createRequire(__filename);

const WARM_EVENTS = 20;
const SDK = '@aws-sdk/client-sagemaker';

type Handle = (kind: EventKind) => Promise<unknown>;

const HANDLERS: { readonly [name in HandlerName]: () => Handle } = {
  ProcessingJob: () => {
    // What answers CloudFormation is a bundle of its own.
    const { look } = load(join(process.cwd(), 'assets', 'handler', 'looking.js'));
    return (kind) => look({ PhysicalResourceId: 'pending-Job0-r-1', StartTime: new Date().toISOString(), ResponseURL: 'https://response.example/', ...EVENTS[kind] });
  },
  AwsCustomResource: () => {
    const folder = join(process.cwd(), 'node_modules', 'aws-cdk-lib', 'custom-resource-handlers', 'dist', 'custom-resources');
    const { handler } = load(join(folder, 'aws-custom-resource-handler', 'index.js'));
    // This handler loads the SDK by itself, with the first event.
    load(SDK);
    return (kind) => handler(JSON.parse(JSON.stringify(AWS_CUSTOM_RESOURCE_EVENTS[kind])), { logStreamName: 'log' });
  },
};

async function main(name: HandlerName, kind: EventKind): Promise<Handling> {
  // Skip the response to CloudFormation, which the other handler leaves to the Provider framework.
  (https as any).request = (_options: object, answered: () => void) => ({ on: () => {}, write: () => {}, end: answered });
  const { log } = console;
  console.log = () => {};
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const handle = HANDLERS[name]();
  const loaded = performance.now();
  const rss = process.memoryUsage().rss;
  await handle(kind);
  const first = performance.now();
  for (let event = 0; event < WARM_EVENTS; event++) {
    await handle(kind);
  }
  const end = performance.now();
  console.log = log;
  return {
    load: loaded - start,
    cold: first - loaded,
    warm: (end - first) / WARM_EVENTS,
    memory: process.resourceUsage().maxRSS / 1024,
    loaded: (rss - before) / 1024 / 1024,
    events: WARM_EVENTS + 1,
  };
}

const [handlerName, eventKind] = process.argv.slice(2) as [HandlerName, EventKind];
main(handlerName, eventKind).then((result) => {
  console.log(JSON.stringify(result));
  // Kept-alive connections would keep the process running.
  process.exit();
}, (error) => {
  console.error(error);
  process.exit(1);
});
