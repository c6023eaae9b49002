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
  const { attendance, groups } = event.data
  return {
    ...evidence,
    sessions,
    groups: including(session, evidence.groups, groups),
    doctors: including(
      session,
      evidence.doctors,
      attendance.map(({ doctor }) => doctor),
    ),
  }
}

/** The same, had that been recorded of a session that nobody knows, from its first fact to the one that it was held. */
export const supposingSession = (
  evidence: Evidence,
  session: SessionId,
  events: ReadonlyArray<SessionEvent>,
  known: Instant,
): Evidence => {
  const like = anyFactIn(evidence)
  const [first, ...later] = events
  if (like === undefined || first === undefined) return evidence
  const begun = {
    ...like,
    stream: streamName('session', session),
    revision: revision(0),
    knownSince: known,
    event: first,
  }
  let supposed: Evidence = { ...evidence, sessions: new Map(evidence.sessions).set(session, [begun]) }
  for (const event of later) supposed = supposingOfSession(supposed, session, event, known)
  return supposed
}

/** What is supposed looks like any other fact; where nothing was held yet, like those of a group. */
const anyFactIn = ({ sessions, groups }: Evidence): Recorded | undefined => {
  for (const [first] of sessions.values()) if (first !== undefined) return first
  for (const { history } of groups.values()) if (history[0] !== undefined) return history[0]
  return undefined
}

const including = <Id extends DoctorId | GroupId, Row extends { readonly sessions: ReadonlyArray<SessionId> }>(
  session: SessionId,
  rows: ReadonlyMap<Id, Row>,
  ids: ReadonlyArray<Id>,
): ReadonlyMap<Id, Row> => {
  const added = new Map(rows)
  for (const id of ids) {
    const row = rows.get(id)
    if (row !== undefined && !row.sessions.includes(session))
      added.set(id, { ...row, sessions: [...row.sessions, session] })
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
