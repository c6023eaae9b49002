// vectors.test.ts: the vectors of the default rules, as tables

import { describe, expect, test } from 'vitest'
import {
  answer,
  inOslo,
  nothingCounts,
  pointsIn,
  type RegisterTable,
  registerWith,
  type SessionRow,
} from '../testing/index.ts'
import { shownPoints } from '../values/points.ts'

/** A session of G1, named by its date. */
const held = (starts: string, minutes: number, ...present: ReadonlyArray<string>): SessionRow => ({
  session: `S-${starts.slice(0, 10)}`,
  starts,
  minutes,
  present: { G1: present },
})

const everyone = ['Kari', 'Ola', 'Per']
const ofThree: RegisterTable = {
  doctors: { Kari: '2020-01-01', Ola: '2020-01-01', Per: '2020-01-01' },
  groups: { G1: { members: everyone } },
}

/** So many sessions a year in each of the years, on the first days of its months. */
const sessionsIn = (years: ReadonlyArray<number>, aYear: number, minutes: number): ReadonlyArray<SessionRow> =>
  years.flatMap((year) =>
    Array.from({ length: aYear }, (_, month) =>
      held(`${year}-${String(month + 1).padStart(2, '0')}-03 15:00`, minutes, ...everyone),
    ),
  )

const atYearEnd = { asOf: '2024-12-31' }

describe('the vectors of one group', () => {
  test('G1 three sessions of three hours are nine points, and eleven are missing', () => {
    const register = registerWith({ ...ofThree, sessions: sessionsIn([2024], 3, 180) })
    for (const doctor of everyone) {
      expect(answer(register, doctor, atYearEnd)).toEqual({ ...nothingCounts, counted: 540, mandatory: '9.00' })
      expect(shownPoints(pointsIn(register, doctor, atYearEnd).missing)).toBe('11.00')
    }
  })

  test('G2 twelve hours at two sessions are nothing, held back by the group’s three meetings', () => {
    const register = registerWith({ ...ofThree, sessions: sessionsIn([2024], 2, 360) })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({
      ...nothingCounts,
      reasons: ['S-2024-01-03:GROUP_UNDER_3_MEETINGS', 'S-2024-02-03:GROUP_UNDER_3_MEETINGS'],
    })
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ heldBack }) => heldBack)).toEqual([360, 360])
    expect(answer(register, 'Kari', { asOf: '2024-12-30' })).toEqual({
      ...nothingCounts,
      pending: 720,
      reasons: ['S-2024-01-03:GROUP_UNDER_3_MEETINGS?', 'S-2024-02-03:GROUP_UNDER_3_MEETINGS?'],
    })
  })

  test('G3 five hours at two of four sessions are nothing, held back by the doctor’s six hours', () => {
    const register = registerWith({
      ...ofThree,
      sessions: [
        held('2024-01-03 15:00', 150, 'Kari', 'Ola', 'Per'),
        held('2024-02-03 15:00', 150, 'Kari', 'Ola', 'Per'),
        held('2024-03-03 15:00', 150, 'Ola', 'Per'),
        held('2024-04-03 15:00', 150, 'Ola', 'Per'),
      ],
    })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({
      ...nothingCounts,
      reasons: ['S-2024-01-03:DOCTOR_UNDER_6_HOURS', 'S-2024-02-03:DOCTOR_UNDER_6_HOURS'],
    })
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ heldBack }) => heldBack)).toEqual([150, 150])
    expect(answer(register, 'Ola', atYearEnd)).toEqual({ ...nothingCounts, counted: 600, mandatory: '10.00' })
  })

  test('G4 a third attendance lifts the doctor over six hours', () => {
    const register = registerWith({
      ...ofThree,
      sessions: [
        held('2024-01-03 15:00', 150, 'Kari', 'Ola', 'Per'),
        held('2024-02-03 15:00', 150, 'Kari', 'Ola', 'Per'),
        held('2024-03-03 15:00', 150, 'Kari', 'Ola', 'Per'),
        held('2024-04-03 15:00', 150, 'Ola', 'Per'),
      ],
    })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({ ...nothingCounts, counted: 450, mandatory: '7.50' })
  })

  test('G6 five years of six sessions of two and a half hours are 75 points, 20 of them mandatory', () => {
    const register = registerWith({ ...ofThree, sessions: sessionsIn([2020, 2021, 2022, 2023, 2024], 6, 150) })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({
      ...nothingCounts,
      counted: 4500,
      mandatory: '20.00',
      elective: '55.00',
    })
    expect(shownPoints(pointsIn(register, 'Kari', atYearEnd).points)).toBe('75.00')
  })

  test('G8 five years of twelve sessions of three hours are 180 points, 30 of them beyond what can be used', () => {
    const register = registerWith({ ...ofThree, sessions: sessionsIn([2020, 2021, 2022, 2023, 2024], 12, 180) })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({
      ...nothingCounts,
      counted: 10800,
      mandatory: '20.00',
      elective: '130.00',
      overflow: '30.00',
    })
  })

  test('G10 one member alone with the hospital doctor earns nothing', () => {
    const alone = { ...held('2024-03-03 15:00', 150, 'Kari'), hosts: ['Hans'] }
    const register = registerWith({ ...ofThree, sessions: [...sessionsIn([2024], 2, 180), alone] })
    const { lines } = pointsIn(register, 'Kari', atYearEnd)
    expect(lines.map(({ label, counted, shortfall }) => [label, counted, shortfall?.reason])).toEqual([
      ['S-2024-01-03', 0, 'GROUP_UNDER_3_MEETINGS'],
      ['S-2024-02-03', 0, 'GROUP_UNDER_3_MEETINGS'],
      ['S-2024-03-03', 0, 'BELOW_QUORUM'],
    ])
  })
})

