// vectors.test.ts: the rules' own vectors and traps, written as sheets and answered by both

import { describe, expect, test } from 'vitest'
import { addMinutes } from './calendar.ts'
import { evaluate } from './evaluate.ts'
import { imported } from './first-opinion.ts'
import { columnsOf, type Folder } from './sheets.ts'
import { epochMinute, plusYears } from './values.ts'

interface Held {
  readonly id: string
  readonly starts: string
  readonly minutes: number
  readonly groups?: string
  readonly host?: string
  readonly reported?: string
}

interface Setup {
  readonly anchor?: string
  readonly sessions: ReadonlyArray<Held>
  readonly attendance: ReadonlyArray<string>
  readonly corrections?: ReadonlyArray<string>
}

const sheet = (name: string, rows: ReadonlyArray<string>): string =>
  `${[columnsOf[name]?.join(','), ...rows].join('\n')}\n`

const hprs = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** Groups A and B, both declared in 2000; doctors 1 to 5 are members of A, 5 to 9 of B. */
const folderOf = ({ anchor = '2020-01-01', sessions, attendance, corrections = [] }: Setup): Folder => ({
  doctors: sheet(
    'doctors',
    hprs.map((hpr) => `${hpr},Doctor ${hpr},gp,,${anchor}`),
  ),
  groups: sheet('groups', ['A,Alfa,4601,2000-01-01,', 'B,Beta,4601,2000-01-01,']),
  members: sheet('members', [
    ...hprs.slice(0, 5).map((hpr) => `A,${hpr},2000-01-01,`),
    ...hprs.slice(4).map((hpr) => `B,${hpr},2000-01-01,`),
  ]),
  declarations: sheet('declarations', ['A,2000-01-01,1,', 'B,2000-01-01,6,']),
  sessions: sheet(
    'sessions',
    sessions.map(({ id, starts, minutes, groups = 'A', host = '', reported = starts.slice(0, 10) }) =>
      [id, '', starts, addMinutes(starts, minutes), 'practice', '', host, 'Hodepine', groups, reported, ''].join(','),
    ),
  ),
  attendance: sheet('attendance', attendance),
  corrections: sheet('corrections', corrections),
})

const held = (id: string, starts: string, minutes: number, more: Partial<Held> = {}): Held => ({
  id,
  starts: starts.length === 10 ? `${starts}T12:00` : starts,
  minutes,
  ...more,
})

/** Everybody there the whole time. */
const all = (ids: ReadonlyArray<string>, group: string, present: ReadonlyArray<string>): ReadonlyArray<string> =>
  ids.flatMap((id) => present.map((hpr) => `${id},${group},${hpr},,,`))

const two = [held('S1', '2024-02-01', 360), held('S2', '2024-03-01', 360)]
const three = [held('S1', '2024-02-01', 180), held('S2', '2024-03-01', 180), held('S3', '2024-04-01', 180)]
const four = ['S1', 'S2', 'S3', 'S4'].map((id, i) => held(id, `2024-0${i + 2}-01`, 150))
const ids = ['S1', 'S2', 'S3']

const fiveYears = (aYear: number, minutes: number): Setup => {
  const sessions = [2020, 2021, 2022, 2023, 2024].flatMap((year) =>
    Array.from({ length: aYear }, (_, i) =>
      held(`S${year}${i}`, `${year}-${String(i + 1).padStart(2, '0')}-10`, minutes),
    ),
  )
  return {
    sessions,
    attendance: all(
      sessions.map(({ id }) => id),
      'A',
      ['1', '2'],
    ),
  }
}
const leapDay: Setup = {
  anchor: '2020-02-29',
  sessions: [held('S1', '2025-02-27', 180), held('S2', '2025-02-28', 180), held('S3', '2025-03-01', 180)],
  attendance: all(ids, 'A', ['1', '2']),
}
const reportedLate: Setup = {
  sessions: [
    held('S1', '2023-09-01', 180),
    held('S2', '2023-10-01', 180),
    held('S3', '2023-11-01', 180, { reported: '2024-02-10' }),
  ],
  attendance: all(ids, 'A', ['1', '2']),
}
const corrected = (...corrections: ReadonlyArray<string>): Setup => ({
  sessions: three,
  attendance: all(ids, 'A', ['1', '2', '3']),
  corrections,
})

interface Vector {
  readonly title: string
  readonly setup: Setup
  readonly hpr?: string
  readonly asOf?: string
  readonly knownAt?: string
  /** Counted minutes, mandatory, elective, overflow, pending minutes, reasons. */
  readonly expected: string
}

