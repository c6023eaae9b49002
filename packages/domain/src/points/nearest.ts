// nearest.ts: for each attendance that counts nothing, the nearest thing that can still be done about it

import { factsKnown, type Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId, SessionId } from '../values/identity.ts'
import { type LegalDate, plusYears } from '../values/legal-date.ts'
import type { Track } from '../values/track.ts'
import { circumstancesOf, isCovered, lastDayToSign } from './eligibility.ts'
import { groupKnown, type KnownGroup, type KnownSession, sessionKnown } from './known.ts'
import { contains } from './period.ts'
import { type Evidence, points } from './points.ts'
import { supposingOfGroup, supposingOfSession } from './supposing.ts'
import type { AttendanceLine, AttendanceName, Lacking, SessionName } from './verdict.ts'
import { fixedWindow } from './windows.ts'

/** Something that can still be done. */
export type Step =
  /** The group holds more counting sessions, and the doctor has more counting minutes at what it holds, no later than `by`. */
  | ({
      readonly step: 'meet'
      readonly group: GroupId
      /** The doctor is no member any more, and has to join again to have minutes. */
      readonly joining: boolean
    } & Lacking)
  /** Somebody signs for the group, no later than `by`. */
  | { readonly step: 'sign'; readonly group: GroupId; readonly by: LegalDate }
  /** The reports of what the industry gave to the session turn out wrong, and are cleared. */
  | ({ readonly step: 'clear' } & SessionName)

/** What makes an attendance count, if all of it is done. */
export interface NearestChange extends AttendanceName {
  /** None: nothing that can still be done does. */
  readonly steps: ReadonlyArray<Step>
}

/**
 * For each of a doctor's attendances that counts nothing, what would make it count: nothing that asks for another past, such as a member more
 * at a session that was held. Each answer was tried: the steps are taken, and the points computed anew.
 */
export const nearestChanges = (
  doctor: DoctorId,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): ReadonlyArray<NearestChange> => {
  const trying = attempts(doctor, rules, question, track)
  return trying
    .linesOf(evidence)
    .filter(({ shortfall }) => shortfall !== null)
    .map((line) => {
      const { session, label, group } = line
      return { session, label, group, steps: trying.stepsTo(line, evidence) ?? [] }
    })
}

/** A step that says something of what happened, so that it can be tried. */
type Remedy = Extract<Step, { readonly step: 'sign' | 'clear' }>

const attempts = (doctor: DoctorId, rules: RulePack | RulesInForce, question: Question, track: Track) => {
  const byRules = inForce(rules)
  const { asKnownAt, effectiveThrough } = question

  const linesOf = (evidence: Evidence): ReadonlyArray<AttendanceLine> =>
    points(doctor, evidence, byRules, question, track).lines

  const lineIn = (evidence: Evidence, { session, group }: AttendanceName): AttendanceLine | undefined =>
    linesOf(evidence).find((line) => line.session === session && line.group === group)

  const having = (evidence: Evidence, remedies: ReadonlyArray<Remedy>): Evidence => remedies.reduce(tried, evidence)

  const tried = (evidence: Evidence, remedy: Remedy): Evidence => {
    if (remedy.step === 'sign') {
      const data = { signedBy: doctor, on: effectiveThrough }
      return supposingOfGroup(evidence, remedy.group, { type: 'IndustryFreeDeclared', data }, asKnownAt)
    }
    const cleared = { type: 'IndustryContributionCleared', data: { reason: '' } } as const
    return supposingOfSession(evidence, remedy.session, cleared, asKnownAt)
  }

  /** Null: nothing does it. */
  const stepsTo = (line: AttendanceLine, evidence: Evidence): ReadonlyArray<Step> | null => {
    const { shortfall, group } = line
    if (shortfall === null) return []
    const then = (remedy: Remedy): ReadonlyArray<Step> | null => {
      const supposed = tried(evidence, remedy)
      const after = lineIn(supposed, line)
      if (after === undefined || after.shortfall?.reason === shortfall.reason) return null
      const steps = stepsTo(after, supposed)
      return steps === null ? null : [remedy, ...steps]
    }
    switch (shortfall.reason) {
      case 'INDUSTRY':
        return then({ step: 'clear', session: line.session, label: line.label })
      case 'NO_DECLARATION': {
        const signature = surroundings(evidence, line).signature(group)
        return signature === null ? null : then(signature)
      }
      case 'GROUP_UNDER_3_MEETINGS':
      case 'DOCTOR_UNDER_6_HOURS': {
        const { lacking } = shortfall
        const around = surroundings(evidence, line)
        if (lacking === null || around.isClosed) return fewestOf(around.remedies(), line, evidence)
        return [{ step: 'meet', group, ...lacking, joining: lacking.minutes > 0 && !around.isMember }]
      }
      default:
        return null
    }
  }

  /** All that can be put right about other sessions, less what it does without; null where all of it is too little. */
  const fewestOf = (
    remedies: ReadonlyArray<Remedy>,
    line: AttendanceLine,
    evidence: Evidence,
  ): ReadonlyArray<Remedy> | null => {
    const isEnough = (some: ReadonlyArray<Remedy>): boolean => {
      const after = lineIn(having(evidence, some), line)
      return after !== undefined && after.shortfall === null
    }
    if (remedies.length === 0 || !isEnough(remedies)) return null
    let taken = remedies
    for (const one of remedies) {
      const fewer = taken.filter((other) => other !== one)
      if (isEnough(fewer)) taken = fewer
    }
    return taken
  }

  /** The group of an attendance, and what was held near its date. */
  const surroundings = (evidence: Evidence, { date, group: id }: AttendanceLine) => {
    const persons = personsKnown(evidence.merges, question)
    const historyOf = (group: GroupId) => evidence.groups.get(group)?.history ?? []
    const known = (group: GroupId): KnownGroup => groupKnown(group, historyOf(group), question, persons)
    const rulesAt = (session: KnownSession, group: KnownGroup): RulePack =>
      byRules.at(circumstancesOf(session, group, persons.recordsOf(doctor)))
    const isNear = (session: KnownSession, group: KnownGroup): boolean => {
      const window = fixedWindow(group, date, rulesAt(session, group))
      return window === null
        ? session.date < plusYears(date, 1) && date < plusYears(session.date, 1)
        : contains(window, session.date)
    }
    const near = (group: KnownGroup): ReadonlyArray<KnownSession> =>
      (evidence.groups.get(group.id)?.sessions ?? []).flatMap((session: SessionId) => {
        const held = sessionKnown(evidence.sessions.get(session) ?? [], question, persons)
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
    const own = known(id)
    return {
      isMember: own.stays.some((stay) => stay.doctor === persons.standingFor(doctor) && stay.left === null),
      isClosed: factsKnown(historyOf(id), question).some(
        ({ event }) => event.type === 'GroupClosed' && event.data.on <= effectiveThrough,
      ),
      signature,
      remedies: (): ReadonlyArray<Remedy> => {
        const signed = signature(id)
        return [...(signed === null ? [] : [signed]), ...reports(id)]
      },
    }
  }

  return { linesOf, stepsTo }
}
