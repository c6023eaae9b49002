// environment.test.ts: what the environment says where the command line says nothing, and the rest of the help

import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { folderWith } from '../csv/sheets.test-kit.ts'
import { importedBy, smagruppe, tooLong } from './smagruppe.test-kit.ts'

afterEach(() => vi.unstubAllEnvs())

const yearEnd = ['--as-of', '2024-12-31', '--known-at', '2024-12-31']

describe('the environment', () => {
  test('SMAGRUPPE_STORE names the register', async () => {
    const { store } = await importedBy()
    vi.stubEnv('SMAGRUPPE_STORE', store)
    expect((await smagruppe('points', ...yearEnd)).out).toContain('\n4 doctors; ')
    expect(await smagruppe('points', '--store', '/no/such/register.db')).toMatchObject({ code: 1, out: '' })
  })

  test('SMAGRUPPE_VAULT names its vault, and no other register’s', async () => {
    const { folder, store } = await importedBy()
    const other = await importedBy()
    const vault = join(folder, 'elsewhere.vault.db')
    renameSync(store.replace(/\.db$/, '.vault.db'), vault)
    vi.stubEnv('SMAGRUPPE_STORE', store)
    vi.stubEnv('SMAGRUPPE_VAULT', vault)
    expect((await smagruppe('points', ...yearEnd)).out).toContain('Kari Nordmann')
    expect((await smagruppe('points', '--store', other.store, ...yearEnd)).out).toContain('Kari Nordmann')
    expect((await smagruppe('points', '--store', store, '--vault', vault, ...yearEnd)).code).toBe(0)
  })

  test('SMAGRUPPE_LANG names the language; what it says must be one', async () => {
    const { store } = await importedBy()
    vi.stubEnv('SMAGRUPPE_LANG', 'nb')
    expect((await smagruppe('points', '--store', store, ...yearEnd)).out).toMatch(/^Poeng per/)
    expect((await smagruppe('points', '--store', store, ...yearEnd, '--lang', 'en')).out).toMatch(/^Points on/)
    vi.stubEnv('SMAGRUPPE_LANG', 'da')
    const { code, err } = await smagruppe('points', '--store', store)
    expect(code).toBe(2)
    expect(err).toMatch(/^smagruppe: .*'da' from env 'SMAGRUPPE_LANG' is invalid\. Allowed choices are en, nb\./)
  })
})

describe('the help', () => {
  test('of a question names defaults, the environment, examples and exit codes', async () => {
    const { out } = await smagruppe('explain', '--help')
    const words = out.replace(/\s+/g, ' ')
    expect(words).toContain('(default: "smagruppe.db", env: SMAGRUPPE_STORE)')
    expect(words).toContain('(env: SMAGRUPPE_VAULT)')
    expect(words).toContain('(choices: "en", "nb", default: "en", env: SMAGRUPPE_LANG)')
    expect(words).toContain('Examples: smagruppe explain 4618619 --store register.db ')
    expect(words).toMatch(/Exit codes: 0 done 1 .* 2 .* 130 interrupted/)
    expect(tooLong(out)).toEqual([])
  })

  test('an unknown command or option gets the one that was probably meant', async () => {
    expect((await smagruppe('exlain')).err).toContain("smagruppe: unknown command 'exlain'\n(Did you mean explain?)")
    expect((await smagruppe('points', '--jsn')).err).toContain('(Did you mean --json?)')
  })

  test('--version prints the package’s own', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await smagruppe('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })
})

test('an empty file is no register yet, and a question does not make one of it', async () => {
  const store = join(folderWith({}), 'empty.db')
  writeFileSync(store, '')
  expect(await smagruppe('points', '--store', store)).toEqual({
    code: 1,
    out: '',
    err: `smagruppe: there is no register at ${store}; make one with: smagruppe import DIR --store ${store}\n`,
  })
  expect(statSync(store).size).toBe(0)
})
