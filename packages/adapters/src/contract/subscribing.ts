// subscribing.ts: cases of subscriptions, which catch up and then stay

import assert from 'node:assert/strict'
import { any, type EventStore, noStream, type StoredEvent, theStart } from '@smagruppe/domain'
import { soon, within } from './case.ts'
import { follow, leaving, subscribing } from './following.ts'
import { assertEnds, long } from './long-streams.ts'
import { appended, event, eventStoreCase, eventsOf, handlesOf, namesOf, nextPage, stream } from './samples.ts'

const ours = stream('ours')

const names = (from: number, to: number): ReadonlyArray<string> =>
  Array.from({ length: to - from }, (_, i) => String(from + i))

const write = async (store: EventStore, from: number, to: number): Promise<void> => {
  for (const name of names(from, to)) await appended(store, ours, any, event(name))
}

export const subscribingCases = [
  eventStoreCase('a subscription catches up, then stays: nothing lost, nothing twice', async ({ store }) => {
    await write(store, 0, 25)
    await subscribing(store, async (subscribe) => {
      const subscription = subscribe({ pageSize: 10 })
      assert.deepEqual(namesOf(await follow(subscription, 25)), names(0, 25))
      const [live] = await Promise.all([follow(subscription, 25), write(store, 25, 50)])
      assert.deepEqual(namesOf(live), names(25, 50))
      await write(store, 50, 75)
      assert.deepEqual(namesOf(await follow(subscription, 25)), names(50, 75), 'what came while nobody asked is there')
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
        assert.deepEqual(namesOf(await follow(subscription, 3)), names(0, 3))
      })
    },
  ),

  eventStoreCase('a subscription begins behind the position asked for', async ({ store }) => {
    await write(store, 0, 10)
    const log = await eventsOf(store.readAll())
    const after = log[6]?.position ?? theStart
    await subscribing(store, async (subscribe) => {
      const subscription = subscribe({ after })
      assert.deepEqual(namesOf(await follow(subscription, 3)), names(7, 10))
      await write(store, 10, 12)
      assert.deepEqual(namesOf(await follow(subscription, 2)), names(10, 12))
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
      for (const one of both) assert.deepEqual(namesOf(await follow(one, 1)), ['wanted'])
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
      const all = await Promise.all(followers)
      const log = await eventsOf(store.readAll())
      assert.deepEqual(namesOf(log), names(0, 20))
      for (const seen of all) assert.deepEqual(seen, log)
    })
  }),

  eventStoreCase(
    'every subscription gives each stream in its order while sixteen write, whatever it filters',
    async (at) => {
      const handles = await handlesOf(at, 4)
      const streams = Array.from({ length: 6 }, (_, i) => stream(`${i}`, i < 4 ? 'group' : 'session'))
      const writer = async (w: number): Promise<void> => {
        for (let i = 0; i < 12; i += 1) {
          const to = streams[(w + i) % streams.length] ?? ours
          await appended(
            handles[w % 4] ?? at.store,
            to,
            any,
            event(`${w} ${i}`, { type: i % 3 === 0 ? 'Third' : 'Other' }),
          )
        }
      }
      await subscribing(handles[3] ?? at.store, async (subscribe) => {
        const wanted = [
          { filter: {}, count: 192, isWhole: true },
          { filter: { category: 'group' }, count: 128, isWhole: true },
          { filter: { category: 'session' }, count: 64, isWhole: true },
          { filter: { types: ['Third'] }, count: 64, isWhole: false },
          { filter: { types: ['Third', 'Other'] }, count: 192, isWhole: true },
        ]
        const followed = wanted.map(({ filter, count }, i) =>
          follow(subscribe({ ...filter, pageSize: 2 * i + 1 }), count),
        )
        await Promise.all(Array.from({ length: 16 }, (_, w) => writer(w)))
        const seen = await Promise.all(followed)
        for (const [i, { filter, count, isWhole }] of wanted.entries()) {
          const log = await eventsOf(at.store.readAll(filter))
          assert.equal(log.length, count)
          assert.deepEqual(seen[i], log)
          for (const one of streams) {
            const revisions = log.filter(({ stream }) => stream === one).map(({ revision }) => revision)
            assert.deepEqual(
              revisions,
              isWhole ? revisions.map((_, place) => place) : [...revisions].sort((a, b) => a - b),
            )
          }
        }
      })
    },
  ),

  eventStoreCase('a subscription may begin at every position of the log', async ({ store }) => {
    await write(store, 0, 12)
    const log = await eventsOf(store.readAll())
    await subscribing(store, async (subscribe) => {
      const all = [theStart, ...log.map(({ position }) => position)].map((after) => subscribe({ after, pageSize: 5 }))
      for (const [i, one] of all.slice(0, -1).entries())
        assert.deepEqual(namesOf(await follow(one, 12 - i)), names(i, 12))
      for (const one of all.slice(-1)) {
        const page = await within(soon, 'the page that says it has caught up', nextPage(one))
        assert.deepEqual(page, { events: [], through: log.at(-1)?.position, caughtUp: true })
      }
      await write(store, 12, 14)
      for (const one of all) assert.deepEqual(namesOf(await follow(one, 2)), names(12, 14))
    })
  }),

  eventStoreCase(
    'whoever stops after each page and begins where it ended loses nothing and sees nothing twice',
    async ({ store }) => {
      const total = 30
      const stepwise = async (filter: { readonly category?: string }): Promise<void> => {
        const seen: StoredEvent[] = []
        let after = theStart
        for (let steps = 0; seen.length < total; steps += 1) {
          assert.ok(steps < 300, `${steps} pages hold ${seen.length} of ${total} events`)
          const subscription = store.subscribe({ ...filter, after, pageSize: 2 })[Symbol.asyncIterator]()
          const page = await within(soon, 'the page', nextPage(subscription))
          await within(soon, 'leaving', leaving(subscription))
          assert.ok(page.events.length <= 2)
          seen.push(...page.events)
          after = page.through
          // Who writes in the same process must have a turn too.
          await new Promise((resolve) => setTimeout(resolve, 0))
        }
        assert.deepEqual(namesOf(seen), names(0, total))
        assert.deepEqual(seen, await eventsOf(store.readAll()))
      }
      await Promise.all([write(store, 0, total), stepwise({}), stepwise({ category: 'group' })])
    },
  ),

  eventStoreCase(
    'a long catching up ends at once when it is aborted or left, also while a page is on its way',
    async ({ store }) => {
      await long(store, 2)
      for (const end of ['abort', 'leave']) {
        const controller = new AbortController()
        const subscription = store.subscribe({ pageSize: 10, signal: controller.signal })[Symbol.asyncIterator]()
        assert.deepEqual(namesOf(await follow(subscription, 50)), names(0, 50))
        const waiting = subscription.next()
        if (end === 'abort') controller.abort()
        else await within(soon, 'leaving', leaving(subscription))
        await assertEnds(subscription, waiting)
      }
      await appended(store, ours, any, event('after all'))
      assert.equal((await eventsOf(store.readAll())).length, 1_601)
    },
  ),

  eventStoreCase('an aborted subscription ends at once, also while it waits', async ({ store }) => {
    await write(store, 0, 3)
    const controller = new AbortController()
    const subscription = store.subscribe({ signal: controller.signal })[Symbol.asyncIterator]()
    assert.deepEqual(namesOf(await follow(subscription, 3)), names(0, 3))
    const waiting = subscription.next()
    setTimeout(() => controller.abort(), 20)
    assert.deepEqual(await within(soon, 'the end', waiting), { done: true, value: undefined })

    const none = store.subscribe({ signal: AbortSignal.abort() })[Symbol.asyncIterator]()
    assert.deepEqual(await within(soon, 'the end', none.next()), { done: true, value: undefined })
  }),

  eventStoreCase('a subscription that its reader leaves ends at once, also while it waits', async ({ store }) => {
    await write(store, 0, 3)
    const subscription = store.subscribe()[Symbol.asyncIterator]()
    assert.deepEqual(namesOf(await follow(subscription, 3)), names(0, 3))
    const waiting = subscription.next()
    await within(soon, 'leaving', leaving(subscription))
    assert.deepEqual(await within(soon, 'the end', waiting), { done: true, value: undefined })
  }),
]
