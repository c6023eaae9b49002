// migrating.ts: finds a schema of ours at the version of this release, or brings it there, or says why it cannot

import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Database, Session } from './database.ts'
import { badSchemaName } from './location.ts'

/** One kind of schema of ours. */
export interface SchemaKind {
  /** What people call it. */
  readonly name: string
  /** The statements that bring a schema from each version to the next. Those that were released never change. */
  readonly steps: ReadonlyArray<(schema: string) => string>
}

/** `run`: make the schema where there is none, and bring it up where it is older; `expect`: it must be there and up to date. */
export type Migrations = 'run' | 'expect'

/** Makes sure that the schema is of that kind and of this release's version. Several may do so at once. Null where it is. */
export const bringUp = async (
  database: Database,
  schema: string,
  kind: SchemaKind,
  migrations: Migrations,
): Promise<StoreFailure | null> => {
  const standing = await database.query(look, [schema])
  if (isLeft(standing)) return standing.left
  const unfit = unfitDatabase(standing.right[0], database.place) ?? unfitName(standing.right[0], schema)
  if (unfit !== null) return unfit
  const version = await versionIn(schema, kind, database.place, standing.right[0], database.query)
  if (isLeft(version)) return version.left
  if (version.right === kind.steps.length) return null
  if (migrations === 'run') return migrate(database, schema, kind)
  return version.right === 0
    ? storeFailure(
        'Missing',
        `${database.place}: there is no ${kind.name} here; open it once as the owner, who makes it`,
      )
    : storeFailure(
        'Older',
        `${database.place}: the ${kind.name} is of version ${version.right} and this release needs ${kind.steps.length}; open it once as the owner, who brings it up`,
      )
}

const look = `
SELECT current_setting('server_encoding') AS encoding,
       current_setting('server_version_num')::integer AS server,
       EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1) AS present,
       EXISTS (SELECT FROM pg_catalog.pg_get_keywords() WHERE word = $1 AND catcode IN ('R', 'T')) AS reserved,
       EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1)
         OR EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1)
         OR EXISTS (SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = $1)
         AS filled,
       EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = $1 AND c.relname = 'smagruppe_versions') AS ours`

type Row = Readonly<Record<string, unknown>>

const oldestServer = 130_000

const unfitDatabase = (row: Row | undefined, place: string): StoreFailure | null => {
  if (row?.encoding !== 'UTF8') {
    return storeFailure(
      'Unsupported',
      `${place}: the database keeps text as ${String(row?.encoding)}; make one with ENCODING 'UTF8'`,
    )
  }
  if (typeof row.server === 'number' && row.server >= oldestServer) return null
  return storeFailure('Unsupported', `${place}: the server is older than PostgreSQL 13; bring it up`)
}

/** Which words are reserved depends on the server. */
const unfitName = (row: Row | undefined, schema: string): StoreFailure | null =>
  row?.reserved === true ? badSchemaName(schema) : null

/** 0 where there is nothing yet. A schema that holds something else is `Foreign` and left as it is. */
const versionIn = async (
  schema: string,
  kind: SchemaKind,
  place: string,
  row: Row | undefined,
  query: Database['query'],
): Promise<Either<StoreFailure, number>> => {
  const foreign = (what: string) =>
    left(storeFailure('Foreign', `${place}: the schema holds ${what}; name another schema`))
  if (row?.ours !== true) return row?.filled === true ? foreign(`what is no ${kind.name}'s`) : right(0)
  const found = await query(`SELECT kind, max(version) AS version FROM ${schema}.smagruppe_versions GROUP BY kind`)
  if (isLeft(found)) return found
  const [standing, ...others] = found.right
  if (
    standing === undefined ||
    others.length > 0 ||
    standing.kind !== kind.name ||
    typeof standing.version !== 'number'
  ) {
    return foreign(`another thing than a ${kind.name}`)
  }
  if (standing.version <= kind.steps.length) return right(standing.version)
  return left(
    storeFailure(
      'Newer',
      `${place}: the ${kind.name} is of version ${standing.version}, and this release knows versions up to ${kind.steps.length}: use the newer release`,
    ),
  )
}

/** Runs the steps that the schema has not seen. Another instance may do the same: who comes second finds it done. */
const migrate = async (database: Database, schema: string, kind: SchemaKind): Promise<StoreFailure | null> => {
  const done = await database.transaction(async ({ query }: Session): Promise<Either<StoreFailure, void>> => {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`smagruppe migration ${schema}`])
    const [row] = await query(look, [schema])
    const version = await versionIn(schema, kind, database.place, row, async (text, values) =>
      right(await query(text, values)),
    )
    if (isLeft(version)) return version
    if (row?.present !== true) await query(`CREATE SCHEMA ${schema}`)
    if (version.right === 0) await query(versionTable(schema))
    for (const [index, step] of kind.steps.entries()) {
      if (index < version.right) continue
      await query(step(schema))
      await query(`INSERT INTO ${schema}.smagruppe_versions (kind, version) VALUES ($1, $2)`, [kind.name, index + 1])
    }
    return right(undefined)
  })
  return isLeft(done) ? done.left : null
}

/** The table that says which steps a schema has seen. */
export const versionTable = (schema: string): string => `
CREATE TABLE ${schema}.smagruppe_versions (
  kind    text        NOT NULL,
  version integer     NOT NULL PRIMARY KEY,
  made_at timestamptz NOT NULL DEFAULT now()
)`
