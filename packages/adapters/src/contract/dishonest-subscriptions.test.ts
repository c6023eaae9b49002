// dishonest-subscriptions.test.ts: an event store whose subscriptions are not as promised fails the case of that promise

import { position, theStart } from '@smagruppe/domain'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { breakingOne, changing, keeping, readAndWritten, telling } from './dishonest.test-kit.ts'

breakingOne({
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
  'gives those who follow nobody who acted': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event) => ({ ...event, actor: { id: '', role: '' } })),
  },
  'gives those who follow other times': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event) => ({ ...event, recordedAt: event.knownSince })),
  },
  'takes all that those who follow get for known when it was recorded': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event) => ({ ...event, knownSince: event.recordedAt })),
  },
  'gives those who follow one correlation for all': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event, [first = event]) => ({ ...event, correlation: first.correlation })),
  },
  'gives those who follow one cause for all': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event, [first = event]) => ({ ...event, causation: first.causation })),
  },
  'gives those who follow a version of its own': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event) => ({ ...event, version: 99 })),
  },
  'writes anew the text that those who follow get': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: telling((event) => ({ ...event, data: readAndWritten(event.data) })),
  },
  'tells less of what comes live': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: ({ subscribe }) => ({
      subscribe: async function* (options) {
        let isLive = false
        for await (const page of subscribe(options)) {
          if (isLeft(page)) return
          const events = isLive ? page.right.events.map((event) => ({ ...event, version: 1 })) : page.right.events
          yield right({ ...page.right, events })
          isLive ||= page.right.caughtUp
        }
      },
    }),
  },
  'tells less to those with a filter': {
    fails:
      'a subscription gives each event as the log holds it: caught up with, live, filtered, and begun behind another',
    broken: ({ subscribe }) => ({
      subscribe: (options = {}) =>
        options.types === undefined
          ? subscribe(options)
          : changing(subscribe(options), (events) => events.map((event) => ({ ...event, version: 1 }))),
    }),
  },
  'forgets what nobody has asked for': {
    fails: 'who asks for nothing for a while holds nobody up, and is given every event after it',
    broken: ({ subscribe }) => ({ subscribe: (options) => keeping(20, subscribe(options)) }),
  },
})
