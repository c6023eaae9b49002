// eligibility.ts: whether an attendance can count at all, seen by itself and its session

import type { Circumstances, RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId } from '../values/identity.ts'
import { isDuring, type LegalDate, plusDays, plusMonths, plusYears } from '../values/legal-date.ts'
import { minutesOf } from '../values/minutes.ts'
import type { FactReference } from './fact-reference.ts'
import type { KnownAttendance, KnownSession } from './known.ts'
import { type KnownDeclaration, type KnownGroup, type KnownStay, placeOn } from './known-group.ts'
import { contains } from './period.ts'
import type { Declaration, Shortfall, Stay } from './verdict.ts'
import { fixedWindow } from './windows.ts'

/** An attendance with the first condition it failed, and the facts that were looked at. */
export interface Judged {
  readonly session: KnownSession
  readonly group: KnownGroup
  readonly attendance: KnownAttendance
  /** The rules that judge it: those in force on its session's date, for its group, place and doctor. */
  readonly rules: RulePack
  readonly shortfall: Shortfall | null
  /** Whether what covers its date is a signature of a later day, and nothing in force on it. */
  readonly cured: boolean
  /** Whether it can count without what its doctor alone has: a dispensation makes no session count for others. */
  readonly forAll: boolean
  readonly facts: ReadonlyArray<FactReference>
}

/** What a doctor's attendance is judged by. */
export const circumstancesOf = (
  { date, department }: KnownSession,
  group: KnownGroup,
  doctor: ReadonlyArray<DoctorId>,
): Circumstances => ({ date, group: group.id, municipality: placeOn(group, date), department, doctor })

/** Judges every attendance of one group at one session. */
export const judge = (
  session: KnownSession,
  group: KnownGroup,
  inForce: RulesInForce,
  recordsOf: (doctor: DoctorId) => ReadonlyArray<DoctorId>,
): ReadonlyArray<Judged> => {
  const attendance = session.attendance.filter((one) => one.group === group.id)
  const present = ownMembersPresent(session, attendance, group)
  const anybodys = inForce.at(circumstancesOf(session, group, []))
  const signed = group.declarations.find((one) => isInForce(one, session.date))
  const covering = (rules: RulePack): KnownDeclaration | undefined =>
    signed ?? group.declarations.find((one) => cures(one, group, session.date, rules))
  const coveringAll = covering(anybodys)
  return attendance.map((one) => {
    const rules = inForce.at(circumstancesOf(session, group, recordsOf(one.doctor)))
    const declaration = rules === anybodys ? coveringAll : covering(rules)
    const stay = stayOn(group, one.doctor, session.date)
    const asked = rules.declaration.value === 'none' ? [] : group.declarations
    const declarations = declaration === undefined ? asked : [declaration]
    const seen = { session, group, attendance: one, stay, declaration, present, rules }
    const shortfall = firstShortfall(seen)
    const undispensed =
      rules === anybodys ? shortfall : firstShortfall({ ...seen, declaration: coveringAll, rules: anybodys })
    // Who is one of a quorum is seen from everybody's presence and membership, and from who is on the list no more.
    const isQuorum = shortfall?.reason === 'BELOW_QUORUM'
    const lookedAt = isQuorum ? [one, ...attendance] : [one]
    const gone = isQuorum ? session.withdrawn.filter((other) => other.group === group.id) : []
    return {
      session,
      group,
      attendance: one,
      rules,
      shortfall,
      cured: declaration !== undefined && declaration !== signed,
      forAll: undispensed === null,
      // Where there was none on that date, what there was on others is what was looked at.
      facts: distinct([
        ...session.facts,
        ...lookedAt.flatMap(({ facts }) => facts),
        ...lookedAt.flatMap(({ merges }) => merges),
        ...gone.flatMap(({ facts }) => facts),
        ...session.contributions,
        ...lookedAt.flatMap(({ doctor }) => staysAround(group, doctor, session.date)).flatMap(({ facts }) => facts),
        ...declarations.flatMap(({ facts }) => facts),
        ...(rules.plannedWithin.value === 'none' ? [] : session.planned.facts),
        ...(shortfall?.reason === 'GROUP_SIZE' ? staysOn(group, session.date).flatMap(({ facts }) => facts) : []),
      ]),
    }
  })
}

interface Seen {
  readonly session: KnownSession
  readonly group: KnownGroup
  readonly attendance: KnownAttendance
  readonly stay: KnownStay | undefined
  readonly declaration: KnownDeclaration | undefined
  readonly present: ReadonlyArray<DoctorId>
  readonly rules: RulePack
}

