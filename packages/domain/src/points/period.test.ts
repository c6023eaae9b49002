// period.test.ts: periods as they were opened, extended and decided, and what day each one's bounds are

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorStream, inOslo, pointsIn, registerWith, type SessionRow, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explanation } from './explanation.ts'
import { contains } from './period.ts'

const fromDecision: RulePack = {
  ...defaultPack,
  nextPeriod: { value: 'from-decision', source: defaultPack.nextPeriod.source },
}

/** Kari’s periods from that anchor, with what was recorded of them. */
const story = (anchor: string, sessions: ReadonlyArray<SessionRow> = []) => {
  const register = registerWith({
    doctors: { Kari: anchor },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions,
  })
  const record = (event: DoctorEvent, known?: string) =>
    register.record(
      doctorStream('Kari'),
      event,
      known === undefined ? {} : { recordedAt: inOslo(known), knownSince: inOslo(known) },
    )
  const on = (date: string) => legalDate(date)
  return {
    ...register,
    extended: (period: string, granted: string, by: number | string, known?: string) =>
      record(
        {
          type: 'PeriodExtended',
          data: {
            period: on(period),
            on: on(granted),
            by: typeof by === 'number' ? { months: whole(by) } : { to: on(by) },
            ground: 'parental-leave',
          },
        },
        known,
      ),
    decided: (period: string, date: string, outcome: 'renewed' | 'not-renewed' = 'renewed') =>
      record({ type: 'PeriodDecided', data: { period: on(period), on: on(date), outcome } }),
    complaint: (what: 'Filed' | 'Upheld' | 'Rejected', period: string, date: string) =>
      record({ type: `Complaint${what}`, data: { period: on(period), on: on(date) } }),
    period: (asOf: string, rules = defaultPack, knownAt?: string) =>
      pointsIn(register, 'Kari', { asOf, rules, ...(knownAt === undefined ? {} : { knownAt }) }).period,
    answered: (asOf: string, rules = fromDecision) => pointsIn(register, 'Kari', { asOf, rules }),
  }
}

const bounds = (from: string, to: string) => ({ from, to })

describe('the period of five years', () => {
  const period = (anchor: string, date: string) => story(anchor).period(date)

  test('S1-07 begins on the anchor, ends before the same day five years later', () => {
    expect(period('2020-03-15', '2020-03-15')).toEqual(bounds('2020-03-15', '2025-03-15'))
    expect(period('2020-03-15', '2025-03-14')).toEqual(bounds('2020-03-15', '2025-03-15'))
    expect(period('2020-03-15', '2025-03-15')).toEqual(bounds('2025-03-15', '2030-03-15'))
    expect(period('2020-03-15', '2041-01-01')).toEqual(bounds('2040-03-15', '2045-03-15'))
  })

  test('before the anchor there is none', () => {
    expect(period('2020-03-15', '2020-03-14')).toBeNull()
  })

  test('S1-07 of a leap-day anchor is computed from the anchor each time: 28 February, and 29 again after twenty years', () => {
    expect(period('2020-02-29', '2025-02-27')).toEqual(bounds('2020-02-29', '2025-02-28'))
    expect(period('2020-02-29', '2025-02-28')).toEqual(bounds('2025-02-28', '2030-02-28'))
    expect(period('2020-02-29', '2040-02-28')).toEqual(bounds('2035-02-28', '2040-02-29'))
    expect(period('2020-02-29', '2040-02-29')).toEqual(bounds('2040-02-29', '2045-02-28'))
  })

  test('contains its first day and not its last bound', () => {
    const five = { from: legalDate('2020-02-29'), to: legalDate('2025-02-28') }
    const days = ['2020-02-28', '2020-02-29', '2025-02-27', '2025-02-28'].map(legalDate)
    expect(days.map((date) => contains(five, date))).toEqual([false, true, true, false])
  })

  test('is the last there is where the calendar ends', () => {
    expect(period('9996-01-01', '9999-12-31')).toEqual(bounds('9996-01-01', '9999-12-31'))
  })
})

