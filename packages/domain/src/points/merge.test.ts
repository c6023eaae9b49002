// merge.test.ts: two records of one doctor, merged and unmerged, run the thresholds again both ways

import { describe, expect, test } from 'vitest'
import type { DoctorEvent } from '../doctor/doctor-events.ts'
import type { Recorded } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import {
  activityNamed,
  answer,
  attendanceOf,
  doctorNamed,
  doctorStream,
  groupNamed,
  inOslo,
  nothingCounts,
  pointsIn,
  type RegisterTable,
  registerWith,
  type SessionRow,
  type TestRegister,
  whole,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { shownPoints } from '../values/points.ts'
import { explanation } from './explanation.ts'
import { programme } from './programme.ts'

const atYearEnd = { asOf: '2024-12-31' }
const held = (session: string, date: string, present: ReadonlyArray<string>, minutes = 180): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes,
  present: { G1: present },
})

/** Kari was met at two sessions under one record and at two under another; three hours with each. */
const halves: RegisterTable = {
  doctors: { Kari: '2022-01-01', 'Kari again': null, Ola: '2022-01-01', Per: '2022-01-01' },
  groups: { G1: { members: ['Kari', 'Kari again', 'Ola', 'Per'] } },
  sessions: [
    held('S1', '2024-02-01', ['Kari', 'Ola', 'Per']),
    held('S2', '2024-05-01', ['Kari again', 'Ola', 'Per']),
    held('S3', '2024-09-01', ['Ola', 'Per']),
  ],
}

const merge = ({ record }: TestRegister, into: string, absorbed: string, date = '2024-10-01'): Recorded =>
  record(
    doctorStream(into),
    { type: 'DoctorsMerged', data: { absorbed: doctorNamed(absorbed) } },
    { recordedAt: inOslo(date), knownSince: inOslo(date) },
  )
const unmerge = ({ record }: TestRegister, into: string, absorbed: string, date: string): Recorded =>
  record(
    doctorStream(into),
    { type: 'DoctorsUnmerged', data: { absorbed: doctorNamed(absorbed) } },
    { recordedAt: inOslo(date), knownSince: inOslo(date) },
  )

describe('S1-03 3 h and 3 h under two records', () => {
  test('S1-03 become 6 h by a merge, and an unmerge undoes it, each as known then', () => {
    const register = registerWith(halves)
    merge(register, 'Kari', 'Kari again', '2024-10-05')
    unmerge(register, 'Kari', 'Kari again', '2024-12-05')
    const known = (knownAt: string) => answer(register, 'Kari', { ...atYearEnd, knownAt })
    const apart = { ...nothingCounts, reasons: ['S1:DOCTOR_UNDER_6_HOURS'] }
    expect(known('2024-09-30')).toEqual(apart)
    expect(known('2024-10-05')).toEqual({ ...nothingCounts, counted: 360, mandatory: '6.00' })
    expect(known('2024-12-05')).toEqual(apart)
  })

  test('S1-03 are the same answer by either record, under the one that stands', () => {
    const register = registerWith(halves)
    const { id } = merge(register, 'Kari', 'Kari again')
    const byOne = pointsIn(register, 'Kari', atYearEnd)
    expect(pointsIn(register, 'Kari again', atYearEnd)).toEqual(byOne)
    expect(byOne.doctor).toBe(doctorNamed('Kari'))
    expect(byOne.merged?.records).toEqual([doctorNamed('Kari'), doctorNamed('Kari again')])
    expect(byOne.merged?.facts.map((fact) => fact.id)).toEqual([id])
    for (const { facts } of byOne.lines) expect(facts.map((fact) => fact.id)).toContain(id)
  })

  test('S1-03 have the standing record’s period, or where it has none the earliest of the others', () => {
    const register = registerWith({
      ...halves,
      doctors: { ...halves.doctors, Third: '2021-06-01', Fourth: '2020-06-01' },
    })
    merge(register, 'Kari', 'Third')
    expect(pointsIn(register, 'Third', atYearEnd).period).toEqual({ from: '2022-01-01', to: '2027-01-01' })
    const other = registerWith({
      ...halves,
      doctors: { 'Kari again': null, Third: '2021-06-01', Fourth: '2020-06-01' },
    })
    for (const absorbed of ['Third', 'Fourth']) merge(other, 'Kari again', absorbed)
    expect(pointsIn(other, 'Third', atYearEnd).period).toEqual({ from: '2020-06-01', to: '2025-06-01' })
  })
})

