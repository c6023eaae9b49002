// race.test-kit.ts: the race of the contract, and a naive store that loses it

import { type EventStore, position, revision } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import type { Pool } from 'pg'
import { createBell } from '../stores/bell.ts'
import { databaseBehind } from './database.ts'
import { postgresReading } from './event-store.ts'

export { type Race, race } from '../contract/racing.ts'

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
