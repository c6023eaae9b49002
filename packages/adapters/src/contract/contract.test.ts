// contract.test.ts: the contract finds out stores that keep no promise, or all but one

import { type EventStore, position, revision, type StoredEvent, theStart, type Vault } from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { memoryEventStore, memoryVault } from '../memory/index.ts'
import { failuresOf, namesOf, opened, openedLog } from './contract.test-kit.ts'
import {
  type EventStoreCapabilities,
  eventStoreCases,
  type Opened,
  projectionStoreCases,
  subscriptionCases,
  type VaultSubject,
  vaultCases,
} from './index.ts'
import { lax, laxSubject } from './lax-store.test-kit.ts'

const allCases = [...eventStoreCases, ...subscriptionCases]

const strict: EventStoreCapabilities = {
  maxAppendBytes: 'unlimited',
  idempotency: 'exact',
  monotoneRecordedAt: true,
  onceClosed: 'goesOn',
}
test('every case has a name of its own', () => {
  for (const cases of [allCases, projectionStoreCases, vaultCases]) {
    expect(new Set(namesOf(cases)).size).toBe(cases.length)
  }
})

describe('event stores that keep no promise fail every case', () => {
  const page = right({ events: [], through: theStart, caughtUp: true })
  const takesAll: EventStore['append'] = (to, _expected, events) => async () =>
    right({ stream: to, first: revision(0), last: revision(events.length - 1), position: position(events.length) })
  const silent = async function* () {}
  const empty = async function* () {
    yield page
  }
  const stores: Readonly<Record<string, EventStore>> = {
    'takes everything and says nothing': { append: takesAll, readStream: silent, readAll: silent, subscribe: silent },
    'takes everything and has nothing': { append: takesAll, readStream: empty, readAll: empty, subscribe: empty },
  }
  for (const [what, store] of Object.entries(stores)) {
    test(what, async () => {
      for (const capabilities of [strict, lax]) {
        const subject = { capabilities, open: async () => openedLog(store) }
        expect(await failuresOf(allCases, subject)).toEqual(namesOf(allCases))
      }
    })
  }
})

