// thresholds.test.ts: three meetings and six hours in a year, pending until the year is over

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack, RuleValues } from '../rules/rule-pack.ts'
import {
  answer,
  groupNamed,
  nothingCounts,
  type PresentRow,
  pointsIn,
  registerWith,
  type SessionRow,
  sessionNamed,
} from '../testing/index.ts'

const doctors = { Kari: '2022-01-01', Ola: '2022-01-01', Per: '2022-01-01' }
const groups = { G1: { members: ['Kari', 'Ola', 'Per'] } }

const held = (session: string, date: string, minutes: number, ...present: ReadonlyArray<PresentRow>): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes,
  present: { G1: present.length === 0 ? ['Kari', 'Ola', 'Per'] : present },
})

const year = (...dates: ReadonlyArray<string>) => dates.map((date, index) => held(`S${index + 1}`, date, 150))

const founding = { layer: 'national', event: null }

describe('the window', () => {
  test('three meetings of which one is in another year are two', () => {
    const register = registerWith({ doctors, groups, sessions: year('2024-06-01', '2024-12-31', '2025-01-01') })
    expect(answer(register, 'Kari', { asOf: '2025-12-31' }).reasons).toEqual([
      'S1:GROUP_UNDER_3_MEETINGS',
      'S2:GROUP_UNDER_3_MEETINGS',
      'S3:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('a session at half past midnight on New Year’s night in Oslo is of the new year, whatever the hour in UTC', () => {
    const late: SessionRow = { ...held('S3', '2025-01-01', 150), starts: '2025-01-01 00:30' }
    const register = registerWith({ doctors, groups, sessions: [...year('2024-06-01', '2024-07-01'), late] })
    const { lines } = pointsIn(register, 'Kari', { asOf: '2025-12-31' })
    expect(lines.map(({ label, date }) => [label, date])).toEqual([
      ['S1', '2024-06-01'],
      ['S2', '2024-07-01'],
      ['S3', '2025-01-01'],
    ])
    expect(lines.map(({ shortfall }) => shortfall?.reason)).toEqual(Array(3).fill('GROUP_UNDER_3_MEETINGS'))
    expect(lines.map(({ shortfall }) => (shortfall !== null && 'found' in shortfall ? shortfall.found : null))).toEqual(
      [2, 2, 1],
    )
  })
})

describe('pending and final', () => {
  const register = registerWith({ doctors, groups, sessions: year('2024-03-01', '2024-09-01') })

  test('on 30 December minutes are held back and pending, on 31 December the answer is final', () => {
    expect(answer(register, 'Kari', { asOf: '2024-12-30' })).toEqual({
      ...nothingCounts,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:GROUP_UNDER_3_MEETINGS?'],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS', 'S2:GROUP_UNDER_3_MEETINGS'],
    })
  })

  test('what was found and needed is said, with the sessions', () => {
    const [line] = pointsIn(register, 'Kari', { asOf: '2024-12-30' }).lines
    expect(line?.shortfall).toEqual({
      reason: 'GROUP_UNDER_3_MEETINGS',
      needed: 3,
      found: 2,
      sessions: [
        { session: sessionNamed('S1'), label: 'S1' },
        { session: sessionNamed('S2'), label: 'S2' },
      ],
      window: { from: '2024-01-01', to: '2025-01-01' },
      pending: true,
      finalOn: '2024-12-31',
      lacking: { sessions: 1, minutes: 60, by: '2024-12-31' },
    })
    expect(line?.rules).toEqual([
      { name: 'groupThreshold', ...defaultPack.groupThreshold, ...founding },
      { name: 'window', ...defaultPack.window, ...founding },
    ])
  })

  test('the doctor’s hours are pending in the same way', () => {
    const short = registerWith({
      doctors,
      groups,
      sessions: [...year('2024-03-01', '2024-09-01'), held('S3', '2024-10-01', 150, 'Ola', 'Per')],
    })
    expect(answer(short, 'Kari', { asOf: '2024-12-30' })).toEqual({
      ...nothingCounts,
      pending: 300,
      reasons: ['S1:DOCTOR_UNDER_6_HOURS?', 'S2:DOCTOR_UNDER_6_HOURS?'],
    })
    const [line] = pointsIn(short, 'Kari', { asOf: '2024-12-31' }).lines
    expect(line?.shortfall).toEqual({
      reason: 'DOCTOR_UNDER_6_HOURS',
      needed: 360,
      found: 300,
      sessions: [
        { session: sessionNamed('S1'), label: 'S1', group: groupNamed('G1') },
        { session: sessionNamed('S2'), label: 'S2', group: groupNamed('G1') },
      ],
      window: { from: '2024-01-01', to: '2025-01-01' },
      pending: false,
      finalOn: '2024-12-31',
      lacking: null,
    })
    expect(line?.rules).toEqual([
      { name: 'doctorThresholdMinutes', ...defaultPack.doctorThresholdMinutes, ...founding },
      { name: 'window', ...defaultPack.window, ...founding },
    ])
  })

  test('S1-45 two sessions are pending, a third makes all three count, disqualifying one takes all of it away', () => {
    const three = year('2024-03-01', '2024-06-01', '2024-09-01')
    const full = registerWith({ doctors, groups, sessions: three })
    expect(answer(full, 'Kari', { asOf: '2024-08-31' })).toEqual({
      ...nothingCounts,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:GROUP_UNDER_3_MEETINGS?'],
    })
    expect(answer(full, 'Kari', { asOf: '2024-09-01' })).toEqual({ ...nothingCounts, counted: 450, mandatory: '7.50' })
    full.record(full.held('S2').stream, { type: 'IndustryContributionReported', data: { what: 'lunch' } })
    expect(answer(full, 'Kari', { asOf: '2024-09-01' })).toEqual({
      ...nothingCounts,
      pending: 300,
      reasons: ['S1:GROUP_UNDER_3_MEETINGS?', 'S2:INDUSTRY', 'S3:GROUP_UNDER_3_MEETINGS?'],
    })
  })
})

describe('six hours, of what is left', () => {
  test('S1-46 360 minutes are enough, 359 are not', () => {
    const at = (last: number) =>
      registerWith({
        doctors,
        groups,
        sessions: [
          held('S1', '2024-03-01', 120),
          held('S2', '2024-04-01', 120),
          held('S3', '2024-05-01', 120, { doctor: 'Kari', minutes: last }, 'Ola'),
        ],
      })
    expect(answer(at(120), 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      counted: 360,
      mandatory: '6.00',
    })
    expect(answer(at(119), 'Kari', { asOf: '2024-12-31' }).reasons).toEqual([
      'S1:DOCTOR_UNDER_6_HOURS',
      'S2:DOCTOR_UNDER_6_HOURS',
      'S3:DOCTOR_UNDER_6_HOURS',
    ])
  })

  test('S1-46 a session lasts from one hour to the six that a day has', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [
        held('S1', '2024-03-01', 60),
        held('S2', '2024-04-01', 59),
        held('S3', '2024-05-01', 400),
        held('S4', '2024-06-01', 60),
      ],
    })
    const { lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
    expect(lines.map(({ label, counted }) => [label, counted])).toEqual([
      ['S1', 60],
      ['S2', 0],
      ['S3', 360],
      ['S4', 60],
    ])
  })

  test('S1-45 twelve hours at two of the group’s sessions are still nothing', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [held('S1', '2024-03-01', 360), held('S2', '2024-04-01', 360)],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' }).counted).toBe(0)
  })

  test('what was found names only sessions of which something is left', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [
        ...year('2024-03-01', '2024-03-02', '2024-03-03').map((row) => ({ ...row, minutes: 60 })),
        held('S0', '2024-03-01', 60),
      ],
    })
    const { lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
    const found = lines.find(({ label }) => label === 'S3')?.shortfall
    expect(found).toMatchObject({ reason: 'DOCTOR_UNDER_6_HOURS', found: 180 })
    const sessions = found?.reason === 'DOCTOR_UNDER_6_HOURS' ? found.sessions : []
    expect(sessions.map(({ label }) => label)).toEqual(['S0', 'S2', 'S3'])
    expect(lines.find(({ label }) => label === 'S1')?.shortfall?.reason).toBe('OVERLAPPING')
  })

  test('minutes cut by the cap of the day or attended twice do not help to reach them', () => {
    const register = registerWith({
      doctors,
      groups,
      sessions: [
        held('S1', '2024-03-01', 150, 'Kari', 'Ola'),
        held('S2', '2024-03-01', 300, 'Kari', 'Ola'),
        held('S3', '2024-05-01', 300, 'Ola', 'Per'),
      ],
    })
    expect(
      pointsIn(register, 'Kari', { asOf: '2024-12-31' }).lines.map(({ heldBack, shortfall }) => [
        heldBack,
        shortfall?.reason,
      ]),
    ).toEqual([
      [150, 'DOCTOR_UNDER_6_HOURS'],
      [150, 'DOCTOR_UNDER_6_HOURS'],
    ])
  })

  test('different groups never add up', () => {
    const twice = (group: string, other: string, day: string) =>
      ['03', '04', '05'].map(
        (month): SessionRow => ({
          session: `${group}-${month}`,
          starts: `2024-${month}-${day} 15:00`,
          minutes: 180,
          present: { [group]: month === '03' ? ['Kari', other, 'Liv'] : [other, 'Liv'] },
        }),
      )
    const register = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola', 'Liv'] }, G2: { members: ['Kari', 'Per', 'Liv'] } },
      sessions: [...twice('G1', 'Ola', '10'), ...twice('G2', 'Per', '20')],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31' })).toEqual({
      ...nothingCounts,
      reasons: ['G1-03:DOCTOR_UNDER_6_HOURS', 'G2-03:DOCTOR_UNDER_6_HOURS'],
    })
  })
})

