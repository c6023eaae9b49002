// vitest.config.ts: which tests there are, and how much of the domain they must cover
import { configDefaults, defineConfig } from 'vitest/config'

const gate = { lines: 95, branches: 95 }

// Only so that a test that hangs ends; shared machines are slow at times.
const testTimeout = 120_000

// These talk to a real server, which is started for them once.
const withPostgres = ['packages/adapters/src/postgres/**/*.test.ts', 'packages/**/*.postgres.test.ts']
// What a killed run of scripts/docs.test.ts leaves behind holds a link back to all packages.
const leftBehind = '**/.docs-*/**'
const exclude = [...configDefaults.exclude, leftBehind, ...withPostgres]

export default defineConfig({
  test: {
    // One worker fewer than there are cores, the default, leaves a machine of two with one.
    maxWorkers: '100%',
    projects: [
      // Pure code leaves nothing behind for the next file to stumble over, so each is loaded once a worker and not once a file.
      { test: { name: 'domain', include: ['packages/domain/src/**/*.test.ts'], testTimeout, isolate: false } },
      {
        test: { name: 'adapters', include: ['packages/adapters/src/**/*.test.ts'], exclude, testTimeout },
      },
      { test: { name: 'examples', include: ['packages/examples/**/*.test.ts'], exclude, testTimeout } },
      {
        test: {
          name: 'postgres',
          include: withPostgres,
          exclude: [...configDefaults.exclude, leftBehind],
          globalSetup: 'packages/adapters/src/postgres/server.test-kit.ts',
          testTimeout,
        },
      },
      { test: { name: 'workspace', include: ['scripts/**/*.test.ts'], testTimeout } },
    ],
    coverage: {
      include: ['packages/domain/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-kit.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: {
        'packages/domain/src/**': gate,
        'packages/domain/src/points/**': gate,
        'packages/domain/src/rules/**': gate,
        'packages/domain/src/values/**': gate,
      },
    },
  },
})
