// absurd-histories.test.ts: histories that are legal and could hardly be true are answered like any other

import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../kernel/correction.ts'
import type { Event, Recorded } from '../kernel/event.ts'
import { defaultPack } from '../rules/default-pack.ts'
import { everyCommand } from '../testing/every-command.ts'
import {
  answer,
  doctorNamed,
  groupNamed,
  instant,
  nothingCounts,
  opened,
  pointsIn,
  registerWith,
  type SessionRow,
  sessionNamed,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { points } from './points.ts'

const both = { G1: ['Kari', 'Ola'] }
const everything = { asOf: '9999-12-31' }

describe('sessions without measure', () => {
  test('three of ten years each count a day cap each', () => {
    const tenYears = 5_259_600
    const register = registerWith({
      doctors: { Kari: '2014-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] } },
      sessions: ['2014-01-10 15:00', '2014-02-10 15:00', '2014-03-10 15:00'].map((starts, nth) => ({
        session: `S${nth + 1}`,
        starts,
        minutes: tenYears,
        present: both,
      })),
    })
    expect(answer(register, 'Kari', { asOf: '2014-12-31' })).toEqual({
      ...nothingCounts,
      counted: 1080,
      mandatory: '18.00',
    })
  })

  test('from the first minute of the calendar to the last', () => {
    const register = registerWith({
      doctors: { Kari: '0001-01-01' },
      groups: {
        G1: {
          members: [
            { doctor: 'Kari', joined: '0001-01-01' },
            { doctor: 'Ola', joined: '0001-01-01' },
          ],
          signed: '0001-01-01',
        },
      },
    })
    const stream = registerWith({
      sessions: [{ session: 'S1', starts: '2024-01-10 15:00', minutes: 60, present: both }],
    }).held('S1')
    if (stream.event.type !== 'SessionHeld') throw new Error('no session')
    const data = {
      ...stream.event.data,
      starts: instant('0001-06-01T12:00:00.000Z'),
      ends: instant('9999-12-31T23:59:00.000Z'),
      date: legalDate('0001-06-01'),
    }
    register.record(stream.stream, { type: 'SessionHeld', data })
    const [line] = pointsIn(register, 'Kari', { asOf: '0001-12-31' }).lines
    expect(line).toMatchObject({
      present: 5_258_746_799,
      counted: 0,
      heldBack: 360,
      shortfall: { reason: 'GROUP_UNDER_3_MEETINGS' },
    })
    expect(answer(register, 'Kari', everything)).toEqual(nothingCounts)
  })

  test('in the last year there is, with a period that has no end to come', () => {
    const sessions = ['9999-01-10 15:00', '9999-02-10 15:00', '9999-12-30 21:00'].map((starts, nth) => ({
      session: `S${nth + 1}`,
      starts,
      minutes: 120,
      present: both,
    }))
    const register = registerWith({
      doctors: { Kari: '9998-02-28' },
      groups: { G1: { members: ['Kari', 'Ola'] } },
      sessions,
    })
    expect(answer(register, 'Kari', everything)).toEqual({ ...nothingCounts, counted: 360, mandatory: '6.00' })
    expect(pointsIn(register, 'Kari', everything).period).toEqual({ from: '9998-02-28', to: '9999-12-31' })
  })
})

test('a session with two thousand attendances is taken, and everybody’s points are answered', async () => {
  const { register } = opened()
  const importer = { actor: { id: 'a sheet', role: 'importer' } }
  const { ReportSessionHeld, RegisterGroup, DeclareIndustryFree } = everyCommand
  const doctors = Array.from({ length: 2000 }, (_, nth) => doctorNamed(`doctor ${nth}`))
  const attendance = doctors.map((doctor) => ({
    group: groupNamed('G1'),
    doctor,
    role: 'member',
    presence: { kind: 'whole' },
  }))
  for (const command of [
    RegisterGroup,
    DeclareIndustryFree,
    { ...ReportSessionHeld, data: { ...ReportSessionHeld.data, attendance } },
    { type: 'ReportAttendance', data: { session: sessionNamed('S1'), attendance: attendance.slice(0, 1000) } },
    { type: 'RegisterDoctor', data: { doctor: doctors[0], name: 'One of many', municipality: null } },
    { type: 'OpenPeriod', data: { doctor: doctors[0], anchor: '2024-01-01' } },
  ]) {
    const done = await register.execute(command, importer)()
    if (isLeft(done)) throw new Error(JSON.stringify(done.left))
  }
  const everyone = await register.everyonesPoints(register.question({ effectiveThrough: legalDate('2024-12-31') }))()
  expect(everyone).toMatchObject({ right: [{ lines: [{ present: 180, shortfall: { reason: 'NOT_MEMBER' } }] }] })
})

/** How often the events of the evidence are looked at while a doctor's points are computed. */
const looksAt = (evidence: Evidence): number => {
  let looks = 0
  const counted = <E extends Event>(history: ReadonlyArray<Recorded<Entry<E>>>): ReadonlyArray<Recorded<Entry<E>>> =>
    history.map(({ event, ...envelope }) => ({
      ...envelope,
      get event() {
        looks += 1
        return event
      },
    }))
  const within = <Key, Row extends { readonly history: ReadonlyArray<Recorded> }>(
    rows: ReadonlyMap<Key, Row>,
    map: (row: Row) => Row,
  ) => new Map([...rows].map(([key, row]) => [key, map(row)]))
  points(
    doctorNamed('Kari'),
    {
      ...evidence,
      doctors: within(evidence.doctors, (row) => ({ ...row, history: counted(row.history) })),
      groups: within(evidence.groups, (row) => ({ ...row, history: counted(row.history) })),
      sessions: new Map([...evidence.sessions].map(([key, history]) => [key, counted(history)])),
    },
    defaultPack,
    { effectiveThrough: legalDate('2024-12-31'), asKnownAt: instant('9999-12-31T23:59:59.999Z') },
  )
  return looks
}

test('twice as many sessions, twice as much to read', () => {
  const evidenceOf = (count: number): Evidence => {
    const sessions = Array.from(
      { length: count },
      (_, nth): SessionRow => ({
        session: `S${nth}`,
        starts: `2024-01-10 15:${String(nth % 60).padStart(2, '0')}`,
        minutes: 90,
        present: both,
      }),
    )
    return registerWith({
      doctors: { Kari: '2020-01-01' },
      groups: { G1: { members: ['Kari', 'Ola'] } },
      sessions,
    }).evidence()
  }
  const [some, twice] = [200, 400].map((count) => looksAt(evidenceOf(count)))
  expect(some).toBeGreaterThan(200)
  expect((twice ?? 0) / (some ?? 1)).toBeLessThan(2.1)
})
