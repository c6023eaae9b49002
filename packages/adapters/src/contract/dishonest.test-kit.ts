// dishonest.test-kit.ts: what event stores that break a promise are made of

import {
  any,
  commandIdOf,
  type EventId,
  type EventStore,
  eventIdOf,
  isAsExpected,
  type NewEvent,
  type NonEmpty,
  type PageResult,
  type Position,
  type StoredEvent,
  type Subscribe,
  theStart,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { memoryEventStore } from '../memory/index.ts'
import { holds, openedLog, strict } from './contract.test-kit.ts'
import { type EventStoreCapabilities, type EventStoreSubject, eventStoreCases, subscriptionCases } from './index.ts'

export const allCases = [...eventStoreCases, ...subscriptionCases]

/** A store that keeps all promises but one, and the case that finds it out. */
export interface Dishonest {
  readonly fails: string
  readonly broken: (store: EventStore) => Partial<EventStore>
}

export const inMemory = (
  broken: Dishonest['broken'] = () => ({}),
  capabilities: EventStoreCapabilities = strict,
): EventStoreSubject => ({
  capabilities,
  open: async (clock) => {
    const store = memoryEventStore({ clock })
    return openedLog({ ...store, ...broken(store) })
  },
})

/** Each fails the case of the one promise that it breaks, which a store that keeps them all does not. */
export const breakingOne = (dishonest: Readonly<Record<string, Dishonest>>): void => {
  describe('an event store that breaks one promise fails', () => {
    for (const [what, { fails, broken }] of Object.entries(dishonest)) {
      test(`a store that ${what}`, async () => {
        expect(await holds(allCases, fails, inMemory(broken))).toBe(false)
      })
    }

    test('and with no promise broken it keeps them all', async () => {
      const promises = new Set(Object.values(dishonest).map(({ fails }) => fails))
      for (const promise of promises) expect(await holds(allCases, promise, inMemory()), promise).toBe(true)
    })
  })
}

/** The pages, with other events in them. */
export async function* changing(
  pages: AsyncIterable<PageResult>,
  change: (events: ReadonlyArray<StoredEvent>) => ReadonlyArray<StoredEvent>,
): AsyncGenerator<PageResult, void> {
  for await (const page of pages)
    yield isLeft(page) ? page : right({ ...page.right, events: change(page.right.events) })
}

/** A store that shows its events otherwise than they were given. */
export const showing =
  (show: (event: StoredEvent) => StoredEvent): Dishonest['broken'] =>
  ({ readAll, readStream }) => ({
    readAll: (options) => changing(readAll(options), (events) => events.map(show)),
    readStream: (of, options) => changing(readStream(of, options), (events) => events.map(show)),
  })

/** A store whose subscriptions show events otherwise than the log does. */
export const telling =
  (tell: (event: StoredEvent, page: ReadonlyArray<StoredEvent>) => StoredEvent): Dishonest['broken'] =>
  ({ subscribe }) => ({
    subscribe: (options) => changing(subscribe(options), (events) => events.map((event) => tell(event, events))),
  })

/** A store that keeps events otherwise than they were given. */
export const storing =
  (keep: (event: NewEvent, batch: NonEmpty<NewEvent>) => NewEvent): Dishonest['broken'] =>
  ({ append }) => ({
    append: (to, expected, batch) => {
      const [first, ...others] = batch
      return append(to, expected, [keep(first, batch), ...others.map((event) => keep(event, batch))])
    },
  })

/** Text as a store gives it back that keeps what it means; as it was where it means nothing. */
export const readAndWritten = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

/** Pages that are fetched before anybody asks for them, of which only so many are kept. */
export async function* keeping(count: number, pages: AsyncIterable<PageResult>): AsyncGenerator<PageResult, void> {
  const kept: PageResult[] = []
  let hasEnded = false
  const fetch = async (): Promise<void> => {
    for await (const page of pages) {
      kept.push(page)
      if (kept.length > count) kept.shift()
    }
    hasEnded = true
  }
  void fetch()
  while (!hasEnded) {
    const page = kept.shift()
    if (page !== undefined) yield page
    else await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Between the look and the append another may come. */
export const lookingFirst: Dishonest['broken'] = ({ append, readStream }) => ({
  append: (to, expected, events) => async () => {
    const log: StoredEvent[] = []
    for await (const page of readStream(to)) if (!isLeft(page)) log.push(...page.right.events)
    const actual = log.at(-1)?.revision ?? null
    return isAsExpected(expected, actual)
      ? append(to, any, events)()
      : left({ _tag: 'WrongExpectedRevision', stream: to, expected, actual })
  },
})

/** As a store whose positions are given before they are committed: what is newest is not to be seen yet, but passed over. */
export const hidingTheLast: Dishonest['broken'] = ({ readAll }) => ({
  readAll: (options) =>
    changing(readAll(options), (events) => events.filter(({ position }) => position % 31 !== 0 || position < 31)),
})

/** A subscription that looks again and again, and goes on somewhere after a failure; null: it ends with it. */
export async function* following(
  { readAll }: EventStore,
  options: Subscribe,
  onward: ((after: Position) => Position) | null,
): AsyncGenerator<PageResult, void> {
  let after = options.after ?? theStart
  while (options.signal?.aborted !== true) {
    for await (const page of readAll({ ...options, after })) {
      if (isLeft(page)) {
        if (onward === null) return yield page
        after = onward(after)
      } else {
        yield page
        after = page.right.through
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

export const otherId = (id: EventId): EventId => eventIdOf(commandIdOf('another', id), 0)
