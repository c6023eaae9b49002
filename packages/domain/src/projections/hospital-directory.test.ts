// hospital-directory.test.ts: hospitals, and where each department was on a date

import { describe, expect, test } from 'vitest'
import type { HospitalEvent } from '../hospital/hospital.ts'
import { replay } from '../kernel/replay.ts'
import {
  departmentNamed,
  type Envelope,
  hospitalNamed,
  hospitalStream,
  inOslo,
  logbook,
  reference,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { OrganisationNumber } from '../values/organisation-number.ts'
import { directoryOn, hospitalDirectory } from './hospital-directory.ts'

const number = (text: string): OrganisationNumber => {
  if (!OrganisationNumber.is(text)) throw new RangeError(text)
  return text
}
const helseBergen = number('974557746')
const children = departmentNamed('children')
const clinic = {
  department: children,
  name: 'Barneklinikken',
  organisationNumber: helseBergen,
  reference: reference('D1'),
}

const story = () => {
  const book = logbook<HospitalEvent>()
  const registered = (hospital: string, legalEntity = helseBergen) =>
    book.record(hospitalStream(hospital), { type: 'HospitalRegistered', data: { name: hospital, legalEntity } })
  const closed = (hospital: string, on: string) =>
    book.record(hospitalStream(hospital), { type: 'HospitalClosed', data: { on: legalDate(on) } })
  const opened = (hospital: string, data = clinic) =>
    book.record(hospitalStream(hospital), { type: 'DepartmentRegistered', data })
  const moved = (hospital: string, to: string, on: string, said?: Envelope) =>
    book.record(
      hospitalStream(hospital),
      { type: 'DepartmentMoved', data: { department: children, to: hospitalNamed(to), on: legalDate(on) } },
      said,
    )
  const on = (date: string, knownAt = '2100-01-01') =>
    directoryOn(replay(hospitalDirectory, book.history), {
      effectiveThrough: legalDate(date),
      asKnownAt: inOslo(knownAt),
    })
  return { book, registered, closed, opened, moved, on }
}

describe('S1-01 hospitals', () => {
  test('S1-01 site and legal entity are two things: one entity has several sites', () => {
    const { registered, on } = story()
    registered('Haukeland')
    registered('Voss')
    registered('Haraldsplass', number('984027737'))
    const site = (name: string, legalEntity: OrganisationNumber) => ({
      hospital: hospitalNamed(name),
      name,
      legalEntity,
      closed: null,
    })
    expect(on('2024-01-01').hospitals).toEqual([
      site('Haukeland', helseBergen),
      site('Voss', helseBergen),
      site('Haraldsplass', number('984027737')),
    ])
  })

  test('S1-01 a closed hospital keeps its history, and its departments theirs', () => {
    const { registered, opened, closed, on } = story()
    registered('Haukeland')
    opened('Haukeland')
    closed('Haukeland', '2024-06-01')
    expect(on('2024-05-31').hospitals).toMatchObject([{ closed: null }])
    expect(on('2024-06-01').hospitals).toMatchObject([{ name: 'Haukeland', closed: '2024-06-01' }])
    expect(on('2024-06-01').departments).toMatchObject([{ department: children, hospital: hospitalNamed('Haukeland') }])
  })
})

describe('S1-02 departments', () => {
  test('S1-02 one that moves hospital keeps its id', () => {
    const { registered, opened, moved, on } = story()
    registered('Haukeland')
    opened('Haukeland')
    moved('Haukeland', 'Haraldsplass', '2024-03-01')
    const entry = {
      department: children,
      label: 'D1',
      reference: reference('D1'),
      name: 'Barneklinikken',
      organisationNumber: helseBergen,
    }
    expect(on('2024-02-29').departments).toEqual([{ ...entry, hospital: hospitalNamed('Haukeland') }])
    expect(on('2024-03-01').departments).toEqual([{ ...entry, hospital: hospitalNamed('Haraldsplass') }])
  })

  test('S1-02 of several moves the latest effective one counts, whatever was known last', () => {
    const { registered, opened, moved, on } = story()
    registered('Haukeland')
    opened('Haukeland')
    moved('Haukeland', 'Voss', '2024-06-01', { knownSince: inOslo('2024-06-01') })
    moved('Haukeland', 'Haraldsplass', '2024-03-01', { knownSince: inOslo('2024-09-01') })
    const at = (date: string, knownAt: string) => on(date, knownAt).departments[0]?.hospital
    expect([at('2024-04-01', '2024-07-01'), at('2024-04-01', '2024-10-01'), at('2024-07-01', '2024-10-01')]).toEqual(
      ['Haukeland', 'Haraldsplass', 'Voss'].map(hospitalNamed),
    )
  })

  test('S1-02 without a name of its own it goes by its id', () => {
    const { registered, opened, on } = story()
    registered('Haukeland')
    opened('Haukeland', { ...clinic, reference: reference('D2') })
    expect(on('2024-01-01').departments[0]?.label).toBe('D2')
    const bare = story()
    bare.registered('Haukeland')
    bare.book.record(hospitalStream('Haukeland'), {
      type: 'DepartmentRegistered',
      data: { ...clinic, reference: null },
    })
    expect(bare.on('2024-01-01').departments[0]?.label).toBe(children)
  })

  test('what is said of a hospital or department that is not there has no effect', () => {
    const { closed, moved, book, on } = story()
    closed('Haukeland', '2024-01-01')
    moved('Haukeland', 'Voss', '2024-01-01')
    expect(on('2024-06-01')).toEqual({ hospitals: [], departments: [] })
    const rows = new Map([['no hospital', book.history]])
    expect(directoryOn(rows, { effectiveThrough: legalDate('2024-06-01'), asKnownAt: inOslo('2100-01-01') })).toEqual({
      hospitals: [],
      departments: [],
    })
  })
})
