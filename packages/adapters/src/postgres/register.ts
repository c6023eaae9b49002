// register.ts: a register in one schema of a PostgreSQL database: the log and the rows of its projections

import type { EventStore, Instant, ProjectionStore, StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopyTarget } from '../copying/index.ts'
import { createBell } from '../stores/bell.ts'
import { type Alone, turnsOn, type Work } from './alone.ts'
import { appendingTo } from './appending.ts'
import { type Database, databaseAt, databaseBehind, type PostgresPool } from './database.ts'
import { postgresReading } from './event-store.ts'
import { listenerOn } from './listening.ts'
import { badSchemaName, isSchemaName, parsePostgresUrl, usualSchemas } from './location.ts'
import { bringUp, type Migrations, type SchemaKind } from './migrating.ts'
import { postgresProjectionStore } from './projection-store.ts'
import { channelOf, registerSchema } from './schema.ts'

const usualTimeoutMs = 30_000

/** What opening a register and a vault have in common. */
export interface SchemaOptions {
  /** The schema that holds everything; where left out the one that the URL names (`?schema=`), or `smagruppe` (`smagruppe_vault`). */
  readonly schema?: string
  /** `run` (where left out) makes the schema and brings it up; `expect` refuses a schema that is not there or older. */
  readonly migrations?: Migrations
  /** An append has its answer after so many milliseconds; each other wait, for a connection or an answer, gives `Unavailable`. 30,000 where left out. */
  readonly timeoutMs?: number
}

export interface PostgresOptions extends SchemaOptions {
  /** Gives the time that is recorded; where it goes back, the log stays at the time of its last event. */
  readonly clock: () => Instant
  /** How often a subscription looks for what others have written; 1,000 ms where left out. */
  readonly pollMs?: number
  /** `listen` (where left out) wakes subscriptions as soon as something is stored; `poll` is for poolers that share sessions. */
  readonly notifications?: 'listen' | 'poll'
  /** How long an append waits while others append before it gives `Busy`; 10,000 ms where left out. */
  readonly patienceMs?: number
}

/** The settings of the server by which what was answered survives its failing: each is better `on`. */
export interface PostgresDurability {
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
}

/** An open register. */
export interface PostgresRegister {
  readonly events: EventStore
  readonly rows: ProjectionStore
  /** The schema that holds it. */
  readonly schema: string
  /** Which of its promises the server keeps, as it said when the register was opened. */
  readonly durability: PostgresDurability
  /** Which schema of which server it is, whatever the URL that it was reached by. */
  readonly place: string
  /** Does work when it is the turn of this instance: of all instances that name the same, one works. */
  readonly alone: (alone: Alone, work: Work) => TaskEither<StoreFailure, void>
  /** Asks work that is done `alone` to end and waits for it, writes what is waiting and ends the connections; after that every call gives `Closed`. A pool that was handed in stays open. */
  readonly close: TaskEither<StoreFailure, void>
}

/**
 * Opens the register in that database, given by a URL or a pool of `pg`, and makes it where there is none. Several instances may do
 * so at once. An append is on the disk of the server when it is answered, as far as the server keeps `synchronous_commit`.
 *
 * Gives `Unavailable` where no server answers, `Denied` for a wrong password or without grants, `Missing` where the database is not
 * there (with `migrations: 'expect'` also the schema), `Foreign` for a schema that is not ours (and leaves it as it is), `Older` and
 * `Newer` for one of another release, `Unsupported` for a database that is not in UTF-8.
 */
export const openPostgres =
  (urlOrPool: string | PostgresPool, options: PostgresOptions): TaskEither<StoreFailure, PostgresRegister> =>
  async () => {
    const opened = await openToExtend(urlOrPool, options)()
    if (isLeft(opened)) return opened
    const { extend, ...register } = opened.right
    return right(register)
  }

/** The same, with the way to bring in what was recorded elsewhere: for copying alone, since it sets times. */
export const openToExtend =
  (
    urlOrPool: string | PostgresPool,
    options: PostgresOptions,
  ): TaskEither<StoreFailure, PostgresRegister & Pick<CopyTarget, 'extend'>> =>
  async () => {
    const opened = await openSchema(urlOrPool, options, registerSchema, usualSchemas.register)
    if (isLeft(opened)) return opened
    const { database, schema } = opened.right
    const durability = await durabilityOf(database)
    if (isLeft(durability)) {
      await database.close()
      return durability
    }
    const place = await placeOf(database, schema)
    if (isLeft(place)) {
      await database.close()
      return place
    }
    const { clock, pollMs = 1_000, notifications = 'listen', patienceMs = 10_000, timeoutMs = usualTimeoutMs } = options
    const bell = createBell()
    const listener = listenerOn(database, channelOf(schema), bell)
    const appending = appendingTo(database, schema, { clock, patienceMs, timeoutMs, onStored: bell.ring })
    const turns = turnsOn(database, schema, { pollMs, timeoutMs })
    const reading = postgresReading(database, schema, { bell, pollMs })
    return right({
      events: {
        append: appending.append,
        ...reading,
        subscribe: (subscribe) => {
          if (notifications === 'listen') listener.start()
          return reading.subscribe(subscribe)
        },
      },
      extend: appending.extend,
      rows: postgresProjectionStore(database, schema),
      schema,
      durability: durability.right,
      place: place.right,
      alone: turns.alone,
      close: async () => {
        await turns.stop()
        await appending.idle()
        const closing = database.close()
        await listener.stop()
        bell.ring()
        return closing
      },
    })
  }

const durabilityOf = async (database: Database): Promise<Either<StoreFailure, PostgresDurability>> => {
  const setting = (name: keyof PostgresDurability): string => `current_setting('${name}') AS ${name}`
  const found = await database.query(
    `SELECT ${setting('fsync')}, ${setting('full_page_writes')}, ${setting('synchronous_commit')}`,
  )
  if (isLeft(found)) return found
  const { fsync, full_page_writes, synchronous_commit } = found.right[0] ?? {}
  return right({
    fsync: String(fsync),
    full_page_writes: String(full_page_writes),
    synchronous_commit: String(synchronous_commit),
  })
}

/** A name for a schema that is the same by whatever way it was reached: no two servers were started at one microsecond. */
export const placeOf = async (database: Database, schema: string): Promise<Either<StoreFailure, string>> => {
  const found = await database.query(
    `SELECT concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()), current_database(), '${schema}') AS place`,
  )
  return isLeft(found) ? found : right(String(found.right[0]?.place))
}

/** A schema that is there and of this release's version. After a failure nothing is open. */
export const openSchema = async (
  urlOrPool: string | PostgresPool,
  { schema: wanted, migrations = 'run', timeoutMs = usualTimeoutMs }: SchemaOptions,
  kind: SchemaKind,
  usual: string,
): Promise<Either<StoreFailure, { readonly database: Database; readonly schema: string }>> => {
  const at = typeof urlOrPool === 'string' ? parsePostgresUrl(urlOrPool) : null
  if (at !== null && isLeft(at)) return at
  const schema = wanted ?? at?.right.schema ?? usual
  if (!isSchemaName(schema)) return left(badSchemaName(schema))
  const database =
    typeof urlOrPool === 'string'
      ? databaseAt(at?.right.url ?? urlOrPool, `${at?.right.name} schema ${schema}`, { timeoutMs })
      : databaseBehind(urlOrPool, `schema ${schema}`, { timeoutMs })
  const failure = await bringUp(database, schema, kind, migrations)
  if (failure === null) return right({ database, schema })
  await database.close()
  return left(failure)
}
