// crash-client.test.ts: processes killed while they write to a server: what they leave there is examined, and carried on by others

import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rightOf, within } from '../contract/case.ts'
import { systemClock } from '../node/index.ts'
import { appendBatches, chanceFrom, fullSize, seed } from '../stores/batches.test-kit.ts'
import { inRounds, type Ready, readyProcess } from '../stores/crash.test-kit.ts'
import { type Seen, toldBy } from '../stores/crash-work.test-kit.ts'
import {
  expectSame,
  goneOnWith,
  nothingWrong,
  type Standing,
  sumOf,
  type Wrongs,
  wrongsIn,
} from '../stores/whole-batches.test-kit.ts'
import { inOneLine } from './crash-process.test-kit.ts'
import { checkPostgres, openPostgres, type PostgresRegister } from './index.ts'
import { newDatabase, newName, rawSql } from './postgres.test-kit.ts'

const program = fileURLToPath(new URL('crash-process.test-kit.ts', import.meta.url))

/** One schema is written by so many processes, one killed after the other; then there is a new one. */
const processesOfASchema = 8

/** A database, and what its server says of those who work in it. */
const watchedDatabase = async () => {
  const url = await newDatabase()
  const { run } = await rawSql(url)
  /** A URL whose sessions can be told from others. */
  const urlFor = (name: string): string => {
    const named = new URL(url)
    named.searchParams.set('application_name', name)
    return named.href
  }
  /** Until the server has noticed that a process is dead. Its last statement may yet be stored meanwhile. */
  const buried = async (name: string): Promise<void> => {
    while ((await run('SELECT FROM pg_stat_activity WHERE application_name = $1', [name])).length > 0) await sleep(2)
  }
  const locks = () =>
    run(`SELECT l.pid, l.objid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND d.datname = current_database()`)
  return { url, urlFor, buried: (name: string) => within(20_000, `the end of ${name}`, buried(name)), locks }
}

/** That work is anybody's whose turn it is next. */
const takesOver = async ({ alone }: PostgresRegister): Promise<void> => {
  let turns = 0
  const turn = alone({ on: 'counts' }, async () => {
    turns += 1
  })
  rightOf(await within(20_000, 'the turn of the survivor', turn()))
  expect(turns).toBe(1)
}

test('what was answered stands whole after its process was killed, and what was not stands whole or not at all', {
  timeout: 1_800_000,
}, async () => {
  const [rounds, events] = fullSize ? [60, 50_000] : [2, 0]
  console.log(`clients, seed ${seed}`)
  const chance = chanceFrom(`clients ${seed}`)
  const { url, urlFor, buried, locks } = await watchedDatabase()
  const seen = {
    kills: 0,
    whileOpening: 0,
    inFlight: 0,
    storedUnanswered: 0,
    askedAtOnce: 0,
    alone: 0,
    answers: 0,
    events: 0,
  }
  const wrongs: Wrongs[] = []
  let schema = ''
  let survivor: PostgresRegister | null = null
  let before: Standing = new Map()
  let subscriber: Seen = { ids: [], through: 0 }
  onTestFinished(async () => void (await survivor?.close()))

  const round = async (n: number, process: Ready): Promise<'more' | 'enough'> => {
    if (n % processesOfASchema === 0) {
      await survivor?.close()
      survivor = null
      schema = newName('crash')
      before = new Map()
      subscriber = { ids: [], through: 0 }
    }
    const name = `crash ${seed}.${n}`
    const writers = chance.oneOf(1, 4, 12)
    const orders = inOneLine({ url: urlFor(name), schema, name, writers, after: subscriber.through })
    // Now and then while the schema is being made, or opened again after the last kill.
    const early = n > 0 && n % (processesOfASchema / 2) === 0
    const milliseconds = (early ? 250 : 50) * (chance.below(1000) / 1000)
    const begun = early ? undefined : chance.oneOf('asked', 'stored', 'stored', 'stored', 'alone')
    const times = begun === 'stored' ? 1 + chance.below(fullSize ? chance.oneOf(100, 800, 2_000) : 60) : 1
    const ended = await process.killedAfter(orders, milliseconds, begun, times)
    expect(ended.complaint).toBe('')
    const { answered, unanswered, saw, came } = toldBy(ended.said)

    survivor ??= rightOf(await openPostgres(url, { clock: systemClock, schema, pollMs: 5 })())
    await takesOver(survivor)
    // Whoever got no answer asks again: now and then while the server may still be storing what the dead had asked.
    const atOnce = chance.oneOf(true, false)
    const askedAtOnce = atOnce ? await appendBatches(survivor, unanswered) : null
    await buried(name)
    expect(await locks()).toEqual([])
    const { log, standing, answers, after } = await goneOnWith(survivor, unanswered)
    if (askedAtOnce !== null) expect(answers).toEqual(askedAtOnce)

    // What stood before stands where it stood; what was answered stands where the answer said; nothing else is there.
    const storedUnanswered = unanswered.filter((name) => standing.has(name))
    wrongs.push(wrongsIn(log, new Map([...before, ...answered])))
    expect(standing.size).toBe(before.size + answered.size + storedUnanswered.length)
    // Asking again gives the same answer where the batch stood already, and stores it once only.
    const asked = unanswered.map((name, i) => [name, answers[i]] as const)
    wrongs.push(wrongsIn(after.log, standing))
    expectSame(new Map(asked.map(([name]) => [name, after.standing.get(name)])), new Map(asked))
    expect(after.standing.size).toBe(standing.size + unanswered.length - storedUnanswered.length)
    before = after.standing

    // The subscriber of this process went on where that of the last one had come to.
    if (saw !== null) subscriber = { ids: [...subscriber.ids, ...saw.ids], through: saw.through }
    const ids = log.slice(0, subscriber.through).map(({ id }) => id)
    expectSame(subscriber.ids, ids)

    const isLast = n + 1 >= rounds && seen.events + after.log.length >= events
    if ((n + 1) % processesOfASchema === 0 || isLast) {
      seen.events += after.log.length
      expect(rightOf(await checkPostgres(url, { schema })())).toEqual({ rows: after.log.length, findings: [] })
    }
    seen.whileOpening += came('opened') ? 0 : 1
    seen.inFlight += unanswered.length > 0 ? 1 : 0
    seen.storedUnanswered += !atOnce && storedUnanswered.length > 0 ? 1 : 0
    seen.askedAtOnce += atOnce && unanswered.length > 0 ? 1 : 0
    seen.alone += came('alone') ? 1 : 0
    seen.answers += answered.size
    seen.kills += 1
    return isLast ? 'enough' : 'more'
  }
  await inRounds(() => readyProcess([program]), round)
  const wrong = sumOf(wrongs)
  console.log(`clients: ${JSON.stringify({ ...seen, wrong })}`)
  expect(wrong).toEqual(nothingWrong)
  expect(seen.events).toBeGreaterThanOrEqual(events)
  expect(seen.inFlight).toBeGreaterThan(seen.kills / 2)
  if (fullSize) {
    expect(seen.alone).toBeGreaterThan(seen.kills / 4)
    expect([seen.whileOpening > 0, seen.storedUnanswered > 0, seen.askedAtOnce > 0]).toEqual([true, true, true])
  }
})
