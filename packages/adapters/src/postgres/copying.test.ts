// copying.test.ts: registers copied between SQLite and PostgreSQL, both ways, whatever happens on the way

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  any,
  commandIdOf,
  type DoctorId,
  doctorId,
  type EventStore,
  eventIdOf,
  exactly,
  noStream,
  promised,
  revision,
  type StoredEvent,
  uuidOf,
} from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, inject, onTestFinished, test } from 'vitest'
import { leftOf, rightOf } from '../contract/case.ts'
import { appended, event, eventsOf, namesOf, noon, secondsAfter, stream } from '../contract/samples.ts'
import { type CopySource, copyRegister, keepTheSame } from '../copying/index.ts'
import { openSqliteRegister, openSqliteSource, openSqliteTarget } from '../sqlite/index.ts'
import {
  checkPostgres,
  checkPostgresVault,
  openPostgresRegister,
  openPostgresSource,
  openPostgresTarget,
  openPostgresVault,
} from './index.ts'
import { newDatabase, rawSql } from './postgres.test-kit.ts'

const doctor = (name: string): DoctorId => doctorId(uuidOf('doctor', name))
const actor = { id: 'a test', role: 'coordinator' }
const [ours, theirs] = [stream('ours'), stream('theirs', 'session')]

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** Positions are each store's own. */
const withoutPositions = async (events: EventStore): Promise<ReadonlyArray<Omit<StoredEvent, 'position'>>> =>
  (await eventsOf(events.readAll())).map(({ position, ...event }) => event)

/** Some doctors by name and number, one of whom gave the number up; and events of other times. */
const original = async (path: string, doctors: number): Promise<void> => {
  let now = noon
  const clock = () => {
    now = secondsAfter(now, 1)
    return now
  }
  const { register, events, vault, close } = rightOf(await openSqliteRegister(path, { clock })())
  for (let i = 0; i < doctors; i += 1) {
    const data = { doctor: doctor(`${i}`), name: `Doctor ${i} – Ærø`, municipality: null }
    await promised(register.execute({ type: 'RegisterDoctor', data }, { actor }))
    rightOf(await vault.claim(`${i}`, doctor(`${i}`))())
  }
  rightOf(await vault.release('0', doctor('0'))())
  await appended(events, theirs, any, event('a'), event('b'), event('c'))
  await appended(events, theirs, any, event('d', { knownSince: noon, data: '{"text":"\\u0000 \\" \ud83d\ude00"}' }))
  rightOf(await close())
}

const between = async (source: CopySource, open: ReturnType<typeof openPostgresTarget>) => {
  const target = rightOf(await open())
  const copied = await copyRegister(source, target)()
  rightOf(await target.close())
  return copied
}

test('SQLite to PostgreSQL to SQLite: the same log, the same vault, and the copy works as a register', async () => {
  const inside = folder()
  const [from, back, url] = [join(inside, 'from.db'), join(inside, 'back.db'), await newDatabase()]
  await original(from, 30)
  const first = rightOf(await openSqliteSource(from)())
  const all = { events: 34, added: 34, persons: 30, claims: 'in step' }
  expect(await between(first, openPostgresTarget(url))).toEqual(right(all))
  expect(await between(first, openPostgresTarget(url))).toEqual(right({ ...all, added: 0 }))

  const middle = rightOf(await openPostgresSource(url)())
  expect(await between(middle, openSqliteTarget(back))).toEqual(right(all))
  const last = rightOf(await openSqliteSource(back)())
  expect(await withoutPositions(last.events)).toEqual(await withoutPositions(first.events))
  expect(await withoutPositions(middle.events)).toEqual(await withoutPositions(first.events))
  const [before, after] = [rightOf(await first.vault.contents()), rightOf(await last.vault.contents())]
  expect(before !== null && after !== null && keepTheSame(before, after)).toBe(true)
  for (const { close } of [first, middle, last]) rightOf(await close())

  expect(rightOf(await checkPostgres(url)())).toEqual({ rows: 34, findings: [] })
  const vault = await checkPostgresVault(url, { schema: 'smagruppe_vault' })()
  expect(rightOf(vault)).toEqual({ rows: 30, findings: [] })
  const { register, close } = rightOf(await openPostgresRegister(url, { migrations: 'expect' })())
  expect((await promised(register.people([doctor('7')]))).get(doctor('7'))?.name).toEqual({
    _tag: 'Known',
    text: 'Doctor 7 – Ærø',
  })
  rightOf(await close())
})

test('what was destroyed or given up since is so in the next copy, and does not come back from an older source', async () => {
  const inside = folder()
  const [from, url] = [join(inside, 'from.db'), await newDatabase()]
  await original(from, 2)
  const first = rightOf(await openSqliteSource(from)())
  rightOf(await between(first, openPostgresTarget(url)))
  const { run } = await rawSql(url)
  const kari = doctor('1')
  await run(`UPDATE smagruppe_vault.keys SET key = NULL, destroyed_at = '2024-01-01T00:00:00.000Z' WHERE person = $1`, [
    kari,
  ])
  expect(leftOf(await between(first, openPostgresTarget(url)))).toMatchObject({
    _tag: 'VaultFailure',
    reason: 'Foreign',
    message: expect.stringContaining('is no earlier state of the vault to be copied'),
  })
  const erased = await newDatabase()
  const source = rightOf(await openPostgresSource(url)())
  expect(rightOf(await between(source, openPostgresTarget(erased))).persons).toBe(2)
  await run(`DELETE FROM smagruppe_vault.claims`)
  await run(`UPDATE smagruppe_vault.keys SET key = NULL, destroyed_at = '2025-01-01T00:00:00.000Z' WHERE person = $1`, [
    doctor('0'),
  ])
  expect(rightOf(await between(source, openPostgresTarget(erased))).added).toBe(0)
  const vault = await rawSql(erased)
  expect(await vault.run('SELECT person, key, destroyed_at FROM smagruppe_vault.keys ORDER BY destroyed_at')).toEqual([
    { person: kari, key: null, destroyed_at: '2024-01-01T00:00:00.000Z' },
    { person: doctor('0'), key: null, destroyed_at: '2025-01-01T00:00:00.000Z' },
  ])
  expect(await vault.run('SELECT FROM smagruppe_vault.claims')).toEqual([])
  for (const { close } of [first, source]) rightOf(await close())
})

