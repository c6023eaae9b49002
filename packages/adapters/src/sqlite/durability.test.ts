// durability.test.ts: the settings that a commit needs to survive, and what is done where one does not hold

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promised } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf } from '../contract/case.ts'
import { makeDurable } from './durability.ts'
import { openSqliteRegister } from './index.ts'

const file = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'register.db')
}

const promisedSettings = { journal_mode: 'wal', synchronous: 2, fullfsync: 1, checkpoint_fullfsync: 1 }

test('an embedder is told the settings that its register was opened with', async () => {
  const { durability, close } = await promised(openSqliteRegister(file()))
  expect(durability).toEqual(promisedSettings)
  await promised(close)
})

test('settings that somebody had turned down are turned up again, and read back', () => {
  const path = file()
  const database = new DatabaseSync(path)
  onTestFinished(() => database.close())
  database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; CREATE TABLE t (a)')
  expect(makeDurable(database, path)).toEqual(right(promisedSettings))
  const found = Object.keys(promisedSettings).map((name) => [name, database.prepare(`PRAGMA ${name}`).get()?.[name]])
  expect(Object.fromEntries(found)).toEqual(promisedSettings)
})

test('where no write-ahead log can be kept the file is refused', () => {
  const database = new DatabaseSync(':memory:')
  onTestFinished(() => database.close())
  expect(leftOf(makeDurable(database, 'a file'))).toEqual({
    _tag: 'StoreFailure',
    reason: 'Unsupported',
    message: 'a file: journal_mode stays at memory where wal was asked for; name a file on a local disk',
    retry: false,
  })
})
