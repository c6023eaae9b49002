// contradiction.test.ts: which rules cannot stand together

import { expect, test } from 'vitest'
import { contradiction, problemFor } from './contradiction.ts'
import { defaultPack } from './default-pack.ts'
import type { PlanningRule, RoundingRule, RuleName, WindowRule } from './rule-pack.ts'

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
    ofWindow: {
      _tag: 'RulesContradict',
      path: 'parameters.window',
      found: "'rolling-12-months' with rounding per 'window'",
      expected: "'calendar-year' or 'group-year', of which each session lies in one",
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
      ofWindow: {
        _tag: 'RulesContradict',
        path: 'parameters.window',
        found: "'rolling-12-months' with plannedWithin { months: 3 }",
        expected: "'calendar-year' or 'group-year', of which each session lies in one",
      },
    })
})

test('whoever says one of the two is told of that one, and by what the other one stands; of both, of what asks too much', () => {
  const rules = {
    ...defaultPack,
    window: { value: 'rolling-12-months', source: { ...source, title: 'The window’s' } },
    rounding: { value: rounded('window'), source: { ...source, title: 'The rounding’s' } },
  } as const
  const clash = contradiction(rules)
  const told = (...said: ReadonlyArray<RuleName>) => {
    const problem = clash && problemFor(said, clash, rules)
    return [problem?.path, problem?.expected]
  }
  const bySession = "'session', for an attendance lies in many rolling windows"
  expect(told('rounding', 'quorum')).toEqual([
    'parameters.rounding.per',
    `${bySession}; window stands by: The window’s`,
  ])
  expect(told('window')).toEqual([
    'parameters.window',
    "'calendar-year' or 'group-year', of which each session lies in one; rounding stands by: The rounding’s",
  ])
  for (const said of [[], ['rounding', 'window']] as const)
    expect(told(...said)).toEqual(['parameters.rounding.per', bySession])
})
