// times.ts: cases of the event store: the times that it gives

import assert from 'node:assert/strict'
import { any, noStream, type StoredEvent, theBeginning } from '@smagruppe/domain'
import { appended, event, eventStoreCase, eventsOf, handClock, noon, secondsAfter, stream } from './samples.ts'

const ours = stream('ours')
const timesOf = (events: ReadonlyArray<StoredEvent>) =>
  events.map(({ recordedAt, knownSince }) => [recordedAt, knownSince])

export const timeCases = [
  eventStoreCase("events of one append are recorded at the same time, the clock's", async ({ store, clock }) => {
    await appended(store, ours, noStream, event('0'), event('1'))
    clock.set(secondsAfter(noon, 60))
    await appended(store, ours, any, event('2'))
    const one = noon
    const two = secondsAfter(noon, 60)
    assert.deepEqual(timesOf(await eventsOf(store.readAll())), [
      [one, one],
      [one, one],
      [two, two],
    ])
  }),

  eventStoreCase('a clock that goes back does not take the log with it', async ({ store, clock }) => {
    await appended(store, ours, noStream, event('0'))
    clock.set(secondsAfter(noon, -3_600))
    await appended(store, stream('theirs'), noStream, event('1'))
    clock.set(secondsAfter(noon, 5))
    await appended(store, ours, any, event('2'))
    const later = secondsAfter(noon, 5)
    assert.deepEqual(timesOf(await eventsOf(store.readAll())), [
      [noon, noon],
      [noon, noon],
      [later, later],
    ])
  }),

  eventStoreCase(
    'the clock of another handle takes the log back only where that is declared, and never what it appended itself',
    async ({ store, capabilities, another }) => {
      const behind = handClock(secondsAfter(noon, -60))
      const { it: other } = await another(behind)
      await appended(store, ours, noStream, event('0'))
      await appended(other, ours, any, event('1'))
      behind.set(secondsAfter(noon, -3_600))
      await appended(other, ours, any, event('2'))
      await appended(store, ours, any, event('3'))
      const log = await eventsOf(store.readAll())
      assert.equal(log.length, 4)
      const at = log.map(({ recordedAt }) => recordedAt)
      const [first = '', second = '', third = '', fourth = ''] = at
      assert.equal(first, noon)
      assert.ok(second >= secondsAfter(noon, -60), 'nothing is recorded before the clock of who appended it')
      assert.ok(third >= second && fourth >= first, 'a handle never goes back behind what it recorded itself')
      assert.ok(log.every(({ knownSince, recordedAt }) => knownSince === recordedAt))
      if (capabilities.monotoneRecordedAt) assert.deepEqual(at, [...at].sort(), 'the log does not go back in time')
      else assert.ok(second < first, 'each handle records by its own clock')
    },
  ),

  eventStoreCase(
    'what was known before is known since then, and nothing is known later than it is recorded',
    async ({ store, clock }) => {
      const before = secondsAfter(noon, -86_400)
      await appended(
        store,
        ours,
        noStream,
        event('0', { knownSince: before }),
        event('1', { knownSince: secondsAfter(noon, 86_400) }),
        event('2', { knownSince: null }),
        event('3', { knownSince: theBeginning }),
      )
      clock.set(secondsAfter(noon, -3_600))
      await appended(store, ours, any, event('4', { knownSince: secondsAfter(noon, -60) }))
      assert.deepEqual(timesOf(await eventsOf(store.readAll())), [
        [noon, before],
        [noon, noon],
        [noon, noon],
        [noon, theBeginning],
        [noon, secondsAfter(noon, -60)],
      ])
    },
  ),
]
