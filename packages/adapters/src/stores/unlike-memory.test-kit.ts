// unlike-memory.test-kit.ts: stores that break one promise each, to show that the model runs find it

import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type EventStore,
  isAsExpected,
  movedSince,
  type PageResult,
  type ProjectionStore,
  position,
  type Revision,
  type StoredEvent,
  theStart,
  type Vault,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { memoryVault } from '../memory/index.ts'
import type { Broken } from './memory-site.test-kit.ts'

const lastOf = async ({ readStream }: EventStore, stream: StoredEvent['stream']): Promise<Revision | null> => {
  let last: Revision | null = null
  for await (const page of readStream(stream)) if (!isLeft(page)) last = page.right.events.at(-1)?.revision ?? last
  return last
}

const withRows =
  (rows: (rows: ProjectionStore, opened: number) => Partial<ProjectionStore>): Broken =>
  (stores, opened) => ({ rows: rows(stores.rows, opened) })
const withEvents =
  (events: (events: EventStore, opened: number) => Partial<EventStore>): Broken =>
  (stores, opened) => ({ events: events(stores.events, opened) })
const withVault =
  (vault: (vault: Vault, opened: number) => Partial<Vault>): Broken =>
  (stores, opened) => ({ vault: vault(stores.vault, opened) })

/** Of stores that everybody has open twice from the beginning, those that were opened again. */
const isReopened = (opened: number): boolean => opened > 2

