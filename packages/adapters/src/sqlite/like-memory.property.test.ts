// like-memory.property.test.ts: whatever is asked of it, in whatever order and by whom, SQLite answers as memory does

import { test } from 'vitest'
import { fullSize } from '../stores/batches.test-kit.ts'
import { expectLikeMemory } from '../stores/like-memory.test-kit.ts'
import { newSqliteSite } from './site.test-kit.ts'

test('SQLite answers as memory does', { timeout: 3_600_000 }, () =>
  expectLikeMemory('SQLite', newSqliteSite, { runs: fullSize ? 1_000 : 30, commands: 60 }),
)
