import type { Stack, StackResource, Surroundings } from './cloudformation';
import type { Policy } from './iam';
import { nameOf } from './provider';
import { NESTED_STACK, POLICY } from './template';
import { World } from './world';
import { CloudFormationEvent } from '../../src/handler/event';
import { requestOf } from '../../src/handler/life/ownership';

/** A response as it comes. */
export interface Response {
  /** Of a custom resource, what it was asked with. */
  readonly request?: string;
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** What becomes of a request. Undefined: no response came in time. */
export type Answer = Response | 'cancelled' | undefined;

/** CloudFormation waits so long for a custom resource, … */
const RESPONSE_SECONDS = 3600;
/** … and takes no longer response than this. */
const RESPONSE_BYTES = 4096;

/** How long ordinary resources take. */
const RESOURCE_SECONDS = 3;
/** The longest that it takes another resource to fail. */
const NEIGHBOUR_SECONDS = 120;

export class ResponseTooLong extends Error {}

/** What a stack asks of its resources. */
export class Requests {
  private readonly responses = new Map<string, (response: Response) => void>();

  constructor(private readonly world: World, private readonly surroundings: Surroundings, private readonly stack: Stack) {}

  /** Takes the response of a custom resource, by its URL. Only the first for a request counts. */
  public respond(url: string, body: string): void {
    if (Buffer.byteLength(body) > RESPONSE_BYTES) throw new ResponseTooLong(`A response has ${Buffer.byteLength(body)} bytes: ${body}`);
    this.responses.get(url)?.(JSON.parse(body) as Response);
    this.responses.delete(url);
  }

  /** Asks, and waits for the answer, unless it is cancelled. */
  public async send(event: Partial<CloudFormationEvent>, resource: StackResource, cancelled?: Promise<'cancelled'>): Promise<Answer> {
    const { definition: { logicalId, type }, physicalId } = resource;
    if (type === NESTED_STACK) return this.stack.nested.send(resource, event.RequestType!, cancelled);
    if (!type.startsWith('Custom::')) return this.sendNeighbour(resource, event, cancelled);
    const whole = {
      ...this.surroundings.nextRequest(),
      StackId: this.stack.id,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ...physicalId !== undefined && { PhysicalResourceId: physicalId },
      ...event,
    } as CloudFormationEvent;
    this.surroundings.onRequest(whole, this.stack);
    const answer = new Promise<Response>((resolve) => this.responses.set(whole.ResponseURL, resolve));
    this.surroundings.deliver(whole);
    const result = await Promise.race([
      answer,
      this.world.time.sleep(RESPONSE_SECONDS).then(() => undefined),
      ...cancelled ? [cancelled] : [],
    ]);
    this.responses.delete(whole.ResponseURL);
    this.surroundings.onEnd(whole, typeof result === 'object' && result.Status === 'SUCCESS');
    this.world.note(() => `<- ${nameOf(whole)}: ${typeof result === 'object' ? textOf(result) : result ?? 'no response'}`);
    if (result === undefined) this.surroundings.onFailure(whole, 'CloudFormation did not receive a response from your Custom Resource.');
    if (typeof result === 'object' && result.Status === 'FAILED') this.surroundings.onFailure(whole, result.Reason);
    return typeof result === 'object' ? { ...result, request: requestOf(whole) } : result;
  }

  /** A resource of another kind: it is there at once, or fails, if it is to. */
  private async sendNeighbour(
    { definition: { logicalId, type }, physicalId }: StackResource,
    { RequestType, ResourceProperties }: Partial<CloudFormationEvent>,
    cancelled?: Promise<'cancelled'>,
  ): Promise<Answer> {
    const { dice, time } = this.world;
    const fails = cancelled !== undefined && this.stack.failing.has(logicalId);
    const seconds = fails ? dice.below(dice.chance(0.4) ? NEIGHBOUR_SECONDS : 15) : RESOURCE_SECONDS;
    const response = time.sleep(seconds).then((): Response => {
      if (fails) this.world.note(() => `   ${logicalId} fails`);
      if (POLICY.test(type)) this.stack.policies.change(logicalId, RequestType === 'Delete' ? undefined : ResourceProperties as Policy);
      return { Status: fails ? 'FAILED' : 'SUCCESS', Reason: `${logicalId} fails`, PhysicalResourceId: physicalId ?? `${this.stack.id}/${logicalId}` };
    });
    return cancelled ? Promise.race([response, cancelled]) : response;
  }
}

function textOf({ PhysicalResourceId, Reason, Status }: Response): string {
  return `${Status} ${PhysicalResourceId}${Status === 'FAILED' ? ` ${Reason}` : ''}`;
}
