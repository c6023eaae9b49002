// projection-store.test.ts: the projection store in memory keeps the contract

import { test } from 'vitest'
import { projectionStoreCases } from '../contract/index.ts'
import { memoryProjectionStore } from './index.ts'

for (const { name, run } of projectionStoreCases) {
  test(name, () => run({ open: async () => ({ it: memoryProjectionStore(), close: async () => {} }) }))
}
