// replay.test.ts: projections follow the log, set aside what they cannot read, and start over where somebody else was faster

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import {
  anybody,
  commandNamed,
  correlationNamed,
  groupStream,
  inMemoryLog,
  inMemoryRows,
  logbook,
} from '../testing/index.ts'
import { eventIdOf, position } from './event.ts'
import { type EventOf, emptyCatalogue, eventType } from './event-catalogue.ts'
import { any, type EventStore, storeFailure } from './event-store.ts'
import { defineProjection, type Projection } from './projection.ts'
import type { ProjectionStore } from './projection-store.ts'
import { type CatchUp, catchUp, decodeRow, encodeRow, everything, follower, quarantine, replay } from './replay.ts'

const said = eventType('Said', t.strict({ word: t.string }))
const forgot = eventType('Forgot', t.strict({ word: t.string }))
type Talk = EventOf<typeof said> | EventOf<typeof forgot>
const catalogue = emptyCatalogue.with(said).with(forgot)

/** How often each word was said; a forgotten word goes. */
const words = (version = 1): Projection<Talk, number> =>
  defineProjection({
    name: 'words',
    version,
    kind: 'current',
    handles: new Set(['Said', 'Forgot']),
    keys: ({ event }) => (event.type === 'Said' || event.type === 'Forgot' ? [event.data.word] : []),
    evolve: (row, { event }) => (event.type === 'Said' ? (row ?? 0) + 1 : null),
    row: t.number,
  })
const forgotten: Projection<Talk, string> = defineProjection({
  name: 'forgotten',
  version: 1,
  kind: 'current',
  handles: new Set(['Forgot']),
  keys: ({ event }) => (event.type === 'Forgot' ? [event.data.word] : []),
  evolve: (_row, { position }) => `at ${position}`,
  row: t.string,
})

const stream = groupStream('talk')

const filled = async (...texts: ReadonlyArray<string>) => {
  const log = inMemoryLog()
  for (const text of texts) await say(log, text)
  return log
}

/** `a` says the word, `-a` forgets it, `?a` is something unheard of. */
const say = async (log: ReturnType<typeof inMemoryLog>, text: string): Promise<void> => {
  const causation = commandNamed(`word ${log.log.length}`)
  const type = text.startsWith('-') ? 'Forgot' : text.startsWith('?') ? 'Unheard' : 'Said'
  await log.append(stream, any, [
    {
      id: eventIdOf(causation, 0),
      type,
      version: 1,
      data: JSON.stringify({ word: text.replace(/^[-?]/, '') }),
      knownSince: null,
      actor: anybody.actor,
      causation,
      correlation: correlationNamed('testing'),
    },
  ])()
}

const task = (events: EventStore, rows: ProjectionStore, more: Partial<CatchUp<Talk>> = {}): CatchUp<Talk> => ({
  events,
  catalogue,
  rows,
  followers: [follower(words()), follower(forgotten)],
  ...more,
})

const rowsIn = async (rows: ProjectionStore, projection: { readonly name: string; readonly version: number }) => {
  const listed = await rows.list({ name: projection.name, version: projection.version }, { limit: 99 })()
  return isLeft(listed) ? listed.left : listed.right.map(({ key, row }) => `${key} ${row}`)
}

