// register-table.ts: a register written as a table, so that a rule's example reads like the rule's text

import type { Entry } from '../kernel/correction.ts'
import type { Recorded } from '../kernel/event.ts'
import { type Instant, instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Projection } from '../kernel/projection.ts'
import { replay } from '../kernel/replay.ts'
import type { Evidence } from '../points/judgements.ts'
import { doctorEvidence, groupEvidence, sessionEvidence } from '../projections/evidence.ts'
import { doctorMerges } from '../projections/persons.ts'
import type { RegisterEvent } from '../register/events.ts'
import type { Attendance, MeetingPlace, Presence } from '../session/session-events.ts'
import { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { dateIn, legalDate, oslo } from '../values/legal-date.ts'
import { personal } from '../values/personal.ts'
import { type Logbook, logbook } from './logbook.ts'
import {
  departmentNamed,
  doctorNamed,
  doctorStream,
  groupNamed,
  groupStream,
  inOslo,
  reference,
  sessionStream,
  whole,
} from './names.ts'

/** Who is in a group. A name alone: from long before any session, and still. */
export type MemberRow = string | { readonly doctor: string; readonly joined?: string; readonly left?: string }

/** A group: its members, and its declaration. */
export interface GroupRow {
  readonly members: ReadonlyArray<MemberRow>
  /** Long before any session where left out. */
  readonly registered?: string
  /** Signed long before any session where left out; null: never. */
  readonly signed?: string | null
  readonly withdrawn?: string
  /** Signatures after that one. */
  readonly signedAgain?: ReadonlyArray<{ readonly signed: string; readonly withdrawn?: string }>
}

/** Who was there. A name alone: a member, for the whole session. Times are wall times on the session's date. */
export type PresentRow =
  | string
  | {
      readonly doctor: string
      readonly role?: 'guest' | 'member'
      readonly minutes?: number
      /** `['15:00-16:00', '16:30-17:00']` */
      readonly times?: ReadonlyArray<string>
    }

/** A session, with who was there for each group. */
export interface SessionRow {
  readonly session: string
  /** `2024-01-10 15:00`, on the wall in Oslo. */
  readonly starts: string
  readonly minutes: number
  readonly present: Readonly<Record<string, ReadonlyArray<PresentRow>>>
  readonly hosts?: ReadonlyArray<string>
  readonly place?: MeetingPlace
  readonly department?: string
  readonly industry?: string
  /** When it was reported; always known where left out. */
  readonly known?: Instant
}

/** A register as a table: doctors with their anchors, groups, sessions. */
export interface RegisterTable {
  /** The anchor of each doctor; null: none. */
  readonly doctors?: Readonly<Record<string, string | null>>
  readonly groups?: Readonly<Record<string, GroupRow>>
  readonly sessions?: ReadonlyArray<SessionRow>
}

/** What a table gives: the evidence that points are computed from, and the log to write more into. */
export interface TestRegister extends Logbook<RegisterEvent> {
  /** The evidence of all that is in the log by now. */
  readonly evidence: () => Evidence
  /** What was recorded when that session was held. */
  readonly held: (session: string) => Recorded<Entry<RegisterEvent>>
}

const longBefore = '2000-01-01'

/** A register with these doctors, groups and sessions. */
export const registerWith = ({ doctors = {}, groups = {}, sessions = [] }: RegisterTable): TestRegister => {
  const book = logbook<RegisterEvent>()
  for (const [doctor, anchor] of Object.entries(doctors)) recordDoctor(book, doctor, anchor)
  for (const [group, row] of Object.entries(groups)) recordGroup(book, group, row)
  for (const row of sessions) recordSession(book, row)
  return {
    ...book,
    evidence: () => evidenceFrom(book.history),
    held: (session) => {
      const found = book.history.find(
        ({ stream, event }) => stream === sessionStream(session) && event.type === 'SessionHeld',
      )
      if (found === undefined) throw new Error(`there is no session ${session} in this register`)
      return found
    },
  }
}

/** The rows that points are computed from, from these events. */
export const evidenceFrom = (history: ReadonlyArray<Recorded<Entry<RegisterEvent>>>): Evidence => {
  const rowsOf = <Row>(projection: Projection<RegisterEvent, Row>) => replay(projection, history)
  return {
    doctors: keyedBy(DoctorId, rowsOf(doctorEvidence)),
    groups: keyedBy(GroupId, rowsOf(groupEvidence)),
    sessions: keyedBy(SessionId, rowsOf(sessionEvidence)),
    merges: keyedBy(DoctorId, rowsOf(doctorMerges)),
  }
}

const keyedBy = <Id extends string, Row>(
  codec: { is: (value: unknown) => value is Id },
  rows: ReadonlyMap<string, Row>,
): ReadonlyMap<Id, Row> => {
  const keyed = new Map<Id, Row>()
  for (const [key, row] of rows) if (codec.is(key)) keyed.set(key, row)
  return keyed
}

const recordDoctor = (book: Logbook<RegisterEvent>, name: string, anchor: string | null): void => {
  const stream = doctorStream(name)
  const id = doctorNamed(name)
  book.record(stream, { type: 'DoctorRegistered', data: { name: personal(id, name), municipality: null } })
  if (anchor !== null) book.record(stream, { type: 'PeriodOpened', data: { anchor: legalDate(anchor) } })
}

const recordGroup = (book: Logbook<RegisterEvent>, name: string, row: GroupRow): void => {
  const stream = groupStream(name)
  const [first] = row.members
  book.record(stream, {
    type: 'GroupRegistered',
    data: { name, municipality: null, on: legalDate(row.registered ?? longBefore), reference: reference(name) },
  })
  for (const member of row.members) {
    const { doctor, joined = longBefore, left = null } = typeof member === 'string' ? { doctor: member } : member
    const stay = { doctor: doctorNamed(doctor), joined: legalDate(joined) }
    book.record(stream, { type: 'MemberJoined', data: { doctor: stay.doctor, on: stay.joined } })
    if (left !== null) book.record(stream, { type: 'MemberLeft', data: { ...stay, on: legalDate(left) } })
  }
  const { signed = longBefore, withdrawn, signedAgain = [] } = row
  if (first === undefined) return
  const signedBy = doctorNamed(typeof first === 'string' ? first : first.doctor)
  const signatures = [
    ...(signed === null ? [] : [{ signed, ...(withdrawn === undefined ? {} : { withdrawn }) }]),
    ...signedAgain,
  ]
  for (const { signed, withdrawn } of signatures) {
    book.record(stream, { type: 'IndustryFreeDeclared', data: { signedBy, on: legalDate(signed) } })
    if (withdrawn === undefined) continue
    const data = { signedBy, signed: legalDate(signed), on: legalDate(withdrawn) }
    book.record(stream, { type: 'IndustryFreeWithdrawn', data })
  }
}

const recordSession = (book: Logbook<RegisterEvent>, row: SessionRow): void => {
  const { session, hosts = [], place = null, department, industry, known } = row
  const stream = sessionStream(session)
  const starts = inOslo(row.starts)
  const said = known === undefined ? {} : { knownSince: known }
  const attendance = Object.entries(row.present).flatMap(([group, present]) =>
    present.map((one) => attendanceOf(group, one, row.starts.slice(0, 10))),
  )
  const data = {
    starts,
    ends: instantOf(millisecondsOf(starts) + row.minutes * 60_000),
    zone: oslo,
    date: dateIn(oslo, starts),
    place,
    department: department === undefined ? null : departmentNamed(department),
    hosts: hosts.map(doctorNamed),
    groups: Object.keys(row.present).map(groupNamed),
    topics: [],
    attendance,
    reference: reference(session),
    request: null,
  }
  book.record(stream, { type: 'SessionHeld', data }, said)
  if (industry !== undefined)
    book.record(stream, { type: 'IndustryContributionReported', data: { what: industry } }, said)
}

/** One row of a session's list; `date` is the day that its wall times are on. */
export const attendanceOf = (group: string, row: PresentRow, date: string): Attendance => {
  const { doctor, role = 'member', minutes, times } = typeof row === 'string' ? { doctor: row } : row
  return { group: groupNamed(group), doctor: doctorNamed(doctor), role, presence: presenceOf(date, minutes, times) }
}

const presenceOf = (date: string, minutes: number | undefined, times: ReadonlyArray<string> | undefined): Presence => {
  if (minutes !== undefined) return { kind: 'minutes', minutes: whole(minutes) }
  if (times === undefined) return { kind: 'whole' }
  const intervals = times.map((time) => {
    const [from = '', to = ''] = time.split('-')
    return { from: inOslo(`${date} ${from}`), to: inOslo(`${date} ${to}`) }
  })
  return { kind: 'intervals', intervals }
}
