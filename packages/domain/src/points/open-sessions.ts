// open-sessions.ts: the sessions of a group that are planned or wished for, and not held yet

import { idOf } from '../kernel/event.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import type { SessionEvent } from '../session/session-events.ts'
import type { GroupId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import type { Evidence } from './judgements.ts'
import { planningIn } from './known.ts'
import type { SessionName } from './verdict.ts'

/** A session that is planned or wished for, and can still be held. */
export interface OpenSession extends SessionName {
  /** The first day on which it was either. */
  readonly on: LegalDate
}

/** Those of a group as known on the day asked for, the earliest wish first, which no rule about planning prefers another to. */
export const openSessions = (
  group: GroupId,
  { sessions }: Pick<Evidence, 'sessions'>,
  question: Question,
): ReadonlyArray<OpenSession> => {
  const open: OpenSession[] = []
  for (const [session, history] of sessions) {
    const one = openSession(history, group, question)
    if (one !== null) open.push({ session, ...one })
  }
  return open.sort(
    (one, other) =>
      compareText(one.on, other.on) || compareText(one.label, other.label) || compareText(one.session, other.session),
  )
}

const openSession = (
  history: History<SessionEvent>,
  group: GroupId,
  question: Question,
): Omit<OpenSession, 'session'> | null => {
  const facts = factsKnown(history, question)
  const { on } = planningIn(facts, question)
  if (on === null || on > question.effectiveThrough) return null
  let groups: ReadonlyArray<GroupId> = []
  let label: string | null = null
  for (const { event, stream } of facts) {
    switch (event.type) {
      case 'SessionHeld':
        if (event.data.date <= question.effectiveThrough) return null
        break
      case 'SessionRequested':
        label = event.data.reference?.id ?? null
        groups = event.data.groups
        break
      case 'RequestChanged':
      case 'SessionPlanned':
        groups = event.data.groups
        break
    }
    label ??= idOf(stream)
  }
  return groups.includes(group) && label !== null ? { label, on } : null
}
