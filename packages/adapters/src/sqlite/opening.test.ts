// opening.test.ts: a register and its vault, opened and closed as one

import { mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promised } from '@smagruppe/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { randomIds } from '../node/index.ts'
import { openSqliteRegister, vaultBeside } from './opening.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opening-'))
  path = join(folder, 'register.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const withDoctor = async (file: string): Promise<void> => {
  const { register, close } = await promised(openSqliteRegister(file))
  const command = { type: 'RegisterDoctor', data: { doctor: randomIds(), name: 'Kari Nordmann', municipality: null } }
  await promised(register.execute(command, { actor: { id: 'a test', role: 'coordinator' } }))
  await promised(close)
}

test('the vault stands beside the register', async () => {
  expect(vaultBeside('a/register.db')).toBe('a/register.vault.db')
  expect(vaultBeside('a/register')).toBe('a/register.vault.db')
  await withDoctor(path)
  const again = await promised(openSqliteRegister(path, { vault: join(folder, 'register.vault.db') }))
  await promised(again.close)
  await promised(again.close)
})

test('a register whose vault was lost is not opened with a new one', async () => {
  await withDoctor(path)
  unlinkSync(vaultBeside(path))
  expect(await openSqliteRegister(path)()).toMatchObject({
    left: { _tag: 'VaultFailure', reason: 'Foreign', retry: false },
  })
})

test('a register is not opened with another’s vault', async () => {
  await withDoctor(path)
  const other = join(folder, 'other.db')
  await withDoctor(other)
  expect(await openSqliteRegister(path, { vault: vaultBeside(other) })()).toMatchObject({ left: { reason: 'Foreign' } })
})

test('a vault that cannot be opened leaves no register open', async () => {
  expect(await openSqliteRegister(path, { vault: folder })()).toMatchObject({ left: { _tag: 'VaultFailure' } })
  await withDoctor(path)
})
