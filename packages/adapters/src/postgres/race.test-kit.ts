// race.test-kit.ts: writers that race while a reader follows, and a naive store that loses such a race

import { any, type EventStore, type Position, position, revision, theStart } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { Pool } from 'pg'
import { within } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import { createBell } from '../stores/bell.ts'
import { databaseBehind } from './database.ts'
import { postgresReading } from './event-store.ts'

/** What a reader who followed saw wrong, and what was lost to him; all empty where the position contract is kept. */
export interface Race {
  readonly seen: number
  readonly lost: ReadonlyArray<string>
  readonly twice: ReadonlyArray<string>
  readonly reordered: ReadonlyArray<string>
}

/** Each of the stores has its writers append so many events, over few streams, while the reader follows. */
export const race = async (
  stores: ReadonlyArray<EventStore>,
  reader: EventStore,
  { writers, each }: { readonly writers: number; readonly each: number },
): Promise<Race> => {
  const written = new Set<string>()
  const write = async (writer: number): Promise<void> => {
    const store = stores[writer % stores.length] ?? reader
    for (let i = 0; i < each; i += 1) {
      const fresh = event(`${writer} ${i}`)
      await appended(store, stream(`shared ${(writer + i) % 5}`), any, fresh)
      written.add(fresh.id)
    }
  }
  const done = new AbortController()
  const seen: string[] = []
  const reordered: string[] = []
  const revisions = new Map<string, number>()
  let through: Position = theStart
  const follow = async (): Promise<void> => {
    for await (const page of reader.subscribe({ signal: done.signal, pageSize: 7 })) {
      if (isLeft(page)) throw new Error(page.left.message)
      for (const { id, position, stream, revision } of page.right.events) {
        if (position <= through || revision !== (revisions.get(stream) ?? -1) + 1) reordered.push(id)
        through = position
        revisions.set(stream, revision)
        seen.push(id)
      }
      through = page.right.through
      if (seen.length >= writers * each) done.abort()
    }
  }
  const following = follow()
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  // A reader from whom something is hidden for good would wait for ever.
  const patience = setTimeout(() => done.abort(), 1_500)
  await within(60_000, 'the reader', following)
  clearTimeout(patience)
  const once = new Set(seen)
  return {
    seen: seen.length,
    lost: [...written].filter((id) => !once.has(id)),
    twice: seen.filter((id, i) => seen.indexOf(id) !== i),
    reordered,
  }
}

/**
 * What most would write first: positions from a sequence. Numbers are drawn in one order and committed in another, so a reader who
 * has seen 5 may find 4 later, and never does. Kept to show that the race finds it.
 */
export const naiveStore = async (pool: Pool, schema: string): Promise<EventStore> => {
  await pool.query(`
    CREATE SCHEMA ${schema};
    CREATE TABLE ${schema}.events (
      position bigserial PRIMARY KEY, id uuid UNIQUE, stream text, revision bigint, type text, version integer, data text,
      recorded_at text, known_since text, actor_id text, actor_role text, causation uuid, correlation uuid,
      UNIQUE (stream, revision)
    )`)
  const append = async (...[to, , [first]]: Parameters<EventStore['append']>) => {
    const client = await pool.connect()
    try {
      for (;;) {
        await client.query('BEGIN')
        const { rows } = await client.query(
          `INSERT INTO ${schema}.events (id, stream, revision, type, version, data, recorded_at, known_since, actor_id, actor_role, causation, correlation)
           SELECT $1, $2, (SELECT coalesce(max(revision), -1) + 1 FROM ${schema}.events WHERE stream = $2), $3, 1, $4,
                  '2024-01-02T12:00:00.000Z', '2024-01-02T12:00:00.000Z', 'ole', 'secretary', $5, $6
           ON CONFLICT (stream, revision) DO NOTHING RETURNING position, revision`,
          [first.id, to, first.type, first.data, first.causation, first.correlation],
        )
        await client.query('COMMIT')
        const [row] = rows
        if (row === undefined) continue
        const at = revision(Number(row.revision))
        return right({ stream: to, first: at, last: at, position: position(Number(row.position)) })
      }
    } finally {
      client.release()
    }
  }
  const reading = postgresReading(databaseBehind(pool, 'naive', { timeoutMs: 10_000 }), schema, {
    bell: createBell(),
    pollMs: 1,
  })
  return {
    append:
      (...append_) =>
      () =>
        append(...append_),
    ...reading,
  }
}
