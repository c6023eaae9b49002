// once-only.test.ts: no minute counts twice, and no day without end

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
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

const doctors = { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01' }
const bothGroups = { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Kari', 'Per'] } }
const asOf = { asOf: '2024-12-31' }

/** Kari and another member of the group, three times well before what is tried. */
const thrice = (group: string, other: string): ReadonlyArray<SessionRow> =>
  ['01', '02', '03'].map((month) => ({
    session: `${group}-${month}`,
    starts: `2024-${month}-${group === 'G1' ? '10' : '20'} 15:00`,
    minutes: 180,
    present: { [group]: ['Kari', other] },
  }))

const trying = (...tried: ReadonlyArray<SessionRow>) =>
  registerWith({ doctors, groups: bothGroups, sessions: [...thrice('G1', 'Ola'), ...thrice('G2', 'Per'), ...tried] })

/** The lines of what was tried on 10 April, as `label: counted, minutes and reason of each cut, reason`. */
const tried = (...sessions: ReadonlyArray<SessionRow>) =>
  pointsIn(trying(...sessions), 'Kari', asOf)
    .lines.filter(({ date }) => date === '2024-04-10')
    .map(({ label, group, counted, cuts, shortfall }) =>
      [
        `${label}/${group === groupNamed('G1') ? 'G1' : 'G2'} ${counted}`,
        ...cuts.map(({ minutes, because }) => `-${minutes} ${because.reason}`),
        ...(shortfall === null ? [] : [shortfall.reason]),
      ].join(' '),
    )

const on = (
  session: string,
  from: string,
  minutes: number,
  group: string,
  kari: PresentRow = 'Kari',
  more: Partial<SessionRow> = {},
): SessionRow => ({
  session,
  starts: `2024-04-10 ${from}`,
  minutes,
  present: { [group]: [kari, group === 'G1' ? 'Ola' : 'Per'] },
  ...more,
})

const founding = { layer: 'national', event: null }

describe('minutes attended twice', () => {
  test('count for the session that began first', () => {
    expect(tried(on('B', '15:00', 120, 'G1'), on('A', '16:00', 120, 'G2'))).toEqual([
      'A/G2 60 -60 OVERLAPPING',
      'B/G1 120',
    ])
  })

  test('of two that began together, for the lower session id, compared as text', () => {
    expect(tried(on('S9', '15:00', 120, 'G1'), on('S10', '15:00', 120, 'G2'))).toEqual([
      'S10/G2 120',
      'S9/G1 0 -120 OVERLAPPING OVERLAPPING',
    ])
  })

  test('of two groups in one room, for the lower group id', () => {
    const room = { present: { G2: ['Kari', 'Per'], G1: ['Kari', 'Ola'] } }
    expect(tried(on('S', '15:00', 120, 'G2', 'Kari', room))).toEqual([
      'S/G1 120',
      'S/G2 0 -120 OVERLAPPING OVERLAPPING',
    ])
  })

  test('group ids compare by what the groups are called, not by ours', () => {
    const [first, second] = ['G1', 'G2', 'G3', 'G4', 'G5'].flatMap((one, index, all) =>
      all.slice(index + 1).flatMap((other) => (groupNamed(other) < groupNamed(one) ? [[one, other] as const] : [])),
    )[0] ?? ['', '']
    const room: SessionRow = {
      session: 'S',
      starts: '2024-04-10 15:00',
      minutes: 120,
      present: { [second]: ['Kari', 'Ola'], [first]: ['Kari', 'Ola'] },
    }
    const members = ['Kari', 'Ola']
    const register = registerWith({
      doctors,
      groups: { [first]: { members }, [second]: { members } },
      sessions: [room],
    })
    const lost = pointsIn(register, 'Kari', asOf).lines.filter(({ shortfall }) => shortfall?.reason === 'OVERLAPPING')
    expect(lost.map(({ group }) => group)).toEqual([groupNamed(second)])
  })

  test('an explanation names where the minutes count, and only that', () => {
    const register = trying(
      on('A', '12:00', 60, 'G2'),
      on('B', '15:00', 120, 'G1'),
      on('C', '15:30', 90, 'G2'),
      on('D', '16:00', 60, 'G2'),
    )
    const line = pointsIn(register, 'Kari', asOf).lines.find(({ label }) => label === 'D')
    const counted = [{ session: sessionNamed('B'), label: 'B', group: groupNamed('G1') }]
    expect(line?.cuts).toEqual([{ minutes: 60, because: { reason: 'OVERLAPPING', counted } }])
    expect(line?.shortfall).toEqual({ reason: 'OVERLAPPING', counted })
  })

  test('an explanation names none that was there in the same hours, and not in the same minutes', () => {
    const { lines } = pointsIn(
      trying(
        on('T1', '08:00', 240, 'G1', { doctor: 'Kari', times: ['08:00-09:30'] }),
        on('T2', '08:30', 210, 'G1', { doctor: 'Kari', times: ['11:00-12:00'] }),
        on('T3', '09:00', 120, 'G2'),
      ),
      'Kari',
      asOf,
    )
    const third = lines.find(({ label }) => label === 'T3')
    expect(third?.cuts).toMatchObject([{ minutes: 30, because: { reason: 'OVERLAPPING', counted: [{ label: 'T1' }] } }])
    expect(third?.cuts.flatMap(({ because }) => ('counted' in because ? because.counted : []))).toHaveLength(1)
  })

  test('only minutes really present compete, and meeting end to end is no overlap', () => {
    const leavesEarly = { doctor: 'Kari', times: ['15:00-16:00'] }
    expect(tried(on('A', '15:00', 120, 'G1', leavesEarly), on('B', '16:00', 120, 'G2'))).toEqual([
      'A/G1 60',
      'B/G2 120',
    ])
  })

  test('several intervals add up without overlap', () => {
    const inAndOut = { doctor: 'Kari', times: ['15:00-15:40', '15:30-16:00', '16:30-17:30'] }
    expect(tried(on('A', '15:00', 120, 'G1', inAndOut))).toEqual(['A/G1 90'])
  })

  test('what fails an earlier condition does not compete', () => {
    const given = { industry: 'a dinner' }
    expect(tried(on('A', '15:00', 120, 'G1', 'Kari', given), on('B', '15:00', 120, 'G2'))).toEqual([
      'A/G1 0 INDUSTRY',
      'B/G2 120',
    ])
  })

  test('minutes lost do not come back when the winner fails later', () => {
    const register = registerWith({
      doctors,
      groups: bothGroups,
      sessions: [...thrice('G2', 'Per'), on('A', '15:00', 120, 'G1'), on('B', '15:00', 120, 'G2')],
    })
    expect(answer(register, 'Kari', asOf)).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
      reasons: ['A:GROUP_UNDER_3_MEETINGS', 'B:OVERLAPPING'],
    })
  })

  test('a minute lost twice is lost once', () => {
    expect(tried(on('A', '15:00', 120, 'G1'), on('B', '16:00', 120, 'G2'), on('C', '16:00', 180, 'G2'))).toEqual([
      'A/G1 120',
      'B/G2 60 -60 OVERLAPPING',
      'C/G2 60 -120 OVERLAPPING',
    ])
  })

  test('a session that loses all its minutes for one doctor still counts for its group', () => {
    const register = registerWith({
      doctors,
      groups: bothGroups,
      sessions: [
        ...thrice('G1', 'Ola').map((row) => ({ ...row, starts: row.starts.replace('-10', '-20') })),
        ...thrice('G2', 'Per').map((row) => ({ ...row, session: `Z${row.session}` })),
      ],
    })
    expect(answer(register, 'Kari', asOf).counted).toBe(540)
    expect(answer(register, 'Per', asOf).counted).toBe(540)
  })
})

