// operating-guide.postgres.test.ts: docs/postgresql.md from top to bottom on a server of its own: its SQL, its grants, its commands

import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promised } from '@smagruppe/domain'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { leftOf } from '../contract/case.ts'
import { randomIds } from '../node/index.ts'
import { openPostgresRegister, postgresGrants, postgresVaultGrants } from '../postgres/index.ts'
import { urlWith } from '../postgres/postgres.test-kit.ts'
import { newServer, type Server } from '../postgres/server.test-kit.ts'
import { smagruppe } from './smagruppe.test-kit.ts'

const packages = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(join(packages, '../docs/postgresql.md'), 'utf8')

/** What a reader copies, in order. */
const blocks = [...page.matchAll(/^```(sql|sh|ts)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}))

/** The roles that the page makes, and their passwords. */
const passwords = new Map(
  [...page.matchAll(/^CREATE ROLE (\w+) LOGIN PASSWORD '(.*)';$/gm)].map(([, role = '', password = '']) => [
    role,
    password,
  ]),
)

// Making a server takes a second, on a machine that has nothing else to do.
const startingUp = 120_000

let server: Server
let folder: string
beforeAll(async () => {
  server = await newServer()
  folder = mkdtempSync(join(tmpdir(), 'smagruppe-guide-'))
  symlinkSync(packages, join(folder, 'packages'))
  vi.stubEnv('SMAGRUPPE_STORE', urlOf('smagruppe_app', 'smagruppe'))
  vi.stubEnv('SMAGRUPPE_VAULT', urlOf('smagruppe_app', 'smagruppe_keys'))
}, startingUp)
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.remove()
  rmSync(folder, { recursive: true })
})

const urlOf = (user: string, database: string): string =>
  urlWith({ user, password: passwords.get(user) ?? '', database }, server.url)

const run = async (url: string, text: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Where a block of SQL is run, and by whom, as its first line says. */
const placeOf = (sql: string): string => {
  const [, database = 'postgres', role = ''] = /^-- (?:in (\w+), )?as (?:an administrator|(\w+))\n/.exec(sql) ?? []
  if (!sql.startsWith('-- ')) throw new Error(`Nothing says where to run: ${sql}`)
  return role === '' ? urlWith({ database }, server.url) : urlOf(role, database)
}

// A database is not made in a transaction, which several statements in one query are.
const oneByOne = (sql: string): ReadonlyArray<string> =>
  sql.includes('CREATE DATABASE') ? sql.split(/;\n/).filter((text) => text.trim() !== '') : [sql]

const here = (word: string): string => {
  if (word.startsWith('packages/')) return join(folder, word)
  if (word.endsWith('.db')) return join(folder, word)
  return word.replace(/^postgres:\/\/(\w+)@db\.example\/(\w+)$/, (_, user, database) => urlOf(user, database))
}

test('the page shows what the functions give', () => {
  const shown = (where: string) => blocks.map(({ text }) => text).filter((text) => text.startsWith(`-- ${where}\n`))
  const role = 'smagruppe_app'
  expect(shown('in smagruppe, as smagruppe_owner')).toContain(
    `-- in smagruppe, as smagruppe_owner\n${postgresGrants({ role })}`,
  )
  expect(shown('in smagruppe_keys, as smagruppe_owner')).toEqual([
    `-- in smagruppe_keys, as smagruppe_owner\n${postgresVaultGrants({ role })}`,
  ])
})

const openedBy = (role: string, migrations: 'run' | 'expect') => {
  const [store, vault] = [urlOf(role, 'smagruppe'), urlOf(role, 'smagruppe_keys')]
  return promised(openPostgresRegister(store, { vault, migrations }))
}

/** What the page's function does. */
const migrated = async (): Promise<void> => promised((await openedBy('smagruppe_owner', 'run')).close)

const commanded = async (lines: string): Promise<void> => {
  for (const line of lines.replaceAll('\\\n', '').trim().split('\n')) {
    const [npx, program, ...words] = line.split(/ +/)
    expect([npx, program]).toEqual(['npx', 'smagruppe'])
    expect(await smagruppe(...words.map(here)), line).toMatchObject({ code: 0 })
  }
}

test('its SQL, its function and its commands run from top to bottom', async () => {
  for (const { language, text } of blocks) {
    if (language === 'ts') {
      expect(text).toContain('openPostgresRegister(register, { vault })')
      await migrated()
    } else if (language === 'sh') await commanded(text)
    else for (const statement of oneByOne(text)) await run(placeOf(text), statement)
  }
  // And once more, as in a deployment that has nothing new.
  await migrated()
})

test('afterwards everybody may do what the page says of him, and no more', async () => {
  const app = await openedBy('smagruppe_app', 'expect')
  const data = { doctor: randomIds(), name: 'Kari Nordmann', municipality: null }
  const actor = { id: 'a test', role: 'coordinator' }
  await promised(app.register.execute({ type: 'RegisterDoctor', data }, { actor }))
  await promised(app.register.refresh)
  expect(app.durability).toEqual({ fsync: 'off', full_page_writes: 'on', synchronous_commit: 'on' })
  await promised(app.close)

  const denied = async (user: string, database: string, statement: string) =>
    expect(run(urlOf(user, database), statement), statement).rejects.toThrow(/permission denied|must be owner/)
  await denied('smagruppe_watch', 'smagruppe', 'SELECT data FROM smagruppe.events')
  await denied('smagruppe_watch', 'smagruppe', 'SELECT row FROM smagruppe.build_rows')
  await denied('smagruppe_watch', 'smagruppe', 'SELECT entry FROM smagruppe.build_quarantine')
  await denied('smagruppe_watch', 'smagruppe_keys', 'SELECT')
  await denied('smagruppe_app', 'smagruppe', 'INSERT INTO smagruppe.events DEFAULT VALUES')
  await denied('smagruppe_app', 'smagruppe', 'TRUNCATE smagruppe.events')
  await denied('smagruppe_app', 'smagruppe', 'ALTER TABLE smagruppe.events DISABLE TRIGGER ALL')
  await denied('smagruppe_app', 'smagruppe', 'CREATE SCHEMA mine')
  await denied('smagruppe_app', 'smagruppe_keys', 'DELETE FROM smagruppe_vault.keys')
  // The database of a country that nobody has opened as the owner yet.
  const empty = await openPostgresRegister(urlOf('smagruppe_owner', 'smagruppe_denmark'), { migrations: 'expect' })()
  expect(leftOf(empty)).toMatchObject({ reason: 'Missing' })

  await run(server.url, 'REVOKE TEMPORARY ON DATABASE smagruppe FROM smagruppe_app')
  expect(await smagruppe('check')).toMatchObject({
    code: 1,
    err: expect.stringContaining('permission denied to create temporary tables'),
  })
})
