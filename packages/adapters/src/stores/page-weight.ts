// page-weight.ts: how much a page may hold, whatever the number of events that was asked for

import { heaviestPage, type StoredEvent } from '@smagruppe/domain'

/** The beginning of a run of events that goes into one page: at least one, and no more data than a page may hold. */
export interface Fitting {
  readonly events: ReadonlyArray<StoredEvent>
  /** Whether something was left for the next page. */
  readonly cut: boolean
}

/** Takes events until the page is full; what is behind them is not asked for. `fitting` of postgres/event-store.ts does it in SQL, in bytes. */
export const fitting = (run: Iterable<StoredEvent>): Fitting => {
  const events: StoredEvent[] = []
  let weight = 0
  for (const event of run) {
    weight += event.data.length
    if (events.length > 0 && weight > heaviestPage) return { events, cut: true }
    events.push(event)
  }
  return { events, cut: false }
}
