// postgres-store.postgres.test.ts: the command on PostgreSQL: the same answers, and no password in what it says

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { newDatabase, urlWith } from '../postgres/postgres.test-kit.ts'
import { password } from '../postgres/server.test-kit.ts'
import { smagruppe } from './smagruppe.test-kit.ts'

const pilotYear = fileURLToPath(new URL('../../../examples/pilot-year', import.meta.url))

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('the pilot year gives the expected files, and importing it again adds nothing', async () => {
  const store = await newDatabase()
  const out = folder()
  const ask = ['--store', store, '--as-of', '2024-12-31', '--known-at', '2024-12-31']
  const reports = ['--rejected', join(out, 'rejected.csv'), '--flagged', join(out, 'flagged.csv')]
  const import_ = ['import', join(pilotYear, 'data'), '--store', store, '--rehearse', ...reports]
  const first = await smagruppe(...import_)
  expect(first).toMatchObject({ code: 0 })
  expect(first.out).toContain('832 rows read, 607 events added, 5 rows rejected, 0 flagged.\n')
  for (const [question, file] of [
    ['register', 'group-register.csv'],
    ['topics', 'topic-log.csv'],
    ['points', 'points.csv'],
  ] as const) {
    expect(await smagruppe(question, ...ask, '--csv', join(out, file))).toMatchObject({ code: 0, err: '' })
  }
  const again = await smagruppe(...import_)
  expect(again.out).toContain('832 rows read, 0 events added, 5 rows rejected, 0 flagged.\n')
  expect(readdirSync(out).sort()).toEqual([
    'flagged.csv',
    'group-register.csv',
    'points.csv',
    'rejected.csv',
    'topic-log.csv',
  ])
  for (const name of readdirSync(out)) {
    expect(readFileSync(join(out, name)).equals(readFileSync(join(pilotYear, 'expected', name))), name).toBe(true)
  }
})

test('the vault may be a file, or in another database; another vault is refused', async () => {
  const [store, apart] = [await newDatabase(), await newDatabase()]
  const inFile = ['--vault', join(folder(), 'keys.db')]
  const data = folder()
  writeFileSync(join(data, 'doctors.csv'), 'hpr,name,period_start\n101,Kari Nordmann,2020-01-01\n')
  const at = (schema: string): string => urlWith({ schema }, store)
  expect(await smagruppe('import', data, '--store', at('one'), ...inFile)).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('explain', '101', '--store', at('one'), ...inFile)).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('import', data, '--store', at('two'), '--vault', apart)).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('explain', '101', '--store', at('two'), '--vault', apart)).toMatchObject({ code: 0, err: '' })
  const wrong = await smagruppe('explain', '101', '--store', at('one'), '--vault', apart)
  expect(wrong).toMatchObject({ code: 1, out: '' })
  expect(wrong.err).toContain('is not the vault of')
  expect(wrong.err).not.toContain(password)
})

test('what cannot be opened is told in one line, without the password', async () => {
  const store = await newDatabase()
  for (const [place, message, code] of [
    [store, 'there is no register at postgres://postgres@127.0.0.1', 1],
    [urlWith({ database: 'nowhere' }, store), 'there is no register at postgres://postgres@127.0.0.1', 1],
    [urlWith({ password: `${password}x` }, store), 'check the password', 1],
    [urlWith({ port: 1 }, store), 'no server answers there', 1],
    [urlWith({ schema: 'No Schema' }, store), 'cannot be the name of the schema', 1],
    [store.replace('postgres:', 'mysql:'), 'Name a SQLite file, or a postgres:// URL.', 2],
  ] as const) {
    const { err, ...ran } = await smagruppe('register', '--store', place)
    expect(ran).toEqual({ code, out: '' })
    expect(err).toContain(message)
    expect(err).not.toContain(password)
  }
})
