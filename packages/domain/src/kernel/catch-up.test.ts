// catch-up.test.ts: projections follow the log, set aside what they cannot read, switch to newer rows, and start over where somebody was faster

import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { inMemoryRows } from '../testing/index.ts'
import { catchUp } from './catch-up.ts'
import { position, theStart } from './event.ts'
import { type EventStore, storeFailure } from './event-store.ts'
import type { ProjectionStore } from './projection-store.ts'
import { quarantinedIn } from './quarantine.ts'
import { follower } from './replay.ts'
import { buildsIn, filled, forgotten, rowsIn, say, stream, task, words } from './talk.test-kit.ts'

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
    const onPage = (...page: ReadonlyArray<number>) => pages.push(page)
    await catchUp(task(await filled('a', 'b', 'c'), rows, { pageSize: 2, onPage }))()
    expect(pages).toEqual([
      [2, 2, 3],
      [3, 3, 3],
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

describe('rows of a new version', () => {
  test('are built beside those that serve, and switched to when they have caught up', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a', 'a')
    const older = [follower(words(1))]
    const newer = [follower(words(2))]
    await catchUp(task(log, rows, { followers: older }))()
    const stop = new AbortController()
    await catchUp(task(log, rows, { followers: newer, pageSize: 1, signal: stop.signal, onPage: () => stop.abort() }))()
    expect(await buildsIn(rows)).toEqual(['words 1.0 at 3 *', 'words 2.0 at 1'])
    await say(log, 'a')
    await catchUp(task(log, rows, { followers: older }))()
    expect(await rowsIn(rows, words(1))).toEqual(['a 4'])
    const pages: number[] = []
    await catchUp(task(log, rows, { followers: newer, pageSize: 1, onPage: (through) => pages.push(through) }))()
    expect(pages).toEqual([2, 3, 4])
    expect(await buildsIn(rows)).toEqual(['words 2.0 at 4 *'])
    expect(await rowsIn(rows, words(2))).toEqual(['a 8'])
  })

  test('are not built again by who knows only the old version: it is told so, whatever it asks', async () => {
    const rows = inMemoryRows()
    const log = await filled('a')
    await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
    await catchUp(task(log, rows, { followers: [follower(words(2))] }))()
    const refused = left(
      storeFailure(
        'Superseded',
        'the rows of words 1 were replaced by those of version 2: use the release that knows version 2, or rebuild words with this one to go back',
      ),
    )
    expect(await catchUp(task(log, rows, { followers: [follower(words(1))] }))()).toEqual(refused)
    expect(await rows.getMany(words(1), ['a'])()).toEqual(refused)
    expect(await buildsIn(rows)).toEqual(['words 2.0 at 1 *'])
  })

  test('that replace the old ones in the middle of a page end its follower with that', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'a')
    const racing: ProjectionStore = {
      ...rows,
      commit:
        (...committed) =>
        async () => {
          await catchUp(task(log, rows, { followers: [follower(words(2))] }))()
          return rows.commit(...committed)()
        },
    }
    expect(await catchUp(task(log, racing, { followers: [follower(words(1))] }))()).toMatchObject({
      left: { reason: 'Superseded', retry: false },
    })
    expect(await buildsIn(rows)).toEqual(['words 2.0 at 2 *'])
  })

  test('are not switched to while those that serve have followed further', async () => {
    const rows = inMemoryRows()
    const log = await filled('a')
    await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
    let looks = 0
    const switches: unknown[] = []
    const racing: ProjectionStore = {
      ...rows,
      kept: async () => {
        looks += 1
        // The second look is the one before the switch.
        if (looks === 2) {
          await say(log, 'a')
          await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
        }
        return rows.kept()
      },
      serve: (build, seen) => async () => {
        switches.push([await rows.checkpoint(build)(), seen])
        return rows.serve(build, seen)()
      },
    }
    expect(await catchUp(task(log, racing, { followers: [follower(words(2))] }))()).toMatchObject({
      right: { through: 2, events: 2 },
    })
    expect(switches).toMatchObject([[right(2), { version: 1, build: 0, checkpoint: 2 }]])
    expect(await buildsIn(rows)).toEqual(['words 2.0 at 2 *'])
  })

  test('are not switched to while those that serve go on between the look and the switch', async () => {
    const rows = inMemoryRows()
    const log = await filled('a')
    await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
    const results: unknown[] = []
    const racing: ProjectionStore = {
      ...rows,
      serve: (build, seen) => async () => {
        if (results.length === 0) {
          await say(log, 'a')
          await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
        }
        const result = await rows.serve(build, seen)()
        results.push(result)
        return result
      },
    }
    expect(await catchUp(task(log, racing, { followers: [follower(words(2))] }))()).toMatchObject({
      right: { through: 2 },
    })
    expect(results).toMatchObject([{ left: { _tag: 'CheckpointMoved', expected: 1, actual: 2 } }, { _tag: 'Right' }])
    expect(await rowsIn(rows, words(2))).toEqual(['a 4'])
  })

  test('that two release at once end with the newest', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'b', 'a')
    const results = await Promise.all(
      [1, 3, 2].map((version) => catchUp(task(log, rows, { pageSize: 1, followers: [follower(words(version))] }))()),
    )
    expect(results[1]).toMatchObject({ right: { through: 3 } })
    expect(await buildsIn(rows)).toEqual(['words 3.0 at 3 *'])
    expect(await rowsIn(rows, words(3))).toEqual(['a 6', 'b 3'])
  })
})

