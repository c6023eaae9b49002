// integrity.ts: whether a file is sound: its pages, its tables and triggers, and what is promised of its rows

import { DatabaseSync } from 'node:sqlite'
import { DoctorId, type StoreFailure, type StreamName, theStart, type VaultFailure } from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { busyTimeoutMsByDefault, type FileKind, openToLook, type Waiting } from './database.ts'
import { setting } from './durability.ts'
import { columns, storedEvent } from './event-store.ts'
import { failureOf, primaryCode } from './failures.ts'
import { registerFile } from './schema.ts'
import { ofVault, vaultFile } from './vault.ts'

/** Something about a file that is not as it should be. */
export interface Finding {
  /**
   * `Pages`: SQLite cannot read them, or an index and its table disagree. `Schema`: a table, an index or a trigger is missing, altered
   * or not ours. `Event`: a row that we could not have written. `Revision`: a gap or a repetition in a stream. `Time`: the log goes back
   * in time. `Checkpoint`: rows that claim to have seen more than there is. `Vault`: a key or a claim that we could not have written.
   */
  readonly code: 'Pages' | 'Schema' | 'Event' | 'Revision' | 'Time' | 'Checkpoint' | 'Vault'
  readonly message: string
}

/** What a check went over, and what it found: nothing in a sound file. After a hundred findings it looks no further. */
export interface Checked {
  /** Events of a register, keys of a vault. */
  readonly rows: number
  readonly findings: ReadonlyArray<Finding>
}

/** What may be set otherwise for a check. */
export interface CheckOptions extends Waiting {
  /** Told after every thousand events. */
  readonly onProgress?: (events: number) => void
}

const most = 100
const atOnce = 1_000

/**
 * Goes over the register in that file, also while others write to it; a file that an earlier release made is not brought up.
 * SQLite's part holds the event loop as long as it reads the whole file; while our part goes over the events others have their turn.
 *
 * Gives `Foreign`, `Newer` and `Busy` as opening does, and `Unavailable` where there is no file. Damage is a finding, not a failure.
 */
export const checkSqlite = (path: string, options: CheckOptions = {}): TaskEither<StoreFailure, Checked> =>
  check(path, registerFile, options, async (database, tell) => {
    const events = await overEvents(database, tell, options)
    overCheckpoints(database, tell)
    return events
  })

/** Goes over the vault in that file, in the same way. Nothing of a key or a number is shown. */
export const checkSqliteVault =
  (path: string, options: CheckOptions = {}): TaskEither<VaultFailure, Checked> =>
  async () =>
    ofVault(await check(path, vaultFile, options, async (database, tell) => overVault(database, tell))())

type Tell = (code: Finding['code'], message: string) => void

/** To leave the pass with what was found so far. */
class Enough extends Error {}

const check =
  (
    path: string,
    kind: FileKind,
    { busyTimeoutMs = busyTimeoutMsByDefault }: CheckOptions,
    overRows: (database: DatabaseSync, tell: Tell) => Promise<number>,
  ): TaskEither<StoreFailure, Checked> =>
  async () => {
    const findings: Finding[] = []
    const tell: Tell = (code, message) => {
      findings.push({ code, message })
      if (findings.length >= most) throw new Enough()
    }
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
      findings.push(...ended.right)
    } finally {
      database?.close()
    }
    return right({ rows, findings })
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
  for (const { integrity_check: said } of database.prepare(`PRAGMA integrity_check(${most})`).all()) {
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

const overEvents = async (database: DatabaseSync, tell: Tell, { onProgress }: CheckOptions): Promise<number> => {
  const next = database.prepare(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ${atOnce}`)
  const lengths = new Map<StreamName, number>()
  let after: number = theStart
  let lastTime = ''
  let count = 0
  for (;;) {
    const rows = next.all(after)
    for (const row of rows) {
      after = Number(row.position)
      count += 1
      const event = readable(row)
      if (event === null) {
        tell('Event', `the row at position ${after} is no event that a register writes`)
        continue
      }
      const { stream, revision, recordedAt, knownSince } = event
      const length = lengths.get(stream) ?? 0
      if (revision !== length)
        tell('Revision', `position ${after}: ${stream} has revision ${revision} where ${length} follows`)
      lengths.set(stream, revision + 1)
      if (recordedAt < lastTime)
        tell('Time', `position ${after}: recorded at ${recordedAt}, behind one recorded at ${lastTime}`)
      if (knownSince > recordedAt)
        tell('Time', `position ${after}: known since ${knownSince}, but recorded at ${recordedAt}`)
      lastTime = recordedAt
    }
    if (rows.length < atOnce) return count
    onProgress?.(count)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const readable = (row: unknown): ReturnType<typeof storedEvent> | null => {
  try {
    return storedEvent(row)
  } catch {
    return null
  }
}

const overCheckpoints = (database: DatabaseSync, tell: Tell): void => {
  // A file that no newer release has opened yet has no builds; one that should have them lacks a part, and that is told already.
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'builds'").get() === undefined) return
  const ahead = database.prepare(
    `SELECT name, version, checkpoint, head FROM builds, (SELECT coalesce(max(position), 0) AS head FROM events)
     WHERE checkpoint > head ORDER BY name, build, version`,
  )
  for (const { name, version, checkpoint, head } of ahead.all())
    tell('Checkpoint', `${name} ${version} claims to have seen position ${checkpoint}, and the log ends at ${head}`)
}

const overVault = (database: DatabaseSync, tell: Tell): number => {
  if (database.prepare('SELECT 1 FROM secret').get() === undefined)
    tell('Vault', 'the secret that numbers are looked up by is missing')
  for (const [table, column] of [
    ['keys', 'person'],
    ['claims', 'doctor'],
  ] as const) {
    const strangers = database.prepare(`SELECT ${column} AS id FROM ${table}`).all()
    const count = strangers.filter(({ id }) => !DoctorId.is(id)).length
    if (count > 0) tell('Vault', `${count} of the ${table} belong to what is no doctor`)
  }
  return Number(database.prepare('SELECT count(*) AS count FROM keys').get()?.count)
}
