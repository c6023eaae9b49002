// integrity.test.ts: what a check finds in files that somebody has written to, and that it finds nothing in sound ones

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { any, commandIdOf, DoctorId, eventIdOf, position, theStart, uuidOf } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, noon, secondsAfter, stream } from '../contract/samples.ts'
import { checkSqlite, checkSqliteVault, openSqlite, openSqliteVault } from './index.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const [ours, theirs] = [stream('ours'), stream('theirs')]

/** Three events of our stream and one of another before the last, and rows that have seen them all. */
const register = async (): Promise<string> => {
  const path = join(folder(), 'register.sqlite')
  let now = noon
  const clock = () => {
    now = secondsAfter(now, 1)
    return now
  }
  const { events, rows, close } = rightOf(await openSqlite(path, { clock })())
  for (const [to, name] of [
    [ours, 'first'],
    [ours, 'second'],
    [theirs, 'other'],
    [ours, 'third'],
  ] as const)
    await appended(events, to, any, event(name))
  const changes = [{ key: 'a', row: '1' }]
  rightOf(await rows.commit({ name: 'rows', version: 1 }, changes, { from: theStart, to: position(4) })())
  rightOf(await close())
  return path
}

const vault = async (): Promise<string> => {
  const path = join(folder(), 'vault.sqlite')
  const opened = rightOf(await openSqliteVault(path)())
  const kari = uuidOf('doctor', 'kari')
  if (!DoctorId.is(kari)) throw new Error('uuidOf gave no UUID')
  rightOf(
    await opened.seal(kari, { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }, 'Kari Nordmann')(),
  )
  rightOf(await opened.claim('9144900', kari)())
  rightOf(await opened.close())
  return path
}

const tamper = (path: string, statements: string): void => {
  const database = new DatabaseSync(path)
  database.exec(statements)
  database.close()
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

test('a sound register and a sound vault have no findings, and are left as they were', async () => {
  for (const [path, check, rows] of [
    [await register(), checkSqlite, 4],
    [await vault(), checkSqliteVault, 1],
  ] as const) {
    const before = digestOf(path)
    expect(await check(path)()).toEqual(right({ rows, findings: [] }))
    expect(digestOf(path)).toBe(before)
    expect(readdirSync(join(path, '..')).length).toBe(1)
  }
})

test('a register is checked while others write to it', async () => {
  const path = await register()
  const writer = rightOf(await openSqlite(path, { clock: () => secondsAfter(noon, 60) })())
  const many = Array.from({ length: 2_500 }, (_, i) => event(`more ${i}`))
  await appended(writer.events, ours, any, event('one more'), ...many)
  const seen: number[] = []
  const checking = checkSqlite(path, { onProgress: (events) => seen.push(events) })()
  let written = 0
  const writing = (async () => {
    for (; seen.length < 2; written += 1) await appended(writer.events, theirs, any, event(`meanwhile ${written}`))
  })()
  expect(await checking).toEqual(right({ rows: 2_505, findings: [] }))
  await writing
  expect(seen).toEqual([1_000, 2_000])
  expect(written).toBeGreaterThan(0)
  rightOf(await writer.close())
})

const dropped = `DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted; DROP TRIGGER events_go_to_the_end;
  DROP TRIGGER events_follow_in_their_stream; DROP TRIGGER events_have_their_own_id;`

/** Takes the triggers away, does something that they would have refused, and puts them back. */
const behindTheTriggers = (path: string, statements: string): void => {
  const database = new DatabaseSync(path)
  const made = database.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'trigger'`).all()
  database.exec(dropped + statements)
  for (const { sql } of made) database.exec(String(sql))
  database.close()
}

describe('a finding for what was done to a file by somebody who may write to it', () => {
  const schemas: Readonly<Record<string, readonly [string, ReadonlyArray<string>]>> = {
    'a trigger was dropped': [
      'DROP TRIGGER events_are_never_deleted',
      ['the trigger events_are_never_deleted is missing'],
    ],
    'a trigger was weakened': [
      `DROP TRIGGER events_are_never_changed;
       CREATE TRIGGER events_are_never_changed BEFORE UPDATE OF id ON events BEGIN SELECT RAISE(ABORT, 'no'); END`,
      ['the trigger events_are_never_changed was altered'],
    ],
    'a trigger was added': [
      'CREATE TRIGGER a_guest AFTER INSERT ON events BEGIN DELETE FROM builds; END',
      ['the trigger a_guest is not ours'],
    ],
    'an index was added': ['CREATE INDEX quick ON events (type)', ['the index quick is not ours']],
    'a table was added': ['CREATE TABLE notes (text)', ['the table notes is not ours']],
    'a table is gone': ['DROP TABLE build_rows', ['the table build_rows is missing']],
  }
  for (const [what, [statements, messages]] of Object.entries(schemas)) {
    test(what, async () => {
      const path = await register()
      tamper(path, statements)
      const { findings } = rightOf(await checkSqlite(path)())
      expect(findings).toEqual(messages.map((message) => ({ code: 'Schema', message })))
    })
  }

  test('the schema was written over by hand', async () => {
    const path = await register()
    const database = new DatabaseSync(path, { defensive: false })
    database.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'BEFORE DELETE', 'AFTER DELETE') WHERE name = 'events_are_never_deleted'`)
    database.close()
    expect(rightOf(await checkSqlite(path)()).findings).toEqual([
      { code: 'Schema', message: 'the trigger events_are_never_deleted was altered' },
    ])
  })

  test('the table of the events is gone', async () => {
    const path = await register()
    tamper(path, 'DROP TABLE events')
    const { findings } = rightOf(await checkSqlite(path)())
    expect(findings).toContainEqual({ code: 'Schema', message: 'the table events is missing' })
  })

  const at4 = secondsAfter(noon, 4)
  const rows: Readonly<
    Record<string, readonly [string, ReadonlyArray<{ readonly code: string; readonly message: string }>]>
  > = {
    'an event was deleted': [
      'DELETE FROM events WHERE position = 2',
      [{ code: 'Revision', message: `position 4: ${ours} has revision 2 where 1 follows` }],
    ],
    'a stream lost its first event': [
      'DELETE FROM events WHERE position = 1',
      [{ code: 'Revision', message: `position 2: ${ours} has revision 1 where 0 follows` }],
    ],
    'the last event was deleted': [
      'DELETE FROM events WHERE position = 4',
      [{ code: 'Checkpoint', message: 'rows 1 claims to have seen position 4, and the log ends at 3' }],
    ],
    'two events changed places': [
      `UPDATE events SET position = 9 WHERE position = 1; UPDATE events SET position = 1 WHERE position = 2;
       UPDATE events SET position = 2 WHERE position = 9`,
      [
        { code: 'Revision', message: `position 1: ${ours} has revision 1 where 0 follows` },
        { code: 'Revision', message: `position 2: ${ours} has revision 0 where 2 follows` },
        { code: 'Revision', message: `position 4: ${ours} has revision 2 where 1 follows` },
      ],
    ],
    'an event was known later than it was recorded': [
      `PRAGMA ignore_check_constraints = ON; UPDATE events SET known_since = '2099-01-01T00:00:00.000Z' WHERE position = 4`,
      [
        { code: 'Pages', message: 'CHECK constraint failed in events' },
        { code: 'Time', message: `position 4: known since 2099-01-01T00:00:00.000Z, but recorded at ${at4}` },
      ],
    ],
    'an event got an id that is none': [
      `UPDATE events SET id = 'x' WHERE position = 3`,
      [{ code: 'Event', message: 'the row at position 3 is no event that a register writes' }],
    ],
    'rows were moved ahead of the log': [
      'UPDATE builds SET checkpoint = 5',
      [{ code: 'Checkpoint', message: 'rows 1 claims to have seen position 5, and the log ends at 4' }],
    ],
  }
  for (const [what, [statements, findings]] of Object.entries(rows)) {
    test(what, async () => {
      const path = await register()
      behindTheTriggers(path, statements)
      expect(rightOf(await checkSqlite(path)()).findings).toEqual(findings)
    })
  }

  test('after a hundred findings it looks no further', async () => {
    const path = await register()
    const { events, close } = rightOf(await openSqlite(path, { clock: () => secondsAfter(noon, 60) })())
    await appended(events, ours, any, event('0'), ...Array.from({ length: 200 }, (_, i) => event(`${i + 1}`)))
    rightOf(await close())
    behindTheTriggers(path, `UPDATE events SET id = 'no ' || position`)
    expect(rightOf(await checkSqlite(path)()).findings.length).toBe(100)
  })
})

