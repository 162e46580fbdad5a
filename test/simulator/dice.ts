/** The faces of a die: a throw is one of 0 … FACES - 1. */
export const FACES = 1000;

/**
 * Chance, as a list of throws that was made before the life began, so that the same list gives the same life, and a shorter
 * one, or one of smaller numbers, a calmer one: 0 is luck, and so is everything after the end of the list.
 */
export class Dice {
  private index = 0;

  constructor(private readonly throws: readonly number[]) {}

  public chance(probability: number): boolean {
    return this.next() >= FACES * (1 - probability);
  }

  /** A number from 0 up to the limit, which it does not reach. */
  public below(limit: number): number {
    return this.next() / FACES * limit;
  }

  /** One of the outcomes, which have a probability each. Undefined, which is luck, for the rest. */
  public oneOf<Outcome extends string>(outcomes: Readonly<Record<Outcome, number>>): Outcome | undefined {
    let left = (FACES - this.next()) / FACES;
    for (const [outcome, probability] of Object.entries<number>(outcomes)) {
      left -= probability;
      if (left <= 0) return outcome as Outcome;
    }
    return undefined;
  }

  private next(): number {
    return this.throws[this.index++] ?? 0;
  }
}
