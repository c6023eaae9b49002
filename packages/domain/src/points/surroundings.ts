// surroundings.ts: the groups of an attendance that counts nothing, and what of them can still be put right or held

import { factsKnown, type Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import type { RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { type LegalDate, plusDays, plusYears } from '../values/legal-date.ts'
import { circumstancesOf, isCovered, lastDayToSign } from './eligibility.ts'
import type { Evidence } from './judgements.ts'
import { type KnownSession, sessionKnown } from './known.ts'
import { groupKnown, type KnownGroup } from './known-group.ts'
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
  const known = (group: GroupId): KnownGroup => groupKnown(group, historyOf(group), question, persons)
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
  const heldIn = (session: SessionId): KnownSession | null =>
    sessionKnown(evidence.sessions.get(session) ?? [], question, persons)
  const near = (group: KnownGroup): ReadonlyArray<KnownSession> =>
    (evidence.groups.get(group.id)?.sessions ?? []).flatMap((session: SessionId) => {
      const held = heldIn(session)
      return held !== null && isNear(held, group) ? [held] : []
    })
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
  const isMember = (group: GroupId): boolean =>
    known(group).stays.some((stay) => stay.doctor === persons.standingFor(doctor) && stay.left === null)
  const isClosed = (group: GroupId): boolean =>
    factsKnown(historyOf(group), question).some(
      ({ event }) => event.type === 'GroupClosed' && event.data.on <= effectiveThrough,
    )
  const session = heldIn(of)
  const rules = session === null ? null : rulesAt(session, own)
  /** The other groups whose minutes with the doctor may add up. */
  const others =
    rules?.membershipTransfer.value !== 'adds-up'
      ? []
      : [...evidence.groups.keys()].filter(
          (other) => other !== id && known(other).stays.some((stay) => stay.doctor === persons.standingFor(doctor)),
        )
  const remediesOf = (group: GroupId): ReadonlyArray<Remedy> => {
    const signed = signature(group)
    return [...(signed === null ? [] : [signed]), ...reports(group)]
  }
  /** The last days of windows that what another group holds may lie in. */
  const lastDays = (other: KnownGroup, by: RulePack): ReadonlyArray<LegalDate> => {
    const window = fixedWindow(own, date, by)
    const dates = [date, ...near(own), ...near(other)].map((one) => (typeof one === 'string' ? one : one.date))
    const ends =
      window === null
        ? dates.filter((day) => day <= date).map((day) => plusYears(day, 1))
        : [window.to, ...near(other).flatMap((one) => fixedWindow(other, one.date, by)?.to ?? [])]
    const last = ends.map((end) => plusDays(end, -1)).filter((day) => day > effectiveThrough)
    return [...new Set(last)].sort().reverse()
  }
  return {
    isMember,
    isClosed,
    signature,
    addsUp: rules?.membershipTransfer.value === 'adds-up',
    /** What other groups can hold that adds up, more than it can take; null minutes: as many as the threshold asks for. */
    meetings: (minutes: number | null): ReadonlyArray<Meet> =>
      rules === null
        ? []
        : others
            .filter((other) => !isClosed(other))
            .flatMap((group) =>
              lastDays(known(group), rules).map((by) => ({
                step: 'meet',
                group,
                sessions: rules.groupThreshold.value,
                minutes: minutes ?? rules.doctorThresholdMinutes.value,
                by,
                planned: [],
                joining: !isMember(group),
              })),
            ),
    remedies: (): ReadonlyArray<Remedy> => [id, ...others].flatMap(remediesOf),
  }
}
