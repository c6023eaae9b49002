// moving.test.ts: a locum, and a doctor who moves in the middle of a window, keep their history; what adds up is a rule

import { describe, expect, test } from 'vitest'
import { defaultPack } from '../rules/default-pack.ts'
import { packFrom } from '../rules/pack-file.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import {
  answer,
  departmentNamed,
  doctorNamed,
  doctorStream,
  groupStream,
  instant,
  nothingCounts,
  pointsIn,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { MunicipalityNumber } from '../values/municipality-number.ts'

const others = ['Ola', 'Per']

const session = (label: string, date: string, group: string, department: string): SessionRow => ({
  session: label,
  starts: `${date} 15:00`,
  minutes: 65,
  department,
  present: { [group]: [...others, 'Kari'] },
})
const inBergen = ['02', '03', '04'].map((month) => session(`B${month}`, `2024-${month}-10`, 'Bergen', 'children'))
const inOsloLater = ['09', '10', '11'].map((month) => session(`O${month}`, `2024-${month}-10`, 'Oslo', 'laboratory'))
const yearBefore = ['02', '05', '09'].map((month) => ({
  ...session(`A${month}`, `2023-${month}-10`, 'Bergen', 'children'),
  minutes: 180,
}))

/** Kari leaves her group, her department and its town in the summer, for others elsewhere. */
const moved = (left = '2024-06-30', joined = '2024-08-01') => {
  const register = registerWith({
    doctors: { Kari: '2020-02-29', Ola: null, Per: null },
    groups: {
      Bergen: { members: [...others, { doctor: 'Kari', left }] },
      Oslo: { members: [...others, { doctor: 'Kari', joined }] },
    },
    sessions: [...yearBefore, ...inBergen, ...inOsloLater],
  })
  const works = (department: string, from: string, on: string | null) => {
    const role = { role: 'department-doctor', department: departmentNamed(department) } as const
    register.record(doctorStream('Kari'), { type: 'RoleStarted', data: { ...role, from: legalDate(from) } })
    if (on !== null) register.record(doctorStream('Kari'), { type: 'RoleEnded', data: { ...role, on: legalDate(on) } })
  }
  works('children', '2021-01-01', left)
  works('laboratory', joined, null)
  return register
}

/** A stay; without a second day it goes on. */
type Stay = readonly [joined: string, left?: string]

const stay = ([joined, left]: Stay) => ({ doctor: 'Kari', joined, ...(left === undefined ? {} : { left }) })

/** The same with these stays in Bergen, and that one in Oslo. */
const stayed = (inBergenOn: ReadonlyArray<Stay>, inOsloOn: Stay = ['2024-08-01']) =>
  registerWith({
    doctors: { Kari: '2020-02-29', Ola: null, Per: null },
    groups: {
      Bergen: { members: [...others, ...inBergenOn.map(stay)] },
      Oslo: { members: [...others, stay(inOsloOn)] },
    },
    sessions: [...yearBefore, ...inBergen, ...inOsloLater],
  })

const under = (membershipTransfer: 'none' | 'adds-up', window: RulePack['window']['value'] = 'calendar-year') => {
  const read = packFrom({ parameters: { membershipTransfer, window } }, defaultPack)
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}
const reasons = (reason: string, pending = '') =>
  [...inBergen, ...inOsloLater].map((one) => `${one.session}:${reason}${pending}`)
const both = { ...nothingCounts, counted: 540 + 390, mandatory: '15.50' }
const apart = { ...nothingCounts, counted: 540, mandatory: '9.00', reasons: reasons('DOCTOR_UNDER_6_HOURS') }

describe('a doctor who moves in the middle of a window', () => {
  test('has a line for each attendance, before and after, in one period', () => {
    const { lines, period, doctor } = pointsIn(moved(), 'Kari', { asOf: '2024-12-31' })
    expect(lines.map(({ label, present }) => [label, present])).toEqual(
      [...yearBefore, ...inBergen, ...inOsloLater].map(({ session, minutes }) => [session, minutes]),
    )
    expect([doctor, period]).toEqual([doctorNamed('Kari'), { from: '2020-02-29', to: '2025-02-28' }])
  })

  test('keeps what the years before gave, and loses the halves of this one where nothing adds up', () => {
    expect(answer(moved(), 'Kari', { asOf: '2024-12-31', rules: under('none') })).toEqual(apart)
    expect(answer(moved(), 'Kari', { asOf: '2024-12-31' })).toEqual(apart)
  })

  test('has six hours of both halves where minutes add up, for the attendances of both', () => {
    expect(answer(moved(), 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })).toEqual(both)
    const rolling = under('adds-up', 'rolling-12-months')
    expect(answer(moved(), 'Kari', { asOf: '2024-12-31', rules: rolling })).toEqual(both)
  })

  test('has what the year can still give pending meanwhile, whatever the rule', () => {
    for (const rule of ['none', 'adds-up'] as const) {
      const { counted, pending, reasons } = answer(moved(), 'Kari', { asOf: '2024-09-30', rules: under(rule) })
      expect([rule, counted, pending, reasons]).toEqual([
        rule,
        540,
        4 * 65,
        [
          ...inBergen.map((one) => `${one.session}:DOCTOR_UNDER_6_HOURS?`),
          `${inOsloLater[0]?.session}:GROUP_UNDER_3_MEETINGS?`,
        ],
      ])
    }
  })

  test('has the same answer as known before the move, whatever came later', () => {
    const before = moved()
    const asked = { asOf: '2024-12-31', knownAt: '2024-06-01', rules: under('adds-up') }
    const known = answer(before, 'Kari', asked)
    const data = { doctor: doctorNamed('Kari'), joined: legalDate('2000-01-01'), on: legalDate('2024-02-01') }
    before.record(
      groupStream('Bergen'),
      { type: 'MemberLeft', data },
      { knownSince: instant('2024-07-01T00:00:00.000Z') },
    )
    expect(answer(before, 'Kari', asked)).toEqual(known)
  })

  test('moves on the window’s first and last day at the widest; a day beyond either, and nothing adds up', () => {
    const counted = (left: string, joined: string) =>
      answer(moved(left, joined), 'Kari', { asOf: '2025-02-27', rules: under('adds-up') })
    expect(counted('2024-12-31', '2024-01-01').reasons).toEqual([])
    expect(counted('2025-01-01', '2024-01-01').reasons).toEqual(reasons('DOCTOR_UNDER_6_HOURS'))
    expect(counted('2024-12-31', '2023-12-31').reasons).toEqual(reasons('DOCTOR_UNDER_6_HOURS'))
  })
})

