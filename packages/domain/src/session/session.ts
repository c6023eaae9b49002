// session.ts: a session, from the wish for it to what was put right afterwards

import * as t from 'io-ts'
import { type Commands, command } from '../kernel/command.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { isImporter } from '../values/actor-role.ts'
import {
  type DoctorId,
  DoctorId as DoctorIdCodec,
  type GroupId,
  GroupId as GroupIdCodec,
  Reference,
  SessionId,
} from '../values/identity.ts'
import { dateIn, LegalDate, type Zone } from '../values/legal-date.ts'
import { WholeMinute } from '../values/minutes.ts'
import { Label, Text } from '../values/text.ts'
import {
  Attendance,
  attendanceAdded,
  attendanceReplaced,
  attendanceWithdrawn,
  industryContributionCleared,
  industryContributionReported,
  MeetingFields,
  Presence,
  requestChanged,
  requestWithdrawn,
  type SessionEvent,
  sessionCancelled,
  sessionHeld,
  sessionMoved,
  sessionPlanned,
  sessionRequested,
  WishFields,
} from './session-events.ts'

// state: what a decision needs to know, and no more

export type Session =
  | { readonly stage: 'unknown' | 'requested' | 'withdrawn' | 'cancelled' }
  | { readonly stage: 'planned'; readonly zone: Zone }
  | {
      readonly stage: 'held'
      readonly groups: ReadonlyArray<GroupId>
      /** All that were ever reported, also those taken off the list again. */
      readonly reported: ReadonlyArray<Attendance>
      readonly present: ReadonlyArray<Attendance>
      readonly contribution: boolean
    }

export const evolve = (session: Session, event: SessionEvent): Session => {
  switch (event.type) {
    case 'SessionRequested':
      return session.stage === 'unknown' ? { stage: 'requested' } : session
    case 'RequestChanged':
      return session
    case 'RequestWithdrawn':
      return { stage: 'withdrawn' }
    case 'SessionPlanned':
      return { stage: 'planned', zone: event.data.zone }
    case 'SessionMoved':
      return session
    case 'SessionCancelled':
      return { stage: 'cancelled' }
    case 'SessionHeld': {
      const { groups, attendance } = event.data
      return { stage: 'held', groups, reported: attendance, present: attendance, contribution: false }
    }
    default:
      return session.stage === 'held' ? evolveHeld(session, event) : session
  }
}

type Held = Extract<Session, { readonly stage: 'held' }>
type Afterwards = Extract<SessionEvent, { readonly type: `Attendance${string}` | `Industry${string}` }>

const evolveHeld = (session: Held, event: Afterwards): Session => {
  switch (event.type) {
    case 'AttendanceAdded': {
      const { attendance } = event.data
      return { ...session, reported: [...session.reported, attendance], present: [...session.present, attendance] }
    }
    case 'AttendanceWithdrawn':
      return { ...session, present: session.present.filter((one) => !isOf(one, event.data)) }
    case 'AttendanceReplaced': {
      const { presence } = event.data
      return { ...session, present: session.present.map((one) => (isOf(one, event.data) ? { ...one, presence } : one)) }
    }
    case 'IndustryContributionReported':
      return { ...session, contribution: true }
    case 'IndustryContributionCleared':
      return { ...session, contribution: false }
  }
}

interface Who {
  readonly group: GroupId
  readonly doctor: DoctorId
}

const isOf = (attendance: Attendance, { group, doctor }: Who): boolean =>
  attendance.group === group && attendance.doctor === doctor

// commands: data that may come from outside

const meeting = MeetingFields.type.props
const who = { session: SessionId, group: GroupIdCodec, doctor: DoctorIdCodec }

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

// decisions: one switch onto named functions

export type SessionRefusal =
  | {
      readonly _tag: 'SessionInWrongStage'
      readonly session: SessionId
      readonly stage: Session['stage']
      readonly command: string
    }
  | { readonly _tag: 'EndNotAfterStart'; readonly starts: string; readonly ends: string }
  | { readonly _tag: 'NotHeldYet'; readonly ends: string }
  | { readonly _tag: 'GroupNotAtSession'; readonly group: GroupId }
  | { readonly _tag: 'AlreadyPresent'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'NotPresent'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'ReportedOtherwise'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'NoContributionReported'; readonly session: SessionId }

type SessionDecision = Decision<SessionEvent, SessionRefusal>
type Data<C extends t.Mixed> = t.TypeOf<C>['data']

export const decide =
  (asked: SessionCommand, context: Context) =>
  (session: Session): SessionDecision => {
    const wrongStage = refuse({
      _tag: 'SessionInWrongStage' as const,
      session: asked.data.session,
      stage: session.stage,
      command: asked.type,
    })
    switch (asked.type) {
      case 'RequestSession':
        return session.stage === 'unknown' ? requestSession(asked.data) : wrongStage
      case 'ChangeRequest':
        return session.stage === 'requested' ? changeRequest(asked.data) : wrongStage
      case 'WithdrawRequest':
        return session.stage === 'requested' ? withdrawRequest(asked.data) : wrongStage
      case 'PlanSession':
        return session.stage === 'unknown' || session.stage === 'requested' ? planSession(asked.data) : wrongStage
      case 'MoveSession':
        return session.stage === 'planned' ? moveSession(asked.data, session.zone) : wrongStage
      case 'CancelSession':
        return session.stage === 'planned' ? cancelSession(asked.data) : wrongStage
      case 'ReportSessionHeld':
        return session.stage === 'held' ? wrongStage : reportSessionHeld(asked.data, context)
      default:
        return session.stage === 'held' ? decideAfterwards(asked, session) : wrongStage
    }
  }

