// one-by-one.ts: how any event store takes a copy: batch by batch, its clock set to each one's time

import { type AppendError, type Appended, type EventStore, exactly, type Instant } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { Batch, CopyTarget } from './copyable.ts'

/**
 * The `extend` of a store that has no way to take many batches at once. `setClock` sets what the clock says that the store was opened with.
 * Each batch waits for the one before it, so that the order is the same in every store; one that is too large goes in halves.
 */
export const oneByOne =
  (events: EventStore, setClock: (at: Instant) => void): CopyTarget['extend'] =>
  (batches) =>
  async () => {
    for (const batch of batches) {
      setClock(batch.recordedAt)
      const appended = await append(events, batch)
      if (isLeft(appended)) return appended
    }
    return right(undefined)
  }

const append = async (store: EventStore, batch: Batch): Promise<Either<AppendError, Appended>> => {
  const { stream, expected, events } = batch
  const appended = await store.append(stream, expected, events)()
  if (!isLeft(appended) || appended.left._tag !== 'AppendTooLarge') return appended
  const [first, ...front] = events.slice(0, Math.ceil(events.length / 2))
  const [next, ...rest] = events.slice(Math.ceil(events.length / 2))
  if (first === undefined || next === undefined) return appended
  const ahead = await append(store, { ...batch, events: [first, ...front] })
  return isLeft(ahead)
    ? ahead
    : append(store, { ...batch, expected: exactly(ahead.right.last), events: [next, ...rest] })
}