describe('of windows that hold a session the best is told', () => {
  const pack = (values: Partial<RuleValues>): RulePack => ({
    ...defaultPack,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value, source: defaultPack.quorum.source }]),
    ),
  })
  const of = (label: string, sessions: ReadonlyArray<SessionRow>, rules: Partial<RuleValues>, asOf = '2026-12-31') => {
    const { lines } = pointsIn(registerWith({ doctors, groups, sessions }), 'Kari', {
      asOf,
      rules: pack({ window: 'rolling-12-months', ...rules }),
    })
    const shortfall = lines.find((line) => line.label === label)?.shortfall
    return shortfall && 'window' in shortfall
      ? [shortfall.found, shortfall.window.from, shortfall.sessions.map((one) => one.label).join()]
      : null
  }

  test('the one with most of the group’s sessions, of as many the first', () => {
    const on = (...dates: ReadonlyArray<string>) => dates.map((date, nth) => held(`S${nth + 1}`, date, 60))
    const four = { groupThreshold: 4 }
    expect(of('S2', on('2023-02-01', '2023-10-01', '2024-05-01'), four)).toEqual([2, '2023-02-01', 'S1,S2'])
    expect(of('S2', on('2023-02-01', '2023-10-01', '2024-05-01', '2024-06-01'), four)).toEqual([
      3,
      '2023-10-01',
      'S2,S3,S4',
    ])
    expect(of('S3', on('2023-02-01', '2023-03-01', '2023-10-01', '2024-05-01'), four)).toEqual([
      3,
      '2023-02-01',
      'S1,S2,S3',
    ])
  })

  test('the one with most of the doctor’s minutes, of as many the first', () => {
    const lasting = (first: number, last: number) => [
      held('S1', '2023-02-01', first),
      held('S2', '2023-10-01', 60),
      held('S3', '2024-05-01', last),
    ]
    const hours = { groupThreshold: 1 }
    expect(of('S2', lasting(60, 60), hours)).toEqual([120, '2023-02-01', 'S1,S2'])
    expect(of('S2', lasting(60, 200), hours)).toEqual([260, '2023-10-01', 'S2,S3'])
    expect(of('S2', lasting(200, 60), hours)).toEqual([260, '2023-02-01', 'S1,S2'])
  })

  test('its sessions are told by their labels', () => {
    const sessions = [held('B', '2024-02-01', 60), held('C', '2024-03-01', 60), held('A', '2024-04-01', 60)]
    expect(of('C', sessions, { window: 'calendar-year', groupThreshold: 4 })).toEqual([3, '2024-01-01', 'A,B,C'])
  })
})

