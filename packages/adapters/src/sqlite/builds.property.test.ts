// builds.property.test.ts: in SQLite, rows are what a replay gives, whatever was done at the same time

import { test } from 'vitest'
import { fullSize } from '../stores/batches.test-kit.ts'
import { expectReplayedRows } from '../stores/builds.test-kit.ts'
import { newSqliteSite } from './site.test-kit.ts'

test('rows are what a replay gives, through two handles', { timeout: 3_600_000 }, async () =>
  expectReplayedRows('SQLite', newSqliteSite, fullSize ? 1_000 : 40),
)