describe('catching up', () => {
  test('brings every follower to the end of the log, and gives how far and how much', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'b', 'a', '-b')
    expect(await catchUp(task(log, rows))()).toEqual(right({ through: 4, events: 4, quarantined: 0 }))
    expect(await rowsIn(rows, words())).toEqual(['a 2'])
    expect(await rowsIn(rows, forgotten)).toEqual(['b "at 4"'])
    expect(await rows.checkpoint(words())()).toEqual(right(4))
  })

  test('again adds nothing, later only what is new', async () => {
    const rows = inMemoryRows()
    const log = await filled('a')
    await catchUp(task(log, rows))()
    expect(await catchUp(task(log, rows))()).toEqual(right({ through: 1, events: 0, quarantined: 0 }))
    await say(log, 'a')
    expect(await catchUp(task(log, rows))()).toEqual(right({ through: 2, events: 1, quarantined: 0 }))
    expect(await rowsIn(rows, words())).toEqual(['a 2'])
  })

  test('with nobody to follow reads nothing', async () => {
    const rows = inMemoryRows()
    expect(await catchUp(task(await filled('a'), rows, { followers: [] }))()).toEqual(
      right({ through: 0, events: 0, quarantined: 0 }),
    )
  })

  test('goes page by page and tells of each', async () => {
    const pages: unknown[] = []
    const rows = inMemoryRows()
    const onPage = (through: number, events: number) => pages.push([through, events])
    await catchUp(task(await filled('a', 'b', 'c'), rows, { pageSize: 2, onPage }))()
    expect(pages).toEqual([
      [2, 2],
      [3, 3],
    ])
  })

  test('a follower that came later does not hold up or repeat the others', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', '-a', 'b')
    await catchUp(task(log, rows, { followers: [follower(words())] }))()
    await say(log, 'b')
    await catchUp(task(log, rows, { pageSize: 1 }))()
    expect(await rowsIn(rows, words())).toEqual(['b 2'])
    expect(await rowsIn(rows, forgotten)).toEqual(['a "at 2"'])
  })

  test('a follower ahead of the others takes of a page only what it has not seen', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a')
    await catchUp(task(log, rows, { followers: [follower(words())] }))()
    await say(log, 'a')
    await catchUp(task(log, rows, { pageSize: 500 }))()
    expect(await rowsIn(rows, words())).toEqual(['a 3'])
  })

  test('a new version is built anew beside the old', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a')
    await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
    await catchUp(task(log, rows, { followers: [follower(words(2))] }))()
    expect(await rowsIn(rows, words(1))).toEqual(['a 2'])
    expect(await rowsIn(rows, words(2))).toEqual(['a 2'])
  })

  test('stops at the page where the caller has had enough, and goes on from there', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a', 'a')
    const stop = new AbortController()
    await catchUp(task(log, rows, { pageSize: 1, signal: stop.signal, onPage: () => stop.abort() }))()
    expect(await rowsIn(rows, words())).toEqual(['a 1'])
    await catchUp(task(log, rows))()
    expect(await rowsIn(rows, words())).toEqual(['a 3'])
  })
})

describe('what cannot be decoded', () => {
  test('is set aside under its position, never skipped in silence, and holds nobody up', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', '?b', 'a')
    expect(await catchUp(task(log, rows))()).toEqual(right({ through: 3, events: 3, quarantined: 1 }))
    expect(await rowsIn(rows, words())).toEqual(['a 2'])
    const aside = await rows.get(quarantine, '0000000000000002')()
    expect(isLeft(aside) ? aside : JSON.parse(aside.right ?? 'null')).toEqual({
      position: 2,
      stream,
      type: 'Unheard',
      version: 1,
      reason: 'the type Unheard is not known here',
    })
    expect(await rowsIn(rows, quarantine)).toHaveLength(1)
  })

  test('is set aside also while somebody else moves the quarantine', async () => {
    const rows = inMemoryRows()
    let moved = false
    const busy: ProjectionStore = {
      ...rows,
      commit: (projection, changes, checkpoint) => async () => {
        if (projection.name === quarantine.name && !moved) {
          moved = true
          await rows.commit(quarantine, [], { from: position(0), to: position(1) })()
        }
        return rows.commit(projection, changes, checkpoint)()
      },
    }
    expect(await catchUp(task(await filled('?a'), busy))()).toMatchObject({ right: { quarantined: 1 } })
    expect(await rowsIn(rows, quarantine)).toHaveLength(1)
  })
})