/** Stores that keep all promises but one. */
export const broken: Readonly<Record<string, Broken>> = {
  'takes a stream that should not exist': withEvents(({ append }) => ({
    append: (to, expected, events) => append(to, expected._tag === 'NoStream' ? { _tag: 'Any' } : expected, events),
  })),
  'takes a stream that should exist': withEvents(({ append }) => ({
    append: (to, expected, events) => append(to, expected._tag === 'StreamExists' ? { _tag: 'Any' } : expected, events),
  })),
  'does not say how the stream stands': withEvents(({ append }) => ({
    append: (to, expected, events) => async () => {
      const answer = await append(to, expected, events)()
      return isLeft(answer) && answer.left._tag === 'WrongExpectedRevision'
        ? left({ ...answer.left, actual: null })
        : answer
    },
  })),
  'compares the revision before it looks for a repetition': withEvents((store) => ({
    append: (to, expected, events) => async () => {
      const actual = await lastOf(store, to)
      return isAsExpected(expected, actual)
        ? store.append(to, expected, events)()
        : left({ _tag: 'WrongExpectedRevision', stream: to, expected, actual })
    },
  })),
  'compares the revision some time before it writes': withEvents((store) => ({
    append: (to, expected, events) => async () => {
      const actual = await lastOf(store, to)
      await nextTurn()
      return isAsExpected(expected, actual)
        ? store.append(to, { _tag: 'Any' }, events)()
        : store.append(to, expected, events)()
    },
  })),
  'stores a batch event by event': withEvents(({ append }) => ({
    append:
      (to, expected, [first, ...others]) =>
      async () => {
        let receipt = await append(to, expected, [first])()
        for (const one of others) {
          await nextTurn()
          const next = await append(to, { _tag: 'Any' }, [one])()
          if (isLeft(receipt) || isLeft(next)) return isLeft(receipt) ? receipt : next
          receipt = right({ ...next.right, first: receipt.right.first })
        }
        return receipt
      },
  })),
  'answers an append before others can read it': withEvents(({ append, readAll }) => {
    let writing: Promise<unknown> = Promise.resolve()
    return {
      append: (to, expected, events) => async () => {
        const answer = await append(to, expected, events)()
        writing = nextTurn()
        return answer
      },
      readAll: async function* (options) {
        let isWritten = false
        void writing.then(() => {
          isWritten = true
        })
        await Promise.resolve()
        if (isWritten) yield* readAll(options)
        else yield right({ events: [], through: options?.after ?? theStart, caughtUp: true })
      },
    }
  }),
  'reads on after an abort': withEvents(({ readAll }) => ({
    readAll: (options = {}) => {
      const { signal: _signal, ...rest } = options
      return readAll(rest)
    },
  })),
  'gives other types than those that were asked for': withEvents(({ readAll }) => ({
    readAll: (options = {}) => {
      const { types: _types, ...rest } = options
      return readAll(rest)
    },
  })),
  'gives an event twice to who comes again after it was opened anew': withEvents(({ subscribe }, opened) => ({
    subscribe: (options = {}) =>
      subscribe(
        isReopened(opened) && (options.after ?? 0) > 0
          ? { ...options, after: position((options.after ?? 1) - 1) }
          : options,
      ),
  })),
  'loses an event for who comes again after it was opened anew': withEvents(({ subscribe }, opened) => ({
    subscribe: (options = {}) =>
      subscribe(isReopened(opened) ? { ...options, after: position((options.after ?? 0) + 1) } : options),
  })),
  'gives subscribers the whole log in one page': withEvents(({ subscribe }) => ({
    subscribe: (options = {}) => subscribe({ ...options, pageSize: 500 }),
  })),
  'says that subscribers have caught up when they have not': withEvents(({ subscribe }) => ({
    subscribe: (options = {}) => ({
      [Symbol.asyncIterator]: () => {
        const pages = subscribe(options)[Symbol.asyncIterator]()
        return {
          next: async (): Promise<IteratorResult<PageResult, unknown>> => {
            const result = await pages.next()
            return result.done === true || isLeft(result.value)
              ? result
              : { done: false, value: right({ ...result.value.right, caughtUp: true }) }
          },
          return: async () => (await pages.return?.()) ?? { done: true, value: undefined },
        }
      },
    }),
  })),
  'does not move the checkpoint of rows': withRows(({ commit }) => ({
    commit: (id, changes, { from }, aside) => commit(id, changes, { from, to: from }, aside),
  })),
  'does not compare the checkpoint of rows': withRows(({ commit, checkpoint }) => ({
    commit:
      (id, changes, { to }, aside) =>
      async () => {
        const from = await checkpoint(id)()
        return isLeft(from) ? from : commit(id, changes, { from: from.right, to }, aside)()
      },
  })),
  'compares the checkpoint of rows some time before it writes': withRows(({ commit, checkpoint }) => ({
    commit:
      (id, changes, { from, to }, aside) =>
      async () => {
        const actual = await checkpoint(id)()
        if (isLeft(actual)) return actual
        if (actual.right !== from) return commit(id, changes, { from, to }, aside)()
        await nextTurn()
        const meanwhile = await checkpoint(id)()
        return isLeft(meanwhile) ? meanwhile : commit(id, changes, { from: meanwhile.right, to }, aside)()
      },
  })),
  'forgets the checkpoint of rows when it is opened anew': withRows(({ checkpoint }, opened) => ({
    checkpoint: (id) => (isReopened(opened) ? async () => right(theStart) : checkpoint(id)),
  })),
  'lists rows from the beginning': withRows(({ list }) => ({
    list: (id, { after: _after, ...which }) => list(id, which),
  })),
  'lists rows of all prefixes': withRows(({ list }) => ({
    list: (id, { prefix: _prefix, ...which }) => list(id, which),
  })),
  'lists rows by UTF-16 unit': withRows(({ list }) => ({
    list: (id, which) => async () => {
      const found = await list(id, which)()
      return isLeft(found) ? found : right([...found.right].sort((one, other) => (one.key < other.key ? -1 : 1)))
    },
  })),
  'keeps rows that should go': withRows(({ commit }) => ({
    commit: (id, changes, ...rest) =>
      commit(
        id,
        changes.filter(({ row }) => row !== null),
        ...rest,
      ),
  })),
  'sets nothing aside': withRows(({ commit }) => ({
    commit: (id, changes, checkpoint) => commit(id, changes, checkpoint),
  })),
  'switches to another build without looking what serves': withRows(({ kept, serve }) => ({
    serve: (id) => async () => {
      const all = await kept()
      if (isLeft(all)) return all
      return serve(id, all.right.find(({ name, serves }) => serves && name === id.name) ?? null)()
    },
  })),
  'looks what serves some time before it switches': withRows(({ kept, serve }) => ({
    serve: (id, seen) => async () => {
      const serving = async () => {
        const all = await kept()
        return isLeft(all) ? null : (all.right.find(({ name, serves }) => serves && name === id.name) ?? null)
      }
      if (movedSince(id, seen, await serving()) !== null) return serve(id, seen)()
      await nextTurn()
      return serve(id, await serving())()
    },
  })),
  'takes one build for another': withRows(({ get, commit }) => ({
    get: ({ name, version }, key) => get({ name, version }, key),
    commit: ({ name, version }, ...rest) => commit({ name, version }, ...rest),
  })),
  'lets the last one have a number': withVault(({ claim, holderOf, release }) => ({
    claim: (number, doctor) => async () => {
      const holder = await holderOf(number)()
      if (!isLeft(holder) && holder.right !== null) await release(number, holder.right)()
      return claim(number, doctor)()
    },
  })),
  'looks for the holder of a number some time before it gives it away': withVault(({ claim, holderOf, release }) => ({
    claim: (number, doctor) => async () => {
      const holder = await holderOf(number)()
      if (isLeft(holder) || holder.right !== null) return claim(number, doctor)()
      await nextTurn()
      const meanwhile = await holderOf(number)()
      if (!isLeft(meanwhile) && meanwhile.right !== null) await release(number, meanwhile.right)()
      return claim(number, doctor)()
    },
  })),
  'gives a number up for anybody': withVault(({ holderOf, release }) => ({
    release: (number) => async () => {
      const holder = await holderOf(number)()
      return isLeft(holder) || holder.right === null ? right(undefined) : release(number, holder.right)()
    },
  })),
  'has other keys when it is opened anew': (_stores, opened) => (isReopened(opened) ? { vault: memoryVault() } : {}),
  'closes the same text in another way every time': withVault(({ seal }) => {
    let times = 0
    return {
      seal: (person, place, text) => {
        times += 1
        return seal(person, { ...place, field: `${place.field} ${times}` }, text)
      },
    }
  }),
}
