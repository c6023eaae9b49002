// remembering.test.ts: what was found is kept, and found once

import { expect, test } from 'vitest'
import { remembering } from './remembering.ts'

test('each key is looked for once, also where nothing is found', () => {
  const asked: string[] = []
  const found = remembering((key: string) => {
    asked.push(key)
    return key === 'nothing' ? undefined : `${key} found`
  })
  expect(['one', 'nothing', 'two', 'one', 'nothing'].map(found)).toEqual([
    'one found',
    undefined,
    'two found',
    'one found',
    undefined,
  ])
  expect(asked).toEqual(['one', 'nothing', 'two'])
})
