// subscribing.ts: cases of the event store: subscriptions, which catch up and then stay

import assert from 'node:assert/strict'
import { any, type EventStore, noStream, type PageResult, theStart } from '@smagruppe/domain'
import { within } from './case.ts'
import { appended, event, eventStoreCase, eventsOf, namesOf, nextPage, stream } from './samples.ts'

const ours = stream('ours')
const soon = 3_000

const names = (from: number, to: number): ReadonlyArray<string> =>
  Array.from({ length: to - from }, (_, i) => String(from + i))

const write = async (store: EventStore, from: number, to: number): Promise<void> => {
  for (const name of names(from, to)) await appended(store, ours, any, event(name))
}

/** The names that a subscription gives until it has given that many; checks that it never goes back. */
const follow = async (subscription: AsyncIterator<PageResult>, count: number): Promise<ReadonlyArray<string>> => {
  const seen: string[] = []
  let through = theStart
  for (let pages = 0; seen.length < count; pages += 1) {
    assert.ok(pages < 1_000, `${pages} pages hold ${seen.length} of ${count} events`)
    const page = await within(soon, `page after ${seen.length} of ${count} events`, nextPage(subscription))
    assert.ok(page.events.every(({ position }) => position > through && position <= page.through))
    through = page.through
    seen.push(...namesOf(page.events))
  }
  return seen
}

/** Runs the check with subscriptions that are all ended after it. */
const subscribing = async (
  store: EventStore,
  check: (subscribe: (options?: Parameters<EventStore['subscribe']>[0]) => AsyncIterator<PageResult>) => Promise<void>,
): Promise<void> => {
  const controller = new AbortController()
  try {
    await check((options) => store.subscribe({ ...options, signal: controller.signal })[Symbol.asyncIterator]())
  } finally {
    controller.abort()
  }
}

export const subscribingCases = [
  eventStoreCase('a subscription catches up, then stays: nothing lost, nothing twice', async ({ store }) => {
    await write(store, 0, 25)
    await subscribing(store, async (subscribe) => {
      const subscription = subscribe({ pageSize: 10 })
      assert.deepEqual(await follow(subscription, 25), names(0, 25))
      const [live] = await Promise.all([follow(subscription, 25), write(store, 25, 50)])
      assert.deepEqual(live, names(25, 50))
      await write(store, 50, 75)
      assert.deepEqual(await follow(subscription, 25), names(50, 75), 'what came while nobody asked is there')
    })
  }),

  eventStoreCase(
    'a subscription to an empty log says that it has caught up, then gives what comes',
    async ({ store }) => {
      await subscribing(store, async (subscribe) => {
        const subscription = subscribe()
        const first = await within(soon, 'the first page', nextPage(subscription))
        assert.deepEqual(first, { events: [], through: theStart, caughtUp: true })
        await write(store, 0, 3)
        assert.deepEqual(await follow(subscription, 3), names(0, 3))
      })
    },
  ),

  eventStoreCase('a subscription begins behind the position asked for', async ({ store }) => {
    await write(store, 0, 10)
    const log = await eventsOf(store.readAll())
    const after = log[6]?.position ?? theStart
    await subscribing(store, async (subscribe) => {
      const subscription = subscribe({ after })
      assert.deepEqual(await follow(subscription, 3), names(7, 10))
      await write(store, 10, 12)
      assert.deepEqual(await follow(subscription, 2), names(10, 12))
    })
  }),

  eventStoreCase('a subscription with a filter gives what fits, and has seen the rest', async ({ store }) => {
    await subscribing(store, async (subscribe) => {
      const ofType = subscribe({ types: ['Wanted'] })
      const ofCategory = subscribe({ category: 'session' })
      const both = [ofType, ofCategory]
      for (const one of both) await within(soon, 'the first page', nextPage(one))
      await write(store, 0, 5)
      await appended(store, stream('theirs', 'session'), noStream, event('wanted', { type: 'Wanted' }))
      for (const one of both) assert.deepEqual(await follow(one, 1), ['wanted'])
      const { position } = await appended(store, ours, any, event('last'))
      for (const one of both) {
        const page = await within(soon, 'the page that has seen the rest', nextPage(one))
        assert.deepEqual(page, { events: [], through: position, caughtUp: true })
      }
    })
  }),

  eventStoreCase('all who subscribe get everything', async ({ store }) => {
    await write(store, 0, 5)
    await subscribing(store, async (subscribe) => {
      const followers = Array.from({ length: 4 }, (_, i) => follow(subscribe({ pageSize: i + 1 }), 20))
      await write(store, 5, 20)
      for (const seen of await Promise.all(followers)) assert.deepEqual(seen, names(0, 20))
    })
  }),

  eventStoreCase('an aborted subscription ends at once, also while it waits', async ({ store }) => {
    await write(store, 0, 3)
    const controller = new AbortController()
    const subscription = store.subscribe({ signal: controller.signal })[Symbol.asyncIterator]()
    assert.deepEqual(await follow(subscription, 3), names(0, 3))
    const waiting = subscription.next()
    setTimeout(() => controller.abort(), 20)
    assert.deepEqual(await within(1_000, 'the end', waiting), { done: true, value: undefined })

    const none = store.subscribe({ signal: AbortSignal.abort() })[Symbol.asyncIterator]()
    assert.deepEqual(await within(1_000, 'the end', none.next()), { done: true, value: undefined })
  }),

  eventStoreCase('a subscription that its reader leaves ends at once, also while it waits', async ({ store }) => {
    await write(store, 0, 3)
    const subscription = store.subscribe()[Symbol.asyncIterator]()
    assert.deepEqual(await follow(subscription, 3), names(0, 3))
    const waiting = subscription.next()
    await within(1_000, 'leaving', subscription.return?.() ?? Promise.reject(new Error('it cannot be left')))
    assert.deepEqual(await within(1_000, 'the end', waiting), { done: true, value: undefined })
  }),
]
