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
  revision,
  type StoreFailure,
  type StreamName,
  storeFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Append } from '../stores/append.ts'
import { isStorable } from '../stores/text.ts'
import type { AppendAnswer, Expectation, ProposedEvent } from './client.ts'
import type { Connection, Patience } from './connection.ts'
import { bytesOf, type Naming, proposedEvent } from './envelope.ts'
import { closedFailure, damagedFailure } from './failures.ts'
import { searchIn } from './searching.ts'

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

type Stored = Extract<AppendAnswer, { readonly _tag: 'Stored' }>

/** The writing half of the log. */
export const appendingTo = (connection: Connection, naming: Naming, options: AppendingOptions): Appending => {
  const onItsWay = new Set<Promise<Answer>>()
  let { recordedAt: latest, at: head } = options.last
  const search = searchIn(connection, naming)
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

  /** Time for tries, which is over when the store is closed: whoever closes it waits for the try that is under way, and for no other. */
  const patience = (): Patience => {
    const turn = connection.patience()
    return { ...turn, lasts: async (failure) => isOpen && (await turn.lasts(failure)) && isOpen }
  }

  /**
   * Asks until it is known what became of the events. Where an answer is lost they may be stored, and asking again with the same ids and the
   * same expectation is how to know: then the server gives the first receipt. It knows them by their place for good, and by their ids alone
   * only for a while. So where any place will do the stream is searched, and the place behind its end is asked for.
   */
  const settled = async (append: Proposed, headBefore: Position): Promise<Answer> => {
    const { stream, expected, events, proposed } = append
    const patient = patience()
    const wanted = placeWanted(expected)
    let isInDoubt = false
    let overtakenAt: number | null = null
    const failed = (failure: StoreFailure): Answer =>
      left(isInDoubt || mayBeStored(failure) ? unsettled(failure) : failure)
    for (;;) {
      let at = wanted
      if (at === null) {
        const found = await search(stream, events, patient)
        if (isLeft(found)) return failed(found.left)
        const { standing, length } = found.right
        if (standing !== null) return standing
        if (length === 0 && expected._tag === 'StreamExists') return left(unexpected(append, null))
        at = length
      }
      const before: Expectation = at === 0 ? 'no_stream' : BigInt(at - 1)
      const answered = await connection.attempt((client) => client.append(naming.onServer(stream), before, proposed))
      if (isLeft(answered)) {
        isInDoubt ||= mayBeStored(answered.left)
        if (await patient.lasts(answered.left)) continue
        return failed(answered.left)
      }
      const answer = answered.right
      if (answer._tag === 'TooLarge') return left(tooLarge(append, answer.limit))
      if (answer._tag === 'Stored') return stored(append, at, answer, headBefore)
      if (wanted !== null) return refused(append, answer.actual)
      // Somebody was faster, and is found by the next search: or else by a later one, on a node that lags behind.
      if (at === overtakenAt && !(await patient.lasts(lagging(connection.place))))
        return failed(lagging(connection.place))
      overtakenAt = at
    }
  }

  const stored = async (append: Proposed, wanted: number, answer: Stored, headBefore: Position): Promise<Answer> => {
    const { stream, events } = append
    const last = Number(answer.last)
    const first = last - events.length + 1
    if (first !== wanted) return left(goneOn(connection.place, stream, first, wanted))
    const at = answer.position === null ? Number.NaN : Number(answer.position)
    if (Number.isSafeInteger(at) && at > headBefore)
      return right({ stream, first: revision(first), last: revision(last), position: position(at) })
    // Of a batch that stood there before, a server may name another place than that of its last event.
    const found = await search(stream, events, patience())
    if (isLeft(found)) return left(unsettled(found.left))
    return found.right.standing ?? left(lostFrom(connection.place, stream))
  }

  /** What is expected is not so: perhaps because the events are there already, from a try or a call before. */
  const refused = async (append: Proposed, actual: bigint | null): Promise<Answer> => {
    const found = await search(append.stream, append.events, patience())
    if (isLeft(found)) return left(unsettled(found.left))
    return found.right.standing ?? left(unexpected(append, actual))
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

/** The revision that the first event is to get; null where it may be any. */
const placeWanted = (expected: ExpectedRevision): number | null => {
  if (expected._tag === 'NoStream') return 0
  return expected._tag === 'Exactly' ? expected.revision + 1 : null
}

const tooLarge = ({ bytes }: Proposed, limit: number): AppendError => ({
  _tag: 'AppendTooLarge',
  bytes: Math.max(bytes, limit + 1),
  limit,
})

const unexpected = ({ stream, expected }: Proposed, actual: bigint | null): AppendError => ({
  _tag: 'WrongExpectedRevision',
  stream,
  expected,
  actual: actual === null ? null : revision(Number(actual)),
})

/** Whether a try that failed so may have been done. Refused for its user, its size or its stream it was not. */
const mayBeStored = ({ reason, retry }: StoreFailure): boolean => retry || reason === 'Unknown'

const unsettled = (failure: StoreFailure): StoreFailure => ({
  ...failure,
  message: `${failure.message}; whether it was stored is not known: append again with the same ids and expectation`,
})

const lagging = (place: string): StoreFailure =>
  storeFailure('Unavailable', `${place}: this node does not show what was stored last: try again`)

const goneOn = (place: string, stream: StreamName, first: number, wanted: number): StoreFailure =>
  damagedFailure(
    place,
    `${stream} was deleted by somebody and went on with revision ${first} where ${wanted} follows; bring it back from a copy`,
  )

const lostFrom = (place: string, stream: StreamName): StoreFailure =>
  damagedFailure(place, `the server says that ${stream} holds what was appended, and it does not`)
