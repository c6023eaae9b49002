// known-since.test.ts: since when the register knows what a row says

import { instantOf } from '@smagruppe/domain'
import { describe, expect, test } from 'vitest'
import {
  broughtIn,
  folderWith,
  imported,
  logOf,
  now,
  placesOf,
  registerOn,
  type Sheets,
  smallYear,
} from './sheets.test-kit.ts'

const always = '0000-01-01T00:00:00.000Z'

/** Every kind of event with the moments since which it is known. */
const knownIn = async (sheets: Sheets): Promise<Readonly<Record<string, ReadonlyArray<string>>>> => {
  const known: Record<string, string[]> = {}
  for (const { type, knownSince } of await logOf(await broughtIn(sheets)))
    known[type] = [...(known[type] ?? []), knownSince].sort()
  return known
}

describe('a row is known since the end of its day in Oslo', () => {
  test('each kind of row, as the rules say', async () => {
    expect(await knownIn(smallYear)).toEqual({
      DoctorRegistered: Array(5).fill(always),
      HprClaimed: Array(5).fill(always),
      RoleStarted: Array(7).fill(always),
      PeriodOpened: Array(4).fill(always),
      HospitalRegistered: [always],
      DepartmentRegistered: [always],
      GroupRegistered: [always, always],
      ContactPersonAppointed: [always],
      MemberJoined: [
        '2020-01-01T23:00:00.000Z',
        '2020-01-01T23:00:00.000Z',
        '2021-01-01T23:00:00.000Z',
        '2022-01-01T23:00:00.000Z',
        '2024-05-01T22:00:00.000Z',
      ],
      MemberLeft: ['2024-05-01T22:00:00.000Z'],
      IndustryFreeDeclared: ['2023-01-10T23:00:00.000Z', '2023-12-19T23:00:00.000Z'],
      IndustryFreeWithdrawn: ['2024-10-01T22:00:00.000Z'],
      DepartmentOfferOpened: ['2024-01-15T23:00:00.000Z'],
      SessionRequested: ['2023-11-26T23:00:00.000Z'],
      SessionHeld: [
        '2024-02-01T23:00:00.000Z',
        '2024-03-06T23:00:00.000Z',
        '2024-12-30T23:00:00.000Z',
        '2025-01-10T23:00:00.000Z',
      ],
      IndustryContributionReported: ['2025-01-10T23:00:00.000Z'],
      // Named with the first report that has them: Astma and Feber, Hodepine, Rygg.
      TopicNamed: [
        '2024-02-01T23:00:00.000Z',
        '2024-02-01T23:00:00.000Z',
        '2024-03-06T23:00:00.000Z',
        '2024-12-30T23:00:00.000Z',
      ],
      AttendanceAdded: ['2024-04-02T22:00:00.000Z'],
      AttendanceReplaced: ['2024-04-01T22:00:00.000Z'],
      AttendanceWithdrawn: ['2025-02-01T23:00:00.000Z'],
    })
  })

  test('a day on which the clock is changed ends when it ends', async () => {
    const { MemberJoined } = await knownIn({
      ...smallYear,
      members: ['G1,101,2024-03-30,', 'G1,102,2024-03-31,', 'G1,103,2024-10-26,', 'G1,104,2024-10-27,'],
    })
    expect(MemberJoined).toEqual([
      '2024-03-30T23:00:00.000Z',
      '2024-03-31T22:00:00.000Z',
      '2024-10-26T22:00:00.000Z',
      '2024-10-27T23:00:00.000Z',
    ])
  })

  test('attendance that comes with a later, longer list is known since the session was reported', async () => {
    const on = registerOn()
    await imported(on, folderWith({ ...smallYear, attendance: smallYear.attendance.slice(1), corrections: [] }))
    await imported(on, folderWith({ attendance: smallYear.attendance.slice(0, 1) }))
    expect((await logOf(on)).at(-1)).toMatchObject({ type: 'AttendanceAdded', knownSince: '2024-02-01T23:00:00.000Z' })
  })
})

describe('what is dated in the future', () => {
  const runningAhead: Sheets = {
    ...smallYear,
    members: [...smallYear.members, 'G2,101,2025-06-02,2026-01-01', 'G2,102,2025-06-01,'],
    corrections: [...smallYear.corrections, 'S1,G1,101,minutes,30,2025-07-01,'],
  }

  test('is known from now on, and flagged; today is no future', async () => {
    const { report, ...on } = await broughtIn(runningAhead)
    expect(placesOf(report.flags)).toEqual([
      'members.csv 7 joined_on KNOWN_IN_FUTURE',
      'members.csv 7 left_on KNOWN_IN_FUTURE',
      'corrections.csv 5 corrected_on KNOWN_IN_FUTURE',
    ])
    expect(report.flags[0]?.reason).toBe('2025-06-02 is in the future; the register knows it from today')
    const clamped = (await logOf(on)).filter(({ knownSince }) => knownSince === now).map(({ type }) => type)
    expect(clamped.sort()).toEqual(['AttendanceReplaced', 'MemberJoined', 'MemberJoined', 'MemberLeft'])
    expect((await logOf(on)).every(({ knownSince, recordedAt }) => knownSince <= recordedAt)).toBe(true)
  })

  test('is known since its own day in a rehearsal, which moves the clock on to the last of them', async () => {
    let time = now
    const on = registerOn({ now: () => time })
    const report = await imported(on, folderWith(runningAhead), {
      rehearse: (until) => {
        time = until
      },
    })
    expect(time).toBe('2026-01-01T23:00:00.000Z')
    expect(report.flags[0]?.reason).toBe('2025-06-02 is in the future; the register was moved on to it')
    const later = (await logOf(on))
      .filter(({ knownSince }) => knownSince > now)
      .map(({ type, knownSince }) => [type, knownSince])
    expect(later.sort()).toEqual([
      ['AttendanceReplaced', '2025-07-01T22:00:00.000Z'],
      ['MemberJoined', '2025-06-01T22:00:00.000Z'],
      ['MemberJoined', '2025-06-02T22:00:00.000Z'],
      ['MemberLeft', '2026-01-01T23:00:00.000Z'],
    ])
  })

  test('asks for no rehearsal where there is none', async () => {
    let asked = 0
    await imported(registerOn(), folderWith(smallYear), {
      rehearse: () => {
        asked += 1
      },
    })
    expect(asked).toBe(0)
  })

  test('imported again when the day has come, changes nothing', async () => {
    const on = registerOn()
    const folder = folderWith(runningAhead)
    await imported(on, folder)
    const log = await logOf(on)
    const later = registerOn({ ...on, now: () => instantOf(Date.parse('2026-06-01')) })
    expect(await imported(later, folder)).toMatchObject({ events: 0, flags: [] })
    expect(await logOf(on)).toEqual(log)
  })
})
