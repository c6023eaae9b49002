// windows.test.ts: the stretches of time that thresholds look at, by each rule

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, WindowRule } from '../rules/rule-pack.ts'
import { GroupId } from '../values/identity.ts'
import { type LegalDate, legalDate } from '../values/legal-date.ts'
import type { KnownGroup } from './known-group.ts'
import { fixedWindow, isOpen, windowsHolding } from './windows.ts'

const by = (value: WindowRule): RulePack => ({ ...defaultPack, window: { ...defaultPack.window, value } })

const registered = (on: string | null): KnownGroup => {
  const id: unknown = '11111111-1111-4111-8111-111111111111'
  if (!GroupId.is(id)) throw new Error('no group id')
  return { id, label: 'G1', registered: on === null ? null : legalDate(on), places: [], stays: [], declarations: [] }
}

const days = (...written: ReadonlyArray<string>): ReadonlyArray<LegalDate> => written.map(legalDate)

describe('one window holds a date', () => {
  test.each([
    ['calendar-year', '2020-05-15', '2024-02-29', '2024-01-01', '2025-01-01'],
    ['calendar-year', '2020-05-15', '2024-01-01', '2024-01-01', '2025-01-01'],
    ['calendar-year', '2020-05-15', '2024-12-31', '2024-01-01', '2025-01-01'],
    ['group-year', '2020-05-15', '2024-05-14', '2023-05-15', '2024-05-15'],
    ['group-year', '2020-05-15', '2024-05-15', '2024-05-15', '2025-05-15'],
    ['group-year', '2020-05-15', '2019-12-31', '2019-05-15', '2020-05-15'],
    ['group-year', '2020-02-29', '2021-02-27', '2020-02-29', '2021-02-28'],
    ['group-year', '2020-02-29', '2021-02-28', '2021-02-28', '2022-02-28'],
    ['group-year', '2020-02-29', '2024-02-28', '2023-02-28', '2024-02-29'],
    ['group-year', null, '2024-05-15', '2024-01-01', '2025-01-01'],
  ] as const)('%s, registered %s: %s lies in %s to %s', (rule, on, date, from, to) => {
    expect(fixedWindow(registered(on), legalDate(date), by(rule))).toEqual({ from, to })
    expect(windowsHolding(registered(on), legalDate(date), days('2024-02-01'), by(rule))).toEqual([{ from, to }])
  })
})

describe('any twelve months', () => {
  const rolling = by('rolling-12-months')

  test('begin on one of the days, or on the date itself, which ends last', () => {
    const begins = days('2024-06-01', '2023-07-01', '2023-06-30', '2024-07-01', '2023-07-01')
    expect(fixedWindow(registered('2020-01-01'), legalDate('2024-06-30'), rolling)).toBe(null)
    expect(windowsHolding(registered('2020-01-01'), legalDate('2024-06-30'), begins, rolling)).toEqual([
      { from: '2023-07-01', to: '2024-07-01' },
      { from: '2024-06-01', to: '2025-06-01' },
      { from: '2024-06-30', to: '2025-06-30' },
    ])
  })

  test('from 29 February end before 28 February', () => {
    const group = registered('2020-01-01')
    expect(windowsHolding(group, legalDate('2025-02-28'), days('2024-02-29'), rolling)).toEqual([
      { from: '2025-02-28', to: '2026-02-28' },
    ])
    expect(windowsHolding(group, legalDate('2025-02-27'), days('2024-02-29'), rolling)).toEqual([
      { from: '2024-02-29', to: '2025-02-28' },
      { from: '2025-02-27', to: '2026-02-27' },
    ])
  })
})

test('a window is open until the day before its last day', () => {
  const window = { from: legalDate('2024-01-01'), to: legalDate('2025-01-01') }
  expect(isOpen(window, legalDate('2024-12-30'))).toBe(true)
  expect(isOpen(window, legalDate('2024-12-31'))).toBe(false)
  expect(isOpen(window, legalDate('2025-01-01'))).toBe(false)
})
