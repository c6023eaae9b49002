// session.property.test.ts: the laws of deciders, for sessions

import fc from 'fast-check'
import { describe, test } from 'vitest'
import { anyPresence, anyWholeMinute } from '../testing/generators.ts'
import { anybody, as, deciderLaws, doctorNamed, groupNamed, inOslo, instant, sessionNamed } from '../testing/index.ts'
import { legalDate, oslo } from '../values/legal-date.ts'
import { session } from './session.ts'
import type { SessionCommand } from './session-commands.ts'
import { sessionEvents } from './session-events.ts'

const id = { session: sessionNamed('S1') }
const on = legalDate('2024-01-05')
const reason = 'so it was'
const moment = anyWholeMinute(instant('2024-01-10T12:00:00.000Z'), instant('2024-01-10T16:00:00.000Z'))
const who = {
  group: fc.constantFrom('G1', 'G2', 'G3').map(groupNamed),
  doctor: fc.constantFrom('Kari', 'Ola', 'Per').map(doctorNamed),
}
const role = fc.constantFrom('member' as const, 'guest' as const)
const presence = anyPresence(inOslo('2024-01-10 15:00'))
const attendance = fc.record({ ...who, role, presence })
const groups = fc.constantFrom(...[['G1'], ['G1', 'G2']].map((names) => names.map(groupNamed)))
const bare = { zone: oslo, place: null, department: null, topics: [], hosts: [] }
const meeting = fc.record({ starts: moment, ends: moment, groups }).map((one) => ({ ...bare, ...one }))
const wish = groups.map((some) => ({ groups: some, department: null, topic: '', place: null, on }))

const anyCommand: fc.Arbitrary<SessionCommand> = fc.oneof(
  wish.map((one): SessionCommand => ({ type: 'RequestSession', data: { ...id, ...one, reference: null } })),
  wish.map((one): SessionCommand => ({ type: 'ChangeRequest', data: { ...id, ...one } })),
  fc.constant<SessionCommand>({ type: 'WithdrawRequest', data: { ...id, on, reason } }),
  meeting.map((one): SessionCommand => ({ type: 'PlanSession', data: { ...id, ...one } })),
  fc
    .record({ starts: moment, ends: moment })
    .map((one): SessionCommand => ({ type: 'MoveSession', data: { ...id, ...one } })),
  fc.constant<SessionCommand>({ type: 'CancelSession', data: { ...id, on, reason } }),
  fc.tuple(meeting, fc.array(attendance, { maxLength: 4 })).map(
    ([one, list]): SessionCommand => ({
      type: 'ReportSessionHeld',
      data: { ...id, ...one, attendance: list, reference: null, request: null },
    }),
  ),
  fc
    .array(attendance, { maxLength: 4 })
    .map((list): SessionCommand => ({ type: 'ReportAttendance', data: { ...id, attendance: list } })),
  attendance.map((one): SessionCommand => ({ type: 'AddAttendance', data: { ...id, attendance: one, reason } })),
  fc.record(who).map((one): SessionCommand => ({ type: 'WithdrawAttendance', data: { ...id, ...one, reason } })),
  fc
    .record({ ...who, presence })
    .map((one): SessionCommand => ({ type: 'ReplaceAttendance', data: { ...id, ...one, reason } })),
  fc.constant<SessionCommand>({ type: 'ReportIndustryContribution', data: { ...id, what: 'pens' } }),
  fc.constant<SessionCommand>({ type: 'ClearIndustryContribution', data: { ...id, reason } }),
)

const held: SessionCommand = {
  type: 'ReportSessionHeld',
  data: {
    ...id,
    ...bare,
    groups: ['G1', 'G2'].map(groupNamed),
    starts: inOslo('2024-01-10 15:00'),
    ends: inOslo('2024-01-10 18:00'),
    attendance: [],
    reference: null,
    request: null,
  },
}

describe('a session', () => {
  const asked = fc.record({ command: anyCommand, context: fc.constantFrom(anybody, as('importer')) })
  for (const { law, holdsFor } of deciderLaws(session, sessionEvents)) {
    test(law, () => {
      fc.assert(
        fc.property(fc.array(asked, { maxLength: 25 }), (commands) => {
          holdsFor(commands)
          holdsFor([{ command: held, context: anybody }, ...commands])
        }),
      )
    })
  }
})
