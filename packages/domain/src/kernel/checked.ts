// checked.ts: values of one's own making, as what they are

import type * as t from 'io-ts'

/** The same value, as what the codec takes; throws a RangeError on anything else. For values of one's own making, which cannot be wrong. */
export const checked = <A>(codec: Pick<t.Type<A>, 'is' | 'name'>, value: unknown): A => {
  if (!codec.is(value)) throw new RangeError(`not ${codec.name}: ${String(value)}`)
  return value
}
