// dishonest-readings.test.ts: an event store that shows its log otherwise than it promised fails the case of that promise

import { heaviestPage, type Page, position, type StoredEvent, theStart } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { breakingOne, hidingTheLast, showing } from './dishonest.test-kit.ts'

breakingOne({
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
  'weighs pages by code points': {
    fails: 'a page of text in any script holds no more than fits',
    broken: ({ readAll }) => ({
      readAll: async function* (options) {
        let events: StoredEvent[] = []
        let weight = 0
        for await (const page of readAll({ ...options, pageSize: 1 })) {
          if (isLeft(page)) return
          for (const event of page.right.events) {
            const [more] = [[...event.data].length]
            const through = events.at(-1)?.position
            if (through !== undefined && weight + more > heaviestPage) {
              yield right({ events, through, caughtUp: false })
              events = []
              weight = 0
            }
            events.push(event)
            weight += more
          }
          if (page.right.caughtUp) yield right({ ...page.right, events })
        }
      },
    }),
  },
})
