import { Dice } from './dice';
import { VirtualTime } from './virtual-time';

/** What all parts of a simulated life share: time, chance, and what is said about it afterwards. */
export class World {
  public readonly time = new VirtualTime();
  /** What must not happen, and did: an invariant and what broke it. */
  public readonly violations: { readonly invariant: Invariant; readonly text: string }[] = [];
  public readonly trace: string[] = [];
  private readonly start = this.time.now;
  private last = '';
  private repeated = 0;

  constructor(public readonly dice: Dice, private readonly traced: boolean) {}

  /** Adds a line to the trace. */
  public note(line: () => string): void {
    if (!this.traced) return;
    const text = line();
    if (text === this.last) {
      this.repeated++;
      return;
    }
    if (this.repeated > 0) this.trace.push(`            … and ${this.repeated} times more`);
    this.trace.push(`${this.elapsed()}  ${text}`);
    this.last = text;
    this.repeated = 0;
  }

  public violate(invariant: Invariant, text: string): void {
    this.violations.push({ invariant, text });
    this.note(() => `!! ${invariant}: ${text}`);
  }

  private elapsed(): string {
    const tenths = Math.round((this.time.now - this.start) / 100);
    const digits = (value: number) => String(Math.floor(value)).padStart(2, '0');
    return `${digits(tenths / 36_000)}:${digits((tenths / 600) % 60)}:${digits((tenths / 10) % 60)}.${tenths % 10}`;
  }
}

/** What is true of every life. */
export type Invariant =
  | 'no definition runs twice'
  | 'a rollback starts nothing'
  | 'no job is left running'
  | 'a tag change starts nothing'
  | 'the stack has the job of its template'
  | 'no rollback and no delete fails'
  | 'no other job is touched'
  | 'a completed wait means a completed job'
  | 'no failure without its cause'
  | 'a response fits'
  | 'a job outlives nothing that it uses'
  | 'every wait ends';
