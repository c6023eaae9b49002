// known.test.ts: what was known when, what was effective by when, and what was put right

import { describe, expect, test } from 'vitest'
import {
  answer,
  attendanceOf,
  doctorNamed,
  doctorStream,
  groupNamed,
  groupStream,
  inOslo,
  nothingCounts,
  pointsIn,
  type RegisterTable,
  registerWith,
  type SessionRow,
  whole,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'

const members = ['Kari', 'Ola', 'Per']
const base: RegisterTable = {
  doctors: { Kari: '2022-01-01', Ola: '2022-01-01', Per: '2022-01-01' },
  groups: { G1: { members } },
}

const held = (session: string, date: string, more: Partial<SessionRow> = {}): SessionRow => ({
  session,
  starts: `${date} 15:00`,
  minutes: 180,
  present: { G1: members },
  ...more,
})

const three = [held('S1', '2024-02-01'), held('S2', '2024-05-01'), held('S3', '2024-09-01')]
const atYearEnd = { asOf: '2024-12-31' }
const allThree = { ...nothingCounts, counted: 540, mandatory: '9.00' }
const who = { group: groupNamed('G1'), doctor: doctorNamed('Kari') }
const march = inOslo('2025-03-01')

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

describe('S1-19a signed, withdrawn and signed once more', () => {
  test('a second signature is in force from its own day, and the gap stays a gap', () => {
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

  test('the explanation names the signature and the session', () => {
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

describe('what is put right afterwards speaks about the session’s date', () => {
  const after = { knownSince: march }

  test('an attendance that was forgotten counts from when it is known', () => {
    const register = registerWith({
      ...base,
      sessions: three.map((row) => ({ ...row, present: { G1: ['Ola', 'Per'] } })),
    })
    for (const session of ['S1', 'S2', 'S3']) {
      const attendance = attendanceOf('G1', 'Kari', '2024-01-01')
      register.record(
        register.held(session).stream,
        { type: 'AttendanceAdded', data: { attendance, reason: 'forgotten' } },
        after,
      )
    }
    expect(pointsIn(register, 'Kari', { ...atYearEnd, knownAt: '2025-01-31' }).lines).toEqual([])
    expect(answer(register, 'Kari', atYearEnd)).toEqual(allThree)
    expect(answer(register, 'Kari', { asOf: '2024-09-01' })).toEqual(allThree)
  })

  test('an attendance taken out is gone from the answer, not from the history', () => {
    const register = registerWith({ ...base, sessions: three })
    register.record(register.held('S2').stream, { type: 'AttendanceWithdrawn', data: { ...who, reason: 'ill' } }, after)
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ label, counted }) => [label, counted])).toEqual([
      ['S1', 180],
      ['S3', 180],
    ])
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-01-31' })).toEqual(allThree)
  })

  test('taking one of two members out takes the quorum from the other', () => {
    const two = three.map((row) => ({ ...row, present: { G1: ['Kari', 'Ola'] } }))
    const register = registerWith({ ...base, sessions: two })
    register.record(register.held('S1').stream, { type: 'AttendanceWithdrawn', data: { ...who, reason: 'ill' } }, after)
    expect(answer(register, 'Ola', atYearEnd).reasons).toEqual([
      'S1:BELOW_QUORUM',
      'S2:GROUP_UNDER_3_MEETINGS',
      'S3:GROUP_UNDER_3_MEETINGS',
    ])
  })

  test('minutes given as a number are the session’s first ones, cut to the session’s', () => {
    const tried = (minutes: number) => {
      const register = registerWith({ ...base, sessions: three })
      const presence = { kind: 'minutes' as const, minutes: whole(minutes) }
      register.record(register.held('S1').stream, {
        type: 'AttendanceReplaced',
        data: { ...who, presence, reason: '' },
      })
      const [line] = pointsIn(register, 'Kari', atYearEnd).lines
      return [line?.present, line?.counted, line?.facts.map(({ type }) => type)]
    }
    const facts = ['SessionHeld', 'AttendanceReplaced', 'MemberJoined', 'IndustryFreeDeclared']
    expect(tried(45)).toEqual([45, 45, facts])
    expect(tried(1000)).toEqual([180, 180, facts])
    expect(tried(0)).toEqual([0, 0, facts])
  })

  test('an attendance added for one who is there replaces it', () => {
    const register = registerWith({ ...base, sessions: three })
    const attendance = attendanceOf('G1', { doctor: 'Kari', role: 'guest' }, '2024-01-01')
    register.record(register.held('S1').stream, { type: 'AttendanceAdded', data: { attendance, reason: 'a guest' } })
    expect(answer(register, 'Kari', atYearEnd).reasons).toEqual(['S1:GUEST'])
  })

  test('S1-06 a reported contribution takes the session’s points from everyone until it is cleared', () => {
    const register = registerWith({ ...base, sessions: three })
    const { stream } = register.held('S2')
    const counted = () => members.map((doctor) => answer(register, doctor, atYearEnd).counted)
    register.record(stream, { type: 'IndustryContributionReported', data: { what: 'pens' } })
    expect(counted()).toEqual([0, 0, 0])
    const [, second] = pointsIn(register, 'Kari', atYearEnd).lines
    expect(second?.facts.map(({ type }) => type)).toContain('IndustryContributionReported')
    register.record(stream, { type: 'IndustryContributionCleared', data: { reason: 'they were ours' } })
    expect(counted()).toEqual([540, 540, 540])
    register.record(stream, { type: 'IndustryContributionReported', data: { what: 'a lunch' } })
    expect(counted()).toEqual([0, 0, 0])
  })
})

describe('corrections of facts', () => {
  test('a session corrected to another year takes its threshold with it, and back when the correction is retracted', () => {
    const register = registerWith({ ...base, sessions: three })
    const wrong = register.held('S3')
    if (wrong.event.type !== 'SessionHeld') throw new Error('no session')
    const starts = inOslo('2023-09-01 15:00')
    const fact = {
      type: 'SessionHeld' as const,
      data: { ...wrong.event.data, starts, ends: inOslo('2023-09-01 18:00'), date: legalDate('2023-09-01') },
    }
    const correction = register.correct(wrong, fact, { knownSince: march })
    expect(answer(register, 'Kari', atYearEnd).counted).toBe(0)
    expect(answer(register, 'Kari', { ...atYearEnd, knownAt: '2025-01-31' })).toEqual(allThree)
    const corrected = pointsIn(register, 'Kari', atYearEnd).lines.find(({ label }) => label === 'S3')
    expect(corrected?.facts.slice(0, 2).map(({ type }) => type)).toEqual(['SessionHeld', 'SessionHeldCorrected'])
    expect(corrected?.facts[1]?.id).toBe(correction.id)
    register.retract(correction)
    expect(answer(register, 'Kari', atYearEnd)).toEqual(allThree)
  })

  test('a session taken back is none, and a retraction taken back brings it again', () => {
    const register = registerWith({ ...base, sessions: three })
    const retraction = register.retract(register.held('S2'), { knownSince: march })
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ label }) => label)).toEqual(['S1', 'S3'])
    register.retract(retraction)
    expect(answer(register, 'Kari', atYearEnd)).toEqual(allThree)
  })

  test('an anchor that was wrong moves the period', () => {
    const register = registerWith({ ...base, sessions: three })
    const opened = register.history.find(
      ({ stream, event }) => stream === doctorStream('Kari') && event.type === 'PeriodOpened',
    )
    if (opened === undefined) throw new Error('no period')
    register.correct(opened, { type: 'PeriodOpened', data: { anchor: legalDate('2024-05-01') } }, { knownSince: march })
    const answered = pointsIn(register, 'Kari', atYearEnd)
    expect([answered.period, answered.countedMinutes]).toEqual([{ from: '2024-05-01', to: '2029-05-01' }, 360])
    expect(answered.facts.map(({ type }) => type)).toEqual(['PeriodOpened', 'PeriodOpenedCorrected'])
    const before = pointsIn(register, 'Kari', { ...atYearEnd, knownAt: '2025-01-31' })
    expect([before.period, before.countedMinutes]).toEqual([{ from: '2022-01-01', to: '2027-01-01' }, 540])
  })
})

