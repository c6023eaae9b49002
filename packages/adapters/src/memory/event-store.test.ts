// event-store.test.ts: the event store in memory keeps the contract

import { describe, test } from 'vitest'
import { type EventStoreSubject, eventStoreCases, subscriptionCases } from '../contract/index.ts'
import { memoryEventStore } from './index.ts'

const subject: EventStoreSubject = {
  capabilities: {
    maxAppendBytes: 'unlimited',
    idempotency: 'exact',
    monotoneRecordedAt: true,
    onceClosed: 'goesOn',
  },
  open: async (clock) => {
    const handle = { it: memoryEventStore({ clock }), close: async () => {} }
    return { ...handle, another: async () => handle, interrupt: async () => {} }
  },
}

describe('event store', () => {
  for (const { name, run } of eventStoreCases) test(name, () => run(subject))
})

describe('subscriptions', () => {
  for (const { name, run } of subscriptionCases) test(name, () => run(subject))
})
