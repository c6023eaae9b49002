// group-commit.ts: all that one turn of the event loop writes goes to the disk in one transaction, each with its own answer

import type { StoreFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type OpenDatabase, rollBack } from './database.ts'
import { closedFailure, failureOf } from './failures.ts'
import { presenceOf } from './presence.ts'

/** A database as the stores use it. */
export interface Connection {
  /** Runs the work, which may be refused, inside a transaction. A Left undoes what this work wrote and nothing else. */
  readonly write: <E, A>(work: () => Either<E, A>) => TaskEither<E | StoreFailure, A>
  readonly read: <A>(work: () => A) => Either<StoreFailure, A>
  /** Writes what is waiting, then closes. Closing again does nothing. */
  readonly close: TaskEither<StoreFailure, void>
}

interface Waiting {
  readonly run: () => 'keep' | 'undo'
  readonly fail: (failure: StoreFailure) => void
  readonly answer: () => void
}

/** Takes an open database over; nobody else closes it. The commit blocks the event loop until the disk has it. */
export const connectionTo = (
  { database, identity }: Pick<OpenDatabase, 'database' | 'identity'>,
  path: string,
): Connection => {
  let waiting: Waiting[] = []
  let open = true
  // Reading once has SQLite open the write-ahead log.
  database.exec('SELECT 1 FROM sqlite_schema')
  const goneFailure = presenceOf(path, identity)

  const statements = {
    begin: database.prepare('BEGIN IMMEDIATE'),
    mark: database.prepare('SAVEPOINT one'),
    undo: database.prepare('ROLLBACK TO one'),
    unmark: database.prepare('RELEASE one'),
    commit: database.prepare('COMMIT'),
  }

  /** Null where the rest may go on; else the failure that ended the whole transaction. */
  const runOne = (one: Waiting): StoreFailure | null => {
    try {
      statements.mark.run()
      if (one.run() === 'undo') statements.undo.run()
      statements.unmark.run()
      return null
    } catch (error) {
      const failure = failureOf(error, path)
      one.fail(failure)
      try {
        statements.undo.run()
        statements.unmark.run()
        return null
      } catch {
        // SQLite has ended the transaction itself (a full disk, a failing one): nothing of it is stored.
        return failure
      }
    }
  }

  const runAll = (group: ReadonlyArray<Waiting>): StoreFailure | null => {
    try {
      statements.begin.run()
      for (const one of group) {
        const failure = runOne(one)
        if (failure !== null) return failure
      }
      statements.commit.run()
      return null
    } catch (error) {
      return failureOf(error, path)
    }
  }

  const flush = (): void => {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    // Looked at again before anything is answered: what went to a file that was gone by then is not stored.
    const failure = goneFailure() ?? runAll(group) ?? goneFailure()
    if (failure !== null) {
      rollBack(database)
      for (const one of group) one.fail(failure)
    }
    for (const one of group) one.answer()
  }

  return {
    write:
      <E, A>(work: () => Either<E, A>): TaskEither<E | StoreFailure, A> =>
      () =>
        new Promise((resolve) => {
          let outcome: Either<E | StoreFailure, A> = left(closedFailure(path))
          if (!open) return resolve(outcome)
          if (waiting.length === 0) setImmediate(flush)
          waiting.push({
            run: () => {
              outcome = work()
              return isLeft(outcome) ? 'undo' : 'keep'
            },
            fail: (failure) => {
              outcome = left(failure)
            },
            answer: () => resolve(outcome),
          })
        }),
    read: (work) => {
      const failure = open ? goneFailure() : closedFailure(path)
      if (failure !== null) return left(failure)
      try {
        return right(work())
      } catch (error) {
        return left(failureOf(error, path))
      }
    },
    close: async () => {
      if (!open) return right(undefined)
      flush()
      open = false
      try {
        database.close()
        return right(undefined)
      } catch (error) {
        return left(failureOf(error, path))
      }
    },
  }
}
