// stating.test.ts: what a statement says of points, and what makes it stale

import { expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { digestOf } from '../rules/digest.ts'
import { eventNumber } from '../rules/published.test-kit.ts'
import { pointsIn, registerWith } from '../testing/index.ts'
import { kari } from './every-reason.test-kit.ts'
import { factsBehind, stalenessOf, statedOf } from './stating.ts'
import { atYearEnd, base, three } from './three-sessions.test-kit.ts'

const rules = (event: number | null, digest: number) => ({
  ...{ layer: 'national' as const, event: event === null ? null : eventNumber(event), digest: digestOf(digest) },
})
const now = () => pointsIn(registerWith({ ...base, sessions: three }), 'Kari', { ...atYearEnd, rules: defaultPack })

test('the facts behind an answer are told once each, by their ids', () => {
  const ids = factsBehind(kari()).map(({ id }) => id)
  expect(ids.length).toBeGreaterThan(20)
  expect(ids).toEqual([...new Set(ids)].sort())
})

test('only whole minutes are stated, and only of a period', () => {
  expect(() => statedOf({ ...now(), countedMinutes: 539.5 }, [])).toThrow(new RangeError('not a whole number: 539.5'))
  expect(statedOf({ ...now(), period: null }, [])).toBeNull()
})

test('the rules are others where another event published them, or where they say something else', () => {
  const points = now()
  const stated = statedOf(points, [rules(1, 1)])
  if (stated === null) throw new Error('there is a period')
  expect(stalenessOf(stated, points, [rules(1, 1)], [])).toBeNull()
  for (const others of [rules(2, 1), rules(1, 2), rules(null, 1)])
    expect(stalenessOf(stated, points, [others], [])).toEqual({
      ...{ came: [], went: [], since: [], otherTotals: false },
      rulesCame: [others],
      rulesWent: [rules(1, 1)],
    })
})
