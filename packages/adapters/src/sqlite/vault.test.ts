// vault.test.ts: what the vault on SQLite promises beyond the contract: its file, races, destroyed keys, randomness

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { commandIdOf, DoctorId, eventIdOf, noStream, uuidOf } from '@smagruppe/domain'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from './index.ts'

const doctor = (name: string): DoctorId => {
  const id = uuidOf('doctor', name)
  if (!DoctorId.is(id)) throw new Error('uuidOf gave no UUID')
  return id
}
const [kari, ola] = [doctor('kari'), doctor('ola')]
const place = { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const openVault = async (path: string) => {
  const vault = rightOf(await openSqliteVault(path)())
  onTestFinished(async () => void (await vault.close()))
  return vault
}

test('a vault opened again, or twice, is the same vault', async () => {
  const path = join(folder(), 'vault.sqlite')
  const first = await openVault(path)
  const sealed = rightOf(await first.seal(kari, place, 'Kari Nordmann')())
  rightOf(await first.claim('9144900', kari)())
  rightOf(await first.close())
  const [one, other] = [await openVault(path), await openVault(path)]
  for (const vault of [one, other]) {
    expect(rightOf(await vault.reveal(sealed)())).toEqual({ _tag: 'Known', text: 'Kari Nordmann' })
    expect(rightOf(await vault.seal(kari, place, 'Kari Nordmann')())).toEqual(sealed)
    expect(rightOf(await vault.holderOf('9144900')())).toBe(kari)
    expect(rightOf(await vault.claim('9144900', ola)())).toBe(kari)
  }
})

test('two connections that race agree on every key and every holder', async () => {
  const path = join(folder(), 'vault.sqlite')
  const vaults = [await openVault(path), await openVault(path)]
  const persons = Array.from({ length: 20 }, (_, i) => doctor(`racer ${i}`))
  const boxes = await Promise.all(
    persons.flatMap((person) => vaults.map((vault) => vault.seal(person, place, 'text')())),
  )
  expect(new Set(boxes.map((box) => rightOf(box).sealed.box)).size).toBe(20)
  const holders = await Promise.all(
    persons.flatMap((_, i) => vaults.map((vault, v) => vault.claim(`number ${i}`, v === 0 ? kari : ola)())),
  )
  for (let i = 0; i < 20; i += 1) expect(holders[2 * i]).toEqual(holders[2 * i + 1])
})

test('clear text is nowhere but in the mind of who holds both files', async () => {
  const inside = folder()
  const register = rightOf(await openSqlite(join(inside, 'register.sqlite'), { clock: systemClock })())
  const vault = await openVault(join(inside, 'vault.sqlite'))
  const { sealed } = rightOf(await vault.seal(kari, place, 'Kari Nordmann')())
  rightOf(await vault.claim('9144900', kari)())
  await appended(
    register.events,
    stream('doctor'),
    noStream,
    event('first', { data: JSON.stringify({ name: { sealed } }) }),
  )
  const search = (): void => {
    for (const name of readdirSync(inside)) {
      const bytes = readFileSync(join(inside, name))
      for (const clear of ['Nordmann', 'Kari', '9144900'])
        expect(bytes.includes(clear), `${clear} in ${name}`).toBe(false)
    }
  }
  search()
  rightOf(await register.close())
  rightOf(await vault.close())
  search()
})

test('a person whose key was destroyed is forgotten, and SQL from elsewhere makes no other key', async () => {
  const path = join(folder(), 'vault.sqlite')
  const vault = await openVault(path)
  const sealed = rightOf(await vault.seal(kari, place, 'Kari')())
  rightOf(await vault.seal(ola, place, 'Ola')())
  const raw = new DatabaseSync(path)
  onTestFinished(() => raw.close())
  expect(() => raw.exec(`UPDATE keys SET key = randomblob(32)`)).toThrow('never changed otherwise')
  expect(() => raw.exec('DELETE FROM keys')).toThrow('never deleted')
  raw.exec(`UPDATE keys SET key = NULL, destroyed_at = '2024-01-01T00:00:00.000Z' WHERE person = '${kari}'`)
  expect(rightOf(await vault.reveal(sealed)())).toEqual({ _tag: 'Forgotten' })
  expect(leftOf(await vault.seal(kari, place, 'Kari')()).message).toContain('destroyed')
  expect(() => raw.exec(`UPDATE keys SET key = randomblob(32), destroyed_at = NULL`)).toThrow('destroyed once')
  expect(() => raw.exec(`INSERT OR REPLACE INTO keys VALUES ('${kari}', randomblob(32), NULL)`)).toThrow(
    'had a key already',
  )
  expect(rightOf(await vault.seal(ola, place, 'Ola')()).sealed.person).toBe(ola)
})

test('a vault is readable for its owner alone', async () => {
  const inside = folder()
  const vault = await openVault(join(inside, 'vault.sqlite'))
  rightOf(await vault.seal(kari, place, 'Kari')())
  const names = readdirSync(inside)
  expect(names.length).toBe(3)
  for (const name of names) expect(statSync(join(inside, name)).mode & 0o777, name).toBe(0o600)
})

test('keys come from the randomness that is given', async () => {
  const asked: number[] = []
  const vault = rightOf(
    await openSqliteVault(join(folder(), 'vault.sqlite'), {
      randomBytes: (length) => {
        asked.push(length)
        return new Uint8Array(length).fill(asked.length)
      },
    })(),
  )
  rightOf(await vault.seal(kari, place, 'Kari')())
  expect(asked).toEqual([32, 32])
  rightOf(await vault.close())
})

test('after closing, every call says so, and closing again does nothing', async () => {
  const vault = await openVault(join(folder(), 'vault.sqlite'))
  const sealed = rightOf(await vault.seal(kari, place, 'Kari')())
  rightOf(await vault.close())
  rightOf(await vault.close())
  for (const answer of [
    await vault.seal(kari, place, 'Kari')(),
    await vault.reveal(sealed)(),
    await vault.holderOf('9144900')(),
    await vault.claim('9144900', kari)(),
  ]) {
    expect(answer).toMatchObject({ _tag: 'Left', left: { _tag: 'VaultFailure', reason: 'Closed', retry: false } })
  }
})
