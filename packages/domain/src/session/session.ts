// session.ts: a session, from the wish for it to what was put right afterwards

import { canonical } from '../kernel/canonical.ts'
import { accept, type Context, type Decider, type Decision, nothing, refuse } from '../kernel/decider.ts'
import { isImporter } from '../values/actor-role.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { dateIn, type Zone } from '../values/legal-date.ts'
import type { SessionCommand } from './session-commands.ts'
import {
  Attendance,
  attendanceAdded,
  attendanceReplaced,
  attendanceWithdrawn,
  industryContributionCleared,
  industryContributionReported,
  requestChanged,
  requestWithdrawn,
  type SessionEvent,
  sessionCancelled,
  sessionHeld,
  sessionMoved,
  sessionPlanned,
  sessionRequested,
} from './session-events.ts'

// state: what a decision needs to know, and no more

/** A session as decisions see it, from the wish for it to the report, by the stage it is in. */
export type Session =
  | { readonly stage: 'unknown' | 'requested' | 'withdrawn' | 'cancelled' }
  | { readonly stage: 'planned'; readonly zone: Zone }
  | {
      readonly stage: 'held'
      readonly groups: ReadonlyArray<GroupId>
      /** All that were ever reported, also those taken off the list again. */
      readonly reported: ReadonlyArray<Attendance>
      readonly present: ReadonlyArray<Attendance>
      /** What the industry is reported to have given, and nobody has cleared. */
      readonly contributions: ReadonlyArray<string>
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
      return { stage: 'held', groups, reported: attendance, present: attendance, contributions: [] }
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
      return { ...session, contributions: [...session.contributions, event.data.what] }
    case 'IndustryContributionCleared':
      return { ...session, contributions: [] }
  }
}

interface Who {
  readonly group: GroupId
  readonly doctor: DoctorId
}

const nameOf = ({ group, doctor }: Who): string => `${group} ${doctor}`

const isOf = (attendance: Attendance, { group, doctor }: Who): boolean =>
  attendance.group === group && attendance.doctor === doctor

// decisions: one switch onto named functions

/** Why a command of a session is refused, with what says more. */
export type SessionRefusal =
  | {
      readonly _tag: 'SessionInWrongStage'
      readonly session: SessionId
      readonly stage: Session['stage']
      readonly command: string
    }
  | { readonly _tag: 'EndNotAfterStart'; readonly starts: string; readonly ends: string }
  /** A corrected session whose date is not the local date of its start. */
  | { readonly _tag: 'DateNotOfStart'; readonly date: string; readonly starts: string }
  | { readonly _tag: 'NotHeldYet'; readonly ends: string }
  | { readonly _tag: 'GroupNotAtSession'; readonly group: GroupId }
  | { readonly _tag: 'AlreadyPresent'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'NotPresent'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'ReportedOtherwise'; readonly group: GroupId; readonly doctor: DoctorId }
  | { readonly _tag: 'NoContributionReported'; readonly session: SessionId }

type SessionDecision = Decision<SessionEvent, SessionRefusal>
type Asked<Type extends SessionCommand['type']> = Extract<SessionCommand, { readonly type: Type }>['data']

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

const requestSession = ({ session: _, ...wish }: Asked<'RequestSession'>): SessionDecision =>
  accept(sessionRequested.of(wish))

const changeRequest = ({ session: _, ...wish }: Asked<'ChangeRequest'>): SessionDecision =>
  accept(requestChanged.of(wish))

const withdrawRequest = ({ on, reason }: Asked<'WithdrawRequest'>): SessionDecision =>
  accept(requestWithdrawn.of({ on, reason }))

const planSession = ({ session: _, ...plan }: Asked<'PlanSession'>): SessionDecision =>
  plan.ends > plan.starts
    ? accept(sessionPlanned.of({ ...plan, date: dateIn(plan.zone, plan.starts) }))
    : refuse({ _tag: 'EndNotAfterStart', starts: plan.starts, ends: plan.ends })

const moveSession = ({ starts, ends }: Asked<'MoveSession'>, zone: Zone): SessionDecision =>
  ends > starts
    ? accept(sessionMoved.of({ starts, ends, date: dateIn(zone, starts) }))
    : refuse({ _tag: 'EndNotAfterStart', starts, ends })

