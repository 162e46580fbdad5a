import { parentPort, workerData } from 'worker_threads';
import * as fc from 'fast-check';
import { Life, life } from './life';
import { play } from './story';
import type { Invariant } from './world';

/** What a worker is to do: some lives, which follow from the seed. */
export interface Task {
  readonly lives: number;
  readonly seed: number;
  /** The number of lives of the seed to leave out. */
  readonly after?: number;
  /** Only this one is looked at, and the first life that violates it is enough. */
  readonly invariant?: Invariant;
}

/** What it has found. */
export interface Finding {
  readonly lives: number;
  /** The shortest life that violates an invariant, and what happens in it. */
  readonly violation?: { readonly life: Life; readonly trace: readonly string[] };
}

/** A life gets no shorter after a while, and a reader has other things to do. */
const SHRINKING_MS = 60_000;

// Thousands of errors are thrown, whose stacks nobody reads.
Error.stackTraceLimit = 0;

async function find({ after = 0, invariant, lives, seed }: Task): Promise<Finding> {
  let crash: unknown; // of the simulator itself
  let playing: Promise<unknown> = Promise.resolve();
  const isFine = async (each: Life) => {
    try {
      const played = play(each);
      playing = played;
      const { violations } = await played;
      return !violations.some((violation) => invariant === undefined || violation.invariant === invariant);
    } catch (error) {
      crash ??= error;
      return true;
    }
  };
  const property = fc.asyncProperty(life, isFine);
  const report = await fc.check(property, { numRuns: lives, seed, path: String(after), endOnFailure: true });
  if (crash !== undefined) throw crash;
  if (!report.failed) return { lives };
  const path = report.counterexamplePath!;
  const shrunk = await fc.check(property, { seed, path, interruptAfterTimeLimit: invariant === undefined ? SHRINKING_MS : 0 });
  await playing.catch(() => undefined); // shrinking may have been interrupted, and one life is played at a time
  const [shortest] = (shrunk.counterexample ?? report.counterexample) as [Life];
  return { lives: after + report.numRuns, violation: { life: shortest, trace: (await play(shortest, true)).trace } };
}

void find(workerData as Task).then((finding) => parentPort!.postMessage(finding));
