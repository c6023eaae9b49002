// expectations.ts: cases of the event store: what an append expects of its stream, also when several race

import assert from 'node:assert/strict'
import {
  type AppendError,
  any,
  type EventStore,
  exactly,
  isAsExpected,
  type NonEmpty,
  noStream,
  type Revision,
  revision,
  streamExists,
} from '@smagruppe/domain'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { leftOf, rightOf } from './case.ts'
import {
  appended,
  assertNothingStored,
  event,
  eventStoreCase,
  eventsOf,
  handlesOf,
  namesOf,
  stream,
  successes,
} from './samples.ts'

const ours = stream('ours')

/** Sixteen at once, each handle's turn about. */
const sixteen = <E, A>(
  handles: NonEmpty<EventStore>,
  run: (store: EventStore, racer: number) => TaskEither<E, A>,
): Promise<ReadonlyArray<Either<E, A>>> =>
  Promise.all(Array.from({ length: 16 }, (_, i) => run(handles[i % handles.length] ?? handles[0], i)()))

/** The last revision of a stream before an append that began there. */
const beforeRevision = (first: Revision): Revision | null => (first === 0 ? null : revision(first - 1))

const actualIn = (error: AppendError): Revision | null =>
  error._tag === 'WrongExpectedRevision' ? error.actual : assert.fail(`refused as ${error._tag}`)