describe('rows that have followed what the log does not hold', () => {
  test('are said, and no answer comes from them', async () => {
    const rows = inMemoryRows()
    await catchUp(task(await filled('a', 'b', '-b'), rows))()
    const restored = await filled('a', 'b')
    const failure = left(
      storeFailure(
        'AheadOfLog',
        'the rows of words 1 have followed through 3, and the log ends at 2: a backup of the log was restored, or it is another log; rebuild words',
      ),
    )
    expect(await catchUp(task(restored, rows))()).toEqual(failure)
    await say(restored, 'c')
    expect(await catchUp(task(restored, rows))()).toMatchObject({ right: { events: 0 } })
  })

  test('do not hold up rows of a new version, and what was begun of those is not gone on with', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', 'b', 'c')
    await catchUp(task(log, rows, { followers: [follower(words(1))] }))()
    const stop = new AbortController()
    const newer = { followers: [follower(words(2))], pageSize: 2 }
    await catchUp(task(log, rows, { ...newer, signal: stop.signal, onPage: () => stop.abort() }))()
    expect(await buildsIn(rows)).toEqual(['words 1.0 at 3 *', 'words 2.0 at 2'])
    expect(await catchUp(task(await filled('x'), rows, newer))()).toMatchObject({ right: { through: 1 } })
    expect(await buildsIn(rows)).toEqual(['words 2.1 at 1 *'])
  })
})

describe('what cannot be decoded', () => {
  test('is set aside under its position by those it may concern, never skipped in silence, and holds nobody up', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', '?b', 'a', '!c')
    expect(await catchUp(task(log, rows))()).toEqual(right({ through: 4, events: 4, quarantined: 2 }))
    expect(await rowsIn(rows, words())).toEqual(['a 2'])
    const unheard = { position: 2, stream, type: 'Unheard', version: 1, reason: 'the type Unheard is not known here' }
    const later = { position: 4, stream, type: 'Said', version: 2, reason: 'version 2 of Said is not known here' }
    expect(await quarantinedIn(rows, words())()).toEqual(right([unheard, later]))
    // It wants nothing that is said, but what is unheard of may concern anybody.
    expect(await quarantinedIn(rows, forgotten)()).toEqual(right([unheard]))
  })

  test('is set aside together with the rows that lack it, or not at all', async () => {
    const rows = inMemoryRows()
    const failing: ProjectionStore = {
      ...rows,
      commit: (id, changes, checkpoint, quarantine) =>
        id.name === 'words'
          ? async () => left(storeFailure('Full', 'full'))
          : rows.commit(id, changes, checkpoint, quarantine),
    }
    await catchUp(task(await filled('?a'), failing))()
    expect(await quarantinedIn(rows, words())()).toEqual(right([]))
  })

  test('is damage where its entry cannot be read', async () => {
    const rows = inMemoryRows()
    for (const entry of ['no JSON', '{}']) {
      await rows.commit(words(), [], { from: theStart, to: theStart }, [{ position: position(7), entry }])()
      expect(await quarantinedIn(rows, words())()).toEqual(
        left(storeFailure('Damaged', 'entry 7 in the quarantine of words cannot be read: rebuild words')),
      )
    }
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
    'looking at what is kept': () => ({ kept: async () => failing }),
    'reading rows': () => ({ getMany: () => async () => failing }),
    'storing rows': () => ({ commit: () => async () => failing }),
    switching: () => ({ serve: () => async () => failing }),
    'looking again before the switch': (rows) => {
      let looks = 0
      return {
        kept: async () => {
          looks += 1
          return looks === 2 ? failing : rows.kept()
        },
      }
    },
  }
  test.for(Object.entries(cases))('while %s is said', async ([, broken]) => {
    const rows = inMemoryRows()
    const log = await filled('a', '?b')
    expect(await catchUp(task(log, { ...rows, ...broken(rows) }))()).toEqual(failing)
  })

  test('while reading the log is said', async () => {
    const log = await filled('a')
    const silent: EventStore = {
      ...log,
      readAll: async function* () {
        yield failing
      },
    }
    expect(await catchUp(task(silent, inMemoryRows()))()).toEqual(failing)
  })

  test.for([1, 2])('while asking for the log’s end for the %i. time is said', async (failingAt) => {
    const log = await filled('a')
    let asked = 0
    const silent: EventStore = {
      ...log,
      readStream: async function* (...which) {
        asked += 1
        if (asked === failingAt) yield failing
        else yield* log.readStream(...which)
      },
    }
    expect(await catchUp(task(silent, inMemoryRows()))()).toEqual(failing)
  })
})
