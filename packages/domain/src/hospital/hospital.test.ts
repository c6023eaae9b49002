// hospital.test.ts: what a hospital's book takes, and what it refuses

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { anybody, as, deciderLaws, departmentNamed, given, hospitalNamed, reference, whole } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { OrganisationNumber } from '../values/organisation-number.ts'
import { type HospitalCommand, type HospitalEvent, hospital, hospitalCommands, hospitalEvents } from './hospital.ts'

const haukeland = hospitalNamed('Haukeland')
const haraldsplass = hospitalNamed('Haraldsplass')
const children = departmentNamed('children')
const biochemistry = departmentNamed('biochemistry')

const number = (text: string): OrganisationNumber => {
  if (!OrganisationNumber.is(text)) throw new RangeError(text)
  return text
}
const entity = number('974557746')

const site = { name: 'Haukeland', legalEntity: entity }
const clinic = { department: children, name: 'Barneklinikken', organisationNumber: entity, reference: reference('D1') }
const opening = {
  department: children,
  from: legalDate('2024-01-01'),
  to: null,
  sessionsPerMonth: whole(2),
  topics: ['asthma'],
}

const registered: HospitalEvent = { type: 'HospitalRegistered', data: site }
const closed: HospitalEvent = { type: 'HospitalClosed', data: { on: legalDate('2024-06-01') } }
const opened: HospitalEvent = { type: 'DepartmentRegistered', data: clinic }
const moved: HospitalEvent = {
  type: 'DepartmentMoved',
  data: { department: children, to: haraldsplass, on: legalDate('2024-03-01') },
}

const register: HospitalCommand = { type: 'RegisterHospital', data: { hospital: haukeland, ...site } }
const close: HospitalCommand = { type: 'CloseHospital', data: { hospital: haukeland, on: legalDate('2024-06-01') } }
const openDepartment: HospitalCommand = { type: 'RegisterDepartment', data: { hospital: haukeland, ...clinic } }
const move = (department: typeof children, to: typeof haukeland): HospitalCommand => ({
  type: 'MoveDepartment',
  data: { hospital: haukeland, department, to, on: legalDate('2024-03-01') },
})
const offer = (more: object = {}): HospitalCommand => ({
  type: 'OpenDepartmentOffer',
  data: { hospital: haukeland, ...opening, ...more },
})

describe('S1-01 a hospital', () => {
  test('S1-01 is a site that states the number of its legal entity, and is registered once', () => {
    given(hospital)().when(register).accepts(registered)
    given(hospital)(registered).when(register).refuses('HospitalAlreadyRegistered', { hospital: haukeland })
  })

  test('S1-01 with an impossible organisation number is no command at all', () => {
    for (const legalEntity of ['974557747', '000000000', '97455774']) {
      expect(
        hospitalCommands.RegisterHospital?.decode({
          type: 'RegisterHospital',
          data: { hospital: haukeland, name: 'x', legalEntity },
        })._tag,
      ).toBe('Left')
    }
    expect(hospitalCommands.RegisterHospital?.decode(register)._tag).toBe('Right')
  })

  test('S1-01 closes once, and its departments can still move away', () => {
    given(hospital)(registered).when(close).accepts(closed)
    given(hospital)(registered, closed).when(close).refuses('HospitalNotOpen', { hospital: haukeland, stage: 'closed' })
    given(hospital)(registered, closed).when(close, as('importer')).doesNothing()
    given(hospital)(registered, opened, closed)
      .when(openDepartment)
      .refuses('HospitalNotOpen', { hospital: haukeland, stage: 'closed' })
    given(hospital)(registered, opened, closed).when(move(children, haraldsplass)).accepts(moved)
    given(hospital)(registered, closed).when(openDepartment, as('importer')).accepts(opened)
  })

  test('comes before anything of it', () => {
    for (const command of [close, openDepartment, move(children, haraldsplass), offer()]) {
      given(hospital)()
        .when(command, as('importer'))
        .refuses('HospitalNotOpen', { hospital: haukeland, stage: 'unknown' })
    }
  })
})

describe('S1-02 departments', () => {
  test('S1-02 several of one organisation number, each with its own id', () => {
    given(hospital)(registered).when(openDepartment).accepts(opened)
    given(hospital)(registered, opened)
      .when(openDepartment)
      .refuses('DepartmentAlreadyRegistered', { department: children })
    const other = { ...clinic, department: biochemistry, name: 'Klinisk biokjemi' }
    given(hospital)(registered, opened)
      .when({ type: 'RegisterDepartment', data: { hospital: haukeland, ...other } })
      .accepts({ type: 'DepartmentRegistered', data: other })
  })

  test('S1-02 one that it has moves under the same id, once', () => {
    given(hospital)(registered, opened).when(move(children, haraldsplass)).accepts(moved)
    given(hospital)(registered, opened, moved).when(move(children, haraldsplass)).doesNothing()
    given(hospital)(registered, opened)
      .when(move(biochemistry, haraldsplass))
      .refuses('DepartmentUnknown', { department: biochemistry })
  })
})

describe('offers', () => {
  test('say when, how often and about what', () => {
    given(hospital)(registered, opened).when(offer()).accepts({ type: 'DepartmentOfferOpened', data: opening })
  })

  test('are a department’s', () => {
    given(hospital)(registered).when(offer()).refuses('DepartmentUnknown', { department: children })
  })

  test('do not end before they begin, unless history says so', () => {
    const to = legalDate('2023-12-31')
    given(hospital)(registered, opened)
      .when(offer({ to }))
      .refuses('OfferEndsBeforeItBegins', { from: opening.from, to })
    given(hospital)(registered, opened)
      .when(offer({ to: opening.from }))
      .accepts({ type: 'DepartmentOfferOpened', data: { ...opening, to: opening.from } })
    given(hospital)(registered, opened)
      .when(offer({ to }), as('importer'))
      .accepts({ type: 'DepartmentOfferOpened', data: { ...opening, to } })
  })
})

describe('the laws of deciders', () => {
  const department = fc.constantFrom(children, biochemistry)
  const on = anyDate(legalDate('2024-01-01'), legalDate('2024-01-05'))
  const anyCommand = fc.oneof(
    fc.constant(register),
    fc.constant(close),
    department.map(
      (one): HospitalCommand => ({
        type: 'RegisterDepartment',
        data: { hospital: haukeland, ...clinic, department: one },
      }),
    ),
    fc.tuple(department, fc.constantFrom(haukeland, haraldsplass)).map(([one, to]) => move(one, to)),
    fc.record({ department, from: on, to: fc.option(on) }).map(offer),
  )
  const asked = fc.record({ command: anyCommand, context: fc.constantFrom(anybody, as('importer')) })
  for (const { law, holdsFor } of deciderLaws(hospital, hospitalEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(asked, { maxLength: 20 }), (commands) => {
          holdsFor([{ command: register, context: anybody }, ...commands])
          holdsFor(commands)
        }),
      )
    })
  }
})

test('facts about a hospital that was never registered leave it unknown; a second registration changes nothing', () => {
  expect(hospital.evolve(hospital.initial, opened)).toEqual({ stage: 'unknown' })
  const known = [registered, opened].reduce(hospital.evolve, hospital.initial)
  expect(hospital.evolve(known, registered)).toBe(known)
})
