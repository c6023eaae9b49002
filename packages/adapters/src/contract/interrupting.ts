// interrupting.ts: cases of the event store: connections that break in the middle of work

import assert from 'node:assert/strict'
import {
  type EventStore,
  exactly,
  noStream,
  type Position,
  revision,
  type StoredEvent,
  type StoreFailure,
  type Subscribe,
  theStart,
} from '@smagruppe/domain'
import { isLeft } from 'fp-ts/lib/Either.js'
import { within } from './case.ts'
import { type EventStoreAtHand, event, eventStoreCase, handlesOf, namesOf, stream } from './samples.ts'

const ours = stream('ours')
const patienceMs = 30_000

const upTo = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, i) => `${i}`)

/** What may be asked again: then nobody had to mend anything. */
const assertMayPass = (failure: { readonly _tag: string }): void => {
  const { retry, message } = { retry: false, message: failure._tag, ...failure }
  assert.deepEqual([failure._tag, retry], ['StoreFailure', true], message)
}

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** Appends under that name until it is answered; a lost answer is no reason to think that nothing was stored. */
const insist = async (store: EventStore, name: string, [to, i]: readonly [ReturnType<typeof stream>, number]) => {
  for (;;) {
    const result = await store.append(to, i === 0 ? noStream : exactly(revision(i - 1)), [event(name)])()
    if (!isLeft(result)) return assert.deepEqual([result.right.first, result.right.last], [i, i])
    assertMayPass(result.left)
    await aMoment()
  }
}

/** All that is in the log, also where a connection that was broken is only noticed now. */
const wholeLog = async (store: EventStore): Promise<ReadonlyArray<StoredEvent>> => {
  for (;;) {
    const events: StoredEvent[] = []
    let failure: StoreFailure | null = null
    for await (const result of store.readAll()) {
      if (isLeft(result)) failure = result.left
      else events.push(...result.right.events)
    }
    if (failure === null) return events
    assertMayPass(failure)
    await aMoment()
  }
}

/** Breaks all connections again and again while that work goes on. */
const interrupted = async ({ interrupt }: EventStoreAtHand, work: Promise<unknown>): Promise<void> => {
  let isWorking = true
  const working = work.finally(() => {
    isWorking = false
  })
  const interrupting = async (): Promise<void> => {
    for (let times = 0; isWorking && times < 8; times += 1) {
      await interrupt()
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
  await within(patienceMs, 'work with broken connections', Promise.all([working, interrupting()]))
}

export const interruptingCases = [
  eventStoreCase(
    'an append whose connection broke may be made again: nothing is lost, nothing stored twice',
    async (at) => {
      const each = 12
      const handles = await handlesOf(at, 4)
      const writer = async (w: number): Promise<void> => {
        const store = handles[w % handles.length] ?? at.store
        for (let i = 0; i < each; i += 1) await insist(store, `${w} ${i}`, [stream(`of ${w}`), i])
      }
      await interrupted(at, Promise.all(upTo(16).map((_, w) => writer(w))))
      const log = await wholeLog(at.store)
      assert.equal(log.length, 16 * each)
      for (const [w] of upTo(16).entries()) {
        const own = log.filter((stored) => stored.stream === stream(`of ${w}`))
        assert.deepEqual(
          namesOf(own),
          upTo(each).map((i) => `${w} ${i}`),
        )
      }
    },
  ),

  eventStoreCase('a reading whose connection breaks may be taken up where it was', async (at) => {
    const { store } = at
    for (const [i, name] of upTo(60).entries()) await insist(store, name, [ours, i])
    const seen: string[] = []
    const readOn = async (): Promise<void> => {
      let through: Position = theStart
      for (let isWhole = false; !isWhole; ) {
        for await (const result of store.readAll({ after: through, pageSize: 3 })) {
          if (isLeft(result)) {
            assertMayPass(result.left)
            await aMoment()
            break
          }
          seen.push(...namesOf(result.right.events))
          through = result.right.through
          isWhole = result.right.caughtUp
          if (seen.length % 12 === 0) await at.interrupt()
        }
      }
    }
    await within(patienceMs, 'the reading', readOn())
    assert.deepEqual(seen, upTo(60))
  }),
]

export const interruptedSubscriptionCases = [
  eventStoreCase('subscriptions outlive their connections: nothing is lost, nothing comes twice', async (at) => {
    const all = upTo(90)
    const { it: reader } = await at.another()
    const done = new AbortController()
    const follow = async (options: Subscribe): Promise<ReadonlyArray<StoredEvent>> => {
      const seen: StoredEvent[] = []
      for await (const result of reader.subscribe({ ...options, signal: done.signal })) {
        if (isLeft(result)) assert.fail(`the subscription ended: ${result.left.message}`)
        seen.push(...result.right.events)
        if (namesOf(seen.slice(-1))[0] === all.at(-1)) break
      }
      return seen
    }
    const write = async (): Promise<void> => {
      for (const [i, name] of all.entries()) {
        await insist(at.store, name, [ours, i])
        if (i % 10 === 9) await aMoment()
      }
    }
    const followed = Promise.all([{}, { pageSize: 1 }, { types: ['SomethingHappened'], category: 'group' }].map(follow))
    try {
      await interrupted(at, Promise.all([write(), followed]))
    } finally {
      done.abort()
    }
    const log = await wholeLog(at.store)
    assert.deepEqual(namesOf(log), all)
    for (const seen of await followed) assert.deepEqual(seen, log)
  }),
]
