// event-store.test.ts: the event store in memory keeps the contract

import { test } from 'vitest'
import { eventStoreCases } from '../contract/index.ts'
import { memoryEventStore } from './index.ts'

for (const { name, run } of eventStoreCases) {
  test(name, () => run({ open: async (clock) => ({ it: memoryEventStore({ clock }), close: async () => {} }) }))
}
