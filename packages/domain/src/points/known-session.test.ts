// known-session.test.ts: a session as known: who stands on its list after all that was put right, and when it was planned

import { describe, expect, test } from 'vitest'
import { personsKnown } from '../projections/persons.ts'
import type { SessionEvent } from '../session/session-events.ts'
import {
  attendanceOf,
  doctorNamed,
  doctorStream,
  groupNamed,
  inOslo,
  type PresentRow,
  registerWith,
  sessionNamed,
  sessionStream,
} from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { minutesOf } from '../values/minutes.ts'
import { type KnownSession, sessionKnown } from './known.ts'

const kari = ['G1', 'Kari'] as const
const asKnownAt = inOslo('2100-01-01')

/** A session of two hours on 1 May, and what was said of it later. */
const session = (
  present: Readonly<Record<string, ReadonlyArray<PresentRow>>> = { G1: ['Kari', 'Ola'], G2: ['Kari'] },
) => {
  const register = registerWith({ sessions: [{ session: 'S1', starts: '2024-05-01 15:00', minutes: 120, present }] })
  const say = (...events: ReadonlyArray<SessionEvent>): ReadonlyArray<string> =>
    events.map((event) => register.record(sessionStream('S1'), event).id)
  const known = (asOf = '2024-12-31'): KnownSession | null => {
    const { sessions, merges } = register.evidence()
    const question = { effectiveThrough: legalDate(asOf), asKnownAt }
    return sessionKnown(sessions.get(sessionNamed('S1')) ?? [], question, personsKnown(merges, question))
  }
  return { ...register, say, known }
}
const added = (group: string, row: PresentRow): SessionEvent => ({
  type: 'AttendanceAdded',
  data: { attendance: attendanceOf(group, row, '2024-05-01'), reason: '' },
})
const takenOff = (group: string, doctor: string, reason = ''): SessionEvent => ({
  type: 'AttendanceWithdrawn',
  data: { group: groupNamed(group), doctor: doctorNamed(doctor), reason },
})
const names = new Map(['Kari', 'Ola', 'Per'].map((name) => [doctorNamed(name), name]))
const list = (known: KnownSession | null) =>
  known?.attendance.map(
    ({ group, doctor, role, present }) =>
      `${group === groupNamed('G1') ? 'G1' : 'G2'} ${names.get(doctor)} ${role} ${minutesOf(present)}`,
  )
const takenOffList = (known: KnownSession | null) =>
  known?.withdrawn.map(
    ({ group, doctor, reason }) => `${group === groupNamed('G1') ? 'G1' : 'G2'} ${names.get(doctor)} ${reason}`,
  )

describe('who is on the list', () => {
  test('is there once with each group, as was said last, behind those who were there before', () => {
    const of = session()
    expect(list(of.known())).toEqual(['G1 Kari member 120', 'G1 Ola member 120', 'G2 Kari member 120'])
    of.say(added('G1', { doctor: 'Kari', role: 'guest', minutes: 30 }))
    expect(list(of.known())).toEqual(['G1 Ola member 120', 'G2 Kari member 120', 'G1 Kari guest 30'])
    of.say(added('G2', 'Ola'))
    expect(list(of.known())).toEqual([
      'G1 Ola member 120',
      'G2 Kari member 120',
      'G1 Kari guest 30',
      'G2 Ola member 120',
    ])
  })

  test('is taken off it with one group and no other, and is not forgotten until put on it again', () => {
    const of = session()
    of.say(takenOff(...kari, 'ill'), takenOff('G1', 'Ola', 'away'), takenOff('G2', 'Kari', 'late'))
    expect(list(of.known())).toEqual([])
    expect(takenOffList(of.known())).toEqual(['G1 Kari ill', 'G1 Ola away', 'G2 Kari late'])
    of.say(added('G1', { doctor: 'Kari', minutes: 60 }))
    expect(list(of.known())).toEqual(['G1 Kari member 60'])
    expect(takenOffList(of.known())).toEqual(['G1 Ola away', 'G2 Kari late'])
  })

  test('who is not on it is not taken off it', () => {
    const of = session({ G1: ['Ola'] })
    of.say(takenOff(...kari))
    expect([list(of.known()), takenOffList(of.known())]).toEqual([['G1 Ola member 120'], []])
  })

  test('rests on the report, and on what put it right', () => {
    const of = session()
    const held = of.held('S1').id
    const ola = { group: groupNamed('G1'), doctor: doctorNamed('Ola') }
    const presence = { kind: 'intervals', intervals: [] } as const
    const [put, off, replaced] = of.say(added(...kari), takenOff('G2', 'Kari'), {
      type: 'AttendanceReplaced',
      data: { ...ola, presence, reason: '' },
    })
    const factsOf = (all: ReadonlyArray<{ readonly facts: ReadonlyArray<{ readonly id: string }> }> | undefined) =>
      all?.map(({ facts }) => facts.map(({ id }) => id))
    expect(factsOf(of.known()?.attendance)).toEqual([[held, replaced], [put]])
    expect(factsOf(of.known()?.withdrawn)).toEqual([[held, off]])
    expect(list(of.known())).toEqual(['G1 Ola member 0', 'G1 Kari member 120'])
  })

  test('under two records of one doctor is there once with each group, by the facts of both', () => {
    const of = session({
      G1: [
        { doctor: 'Kari', minutes: 30 },
        { doctor: 'Per', times: ['15:20-16:00'] },
      ],
      G2: ['Per'],
    })
    const [put] = of.say(added('G1', { doctor: 'Per', times: ['15:20-16:00'] }))
    const merge = of.record(doctorStream('Kari'), { type: 'DoctorsMerged', data: { absorbed: doctorNamed('Per') } })
    expect(list(of.known())).toEqual(['G1 Kari member 60', 'G2 Kari member 120'])
    expect(of.known()?.attendance.map(({ facts }) => facts.map(({ id }) => id))).toEqual([
      [of.held('S1').id, put],
      [of.held('S1').id],
    ])
    expect(of.known()?.attendance.map(({ merges }) => merges.map(({ id }) => id))).toEqual([[merge.id], [merge.id]])
    of.say(takenOff('G2', 'Per', 'late'))
    expect(takenOffList(of.known())).toEqual(['G2 Kari late'])
    expect(of.known()?.withdrawn[0]?.facts.at(-1)?.id).toBe(merge.id)
  })
})

