// appending.ts: appends on their way to the server, each until it is known what became of it

import {
  type AppendError,
  type Appended,
  type EventId,
  type EventStore,
  type ExpectedRevision,
  type Instant,
  later,
  type NewEvent,
  type NonEmpty,
  type Position,
  position,
  type Revision,
  revision,
  type StoredEvent,
  type StoreFailure,
  type StreamName,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Append } from '../stores/append.ts'
import { isStorable } from '../stores/text.ts'
import type { AppendAnswer, Expectation, ProposedEvent } from './client.ts'
import type { Connection } from './connection.ts'
import { bytesOf, type Naming, proposedEvent } from './envelope.ts'
import { closedFailure, damagedFailure } from './failures.ts'
import { readKept, streamEvent, whyGone } from './reading.ts'

export interface AppendingOptions {
  readonly clock: () => Instant
  /** What the server takes in one append. */
  readonly maxAppendBytes: number
  /** When the log was written to last, before it was opened, and where that was. */
  readonly last: { readonly recordedAt: Instant | null; readonly at: Position }
  /** Called after events were stored. */
  readonly onStored: () => void
}

export interface Appending {
  readonly append: EventStore['append']
  /** As `append`, for what was recorded elsewhere at that time. */
  readonly appendAt: (recordedAt: Instant) => EventStore['append']
  /** Refuses what comes from now on, and waits until all that was appended has its answer. */
  readonly finish: () => Promise<void>
}

type Answer = Either<AppendError, Appended>

/** The writing half of the log. */
export const appendingTo = (connection: Connection, naming: Naming, options: AppendingOptions): Appending => {
  const onItsWay = new Set<Promise<Answer>>()
  let { recordedAt: latest, at: head } = options.last
  let isOpen = true

  const present = (): Instant => {
    const now = options.clock()
    latest = later(now, latest ?? now)
    return latest
  }

  const append = async (wanted: Append, at: () => Instant): Promise<Answer> => {
    const refused = refusalOf(wanted.events)
    if (refused !== null) return left(refused)
    const recordedAt = at()
    const events = wanted.events.map((event) => proposedEvent(event, recordedAt))
    const bytes = events.reduce((sum, event) => sum + bytesOf(event), 0)
    const limit = options.maxAppendBytes
    if (bytes > limit) return left({ _tag: 'AppendTooLarge', bytes, limit })
    const answer = await settled({ ...wanted, proposed: events, bytes }, head)
    if (!isLeft(answer) && answer.right.position > head) head = answer.right.position
    if (!isLeft(answer)) options.onStored()
    return answer
  }

  /**
   * Asks until there is an answer. One that is lost leaves open what became of the events, and asking again with the same ids and the same
   * expectation is how to know: the server gives the first receipt where they are stored.
   */
  const settled = async (append: Proposed, headBefore: Position): Promise<Answer> => {
    const patience = connection.patience()
    for (;;) {
      // The server remembers ids only for a while where no revision is expected, and not beyond a restart.
      if (append.expected._tag === 'Any' || append.expected._tag === 'StreamExists') {
        const found = await lookFor(append)
        if (found !== null) return found
      }
      const answered = await connection.attempt((client) =>
        client.append(naming.onServer(append.stream), expectationOf(append.expected), append.proposed),
      )
      if (!isLeft(answered)) return understood(append, answered.right, headBefore)
      if (!(await patience.lasts(answered.left))) return left(unsettled(answered.left))
    }
  }

  const understood = async (append: Proposed, answer: AppendAnswer, headBefore: Position): Promise<Answer> => {
    const { stream, expected, events } = append
    switch (answer._tag) {
      case 'TooLarge':
        return left({ _tag: 'AppendTooLarge', bytes: Math.max(append.bytes, answer.limit + 1), limit: answer.limit })
      case 'Unexpected': {
        const actual = answer.actual === null ? null : revision(Number(answer.actual))
        return (await lookFor(append)) ?? left({ _tag: 'WrongExpectedRevision', stream, expected, actual })
      }
      case 'Stored': {
        const last = Number(answer.last)
        const first = last - events.length + 1
        const wanted = firstWanted(expected)
        if (wanted !== null && first !== wanted) return left(goneOn(connection.place, stream, first, wanted))
        const at = answer.position === null ? Number.NaN : Number(answer.position)
        // Of a batch that stood there before, a server may name another place than that of its last event.
        if (!Number.isSafeInteger(at) || at <= headBefore)
          return (await lookFor(append)) ?? left(lostFrom(connection.place, stream))
        return right({ stream, first: revision(first), last: revision(last), position: position(at) })
      }
    }
  }

  /** The answer, where these events or some of them are in the stream already; null where none is. */
  const lookFor = async ({ stream, expected, events }: Proposed): Promise<Answer | null> => {
    const wanted = new Set<EventId>(events.map(({ id }) => id))
    const found: StoredEvent[] = []
    let length = 0
    for (;;) {
      const page = await readOwn(stream, length)
      if (isLeft(page)) return page
      found.push(...page.right.filter(({ id }) => wanted.has(id)))
      length += page.right.length
      if (page.right.length < atOnce) break
    }
    if (length === 0) {
      const gone = await whyGone(connection, naming.onServer(stream))
      if (gone !== null) return left(gone)
      return expected._tag === 'StreamExists' ? left(unexpected(stream, expected)) : null
    }
    return found.length === 0 ? null : standing(stream, events, found)
  }

  const readOwn = async (
    stream: StreamName,
    from: number,
  ): Promise<Either<StoreFailure, ReadonlyArray<StoredEvent>>> => {
    const kept = await readKept(connection, naming.onServer(stream), from, atOnce)
    if (isLeft(kept)) return kept
    try {
      return right(kept.right.map((one, index) => streamEvent(one, naming, from + index)))
    } catch (error) {
      return left(connection.failureOf(error))
    }
  }

  const appendingAt =
    (at: () => Instant): EventStore['append'] =>
    (stream, expected, events) =>
    async () => {
      if (!isOpen) return left(closedFailure(connection.place))
      const answer = append({ stream, expected, events }, at)
      onItsWay.add(answer)
      try {
        return await answer
      } finally {
        onItsWay.delete(answer)
      }
    }

  return {
    append: appendingAt(present),
    appendAt: (recordedAt) => appendingAt(() => recordedAt),
    finish: async () => {
      isOpen = false
      await Promise.allSettled(onItsWay)
    },
  }
}

