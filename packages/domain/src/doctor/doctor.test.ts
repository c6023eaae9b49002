// doctor.test.ts: what a doctor's record takes, and what it refuses

import fc from 'fast-check'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { anyDate } from '../testing/generators.ts'
import { activityNamed, anybody, as, deciderLaws, departmentNamed, doctorNamed, given } from '../testing/index.ts'
import { parseHprNumber } from '../values/hpr-number.ts'
import { legalDate } from '../values/legal-date.ts'
import { personal } from '../values/personal.ts'
import { doctor } from './doctor.ts'
import { type DoctorCommand, doctorCommands } from './doctor-commands.ts'
import { type DoctorEvent, doctorEvents } from './doctor-events.ts'

const kari = doctorNamed('Kari')
const children = departmentNamed('children')

const hpr = (written: string) => {
  const parsed = parseHprNumber(written)
  if (parsed._tag === 'None') throw new RangeError(written)
  return parsed.value
}

const registered: DoctorEvent = {
  type: 'DoctorRegistered',
  data: { name: personal(kari, 'Kari Nordmann'), municipality: null },
}
const claimed: DoctorEvent = { type: 'HprClaimed', data: { hpr: personal(kari, '7654321') } }
const opened = (anchor: string): DoctorEvent => ({ type: 'PeriodOpened', data: { anchor: legalDate(anchor) } })

const register: DoctorCommand = {
  type: 'RegisterDoctor',
  data: { doctor: kari, name: 'Kari Nordmann', municipality: null },
}
const claim: DoctorCommand = { type: 'ClaimHpr', data: { doctor: kari, hpr: hpr('007654321') } }
const open = (anchor: string): DoctorCommand => ({
  type: 'OpenPeriod',
  data: { doctor: kari, anchor: legalDate(anchor) },
})

describe('a doctor’s record', () => {
  test('S1-03a is opened once, with the name closed from the first event on', () => {
    given(doctor)().when(register).accepts(registered)
    given(doctor)(registered).when(register).refuses('DoctorAlreadyRegistered', { doctor: kari })
    const made = registered.type === 'DoctorRegistered' ? JSON.stringify(registered.data.name) : ''
    expect(made).not.toContain('Nordmann')
  })

  test('comes before anything else', () => {
    const role = { doctor: kari, role: 'gp', department: null } as const
    for (const command of [
      claim,
      open('2020-01-01'),
      { type: 'StartRole', data: { ...role, from: null } },
      { type: 'EndRole', data: { ...role, on: legalDate('2024-01-01') } },
    ] satisfies ReadonlyArray<DoctorCommand>) {
      given(doctor)().when(command, as('importer')).refuses('DoctorUnknown', { doctor: kari })
    }
  })

  test('S1-03a G18 claims an HPR number once, in its compared form', () => {
    given(doctor)(registered).when(claim).accepts(claimed)
    given(doctor)(registered, claimed).when(claim).refuses('HprClaimedAlready', { doctor: kari })
  })
})

describe('roles', () => {
  const started = (
    role: 'gp' | 'hospital-doctor' | 'department-doctor',
    department: typeof children | null,
  ): DoctorEvent => ({
    type: 'RoleStarted',
    data: { role, department, from: null },
  })
  const start = (
    role: 'gp' | 'hospital-doctor' | 'department-doctor',
    department: typeof children | null,
  ): DoctorCommand => ({
    type: 'StartRole',
    data: { doctor: kari, role, department, from: null },
  })
  const on = legalDate('2024-01-01')

  test('S1-04 one doctor can be both a GP and a hospital doctor', () => {
    given(doctor)(registered).when(start('gp', null)).accepts(started('gp', null))
    given(doctor)(registered, started('gp', null))
      .when(start('hospital-doctor', null))
      .accepts(started('hospital-doctor', null))
    const both = [registered, started('gp', null), started('hospital-doctor', null)]
    given(doctor)(...both)
      .when(start('department-doctor', children))
      .accepts(started('department-doctor', children))
  })

  test('are held once each; at two departments they are two', () => {
    const held = [registered, started('department-doctor', children)]
    given(doctor)(...held)
      .when(start('department-doctor', children))
      .doesNothing()
    const other = departmentNamed('biochemistry')
    given(doctor)(...held)
      .when(start('department-doctor', other))
      .accepts(started('department-doctor', other))
  })

  test('end no sooner than they begin; one of no days is none', () => {
    const from = legalDate('2024-02-01')
    const begun: DoctorEvent = { type: 'RoleStarted', data: { role: 'gp', department: null, from } }
    const end = (on: string): DoctorCommand => ({
      type: 'EndRole',
      data: { doctor: kari, role: 'gp', department: null, on: legalDate(on) },
    })
    given(doctor)(registered, begun).when(end('2024-01-31')).refuses('RoleEndsBeforeItBegins', { role: 'gp', from })
    given(doctor)(registered, begun)
      .when(end('2024-02-01'))
      .accepts({ type: 'RoleEnded', data: { role: 'gp', department: null, on: from } })
  })

  test('end, the other ones stay, and can be taken up again', () => {
    const ended: DoctorEvent = { type: 'RoleEnded', data: { role: 'gp', department: null, on } }
    const end: DoctorCommand = { type: 'EndRole', data: { doctor: kari, role: 'gp', department: null, on } }
    const held = [registered, started('gp', null), started('hospital-doctor', null)]
    given(doctor)(...held)
      .when(end)
      .accepts(ended)
    given(doctor)(...held, ended)
      .when(end)
      .refuses('RoleNotHeld', { role: 'gp' })
    given(doctor)(...held, ended)
      .when(start('hospital-doctor', null))
      .doesNothing()
    given(doctor)(...held, ended)
      .when(start('gp', null))
      .accepts(started('gp', null))
  })
})

