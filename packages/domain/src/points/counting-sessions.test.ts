// counting-sessions.test.ts: which sessions count for a group, and where windows and periods meet

import { describe, expect, test } from 'vitest'
import { answer, nothingCounts, type PresentRow, pointsIn, registerWith, type SessionRow } from '../testing/index.ts'

const doctors = { Kari: '2022-01-01', Ola: '2022-01-01', Per: '2022-01-01' }
const groups = { G1: { members: ['Kari', 'Ola', 'Per'] } }

const held = (session: string, date: string, minutes: number, ...present: ReadonlyArray<PresentRow>): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes,
  present: { G1: present.length === 0 ? ['Kari', 'Ola', 'Per'] : present },
})

const year = (...dates: ReadonlyArray<string>) => dates.map((date, index) => held(`S${index + 1}`, date, 150))

describe('counting sessions', () => {
  test('one attendance that survives is enough, and it need not be the doctor’s own', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [
        held('S1', '2024-03-01', 180),
        held('S2', '2024-04-01', 180),
        held(
          'S3',
          '2024-05-01',
          60,
          { doctor: 'Kari', minutes: 0 },
          { doctor: 'Ola', minutes: 1 },
          { doctor: 'Per', minutes: 1 },
        ),
      ],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 360,
      mandatory: '6.00',
      reasons: ['S3:NO_MINUTES'],
    })
  })

  test('a session that nobody may count is none: the group’s threshold comes before the doctor’s', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [held('S1', '2024-03-01', 150), held('S2', '2024-04-01', 59), held('S3', '2024-05-01', 150)],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' }).reasons).toEqual([
      'S1:GROUP_UNDER_3_MEETINGS',
      'S2:SESSION_TOO_SHORT',
      'S3:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('a session counts for each group by itself: two in one room, and one of them without its quorum', () => {
    const together = (month: string, ofSecond: ReadonlyArray<string>): SessionRow => ({
      session: `S${month}`,
      starts: `2024-${month}-10 15:00`,
      minutes: 180,
      present: { G1: ['Kari', 'Ola'], G2: ofSecond },
    })
    const register = registerWith({
      doctors: { Kari: '2020-01-01', Liv: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Liv', 'Eva'] } },
      sessions: [together('03', ['Liv', 'Eva']), together('04', ['Liv', 'Eva']), together('05', ['Liv'])],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' }).counted).toBe(540)
    expect(answer(register, 'Liv', { asOf: '2024-12-31' }).reasons).toEqual([
      'S03:GROUP_UNDER_3_MEETINGS',
      'S04:GROUP_UNDER_3_MEETINGS',
      'S05:BELOW_QUORUM',
    ])
  })

  test('sessions that one doctor lost to an overlap still count for the group', () => {
    const room = (month: string): SessionRow => ({
      session: `S${month}`,
      starts: `2024-${month}-10 15:00`,
      minutes: 180,
      present: { G1: ['Kari', 'Ola'], G2: ['Kari', 'Liv'] },
    })
    const register = registerWith({
      doctors: { Kari: '2020-01-01', Liv: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Kari', 'Liv'] } },
      sessions: ['03', '04', '05'].map(room),
    })
    expect(answer(register, 'Liv', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
      reasons: ['S03:OVERLAPPING', 'S04:OVERLAPPING', 'S05:OVERLAPPING'],
    })
  })
})

describe('windows and periods', () => {
  test('thresholds look at the whole year also where the anchor lies inside it', () => {
    const register = registerWith({
      doctors: { ...doctors, Kari: '2024-05-15' },
      groups,
      sessions: year('2024-03-01', '2024-05-14', '2024-05-15'),
    })
    const answered = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
    expect(answered.period).toEqual({ from: '2024-05-15', to: '2029-05-15' })
    expect(answered.lines.map(({ label, counted }) => [label, counted])).toEqual([['S3', 150]])
    expect(answered.countedMinutes).toBe(150)
  })

  test('and where a boundary of five years cuts it: the minutes go to the period of their date', () => {
    const register = registerWith({
      doctors: { ...doctors, Kari: '2019-05-15' },
      groups,
      sessions: year('2024-03-01', '2024-05-14', '2024-05-15'),
    })
    expect(answer(register, 'Kari', { asOf: '2024-05-14' })).toEqual({
      ...nothingCounts,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:GROUP_UNDER_3_MEETINGS?'],
    })
    expect(
      pointsIn(register, 'Kari', { asOf: '2024-05-15' }).lines.map(({ label, counted }) => [label, counted]),
    ).toEqual([['S3', 150]])
  })
})
