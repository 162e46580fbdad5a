/* eslint-disable @typescript-eslint/no-require-imports */
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import type { CloudFormationEvent, Poll, Started } from '../../src/handler/event';

/*
 * The provider framework of the CDK, the very code that is deployed: only what it calls is replaced. It is a module with one
 * set of entry points, so one life is played at a time.
 */
const RUNTIME = join(dirname(require.resolve('aws-cdk-lib/package.json')), 'custom-resources/lib/provider-framework/runtime');
const ON_EVENT = 'arn:aws:lambda:eu-west-1:111122223333:function:Shop-OnEvent';
const IS_COMPLETE = 'arn:aws:lambda:eu-west-1:111122223333:function:Shop-IsComplete';

/** What the framework calls. */
export interface Outbound {
  onEvent(event: CloudFormationEvent): Promise<Started>;
  isComplete(event: CloudFormationEvent): Promise<Poll>;
  startExecution(input: string): Promise<void>;
  respond(responseUrl: string, body: string): Promise<void>;
}

export interface Framework {
  onEvent(event: object): Promise<void>;
  isComplete(event: object): Promise<void>;
  onTimeout(event: { Cause: string }): Promise<void>;
}

let outbound: Outbound;

/** The framework, and what it calls from now on. */
export function providerFramework(calls: Outbound): Framework {
  outbound = calls;
  return framework();
}

let loaded: Framework | undefined;

function framework(): Framework {
  if (loaded) return loaded;
  const consts = load('./consts');
  process.env[consts.USER_ON_EVENT_FUNCTION_ARN_ENV as string] = ON_EVENT;
  process.env[consts.USER_IS_COMPLETE_FUNCTION_ARN_ENV as string] = IS_COMPLETE;
  process.env[consts.WAITER_STATE_MACHINE_ARN_ENV as string] = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Waiter';
  load('./util').log = () => undefined;
  return loaded = load('./framework') as unknown as Framework;
}

/** What it calls: its own module for that needs parts of the SDK that only Lambda has. */
const OUTBOUND = {
  invokeFunction: async ({ FunctionName, Payload }: { FunctionName: string; Payload: string }) =>
    asLambda(FunctionName === ON_EVENT ? outbound.onEvent : outbound.isComplete, Payload),
  startExecution: async ({ input }: { input: string }) => outbound.startExecution(input),
  httpRequest: async ({ path }: { path: string }, body: string) => outbound.respond(path, body),
};

const modules = new Map<string, Record<string, unknown>>([['./outbound', OUTBOUND]]);

/** A module of the framework, by the name that the others call it. */
function load(name: string): Record<string, unknown> {
  const present = modules.get(name);
  if (present) return present;
  const module = { exports: {} as Record<string, unknown> };
  modules.set(name, module.exports);
  const requireFrom = (other: string): unknown => other.startsWith('./') ? load(other) : require(other);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function('module', 'exports', 'require', readFileSync(join(RUNTIME, `${name}.js`), 'utf8'))(module, module.exports, requireFrom);
  modules.set(name, module.exports);
  return module.exports;
}

/** What Lambda answers who invokes a function: an error of the function is a result, too. */
async function asLambda(invoke: (event: CloudFormationEvent) => Promise<object>, payload: string): Promise<object> {
  try {
    return { Payload: JSON.stringify(await invoke(JSON.parse(payload) as CloudFormationEvent)) };
  } catch (error) {
    const { message, name, stack } = error as Error;
    return { FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') }) };
  }
}
