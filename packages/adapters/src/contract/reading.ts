// reading.ts: cases of the event store: the order of the log, and reading it page by page

import assert from 'node:assert/strict'
import {
  any,
  type EventStore,
  exactly,
  headOf,
  heaviestPage,
  noStream,
  type Page,
  type Position,
  position,
  revision,
  type StoredEvent,
  theStart,
} from '@smagruppe/domain'
import { rightOf } from './case.ts'
import { appended, event, eventStoreCase, eventsOf, namesOf, pagesOf, stream } from './samples.ts'
import { roomFor } from './sizes.ts'

const ours = stream('ours')

/** Twelve events: streams of two categories and two types, turn about; named 0 to 11. */
const twelve = async (store: EventStore): Promise<ReadonlyArray<StoredEvent>> => {
  for (let i = 0; i < 12; i += 1) {
    const category = i % 2 === 0 ? 'group' : 'groupie'
    await appended(store, stream('one', category), any, event(`${i}`, { type: i % 3 === 0 ? 'Third' : 'Other' }))
  }
  const events = await eventsOf(store.readAll())
  assert.deepEqual(namesOf(events), ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
  return events
}

const positionAt = (events: ReadonlyArray<StoredEvent>, index: number): Position => events[index]?.position ?? theStart

const assertIncreasing = (positions: ReadonlyArray<Position>): void => {
  for (const [i, next] of positions.entries()) {
    assert.ok(
      next > (positions[i - 1] ?? theStart),
      `positions are positive and strictly increase: ${positions.join(', ')}`,
    )
  }
}

/** Sizes of events as they come page by page, where each page takes what fits. */
const inPages = (sizes: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> => {
  const pages: number[][] = [[]]
  let weight = 0
  for (const size of sizes) {
    const page = pages.at(-1) ?? []
    weight += size
    if (page.length === 0 || weight <= heaviestPage) page.push(size)
    else {
      pages.push([size])
      weight = size
    }
  }
  return pages
}

export const readingCases = [
  eventStoreCase(
    'positions strictly increase along the log, and within a stream with its revisions',
    async ({ store }) => {
      const streams = Array.from({ length: 8 }, (_, i) => stream(`of many ${i}`))
      const appends = streams.flatMap((one, s) =>
        Array.from({ length: 5 }, (_, i) => appended(store, one, any, event(`${s} ${i} a`), event(`${s} ${i} b`))),
      )
      const receipts = await Promise.all(appends)
      const log = await eventsOf(store.readAll())
      assert.equal(log.length, 80)
      assertIncreasing(log.map(({ position }) => position))
      for (const one of streams) {
        const own = await eventsOf(store.readStream(one))
        assert.deepEqual(
          own.map(({ revision }) => revision),
          Array.from({ length: 10 }, (_, i) => i),
        )
        assertIncreasing(own.map(({ position }) => position))
      }
      const known = new Set(log.map(({ position }) => position))
      assert.ok(
        receipts.every(({ position }) => known.has(position)),
        'every receipt names a position of the log',
      )
      const after = await appended(store, ours, noStream, event('after all'))
      assert.ok(after.position > positionAt(log, 79), 'what is stored later stands behind')
    },
  ),

  eventStoreCase('an empty log gives one empty page', async ({ store }) => {
    const page = { events: [], through: theStart, caughtUp: true }
    assert.deepEqual(await pagesOf(store.readAll()), [page])
    assert.deepEqual(await pagesOf(store.readAll({ after: theStart, types: ['Any'], category: 'group' })), [page])
    await appended(store, ours, noStream, event('first'))
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), ['first'], 'a log with an event in it is not empty')
  }),

  eventStoreCase('a stream that does not exist gives no events', async ({ store }) => {
    await appended(store, ours, noStream, event('first'))
    assert.deepEqual(await eventsOf(store.readStream(stream('none'))), [])
    assert.deepEqual(await eventsOf(store.readStream(ours, { from: revision(1) })), [])
    assert.deepEqual(namesOf(await eventsOf(store.readStream(ours))), ['first'])
  }),

  eventStoreCase('a stream is read from a revision, in pages of that size', async ({ store }) => {
    await appended(store, ours, noStream, event('0'), event('1'), event('2'), event('3'), event('4'))
    await appended(store, stream('theirs'), noStream, event('other'))
    assert.deepEqual(namesOf(await eventsOf(store.readStream(ours, { from: revision(3) }))), ['3', '4'])
    const pages = await pagesOf(store.readStream(ours, { from: revision(1), pageSize: 3 }))
    assert.deepEqual(
      pages.map(({ events }) => namesOf(events)).filter((names) => names.length > 0),
      [['1', '2', '3'], ['4']],
    )
    for (const { events, through } of pages) assert.ok(events.every(({ position }) => position <= through))
  }),

  eventStoreCase('the log is read after one position and until another', async ({ store }) => {
    const log = await twelve(store)
    for (const after of [-1, 0, 4, 10, 11]) {
      for (const until of [0, 4, 7, 11]) {
        const range = { after: positionAt(log, after), until: positionAt(log, until) }
        const pages = await pagesOf(store.readAll({ ...range, pageSize: 3 }))
        const expected = log.filter(({ position }) => position > range.after && position <= range.until)
        assert.deepEqual(
          pages.flatMap(({ events }) => events),
          expected,
        )
        const end = pages.at(-1)?.through ?? theStart
        assert.ok(end >= (expected.at(-1)?.position ?? range.after), 'the last page has seen what it gave')
        assert.ok(end <= Math.max(range.after, range.until), 'what stands behind `until` is not said to be seen')
      }
    }
    const beyond = position(positionAt(log, 11) + 1_000)
    const last = (await pagesOf(store.readAll({ until: beyond }))).at(-1)
    assert.equal(last?.through, positionAt(log, 11), 'nobody has seen further than the log goes')
  }),

  eventStoreCase('the log is read by types and by category', async ({ store }) => {
    const log = await twelve(store)
    const namesWith = async (filter: {
      types?: ReadonlyArray<string>
      category?: string
    }): Promise<ReadonlyArray<string>> => namesOf(await eventsOf(store.readAll({ ...filter, pageSize: 2 })))
    assert.deepEqual(await namesWith({ types: ['Third'] }), ['0', '3', '6', '9'])
    assert.deepEqual(await namesWith({ types: ['Third', 'Other'] }), namesOf(log))
    assert.deepEqual(await namesWith({ types: [] }), [])
    assert.deepEqual(await namesWith({ types: ['third', 'Thir'] }), [])
    assert.deepEqual(await namesWith({ category: 'group' }), ['0', '2', '4', '6', '8', '10'])
    assert.deepEqual(await namesWith({ category: 'groupie' }), ['1', '3', '5', '7', '9', '11'])
    assert.deepEqual(await namesWith({ category: 'grou' }), [])
    assert.deepEqual(await namesWith({ types: ['Third'], category: 'groupie' }), ['3', '9'])
  }),

  eventStoreCase('a reader with a filter has seen what it passed over', async ({ store }) => {
    const log = await twelve(store)
    for (const filter of [
      { types: ['Third'] },
      { types: ['Unheard'] },
      { category: 'session' },
      { types: ['Third'], category: 'group' },
    ]) {
      const last = (await pagesOf(store.readAll({ ...filter, pageSize: 3 }))).at(-1)
      assert.equal(last?.through, positionAt(log, 11))
    }
    const until = positionAt(log, 7)
    const last = (await pagesOf(store.readAll({ types: ['Unheard'], until }))).at(-1)
    assert.equal(last?.through, until)
  }),

  eventStoreCase('pages have at most the size asked for, and together are the log', async ({ store }) => {
    const log = await twelve(store)
    for (const pageSize of [0, 1, 2, 5, 11, 12, 13, 5_000]) {
      const pages = await pagesOf(store.readAll({ pageSize }))
      assert.ok(pages.every(({ events }) => events.length <= Math.max(1, pageSize)))
      assert.deepEqual(
        pages.flatMap(({ events }) => events),
        log,
      )
      assertIncreasing(pages.filter(({ events }) => events.length > 0).map(({ through }) => through))
      for (const { events, through } of pages) assert.ok(events.every(({ position }) => position <= through))
    }
  }),

  eventStoreCase('a page holds no more data than fits, unless a single event does', async ({ store, capabilities }) => {
    const heaviest = Math.min(heaviestPage, roomFor(1, capabilities))
    const sizes = [16, 1, 8, 8, 1, 17, 1, ...Array.from({ length: 16 }, () => 1)].map((size) =>
      Math.min(heaviest, Math.ceil((size * heaviestPage) / 16)),
    )
    for (const [i, size] of sizes.entries())
      await appended(store, ours, any, event(`${i}`, { data: '{}'.padEnd(size) }))
    await appended(store, stream('theirs'), noStream, event('another'))
    const lengths = (pages: ReadonlyArray<Page>) =>
      pages.map(({ events }) => events.filter(({ stream }) => stream === ours).map(({ data }) => data.length))
    const wanted = inPages(sizes)
    const inLog = await pagesOf(store.readAll({ pageSize: 500 }))
    assert.deepEqual(lengths(inLog), wanted)
    assert.deepEqual(lengths(await pagesOf(store.readStream(ours, { pageSize: 500 }))), wanted)
    for (const { events, through } of inLog.slice(0, -1)) assert.equal(through, events.at(-1)?.position)
  }),

  eventStoreCase('a page of text in any script holds no more than fits', async ({ store, capabilities }) => {
    // Five code units of UTF-16, four code points, eight bytes of UTF-8.
    const most = Math.floor(roomFor(1, capabilities) / 8)
    const text = (codeUnits: number): string => 'blå😀'.repeat(Math.min(Math.ceil(codeUnits / 5), most))
    const light = text(0.4 * heaviestPage)
    const lights = Array.from({ length: Math.ceil((1.1 * heaviestPage) / light.length) }, () => light)
    const given = [text(heaviestPage + 1), ...lights]
    for (const [i, data] of given.entries()) await appended(store, ours, any, event(`${i}`, { data }))
    for (const [reading, wanted] of [
      [store.readAll(), given],
      [store.readStream(ours, { from: revision(1) }), lights],
    ] as const) {
      const pages = await pagesOf(reading)
      for (const { events } of pages) {
        const weight = events.reduce((sum, { data }) => sum + data.length, 0)
        assert.ok(events.length === 1 || weight <= heaviestPage, `a page of ${events.length} events holds ${weight}`)
      }
      const found = pages.flatMap(({ events }) => events)
      assert.equal(found.length, wanted.length)
      for (const [i, { data }] of found.entries())
        assert.ok(data === wanted[i], `the data of event ${i} came back the same`)
    }
  }),

  eventStoreCase('a reader may go on from every position it has seen, with any filter', async ({ store }) => {
    const log = await twelve(store)
    for (const filter of [{}, { types: ['Third'] }, { category: 'groupie' }, { types: ['Other'], category: 'group' }]) {
      const wanted = await eventsOf(store.readAll(filter))
      for (const pageSize of [1, 2, 5]) {
        let count = 0
        for (const { through, events } of await pagesOf(store.readAll({ ...filter, pageSize }))) {
          count += events.length
          const rest = await eventsOf(store.readAll({ ...filter, after: through, pageSize: 3 }))
          assert.deepEqual(rest, wanted.slice(count))
        }
        assert.equal(count, wanted.length)
      }
      for (const [i, { position: after }] of log.entries()) {
        const behind = wanted.filter(({ id }) => log.findIndex((other) => other.id === id) > i)
        assert.deepEqual(await eventsOf(store.readAll({ ...filter, after })), behind)
      }
    }
  }),

  eventStoreCase(
    "a stream's last page is through the end of the log, also of a stream that is not there",
    async ({ store }) => {
      assert.equal(rightOf(await headOf(store)()), theStart)
      const log = await twelve(store)
      const head = positionAt(log, 11)
      assert.equal(rightOf(await headOf(store)()), head)
      for (const [category, pageSize] of [
        ['group', 2],
        ['groupie', 4],
        ['groupie', 6],
        ['group', 100],
      ] as const) {
        const pages = await pagesOf(store.readStream(stream('one', category), { pageSize }))
        assert.equal(pages.at(-1)?.through, head)
      }
    },
  ),

  eventStoreCase('an aborted reading ends, and an aborted signal begins none', async ({ store }) => {
    await twelve(store)
    const readings = [
      (signal: AbortSignal) => store.readAll({ pageSize: 1, signal }),
      (signal: AbortSignal) => store.readStream(stream('one'), { pageSize: 1, signal }),
    ]
    for (const reading of readings) {
      const controller = new AbortController()
      const names: string[] = []
      for await (const result of reading(controller.signal)) {
        names.push(...namesOf(rightOf<unknown, Page>(result).events))
        if (names.length === 3) controller.abort()
      }
      assert.equal(names.length, 3)
      for await (const _page of reading(AbortSignal.abort())) assert.fail('nothing is read for an aborted signal')
    }
  }),

  eventStoreCase('a reader that turns away leaves the store as it was', async ({ store }) => {
    const log = await twelve(store)
    for await (const page of store.readAll({ pageSize: 1 })) {
      rightOf<unknown, Page>(page)
      break
    }
    await appended(store, stream('one'), exactly(revision(5)), event('12'))
    assert.deepEqual(namesOf(await eventsOf(store.readAll())), [...namesOf(log), '12'])
  }),
]
