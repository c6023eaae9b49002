// searching.ts: whether events stand in a stream already

import type {
  AppendError,
  Appended,
  EventId,
  NewEvent,
  NonEmpty,
  StoredEvent,
  StoreFailure,
  StreamName,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Connection, Patience } from './connection.ts'
import type { Naming } from './envelope.ts'
import { damagedFailure } from './failures.ts'
import { readKept, streamEvent, whyGone } from './reading.ts'

/** A stream that was searched to its end. */
export interface Found {
  readonly length: number
  /** The first receipt where all the events stand there as they were appended, `DuplicateEventId` where some do, null where none does. */
  readonly standing: Either<AppendError, Appended> | null
}

export type Search = (
  stream: StreamName,
  events: NonEmpty<NewEvent>,
  patience: Patience,
) => Promise<Either<StoreFailure, Found>>

interface Known {
  readonly length: number
  readonly ids: Set<EventId>
}

// Some ten megabytes of ids, over all streams.
const mostKnown = 100_000

/** Searches streams by id. Of what was read once only the ids are kept, so that a stream that grows is not read whole each time. */
export const searchIn = (connection: Connection, naming: Naming): Search => {
  const knownOf = new Map<StreamName, Known>()
  let idsKept = 0

  const readFrom = async (
    stream: StreamName,
    from: number,
    patience: Patience,
  ): Promise<Either<StoreFailure, ReadonlyArray<StoredEvent>>> => {
    const events: StoredEvent[] = []
    for (;;) {
      const begin = from + events.length
      const look = await readKept(connection, naming.onServer(stream), begin, atOnce, () => patience)
      if (isLeft(look)) return look
      try {
        events.push(...look.right.kept.map((one, index) => streamEvent(one, naming, begin + index)))
      } catch (error) {
        return left(connection.failureOf(error))
      }
      if (look.right.isToTheEnd) return right(events)
    }
  }

  const remember = (stream: StreamName, before: Known | undefined, read: ReadonlyArray<StoredEvent>): void => {
    // Another search may have gone on from there, or begun anew.
    if (knownOf.get(stream) !== before) return
    const ids = before?.ids ?? new Set()
    idsKept -= ids.size
    for (const { id } of read) ids.add(id)
    idsKept += ids.size
    knownOf.set(stream, { length: (read.at(-1)?.revision ?? -1) + 1, ids })
    if (idsKept <= mostKnown) return
    knownOf.clear()
    idsKept = 0
  }

  return async (stream, events, patience) => {
    const before = knownOf.get(stream)
    const isAmongThem = before !== undefined && events.some(({ id }) => before.ids.has(id))
    // The last one that is known is read again, since it is gone where the stream was deleted.
    const from = before === undefined || isAmongThem ? 0 : before.length - 1
    const read = await readFrom(stream, from, patience)
    if (isLeft(read)) return read
    const length = from + read.right.length
    if (read.right.length === 0) {
      const gone = await whyGone(connection, naming.onServer(stream), () => patience)
      if (gone !== null) return left(gone)
    }
    if (before !== undefined && length < before.length)
      return left(damagedFailure(connection.place, `${stream} has fewer events than it had: bring it back from a copy`))
    if (length > 0) remember(stream, before, read.right)
    const wanted = new Set(events.map(({ id }) => id))
    const found = read.right.filter(({ id }) => wanted.has(id))
    return right({ length, standing: found.length === 0 ? null : standing(stream, events, found) })
  }
}

const atOnce = 1_000

/** A batch that stands there whole is answered as it was the first time. */
const standing = (
  stream: StreamName,
  events: NonEmpty<NewEvent>,
  found: ReadonlyArray<StoredEvent>,
): Either<AppendError, Appended> => {
  const begin = found.findIndex(({ id }) => id === events[0].id)
  const run = begin < 0 ? [] : found.slice(begin, begin + events.length)
  const [first, last] = [run[0], run.at(-1)]
  const isWhole =
    run.length === events.length &&
    run.every(({ id, revision }, i) => id === events[i]?.id && revision === (first?.revision ?? 0) + i)
  if (isWhole && first !== undefined && last !== undefined)
    return right({ stream, first: first.revision, last: last.revision, position: last.position })
  return left({ _tag: 'DuplicateEventId', id: found[0]?.id ?? events[0].id })
}