test('a vault that was opened and never used becomes a copy; one that was used does not', async () => {
  const [from, url] = [join(folder(), 'from.db'), await newDatabase()]
  await original(from, 1)
  rightOf(await rightOf(await openPostgresVault(url)()).close())
  const source = rightOf(await openSqliteSource(from)())
  expect(rightOf(await between(source, openPostgresTarget(url))).persons).toBe(1)
  const used = await newDatabase()
  const vault = rightOf(await openPostgresVault(used)())
  const place = { event: eventIdOf(commandIdOf('test', 'seal'), 0), field: 'name' }
  rightOf(await vault.seal(doctor('stranger'), place, 'A Stranger')())
  rightOf(await vault.close())
  expect(leftOf(await between(source, openPostgresTarget(used)))).toMatchObject({ reason: 'Foreign' })
  rightOf(await source.close())
})

test('a source that is not there is Missing, and nothing is made', async () => {
  const url = await newDatabase()
  expect(leftOf(await openPostgresSource(url)())).toMatchObject({ reason: 'Missing', retry: false })
  expect(await (await rawSql(url)).run(`SELECT FROM pg_namespace WHERE nspname LIKE 'smagruppe%'`)).toEqual([])
})

test('what is brought in together is stored together or not at all, each at its time', async () => {
  const target = rightOf(await openPostgresTarget(await newDatabase())())
  const later = secondsAfter(noon, 60)
  const first = { stream: ours, expected: noStream, events: [event('first')], recordedAt: noon } as const
  const second = { stream: theirs, expected: noStream, events: [event('second')], recordedAt: later } as const
  const third = { stream: ours, expected: exactly(revision(0)), events: [event('third')], recordedAt: later } as const
  const refusals = [
    [
      { ...third, expected: exactly(revision(7)) },
      { _tag: 'WrongExpectedRevision', actual: 0 },
    ],
    [
      { ...third, events: [event('second')] },
      { _tag: 'DuplicateEventId', id: event('second').id },
    ],
    [{ ...third, events: [event('third', { data: '"\ud800"' })] }, { _tag: 'UnstorableText' }],
  ] as const
  for (const [refused, why] of refusals) {
    expect(leftOf(await target.extend([first, second, refused])())).toMatchObject(why)
    expect(await eventsOf(target.events.readAll())).toEqual([])
  }
  rightOf(await target.extend([first, second, third])())
  rightOf(await target.extend([second, third])())
  const events = await eventsOf(target.events.readAll())
  expect(namesOf(events)).toEqual(['first', 'second', 'third'])
  expect(events.map(({ recordedAt }) => recordedAt)).toEqual([noon, later, later])
  rightOf(await target.close())
})

/** Copies in a process that kills itself once so many events have gone over. */
const killedAfter = (from: string, to: string, events: number): Promise<NodeJS.Signals | null> => {
  const at = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
  const script = `
    import { promised } from ${JSON.stringify(import.meta.resolve('@smagruppe/domain'))}
    import { copyRegister } from ${at('../copying/index.ts')}
    import { openSqliteSource } from ${at('../sqlite/index.ts')}
    import { openPostgresTarget } from ${at('./index.ts')}
    const source = await promised(openSqliteSource(${JSON.stringify(from)}))
    const target = await promised(openPostgresTarget(${JSON.stringify(to)}))
    const onProgress = ({ step, events }) => {
      if (step === 'copying' && events >= ${events}) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1)
    }
    await promised(copyRegister(source, target, { onProgress }))
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)))
}

test('a copy that is killed in the middle goes on when it is made again', async () => {
  const [from, url] = [join(folder(), 'from.db'), await newDatabase(inject('postgres'))]
  await original(from, 1)
  const { events, close } = rightOf(await openSqliteRegister(from)())
  const total = 5 + 4_000
  for (let i = 0; i < 40; i += 1)
    await appended(
      events,
      stream(`${i % 3}`),
      any,
      event(`${i} 0`),
      ...Array.from({ length: 99 }, (_, n) => event(`${i} ${n + 1}`)),
    )
  rightOf(await close())
  const count = async (): Promise<number> => {
    const [row] = await (await rawSql(url)).run('SELECT count(*)::integer AS count FROM smagruppe.events')
    return Number(row?.count)
  }
  let reached = 0
  for (const after of [1, 1_200]) {
    expect(await killedAfter(from, url, after)).toBe('SIGKILL')
    const held = await count()
    expect(held).toBeGreaterThanOrEqual(after)
    expect(held).toBeGreaterThanOrEqual(reached)
    expect(held).toBeLessThan(total)
    reached = held
  }
  const source = rightOf(await openSqliteSource(from)())
  expect(await between(source, openPostgresTarget(url))).toEqual(
    right({ events: total, added: total - reached, persons: 1, claims: 'in step' }),
  )
  rightOf(await source.close())
  expect(rightOf(await checkPostgres(url)())).toEqual({ rows: total, findings: [] })
})
