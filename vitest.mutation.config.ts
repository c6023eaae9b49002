// vitest.mutation.config.ts: the tests that are run again for every mutant; see scripts/mutation.ts
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    // They would make every mutant cost minutes, and what they notice depends on chance.
    exclude: [...configDefaults.exclude, '**/*.property.test.ts', '**/absurd-histories.test.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
})
