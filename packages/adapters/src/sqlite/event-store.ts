// event-store.ts: the log in SQLite

import type { DatabaseSync } from 'node:sqlite'
import {
  type AppendError,
  CommandId,
  CorrelationId,
  EventId,
  type EventStore,
  Instant,
  type Page,
  Position,
  position,
  Revision,
  type StoredEvent,
  StreamName,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { CopyTarget } from '../copying/index.ts'
import { type LogView, planAppend } from '../stores/append.ts'
import type { Bell } from '../stores/bell.ts'
import { readingOf, type Slice, type StreamSlice } from '../stores/reading.ts'
import { damaged } from './failures.ts'
import type { Connection } from './group-commit.ts'

export interface Log {
  readonly database: DatabaseSync
  readonly connection: Connection
  readonly bell: Bell
  readonly clock: () => Instant
  readonly pollMs: number
}

// One look at the log goes over at most so many events, so that a rare type does not hold the event loop for long.
const longestLook = 10_000

/** In the order of an insert. */
export const columns =
  'position, id, stream, revision, type, version, data, recorded_at, known_since, actor_id, actor_role, causation, correlation'

/** The log of an open register, and the way to bring in what was recorded elsewhere. */
export const sqliteEventStore = ({
  database,
  connection,
  bell,
  clock,
  pollMs,
}: Log): { readonly events: EventStore; readonly extend: CopyTarget['extend'] } => {
  const head = database.prepare('SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1')
  const lastOfStream = database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?')
  const byId = database.prepare('SELECT stream, revision, position FROM events WHERE id = ?')
  const insert = database.prepare(`INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const ofStream = database.prepare(
    `SELECT ${columns} FROM events WHERE stream = $stream AND revision >= $from ORDER BY revision LIMIT $limit`,
  )
  const ofLog = database.prepare(
    `SELECT ${columns} FROM events WHERE position > $after AND position <= $through
       AND ($types IS NULL OR type IN (SELECT value FROM json_each($types)))
       AND ($category IS NULL OR substr(stream, 1, instr(stream, '-') - 1) = $category)
     ORDER BY position LIMIT $limit`,
  )

  const view: LogView = {
    head: () => HeadRow.decoded(head.get())?.position ?? theStart,
    lastRecordedAt: () => HeadRow.decoded(head.get())?.recorded_at ?? null,
    revisionOf: (stream) => LastRow.decoded(lastOfStream.get(stream))?.revision ?? null,
    standingOf: (id) => StandingRow.decoded(byId.get(id)) ?? null,
  }

  const store = (event: StoredEvent): void => {
    const { actor } = event
    insert.run(
      event.position,
      event.id,
      event.stream,
      event.revision,
      event.type,
      event.version,
      event.data,
      event.recordedAt,
      event.knownSince,
      actor.id,
      actor.role,
      event.causation,
      event.correlation,
    )
  }

  const slice = ({ after, until, types, category, limit }: Slice): Page => {
    // The head is read first: what another process stores meanwhile stands behind it and is left for the next look.
    const top = view.head()
    const end = Math.min(until ?? top, top)
    const through = Math.min(end, after + Math.max(limit, longestLook))
    const wanted = { after, through, types: types === null ? null : JSON.stringify(types), category, limit }
    const events = after >= through ? [] : ofLog.all(wanted).map(storedEvent)
    const last = events.length < limit ? undefined : events.at(-1)
    const seen = last?.position ?? Math.max(after, through)
    return { events, through: position(seen), caughtUp: seen >= end }
  }

  const streamSlice = ({ stream, from, limit }: StreamSlice): Page => {
    const top = view.head()
    const events = ofStream.all({ stream, from, limit }).map(storedEvent)
    const last = events.at(-1)
    if (last === undefined) return { events, through: top, caughtUp: true }
    const caughtUp = last.revision >= (view.revisionOf(stream) ?? last.revision)
    return { events, through: caughtUp && top > last.position ? top : last.position, caughtUp }
  }

  const reading = readingOf(
    {
      slice: (wanted) => connection.read(() => slice(wanted)),
      streamSlice: (wanted) => connection.read(() => streamSlice(wanted)),
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    },
    { bell, pollMs },
  )

  return {
    events: {
      append: (stream, expected, events) => async () => {
        const planned = await connection.write(() => {
          const plan = planAppend({ stream, expected, events }, view, clock)
          if (!isLeft(plan)) plan.right.write.forEach(store)
          return plan
        })()
        if (isLeft(planned)) return planned
        if (planned.right.write.length > 0) bell.ring()
        return right(planned.right.receipt)
      },
      ...reading,
    },
    extend: (batches) => async () => {
      // As one work: where a batch is refused, those before it are undone too.
      const extended = await connection.write((): Either<AppendError, void> => {
        for (const batch of batches) {
          const plan = planAppend(batch, view, () => batch.recordedAt)
          if (isLeft(plan)) return plan
          plan.right.write.forEach(store)
        }
        return right(undefined)
      })()
      if (!isLeft(extended)) bell.ring()
      return extended
    },
  }
}

/** Rows of the file are read through codecs: what does not have the shape was not written by us. */
const rowOf = <A, O>(codec: t.Type<A, O>) => ({
  decoded: (row: unknown): A | undefined => {
    if (row === undefined || codec.is(row)) return row
    throw damaged(`a row does not hold what it should: ${JSON.stringify(row).slice(0, 200)}`)
  },
})

const HeadRow = rowOf(t.type({ position: Position, recorded_at: Instant }))
const LastRow = rowOf(t.type({ revision: t.union([Revision, t.null]) }))
const StandingRow = rowOf(t.type({ stream: StreamName, revision: Revision, position: Position }))
const EventRow = rowOf(
  t.type({
    position: Position,
    id: EventId,
    stream: StreamName,
    revision: Revision,
    type: t.string,
    version: t.number,
    data: t.string,
    recorded_at: Instant,
    known_since: Instant,
    actor_id: t.string,
    actor_role: t.string,
    causation: CommandId,
    correlation: CorrelationId,
  }),
)

/** A row of the events as the event that was stored; throws where it is none. */
export const storedEvent = (found: unknown): StoredEvent => {
  const row = EventRow.decoded(found)
  if (row === undefined) throw damaged('an event is missing')
  const { id, stream, revision, position, type, version, data, causation, correlation } = row
  return {
    id,
    stream,
    revision,
    position,
    recordedAt: row.recorded_at,
    knownSince: row.known_since,
    type,
    version,
    data,
    actor: { id: row.actor_id, role: row.actor_role },
    causation,
    correlation,
  }
}
