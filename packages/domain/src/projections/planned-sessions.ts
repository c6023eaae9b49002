// planned-sessions.ts: which sessions were ever planned or wished for, for a group, so that what can still be done with them is found

import * as t from 'io-ts'
import { factIn } from '../kernel/correction.ts'
import { idOf, type Recorded } from '../kernel/event.ts'
import { typesOf } from '../kernel/event-catalogue.ts'
import { defineProjection, type Projection } from '../kernel/projection.ts'
import { type SessionEvent, sessionEvents } from '../session/session-events.ts'
import { SessionId } from '../values/identity.ts'

/** The sessions that were ever planned for a group or wished for by it, once each; what became of them is in their own rows. Key: the group's id. */
export const plannedSessions: Projection<SessionEvent, ReadonlyArray<SessionId>> = defineProjection({
  name: 'planned-sessions',
  version: 2,
  kind: 'bitemporal',
  handles: new Set(typesOf(['SessionRequested', 'RequestChanged', 'SessionPlanned'])),
  keys: (recorded) => groupsPlannedIn(recorded),
  evolve: (row, { stream }) => {
    const sessions = row ?? []
    const session = idOf(stream)
    return SessionId.is(session) && !sessions.includes(session) ? [...sessions, session] : sessions
  },
  row: t.readonlyArray(SessionId),
})

const groupsPlannedIn = (recorded: Recorded): ReadonlyArray<string> => {
  const fact = sessionEvents.holds(recorded) ? factIn(recorded.event) : null
  switch (fact?.type) {
    case 'SessionRequested':
    case 'RequestChanged':
    case 'SessionPlanned':
      return fact.data.groups
    default:
      return []
  }
}
