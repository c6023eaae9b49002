// processes.test.ts: several processes with one file open

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DoctorId, type Position, theStart, uuidOf } from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { eventsOf, namesOf } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { checkSqlite, openSqlite, openSqliteVault } from './index.ts'
import { inProcess } from './process.test-kit.ts'

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

/** The whole minute where full size is asked for. */
const seconds = process.env.SMAGRUPPE_FULL === '1' ? 60 : 3

/** What a process that wrote and followed for a while has to say: what it was answered, in its order, and what it saw, in its order. */
const WritingAndFollowing = t.type({
  answered: t.array(t.tuple([t.string, t.number])),
  seen: t.array(t.tuple([t.string, t.number])),
  overtaken: t.number,
})

test(`two processes append and read for ${seconds} seconds: nothing is lost, doubled or in another order`, {
  timeout: (seconds + 120) * 1_000,
}, async () => {
  const inside = folder()
  const path = join(inside, 'register.sqlite')
  const writerAndReader = async (p: number) => {
    const said = join(inside, `${p}.json`)
    await inProcess(`
      import { writeFileSync } from 'node:fs'
      import { exactly, noStream } from ${JSON.stringify(import.meta.resolve('@smagruppe/domain'))}
      const { events, close } = rightOf(await openSqlite(${JSON.stringify(path)}, { clock: systemClock, busyTimeoutMs: 60_000, pollMs: 20 })())
      const answered = []
      const seen = []
      let overtaken = 0

      const follow = async () => {
        const open = new Set(['done 0', 'done 1'])
        for await (const page of events.subscribe()) {
          const { events } = rightOf(page)
          const names = namesOf(events)
          events.forEach(({ position }, i) => seen.push([names[i], position]))
          for (const name of names) open.delete(name)
          if (open.size === 0) return
        }
      }
      const write = async (to, expected, name) => {
        const receipt = await events.append(to, expected, [event(name)])()
        if (receipt._tag === 'Right') answered.push([name, receipt.right.position])
        return receipt
      }
      const race = async () => {
        let expected = noStream
        for (let i = 0; Date.now() < end; i += 1) {
          let receipt = await write(stream('raced for'), expected, 'race ${p} ' + i)
          while (receipt._tag === 'Left' && receipt.left._tag === 'WrongExpectedRevision') {
            overtaken += 1
            receipt = await write(stream('raced for'), exactly(receipt.left.actual), 'race ${p} ' + i)
          }
          expected = exactly(rightOf(receipt).last)
        }
      }
      const fill = async (w) => {
        for (let i = 0; Date.now() < end; i += 1) rightOf(await write(stream('shared ' + (i % 3)), any, 'fill ${p} ' + w + ' ' + i))
      }
      const end = Date.now() + ${seconds * 1_000}
      const following = follow()
      await Promise.all([race(), fill(0), fill(1), fill(2)])
      rightOf(await write(stream('shared 0'), any, 'done ${p}'))
      await following
      rightOf(await close())
      writeFileSync(${JSON.stringify(said)}, JSON.stringify({ answered, seen, overtaken }))
    `)
    const told: unknown = JSON.parse(readFileSync(said, 'utf8'))
    if (!WritingAndFollowing.is(told)) throw new Error('the process said something else')
    return told
  }
  const told = await Promise.all([writerAndReader(0), writerAndReader(1)])

  const register = rightOf(await openSqlite(path, { clock: systemClock })())
  const log = await eventsOf(register.events.readAll())
  const names = namesOf(log)
  const inLog = log.map(({ position }, i) => [names[i], position])
  for (const { seen, answered, overtaken } of told) {
    expect(seen).toEqual(inLog)
    expect(answered.length).toBeGreaterThan(0)
    expect(overtaken).toBeGreaterThan(0)
  }
  const answered = told.flatMap((one) => one.answered).sort(([, one], [, other]) => one - other)
  expect(answered).toEqual(inLog)
  expect(new Set(names).size).toBe(log.length)
  rightOf(await register.close())
  // Revisions without gaps, times that never go back, pages that SQLite can read.
  expect(rightOf(await checkSqlite(path)())).toEqual({ rows: log.length, findings: [] })
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
