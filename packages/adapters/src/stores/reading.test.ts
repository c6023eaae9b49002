// reading.test.ts: readers that leave, break off or share a subscription, and how far it goes ahead of them

import { setImmediate as nextTurn } from 'node:timers/promises'
import { any, type PageResult, position } from '@smagruppe/domain'
import { right } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { within } from '../contract/case.ts'
import { appended, event, namesOf, nextPage, noon, stream } from '../contract/samples.ts'
import { memoryEventStore } from '../memory/index.ts'
import { readingOf } from './reading.ts'

const ours = stream('ours')
const done = { done: true, value: undefined }

test('a subscription that its reader leaves ends at once, also while it waits', async () => {
  const events = memoryEventStore({ clock: () => noon })
  const pages: AsyncIterator<PageResult> = events.subscribe()[Symbol.asyncIterator]()
  await nextPage(pages)
  const waiting = pages.next()
  expect(await within(2_000, 'leaving', pages.return?.() ?? Promise.reject(new Error('nobody can leave')))).toEqual(
    done,
  )
  expect(await waiting).toEqual(done)
  expect(await pages.next()).toEqual(done)
})

test('a reader who breaks off and one who never began leave nothing behind on a signal that lives on', async () => {
  const events = memoryEventStore({ clock: () => noon })
  await appended(events, ours, any, event('first'))
  const listening = new Set<() => void>()
  const signal = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void) => void listening.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listening.delete(listener),
  }
  for await (const page of events.subscribe({ signal })) {
    expect(page).toMatchObject({ right: { through: 1 } })
    break
  }
  const unread = events.subscribe({ signal })[Symbol.asyncIterator]()
  expect(listening.size).toBe(1)
  await unread.return?.()
  expect(listening.size).toBe(0)
})

test('two readers of one subscription each get everything', async () => {
  const events = memoryEventStore({ clock: () => noon })
  await appended(events, ours, any, event('first'))
  const subscription = events.subscribe()
  for (const reader of [subscription[Symbol.asyncIterator](), subscription[Symbol.asyncIterator]()]) {
    expect(namesOf((await nextPage(reader)).events)).toEqual(['first'])
    await reader.return?.()
  }
})

/** A log that ends at position 7 until somebody has waited, and that tells what is done with it. */
const toldLog = () => {
  const told: string[] = []
  let end = 7
  const log = readingOf(
    {
      slice: ({ after, limit }) => {
        told.push(`looks behind ${after}`)
        const through = position(Math.min(after + limit, end))
        return right({ events: [], through, caughtUp: through >= end })
      },
      streamSlice: () => right({ events: [], through: position(end), caughtUp: true }),
      breathe: nextTurn,
    },
    {
      bell: {
        ring: () => {},
        rings: () => 0,
        wait: async () => {
          told.push('waits')
          end += 2
        },
      },
      pollMs: null,
    },
  )
  return { told, log }
}

test('a subscription does not wait while there is more, and looks no further than its reader has asked', async () => {
  const { told, log } = toldLog()
  const pages = log.subscribe({ pageSize: 3 })[Symbol.asyncIterator]()
  const done: (readonly [number, ReadonlyArray<string>])[] = []
  for (let asked = 0; asked < 5; asked += 1) {
    const { through } = await nextPage(pages)
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
    done.push([through, told.splice(0)])
  }
  await pages.return?.()
  expect(done).toEqual([
    [3, ['looks behind 0']],
    [6, ['looks behind 3']],
    [7, ['looks behind 6']],
    [9, ['waits', 'looks behind 7']],
    [11, ['waits', 'looks behind 9']],
  ])
})

test('a reading looks no further than its reader has asked', async () => {
  const { told, log } = toldLog()
  const pages = log.readAll({ pageSize: 3 })[Symbol.asyncIterator]()
  expect((await nextPage(pages)).through).toBe(3)
  for (let turn = 0; turn < 3; turn += 1) await nextTurn()
  await pages.return?.()
  expect(told).toEqual(['looks behind 0'])
})
