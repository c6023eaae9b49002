// event-store.ts: the log in SQLite

import type { DatabaseSync } from 'node:sqlite'
import {
  type AppendError,
  type EventStore,
  type Instant,
  type Page,
  position,
  type StoredEvent,
  theStart,
} from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { CopyTarget } from '../copying/index.ts'
import { type LogView, planAppend, present } from '../stores/append.ts'
import type { Bell } from '../stores/bell.ts'
import { fitting } from '../stores/page-weight.ts'
import { readingOf, type Slice, type StreamSlice } from '../stores/reading.ts'
import { eventColumns, readingRows } from '../stores/stored-rows.ts'
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

const { headRow, lastRow, standingRow, storedEvent } = readingRows(damaged)

function* storedEvents(rows: Iterable<unknown>): Generator<StoredEvent, void> {
  for (const row of rows) yield storedEvent(row)
}

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
  const insert = database.prepare(`INSERT INTO events (${eventColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const ofStream = database.prepare(
    `SELECT ${eventColumns} FROM events WHERE stream = $stream AND revision >= $from ORDER BY revision LIMIT $limit`,
  )
  const ofLog = database.prepare(
    `SELECT ${eventColumns} FROM events WHERE position > $after AND position <= $through
       AND ($types IS NULL OR type IN (SELECT value FROM json_each($types)))
       AND ($category IS NULL OR substr(stream, 1, instr(stream, '-') - 1) = $category)
     ORDER BY position LIMIT $limit`,
  )

  const view: LogView = {
    head: () => headRow(head.get())?.position ?? theStart,
    lastRecordedAt: () => headRow(head.get())?.recorded_at ?? null,
    revisionOf: (stream) => lastRow(lastOfStream.get(stream))?.revision ?? null,
    standingOf: (id) => standingRow(byId.get(id)) ?? null,
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
    const { events, cut } = fitting(after >= through ? [] : storedEvents(ofLog.iterate(wanted)))
    const last = cut || events.length >= limit ? events.at(-1) : undefined
    const seen = last?.position ?? Math.max(after, through)
    return { events, through: position(seen), caughtUp: seen >= end }
  }

  const streamSlice = ({ stream, from, limit }: StreamSlice): Page => {
    const top = view.head()
    const { events } = fitting(storedEvents(ofStream.iterate({ stream, from, limit })))
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
          const plan = planAppend({ stream, expected, events }, view, () => present(view, clock))
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