const vectors: ReadonlyArray<Vector> = [
  { title: 'G1', setup: { sessions: three, attendance: all(ids, 'A', ['1', '2']) }, expected: '540 9.00 0.00 0.00 0' },
  {
    title: 'G2, final',
    setup: { sessions: two, attendance: all(['S1', 'S2'], 'A', ['1', '2']) },
    expected: '0 0.00 0.00 0.00 0 S1:GROUP_UNDER_3_MEETINGS;S2:GROUP_UNDER_3_MEETINGS',
  },
  {
    title: 'G2, pending',
    setup: { sessions: two, attendance: all(['S1', 'S2'], 'A', ['1', '2']) },
    asOf: '2024-12-30',
    expected: '0 0.00 0.00 0.00 720 S1:GROUP_UNDER_3_MEETINGS;S2:GROUP_UNDER_3_MEETINGS',
  },
  {
    title: 'G3',
    setup: { sessions: four, attendance: [...all([...ids, 'S4'], 'A', ['2', '3']), ...all(['S1', 'S2'], 'A', ['1'])] },
    expected: '0 0.00 0.00 0.00 0 S1:DOCTOR_UNDER_6_HOURS;S2:DOCTOR_UNDER_6_HOURS',
  },
  {
    title: 'G4',
    setup: { sessions: four, attendance: [...all([...ids, 'S4'], 'A', ['2', '3']), ...all(ids, 'A', ['1'])] },
    expected: '450 7.50 0.00 0.00 0',
  },
  { title: 'G6', setup: fiveYears(6, 150), expected: '4500 20.00 55.00 0.00 0' },
  { title: 'G8', setup: fiveYears(12, 180), expected: '10800 20.00 130.00 30.00 0' },
  {
    title: 'G10',
    setup: { sessions: [held('S1', '2024-02-01', 150, { host: '9' })], attendance: ['S1,A,1,,,', 'S1,A,9,,,guest'] },
    expected: '0 0.00 0.00 0.00 0 S1:BELOW_QUORUM',
  },
  ...['1', '2', '6', '7', '8'].map((hpr) => ({
    title: `G12, doctor ${hpr}`,
    setup: {
      sessions: three.map((one) => ({ ...one, groups: 'A;B' })),
      attendance: [...all(ids, 'A', ['1', '2']), ...all(ids, 'B', ['6', '7', '8'])],
    },
    hpr,
    expected: '540 9.00 0.00 0.00 0',
  })),
  {
    title: 'G13, the old period',
    setup: leapDay,
    asOf: '2025-02-27',
    expected: '0 0.00 0.00 0.00 180 S1:GROUP_UNDER_3_MEETINGS',
  },
  { title: 'G13, the next period', setup: leapDay, asOf: '2025-12-31', expected: '360 6.00 0.00 0.00 0' },
  {
    title: 'G17, not known yet',
    setup: reportedLate,
    asOf: '2023-12-31',
    knownAt: '2023-12-31',
    expected: '0 0.00 0.00 0.00 0 S1:GROUP_UNDER_3_MEETINGS;S2:GROUP_UNDER_3_MEETINGS',
  },
  {
    title: 'G17, known',
    setup: reportedLate,
    asOf: '2023-12-31',
    knownAt: '2024-03-01',
    expected: '540 9.00 0.00 0.00 0',
  },
  {
    title: 'a member who hosts',
    setup: { sessions: three.map((one) => ({ ...one, host: '1' })), attendance: all(ids, 'A', ['1', '2', '3']) },
    expected: '0 0.00 0.00 0.00 0 S1:HOSTING;S2:HOSTING;S3:HOSTING',
  },
  {
    title: 'the day cap, and an attendance that it cuts whole',
    setup: {
      sessions: [
        held('S1', '2024-02-01T08:00', 300),
        held('S2', '2024-02-01T14:00', 100),
        held('S3', '2024-02-01T17:00', 60),
      ],
      attendance: all(ids, 'A', ['1', '2']),
    },
    expected: '360 6.00 0.00 0.00 0 S3:DAY_CAP',
  },
  {
    title: 'two groups in one room',
    setup: {
      sessions: three.map((one) => ({ ...one, groups: 'B;A' })),
      attendance: [...all(ids, 'A', ['5', '2']), ...all(ids, 'B', ['5', '6'])],
    },
    hpr: '5',
    expected: '540 9.00 0.00 0.00 0 S1:OVERLAPPING;S2:OVERLAPPING;S3:OVERLAPPING',
  },
  {
    title: 'two sessions that overlap',
    setup: {
      sessions: [...three, held('S4', '2024-04-01T13:00', 180)],
      attendance: all([...ids, 'S4'], 'A', ['1', '2']),
    },
    expected: '600 10.00 0.00 0.00 0',
  },
  {
    title: 'no minutes',
    setup: corrected('S1,A,1,minutes,0,2024-05-01,'),
    expected: '360 6.00 0.00 0.00 0 S1:NO_MINUTES',
  },
  {
    title: 'more minutes than there were',
    setup: corrected('S1,A,1,minutes,9999,2024-05-01,'),
    expected: '540 9.00 0.00 0.00 0',
  },
  {
    title: 'one minute short',
    setup: corrected('S1,A,1,withdraw,,2024-05-01,', 'S2,A,1,minutes,179,2024-05-01,'),
    expected: '0 0.00 0.00 0.00 0 S2:DOCTOR_UNDER_6_HOURS;S3:DOCTOR_UNDER_6_HOURS',
  },
  {
    title: 'corrections by date',
    setup: corrected('S1,A,1,add,30,2024-05-02,', 'S1,A,1,withdraw,,2024-05-01,'),
    expected: '390 6.50 0.00 0.00 0',
  },
  { title: 'hundredths, half up', setup: corrected('S1,A,1,minutes,1,2024-05-01,'), expected: '361 6.02 0.00 0.00 0' },
  {
    title: 'a withdrawal that takes the group under three',
    setup: {
      sessions: three,
      attendance: all(ids, 'A', ['1', '2']),
      corrections: ['S1,A,2,withdraw,,2024-05-01,'],
    },
    expected: '0 0.00 0.00 0.00 0 S1:BELOW_QUORUM;S2:GROUP_UNDER_3_MEETINGS;S3:GROUP_UNDER_3_MEETINGS',
  },
  {
    title: 'New Year night belongs to the old year',
    setup: {
      sessions: [...three.slice(0, 2), held('S3', '2024-12-31T23:30', 180)],
      attendance: all(ids, 'A', ['1', '2']),
    },
    expected: '540 9.00 0.00 0.00 0',
  },
  {
    title: 'arrived past midnight',
    setup: {
      sessions: [...three, held('S4', '2024-06-01T23:00', 120)],
      attendance: [...all([...ids, 'S4'], 'A', ['2', '3']), ...all(ids, 'A', ['1']), 'S4,A,1,00:15,,'],
    },
    expected: '585 9.75 0.00 0.00 0',
  },
]

