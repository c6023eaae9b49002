// copying.ts: a register in PostgreSQL to copy from or to

import type { StoreFailure, VaultFailure } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CopySource, type CopyTarget, withContents } from '../copying/index.ts'
import { systemClock } from '../node/index.ts'
import type { PostgresPool } from './database.ts'
import { openPostgresRegister, vaultPlace } from './opening.ts'
import { openToExtend } from './register.ts'
import { openPostgresVaultContents } from './vault-contents.ts'

/** Where a register that is copied is, besides its database. */
export interface PostgresCopyOptions {
  /** The schema of the log; where left out the one that the URL names, or `smagruppe`. */
  readonly schema?: string
  /** Where the keys of persons are; the register's own database where left out. */
  readonly vault?: string | PostgresPool
  /** The schema of the vault, as for `openPostgresRegister`. */
  readonly vaultSchema?: string
  /** After so many milliseconds a call gives `Unavailable`, whatever the server does; 30,000 where left out. */
  readonly timeoutMs?: number
}

/**
 * Opens the register in that database, and its vault, to be copied; others may write to them meanwhile. Nothing is made: where a schema
 * is not there that is `Missing`. For the other failures see `openPostgresRegister`.
 */
export const openPostgresSource =
  (
    urlOrPool: string | PostgresPool,
    options: PostgresCopyOptions = {},
  ): TaskEither<StoreFailure | VaultFailure, CopySource> =>
  async () => {
    const migrations = 'expect'
    // Opened whole, for that refuses a vault that is not this register's.
    const opened = await openPostgresRegister(urlOrPool, { ...options, migrations })()
    if (isLeft(opened)) return opened
    const vault = vaultPlace(urlOrPool, options, opened.right.schema)
    return withContents(opened.right, openPostgresVaultContents(vault.at, { ...vault.options, migrations }))()
  }

/** Opens the register in that database, and its vault, to be copied to, and makes them where there are none. For the failures see `openPostgres`. */
export const openPostgresTarget =
  (
    urlOrPool: string | PostgresPool,
    options: PostgresCopyOptions = {},
  ): TaskEither<StoreFailure | VaultFailure, CopyTarget> =>
  async () => {
    const opened = await openPostgresToExtend(urlOrPool, options)()
    if (isLeft(opened)) return opened
    const vault = vaultPlace(urlOrPool, options, opened.right.schema)
    const target = await withContents(opened.right, openPostgresVaultContents(vault.at, vault.options))()
    return isLeft(target) ? target : right({ ...target.right, extend: opened.right.extend })
  }

/** Opens the log in that database to be extended by a copy, whatever kind of vault it has. */
export const openPostgresToExtend = (
  urlOrPool: string | PostgresPool,
  options: Pick<PostgresCopyOptions, 'schema' | 'timeoutMs'> = {},
) => openToExtend(urlOrPool, { ...options, clock: systemClock })
