/** The most changes by which a misspelt name may differ from the intended one. */
const MOST_CHANGES = 2;

/** The name that is most similar to a misspelt one, if any is similar enough. */
export function closest(name: string, names: readonly string[]): string | undefined {
  const distances = names.map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) }));
  const [best] = distances.sort((left, right) => left.distance - right.distance);
  // Two changes would make a short name a different one.
  return best !== undefined && best.distance <= Math.min(MOST_CHANGES, Math.floor(best.other.length / 3)) ? best.other : undefined;
}

/** The number of edits between two texts: insert, remove or replace a character, or swap it with the next one. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length];
}
