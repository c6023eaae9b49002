// projection-store.ts: rows of projections and their checkpoints in SQLite, in the same file as the log

import type { DatabaseSync } from 'node:sqlite'
import {
  type CheckpointMoved,
  type Position,
  type ProjectionId,
  type ProjectionStore,
  position,
  type StoredRow,
  type StoreFailure,
  theStart,
} from '@smagruppe/domain'
import { left, right } from 'fp-ts/lib/Either.js'
import { behindPrefix, compareByCodePoint } from '../stores/code-points.ts'
import { unstorableRow } from '../stores/rows.ts'
import { damaged } from './failures.ts'
import type { Connection } from './group-commit.ts'

/** SQLite holds every blob to be greater than every text. */
const behindAllText = new Uint8Array([0])

/** The rows of an open register. */
export const sqliteProjectionStore = (database: DatabaseSync, connection: Connection): ProjectionStore => {
  const ofProjection = 'name = $name AND version = $version'
  const checkpoint = database.prepare(`SELECT position FROM checkpoints WHERE ${ofProjection}`)
  const move = database.prepare(
    `INSERT INTO checkpoints (name, version, position) VALUES ($name, $version, $position)
     ON CONFLICT DO UPDATE SET position = excluded.position`,
  )
  const one = database.prepare(`SELECT key, row FROM rows WHERE ${ofProjection} AND key = $key`)
  const many = database.prepare(
    `SELECT key, row FROM rows WHERE ${ofProjection} AND key IN (SELECT value FROM json_each($keys))`,
  )
  // The plus keeps the second bound from being taken for the place to start at.
  const list = database.prepare(
    `SELECT key, row FROM rows WHERE ${ofProjection} AND key >= $first AND key < $behind AND ($after IS NULL OR +key > $after)
     ORDER BY key LIMIT $limit`,
  )
  const put = database.prepare(
    `INSERT INTO rows (name, version, key, row) VALUES ($name, $version, $key, $row) ON CONFLICT DO UPDATE SET row = excluded.row`,
  )
  const remove = database.prepare(`DELETE FROM rows WHERE ${ofProjection} AND key = $key`)

  const checkpointOf = ({ name, version }: ProjectionId): Position => {
    const at = checkpoint.get({ name, version })?.position
    if (at === undefined) return theStart
    if (typeof at !== 'number') throw damaged(`the checkpoint of ${name} is ${String(at)}`)
    return position(at)
  }

  return {
    checkpoint: (projection) => async () => connection.read(() => checkpointOf(projection)),
    get:
      ({ name, version }, key) =>
      async () =>
        connection.read(() => {
          const found = one.get({ name, version, key })
          return found === undefined ? null : storedRow(found).row
        }),
    getMany:
      ({ name, version }, keys) =>
      async () =>
        connection.read(() => many.all({ name, version, keys: JSON.stringify(keys) }).map(storedRow)),
    list:
      ({ name, version }, { prefix = '', after, limit }) =>
      async () =>
        connection.read(() => {
          const first = after !== undefined && compareByCodePoint(after, prefix) > 0 ? after : prefix
          const behind = behindPrefix(prefix) ?? behindAllText
          const most = Math.max(0, Math.min(Math.trunc(limit) || 0, Number.MAX_SAFE_INTEGER))
          return list.all({ name, version, first, behind, after: after ?? null, limit: most }).map(storedRow)
        }),
    commit: (projection, changes, { from, to }) =>
      connection.write<CheckpointMoved | StoreFailure, void>(() => {
        const actual = checkpointOf(projection)
        if (actual !== from) return left({ _tag: 'CheckpointMoved', projection, expected: from, actual })
        const unstorable = unstorableRow(projection, changes)
        if (unstorable !== null) return left(unstorable)
        const { name, version } = projection
        for (const { key, row } of changes) {
          if (row === null) remove.run({ name, version, key })
          else put.run({ name, version, key, row })
        }
        move.run({ name, version, position: to })
        return right(undefined)
      }),
  }
}

const storedRow = ({ key, row }: Record<string, unknown>): StoredRow => {
  if (typeof key !== 'string' || typeof row !== 'string') throw damaged('a row of a projection is not text')
  return { key, row }
}
