// copying.test.ts: registers on SQLite copied whole, while others write, and after a kill

import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inspect } from 'node:util'
import { any, commandIdOf, type DoctorId, doctorId, eventIdOf, idOf, promised, uuidOf } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, noon, stream } from '../contract/samples.ts'
import { copyRegister } from '../copying/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import {
  checkSqlite,
  checkSqliteVault,
  openSqlite,
  openSqliteRegister,
  openSqliteSource,
  openSqliteTarget,
  openSqliteVault,
  vaultBeside,
} from './index.ts'
import { inProcess } from './process.test-kit.ts'
import { openSqliteVaultContents } from './vault-contents.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const doctor = (name: string): DoctorId => doctorId(uuidOf('doctor', name))
const [kari, ola] = [doctor('kari'), doctor('ola')]
const place = { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }
const actor = { id: 'a test', role: 'coordinator' }

/** Copies one register to another place, whole. */
const copied = async (from: string, to: string) => {
  const source = rightOf(await openSqliteSource(from)())
  const target = rightOf(await openSqliteTarget(to)())
  const result = await copyRegister(source, target)()
  rightOf(await target.close())
  rightOf(await source.close())
  return result
}

test('a register is copied while others write to it; the copy opens, knows its people, and is sound', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const origin = rightOf(await openSqliteRegister(from)())
  onTestFinished(async () => void (await origin.close()))
  let enlisted = 0
  const enlist = async (): Promise<void> => {
    const data = { doctor: randomIds(), name: `Doctor ${enlisted}`, municipality: null }
    await promised(origin.register.execute({ type: 'RegisterDoctor', data }, { actor }))
    enlisted += 1
  }
  for (let i = 0; i < 40; i += 1) await enlist()
  let copying = true
  const writing = (async () => {
    while (copying) await enlist()
  })()
  const { events } = rightOf(await copied(from, to))
  copying = false
  await writing
  expect(events).toBeGreaterThanOrEqual(40)

  expect(rightOf(await checkSqlite(to)())).toEqual({ rows: events, findings: [] })
  expect(rightOf(await checkSqliteVault(vaultBeside(to))()).findings).toEqual([])
  expect(readdirSync(inside).filter((name) => name.startsWith('copy'))).toEqual(['copy.db', 'copy.vault.db'])
  const copy = rightOf(await openSqliteRegister(to)())
  const log = await eventsOf(copy.events.readAll())
  expect(log).toEqual((await eventsOf(origin.events.readAll())).slice(0, events))
  const people = await promised(copy.register.people(log.map(({ stream }) => doctorId(idOf(stream)))))
  expect([...people.values()].map(({ name }) => name)).toEqual(
    log.map((_, i) => ({ _tag: 'Known', text: `Doctor ${i}` })),
  )
  rightOf(await copy.close())
})

test('a copy that is killed goes on where it was when it is made again', { timeout: 60_000 }, async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const origin = rightOf(await openSqlite(from, { clock: systemClock })())
  const names = Array.from({ length: 3_000 }, (_, i) => `${i}`)
  await Promise.all(names.map((name, i) => appended(origin.events, stream(`of ${i % 40}`), any, event(name))))
  const log = await eventsOf(origin.events.readAll())
  rightOf(await origin.close())
  rightOf(await rightOf(await openSqliteVault(vaultBeside(from))()).close())

  for (const killedAt of [500, 1_000, 1_500]) {
    const killed = inProcess(`
      import { copyRegister } from ${JSON.stringify(new URL('../copying/index.ts', import.meta.url).href)}
      import { openSqliteSource, openSqliteTarget } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const source = rightOf(await openSqliteSource(${JSON.stringify(from)})())
      const target = rightOf(await openSqliteTarget(${JSON.stringify(to)})())
      const onProgress = ({ step, events }) => step === 'copying' && events >= ${killedAt} && process.kill(process.pid, 'SIGKILL')
      rightOf(await copyRegister(source, target, { onProgress })())
    `)
    await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' })
    expect(rightOf(await checkSqlite(to)())).toEqual({ rows: killedAt, findings: [] })
  }

  expect(rightOf(await copied(from, to))).toEqual({ events: 3_000, added: 1_500, persons: 0, claims: 'in step' })
  const copy = rightOf(await openSqlite(to, { clock: systemClock })())
  expect(await eventsOf(copy.events.readAll())).toEqual(log)
  rightOf(await copy.close())
})

