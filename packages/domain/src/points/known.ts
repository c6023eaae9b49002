// known.ts: what the register knew of a session at a moment, where it was effective by a date

import type { FactInForce } from '../kernel/correction.ts'
import { idOf } from '../kernel/event.ts'
import { factsKnown, type Question } from '../projections/as-known.ts'
import type { History } from '../projections/history.ts'
import type { Persons } from '../projections/persons.ts'
import type { Attendance, Presence, SessionEvent, SessionTopic } from '../session/session-events.ts'
import { type DepartmentId, type DoctorId, type GroupId, type Reference, SessionId } from '../values/identity.ts'
import { dateIn, type LegalDate } from '../values/legal-date.ts'
import { minuteOf, type Span, type Spans, union, within } from '../values/minutes.ts'
import { compareText } from '../values/text.ts'
import { type FactReference, mergesBehind, referenceTo } from './fact-reference.ts'

/** One person's presence at a session as it stands after all that was put right; `doctor` is the record that stands for the person. */
export interface KnownAttendance {
  readonly group: GroupId
  readonly doctor: DoctorId
  readonly role: 'member' | 'guest'
  /** The minutes present inside the session. */
  readonly present: Spans
  readonly facts: ReadonlyArray<FactReference>
  /** Why several records are one doctor's, where they are. */
  readonly merges: ReadonlyArray<FactReference>
}

/** An attendance that was taken off the list; it counts nothing, and is not forgotten. */
export interface WithdrawnAttendance {
  readonly group: GroupId
  readonly doctor: DoctorId
  readonly reason: string
  readonly facts: ReadonlyArray<FactReference>
}

/** When a session was first planned or wished for. */
export interface KnownPlanning {
  /** Null: it was not before it was held, or no longer. */
  readonly on: LegalDate | null
  readonly facts: ReadonlyArray<FactReference>
}

/** A session that was held. */
export interface KnownSession {
  readonly id: SessionId
  /** What its reporter calls it; ids compare by this text. */
  readonly label: string
  readonly reference: Reference | null
  readonly date: LegalDate
  readonly span: Span
  readonly groups: ReadonlyArray<GroupId>
  readonly hosts: ReadonlyArray<DoctorId>
  readonly planned: KnownPlanning
  readonly department: DepartmentId | null
  readonly topics: ReadonlyArray<SessionTopic>
  readonly attendance: ReadonlyArray<KnownAttendance>
  /** Those who were taken off the list and not put on it again. */
  readonly withdrawn: ReadonlyArray<WithdrawnAttendance>
  /** The reports of what the industry gave that have not been cleared. */
  readonly contributions: ReadonlyArray<FactReference>
  readonly facts: ReadonlyArray<FactReference>
}

/** The session as known; null where it was not held, not yet effective or not yet known. */
export const sessionKnown = (
  history: History<SessionEvent>,
  question: Question,
  persons: Persons,
): KnownSession | null => {
  const facts = factsKnown(history, question)
  let session: KnownSession | null = null
  for (const fact of facts) if (fact.event.type === 'SessionHeld') session = heldSession(fact, fact.event.data)
  if (session === null || session.date > question.effectiveThrough) return null
  for (const fact of facts) session = putRight(session, fact)
  return asPersons({ ...session, planned: planningIn(facts, question) }, persons)
}

/**
 * The first of the days on which a group wished for the session, and on which it became known that it was planned. A wish that was withdrawn
 * and a plan that was cancelled are none: a session that was held all the same was not planned.
 */
export const planningIn = (
  facts: ReadonlyArray<FactInForce<SessionEvent>>,
  { effectiveThrough }: Question,
): KnownPlanning => {
  const planned: (KnownPlanning & { readonly on: LegalDate })[] = []
  const ended: FactReference[] = []
  for (const fact of facts) {
    const { event, knownSince } = fact
    if (event.type === 'SessionRequested') planned.push({ on: event.data.on, facts: referenceTo(fact) })
    else if (event.type === 'SessionPlanned')
      planned.push({ on: dateIn(event.data.zone, knownSince), facts: referenceTo(fact) })
    else if (event.type === 'RequestWithdrawn' || event.type === 'SessionCancelled') {
      // Nothing can be wished for or planned after either, under the same id.
      if (event.data.on <= effectiveThrough) ended.push(...referenceTo(fact))
    }
  }
  if (ended.length > 0) return { on: null, facts: [...planned.flatMap(({ facts }) => facts), ...ended] }
  return planned.sort((one, other) => compareText(one.on, other.on))[0] ?? { on: null, facts: [] }
}

