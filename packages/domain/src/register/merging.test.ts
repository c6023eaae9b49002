// merging.test.ts: records of one doctor, merged and unmerged in a register

import { isLeft, right } from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  commandNamed,
  doctorNamed,
  groupNamed,
  inOslo,
  type Opened,
  opened,
  reference,
  sessionNamed,
} from '../testing/index.ts'
import type { DoctorId } from '../values/identity.ts'
import { legalDate } from '../values/legal-date.ts'

const importer = { actor: { id: 'a sheet', role: 'importer' } }
const theAuthority = { actor: { id: 'the board', role: 'authority' } }
const [kari, again, third] = ['Kari', 'Kari again', 'Kari too'].map(doctorNamed)

let app: Opened
beforeEach(async () => {
  app = opened()
  for (const name of ['Kari', 'Kari again', 'Kari too', 'Ola'])
    await done({ type: 'RegisterDoctor', data: { doctor: doctorNamed(name), name, municipality: null } })
})

const done = async (command: { readonly type: string; readonly data: object }): Promise<void> => {
  const by = /MergeDoctors|UnmergeDoctors/i.test(command.type) ? theAuthority : importer
  const receipt = await app.register.execute(command, by)()
  if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
}

const merge = (doctor: DoctorId | undefined, absorbed: DoctorId | undefined) => ({
  type: 'MergeDoctors',
  data: { doctor, absorbed },
})
const unmerge = (doctor: DoctorId | undefined, absorbed: DoctorId | undefined) => ({
  type: 'UnmergeDoctors',
  data: { doctor, absorbed },
})
const asked = async (command: object, id = commandNamed(JSON.stringify(command))) => {
  const receipt = await app.register.execute(command, { ...theAuthority, id })()
  return isLeft(receipt) && receipt.left._tag === 'Refused' ? receipt.left.refusal : receipt
}

describe('S1-03 a merge is refused', () => {
  test('S1-03 with a record that is not there', async () => {
    const nobody = doctorNamed('nobody')
    expect(await asked(merge(kari, nobody))).toEqual({ _tag: 'DoctorUnknown', doctor: nobody })
    expect(await asked(merge(nobody, kari))).toEqual({ _tag: 'DoctorUnknown', doctor: nobody })
  })

  test('S1-03 where it would close a circle', async () => {
    await done(merge(again, kari))
    await done(merge(third, again))
    expect(await asked(merge(kari, third))).toEqual({ _tag: 'DoctorMergedAlready', doctor: kari, into: third })
    expect(await asked(merge(again, third))).toEqual({ _tag: 'DoctorMergedAlready', doctor: again, into: third })
  })

  test('S1-03 with a record that is part of another already, which is the one to merge', async () => {
    await done(merge(kari, again))
    expect(await asked(merge(third, again))).toEqual({ _tag: 'DoctorMergedAlready', doctor: again, into: kari })
    expect(await asked(merge(third, kari))).toMatchObject({ _tag: 'Right' })
  })

  test('S1-03 but not where it is so already, nor where it is asked for again under its id', async () => {
    const first = await asked(merge(kari, again))
    expect(first).toMatchObject({ right: { repeated: false, events: [expect.any(String)] } })
    expect(await asked(merge(kari, again), commandNamed('another wish'))).toMatchObject({ right: { events: [] } })
    await done(unmerge(kari, again))
    await done(merge(again, kari))
    expect(await asked(merge(kari, again))).toMatchObject({ right: { repeated: true } })
  })

  test('S1-05b of anybody but the authority, before anything is looked up', async () => {
    const refused = await app.register.execute(merge(kari, again), importer)()
    expect(refused).toMatchObject({
      left: { refusal: { _tag: 'NotForThisActor', role: 'importer', needed: 'authority' } },
    })
  })
})

test('S1-05b a merge is retracted by the authority alone, as anything it does', async () => {
  await done(merge(kari, again))
  const made = app.log.log.findLast(({ type }) => type === 'DoctorsMerged')
  const retraction = {
    type: 'RetractFact',
    data: { stream: made?.stream, corrects: made?.id, reason: 'two after all' },
  }
  expect(await app.register.execute(retraction, importer)()).toMatchObject({
    left: { refusal: { _tag: 'NotForThisActor', role: 'importer', needed: 'authority' } },
  })
  expect(await asked(retraction)).toMatchObject({ _tag: 'Right' })
})

