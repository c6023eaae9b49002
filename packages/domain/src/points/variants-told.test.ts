// variants-told.test.ts: every variant of a rule, and what only variants can take, has its words in each language

import { expect, test } from 'vitest'
import { languages, phrasesOf } from './language.ts'
import type { Called } from './phrases.ts'

const called: Called = {
  doctors: () => [],
  sessions: () => [],
  attendances: (all) => all.map(({ label }) => label),
  window: () => '',
}

test.each(languages)('in %s no two variants of a rule are told alike', (language) => {
  const { rule, shortfall, dayCapCut, yearlyCapCut } = phrasesOf[language]
  const told = [
    (['calendar-year', 'group-year', 'rolling-12-months'] as const).map(rule.window),
    (['prospective', 'cures-window', { curesDays: 1 }, { curesDays: 14 }] as const).map(rule.declaration),
    (['cut', 'reject'] as const).map(rule.dayCap),
    (['none', 'adds-up'] as const).map(rule.membershipTransfer),
    (['none', 1, 10] as const).map(rule.yearlyCap),
    [
      rule.rounding('none'),
      ...(['floor', 'half-up'] as const).flatMap((mode) =>
        (['session', 'window'] as const).flatMap((per) =>
          ([0.5, 1] as const).map((unit) => rule.rounding({ mode, per, unit })),
        ),
      ),
    ],
    (['cut', 'reject'] as const).map((effect) =>
      shortfall.DAY_CAP({ reason: 'DAY_CAP', cap: 360, found: 400, effect, counted: [] }, called),
    ),
    (['cut', 'reject'] as const).map((effect) =>
      dayCapCut(40, { reason: 'DAY_CAP', cap: 360, found: 400, effect, counted: [] }, []),
    ),
    [0, 1].map((cap) => shortfall.YEARLY_CAP({ reason: 'YEARLY_CAP', cap, year: 2024, counted: [] }, called)),
    [1, 10].map((cap) => rule.mandatory(cap)),
    [1, 10].map((cap) => rule.electiveMax(cap)),
    [1, 10].map((cap) => rule.minutesPerPoint(cap)),
    [1, 10].map((days) => rule.declaration({ curesDays: days })),
    [[], ['S1']].flatMap((after) =>
      [1, 10].map((minutes) =>
        dayCapCut(minutes, { reason: 'DAY_CAP', cap: 360, found: 400, effect: 'cut', counted: [] }, after),
      ),
    ),
    [[], ['S1']].map((after) => yearlyCapCut('1.00', 10, 2024, after)),
  ]
  for (const texts of told) expect(new Set(texts).size).toBe(texts.length)
  expect(told.flat().every((text) => text !== '')).toBe(true)
})
