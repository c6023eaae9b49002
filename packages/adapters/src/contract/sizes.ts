// sizes.ts: cases of the event store: large appends, and what is too large for one

import assert from 'node:assert/strict'
import { any, type NewEvent, type NonEmpty, noStream } from '@smagruppe/domain'
import { leftOf } from './case.ts'
import {
  appended,
  assertNothingStored,
  type EventStoreAtHand,
  event,
  eventStoreCase,
  eventsOf,
  namesOf,
  stream,
} from './samples.ts'

const ours = stream('ours')

/** What a store may count of an event beside its texts. */
export const besideText = 1_024

/** What `'unlimited'` is tried with: more would only try the machine. */
const mostTried = 32 * 1024 * 1024

/** The most data that one append of so many events surely may have, or that is tried. */
export const roomFor = (count: number, { maxAppendBytes }: EventStoreAtHand['capabilities']): number =>
  maxAppendBytes === 'unlimited' ? mostTried : maxAppendBytes - count * (besideText + 100)

/** JSON text of exactly that length. */
const textOf = (name: string, length: number): string => {
  const begin = `{"name":"${name}","more":"`
  return `${begin}${'m'.repeat(length - begin.length - 2)}"}`
}

/** So many events, whose data have so many bytes in all. */
const batchOf = (count: number, bytes: number): NonEmpty<NewEvent> => {
  const each = Math.floor(bytes / count)
  const first = event('0', { data: textOf('0', bytes - each * (count - 1)) })
  return [first, ...Array.from({ length: count - 1 }, (_, i) => event(`${i + 1}`, { data: textOf(`${i + 1}`, each) }))]
}

const assertSame = async ({ store }: EventStoreAtHand, batch: NonEmpty<NewEvent>): Promise<void> => {
  for (const log of [await eventsOf(store.readStream(ours)), await eventsOf(store.readAll())]) {
    assert.equal(log.length, batch.length)
    for (const [i, { data, revision }] of log.entries()) {
      assert.equal(revision, i)
      // Not by deepEqual: a difference of megabytes is nothing to read.
      assert.ok(data === batch[i]?.data, `the data of event ${i} came back the same`)
    }
  }
}

/** Appends it, and holds the store to what becomes of what is as large. */
const assertTooLarge = async ({ store, capabilities }: EventStoreAtHand, batch: NonEmpty<NewEvent>): Promise<void> => {
  const refused = leftOf(await store.append(ours, noStream, batch)())
  assert.equal(refused._tag, 'AppendTooLarge')
  assert.equal(refused.limit, capabilities.maxAppendBytes)
  assert.ok(refused.bytes > refused.limit, `${refused.bytes} bytes are more than ${refused.limit}`)
  await assertNothingStored(store)
}

export const sizeCases = [
  eventStoreCase('data of a megabyte comes back the same', async (at) => {
    const batch = batchOf(1, 1_000_000)
    await appended(at.store, ours, noStream, ...batch)
    await assertSame(at, batch)
  }),

  eventStoreCase(
    'an event as large as may be is stored; a larger one is refused where that is declared',
    async (at) => {
      const { store, capabilities } = at
      const { maxAppendBytes } = capabilities
      if (maxAppendBytes !== 'unlimited') await assertTooLarge(at, batchOf(1, maxAppendBytes + 1))
      const largest = batchOf(1, roomFor(1, capabilities))
      await appended(store, ours, noStream, ...largest)
      await assertSame(at, largest)
    },
  ),

  eventStoreCase('a batch as large as may be is stored; a larger one is refused where that is declared', async (at) => {
    const { store, capabilities } = at
    const { maxAppendBytes } = capabilities
    if (maxAppendBytes !== 'unlimited') await assertTooLarge(at, batchOf(40, maxAppendBytes + 1))
    const largest = batchOf(40, roomFor(40, capabilities))
    const receipt = await appended(store, ours, noStream, ...largest)
    assert.deepEqual([receipt.first, receipt.last], [0, 39])
    await assertSame(at, largest)
  }),

  eventStoreCase('a batch of 5,000 is stored whole, or refused whole where it is too large', async (at) => {
    const { store, capabilities } = at
    const { maxAppendBytes } = capabilities
    const large = 5_000 * (besideText + 200)
    if (maxAppendBytes !== 'unlimited' && maxAppendBytes < large) {
      await assertTooLarge(at, batchOf(5_000, Math.max(maxAppendBytes + 1, 5_000 * 100)))
      const most = Math.floor(maxAppendBytes / (besideText + 200))
      const receipt = await appended(store, ours, noStream, ...batchOf(most, most * 100))
      assert.deepEqual([receipt.first, receipt.last], [0, most - 1])
      return assertSame(at, batchOf(most, most * 100))
    }
    const batch = batchOf(5_000, 5_000 * 100)
    const receipt = await appended(store, ours, noStream, ...batch)
    assert.deepEqual([receipt.first, receipt.last], [0, 4_999])
    await assertSame(at, batch)
    assert.deepEqual(await appended(store, ours, noStream, ...batch), receipt, 'again, it gives its first receipt')
    assert.equal((await eventsOf(store.readAll())).length, 5_000)
  }),

  eventStoreCase('what is too large does not harm those that are appended at the same time', async (at) => {
    const { store, capabilities } = at
    const { maxAppendBytes } = capabilities
    const small = ['a', 'b'].map((name) => appended(store, stream(name), noStream, event(name)))
    const large = store.append(ours, any, batchOf(2, maxAppendBytes === 'unlimited' ? 5_000_000 : maxAppendBytes + 1))()
    await Promise.all(small)
    const wanted = maxAppendBytes === 'unlimited' ? ['0', '1', 'a', 'b'] : ['a', 'b']
    assert.equal((await large)._tag, maxAppendBytes === 'unlimited' ? 'Right' : 'Left')
    assert.deepEqual([...namesOf(await eventsOf(store.readAll()))].sort(), wanted)
  }),
]
