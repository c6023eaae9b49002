// durability.ts: the settings by which a committed event survives the machine's failing, asked for and read back

import type { DatabaseSync } from 'node:sqlite'
import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'

/** What SQLite said of an open file, under its own names (sqlite.org/pragma.html). A file is opened with all of this or not at all. */
export interface Durability {
  /** Commits go to a write-ahead log. */
  readonly journal_mode: 'wal'
  /** 2 is FULL: a commit ends when the disk says that it has the write-ahead log. */
  readonly synchronous: 2
  /** Where the system's usual sync leaves data in the disk's own cache (macOS), the one that empties that too. Nothing elsewhere. */
  readonly fullfsync: 1
  /** The same, when the write-ahead log is carried over into the file. */
  readonly checkpoint_fullfsync: 1
}

const wanted: Durability = { journal_mode: 'wal', synchronous: 2, fullfsync: 1, checkpoint_fullfsync: 1 }

/** Asks for the settings; gives what SQLite then says, or why this file cannot be kept as promised. */
export const makeDurable = (database: DatabaseSync, path: string): Either<StoreFailure, Durability> => {
  for (const [name, value] of Object.entries(wanted)) {
    database.exec(`PRAGMA ${name} = ${value}`)
    const found = setting(database, name)
    if (found === value) continue
    const what = `${path}: ${name} stays at ${found} where ${value} was asked for`
    return left(storeFailure('Unsupported', `${what}; name a file on a local disk`))
  }
  return right(wanted)
}

/** What a pragma says. */
export const setting = (database: DatabaseSync, name: string): number | string | null => {
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name]
  return typeof value === 'number' || typeof value === 'string' ? value : null
}
