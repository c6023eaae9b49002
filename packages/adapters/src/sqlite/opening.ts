// opening.ts: a whole register on SQLite in one call: log, rows and vault, with the machine's clock and ids

import {
  type EventStore,
  type Instant,
  openRegister,
  type ProjectionStore,
  type Register,
  registerEvents,
  type Settings,
  type StoreFailure,
  type Vault,
  type VaultFailure,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { randomIds, systemClock } from '../node/index.ts'
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
export interface OpenedRegister {
  readonly register: Register
  readonly events: EventStore
  readonly rows: ProjectionStore
  readonly vault: Vault
  /** The settings that both files were opened with, as SQLite said them afterwards. */
  readonly durability: Durability
  /** Writes what is waiting and closes both files. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure | VaultFailure, void>
}

/** Where the vault of a register is unless said otherwise: `register.db` has `register.vault.db` beside it. */
export const vaultBeside = (path: string): string => `${path.replace(/\.(db|sqlite3?)$/i, '')}.vault.db`

/**
 * Opens the register in that file and its vault in another, and makes them where there are none. For the failures see `openSqlite`
 * and `openSqliteVault`; a vault that is not this register's is `Foreign`. After a failure neither file is open.
 */
export const openSqliteRegister =
  (path: string, options: SqliteRegisterOptions = {}): TaskEither<StoreFailure | VaultFailure, OpenedRegister> =>
  async () => {
    const { vault: vaultPath = vaultBeside(path), clock = systemClock, newId = randomIds, ...others } = options
    const { busyTimeoutMs = busyTimeoutMsByDefault, pollMs = pollMsByDefault, ...settings } = others
    const store = await openSqlite(path, { clock, busyTimeoutMs, pollMs })()
    if (isLeft(store)) return store
    const vault = await openSqliteVault(vaultPath, { busyTimeoutMs })()
    if (isLeft(vault)) {
      await store.right.close()
      return vault
    }
    const { events, rows, durability } = store.right
    const foreign = await whyForeign(events, vault.right, path, vaultPath)
    if (foreign !== null) {
      await vault.right.close()
      await store.right.close()
      return left(foreign)
    }
    return right({
      register: openRegister({ events, rows, vault: vault.right, now: clock, newId }, settings),
      events,
      rows,
      vault: vault.right,
      durability,
      close: async () => {
        const vaultClosed = await vault.right.close()
        const storeClosed = await store.right.close()
        return isLeft(vaultClosed) ? vaultClosed : storeClosed
      },
    })
  }

/**
 * A register that is opened with another's vault, or with a new one because its own was lost, would take every doctor for a stranger
 * and record everybody anew. So the vault must open the first personal text of the log. Null where it does, or where there is none.
 */
const whyForeign = async (
  events: EventStore,
  vault: Vault,
  path: string,
  vaultPath: string,
): Promise<StoreFailure | VaultFailure | null> => {
  for await (const page of events.readAll({ types: ['DoctorRegistered'], pageSize: 1 })) {
    if (isLeft(page)) return page.left
    const [first] = page.right.events
    if (first === undefined) continue
    const recorded = registerEvents.decode(first)
    if (isLeft(recorded) || recorded.right.event.type !== 'DoctorRegistered') return null
    const { name } = recorded.right.event.data
    const revealed = 'sealed' in name ? await vault.reveal(name)() : null
    if (revealed === null || !isLeft(revealed)) return null
    if (revealed.left.reason !== 'Tampered') return revealed.left
    const message = `${vaultPath} is not the vault of ${path}: it does not open what the register holds; name the register's own`
    return { _tag: 'VaultFailure', reason: 'Foreign', message, retry: false }
  }
  return null
}
