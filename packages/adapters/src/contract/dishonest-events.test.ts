// dishonest-events.test.ts: an event store that does not keep a promise fails the case of that promise

import { type Page, position, type StoredEvent, theStart } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { holds } from './contract.test-kit.ts'
import {
  allCases,
  changing,
  type Dishonest,
  hidingTheLast,
  inMemory,
  lookingFirst,
  showing,
} from './dishonest.test-kit.ts'

const dishonest: Readonly<Record<string, Dishonest>> = {
  'expects nothing': {
    fails: 'no stream: is refused where there is one, and nothing is stored',
    broken: ({ append }) => ({ append: (to, _expected, events) => append(to, { _tag: 'Any' }, events) }),
  },
  'looks for a conflict before it looks for a repetition': {
    fails: 'a batch appended again, expecting what it expected first, gives its first receipt',
    broken: ({ append, readStream }) => ({
      append: (to, expected, events) => async () => {
        const log: StoredEvent[] = []
        for await (const result of readStream(to)) if (!isLeft(result)) log.push(...result.right.events)
        const actual = log.at(-1)?.revision ?? null
        const isStale =
          expected._tag === 'Exactly' ? expected.revision !== actual : expected._tag === 'NoStream' && actual !== null
        return isStale
          ? left({ _tag: 'WrongExpectedRevision', stream: to, expected, actual })
          : append(to, expected, events)()
      },
    }),
  },
  'stores the whole of a batch event by event': {
    fails: 'sixteen who begin a stream at once and expect nothing all append, each in one piece',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        let receipt = await append(to, expected, [events[0]])()
        for (const one of events.slice(1)) {
          if (isLeft(receipt)) return receipt
          const next = await append(to, { _tag: 'Any' }, [one])()
          if (isLeft(next)) return next
          receipt = right({ ...next.right, first: receipt.right.first })
        }
        return receipt
      },
    }),
  },
  'has seen no further than its last event': {
    fails: 'a reader with a filter has seen what it passed over',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        let through = options?.after ?? theStart
        for await (const page of readAll(options)) {
          if (isLeft(page)) return
          through = page.right.events.at(-1)?.position ?? through
          yield right({ ...page.right, through })
        }
      },
    }),
  },
  'says it has seen what it has not': {
    fails: 'the log is read after one position and until another',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        for await (const page of readAll(options)) {
          yield isLeft(page) ? page : right({ ...page.right, through: position(page.right.through + 1) })
        }
      },
    }),
  },
  'has never caught up': {
    fails: 'an empty log gives one empty page',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        for await (const page of readAll(options)) yield isLeft(page) ? page : right({ ...page.right, caughtUp: false })
      },
    }),
  },
  'reads on after an abort': {
    fails: 'an aborted reading ends, and an aborted signal begins none',
    broken: ({ readAll }) => ({
      readAll: (options = {}) => {
        const { signal: _signal, ...rest } = options
        return readAll(rest)
      },
    }),
  },
  'pages as it likes': {
    fails: 'pages have at most the size asked for, and together are the log',
    broken: ({ readAll }) => ({ readAll: (options) => readAll({ ...options, pageSize: 500 }) }),
  },
  'reads to the end': {
    fails: 'the log is read after one position and until another',
    broken: ({ readAll }) => ({
      readAll: (options = {}) => {
        const { until: _until, ...rest } = options
        return readAll(rest)
      },
    }),
  },
  'takes a category for a prefix': {
    fails: 'the log is read by types and by category',
    broken: ({ readAll }) => ({
      readAll: async function* (options = {}) {
        const { category = '', ...rest } = options
        for await (const page of readAll(rest)) {
          if (isLeft(page)) return
          yield right({ ...page.right, events: page.right.events.filter(({ stream }) => stream.startsWith(category)) })
        }
      },
    }),
  },
  'does not stay': {
    fails: 'a subscription catches up, then stays: nothing lost, nothing twice',
    broken: ({ readAll }) => ({ subscribe: readAll }),
  },
  'forgets where a subscription begins': {
    fails: 'a subscription begins behind the position asked for',
    broken: ({ subscribe }) => ({
      subscribe: (options = {}) => subscribe({ ...options, after: theStart }),
    }),
  },
  'gives some events twice': {
    fails: 'a subscription catches up, then stays: nothing lost, nothing twice',
    broken: ({ subscribe }) => ({
      subscribe: async function* (options) {
        for await (const page of subscribe(options)) {
          yield page
          yield page
        }
      },
    }),
  },
  'changes text': {
    fails: 'text comes back to the letter',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        for await (const page of readAll(options)) {
          if (isLeft(page)) return
          yield right({
            ...page.right,
            events: page.right.events.map((one) => ({ ...one, data: one.data.normalize('NFC') })),
          })
        }
      },
    }),
  },
  'believes the clock': {
    fails: 'what was known before is known since then, and nothing is known later than it is recorded',
    broken: (store) => ({
      readAll: async function* (options) {
        for await (const page of store.readAll(options)) {
          if (isLeft(page)) return
          yield right({
            ...page.right,
            events: page.right.events.map((one) => ({ ...one, recordedAt: one.knownSince })),
          })
        }
      },
    }),
  },
  'gives no conflict its actual revision': {
    fails: 'of sixteen who race to carry a stream on from one revision exactly one wins',
    broken: ({ append }) => ({
      append: (to, expected, events) => async () => {
        const result = await append(to, expected, events)()
        return isLeft(result) && result.left._tag === 'WrongExpectedRevision'
          ? left({ ...result.left, actual: null })
          : result
      },
    }),
  },
  'looks first and appends then': {
    fails: 'of sixteen who race to begin a stream exactly one wins',
    broken: lookingFirst,
  },
  'lets two of those who race win': {
    fails: 'where all four expectations race to begin a stream, what came of each could be so',
    broken: lookingFirst,
  },
  'forgets the role of who acted': {
    fails: 'an event comes back as it went in, with its place and its time',
    broken: showing((event) => ({ ...event, actor: { ...event.actor, role: '' } })),
  },
  'loses what stands beyond the basic plane': {
    fails: 'every code point comes back as it went in',
    broken: showing((event) => ({ ...event, data: event.data.replaceAll('\u{1f600}', '?') })),
  },
  'cuts long data': {
    fails: 'data of a megabyte comes back the same',
    broken: showing((event) => ({ ...event, data: event.data.slice(0, 65_536) })),
  },
  'leaves out what is behind the first thousand of a batch': {
    fails: 'a batch of 5,000 is stored whole, or refused whole where it is too large',
    broken: ({ append }) => ({
      append: (to, expected, [first, ...others]) => append(to, expected, [first, ...others.slice(0, 999)]),
    }),
  },
  'gives what is large as one page': {
    fails: 'a page holds no more data than fits, unless a single event does',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        const events: StoredEvent[] = []
        let last = right<never, Page>({ events, through: theStart, caughtUp: true })
        for await (const page of readAll(options)) {
          if (isLeft(page)) return
          events.push(...page.right.events)
          last = right({ ...page.right, events })
        }
        yield last
      },
    }),
  },
  'begins again before the position that it is given': {
    fails: 'a reader may go on from every position it has seen, with any filter',
    broken: ({ readAll }) => ({
      readAll: (options = {}) => readAll({ ...options, after: position(Math.max(0, (options.after ?? 0) - 1)) }),
    }),
  },
  'has seen of a stream no more than its events': {
    fails: "a stream's last page is through the end of the log, also of a stream that is not there",
    broken: ({ readStream }) => ({
      readStream: async function* (...asked) {
        for await (const page of readStream(...asked))
          yield isLeft(page) ? page : right({ ...page.right, through: page.right.events.at(-1)?.position ?? theStart })
      },
    }),
  },
  'ends a long stream early': {
    fails: 'a stream of four thousand events is read whole, and from anywhere',
    broken: ({ readStream }) => ({
      readStream: async function* (...asked) {
        for await (const page of readStream(...asked)) {
          yield isLeft(page) ? page : right({ ...page.right, caughtUp: true })
          return
        }
      },
    }),
  },
  'reads a stream on after an abort': {
    fails: 'a long reading ends at once when it is aborted, also while a page is on its way',
    broken: ({ readStream }) => ({
      readStream: (of, options = {}) => {
        const { signal: _signal, ...rest } = options
        return readStream(of, rest)
      },
    }),
  },
  'shows an event to nobody who reads it at once': {
    fails:
      'a reader who reads to the end again and again while sixteen write never finds anything at or before what it has seen',
    broken: hidingTheLast,
  },
  'hides some events from those who follow': {
    fails:
      'a reader who follows while sixteen write by several handles loses nothing, sees nothing twice and nothing out of order',
    broken: ({ subscribe }) => ({
      subscribe: (options) => changing(subscribe(options), (events) => events.filter((event) => event.position % 50)),
    }),
  },
  'gives those who follow a page in the wrong order': {
    fails: 'every subscription gives each stream in its order while sixteen write, whatever it filters',
    broken: ({ subscribe }) => ({
      subscribe: (options) => changing(subscribe(options), (events) => [...events].reverse()),
    }),
  },
  'gives those who begin at a position its event again': {
    fails: 'a subscription may begin at every position of the log',
    broken: ({ subscribe }) => ({
      subscribe: (options = {}) => subscribe({ ...options, after: position(Math.max(0, (options.after ?? 0) - 1)) }),
    }),
  },
  'goes on from the end for who comes back': {
    fails: 'whoever stops after each page and begins where it ended loses nothing and sees nothing twice',
    broken: ({ subscribe }) => ({
      subscribe: (options = {}) =>
        subscribe((options.after ?? 0) > 0 ? { ...options, after: position((options.after ?? 0) + 1) } : options),
    }),
  },
  'catches up before it hears of an abort': {
    fails: 'a long catching up ends at once when it is aborted or left, also while a page is on its way',
    broken: ({ readAll, subscribe }) => ({
      subscribe: async function* (options = {}) {
        const { signal: _signal, ...rest } = options
        let after = theStart
        for await (const page of readAll(rest)) {
          yield page
          if (!isLeft(page)) after = page.right.through
        }
        yield* subscribe({ ...options, after })
      },
    }),
  },
}

describe('an event store that breaks one promise fails', () => {
  for (const [what, { fails, broken }] of Object.entries(dishonest)) {
    test(`a store that ${what}`, async () => {
      expect(await holds(allCases, fails, inMemory(broken))).toBe(false)
    })
  }

  test('and with no promise broken it keeps them all', async () => {
    for (const { fails } of Object.values(dishonest)) expect(await holds(allCases, fails, inMemory()), fails).toBe(true)
  })
})
