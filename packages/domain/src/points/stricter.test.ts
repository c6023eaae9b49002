// stricter.test.ts: where a stricter layer counts more than the national rules do, and that the national explanation names the rule

import { describe, expect, test } from 'vitest'
import { nationally } from '../rules/in-force.ts'
import { adaptation, inForceAfter, ofGroup, pack, published, source, sourced } from '../rules/published.test-kit.ts'
import type { RuleValues } from '../rules/rule-pack.ts'
import { groupNamed, pointsIn, registerWith, type SessionRow } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'

const members = ['Kari', 'Ola']
const session = (label: string, starts: string, minutes: number, group = 'G1'): SessionRow => ({
  session: label,
  starts,
  minutes,
  present: { [group]: members },
})
const register = (...sessions: ReadonlyArray<SessionRow>) =>
  registerWith({
    doctors: { Kari: '2020-07-01', Ola: '2020-07-01' },
    groups: { G1: { members }, G2: { members } },
    sessions,
  })

/** Rules under which any session counts, but for what is said. */
const easy = { groupThreshold: 1, doctorThresholdMinutes: 0 }
const national = (values: Partial<RuleValues>) =>
  pack(
    '2020-01-01',
    Object.fromEntries(
      Object.entries({ ...easy, ...values }).map(([name, value]) => [
        name,
        { value, source, permission: name === 'rounding' ? 'fixed' : 'may-be-stricter' },
      ]),
    ),
  )

/** What Kari is given by the national rules, and where group G1 has them stricter: her points, and what each attendance lost. */
const told = (
  sessions: ReadonlyArray<SessionRow>,
  values: Partial<RuleValues>,
  stricter: Partial<RuleValues>,
  asOf = '2024-12-31',
): ReadonlyArray<unknown> => {
  const basis = published.pack(national(values))
  const local = published.adaptation(adaptation(ofGroup(groupNamed('G1')), national(values), sourced(stricter)))
  return [inForceAfter(basis), inForceAfter(basis, local)].map((rules) => {
    const { points, lines } = pointsIn(register(...sessions), 'Kari', { asOf, rules })
    return [
      shownPoints(points),
      ...lines.map(({ label, cuts, capped, shortfall }) =>
        [label, ...cuts.map(({ because }) => because.reason), capped?.because.reason, shortfall?.reason]
          .filter((one) => one !== undefined)
          .join(' '),
      ),
    ]
  })
}

describe('S2-20 what a stricter layer takes from one attendance may free for another', () => {
  test('S2-20 minutes, where two attendances overlap', () => {
    const sessions = [session('S1', '2024-02-10 12:00', 60), session('S2', '2024-02-10 12:30', 180, 'G2')]
    expect(told(sessions, { groupThreshold: 1, doctorThresholdMinutes: 100 }, { sessionMinutesMin: 90 })).toEqual([
      ['2.50', 'S1 DOCTOR_UNDER_6_HOURS', 'S2 OVERLAPPING'],
      ['3.00', 'S1 SESSION_TOO_SHORT', 'S2'],
    ])
  })

  test('S2-20 a day that was over a cap that rejects it', () => {
    const sessions = [session('S1', '2024-02-10 09:00', 60), session('S2', '2024-02-10 12:00', 330)]
    expect(told(sessions, { dayCap: 'reject' }, { sessionMinutesMin: 90 })).toEqual([
      ['0.00', 'S1 DAY_CAP DAY_CAP', 'S2 DAY_CAP DAY_CAP'],
      ['5.50', 'S1 SESSION_TOO_SHORT', 'S2'],
    ])
  })

  test('S2-20 minutes beyond a cap that cuts, where each attendance is rounded by itself', () => {
    const sessions = [
      { ...session('S1', '2024-02-10 09:00', 60), present: { G1: [{ doctor: 'Kari', minutes: 30 }, 'Ola'] } },
      session('S2', '2024-02-10 12:00', 360),
    ]
    const bySession = { mode: 'floor', per: 'session', unit: 1 } as const
    expect(told(sessions, { rounding: bySession }, { sessionMinutesMin: 90 })).toEqual([
      ['5.00', 'S1', 'S2 DAY_CAP'],
      ['6.00', 'S1 SESSION_TOO_SHORT', 'S2'],
    ])
    // Without rounding a day gives no more than before.
    expect(told(sessions, {}, { sessionMinutesMin: 90 })).toEqual([
      ['6.00', 'S1', 'S2 DAY_CAP'],
      ['6.00', 'S1 SESSION_TOO_SHORT', 'S2'],
    ])
  })

  test('S2-20 points of a year that two periods share', () => {
    const sessions = [session('S1', '2025-02-10 12:00', 80), session('S2', '2025-09-10 12:00', 180)]
    expect(told(sessions, { yearlyCap: 2 }, { sessionMinutesMin: 90 }, '2025-12-31')).toEqual([
      ['0.67', 'S2 YEARLY_CAP'],
      ['2.00', 'S2 YEARLY_CAP'],
    ])
  })
})

test('S2-20 a rate that differs within a window does not round its parts apart', () => {
  const byWindow = national({ minutesPerPoint: 60, rounding: { mode: 'half-up', per: 'window', unit: 1 } })
  const basis = published.pack(byWindow)
  const dearer = sourced({ minutesPerPoint: 61 })
  const local = published.adaptation(adaptation(ofGroup(groupNamed('G1')), byWindow, dearer, '2024-07-01'))
  const forty = { G1: [{ doctor: 'Kari', minutes: 40 }, 'Ola'] }
  const sessions = register(
    { ...session('S1', '2024-02-10 12:00', 60), present: forty },
    { ...session('S2', '2024-09-10 12:00', 60), present: forty },
  )
  const given = [inForceAfter(basis), inForceAfter(basis, local)].map((rules) => [
    rules
      .layersAt({ ...nationally(legalDate('2024-09-10')), group: groupNamed('G1') })
      .map(({ setAside }) => setAside.length),
    shownPoints(pointsIn(sessions, 'Kari', { asOf: '2024-12-31', rules }).points),
  ])
  // 40 minutes at 60 a point and 40 at 61 are 1.32 points; a whole one for each of them would be more than both give at 60.
  expect(given).toEqual([
    [[0], '1.00'],
    [[0, 0], '1.00'],
  ])
})