describe('both opinions hold the vector', () => {
  test.each(vectors)('$title', async ({ setup, hpr = '1', asOf = '2024-12-31', knownAt = '2030-12-31', expected }) => {
    const folder = folderOf(setup)
    const first = await (await imported(folder))(asOf, knownAt)
    for (const { points } of [first, evaluate(folder, asOf, knownAt)]) {
      const [, , , ...answer] = points.find(([doctor]) => doctor === hpr) ?? []
      expect(answer.join(' ').trim()).toBe(expected)
    }
  })
})

test('G18 leading zeros make no other doctor, another name makes a conflict', async () => {
  const folder = {
    doctors: sheet('doctors', ['007,Kari,gp,,2020-01-01', '7,Kari,gp,,2020-01-01', '7,Ola,gp,,2020-01-01']),
  }
  const first = await (await imported(folder))('2024-01-01', '2024-01-01')
  for (const { points, refused } of [first, evaluate(folder, '2024-01-01', '2024-01-01')]) {
    expect(points.map(([hpr]) => hpr)).toEqual(['7'])
    expect(refused).toEqual([{ file: 'doctors.csv', row: 4, column: 'hpr' }])
  }
})

test('the second opinion reads dates and clocks by itself', () => {
  expect(plusYears('2020-02-29', 5)).toBe('2025-02-28')
  expect(plusYears('2020-02-29', 20)).toBe('2040-02-29')
  expect(epochMinute('2024-03-31T04:00') - epochMinute('2024-03-31T01:00')).toBe(120)
  expect(epochMinute('2024-10-27T02:30') * 60_000).toBe(Date.parse('2024-10-27T00:30Z'))
  expect(epochMinute('2024-03-31T02:30') * 60_000).toBe(Date.parse('2024-03-31T01:30Z'))
})
