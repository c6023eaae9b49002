// database.ts: opens a SQLite file that is ours, or says why it cannot

import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { type StoreFailure, storeFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { type Durability, makeDurable, setting } from './durability.ts'
import { failureOf, primaryCode } from './failures.ts'
import { type FileIdentity, identityOf } from './presence.ts'

/** One kind of file of ours. */
export interface FileKind {
  /** What people call it. */
  readonly name: string
  /** The rights of a file that is made, as the system writes them; the files that SQLite puts beside it get the same. */
  readonly mode: number
  /** SQLite's `application_id`, by which a file says whose it is. */
  readonly application: number
  /** The statements that bring a file from each version to the next; `user_version` counts those that have run. */
  readonly steps: ReadonlyArray<string>
}

/** An open file of ours, and the settings that it is kept under. */
export interface OpenDatabase {
  readonly database: DatabaseSync
  /** Which file it was just before it was opened. */
  readonly identity: FileIdentity | null
  readonly durability: Durability
}

/** How patient a call is with other processes. */
export interface Waiting {
  /** How long to wait, holding the event loop, while another process writes; 5,000 ms where left out. */
  readonly busyTimeoutMs?: number
}

/** Where nothing else was said. */
export const busyTimeoutMsByDefault = 5_000

const notADatabase = 26
const pauseMs = 20

/**
 * Opens a file of that kind, made where there is none and brought up to the newest version where it is older.
 * A file that is not of that kind is left as it is.
 */
export const openDatabase = async (
  path: string,
  kind: FileKind,
  busyTimeoutMs: number,
): Promise<Either<StoreFailure, OpenDatabase>> => {
  if (path === '' || path === ':memory:') {
    return left(storeFailure('Unsupported', `a ${kind.name} needs a file to outlive the process: name one`))
  }
  const deadline = Date.now() + busyTimeoutMs
  for (;;) {
    const opened = openOnce(resolve(path), kind, busyTimeoutMs)
    // SQLite does not wait where waiting could be for ever, as when two processes make the same file: then it is tried anew.
    if (!isLeft(opened) || opened.left.reason !== 'Busy' || Date.now() >= deadline) return opened
    await sleep(pauseMs)
  }
}

const openOnce = (path: string, kind: FileKind, busyTimeoutMs: number): Either<StoreFailure, OpenDatabase> => {
  const found = lookAt(path)
  if (isLeft(found)) return found
  const unwritable = whyUnwritable(path, found.right)
  if (unwritable !== null) return left(unwritable)
  let database: DatabaseSync | undefined
  try {
    // With a write-ahead log beside it, closing a file can write to it; a reader's closing does not.
    if (found.right === 'file with a log beside it') {
      const refused = peek(path, kind, busyTimeoutMs)
      if (refused !== null) return left(refused)
    }
    if (found.right === 'nothing') makeFile(path, kind.mode)
    const identity = identityOf(path)
    database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(busyTimeoutMs))}`)
    const refused = found.right === 'nothing' ? null : strangerAt(path, kind, database)
    const failure = refused ?? bringUp(path, kind, database)
    const durability = failure === null ? makeDurable(database, path) : left(failure)
    if (isLeft(durability)) {
      database.close()
      return durability
    }
    database.exec('PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF')
    return right({ database, identity, durability: durability.right })
  } catch (error) {
    database?.close()
    return left(primaryCode(error) === notADatabase ? notSqlite(path) : failureOf(error, path))
  }
}

/**
 * Opens a file of that kind to be looked at: nothing is made, brought up or changed, whatever version it has. The caller closes it.
 * Whatever cannot be read of it may be thrown.
 */
export const openToLook = (path: string, kind: FileKind, busyTimeoutMs: number): Either<StoreFailure, DatabaseSync> => {
  const found = lookAt(path)
  if (isLeft(found)) return found
  if (found.right === 'nothing') return left(noFile(path, kind.name))
  const database = new DatabaseSync(path)
  try {
    database.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(busyTimeoutMs))}; PRAGMA query_only = ON`)
    const stranger = strangerAt(path, kind, database)
    if (stranger === null) return right(database)
    database.close()
    return left(stranger)
  } catch (error) {
    database.close()
    if (primaryCode(error) === notADatabase) return left(notSqlite(path))
    throw error
  }
}

