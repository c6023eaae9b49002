// reading.ts: the log on EventStoreDB as pages: what is ours of $all, and streams

import {
  categoryOf,
  type EventStore,
  heaviestPage,
  type Page,
  type PageResult,
  type Position,
  position,
  type StoredEvent,
  type StoreFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Following, readingOf, type Slice, type SlicedLog, type StreamSlice } from '../stores/reading.ts'
import type { Filter, KeptEvent, Reading } from './client.ts'
import type { Connection, Patience } from './connection.ts'
import { type Naming, storedEvent } from './envelope.ts'
import { closedFailure, Damage, damagedFailure } from './failures.ts'
import { headOn, type Scan, scanOf } from './scanning.ts'

// A page comes after so many events at the latest, so that whoever waits for a rare type sees that it goes on.
const longestLook = 10_000

// The server compiles a pattern of all types that are wanted, and is not asked to where that would be a book.
const longestPattern = 10_000

/** The reading half of the log. */
export const eventStoreDbReading = (
  connection: Connection,
  naming: Naming,
  following: Following,
): Pick<EventStore, 'readStream' | 'readAll' | 'subscribe'> => {
  const streamSlice = (wanted: StreamSlice) => lookAtStream(connection, naming, wanted)
  /** Each reading has a run of its own through $all, which its slices are cut from. */
  const reading = (use: (log: SlicedLog) => AsyncIterable<PageResult>): AsyncIterable<PageResult> => {
    const { slice, leave } = slicing(connection, naming)
    return leaving(use({ slice, streamSlice, breathe }), leave)
  }
  return {
    readStream: (stream, options) => reading((log) => readingOf(log, following).readStream(stream, options)),
    readAll: (options) => reading((log) => readingOf(log, following).readAll(options)),
    subscribe: (options) => reading((log) => readingOf(log, following).subscribe(options)),
  }
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The same pages; `leave` is called when they end, or when their reader turns away. */
const leaving = (pages: AsyncIterable<PageResult>, leave: () => void): AsyncIterable<PageResult> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = pages[Symbol.asyncIterator]()
    return {
      next: async () => {
        const result = await iterator.next()
        if (result.done === true) leave()
        return result
      },
      return: async () => {
        const result = await iterator.return?.()
        leave()
        return result ?? { done: true, value: undefined }
      },
    }
  },
})

const slicing = (connection: Connection, naming: Naming) => {
  let scan: Scan | null = null
  let hasLeft = false

  const leave = (): void => {
    hasLeft = true
    scan?.leave()
    scan = null
  }

  const slice = async (wanted: Slice): Promise<Either<StoreFailure, Page>> => {
    if (connection.closed.aborted) return left(closedFailure(connection.place))
    if (wanted.types?.length === 0) return nothingWanted(connection, wanted)
    const filter = filterFor(wanted, naming)
    scan = scan !== null && scan.cursor() === wanted.after ? scan : scanOf(connection, wanted.after, filter)
    const page = await pageFrom(scan, wanted, naming, connection)
    // The next look begins anew, for it may be long in coming.
    if (hasLeft || isLeft(page) || page.right.caughtUp) {
      scan?.leave()
      scan = null
    }
    return page
  }

  return { slice, leave }
}

const nothingWanted = async (connection: Connection, { after, until }: Slice): Promise<Either<StoreFailure, Page>> => {
  const head = await headOn(connection)
  if (isLeft(head)) return head
  return right({
    events: [],
    through: position(Math.max(after, Math.min(until ?? head.right, head.right))),
    caughtUp: true,
  })
}

/** What the server may leave out. It leaves out more only where it can do so by one thing alone. */
const filterFor = ({ types, category }: Slice, { prefix }: Naming): Filter | null => {
  if (category !== null) return { streamsBeginWith: `${prefix}${category}-` }
  if (types !== null && types.join('').length <= longestPattern) return { types }
  return prefix === '' ? null : { streamsBeginWith: prefix }
}

const pageFrom = async (
  scan: Scan,
  { until, types, category, limit }: Slice,
  naming: Naming,
  { failureOf }: Connection,
): Promise<Either<StoreFailure, Page>> => {
  const events: StoredEvent[] = []
  let weight = 0
  let looked = 0
  for (;;) {
    const before = scan.cursor()
    let seen = scan.atHand()
    if (seen === null) {
      const next = await scan.next()
      if (isLeft(next)) return next
      seen = next.right
    }
    if (seen.event === null) {
      const through = until === null ? seen.at : Math.max(before, Math.min(until, seen.at))
      return right({ events, through: position(through), caughtUp: true })
    }
    const cut = (caughtUp: boolean): Either<StoreFailure, Page> => {
      scan.putBack(seen, before)
      return right({ events, through: before, caughtUp })
    }
    if (until !== null && seen.at > until) return cut(true)
    if (events.length >= limit || looked >= longestLook) return cut(false)
    looked += 1
    try {
      const event = storedEvent(seen.event, naming)
      if (event === null) continue
      if (types !== null && !types.includes(event.type)) continue
      if (category !== null && categoryOf(event.stream) !== category) continue
      weight += event.data.length
      if (events.length > 0 && weight > heaviestPage) return cut(false)
      events.push(event)
    } catch (error) {
      return left(failureOf(error))
    }
  }
}

