// deciding.test.ts: which decision is a period's, to the day, and what an extension to its own end is

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { defaultPack } from '../rules/default-pack.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { doctorNamed, doctorStream, inOslo, registerWith } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { assessEachPeriod } from './points.ts'

const fromDecision: RulePack = {
  ...defaultPack,
  nextPeriod: { value: 'from-decision', source: defaultPack.nextPeriod.source },
}

const on = legalDate
const decided = (period: string, date: string): DoctorEvent => ({
  type: 'PeriodDecided',
  data: { period: on(period), on: on(date), outcome: 'renewed' },
})
const complaint = (what: 'Filed' | 'Upheld', period: string, date: string): DoctorEvent => ({
  type: `Complaint${what}`,
  data: { period: on(period), on: on(date) },
})
const extendedTo = (period: string, to: string): DoctorEvent => ({
  type: 'PeriodExtended',
  data: { period: on(period), on: on(period), by: { to: on(to) }, ground: 'parental-leave' },
})

/** Kari’s periods with what was recorded of them, each event with the facts that its period names by their order. */
const periodsOf = (anchor: string, asOf: string, rules: RulePack, ...events: ReadonlyArray<DoctorEvent>) => {
  const register = registerWith({ doctors: { Kari: anchor } })
  const ids = events.map((event) => register.record(doctorStream('Kari'), event).id)
  const question = { effectiveThrough: on(asOf), asKnownAt: inOslo('2100-01-01') }
  return assessEachPeriod(
    register.evidence(),
    rules,
    question,
  )(doctorNamed('Kari')).map(({ period, decision, goesOn, facts }) => ({
    days: `${period?.from} ${period?.to}`,
    decided: decision?.on ?? null,
    goesOn,
    facts: facts.map(({ id }) => ids.indexOf(id)).filter((nth) => nth >= 0),
    all: facts.length,
  }))
}

describe('a decision of the very day on which a period begins', () => {
  test('is not about it, though it names a day of it', () => {
    const event = decided('2020-01-01', '2020-01-01')
    const days = '2020-01-01 2025-01-01'
    for (const rules of [defaultPack, fromDecision])
      expect(periodsOf('2020-01-01', '2020-06-01', rules, event)).toEqual([
        { days, decided: null, goesOn: false, facts: [], all: 1 },
      ])
    const next = decided('2020-01-01', '2020-01-02')
    expect(periodsOf('2020-01-01', '2020-01-02', defaultPack, next)[0]?.decided).toBe('2020-01-02')
    expect(periodsOf('2020-01-01', '2020-01-02', fromDecision, next)[0]?.days).toBe('2020-01-01 2020-01-02')
  })
})

describe('a period that was decided', () => {
  test('goes on no more, and the one after it has not begun to', () => {
    expect(periodsOf('2020-01-01', '2026-01-01', fromDecision, decided('2020-01-01', '2025-03-01'))).toEqual([
      { days: '2020-01-01 2025-03-01', decided: '2025-03-01', goesOn: false, facts: [0], all: 2 },
      { days: '2025-03-01 2030-03-01', decided: null, goesOn: false, facts: [0], all: 2 },
    ])
  })

  test('has what became of its own complaints alone', () => {
    const events = [
      decided('2020-01-01', '2024-11-01'),
      complaint('Filed', '2020-01-01', '2024-11-10'),
      complaint('Upheld', '2020-01-01', '2024-12-01'),
    ]
    expect(periodsOf('2020-01-01', '2025-06-01', defaultPack, ...events)).toEqual([
      { days: '2020-01-01 2025-01-01', decided: null, goesOn: false, facts: [0, 1, 2], all: 4 },
      { days: '2025-01-01 2030-01-01', decided: null, goesOn: false, facts: [], all: 1 },
    ])
  })
})

test('an extension to the day on which the period ends anyway leaves the anchor’s 29 February to the later ones', () => {
  const none = periodsOf('2020-02-29', '2039-01-01', defaultPack)
  const [, second, , fourth] = periodsOf(
    '2020-02-29',
    '2039-01-01',
    defaultPack,
    extendedTo('2020-03-01', '2025-02-28'),
  )
  expect([second?.days, fourth?.days]).toEqual(['2025-02-28 2030-02-28', '2035-02-28 2040-02-29'])
  expect([none[1]?.days, none[3]?.days]).toEqual([second?.days, fourth?.days])
})