/** Whether nothing is there, or an empty file, which is nothing yet: whoever only asks must not make a register of it. */
export const isMissing = (path: string): boolean => {
  const found = lookAt(path)
  return !isLeft(found) && found.right === 'nothing'
}

/** What is said where a file must be there and is not. */
export const noFile = (path: string, name: string): StoreFailure =>
  storeFailure('Missing', `there is no ${name} at ${path}: name the file`)

type Found = 'nothing' | 'file' | 'file with a log beside it'

const lookAt = (path: string): Either<StoreFailure, Found> => {
  try {
    const file = statSync(path, { throwIfNoEntry: false })
    if (file === undefined || (file.isFile() && file.size === 0)) return right('nothing')
    if (!file.isFile())
      return left(storeFailure('Foreign', `${path} is not a file: name a file, or a new one to be made`))
    return right(
      statSync(`${path}-wal`, { throwIfNoEntry: false }) === undefined ? 'file' : 'file with a log beside it',
    )
  } catch (error) {
    return left(failureOf(error, path))
  }
}

/** SQLite opens what may only be read, and refuses no sooner than at the first event: that is too late for whoever starts a server. */
const whyUnwritable = (path: string, found: Found): StoreFailure | null => {
  const folder = dirname(path)
  for (const needed of found === 'nothing' ? [folder] : [path, folder]) {
    try {
      accessSync(needed, constants.W_OK)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && refusals.has(error.code))) return null
      return storeFailure(
        'ReadOnly',
        `${path}: ${needed} cannot be written to (${error.code}): check its rights, and that its disk is not mounted for reading only`,
      )
    }
  }
  return null
}

/** What the system calls it where something is there and may not be written to. */
const refusals: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS'])

const makeFile = (path: string, mode: number): void => {
  try {
    closeSync(openSync(path, 'wx', mode))
  } catch {
    // It is there already, or SQLite will say why it cannot be made.
  }
}

const peek = (path: string, kind: FileKind, busyTimeoutMs: number): StoreFailure | null => {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly: true })
    database.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(busyTimeoutMs))}`)
    return strangerAt(path, kind, database)
  } catch (error) {
    // What a reader cannot open or recover, the opening itself will judge.
    return primaryCode(error) === notADatabase ? notSqlite(path) : null
  } finally {
    database?.close()
  }
}

/** Why the file is not one that this release can use; null where it is. */
const strangerAt = (
  path: string,
  { name, application, steps }: FileKind,
  database: DatabaseSync,
): StoreFailure | null => {
  const theirs = setting(database, 'application_id')
  // Reading it has undone what somebody who was killed while making it had begun: nothing is left that is anybody's.
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) return null
  if (theirs !== application) {
    return storeFailure(
      'Foreign',
      `${path} is not a ${name} but the file of another application (id ${theirs}): name another file`,
    )
  }
  const version = Number(setting(database, 'user_version'))
  if (version <= steps.length) return null
  return storeFailure(
    'Newer',
    `${path} is a ${name} of version ${version}, and this release knows versions up to ${steps.length}: use the newer release`,
  )
}

const notSqlite = (path: string): StoreFailure =>
  storeFailure('Foreign', `${path} is not a SQLite file: name another file, or a new one to be made`)

/** Runs the steps that the file has not seen. Another process may do the same: who comes second finds it done. */
const bringUp = (path: string, kind: FileKind, database: DatabaseSync): StoreFailure | null => {
  if (setting(database, 'user_version') === kind.steps.length) return null
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = Number(setting(database, 'user_version'))
    const somebodyElses = version === 0 && isEmpty(database) ? null : strangerAt(path, kind, database)
    if (somebodyElses === null) {
      for (const step of kind.steps.slice(version)) database.exec(step)
      database.exec(`PRAGMA application_id = ${kind.application}; PRAGMA user_version = ${kind.steps.length}`)
    }
    database.exec('COMMIT')
    return somebodyElses
  } catch (error) {
    rollBack(database)
    throw error
  }
}

const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined &&
  setting(database, 'application_id') === 0

/** Ends a transaction that failed; SQLite may have ended it already. */
export const rollBack = (database: DatabaseSync): void => {
  try {
    database.exec('ROLLBACK')
  } catch {
    // There is no transaction any more, which is what was wanted.
  }
}
