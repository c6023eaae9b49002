// evidence.ts: what points are computed from: a row a session, a row a group, a row a doctor, each mirroring its stream

import * as t from 'io-ts'
import { type DoctorEvent, doctorEvents } from '../doctor/doctor-events.ts'
import { type GroupEvent, groupEvents } from '../group/group.ts'
import { factIn } from '../kernel/correction.ts'
import { idOf, type Recorded } from '../kernel/event.ts'
import { typesOf } from '../kernel/event-catalogue.ts'
import { defineProjection, type Projection } from '../kernel/projection.ts'
import { type SessionEvent, sessionEvents } from '../session/session-events.ts'
import { SessionId } from '../values/identity.ts'
import { type History, historyOf, streamHistory } from './history.ts'

/** All that was recorded of one session. Key: the session's id. */
export const sessionEvidence: Projection<SessionEvent, History<SessionEvent>> = streamHistory(
  'session-evidence',
  1,
  sessionEvents,
)

/** All that was recorded of one group, and the sessions it was reported at, once each. */
export interface GroupEvidence {
  readonly history: History<GroupEvent>
  readonly sessions: ReadonlyArray<SessionId>
}

/** Memberships, declarations and sessions of one group. Key: the group's id. */
export const groupEvidence: Projection<GroupEvent | SessionEvent, GroupEvidence> = defineProjection({
  name: 'group-evidence',
  version: 1,
  kind: 'bitemporal',
  handles: new Set([...groupEvents.types, ...typesOf(['SessionHeld'])]),
  keys: (recorded) => (groupEvents.holds(recorded) ? [idOf(recorded.stream)] : groupsNamedIn(recorded)),
  evolve: (row, recorded) => {
    const { history, sessions } = row ?? { history: [], sessions: [] }
    return groupEvents.holds(recorded)
      ? { history: [...history, recorded], sessions }
      : { history, sessions: including(sessions, recorded) }
  },
  row: t.strict({ history: historyOf(groupEvents), sessions: t.readonlyArray(SessionId) }),
})

/** All that was recorded of one doctor, and the sessions whose lists ever named the doctor, once each. */
export interface DoctorEvidence {
  readonly history: History<DoctorEvent>
  readonly sessions: ReadonlyArray<SessionId>
}

/** Periods and sessions of one doctor. Key: the doctor's id. */
export const doctorEvidence: Projection<DoctorEvent | SessionEvent, DoctorEvidence> = defineProjection({
  name: 'doctor-evidence',
  version: 1,
  kind: 'bitemporal',
  handles: new Set([...doctorEvents.types, ...typesOf(['SessionHeld', 'AttendanceAdded'])]),
  keys: (recorded) => (doctorEvents.holds(recorded) ? [idOf(recorded.stream)] : doctorsNamedIn(recorded)),
  evolve: (row, recorded) => {
    const { history, sessions } = row ?? { history: [], sessions: [] }
    return doctorEvents.holds(recorded)
      ? { history: [...history, recorded], sessions }
      : { history, sessions: including(sessions, recorded) }
  },
  row: t.strict({ history: historyOf(doctorEvents), sessions: t.readonlyArray(SessionId) }),
})

const groupsNamedIn = (recorded: Recorded): ReadonlyArray<string> => {
  const fact = sessionEvents.holds(recorded) ? factIn(recorded.event) : null
  return fact?.type === 'SessionHeld' ? fact.data.groups : []
}

const doctorsNamedIn = (recorded: Recorded): ReadonlyArray<string> => {
  const fact = sessionEvents.holds(recorded) ? factIn(recorded.event) : null
  if (fact?.type === 'SessionHeld') return [...new Set(fact.data.attendance.map(({ doctor }) => doctor))]
  return fact?.type === 'AttendanceAdded' ? [fact.data.attendance.doctor] : []
}

const including = (sessions: ReadonlyArray<SessionId>, { stream }: Recorded): ReadonlyArray<SessionId> => {
  const session = idOf(stream)
  return SessionId.is(session) && !sessions.includes(session) ? [...sessions, session] : sessions
}
