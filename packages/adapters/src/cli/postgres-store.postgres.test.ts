// postgres-store.postgres.test.ts: the command on PostgreSQL: the same answers, and no password in what it says

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endOf, type Instant, later, legalDate, openRegister, oslo, promised, theBeginning } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { importFolder } from '../csv/index.ts'
import { memoryEventStore, memoryProjectionStore, memoryVault } from '../memory/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import { newDatabase, rawSql, urlWith } from '../postgres/postgres.test-kit.ts'
import { password } from '../postgres/server.test-kit.ts'
import { answerSheets } from './answer-sheets.ts'
import { writeCsv } from './output.ts'
import { importedBy, smagruppe } from './smagruppe.test-kit.ts'

const pilotYear = fileURLToPath(new URL('../../../examples/pilot-year', import.meta.url))

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

const files = ['flagged.csv', 'group-register.csv', 'points.csv', 'rejected.csv', 'topic-log.csv']

/** The pilot year by the command, into files; imported once more, which adds nothing. */
const byCommand = async (store: string): Promise<string> => {
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
  return out
}

/** The pilot year in memory, where there is no command, into files. */
const inMemory = async (): Promise<string> => {
  const out = folder()
  let earliest = theBeginning
  const now = () => later(earliest, systemClock())
  const events = memoryEventStore({ clock: now })
  const ports = { events, rows: memoryProjectionStore(), vault: memoryVault(), now, newId: randomIds }
  const register = openRegister(ports)
  const rehearse = (until: Instant): void => {
    earliest = until
  }
  const { rejections, flags } = await promised(importFolder(register, join(pilotYear, 'data'), { rehearse }))
  const noted = (rows: typeof rejections | typeof flags) => ({
    header: ['file', 'row', 'column', 'code', 'reason'],
    rows: rows.map(({ file, row, column, code, reason }) => [file, String(row), column, code, reason]),
  })
  const end = legalDate('2024-12-31')
  const answers = await promised(answerSheets(register, { effectiveThrough: end, asKnownAt: endOf(oslo, end) }))
  for (const [file, sheet] of [
    ['rejected.csv', noted(rejections)],
    ['flagged.csv', noted(flags)],
    ['points.csv', answers.points],
    ['group-register.csv', answers.groupRegister],
    ['topic-log.csv', answers.topicLog],
  ] as const)
    rightOf(await writeCsv(join(out, file), sheet))
  return out
}

test('the pilot year gives the same files in memory, in SQLite and in PostgreSQL, byte for byte', async () => {
  const ways: Readonly<Record<string, () => Promise<string>>> = {
    memory: inMemory,
    SQLite: () => byCommand(join(folder(), 'register.db')),
    PostgreSQL: async () => byCommand(await newDatabase()),
  }
  for (const [kind, way] of Object.entries(ways)) {
    const out = await way()
    expect(readdirSync(out).sort(), kind).toEqual(files)
    for (const name of files) {
      const same = readFileSync(join(out, name)).equals(readFileSync(join(pilotYear, 'expected', name)))
      expect(same, `${name} of ${kind}`).toBe(true)
    }
  }
})

test('every command works on a server: copying there and back, checking, building read models anew', async () => {
  const [{ folder: inside, store }, url] = [await importedBy(), await newDatabase()]
  const shown = urlWith({ password: '' }, url)
  const back = join(inside, 'back.db')
  const there = await smagruppe('copy', store, url)
  expect(there).toMatchObject({ code: 0, err: '' })
  expect(there.out).not.toContain(password)
  const words = ['--as-of', '2024-12-31', '--known-at', '2100-01-01', '--json']
  for (const question of ['points', 'register', 'topics'])
    expect(await smagruppe(question, ...words, '--store', url)).toEqual(
      await smagruppe(question, ...words, '--store', store),
    )
  const explained = await smagruppe('explain', '101', ...words, '--store', url)
  expect(explained).toEqual(await smagruppe('explain', '101', ...words, '--store', store))

  const checked = await smagruppe('check', '--store', url, '--json')
  expect(checked).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(checked.out)).toEqual({
    register: { place: shown, events: expect.any(Number), findings: [] },
    vault: { place: `${shown}?schema=smagruppe_vault`, keys: expect.any(Number), findings: [] },
    durability: { fsync: 'off', full_page_writes: 'on', synchronous_commit: 'on' },
  })
  expect(await smagruppe('projections', 'rebuild', '--store', url)).toMatchObject({ code: 0, err: '' })
  const standing = await smagruppe('projections', 'status', '--store', url, '--json')
  expect(standing).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('points', ...words, '--store', url)).toEqual(
    await smagruppe('points', ...words, '--store', store),
  )

  expect(await smagruppe('copy', url, back, '--json')).toMatchObject({ code: 0, err: '' })
  const whole = await smagruppe('copy', store, back, '--json')
  expect(JSON.parse(whole.out)).toMatchObject({ added: 0 })
  const keys = join(inside, 'keys.db')
  const other = urlWith({ schema: 'other' }, url)
  expect(await smagruppe('copy', url, other, '--to-vault', keys)).toMatchObject({ code: 0, err: '' })
  expect(await smagruppe('check', '--store', other, '--vault', keys)).toMatchObject({ code: 0, err: '' })

  const { run } = await rawSql(url)
  await run('ALTER TABLE smagruppe.events DISABLE TRIGGER events_are_never_rewritten')
  const found = await smagruppe('check', '--store', url)
  expect(found).toMatchObject({ code: 1, err: expect.stringContaining('one finding') })
  expect(found.out).toContain('Schema: the trigger events.events_are_never_rewritten was altered')
  const missing = await smagruppe('copy', urlWith({ schema: 'nowhere' }, url), join(inside, 'none.db'))
  expect(missing).toMatchObject({ code: 1, out: '', err: expect.stringContaining('there is no register here') })
  expect(missing.err).not.toContain(password)
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

test('a register whose vault is gone is told so, and is not told to be missing itself', async () => {
  const store = await newDatabase()
  const data = folder()
  writeFileSync(join(data, 'doctors.csv'), 'hpr,name,period_start\n101,Kari Nordmann,2020-01-01\n')
  expect(await smagruppe('import', data, '--store', store)).toMatchObject({ code: 0, err: '' })
  const { run } = await rawSql(store)
  await run('DROP SCHEMA smagruppe_vault CASCADE')
  const { err, ...ran } = await smagruppe('points', '--store', store)
  expect(ran).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^smagruppe: .+ schema smagruppe_vault: there is no vault here; open it once as the owner/)
  expect(err).not.toContain(password)
  expect(await run(`SELECT 1 FROM pg_namespace WHERE nspname = 'smagruppe_vault'`)).toEqual([])
})

test('what cannot be opened is told in one line, without the password', async () => {
  const store = await newDatabase()
  for (const [place, message, code] of [
    [store, 'there is no register at postgres://postgres@127.0.0.1', 1],
    [urlWith({ database: 'nowhere' }, store), 'there is no register at postgres://postgres@127.0.0.1', 1],
    [urlWith({ password: `${password}x` }, store), 'check the password', 1],
    [urlWith({ port: 1 }, store), 'no server answers there', 1],
    [urlWith({ schema: 'No Schema' }, store), 'cannot be the name of the schema', 1],
    [store.replace('postgres:', 'mysql:'), 'Name a SQLite file, or a postgres:// or esdb:// URL.', 2],
  ] as const) {
    const { err, ...ran } = await smagruppe('register', '--store', place)
    expect(ran).toEqual({ code, out: '' })
    expect(err).toContain(message)
    expect(err).not.toContain(password)
  }
})
