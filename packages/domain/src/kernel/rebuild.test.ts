// rebuild.test.ts: rows built anew beside the old, stopped and gone on with; the quarantine tried again

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { inMemoryRows } from '../testing/index.ts'
import { catchUp } from './catch-up.ts'
import { position } from './event.ts'
import { emptyCatalogue } from './event-catalogue.ts'
import { type EventStore, storeFailure } from './event-store.ts'
import type { ProjectionStore } from './projection-store.ts'
import { quarantinedIn } from './quarantine.ts'
import { rebuild, retryQuarantine } from './rebuild.ts'
import { follower } from './replay.ts'
import {
  buildsIn,
  filled,
  forgot,
  forgotten,
  laterCatalogue,
  rowsIn,
  said,
  say,
  task,
  unheard,
  words,
} from './talk.test-kit.ts'

const onlyWords = { followers: [follower(words())] }
const rebuilt = (build: number) => ({ ...words(), build })

/** A log of these texts that words have followed, and damaged rows of them. */
const damaged = async (...texts: ReadonlyArray<string>) => {
  const rows = inMemoryRows()
  const log = await filled(...texts)
  await catchUp(task(log, rows, onlyWords))()
  const at = position(texts.length)
  await rows.commit(words(), [{ key: 'wrong', row: '7' }], { from: at, to: at })()
  return { rows, log }
}

