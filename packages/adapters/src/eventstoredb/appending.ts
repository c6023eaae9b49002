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
  // How long those streams are in which what is appended here was searched for once.
  const searched = new Map<StreamName, number>()
  // Streams that hold what nobody here knows of, or do not: they are searched each time.
  const doubtful = new Set<StreamName>()
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
    const isAnywhere = append.expected._tag === 'Any' || append.expected._tag === 'StreamExists'
    const patience = connection.patience()
    let length = doubtful.has(append.stream) ? null : (searched.get(append.stream) ?? null)
    let isInDoubt = false
    for (;;) {
      let expected = expectationOf(append.expected)
      // Where no revision is expected the server remembers ids only for a while, and not beyond a restart.
      if (isAnywhere && (isInDoubt || length === null)) {
        const found = await lookFor(append, length ?? 0)
        if (found._tag !== 'Absent')
          return isInDoubt && isLeft(found) && found.left._tag === 'StoreFailure' ? leftOpen(append, found.left) : found
        length = found.length
        // What was asked before may still be on its way, and must not come in behind the search.
        if (isInDoubt) expected = length === 0 ? 'no_stream' : BigInt(length - 1)
      }
      const answered = await connection.attempt((client) =>
        client.append(naming.onServer(append.stream), expected, append.proposed),
      )
      if (isLeft(answered)) {
        isInDoubt = true
        if (await patience.lasts(answered.left)) continue
        return leftOpen(append, answered.left)
      }
      const isOvertaken = isAnywhere && isInDoubt && answered.right._tag === 'Unexpected'
      if (isOvertaken) continue
      if (isAnywhere && answered.right._tag === 'Stored') remember(append.stream, Number(answered.right.last) + 1)
      return understood(append, answered.right, headBefore)
    }
  }

  const leftOpen = ({ stream }: Proposed, failure: StoreFailure): Answer => {
    doubtful.add(stream)
    return left(unsettled(failure))
  }

  const remember = (stream: StreamName, length: number): void => {
    if (searched.size >= mostSearched) searched.clear()
    searched.set(stream, Math.max(length, searched.get(stream) ?? 0))
  }

  const understood = async (append: Proposed, answer: AppendAnswer, headBefore: Position): Promise<Answer> => {
    const { stream, expected, events } = append
    switch (answer._tag) {
      case 'TooLarge':
        return left({ _tag: 'AppendTooLarge', bytes: Math.max(append.bytes, answer.limit + 1), limit: answer.limit })
      case 'Unexpected': {
        const actual = answer.actual === null ? null : revision(Number(answer.actual))
        const found = await lookFor(append)
        return found._tag === 'Absent' ? left({ _tag: 'WrongExpectedRevision', stream, expected, actual }) : found
      }
      case 'Stored': {
        const last = Number(answer.last)
        const first = last - events.length + 1
        const wanted = firstWanted(expected)
        if (wanted !== null && first !== wanted) return left(goneOn(connection.place, stream, first, wanted))
        const at = answer.position === null ? Number.NaN : Number(answer.position)
        // Of a batch that stood there before, a server may name another place than that of its last event.
        if (!Number.isSafeInteger(at) || at <= headBefore) {
          const found = await lookFor(append)
          return found._tag === 'Absent' ? left(lostFrom(connection.place, stream)) : found
        }
        return right({ stream, first: revision(first), last: revision(last), position: position(at) })
      }
    }
  }

  /** The answer, where these events or some of them are in the stream already, at that revision or behind it. */
  const lookFor = async ({ stream, expected, events }: Proposed, from = 0): Promise<Answer | Absent> => {
    const wanted = new Set<EventId>(events.map(({ id }) => id))
    const found: StoredEvent[] = []
    let length = from
    for (;;) {
      const look = await lookFrom(stream, length)
      if (isLeft(look)) return look
      found.push(...look.right.events.filter(({ id }) => wanted.has(id)))
      length += look.right.events.length
      if (look.right.isToTheEnd) break
    }
    if (length === 0) {
      const gone = await whyGone(connection, naming.onServer(stream))
      if (gone !== null) return left(gone)
      return expected._tag === 'StreamExists' ? left(unexpected(stream, expected)) : { _tag: 'Absent', length }
    }
    return found.length === 0 ? { _tag: 'Absent', length } : standing(stream, events, found)
  }

  const lookFrom = async (stream: StreamName, from: number) => {
    const look = await readKept(connection, naming.onServer(stream), from, atOnce)
    if (isLeft(look)) return look
    const { kept, isToTheEnd } = look.right
    try {
      return right({ events: kept.map((one, index) => streamEvent(one, naming, from + index)), isToTheEnd })
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

/** None of the events is in the stream, which has so many. */
interface Absent {
  readonly _tag: 'Absent'
  readonly length: number
}

const atOnce = 1_000

const mostSearched = 100_000

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
