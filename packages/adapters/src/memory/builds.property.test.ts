// builds.property.test.ts: in memory, rows are what a replay gives, whatever was done at the same time

import { test } from 'vitest'
import { fullSize } from '../stores/batches.test-kit.ts'
import { expectReplayedRows } from '../stores/builds.test-kit.ts'
import { memorySite } from '../stores/memory-site.test-kit.ts'

test('rows are what a replay gives, through two handles', { timeout: 3_600_000 }, async () =>
  expectReplayedRows('memory', memorySite(), fullSize ? 4_000 : 200),
)
