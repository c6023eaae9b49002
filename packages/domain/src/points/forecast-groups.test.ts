// forecast-groups.test.ts: a last safe day that is early enough for all groups of a doctor, and the months in which something is missing

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorNamed, groupNamed, inOslo, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { forecast } from './forecast.ts'
import { explainedForecast } from './forecast-explained.ts'
import { languages } from './language.ts'

const all = ['Kari', 'Ola', 'Per']
const kari = doctorNamed('Kari')
const names = { doctor: () => 'Kari', group: () => 'G1' }
const asKnownAt = inOslo('2030-01-01')
const held = (group: string, date: string, minutes = 120): SessionRow => ({
  ...{ session: `${group} ${date}`, starts: `${date} 15:00`, minutes, present: { [group]: all } },
})
const registerOf = (anchor: string, ...sessions: ReadonlyArray<SessionRow>) =>
  registerWith({ doctors: { Kari: anchor }, groups: { G1: { members: all }, G2: { members: all } }, sessions })
const from = (register: ReturnType<typeof registerOf>, asOf: string, rules: RulePack = defaultPack) =>
  forecast(kari, register.evidence(), [], rules, { effectiveThrough: legalDate(asOf), asKnownAt })
const demanding = (mandatory: number): RulePack => ({
  ...defaultPack,
  mandatory: { ...defaultPack.mandatory, value: mandatory },
})

describe('where two groups lack sessions by the same day', () => {
  const both = (...more: ReadonlyArray<SessionRow>) =>
    registerOf('2020-01-01', held('G1', '2024-02-01'), held('G2', '2024-03-01'), ...more)
  const rules = demanding(0)

  test('the last safe day leaves each of them its own days', () => {
    const made = from(both(), '2024-06-01', rules)
    expect(made?.missing.map(({ enough }) => enough?.lastSafeDay)).toEqual(['2024-12-30', '2024-12-30'])
    expect(made?.lastSafeDay).toBe('2024-12-28')
    const pendingOn = (...days: ReadonlyArray<readonly [string, string]>) =>
      from(both(...days.map(([group, day]) => held(group, `2024-12-${day}`))), '2024-12-30', rules)?.missing.length
    expect(pendingOn(['G2', '28'], ['G2', '29'], ['G1', '30'])).toBe(1)
    expect(pendingOn(['G2', '29'], ['G1', '30'])).toBe(2)
  })

  test('where too few days are left for all of them, none can be let go by', () => {
    expect(from(both(), '2024-12-28', rules)?.lastSafeDay).toBe('2024-12-29')
    expect(from(both(), '2024-12-27', rules)?.lastSafeDay).toBe('2024-12-28')
  })

  test('what one group lacks already is not asked for twice', () => {
    const one = registerOf('2020-01-01', held('G1', '2024-02-01'))
    expect(from(one, '2024-06-01', rules)?.lastSafeDay).toBe('2024-12-30')
    // Its sessions bring what is mandatory, too.
    expect(from(one, '2024-06-01', demanding(10))).toMatchObject({
      missing: [{ what: 'threshold' }, { what: 'mandatory', enough: { lastSafeDay: '2024-12-30' } }],
      lastSafeDay: '2024-12-30',
    })
  })
})

test('of rolling months, those that lack it are told, not those that are over and have most', () => {
  const rules: RulePack = {
    ...demanding(0),
    window: { ...defaultPack.window, value: 'rolling-12-months' },
  }
  const register = registerOf('2020-01-01', held('G1', '2023-03-01', 100), held('G1', '2023-09-01'))
  const made = from(register, '2024-06-01', rules)
  if (made === null) throw new TypeError('there is a period')
  expect(made.missing).toMatchObject([{ by: '2024-08-31', window: { from: '2023-09-01', to: '2024-09-01' } }])
  expect(
    languages.map((language) => explainedForecast(made, rules, names, language).missing[0]?.text.split('. ')[0]),
  ).toEqual([
    'With group G1, 2023-09-01 through 2024-08-31: 2 more counting sessions and 240 more counting minutes',
    'Med smågruppe G1, 01.09.2023 til og med 31.08.2024: 2 tellende møter til og 240 tellende minutter til',
  ])
})

test('what can still be reached has its last safe day, whatever else cannot', () => {
  const rules: RulePack = { ...demanding(20), yearlyCap: { ...defaultPack.yearlyCap, value: 3 } }
  const register = registerOf('2020-01-01', held('G1', '2024-02-01'), held('G1', '2024-03-01'))
  expect(from(register, '2024-06-01', rules)).toMatchObject({
    missing: [
      { what: 'threshold', enough: { lastSafeDay: '2024-12-31' } },
      { what: 'mandatory', enough: null },
    ],
    lastSafeDay: '2024-12-31',
  })
})

test('what was attended with two groups at once is reached with the group that its minutes are of', () => {
  const register = registerOf('2020-01-01', {
    ...held('G1', '2024-02-01'),
    present: { G1: all, G2: all },
  })
  expect(from(register, '2024-06-01', demanding(0))?.missing).toMatchObject([
    { what: 'threshold', group: groupNamed('G1'), enough: { lastSafeDay: '2024-12-30' } },
  ])
})
