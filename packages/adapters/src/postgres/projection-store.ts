// projection-store.ts: rows of projections by builds in PostgreSQL, in the same schema as the log

import {
  type CheckpointMoved,
  isOlder,
  type Position,
  type ProjectionId,
  type ProjectionStore,
  type QuarantineChange,
  type RowChange,
  type StoredQuarantine,
  type StoredRow,
  type StoreFailure,
  superseded,
  theStart,
} from '@smagruppe/domain'
import { type Either, flatten, isLeft, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { rowRange, unstorableRow } from '../stores/rows.ts'
import { readingBuilds } from '../stores/stored-rows.ts'
import { isStorable } from '../stores/text.ts'
import type { Database } from './database.ts'
import { damaged, failureOf } from './failures.ts'

const { positionIn, buildIn, keptBuild, storedRow, storedQuarantine } = readingBuilds(damaged)

/** The rows of an open register. */
export const postgresProjectionStore = (database: Database, schema: string): ProjectionStore => {
  const kept = `
    SELECT name, version, build, checkpoint, serves,
      (SELECT count(*) FROM ${schema}.build_quarantine q WHERE (q.name, q.version, q.build) = (b.name, b.version, b.build))
        AS quarantined
    FROM ${schema}.builds b`
  // With each look comes what serves at the same moment: rows that were replaced are none.
  const look = (columns: string, rows: string): string => `
    SELECT serving.version AS serving_version, serving.build AS serving_build, ${columns}
    FROM (SELECT $1::text AS name, $2::integer AS version, $3::integer AS build) asked
    LEFT JOIN ${schema}.builds serving ON serving.name = asked.name AND serving.serves
    LEFT JOIN LATERAL (${rows}) found ON true`
  const ofBuild = 'name = $1 AND version = $2 AND build = $3'
  const checkpoint = look('found.checkpoint', `SELECT checkpoint FROM ${schema}.builds WHERE ${ofBuild}`)
  const many = look('key, row', `SELECT key, row FROM ${schema}.build_rows WHERE ${ofBuild} AND key = ANY ($4)`)
  const list = `${look(
    'key, row',
    `SELECT key, row FROM ${schema}.build_rows
     WHERE ${ofBuild} AND key >= $4 AND ($5::text IS NULL OR key < $5) AND ($6::text IS NULL OR key > $6)
     ORDER BY key LIMIT $7`,
  )} ORDER BY key`
  const aside = `${look(
    'position, entry',
    `SELECT position, entry FROM ${schema}.build_quarantine WHERE ${ofBuild}`,
  )} ORDER BY position`
  const commit = `SELECT * FROM ${schema}.commit_rows($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
  const serve = `SELECT * FROM ${schema}.serve_build($1, $2, $3, $4, $5, $6)`

  const failure = (error: unknown): StoreFailure => failureOf(error, database.place)

  const read = async <A>(
    sql: string,
    projection: ProjectionId,
    values: ReadonlyArray<unknown>,
    shape: (rows: Rows) => A,
  ): Promise<Either<StoreFailure, A>> => {
    const asked = await database.query(sql, [...idOf(projection), ...values])
    if (isLeft(asked)) return asked
    return flatten(
      tryCatch((): Either<StoreFailure, A> => {
        const serving = servingIn(asked.right[0], projection)
        return serving !== null && isOlder(projection, serving)
          ? left(superseded(projection, serving))
          : right(shape(asked.right))
      }, failure),
    )
  }

  const checkpointOf = (projection: ProjectionId) =>
    read(checkpoint, projection, [], ([row]) => (row?.checkpoint === null ? theStart : positionIn(row?.checkpoint)))

  // Nothing stands under a key that cannot be stored, and the server would not take it.
  const getMany = (projection: ProjectionId, keys: ReadonlyArray<string>) =>
    read(many, projection, [[...new Set(keys)].filter(isStorable)], storedRows)

  /** Calls a function that changes something, and reads what it did. */
  const change = async (
    sql: string,
    projection: ProjectionId,
    expected: Position,
    values: ReadonlyArray<unknown>,
  ): Promise<Either<CheckpointMoved | StoreFailure, void>> => {
    const answered = await database.query(sql, [...idOf(projection), ...values])
    if (isLeft(answered)) return answered
    const [row] = answered.right
    return flatten(
      tryCatch((): Either<CheckpointMoved | StoreFailure, void> => {
        const serving = servingIn(row, projection)
        if (row?.outcome === 'Done') return right(undefined)
        if (row?.outcome === 'Superseded' && serving !== null) return left(superseded(projection, serving))
        if (row?.outcome === 'Moved') return left(moved(projection, expected, positionIn(row.stands_at)))
        throw damaged(`a change of rows answered ${JSON.stringify(row)}`)
      }, failure),
    )
  }

  return {
    kept: async () => {
      const found = await database.query(kept)
      return isLeft(found) ? found : tryCatch(() => found.right.map(keptBuild), failure)
    },
    checkpoint: (projection) => () => checkpointOf(projection),
    get: (projection, key) => async () => {
      const found = await getMany(projection, [key])
      return isLeft(found) ? found : right(found.right[0]?.row ?? null)
    },
    getMany: (projection, keys) => () => getMany(projection, keys),
    list: (projection, which) => async () => {
      const { first, behind, after, most } = rowRange(which)
      return read(list, projection, [first, behind, after, most], storedRows)
    },
    quarantined: (projection) => () => read(aside, projection, [], storedEntries),
    commit:
      (projection, changes, { from, to }, quarantine = []) =>
      async () => {
        const unstorable = unstorableRow(projection, changes, quarantine)
        if (unstorable === null)
          return change(commit, projection, from, [from, to, ...rowColumns(changes), ...quarantineColumns(quarantine)])
        // What would be refused anyway is said first.
        const actual = await checkpointOf(projection)
        if (isLeft(actual)) return actual
        return left(actual.right === from ? unstorable : moved(projection, from, actual.right))
      },
    serve: (projection, seen) => () =>
      change(serve, projection, seen?.checkpoint ?? theStart, [
        seen?.version ?? null,
        seen?.build ?? null,
        seen?.checkpoint ?? null,
      ]),
  }
}

type Row = Readonly<Record<string, unknown>>
type Rows = ReadonlyArray<Row>

const idOf = ({ name, version, build = 0 }: ProjectionId): ReadonlyArray<unknown> => [name, version, build]

const moved = (projection: ProjectionId, expected: Position, actual: Position): CheckpointMoved => ({
  _tag: 'CheckpointMoved',
  projection,
  expected,
  actual,
})

/** Of several changes of one thing the last one, as one statement changes no row twice: what goes, and what is put in two columns. */
const columnsOf = <Key>(changes: ReadonlyArray<readonly [key: Key, text: string | null]>): ReadonlyArray<unknown> => {
  const last = [...new Map(changes)]
  const put = last.filter(([, text]) => text !== null)
  return [
    last.filter(([, text]) => text === null).map(([key]) => key),
    put.map(([key]) => key),
    put.map(([, text]) => text),
  ]
}

const rowColumns = (changes: ReadonlyArray<RowChange>) => columnsOf(changes.map(({ key, row }) => [key, row]))

const quarantineColumns = (changes: ReadonlyArray<QuarantineChange>) =>
  columnsOf(changes.map(({ position, entry }) => [position, entry]))

/** The build that serves; null where none does. */
const servingIn = (row: Row | undefined, { name }: ProjectionId): Required<ProjectionId> | null => {
  const { serving_version: version, serving_build: build } = row ?? {}
  if (version === null && build === null) return null
  return buildIn({ name, version, build })
}

/** A build without a row gives one line all the same, which says what serves. */
const storedRows = (rows: Rows): ReadonlyArray<StoredRow> => rows.filter(({ key }) => key !== null).map(storedRow)

const storedEntries = (rows: Rows): ReadonlyArray<StoredQuarantine> =>
  rows.filter(({ position }) => position !== null).map(storedQuarantine)
