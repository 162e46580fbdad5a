import type { Stack, StackResource } from './cloudformation';
import type { Answer } from './requests';
import type { CloudFormationEvent } from '../../src/handler/event';

/** A nested stack, and what its parent knows of it. */
interface Nested {
  readonly stack: Stack;
  /** The operation that it is in, or was in last. */
  operation: Promise<void>;
  /** Says how an update ends in which it has got to its template. */
  decide?: (isAgreed: boolean) => void;
}

/** The nested stacks of a stack. An update of one ends only with that of its parent. */
export class NestedStacks {
  private readonly byId = new Map<string, Nested>();

  /** @param nest - makes an empty stack */
  constructor(private readonly parent: Stack, private readonly nest: () => Stack) {}

  public get all(): Stack[] {
    return [...this.byId.values()].map(({ stack }) => stack);
  }

  /** Adds an empty one, and returns its id. */
  public add(): string {
    const stack = this.nest();
    this.byId.set(stack.id, { stack, operation: Promise.resolve() });
    return stack.id;
  }

  public at(id: string): Stack {
    return this.byId.get(id)!.stack;
  }

  /** Has one do what its resource is asked to do. An Update that nobody can cancel is that of a rollback. */
  public async send({ definition: { template }, physicalId }: StackResource, type: CloudFormationEvent['RequestType'], cancelled?: Promise<'cancelled'>): Promise<Answer> {
    const nested = this.byId.get(physicalId!)!;
    switch (type) {
      case 'Create':
        return this.forward(nested, async () => nested.stack.create(template!), cancelled);
      case 'Update':
        return cancelled ? this.forward(nested, async () => nested.stack.update(template!), cancelled) : this.back(nested);
      case 'Delete':
        return this.delete(nested);
    }
  }

  /** Lets all updates end with their clean-up. */
  public async agree(): Promise<void> {
    await Promise.all([...this.byId.values()].map(async (nested) => this.end(nested, true)));
  }

  private async forward(nested: Nested, operate: () => Promise<void>, cancelled?: Promise<'cancelled'>): Promise<Answer> {
    const { stack } = nested;
    stack.failing = this.parent.failing;
    const isThere = new Promise<boolean>((resolve) => {
      const decision = new Promise<boolean>((decide) => { nested.decide = decide; });
      stack.parent = {
        decide: async (isSuccess) => {
          resolve(isSuccess);
          // One that has just been created has nothing to clean up, and waits for nobody.
          return isSuccess && (!stack.hasBeenStable || decision);
        },
      };
    });
    nested.operation = operate();
    void cancelled?.then(() => stack.cancel());
    const answer = isThere.then((isSuccess) => answerOf(stack, isSuccess));
    return cancelled ? Promise.race([answer, cancelled]) : answer;
  }

  /** Goes back with the parent, which an update that failed does by itself. */
  private async back(nested: Nested): Promise<Answer> {
    if (!await this.end(nested, false)) await nested.stack.continueUpdateRollback(this.parent.skipped);
    return answerOf(nested.stack, nested.stack.status === 'UPDATE_ROLLBACK_COMPLETE');
  }

  private async delete(nested: Nested): Promise<Answer> {
    await this.end(nested, false);
    nested.operation = nested.stack.delete();
    await nested.operation;
    const isGone = nested.stack.status === 'DELETE_COMPLETE';
    if (isGone) this.byId.delete(nested.stack.id);
    return answerOf(nested.stack, isGone);
  }

  /** Ends the operation of one, if it is in one. Returns whether it was. */
  private async end(nested: Nested, isAgreed: boolean): Promise<boolean> {
    const { decide, operation } = nested;
    decide?.(isAgreed);
    nested.decide = undefined;
    await operation;
    return decide !== undefined;
  }
}

function answerOf({ id, status }: Stack, isSuccess: boolean): Answer {
  return { Status: isSuccess ? 'SUCCESS' : 'FAILED', Reason: `Embedded stack ${id} is in ${status}`, PhysicalResourceId: id };
}
