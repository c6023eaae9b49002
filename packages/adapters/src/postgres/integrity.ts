// integrity.ts: whether a schema is sound: its tables, triggers and functions, who may do what, and what is promised of its rows

import { type StoreFailure, theStart, type VaultFailure } from '@smagruppe/domain'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Checked, Enough, notes, overBuildsAhead, overEvents, overVault, type Tell } from '../stores/checking.ts'
import { eventColumns } from '../stores/stored-rows.ts'
import { ofVault } from '../vault/of-vault.ts'
import type { Database, PostgresPool } from './database.ts'
import { fitting } from './event-store.ts'
import { usualSchemas } from './location.ts'
import type { SchemaKind } from './migrating.ts'
import { type Grantable, overGrants, overSchema } from './parts.ts'
import { openSchema } from './register.ts'
import { registerSchema } from './schema.ts'
import { vaultSchema } from './vault.ts'

/** What may be set otherwise for a check. */
export interface PostgresCheckOptions {
  /** The schema; where left out the one that the URL names, or the usual one. */
  readonly schema?: string
  /** Each wait, for a connection or an answer, ends after so many milliseconds with `Unavailable`; 30,000 where left out. */
  readonly timeoutMs?: number
  /** Told after every page of events. */
  readonly onProgress?: (events: number) => void
}

/**
 * Goes over the register in that schema, also while others write to it. A role that may read it and make temporary tables can do so.
 * That the server's files are whole is for its own tools to say (`pg_amcheck`, data checksums); what it cannot read here is a finding.
 *
 * Gives `Missing`, `Foreign`, `Older` and `Newer` as opening does with `migrations: 'expect'`.
 */
export const checkPostgres = (
  urlOrPool: string | PostgresPool,
  options: PostgresCheckOptions = {},
): TaskEither<StoreFailure, Checked> =>
  check(urlOrPool, options, { kind: registerSchema, usual: usualSchemas.register, grantable: {} }, async (at, tell) => {
    const events = await overLog(at, tell, options)
    if (isLeft(events)) return events
    const ahead = await at.database.query(
      `SELECT name, version, checkpoint, head
       FROM ${at.schema}.builds, (SELECT coalesce(max(position), 0) AS head FROM ${at.schema}.events) log
       WHERE checkpoint > head ORDER BY name, build, version`,
    )
    if (isLeft(ahead)) return ahead
    overBuildsAhead(tell, ahead.right)
    return events
  })

/** Goes over the vault in that schema, in the same way. Nothing of a key or a number is shown. */
export const checkPostgresVault =
  (urlOrPool: string | PostgresPool, options: PostgresCheckOptions = {}): TaskEither<VaultFailure, Checked> =>
  async () => {
    const grantable = { secret: ['INSERT'], keys: ['INSERT'], claims: ['INSERT', 'DELETE'] }
    return ofVault(
      await check(urlOrPool, options, { kind: vaultSchema, usual: usualSchemas.vault, grantable }, overKeys)(),
    )
  }

interface Place {
  readonly database: Database
  readonly schema: string
}

interface Expected {
  readonly kind: SchemaKind
  readonly usual: string
  readonly grantable: Grantable
}

const check =
  (
    urlOrPool: string | PostgresPool,
    { schema, timeoutMs }: PostgresCheckOptions,
    { kind, usual, grantable }: Expected,
    overRows: (place: Place, tell: Tell) => Promise<Either<StoreFailure, number>>,
  ): TaskEither<StoreFailure, Checked> =>
  async () => {
    const options = {
      migrations: 'expect',
      ...(schema === undefined ? {} : { schema }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    } as const
    const opened = await openSchema(urlOrPool, options, kind, usual)
    if (isLeft(opened)) return opened
    const { findings, tell } = notes()
    const place = opened.right
    let rows = 0
    try {
      const parts = await overSchema(place.database, place.schema, kind, tell)
      if (isLeft(parts)) return parts
      const grants = await overGrants(place.database, place.schema, grantable, tell)
      if (isLeft(grants)) return grants
      const over = await overRows(place, tell)
      if (!isLeft(over)) rows = over.right
      // A table or a column that is missing is told already.
      else if (over.left.reason === 'Damaged') tell('Pages', over.left.message)
      else if (findings.length === 0 || over.left.retry) return over
    } catch (error) {
      if (!(error instanceof Enough)) throw error
    } finally {
      await place.database.close()
    }
    return right({ rows, findings })
  }

const atOnce = 1_000

const overLog = async (
  { database, schema }: Place,
  tell: Tell,
  { onProgress }: PostgresCheckOptions,
): Promise<Either<StoreFailure, number>> => {
  // What is stored meanwhile stands behind, and is left for the next check.
  const head = await database.query(`SELECT coalesce(max(position), 0) AS head FROM ${schema}.events`)
  if (isLeft(head)) return head
  const until = Number(head.right[0]?.head)
  const next = `${fitting(
    `SELECT ${eventColumns} FROM ${schema}.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT ${atOnce}`,
  )} ORDER BY position`
  const look = overEvents(tell)
  let after: number = theStart
  let count = 0
  while (after < until) {
    const rows = await database.query(next, [after, until])
    if (isLeft(rows)) return rows
    for (const row of rows.right) {
      after = Number(row.position)
      count += 1
      look(row)
    }
    if (rows.right.length === 0) break
    onProgress?.(count)
  }
  return right(count)
}

const overKeys = async ({ database, schema }: Place, tell: Tell): Promise<Either<StoreFailure, number>> => {
  const found = await database.query(`
    SELECT 'secret' AS what, NULL AS id FROM ${schema}.secret
    UNION ALL SELECT 'key', person::text FROM ${schema}.keys
    UNION ALL SELECT 'claim', doctor::text FROM ${schema}.claims`)
  if (isLeft(found)) return found
  const of = (kind: string): ReadonlyArray<unknown> =>
    found.right.filter(({ what }) => what === kind).map(({ id }) => id)
  return right(overVault(tell, { secrets: of('secret').length, persons: of('key'), doctors: of('claim') }))
}
