// dishonest-capabilities.test.ts: an event store that declares other capabilities than it has, or breaks a promise of the weaker ones, fails

import {
  any,
  isAsExpected,
  position,
  revision,
  type StoredEvent,
  storeFailure,
  theBeginning,
  theStart,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { holds, strict } from './contract.test-kit.ts'
import { allCases, changing, type Dishonest, following, inMemory, otherId } from './dishonest.test-kit.ts'
import { lax, laxSubject } from './lax-store.test-kit.ts'

/** Stores that promise less, and break one promise of that. */
const dishonestAndLax: Readonly<Record<string, Dishonest>> = {
  'forgets ids': {
    fails: 'a batch appended again, expecting what it expected first, gives its first receipt',
    broken: ({ append, readStream }) => ({
      append: (to, expected, events) => async () => {
        const log: StoredEvent[] = []
        for await (const page of readStream(to)) if (!isLeft(page)) log.push(...page.right.events)
        const actual = log.at(-1)?.revision ?? null
        return isAsExpected(expected, actual)
          ? append(to, expected, events)()
          : left({ _tag: 'WrongExpectedRevision', stream: to, expected, actual })
      },
    }),
  },
  'stores what is new of a batch': {
    fails: 'a batch of which a part is stored already is refused, and nothing is stored',
    broken: ({ append, readStream }) => ({
      append: (to, expected, events) => async () => {
        const known = new Set<string>()
        for await (const page of readStream(to))
          if (!isLeft(page)) for (const { id } of page.right.events) known.add(id)
        const [first, ...others] = events.filter(({ id }) => !known.has(id))
        return first === undefined || known.size === 0
          ? append(to, expected, events)()
          : append(to, any, [first, ...others])()
      },
    }),
  },
  'knows ids of all streams': {
    fails: 'ids that are stored in another stream are refused, or other events where that is declared',
    broken: ({ append, readAll }) => ({
      append: (to, expected, events) => async () => {
        for await (const page of readAll()) {
          const found = isLeft(page) ? undefined : page.right.events.find(({ id }) => id === events[0].id)
          if (found !== undefined) return left({ _tag: 'DuplicateEventId', id: found.id })
        }
        return append(to, expected, events)()
      },
    }),
  },
  'says nothing of a batch that is too large': {
    fails: 'a batch as large as may be is stored; a larger one is refused where that is declared',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        return isLeft(result) && result.left._tag === 'AppendTooLarge'
          ? left(storeFailure('Full', 'too large'))
          : result
      },
    }),
  },
  'refuses for their size events that are not too large': {
    fails: 'an event as large as may be is stored; a larger one is refused where that is declared',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const bytes = 2 * events[0].data.length
        return bytes > lax.maxAppendBytes
          ? left({ _tag: 'AppendTooLarge', bytes, limit: lax.maxAppendBytes })
          : append(to, expected, events)()
      },
    }),
  },
  'lets its own clock take it back': {
    fails:
      'the clock of another handle takes the log back only where that is declared, and never what it appended itself',
    broken: ({ readAll }) => ({
      readAll: (options) =>
        changing(readAll(options), (events) =>
          events.map((event, i) =>
            i === 2 ? { ...event, recordedAt: theBeginning, knownSince: theBeginning } : event,
          ),
        ),
    }),
  },
  'throws once it is closed': {
    fails: 'a closed handle says so and stores nothing, and the log is there for others',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        if (isLeft(result) && result.left._tag === 'StoreFailure') throw new Error('closed')
        return result
      },
    }),
  },
  'says that it stored what it did not while it closed': {
    fails: 'a handle that is closed while it appends answers each append, and keeps what it answered',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        if (!isLeft(result) || result.left._tag !== 'StoreFailure') return result
        return right({ stream: to, first: revision(0), last: revision(0), position: position(1) })
      },
    }),
  },
  'takes its being closed for the end of the log': {
    fails: 'a reading whose handle is closed in the middle ends, whole or as closed',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        for await (const page of readAll(options))
          yield isLeft(page) ? right({ events: [], through: theStart, caughtUp: true }) : page
      },
    }),
  },
  'ends subscriptions without a word when it is closed': {
    fails: 'a subscription whose handle is closed ends as closed, also while it waits',
    broken: ({ subscribe }) => ({
      subscribe: async function* (options) {
        for await (const page of subscribe(options)) {
          if (isLeft(page)) return
          yield page
        }
      },
    }),
  },
  'says that a lost answer is lost for good': {
    fails: 'an append whose connection broke may be made again: nothing is lost, nothing stored twice',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        return isLeft(result) && result.left._tag === 'StoreFailure' ? left({ ...result.left, retry: false }) : result
      },
    }),
  },
  'asks again by itself, under other ids': {
    fails: 'an append whose connection broke may be made again: nothing is lost, nothing stored twice',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        if (!isLeft(result) || result.left._tag !== 'StoreFailure' || !result.left.retry) return result
        return append(to, any, [{ ...events[0], id: otherId(events[0].id) }])()
      },
    }),
  },
  'takes a broken connection for the end of the log': {
    fails: 'a reading whose connection breaks may be taken up where it was',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        for await (const page of readAll(options))
          yield isLeft(page) ? right({ events: [], through: options?.after ?? theStart, caughtUp: true }) : page
      },
    }),
  },
  'ends subscriptions with their connection': {
    fails: 'subscriptions outlive their connections: nothing is lost, nothing comes twice',
    broken: (store) => ({ subscribe: (options = {}) => following(store, options, null) }),
  },
  'begins again where a connection was lost': {
    fails: 'subscriptions outlive their connections: nothing is lost, nothing comes twice',
    broken: (store) => ({ subscribe: (options = {}) => following(store, options, () => theStart) }),
  },
  'passes over what came while a connection was lost': {
    fails: 'subscriptions outlive their connections: nothing is lost, nothing comes twice',
    broken: (store) => ({ subscribe: (options = {}) => following(store, options, (after) => position(after + 10)) }),
  },
}