describe('somebody else carries the same projection on', () => {
  test('who comes second starts over from where the first one came, and nothing counts twice', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a', 'a', 'a')
    let raced = false
    const racing: ProjectionStore = {
      ...rows,
      commit: (projection, changes, checkpoint) => async () => {
        if (!raced) {
          raced = true
          await catchUp(task(log, rows, { pageSize: 3 }))()
          await say(log, 'a')
        }
        return rows.commit(projection, changes, checkpoint)()
      },
    }
    expect(await catchUp(task(log, racing, { pageSize: 2 }))()).toMatchObject({ right: { through: 5 } })
    expect(await rowsIn(rows, words())).toEqual(['a 5'])
  })
})

describe('a store that fails', () => {
  const failure = storeFailure('Unavailable', 'gone')
  const failing = left(failure)
  const cases: Readonly<Record<string, (rows: ProjectionStore) => Partial<ProjectionStore>>> = {
    'reading a checkpoint': () => ({ checkpoint: () => async () => failing }),
    'reading rows': () => ({ getMany: () => async () => failing }),
    'storing rows': () => ({ commit: () => async () => failing }),
    'reading the quarantine’s checkpoint': (rows) => ({
      checkpoint: (id) => (id.name === 'quarantine' ? async () => failing : rows.checkpoint(id)),
    }),
    'storing in the quarantine': (rows) => ({
      commit: (id, changes, checkpoint) =>
        id.name === 'quarantine' ? async () => failing : rows.commit(id, changes, checkpoint),
    }),
  }
  test.for(Object.entries(cases))('while %s is said', async ([, broken]) => {
    const rows = inMemoryRows()
    const log = await filled('a', '?b')
    expect(await catchUp(task(log, { ...rows, ...broken(rows) }))()).toEqual(failing)
  })

  test('while reading the log is said', async () => {
    const silent: EventStore = {
      ...inMemoryLog(),
      readAll: async function* () {
        yield failing
      },
    }
    expect(await catchUp(task(silent, inMemoryRows()))()).toEqual(failing)
  })

  test('a kept row that cannot be read is damage, and says which', async () => {
    const rows = inMemoryRows()
    await rows.commit(words(), [{ key: 'a', row: '"many"' }], { from: position(0), to: position(0) })()
    expect(await catchUp(task(await filled('a'), rows))()).toEqual(
      left(storeFailure('Damaged', "row a of words 1 cannot be read: the whole: found 'many', expected number")),
    )
    expect(decodeRow(words(), 'a', 'no JSON')).toEqual(
      left(storeFailure('Damaged', 'row a of words 1 cannot be read: the whole: found nothing, expected number')),
    )
    expect(decodeRow(words(), 'a', encodeRow(words(), 7))).toEqual(right(7))
  })
})

describe('everything', () => {
  test('is the whole log, decoded, or the part that is asked for', async () => {
    const log = await filled('a', '-a', 'b')
    const read = async (which?: Parameters<typeof everything>[2]) => {
      const all = await everything(log, catalogue, which)()
      return isLeft(all) ? all : all.right.map(({ event, position }) => `${position} ${event.type}`)
    }
    expect(await read()).toEqual(['1 Said', '2 Forgot', '3 Said'])
    expect(await read({ after: position(1), pageSize: 1 })).toEqual(['2 Forgot', '3 Said'])
  })

  test('ends at what cannot be decoded or read', async () => {
    const log = await filled('a', '?b')
    expect(await everything(log, catalogue)()).toMatchObject({
      left: { _tag: 'UndecodableEvent', event: { position: 2 } },
    })
    const failure = left(storeFailure('Busy', 'locked'))
    const silent: EventStore = {
      ...log,
      readAll: async function* () {
        yield failure
      },
    }
    expect(await everything(silent, catalogue)()).toEqual(failure)
  })
})

test('replay gives the same rows from nothing', () => {
  const book = logbook<Talk>()
  for (const word of ['a', 'b', 'a']) book.record(stream, said.of({ word }))
  book.record(stream, forgot.of({ word: 'b' }))
  expect([...replay(words(), book.history)]).toEqual([['a', 2]])
  expect([...replay(forgotten, book.history)]).toEqual([['b', 'at 4']])
})
