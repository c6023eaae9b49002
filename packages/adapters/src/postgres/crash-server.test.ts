// crash-server.test.ts: servers stopped at once, and killed, in the middle of work: what they answered is there, and their clients go on

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rightOf } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches, chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import {
  expectSame,
  nothingWrong,
  type Standing,
  sumOf,
  type Wrongs,
  wrongsIn,
} from '../stores/whole-batches.test-kit.ts'
import { type AtWork, atWork, momentOf } from './crash-server.test-kit.ts'
import { checkPostgres, openPostgres } from './index.ts'
import { rawSql } from './postgres.test-kit.ts'
import { newServer, type Server, type Stop } from './server.test-kit.ts'

/** As a server comes. A crash of its processes loses nothing that it has handed to the system; a crash of that is not tried here. */
const asItComes = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

let server: Server

beforeAll(async () => {
  // The delay is for the last test: nobody waits for it while a commit is synchronous.
  server = await newServer({ ...asItComes, wal_writer_delay: '10s' })
}, 120_000)

afterAll(() => server.remove())

/** One schema lives through so many crashes with the same clients; then there are new ones on a new schema. */
const crashesOfASchema = 10

/** In this turn: half of the times by itself, a third with all its processes at once, and else its first process alone. */
const ways: ReadonlyArray<Stop> = ['immediate', 'kill all', 'kill', 'immediate', 'kill all', 'immediate']

test('a server that is stopped at once or killed has lost nothing that it answered, and its clients go on by themselves', {
  timeout: 1_800_000,
}, async () => {
  const [rounds, events] = fullSize ? [120, 50_000] : [2, 0]
  console.log(`servers, seed ${seed}`)
  const chance = chanceFrom(`servers ${seed}`)
  const total = { crashes: 0, inFlight: 0, brokenOff: 0, storedUnanswered: 0, answers: 0, events: 0, turns: 0 }
  const wrongs: Wrongs[] = []
  const failures = new Map<string, number>()
  let work: AtWork | null = null
  try {
    for (let n = 0; n < rounds || total.events < events; n += 1) {
      const schema = `crash_${Math.floor(n / crashesOfASchema)}`
      work ??= await atWork(server.url, schema, `server ${seed}.${n}`, 8)
      await work.answers(1 + chance.below(chance.oneOf(5, 60, 200)))
      await sleep(chance.below(20))
      const inFlight = work.inFlight()
      const killedAt = Date.now()
      await server.stop(ways[n % ways.length] ?? 'kill')
      const answered: Standing = new Map(work.answered)
      const seen = work.seen.map(({ id }) => id)
      await sleep(chance.below(200))
      await server.start()

      // Rows are compared with their replay here, wherever the crash has left them.
      const { log, standing } = await momentOf(server.url, schema)
      wrongs.push(wrongsIn(log, answered))
      expectSame(
        log.slice(0, seen.length).map(({ id }) => id),
        seen,
      )
      const brokenOff = inFlight.filter((name) => !answered.has(name))
      const recordedAt = (name: string): number =>
        Date.parse(log[(standing.get(name)?.position ?? 0) - 1]?.recordedAt ?? '')
      total.crashes += 1
      total.inFlight += inFlight.length > 0 ? 1 : 0
      total.brokenOff += brokenOff.length > 0 ? 1 : 0
      total.storedUnanswered += brokenOff.some((name) => recordedAt(name) <= killedAt) ? 1 : 0
      if ((n + 1) % crashesOfASchema !== 0 && n + 1 !== rounds) continue

      const end = await work.end()
      const left = await momentOf(server.url, schema)
      wrongs.push(wrongsIn(left.log, work.answered), wrongsIn(work.seen, work.answered))
      expectSame(left.standing, work.answered)
      expectSame(work.seen, left.log)
      expect(left.builds.map(({ checkpoint, serves }) => [checkpoint, serves])).toEqual([
        [end, true],
        [end, true],
      ])
      expect(rightOf(await checkPostgres(server.url, { schema })())).toEqual({ rows: end, findings: [] })
      for (const [what, times] of work.failures) failures.set(what, (failures.get(what) ?? 0) + times)
      total.answers += work.answered.size
      total.events += end
      total.turns += work.turns()
      work = null
    }
  } finally {
    work?.abandon()
  }
  const wrong = sumOf(wrongs)
  console.log(`servers: ${JSON.stringify({ ...total, wrong, failures: Object.fromEntries(failures) })}`)
  expect(wrong).toEqual(nothingWrong)
  expect(total.events).toBeGreaterThanOrEqual(events)
  expect(total.inFlight).toBeGreaterThan(total.crashes / 2)
  if (fullSize) {
    expect(total.brokenOff).toBeGreaterThan(total.crashes / 2)
    expect(total.storedUnanswered).toBeGreaterThan(0)
  }
})

test('of a server that answers before it has written answers are lost, and the same look finds that out', async () => {
  const url = new URL(server.url)
  url.searchParams.set('options', '-c synchronous_commit=off')
  const schema = 'answers_first'
  const register = rightOf(await openPostgres(url.href, { clock: systemClock, schema })())
  expect(register.durability).toEqual({ ...asItComes, synchronous_commit: 'off' })
  const { run } = await rawSql(server.url)
  await run('CHECKPOINT')
  const names = Array.from({ length: 20 }, (_, i) => `batch ${i}`)
  const receipts = await appendBatches(register, names)
  const answered: Standing = new Map(receipts.map((receipt, i) => [names[i] ?? '', receipt]))
  await server.stop('kill all')
  await server.start()
  const { log } = await momentOf(server.url, schema)
  expect(wrongsIn(log, answered).lost).toBeGreaterThan(0)
  rightOf(await register.close())
})
