// append.ts: what becomes of an append, decided on what the log holds, before anything is written

import {
  type AppendError,
  type Appended,
  type EventId,
  type ExpectedRevision,
  earlier,
  type Instant,
  isAsExpected,
  later,
  type NewEvent,
  type NonEmpty,
  type Position,
  position,
  type Revision,
  revision,
  type StoredEvent,
  type StreamName,
} from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import { isStorable } from './text.ts'

/** Where an event stands. */
export interface Standing {
  readonly stream: StreamName
  readonly revision: Revision
  readonly position: Position
}

/** What an append needs to know of a log that nobody else writes to meanwhile. */
export interface LogView {
  /** The last event's position, `theStart` of an empty log. */
  readonly head: () => Position
  /** The last event's time; null of an empty log. */
  readonly lastRecordedAt: () => Instant | null
  /** The last revision of a stream; null where it does not exist. */
  readonly revisionOf: (stream: StreamName) => Revision | null
  readonly standingOf: (id: EventId) => Standing | null
}

/** Events to write, none where the batch stands already, and the receipt. */
export interface Plan {
  readonly write: ReadonlyArray<StoredEvent>
  readonly receipt: Appended
}

export interface Append {
  readonly stream: StreamName
  readonly expected: ExpectedRevision
  readonly events: NonEmpty<NewEvent>
}

/** The clock's time, or that of the last event where that is later: who appends does not take the log back in time. */
export const present = (log: LogView, clock: () => Instant): Instant => {
  const now = clock()
  return later(now, log.lastRecordedAt() ?? now)
}

/**
 * Decides an append that is recorded at that time, which is asked for only where something is stored. A batch that stands already gives its
 * first receipt, whatever is expected of the stream now.
 */
export const planAppend = (append: Append, log: LogView, at: () => Instant): Either<AppendError, Plan> => {
  const { stream, expected, events } = append
  const unstorable = events.find((event) => !hasStorableText(event))
  if (unstorable !== undefined) return left({ _tag: 'UnstorableText', id: unstorable.id })

  const standing = standingOf(append, log)
  if (standing._tag === 'Duplicate') return left({ _tag: 'DuplicateEventId', id: standing.id })
  if (standing._tag === 'Whole') return right({ write: [], receipt: standing.receipt })

  const actual = log.revisionOf(stream)
  if (!isAsExpected(expected, actual)) return left({ _tag: 'WrongExpectedRevision', stream, expected, actual })

  const recordedAt = at()
  const firstRevision = actual === null ? 0 : actual + 1
  const firstPosition = log.head() + 1
  const write = events.map(
    ({ id, type, version, data, knownSince, actor, causation, correlation }, index): StoredEvent => ({
      id,
      stream,
      revision: revision(firstRevision + index),
      position: position(firstPosition + index),
      recordedAt,
      knownSince: earlier(knownSince ?? recordedAt, recordedAt),
      type,
      version,
      data,
      actor: { id: actor.id, role: actor.role },
      causation,
      correlation,
    }),
  )
  const receipt = {
    stream,
    first: revision(firstRevision),
    last: revision(firstRevision + events.length - 1),
    position: position(firstPosition + events.length - 1),
  }
  return right({ write, receipt })
}

const hasStorableText = ({ type, data, actor }: NewEvent): boolean =>
  [type, data, actor.id, actor.role].every(isStorable)

type BatchStanding =
  | { readonly _tag: 'New' }
  | { readonly _tag: 'Whole'; readonly receipt: Appended }
  | { readonly _tag: 'Duplicate'; readonly id: EventId }

const standingOf = ({ stream, events }: Append, log: LogView): BatchStanding => {
  const ids = new Set<EventId>()
  for (const { id } of events) {
    if (ids.has(id)) return { _tag: 'Duplicate', id }
    ids.add(id)
  }
  const first = log.standingOf(events[0].id)
  let last = first
  for (const [index, { id }] of events.entries()) {
    const found = log.standingOf(id)
    if (first === null && found === null) continue
    if (first === null) return { _tag: 'Duplicate', id }
    if (found === null || found.stream !== stream || found.revision !== first.revision + index) {
      return { _tag: 'Duplicate', id: found === null ? events[0].id : id }
    }
    last = found
  }
  if (first === null || last === null) return { _tag: 'New' }
  return { _tag: 'Whole', receipt: { stream, first: first.revision, last: last.revision, position: last.position } }
}
