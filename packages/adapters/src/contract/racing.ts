// racing.ts: many who append at once, by several handles, while a reader follows

import assert from 'node:assert/strict'
import { any, type EventStore, type Page, type Position, theStart } from '@smagruppe/domain'
import { rightOf, within } from './case.ts'
import { appended, event, eventStoreCase, eventsOf, handlesOf, namesOf, stream } from './samples.ts'

/** What a reader who followed saw wrong, and what was lost to him; all empty where the position contract is kept. */
export interface Race {
  readonly seen: number
  readonly lost: ReadonlyArray<string>
  readonly twice: ReadonlyArray<string>
  /** Events at or before what had been seen, and those that did not follow the one before in their stream. */
  readonly reordered: ReadonlyArray<string>
}

/** Who appends in a race, and how many events each. */
export interface Racers {
  readonly writers: number
  readonly each: number
}

const patienceMs = 600_000

/** The writers, each on one of the stores, append over a few streams while the reader follows, until he has seen past all of it. */
export const race = async (
  stores: ReadonlyArray<EventStore>,
  reader: EventStore,
  { writers, each }: Racers,
): Promise<Race> => {
  const written = new Set<string>()
  const done = new AbortController()
  let through: Position = theStart
  let last: Position = theStart
  let isWriting = true
  // No waiting for a number of events: what is hidden from a reader for good would never come.
  const endAtTheLast = (): void => {
    if (!isWriting && through >= last) done.abort()
  }
  const write = async (writer: number): Promise<void> => {
    const store = stores[writer % stores.length] ?? reader
    for (let i = 0; i < each; i += 1) {
      const fresh = event(`${writer} ${i}`)
      const { position } = await appended(store, stream(`shared ${(writer + i) % 5}`), any, fresh)
      if (position > last) last = position
      written.add(fresh.id)
    }
  }
  const seen = new Set<string>()
  const [twice, reordered]: [string[], string[]] = [[], []]
  const revisions = new Map<string, number>()
  const follow = async (): Promise<void> => {
    for await (const result of reader.subscribe({ signal: done.signal, pageSize: 7 })) {
      const page = rightOf<unknown, Page>(result)
      for (const { id, position, stream, revision } of page.events) {
        if (position <= through || revision !== (revisions.get(stream) ?? -1) + 1) reordered.push(id)
        through = position
        revisions.set(stream, revision)
        if (seen.has(id)) twice.push(id)
        seen.add(id)
      }
      through = page.through
      endAtTheLast()
    }
  }
  const following = follow()
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))).finally(() => {
    isWriting = false
    endAtTheLast()
  })
  try {
    await within(patienceMs, 'the race', Promise.all([writing, following]))
  } finally {
    done.abort()
  }
  return { seen: seen.size + twice.length, lost: [...written].filter((id) => !seen.has(id)), twice, reordered }
}

export const racingCases = [
  eventStoreCase(
    'a reader who follows while sixteen write by several handles loses nothing, sees nothing twice and nothing out of order',
    async (at) => {
      const [reader = at.store, ...stores] = await handlesOf(at, 5)
      const raced = await race(stores, reader, { writers: 16, each: 50 })
      assert.deepEqual(raced, { seen: 800, lost: [], twice: [], reordered: [] })
    },
  ),
]

/** Reads the log to its end, again and again while that work goes on, from where it was; gives the names that it saw. */
const tail = async (reader: EventStore, work: Promise<unknown>): Promise<ReadonlyArray<string>> => {
  const seen: string[] = []
  let through = theStart
  const lookOnce = async (): Promise<void> => {
    for await (const result of reader.readAll({ after: through, pageSize: 7 })) {
      const page = rightOf<unknown, Page>(result)
      assert.ok(page.events.every(({ position }) => position <= page.through && position > through))
      assert.ok(page.through >= through, 'a reader never goes back')
      through = page.through
      seen.push(...namesOf(page.events))
    }
  }
  let isWorking = true
  const working = work.finally(() => {
    isWorking = false
  })
  while (isWorking) {
    await lookOnce()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  await working
  await lookOnce()
  return seen
}

export const tailingCases = [
  eventStoreCase(
    'a reader who reads to the end again and again while sixteen write never finds anything at or before what it has seen',
    async (at) => {
      const [reader = at.store, ...stores] = await handlesOf(at, 5)
      const write = async (writer: number): Promise<void> => {
        const store = stores[writer % stores.length] ?? reader
        for (let i = 0; i < 10; i += 1)
          await appended(store, stream(`of ${writer % 5}`), any, event(`${writer} ${i} a`), event(`${writer} ${i} b`))
      }
      const seen = await tail(reader, Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer))))
      assert.deepEqual(seen, namesOf(await eventsOf(reader.readAll())))
      assert.equal(seen.length, 320)
      assert.equal(new Set(seen).size, 320)
    },
  ),
]
