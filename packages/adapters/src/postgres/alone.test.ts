// alone.test.ts: of several instances one works, and another takes over when it dies

import { setTimeout as sleep } from 'node:timers/promises'
import { any, theStart } from '@smagruppe/domain'
import { expect, inject, test } from 'vitest'
import { leftOf, rightOf, within } from '../contract/case.ts'
import { appended, event, nextPage, stream } from '../contract/samples.ts'
import { systemClock } from '../node/index.ts'
import { openPostgres, type PostgresRegister } from './index.ts'
import { newPool, newRegister, rawSql } from './postgres.test-kit.ts'
import { newProxy } from './proxy.test-kit.ts'

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })

/** An instance that notes when it begins to work and when it has ended. */
const worker = (register: PostgresRegister, name: string, notes: string[], on = 'rows 1') => {
  const controller = new AbortController()
  const done = register.alone({ on, signal: controller.signal }, async (signal) => {
    notes.push(`${name} begins`)
    await untilAborted(signal)
    notes.push(`${name} ends`)
  })()
  return { done, stop: () => controller.abort() }
}

const noted = async (notes: ReadonlyArray<string>, count: number): Promise<void> =>
  within(
    10_000,
    `note ${count} after ${notes.join()}`,
    (async () => {
      while (notes.length < count) await sleep(5)
    })(),
  )

test('one works at a time; who stops gives the turn to the next', async () => {
  const first = await newRegister({ pollMs: 10 })
  const second = await newRegister({ schema: first.schema, pollMs: 10 })
  const notes: string[] = []
  const one = worker(first, 'one', notes)
  await noted(notes, 1)
  const other = worker(second, 'other', notes)
  const elsewhere = worker(second, 'elsewhere', notes, 'rows 2')
  await noted(notes, 2)
  await sleep(100)
  expect(notes).toEqual(['one begins', 'elsewhere begins'])
  one.stop()
  rightOf(await one.done)
  await noted(notes, 4)
  expect(notes.slice(2)).toEqual(['one ends', 'other begins'])
  for (const { stop, done } of [other, elsewhere]) {
    stop()
    rightOf(await done)
  }
})

test('whose connection is lost stops, and another takes over', async () => {
  const second = await newRegister({ pollMs: 10 })
  const proxy = await newProxy(inject('postgres'))
  const first = await newRegister({ schema: second.schema, pollMs: 10 }, proxy.url)
  const notes: string[] = []
  const one = worker(first, 'one', notes)
  await noted(notes, 1)
  const other = worker(second, 'other', notes)
  await sleep(50)
  proxy.cut()
  await noted(notes, 3)
  expect([...notes].sort()).toEqual(['one begins', 'one ends', 'other begins'])
  one.stop()
  rightOf(await one.done)
  const { run } = await rawSql()
  await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND pid IN
    (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`)
  await noted(notes, 5)
  expect(notes.slice(3)).toEqual(['other ends', 'other begins'])
  other.stop()
  rightOf(await other.done)
})

test('closing asks the work to end and waits for it; who still waits for a turn gets Closed', async () => {
  const register = await newRegister({ pollMs: 10 })
  const notes: string[] = []
  const one = worker(register, 'one', notes)
  await noted(notes, 1)
  const other = worker(register, 'other', notes)
  rightOf(await register.close())
  expect(notes).toEqual(['one begins', 'one ends'])
  rightOf(await one.done)
  expect(leftOf(await other.done)).toMatchObject({ reason: 'Closed', retry: false })
  expect(leftOf(await register.alone({ on: 'rows 1' }, () => Promise.resolve())())).toMatchObject({ reason: 'Closed' })
})

test('work that fails gives the turn back, and says so', async () => {
  const { alone } = await newRegister({ pollMs: 10 })
  const failed = leftOf(await alone({ on: 'rows 1' }, () => Promise.reject(new Error('no work')))())
  expect(failed).toMatchObject({ _tag: 'StoreFailure', reason: 'Unknown', message: expect.stringContaining('no work') })
  let worked = false
  rightOf(
    await alone({ on: 'rows 1' }, async () => {
      worked = true
    })(),
  )
  expect(worked).toBe(true)
})

const withSetting = (setting: string): string => `${inject('postgres')}?options=${encodeURIComponent(`-c ${setting}`)}`

test('a turn is never idle for so long that the server would end it', async () => {
  const { alone } = await newRegister({ pollMs: 50 }, withSetting('idle_in_transaction_session_timeout=1000'))
  const aborted: boolean[] = []
  rightOf(
    await alone({ on: 'rows 1' }, async (signal) => {
      await sleep(1_500)
      aborted.push(signal.aborted)
    })(),
  )
  expect(aborted).toEqual([false])
})

test('where the server ends every transaction after a while, it ends the turn, and the next begins', async () => {
  const register = await newRegister({ pollMs: 20 }, withSetting('transaction_timeout=200'))
  const notes: string[] = []
  const one = worker(register, 'one', notes)
  await noted(notes, 3)
  expect(notes.slice(0, 3)).toEqual(['one begins', 'one ends', 'one begins'])
  one.stop()
  rightOf(await one.done)
})

test('listening and each turn hold a connection of the pool; with no other left, all else is Unavailable until one is', async () => {
  const { schema } = await newRegister()
  const pool = newPool(inject('postgres'), { max: 2 })
  const options = { schema, clock: systemClock, timeoutMs: 300, pollMs: 20 }
  const register = rightOf(await openPostgres(pool, options)())
  const controller = new AbortController()
  const subscription = register.events.subscribe({ signal: controller.signal })[Symbol.asyncIterator]()
  expect(await nextPage(subscription)).toEqual({ events: [], through: theStart, caughtUp: true })
  const notes: string[] = []
  const one = worker(register, 'one', notes)
  await noted(notes, 1)
  expect(pool.totalCount).toBe(2)
  expect(leftOf(await register.events.append(stream('ours'), any, [event('first')])())).toMatchObject({
    reason: 'Unavailable',
    retry: true,
  })
  one.stop()
  rightOf(await one.done)
  await appended(register.events, stream('ours'), any, event('first'))
  controller.abort()
  rightOf(await register.close())
})