describe('an event store that promises less, and breaks one promise, fails', () => {
  for (const [what, { fails, broken }] of Object.entries(dishonestAndLax)) {
    test(`a store that ${what}`, async () => {
      expect(await holds(allCases, fails, laxSubject(broken))).toBe(false)
    })
  }
})

const sizes = 'an event as large as may be is stored; a larger one is refused where that is declared'

describe('an event store that does not take what it declares fails', () => {
  for (const [maxAppendBytes, fails] of [
    ['unlimited', 20_000_000],
    [8_000_000, 6_000_000],
    [8_000_000, Number.POSITIVE_INFINITY],
  ] as const) {
    const isHonest = fails > 8_000_000 && maxAppendBytes !== 'unlimited'
    test(`${maxAppendBytes} declared, ${isHonest ? 'and kept' : `but no more than ${fails} bytes taken`}`, async () => {
      const subject = inMemory(
        ({ append }) => ({
          append: (to, expected, events) => {
            const bytes = events.reduce((sum, { data }) => sum + data.length, 0)
            if (maxAppendBytes !== 'unlimited' && bytes > maxAppendBytes)
              return async () => left({ _tag: 'AppendTooLarge', bytes, limit: maxAppendBytes })
            if (bytes > fails) return async () => left(storeFailure('Unavailable', 'too much at once'))
            return append(to, expected, events)
          },
        }),
        { ...strict, maxAppendBytes },
      )
      expect(await holds(allCases, sizes, subject)).toBe(isHonest)
    })
  }
})

describe('an event store that declares what is not so fails', () => {
  const ids = 'ids that are stored in another stream are refused, or other events where that is declared'
  const times =
    'the clock of another handle takes the log back only where that is declared, and never what it appended itself'
  const closing = 'a closed handle says so and stores nothing, and the log is there for others'
  for (const [capability, fails] of [
    ['maxAppendBytes', sizes],
    ['idempotency', ids],
    ['monotoneRecordedAt', times],
    ['onceClosed', closing],
  ] as const) {
    test(`${capability}: more than it keeps`, async () => {
      const subject = { ...laxSubject(), capabilities: { ...lax, [capability]: strict[capability] } }
      expect(await holds(allCases, fails, subject)).toBe(false)
    })

    test(`${capability}: less than it keeps`, async () => {
      expect(await holds(allCases, fails, inMemory(undefined, { ...strict, [capability]: lax[capability] }))).toBe(
        false,
      )
    })
  }
})
