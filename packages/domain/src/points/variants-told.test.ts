// variants-told.test.ts: every variant of a rule, and what only variants can take, has its words in each language

import { expect, test } from 'vitest'
import type { DeclarationRule, RuleValues, WindowRule } from '../rules/rule-pack.ts'
import { type Language, languages, phrasesOf } from './language.ts'
import type { Called } from './phrases.ts'

const called: Called = {
  doctors: () => [],
  sessions: () => [],
  attendances: (all) => all.map(({ label }) => label),
  attended: (all) => all.map(({ label }) => label),
  window: () => '',
}

// Each is complete, or does not compile: a new variant has to come here.
const windows = {
  'calendar-year': 'calendar-year',
  'group-year': 'group-year',
  'rolling-12-months': 'rolling-12-months',
} as const satisfies { readonly [W in WindowRule]: W }
const declarations = {
  none: 'none',
  prospective: 'prospective',
  'cures-window': 'cures-window',
} as const satisfies { readonly [D in Extract<DeclarationRule, string>]: D }
const dayCaps = { cut: 'cut', reject: 'reject' } as const satisfies { readonly [D in RuleValues['dayCap']]: D }
const sizeEffects = { warning: 'warning', 'nothing-counts': 'nothing-counts' } as const satisfies {
  readonly [E in RuleValues['groupSizeEffect']]: E
}
const transfers = { none: 'none', 'adds-up': 'adds-up' } as const satisfies {
  readonly [T in RuleValues['membershipTransfer']]: T
}

const saidOfRules = (language: Language): ReadonlyArray<ReadonlyArray<string>> => {
  const { rule } = phrasesOf[language]
  return [
    Object.values(windows).map(rule.window),
    [...Object.values(declarations), ...[1, 14].map((curesDays) => ({ curesDays }))].map(rule.declaration),
    Object.values(dayCaps).map(rule.dayCap),
    Object.values(sizeEffects).map(rule.groupSizeEffect),
    ['none' as const, ...[1, 3].map((months) => ({ months }))].map(rule.plannedWithin),
    Object.values(transfers).map(rule.membershipTransfer),
    (['none', 1, 10] as const).map(rule.yearlyCap),
    [
      rule.rounding('none'),
      ...(['floor', 'half-up'] as const).flatMap((mode) =>
        (['session', 'window'] as const).flatMap((per) =>
          ([0.5, 1] as const).map((unit) => rule.rounding({ mode, per, unit })),
        ),
      ),
    ],
    [1, 10].map(rule.mandatory),
    [1, 10].map(rule.electiveMax),
    [1, 10].map(rule.minutesPerPoint),
  ]
}

const saidOfLosses = (language: Language): ReadonlyArray<ReadonlyArray<string>> => {
  const { shortfall, dayCapCut, yearlyCapCut } = phrasesOf[language]
  const beyond = (effect: RuleValues['dayCap']) =>
    ({ reason: 'DAY_CAP', cap: 360, found: 400, effect, counted: [] }) as const
  return [
    Object.values(dayCaps).map((effect) => shortfall.DAY_CAP(beyond(effect), called)),
    [
      ...[[], ['S1']].flatMap((after) => [1, 10].map((minutes) => dayCapCut(minutes, beyond('cut'), after))),
      dayCapCut(10, beyond('reject'), []),
    ],
    [0, 1].map((cap) => shortfall.YEARLY_CAP({ reason: 'YEARLY_CAP', cap, year: 2024, counted: [] }, called)),
    [[], ['S1']].map((after) => yearlyCapCut('1.00', 10, 2024, after)),
  ]
}

test.each(languages)('in %s no two variants are told alike', (language) => {
  for (const texts of [...saidOfRules(language), ...saidOfLosses(language)]) {
    expect(texts).not.toContain('')
    expect(new Set(texts).size).toBe(texts.length)
  }
})