const cancelSession = ({ on, reason }: Asked<'CancelSession'>): SessionDecision =>
  accept(sessionCancelled.of({ on, reason }))

/** What was held was held, whatever the plan said: a withdrawn or cancelled session that took place all the same is no error. */
const reportSessionHeld = (
  { session: _, ...held }: Asked<'ReportSessionHeld'>,
  { actor, at }: Context,
): SessionDecision => {
  const event = sessionHeld.of({ ...held, date: dateIn(held.zone, held.starts) })
  const refusal = whyNotHeldSo(event.data)
  if (refusal !== null) return refuse(refusal)
  if (held.ends > at && !isImporter(actor)) return refuse({ _tag: 'NotHeldYet', ends: held.ends })
  return accept(event)
}

/** What no session can have been like, whether it is reported or corrected so. */
const whyNotHeldSo = ({ starts, ends, zone, date, groups, attendance }: HeldData): SessionRefusal | null => {
  if (ends <= starts) return { _tag: 'EndNotAfterStart', starts, ends }
  if (date !== dateIn(zone, starts)) return { _tag: 'DateNotOfStart', date, starts }
  const stranger = attendance.find(({ group }) => !groups.includes(group))
  if (stranger !== undefined) return { _tag: 'GroupNotAtSession', group: stranger.group }
  const listed = new Set<string>()
  for (const { group, doctor } of attendance) {
    const name = nameOf({ group, doctor })
    if (listed.has(name)) return { _tag: 'AlreadyPresent', group, doctor }
    listed.add(name)
  }
  return null
}

type HeldData = Extract<SessionEvent, { readonly type: 'SessionHeld' }>['data']

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
      return session.contributions.includes(asked.data.what)
        ? nothing
        : accept(industryContributionReported.of({ what: asked.data.what }))
    case 'ClearIndustryContribution':
      return session.contributions.length > 0
        ? accept(industryContributionCleared.of({ reason: asked.data.reason }))
        : refuse({ _tag: 'NoContributionReported', session: asked.data.session })
  }
}

const reportAttendance = ({ attendance }: Asked<'ReportAttendance'>, session: Held): SessionDecision => {
  const added: SessionEvent[] = []
  const reported = new Map<string, ReadonlyArray<string>>()
  for (const one of session.reported) reported.set(nameOf(one), [...(reported.get(nameOf(one)) ?? []), contentOf(one)])
  for (const one of attendance) {
    if (!session.groups.includes(one.group)) return refuse({ _tag: 'GroupNotAtSession', group: one.group })
    const before = reported.get(nameOf(one))
    if (before === undefined) {
      added.push(attendanceAdded.of({ attendance: one, reason: 'reported later' }))
      reported.set(nameOf(one), [contentOf(one)])
    } else if (!before.includes(contentOf(one)))
      return refuse({ _tag: 'ReportedOtherwise', group: one.group, doctor: one.doctor })
  }
  return accept(...added)
}

const contentOf = (attendance: Attendance): string => canonical(Attendance.encode(attendance))

const addAttendance = ({ attendance, reason }: Asked<'AddAttendance'>, session: Held): SessionDecision => {
  const { group, doctor } = attendance
  if (!session.groups.includes(group)) return refuse({ _tag: 'GroupNotAtSession', group })
  return isPresent(session, attendance)
    ? refuse({ _tag: 'AlreadyPresent', group, doctor })
    : accept(attendanceAdded.of({ attendance, reason }))
}

const withdrawAttendance = ({ group, doctor, reason }: Asked<'WithdrawAttendance'>, session: Held): SessionDecision =>
  isPresent(session, { group, doctor })
    ? accept(attendanceWithdrawn.of({ group, doctor, reason }))
    : refuse({ _tag: 'NotPresent', group, doctor })

const replaceAttendance = (
  { group, doctor, presence, reason }: Asked<'ReplaceAttendance'>,
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
  mayCorrect: (_type, meant) => (meant?.type === 'SessionHeld' ? whyNotHeldSo(meant.data) : null),
}
