// attendance.test.ts: what is put right after a session was held

import { describe, expect, test } from 'vitest'
import { as, doctorNamed, given, groupNamed, whole } from '../testing/index.ts'
import { g1, g2, held, kari, list, planned, present, s1, wrongStage } from './held-session.test-kit.ts'
import { session } from './session.ts'
import { type SessionCommand, sessionCommands } from './session-commands.ts'
import type { Attendance, SessionEvent } from './session-events.ts'

describe('the list of those present', () => {
  const who = { session: s1, group: g1, doctor: kari }
  const resend = (...attendance: ReadonlyArray<Attendance>): SessionCommand => ({
    type: 'ReportAttendance',
    data: { session: s1, attendance },
  })
  const add = (attendance: Attendance): SessionCommand => ({
    type: 'AddAttendance',
    data: { session: s1, attendance, reason: 'forgotten' },
  })
  const added = (attendance: Attendance, reason = 'forgotten'): SessionEvent => ({
    type: 'AttendanceAdded',
    data: { attendance, reason },
  })
  const takeOut: SessionCommand = { type: 'WithdrawAttendance', data: { ...who, reason: 'ill' } }
  const takenOut: SessionEvent = { type: 'AttendanceWithdrawn', data: { group: g1, doctor: kari, reason: 'ill' } }
  const tenMinutes = { kind: 'minutes' as const, minutes: whole(10) }
  const replace: SessionCommand = {
    type: 'ReplaceAttendance',
    data: { ...who, presence: tenMinutes, reason: 'left early' },
  }
  const replaced: SessionEvent = {
    type: 'AttendanceReplaced',
    data: { group: g1, doctor: kari, presence: tenMinutes, reason: 'left early' },
  }
  const liv = present('G2', 'Liv')

  test('sent once more adds who is new and removes nobody', () => {
    given(session)(held)
      .when(resend(...list))
      .doesNothing()
    const backwards = list.map(({ doctor, group, presence, role }) => ({ role, presence, group, doctor }))
    given(session)(held)
      .when(resend(...backwards))
      .doesNothing()
    given(session)(held).when(resend()).doesNothing()
    given(session)(held)
      .when(resend(present('G1', 'Ola'), liv))
      .accepts(added(liv, 'reported later'))
  })

  test('sent once more does not bring back who was taken off it, nor undo what was put right', () => {
    given(session)(held, takenOut)
      .when(resend(...list))
      .doesNothing()
    given(session)(held, replaced)
      .when(resend(...list))
      .doesNothing()
    given(session)(held, added(liv))
      .when(resend(...list, liv))
      .doesNothing()
  })

  test('sent once more with other content is a conflict for a person to settle', () => {
    given(session)(held)
      .when(resend(liv, present('G1', { doctor: 'Kari', minutes: 10 })))
      .refuses('ReportedOtherwise', { group: g1, doctor: kari })
    given(session)(held)
      .when(resend(present('G3', 'Liv')))
      .refuses('GroupNotAtSession', { group: groupNamed('G3') })
  })

  test('names somebody twice: once if the same is said, refused if not', () => {
    given(session)(held).when(resend(liv, liv)).accepts(added(liv, 'reported later'))
    given(session)(held)
      .when(resend(liv, present('G2', { doctor: 'Liv', minutes: 10 })))
      .refuses('ReportedOtherwise', { group: g2, doctor: doctorNamed('Liv') })
  })

  test('somebody is added who is not on it', () => {
    given(session)(held).when(add(liv)).accepts(added(liv))
    given(session)(held)
      .when(add(present('G1', { doctor: 'Kari', role: 'guest' })))
      .refuses('AlreadyPresent', { group: g1, doctor: kari })
    given(session)(held)
      .when(add(present('G2', 'Kari')))
      .accepts(added(present('G2', 'Kari')))
    given(session)(held)
      .when(add(present('G3', 'Liv')))
      .refuses('GroupNotAtSession', { group: groupNamed('G3') })
  })

  test('somebody is taken off it, once, and can be added again', () => {
    given(session)(held).when(takeOut).accepts(takenOut)
    given(session)(held, takenOut).when(takeOut).refuses('NotPresent', { group: g1, doctor: kari })
    given(session)(held, takenOut)
      .when(add(present('G1', 'Kari')))
      .accepts(added(present('G1', 'Kari')))
    given(session)(held, takenOut, added(present('G1', 'Kari')))
      .when(takeOut)
      .accepts(takenOut)
  })

  test('S1-26 another time is written for who is on it', () => {
    given(session)(held).when(replace).accepts(replaced)
    given(session)(held, takenOut).when(replace).refuses('NotPresent', { group: g1, doctor: kari })
  })

  test('is there once the session was held', () => {
    for (const command of [resend(liv), add(liv), takeOut, replace]) {
      given(session)(planned).when(command).refuses('SessionInWrongStage', wrongStage('planned', command.type))
      given(session)().when(command, as('importer')).refuses('SessionInWrongStage', wrongStage('unknown', command.type))
    }
  })
})

describe('S1-06 the industry', () => {
  const reportIt: SessionCommand = { type: 'ReportIndustryContribution', data: { session: s1, what: 'a dinner' } }
  const reported: SessionEvent = { type: 'IndustryContributionReported', data: { what: 'a dinner' } }
  const clear: SessionCommand = { type: 'ClearIndustryContribution', data: { session: s1, reason: 'paid ourselves' } }
  const cleared: SessionEvent = { type: 'IndustryContributionCleared', data: { reason: 'paid ourselves' } }

  test('S1-06 what it gave is reported, cleared and reported again', () => {
    given(session)(held).when(reportIt).accepts(reported)
    given(session)(held, reported).when(reportIt).doesNothing()
    given(session)(held, reported).when(clear).accepts(cleared)
    given(session)(held, reported, cleared).when(reportIt).accepts(reported)
  })

  test('without a report there is nothing to clear', () => {
    given(session)(held).when(clear).refuses('NoContributionReported', { session: s1 })
    given(session)(held, reported, cleared).when(clear).refuses('NoContributionReported', { session: s1 })
  })

  test('a report says what was given', () => {
    const blank = { type: 'ReportIndustryContribution', data: { session: s1, what: ' ' } }
    expect(sessionCommands.ReportIndustryContribution?.decode(blank)._tag).toBe('Left')
  })

  test('is reported of a session that was held', () => {
    given(session)(planned)
      .when(reportIt)
      .refuses('SessionInWrongStage', wrongStage('planned', 'ReportIndustryContribution'))
  })
})
