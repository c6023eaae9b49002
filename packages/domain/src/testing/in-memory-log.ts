// in-memory-log.ts: the smallest log that keeps what its port promises, to try a domain without any adapter

import { left, right } from 'fp-ts/lib/Either.js'
import type { EventId, NewEvent, Position, StoredEvent, StreamName } from '../kernel/event.ts'
import { categoryOf, position, revision, theStart } from '../kernel/event.ts'
import type {
  AppendError,
  Appended,
  EventStore,
  NonEmpty,
  PageResult,
  ReadAll,
  Subscribe,
} from '../kernel/event-store.ts'
import { isAsExpected } from '../kernel/event-store.ts'
import { earlier, type Instant, later, theBeginning } from '../kernel/instant.ts'
import { anybody } from './given.ts'

/** An event store, and the log it keeps for all to see. */
export interface InMemoryLog extends EventStore {
  readonly log: ReadonlyArray<StoredEvent>
}

/** A log in an array. `now` is the clock it records by. */
export const inMemoryLog = (now: () => Instant = () => anybody.at): InMemoryLog => {
  const log: StoredEvent[] = []
  const waiting = new Set<() => void>()
  const inStream = (stream: StreamName): ReadonlyArray<StoredEvent> => log.filter((event) => event.stream === stream)

  const keep = (stream: StreamName, events: ReadonlyArray<NewEvent>): void => {
    const recordedAt = later(now(), log.at(-1)?.recordedAt ?? theBeginning)
    for (const event of events) {
      log.push({
        ...event,
        stream,
        revision: revision(inStream(stream).length),
        position: position(log.length + 1),
        recordedAt,
        knownSince: earlier(event.knownSince ?? recordedAt, recordedAt),
      })
    }
    for (const wake of waiting) wake()
  }

  async function* readAll(options: ReadAll = {}): AsyncGenerator<PageResult, void> {
    const { pageSize = 500, types, category, signal } = options
    const end = Math.min(options.until ?? log.length, log.length)
    let seen: number = options.after ?? theStart
    do {
      const events: StoredEvent[] = []
      for (; seen < end && events.length < pageSize; seen += 1) {
        const event = log[seen]
        if (event === undefined || (types !== undefined && !types.includes(event.type))) continue
        if (category === undefined || categoryOf(event.stream) === category) events.push(event)
      }
      yield right({ events, through: position(seen), caughtUp: seen >= end })
    } while (seen < end && signal?.aborted !== true)
  }

  async function* subscribe(options: Subscribe = {}): AsyncGenerator<PageResult, void> {
    const { signal } = options
    let after: Position = options.after ?? theStart
    while (signal?.aborted !== true) {
      for await (const page of readAll({ ...options, after })) {
        if (page._tag === 'Right') after = page.right.through
        yield page
      }
      if (after < log.length) continue
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        signal?.addEventListener('abort', wake)
        if (signal?.aborted === true) wake()
      })
    }
  }

  return {
    log,
    append: (stream, expected, events) => async () => {
      const before = standing(log, stream, events)
      if (before !== null) return before
      const actual = inStream(stream).at(-1)?.revision ?? null
      if (!isAsExpected(expected, actual)) return left({ _tag: 'WrongExpectedRevision', stream, expected, actual })
      keep(stream, events)
      return right(receiptOf(inStream(stream).slice(-events.length)))
    },
    readStream: async function* (stream, { from = revision(0), pageSize = 500 } = {}) {
      const wanted = inStream(stream).slice(from)
      for (let i = 0; i === 0 || i < wanted.length; i += pageSize) {
        const caughtUp = i + pageSize >= wanted.length
        yield right({ events: wanted.slice(i, i + pageSize), through: position(log.length), caughtUp })
      }
    },
    readAll,
    subscribe,
  }
}

/** What an append of these ids comes to where some of them are in the log already; null where none is. */
const standing = (log: ReadonlyArray<StoredEvent>, stream: StreamName, events: NonEmpty<NewEvent>) => {
  const ids = new Set<EventId>(events.map(({ id }) => id))
  const kept = log.filter((event) => ids.has(event.id))
  const [first] = kept
  if (first === undefined && ids.size === events.length) return null
  const whole = kept.length === events.length && kept.every((event) => event.stream === stream)
  const duplicate: AppendError = { _tag: 'DuplicateEventId', id: first?.id ?? events[0].id }
  return whole ? right(receiptOf(kept)) : left(duplicate)
}

const receiptOf = (events: ReadonlyArray<StoredEvent>): Appended => {
  const first = events[0]
  const last = events.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('an append has at least one event')
  return { stream: first.stream, first: first.revision, last: last.revision, position: last.position }
}