describe('S1-07 what was granted and decided', () => {
  const kari = doctorNamed('Kari')
  const first = legalDate('2020-01-01')
  const granted = (on: string): DoctorEvent => ({
    type: 'PeriodExtended',
    data: { period: first, on: legalDate(on), by: { months: whole(6) }, ground: 'leave' },
  })
  const decided: DoctorEvent = {
    type: 'PeriodDecided',
    data: { period: first, on: legalDate('2024-09-01'), outcome: 'renewed' },
  }
  const twoRecords = () =>
    registerWith({ ...halves, doctors: { ...halves.doctors, Kari: '2020-01-01', 'Kari again': '2021-06-01' } })

  test('S1-07 under either record is the doctor’s, by the standing record’s anchor', () => {
    const register = twoRecords()
    const facts = [granted('2024-01-01'), decided].map((event) => register.record(doctorStream('Kari again'), event).id)
    expect(pointsIn(register, 'Kari', atYearEnd)).toMatchObject({ period: { to: '2025-01-01' }, decision: null })
    merge(register, 'Kari', 'Kari again')
    const merged = pointsIn(register, 'Kari', atYearEnd)
    expect(merged).toMatchObject({
      period: { from: '2020-01-01', to: '2025-07-01' },
      decision: { on: '2024-09-01', outcome: 'renewed' },
    })
    expect(merged.facts.map(({ id }) => id)).toEqual(expect.arrayContaining(facts))
  })

  test('S1-07 alike under both is granted and decided once, by the facts of both', () => {
    const register = twoRecords()
    const facts = ['Kari', 'Kari again'].flatMap((name) =>
      [granted('2024-01-01'), decided].map((event) => register.record(doctorStream(name), event).id),
    )
    merge(register, 'Kari', 'Kari again')
    const merged = pointsIn(register, 'Kari', atYearEnd)
    expect(merged).toMatchObject({ period: { to: '2025-07-01' }, decision: { on: '2024-09-01' } })
    expect(merged.facts.map(({ id }) => id)).toEqual(expect.arrayContaining(facts))
    register.record(doctorStream('Kari'), granted('2024-02-01'))
    expect(pointsIn(register, 'Kari', atYearEnd).period?.to).toBe('2026-01-01')
    for (const type of ['ComplaintFiled', 'ComplaintUpheld'] as const)
      register.record(doctorStream('Kari again'), { type, data: { period: first, on: legalDate('2024-10-01') } })
    expect(pointsIn(register, 'Kari', atYearEnd).decision).toBeNull()
  })

  test('S1-18c an activity that both records hold under one id was done once, by the facts of both', () => {
    const register = twoRecords()
    const done: DoctorEvent = {
      type: 'ActivityRecorded',
      data: { activity: activityNamed('course'), what: { kind: 'elective', on: legalDate('2024-03-01'), points: 5 } },
    }
    const facts = ['Kari', 'Kari again'].map((name) => register.record(doctorStream(name), done).id)
    merge(register, 'Kari', 'Kari again')
    const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt: inOslo('2100-01-01') }
    const { lines, elective } = programme(kari, register.evidence(), defaultPack, question)
    expect(lines.map((line) => line.facts.map(({ id }) => id))).toEqual([facts])
    expect(shownPoints(elective.other)).toBe('5.00')
  })
})