describe('a session is known', () => {
  test('from its own day, where it was held', () => {
    expect(session().known('2024-04-30')).toBeNull()
    expect(session().known('2024-05-01')?.date).toBe('2024-05-01')
    const register = registerWith({})
    register.record(sessionStream('S1'), {
      type: 'SessionCancelled',
      data: { on: legalDate('2024-01-01'), reason: '' },
    })
    const history = register.evidence().sessions.get(sessionNamed('S1')) ?? []
    const question = { effectiveThrough: legalDate('2024-12-31'), asKnownAt }
    expect(history).toHaveLength(1)
    expect(sessionKnown(history, question, personsKnown(new Map(), question))).toBeNull()
  })

  test('with each report of what the industry gave, until they are cleared', () => {
    const of = session()
    const reported = { type: 'IndustryContributionReported', data: { what: 'pens' } } as const
    const reports = of.say(reported, reported)
    expect(of.known()?.contributions.map(({ id }) => id)).toEqual(reports)
    const cleared = of.say({ type: 'IndustryContributionCleared', data: { reason: '' } })
    expect(of.known()?.contributions).toEqual([])
    expect(of.known()?.facts.map(({ id }) => id)).toEqual([of.held('S1').id, ...reports, ...cleared])
  })
})

describe('the planning of a session', () => {
  const wished = (on: string): SessionEvent => ({
    type: 'SessionRequested',
    data: {
      ...{ groups: [groupNamed('G1')], department: null, topic: '', place: null, reference: null },
      on: legalDate(on),
    },
  })
  const planned: SessionEvent = {
    type: 'SessionPlanned',
    data: {
      ...{ starts: inOslo('2024-05-01 15:00'), ends: inOslo('2024-05-01 17:00'), date: legalDate('2024-05-01') },
      ...{ zone: oslo, place: null, department: null, hosts: [], groups: [groupNamed('G1')], topics: [] },
    },
  }
  const told = (of: ReturnType<typeof session>, asOf?: string) => {
    const planning = of.known(asOf)?.planned
    return [planning?.on, planning?.facts.map(({ id }) => id)]
  }

  test('is the first day on which it was wished for or known to be planned', () => {
    const of = session()
    expect(told(of)).toEqual([null, []])
    const late = of.say(wished('2024-03-01'))
    expect(told(of)).toEqual(['2024-03-01', late])
    const { id } = of.record(sessionStream('S1'), planned, { knownSince: inOslo('2024-02-01 12:00') })
    expect(told(of)).toEqual(['2024-02-01', [id]])
    const early = of.say(wished('2024-01-31'))
    expect(told(of)).toEqual(['2024-01-31', early])
  })

  test.each(['RequestWithdrawn', 'SessionCancelled'] as const)(
    'is none from the day of %s on, by all these facts',
    (type) => {
      const of = session()
      const wish = of.say(wished('2024-03-01'))
      const ended = of.say({ type, data: { on: legalDate('2024-06-01'), reason: '' } })
      expect(told(of, '2024-05-31')).toEqual(['2024-03-01', wish])
      expect(told(of, '2024-06-01')).toEqual([null, [...wish, ...ended]])
    },
  )
})
