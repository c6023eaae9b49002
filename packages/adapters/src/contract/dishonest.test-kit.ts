// dishonest.test-kit.ts: what event stores that break a promise are made of

import {
  any,
  commandIdOf,
  type EventId,
  type EventStore,
  eventIdOf,
  isAsExpected,
  type PageResult,
  type Position,
  type StoredEvent,
  type Subscribe,
  theStart,
} from '@smagruppe/domain'
import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { memoryEventStore } from '../memory/index.ts'
import { openedLog, strict } from './contract.test-kit.ts'
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
