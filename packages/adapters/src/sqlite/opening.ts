// opening.ts: a whole register on SQLite in one call: log, rows and vault, with the machine's clock and ids

import {
  type EventStore,
  type Instant,
  openRegister,
  type ProjectionStore,
  type Register,
  type Settings,
  type StoreFailure,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { randomIds, systemClock } from '../node/index.ts'
import { openSqlite } from './register.ts'
import { openSqliteVault } from './vault.ts'

export interface SqliteRegisterOptions extends Settings {
  /** The file with the keys of persons; `register.vault.db` beside `register.db` where left out. */
  readonly vault?: string
  /** The machine's clock where left out. */
  readonly clock?: () => Instant
  /** Random UUIDs where left out. */
  readonly newId?: () => string
  /** How long to wait, holding the event loop, while another process writes; 5,000 ms where left out. */
  readonly busyTimeoutMs?: number
  /** How often a subscription looks for what other processes have written; 200 ms where left out. */
  readonly pollMs?: number
}

/** A register with the stores it was opened on. */
export interface OpenedRegister {
  readonly register: Register
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
  /** Writes what is waiting and closes both files. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure | VaultFailure, void>
}

/** Where the vault of a register is unless said otherwise: `register.db` has `register.vault.db` beside it. */
export const vaultBeside = (path: string): string => `${path.replace(/\.(db|sqlite3?)$/i, '')}.vault.db`

/**
 * Opens the register in that file and its vault in another, and makes them where there are none. For the failures see `openSqlite`
 * and `openSqliteVault`; after one of them neither file is open.
 */
export const openSqliteRegister =
  (path: string, options: SqliteRegisterOptions = {}): TaskEither<StoreFailure | VaultFailure, OpenedRegister> =>
  async () => {
    const { vault: vaultPath = vaultBeside(path), clock = systemClock, newId = randomIds, ...others } = options
    const { busyTimeoutMs = 5_000, pollMs = 200, ...settings } = others
    const store = await openSqlite(path, { clock, busyTimeoutMs, pollMs })()
    if (isLeft(store)) return store
    const vault = await openSqliteVault(vaultPath, { busyTimeoutMs })()
    if (isLeft(vault)) {
      await store.right.close()
      return vault
    }
    const { events, rows } = store.right
    return right({
      register: openRegister({ events, rows, vault: vault.right, now: clock, newId }, settings),
      events,
      rows,
      vault: vault.right,
      close: async () => {
        const vaultClosed = await vault.right.close()
        const storeClosed = await store.right.close()
        return isLeft(vaultClosed) ? vaultClosed : storeClosed
      },
    })
  }