const requestSession = ({ session: _, ...wish }: Data<typeof RequestSession>): SessionDecision =>
  accept(sessionRequested.of(wish))

const changeRequest = ({ session: _, ...wish }: Data<typeof ChangeRequest>): SessionDecision =>
  accept(requestChanged.of(wish))

const withdrawRequest = ({ on, reason }: Data<typeof WithdrawRequest>): SessionDecision =>
  accept(requestWithdrawn.of({ on, reason }))

const planSession = ({ session: _, ...plan }: Data<typeof PlanSession>): SessionDecision =>
  plan.ends > plan.starts
    ? accept(sessionPlanned.of({ ...plan, date: dateIn(plan.zone, plan.starts) }))
    : refuse({ _tag: 'EndNotAfterStart', starts: plan.starts, ends: plan.ends })

const moveSession = ({ starts, ends }: Data<typeof MoveSession>, zone: Zone): SessionDecision =>
  ends > starts
    ? accept(sessionMoved.of({ starts, ends, date: dateIn(zone, starts) }))
    : refuse({ _tag: 'EndNotAfterStart', starts, ends })

const cancelSession = ({ on, reason }: Data<typeof CancelSession>): SessionDecision =>
  accept(sessionCancelled.of({ on, reason }))

/** What was held was held, whatever the plan said: a withdrawn or cancelled session that took place all the same is no error. */
const reportSessionHeld = (
  { session: _, ...held }: Data<typeof ReportSessionHeld>,
  { actor, at }: Context,
): SessionDecision => {
  if (held.ends <= held.starts) return refuse({ _tag: 'EndNotAfterStart', starts: held.starts, ends: held.ends })
  if (held.ends > at && !isImporter(actor)) return refuse({ _tag: 'NotHeldYet', ends: held.ends })
  const stranger = held.attendance.find(({ group }) => !held.groups.includes(group))
  if (stranger !== undefined) return refuse({ _tag: 'GroupNotAtSession', group: stranger.group })
  const twice = held.attendance.find((one, index) => held.attendance.findIndex((other) => isOf(other, one)) !== index)
  if (twice !== undefined) return refuse({ _tag: 'AlreadyPresent', group: twice.group, doctor: twice.doctor })
  return accept(sessionHeld.of({ ...held, date: dateIn(held.zone, held.starts) }))
}

type AskedAfterwards = Exclude<
  SessionCommand,
  {
    readonly type:
      | 'RequestSession'
      | 'ChangeRequest'
      | 'WithdrawRequest'
      | 'PlanSession'
      | 'MoveSession'
      | 'CancelSession'
      | 'ReportSessionHeld'
  }
>

const decideAfterwards = (asked: AskedAfterwards, session: Held): SessionDecision => {
  switch (asked.type) {
    case 'ReportAttendance':
      return reportAttendance(asked.data, session)
    case 'AddAttendance':
      return addAttendance(asked.data, session)
    case 'WithdrawAttendance':
      return withdrawAttendance(asked.data, session)
    case 'ReplaceAttendance':
      return replaceAttendance(asked.data, session)
    case 'ReportIndustryContribution':
      return session.contribution ? nothing : accept(industryContributionReported.of({ what: asked.data.what }))
    case 'ClearIndustryContribution':
      return session.contribution
        ? accept(industryContributionCleared.of({ reason: asked.data.reason }))
        : refuse({ _tag: 'NoContributionReported', session: asked.data.session })
  }
}

const reportAttendance = ({ attendance }: Data<typeof ReportAttendance>, session: Held): SessionDecision => {
  const added: SessionEvent[] = []
  const reported = [...session.reported]
  for (const one of attendance) {
    if (!session.groups.includes(one.group)) return refuse({ _tag: 'GroupNotAtSession', group: one.group })
    const before = reported.filter((other) => isOf(other, one))
    if (before.length === 0) {
      added.push(attendanceAdded.of({ attendance: one, reason: 'reported later' }))
      reported.push(one)
    } else if (!before.some((other) => isSame(other, one)))
      return refuse({ _tag: 'ReportedOtherwise', group: one.group, doctor: one.doctor })
  }
  return accept(...added)
}

const isSame = (one: Attendance, other: Attendance): boolean =>
  JSON.stringify(Attendance.encode(one)) === JSON.stringify(Attendance.encode(other))

const addAttendance = ({ attendance, reason }: Data<typeof AddAttendance>, session: Held): SessionDecision => {
  const { group, doctor } = attendance
  if (!session.groups.includes(group)) return refuse({ _tag: 'GroupNotAtSession', group })
  return isPresent(session, attendance)
    ? refuse({ _tag: 'AlreadyPresent', group, doctor })
    : accept(attendanceAdded.of({ attendance, reason }))
}

const withdrawAttendance = (
  { group, doctor, reason }: Data<typeof WithdrawAttendance>,
  session: Held,
): SessionDecision =>
  isPresent(session, { group, doctor })
    ? accept(attendanceWithdrawn.of({ group, doctor, reason }))
    : refuse({ _tag: 'NotPresent', group, doctor })

const replaceAttendance = (
  { group, doctor, presence, reason }: Data<typeof ReplaceAttendance>,
  session: Held,
): SessionDecision =>
  isPresent(session, { group, doctor })
    ? accept(attendanceReplaced.of({ group, doctor, presence, reason }))
    : refuse({ _tag: 'NotPresent', group, doctor })

const isPresent = (session: Held, one: Who): boolean => session.present.some((other) => isOf(other, one))

/** A session as a decider: its stream is `session-<SessionId>`. */
export const session: Decider<Session, SessionCommand, SessionEvent, SessionRefusal> = {
  initial: { stage: 'unknown' },
  decide,
  evolve,
}