describe('the vectors of two groups, of dates and of knowledge', () => {
  test('G12 two groups in one room are three points for each of the five once the thresholds are met', () => {
    const room = (month: string): SessionRow => ({
      session: `S-${month}`,
      starts: `2024-${month}-05 14:30`,
      minutes: 180,
      present: { G1: ['Kari', 'Ola'], G2: ['Per', 'Liv', 'Eva'] },
      hosts: ['Hans'],
    })
    const five = ['Kari', 'Ola', 'Per', 'Liv', 'Eva']
    const register = registerWith({
      doctors: Object.fromEntries(five.map((name) => [name, '2020-01-01'])),
      groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Per', 'Liv', 'Eva'] } },
      sessions: ['02', '05', '09'].map(room),
    })
    for (const doctor of five) {
      expect(answer(register, doctor, atYearEnd)).toEqual({ ...nothingCounts, counted: 540, mandatory: '9.00' })
      expect(pointsIn(register, doctor, atYearEnd).lines.map(({ counted }) => counted)).toEqual([180, 180, 180])
    }
  })

  test('G13 with a leap-day anchor, a session on 28 February five years later is in the next period', () => {
    const register = registerWith({
      doctors: { Kari: '2020-02-29', Ola: null, Per: null },
      groups: { G1: { members: everyone } },
      sessions: [
        held('2025-01-10 15:00', 180, ...everyone),
        held('2025-02-27 15:00', 180, ...everyone),
        held('2025-02-28 15:00', 180, ...everyone),
      ],
    })
    const before = pointsIn(register, 'Kari', { asOf: '2025-02-27' })
    expect(before.period).toEqual({ from: '2020-02-29', to: '2025-02-28' })
    expect(before.lines.map(({ label }) => label)).toEqual(['S-2025-01-10', 'S-2025-02-27'])
    const after = pointsIn(register, 'Kari', { asOf: '2025-02-28' })
    expect(after.period).toEqual({ from: '2025-02-28', to: '2030-02-28' })
    expect(after.lines.map(({ label, counted }) => [label, counted])).toEqual([['S-2025-02-28', 180]])
  })

  test('G17 an attendance of November that was recorded in February has two right answers', () => {
    const late = { ...held('2023-11-14 15:00', 180, ...everyone), known: inOslo('2024-02-10 09:00') }
    const register = registerWith({ ...ofThree, sessions: [...sessionsIn([2023], 2, 180), late] })
    expect(answer(register, 'Kari', { asOf: '2023-12-31', knownAt: '2023-12-31' })).toEqual({
      ...nothingCounts,
      reasons: ['S-2023-01-03:GROUP_UNDER_3_MEETINGS', 'S-2023-02-03:GROUP_UNDER_3_MEETINGS'],
    })
    expect(answer(register, 'Kari', { asOf: '2023-12-31', knownAt: '2024-03-01' })).toEqual({
      ...nothingCounts,
      counted: 540,
      mandatory: '9.00',
    })
  })
})
