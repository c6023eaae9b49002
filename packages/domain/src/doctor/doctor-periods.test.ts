// doctor-periods.test.ts: who may open, extend and decide a period, and how a decision is complained of

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { as, deciderLaws, doctorNamed, given, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { personal } from '../values/personal.ts'
import { doctor } from './doctor.ts'
import { type DoctorCommand, doctorCommands } from './doctor-commands.ts'
import { type DoctorEvent, doctorEvents, periodExtended } from './doctor-events.ts'

const kari = doctorNamed('Kari')
const authority = as('authority')
const first = legalDate('2020-02-29')
const granted = legalDate('2024-06-01')
const decidedOn = legalDate('2025-03-01')
const complainedOn = legalDate('2025-03-10')
const settledOn = legalDate('2025-05-01')
const earlier = legalDate('2020-02-28')

const registered: DoctorEvent = {
  type: 'DoctorRegistered',
  data: { name: personal(kari, 'Kari Nordmann'), municipality: null },
}
const opened: DoctorEvent = { type: 'PeriodOpened', data: { anchor: first } }
const extended: DoctorEvent = {
  type: 'PeriodExtended',
  data: { period: first, on: granted, by: { months: whole(6) }, ground: 'leave' },
}
const decision: DoctorEvent = { type: 'PeriodDecided', data: { period: first, on: decidedOn, outcome: 'not-renewed' } }
const filed: DoctorEvent = { type: 'ComplaintFiled', data: { period: first, on: complainedOn } }
const upheld: DoctorEvent = { type: 'ComplaintUpheld', data: { period: first, on: settledOn } }
const rejected: DoctorEvent = { type: 'ComplaintRejected', data: { period: first, on: settledOn } }

const extend = (changed: object = {}): DoctorCommand => ({
  type: 'ExtendPeriod',
  data: { doctor: kari, period: first, on: granted, by: { months: whole(6) }, ground: 'leave', ...changed },
})
const decide = (changed: object = {}): DoctorCommand => ({
  type: 'DecidePeriod',
  data: { doctor: kari, period: first, on: decidedOn, outcome: 'not-renewed', ...changed },
})
const complaint = (type: 'FileComplaint' | 'UpholdComplaint' | 'RejectComplaint', on = settledOn): DoctorCommand => ({
  type,
  data: { doctor: kari, period: first, on },
})
const aPeriod = [registered, opened]

test('S1-05b only the authority extends, decides and settles; anybody may say that a complaint came', () => {
  for (const role of ['importer', 'coordinator']) {
    const refusal = { role, needed: 'authority' }
    const story = [...aPeriod, decision, filed]
    for (const command of [extend(), decide(), complaint('UpholdComplaint'), complaint('RejectComplaint')])
      given(doctor)(...story)
        .when(command, as(role))
        .refuses('NotForThisActor', refusal)
    given(doctor)(...aPeriod, decision)
      .when(complaint('FileComplaint', complainedOn), as(role))
      .accepts(filed)
  }
})

describe('an extension', () => {
  test('S1-07 has a ground and no more, and is granted once', () => {
    given(doctor)(...aPeriod)
      .when(extend(), authority)
      .accepts(extended)
    given(doctor)(...aPeriod, extended)
      .when(extend(), authority)
      .doesNothing()
    const { doctor: id, ...said } = extend().data
    const backwards = { ...Object.fromEntries(Object.entries(said).reverse()), doctor: id }
    const again = doctorCommands.ExtendPeriod?.decode({ type: 'ExtendPeriod', data: backwards })
    if (again?._tag !== 'Right') throw new Error('no command')
    given(doctor)(...aPeriod, extended)
      .when(again.right, authority)
      .doesNothing()
    const more = { by: { to: decidedOn } }
    given(doctor)(...aPeriod, extended)
      .when(extend(more), authority)
      .accepts({ type: 'PeriodExtended', data: { period: first, on: granted, ...more, ground: 'leave' } })
  })

  test('S1-07 is of a period that there is, and of a day after it begins', () => {
    given(doctor)(registered).when(extend(), authority).refuses('NoPeriodThen', { period: first, anchor: null })
    given(doctor)(...aPeriod)
      .when(extend({ period: earlier }), authority)
      .refuses('NoPeriodThen', { period: earlier, anchor: first })
    given(doctor)(...aPeriod)
      .when(extend({ by: { to: first } }), authority)
      .refuses('EndNotAfterBegin', { period: first, on: first })
  })
})

describe('an end that is given to a period', () => {
  const latest = legalDate('2070-02-28')
  const late = legalDate('2070-03-01')
  const until = (to: typeof late): DoctorEvent => ({
    type: 'PeriodExtended',
    data: { period: first, on: granted, by: { to }, ground: 'leave' },
  })

  test('lies at most 50 years after the day that names it, as months of an extension do', () => {
    given(doctor)(...aPeriod)
      .when(extend({ by: { to: latest } }), authority)
      .accepts(until(latest))
    for (const to of [late, legalDate('9999-12-31')])
      given(doctor)(...aPeriod)
        .when(extend({ by: { to } }), authority)
        .refuses('PeriodEndsTooLate', { period: first, to, latest })
  })

  test('is not put right to a later one, and a later one that is stored can be, or taken back', () => {
    const after = [...aPeriod, until(late)].reduce(doctor.evolve, doctor.initial)
    const meaning = (to: typeof late) => doctor.mayCorrect?.('PeriodExtended', until(to), authority, after)
    expect(meaning(latest)).toBeNull()
    expect(doctor.mayCorrect?.('PeriodExtended', null, authority, after)).toBeNull()
    expect(meaning(late)).toEqual({ _tag: 'PeriodEndsTooLate', period: first, to: late, latest })
    expect(doctor.mayCorrect?.('PeriodExtended', until(late), as('coordinator'), after)).toEqual({
      ...{ _tag: 'NotForThisActor', role: 'coordinator', needed: 'authority' },
    })
  })

  test('stays readable where a later one was stored', () => {
    const stored = until(legalDate('9999-12-31'))
    expect(periodExtended.decode(1, stored.data)).toEqual({ _tag: 'Right', right: stored })
    given(doctor)(...aPeriod, stored)
      .when(extend({ by: { to: legalDate('9999-12-31') } }), authority)
      .doesNothing()
  })
})

describe('a decision', () => {
  test('S1-07 is made once', () => {
    given(doctor)(...aPeriod)
      .when(decide(), authority)
      .accepts(decision)
    given(doctor)(...aPeriod, decision)
      .when(decide(), authority)
      .doesNothing()
    for (const other of [{ outcome: 'renewed' }, { on: settledOn }])
      given(doctor)(...aPeriod, decision)
        .when(decide(other), authority)
        .refuses('PeriodDecidedAlready', { period: first, on: decidedOn, outcome: 'not-renewed' })
  })

  test('S1-07 is of a period that there is, after it began', () => {
    given(doctor)(registered).when(decide(), authority).refuses('NoPeriodThen', { period: first, anchor: null })
    given(doctor)(...aPeriod)
      .when(decide({ on: first }), authority)
      .refuses('EndNotAfterBegin', { period: first, on: first })
  })

  test('S1-07 of the next period leaves that of the first alone', () => {
    const next = { period: decidedOn, on: legalDate('2030-03-01') }
    given(doctor)(...aPeriod, decision)
      .when(decide(next), authority)
      .accepts({ type: 'PeriodDecided', data: { ...next, outcome: 'not-renewed' } })
  })
})

describe('a complaint', () => {
  test('S1-07 is of a decision, and filed once until it is settled', () => {
    const file = complaint('FileComplaint', complainedOn)
    given(doctor)(...aPeriod)
      .when(file)
      .refuses('NothingDecided', { period: first, on: complainedOn })
    given(doctor)(...aPeriod, decision)
      .when(complaint('FileComplaint', granted))
      .refuses('NothingDecided', { period: first, on: granted })
    given(doctor)(...aPeriod, decision, filed)
      .when(file)
      .doesNothing()
    given(doctor)(...aPeriod, decision, filed)
      .when(complaint('FileComplaint'))
      .refuses('ComplaintFiledAlready', { period: first, on: complainedOn })
    given(doctor)(...aPeriod, decision, filed, rejected)
      .when(complaint('FileComplaint'))
      .accepts({ type: 'ComplaintFiled', data: { period: first, on: settledOn } })
  })

  test('S1-07 upheld makes way for another decision, rejected does not', () => {
    const open = [...aPeriod, decision, filed]
    given(doctor)(...open)
      .when(complaint('UpholdComplaint'), authority)
      .accepts(upheld)
    given(doctor)(...open)
      .when(complaint('RejectComplaint'), authority)
      .accepts(rejected)
    const anew = { on: settledOn, outcome: 'renewed' }
    given(doctor)(...open, upheld)
      .when(decide(anew), authority)
      .accepts({ type: 'PeriodDecided', data: { period: first, on: settledOn, outcome: 'renewed' } })
    given(doctor)(...open, rejected)
      .when(decide(anew), authority)
      .refuses('PeriodDecidedAlready', { period: first, on: decidedOn, outcome: 'not-renewed' })
  })

  test('S1-07 that was not filed, or is settled, cannot be settled', () => {
    for (const history of [aPeriod, [...aPeriod, decision], [...aPeriod, decision, filed, rejected]])
      given(doctor)(...history)
        .when(complaint('UpholdComplaint'), authority)
        .refuses('NoComplaint', { period: first, on: settledOn })
    given(doctor)(...aPeriod, decision, filed)
      .when(complaint('RejectComplaint', decidedOn), authority)
      .refuses('NoComplaint', { period: first, on: decidedOn })
  })
})

test('S1-05b what the authority said is corrected by the authority alone', () => {
  const after = doctor.initial
  const types = ['PeriodExtended', 'PeriodDecided', 'ComplaintUpheld', 'ComplaintRejected'] as const
  for (const type of types) {
    expect(doctor.mayCorrect?.(type, null, as('importer'), after)).toEqual({
      _tag: 'NotForThisActor',
      role: 'importer',
      needed: 'authority',
    })
    expect(doctor.mayCorrect?.(type, null, authority, after)).toBeNull()
  }
  expect(doctor.mayCorrect?.('ComplaintFiled', null, as('coordinator'), after)).toBeNull()
  expect(doctor.mayCorrect?.('PeriodOpened', null, as('importer'), after)).toBeNull()
  expect(doctor.mayCorrect?.('HprClaimed', null, as('coordinator'), after)).toBeNull()
})

describe('the laws of deciders hold', () => {
  const day = anyDate(first, legalDate('2020-03-03'))
  const by = fc.oneof(
    fc.integer({ min: 1, max: 24 }).map((months) => ({ months: whole(months) })),
    day.map((to) => ({ to })),
  )
  const anyCommand = fc
    .record({ period: day, on: day, by, outcome: fc.constantFrom('renewed' as const, 'not-renewed' as const) })
    .chain(({ period, on, by, outcome }) => {
      const data = { doctor: kari, period, on }
      return fc.constantFrom<DoctorCommand>(
        { type: 'ExtendPeriod', data: { ...data, by, ground: 'other' } },
        { type: 'DecidePeriod', data: { ...data, outcome } },
        { type: 'FileComplaint', data },
        { type: 'UpholdComplaint', data },
        { type: 'RejectComplaint', data },
      )
    })
  const begun: ReadonlyArray<DoctorCommand> = [
    { type: 'RegisterDoctor', data: { doctor: kari, name: 'Kari Nordmann', municipality: null } },
    { type: 'OpenPeriod', data: { doctor: kari, anchor: first } },
  ]
  for (const { law, holdsFor } of deciderLaws(doctor, doctorEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
          holdsFor([...begun, ...commands].map((command) => ({ command, context: authority })))
        }),
      )
    })
  }
})
