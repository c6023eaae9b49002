// copying.ts: a register in SQLite to copy from or to

import type { StoreFailure, VaultFailure } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type CopySource, type CopyTarget, withContents } from '../copying/index.ts'
import { systemClock } from '../node/index.ts'
import { ofVault } from '../vault/of-vault.ts'
import { busyTimeoutMsByDefault, isMissing, noFile, type Waiting } from './database.ts'
import { openSqliteRegister, vaultBeside } from './opening.ts'
import { openToExtend } from './register-file.ts'
import { openSqliteVaultContents } from './vault-contents.ts'

/** What may be set otherwise where a register is opened to be copied. */
export interface SqliteCopyOptions extends Waiting {
  /** The file with the keys of persons; `register.vault.db` beside `register.db` where left out. */
  readonly vault?: string
}

/**
 * Opens the register in that file, and its vault, to be copied; others may write to them meanwhile. Nothing is made: where one of the files
 * is missing, or empty, that is `Missing`. For the other failures see `openSqliteRegister`.
 */
export const openSqliteSource =
  (path: string, options: SqliteCopyOptions = {}): TaskEither<StoreFailure | VaultFailure, CopySource> =>
  async () => {
    const { vault = vaultBeside(path), busyTimeoutMs = busyTimeoutMsByDefault } = options
    if (isMissing(path)) return left(noFile(path, 'register'))
    if (isMissing(vault)) return ofVault(left(noFile(vault, 'vault')))
    // Opened whole, for that refuses a vault that is not this register's.
    const opened = await openSqliteRegister(path, { vault, busyTimeoutMs })()
    return isLeft(opened) ? opened : withContents(opened.right, openSqliteVaultContents(vault, { busyTimeoutMs }))()
  }

/** Opens the register in that file, and its vault, to be copied to, and makes them where there are none. For the failures see `openSqlite` and `openSqliteVault`. */
export const openSqliteTarget =
  (path: string, options: SqliteCopyOptions = {}): TaskEither<StoreFailure | VaultFailure, CopyTarget> =>
  async () => {
    const { vault = vaultBeside(path), busyTimeoutMs = busyTimeoutMsByDefault } = options
    const opened = await openSqliteToExtend(path, { busyTimeoutMs })()
    if (isLeft(opened)) return opened
    const contents = openSqliteVaultContents(vault, { busyTimeoutMs })
    const target = await withContents(opened.right, contents)()
    return isLeft(target) ? target : right({ ...target.right, extend: opened.right.extend })
  }

/** Opens the log in that file to be extended by a copy, whatever kind of vault it has. */
export const openSqliteToExtend = (path: string, { busyTimeoutMs = busyTimeoutMsByDefault }: Waiting = {}) =>
  openToExtend(path, { clock: systemClock, busyTimeoutMs })