describe('the period', () => {
  test('S1-05a is opened by the authority, or brought in; by nobody else', () => {
    given(doctor)(registered).when(open('2020-02-29'), as('authority')).accepts(opened('2020-02-29'))
    given(doctor)(registered).when(open('2020-02-29'), as('importer')).accepts(opened('2020-02-29'))
    given(doctor)(registered)
      .when(open('2020-02-29'))
      .refuses('NotForThisActor', { role: 'coordinator', needed: 'authority' })
  })

  test('S1-07a is opened once: the same anchor is nothing, another one is refused', () => {
    given(doctor)(registered, opened('2020-02-29')).when(open('2020-02-29'), as('authority')).doesNothing()
    given(doctor)(registered, opened('2020-02-29'))
      .when(open('2021-01-01'), as('authority'))
      .refuses('PeriodOpenedAlready', {
        anchor: legalDate('2020-02-29'),
      })
  })
})

describe('merges', () => {
  const again = doctorNamed('Kari again')
  const merge: DoctorCommand = { type: 'MergeDoctors', data: { doctor: kari, absorbed: again } }
  const unmerge: DoctorCommand = { type: 'UnmergeDoctors', data: { doctor: kari, absorbed: again } }
  const merged: DoctorEvent = { type: 'DoctorsMerged', data: { absorbed: again } }
  const unmerged: DoctorEvent = { type: 'DoctorsUnmerged', data: { absorbed: again } }

  test('S1-03 S1-05b are made and undone by the authority, by nobody else', () => {
    given(doctor)(registered).when(merge, as('authority')).accepts(merged)
    given(doctor)(registered, merged).when(unmerge, as('authority')).accepts(unmerged)
    for (const role of ['importer', 'coordinator']) {
      given(doctor)(registered).when(merge, as(role)).refuses('NotForThisActor', { role, needed: 'authority' })
      given(doctor)(registered, merged)
        .when(unmerge, as(role))
        .refuses('NotForThisActor', { role, needed: 'authority' })
    }
  })

  test('S1-03 are made once, can be made again after they were undone, and never with oneself', () => {
    given(doctor)(registered, merged).when(merge, as('authority')).doesNothing()
    given(doctor)(registered, merged, unmerged).when(merge, as('authority')).accepts(merged)
    given(doctor)(registered, merged, unmerged)
      .when(unmerge, as('authority'))
      .refuses('DoctorNotMerged', { absorbed: again })
    const itself: DoctorCommand = { type: 'MergeDoctors', data: { doctor: kari, absorbed: kari } }
    given(doctor)(registered).when(itself, as('authority')).refuses('DoctorIntoItself', { doctor: kari })
  })
})

