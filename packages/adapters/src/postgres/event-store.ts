// event-store.ts: the log in PostgreSQL

import { type EventStore, heaviestPage, type Page, position, type StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { type Following, readingOf, type Slice, type StreamSlice } from '../stores/reading.ts'
import { eventColumns, readingRows } from '../stores/stored-rows.ts'
import { isStorable } from '../stores/text.ts'
import type { Database } from './database.ts'
import { damaged, failureOf } from './failures.ts'

// One look goes over at most so many events, so that a rare type does not keep the server busy for long.
const longestLook = 10_000

const { storedEvent } = readingRows(damaged)

/** Of events in order those that fit into one page, and how many there would have been: `fitting` of stores/page-weight.ts, in bytes. */
export const fitting = (events: string): string => `
  SELECT ${eventColumns}, found FROM (
    SELECT *, count(*) OVER () AS found, sum(octet_length(data)) OVER (ORDER BY position) AS weight FROM (${events}) run
  ) weighed WHERE weight <= ${heaviestPage} OR weight = octet_length(data)`

/** The reading half of the log. Each look is one statement, which sees one moment of the log: the head and what stands before it. */
export const postgresReading = (
  database: Database,
  schema: string,
  following: Following,
): Pick<EventStore, 'readStream' | 'readAll' | 'subscribe'> => {
  const head = `(SELECT coalesce(max(position), 0) FROM ${schema}.events) AS head`
  const ofLog = `
    SELECT log.head, e.* FROM (SELECT ${head}) log LEFT JOIN LATERAL (${fitting(
      `SELECT ${eventColumns} FROM ${schema}.events
       WHERE position > $1 AND position <= least($2::bigint, log.head)
         AND ($3::text[] IS NULL OR type = ANY ($3)) AND ($4::text IS NULL OR split_part(stream, '-', 1) = $4)
       ORDER BY position LIMIT $5`,
    )}) e ON true ORDER BY e.position`
  const ofStream = `
    SELECT log.*, e.* FROM (
      SELECT ${head}, (SELECT max(revision) FROM ${schema}.events WHERE stream = $1) AS last
    ) log LEFT JOIN LATERAL (${fitting(
      `SELECT ${eventColumns} FROM ${schema}.events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3`,
    )}) e ON true ORDER BY e.revision`

  const slice = async ({ after, until, types, category, limit }: Slice): Promise<Either<StoreFailure, Page>> => {
    const through = Math.min(until ?? Number.MAX_SAFE_INTEGER, after + Math.max(limit, longestLook))
    const found = await database.query(ofLog, [
      after,
      through,
      types?.filter(isStorable) ?? null,
      knowable(category),
      limit,
    ])
    return isLeft(found)
      ? found
      : pageOf(database.place, () => {
          const top = numberIn(found.right[0], 'head')
          const events = eventsIn(found.right)
          const end = Math.min(until ?? top, top)
          const isCut = events.length > 0 && numberIn(found.right[0], 'found') > events.length
          const last = isCut || events.length >= limit ? events.at(-1) : undefined
          const seen = last?.position ?? Math.max(after, Math.min(end, through))
          return { events, through: position(seen), caughtUp: seen >= end }
        })
  }

  const streamSlice = async ({ stream, from, limit }: StreamSlice): Promise<Either<StoreFailure, Page>> => {
    const found = await database.query(ofStream, [stream, from, limit])
    return isLeft(found)
      ? found
      : pageOf(database.place, () => {
          const top = position(numberIn(found.right[0], 'head'))
          const events = eventsIn(found.right)
          const last = events.at(-1)
          if (last === undefined) return { events, through: top, caughtUp: true }
          const caughtUp = last.revision >= numberIn(found.right[0], 'last')
          return { events, through: caughtUp ? top : last.position, caughtUp }
        })
  }

  return readingOf({ slice, streamSlice, breathe: () => Promise.resolve() }, following)
}

/** The server would refuse text that it cannot keep; nothing is of such a category, as nothing is of the empty one. */
const knowable = (category: string | null): string | null => (category === null || isStorable(category) ? category : '')

type Rows = ReadonlyArray<Readonly<Record<string, unknown>>>

/** A log without anything that fits gives one row all the same, which has the head and no event. */
const eventsIn = (rows: Rows) => rows.filter(({ id }) => id !== null).map(storedEvent)

const numberIn = (row: Rows[number] | undefined, column: string): number => {
  const found = row?.[column]
  if (typeof found !== 'number') throw damaged(`${column} is ${String(found)}`)
  return found
}

const pageOf = (place: string, page: () => Page): Either<StoreFailure, Page> =>
  tryCatch(page, (error) => failureOf(error, place))
