// strictness.test.ts: which of two values of a parameter is the stricter one

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleNames } from './changes.ts'
import { parameters } from './parameters.ts'
import type { DeclarationRule, RuleName, RuleValues } from './rule-pack.ts'
import { strictness } from './strictness.ts'

const higherIsStricter = [
  'quorum',
  'sessionMinutesMin',
  'groupThreshold',
  'doctorThresholdMinutes',
  'minutesPerPoint',
  'mandatory',
  'coursePoints',
  'courseSubjects',
  'clinicalCourses',
  'clinicalCoursePoints',
  'acuteMedicineCourses',
  'practiceVisits',
  'electivePoints',
] as const

const lowerIsStricter = [
  'dayCapMinutes',
  'electiveMax',
  'practiceVisitDayCap',
  'practiceVisitCap',
  'sameColleagueVisits',
  'observershipDayCap',
  'observershipCap',
  'clinicDayCap',
  'clinicCap',
  'clinicDaysAbroad',
  'internHalfYearCap',
  'onlineCourseCap',
  'onlineClinicalCourses',
  'subjectCap',
] as const

test('the parameters that are ordered, and the way that is stricter', () => {
  const ways = (order: ((value: number, than: number) => boolean) | null) => [
    order?.(3, 2),
    order?.(2, 2),
    order?.(1, 2),
  ]
  for (const name of higherIsStricter) expect([name, ...ways(strictness[name])]).toEqual([name, true, true, false])
  for (const name of lowerIsStricter) expect([name, ...ways(strictness[name])]).toEqual([name, false, true, true])
  const others = ['declaration', 'plannedWithin', 'dayCap', 'membershipTransfer', 'yearlyCap', 'groupSizeEffect']
  expect([...higherIsStricter, ...lowerIsStricter, ...others].sort()).toEqual(
    ruleNames.filter((name) => strictness[name] !== null).sort(),
  )
  const cap = strictness.yearlyCap
  expect([cap?.(10, 'none'), cap?.('none', 'none'), cap?.(10, 10), cap?.('none', 10), cap?.(11, 10)]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  const { dayCap, membershipTransfer } = strictness
  expect([
    dayCap?.('reject', 'cut'),
    dayCap?.('reject', 'reject'),
    dayCap?.('cut', 'cut'),
    dayCap?.('cut', 'reject'),
  ]).toEqual([true, true, true, false])
  expect([
    membershipTransfer?.('none', 'adds-up'),
    membershipTransfer?.('adds-up', 'adds-up'),
    membershipTransfer?.('adds-up', 'none'),
  ]).toEqual([true, true, false])
})

test.for<readonly [DeclarationRule, DeclarationRule, boolean]>([
  ['none', 'none', true],
  ['none', 'prospective', false],
  ['none', 'cures-window', false],
  ['prospective', 'none', true],
  ['cures-window', 'none', true],
  [{ curesDays: 3 }, 'none', true],
  ['prospective', 'prospective', true],
  ['prospective', 'cures-window', true],
  ['prospective', { curesDays: 3 }, true],
  ['cures-window', 'cures-window', true],
  ['cures-window', 'prospective', false],
  ['cures-window', { curesDays: 3 }, false],
  [{ curesDays: 3 }, { curesDays: 3 }, true],
  [{ curesDays: 2 }, { curesDays: 3 }, true],
  [{ curesDays: 4 }, { curesDays: 3 }, false],
  [{ curesDays: 4 }, 'cures-window', false],
  [{ curesDays: 4 }, 'prospective', false],
])('a declaration by %j is no looser than one by %j: %s', ([value, than, expected]) => {
  expect(strictness.declaration?.(value, than)).toBe(expected)
})

test('a plan that must come sooner is stricter, and so is a size that takes something', () => {
  const { plannedWithin, groupSizeEffect } = strictness
  expect([
    plannedWithin?.({ months: 3 }, 'none'),
    plannedWithin?.('none', 'none'),
    plannedWithin?.({ months: 3 }, { months: 3 }),
    plannedWithin?.({ months: 2 }, { months: 3 }),
    plannedWithin?.({ months: 4 }, { months: 3 }),
    plannedWithin?.('none', { months: 12 }),
  ]).toEqual([true, true, true, true, false, false])
  expect([
    groupSizeEffect?.('nothing-counts', 'warning'),
    groupSizeEffect?.('warning', 'warning'),
    groupSizeEffect?.('warning', 'nothing-counts'),
  ]).toEqual([true, true, false])
})

test('the others are not ordered', () => {
  expect(ruleNames.filter((name) => strictness[name] === null)).toEqual([
    'periodYears',
    'nextPeriod',
    'window',
    'participants',
    'hosting',
    'industry',
    'presence',
    'sameMinutes',
    'rounding',
    'groupSize',
    'courseDemandsSince',
    'smallGroupSince',
    'onlineCapsSuspended',
    'feeLapsesSince',
  ])
})

const samples: ReadonlyArray<unknown> = [
  0,
  1,
  2,
  3,
  60,
  'none',
  'cut',
  'reject',
  'adds-up',
  'prospective',
  'cures-window',
  { curesDays: 0 },
  { curesDays: 7 },
]

test('each value is as strict as itself, and strictness carries over', () => {
  const carriesOver = <Name extends RuleName>(name: Name, some: ReadonlyArray<unknown>): void => {
    const { is } = parameters[name]
    const [one, other, third] = some.filter((value): value is RuleValues[Name] => is(value))
    const noLooser = strictness[name]
    if (noLooser === null || one === undefined || other === undefined || third === undefined) return
    expect(noLooser(one, one)).toBe(true)
    if (noLooser(one, other) && noLooser(other, third)) expect(noLooser(one, third)).toBe(true)
  }
  fc.assert(
    fc.property(fc.constantFrom(...ruleNames), fc.shuffledSubarray([...samples], { minLength: 3 }), carriesOver),
    { numRuns: 500 },
  )
})
