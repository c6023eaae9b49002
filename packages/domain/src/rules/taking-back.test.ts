// taking-back.test.ts: who may take back what was published, and what may not be left behind

import { expect, test } from 'vitest'
import type { Context } from '../kernel/decider.ts'
import { as } from '../testing/index.ts'
import {
  adaptation,
  dispensation,
  first,
  pack,
  published,
  region,
  second,
  source,
  sourced,
} from './published.test-kit.ts'
import { authority, bergen, kari, local, stricter } from './publishing.test-kit.ts'
import { rulebook } from './rulebook.ts'
import type { RulesEvent } from './rules-events.ts'

const left = (...history: ReadonlyArray<RulesEvent>) => history.reduce(rulebook.evolve, rulebook.initial)
const mayRetract = (type: RulesEvent['type'], by: Context, ...facts: ReadonlyArray<RulesEvent>) =>
  rulebook.mayCorrect?.(type, null, by, left(...facts))
const adapted = adaptation(bergen, first, stricter)

test('is for the authority; an adaptation also for who may adapt', () => {
  for (const type of ['RulePackPublished', 'DispensationGranted'] as const) {
    expect(mayRetract(type, authority, published.pack(first))).toBe(null)
    const refusal = { _tag: 'NotForThisActor', role: 'local-authority', needed: 'authority' }
    expect(mayRetract(type, local, published.pack(first))).toEqual(refusal)
  }
  expect(mayRetract('LocalAdaptationAdopted', local, published.pack(first))).toBe(null)
  expect(mayRetract('LocalAdaptationAdopted', as('importer'))).toEqual({
    _tag: 'NotForThisActor',
    role: 'importer',
    needed: 'local-authority',
  })
})

test('BasisInUse: not of a pack that an adaptation rests on', () => {
  expect(mayRetract('RulePackPublished', authority, published.adaptation(adapted))).toEqual({
    _tag: 'BasisInUse',
    path: 'corrects',
    found: first.digest,
    expected: 'no adaptation of it, such as Here it is so',
  })
})

test('BasisInUse: not of the only pack in force when a dispensation begins', () => {
  const granted = published.dispensation(dispensation(kari, stricter, '2024-03-01', '2024-09-01'))
  expect(mayRetract('RulePackPublished', authority, granted, published.pack(pack('2025-01-01')))).toEqual({
    _tag: 'BasisInUse',
    path: 'corrects',
    found: '2024-03-01',
    expected: 'no dispensation that begins before any pack is in force',
  })
  expect(mayRetract('RulePackPublished', authority, granted, published.pack(first))).toBe(null)
})

test('RulesOverlap: not so that two of one kind are in force at one time', () => {
  const other = pack('2024-01-01', { quorum: { value: 3, source, permission: 'fixed' } }, 'Others')
  expect(mayRetract('RulePackPublished', authority, published.pack(first), published.pack(other))).toEqual({
    _tag: 'RulesOverlap',
    path: 'corrects',
    found: '2024-01-01',
    expected: 'one pack from that date, not Rules of 2024 and Others',
  })
  const again = adaptation(region('4601', '4602'), first, sourced({ quorum: 3 }), '2025-01-01')
  const adaptations = [published.adaptation(adapted), published.adaptation(again)]
  expect(mayRetract('LocalAdaptationAdopted', local, published.pack(first), ...adaptations)).toEqual({
    _tag: 'RulesOverlap',
    path: 'from',
    found: '2025-01-01 to any time',
    expected: 'a time apart from 2024-01-01 to any time',
  })
  const twice = [
    dispensation(kari, stricter, '2024-03-01', '2024-09-01'),
    dispensation(kari, sourced({ groupThreshold: 2 }), '2024-05-01', '2025-01-01'),
  ]
  expect(
    mayRetract('DispensationGranted', authority, published.pack(first), ...twice.map(published.dispensation)),
  ).toEqual({
    _tag: 'RulesOverlap',
    path: 'from',
    found: '2024-05-01 to 2025-01-01',
    expected: 'a time apart from 2024-03-01 to 2024-09-01',
  })
})

test('what stands apart may stay: of another place or time, and under a pack that stands', () => {
  const elsewhere = adaptation(region('0301'), first, sourced({ quorum: 3 }))
  const later = adaptation(bergen, first, stricter, '2025-01-01')
  const ended = adaptation(bergen, first, stricter, '2024-01-01', '2025-01-01')
  const onThatDay = dispensation(kari, stricter, '2024-01-01', '2024-09-01')
  expect(
    mayRetract(
      'LocalAdaptationAdopted',
      local,
      published.pack(first),
      published.pack(second),
      ...[ended, elsewhere, later].map(published.adaptation),
      published.dispensation(onThatDay),
    ),
  ).toBe(null)
  expect(mayRetract('RulePackPublished', authority, published.pack(second), published.adaptation(adapted))).toEqual({
    _tag: 'BasisInUse',
    path: 'corrects',
    found: first.digest,
    expected: 'no adaptation of it, such as Here it is so',
  })
})

test('RulesAreImmutable: nothing is corrected, whoever asks', () => {
  const meant = published.adaptation(adapted)
  expect(rulebook.mayCorrect?.('LocalAdaptationAdopted', meant, authority, left(published.pack(first)))).toEqual({
    _tag: 'RulesAreImmutable',
    path: 'fact',
    found: 'a correction of LocalAdaptationAdopted',
    expected: 'a retraction, and what was meant published',
  })
})
