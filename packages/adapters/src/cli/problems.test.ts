// problems.test.ts: why a command about rules was not carried out, whatever came of it

import { commandIdOf, eventIdOf, storeFailure, streamName } from '@smagruppe/domain'
import { expect, test } from 'vitest'
import { problemLine, problemOf, whyNotDone } from './problems.ts'

const words = { cannot: 'the rules cannot be published', meanwhile: 'others were published meanwhile' }

test.each([
  [storeFailure('Full', 'the disk is full: make room'), 'the disk is full: make room'],
  [
    { _tag: 'CommandMalformed', found: 'data.name: found 3' } as const,
    'the rules cannot be published: data.name: found 3',
  ],
  [
    { _tag: 'UnencodableEvent', type: 'RulePackPublished', reason: 'no digest' } as const,
    'the rules cannot be published: no digest',
  ],
  [
    { _tag: 'UnstorableText', id: eventIdOf(commandIdOf('test', 'publish'), 0) } as const,
    'the rules cannot be published: it has text that cannot be stored, half a character or U+0000',
  ],
  [
    { _tag: 'AppendTooLarge', bytes: 2_000_000, limit: 1_000_000 } as const,
    'the rules cannot be published: it takes 2000000 bytes, and this store takes 1000000 at once',
  ],
  [
    { _tag: 'KnownSinceNotAllowed', role: 'authority' } as const,
    'the rules cannot be published: the role authority may not say since when a fact is known',
  ],
  [
    {
      _tag: 'TooManyConflicts',
      stream: streamName('rules', '00000000-0000-4000-8000-000000000001'),
      attempts: 10,
    } as const,
    'others were published meanwhile',
  ],
])('%j', (error, message) => {
  expect(whyNotDone(error, words)).toBe(message)
})

test('a problem of the whole file, and one of who asks', () => {
  expect(problemLine({ path: '', found: 'a list', expected: 'an object' })).toBe(
    '  the whole: found a list, expected an object',
  )
  expect(problemOf({ _tag: 'NotForThisActor', role: 'importer', needed: 'authority' })).toEqual({
    path: '--role',
    found: 'importer',
    expected: 'authority',
  })
})
