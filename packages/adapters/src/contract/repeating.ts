// repeating.ts: cases of the event store: appending again, and text that comes back as it went in

import assert from 'node:assert/strict'
import { any, exactly, noStream, revision } from '@smagruppe/domain'
import { awkwardTexts, leftOf, unstorableTexts } from './case.ts'
import { appended, assertNothingStored, event, eventStoreCase, eventsOf, namesOf, noon, stream } from './samples.ts'

const ours = stream('ours')
const theirs = stream('theirs')

export const repeatingCases = [
  eventStoreCase('a batch appended again gives its first receipt, whatever is expected now', async ({ store }) => {
    await appended(store, ours, noStream, event('first'))
    const batch = [event('second'), event('third')] as const
    const receipt = await appended(store, ours, exactly(revision(0)), ...batch)
    await appended(store, ours, exactly(revision(2)), event('fourth'))
    await appended(store, theirs, noStream, event('fifth'))
    assert.deepEqual(await appended(store, ours, exactly(revision(0)), ...batch), receipt)
    assert.deepEqual(await appended(store, ours, any, ...batch), receipt)
    assert.deepEqual(await appended(store, ours, noStream, ...batch), receipt)
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first', 'second', 'third', 'fourth', 'fifth'])
  }),

  eventStoreCase('a batch appended twice at the same time is stored once', async ({ store }) => {
    const twice = [1, 2].map(() => appended(store, ours, noStream, event('first'), event('second')))
    const [one, other] = await Promise.all(twice)
    assert.deepEqual(one, other)
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first', 'second'])
  }),

  eventStoreCase('a batch of which a part is stored already is refused, and nothing is stored', async ({ store }) => {
    await appended(store, ours, noStream, event('first'), event('second'))
    const known = event('second').id
    const behind = leftOf(await store.append(ours, any, [event('second'), event('third')])())
    assert.equal(behind._tag, 'DuplicateEventId')
    const before = leftOf(await store.append(ours, any, [event('third'), event('second')])())
    assert.deepEqual(before, { _tag: 'DuplicateEventId', id: known })
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first', 'second'])
  }),

  eventStoreCase('ids that are stored in another stream are refused, and nothing is stored', async ({ store }) => {
    await appended(store, ours, noStream, event('first'))
    const refused = leftOf(await store.append(theirs, noStream, [event('first')])())
    assert.deepEqual(refused, { _tag: 'DuplicateEventId', id: event('first').id })
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first'])
  }),

  eventStoreCase('the same id twice in one batch is refused, and nothing is stored', async ({ store }) => {
    const refused = leftOf(await store.append(ours, noStream, [event('first'), event('second'), event('first')])())
    assert.deepEqual(refused, { _tag: 'DuplicateEventId', id: event('first').id })
    await assertNothingStored(store)
  }),

  eventStoreCase('an event comes back as it went in, with its place and its time', async ({ store }) => {
    const given = event('first', {
      type: 'GroupRegistered',
      version: 3,
      actor: { id: 'system:import', role: 'importer' },
    })
    const { position } = await appended(store, ours, noStream, given)
    const expected = { ...given, stream: ours, revision: 0, position, recordedAt: noon, knownSince: noon }
    assert.deepEqual(await eventsOf(store.readStream(ours)), [expected])
    assert.deepEqual(await eventsOf(store.readAll()), [expected])
  }),

  eventStoreCase('text comes back to the letter', async ({ store }) => {
    for (const [i, text] of awkwardTexts.entries()) {
      await appended(store, ours, any, event(`${i}`, { data: text, type: `T${text}`, actor: { id: text, role: text } }))
    }
    for (const events of [await eventsOf(store.readStream(ours)), await eventsOf(store.readAll())]) {
      assert.deepEqual(
        events.map(({ data, type, actor }) => [data, type, actor]),
        awkwardTexts.map((text) => [text, `T${text}`, { id: text, role: text }]),
      )
    }
  }),

  eventStoreCase('text with a lone surrogate or U+0000 is refused, and nothing is stored', async ({ store }) => {
    for (const text of unstorableTexts) {
      for (const changed of [{ data: text }, { type: text }, { actor: { id: text, role: 'r' } }]) {
        const broken = event('broken', changed)
        const refused = leftOf(await store.append(ours, noStream, [event('whole'), broken])())
        assert.deepEqual(refused, { _tag: 'UnstorableText', id: broken.id })
      }
    }
    await assertNothingStored(store)
  }),
]
