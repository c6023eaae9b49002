// opening.ts: a whole register in one call: its log on EventStoreDB, its rows and its vault beside it

import {
  type EventStore,
  headOf,
  type Instant,
  type ProjectionStore,
  type Settings,
  type StoreFailure,
  storeFailure,
  theStart,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { memoryProjectionStore } from '../memory/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import type { ClientName } from './client.ts'
import { type EventStoreDbLog, type EventStoreDbOptions, openEventStoreDb } from './event-store.ts'

/** A place for rows: what `openSqlite` and `openPostgres` give, whose own log stays empty. */
export interface RowsBeside {
  readonly rows: ProjectionStore
  /** The log of the same place, which must be empty: otherwise the rows are another register's. */
  readonly events?: EventStore
  /** Closes it; done with the register. */
  readonly close: TaskEither<StoreFailure, void>
}

export interface EventStoreDbRegisterOptions extends Settings, Omit<EventStoreDbOptions, 'clock'> {
  /** Where the read models are kept; in memory where left out, and then followed from the beginning each time. */
  readonly rows?: TaskEither<StoreFailure, RowsBeside>
  /** Where the keys of persons are: `openSqliteVault`, `openPostgresVault` … */
  readonly vault: TaskEither<VaultFailure, Vault & { readonly close: TaskEither<VaultFailure, void> }>
  /** The machine's clock where left out. */
  readonly clock?: () => Instant
  /** Random UUIDs where left out. */
  readonly newId?: () => string
}

/** A register with the stores it was opened on. */
export interface OpenedEventStoreDbRegister extends OpenedRegister {
  /** Which server and register it is, whatever the URL that it was reached by. */
  readonly place: string
  /** The package that the server is reached by. */
  readonly client: ClientName
}

/**
 * Opens the register on that server, with its rows and its vault. For the failures see `openEventStoreDb` and those of the rows and the
 * vault; rows that stand beside a log of their own, and a vault that is not this register's, are `Foreign`. After a failure nothing is open.
 */
export const openEventStoreDbRegister =
  (
    url: string,
    options: EventStoreDbRegisterOptions,
  ): TaskEither<StoreFailure | VaultFailure, OpenedEventStoreDbRegister> =>
  async () => {
    const { clock = systemClock, newId = randomIds, rows, vault, client, register, ...others } = options
    const { timeoutMs, whereNobodyListens, pollMs, maxAppendBytes, ...settings } = others
    const log = await openEventStoreDb(url, { ...options, clock })()
    if (isLeft(log)) return log
    const store = await withRows(log.right, rows)
    if (isLeft(store)) return store
    const names = { store: log.right.name, vault: 'the vault that was named' }
    const opened = await openedOn(store.right, vault, names, { now: clock, newId }, settings)
    return isLeft(opened) ? opened : right({ ...opened.right, place: log.right.place, client: log.right.client })
  }

/** The log together with a place for rows, both closed at once; neither is open after a failure. */
export const withRows = async <Log extends Pick<EventStoreDbLog, 'events' | 'name' | 'close'>>(
  log: Log,
  beside: TaskEither<StoreFailure, RowsBeside> = memoryRows,
): Promise<Either<StoreFailure, Log & { readonly rows: ProjectionStore }>> => {
  const opened = await beside()
  if (isLeft(opened)) {
    await log.close()
    return opened
  }
  const place = opened.right
  const close = async (): Promise<Either<StoreFailure, void>> => {
    const logClosed = await log.close()
    const rowsClosed = await place.close()
    return isLeft(logClosed) ? logClosed : rowsClosed
  }
  const own = place.events === undefined ? right(theStart) : await headOf(place.events)()
  if (!isLeft(own) && own.right === theStart) return right({ ...log, rows: place.rows, close })
  await close()
  return isLeft(own) ? own : left(hasItsOwn(log.name))
}

const memoryRows: TaskEither<StoreFailure, RowsBeside> = async () =>
  right({ rows: memoryProjectionStore(), close: async () => right(undefined) })

const hasItsOwn = (name: string): StoreFailure =>
  storeFailure('Foreign', `the read models of ${name} cannot stand where another register is: name another place`)
