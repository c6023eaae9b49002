import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DoctorId, type Position, theStart, uuidOf } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventsOf, namesOf } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openSqlite, openSqliteVault } from './index.ts'
import { argumentsFor, inProcess } from './process.test-kit.ts'

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'smagruppe-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const processes = 4
const each = 25

test('processes that make one register together write one log, and a reader who follows it misses nothing', {
  timeout: 60_000,
}, async () => {
  const path = join(folder(), 'register.sqlite')
  const writers = Promise.all(
    Array.from({ length: processes }, (_, p) =>
      inProcess(`
        const register = rightOf(await openSqlite(${JSON.stringify(path)}, { clock: systemClock })())
        for (let i = 0; i < ${each}; i += 1) await appended(register.events, stream('shared ' + (i % 3)), any, event('${p} ' + i))
        rightOf(await register.close())
      `),
    ),
  )
  const register = rightOf(await openSqlite(path, { clock: systemClock, pollMs: 5 })())
  const controller = new AbortController()
  const seen: string[] = []
  let through: Position = theStart
  const follower = (async () => {
    for await (const page of register.events.subscribe({ signal: controller.signal, pageSize: 3 })) {
      if (isLeft(page)) throw new Error(page.left.message)
      for (const { position } of page.right.events) expect(position).toBeGreaterThan(through)
      seen.push(...namesOf(page.right.events))
      through = page.right.through
      if (seen.length === processes * each) controller.abort()
    }
  })()
  await writers
  await follower
  const log = await eventsOf(register.events.readAll())
  expect(seen).toEqual(namesOf(log))
  expect(new Set(seen).size).toBe(processes * each)
  const times = log.map(({ recordedAt }) => recordedAt)
  expect(times).toEqual([...times].sort())
  for (const name of new Set(log.map(({ stream }) => stream))) {
    const revisions = log.filter(({ stream }) => stream === name).map(({ revision }) => revision)
    expect(revisions).toEqual(revisions.map((_, i) => i))
  }
  rightOf(await register.close())
})

test('processes that make one vault together have one secret, and a number one holder', {
  timeout: 60_000,
}, async () => {
  const path = join(folder(), 'vault.sqlite')
  const printed = await Promise.all(
    Array.from({ length: processes }, (_, p) =>
      inProcess(`
        const vault = rightOf(await openSqliteVault(${JSON.stringify(path)})())
        const holders = []
        for (let i = 0; i < 10; i += 1) holders.push(rightOf(await vault.claim('number ' + i, uuidOf('doctor', '${p}'))()))
        rightOf(await vault.close())
        console.log(JSON.stringify(holders))
      `),
    ),
  )
  expect(new Set(printed).size).toBe(1)
  const vault = rightOf(await openSqliteVault(path)())
  const holders: unknown = JSON.parse(printed[0] ?? '')
  for (let i = 0; i < 10; i += 1)
    expect(rightOf(await vault.holderOf(`number ${i}`)())).toBe(Array.isArray(holders) ? holders[i] : null)
  expect(Array.from({ length: processes }, (_, p) => uuidOf('doctor', `${p}`)).filter(DoctorId.is).length).toBe(
    processes,
  )
  rightOf(await vault.close())
})

test('what was answered is there after the process was killed in the middle of writing', {
  timeout: 60_000,
}, async () => {
  const path = join(folder(), 'register.sqlite')
  const child = spawn(
    process.execPath,
    argumentsFor(`
      const register = rightOf(await openSqlite(${JSON.stringify(path)}, { clock: systemClock })())
      const write = async (w) => {
        for (let i = 0; ; i += 1) {
          await appended(register.events, stream('of ' + w), any, event(w + ' ' + i))
          console.log(w + ' ' + i)
        }
      }
      await Promise.all([0, 1, 2].map(write))
    `),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const answered: string[] = []
  for await (const line of createInterface(child.stdout)) {
    answered.push(line)
    if (answered.length === 100) child.kill('SIGKILL')
  }
  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  const log = namesOf(await eventsOf(register.events.readAll()))
  expect(answered.length).toBeGreaterThanOrEqual(100)
  expect(answered.filter((name) => !log.includes(name))).toEqual([])
  rightOf(await register.close())
})
