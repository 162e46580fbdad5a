/** Acts on each after those that come before it, and on all at once that do not wait for each other. What comes after a failure is left out. */
export async function inOrder<Each>(
  all: readonly Each[], before: (each: Each) => readonly Each[], act: (each: Each) => Promise<boolean>,
): Promise<boolean> {
  const results = new Map<Each, Promise<boolean>>();
  const result = async (each: Each): Promise<boolean> => {
    const known = results.get(each) ?? Promise.all(before(each).map(result)).then((oks) => oks.every(Boolean) && act(each));
    results.set(each, known);
    return known;
  };
  return (await Promise.all(all.map(result))).every(Boolean);
}
