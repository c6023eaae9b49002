// worth.test.ts: what a year’s cap leaves of points, and which attendances they were given for

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { pointsIn, registerWith, type SessionRow } from '../testing/index.ts'
import { shownPoints } from '../values/points.ts'

const all = ['Kari', 'Ola']
/** Three hours are three points. */
const held = (session: string, date: string, minutes = 180): SessionRow => ({
  ...{ session, starts: `${date} 15:00`, minutes, present: { G1: all } },
})
const table = (...sessions: ReadonlyArray<SessionRow>) =>
  registerWith({ doctors: { Kari: '2022-01-01' }, groups: { G1: { members: all } }, sessions })
const cappedAt = (value: 'none' | number, more: Partial<RulePack> = {}): RulePack => ({
  ...defaultPack,
  minutesPerPoint: { ...defaultPack.minutesPerPoint, value: 60 },
  yearlyCap: { ...defaultPack.yearlyCap, value },
  ...more,
})

/** Each line as its points, what the year’s cap took, of which year, and where the year’s points were given. */
const told = (register: ReturnType<typeof table>, rules: RulePack) =>
  pointsIn(register, 'Kari', { asOf: '2024-12-31', rules }).lines.map(({ label, points, capped }) => {
    if (capped === null) return `${label} ${shownPoints(points)}`
    const { cap, year, counted } = capped.because
    const names = counted.map((one) => one.label).join()
    return `${label} ${shownPoints(points)} -${shownPoints(capped.points)} by ${cap} of ${year} (${names})`
  })

describe('a year’s cap', () => {
  const four = ['2024-02-01', '2024-03-01', '2024-04-01', '2024-05-01'].map((date, nth) => held(`S${nth + 1}`, date))

  test('leaves the first of a year what they are worth, and names those that were given something', () => {
    expect(told(table(...four), cappedAt(5))).toEqual([
      'S1 3.00',
      'S2 2.00 -1.00 by 5 of 2024 (S1)',
      'S3 0.00 -3.00 by 5 of 2024 (S1,S2)',
      'S4 0.00 -3.00 by 5 of 2024 (S1,S2)',
    ])
    expect(told(table(...four), cappedAt(12))).toEqual(['S1 3.00', 'S2 3.00', 'S3 3.00', 'S4 3.00'])
    expect(told(table(...four), cappedAt('none'))).toEqual(['S1 3.00', 'S2 3.00', 'S3 3.00', 'S4 3.00'])
  })

  test('is of each year by itself', () => {
    const before = ['2023-02-01', '2023-03-01', '2023-04-01'].map((date, nth) => held(`R${nth + 1}`, date))
    expect(told(table(...before, ...four.slice(0, 3)), cappedAt(6))).toEqual([
      'R1 3.00',
      'R2 3.00',
      'R3 0.00 -3.00 by 6 of 2023 (R1,R2)',
      'S1 3.00',
      'S2 3.00',
      'S3 0.00 -3.00 by 6 of 2024 (S1,S2)',
    ])
  })

  test('is reached by rounded points, of which those rounded to nothing were given nothing', () => {
    const rounding = { value: { mode: 'floor', per: 'session', unit: 1 }, source: defaultPack.quorum.source } as const
    const short = [held('S0', '2024-01-10', 59), ...four.slice(0, 2)]
    const rules = cappedAt(3, { rounding, sessionMinutesMin: { ...defaultPack.sessionMinutesMin, value: 30 } })
    expect(told(table(...short), rules)).toEqual(['S0 0.00', 'S1 3.00', 'S2 0.00 -3.00 by 3 of 2024 (S1)'])
  })
})
