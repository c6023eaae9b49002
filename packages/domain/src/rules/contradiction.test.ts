// contradiction.test.ts: which rules cannot stand together

import { expect, test } from 'vitest'
import { contradiction } from './contradiction.ts'
import type { PlanningRule, RoundingRule, WindowRule } from './rule-pack.ts'

const source = { title: 'A circular', address: 'https://example.org/circular' }
const between = (window: WindowRule, rounding: RoundingRule, plannedWithin: PlanningRule) =>
  contradiction({
    window: { value: window, source },
    rounding: { value: rounding, source },
    plannedWithin: { value: plannedWithin, source },
  })
const rounded = (per: 'session' | 'window'): RoundingRule => ({ mode: 'floor', per, unit: 1 })

test.for<readonly [WindowRule, RoundingRule, PlanningRule]>([
  ['calendar-year', rounded('window'), { months: 3 }],
  ['group-year', rounded('window'), { months: 3 }],
  ['rolling-12-months', 'none', 'none'],
  ['rolling-12-months', rounded('session'), 'none'],
])('%s goes with %j and %j', ([window, rounding, plannedWithin]) => {
  expect(between(window, rounding, plannedWithin)).toBe(null)
})

test('a session lies in many rolling windows: nothing is rounded in one of them', () => {
  expect(between('rolling-12-months', rounded('window'), { months: 3 })).toEqual({
    between: ['rounding', 'window'],
    because: {
      _tag: 'RulesContradict',
      path: 'parameters.rounding.per',
      found: "'window' with the window 'rolling-12-months'",
      expected: "'session', for an attendance lies in many rolling windows",
    },
  })
})

test('a session lies in many rolling windows: none of them says by when it was to be planned', () => {
  for (const rounding of ['none', rounded('session')] as const)
    expect(between('rolling-12-months', rounding, { months: 3 })).toEqual({
      between: ['plannedWithin', 'window'],
      because: {
        _tag: 'RulesContradict',
        path: 'parameters.plannedWithin',
        found: "{ months: 3 } with the window 'rolling-12-months'",
        expected: "'none', for a session lies in many rolling windows",
      },
    })
})