describe('minutes with another group', () => {
  const addsUp = (window: 'calendar-year' | 'rolling-12-months'): RulePack => ({
    ...defaultPack,
    membershipTransfer: { ...defaultPack.membershipTransfer, value: 'adds-up' },
    window: { ...defaultPack.window, value: window },
  })
  const three = (
    group: string,
    month: string,
    minutes: number,
    ...days: ReadonlyArray<string>
  ): ReadonlyArray<SessionRow> =>
    days.map((day, nth) => ({
      session: `${group}-${day}`,
      starts: `2024-${month}-${day} 15:00`,
      minutes,
      present: { [group]: nth === 0 ? ['Kari', 'Ola', 'Per'] : ['Ola', 'Per'] },
    }))
  const others = ['Ola', 'Per']

  test('are those of the group that gives most, whichever came first', () => {
    const between = (first: string, last: string) =>
      registerWith({
        doctors,
        groups: {
          G1: { members: [...others, { doctor: 'Kari', joined: '2024-05-01' }] },
          G2: { members: [...others, { doctor: 'Kari', left: '2024-04-01' }] },
          G3: { members: [...others, { doctor: 'Kari', left: '2024-04-02' }] },
        },
        sessions: [
          ...three('G2', first, 120, '01', '02', '03'),
          ...three('G3', last, 240, '11', '12', '13'),
          ...three('G1', '06', 120, '21', '22', '23'),
        ],
      })
    for (const register of [between('01', '02'), between('02', '01')]) {
      const { lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: addsUp('calendar-year') })
      expect(lines.map(({ label, counted }) => [label, counted]).sort()).toEqual([
        ['G1-21', 120],
        ['G2-01', 0],
        ['G3-11', 240],
      ])
    }
  })

  test('of groups that give the same, are those of the one that was met first', () => {
    const left = (group: string) => ({ [group]: { members: [...others, { doctor: 'Kari', left: '2024-04-01' }] } })
    const between = (first: string, last: string) =>
      registerWith({
        doctors,
        groups: {
          G1: { members: [...others, { doctor: 'Kari', joined: '2024-05-01' }] },
          ...left('G2'),
          ...left('G3'),
        },
        sessions: [
          ...three(first, '01', 120, '01', '02', '03'),
          ...three(last, '02', 120, '11', '12', '13'),
          ...three('G1', '06', 100, '21', '22', '23'),
        ],
      })
    const named = (register: ReturnType<typeof between>) => {
      const { lines } = pointsIn(register, 'Kari', { asOf: '2024-12-31', rules: addsUp('calendar-year') })
      const shortfall = lines.find(({ label }) => label === 'G1-21')?.shortfall
      return shortfall?.reason === 'DOCTOR_UNDER_6_HOURS' ? shortfall.sessions.map(({ label }) => label) : null
    }
    expect(named(between('G2', 'G3'))).toEqual(['G1-21', 'G2-01'])
    expect(named(between('G3', 'G2'))).toEqual(['G1-21', 'G3-01'])
  })

  test('of rolling months, those that lack fewer sessions are the ones to reach, though others end later', () => {
    const sessions = [held('S1', '2024-02-01', 360), held('S2', '2024-05-01', 360)]
    const register = registerWith({ doctors, groups, sessions })
    const rules = { ...defaultPack, window: { ...defaultPack.window, value: 'rolling-12-months' as const } }
    const shortfall = pointsIn(register, 'Kari', { asOf: '2024-09-01', rules }).lines.at(-1)?.shortfall
    expect(shortfall && 'lacking' in shortfall ? shortfall.lacking : null).toEqual({
      sessions: 1,
      minutes: 0,
      by: '2025-01-31',
    })
  })

  test('of rolling months that lack the same, the last are the ones to reach', () => {
    const register = registerWith({
      doctors,
      groups: {
        G1: { members: [...others, { doctor: 'Kari', joined: '2024-02-15' }] },
        G2: { members: [...others, { doctor: 'Kari', left: '2024-02-15' }] },
      },
      sessions: [...three('G2', '01', 120, '10'), ...three('G1', '03', 120, '01', '02')],
    })
    const { lines } = pointsIn(register, 'Kari', { asOf: '2024-09-01', rules: addsUp('rolling-12-months') })
    const shortfall = lines.find(({ label }) => label === 'G1-01')?.shortfall
    expect(shortfall && 'lacking' in shortfall ? shortfall.lacking : null).toEqual({
      sessions: 1,
      minutes: 240,
      by: '2025-02-28',
    })
  })
})