export const expectationCases = [
  eventStoreCase('no stream: begins a stream', async ({ store }) => {
    const receipt = await appended(store, ours, noStream, event('first'), event('second'))
    assert.deepEqual([receipt.stream, receipt.first, receipt.last], [ours, 0, 1])
    const events = await eventsOf(store.readStream(ours))
    assert.deepEqual(namesOf(events), ['first', 'second'])
    assert.equal(events.at(-1)?.position, receipt.position, 'the receipt names the position of the last event')
  }),

  eventStoreCase('no stream: is refused where there is one, and nothing is stored', async ({ store }) => {
    await appended(store, ours, noStream, event('first'), event('second'))
    const refused = leftOf(await store.append(ours, noStream, [event('third')])())
    assert.deepEqual(refused, { _tag: 'WrongExpectedRevision', stream: ours, expected: noStream, actual: 1 })
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first', 'second'])
  }),

  eventStoreCase('stream exists: carries a stream on', async ({ store }) => {
    await appended(store, ours, noStream, event('first'))
    const receipt = await appended(store, ours, streamExists, event('second'))
    assert.deepEqual([receipt.first, receipt.last], [1, 1])
    assert.deepEqual(namesOf(await eventsOf(store.readStream(ours))), ['first', 'second'])
  }),

  eventStoreCase('stream exists: is refused where there is none, and nothing is stored', async ({ store }) => {
    const refused = leftOf(await store.append(ours, streamExists, [event('first')])())
    assert.deepEqual(refused, { _tag: 'WrongExpectedRevision', stream: ours, expected: streamExists, actual: null })
    await assertNothingStored(store)
  }),

  eventStoreCase('any: begins a stream and carries it on', async ({ store }) => {
    const first = await appended(store, ours, any, event('first'))
    const second = await appended(store, ours, any, event('second'), event('third'))
    assert.deepEqual([first.first, first.last, second.first, second.last], [0, 0, 1, 2])
    assert.deepEqual(namesOf(await eventsOf(store.readStream(ours))), ['first', 'second', 'third'])
  }),

  eventStoreCase('exactly: carries a stream on from its last revision', async ({ store }) => {
    await appended(store, ours, noStream, event('first'), event('second'))
    const receipt = await appended(store, ours, exactly(revision(1)), event('third'))
    assert.deepEqual([receipt.first, receipt.last], [2, 2])
    assert.deepEqual(namesOf(await eventsOf(store.readStream(ours))), ['first', 'second', 'third'])
  }),

  eventStoreCase(
    'exactly: is refused behind and before the last revision and where there is no stream',
    async ({ store }) => {
      const missing = leftOf(await store.append(ours, exactly(revision(0)), [event('lost')])())
      const expected = exactly(revision(0))
      assert.deepEqual(missing, { _tag: 'WrongExpectedRevision', stream: ours, expected, actual: null })

      await appended(store, ours, noStream, event('first'), event('second'))
      for (const wrong of [0, 2, 7]) {
        const expected = exactly(revision(wrong))
        const refused = leftOf(await store.append(ours, expected, [event(`lost ${wrong}`)])())
        assert.deepEqual(refused, { _tag: 'WrongExpectedRevision', stream: ours, expected, actual: 1 })
      }
      assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first', 'second'])
    },
  ),

  eventStoreCase('revisions count each stream by itself', async ({ store }) => {
    const theirs = stream('theirs')
    await appended(store, ours, noStream, event('ours 0'))
    await appended(store, theirs, noStream, event('theirs 0'))
    await appended(store, ours, exactly(revision(0)), event('ours 1'))
    await appended(store, theirs, exactly(revision(0)), event('theirs 1'))
    for (const one of [ours, theirs]) {
      const events = await eventsOf(store.readStream(one))
      assert.deepEqual(
        events.map((stored) => [stored.stream, stored.revision]),
        [
          [one, 0],
          [one, 1],
        ],
      )
    }
  }),

  eventStoreCase('of sixteen who race to begin a stream exactly one wins', async (at) => {
    const handles = await handlesOf(at, 4)
    const results = await sixteen(handles, (store, i) =>
      store.append(ours, noStream, [event(`racer ${i}`), event(`racer ${i} again`)]),
    )
    assert.equal(successes(results), 1, 'one racer wins')
    for (const lost of results.filter(isLeft)) {
      assert.deepEqual(leftOf(lost), { _tag: 'WrongExpectedRevision', stream: ours, expected: noStream, actual: 1 })
    }
    const winner = results.findIndex(({ _tag }) => _tag === 'Right')
    assert.deepEqual(namesOf(await eventsOf(at.store.readAll())), [`racer ${winner}`, `racer ${winner} again`])
  }),

  eventStoreCase('of sixteen who race to carry a stream on from one revision exactly one wins', async (at) => {
    await appended(at.store, ours, noStream, event('first'))
    const expected = exactly(revision(0))
    const handles = await handlesOf(at, 4)
    const results = await sixteen(handles, (store, i) => store.append(ours, expected, [event(`racer ${i}`)]))
    assert.equal(successes(results), 1, 'one racer wins')
    for (const lost of results.filter(isLeft)) {
      assert.deepEqual(leftOf(lost), { _tag: 'WrongExpectedRevision', stream: ours, expected, actual: 1 })
    }
    const winner = results.findIndex(({ _tag }) => _tag === 'Right')
    assert.deepEqual(namesOf(await eventsOf(at.store.readAll())), ['first', `racer ${winner}`])
  }),

  eventStoreCase('sixteen who begin a stream at once and expect nothing all append, each in one piece', async (at) => {
    const handles = await handlesOf(at, 4)
    const names = (i: number) => [`racer ${i}`, `racer ${i} again`, `racer ${i} at last`]
    const results = await sixteen(handles, (store, i) => {
      const [first = '', ...others] = names(i)
      return store.append(ours, any, [event(first), ...others.map((name) => event(name))])
    })
    const receipts = results.map(rightOf)
    const order = receipts.map((_receipt, i) => i).sort((a, b) => (receipts[a]?.first ?? 0) - (receipts[b]?.first ?? 0))
    const log = await eventsOf(at.store.readStream(ours))
    assert.deepEqual(namesOf(log), order.flatMap(names))
    assert.deepEqual(
      order.map((i) => receipts[i]),
      order.map((_racer, place) => ({
        stream: ours,
        first: 3 * place,
        last: 3 * place + 2,
        position: log[3 * place + 2]?.position,
      })),
    )
  }),

  eventStoreCase('where all four expectations race to begin a stream, what came of each could be so', async (at) => {
    const asked = [noStream, any, streamExists, exactly(revision(0))]
    const handles = await handlesOf(at, 4)
    const expectedBy = (i: number) => asked[(i >> 2) % asked.length] ?? any
    const results = await sixteen(handles, (store, i) => store.append(ours, expectedBy(i), [event(`racer ${i}`)]))
    const log = await eventsOf(at.store.readStream(ours))
    assert.equal(log.length, successes(results))
    for (const [i, result] of results.entries()) {
      const expected = expectedBy(i)
      const before = isLeft(result) ? actualIn(result.left) : beforeRevision(rightOf(result).first)
      assert.equal(isAsExpected(expected, before), !isLeft(result), `${expected._tag} behind ${before}`)
      if (isLeft(result))
        assert.deepEqual(result.left, { _tag: 'WrongExpectedRevision', stream: ours, expected, actual: before })
      else assert.deepEqual(namesOf(log)[result.right.first], `racer ${i}`)
    }
    assert.deepEqual(
      log.map(({ revision }) => revision),
      log.map((_event, i) => i),
    )
  }),

  eventStoreCase(
    'sixteen who carry a stream on, loading again after each conflict, all come to their turn',
    async ({ store }) => {
      await appended(store, ours, noStream, event('first'))
      const writer = async (name: string): Promise<void> => {
        for (;;) {
          const last = (await eventsOf(store.readStream(ours))).at(-1)
          const result = await store.append(ours, last === undefined ? noStream : exactly(last.revision), [
            event(name),
          ])()
          if (!isLeft(result)) return
          assert.equal(result.left._tag, 'WrongExpectedRevision')
        }
      }
      const names = Array.from({ length: 16 }, (_, i) => `writer ${i}`)
      await Promise.all(names.map(writer))
      const events = await eventsOf(store.readStream(ours))
      assert.deepEqual(
        events.map(({ revision }) => revision),
        Array.from({ length: 17 }, (_, i) => i),
      )
      assert.deepEqual(new Set(namesOf(events)), new Set(['first', ...names]))
    },
  ),

  eventStoreCase('a refused append does not harm those made at the same time', async ({ store }) => {
    const theirs = stream('theirs')
    const results = await Promise.all([
      store.append(ours, noStream, [event('ours')])(),
      store.append(ours, streamExists, [event('text'), event('broken', { data: '"\ud800"' })])(),
      store.append(theirs, exactly(revision(5)), [event('too early')])(),
      store.append(theirs, noStream, [event('theirs')])(),
    ])
    assert.deepEqual(
      results.map(({ _tag }) => _tag),
      ['Right', 'Left', 'Left', 'Right'],
    )
    assert.deepEqual(new Set(namesOf(await eventsOf(store.readAll()))), new Set(['ours', 'theirs']))
  }),
]