describe('an extension', () => {
  test('S1-07 by months is counted from the anchor, and moves the next period along', () => {
    const { extended, period } = story('2020-02-29')
    extended('2020-02-29', '2024-06-01', 6)
    expect(period('2025-08-28')).toEqual(bounds('2020-02-29', '2025-08-29'))
    expect(period('2025-08-29')).toEqual(bounds('2025-08-29', '2030-08-29'))
  })

  test('S1-07 several add up, whatever the order they were granted in', () => {
    for (const grants of [
      [6, 18],
      [18, 6],
    ]) {
      const { extended, period } = story('2020-02-29')
      for (const months of grants) extended('2021-01-01', '2024-06-01', months)
      expect(period('2024-12-31')).toEqual(bounds('2020-02-29', '2027-02-28'))
    }
  })

  test('S1-07 to a day is where the next ones are counted from; one to an earlier end shortens nothing', () => {
    const { extended, period } = story('2020-02-29')
    extended('2020-02-29', '2024-06-01', '2024-12-01')
    expect(period('2025-01-01')).toEqual(bounds('2020-02-29', '2025-02-28'))
    extended('2020-02-29', '2024-06-01', '2025-12-31')
    expect(period('2025-12-30')).toEqual(bounds('2020-02-29', '2025-12-31'))
    expect(period('2025-12-31')).toEqual(bounds('2025-12-31', '2030-12-31'))
    extended('2025-12-31', '2026-01-01', 2)
    expect(period('2026-01-01')).toEqual(bounds('2025-12-31', '2031-02-28'))
  })

  test('S1-07 counts from the day it was granted, and since it is known; only for the period that holds its day', () => {
    const { extended, period } = story('2020-01-01')
    extended('2020-01-01', '2025-02-01', 6, '2025-03-01')
    expect(period('2025-01-31')).toEqual(bounds('2025-01-01', '2030-01-01'))
    expect(period('2025-02-01')).toEqual(bounds('2020-01-01', '2025-07-01'))
    expect(period('2025-02-01', defaultPack, '2025-02-27')).toEqual(bounds('2025-01-01', '2030-01-01'))
    extended('2031-01-01', '2025-02-01', 6)
    expect(period('2025-07-01')).toEqual(bounds('2025-07-01', '2030-07-01'))
  })

  test('S1-07 is corrected and retracted like any fact', () => {
    const { extended, period, retract } = story('2020-01-01')
    const granted = extended('2020-01-01', '2024-01-01', 6)
    retract(granted)
    expect(period('2025-01-01')).toEqual(bounds('2025-01-01', '2030-01-01'))
  })
})

