// addresses.ts: opens the registers that `copy` names; an address is a SQLite file until there are other kinds of store

import type { StoreFailure, VaultFailure } from '@smagruppe/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopySource, CopyTarget } from '../copying/index.ts'
import { openSqliteSource, openSqliteTarget } from '../sqlite/index.ts'

/** Opens the register at that address to copy from it. */
export const sourceAt = (address: string, vault?: string): TaskEither<StoreFailure | VaultFailure, CopySource> =>
  openSqliteSource(address, vault === undefined ? {} : { vault })

/** Opens the register at that address to copy to it. */
export const targetAt = (address: string, vault?: string): TaskEither<StoreFailure | VaultFailure, CopyTarget> =>
  openSqliteTarget(address, vault === undefined ? {} : { vault })
