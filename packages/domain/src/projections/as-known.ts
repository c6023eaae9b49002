// as-known.ts: the question that every read model answers, and the facts it may look at

import { type FactInForce, factsInForce } from '../kernel/correction.ts'
import type { Event } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import type { History } from './history.ts'

/** What is asked: about which facts, and with whose knowledge. Both bounds are included. */
export interface Question {
  /** Nothing that is effective later is considered. */
  readonly effectiveThrough: LegalDate
  /** Nothing that was known later is considered. */
  readonly asKnownAt: Instant
}

/** The facts in force among those known at a moment, in the order in which they became known. */
export const factsKnown = <F extends Event>(
  history: History<F>,
  { asKnownAt }: Pick<Question, 'asKnownAt'>,
): ReadonlyArray<FactInForce<F>> =>
  [...factsInForce(history.filter(({ knownSince }) => knownSince <= asKnownAt))].sort(
    (one, other) => compareText(one.knownSince, other.knownSince) || one.position - other.position,
  )