describe('a rebuild', () => {
  test('leaves the old rows to readers until the new ones have caught up, and then drops them', async () => {
    const { rows, log } = await damaged('a', 'b', 'a')
    const seen: unknown[] = []
    const watching: ProjectionStore = {
      ...rows,
      commit:
        (...committed) =>
        async () => {
          seen.push(await rowsIn(rows, words()))
          return rows.commit(...committed)()
        },
    }
    const pages: unknown[] = []
    const onPage = (...page: ReadonlyArray<number>) => pages.push(page)
    expect(await rebuild({ ...task(log, watching, onlyWords), pageSize: 2, onPage })()).toEqual(
      right({ through: 3, events: 3, quarantined: 0 }),
    )
    expect(seen).toEqual([
      ['a 2', 'b 1', 'wrong 7'],
      ['a 2', 'b 1', 'wrong 7'],
    ])
    expect(pages).toEqual([
      [2, 2, 3],
      [3, 3, 3],
    ])
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 3 *'])
    expect(await rowsIn(rows, rebuilt(1))).toEqual(['a 2', 'b 1'])
    await say(log, 'b')
    await catchUp(task(log, rows, onlyWords))()
    expect(await rowsIn(rows, rebuilt(1))).toEqual(['a 2', 'b 2'])
  })

  test('of rows that nobody has begun is a first build', async () => {
    const rows = inMemoryRows()
    await rebuild(task(await filled('a'), rows))()
    expect(await buildsIn(rows)).toEqual(['forgotten 1.0 at 1 *', 'words 1.0 at 1 *'])
  })

  const stoppedAfter = async (
    { rows, log }: Awaited<ReturnType<typeof damaged>>,
    pages: number,
    from: 'nothing' | 'what is there' = 'what is there',
  ) => {
    const stop = new AbortController()
    const seen: number[] = []
    const onPage = (through: number) => {
      seen.push(through)
      if (seen.length === pages) stop.abort()
    }
    const result = await rebuild({ ...task(log, rows, onlyWords), pageSize: 1, from, onPage, signal: stop.signal })()
    return { result, seen }
  }

  test('that was stopped goes on where it was, or from nothing where that is asked for', async () => {
    const store = await damaged('a', 'b', 'a')
    expect(await stoppedAfter(store, 1)).toEqual({
      result: left({
        _tag: 'Stopped',
        through: 1,
        message: 'the rebuild was stopped at position 1; rebuild again to go on from there',
      }),
      seen: [1],
    })
    await catchUp(task(store.log, store.rows, onlyWords))()
    expect(await buildsIn(store.rows)).toEqual(['words 1.0 at 3 *', 'words 1.1 at 1'])
    expect(await stoppedAfter(store, 1)).toMatchObject({ seen: [2] })
    expect(await stoppedAfter(store, 1, 'nothing')).toMatchObject({ seen: [1] })
    expect(await buildsIn(store.rows)).toEqual(['words 1.0 at 3 *', 'words 1.1 at 2', 'words 1.2 at 1'])
    // Of those begun the newest is gone on with.
    expect(await stoppedAfter(store, 9)).toMatchObject({ result: { _tag: 'Right' }, seen: [2, 3] })
    expect(await buildsIn(store.rows)).toEqual(['words 1.2 at 3 *'])
    expect(await rowsIn(store.rows, rebuilt(2))).toEqual(['a 2', 'b 1'])
  })

  test('that was stopped after its last page is done', async () => {
    const store = await damaged('a', 'b')
    expect(await stoppedAfter(store, 2)).toMatchObject({ result: { _tag: 'Right' }, seen: [1, 2] })
    expect(await buildsIn(store.rows)).toEqual(['words 1.1 at 2 *'])
  })

  test('in two processes at once is one rebuild', async () => {
    const { rows, log } = await damaged('a', 'b', 'a', 'c')
    const both = await Promise.all([1, 2].map(() => rebuild({ ...task(log, rows, onlyWords), pageSize: 1 })()))
    expect(both).toMatchObject([{ right: { through: 4 } }, { right: { through: 4 } }])
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 4 *'])
    expect(await rowsIn(rows, rebuilt(1))).toEqual(['a 2', 'b 1', 'c 1'])
  })

  test('that a later one has overtaken is done with it', async () => {
    const { rows, log } = await damaged('a', 'b')
    let raced = false
    const racing: ProjectionStore = {
      ...rows,
      commit:
        (...committed) =>
        async () => {
          if (!raced) {
            raced = true
            await rebuild(task(log, rows, onlyWords))()
            await rebuild(task(log, rows, onlyWords))()
          }
          return rows.commit(...committed)()
        },
    }
    expect(await rebuild(task(log, racing, onlyWords))()).toMatchObject({ right: { through: 2 } })
    expect(await buildsIn(rows)).toEqual(['words 1.2 at 2 *'])
  })

  test('that a newer version has overtaken is told so', async () => {
    const { rows, log } = await damaged('a', 'b')
    const racing: ProjectionStore = {
      ...rows,
      commit:
        (...committed) =>
        async () => {
          await rebuild(task(log, rows, { followers: [follower(words(2))] }))()
          return rows.commit(...committed)()
        },
    }
    expect(await rebuild(task(log, racing, onlyWords))()).toMatchObject({ left: { reason: 'Superseded' } })
  })

  test.for(['commit', 'kept'] as const)(
    'does not go back from a newer version that came in meanwhile (%s)',
    async (at) => {
      const { rows, log } = await damaged('a')
      let looks = 0
      const overtake = async () => {
        await catchUp(task(log, rows, { followers: [follower(words(2))] }))()
      }
      const racing: ProjectionStore = {
        ...rows,
        kept: async () => {
          looks += 1
          // The third look is the one before the switch.
          if (at === 'kept' && looks === 3) await overtake()
          return rows.kept()
        },
        commit:
          (...committed) =>
          async () => {
            if (at === 'commit') await overtake()
            return rows.commit(...committed)()
          },
      }
      expect(await rebuild(task(log, racing, onlyWords))()).toMatchObject({ left: { reason: 'Superseded' } })
      // The newer one drops what was begun of the older, if it was there to be seen.
      const after = at === 'kept' ? ['words 2.1 at 1 *'] : ['words 1.1 at 1', 'words 2.0 at 1 *']
      expect(await buildsIn(rows)).toEqual(after)
      // Who asks again has seen it.
      await rebuild(task(log, rows, onlyWords))()
      expect(await buildsIn(rows)).toEqual([`words 1.${at === 'kept' ? 2 : 1} at 1 *`])
    },
  )

  test('does not take the place of a newer version that was switched to just now, at the same position', async () => {
    const { rows, log } = await damaged('a')
    const newer = { followers: [follower(words(2))] }
    let switchToNewer = async (): Promise<unknown> => undefined
    const racing: ProjectionStore = {
      ...rows,
      serve:
        (...served) =>
        async () => {
          await switchToNewer()
          return rows.serve(...served)()
        },
    }
    // The newer version begins first, so that its build comes before the rebuild's, and switches last.
    const waiting: ProjectionStore = {
      ...rows,
      serve:
        (...served) =>
        async () => {
          const rebuilt = new Promise((resolve) => {
            switchToNewer = async () => {
              switchToNewer = async () => undefined
              resolve(undefined)
              await switching
            }
          })
          const rebuilding = rebuild(task(log, racing, onlyWords))()
          await rebuilt
          results.push(rebuilding)
          return rows.serve(...served)()
        },
    }
    const results: Promise<unknown>[] = []
    const switching: Promise<unknown> = catchUp(task(log, waiting, newer))()
    expect(await switching).toMatchObject({ right: { through: 1 } })
    expect(await Promise.all(results)).toMatchObject([{ left: { reason: 'Superseded' } }])
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 1', 'words 2.0 at 1 *'])
  })

  test('is the way back from a newer version, and rows of the newer one come after it again', async () => {
    const { rows, log } = await damaged('a')
    const newer = { followers: [follower(words(2))] }
    await catchUp(task(log, rows, newer))()
    expect(await catchUp(task(log, rows, onlyWords))()).toMatchObject({ left: { reason: 'Superseded' } })
    await rebuild(task(log, rows, onlyWords))()
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 1 *'])
    await catchUp(task(log, rows, newer))()
    expect(await buildsIn(rows)).toEqual(['words 2.1 at 1 *'])
  })

  test('mends rows that are ahead of the log', async () => {
    const { rows } = await damaged('a', 'b', 'c')
    const restored = await filled('a')
    await rebuild(task(restored, rows, onlyWords))()
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 1 *'])
    expect(await catchUp(task(restored, rows, onlyWords))()).toMatchObject({ right: { events: 0 } })
  })

  test('does not go on with rows that lack what can be read by now', async () => {
    const store = await damaged('!a', 'b', '!a')
    await stoppedAfter(store, 2)
    expect(await buildsIn(store.rows)).toEqual(['words 1.0 at 3 * lacks 2', 'words 1.1 at 2 lacks 1'])
    await rebuild({ ...task(store.log, store.rows, onlyWords), catalogue: laterCatalogue })()
    expect(await buildsIn(store.rows)).toEqual(['words 1.2 at 3 *'])
    expect(await rowsIn(store.rows, rebuilt(2))).toEqual(['a 2', 'b 1'])
  })

  test('begins again where the quarantine of the one begun is damaged', async () => {
    const store = await damaged('a', 'b')
    await stoppedAfter(store, 1)
    const at = { from: position(1), to: position(1) }
    await store.rows.commit(rebuilt(1), [], at, [{ position: position(1), entry: '{}' }])()
    expect(await stoppedAfter(store, 9)).toMatchObject({ seen: [1, 2] })
    expect(await buildsIn(store.rows)).toEqual(['words 1.2 at 2 *'])
  })

  const failure = left(storeFailure('Unavailable', 'gone'))

  test.for(['kept', 'quarantined', 'commit'] as const)('says when %s fails', async (method) => {
    const store = await damaged('a', 'b')
    await stoppedAfter(store, 1)
    const failing = {
      ...store.rows,
      kept: store.rows.kept,
      [method]: method === 'kept' ? async () => failure : () => async () => failure,
    }
    expect(await rebuild(task(store.log, failing, onlyWords))()).toEqual(failure)
    expect(await rowsIn(store.rows, words())).toEqual(['a 1', 'b 1', 'wrong 7'])
  })

  test('says when the log’s end cannot be had', async () => {
    const { rows, log } = await damaged('a')
    const silent: EventStore = {
      ...log,
      readStream: async function* () {
        yield failure
      },
    }
    expect(await rebuild(task(silent, rows, onlyWords))()).toEqual(failure)
  })
})

