// serial-order.test-kit.ts: for the model runs: whether what was answered at the same time could have been answered one after the other

import { isDeepStrictEqual } from 'node:util'
import type { Asked, Oracle } from './asking.test-kit.ts'

/** A question and its answer. When it was asked and answered is counted, not timed: a smaller number came before. */
export interface Answered {
  readonly asked: Asked
  readonly answer: unknown
  readonly from: number
  readonly until: number
}

/**
 * The oracle as it stands after all of this in an order in which it gives the same answers; null where there is none. Each question has
 * its effect at one moment between its being asked and its being answered, so one that was answered before another was asked stands
 * before it; of the others every order is tried.
 *
 * Hardly ever do two orders fit: a receipt names the position, so that appends that were stored fit in the order of the log alone, and
 * a refusal with its `actual` only where the stream stood so. What changes nothing is taken at the first place where it fits, since
 * having answered it is no hindrance to anything later.
 *
 * Where orders that fit end differently, as a claim and its release do, what is asked last has to tell them apart: so whoever uses this
 * asks how everything stands at the end, as part of the same history.
 */
export const inSomeOrder = async (oracle: Oracle, history: ReadonlyArray<Answered>): Promise<Oracle | null> => {
  if (history.length === 0) return oracle
  for (const one of history) {
    if (history.some(({ until }) => until < one.from)) continue
    const next = await oracle.copy()
    const { answer, changed } = await next.ask(one.asked)
    if (!isDeepStrictEqual(answer, one.answer)) continue
    const rest = history.filter((other) => other !== one)
    if (changed === 'as before') return inSomeOrder(oracle, rest)
    const found = await inSomeOrder(next, rest)
    if (found !== null) return found
  }
  return null
}
