// opening.ts: a whole register on SQLite in one call: log, rows and vault, with the machine's clock and ids

import type { Instant, Settings, StoreFailure, VaultFailure } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { randomIds, systemClock } from '../node/index.ts'
import { type OpenedRegister, openedOn } from '../stores/opened-register.ts'
import { busyTimeoutMsByDefault } from './database.ts'
import type { Durability } from './durability.ts'
import { openSqlite, pollMsByDefault, type SqliteOptions } from './register-file.ts'
import { openSqliteVault } from './vault.ts'

export interface SqliteRegisterOptions extends Settings, Omit<SqliteOptions, 'clock'> {
  /** The file with the keys of persons; `register.vault.db` beside `register.db` where left out. */
  readonly vault?: string
  /** The machine's clock where left out. */
  readonly clock?: () => Instant
  /** Random UUIDs where left out. */
  readonly newId?: () => string
}

/** A register with the stores it was opened on. */
export interface OpenedSqliteRegister extends OpenedRegister {
  /** The settings that both files were opened with, as SQLite said them afterwards. */
  readonly durability: Durability
  /** Which file it is, whatever the path that it was reached by. */
  readonly place: string
}

/** Where the vault of a register is unless said otherwise: `register.db` has `register.vault.db` beside it. */
export const vaultBeside = (path: string): string => `${path.replace(/\.(db|sqlite3?)$/i, '')}.vault.db`

/**
 * Opens the register in that file and its vault in another, and makes them where there are none. For the failures see `openSqlite`
 * and `openSqliteVault`; a vault that is not this register's is `Foreign`. After a failure neither file is open.
 */
export const openSqliteRegister =
  (path: string, options: SqliteRegisterOptions = {}): TaskEither<StoreFailure | VaultFailure, OpenedSqliteRegister> =>
  async () => {
    const { vault: vaultPath = vaultBeside(path), clock = systemClock, newId = randomIds, ...others } = options
    const { busyTimeoutMs = busyTimeoutMsByDefault, pollMs = pollMsByDefault, ...settings } = others
    const store = await openSqlite(path, { clock, busyTimeoutMs, pollMs })()
    if (isLeft(store)) return store
    const vault = openSqliteVault(vaultPath, { busyTimeoutMs })
    const names = { store: path, vault: vaultPath }
    const opened = await openedOn(store.right, vault, names, { now: clock, newId }, settings)
    const { durability, place } = store.right
    return isLeft(opened) ? opened : right({ ...opened.right, durability, place })
  }
