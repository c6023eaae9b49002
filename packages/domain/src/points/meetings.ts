// meetings.ts: sessions that a group could still hold, supposed, to see what would count then

import { uuidOf } from '../kernel/event.ts'
import { instantOf, millisecondsOf } from '../kernel/instant.ts'
import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { SessionEvent } from '../session/session-events.ts'
import { DoctorId, type GroupId, SessionId } from '../values/identity.ts'
import { isDuring, type LegalDate, plusDays, startOf } from '../values/legal-date.ts'
import { groupKnown, placeOn } from './known.ts'
import type { Evidence } from './points.ts'
import { supposingOfGroup, supposingSession } from './supposing.ts'
import type { Lacking } from './verdict.ts'

/** Counting sessions of a group to be held, and counting minutes of a doctor at what it holds. */
export interface Meeting extends Lacking {
  readonly group: GroupId
}

/**
 * The same evidence, had the group held those sessions on the last days that are left, wished for today, signed for, with as many members as it
 * takes, and had the doctor been there for those minutes. Null where the days that are left are too few.
 */
export const supposingMeeting = (
  evidence: Evidence,
  doctor: DoctorId,
  { group: id, by, sessions, minutes }: Meeting,
  rules: RulesInForce,
  question: Question,
): Evidence | null => {
  const { asKnownAt, effectiveThrough: today } = question
  const persons = personsKnown(evidence.merges, question)
  const group = groupKnown(id, evidence.groups.get(id)?.history ?? [], { asKnownAt, effectiveThrough: by }, persons)
  const there = { date: by, group: id, municipality: placeOn(group, by), department: null }
  const own = rules.at({ ...there, doctor: persons.recordsOf(doctor) })
  const anybodys = rules.at({ ...there, doctor: [] })
  const shares = sharesOf(minutes, own.dayCapMinutes.value)
  const count = Math.max(sessions, shares?.length ?? 0)
  const days = lastDays(by, today, count)
  const first = days.at(-1)
  if (shares === null || first === undefined || days.length < shares.length) return null

  const isMember = (one: DoctorId): boolean =>
    group.stays.some(({ doctor, joined, left }) => doctor === one && joined <= first && isDuring(by, joined, left))
  const members = [...new Set(group.stays.map((stay) => stay.doctor))].filter((one) => one !== doctor && isMember(one))
  const needed = Math.max(own.quorum.value, anybodys.quorum.value)
  const more = Array.from({ length: Math.max(needed - members.length, 0) }, (_, nth) => made(DoctorId, `member ${nth}`))
  let supposed = evidence
  for (const one of [...more, ...(minutes > 0 && !isMember(doctor) ? [doctor] : [])]) {
    const joined = { type: 'MemberJoined', data: { doctor: one, on: first } } as const
    supposed = supposingOfGroup(supposed, id, joined, asKnownAt)
  }
  const signed = { type: 'IndustryFreeDeclared', data: { signedBy: doctor, on: first } } as const
  supposed = supposingOfGroup(supposed, id, signed, asKnownAt)

  const shortest = Math.max(own.sessionMinutesMin.value, anybodys.sessionMinutesMin.value, 1)
  const others = [...members, ...more].slice(0, needed)
  const ends = new Map<LegalDate, number>()
  for (let nth = 0; nth < count; nth += 1) {
    const date = days[nth % days.length] ?? first
    const share = shares[nth] ?? 0
    const from = ends.get(date) ?? millisecondsOf(startOf(own.zone, date)) + morning
    const to = from + Math.max(shortest, share) * minute
    ends.set(date, to)
    const attended = {
      kind: 'intervals',
      intervals: [{ from: instantOf(from), to: instantOf(from + share * minute) }],
    } as const
    const whole = { kind: 'whole' } as const
    const attendance = [
      ...others.map((one) => ({ group: id, doctor: one, role: 'member' as const, presence: whole })),
      ...(share > 0 ? [{ group: id, doctor, role: 'member' as const, presence: attended }] : []),
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
      { type: 'SessionRequested', data: { ...where, topic: '', on: today, reference: null } },
      { type: 'SessionHeld', data: { ...held, ...where, reference: null, request: null } },
    ]
    supposed = supposingSession(supposed, made(SessionId, `${id} ${by} ${nth}`), events, asKnownAt)
  }
  return supposed
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

/** The last days up to that one, today left out. */
const lastDays = (by: LegalDate, today: LegalDate, count: number): ReadonlyArray<LegalDate> => {
  const days: LegalDate[] = []
  for (let day = by; day > today && days.length < count; day = plusDays(day, -1)) days.push(day)
  return days
}

/** An id that nothing recorded has. */
const made = <A>(codec: { is: (value: unknown) => value is A }, name: string): A => {
  const id = uuidOf('smagruppe supposed', name)
  if (!codec.is(id)) throw new RangeError(`not a lower-case UUID: ${id}`)
  return id
}