describe('where the next period begins', () => {
  const sixHours = (session: string, date: string): SessionRow => ({
    session,
    starts: `${date} 09:00`,
    minutes: 180,
    present: { G1: ['Kari', 'Ola'] },
  })
  const yearOf = (year: number) =>
    ['01-10', '02-10', '11-10'].map((day) => sixHours(`S${year}${day}`, `${year}-${day}`))

  test('S1-07 is the old end by default, whatever was decided when', () => {
    const { decided, answered } = story('2020-01-01')
    decided('2020-01-01', '2025-03-01')
    expect(answered('2025-06-01', defaultPack)).toMatchObject({
      period: bounds('2025-01-01', '2030-01-01'),
      decision: null,
      goesOn: false,
    })
    expect(answered('2024-12-31', defaultPack)).toMatchObject({ decision: null })
  })

  test('S1-07 a decision shows from its day on, on the period that it is about', () => {
    const { decided, answered } = story('2020-01-01')
    const { id } = decided('2020-01-01', '2024-11-01', 'not-renewed')
    const points = answered('2024-12-01', defaultPack)
    expect(points.decision).toEqual({ on: '2024-11-01', outcome: 'not-renewed' })
    expect(points.facts.map((fact) => fact.id)).toContain(id)
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(explanation(points, defaultPack, names)[2]).toBe('The authority decided on 2024-11-01: not renewed.')
    expect(explanation(points, defaultPack, names, 'nb')[2]).toBe('Legeforeningens vedtak 01.11.2024: ikke fornyet.')
  })

  test('S1-07 is the day of the decision where the rules say so: what was earlier stays in the old one', () => {
    const { decided, answered } = story('2020-01-01', [...yearOf(2024), ...yearOf(2025)])
    const { id } = decided('2020-01-01', '2025-03-01')
    expect(answered('2025-02-28')).toMatchObject({ period: bounds('2020-01-01', '2025-01-01'), goesOn: true })
    const next = answered('2025-12-31')
    expect(next).toMatchObject({ period: bounds('2025-03-01', '2030-03-01'), goesOn: false, decision: null })
    expect(next.lines.map(({ date }) => date)).toEqual(['2025-11-10'])
    expect(next.facts.map((fact) => fact.id)).toContain(id)
    const old = answered('2025-02-28')
    expect(old.lines.map(({ date }) => date)).toEqual([
      '2024-01-10',
      '2024-02-10',
      '2024-11-10',
      '2025-01-10',
      '2025-02-10',
    ])
  })

  test('S1-07 an early decision ends the old one early', () => {
    const { decided, answered } = story('2020-02-29')
    decided('2020-02-29', '2024-10-31')
    expect(answered('2024-10-30').period).toEqual(bounds('2020-02-29', '2025-02-28'))
    expect(answered('2024-10-31').period).toEqual(bounds('2024-10-31', '2029-10-31'))
  })

  test('S1-07 while nothing is decided the old one goes on, and says so', () => {
    const { answered, decided } = story('2020-01-01', [...yearOf(2024), ...yearOf(2031)])
    const points = answered('2031-12-31')
    expect(points).toMatchObject({ period: bounds('2020-01-01', '2025-01-01'), goesOn: true, countedMinutes: 1080 })
    const names = { doctor: () => 'Kari', group: () => 'G1' }
    expect(explanation(points, fromDecision, names)[2]).toBe(
      'That day has passed and nothing is decided, so the period goes on.',
    )
    expect(explanation(points, fromDecision, names, 'nb')[2]).toBe(
      'Den dagen er passert uten vedtak, så perioden løper videre.',
    )
    expect(explanation(points, fromDecision, names)).toContainEqual(
      expect.stringContaining('the next period begins on the day of the decision on the old one (nextPeriod)'),
    )
    decided('2020-01-01', '2032-01-01')
    expect(answered('2032-01-01').period).toEqual(bounds('2032-01-01', '2037-01-01'))
  })

  test('S1-07 an extension puts the day off from which it is overdue', () => {
    const { answered, extended } = story('2020-01-01')
    extended('2020-01-01', '2024-06-01', 12)
    expect(answered('2025-06-01')).toMatchObject({ period: bounds('2020-01-01', '2026-01-01'), goesOn: false })
    expect(answered('2026-01-01')).toMatchObject({ goesOn: true })
  })

  test('S1-07 a complaint that is upheld takes the decision away until there is another; one that is rejected does not', () => {
    const { answered, decided, complaint } = story('2020-01-01')
    decided('2020-01-01', '2025-03-01', 'not-renewed')
    const filed = complaint('Filed', '2020-01-01', '2025-03-10')
    complaint('Rejected', '2020-01-01', '2025-04-01')
    expect(answered('2025-04-01').period).toEqual(bounds('2025-03-01', '2030-03-01'))
    expect(answered('2025-04-01').facts.map(({ id }) => id)).toContain(filed.id)
    complaint('Filed', '2020-01-01', '2025-04-10')
    complaint('Upheld', '2020-01-01', '2025-05-01')
    expect(answered('2025-05-01')).toMatchObject({ period: bounds('2020-01-01', '2025-01-01'), goesOn: true })
    decided('2020-01-01', '2025-06-01')
    expect(answered('2025-06-01').period).toEqual(bounds('2025-06-01', '2030-06-01'))
    complaint('Filed', '2019-01-01', '2025-06-01')
    expect(answered('2025-06-01').period).toEqual(bounds('2025-06-01', '2030-06-01'))
  })
})
