// replay.test.ts: the fold from scratch, and rows as they are kept

import { isLeft, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { inMemoryRows, logbook } from '../testing/index.ts'
import { catchUp } from './catch-up.ts'
import { position, theStart } from './event.ts'
import { type EventStore, storeFailure } from './event-store.ts'
import { decodeRow, encodeRow, everything, replay } from './replay.ts'
import { catalogue, filled, forgot, forgotten, said, stream, type Talk, task, words } from './talk.test-kit.ts'

test('a kept row that cannot be read is damage, and says which', async () => {
  const rows = inMemoryRows()
  await rows.commit(words(), [{ key: 'a', row: '"many"' }], { from: theStart, to: theStart })()
  expect(await catchUp(task(await filled('a'), rows))()).toEqual(
    left(
      storeFailure(
        'Damaged',
        "row a of words 1 cannot be read (the whole: found 'many', expected a number): rebuild words",
      ),
    ),
  )
  expect(decodeRow(words(), 'a', 'no JSON')).toEqual(
    left(
      storeFailure(
        'Damaged',
        'row a of words 1 cannot be read (the whole: found nothing, expected a number): rebuild words',
      ),
    ),
  )
  expect(decodeRow(words(), 'a', encodeRow(words(), 7))).toEqual(right(7))
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
