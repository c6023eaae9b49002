// promised.test.ts: answers for those who know no fp-ts

import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { storeFailure } from './event-store.ts'
import { Failed, promised } from './promised.ts'

describe('an answer as a promise', () => {
  test('resolves to the Right', async () => {
    expect(await promised(async () => right(7))).toBe(7)
  })

  test.for([
    [storeFailure('Busy', 'locked by another process'), 'StoreFailure: locked by another process'],
    [{ _tag: 'GroupNotActive', stage: 'closed' }, 'GroupNotActive: {"_tag":"GroupNotActive","stage":"closed"}'],
    [{ without: 'a tag' }, 'Failed: {"without":"a tag"}'],
    ['no key', 'no key'],
    [null, 'null'],
  ] as const)('rejects with %j as the cause, and says it', async ([cause, message]) => {
    const failed = await promised(async () => left(cause)).catch((error: unknown) => error)
    if (!(failed instanceof Failed)) throw new Error('it did not fail')
    expect([failed.name, failed.message, failed.cause]).toEqual(['Failed', message, cause])
  })
})
