// dishonest-appends.test.ts: an event store that appends otherwise than it promised fails the case of that promise

import type { StoredEvent } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { breakingOne, lookingFirst, readAndWritten, storing } from './dishonest.test-kit.ts'

breakingOne({
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
  'leaves out what is behind the first thousand of a batch': {
    fails: 'a batch of 5,000 is stored whole, or refused whole where it is too large',
    broken: ({ append }) => ({
      append: (to, expected, [first, ...others]) => append(to, expected, [first, ...others.slice(0, 999)]),
    }),
  },
  'gives all events of a batch the correlation of the first': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event, [first]) => ({ ...event, correlation: first.correlation })),
  },
  'gives all events of a batch the cause and the type of the first': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event, [first]) => ({ ...event, causation: first.causation, type: first.type })),
  },
  'takes the first of a batch for known since when the last is': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event, events) => ({ ...event, knownSince: events.at(-1)?.knownSince ?? null })),
  },
  'keeps versions in two bytes': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event) => ({ ...event, version: event.version & 0x7fff })),
  },
  'keeps versions as floats of four bytes': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event) => ({ ...event, version: Math.fround(event.version) })),
  },
  'keeps what its text means, and not the text': {
    fails: 'events of one batch that differ in everything come back as they went in',
    broken: storing((event) => ({ ...event, data: readAndWritten(event.data) })),
  },
})
