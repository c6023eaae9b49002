// schema.test.ts: a file of an earlier release is brought up, with all that it held

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promised, quarantinedIn } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { event, eventsOf, namesOf, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite } from './index.ts'
import { checkSqlite } from './integrity.ts'
import { registerFile } from './schema.ts'

const options = { clock: systemClock, busyTimeoutMs: 60 }

/** A file as the first release made it: only its first step has run. */
const ofFirstRelease = (statements: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'register.sqlite')
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE')
  database.exec(registerFile.steps[0] ?? '')
  database.exec(`PRAGMA application_id = ${registerFile.application}; PRAGMA user_version = 1; COMMIT`)
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (const [i, name] of ['one', 'two', 'three'].entries()) {
    const { id, type, version, data, actor, causation, correlation } = event(name)
    const at = '2024-01-01T00:00:00.000Z'
    insert.run(i + 1, id, stream('ours'), i, type, version, data, at, at, actor.id, actor.role, causation, correlation)
  }
  database.exec(statements)
  database.close()
  return path
}

const entry = (position: number): string =>
  JSON.stringify({ position, stream: stream('ours'), type: 'SomethingHappened', version: 1, reason: 'unheard of' })

test('a file of the first release opens with its log, its newest rows and what they lack', async () => {
  const path = ofFirstRelease(`
    INSERT INTO checkpoints VALUES ('words', 1, 3), ('words', 2, 2), ('places', 1, 3), ('quarantine', 1, 0);
    INSERT INTO rows VALUES ('words', 1, 'a', 'old'), ('words', 2, 'a', 'new'), ('words', 2, 'b', 'newer'), ('places', 1, 'a', '1'),
      ('quarantine', 1, '0000000000000002', '${entry(2)}'), ('quarantine', 1, '0000000000000003', '${entry(3)}');
  `)
  expect(rightOf(await checkSqlite(path)())).toEqual({ rows: 3, findings: [] })
  const { events, rows, close } = rightOf(await openSqlite(path, options)())
  expect(namesOf(await eventsOf(events.readAll()))).toEqual(['one', 'two', 'three'])
  const kept = [...(await promised(rows.kept))].sort((a, b) => (a.name < b.name ? -1 : 1))
  expect(kept).toEqual([
    { name: 'places', version: 1, build: 0, checkpoint: 3, serves: true, quarantined: 2 },
    { name: 'words', version: 2, build: 0, checkpoint: 2, serves: true, quarantined: 1 },
  ])
  const words = { name: 'words', version: 2 }
  expect(rightOf(await rows.list(words, { limit: 9 })())).toEqual([
    { key: 'a', row: 'new' },
    { key: 'b', row: 'newer' },
  ])
  expect(await promised(quarantinedIn(rows, words))).toEqual([JSON.parse(entry(2))])
  expect(leftOf(await rows.get({ name: 'words', version: 1 }, 'a')()).reason).toBe('Superseded')
  rightOf(await close())
  expect(rightOf(await checkSqlite(path)())).toEqual({ rows: 3, findings: [] })
  const again = rightOf(await openSqlite(path, options)())
  expect(rightOf(await again.rows.get(words, 'b')())).toBe('newer')
  rightOf(await again.close())
})

test('a file of the first release without any rows opens as well', async () => {
  const path = ofFirstRelease('')
  const { rows, close } = rightOf(await openSqlite(path, options)())
  expect(await promised(rows.kept)).toEqual([])
  rightOf(await close())
})

test('a process of the first release that has the file open fails from then on, and writes nothing', async () => {
  const path = ofFirstRelease(`INSERT INTO checkpoints VALUES ('words', 1, 3)`)
  const older = new DatabaseSync(path)
  const commit = older.prepare(`INSERT INTO rows VALUES ('words', 1, 'b', 'stray')`)
  const { close } = rightOf(await openSqlite(path, options)())
  expect(() => commit.run()).toThrow('no such table: rows')
  older.close()
  rightOf(await close())
})

test('a row of the file that no store wrote is damage, not a crash', async () => {
  const path = ofFirstRelease(`INSERT INTO checkpoints VALUES ('words', 1, 3)`)
  rightOf(await rightOf(await openSqlite(path, options)()).close())
  const database = new DatabaseSync(path)
  database.exec('UPDATE builds SET checkpoint = -1')
  database.close()
  const { rows, close } = rightOf(await openSqlite(path, options)())
  expect(leftOf(await rows.kept())).toMatchObject({ reason: 'Damaged' })
  expect(leftOf(await rows.checkpoint({ name: 'words', version: 1 })())).toMatchObject({ reason: 'Damaged' })
  rightOf(await close())
})
