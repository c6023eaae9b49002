// copying.ts: a register in SQLite to copy from or to

import { existsSync } from 'node:fs'
import { type StoreFailure, storeFailure, type VaultFailure } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopySource, CopyTarget } from '../copying/index.ts'
import { systemClock } from '../node/index.ts'
import { busyTimeoutMsByDefault, type Waiting } from './database.ts'
import { openSqliteRegister, vaultBeside } from './opening.ts'
import { identityOf } from './presence.ts'
import { openToExtend } from './register-file.ts'
import { openVaultContents } from './vault-contents.ts'

/** What may be set otherwise where a register is opened to be copied. */
export interface SqliteCopyOptions extends Waiting {
  /** The file with the keys of persons; `register.vault.db` beside `register.db` where left out. */
  readonly vault?: string
}

/**
 * Opens the register in that file, and its vault, to be copied; others may write to them meanwhile. Nothing is made: where one of the files
 * is missing that is `Unavailable`. For the other failures see `openSqliteRegister`.
 */
export const openSqliteSource =
  (path: string, options: SqliteCopyOptions = {}): TaskEither<StoreFailure | VaultFailure, CopySource> =>
  async () => {
    const { vault = vaultBeside(path), busyTimeoutMs = busyTimeoutMsByDefault } = options
    for (const [file, name] of [
      [path, 'register'],
      [vault, 'vault'],
    ] as const) {
      if (existsSync(file)) continue
      return left({ ...storeFailure('Unavailable', `there is no ${name} at ${file}: name the file`), retry: false })
    }
    // Opened whole, for that refuses a vault that is not this register's.
    const opened = await openSqliteRegister(path, { vault, busyTimeoutMs })()
    return isLeft(opened) ? opened : withContents(path, opened.right, vault, busyTimeoutMs)()
  }

/** Opens the register in that file, and its vault, to be copied to, and makes them where there are none. For the failures see `openSqlite` and `openSqliteVault`. */
export const openSqliteTarget =
  (path: string, options: SqliteCopyOptions = {}): TaskEither<StoreFailure | VaultFailure, CopyTarget> =>
  async () => {
    const { vault = vaultBeside(path), busyTimeoutMs = busyTimeoutMsByDefault } = options
    const opened = await openToExtend(path, { clock: systemClock, busyTimeoutMs })()
    if (isLeft(opened)) return opened
    const target = await withContents(path, opened.right, vault, busyTimeoutMs)()
    return isLeft(target) ? target : right({ ...target.right, extend: opened.right.extend })
  }

/** The events of an open register with all that its vault keeps; closes what is open where the vault cannot be opened. */
const withContents =
  (
    path: string,
    { events, close }: Pick<CopySource, 'events' | 'close'>,
    vaultPath: string,
    busyTimeoutMs: number,
  ): TaskEither<VaultFailure, CopySource> =>
  async () => {
    const vault = await openVaultContents(vaultPath, busyTimeoutMs)()
    if (isLeft(vault)) {
      await close()
      return vault
    }
    return right({
      events,
      vault: vault.right,
      places: [path, vaultPath].flatMap((file) => identityOf(file) ?? []),
      close: async () => {
        const vaultClosed = await vault.right.close()
        const storeClosed = await close()
        return isLeft(vaultClosed) ? vaultClosed : storeClosed
      },
    })
  }
