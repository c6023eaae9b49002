// session-commands.ts: what can be asked of a session; data that may come from outside

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { DoctorId, GroupId, Reference, SessionId } from '../values/identity.ts'
import { LegalDate } from '../values/legal-date.ts'
import { WholeMinute } from '../values/minutes.ts'
import { Label, Text } from '../values/text.ts'
import { Attendance, MeetingFields, Presence, WishFields } from './session-events.ts'

const meeting = MeetingFields.type.props
const who = { session: SessionId, group: GroupId, doctor: DoctorId }

export const RequestSession = command('RequestSession', {
  session: SessionId,
  ...WishFields.type.props,
  reference: t.union([Reference, t.null]),
})
export const ChangeRequest = command('ChangeRequest', { session: SessionId, ...WishFields.type.props })
export const WithdrawRequest = command('WithdrawRequest', { session: SessionId, on: LegalDate, reason: Text })
export const PlanSession = command('PlanSession', { session: SessionId, ...meeting })
export const MoveSession = command('MoveSession', { session: SessionId, starts: WholeMinute, ends: WholeMinute })
export const CancelSession = command('CancelSession', { session: SessionId, on: LegalDate, reason: Text })
export const ReportSessionHeld = command('ReportSessionHeld', {
  session: SessionId,
  ...meeting,
  attendance: t.readonlyArray(Attendance),
  reference: t.union([Reference, t.null]),
  request: t.union([Reference, t.null]),
})
/** The list of those present, sent once more: who is not on record yet is added, nobody is removed. */
export const ReportAttendance = command('ReportAttendance', {
  session: SessionId,
  attendance: t.readonlyArray(Attendance),
})
export const AddAttendance = command('AddAttendance', { session: SessionId, attendance: Attendance, reason: Text })
export const WithdrawAttendance = command('WithdrawAttendance', { ...who, reason: Text })
export const ReplaceAttendance = command('ReplaceAttendance', { ...who, presence: Presence, reason: Text })
export const ReportIndustryContribution = command('ReportIndustryContribution', { session: SessionId, what: Label })
export const ClearIndustryContribution = command('ClearIndustryContribution', { session: SessionId, reason: Text })

/** Everything that can be asked of a session. */
export type SessionCommand =
  | t.TypeOf<typeof RequestSession>
  | t.TypeOf<typeof ChangeRequest>
  | t.TypeOf<typeof WithdrawRequest>
  | t.TypeOf<typeof PlanSession>
  | t.TypeOf<typeof MoveSession>
  | t.TypeOf<typeof CancelSession>
  | t.TypeOf<typeof ReportSessionHeld>
  | t.TypeOf<typeof ReportAttendance>
  | t.TypeOf<typeof AddAttendance>
  | t.TypeOf<typeof WithdrawAttendance>
  | t.TypeOf<typeof ReplaceAttendance>
  | t.TypeOf<typeof ReportIndustryContribution>
  | t.TypeOf<typeof ClearIndustryContribution>

/** The codecs of a session's commands, by type: untrusted JSON is read by them. */
export const sessionCommands: Commands<SessionCommand> = {
  RequestSession,
  ChangeRequest,
  WithdrawRequest,
  PlanSession,
  MoveSession,
  CancelSession,
  ReportSessionHeld,
  ReportAttendance,
  AddAttendance,
  WithdrawAttendance,
  ReplaceAttendance,
  ReportIndustryContribution,
  ClearIndustryContribution,
}
