// lax-store.test-kit.ts: a log in memory that promises no more than the weaker side of each capability, and keeps that

import {
  type AppendError,
  type Appended,
  categoryOf,
  type EventStore,
  type Instant,
  isAsExpected,
  later,
  type NewEvent,
  position,
  revision,
  type StoredEvent,
  storeFailure,
  theStart,
} from '@smagruppe/domain'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { createBell } from '../stores/bell.ts'
import { fitting } from '../stores/page-weight.ts'
import { readingOf, type Slice } from '../stores/reading.ts'
import { isStorable } from '../stores/text.ts'
import type { EventStoreCapabilities, EventStoreSubject, Opened } from './index.ts'

export const lax: EventStoreCapabilities & { readonly maxAppendBytes: number } = {
  maxAppendBytes: 1_048_576,
  idempotency: 'exactRevisionOnly',
  monotoneRecordedAt: false,
  onceClosed: 'refuses',
}

type Append = Parameters<EventStore['append']>
type Handle = Opened<EventStore>

/** The subject; `changed` may break a promise of its handles. */
export const laxSubject = (changed: (store: EventStore) => Partial<EventStore> = () => ({})): EventStoreSubject => ({
  capabilities: lax,
  open: async (clock) => {
    const another = laxLog()
    const handle = (its: typeof clock): Handle => {
      const { it, close } = another(its)
      return { it: { ...it, ...changed(it) }, close }
    }
    return { ...handle(clock), another: async (its) => handle(its), interrupt: async () => {} }
  },
})

const laxLog = (): ((clock: () => Instant) => Handle) => {
  const log: StoredEvent[] = []
  const bell = createBell()

  const append = ([stream, expected, events]: Append, recordedAt: Instant): Either<AppendError, Appended> => {
    const own = log.filter((event) => event.stream === stream)
    const actual = own.at(-1)?.revision ?? null
    const wrong: AppendError = { _tag: 'WrongExpectedRevision', stream, expected, actual }
    const named = expected._tag === 'Exactly' ? expected.revision + 1 : expected._tag === 'NoStream' ? 0 : null
    // Only where it was expected to be, and with no revision in mind, anywhere: that is all this store looks at.
    const first = named ?? own.findIndex(({ id }) => id === events[0].id)
    const isAgain = first >= 0 && events.every(({ id }, i) => own[first + i]?.id === id)
    const begins = first >= 0 && own[first]?.id === events[0].id
    if (isAgain) return right(receiptOf(stream, own.slice(first, first + events.length)))
    if (begins || !isAsExpected(expected, actual)) return left(wrong)
    const stored = events.map(
      (event, i): StoredEvent => ({
        ...event,
        stream,
        revision: revision(own.length + i),
        position: position((log.at(-1)?.position ?? 0) + 10 * (i + 1)),
        recordedAt,
        knownSince: event.knownSince === null || event.knownSince > recordedAt ? recordedAt : event.knownSince,
      }),
    )
    log.push(...stored)
    bell.ring()
    return right(receiptOf(stream, stored))
  }

  const slice = ({ after, until, types, category, limit }: Slice) => {
    const head = log.at(-1)?.position ?? theStart
    const end = position(Math.min(until ?? head, head))
    const inRange = log.filter(({ position }) => position > after && position <= end)
    const wanted = inRange.filter(
      ({ type, stream }) =>
        (types === null || types.includes(type)) && (category === null || categoryOf(stream) === category),
    )
    const { events } = fitting(wanted.slice(0, limit))
    const caughtUp = events.length === wanted.length
    const through = caughtUp ? position(Math.max(after, end)) : (events.at(-1)?.position ?? after)
    return { events, through, caughtUp }
  }

  return (clock) => {
    let open = true
    let last: Instant | null = null
    const closed = left(storeFailure('Closed', 'the handle has been closed; open another'))
    const reading = readingOf(
      {
        slice: (wanted) => (open ? right(slice(wanted)) : closed),
        streamSlice: ({ stream, from, limit }) => {
          if (!open) return closed
          const rest = log.filter((event) => event.stream === stream && event.revision >= from)
          const { events } = fitting(rest.slice(0, limit))
          const caughtUp = events.length === rest.length
          const head = log.at(-1)?.position ?? theStart
          return right({ events, through: caughtUp ? head : (events.at(-1)?.position ?? theStart), caughtUp })
        },
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
      },
      { bell, pollMs: null },
    )
    return {
      it: {
        append:
          (...appended) =>
          async () => {
            if (!open) return closed
            const refused = refusalOf(appended[2])
            if (refused !== null) return left(refused)
            const now = clock()
            const recordedAt = later(now, last ?? now)
            last = recordedAt
            return append(appended, recordedAt)
          },
        ...reading,
      },
      close: async () => {
        open = false
        bell.ring()
      },
    }
  }
}

const receiptOf = (stream: Append[0], stored: ReadonlyArray<StoredEvent>): Appended => ({
  stream,
  first: stored[0]?.revision ?? revision(0),
  last: stored.at(-1)?.revision ?? revision(0),
  position: stored.at(-1)?.position ?? theStart,
})

const refusalOf = (events: ReadonlyArray<NewEvent>): AppendError | null => {
  const ids = new Set<string>()
  let bytes = 0
  for (const { id, type, data, actor } of events) {
    const texts = [type, data, actor.id, actor.role]
    if (!texts.every(isStorable)) return { _tag: 'UnstorableText', id }
    if (ids.has(id)) return { _tag: 'DuplicateEventId', id }
    ids.add(id)
    bytes += texts.reduce((sum, text) => sum + Buffer.byteLength(text), 500)
  }
  return bytes > lax.maxAppendBytes ? { _tag: 'AppendTooLarge', bytes, limit: lax.maxAppendBytes } : null
}
