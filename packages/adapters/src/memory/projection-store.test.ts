import { test } from 'vitest'
import { projectionStoreCases } from '../contract/index.ts'
import { memoryProjectionStore } from './index.ts'

for (const { name, run } of projectionStoreCases) {
  test(name, () => run({ open: async () => ({ it: memoryProjectionStore(), close: async () => {} }) }))
}
