// event-store.test.ts: what the port promises, held against the kit’s own log

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  anybody,
  commandNamed,
  correlationNamed,
  groupStream,
  inMemoryLog,
  instant,
  sessionStream,
} from '../testing/index.ts'
import { eventIdOf, type NewEvent, position, revision } from './event.ts'
import { any, type EventStore, exactly, isAsExpected, noStream, type PageResult, streamExists } from './event-store.ts'
import type { Instant } from './instant.ts'

const stream = groupStream('G1')

const fresh = (name: string, more: Partial<NewEvent> = {}): NewEvent => ({
  id: eventIdOf(commandNamed(name), 0),
  type: 'Said',
  version: 1,
  data: JSON.stringify(name),
  knownSince: null,
  actor: anybody.actor,
  causation: commandNamed(name),
  correlation: correlationNamed('testing'),
  ...more,
})

const pagesOf = async (reading: AsyncIterable<PageResult>) => {
  const pages = []
  for await (const page of reading) {
    if (isLeft(page)) throw new Error(page.left.message)
    const { events, through, caughtUp } = page.right
    pages.push([events.map(({ data }) => JSON.parse(data)).join(' '), through, caughtUp])
  }
  return pages
}

const filled = async (store: EventStore) => {
  await store.append(stream, any, [fresh('a'), fresh('b')])()
  await store.append(sessionStream('S1'), any, [fresh('c', { type: 'Sung' })])()
  await store.append(stream, any, [fresh('d'), fresh('e')])()
  return store
}

describe('what is expected of a stream', () => {
  test.for([
    [any, true, true, true],
    [noStream, true, false, false],
    [streamExists, false, true, true],
    [exactly(revision(0)), false, true, false],
  ] as const)('%j', ([expected, ofNone, ofOne, ofTwo]) => {
    expect([null, revision(0), revision(1)].map((actual) => isAsExpected(expected, actual))).toEqual([
      ofNone,
      ofOne,
      ofTwo,
    ])
  })

  test('where it is otherwise nothing is stored, and both are said', async () => {
    const store = inMemoryLog()
    const wrong = { _tag: 'WrongExpectedRevision', stream }
    expect(await store.append(stream, streamExists, [fresh('a')])()).toEqual(
      left({ ...wrong, expected: streamExists, actual: null }),
    )
    await store.append(stream, noStream, [fresh('a')])()
    expect(await store.append(stream, noStream, [fresh('b')])()).toEqual(
      left({ ...wrong, expected: noStream, actual: 0 }),
    )
    expect(store.log).toHaveLength(1)
  })
})

describe('an append', () => {
  test('gives the first and last place', async () => {
    const store = inMemoryLog()
    await store.append(stream, any, [fresh('a')])()
    expect(await store.append(stream, any, [fresh('b'), fresh('c')])()).toEqual(
      right({ stream, first: 1, last: 2, position: 3 }),
    )
  })

  test('of the same ids again gives the first receipt, of some of them a refusal', async () => {
    const store = inMemoryLog()
    const receipt = await store.append(stream, noStream, [fresh('a'), fresh('b')])()
    expect(await store.append(stream, noStream, [fresh('a'), fresh('b')])()).toEqual(receipt)
    const duplicate = (name: string) => left({ _tag: 'DuplicateEventId', id: fresh(name).id })
    expect(await store.append(stream, any, [fresh('b'), fresh('x')])()).toEqual(duplicate('b'))
    expect(await store.append(sessionStream('S1'), any, [fresh('a'), fresh('b')])()).toEqual(duplicate('a'))
    expect(await store.append(stream, any, [fresh('y'), fresh('y')])()).toEqual(duplicate('y'))
    expect(store.log).toHaveLength(2)
  })

  test('is recorded by a clock that never goes back, and known no later than that', async () => {
    const times = ['2024-03-01', '2024-01-01', '2024-04-01'].map((date) => instant(`${date}T00:00:00.000Z`))
    const clock = times.values()
    const store = inMemoryLog(() => clock.next().value ?? anybody.at)
    const known = (date: string): { knownSince: Instant } => ({ knownSince: instant(`${date}T00:00:00.000Z`) })
    await store.append(stream, any, [fresh('a')])()
    await store.append(stream, any, [fresh('b', known('2023-01-01'))])()
    await store.append(stream, any, [fresh('c', known('2025-01-01'))])()
    expect(store.log.map(({ recordedAt, knownSince }) => [recordedAt.slice(0, 10), knownSince.slice(0, 10)])).toEqual([
      ['2024-03-01', '2024-03-01'],
      ['2024-03-01', '2023-01-01'],
      ['2024-04-01', '2024-04-01'],
    ])
  })
})

describe('reading', () => {
  test('all, page by page, from anywhere to anywhere', async () => {
    const store = await filled(inMemoryLog())
    expect(await pagesOf(store.readAll())).toEqual([['a b c d e', 5, true]])
    expect(await pagesOf(store.readAll({ pageSize: 2 }))).toEqual([
      ['a b', 2, false],
      ['c d', 4, false],
      ['e', 5, true],
    ])
    expect(await pagesOf(store.readAll({ after: position(1), until: position(3) }))).toEqual([['b c', 3, true]])
    expect(await pagesOf(store.readAll({ after: position(5) }))).toEqual([['', 5, true]])
    expect(await pagesOf(inMemoryLog().readAll())).toEqual([['', 0, true]])
  })

  test('only some types, only one category, through all the same', async () => {
    const store = await filled(inMemoryLog())
    expect(await pagesOf(store.readAll({ types: ['Sung'] }))).toEqual([['c', 5, true]])
    expect(await pagesOf(store.readAll({ category: 'group' }))).toEqual([['a b d e', 5, true]])
    expect(await pagesOf(store.readAll({ category: 'topic' }))).toEqual([['', 5, true]])
  })

  test('one stream, page by page, from anywhere', async () => {
    const store = await filled(inMemoryLog())
    expect(await pagesOf(store.readStream(stream))).toEqual([['a b d e', 5, true]])
    expect(await pagesOf(store.readStream(stream, { from: revision(1), pageSize: 2 }))).toEqual([
      ['b d', 5, false],
      ['e', 5, true],
    ])
    expect(await pagesOf(store.readStream(groupStream('G2')))).toEqual([['', 5, true]])
  })

  test('stops when the reader has had enough', async () => {
    const store = await filled(inMemoryLog())
    const stop = new AbortController()
    const pages = []
    for await (const page of store.readAll({ pageSize: 1, signal: stop.signal })) {
      pages.push(page)
      stop.abort()
    }
    expect(pages).toHaveLength(1)
  })
})

describe('subscribing', () => {
  test('catches up, then stays until the signal', async () => {
    const store = await filled(inMemoryLog())
    const stop = new AbortController()
    const seen: string[] = []
    for await (const page of store.subscribe({ after: position(3), signal: stop.signal })) {
      if (isLeft(page)) throw new Error(page.left.message)
      seen.push(...page.right.events.map(({ data }) => data))
      if (seen.includes('"f"')) stop.abort()
      else if (seen.includes('"e"') && page.right.caughtUp) setTimeout(store.append(stream, any, [fresh('f')]), 1)
    }
    expect(seen).toEqual(['"d"', '"e"', '"f"'])
  })

  test('ends also while it waits, and where the signal came before', async () => {
    const store = inMemoryLog()
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 1)
    expect(await pagesOf(store.subscribe({ signal: stop.signal }))).toEqual([['', 0, true]])
    expect(await pagesOf(store.subscribe({ signal: stop.signal }))).toEqual([])
  })
})
