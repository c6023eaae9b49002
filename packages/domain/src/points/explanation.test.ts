// explanation.test.ts: what people read of their points

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import {
  doctorNamed,
  groupNamed,
  inOslo,
  type PresentRow,
  pointsIn,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { explanation, type Names } from './explanation.ts'

const people = ['Kari', 'Ola', 'Per', 'Gunn']
const groups = ['G1', 'G2']
const called = (names: ReadonlyArray<string>, idOf: (name: string) => string, id: string): string =>
  names.find((name) => idOf(name) === id) ?? id
const names: Names = {
  doctor: (id) => called(people, doctorNamed, id),
  group: (id) => called(groups, groupNamed, id),
}

const session = (name: string, starts: string, minutes: number, more: Partial<SessionRow> = {}): SessionRow => ({
  session: name,
  starts,
  minutes,
  present: { G1: ['Kari', 'Ola'] },
  ...more,
})

const told = (sessions: ReadonlyArray<SessionRow>, asOf = '2024-12-31') => {
  const register = registerWith({
    doctors: { Kari: '2020-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Kari', 'Per'] } },
    sessions,
  })
  return explanation(pointsIn(register, 'Kari', { asOf, knownAt: inOslo('2025-02-01') }), defaultPack, names)
}

/** The paragraph of one session, without its facts. */
const paragraph = (lines: ReadonlyArray<string>, name: string) => {
  const from = lines.findIndex((line) => line.includes(` ${name} with group `))
  const paragraphEnds = lines.findIndex((line, index) => index > from && line === '  Facts:')
  return lines.slice(from, paragraphEnds)
}

const three = ['01', '02', '03'].map((month) => session(`S${month}`, `2024-${month}-10 15:00`, 180))

describe('a total', () => {
  test('is told with its period, its parts and what is missing, and is no decision', () => {
    expect(told(three).slice(0, 8)).toEqual([
      'Small-group points of Kari on 2024-12-31, as known at 2025-01-31T23:00:00.000Z',
      'Period 2020-01-01 to 2025-01-01 (that day not included)',
      'Counted: 540 minutes = 9.00 points',
      'Mandatory: 9.00 of 20, 11.00 missing',
      'Elective: 0.00 of at most 130; beyond both: 0.00',
      'Held back until a window is over: 0 minutes',
      'An indication, not a decision: that is the authority’s to make.',
      '',
    ])
    const year = Array.from({ length: 7 }, (_, i) => session(`S${i}`, `2024-0${i + 1}-10 15:00`, 180))
    expect(told(year)[3]).toBe('Mandatory: 20.00 of 20, met')
    expect(told(year)[4]).toBe('Elective: 1.00 of at most 130; beyond both: 0.00')
  })

  test('names the facts of each attendance and of the period, with both their times', () => {
    const known = inOslo('2024-01-15')
    const lines = told(three.slice(0, 1).map((row) => ({ ...row, known })))
    const facts = lines.slice(lines.indexOf('  Facts:') + 1)
    const always = /^ *(\w+) [0-9a-f-]{36}, always known, recorded 2030-06-01T12:00:00\.000Z$/
    const since = /^ *(\w+) [0-9a-f-]{36}, known since 2024-01-14T23:00:00\.000Z, recorded 2030-06-01T12:00:00\.000Z$/
    expect(since.exec(facts[0] ?? '')?.[1]).toBe('SessionHeld')
    expect(facts.slice(1).map((line) => always.exec(line)?.[1] ?? line)).toEqual([
      'MemberJoined',
      'IndustryFreeDeclared',
      '',
      'The period rests on:',
      'PeriodOpened',
    ])
  })

  test('without a period says so', () => {
    expect(told(three, '2019-12-31')).toEqual([
      'Small-group points of Kari on 2019-12-31, as known at 2025-01-31T23:00:00.000Z',
      'There is no period on that date, so nothing is counted.',
    ])
  })
})

