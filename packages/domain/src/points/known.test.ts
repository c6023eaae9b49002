// known.test.ts: what was known when, what was effective by when, and what was put right

import { describe, expect, test } from 'vitest'
import { personsKnown } from '../projections/persons.ts'
import {
  answer,
  doctorNamed,
  groupNamed,
  groupStream,
  inOslo,
  nothingCounts,
  pointsIn,
  registerWith,
  whole,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { groupKnown } from './known-group.ts'
import { allThree, atYearEnd, base, held, march, members, three, who } from './three-sessions.test-kit.ts'

describe('what is effective later than the date asked for is not considered', () => {
  test('a session, on its own date it is', () => {
    const register = registerWith({ ...base, sessions: three })
    expect(pointsIn(register, 'Kari', { asOf: '2024-08-31' }).lines.map(({ label }) => label)).toEqual(['S1', 'S2'])
    expect(answer(register, 'Kari', { asOf: '2024-09-01' })).toEqual(allThree)
  })

  test('a signature: signed later the same year, it is not yet there', () => {
    const register = registerWith({ ...base, groups: { G1: { members, signed: '2024-06-01' } }, sessions: three })
    expect(answer(register, 'Kari', { asOf: '2024-05-31' }).reasons).toEqual(['S1:NO_DECLARATION', 'S2:NO_DECLARATION'])
    expect(answer(register, 'Kari', atYearEnd).reasons).toEqual([
      'S1:NO_DECLARATION',
      'S2:NO_DECLARATION',
      'S3:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('a joining and a leaving', () => {
    const stay = { doctor: 'Kari', joined: '2024-02-02', left: '2024-09-01' }
    const register = registerWith({
      ...base,
      groups: { G1: { members: ['Ola', 'Per', stay] } },
      sessions: three,
    })
    expect(answer(register, 'Kari', atYearEnd).reasons).toEqual([
      'S1:NOT_MEMBER',
      'S2:DOCTOR_UNDER_6_HOURS',
      'S3:NOT_MEMBER',
    ])
  })

  test('a withdrawal that is effective later takes nothing yet', () => {
    const groups = { G1: { members, withdrawn: '2024-05-01' } }
    const register = registerWith({ ...base, groups, sessions: three })
    const { lines } = pointsIn(register, 'Kari', { asOf: '2024-04-30' })
    expect(lines.map(({ label, heldBack }) => [label, heldBack])).toEqual([['S1', 180]])
    expect(answer(register, 'Kari', atYearEnd).reasons).toEqual([
      'S1:GROUP_UNDER_3_MEETINGS',
      'S2:NO_DECLARATION',
      'S3:NO_DECLARATION',
    ])
  })
})

describe('signed, withdrawn and signed once more', () => {
  test('S1-19a a second signature is in force from its own day, and the gap stays a gap', () => {
    const register = registerWith({
      ...base,
      groups: { G1: { members, withdrawn: '2024-03-01' } },
      sessions: [...three, held('S4', '2024-10-01'), held('S5', '2024-11-01')],
    })
    const signed = { signedBy: doctorNamed('Ola'), on: legalDate('2024-06-01') }
    register.record(groupStream('G1'), { type: 'IndustryFreeDeclared', data: signed })
    expect(answer(register, 'Kari', atYearEnd)).toEqual({
      ...nothingCounts,
      counted: 720,
      mandatory: '12.00',
      reasons: ['S2:NO_DECLARATION'],
    })
  })

  test('S1-19a the explanation names the signature and the session', () => {
    const register = registerWith({ ...base, sessions: three })
    const [line] = pointsIn(register, 'Kari', atYearEnd).lines
    expect(line?.facts.map(({ type }) => type)).toEqual(['SessionHeld', 'MemberJoined', 'IndustryFreeDeclared'])
    expect(line?.facts[0]?.id).toBe(register.held('S1').id)
  })
})

describe('what became known later than the moment asked for is not considered', () => {
  test('S1-20a a contribution reported later takes the points from then on, and is said to whom asks about then', () => {
    const register = registerWith({ ...base, sessions: three })
    const { stream } = register.held('S1')
    register.record(stream, { type: 'IndustryContributionReported', data: { what: 'a dinner' } }, { knownSince: march })
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-02-28' }).counted).toBe(0)
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-02-27' })).toEqual(allThree)
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-03-01' }).reasons).toEqual([
      'S1:INDUSTRY',
      'S2:GROUP_UNDER_3_MEETINGS',
      'S3:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('both bounds are included: known at the very moment, effective on the very day', () => {
    const register = registerWith({
      ...base,
      sessions: [three[0], three[1], held('S3', '2024-09-01', { known: march })].filter((row) => row !== undefined),
    })
    const known = (knownAt: string) => answer(register, 'Kari', { ...atYearEnd, knownAt }).counted
    expect(known(march)).toBe(540)
    expect(known('2025-02-28T22:59:59.999Z')).toBe(0)
  })

  test('a leaving is a fact of its own: until it is known the doctor is a member', () => {
    const register = registerWith({ ...base, sessions: three })
    const left = { doctor: doctorNamed('Kari'), joined: legalDate('2000-01-01'), on: legalDate('2024-03-01') }
    register.record(groupStream('G1'), { type: 'MemberLeft', data: left }, { knownSince: march })
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-01-31' })).toEqual(allThree)
    expect(answer(register, 'Kari', atYearEnd).reasons).toEqual([
      'S1:DOCTOR_UNDER_6_HOURS',
      'S2:NOT_MEMBER',
      'S3:NOT_MEMBER',
    ])
    expect(answer(register, 'Ola', atYearEnd)).toEqual(allThree)
  })

  test('the order in which facts became known decides, not the order in which they were recorded', () => {
    const register = registerWith({ ...base, sessions: three })
    const { stream } = register.held('S1')
    const replaced = (minutes: number, known: string) =>
      register.record(
        stream,
        {
          type: 'AttendanceReplaced',
          data: { ...who, presence: { kind: 'minutes', minutes: whole(minutes) }, reason: '' },
        },
        { knownSince: inOslo(known) },
      )
    replaced(100, '2025-05-01')
    replaced(30, '2025-04-01')
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-04-15' }).counted).toBe(390)
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-05-15' }).counted).toBe(460)
  })

  test('an explanation of history that was brought in says both when it was known and when it was recorded', () => {
    const known = inOslo('2024-02-10')
    const register = registerWith({ ...base, sessions: [held('S1', '2024-02-01', { known })] })
    const [fact] = pointsIn(register, 'Kari', atYearEnd).lines[0]?.facts ?? []
    expect(fact).toEqual({
      id: register.held('S1').id,
      type: 'SessionHeld',
      knownSince: known,
      recordedAt: register.held('S1').recordedAt,
    })
    expect(known < register.held('S1').recordedAt).toBe(true)
  })
})

describe('a group as known', () => {
  const [kari, ola] = ['Kari', 'Ola'].map(doctorNamed)
  const known = (asOf: string) => {
    const register = registerWith({ groups: { G1: { members: [], signed: null } } })
    const say = (event: Parameters<typeof register.record>[1]) => register.record(groupStream('G1'), event)
    for (const doctor of ['Kari', 'Ola'].map(doctorNamed)) {
      for (const on of ['2024-01-01', '2024-05-01'].map((date) => legalDate(date))) {
        say({ type: 'MemberJoined', data: { doctor, on } })
        say({ type: 'IndustryFreeDeclared', data: { signedBy: doctor, on } })
      }
    }
    const [first, second] = [legalDate('2024-01-01'), legalDate('2024-05-01')]
    const [doctor, on] = [doctorNamed('Ola'), legalDate('2024-09-01')]
    say({ type: 'MemberLeft', data: { doctor, joined: second, on } })
    say({ type: 'IndustryFreeWithdrawn', data: { signedBy: doctor, signed: second, on } })
    say({ type: 'MemberLeft', data: { doctor, joined: first, on: legalDate('2024-04-01') } })
    say({ type: 'IndustryFreeWithdrawn', data: { signedBy: doctor, signed: first, on: legalDate('2024-04-01') } })
    const question = { effectiveThrough: legalDate(asOf), asKnownAt: inOslo('2100-01-01') }
    const history = register.evidence().groups.get(groupNamed('G1'))?.history ?? []
    const group = groupKnown(groupNamed('G1'), history, question, personsKnown(new Map(), question))
    return {
      stays: group.stays.map(({ doctor, joined, left }) => [doctor, joined, left]),
      declarations: group.declarations.map(({ signedBy, signed, withdrawn }) => [signedBy, signed, withdrawn]),
    }
  }

  test('a leaving is of that member’s stay which began that day, and a withdrawal of that one’s signature', () => {
    const both = [
      [kari, '2024-01-01', null],
      [kari, '2024-05-01', null],
      [ola, '2024-01-01', '2024-04-01'],
      [ola, '2024-05-01', '2024-09-01'],
    ]
    expect(known('2024-09-01')).toEqual({ stays: both, declarations: both })
  })

  test('until their days nobody has joined, left, signed or withdrawn', () => {
    const first = [
      [kari, '2024-01-01', null],
      [ola, '2024-01-01', '2024-04-01'],
    ]
    expect(known('2024-04-30')).toEqual({ stays: first, declarations: first })
    const notLeft = [
      [kari, '2024-01-01', null],
      [ola, '2024-01-01', null],
    ]
    expect(known('2024-03-31')).toEqual({ stays: notLeft, declarations: notLeft })
    expect(known('2024-08-31').stays.at(-1)).toEqual([ola, '2024-05-01', null])
    expect(known('2024-08-31').declarations.at(-1)).toEqual([ola, '2024-05-01', null])
  })
})