/** A register of no events whose vault has sealed and claimed something. */
const withVault = async (path: string) => {
  rightOf(await rightOf(await openSqlite(path, { clock: () => noon })()).close())
  const vault = rightOf(await openSqliteVault(vaultBeside(path))())
  onTestFinished(async () => void (await vault.close()))
  const [ofKari, ofOla] = [
    rightOf(await vault.seal(kari, place, 'Kari')()),
    rightOf(await vault.seal(ola, place, 'Ola')()),
  ]
  rightOf(await vault.claim('1', kari)())
  rightOf(await vault.claim('2', ola)())
  return { vault, ofKari, ofOla }
}

test('a copied vault opens what the first one sealed; what was destroyed or given up since is so in the next copy', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const { vault, ofKari, ofOla } = await withVault(from)
  expect(await copied(from, to)).toEqual(right({ events: 0, added: 0, persons: 2, claims: 'in step' }))
  const first = rightOf(await openSqliteVault(vaultBeside(to))())
  expect(await first.reveal(ofKari)()).toEqual(right({ _tag: 'Known', text: 'Kari' }))
  expect([rightOf(await first.holderOf('1')()), rightOf(await first.holderOf('2')())]).toEqual([kari, ola])
  rightOf(await first.close())

  rightOf(await vault.release('2', ola)())
  const raw = new DatabaseSync(vaultBeside(from))
  raw.exec(`UPDATE keys SET key = NULL, destroyed_at = '2024-01-01T00:00:00.000Z' WHERE person = '${kari}'`)
  raw.close()
  expect(await copied(from, to)).toEqual(right({ events: 0, added: 0, persons: 2, claims: 'in step' }))
  const second = rightOf(await openSqliteVault(vaultBeside(to))())
  expect(await second.reveal(ofKari)()).toEqual(right({ _tag: 'Forgotten' }))
  expect(await second.reveal(ofOla)()).toEqual(right({ _tag: 'Known', text: 'Ola' }))
  expect([rightOf(await second.holderOf('1')()), rightOf(await second.holderOf('2')())]).toEqual([kari, null])
  rightOf(await second.close())
  expect(rightOf(await checkSqliteVault(vaultBeside(to))())).toEqual({ rows: 2, findings: [] })
})

test('a vault that keeps something else is refused and left as it is; one that was opened but never used is taken', async () => {
  const inside = folder()
  const [from, to, third] = [join(inside, 'register.db'), join(inside, 'other.db'), join(inside, 'third.db')]
  await withVault(from)
  const { vault, ofKari } = await withVault(to)
  expect(leftOf(await copied(from, to))).toEqual({
    _tag: 'VaultFailure',
    reason: 'Foreign',
    message:
      'the vault of the target is in use, and is no earlier state of the vault to be copied: name another file for it, or a new one to be made',
    retry: false,
  })
  const [wanted, other] = [
    rightOf(await openSqliteVaultContents(vaultBeside(from))()),
    rightOf(await openSqliteVaultContents(vaultBeside(to))()),
  ]
  const contents = rightOf(await wanted.contents())
  if (contents === null) throw new Error('the vault was used')
  expect(leftOf(await other.become(contents)())).toMatchObject({
    reason: 'Foreign',
    message: `${vaultBeside(to)} keeps keys or claims that the vault to be copied does not: name another file, or a new one to be made`,
  })
  rightOf(await wanted.close())
  rightOf(await other.close())
  expect(await vault.reveal(ofKari)()).toEqual(right({ _tag: 'Known', text: 'Kari' }))

  rightOf(await rightOf(await openSqliteVault(vaultBeside(third))()).close())
  expect(rightOf(await copied(from, third)).persons).toBe(2)
})