interface Proposed extends Append {
  readonly proposed: ReadonlyArray<ProposedEvent>
  readonly bytes: number
}

const atOnce = 1_000

/** What cannot be stored at all; null where it can be tried. */
const refusalOf = (events: NonEmpty<NewEvent>): AppendError | null => {
  const ids = new Set<EventId>()
  for (const { id, type, data, actor } of events) {
    if (![type, data, actor.id, actor.role].every(isStorable)) return { _tag: 'UnstorableText', id }
    // The server would store it twice.
    if (ids.has(id)) return { _tag: 'DuplicateEventId', id }
    ids.add(id)
  }
  return null
}

const expectationOf = (expected: ExpectedRevision): Expectation => {
  switch (expected._tag) {
    case 'Any':
      return 'any'
    case 'NoStream':
      return 'no_stream'
    case 'StreamExists':
      return 'stream_exists'
    case 'Exactly':
      return BigInt(expected.revision)
  }
}

/** The revision that the first event must get; null where it may be any. */
const firstWanted = (expected: ExpectedRevision): number | null =>
  expected._tag === 'NoStream' ? 0 : expected._tag === 'Exactly' ? expected.revision + 1 : null

const standing = (stream: StreamName, events: NonEmpty<NewEvent>, found: ReadonlyArray<StoredEvent>): Answer => {
  const [first] = found
  const begin = found.findIndex(({ id }) => id === events[0].id)
  const run = found.slice(begin, begin + events.length)
  const last = run.at(-1)
  const isWhole =
    begin >= 0 &&
    run.length === events.length &&
    run.every(({ id, revision }, i) => id === events[i]?.id && revision === (run[0]?.revision ?? 0) + i)
  if (isWhole && run[0] !== undefined && last !== undefined)
    return right({ stream, first: run[0].revision, last: last.revision, position: last.position })
  return left({ _tag: 'DuplicateEventId', id: first?.id ?? events[0].id })
}

const unexpected = (stream: StreamName, expected: ExpectedRevision, actual: Revision | null = null): AppendError => ({
  _tag: 'WrongExpectedRevision',
  stream,
  expected,
  actual,
})

const unsettled = (failure: StoreFailure): StoreFailure =>
  failure.retry
    ? {
        ...failure,
        message: `${failure.message}; whether it was stored is not known: append again with the same ids and expectation`,
      }
    : failure

const goneOn = (place: string, stream: StreamName, first: number, wanted: number): StoreFailure =>
  damagedFailure(
    place,
    `${stream} was deleted by somebody and went on with revision ${first} where ${wanted} follows; bring it back from a copy`,
  )

const lostFrom = (place: string, stream: StreamName): StoreFailure =>
  damagedFailure(place, `the server says that ${stream} holds what was appended, and it does not`)
