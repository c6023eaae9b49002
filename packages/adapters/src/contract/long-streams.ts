// long-streams.ts: cases of the event store: a stream of thousands of events, and readers who have enough of it

import assert from 'node:assert/strict'
import {
  any,
  type EventStore,
  type NewEvent,
  type NonEmpty,
  type PageResult,
  revision,
  type StoredEvent,
} from '@smagruppe/domain'
import { soon, within } from './case.ts'
import { appended, event, eventStoreCase, eventsOf, namesOf, nextPage, pagesOf, stream } from './samples.ts'

const ours = stream('ours')
const aBatch = 800

const names = (from: number, to: number): ReadonlyArray<string> =>
  Array.from({ length: to - from }, (_, i) => `${from + i}`)

const batch = (from: number): NonEmpty<NewEvent> => {
  const [first = '', ...others] = names(from, from + aBatch)
  return [event(first), ...others.map((name) => event(name))]
}

/** As deepEqual, but for thousands: whose difference nobody could read. */
const assertNames = (events: ReadonlyArray<StoredEvent>, wanted: ReadonlyArray<string>): void => {
  const found = namesOf(events)
  const first = wanted.findIndex((name, i) => name !== found[i])
  assert.deepEqual([found.length, found[first]], [wanted.length, wanted[first]], `a difference at ${first}`)
}

/** Appends so many batches of 800 to one stream, whose events are named by their revision. */
export const long = async (store: EventStore, batches: number): Promise<void> => {
  for (let i = 0; i < batches; i += 1) await appended(store, ours, any, ...batch(i * aBatch))
}

/** The reading ends with the page that was on its way, or without it. */
export const assertEnds = async (reading: AsyncIterator<PageResult>, waiting: Promise<unknown>): Promise<void> => {
  await within(soon, 'the page that was on its way', waiting)
  assert.deepEqual(await within(soon, 'the end', reading.next()), { done: true, value: undefined })
}

export const longStreamCases = [
  eventStoreCase('a stream of four thousand events is read whole, and from anywhere', async ({ store }) => {
    await long(store, 5)
    const all = names(0, 4_000)
    assertNames(await eventsOf(store.readStream(ours)), all)
    assertNames(await eventsOf(store.readAll({ pageSize: 3_000 })), all)
    for (const from of [1, 799, 800, 2_345, 3_999, 4_000]) {
      const pages = await pagesOf(store.readStream(ours, { from: revision(from), pageSize: 900 }))
      assertNames(
        pages.flatMap(({ events }) => events),
        all.slice(from),
      )
      assert.ok(pages.every(({ events }) => events.length <= 900))
    }
  }),

  eventStoreCase(
    'a long reading ends at once when it is aborted, also while a page is on its way',
    async ({ store }) => {
      await long(store, 2)
      for (const begin of [
        (signal: AbortSignal) => store.readAll({ pageSize: 10, signal }),
        (signal: AbortSignal) => store.readStream(ours, { pageSize: 10, signal }),
      ]) {
        const controller = new AbortController()
        const reading = begin(controller.signal)[Symbol.asyncIterator]()
        for (let page = 0; page < 5; page += 1)
          assert.deepEqual(namesOf((await nextPage(reading)).events), names(page * 10, page * 10 + 10))
        const waiting = reading.next()
        controller.abort()
        await assertEnds(reading, waiting)
      }
      await appended(store, ours, any, event('after all'))
      assert.equal((await eventsOf(store.readAll())).length, 2 * aBatch + 1)
    },
  ),
]