/** Event stores that keep all promises but one. */
const forgetful: Readonly<Record<string, (store: EventStore) => Partial<EventStore>>> = {
  'expects nothing': ({ append }) => ({ append: (to, _expected, events) => append(to, { _tag: 'Any' }, events) }),
  'looks for a conflict before it looks for a repetition': ({ append, readStream }) => ({
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
  'stores the whole of a batch event by event': ({ append }) => ({
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
  'has seen no further than its last event': ({ readAll }) => ({
    readAll: async function* (options) {
      let through = options?.after ?? theStart
      for await (const page of readAll(options)) {
        if (isLeft(page)) return
        through = page.right.events.at(-1)?.position ?? through
        yield right({ ...page.right, through })
      }
    },
  }),
  'says it has seen what it has not': ({ readAll }) => ({
    readAll: async function* (options) {
      for await (const page of readAll(options)) {
        yield isLeft(page) ? page : right({ ...page.right, through: position(page.right.through + 1) })
      }
    },
  }),
  'has never caught up': ({ readAll }) => ({
    readAll: async function* (options) {
      for await (const page of readAll(options)) yield isLeft(page) ? page : right({ ...page.right, caughtUp: false })
    },
  }),
  'reads on after an abort': ({ readAll }) => ({
    readAll: (options = {}) => {
      const { signal: _signal, ...rest } = options
      return readAll(rest)
    },
  }),
  'pages as it likes': ({ readAll }) => ({ readAll: (options) => readAll({ ...options, pageSize: 500 }) }),
  'reads to the end': ({ readAll }) => ({
    readAll: (options = {}) => {
      const { until: _until, ...rest } = options
      return readAll(rest)
    },
  }),
  'takes a category for a prefix': ({ readAll }) => ({
    readAll: async function* (options = {}) {
      const { category = '', ...rest } = options
      for await (const page of readAll(rest)) {
        if (isLeft(page)) return
        yield right({ ...page.right, events: page.right.events.filter(({ stream }) => stream.startsWith(category)) })
      }
    },
  }),
  'does not stay': ({ readAll }) => ({ subscribe: readAll }),
  'forgets where a subscription begins': ({ subscribe }) => ({
    subscribe: (options = {}) => subscribe({ ...options, after: theStart }),
  }),
  'gives some events twice': ({ subscribe }) => ({
    subscribe: async function* (options) {
      for await (const page of subscribe(options)) {
        yield page
        yield page
      }
    },
  }),
  'changes text': ({ readAll }) => ({
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
  'believes the clock': (store) => ({
    readAll: async function* (options) {
      for await (const page of store.readAll(options)) {
        if (isLeft(page)) return
        yield right({ ...page.right, events: page.right.events.map((one) => ({ ...one, recordedAt: one.knownSince })) })
      }
    },
  }),
}

describe('an event store that breaks one promise fails', () => {
  for (const [what, broken] of Object.entries(forgetful)) {
    test(`a store that ${what}`, { timeout: 60_000 }, async () => {
      const failed = await failuresOf(allCases, {
        capabilities: strict,
        open: async (clock) => {
          const store = memoryEventStore({ clock })
          return openedLog({ ...store, ...broken(store) })
        },
      })
      expect(failed.length).toBeGreaterThan(0)
    })
  }
})

test('a store that keeps the weaker side of each capability, and declares it, fails no case', async () => {
  expect(await failuresOf(allCases, laxSubject())).toEqual([])
})

test('a vault that keeps nothing fails every case', async () => {
  const nothing: Vault = {
    seal: (person, _place, text) => async () => right({ sealed: { person, box: text } }),
    reveal: () => async () => right({ _tag: 'Forgotten' }),
    holderOf: () => async () => right(null),
    claim: (_number, doctor) => async () => right(doctor),
    release: () => async () => right(undefined),
  }
  const failed = await failuresOf<VaultSubject>(vaultCases, { open: async () => opened(nothing) })
  expect(failed).toEqual(namesOf(vaultCases))
})

describe('a vault that breaks one promise fails', () => {
  const forgetfulVaults: Readonly<Record<string, (vault: Vault) => Partial<Vault>>> = {
    'does not seal': () => ({
      seal: (person, _place, text) => async () => right({ sealed: { person, box: text } }),
      reveal: (sealed) => async () => right({ _tag: 'Known', text: sealed.sealed.box }),
    }),
    'seals differently each time': ({ seal }) => {
      let times = 0
      return {
        seal: (person, place, text) => {
          times += 1
          return seal(person, { ...place, field: `${place.field} ${times}` }, text)
        },
      }
    },
    'trims what it is given': ({ reveal }) => ({
      reveal: (sealed) => reveal({ sealed: { ...sealed.sealed, box: sealed.sealed.box.trim() } }),
    }),
    'never gives a number up': () => ({ release: () => async () => right(undefined) }),
    'gives a number up for anybody': ({ release, holderOf }) => ({
      release: (number) => async () => {
        const holder = await holderOf(number)()
        if (isLeft(holder)) return holder
        return holder.right === null ? right(undefined) : release(number, holder.right)()
      },
    }),
    'lets the last one have a number': ({ claim }) => ({
      claim: (number, doctor) => async () => {
        const claimed = await claim(number, doctor)()
        return isLeft(claimed) ? claimed : right(doctor)
      },
    }),
  }
  for (const [what, broken] of Object.entries(forgetfulVaults)) {
    test(`a vault that ${what}`, async () => {
      const open = async (): Promise<Opened<Vault>> => {
        const vault = memoryVault()
        return opened({ ...vault, ...broken(vault) })
      }
      expect((await failuresOf<VaultSubject>(vaultCases, { open })).length).toBeGreaterThan(0)
    })
  }
})