describe('specialist training', () => {
  const [on, until] = [legalDate('2020-01-01'), legalDate('2024-07-01')]
  const start: DoctorCommand = { type: 'StartSpecialistTraining', data: { doctor: kari, on } }
  const grant: DoctorCommand = { type: 'GrantSpecialty', data: { doctor: kari, on: until } }
  const leave: DoctorCommand = { type: 'LeaveSpecialistTraining', data: { doctor: kari, on: until } }
  const started: DoctorEvent = { type: 'SpecialistTrainingStarted', data: { on } }
  const granted: DoctorEvent = { type: 'SpecialtyGranted', data: { on: until } }
  const left: DoctorEvent = { type: 'SpecialistTrainingLeft', data: { on: until } }

  test('S1-17 begins, and ends with the specialty or without it', () => {
    given(doctor)(registered).when(start).accepts(started)
    given(doctor)(registered, started).when(start).doesNothing()
    const later: DoctorCommand = { type: 'StartSpecialistTraining', data: { doctor: kari, on: until } }
    given(doctor)(registered, started).when(later).refuses('InTrainingAlready', { since: on })
    for (const ended of [granted, left])
      given(doctor)(registered, started, ended)
        .when(later)
        .accepts({ type: 'SpecialistTrainingStarted', data: { on: until } })
    given(doctor)(registered, started).when(leave).accepts(left)
    given(doctor)(registered).when(leave).refuses('NotInTraining', { on: until })
    const tooEarly: DoctorCommand = { type: 'LeaveSpecialistTraining', data: { doctor: kari, on } }
    given(doctor)(registered, started).when(tooEarly).refuses('NotInTraining', { on })
  })

  test('S1-05b the authority grants a specialty, or it is brought in; nobody else does', () => {
    for (const role of ['authority', 'importer'])
      given(doctor)(registered, started).when(grant, as(role)).accepts(granted)
    given(doctor)(registered, started)
      .when(grant)
      .refuses('NotForThisActor', { role: 'coordinator', needed: 'authority' })
    expect(doctor.mayCorrect?.('SpecialtyGranted', null, anybody, doctor.initial)).not.toBeNull()
    expect(doctor.mayCorrect?.('SpecialistTrainingStarted', null, anybody, doctor.initial)).toBeNull()
  })
})

describe('activities', () => {
  const on = legalDate('2024-03-01')
  const activity = activityNamed('a visit')
  const visit = (points: number, colleague = doctorNamed('Ola')) =>
    ({ kind: 'practice-visit', on, points, colleague }) as const
  const record = (points: number, colleague?: ReturnType<typeof doctorNamed>): DoctorCommand => ({
    type: 'RecordActivity',
    data: { doctor: kari, activity, what: visit(points, colleague) },
  })
  const recorded: DoctorEvent = { type: 'ActivityRecorded', data: { activity, what: visit(10) } }

  test('S1-18c are recorded once each, by anybody', () => {
    given(doctor)(registered).when(record(10)).accepts(recorded)
    given(doctor)(registered, recorded).when(record(10)).doesNothing()
    const { kind, ...rest } = visit(10)
    const backwards: DoctorCommand = {
      type: 'RecordActivity',
      data: { what: { ...rest, kind }, activity, doctor: kari },
    }
    given(doctor)(registered, recorded).when(backwards).doesNothing()
    given(doctor)(registered, recorded).when(record(5)).refuses('ActivityRecordedOtherwise', { activity })
    given(doctor)(registered).when(record(10, kari)).refuses('VisitToOneself', { doctor: kari })
    given(doctor)().when(record(10)).refuses('DoctorUnknown', { doctor: kari })
  })

  test('S1-18c have whole or half points', () => {
    const reads = (points: number) => isLeft(doctorCommands.RecordActivity?.decode(record(points)) ?? left([]))
    expect([0, 0.5, 10, 1000, 0.25, -1, 1000.5, Number.NaN].map(reads)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ])
  })
})

describe('the laws of deciders', () => {
  const role = fc.constantFrom('gp' as const, 'hospital-doctor' as const, 'department-doctor' as const)
  const department = fc.constantFrom(null, children)
  const on = anyDate(legalDate('2024-01-01'), legalDate('2024-01-05'))
  const anyCommand = fc.oneof(
    fc.constant(register),
    fc.constant(claim),
    fc
      .record({ role, department, from: fc.option(on) })
      .map((data): DoctorCommand => ({ type: 'StartRole', data: { doctor: kari, ...data } })),
    fc
      .record({ role, department, on })
      .map((data): DoctorCommand => ({ type: 'EndRole', data: { doctor: kari, ...data } })),
    on.map((anchor): DoctorCommand => ({ type: 'OpenPeriod', data: { doctor: kari, anchor } })),
    fc
      .record({
        type: fc.constantFrom('MergeDoctors' as const, 'UnmergeDoctors' as const),
        absorbed: fc.constantFrom('Kari again', 'Kari too').map(doctorNamed),
      })
      .map(({ type, absorbed }): DoctorCommand => ({ type, data: { doctor: kari, absorbed } })),
  )
  const asked = fc.record({ command: anyCommand, context: fc.constantFrom(anybody, as('importer'), as('authority')) })
  for (const { law, holdsFor } of deciderLaws(doctor, doctorEvents)) {
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
