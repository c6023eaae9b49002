// corrections.test.ts: what was put right afterwards, and clocks

import { describe, expect, test } from 'vitest'
import {
  answer,
  attendanceOf,
  doctorStream,
  groupNamed,
  inOslo,
  pointsIn,
  registerWith,
  type SessionRow,
  sessionNamed,
  whole,
} from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { allThree, atYearEnd, base, held, march, members, three, who } from './three-sessions.test-kit.ts'

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

  test('an attendance taken out is still told of, with the reason and the facts, until it is put on the list again', () => {
    const register = registerWith({ ...base, sessions: three })
    const { stream } = register.held('S2')
    const withdrawal = register.record(
      stream,
      { type: 'AttendanceWithdrawn', data: { ...who, reason: 'was ill' } },
      after,
    )
    const told = (asked: { readonly asOf: string; readonly knownAt?: string }) =>
      pointsIn(register, 'Kari', asked).withdrawn
    expect(told(atYearEnd)).toMatchObject([
      {
        session: sessionNamed('S2'),
        label: 'S2',
        group: who.group,
        date: '2024-05-01',
        reason: 'was ill',
        facts: [{ id: register.held('S2').id }, { id: withdrawal.id }],
      },
    ])
    expect(pointsIn(register, 'Ola', atYearEnd).withdrawn).toEqual([])
    expect(told({ ...atYearEnd, knownAt: '2025-01-31' })).toEqual([])
    expect(told({ asOf: '2024-04-30' })).toEqual([])
    expect(told({ asOf: '2027-01-01' })).toEqual([])
    const another = { attendance: attendanceOf('G1', 'Liv', '2024-01-01'), reason: 'was there too' }
    register.record(stream, { type: 'AttendanceAdded', data: another }, after)
    expect(told(atYearEnd).map(({ reason }) => reason)).toEqual(['was ill'])
    register.record(
      stream,
      {
        type: 'AttendanceAdded',
        data: { attendance: attendanceOf('G1', 'Kari', '2024-01-01'), reason: 'was there after all' },
      },
      { knownSince: inOslo('2025-04-01') },
    )
    expect(told(atYearEnd)).toEqual([])
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
    expect(pointsIn(register, 'Kari', atYearEnd).lines.map(({ label }) => label)).toEqual(['S1', 'S2', 'S3'])
    expect(answer(register, 'Ola', atYearEnd)).toEqual(allThree)
  })

  test('an attendance with one of two groups is taken out alone', () => {
    const both = { present: { G1: members, G2: members } }
    const register = registerWith({
      ...base,
      groups: { G1: { members }, G2: { members } },
      sessions: three.map((row) => ({ ...row, ...both })),
    })
    register.record(register.held('S2').stream, { type: 'AttendanceWithdrawn', data: { ...who, reason: 'ill' } })
    const linesOf = (group: string) =>
      pointsIn(register, 'Kari', atYearEnd)
        .lines.filter((line) => line.group === groupNamed(group))
        .map(({ label }) => label)
    expect([linesOf('G1'), linesOf('G2')]).toEqual([
      ['S1', 'S3'],
      ['S1', 'S2', 'S3'],
    ])
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

  test('a list corrected to name one doctor twice makes no quorum of one, and no minute twice', () => {
    const register = registerWith({ ...base, sessions: three })
    const wrong = register.held('S1')
    if (wrong.event.type !== 'SessionHeld') throw new Error('no session')
    const twice = attendanceOf('G1', 'Kari', '2024-02-01')
    register.correct(wrong, { ...wrong.event, data: { ...wrong.event.data, attendance: [twice, twice] } })
    expect(answer(register, 'Kari', atYearEnd)).toMatchObject({
      counted: 0,
      reasons: ['S1:BELOW_QUORUM', 'S1:BELOW_QUORUM', 'S2:GROUP_UNDER_3_MEETINGS', 'S3:GROUP_UNDER_3_MEETINGS'],
    })
  })

  test('a session corrected to end before it starts has no minutes, not fewer than none', () => {
    const register = registerWith({ ...base, sessions: three })
    const wrong = register.held('S1')
    if (wrong.event.type !== 'SessionHeld') throw new Error('no session')
    register.correct(wrong, { ...wrong.event, data: { ...wrong.event.data, ends: inOslo('2024-02-01 14:00') } })
    expect(pointsIn(register, 'Kari', atYearEnd).lines[0]).toMatchObject({
      present: 0,
      shortfall: { reason: 'BELOW_QUORUM' },
    })
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
