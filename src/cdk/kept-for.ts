/**
 * Keeps something for each stack, or each principal, that it is asked for: it is made once, and goes with its owner.
 *
 * @param make - makes it for an owner that has none yet
 */
export function keptFor<Owner extends object, Kept>(make: (owner: Owner) => Kept): (owner: Owner) => Kept {
  const kept = new WeakMap<Owner, Kept>();
  return (owner) => {
    let value = kept.get(owner);
    if (value === undefined) {
      value = make(owner);
      kept.set(owner, value);
    }
    return value;
  };
}

/** The value of a key, which is made when there is none. */
export function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
