// vault.test.ts: the vault in memory keeps the contract

import { test } from 'vitest'
import { vaultCases } from '../contract/index.ts'
import { memoryVault } from './index.ts'

for (const { name, run } of vaultCases) {
  test(name, () => run({ open: async () => ({ it: memoryVault(), close: async () => {} }) }))
}