test('damaged bytes are findings, and what can still be read is gone over', async () => {
  const path = await register()
  const { events, close } = rightOf(await openSqlite(path, { clock: () => secondsAfter(noon, 60) })())
  for (let i = 0; i < 100; i += 1) await appended(events, ours, any, event(`${i}`))
  rightOf(await close())
  const bytes = readFileSync(path)
  bytes.fill(0xa5, bytes.length / 2)
  writeFileSync(path, bytes)
  const { findings } = rightOf(await checkSqlite(path)())
  expect(findings.length).toBeGreaterThan(0)
  expect(findings.some(({ code }) => code === 'Pages')).toBe(true)
})

test('a vault that lost its secret or holds what is nobody’s', async () => {
  const path = await vault()
  tamper(
    path,
    `DELETE FROM secret; INSERT INTO claims VALUES ('digest', 'nobody'); INSERT INTO keys VALUES ('x', randomblob(32), NULL)`,
  )
  expect(rightOf(await checkSqliteVault(path)())).toEqual({
    rows: 2,
    findings: [
      { code: 'Vault', message: 'the secret that numbers are looked up by is missing' },
      { code: 'Vault', message: '1 of the keys belong to what is no doctor' },
      { code: 'Vault', message: '1 of the claims belong to what is no doctor' },
    ],
  })
})

test('what is no register is not checked as one', async () => {
  const inside = folder()
  const missing = join(inside, 'missing')
  const message = (name: string): string => `there is no ${name} at ${missing}: name the file`
  const nothing = { reason: 'Missing', retry: false }
  expect(leftOf(await checkSqlite(missing)())).toEqual({
    _tag: 'StoreFailure',
    message: message('register'),
    ...nothing,
  })
  expect(leftOf(await checkSqliteVault(missing)())).toEqual({
    _tag: 'VaultFailure',
    message: message('vault'),
    ...nothing,
  })
  expect(readdirSync(inside)).toEqual([])
  expect(leftOf(await checkSqlite(await vault())())).toMatchObject({ _tag: 'StoreFailure', reason: 'Foreign' })
  expect(leftOf(await checkSqliteVault(await register())())).toMatchObject({ _tag: 'VaultFailure', reason: 'Foreign' })
  const text = join(inside, 'letter.txt')
  writeFileSync(text, 'Kjære kolleger, '.repeat(500))
  expect(leftOf(await checkSqlite(text)()).reason).toBe('Foreign')
  const newer = await register()
  tamper(newer, 'PRAGMA user_version = 99')
  expect(leftOf(await checkSqlite(newer)()).reason).toBe('Newer')
  const busy = await register()
  const holder = new DatabaseSync(busy)
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; PRAGMA user_version = 2; COMMIT')
  expect(leftOf(await checkSqlite(busy, { busyTimeoutMs: 20 })())).toMatchObject({ reason: 'Busy', retry: true })
  holder.close()
})
