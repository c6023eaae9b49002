// one-by-one.ts: how an event store takes a copy that appends to one stream at a time: batch by batch, each at its own time

import { type AppendError, type Appended, type EventStore, exactly, type Instant } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { Batch, CopyTarget } from './copyable.ts'

/**
 * The `extend` of a store that has no way to take many batches at once. `appendAt` gives its append for what was recorded at that time, and
 * must keep it exactly: times may go back along a log that was written by several clocks.
 * Each batch waits for the one before it, so that the order is the same in every store; one that is too large goes in halves.
 */
export const oneByOne =
  (appendAt: (recordedAt: Instant) => EventStore['append']): CopyTarget['extend'] =>
  (batches) =>
  async () => {
    for (const batch of batches) {
      const appended = await inParts(appendAt(batch.recordedAt), batch)
      if (isLeft(appended)) return appended
    }
    return right(undefined)
  }

const inParts = async (append: EventStore['append'], batch: Batch): Promise<Either<AppendError, Appended>> => {
  const { stream, expected, events } = batch
  const appended = await append(stream, expected, events)()
  if (!isLeft(appended) || appended.left._tag !== 'AppendTooLarge') return appended
  const [first, ...front] = events.slice(0, Math.ceil(events.length / 2))
  const [next, ...rest] = events.slice(Math.ceil(events.length / 2))
  if (first === undefined || next === undefined) return appended
  const ahead = await inParts(append, { ...batch, events: [first, ...front] })
  return isLeft(ahead)
    ? ahead
    : inParts(append, { ...batch, expected: exactly(ahead.right.last), events: [next, ...rest] })
}
