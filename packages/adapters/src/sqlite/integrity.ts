// integrity.ts: whether a file is sound: its pages, its tables and triggers, and what is promised of its rows

import { DatabaseSync } from 'node:sqlite'
import { type StoreFailure, theStart, type VaultFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type Checked,
  Enough,
  type Finding,
  mostFindings,
  notes,
  overBuildsAhead,
  overEvents,
  overVault,
  type Tell,
} from '../stores/checking.ts'
import { eventColumns } from '../stores/stored-rows.ts'
import { ofVault } from '../vault/of-vault.ts'
import { busyTimeoutMsByDefault, type FileKind, openToLook, type Waiting } from './database.ts'
import { setting } from './durability.ts'
import { failureOf, primaryCode } from './failures.ts'
import { registerFile } from './schema.ts'
import { vaultFile } from './vault.ts'

/** What may be set otherwise for a check. */
export interface CheckOptions extends Waiting {
  /** Told after every thousand events. */
  readonly onProgress?: (events: number) => void
}

const atOnce = 1_000

/**
 * Goes over the register in that file, also while others write to it; a file that an earlier release made is not brought up.
 * SQLite's part holds the event loop as long as it reads the whole file; while our part goes over the events others have their turn.
 *
 * Gives `Foreign`, `Newer` and `Busy` as opening does, and `Missing` where there is no file. Damage is a finding, not a failure.
 */
export const checkSqlite = (path: string, options: CheckOptions = {}): TaskEither<StoreFailure, Checked> =>
  check(path, registerFile, options, async (database, tell) => {
    const events = await overLog(database, tell, options)
    overCheckpoints(database, tell)
    return events
  })

/** Goes over the vault in that file, in the same way. Nothing of a key or a number is shown. */
export const checkSqliteVault =
  (path: string, options: CheckOptions = {}): TaskEither<VaultFailure, Checked> =>
  async () =>
    ofVault(await check(path, vaultFile, options, async (database, tell) => overKeys(database, tell))())

const check =
  (
    path: string,
    kind: FileKind,
    { busyTimeoutMs = busyTimeoutMsByDefault }: CheckOptions,
    overRows: (database: DatabaseSync, tell: Tell) => Promise<number>,
  ): TaskEither<StoreFailure, Checked> =>
  async () => {
    const { findings, tell } = notes()
    let also: ReadonlyArray<Finding> = []
    let rows = 0
    let database: DatabaseSync | undefined
    try {
      const opened = openToLook(path, kind, busyTimeoutMs)
      if (isLeft(opened)) return opened
      database = opened.right
      // One transaction, so that all looks see the same log.
      database.exec('BEGIN')
      overPages(database, tell)
      overSchema(database, kind, tell)
      rows = await overRows(database, tell)
    } catch (error) {
      const ended = endedBy(error, path)
      if (isLeft(ended)) return ended
      also = ended.right
    } finally {
      database?.close()
    }
    return right({ rows, findings: [...findings, ...also] })
  }

/** SQLite's code where a statement names a table or a column that is not there. */
const noSuchPart = 1

const endedBy = (error: unknown, path: string): Either<StoreFailure, ReadonlyArray<Finding>> => {
  if (error instanceof Enough) return right([])
  const failure = failureOf(error, path)
  if (failure.reason === 'Damaged') return right([{ code: 'Pages', message: failure.message }])
  return primaryCode(error) === noSuchPart ? right([{ code: 'Schema', message: failure.message }]) : left(failure)
}

const overPages = (database: DatabaseSync, tell: Tell): void => {
  for (const { integrity_check: said } of database.prepare(`PRAGMA integrity_check(${mostFindings})`).all()) {
    if (said !== 'ok') tell('Pages', String(said))
  }
}

/** What a file of that version holds is what its steps make in an empty one. */
const overSchema = (database: DatabaseSync, { steps }: FileKind, tell: Tell): void => {
  const model = new DatabaseSync(':memory:')
  try {
    for (const step of steps.slice(0, Number(setting(database, 'user_version')))) model.exec(step)
    const [expected, found] = [partsOf(model), partsOf(database)]
    for (const [name, statement] of expected) {
      if (!found.has(name)) tell('Schema', `the ${name} is missing`)
      else if (found.get(name) !== statement) tell('Schema', `the ${name} was altered`)
    }
    for (const name of found.keys()) if (!expected.has(name)) tell('Schema', `the ${name} is not ours`)
  } finally {
    model.close()
  }
}

/** Tables, indexes and triggers with the statements that made them; what SQLite keeps for its planner may come and go. */
const partsOf = (database: DatabaseSync): ReadonlyMap<string, unknown> =>
  new Map(
    database
      .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'`)
      .all()
      .map(({ type, name, sql }) => [`${type} ${name}`, sql]),
  )

const overLog = async (database: DatabaseSync, tell: Tell, { onProgress }: CheckOptions): Promise<number> => {
  const next = database.prepare(
    `SELECT ${eventColumns} FROM events WHERE position > ? ORDER BY position LIMIT ${atOnce}`,
  )
  const look = overEvents(tell)
  let after: number = theStart
  let count = 0
  for (;;) {
    const rows = next.all(after)
    for (const row of rows) {
      after = Number(row.position)
      count += 1
      look(row)
    }
    if (rows.length < atOnce) return count
    onProgress?.(count)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const overCheckpoints = (database: DatabaseSync, tell: Tell): void => {
  // A file that no newer release has opened yet has no builds; one that should have them lacks a part, and that is told already.
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'builds'").get() === undefined) return
  const ahead = database.prepare(
    `SELECT name, version, checkpoint, head FROM builds, (SELECT coalesce(max(position), 0) AS head FROM events)
     WHERE checkpoint > head ORDER BY name, build, version`,
  )
  overBuildsAhead(tell, ahead.all())
}

const overKeys = (database: DatabaseSync, tell: Tell): number => {
  const all = (sql: string): ReadonlyArray<unknown> =>
    database
      .prepare(sql)
      .all()
      .map(({ id }) => id)
  return overVault(tell, {
    secrets: all('SELECT one AS id FROM secret').length,
    persons: all('SELECT person AS id FROM keys'),
    doctors: all('SELECT doctor AS id FROM claims'),
  })
}
