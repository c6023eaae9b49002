// reading.test.ts: readers that leave, break off or share a subscription

import { any, type PageResult } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { within } from '../contract/case.ts'
import { appended, event, namesOf, nextPage, noon, stream } from '../contract/samples.ts'
import { memoryEventStore } from '../memory/index.ts'

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