describe('both records on one list', () => {
  const bothThere = (one: SessionRow['present'][string]): RegisterTable => ({
    ...halves,
    sessions: ['2024-02-01', '2024-05-01', '2024-09-01'].map((date, nth) => ({
      ...held(`S${nth + 1}`, date, []),
      present: { G1: one },
    })),
  })

  test('S1-03 S1-10 are one of a quorum', () => {
    const register = registerWith(bothThere(['Kari', 'Kari again']))
    expect(answer(register, 'Kari', atYearEnd)).toMatchObject({ counted: 540 })
    const { id } = merge(register, 'Kari', 'Kari again')
    const merged = pointsIn(register, 'Kari', atYearEnd)
    expect(merged.lines.map(({ shortfall }) => shortfall)).toEqual(
      merged.lines.map(() => ({ reason: 'BELOW_QUORUM', needed: 2, found: 1, present: [doctorNamed('Kari')] })),
    )
    expect(merged.lines.every(({ facts }) => facts.some((fact) => fact.id === id))).toBe(true)
  })

  test('S1-10 are one of a quorum for somebody else too, who is told by which fact', () => {
    const register = registerWith(bothThere(['Kari', 'Kari again', { doctor: 'Ola', minutes: 0 }]))
    const other = merge(register, 'Per', 'Liv')
    const { id } = merge(register, 'Kari', 'Kari again')
    const [line] = pointsIn(register, 'Ola', atYearEnd).lines
    expect(line?.shortfall).toMatchObject({ reason: 'BELOW_QUORUM', found: 1 })
    const facts = line?.facts.map((fact) => fact.id)
    expect([facts?.includes(id), facts?.includes(other.id)]).toEqual([true, false])
  })

  test('S1-03 count the minutes once, those of both together', () => {
    const half = (doctor: string, times: string) => ({ doctor, times: [times] })
    const register = registerWith(bothThere([half('Kari', '15:00-17:00'), half('Kari again', '16:00-18:00'), 'Ola']))
    merge(register, 'Kari', 'Kari again')
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ present, counted }) => [present, counted])).toEqual(
      [1, 2, 3].map(() => [180, 180]),
    )
  })

  test('S1-03 rest on the facts of both, also on one that came later', () => {
    const register = registerWith(bothThere(['Kari', 'Ola', 'Per']))
    const attendance = attendanceOf('G1', 'Kari again', '2024-01-01')
    const data = { attendance, reason: 'forgotten' }
    const added = register.record(register.held('S1').stream, { type: 'AttendanceAdded', data })
    const { id } = merge(register, 'Kari', 'Kari again')
    const [first, second] = pointsIn(register, 'Kari', atYearEnd).lines.map(({ facts }) => facts.map((fact) => fact.id))
    expect([first?.includes(added.id), first?.includes(id)]).toEqual([true, true])
    expect(second).not.toContain(added.id)
  })

  test('S1-03 are a guest where either was one', () => {
    const guest = { doctor: 'Kari again', role: 'guest' } as const
    for (const list of [
      ['Kari', guest, 'Ola', 'Per'],
      [guest, 'Kari', 'Ola', 'Per'],
    ]) {
      const register = registerWith(bothThere(list))
      merge(register, 'Kari', 'Kari again')
      expect(answer(register, 'Kari', atYearEnd).reasons).toEqual(['S1:GUEST', 'S2:GUEST', 'S3:GUEST'])
    }
  })

  test('S1-03 host where either hosts, and what was taken off the list of one is shown', () => {
    const register = registerWith({
      ...halves,
      sessions: [
        { ...held('S1', '2024-02-01', ['Kari', 'Ola']), hosts: ['Kari again'] },
        held('S2', '2024-05-01', ['Kari again', 'Ola', 'Per']),
      ],
    })
    register.record(register.held('S2').stream, {
      type: 'AttendanceWithdrawn',
      data: { group: groupNamed('G1'), doctor: doctorNamed('Kari again'), reason: 'was not there' },
    })
    const { id } = merge(register, 'Kari', 'Kari again')
    const { lines, withdrawn } = pointsIn(register, 'Kari', atYearEnd)
    expect(lines.map(({ shortfall }) => shortfall?.reason)).toEqual(['HOSTING'])
    expect(withdrawn.map(({ label, facts }) => [label, facts.some((fact) => fact.id === id)])).toEqual([['S2', true]])
  })
})

test('S1-03 an explanation says which records are one doctor’s, and by which fact', () => {
  const register = registerWith(halves)
  const { id } = merge(register, 'Kari', 'Kari again')
  const names = {
    doctor: (doctor: string) => (doctor === doctorNamed('Kari') ? 'Kari' : 'Kari again'),
    group: () => 'G1',
  }
  const points = pointsIn(register, 'Kari', { asOf: '2024-12-31', knownAt: '2025-01-01' })
  expect(explanation(points, defaultPack, names).slice(-2)).toEqual([
    'These records are one doctor’s: Kari; Kari again.',
    `  records merged (DoctorsMerged ${id}), known since the end of 2024-09-30, recorded 2030-06-01T14:00:00.000+02:00`,
  ])
  expect(explanation(points, defaultPack, names, 'nb').at(-2)).toBe(
    'Disse oppføringene gjelder én lege: Kari; Kari again.',
  )
})
