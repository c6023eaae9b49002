// like-memory.test.ts: the model runs take memory itself for what it is, and find out stores that break one promise

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullSize } from './batches.test-kit.ts'
import { again, beginning, compared, expectLikeMemory } from './like-memory.test-kit.ts'
import { memorySite } from './memory-site.test-kit.ts'
import { broken } from './unlike-memory.test-kit.ts'

test('memory is like memory', { timeout: 3_600_000 }, () =>
  expectLikeMemory('memory', memorySite(), { runs: fullSize ? 1_000 : 30, commands: 60 }),
)

// As many as a real store is tried with at the usual size, and always the same, so that luck decides nothing.
const tried = { runs: fullSize ? 400 : 30, commands: 60 }

test('a run that failed can be had again, as small as it was made', async () => {
  const { details } = await compared(memorySite(broken['keeps rows that should go']), tried, { seed: 1 })
  const same = await compared(memorySite(broken['keeps rows that should go']), tried, again(details))
  expect(details.failed).toBe(true)
  expect([same.details.numRuns, fc.stringify(same.details.counterexample?.[0])]).toEqual([
    1,
    fc.stringify(details.counterexample?.[0]),
  ])
})

describe('found out within as many runs: a store that', () => {
  for (const [what, breaks] of Object.entries(broken)) {
    test(what, async () => {
      const { details } = await compared(memorySite(breaks), tried, fullSize ? beginning() : { seed: 1 }, 'stop')
      expect(details.failed).toBe(true)
    })
  }
})
