// surroundings.ts: the groups of an attendance that counts nothing, and what of them can still be put right or held

import { factsKnown, type Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { type LegalDate, plusDays, plusYears } from '../values/legal-date.ts'
import { compareText } from '../values/text.ts'
import { daysFor, roomFor } from './days-left.ts'
import { circumstancesOf, isCovered, lastDayToSign } from './eligibility.ts'
import type { Evidence } from './judgements.ts'
import { type KnownSession, sessionKnown } from './known.ts'
import { groupKnown, type KnownGroup, type KnownStay } from './known-group.ts'
import { rulesOn } from './meetings.ts'
import { remembering } from './remembering.ts'
import type { Meet, Remedy } from './steps.ts'
import type { AttendanceLine } from './verdict.ts'
import { fixedWindow } from './windows.ts'

/** The group of an attendance, and what was held near its date. */
export const surroundings = (
  doctor: DoctorId,
  evidence: Evidence,
  byRules: RulesInForce,
  question: Question,
  { session: of, date, group: id }: AttendanceLine,
) => {
  const { effectiveThrough } = question
  const persons = personsKnown(evidence.merges, question)
  const historyOf = (group: GroupId) => evidence.groups.get(group)?.history ?? []
  const known = remembering((group: GroupId): KnownGroup => groupKnown(group, historyOf(group), question, persons))
  const staysIn = (group: GroupId): ReadonlyArray<KnownStay> =>
    known(group).stays.filter((stay) => stay.doctor === persons.standingFor(doctor))
  const own = known(id)
  const rulesAt = (session: KnownSession, group: KnownGroup): RulePack =>
    byRules.at(circumstancesOf(session, group, persons.recordsOf(doctor)))
  /** Whether what becomes of a session can matter: of another group, where its window and the own one have days in common. */
  const isNear = (session: KnownSession, group: KnownGroup): boolean => {
    const ruling = rulesAt(session, group)
    const window = fixedWindow(group, session.date, ruling)
    const theirs = fixedWindow(own, date, ruling)
    return window === null || theirs === null
      ? session.date < plusYears(date, 1) && date < plusYears(session.date, 1)
      : window.from < theirs.to && theirs.from < window.to
  }
  const heldAt = (session: SessionId): KnownSession | null =>
    sessionKnown(evidence.sessions.get(session) ?? [], question, persons)
  const near = remembering(
    (group: KnownGroup): ReadonlyArray<KnownSession> =>
      (evidence.groups.get(group.id)?.sessions ?? []).flatMap((session: SessionId) => {
        const held = heldAt(session)
        return held !== null && isNear(held, group) ? [held] : []
      }),
  )
  const signature = (id: GroupId): Remedy | null => {
    const group = known(id)
    const days = near(group)
      .filter((session) => !isCovered(group, session.date, rulesAt(session, group)))
      .map((session) => lastDayToSign(group, session.date, rulesAt(session, group)))
      .filter((day) => day >= effectiveThrough)
      .sort()
    // Through the first of these days all of them are covered.
    const [by] = days
    return by === undefined ? null : { step: 'sign', group: id, by }
  }
  const reports = (id: GroupId): ReadonlyArray<Remedy> =>
    near(known(id))
      .filter(({ contributions }) => contributions.length > 0)
      .map(({ id: session, label }) => ({ step: 'clear', session, label }))
  const isMember = (group: GroupId): boolean => staysIn(group).some(({ left }) => left === null)
  const isClosed = (group: GroupId): boolean =>
    factsKnown(historyOf(group), question).some(
      ({ event }) => event.type === 'GroupClosed' && event.data.on <= effectiveThrough,
    )
  const session = heldAt(of)
  const rules = session === null ? null : rulesAt(session, own)
  /** The doctor's groups, in an order that hangs on nothing. */
  const groups = (): ReadonlyArray<GroupId> =>
    [...evidence.groups.keys()].filter((group) => staysIn(group).length > 0).sort(compareText)
  const addsUp = rules?.membershipTransfer.value === 'adds-up'
  const addingUp = addsUp ? groups().filter((group) => group !== id) : []
  const remediesOf = (group: GroupId): ReadonlyArray<Remedy> => {
    const signed = signature(group)
    return [...(signed === null ? [] : [signed]), ...reports(group)]
  }
  /** The days that rolling months can begin on which hold the date and something of either group. */
  const beginnings = (other: KnownGroup): ReadonlyArray<LegalDate> => {
    const held = [own, other].flatMap(near).map((session) => session.date)
    const moves = [id, other.id]
      .flatMap(staysIn)
      .flatMap(({ joined, left }) => (left === null ? [joined] : [joined, left]))
    return [date, ...held, ...moves].filter((day) => day <= date)
  }
  /** The last days of the windows that what another group holds may lie in, the earliest first. */
  const endsOfWindows = (other: KnownGroup, by: RulePack): ReadonlyArray<LegalDate> => {
    const window = fixedWindow(own, date, by)
    const ends =
      window === null
        ? beginnings(other).map((day) => plusYears(day, 1))
        : [window.to, ...near(other).flatMap((session) => fixedWindow(other, session.date, by)?.to ?? [])]
    const last = ends.map((end) => plusDays(end, -1)).filter((day) => day > effectiveThrough)
    return [...new Set(last)].sort()
  }
  const rulesBy = (group: GroupId, by: LegalDate): RulePack =>
    rulesOn(known(group), by, persons.recordsOf(doctor), byRules)
  /** What another group can hold by then, and the doctor attend of it: no less than it can take. */
  const meeting = (group: GroupId, by: LegalDate, asked: RulePack): Meet => {
    const theirs = rulesBy(group, by)
    return {
      step: 'meet',
      group,
      sessions: Math.max(asked.groupThreshold.value, theirs.groupThreshold.value),
      minutes: roomFor(asked.doctorThresholdMinutes.value, theirs.dayCapMinutes.value, by, effectiveThrough),
      by,
      planned: [],
      joining: !isMember(group),
    }
  }
  return {
    isMember,
    isClosed,
    signature,
    groups,
    addsUp,
    /** The other groups whose minutes with the doctor may add up. */
    addingUp,
    /** The sessions that it takes: minutes need them too, and one more for what a day cannot count. */
    sessionsOf: ({ group, by, sessions, minutes }: Meet): number =>
      Math.max(sessions, daysFor(minutes, rulesBy(group, by).dayCapMinutes.value)),
    /** What each other group can hold that may add up, by the last day of each window, the earliest first. */
    meetings: (): ReadonlyArray<ReadonlyArray<Meet>> =>
      rules === null
        ? []
        : addingUp
            .filter((group) => !isClosed(group))
            .map((group) => endsOfWindows(known(group), rules).map((by) => meeting(group, by, rules))),
    remedies: (of: ReadonlyArray<GroupId>): ReadonlyArray<Remedy> => of.flatMap(remediesOf),
  }
}
