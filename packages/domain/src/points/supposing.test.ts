// supposing.test.ts: what is supposed is added, and nothing is supposed of what nobody knows

import { describe, expect, test } from 'vitest'
import type { SessionEvent } from '../session/session-events.ts'
import { doctorNamed, groupNamed, inOslo, registerWith, sessionNamed, sessionStream } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import type { Evidence } from './judgements.ts'
import { supposingOfGroup, supposingOfSession, supposingSessions } from './supposing.ts'

const known = inOslo('2024-06-01')
const register = () =>
  registerWith({
    doctors: { Kari: '2022-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'] } },
    sessions: [{ session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari'] } }],
  })
const signed = {
  type: 'IndustryFreeDeclared',
  data: { signedBy: doctorNamed('Kari'), on: legalDate('2024-05-01') },
} as const
const cleared = { type: 'IndustryContributionCleared', data: { reason: '' } } as const

test('a fact comes after all that its stream has, known at that moment, and the evidence stays as it was', () => {
  const evidence = register().evidence()
  const before = evidence.groups.get(groupNamed('G1'))?.history ?? []
  const after = supposingOfGroup(evidence, groupNamed('G1'), signed, known).groups.get(groupNamed('G1'))?.history ?? []
  expect(after.slice(0, -1)).toEqual(before)
  expect(after.at(-1)).toMatchObject({ event: signed, knownSince: known, revision: before.length })
  expect(after.at(-1)?.position).toBe((before.at(-1)?.position ?? 0) + 1)
  expect(evidence.groups.get(groupNamed('G1'))?.history).toBe(before)
})

test('of what nobody knows nothing is supposed', () => {
  const evidence = register().evidence()
  expect(supposingOfGroup(evidence, groupNamed('G9'), signed, known)).toBe(evidence)
  expect(supposingOfSession(evidence, sessionNamed('S9'), cleared, known).sessions.get(sessionNamed('S9'))).toEqual([])
})

test('a session that is supposed again stands once in the rows of its group and doctors, and makes no rows', () => {
  const evidence = register().evidence()
  const { event } = register().held('S1')
  if (event.type !== 'SessionHeld') throw new TypeError('S1 was held')
  const strangers = event.data.attendance.map((one) => ({ ...one, doctor: doctorNamed('Nobody') }))
  const attendance = [...event.data.attendance, ...strangers]
  const again = { type: 'SessionHeld', data: { ...event.data, attendance } } as const
  const { groups, doctors } = supposingOfSession(evidence, sessionNamed('S1'), again, known)
  expect(groups.get(groupNamed('G1'))?.sessions).toEqual([sessionNamed('S1')])
  expect(doctors.get(doctorNamed('Kari'))?.sessions).toEqual([sessionNamed('S1')])
  expect(doctors.has(doctorNamed('Nobody'))).toBe(false)
})

test('a session that is supposed to be held comes last in the rows of its groups and of those who were there', () => {
  const of = registerWith({
    doctors: { Kari: '2022-01-01', Ola: '2022-01-01' },
    groups: { G1: { members: ['Kari', 'Ola'] }, G2: { members: ['Ola'] } },
    sessions: [{ session: 'S1', starts: '2024-02-01 15:00', minutes: 120, present: { G1: ['Kari'] } }],
  })
  const evidence = of.evidence()
  const rows = ({ groups, doctors }: Evidence) => [
    ...['G1', 'G2'].map((name) => groups.get(groupNamed(name))?.sessions),
    ...['Kari', 'Ola'].map((name) => doctors.get(doctorNamed(name))?.sessions),
  ]
  const [s1, s2] = [sessionNamed('S1'), sessionNamed('S2')]
  const { event } = of.held('S1')
  if (event.type !== 'SessionHeld') throw new TypeError('S1 was held')
  expect(rows(evidence)).toEqual([[s1], [], [s1], []])
  expect(rows(supposingOfSession(evidence, s2, { type: 'SessionHeld', data: event.data }, known))).toEqual([
    [s1, s2],
    [],
    [s1, s2],
    [],
  ])
  // Anything else that is said of it makes it no session of theirs.
  expect(rows(supposingOfSession(evidence, s2, cleared, known))).toEqual(rows(evidence))
})

describe('a session that nobody knows is supposed from its first fact on', () => {
  const data = { groups: [groupNamed('G1')], department: null, topic: '', place: null, reference: null }
  const wished = { type: 'SessionRequested', data: { ...data, on: legalDate('2024-05-02') } } as const
  const withdrawn = { type: 'RequestWithdrawn', data: { on: legalDate('2024-05-03'), reason: '' } } as const
  const s9 = sessionNamed('S9')
  const told = (evidence: Evidence, events: ReadonlyArray<SessionEvent>) =>
    supposingSessions(evidence, [{ session: s9, events }], known)
      .sessions.get(s9)
      ?.map(({ stream, revision, knownSince, event }) => ({ stream, revision, knownSince, event }))

  const both = [wished, withdrawn].map((event, revision) => ({
    ...{ stream: sessionStream('S9'), revision, event },
    knownSince: known,
  }))

  test('each after the other, known at that moment', () => {
    const evidence = register().evidence()
    expect(told(evidence, [wished, withdrawn])).toEqual(both)
    expect(told(evidence, [wished])).toEqual(both.slice(0, 1))
    expect(evidence.sessions.has(s9)).toBe(false)
  })

  test('where no session, or not the first of them, has a fact, it is like those of a group', () => {
    const evidence = register().evidence()
    const rows = [...evidence.sessions]
    expect(told({ ...evidence, sessions: new Map() }, [wished, withdrawn])).toEqual(both)
    expect(
      told({ ...evidence, groups: new Map(), sessions: new Map([[sessionNamed('S0'), []], ...rows]) }, [wished]),
    ).toEqual(both.slice(0, 1))
    const [one] = evidence.groups.values()
    if (one === undefined) throw new TypeError('there is a group')
    const groups = new Map([[groupNamed('G0'), { ...one, history: [] }], ...evidence.groups])
    expect(told({ ...evidence, sessions: new Map(), groups }, [wished])).toEqual(both.slice(0, 1))
  })

  test('where nothing is known, or nothing is supposed of it, there is none', () => {
    const evidence = register().evidence()
    expect(supposingSessions(evidence, [{ session: s9, events: [] }], known)).toBe(evidence)
    const nothing = { ...evidence, sessions: new Map(), groups: new Map() }
    expect(supposingSessions(nothing, [{ session: s9, events: [wished] }], known)).toBe(nothing)
  })
})