describe('stays that overlap', () => {
  const counted = (...stays: ReadonlyArray<Stay>) =>
    answer(stayed(stays), 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })

  test('are one, which ends with the last of them', () => {
    expect(counted(['2020-01-01', '2023-12-01'], ['2023-11-01', '2024-06-30'])).toEqual(both)
    expect(counted(['2020-01-01', '2024-06-30'], ['2023-11-01', '2023-12-01'])).toEqual(both)
    expect(counted(['2020-01-01', '2023-12-01'], ['2023-12-01', '2024-06-30'])).toEqual(both)
  })

  test('apart, each has its own end', () => {
    expect(counted(['2020-01-01', '2023-12-01'], ['2024-01-01', '2024-06-30'])).toEqual(both)
    expect(counted(['2020-01-01', '2024-05-01'], ['2025-01-01', '2025-02-01'])).toEqual(both)
    expect(counted(['2020-01-01', '2024-05-01'], ['2024-10-01'])).toEqual(both)
  })

  test('are one in whichever order they were recorded, joined on the first day of all', () => {
    const joined = (...stays: ReadonlyArray<Stay>) =>
      answer(stayed(stays, ['2023-08-01', '2024-12-01']), 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })
    expect(joined(['2020-01-01', '2023-12-31'], ['2024-01-05'])).toEqual(both)
    expect(joined(['2020-01-01', '2024-01-05'], ['2024-01-05'])).toEqual(apart)
    expect(joined(['2024-01-05'], ['2020-01-01', '2024-01-05'])).toEqual(apart)
  })
})

test('who leaves a group and comes back to it has these minutes once', () => {
  const register = registerWith({
    doctors: { Kari: '2020-02-29', Ola: null, Per: null },
    groups: { Bergen: { members: [...others, stay(['2020-01-01', '2024-05-01']), stay(['2024-06-01'])] } },
    sessions: inBergen.map((one) => ({ ...one, minutes: 119 })),
  })
  expect(answer(register, 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })).toEqual({
    ...nothingCounts,
    reasons: inBergen.map((one) => `${one.session}:DOCTOR_UNDER_6_HOURS`),
  })
})

describe('a locum', () => {
  test('S2-21a who comes for a summer and goes back has three stays, and a history in both groups', () => {
    const register = registerWith({
      doctors: { Kari: '2020-02-29', Ola: null, Per: null },
      groups: {
        Bergen: {
          members: [...others, { doctor: 'Kari', left: '2024-06-01' }, { doctor: 'Kari', joined: '2024-09-01' }],
        },
        Oslo: { members: [...others, { doctor: 'Kari', joined: '2024-06-01', left: '2024-09-01' }] },
      },
      sessions: [
        ...inBergen,
        ...['06', '07', '08'].map((month) => session(`O${month}`, `2024-${month}-10`, 'Oslo', 'laboratory')),
        session('B07', '2024-07-11', 'Bergen', 'children'),
        session('B10', '2024-10-10', 'Bergen', 'children'),
      ],
    })
    // Four times 65 minutes in Bergen, three times in Oslo; on 11 July she was a locum elsewhere.
    expect(answer(register, 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })).toEqual({
      ...nothingCounts,
      counted: 7 * 65,
      mandatory: '7.58',
      reasons: ['B07:NOT_MEMBER'],
    })
    expect(answer(register, 'Kari', { asOf: '2024-12-31', rules: under('none') }).counted).toBe(0)
  })

  test('S2-21a whose group moves to another municipality counts there as before', () => {
    const register = moved()
    const before = answer(register, 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })
    const municipality = '0301'
    if (!MunicipalityNumber.is(municipality)) throw new RangeError(municipality)
    register.record(groupStream('Oslo'), { type: 'GroupMoved', data: { municipality, on: legalDate('2024-10-01') } })
    expect(answer(register, 'Kari', { asOf: '2024-12-31', rules: under('adds-up') })).toEqual(before)
  })
})