test('an erased person does not come back from the source of an older copy', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const { ofKari } = await withVault(from)
  rightOf(await copied(from, to))
  const raw = new DatabaseSync(vaultBeside(to))
  raw.exec(`UPDATE keys SET key = NULL, destroyed_at = '2024-01-01T00:00:00.000Z' WHERE person = '${kari}'`)
  raw.close()
  expect(leftOf(await copied(from, to))).toMatchObject({ _tag: 'VaultFailure', reason: 'Foreign' })
  const copy = rightOf(await openSqliteVault(vaultBeside(to))())
  expect(await copy.reveal(ofKari)()).toEqual(right({ _tag: 'Forgotten' }))
  rightOf(await copy.close())
})

test('printing what a vault keeps shows nothing of it', async () => {
  const path = join(folder(), 'register.db')
  await withVault(path)
  const opened = rightOf(await openSqliteVaultContents(vaultBeside(path))())
  const contents = rightOf(await opened.contents())
  expect(JSON.stringify(contents)).toBe('{}')
  expect(inspect(contents, { depth: null, showHidden: true })).not.toMatch(/secret|keys|claims|Uint8Array/)
  rightOf(await opened.close())
})

test('a source that is missing, whole or in part, or whose vault is another’s, is refused and nothing is made', async () => {
  const inside = folder()
  const path = join(inside, 'register.db')
  const missing = (_tag: string, name: string, file: string) => ({
    _tag,
    reason: 'Missing',
    message: `there is no ${name} at ${file}: name the file`,
    retry: false,
  })
  expect(leftOf(await openSqliteSource(path)())).toEqual(missing('StoreFailure', 'register', path))
  expect(readdirSync(inside)).toEqual([])
  // An empty file is nothing yet.
  writeFileSync(path, '')
  expect(leftOf(await openSqliteSource(path)())).toEqual(missing('StoreFailure', 'register', path))
  expect([readdirSync(inside), statSync(path).size]).toEqual([['register.db'], 0])
  const origin = rightOf(await openSqliteRegister(path)())
  const data = { doctor: kari, name: 'Kari Nordmann', municipality: null }
  await promised(origin.register.execute({ type: 'RegisterDoctor', data }, { actor }))
  await promised(origin.close)
  const elsewhere = join(inside, 'elsewhere.db')
  const noVault = missing('VaultFailure', 'vault', elsewhere)
  expect(leftOf(await openSqliteSource(path, { vault: elsewhere })())).toEqual(noVault)
  expect(existsSync(elsewhere)).toBe(false)
  writeFileSync(elsewhere, '')
  expect(leftOf(await openSqliteSource(path, { vault: elsewhere })())).toEqual(noVault)
  expect(statSync(elsewhere).size).toBe(0)
  rightOf(await rightOf(await openSqliteVault(elsewhere)()).close())
  expect(leftOf(await openSqliteSource(path, { vault: elsewhere })())).toMatchObject({ reason: 'Foreign' })
})

test('a target that cannot be opened leaves nothing open', async () => {
  const inside = folder()
  const path = join(inside, 'register.db')
  expect(leftOf(await openSqliteTarget(inside)())).toMatchObject({ _tag: 'StoreFailure', reason: 'Foreign' })
  expect(leftOf(await openSqliteTarget(path, { vault: inside })())).toMatchObject({ _tag: 'VaultFailure' })
  // Whoever closes last leaves one file.
  expect(readdirSync(inside)).toEqual(['register.db'])
})

test('a copy that was broken off before its vault came is not opened as a register', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const origin = rightOf(await openSqliteRegister(from)())
  const data = { doctor: kari, name: 'Kari Nordmann', municipality: null }
  await promised(origin.register.execute({ type: 'RegisterDoctor', data }, { actor }))
  await promised(origin.close)
  copyFileSync(from, to)
  expect(leftOf(await openSqliteRegister(to)())).toMatchObject({ _tag: 'VaultFailure', reason: 'Foreign' })
  expect(rightOf(await copied(from, to))).toEqual({ events: 1, added: 0, persons: 1, claims: 'in step' })
  rightOf(await rightOf(await openSqliteRegister(to)()).close())
  expect(readFileSync(to).includes('Nordmann')).toBe(false)
})
