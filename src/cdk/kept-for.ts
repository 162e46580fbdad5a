/**
 * Keeps one value for each owner, such as a stack or a principal. The value is made on first use, and garbage collected with
 * its owner.
 *
 * @param make - makes the value of an owner
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

/** Returns the value of a key, and makes it when there is none. */
export function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