describe('clocks and zones', () => {
  const at = (session: string, starts: string, minutes: number): SessionRow => ({
    ...held(session, ''),
    starts,
    minutes,
  })

  test('a session from one to four on the night the clock goes forward lasts two hours', () => {
    const minutes = (Date.parse(inOslo('2024-03-31 04:00')) - Date.parse(inOslo('2024-03-31 01:00'))) / 60_000
    expect(minutes).toBe(120)
    const night = {
      ...at('S3', '2024-03-31 01:00', minutes),
      present: { G1: ['Ola', { doctor: 'Kari', times: ['01:00-04:00'] }] },
    }
    const register = registerWith({ ...base, sessions: [held('S1', '2024-02-01'), held('S2', '2024-02-02'), night] })
    expect(
      pointsIn(register, 'Kari', atYearEnd).lines.map(({ date, present, counted }) => [date, present, counted]),
    ).toEqual([
      ['2024-02-01', 180, 180],
      ['2024-02-02', 180, 180],
      ['2024-03-31', 120, 120],
    ])
  })

  test('a session that begins at 23:30 in UTC on the last day of the year is of the next year in Oslo', () => {
    const register = registerWith({ ...base, sessions: [held('S1', '2024-02-01'), at('S2', '2025-01-01 00:30', 120)] })
    expect(register.held('S2').event.data).toMatchObject({ starts: '2024-12-31T23:30:00.000Z', date: '2025-01-01' })
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ label }) => label)).toEqual(['S1'])
    expect(pointsIn(register, 'Kari', { asOf: '2025-01-01' }).lines.map(({ label }) => label)).toEqual(['S1', 'S2'])
  })
})