describe('trying the quarantine again', () => {
  const quarantineOf = async (rows: ProjectionStore, build: Parameters<ProjectionStore['quarantined']>[0]) => {
    const lacking = await quarantinedIn(rows, build)()
    return isLeft(lacking) ? lacking : lacking.right.map(({ position, reason }) => `${position}: ${reason}`)
  }

  test('builds anew who wants what can be read by now, so that it counts in its own place', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', '!b', '-b', '!a', '?c')
    await catchUp(task(log, rows))()
    expect(await buildsIn(rows)).toEqual(['forgotten 1.0 at 5 * lacks 1', 'words 1.0 at 5 * lacks 3'])
    await say(log, 'd')
    const later = { ...task(log, rows), catalogue: laterCatalogue }
    expect(await retryQuarantine(later)()).toEqual(right({ readable: 2, rebuilt: ['words'] }))
    expect(await buildsIn(rows)).toEqual(['forgotten 1.0 at 6 * lacks 1', 'words 1.1 at 6 * lacks 1'])
    // Folded in late, b would be there: it was forgotten after it was said.
    expect(await rowsIn(rows, rebuilt(1))).toEqual(['a 2', 'd 1'])
    expect(await retryQuarantine(later)()).toEqual(right({ readable: 0, rebuilt: [] }))
  })

  test('changes nothing where nothing can be read yet', async () => {
    const rows = inMemoryRows()
    const log = await filled('a', '!b')
    await catchUp(task(log, rows))()
    const before = await buildsIn(rows)
    expect(await retryQuarantine(task(log, rows))()).toEqual(right({ readable: 0, rebuilt: [] }))
    expect(await buildsIn(rows)).toEqual(before)
  })

  test('gives what stays its reason of today, and lets go what nobody wants', async () => {
    const rows = inMemoryRows()
    const log = await filled('?b', '!c')
    await catchUp(task(log, rows))()
    expect(await quarantineOf(rows, words())).toEqual([
      '1: the type Unheard is not known here',
      '2: version 2 of Said is not known here',
    ])
    const later = emptyCatalogue
      .with(said.next(ofTwoLetters, (older) => older))
      .with(forgot)
      .with(unheard)
    const moved = movedOnce(rows)
    expect(await retryQuarantine({ ...task(log, moved), catalogue: later })()).toEqual(
      right({ readable: 0, rebuilt: [] }),
    )
    expect(await quarantineOf(rows, words())).toEqual(["2: word: found 'c', expected two letters"])
    expect(await quarantineOf(rows, forgotten)).toEqual([])
    expect(await buildsIn(rows)).toEqual(['forgotten 1.0 at 2 *', 'words 1.0 at 2 * lacks 1'])
  })

  test('that is stopped before it has begun tries nothing', async () => {
    const rows = inMemoryRows()
    const log = await filled('!a')
    const stop = new AbortController()
    stop.abort()
    expect(await retryQuarantine(task(log, rows, { signal: stop.signal }))()).toEqual(
      left({ _tag: 'Stopped', through: 1, message: 'it was stopped before anything was tried; try again' }),
    )
  })

  test('leaves rows alone that a newer version has replaced meanwhile', async () => {
    const rows = inMemoryRows()
    const log = await filled('!a')
    await catchUp(task(log, rows, onlyWords))()
    let looks = 0
    const racing: ProjectionStore = {
      ...rows,
      kept: async () => {
        looks += 1
        if (looks === 2) await catchUp(task(log, rows, { followers: [follower(words(2))] }))()
        return rows.kept()
      },
    }
    const later = { ...task(log, racing, onlyWords), catalogue: laterCatalogue }
    expect(await retryQuarantine(later)()).toEqual(right({ readable: 0, rebuilt: [] }))
    expect(await buildsIn(rows)).toEqual(['words 2.0 at 1 * lacks 1'])
  })

  test('that is stopped leaves what there was, and is gone on with', async () => {
    const rows = inMemoryRows()
    const log = await filled('!a', 'a', 'a')
    await catchUp(task(log, rows, onlyWords))()
    const stop = new AbortController()
    const seen: number[] = []
    const onPage = (through: number) => {
      seen.push(through)
      stop.abort()
    }
    const later = { ...task(log, rows, onlyWords), catalogue: laterCatalogue, pageSize: 2 }
    expect(await retryQuarantine({ ...later, onPage, signal: stop.signal })()).toMatchObject({
      left: { _tag: 'Stopped', through: 2 },
    })
    expect(await buildsIn(rows)).toEqual(['words 1.0 at 3 * lacks 1', 'words 1.1 at 2'])
    expect(await retryQuarantine({ ...later, onPage, signal: new AbortController().signal })()).toEqual(
      right({ readable: 1, rebuilt: ['words'] }),
    )
    expect(seen).toEqual([2, 3])
    expect(await buildsIn(rows)).toEqual(['words 1.1 at 3 *'])
  })

  const failure = left(storeFailure('Unavailable', 'gone'))

  test.for(['kept', 'quarantined', 'commit', 'serve'] as const)('says when %s fails', async (method) => {
    const rows = inMemoryRows()
    const log = await filled('!a', '?b')
    await catchUp(task(log, rows))()
    let looks = 0
    // The first look belongs to the catch-up that comes first.
    const kept = async () => {
      looks += 1
      return looks === 1 ? rows.kept() : failure
    }
    const failing = { ...rows, ...(method === 'kept' ? { kept } : { [method]: () => async () => failure }) }
    expect(await retryQuarantine({ ...task(log, failing), catalogue: laterCatalogue })()).toEqual(failure)
  })

  test('says when the log cannot be read', async () => {
    const rows = inMemoryRows()
    const log = await filled('!a')
    await catchUp(task(log, rows))()
    const silent: EventStore = {
      ...log,
      readAll: async function* (which) {
        if (which?.until === undefined) yield* log.readAll(which)
        else yield failure
      },
    }
    expect(await retryQuarantine(task(silent, rows))()).toEqual(failure)
    expect(await retryQuarantine(task(silent, { ...rows, kept: async () => failure }))()).toEqual(failure)
  })
})

const ofTwoLetters = t.strict({ word: t.refinement(t.string, (word) => word.length === 2, 'two letters') })

/** The same rows; the first commit to each of them is told that somebody was faster. */
const movedOnce = (rows: ProjectionStore): ProjectionStore => {
  const moved = new Set<string>()
  return {
    ...rows,
    commit: (id, changes, checkpoint, quarantine) => async () => {
      if (moved.has(id.name)) return rows.commit(id, changes, checkpoint, quarantine)()
      moved.add(id.name)
      return left({ _tag: 'CheckpointMoved', projection: id, expected: checkpoint.from, actual: checkpoint.to })
    },
  }
}
