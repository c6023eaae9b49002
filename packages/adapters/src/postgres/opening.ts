// opening.ts: a whole register on PostgreSQL in one call: log, rows and vault, with the machine's clock and ids

import type { Instant, Settings, StoreFailure, VaultFailure } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { randomIds, systemClock } from '../node/index.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import type { PostgresPool } from './database.ts'
import { openPostgres, type PostgresOptions } from './register.ts'
import { openPostgresVault } from './vault.ts'

export interface PostgresRegisterOptions extends Settings, Omit<PostgresOptions, 'clock'> {
  /** Where the keys of persons are: another database, which is better, or the register's own where left out. */
  readonly vault?: string | PostgresPool
  /** The schema of the vault; where left out the one that its URL names, `smagruppe_vault`, or in the register's own database its schema's name and `_vault`. */
  readonly vaultSchema?: string
  /** The machine's clock where left out. */
  readonly clock?: () => Instant
  /** Random UUIDs where left out. */
  readonly newId?: () => string
}

/**
 * Opens the register in that database and its vault, and makes them where there are none. For the failures see `openPostgres`; a
 * vault that is not this register's is `Foreign`. After a failure nothing is open.
 */
export const openPostgresRegister =
  (
    urlOrPool: string | PostgresPool,
    options: PostgresRegisterOptions = {},
  ): TaskEither<StoreFailure | VaultFailure, OpenedRegister> =>
  async () => {
    const { clock = systemClock, newId = randomIds, vault: apart, vaultSchema, schema: _, ...others } = options
    const store = await openPostgres(urlOrPool, { ...options, clock })()
    if (isLeft(store)) return store
    const schema = vaultSchema ?? (apart === undefined ? `${store.right.schema}_vault` : null)
    const vault = await openPostgresVault(apart ?? urlOrPool, { ...others, ...(schema === null ? {} : { schema }) })()
    if (isLeft(vault)) {
      await store.right.close()
      return vault
    }
    const names = { store: 'the register', vault: 'the vault that was named' }
    return openedOn(store.right, vault.right, names, { now: clock, newId }, others)
  }