describe('an attendance', () => {
  const rule = (
    name:
      | 'groupThreshold'
      | 'doctorThresholdMinutes'
      | 'quorum'
      | 'declaration'
      | 'sessionMinutesMin'
      | 'dayCapMinutes',
  ) => `  Rule: ${defaultPack[name].source.title}, ${defaultPack[name].source.address}`
  const tried = (more: Partial<SessionRow>, minutes = 180) =>
    paragraph(told([...three, session('T', '2024-06-10 15:00', minutes, more)]), 'T')
  const present = (row: PresentRow): Partial<SessionRow> => ({ present: { G1: [row, 'Ola'] } })

  test('that counts is one line', () => {
    expect(tried({})).toEqual(['2024-06-10 T with group G1: 180 minutes present, 180 count'])
  })

  test('that counts nothing says why, what was found and what was needed, and by which rule', () => {
    const nothing = (minutes: number, reason: string) =>
      `2024-06-10 T with group G1: ${minutes} minutes present, 0 count: ${reason}`
    expect(tried(present({ doctor: 'Kari', role: 'guest' }))).toEqual([nothing(180, 'GUEST'), '  Attended as a guest.'])
    expect(tried({ hosts: ['Kari'] })).toEqual([
      nothing(180, 'HOSTING'),
      '  Hosted the session: that earns an honorarium, not points.',
    ])
    expect(tried({ industry: 'pens' })).toEqual([
      nothing(180, 'INDUSTRY'),
      '  A contribution from the industry was reported for the session.',
    ])
    expect(tried({ present: { G1: ['Kari'] } })).toEqual([
      nothing(180, 'BELOW_QUORUM'),
      '  Needs 2 of the group’s own members present, found 1: Kari.',
      rule('quorum'),
    ])
    expect(tried({ present: { G1: [{ doctor: 'Kari', minutes: 0 }] } })[1]).toBe(
      '  Needs 2 of the group’s own members present, found 0.',
    )
    expect(tried({}, 59)).toEqual([
      nothing(59, 'SESSION_TOO_SHORT'),
      '  Needs a session of 60 minutes, found 59.',
      rule('sessionMinutesMin'),
    ])
    expect(tried({ present: { G1: [{ doctor: 'Kari', minutes: 0 }, 'Ola', 'Ola2'] } })[1]).toContain('found 1: Ola')
    const members = { G1: { members: ['Kari', 'Ola', 'Per'] } }
    const register = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: members,
      sessions: [
        { ...session('T', '2024-06-10 15:00', 180), present: { G1: [{ doctor: 'Kari', minutes: 0 }, 'Ola', 'Per'] } },
      ],
    })
    expect(explanation(pointsIn(register, 'Kari', { asOf: '2024-12-31' }), defaultPack, names)).toContain(
      '  Not present for any minute of the session.',
    )
  })

  test('without membership or declaration says so', () => {
    const register = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: { G1: { members: ['Ola', { doctor: 'Kari', joined: '2024-06-01' }], signed: null } },
      sessions: [session('S1', '2024-05-01 15:00', 180), session('S2', '2024-06-01 15:00', 180)],
    })
    const lines = explanation(pointsIn(register, 'Kari', { asOf: '2024-12-31' }), defaultPack, names)
    expect(paragraph(lines, 'S1')[1]).toBe('  No membership of the group on that date.')
    expect(paragraph(lines, 'S2').slice(1)).toEqual([
      '  The group had no declaration of freedom from the industry in force on that date.',
      rule('declaration'),
    ])
  })

  test('that lost minutes says to what', () => {
    const cut = [
      ...three,
      session('A', '2024-06-10 08:00', 240),
      session('B', '2024-06-10 11:00', 240),
      session('C', '2024-06-10 16:00', 60),
      session('D', '2024-06-10 08:00', 60),
    ]
    const lines = told(cut)
    expect(paragraph(lines, 'A')).toEqual(['2024-06-10 A with group G1: 240 minutes present, 240 count'])
    expect(paragraph(lines, 'B')).toEqual([
      '2024-06-10 B with group G1: 240 minutes present, 120 count',
      '  60 minutes count already with A (group G1) (OVERLAPPING)',
      '  60 minutes are beyond the 360 that one day with one group can give (DAY_CAP)',
    ])
    expect(paragraph(lines, 'C')).toEqual([
      '2024-06-10 C with group G1: 60 minutes present, 0 count: DAY_CAP',
      '  60 minutes are beyond the 360 that one day with one group can give (DAY_CAP)',
      '  The 360 minutes that one day with one group can give are used by A (group G1), B (group G1).',
      rule('dayCapMinutes'),
    ])
    expect(paragraph(lines, 'D').slice(0, 3)).toEqual([
      '2024-06-10 D with group G1: 60 minutes present, 0 count: OVERLAPPING',
      '  60 minutes count already with A (group G1) (OVERLAPPING)',
      '  Every minute counts already with A (group G1).',
    ])
  })

  test('that is held back names the sessions that were found, and says while the window is not over', () => {
    const two = three.slice(0, 2)
    expect(paragraph(told(two), 'S01')).toEqual([
      '2024-01-10 S01 with group G1: 180 minutes present, 0 count: GROUP_UNDER_3_MEETINGS',
      '  Needs 3 counting sessions of the group in 2024, found 2: S01, S02.',
      rule('groupThreshold'),
    ])
    expect(paragraph(told(two, '2024-12-30'), 'S01')[1]).toBe(
      '  Needs 3 counting sessions of the group in 2024, found 2: S01, S02. For now: the window is not over.',
    )
    const short = three.map((row) => ({ ...row, minutes: 100 }))
    expect(paragraph(told(short), 'S03').slice(1)).toEqual([
      '  Needs 360 minutes with the group in 2024, found 300: S01, S02, S03.',
      rule('doctorThresholdMinutes'),
    ])
  })

  test('held back in a window that is no calendar year names its days', () => {
    const register = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] } },
      sessions: three.slice(0, 1),
    })
    const points = pointsIn(register, 'Kari', { asOf: '2024-12-31' })
    const lines = points.lines.map((line) =>
      line.shortfall !== null && 'window' in line.shortfall
        ? {
            ...line,
            shortfall: {
              ...line.shortfall,
              window: { from: points.lines[0]?.date ?? line.date, to: line.shortfall.window.to },
            },
          }
        : line,
    )
    expect(explanation({ ...points, lines }, defaultPack, names)).toContain(
      '  Needs 3 counting sessions of the group in 2024-01-10 to 2024-12-31, found 1: S01.',
    )
  })

  test('that was taken off the list is told of, with the reason where there is one', () => {
    const register = registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] } },
      sessions: three,
    })
    for (const [name, reason] of [
      ['S01', 'was ill'],
      ['S02', ''],
    ] as const) {
      const data = { group: groupNamed('G1'), doctor: doctorNamed('Kari'), reason }
      register.record(register.held(name).stream, { type: 'AttendanceWithdrawn', data })
    }
    const lines = explanation(pointsIn(register, 'Kari', { asOf: '2024-12-31' }), defaultPack, names)
    const first = lines.indexOf('2024-01-10 S01 with group G1: taken off the list (was ill)')
    expect(lines[first - 1]).toBe('')
    expect(lines.slice(first + 1, first + 4).map((line) => line.trim().split(' ')[0])).toEqual([
      'Facts:',
      'SessionHeld',
      'AttendanceWithdrawn',
    ])
    expect(lines).toContain('2024-02-10 S02 with group G1: taken off the list')
  })

  test('a period that rests on nothing known says nothing of it', () => {
    const register = registerWith({ doctors: { Kari: '2020-01-01' } })
    const points = { ...pointsIn(register, 'Kari', { asOf: '2024-12-31' }), facts: [] }
    expect(explanation(points, defaultPack, names)).not.toContain('The period rests on:')
  })
})
