// like-memory.property.test.ts: whatever is asked of it, in whatever order and by whom, PostgreSQL answers as memory does

import { test } from 'vitest'
import { fullSize } from '../stores/batches.test-kit.ts'
import { expectLikeMemory } from '../stores/like-memory.test-kit.ts'
import { postgresSites } from './site.test-kit.ts'

test('PostgreSQL answers as memory does', { timeout: 3_600_000 }, async () =>
  expectLikeMemory('PostgreSQL', await postgresSites(), { runs: fullSize ? 300 : 15, commands: 60 }),
)
