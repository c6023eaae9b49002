// subscribed-events.ts: cases of subscriptions: what they give is what the log holds, whenever it is asked for

import assert from 'node:assert/strict'
import { any, noStream } from '@smagruppe/domain'
import { follow, subscribing } from './following.ts'
import { appended, event, eventStoreCase, eventsOf, stream, variedBatch } from './samples.ts'

const ours = stream('ours')

const batch = (name: string, count: number) =>
  [event(`${name} first`), ...Array.from({ length: count - 1 }, (_, i) => event(`${name} ${i}`))] as const

export const subscribedEventCases = [
  eventStoreCase(
    'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    async ({ store }) => {
      const [early, late] = [variedBatch('early'), variedBatch('late')]
      const filters = [{}, { category: 'group' }, { types: [...early, ...late].map(({ type }) => type) }]
      await appended(store, ours, noStream, ...early)
      await subscribing(store, async (subscribe) => {
        const subscriptions = filters.map((filter) => subscribe({ ...filter, pageSize: 4 }))
        const caughtUpWith = await Promise.all(subscriptions.map((one) => follow(one, early.length)))
        const [live] = await Promise.all([
          Promise.all(subscriptions.map((one) => follow(one, late.length))),
          appended(store, ours, any, ...late),
        ])
        const log = await eventsOf(store.readAll())
        assert.equal(log.length, early.length + late.length)
        for (const [i, filter] of filters.entries()) {
          assert.deepEqual(caughtUpWith[i], log.slice(0, early.length))
          assert.deepEqual(live[i], log.slice(early.length))
          for (const begin of [3, early.length + 2]) {
            const { position: after } = log[begin - 1] ?? assert.fail('the log is as long')
            assert.deepEqual(await follow(subscribe({ ...filter, after }), log.length - begin), log.slice(begin))
          }
        }
      })
    },
  ),

  eventStoreCase(
    'who asks for nothing for a while holds nobody up, and is given every event after it',
    async ({ store }) => {
      await appended(store, ours, noStream, ...batch('early', 20))
      await subscribing(store, async (subscribe) => {
        const [slow, quick] = [subscribe({ pageSize: 8 }), subscribe({ pageSize: 8 })]
        const begun = await follow(slow, 1)
        const followed = follow(quick, 620)
        for (const name of ['a', 'b', 'c']) await appended(store, ours, any, ...batch(name, 200))
        const log = await eventsOf(store.readAll())
        assert.equal(log.length, 620)
        assert.deepEqual(await followed, log)
        assert.deepEqual([...begun, ...(await follow(slow, 620 - begun.length))], log)
      })
    },
  ),
]
