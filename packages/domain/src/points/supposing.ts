// supposing.ts: evidence with facts that nobody recorded, to see what would follow from them

import type { GroupEvent } from '../group/group.ts'
import { commandIdOf, type Event, eventIdOf, position, type Recorded, revision, streamName } from '../kernel/event.ts'
import type { Instant } from '../kernel/instant.ts'
import type { History } from '../projections/history.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import type { Evidence } from './judgements.ts'

/** The same evidence, had that been recorded of a group, and known at that moment. Of a group that nobody knows nothing is supposed. */
export const supposingOfGroup = (evidence: Evidence, group: GroupId, event: GroupEvent, known: Instant): Evidence => {
  const row = evidence.groups.get(group)
  if (row === undefined) return evidence
  return {
    ...evidence,
    groups: new Map(evidence.groups).set(group, { ...row, history: withOneMore(row.history, event, known) }),
  }
}

/** The same of a session; one that was held stands in the rows of its groups and of those who were there. */
export const supposingOfSession = (
  evidence: Evidence,
  session: SessionId,
  event: SessionEvent,
  known: Instant,
): Evidence => {
  const history = evidence.sessions.get(session) ?? []
  const sessions = new Map(evidence.sessions).set(session, withOneMore(history, event, known))
  if (event.type !== 'SessionHeld') return { ...evidence, sessions }
  const { groups, doctors } = rowsOf([{ session, events: [event] }])
  return {
    ...evidence,
    sessions,
    groups: including(evidence.groups, groups),
    doctors: including(evidence.doctors, doctors),
  }
}

/** A session that nobody knows, from its first fact to the one that it was held. */
export interface Supposed {
  readonly session: SessionId
  readonly events: ReadonlyArray<SessionEvent>
}

/** The same, had that been recorded of sessions that nobody knows. All at once: a long period has room for thousands of them. */
export const supposingSessions = (evidence: Evidence, all: ReadonlyArray<Supposed>, known: Instant): Evidence => {
  const like = anyFactIn(evidence)
  if (like === undefined || all.every(({ events }) => events.length === 0)) return evidence
  const sessions = new Map(evidence.sessions)
  for (const { session, events } of all) {
    const [first, ...later] = events
    if (first === undefined) continue
    const stream = streamName('session', session)
    let history: History<SessionEvent> = [{ ...like, stream, revision: revision(0), knownSince: known, event: first }]
    for (const event of later) history = withOneMore(history, event, known)
    sessions.set(session, history)
  }
  const { groups, doctors } = rowsOf(all)
  return {
    ...evidence,
    sessions,
    groups: including(evidence.groups, groups),
    doctors: including(evidence.doctors, doctors),
  }
}

/** What is supposed looks like any other fact; where nothing was held yet, like those of a group. */
const anyFactIn = ({ sessions, groups }: Evidence): Recorded | undefined => {
  for (const [first] of sessions.values()) if (first !== undefined) return first
  for (const { history } of groups.values()) if (history[0] !== undefined) return history[0]
  return undefined
}

/** In whose rows those that were held stand. */
interface Rows {
  readonly groups: ReadonlyMap<GroupId, ReadonlySet<SessionId>>
  readonly doctors: ReadonlyMap<DoctorId, ReadonlySet<SessionId>>
}

const rowsOf = (all: ReadonlyArray<Supposed>): Rows => {
  const groups = new Map<GroupId, Set<SessionId>>()
  const doctors = new Map<DoctorId, Set<SessionId>>()
  for (const { session, events } of all) {
    for (const event of events) {
      if (event.type !== 'SessionHeld') continue
      for (const group of event.data.groups) groups.set(group, (groups.get(group) ?? new Set()).add(session))
      for (const { doctor } of event.data.attendance)
        doctors.set(doctor, (doctors.get(doctor) ?? new Set()).add(session))
    }
  }
  return { groups, doctors }
}

const including = <Id extends DoctorId | GroupId, Row extends { readonly sessions: ReadonlyArray<SessionId> }>(
  rows: ReadonlyMap<Id, Row>,
  held: ReadonlyMap<Id, ReadonlySet<SessionId>>,
): ReadonlyMap<Id, Row> => {
  const added = new Map(rows)
  for (const [id, sessions] of held) {
    const row = rows.get(id)
    if (row !== undefined) added.set(id, { ...row, sessions: [...new Set([...row.sessions, ...sessions])] })
  }
  return added
}

/** After all that its stream has; a stream of which nothing is known stays as it is. */
const withOneMore = <F extends Event>(history: History<F>, event: F, known: Instant): History<F> => {
  const last = history.at(-1)
  if (last === undefined) return history
  return [
    ...history,
    {
      ...last,
      id: eventIdOf(commandIdOf('supposed', last.id), 0),
      revision: revision(last.revision + 1),
      position: position(last.position + 1),
      knownSince: known,
      event,
    },
  ]
}