/** The first condition that fails, in rule order. */
const firstShortfall = ({ session, group, attendance, stay, declaration, present, rules }: Seen): Shortfall | null => {
  const length = session.span.to - session.span.from
  const quorum = rules.quorum.value
  const shortest = rules.sessionMinutesMin.value
  if (attendance.role === 'guest') return { reason: 'GUEST' }
  if (stay === undefined) return { reason: 'NOT_MEMBER', stays: staysOf(group, attendance.doctor) }
  if (session.hosts.includes(attendance.doctor)) return { reason: 'HOSTING' }
  if (session.contributions.length > 0) return { reason: 'INDUSTRY', found: session.contributions.length }
  if (declaration === undefined && rules.declaration.value !== 'none')
    return { reason: 'NO_DECLARATION', declarations: declarationsOf(group) }
  if (present.length < quorum) return { reason: 'BELOW_QUORUM', needed: quorum, found: present.length, present }
  if (length < shortest) return { reason: 'SESSION_TOO_SHORT', needed: shortest, found: length }
  const planning = lastDayOfPlanning(session, group, rules)
  const planned = session.planned.on
  if (planning !== null && (planned === null || planned > planning))
    return { reason: 'PLANNED_TOO_LATE', needed: planning, found: planned }
  const { min, max } = rules.groupSize.value
  const size = new Set(staysOn(group, session.date).map(({ doctor }) => doctor)).size
  if (rules.groupSizeEffect.value === 'nothing-counts' && (size < min || size > max))
    return { reason: 'GROUP_SIZE', needed: { min, max }, found: size }
  if (minutesOf(attendance.present) === 0) return { reason: 'NO_MINUTES' }
  return null
}

/** The last day on which a session could be planned; null: it need not be. */
const lastDayOfPlanning = ({ date }: KnownSession, group: KnownGroup, rules: RulePack): LegalDate | null => {
  const { value } = rules.plannedWithin
  const window = value === 'none' ? null : fixedWindow(group, date, rules)
  if (value === 'none' || window === null) return null
  const last = plusDays(plusMonths(window.from, value.months), -1)
  return date < last ? date : last
}

const staysOn = ({ stays }: KnownGroup, date: LegalDate): ReadonlyArray<KnownStay> =>
  stays.filter(({ joined, left }) => isDuring(date, joined, left))

/** The stay that makes a doctor a member on that date; where there is none, those on others. */
const staysAround = (group: KnownGroup, doctor: DoctorId, date: LegalDate): ReadonlyArray<KnownStay> => {
  const stay = stayOn(group, doctor, date)
  return stay === undefined ? group.stays.filter((one) => one.doctor === doctor) : [stay]
}

const staysOf = ({ stays }: KnownGroup, doctor: DoctorId): ReadonlyArray<Stay> =>
  stays.filter((stay) => stay.doctor === doctor).map(({ joined, left }) => ({ joined, left }))

const declarationsOf = ({ declarations }: KnownGroup): ReadonlyArray<Declaration> =>
  declarations.map(({ signed, withdrawn }) => ({ signed, withdrawn }))

/** The group's own members who were there for some time; guests and hosts do not count. */
const ownMembersPresent = (
  session: KnownSession,
  attendance: ReadonlyArray<KnownAttendance>,
  group: KnownGroup,
): ReadonlyArray<DoctorId> => {
  const there = attendance.filter(
    ({ role, doctor, present }) =>
      role === 'member' &&
      minutesOf(present) > 0 &&
      !session.hosts.includes(doctor) &&
      stayOn(group, doctor, session.date) !== undefined,
  )
  // A corrected list may name somebody twice, who is one all the same.
  return [...new Set(there.map(({ doctor }) => doctor))]
}

/** The stay that makes a doctor a member on that date. */
export const stayOn = ({ stays }: KnownGroup, doctor: DoctorId, date: LegalDate): KnownStay | undefined =>
  stays.find((stay) => stay.doctor === doctor && isDuring(date, stay.joined, stay.left))

/** Whether a declaration is in force on that date. */
export const isInForce = ({ signed, withdrawn }: KnownDeclaration, date: LegalDate): boolean =>
  isDuring(date, signed, withdrawn)

/** Whether a declaration covers a date before its signature. What was withdrawn no later than signed was never in force. */
const cures = (
  { signed, withdrawn }: KnownDeclaration,
  group: KnownGroup,
  date: LegalDate,
  rules: RulePack,
): boolean => {
  const rule = rules.declaration.value
  if (rule === 'none' || rule === 'prospective' || date >= signed || (withdrawn !== null && withdrawn <= signed))
    return false
  if (rule !== 'cures-window') return signed <= plusDays(date, rule.curesDays)
  const window = fixedWindow(group, date, rules)
  return window === null ? signed < plusYears(date, 1) : contains(window, signed)
}

/** Whether a signature covers that date, one in force or one that cures, where any is asked for. */
export const isCovered = (group: KnownGroup, date: LegalDate, rules: RulePack): boolean =>
  rules.declaration.value === 'none' ||
  group.declarations.some((one) => isInForce(one, date) || cures(one, group, date, rules))

/** The last day on which a signature still covers that date. */
export const lastDayToSign = (group: KnownGroup, date: LegalDate, rules: RulePack): LegalDate => {
  const rule = rules.declaration.value
  if (rule === 'none' || rule === 'prospective') return date
  if (rule !== 'cures-window') return plusDays(date, rule.curesDays)
  return plusDays(fixedWindow(group, date, rules)?.to ?? plusYears(date, 1), -1)
}

const distinct = (facts: ReadonlyArray<FactReference>): ReadonlyArray<FactReference> => [
  ...new Map(facts.map((fact) => [fact.id, fact])).values(),
]
