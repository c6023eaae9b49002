// remembering.ts: what was found once is not looked for again

/** The same answers as `find`, which is asked once for each key. */
export const remembering = <Key, Value>(find: (key: Key) => Value): ((key: Key) => Value) => {
  const found = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const before = found.get(key)
    if (before !== undefined) return before.value
    const value = find(key)
    found.set(key, { value })
    return value
  }
}
