// closing.ts: cases of the event store: a handle that is closed, at rest and in the middle of work

import assert from 'node:assert/strict'
import { any, type EventStore, noStream, type PageResult, type StoreFailure } from '@smagruppe/domain'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { leftOf, type Opened, soon, within } from './case.ts'
import { appended, event, eventStoreCase, eventsOf, namesOf, nextPage, pageIn, stream } from './samples.ts'

const ours = stream('ours')

const assertClosed = (failure: { readonly _tag: string }): void => {
  const { message, ...rest } = { message: '', ...failure }
  assert.deepEqual(rest, { _tag: 'StoreFailure', reason: 'Closed', retry: false })
  assert.notEqual(message, '', 'a failure says what happened')
}

/** The first and last that a reading gives is that it is closed. */
const assertReadsAsClosed = async (reading: AsyncIterable<PageResult>): Promise<void> => {
  const results: PageResult[] = []
  for await (const result of reading) results.push(result)
  assert.equal(results.length, 1)
  for (const result of results) assertClosed(leftOf<StoreFailure, unknown>(result))
}

const write = async (store: EventStore, names: ReadonlyArray<string>): Promise<void> => {
  for (const name of names) await appended(store, ours, any, event(name))
}

const upTo = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, i) => `${i}`)

/** The answers of sixteen who append until they are refused; the handle is closed when some of them have been answered. */
const closedWhileAppending = async (handle: Opened<EventStore>) => {
  const answered: string[] = []
  const refused: Either<{ readonly _tag: string }, unknown>[] = []
  let closing: Promise<void> | null = null
  const writer = async (w: number): Promise<void> => {
    for (const name of upTo(20).map((i) => `${w} ${i}`)) {
      const result = await handle.it.append(stream(`of ${w}`), any, [event(name)])()
      if (isLeft(result)) return void refused.push(result)
      answered.push(name)
      if (answered.length === 40) closing = handle.close()
    }
  }
  await within(soon, 'the answers', Promise.all(upTo(16).map((_, w) => writer(w))))
  await closing
  return { answered, refused }
}

export const closingCases = [
  eventStoreCase('a closed handle says so and stores nothing, and the log is there for others', async (at) => {
    const { store, capabilities, another } = at
    const { it: closed, close } = await another()
    await appended(closed, ours, noStream, event('0'))
    await close()
    await close()
    if (capabilities.onceClosed === 'refuses') {
      assertClosed(leftOf(await closed.append(ours, any, [event('lost')])()))
      for (const reading of [closed.readStream(ours), closed.readAll(), closed.subscribe()])
        await within(soon, 'the end', assertReadsAsClosed(reading))
    } else {
      await appended(closed, ours, any, event('more'))
      assert.deepEqual(namesOf(await eventsOf(closed.readAll())), ['0', 'more'])
    }
    await appended(store, ours, any, event('last'))
    const more = capabilities.onceClosed === 'refuses' ? [] : ['more']
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['0', ...more, 'last'])
  }),

  eventStoreCase(
    'a handle that is closed while it appends answers each append, and keeps what it answered',
    async (at) => {
      const { store, capabilities, another } = at
      const handle = await another()
      const { answered, refused } = await closedWhileAppending(handle)
      for (const result of refused) assert.equal(leftOf(result)._tag, 'StoreFailure')
      const log = namesOf(await eventsOf(store.readAll()))
      assert.deepEqual([answered.filter((name) => !log.includes(name)), log.length], [[], new Set(log).size])
      if (capabilities.onceClosed === 'refuses')
        assertClosed(leftOf(await handle.it.append(ours, any, [event('late')])()))
      else assert.deepEqual([answered.length, refused], [320, []])
      for (const [w] of upTo(16).entries()) {
        const own = namesOf(await eventsOf(store.readStream(stream(`of ${w}`))))
        assert.deepEqual(
          own,
          upTo(own.length).map((i) => `${w} ${i}`),
        )
      }
    },
  ),

  eventStoreCase('a reading whose handle is closed in the middle ends, whole or as closed', async (at) => {
    const { store, another } = at
    await write(store, upTo(40))
    for (const begin of [
      (handle: EventStore) => handle.readAll({ pageSize: 1 }),
      (handle: EventStore) => handle.readStream(ours, { pageSize: 1 }),
    ]) {
      const { it: handle, close } = await another()
      const seen: string[] = []
      const end = async (): Promise<'whole' | StoreFailure> => {
        for await (const result of begin(handle)) {
          if (isLeft(result)) return result.left
          seen.push(...namesOf(result.right.events))
          if (seen.length === 3) await close()
        }
        return 'whole'
      }
      const ended = await within(soon, 'the end', end())
      assert.deepEqual(seen, upTo(seen.length))
      if (ended === 'whole') assert.equal(seen.length, 40)
      else assertClosed(ended)
    }
  }),
]

const endOfSubscription = async (
  subscription: AsyncIterator<PageResult>,
  waiting: Promise<IteratorResult<PageResult>>,
) => {
  const result = await within(soon, 'the end of the subscription', waiting)
  if (result.done === true) assert.fail('a subscription that nobody aborted says why it ends')
  assertClosed(leftOf<StoreFailure, unknown>(result.value))
  assert.deepEqual(await within(soon, 'the end', subscription.next()), { done: true, value: undefined })
}

export const closedSubscriptionCases = [
  eventStoreCase(
    'a subscription whose handle is closed ends as closed, also while it waits',
    async ({ store, capabilities, another }) => {
      await write(store, upTo(3))
      const { it: handle, close } = await another()
      const controller = new AbortController()
      const { signal } = controller
      const waits = handle.subscribe({ signal })[Symbol.asyncIterator]()
      const catchesUp = handle.subscribe({ signal, pageSize: 1 })[Symbol.asyncIterator]()
      assert.deepEqual(namesOf((await within(soon, 'the page', nextPage(waits))).events), upTo(3))
      assert.deepEqual(namesOf((await within(soon, 'the page', nextPage(catchesUp))).events), ['0'])
      const waiting = waits.next()
      await within(soon, 'closing', close())
      if (capabilities.onceClosed === 'refuses') {
        await endOfSubscription(waits, waiting)
        await endOfSubscription(catchesUp, catchesUp.next())
      } else {
        await write(store, ['3'])
        assert.deepEqual(namesOf(pageIn(await within(soon, 'the page', waiting)).events), ['3'])
        for (const name of ['1', '2', '3']) assert.deepEqual(namesOf((await nextPage(catchesUp)).events), [name])
      }
      controller.abort()
    },
  ),
]
