// meetings.ts: sessions that a group could still hold, supposed, to see what would count then

import { checked } from '../kernel/checked.ts'
import { uuidOf } from '../kernel/event.ts'
import { instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { SessionEvent } from '../session/session-events.ts'
import { DoctorId, type GroupId, SessionId } from '../values/identity.ts'
import { isDuring, type LegalDate, startOf } from '../values/legal-date.ts'
import { lastDays } from './days-left.ts'
import type { Evidence } from './judgements.ts'
import { groupKnown, type KnownGroup, placeOn } from './known-group.ts'
import type { OpenSession } from './open-sessions.ts'
import { type Supposed, supposingOfGroup, supposingSessions } from './supposing.ts'
import type { Lacking } from './verdict.ts'

/** Counting sessions of a group to be held, and counting minutes of a doctor at what it holds. */
export interface Meeting extends Lacking {
  readonly group: GroupId
  /** The first of them, where they are planned or wished for already; the others are wished for today. */
  readonly planned: ReadonlyArray<OpenSession>
}

/** A session of a group to be supposed: when it was wished for, when it is held, and the minutes that the doctor is there for. */
export interface SupposedSession {
  readonly session: SessionId
  readonly wished: LegalDate
  readonly date: LegalDate
  readonly minutes: number
}

/** The rules for what a doctor attends with a group on a date. */
export const rulesOn = (
  group: KnownGroup,
  date: LegalDate,
  records: ReadonlyArray<DoctorId>,
  rules: RulesInForce,
): RulePack =>
  rules.at({ date, group: group.id, municipality: placeOn(group, date), department: null, doctor: records })

/**
 * The same evidence, had the group held those sessions on the last days that are left, signed for, with as many members as it
 * takes, and had the doctor been there for those minutes. Null where the days that are left are too few.
 */
export const supposingMeeting = (
  evidence: Evidence,
  doctor: DoctorId,
  { group: id, by, sessions, minutes, planned }: Meeting,
  rules: RulesInForce,
  question: Question,
): Evidence | null => {
  const { asKnownAt, effectiveThrough: today } = question
  const persons = personsKnown(evidence.merges, question)
  const group = groupKnown(id, evidence.groups.get(id)?.history ?? [], { asKnownAt, effectiveThrough: by }, persons)
  const own = rulesOn(group, by, persons.recordsOf(doctor), rules)
  const shares = sharesOf(minutes, own.dayCapMinutes.value)
  const count = Math.max(sessions, shares?.length ?? 0)
  const days = lastDays(by, today, count)
  const [last] = days
  if (shares === null || last === undefined || days.length < shares.length) return null
  const held = Array.from({ length: count }, (_, nth): SupposedSession => {
    const open = planned[nth]
    return {
      session: open?.session ?? supposedSession(`${id} ${by} ${nth}`),
      wished: open?.on ?? today,
      date: days[nth % days.length] ?? last,
      minutes: shares[nth] ?? 0,
    }
  })
  return supposingHeld(evidence, doctor, group, held, rules, question)
}

/** The same evidence, had the group held those sessions, signed for, with as many members as it takes. */
export const supposingHeld = (
  evidence: Evidence,
  doctor: DoctorId,
  group: KnownGroup,
  sessions: ReadonlyArray<SupposedSession>,
  rules: RulesInForce,
  question: Question,
): Evidence => {
  const { id, stays } = group
  const { asKnownAt } = question
  const records = personsKnown(evidence.merges, question).recordsOf(doctor)
  const dates = sessions.map(({ date }) => date).sort()
  const [first] = dates
  const last = dates.at(-1)
  if (first === undefined || last === undefined) return evidence
  const asked = new Map(
    dates.map((date) => [date, [records, []].map((of) => rulesOn(group, date, of, rules))] as const),
  )
  const most = (of: (pack: RulePack) => number): number => Math.max(...[...asked.values()].flat().map(of))

  const isMember = (one: DoctorId): boolean =>
    stays.some(({ doctor, joined, left }) => doctor === one && joined <= first && isDuring(last, joined, left))
  const members = [...new Set(stays.map((stay) => stay.doctor))].filter((one) => one !== doctor && isMember(one))
  const needed = most(({ quorum }) => quorum.value)
  const more = Array.from({ length: Math.max(needed - members.length, 0) }, (_, nth) => made(DoctorId, `member ${nth}`))
  const isThere = sessions.some(({ minutes }) => minutes > 0)
  let supposed = evidence
  for (const one of [...more, ...(isThere && !isMember(doctor) ? [doctor] : [])]) {
    const joined = { type: 'MemberJoined', data: { doctor: one, on: first } } as const
    supposed = supposingOfGroup(supposed, id, joined, asKnownAt)
  }
  const signed = { type: 'IndustryFreeDeclared', data: { signedBy: doctor, on: first } } as const
  supposed = supposingOfGroup(supposed, id, signed, asKnownAt)

  const others = [...members, ...more].slice(0, needed)
  const ends = new Map<LegalDate, number>()
  const all: Supposed[] = []
  for (const { session, wished, date, minutes } of sessions) {
    const [own, anybodys] = asked.get(date) ?? []
    if (own === undefined || anybodys === undefined) continue
    const shortest = Math.max(own.sessionMinutesMin.value, anybodys.sessionMinutesMin.value, 1)
    const from = ends.get(date) ?? millisecondsOf(startOf(own.zone, date)) + morning
    const to = from + Math.max(shortest, minutes) * minute
    ends.set(date, to)
    const attended = {
      kind: 'intervals',
      intervals: [{ from: instantOf(from), to: instantOf(from + minutes * minute) }],
    } as const
    const whole = { kind: 'whole' } as const
    const attendance = [
      ...others.map((one) => ({ group: id, doctor: one, role: 'member' as const, presence: whole })),
      ...(minutes > 0 ? [{ group: id, doctor, role: 'member' as const, presence: attended }] : []),
    ]
    const where = { place: null, department: null, groups: [id] }
    const held = {
      starts: instantOf(from),
      ends: instantOf(to),
      zone: own.zone,
      date,
      hosts: [],
      topics: [],
      attendance,
    }
    const events: ReadonlyArray<SessionEvent> = [
      { type: 'SessionRequested', data: { ...where, topic: '', on: wished, reference: null } },
      { type: 'SessionHeld', data: { ...held, ...where, reference: null, request: null } },
    ]
    all.push({ session, events })
  }
  return supposingSessions(supposed, all, asKnownAt)
}

const minute = 60_000

/** When sessions of a day begin, in milliseconds after midnight: one day has room for what its cap leaves. */
const morning = 60 * minute

/** Minutes by the day, of which none gives more than its cap; null: no day gives any. */
const sharesOf = (minutes: number, cap: number): ReadonlyArray<number> | null => {
  if (minutes > 0 && cap === 0) return null
  const shares: number[] = []
  for (let left = minutes; left > 0; left -= cap) shares.push(Math.min(left, cap))
  return shares
}

/** The id of a session that nobody recorded. */
export const supposedSession = (name: string): SessionId => made(SessionId, name)

/** An id that nothing recorded has. */
const made = <A>(codec: { is: (value: unknown) => value is A; readonly name: string }, name: string): A =>
  checked(codec, uuidOf('smagruppe supposed', name))
