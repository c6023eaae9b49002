// session.test.ts: from the wish for a session to what is put right afterwards

import { describe, expect, test } from 'vitest'
import { as, departmentNamed, doctorNamed, given, groupNamed, inOslo, instant, reference } from '../testing/index.ts'
import { legalDate } from '../values/legal-date.ts'
import { g1, held, kari, list, meeting, planned, present, s1, wrongStage } from './held-session.test-kit.ts'
import { session } from './session.ts'
import { type SessionCommand, sessionCommands } from './session-commands.ts'
import type { SessionEvent } from './session-events.ts'

const on = legalDate('2024-01-05')
const afterwards = as('coordinator', instant('2024-02-01T12:00:00.000Z'))

const wish = { groups: [g1], department: departmentNamed('children'), topic: 'asthma', place: 'hospital' as const, on }
const requested: SessionEvent = { type: 'SessionRequested', data: { ...wish, reference: reference('R1') } }
const request: SessionCommand = { type: 'RequestSession', data: { session: s1, ...wish, reference: reference('R1') } }
const change: SessionCommand = { type: 'ChangeRequest', data: { session: s1, ...wish, topic: 'fever' } }
const withdraw: SessionCommand = { type: 'WithdrawRequest', data: { session: s1, on, reason: 'no time' } }
const withdrawn: SessionEvent = { type: 'RequestWithdrawn', data: { on, reason: 'no time' } }

const plan: SessionCommand = { type: 'PlanSession', data: { session: s1, ...meeting } }
const move = (starts: string, ends: string): SessionCommand => ({
  type: 'MoveSession',
  data: { session: s1, starts: inOslo(starts), ends: inOslo(ends) },
})
const cancel: SessionCommand = { type: 'CancelSession', data: { session: s1, on, reason: 'doctor ill' } }
const cancelled: SessionEvent = { type: 'SessionCancelled', data: { on, reason: 'doctor ill' } }

const report = (more: object = {}): SessionCommand => ({
  type: 'ReportSessionHeld',
  data: { session: s1, ...meeting, attendance: list, reference: reference('S001'), request: null, ...more },
})

describe('a wish for a session', () => {
  test('is made, changed and withdrawn', () => {
    given(session)().when(request).accepts(requested)
    given(session)(requested)
      .when(change)
      .accepts({ type: 'RequestChanged', data: { ...wish, topic: 'fever' } })
    given(session)(requested).when(withdraw).accepts(withdrawn)
  })

  test('is made once; a withdrawn one stays withdrawn', () => {
    given(session)(requested).when(request).refuses('SessionInWrongStage', wrongStage('requested', 'RequestSession'))
    given(session)(requested, withdrawn)
      .when(change)
      .refuses('SessionInWrongStage', wrongStage('withdrawn', 'ChangeRequest'))
    given(session)(requested, withdrawn)
      .when(withdraw)
      .refuses('SessionInWrongStage', wrongStage('withdrawn', 'WithdrawRequest'))
    given(session)().when(withdraw).refuses('SessionInWrongStage', wrongStage('unknown', 'WithdrawRequest'))
  })

  test('of no group, or of one group twice, is no command', () => {
    for (const groups of [[], [g1, g1]]) {
      const asked = { type: 'RequestSession', data: { session: s1, ...wish, groups, reference: null } }
      expect(sessionCommands.RequestSession?.decode(asked)._tag).toBe('Left')
    }
    expect(sessionCommands.RequestSession?.decode(request)._tag).toBe('Right')
  })
})

