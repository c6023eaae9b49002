// copy-vault.test.ts: the vault of a copy: refused in time, in step with the log, and never the source's own

import { linkSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type DoctorId, doctorId, parseHprNumber, promised, type Receipt } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { eventsOf } from '../contract/samples.ts'
import { memoryEventStore } from '../memory/index.ts'
import { randomIds, systemClock } from '../node/index.ts'
import {
  openSqliteRegister,
  openSqliteSource,
  openSqliteTarget,
  openSqliteVault,
  type SqliteCopyOptions,
  vaultBeside,
} from '../sqlite/index.ts'
import { type CopySource, copyRegister } from './index.ts'

const by = { actor: { id: 'a test', role: 'coordinator' } }
const foreign = { _tag: 'VaultFailure', reason: 'Foreign', retry: false }

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const open = async (path: string) => {
  const opened = rightOf(await openSqliteRegister(path)())
  onTestFinished(async () => void (await opened.close()))
  const execute = (type: string, data: object): Promise<Receipt> =>
    promised(opened.register.execute({ type, data }, by))
  const enlist = async (): Promise<DoctorId> => {
    const doctor = doctorId(randomIds())
    await execute('RegisterDoctor', { doctor, name: 'A doctor', municipality: null })
    return doctor
  }
  return { ...opened, execute, enlist }
}

/** A register with one doctor in it. */
const madeAt = async (path: string): Promise<void> => {
  const { enlist, close } = await open(path)
  await enlist()
  rightOf(await close())
}

const copied = async (
  from: string,
  to: string,
  options: SqliteCopyOptions = {},
  changed: (source: CopySource) => CopySource = (source) => source,
) => {
  const source = rightOf(await openSqliteSource(from)())
  const target = rightOf(await openSqliteTarget(to, options)())
  const result = await copyRegister(changed(source), target)()
  rightOf(await target.close())
  rightOf(await source.close())
  return result
}

/** A source in whose register something is done each time just before its vault is read. */
const whileCopying =
  (happens: (time: number) => Promise<unknown>) =>
  (source: CopySource): CopySource => {
    let time = 0
    const contents = async () => {
      time += 1
      await happens(time)
      return source.vault.contents()
    }
    return { ...source, vault: { ...source.vault, contents } }
  }

const eventsAt = (path: string): unknown => {
  const raw = new DatabaseSync(path)
  const [row] = raw.prepare('SELECT count(*) AS events FROM events').all()
  raw.close()
  return row?.events
}

test('a copy whose vault is refused adds nothing to the log of a backup, which opens as before', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'backup.db')]
  await madeAt(from)
  rightOf(await copied(from, to))
  const raw = new DatabaseSync(vaultBeside(to))
  raw.exec("UPDATE keys SET key = NULL, destroyed_at = '2024-01-01T00:00:00.000Z'")
  raw.close()
  await madeAt(from)
  expect(leftOf(await copied(from, to))).toMatchObject(foreign)
  expect(eventsAt(to)).toBe(1)
  rightOf(await rightOf(await openSqliteRegister(to)()).close())
})

test('a copy to the vault of another register leaves that as it is, and its own log empty', async () => {
  const inside = folder()
  const [from, other, to] = [join(inside, 'register.db'), join(inside, 'other.db'), join(inside, 'copy.db')]
  await madeAt(from)
  await madeAt(other)
  expect(leftOf(await copied(from, to, { vault: vaultBeside(other) }))).toMatchObject(foreign)
  expect(eventsAt(to)).toBe(0)
  rightOf(await rightOf(await openSqliteRegister(other)()).close())
})

test('a source whose vault was never used is copied to none that is in use', async () => {
  const inside = folder()
  const [unused, used] = [join(inside, 'unused.db'), join(inside, 'used.db')]
  const source: CopySource = {
    events: memoryEventStore({ clock: systemClock }),
    vault: { contents: async () => right(null), become: () => async () => right(undefined) },
    places: [],
    close: async () => right(undefined),
  }
  const vault = rightOf(await openSqliteVault(vaultBeside(used))())
  rightOf(await vault.claim('1', doctorId(randomIds()))())
  rightOf(await vault.close())
  for (const [path, expected] of [
    [unused, right({ events: 0, added: 0, persons: 0, claims: 'in step' })],
    [used, { _tag: 'Left', left: expect.objectContaining(foreign) }],
  ] as const) {
    const target = rightOf(await openSqliteTarget(path)())
    expect(await copyRegister(source, target)()).toEqual(expected)
    rightOf(await target.close())
  }
})

test('a register is not copied onto itself, nor its vault, by whatever name', async () => {
  const inside = folder()
  const from = join(inside, 'register.db')
  await madeAt(from)
  const [linked, twin] = [join(inside, 'linked.db'), join(inside, 'twin.vault.db')]
  symlinkSync(from, linked)
  linkSync(vaultBeside(from), twin)
  for (const [to, vault] of [
    [from, vaultBeside(from)],
    [join(inside, '..', basename(inside), 'register.db'), join(inside, 'new.vault.db')],
    [linked, join(inside, 'new.vault.db')],
    [join(inside, 'new.db'), twin],
  ] as const) {
    expect(leftOf(await copied(from, to, { vault }))).toEqual({
      _tag: 'NotACopy',
      message: 'the target, or its vault, is the source itself: name another target',
    })
  }
  expect(eventsAt(from)).toBe(1)
})

test('a number that is claimed or given up while the vault is copied is so in the log of the copy too', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const { execute, enlist } = await open(from)
  const [kari, ola] = [await enlist(), await enlist()]
  const claim = await execute('ClaimHpr', { doctor: kari, hpr: '1' })
  // The vault is read once before anything is written, and then after the log.
  const busy = whileCopying(async (time) => {
    const retraction = { stream: claim.stream, corrects: claim.events[0], reason: 'a slip' }
    if (time === 2) await execute('RetractFact', retraction)
    if (time === 3) await execute('ClaimHpr', { doctor: ola, hpr: '2' })
  })
  expect(await copied(from, to, {}, busy)).toEqual(right({ events: 5, added: 5, persons: 2, claims: 'in step' }))

  const { register } = await open(to)
  const known = (text: string) => ({ _tag: 'Known', text })
  const people = await promised(register.people([kari, ola]))
  expect([...people.values()].map(({ hpr }) => hpr)).toEqual([null, known('2')])
  const holders = ['1', '2'].map((text) => {
    const number = parseHprNumber(text)
    if (number._tag === 'None') throw new RangeError(text)
    return promised(register.doctorWithHpr(number.value))
  })
  expect(await Promise.all(holders)).toEqual([null, ola])
})

test('where doctors are written about all the while, the copy ends and says so; made again in peace it is in step', async () => {
  const inside = folder()
  const [from, to] = [join(inside, 'register.db'), join(inside, 'copy.db')]
  const { events, enlist } = await open(from)
  const result = rightOf(await copied(from, to, {}, whileCopying(enlist)))
  const total = (await eventsOf(events.readAll())).length
  expect(result).toEqual({ events: total - 1, added: total - 1, persons: total, claims: 'later' })
  expect(rightOf(await copied(from, to))).toEqual({ events: total, added: 1, persons: total, claims: 'in step' })
})
