// samples.ts: streams and events for the cases, and what the cases read them with

import assert from 'node:assert/strict'
import {
  type Appended,
  type CommandId,
  type CorrelationId,
  CorrelationId as CorrelationIdCodec,
  commandIdOf,
  type EventStore,
  type ExpectedRevision,
  eventIdOf,
  type Instant,
  instantOf,
  millisecondsOf,
  type NewEvent,
  type NonEmpty,
  type Page,
  type PageResult,
  type StoredEvent,
  type StreamName,
  streamName,
  uuidOf,
} from '@smagruppe/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import type { EventStoreCapabilities } from './capabilities.ts'
import { awkwardJson, awkwardTexts, type ContractCase, type Opened, rightOf, using } from './case.ts'

/** How a case gets an empty event store, and what it may expect of it. */
export interface EventStoreSubject {
  readonly capabilities: EventStoreCapabilities
  /** Opens a new, empty log, by a handle that takes its time from that clock. */
  readonly open: (clock: () => Instant) => Promise<OpenedEventStore>
}

/** A log that was opened for one case. Its `close` is called after all other handles are closed. */
export interface OpenedEventStore extends Opened<EventStore> {
  /**
   * Opens the same log once more, as another process would, by a handle with that clock and an end of its own; the same handle where
   * there can be only one. It may be closed at any time, and a second time.
   */
  readonly another: (clock: () => Instant) => Promise<Opened<EventStore>>
  /** Breaks every connection that its handles have; new ones can be made at once. Does nothing where there are none. */
  readonly interrupt: () => Promise<void>
}

/** A clock that a case sets. */
export interface HandClock {
  readonly now: () => Instant
  readonly set: (instant: Instant) => void
}

/** What a case of the event store works with. */
export interface EventStoreAtHand {
  readonly store: EventStore
  readonly clock: HandClock
  readonly capabilities: EventStoreCapabilities
  /** Another handle on the same log; with the same clock where none is given. */
  readonly another: (clock?: HandClock) => Promise<Opened<EventStore>>
  readonly interrupt: () => Promise<void>
}

/** A case on an empty event store whose clock stands at noon on the second of January 2024 and moves on by a second each time it is asked. */
export const eventStoreCase = (
  name: string,
  check: (at: EventStoreAtHand) => Promise<void>,
): ContractCase<EventStoreSubject> => ({
  name,
  run: async ({ open, capabilities }) => {
    const clock = handClock(noon)
    const opened = await open(clock.now)
    const others: Opened<EventStore>[] = []
    const another = async (its = clock): Promise<Opened<EventStore>> => {
      const other = await opened.another(its.now)
      others.push(other)
      return other
    }
    const close = async (): Promise<void> => {
      for (const other of others) await other.close()
      await opened.close()
    }
    const { it: store, interrupt } = opened
    await using({ it: { store, clock, capabilities, another, interrupt }, close }, check)
  },
})

/** So many handles on the log, the first among them. */
export const handlesOf = async (at: EventStoreAtHand, count: number): Promise<NonEmpty<EventStore>> => {
  const others: EventStore[] = []
  while (others.length < count - 1) others.push((await at.another()).it)
  return [at.store, ...others]
}

/** Noon on the second of January 2024. */
export const noon = instantOf(Date.UTC(2024, 0, 2, 12))

export const secondsAfter = (instant: Instant, seconds: number): Instant =>
  instantOf(millisecondsOf(instant) + seconds * 1000)

export const handClock = (start: Instant): HandClock => {
  let next = start
  return {
    now: () => {
      const now = next
      next = secondsAfter(now, 1)
      return now
    },
    set: (instant) => {
      next = instant
    },
  }
}

/** The same name gives the same stream. */
export const stream = (name: string, category = 'group'): StreamName =>
  streamName(category, uuidOf('contract stream', name))

/** The same name gives the same event id. */
export const event = (name: string, changed: Partial<NewEvent> = {}): NewEvent => {
  const causation: CommandId = commandIdOf('contract command', name)
  return {
    id: eventIdOf(causation, 0),
    type: 'SomethingHappened',
    version: 1,
    data: JSON.stringify({ name }),
    knownSince: null,
    actor: { id: 'ole', role: 'secretary' },
    causation,
    correlation,
    ...changed,
  }
}

const correlationOf = (name: string): CorrelationId => {
  const id = uuidOf('contract', name)
  if (!CorrelationIdCodec.is(id)) throw new Error('uuidOf gave no UUID')
  return id
}

const correlation = correlationOf('correlation')

// At the ends of what integers of one, two and four bytes hold, and what a float of four bytes does not.
const versions = [1, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 16_777_217, 2_147_483_647]

/** A batch whose events have nothing in common: each has texts that lesser stores change, and ids, a version and times of its own. */
export const variedBatch = (name: string): NonEmpty<NewEvent> => {
  const varied = (text: string, i: number): NewEvent =>
    event(`${name} ${i}`, {
      type: `${name} ${i} ${text}`,
      version: versions[i % versions.length] ?? 1,
      data: text,
      knownSince: i % 3 === 0 ? null : secondsAfter(noon, -0.25 - 86_399 * i),
      actor: { id: `${text} ${i}`, role: `${i} ${text}` },
      correlation: correlationOf(`${name} ${i}`),
    })
  const [first, ...others] = awkwardJson
  return [varied(first, 0), ...[...others, ...awkwardTexts].map((text, i) => varied(text, i + 1))]
}

/** Appends, and fails where the store does not take it. */
export const appended = async (
  store: EventStore,
  to: StreamName,
  expected: ExpectedRevision,
  ...events: NonEmpty<NewEvent>
): Promise<Appended> => rightOf(await store.append(to, expected, events)())

/** All pages; fails where one is a failure or something follows the last. */
export const pagesOf = async (reading: AsyncIterable<PageResult>): Promise<ReadonlyArray<Page>> => {
  const pages: Page[] = []
  for await (const page of reading) pages.push(rightOf<unknown, Page>(page))
  assert.ok(pages.length > 0, 'a reading gives at least one page, which says how far it has seen')
  assert.deepEqual(
    pages.map(({ caughtUp }) => caughtUp),
    pages.map((_page, i) => i === pages.length - 1),
    'the last page has caught up and no other',
  )
  return pages
}

export const eventsOf = async (reading: AsyncIterable<PageResult>): Promise<ReadonlyArray<StoredEvent>> =>
  (await pagesOf(reading)).flatMap(({ events }) => events)

/** The `name` that `event` put into each. */
export const namesOf = (events: ReadonlyArray<Pick<NewEvent, 'data'>>): ReadonlyArray<string> =>
  events.map(({ data }) => nameIn(JSON.parse(data)))

const nameIn = (data: unknown): string =>
  typeof data === 'object' && data !== null && 'name' in data && typeof data.name === 'string' ? data.name : '?'

/** The next page of a subscription that goes on; fails where it has ended. */
export const nextPage = async (subscription: AsyncIterator<PageResult>): Promise<Page> =>
  pageIn(await subscription.next())

export const pageIn = (next: IteratorResult<PageResult>): Page => {
  if (next.done === true) throw new assert.AssertionError({ message: 'the subscription has ended' })
  return rightOf<unknown, Page>(next.value)
}

/** Nothing of all this is in the log. */
export const assertNothingStored = async (store: EventStore): Promise<void> => {
  assert.deepEqual(namesOf(await eventsOf(store.readAll())), [], 'nothing was stored')
}

/** How many of these succeeded. */
export const successes = <E, A>(results: ReadonlyArray<Either<E, A>>): number =>
  results.filter(({ _tag }) => _tag === 'Right').length
