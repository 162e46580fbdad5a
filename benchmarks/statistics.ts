/** The median of measurements, and the middle half of them. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** The ratios of pairs. Each pair was measured one right after the other, so that a slow phase of the machine slows down both. */
export function ratios(values: readonly number[], others: readonly number[]): Spread {
  return spread(values.map((value, index) => value / others[index]));
}

function quantile(sorted: readonly number[], part: number): number {
  const position = (sorted.length - 1) * part;
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

/** Returns the values in another order each round, so that no value always follows the same one. */
export function rotated<T>(values: readonly T[], round: number): T[] {
  const turn = round % values.length;
  const turned = [...values.slice(turn), ...values.slice(0, turn)];
  return Math.floor(round / values.length) % 2 === 0 ? turned : turned.reverse();
}