/** First where the log ends, then the stream: so nothing of it that stands before that end is missed. */
const lookAtStream = async (
  connection: Connection,
  naming: Naming,
  { stream, from, limit }: StreamSlice,
): Promise<Either<StoreFailure, Page>> => {
  const head = await headOn(connection)
  if (isLeft(head)) return head
  const found = await readKept(connection, naming.onServer(stream), from, limit + 1)
  if (isLeft(found)) return found
  const { kept } = found.right
  if (kept.length === 0) {
    const gone = from === 0 ? await whyGone(connection, naming.onServer(stream)) : null
    return gone === null ? right({ events: [], through: head.right, caughtUp: true }) : left(gone)
  }
  try {
    return right(streamPage(kept, naming, { from, limit, head: head.right }))
  } catch (error) {
    return left(connection.failureOf(error))
  }
}

/** Events of a stream as they are kept, and whether the last of them is the stream's: a look ends with so many events, or so much data. */
interface Look {
  readonly kept: ReadonlyArray<KeptEvent>
  readonly isToTheEnd: boolean
}

/** Looks at a stream from a revision on. Where a connection drops, what came already stays. */
export const readKept = async (
  connection: Connection,
  stream: string,
  from: number,
  limit: number,
  patient: () => Patience = connection.patience,
): Promise<Either<StoreFailure, Look>> => {
  let kept: ReadonlyArray<KeptEvent> = []
  let patience = patient()
  for (;;) {
    const more: KeptEvent[] = []
    const next = kept.at(-1)?.revision
    const begin = next === undefined ? BigInt(from) : next + 1n
    const read = await connection.attempt((client) => take(client.readStream(stream, begin, limit - kept.length), more))
    if (more.length > 0) patience = patient()
    kept = [...kept, ...more]
    if (kept.length >= limit) return right({ kept, isToTheEnd: false })
    if (!isLeft(read)) return right({ kept, isToTheEnd: read.right === 'ended' })
    if (!(await patience.lasts(read.left))) return read
  }
}

const take = async (reading: Reading, into: KeptEvent[]): Promise<'ended' | 'left'> => {
  let weight = 0
  try {
    for (let events = await reading.next(); events.length > 0; events = await reading.next()) {
      for (const event of events) {
        into.push(event)
        weight += event.data instanceof Uint8Array ? event.data.byteLength : 0
        // One event more than fits says that the page is cut.
        if (weight > 4 * heaviestPage && into.length > 1) return 'left'
      }
    }
    return 'ended'
  } finally {
    reading.leave()
  }
}

/** Throws `Damage` where revisions are missing, or are somebody else's. */
const streamPage = (
  kept: ReadonlyArray<KeptEvent>,
  naming: Naming,
  { from, limit, head }: { readonly from: number; readonly limit: number; readonly head: Position },
): Page => {
  const events: StoredEvent[] = []
  let weight = 0
  for (const [index, one] of kept.entries()) {
    const event = streamEvent(one, naming, from + index)
    weight += event.data.length
    const isFull = events.length >= limit || (events.length > 0 && weight > heaviestPage)
    const last = events.at(-1)
    if (isFull && last !== undefined) return { events, through: last.position, caughtUp: false }
    events.push(event)
  }
  const last = events.at(-1)?.position ?? head
  return { events, through: last > head ? last : head, caughtUp: true }
}

/** An event that must be ours and have that revision. */
export const streamEvent = (kept: KeptEvent, naming: Naming, revision: number): StoredEvent => {
  if (Number(kept.revision) !== revision)
    throw new Damage(
      `${kept.stream} goes on with revision ${kept.revision} where ${revision} follows: it was deleted or truncated; bring it back from a copy`,
    )
  const event = storedEvent(kept, naming)
  if (event === null) throw new Damage(`revision ${kept.revision} of ${kept.stream} was written by somebody else`)
  return event
}

/** A stream that was deleted reads as one that never was, and would go on with its numbers. */
export const whyGone = async (
  connection: Connection,
  stream: string,
  patient?: () => Patience,
): Promise<StoreFailure | null> => {
  const told = await readKept(connection, `$$${stream}`, 0, 1_000, patient)
  if (isLeft(told)) return told.left
  const settings = told.right.kept.at(-1)?.data
  if (typeof settings !== 'object' || settings === null) return null
  const hiding = hidingSettings.find((name) => name in settings)
  if (hiding === undefined) return null
  const what = `${stream} was deleted, or all that it held is hidden (${hiding}), and what is appended would go on with its numbers; take that setting back, or bring it back from a copy`
  return damagedFailure(connection.place, what)
}

/** What a stream's metadata says where not all of its events are shown: from which revision on, for how long, how many. */
const hidingSettings = ['$tb', '$maxAge', '$maxCount']
