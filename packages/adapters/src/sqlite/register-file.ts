// register-file.ts: a register in one SQLite file: the log and the rows of its projections

import type { EventStore, Instant, ProjectionStore, StoreFailure } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CopyTarget } from '../copying/index.ts'
import { createBell } from '../stores/bell.ts'
import { busyTimeoutMsByDefault, openDatabase, type Waiting } from './database.ts'
import type { Durability } from './durability.ts'
import { sqliteEventStore } from './event-store.ts'
import { failureOf } from './failures.ts'
import { connectionTo } from './group-commit.ts'
import { sqliteProjectionStore } from './projection-store.ts'
import { registerFile } from './schema.ts'

/** What a register's file needs from outside, and what may be set otherwise. */
export interface SqliteOptions extends Waiting {
  /** Gives the time that is recorded; where it goes back, the log stays at the time of its last event. */
  readonly clock: () => Instant
  /** How often a subscription looks for what other processes have written; 200 ms where left out. */
  readonly pollMs?: number
}

/** Where nothing else was said. */
export const pollMsByDefault = 200

/** An open register. */
export interface SqliteRegister {
  readonly events: EventStore
  readonly rows: ProjectionStore
  /** The settings that the file was opened with, as SQLite said them afterwards. */
  readonly durability: Durability
  /** Which file it is, whatever the path that it was reached by. */
  readonly place: string
  /** Writes what is waiting and closes the file; after that every call gives `Closed`. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure, void>
}

/**
 * Opens the register in that file, and makes it where there is none. What an append has answered survives the machine's failing.
 * Appends of one turn of the event loop go to the disk together, each with its own answer; the event loop waits for the disk.
 * Several processes may have the same file open.
 *
 * Gives `Foreign` for a file that is not a register (and leaves it as it is), `Newer` for one of a newer release, `Busy` for one
 * that somebody holds locked, `ReadOnly` for one that may only be read or lies in such a folder, `Unsupported` where a setting of
 * `durability` does not hold, `Unavailable` where it cannot be opened for another reason.
 *
 * Once it is open, a call gives `Busy` where another process writes for too long, `Full` where the disk is full, `Damaged` where the file
 * is, and `Unavailable`: with `retry` where the disk failed, without where the file was deleted, moved or replaced meanwhile. Nothing of a
 * call that failed is stored, but in that last case, where nobody knows what became of the file.
 */
export const openSqlite =
  (path: string, options: SqliteOptions): TaskEither<StoreFailure, SqliteRegister> =>
  async () => {
    const opened = await openToExtend(path, options)()
    if (isLeft(opened)) return opened
    const { extend, ...register } = opened.right
    return right(register)
  }

/** The same, with the way to bring in what was recorded elsewhere: for copying alone, since it sets times. */
export const openToExtend =
  (
    path: string,
    { clock, busyTimeoutMs = busyTimeoutMsByDefault, pollMs = pollMsByDefault }: SqliteOptions,
  ): TaskEither<StoreFailure, SqliteRegister & Pick<CopyTarget, 'extend'>> =>
  async () => {
    const opened = await openDatabase(path, registerFile, busyTimeoutMs)
    if (isLeft(opened)) return opened
    const { database, durability, identity } = opened.right
    try {
      const connection = connectionTo(opened.right, path)
      const bell = createBell()
      return right({
        ...sqliteEventStore({ database, connection, bell, clock, pollMs }),
        rows: sqliteProjectionStore(database, connection),
        durability,
        place: identity ?? path,
        close: async () => {
          const closed = await connection.close()
          bell.ring()
          return closed
        },
      })
    } catch (error) {
      // The tables are not the ones that the file's version promises.
      database.close()
      return left(failureOf(error, path))
    }
  }
