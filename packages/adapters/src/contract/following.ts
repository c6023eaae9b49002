// following.ts: how the cases follow a log, and leave it

import assert from 'node:assert/strict'
import { type EventStore, type PageResult, type StoredEvent, theStart } from '@smagruppe/domain'
import { soon, within } from './case.ts'
import { nextPage } from './samples.ts'

/** What a subscription gives until it has given that many; checks that it never goes back. */
export const follow = async (
  subscription: AsyncIterator<PageResult>,
  count: number,
): Promise<ReadonlyArray<StoredEvent>> => {
  const seen: StoredEvent[] = []
  let through = theStart
  for (let pages = 0; seen.length < count; pages += 1) {
    assert.ok(pages < 1_000, `${pages} pages hold ${seen.length} of ${count} events`)
    const page = await within(soon, `page after ${seen.length} of ${count} events`, nextPage(subscription))
    assert.ok(page.events.every(({ position }) => position > through && position <= page.through))
    through = page.through
    seen.push(...page.events)
  }
  return seen
}

export const leaving = (subscription: AsyncIterator<PageResult>): Promise<unknown> =>
  subscription.return?.() ?? Promise.reject(new Error('the subscription cannot be left'))

/** Runs the check with subscriptions that are all ended after it. */
export const subscribing = async (
  store: EventStore,
  check: (subscribe: (options?: Parameters<EventStore['subscribe']>[0]) => AsyncIterator<PageResult>) => Promise<void>,
): Promise<void> => {
  const controller = new AbortController()
  try {
    await check((options) => store.subscribe({ ...options, signal: controller.signal })[Symbol.asyncIterator]())
  } finally {
    controller.abort()
  }
}
