// known-doctor.test.ts: what several records of one doctor say of periods, decisions, training and work, put together

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import { nobodyMerged } from '../projections/persons.ts'
import { activityNamed, doctorNamed, doctorStream, inOslo, registerWith, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { activitiesKnown, doctorKnown, trainingKnown } from './known-doctor.ts'
import { course, visit } from './programme.test-kit.ts'

const on = legalDate
const question = { effectiveThrough: on('2030-01-01'), asKnownAt: inOslo('2100-01-01') }
const opened = (anchor: string): DoctorEvent => ({ type: 'PeriodOpened', data: { anchor: on(anchor) } })
const decided = (period: string, date: string, outcome: 'renewed' | 'not-renewed' = 'renewed'): DoctorEvent => ({
  type: 'PeriodDecided',
  data: { period: on(period), on: on(date), outcome },
})
const complaint = (what: 'Filed' | 'Upheld', period: string, date: string): DoctorEvent => ({
  type: `Complaint${what}`,
  data: { period: on(period), on: on(date) },
})
const extended = (period: string, months = 6): DoctorEvent => ({
  type: 'PeriodExtended',
  data: { period: on(period), on: on('2024-01-01'), by: { months: whole(months) }, ground: 'leave' },
})

type Told = DoctorEvent | { readonly event: DoctorEvent; readonly known: string }

/** The histories of records of one doctor, and the events by their ids: the second record’s third is `1.2`. */
const records = (...all: ReadonlyArray<ReadonlyArray<Told>>) => {
  const register = registerWith({})
  const named = new Map<string, string>()
  for (const [nth, events] of all.entries()) {
    for (const [index, one] of events.entries()) {
      const [event, knownSince] = 'known' in one ? [one.event, inOslo(one.known)] : [one, undefined]
      const said = knownSince === undefined ? {} : { knownSince }
      named.set(register.record(doctorStream(`${nth}`), event, said).id, `${nth}.${index}`)
    }
  }
  const rows = register.evidence().doctors
  const histories = all.map((_, nth) => rows.get(doctorNamed(`${nth}`))?.history ?? [])
  const names = (facts: ReadonlyArray<{ readonly id: string }>) => facts.map(({ id }) => named.get(id))
  return { histories, names }
}

/** What is known of a doctor’s periods, each fact by its name. */
const known = (...all: ReadonlyArray<ReadonlyArray<Told>>) => {
  const { histories, names } = records(...all)
  const { anchor, extensions, decisions, fallen, facts } = doctorKnown(histories, question)
  return {
    anchor,
    facts: names(facts),
    extensions: extensions.map((one) => [one.period, ...names(one.facts)].join(' ')),
    decisions: decisions.map((one) => [one.period, one.on, one.outcome, ...names(one.facts)].join(' ')),
    fallen: fallen.map((one) => [one.period, one.on, one.outcome, ...names(one.facts)].join(' ')),
  }
}
const nothing = { anchor: null, facts: [], extensions: [], decisions: [], fallen: [] }

describe('the anchor', () => {
  test('is the standing record’s, and else the earliest, in whichever order the others come', () => {
    expect(known([])).toEqual(nothing)
    expect(known()).toEqual(nothing)
    expect(known([opened('2022-01-01')], [opened('2020-01-01')])).toEqual({
      ...nothing,
      anchor: '2022-01-01',
      facts: ['0.0'],
    })
    const earliest = { ...nothing, anchor: '2020-01-01' }
    expect(known([], [opened('2021-01-01')], [opened('2020-01-01')])).toEqual({ ...earliest, facts: ['2.0'] })
    expect(known([], [opened('2020-01-01')], [opened('2021-01-01')])).toEqual({ ...earliest, facts: ['1.0'] })
    expect(known([], [], [opened('2020-01-01')], [])).toEqual({ ...earliest, facts: ['2.0'] })
  })
})

describe('what was granted', () => {
  test('comes by the day that it names, alike once with the facts of all', () => {
    const first = [extended('2025-06-01'), extended('2021-01-01')]
    expect(known(first, [extended('2021-01-01'), extended('2021-01-01', 7)])).toEqual({
      ...nothing,
      extensions: ['2021-01-01 0.1 1.0', '2021-01-01 1.1', '2025-06-01 0.0'],
    })
  })
})

describe('what was decided', () => {
  test('comes by its day, then by when it was known, whichever record has it', () => {
    const [late, early] = [decided('2020-01-01', '2024-12-01'), decided('2020-01-01', '2024-11-01')]
    const inOrder = (first: string, second: string) => ({
      ...nothing,
      decisions: [`2020-01-01 2024-11-01 renewed ${first}`, `2020-01-01 2024-12-01 renewed ${second}`],
    })
    expect(known([late], [early])).toEqual(inOrder('1.0', '0.0'))
    expect(known([early], [late])).toEqual(inOrder('0.0', '1.0'))
    const not = { event: decided('2020-01-01', '2024-11-01', 'not-renewed'), known: '2025-01-01' }
    const yes = { event: decided('2020-01-01', '2024-11-01'), known: '2025-01-02' }
    const sameDay = (first: string, second: string) => [
      `2020-01-01 2024-11-01 not-renewed ${first}`,
      `2020-01-01 2024-11-01 renewed ${second}`,
    ]
    expect(known([yes], [not]).decisions).toEqual(sameDay('1.0', '0.0'))
    expect(known([not], [yes]).decisions).toEqual(sameDay('0.0', '1.0'))
  })

  test('falls by a complaint about it that is upheld, and what is about another period stays', () => {
    const both = [decided('2020-01-01', '2024-11-01'), decided('2025-01-01', '2029-11-01')]
    const filed = complaint('Filed', '2025-01-01', '2029-11-10')
    const upheld = complaint('Upheld', '2025-01-01', '2029-12-01')
    const [first, second] = ['2020-01-01 2024-11-01 renewed 0.0', '2025-01-01 2029-11-01 renewed 0.1']
    expect(known([...both, filed])).toEqual({ ...nothing, decisions: [first, `${second} 0.2`] })
    expect(known([...both, filed, upheld])).toEqual({ ...nothing, decisions: [first], fallen: [`${second} 0.2 0.3`] })
  })

  test('is not what was granted of the same day', () => {
    const { decisions, extensions } = known([decided('2021-01-01', '2023-11-01'), extended('2021-01-01')])
    expect([decisions, extensions]).toEqual([['2021-01-01 2023-11-01 renewed 0.0'], ['2021-01-01 0.1']])
  })
})

describe('training', () => {
  const begun: DoctorEvent = { type: 'SpecialistTrainingStarted', data: { on: on('2021-01-01') } }

  test('goes on whatever else is recorded of the doctor', () => {
    const { histories } = records([begun, extended('2021-01-01'), decided('2020-01-01', '2023-01-01')])
    expect(trainingKnown(histories, question).map(({ from, to }) => [from, to])).toEqual([['2021-01-01', null]])
  })
})

test('what was done is told as it was recorded, with a colleague where there is one', () => {
  const whats = [course('skin', 15), visit('2022-04-01')]
  const { histories } = records(
    whats.map((what, nth) => ({ type: 'ActivityRecorded', data: { activity: activityNamed(`${nth}`), what } })),
  )
  expect(activitiesKnown(histories, question, nobodyMerged).map(({ what }) => what)).toStrictEqual(whats)
})