const heldSession = (
  fact: FactInForce<SessionEvent>,
  held: Extract<SessionEvent, { readonly type: 'SessionHeld' }>['data'],
): KnownSession | null => {
  const id = idOf(fact.stream)
  if (!SessionId.is(id)) return null
  const span = { from: minuteOf(held.starts), to: minuteOf(held.ends) }
  const facts = referenceTo(fact)
  const { reference, date, groups, hosts, department, topics } = held
  const attendance = held.attendance.map((one) => knownAttendance(one, span, facts))
  return {
    id,
    label: reference?.id ?? id,
    reference,
    date,
    span,
    groups,
    hosts,
    planned: { on: null, facts: [] },
    department,
    topics,
    attendance,
    withdrawn: [],
    contributions: [],
    facts,
  }
}

const knownAttendance = (
  { group, doctor, role, presence }: Attendance,
  span: Span,
  facts: ReadonlyArray<FactReference>,
): KnownAttendance => ({
  group,
  doctor,
  role,
  present: presentMinutes(presence, span),
  facts,
  merges: [],
})

/** The minutes present inside a session. A number of minutes means its first ones. */
export const presentMinutes = (presence: Presence, session: Span): Spans => {
  switch (presence.kind) {
    case 'whole':
      return union([session])
    case 'intervals':
      return within(
        union(presence.intervals.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }))),
        session,
      )
    case 'minutes':
      return within([{ from: session.from, to: session.from + presence.minutes }], session)
  }
}

const putRight = (session: KnownSession, fact: FactInForce<SessionEvent>): KnownSession => {
  const { event } = fact
  switch (event.type) {
    case 'AttendanceAdded': {
      const added = knownAttendance(event.data.attendance, session.span, referenceTo(fact))
      return {
        ...session,
        attendance: [...session.attendance.filter((one) => !isOf(one, added)), added],
        withdrawn: session.withdrawn.filter((one) => !isOf(one, added)),
      }
    }
    case 'AttendanceWithdrawn': {
      const taken = session.attendance.filter((one) => isOf(one, event.data))
      return {
        ...session,
        attendance: session.attendance.filter((one) => !isOf(one, event.data)),
        withdrawn: [
          ...session.withdrawn,
          ...taken.map(({ facts }) => ({ ...event.data, facts: [...facts, ...referenceTo(fact)] })),
        ],
      }
    }
    case 'AttendanceReplaced': {
      const present = presentMinutes(event.data.presence, session.span)
      const attendance = session.attendance.map((one) =>
        isOf(one, event.data) ? { ...one, present, facts: [...one.facts, ...referenceTo(fact)] } : one,
      )
      return { ...session, attendance }
    }
    case 'IndustryContributionReported':
      return { ...session, contributions: [...session.contributions, ...referenceTo(fact)] }
    case 'IndustryContributionCleared':
      return {
        ...session,
        contributions: [],
        facts: [...session.facts, ...session.contributions, ...referenceTo(fact)],
      }
    default:
      return session
  }
}

interface Who {
  readonly group: GroupId
  readonly doctor: DoctorId
}

const isOf = (one: Who, other: Who): boolean => one.group === other.group && one.doctor === other.doctor

/** The same session with persons in the place of their records. */
const asPersons = (session: KnownSession, persons: Persons): KnownSession => {
  const attendance: KnownAttendance[] = []
  for (const one of session.attendance) {
    const doctor = persons.standingFor(one.doctor)
    const merges = mergesBehind(one.doctor, persons)
    const index = attendance.findIndex((other) => merges.length > 0 && isOf(other, { group: one.group, doctor }))
    const other = attendance[index]
    if (other === undefined) attendance.push({ ...one, doctor, merges })
    else attendance[index] = together(other, one)
  }
  const withdrawn = session.withdrawn.map((one) => ({
    ...one,
    doctor: persons.standingFor(one.doctor),
    facts: [...one.facts, ...mergesBehind(one.doctor, persons)],
  }))
  return { ...session, attendance, withdrawn, hosts: [...new Set(session.hosts.map(persons.standingFor))] }
}

/** What two records of one person attended with one group, as one attendance: their union, and a guest where either was one. */
const together = (one: KnownAttendance, other: KnownAttendance): KnownAttendance => ({
  ...one,
  role: one.role === 'guest' ? 'guest' : other.role,
  present: union([...one.present, ...other.present]),
  facts: [...one.facts, ...other.facts],
})
