// subscribing.test.ts: subscriptions are woken by the server, find out by themselves otherwise, and outlive a connection

import { setTimeout as sleep } from 'node:timers/promises'
import { any, type EventStore, theStart } from '@smagruppe/domain'
import { expect, inject, test } from 'vitest'
import { within } from '../contract/case.ts'
import { appended, event, namesOf, nextPage, stream } from '../contract/samples.ts'
import { newRegister, rawSql } from './postgres.test-kit.ts'
import { newProxy } from './proxy.test-kit.ts'

const ours = stream('ours')

const following = async (events: EventStore, check: (next: () => Promise<ReadonlyArray<string>>) => Promise<void>) => {
  const controller = new AbortController()
  const subscription = events.subscribe({ signal: controller.signal })[Symbol.asyncIterator]()
  try {
    expect(await nextPage(subscription)).toEqual({ events: [], through: theStart, caughtUp: true })
    await check(async () => namesOf((await within(10_000, 'the page', nextPage(subscription))).events))
  } finally {
    controller.abort()
  }
}

/** Until somebody listens to the channel of that schema; without an answer the test runs out of time. */
const listened = async (schema: string): Promise<void> => {
  const { run } = await rawSql()
  while ((await run(`SELECT FROM pg_stat_activity WHERE query = 'LISTEN smagruppe_${schema}'`)).length === 0)
    await sleep(5)
}

test('what another instance stores wakes a subscription long before its next look', async () => {
  const writer = await newRegister()
  const reader = await newRegister({ schema: writer.schema, pollMs: 3_600_000 })
  await following(reader.events, async (next) => {
    await listened(writer.schema)
    for (const name of ['first', 'second']) {
      await appended(writer.events, ours, any, event(name))
      expect(await next()).toEqual([name])
    }
  })
})

test('without notifications it looks by itself', async () => {
  const writer = await newRegister()
  const reader = await newRegister({ schema: writer.schema, pollMs: 10, notifications: 'poll' })
  await following(reader.events, async (next) => {
    await appended(writer.events, ours, any, event('first'))
    expect(await next()).toEqual(['first'])
  })
})

test('a dropped connection loses nothing and repeats nothing, and the listener comes back', async () => {
  const proxy = await newProxy(inject('postgres'))
  const writer = await newRegister()
  const reader = await newRegister({ schema: writer.schema, pollMs: 3_600_000 }, proxy.url)
  await following(reader.events, async (next) => {
    for (let i = 0; i < 5; i += 1) {
      await listened(writer.schema)
      proxy.cut()
      await appended(writer.events, ours, any, event(`${i}`))
      expect(await next()).toEqual([`${i}`])
    }
  })
})

test('a network that falls silent is waited out', async () => {
  const proxy = await newProxy(inject('postgres'))
  const writer = await newRegister()
  const reader = await newRegister(
    { schema: writer.schema, pollMs: 20, timeoutMs: 200, notifications: 'poll' },
    proxy.url,
  )
  await following(reader.events, async (next) => {
    proxy.fallSilent()
    await appended(writer.events, ours, any, event('first'))
    const page = next()
    setTimeout(proxy.speak, 500)
    expect(await page).toEqual(['first'])
  })
})

test('while nothing answers, an abort ends a subscription at once', async () => {
  const proxy = await newProxy(inject('postgres'))
  const { events } = await newRegister({}, proxy.url)
  const controller = new AbortController()
  proxy.fallSilent()
  const waiting = events.subscribe({ signal: controller.signal })[Symbol.asyncIterator]().next()
  setTimeout(() => controller.abort(), 20)
  expect(await within(2_000, 'the end', waiting)).toEqual({ done: true, value: undefined })
  proxy.cut()
})