describe('a plan', () => {
  test('is made from a wish or without one, with the legal date of its start', () => {
    given(session)().when(plan).accepts(planned)
    given(session)(requested).when(plan).accepts(planned)
    given(session)(requested, planned).when(plan).refuses('SessionInWrongStage', wrongStage('planned', 'PlanSession'))
    given(session)(requested, withdrawn)
      .when(plan)
      .refuses('SessionInWrongStage', wrongStage('withdrawn', 'PlanSession'))
  })

  test('is moved, with a new legal date', () => {
    given(session)(planned)
      .when(move('2025-01-01 00:30', '2025-01-01 02:30'))
      .accepts({
        type: 'SessionMoved',
        data: {
          starts: instant('2024-12-31T23:30:00.000Z'),
          ends: instant('2025-01-01T01:30:00.000Z'),
          date: legalDate('2025-01-01'),
        },
      })
    given(session)(requested)
      .when(move('2025-01-01 00:30', '2025-01-01 02:30'))
      .refuses('SessionInWrongStage', wrongStage('requested', 'MoveSession'))
  })

  test('is cancelled once', () => {
    given(session)(planned).when(cancel).accepts(cancelled)
    given(session)(planned, cancelled)
      .when(cancel)
      .refuses('SessionInWrongStage', wrongStage('cancelled', 'CancelSession'))
  })

  test('ends after it starts, planned or moved', () => {
    const { starts } = meeting
    given(session)()
      .when({ type: 'PlanSession', data: { session: s1, ...meeting, ends: starts } })
      .refuses('EndNotAfterStart', { starts, ends: starts })
    given(session)(planned)
      .when(move('2024-01-10 15:00', '2024-01-10 14:59'))
      .refuses('EndNotAfterStart', { starts: inOslo('2024-01-10 15:00'), ends: inOslo('2024-01-10 14:59') })
    given(session)(planned)
      .when(move('2024-01-10 15:00', '2024-01-10 15:00'))
      .refuses('EndNotAfterStart', { starts: inOslo('2024-01-10 15:00'), ends: inOslo('2024-01-10 15:00') })
  })

  test('over the hour that the clock skips ends after it starts by the clock on the wall, and does not by time', () => {
    given(session)(planned)
      .when(move('2024-03-31 02:30', '2024-03-31 03:15'))
      .refuses('EndNotAfterStart', { starts: inOslo('2024-03-31 03:30'), ends: inOslo('2024-03-31 03:15') })
  })
})

describe('a report that it was held', () => {
  test('S1-24 S1-25 has hosts, none or several, and the list of those present', () => {
    given(session)(planned).when(report(), afterwards).accepts(held)
    given(session)()
      .when(report({ hosts: [] }), afterwards)
      .accepts({ ...held, data: { ...held.data, hosts: [] } })
    const hosts = ['Hans', 'Hege', 'Heidi'].map(doctorNamed)
    given(session)()
      .when(report({ hosts }), afterwards)
      .accepts({ ...held, data: { ...held.data, hosts } })
  })

  test('S1-23a may name two groups, or one alone', () => {
    given(session)().when(report(), afterwards).accepts(held)
    const alone = { groups: [g1], attendance: list.slice(0, 2) }
    given(session)()
      .when(report(alone), afterwards)
      .accepts({ ...held, data: { ...held.data, ...alone } })
  })

  test('is taken whatever the plan said: what was held was held', () => {
    for (const history of [
      [],
      [requested],
      [requested, withdrawn],
      [planned],
      [planned, cancelled],
    ] satisfies ReadonlyArray<ReadonlyArray<SessionEvent>>) {
      given(session)(...history)
        .when(report(), afterwards)
        .accepts(held)
    }
  })

  test('is taken once', () => {
    given(session)(held)
      .when(report(), afterwards)
      .refuses('SessionInWrongStage', wrongStage('held', 'ReportSessionHeld'))
  })

  test('is taken when it is over, not before; an importer is not asked', () => {
    const ended = as('coordinator', meeting.ends)
    const early = as('coordinator', instant('2024-01-10T16:29:59.999Z'))
    given(session)(planned).when(report(), ended).accepts(held)
    given(session)(planned).when(report(), early).refuses('NotHeldYet', { ends: meeting.ends })
    given(session)(planned).when(report(), as('importer', early.at)).accepts(held)
  })

  test('ends after it starts', () => {
    const { starts } = meeting
    given(session)()
      .when(report({ ends: starts }), as('importer'))
      .refuses('EndNotAfterStart', { starts, ends: starts })
  })

  test('names only groups that were there, and nobody twice for one group', () => {
    given(session)()
      .when(report({ attendance: [...list, present('G3', 'Liv')] }), afterwards)
      .refuses('GroupNotAtSession', { group: groupNamed('G3') })
    given(session)()
      .when(report({ attendance: [...list, present('G1', { doctor: 'Kari', minutes: 10 })] }), afterwards)
      .refuses('AlreadyPresent', { group: g1, doctor: kari })
    const both = [...list, present('G2', 'Kari')]
    given(session)()
      .when(report({ attendance: both }), afterwards)
      .accepts({ ...held, data: { ...held.data, attendance: both } })
  })

  test('is timed in whole minutes', () => {
    const starts = '2024-01-10T14:30:30.000Z'
    const asked = { ...report(), data: { ...report().data, starts } }
    expect(sessionCommands.ReportSessionHeld?.decode(asked)._tag).toBe('Left')
  })
})
