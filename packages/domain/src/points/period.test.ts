// period.test.ts: periods as they were opened, extended and decided, and what day each one's bounds are

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import { dispensation, inForceAfter, pack, published, source, sourced } from '../rules/published.test-kit.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorNamed, doctorStream, inOslo, pointsIn, registerWith, type SessionRow, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { explanation } from './explanation.ts'
import { contains } from './period.ts'
import { assessEachPeriod } from './points.ts'

const fromDecision: RulePack = {
  ...defaultPack,
  nextPeriod: { value: 'from-decision', source: defaultPack.nextPeriod.source },
}

/** The default pack, and another from that day on. */
const since = (day: string, changes: Parameters<typeof pack>[1]): RulesInForce =>
  inForceAfter(published.pack(pack(day, changes)))
const fixed = (value: unknown) => ({ value, source, permission: 'fixed' })

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
    period: (asOf: string, rules: RulePack | RulesInForce = defaultPack, knownAt?: string) =>
      pointsIn(register, 'Kari', { asOf, rules, ...(knownAt === undefined ? {} : { knownAt }) }).period,
    answered: (asOf: string, rules: RulePack | RulesInForce = fromDecision) =>
      pointsIn(register, 'Kari', { asOf, rules }),
  }
}

const orders = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0
    ? [[]]
    : all.flatMap((one, index) => orders(all.filter((_, other) => other !== index)).map((rest) => [one, ...rest]))

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

  test('S1-07 of several by months and to a day the latest day is taken, and all months added, in whichever order they were granted', () => {
    for (const order of orders([6, '2025-03-01', '2025-02-01', 1])) {
      const { extended, period } = story('2020-01-01')
      for (const by of order) extended('2020-01-01', '2024-06-01', by)
      expect(period('2024-12-31')).toEqual(bounds('2020-01-01', '2025-10-01'))
    }
    // One names a day that the period holds only by the other.
    for (const order of orders([0, 1])) {
      const { extended, period } = story('2020-01-01')
      for (const nth of order)
        if (nth === 0) extended('2020-01-01', '2024-06-01', 6)
        else extended('2025-03-01', '2024-06-01', '2026-01-01')
      expect(period('2024-12-31')).toEqual(bounds('2020-01-01', '2026-07-01'))
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

  test('S1-07 a decision on the next period leaves the bounds of the first alone', () => {
    const { decided, answered } = story('2020-01-01')
    decided('2020-01-01', '2024-11-01')
    decided('2024-11-01', '2029-10-01')
    const first = answered('2024-10-31')
    const [second, third] = ['2024-11-01', '2029-10-01'].map((day) => answered(day).period)
    expect(first.period).toEqual(bounds('2020-01-01', '2025-01-01'))
    expect([second, third]).toEqual([bounds('2024-11-01', '2029-11-01'), bounds('2029-10-01', '2034-10-01')])
    const register = story('2020-01-01')
    register.decided('2020-01-01', '2024-11-01')
    register.decided('2024-11-01', '2029-10-01')
    const question = { effectiveThrough: legalDate('2030-01-01'), asKnownAt: inOslo('2100-01-01') }
    const each = assessEachPeriod(register.evidence(), fromDecision, question)(doctorNamed('Kari'))
    expect(each.map(({ period }) => period)).toEqual([
      bounds('2020-01-01', '2024-11-01'),
      bounds('2024-11-01', '2029-10-01'),
      bounds('2029-10-01', '2034-10-01'),
    ])
  })

  test('S1-07 a second decision on a period moves it no more, and where the periods follow the old end the newest shows', () => {
    const { decided, answered } = story('2020-01-01')
    const first = decided('2020-01-01', '2024-11-01')
    const second = decided('2021-01-01', '2024-12-01', 'not-renewed')
    const ids = answered('2024-12-31', defaultPack).facts.map(({ id }) => id)
    expect(ids.slice(-2)).toEqual([first.id, second.id])
    expect(answered('2024-12-31').period).toEqual(bounds('2024-11-01', '2029-11-01'))
    expect(answered('2024-12-31', defaultPack).decision).toEqual({ on: '2024-12-01', outcome: 'not-renewed' })
  })

  test('S1-07 while it goes on, what names a day after its end is about it', () => {
    const late = story('2020-01-01')
    late.decided('2026-06-01', '2026-07-01')
    expect(late.answered('2026-07-01').period).toEqual(bounds('2026-07-01', '2031-07-01'))
    const longer = story('2020-01-01')
    const { id } = longer.extended('2025-06-01', '2025-06-01', 12)
    const goesOn = longer.answered('2025-07-01')
    expect(goesOn).toMatchObject({ period: bounds('2020-01-01', '2026-01-01'), goesOn: false })
    expect(goesOn.facts.map((fact) => fact.id)).toContain(id)
    longer.decided('2025-06-01', '2025-06-15')
    longer.extended('2025-06-15', '2025-07-01', 1)
    expect(longer.answered('2025-07-01').period).toEqual(bounds('2025-06-15', '2030-07-15'))
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
    const behind = ['PeriodDecided', 'ComplaintFiled', 'ComplaintRejected', 'ComplaintFiled', 'ComplaintUpheld']
    expect(answered('2025-05-01').facts.map(({ type }) => type)).toEqual(['PeriodOpened', ...behind])
    decided('2020-01-01', '2025-06-01')
    expect(answered('2025-06-01').period).toEqual(bounds('2025-06-01', '2030-06-01'))
    complaint('Filed', '2019-01-01', '2025-06-01')
    expect(answered('2025-06-01').period).toEqual(bounds('2025-06-01', '2030-06-01'))
  })
})

describe('rules that were published for a later day', () => {
  const threeYears = { periodYears: fixed(3) }

  test('S1-07 S1-20 change no period that had begun before them', () => {
    const { period } = story('2020-01-01')
    const rules = since('2024-01-01', threeYears)
    expect(period('2021-01-01', rules)).toEqual(bounds('2020-01-01', '2025-01-01'))
    expect(period('2024-06-01', rules)).toEqual(bounds('2020-01-01', '2025-01-01'))
    expect(period('2025-01-01', rules)).toEqual(bounds('2025-01-01', '2028-01-01'))
    expect(period('2024-06-01', since('2020-01-01', threeYears))).toEqual(bounds('2023-01-01', '2026-01-01'))
  })

  test('S1-07 S1-20 say how the next period begins only for those that begin after them', () => {
    const { answered, decided } = story('2015-01-01')
    const changed = { nextPeriod: fixed('from-decision') }
    decided('2015-01-01', '2020-03-01')
    const rules = since('2021-01-01', changed)
    expect(answered('2022-01-01', rules).period).toEqual(bounds('2020-01-01', '2025-01-01'))
    expect(answered('2030-06-01', rules)).toMatchObject({ period: bounds('2025-01-01', '2030-01-01'), goesOn: true })
    const back = inForceAfter(published.pack(pack('2010-01-01', changed)), published.pack(pack('2021-01-01')))
    expect(answered('2022-01-01', back).period).toEqual(bounds('2020-03-01', '2025-03-01'))
    expect(answered('2026-01-01', back)).toMatchObject({ period: bounds('2020-03-01', '2025-03-01'), goesOn: true })
  })

  test('S1-07 S1-20 so it is with a dispensation, and where that is over', () => {
    const { period } = story('2020-01-01')
    const free = published.pack(pack('2010-01-01', { periodYears: { value: 5, source, permission: 'free' } }))
    const granted = (from: string, until: string) =>
      inForceAfter(
        free,
        published.dispensation(dispensation(doctorNamed('Kari'), sourced({ periodYears: 7 }), from, until)),
      )
    expect(period('2026-01-01', granted('2020-01-01', '2021-01-01'))).toEqual(bounds('2020-01-01', '2027-01-01'))
    expect(period('2021-06-01', granted('2021-01-01', '2022-01-01'))).toEqual(bounds('2020-01-01', '2025-01-01'))
  })

  test('S1-20 are not named as what a period that had begun before them follows', () => {
    const { answered } = story('2020-01-01')
    const rules = since('2024-01-01', threeYears)
    const said = explanation(answered('2024-06-01', rules), rules, { doctor: () => 'Kari', group: () => 'G1' })
    expect(said).toContainEqual(expect.stringContaining('a period is 5 years (periodYears)'))
  })
})
