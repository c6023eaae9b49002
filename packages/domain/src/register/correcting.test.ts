// correcting.test.ts: who may put what right, and in which way

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Receipt } from '../kernel/handle.ts'
import { type Opened, opened } from '../testing/index.ts'
import {
  doctorNamed,
  doctorStream,
  groupNamed,
  inOslo,
  reference,
  sessionNamed,
  sessionStream,
} from '../testing/names.ts'
import { legalDate } from '../values/legal-date.ts'

const by = (role: string) => ({ actor: { id: `some ${role}`, role } })
const kari = doctorNamed('Kari')
const ola = doctorNamed('Ola')

const done = async ({ register }: Opened, command: unknown, role: string): Promise<Receipt> => {
  const receipt = await register.execute(command, by(role))()
  if (isLeft(receipt)) throw new Error(JSON.stringify(receipt.left))
  return receipt.right
}

const refusalOf = async ({ register }: Opened, command: unknown, role: string): Promise<unknown> => {
  const receipt = await register.execute(command, by(role))()
  return isLeft(receipt) && receipt.left._tag === 'Refused' ? receipt.left.refusal : receipt
}

describe('S1-05a a period', () => {
  const withPeriod = async () => {
    const app = opened()
    await done(app, { type: 'RegisterDoctor', data: { doctor: kari, name: 'Kari', municipality: null } }, 'coordinator')
    const { events } = await done(
      app,
      { type: 'OpenPeriod', data: { doctor: kari, anchor: '2020-01-01' } },
      'authority',
    )
    return { app, corrects: events[0] }
  }

  test('is put right by the authority alone, as it is opened by it alone', async () => {
    const { app, corrects } = await withPeriod()
    const data = { stream: doctorStream('Kari'), corrects, reason: 'a typing error' }
    const correction = { type: 'CorrectFact', data: { ...data, fact: { anchor: '2021-01-01' } } }
    const refused = { _tag: 'NotForThisActor', role: 'coordinator', needed: 'authority' }
    expect(await refusalOf(app, correction, 'coordinator')).toEqual(refused)
    expect(await refusalOf(app, { type: 'RetractFact', data }, 'coordinator')).toEqual(refused)
    expect(app.log.log).toHaveLength(2)

    await done(app, correction, 'authority')
    const points = await app.register.points(
      kari,
      app.register.question({ effectiveThrough: legalDate('2022-12-31') }),
    )()
    expect(points).toMatchObject({ right: { period: { from: '2021-01-01', to: '2026-01-01' } } })
  })

  test('that stands so already is not corrected again', async () => {
    const { app, corrects } = await withPeriod()
    const asBefore = { stream: doctorStream('Kari'), corrects, reason: 'to be sure', fact: { anchor: '2020-01-01' } }
    expect(await done(app, { type: 'CorrectFact', data: asBefore }, 'authority')).toMatchObject({ events: [] })
    expect(app.log.log).toHaveLength(2)
  })
})

describe('a session that was held', () => {
  const meeting = {
    starts: inOslo('2020-03-02 17:00'),
    ends: inOslo('2020-03-02 19:00'),
    zone: 'Europe/Oslo',
    place: 'practice',
    department: null,
    hosts: [],
    groups: [groupNamed('G1')],
    topics: [],
    reference: reference('S1'),
    request: null,
    attendance: [{ group: groupNamed('G1'), doctor: kari, role: 'member', presence: { kind: 'whole' } }],
  }
  const corrected = async (fact: object) => {
    const app = opened()
    const reported = { type: 'ReportSessionHeld', data: { session: sessionNamed('S1'), ...meeting } }
    const { events } = await done(app, reported, 'importer')
    const data = {
      stream: sessionStream('S1'),
      corrects: events[0],
      reason: 'misread',
      fact: { ...meeting, date: '2020-03-02', ...fact },
    }
    const refusal = await refusalOf(app, { type: 'CorrectFact', data }, 'coordinator')
    return { refusal, events: app.log.log.length }
  }

  test('is not corrected into one that cannot have been', async () => {
    const [one] = meeting.attendance
    expect(await corrected({ ends: meeting.starts })).toMatchObject({
      refusal: { _tag: 'EndNotAfterStart' },
      events: 1,
    })
    expect(await corrected({ date: '2020-03-03' })).toMatchObject({
      refusal: { _tag: 'DateNotOfStart', date: '2020-03-03' },
      events: 1,
    })
    expect(await corrected({ attendance: [{ ...one, group: groupNamed('G2') }] })).toMatchObject({
      refusal: { _tag: 'GroupNotAtSession', group: groupNamed('G2') },
      events: 1,
    })
    expect(await corrected({ attendance: [one, one] })).toMatchObject({
      refusal: { _tag: 'AlreadyPresent', doctor: kari },
      events: 1,
    })
  })

  test('is corrected into one that can', async () => {
    const [one] = meeting.attendance
    expect(await corrected({ attendance: [{ ...one, doctor: ola }] })).toMatchObject({
      refusal: { _tag: 'Right' },
      events: 2,
    })
  })
})

describe('a sealed text in a correction', () => {
  const withTwo = async () => {
    const app = opened()
    for (const [doctor, name] of [
      [kari, 'Kari'],
      [ola, 'Ola'],
    ] as const)
      await done(app, { type: 'RegisterDoctor', data: { doctor, name, municipality: null } }, 'coordinator')
    await done(app, { type: 'ClaimHpr', data: { doctor: kari, hpr: '7654321' } }, 'coordinator')
    const [ofKari, ofOla, claim] = app.log.log.map(({ id, data }) => ({ id, ...JSON.parse(data) }))
    const correct = (fact: object, corrects = ofKari.id) => ({
      type: 'CorrectFact',
      data: { stream: doctorStream('Kari'), corrects, reason: 'moved', fact: { municipality: '4601', ...fact } },
    })
    return { app, correct, ofKari, ofOla, claim }
  }
  const names = async ({ register }: Opened) => {
    const people = await register.people([kari, ola])()
    return isLeft(people) ? people : [...people.right.values()].map(({ name }) => name)
  }
  const known = ['Kari', 'Ola'].map((text) => ({ _tag: 'Known', text }))

  test('is taken where the record holds it: the rest of the fact is put right beside it', async () => {
    const { app, correct, ofKari } = await withTwo()
    expect(await done(app, correct({ name: ofKari.name }), 'coordinator')).toMatchObject({ revision: 2 })
    expect(await names(app)).toEqual(known)
  })

  test.for(['another person’s', 'what nobody sealed', 'what another field holds'])(
    'is refused where it is %s, and names can still be read',
    async (what) => {
      const { app, correct, ofKari, ofOla, claim } = await withTwo()
      const made = { sealed: { person: kari, box: 'made up' } }
      const name = what === 'another person’s' ? ofOla.name : what === 'what nobody sealed' ? made : claim.hpr
      expect(await refusalOf(app, correct({ name }), 'coordinator')).toEqual({
        _tag: 'FactMalformed',
        type: 'DoctorRegistered',
        found: 'name: found a sealed text that this record never held there, expected one that it holds',
      })
      expect(await refusalOf(app, correct({ hpr: ofKari.name }, claim.id), 'coordinator')).toMatchObject({
        _tag: 'FactMalformed',
        type: 'HprClaimed',
      })
      expect(app.log.log).toHaveLength(3)
      expect(await names(app)).toEqual(known)
    },
  )
})
