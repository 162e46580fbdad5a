import { VirtualClock } from '../handler/fake-sagemaker';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly go: () => void;
}

/** Time that passes only when everything waits: hours of a life take milliseconds. */
export class VirtualTime extends VirtualClock {
  /** A binary heap, the next timer first. */
  private readonly timers: Timer[] = [];
  private order = 0;

  public async sleep(seconds: number): Promise<void> {
    return new Promise((go) => this.add({ at: this.now + seconds * 1000, order: this.order++, go }));
  }

  /** Lets time pass until nothing waits for it any more. */
  public async run(): Promise<void> {
    await settled();
    for (let timer = this.next(); timer !== undefined; timer = this.next()) {
      this.now = Math.max(this.now, timer.at);
      timer.go();
      await settled();
    }
  }

  private add(timer: Timer): void {
    const { timers } = this;
    let index = timers.push(timer) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (isBefore(timers[parent], timer)) break;
      timers[index] = timers[parent];
      index = parent;
    }
    timers[index] = timer;
  }

  private next(): Timer | undefined {
    const { timers } = this;
    const first = timers[0];
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return last;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && isBefore(timers[child + 1], timers[child])) child++;
      if (isBefore(last, timers[child])) break;
      timers[index] = timers[child];
      index = child;
    }
    timers[index] = last;
    return first;
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Lets everything run that does not wait for time. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
