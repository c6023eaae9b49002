// projection-store.ts: rows of projections and their checkpoints in PostgreSQL, in the same schema as the log

import {
  type Position,
  type ProjectionId,
  type ProjectionStore,
  position,
  type RowChange,
  type StoredRow,
  type StoreFailure,
  theStart,
} from '@smagruppe/domain'
import { isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { behindPrefix, compareByCodePoint } from '../stores/code-points.ts'
import { unstorableRow } from '../stores/rows.ts'
import { isStorable } from '../stores/text.ts'
import type { Database } from './database.ts'
import { damaged, failureOf } from './failures.ts'

/** The rows of an open register. */
export const postgresProjectionStore = (database: Database, schema: string): ProjectionStore => {
  const ofProjection = 'name = $1 AND version = $2'
  const checkpoint = `SELECT position FROM ${schema}.checkpoints WHERE ${ofProjection}`
  const many = `SELECT key, row FROM ${schema}.rows WHERE ${ofProjection} AND key = ANY ($3)`
  const list = `
    SELECT key, row FROM ${schema}.rows
    WHERE ${ofProjection} AND key >= $3 AND ($4::text IS NULL OR key < $4) AND ($5::text IS NULL OR key > $5)
    ORDER BY key LIMIT $6`
  const commit = `SELECT ${schema}.commit_rows($1, $2, $3, $4, $5, $6, $7) AS stands_at`

  const read = async <A>(text: string, values: ReadonlyArray<unknown>, shape: (rows: Rows) => A) => {
    const found = await database.query(text, values)
    return isLeft(found) ? found : tryCatch(() => shape(found.right), failure)
  }
  const failure = (error: unknown): StoreFailure => failureOf(error, database.place)
  const checkpointOf = ({ name, version }: ProjectionId) => read(checkpoint, [name, version], checkpointIn)
  const getMany = async ({ name, version }: ProjectionId, keys: ReadonlyArray<string>) => {
    // Nothing stands under a key that cannot be stored, and the server would not take it.
    const wanted = [...new Set(keys)].filter(isStorable)
    return wanted.length === 0 ? right([]) : read(many, [name, version, wanted], storedRows)
  }

  return {
    checkpoint: (projection) => () => checkpointOf(projection),
    get: (projection, key) => async () => {
      const found = await getMany(projection, [key])
      return isLeft(found) ? found : right(found.right[0]?.row ?? null)
    },
    getMany: (projection, keys) => () => getMany(projection, keys),
    list:
      ({ name, version }, { prefix = '', after, limit }) =>
      async () => {
        const first = after !== undefined && compareByCodePoint(after, prefix) > 0 ? after : prefix
        const most = Math.max(0, Math.min(Math.trunc(limit) || 0, Number.MAX_SAFE_INTEGER))
        return read(list, [name, version, first, behindPrefix(prefix), after ?? null, most], storedRows)
      },
    commit:
      (projection, changes, { from, to }) =>
      async () => {
        const { name, version } = projection
        const unstorable = unstorableRow(projection, changes)
        const last = unstorable === null ? lastChanges(changes) : nothing
        const values = [
          name,
          version,
          from,
          to,
          last.gone,
          last.kept.map(({ key }) => key),
          last.kept.map(({ row }) => row),
        ]
        const standsAt = unstorable === null ? await read(commit, values, standsAtIn) : await checkpointOf(projection)
        if (isLeft(standsAt)) return standsAt
        if (standsAt.right !== null && standsAt.right !== from) {
          return left({ _tag: 'CheckpointMoved', projection, expected: from, actual: standsAt.right })
        }
        return unstorable === null ? right(undefined) : left(unstorable)
      },
  }
}

type Rows = ReadonlyArray<Readonly<Record<string, unknown>>>

interface LastChanges {
  readonly kept: ReadonlyArray<StoredRow>
  readonly gone: ReadonlyArray<string>
}

const nothing: LastChanges = { kept: [], gone: [] }

/** Of several changes of a row the last one: one statement changes no row twice. */
const lastChanges = (changes: ReadonlyArray<RowChange>): LastChanges => {
  const last = new Map(changes.map(({ key, row }) => [key, row]))
  const kept: StoredRow[] = []
  const gone: string[] = []
  for (const [key, row] of last) {
    if (row === null) gone.push(key)
    else kept.push({ key, row })
  }
  return { kept, gone }
}

const checkpointIn = ([row]: Rows): Position => {
  if (row === undefined) return theStart
  if (typeof row.position !== 'number') throw damaged(`a checkpoint is ${String(row.position)}`)
  return position(row.position)
}

/** Null where the commit was made. */
const standsAtIn = ([row]: Rows): Position | null => {
  if (row === undefined || (row.stands_at !== null && typeof row.stands_at !== 'number')) {
    throw damaged(`a commit answered ${JSON.stringify(row)}`)
  }
  return row.stands_at === null ? null : position(row.stands_at)
}

const storedRows = (rows: Rows): ReadonlyArray<StoredRow> =>
  rows.map(({ key, row }) => {
    if (typeof key !== 'string' || typeof row !== 'string') throw damaged('a row of a projection is not text')
    return { key, row }
  })