describe('a doctor of two records', () => {
  const meets = (session: string, date: string, present: ReadonlyArray<string>) => ({
    type: 'ReportSessionHeld',
    data: {
      session: sessionNamed(session),
      starts: inOslo(`${date} 15:00`),
      ends: inOslo(`${date} 18:00`),
      zone: 'Europe/Oslo',
      place: null,
      department: null,
      hosts: [],
      groups: [groupNamed('G1')],
      topics: [],
      attendance: present.map((name) => ({
        group: groupNamed('G1'),
        doctor: doctorNamed(name),
        role: 'member',
        presence: { kind: 'whole' },
      })),
      reference: reference(session),
      request: null,
    },
  })

  beforeEach(async () => {
    const on = '2020-01-01'
    const group = groupNamed('G1')
    await done({
      type: 'RegisterGroup',
      data: { group, name: 'G1', municipality: null, on, reference: reference('G1') },
    })
    for (const name of ['Kari', 'Kari again', 'Ola'])
      await done({ type: 'AddMember', data: { group, doctor: doctorNamed(name), on } })
    await done({ type: 'AppointContactPerson', data: { group, doctor: again, on } })
    await done({ type: 'DeclareIndustryFree', data: { group, by: doctorNamed('Ola'), on } })
    for (const doctor of [kari, again]) await done({ type: 'OpenPeriod', data: { doctor, anchor: '2022-01-01' } })
    await done(meets('S1', '2024-02-01', ['Kari', 'Ola']))
    await done(meets('S2', '2024-05-01', ['Kari again', 'Ola']))
    await done(meets('S3', '2024-09-01', ['Kari again', 'Kari', 'Ola']))
  })

  const question = () => app.register.question({ effectiveThrough: legalDate('2024-12-31') })
  const minutesOf = async (doctor: DoctorId | undefined) => {
    const points = doctor === undefined ? undefined : await app.register.points(doctor, question())()
    return points === undefined || isLeft(points) ? points : points.right.countedMinutes
  }

  test('S1-03 has the same points by either, and is listed once', async () => {
    expect([await minutesOf(kari), await minutesOf(again)]).toEqual([360, 360])
    await done(merge(kari, again))
    expect([await minutesOf(kari), await minutesOf(again)]).toEqual([540, 540])
    const everyone = await app.register.everyonesPoints(question())()
    expect(isLeft(everyone) ? everyone : everyone.right.map(({ doctor }) => doctor)).toEqual([kari])
    await done(unmerge(kari, again))
    expect([await minutesOf(kari), await minutesOf(again)]).toEqual([360, 360])
  })

  test('S1-03 is one member of the group, and its contact under the record that stands', async () => {
    const entry = async () => {
      const groups = await app.register.groupRegister(question())()
      return isLeft(groups)
        ? groups
        : groups.right.map(({ members, warning, contact }) => ({ members, warning, contact }))
    }
    const ola = doctorNamed('Ola')
    expect(await entry()).toEqual([{ members: [kari, again, ola], warning: null, contact: again }])
    await done(merge(kari, again))
    expect(await entry()).toEqual([{ members: [kari, ola], warning: 'UNDER_3', contact: kari }])
  })

  test('S1-03 is found by the number of either, and called by it where the standing record has none', async () => {
    await done({ type: 'ClaimHpr', data: { doctor: again, hpr: '7654321' } })
    await done(merge(kari, again))
    if (kari === undefined || again === undefined) throw new Error('no ids')
    const people = await app.register.people([kari])()
    expect(isLeft(people) ? people : people.right.get(kari)).toEqual({
      name: { _tag: 'Known', text: 'Kari' },
      hpr: { _tag: 'Known', text: '7654321' },
    })
    const persons = await app.register.persons(question())()
    expect(isLeft(persons) ? persons : persons.right.recordsOf(again)).toEqual([kari, again])
    expect(await app.register.people([again])()).toEqual(
      right(
        new Map([[again, { name: { _tag: 'Known', text: 'Kari again' }, hpr: { _tag: 'Known', text: '7654321' } }]]),
      ),
    )
  })
})