describe('the cap of a day', () => {
  test('six hours with one group on one date, earlier sessions first, the rest is cut', () => {
    expect(tried(on('B', '08:00', 240, 'G1'), on('A', '13:00', 240, 'G1'))).toEqual([
      'A/G1 120 -120 DAY_CAP',
      'B/G1 240',
    ])
  })

  test('exactly six hours are not cut, a minute more is', () => {
    expect(tried(on('A', '08:00', 360, 'G1'))).toEqual(['A/G1 360'])
    expect(tried(on('A', '08:00', 361, 'G1'))).toEqual(['A/G1 360 -1 DAY_CAP'])
  })

  test('an attendance that is cut whole counts nothing, for that reason', () => {
    const register = trying(on('A', '08:00', 360, 'G1'), on('B', '15:00', 60, 'G1'))
    const line = pointsIn(register, 'Kari', asOf).lines.find(({ label }) => label === 'B')
    const counted = [{ session: sessionNamed('A'), label: 'A', group: groupNamed('G1') }]
    expect(line?.shortfall).toEqual({ reason: 'DAY_CAP', cap: 360, found: 420, effect: 'cut', counted })
    expect(line?.cuts).toEqual([
      { minutes: 60, because: { reason: 'DAY_CAP', cap: 360, found: 420, effect: 'cut', counted } },
    ])
    expect(line?.rules).toEqual([
      { name: 'dayCapMinutes', ...defaultPack.dayCapMinutes, ...founding },
      { name: 'dayCap', ...defaultPack.dayCap, ...founding },
    ])
  })

  test('what has nothing of the day is not named among those that have it', () => {
    const { lines } = pointsIn(
      trying(
        on('T1', '08:00', 60, 'G2'),
        on('T2', '08:00', 60, 'G1'),
        on('T3', '09:00', 360, 'G2'),
        on('T4', '15:00', 60, 'G2'),
      ),
      'Kari',
      asOf,
    )
    const namedFor = (label: string) =>
      lines
        .find((line) => line.label === label)
        ?.cuts.map(({ minutes, because }) => [
          minutes,
          because.reason,
          ...('counted' in because ? because.counted.map((one) => one.label) : []),
        ])
    expect(namedFor('T2')).toEqual([[60, 'OVERLAPPING', 'T1']])
    expect(namedFor('T3')).toEqual([[60, 'DAY_CAP', 'T1']])
    expect(namedFor('T4')).toEqual([[60, 'DAY_CAP', 'T1', 'T3']])
    const own = pointsIn(
      trying(on('T1', '08:00', 60, 'G1'), on('T2', '08:00', 60, 'G2'), on('T3', '09:00', 400, 'G2')),
      'Kari',
      asOf,
    ).lines.find(({ label }) => label === 'T3')
    expect(own?.cuts).toMatchObject([{ minutes: 40, because: { reason: 'DAY_CAP', counted: [] } }])
  })

  test('sessions that begin together are taken by id', () => {
    const morning = { doctor: 'Kari', times: ['08:00-12:00'] }
    const afternoon = { doctor: 'Kari', times: ['12:00-17:00'] }
    expect(tried(on('S2', '08:00', 540, 'G1', morning), on('S10', '08:00', 540, 'G1', afternoon))).toEqual([
      'S10/G1 300',
      'S2/G1 60 -180 DAY_CAP',
    ])
  })

  test('is of each group by itself', () => {
    expect(tried(on('A', '06:00', 300, 'G1'), on('B', '12:00', 300, 'G2'))).toEqual(['A/G1 300', 'B/G2 300'])
  })

  test('is of a date: the date of the start, for the whole session', () => {
    const lines = pointsIn(
      trying(on('A', '20:00', 360, 'G1'), { ...on('B', '', 300, 'G1'), starts: '2024-04-11 03:00' }),
      'Kari',
      asOf,
    )
    expect(lines.lines.filter(({ label }) => label === 'A' || label === 'B').map(({ counted }) => counted)).toEqual([
      360, 300,
    ])
  })

  test('overlap is taken off first, and the reason is the step that took the last minute', () => {
    expect(tried(on('A', '08:00', 300, 'G1'), on('B', '12:00', 180, 'G1'), on('C', '12:30', 150, 'G1'))).toEqual([
      'A/G1 300',
      'B/G1 60 -60 OVERLAPPING -60 DAY_CAP',
      'C/G1 0 -150 OVERLAPPING OVERLAPPING',
    ])
    expect(tried(on('A', '08:00', 360, 'G1'), on('B', '13:00', 180, 'G1'))).toEqual([
      'A/G1 360',
      'B/G1 0 -60 OVERLAPPING -120 DAY_CAP DAY_CAP',
    ])
  })

  test('minutes lost to an overlap use none of it', () => {
    expect(tried(on('A', '08:00', 120, 'G2'), on('B', '08:00', 240, 'G1'), on('C', '13:00', 240, 'G1'))).toEqual([
      'A/G2 120',
      'B/G1 120 -120 OVERLAPPING',
      'C/G1 240',
    ])
  })
})
