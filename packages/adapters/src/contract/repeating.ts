// repeating.ts: cases of the event store: appending again, and text that comes back as it went in

import assert from 'node:assert/strict'
import {
  any,
  type ExpectedRevision,
  exactly,
  type NewEvent,
  type NonEmpty,
  noStream,
  revision,
  streamExists,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { awkwardTexts, leftOf, unstorableTexts } from './case.ts'
import {
  appended,
  assertNothingStored,
  type EventStoreAtHand,
  event,
  eventStoreCase,
  eventsOf,
  namesOf,
  noon,
  stream,
} from './samples.ts'

const ours = stream('ours')
const theirs = stream('theirs')

const stored = async ({ store }: EventStoreAtHand): Promise<ReadonlyArray<string>> =>
  namesOf(await eventsOf(store.readAll()))

/** Where ids do not tell, a batch is stored once more or refused, but whole. */
const assertWholeOrRefused = async (
  at: EventStoreAtHand,
  expected: ExpectedRevision,
  batch: NonEmpty<NewEvent>,
): Promise<void> => {
  const before = await eventsOf(at.store.readStream(ours))
  const result = await at.store.append(ours, expected, batch)()
  const added = (await eventsOf(at.store.readStream(ours))).slice(before.length)
  if (isLeft(result)) {
    assert.ok(['DuplicateEventId', 'WrongExpectedRevision'].includes(result.left._tag), result.left._tag)
    assert.deepEqual(added, [])
    return
  }
  const known = before.findIndex(({ id }) => id === batch[0].id)
  const isStored = added.length > 0
  const first = isStored ? before.length : known
  assert.deepEqual(namesOf(added), isStored ? namesOf(batch) : [])
  assert.deepEqual([result.right.first, result.right.last], [first, first + batch.length - 1])
}

export const repeatingCases = [
  eventStoreCase('a batch appended again, expecting what it expected first, gives its first receipt', async (at) => {
    const { store } = at
    const first = await appended(store, ours, noStream, event('0'), event('1'))
    const second = await appended(store, ours, exactly(revision(1)), event('2'), event('3'))
    const third = await appended(store, ours, streamExists, event('4'))
    assert.deepEqual(await appended(store, ours, streamExists, event('4')), third)
    const fourth = await appended(store, ours, any, event('5'), event('6'))
    assert.deepEqual(await appended(store, ours, any, event('5'), event('6')), fourth)
    await appended(store, theirs, noStream, event('7'))
    assert.deepEqual(await appended(store, ours, noStream, event('0'), event('1')), first)
    assert.deepEqual(await appended(store, ours, exactly(revision(1)), event('2'), event('3')), second)
    assert.deepEqual([first.first, first.last, second.first, second.last], [0, 1, 2, 3])
    assert.deepEqual([third.first, third.last, fourth.first, fourth.last], [4, 4, 5, 6])
    assert.deepEqual(await stored(at), ['0', '1', '2', '3', '4', '5', '6', '7'])
  }),

  eventStoreCase(
    'a batch appended again, expecting anything else, gives its first receipt where that is declared',
    async (at) => {
      const { store, capabilities } = at
      await appended(store, ours, noStream, event('first'))
      const batch = [event('second'), event('third')] as const
      const receipt = await appended(store, ours, exactly(revision(0)), ...batch)
      await appended(store, ours, exactly(revision(2)), event('fourth'))
      await appended(store, theirs, noStream, event('fifth'))
      const others = [any, noStream, streamExists, exactly(revision(2)), exactly(revision(3)), exactly(revision(9))]
      for (const expected of others) {
        if (capabilities.idempotency === 'exact')
          assert.deepEqual(await appended(store, ours, expected, ...batch), receipt, expected._tag)
        else await assertWholeOrRefused(at, expected, batch)
      }
      if (capabilities.idempotency === 'exact')
        assert.deepEqual(await stored(at), ['first', 'second', 'third', 'fourth', 'fifth'])
      assert.deepEqual(await appended(store, ours, exactly(revision(0)), ...batch), receipt)
    },
  ),

  eventStoreCase('a batch appended twice at the same time is stored once', async (at) => {
    const twice = [1, 2].map(() => appended(at.store, ours, noStream, event('first'), event('second')))
    const [one, other] = await Promise.all(twice)
    assert.deepEqual(one, other)
    assert.deepEqual(await stored(at), ['first', 'second'])
  }),

  eventStoreCase('a batch of which a part is stored already is refused, and nothing is stored', async (at) => {
    const { store, capabilities } = at
    await appended(store, ours, noStream, event('first'), event('second'))
    const overlapping = [
      { batch: [event('second'), event('third')], known: null },
      { batch: [event('first'), event('second'), event('third')], known: null },
      { batch: [event('third'), event('second')], known: event('second').id },
      { batch: [event('third'), event('fourth'), event('first')], known: event('first').id },
    ] as const
    const isExact = capabilities.idempotency === 'exact'
    for (const { batch, known } of overlapping) {
      for (const expected of isExact ? [noStream, any, streamExists, exactly(revision(1))] : [noStream]) {
        const refused = leftOf(await store.append(ours, expected, batch)())
        if (!isExact) assert.ok(['DuplicateEventId', 'WrongExpectedRevision'].includes(refused._tag), refused._tag)
        else if (known === null) assert.equal(refused._tag, 'DuplicateEventId')
        else assert.deepEqual(refused, { _tag: 'DuplicateEventId', id: known })
      }
    }
    assert.deepEqual(await stored(at), ['first', 'second'])
    if (!isExact) for (const { batch } of overlapping) await assertWholeOrRefused(at, any, batch)
  }),

  eventStoreCase(
    'ids that are stored in another stream are refused, or other events where that is declared',
    async (at) => {
      const { store, capabilities } = at
      await appended(store, ours, noStream, event('first'))
      const again = await store.append(theirs, noStream, [event('first')])()
      if (capabilities.idempotency === 'exact') {
        assert.deepEqual(leftOf(again), { _tag: 'DuplicateEventId', id: event('first').id })
        assert.deepEqual(await stored(at), ['first'])
      } else {
        assert.equal(again._tag, 'Right')
        const log = await eventsOf(store.readAll())
        assert.deepEqual(
          log.map(({ stream, revision, id }) => [stream, revision, id]),
          [ours, theirs].map((one) => [one, 0, event('first').id]),
        )
      }
    },
  ),

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
      for (const changed of [
        { data: text },
        { type: text },
        { actor: { id: text, role: 'r' } },
        { actor: { id: 'i', role: text } },
      ]) {
        const broken = event('broken', changed)
        const refused = leftOf(await store.append(ours, noStream, [event('whole'), broken])())
        assert.deepEqual(refused, { _tag: 'UnstorableText', id: broken.id })
      }
    }
    await assertNothingStored(store)
  }),
]
