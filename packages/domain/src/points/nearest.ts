// nearest.ts: for each attendance that counts nothing, the nearest thing that can still be done about it

import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import type { Track } from '../values/track.ts'
import type { Evidence } from './judgements.ts'
import { sessionKnown } from './known.ts'
import { leastNumber } from './least-number.ts'
import { supposingMeeting } from './meetings.ts'
import { type OpenSession, openSessions } from './open-sessions.ts'
import { assessEachPeriod, points } from './points.ts'
import { remembering } from './remembering.ts'
import type { Meet, Remedy, Step } from './steps.ts'
import { supposingOfGroup, supposingOfSession } from './supposing.ts'
import { surroundings } from './surroundings.ts'
import type { AttendanceLine, AttendanceName, ShortfallOf } from './verdict.ts'

/** What makes an attendance count, if all of it is done. */
export interface NearestChange extends AttendanceName {
  /** None: nothing that was tried does. */
  readonly steps: ReadonlyArray<Step>
  /**
   * What was tried: `everything`; or, where minutes with the group left and the group joined add up, everything but one more `change-of-group`,
   * which could add minutes with yet another.
   */
  readonly tried: 'everything' | 'all-but-change-of-group'
}

/**
 * For each of a doctor's attendances that counts nothing, what would make it count: nothing that asks for another past, such as a member more
 * at a session that was held. Each answer was tried: the steps are taken, those of meetings on the last days that are left, and the points
 * computed anew.
 */
export const nearestChanges = (
  doctor: DoctorId,
  evidence: Evidence,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track = 'resertification',
): ReadonlyArray<NearestChange> => {
  const open = remembering((group: GroupId) => openSessions(group, evidence, question))
  const trying = attempts(doctor, rules, question, track, open)
  const so = trying.asHeldBy(evidence)
  return trying
    .linesOf(so)
    .filter(({ shortfall }) => shortfall !== null)
    .map((line) => {
      const { session, label, group } = line
      const tried = trying.addsUp(line, so) ? 'all-but-change-of-group' : 'everything'
      return { session, label, group, steps: trying.stepsTo(line, so) ?? [], tried }
    })
}

const attempts = (
  doctor: DoctorId,
  rules: RulePack | RulesInForce,
  question: Question,
  track: Track,
  open: (group: GroupId) => ReadonlyArray<OpenSession>,
) => {
  const byRules = inForce(rules)
  const { asKnownAt, effectiveThrough } = question

  const linesOf = (evidence: Evidence): ReadonlyArray<AttendanceLine> =>
    points(doctor, evidence, byRules, question, track).lines

  /** Without the sessions of later days, which are not known on the day asked for, and would be taken for what was tried. */
  const asHeldBy = (evidence: Evidence): Evidence => {
    const persons = personsKnown(evidence.merges, question)
    const held = [...evidence.sessions].filter(([, history]) => sessionKnown(history, question, persons) !== null)
    return { ...evidence, sessions: new Map(held) }
  }

  const tried = (evidence: Evidence, step: Step): Evidence | null => {
    switch (step.step) {
      case 'sign': {
        const data = { signedBy: doctor, on: effectiveThrough }
        return supposingOfGroup(evidence, step.group, { type: 'IndustryFreeDeclared', data }, asKnownAt)
      }
      case 'clear': {
        const cleared = { type: 'IndustryContributionCleared', data: { reason: '' } } as const
        return supposingOfSession(evidence, step.session, cleared, asKnownAt)
      }
      case 'meet': {
        const standing = personsKnown(evidence.merges, question).standingFor(doctor)
        return supposingMeeting(evidence, standing, step, byRules, question)
      }
    }
  }

  const allTried = (evidence: Evidence, steps: ReadonlyArray<Step>): Evidence | null =>
    steps.reduce<Evidence | null>((supposed, step) => (supposed === null ? null : tried(supposed, step)), evidence)

  const found = new WeakMap<Evidence, Map<string, ReadonlyArray<AttendanceLine>>>()

  /** The lines of all periods once those steps are taken; none where there are too few days left to take them. */
  const linesAfter = (steps: ReadonlyArray<Step>, evidence: Evidence): ReadonlyArray<AttendanceLine> => {
    const known = found.get(evidence) ?? new Map<string, ReadonlyArray<AttendanceLine>>()
    found.set(evidence, known)
    const key = JSON.stringify(steps)
    const before = known.get(key)
    if (before !== undefined) return before
    const supposed = allTried(evidence, steps)
    const through = steps.reduce(
      (last, step) => (step.step === 'meet' && step.by > last ? step.by : last),
      effectiveThrough,
    )
    const then = { asKnownAt, effectiveThrough: through }
    const lines =
      supposed === null
        ? []
        : assessEachPeriod(supposed, byRules, then, track)(doctor).flatMap((period) => period.lines)
    known.set(key, lines)
    return lines
  }

  const lineAfter = (steps: ReadonlyArray<Step>, line: AttendanceName, evidence: Evidence) =>
    linesAfter(steps, evidence).find(({ session, group }) => session === line.session && group === line.group)

  /** Whether it counts, once those steps are taken. */
  const isEnough = (steps: ReadonlyArray<Step>, line: AttendanceName, evidence: Evidence): boolean =>
    lineAfter(steps, line, evidence)?.shortfall === null

  /** Null: nothing does it. */
  const stepsTo = (line: AttendanceLine, evidence: Evidence): ReadonlyArray<Step> | null => {
    const { shortfall, group } = line
    if (shortfall === null) return []
    const after = (...remedies: ReadonlyArray<Remedy>): ReadonlyArray<Step> | null => {
      const supposed = allTried(evidence, remedies)
      const then = lineAfter(remedies, line, evidence)
      // What was signed or cleared is not asked for again, so this ends.
      const steps = supposed === null || then === undefined ? null : stepsTo(then, supposed)
      return steps === null ? null : [...remedies, ...steps]
    }
    switch (shortfall.reason) {
      case 'INDUSTRY':
        return after({ step: 'clear', session: line.session, label: line.label })
      case 'NO_DECLARATION': {
        const signature = surroundings(doctor, evidence, byRules, question, line).signature(group)
        return signature === null ? null : after(signature)
      }
      case 'GROUP_UNDER_3_MEETINGS':
      case 'DOCTOR_UNDER_6_HOURS': {
        const around = surroundings(doctor, evidence, byRules, question, line)
        const meet = nearestMeeting(line, shortfall, around, evidence)
        const fewer = takingLess(around.sessionsOf)
        // A signature is nearer than a session: what it covers need not be held.
        const signed = [group, ...around.addingUp].flatMap((id) => {
          const signature = around.signature(id)
          const steps = signature === null ? null : after(signature)
          return steps === null || (meet !== null && fewer(steps, [meet]) >= 0) ? [] : [steps]
        })
        const [nearest = meet === null ? null : [meet]] = signed.sort(fewer)
        return (
          nearest ??
          fewestOf([...around.remedies([group, ...around.addingUp]), ...around.meetings().flat()], line, evidence)
        )
      }
      case 'DAY_CAP': {
        const { groups, remedies } = surroundings(doctor, evidence, byRules, question, line)
        const all = remedies(groups())
        const steps = all.length === 0 ? null : after(...all)
        return steps === null ? null : fewestOf(steps, line, evidence)
      }
      // What overlaps stays lost: what had the minutes first keeps them, whatever else comes to count.
      default:
        return null
    }
  }

  /** The one meeting that is enough and takes least; with another group where the doctor would have to join the own one again. */
  const nearestMeeting = (
    line: AttendanceLine,
    { lacking }: ShortfallOf<'GROUP_UNDER_3_MEETINGS' | 'DOCTOR_UNDER_6_HOURS'>,
    around: ReturnType<typeof surroundings>,
    evidence: Evidence,
  ): Meet | null => {
    const { group } = line
    const joining = lacking !== null && lacking.minutes > 0 && !around.isMember(group)
    const lacks: Meet | null =
      lacking === null || around.isClosed(group)
        ? null
        : planning({ step: 'meet', group, ...lacking, planned: [], joining }, line, evidence)
    const own = lacks !== null && isEnough([lacks], line, evidence) ? lacks : null
    if (own !== null && !own.joining) return own
    const fewer = takingLess(around.sessionsOf)
    const others = around
      .meetings()
      .flatMap((meets) => leastOf(meets, line, evidence) ?? [])
      .sort((one, other) => fewer([one], [other]) || compareText(other.by, one.by))
    return others.find((other) => !other.joining) ?? own ?? others[0] ?? null
  }

  /** The same meetings, with those among them that were planned or wished for already where new ones are too late; with all where none help. */
  const planning = (meet: Meet, line: AttendanceName, evidence: Evidence): Meet => {
    const all = open(meet.group)
    const using = (count: number): Meet => ({ ...meet, planned: all.slice(0, count) })
    return using(leastNumber(all.length, (count) => isEnough([using(count)], line, evidence)))
  }

  /** Of one group's meetings, by the earliest day first, the one that takes least and leaves most time for it; null: none is enough. */
  const leastOf = (meets: ReadonlyArray<Meet>, line: AttendanceName, evidence: Evidence): Meet | null => {
    const isMeetEnough = (meet: Meet): boolean => isEnough([meet], line, evidence)
    const earliest = meets.find(isMeetEnough)
    if (earliest === undefined) return null
    // A window that ends later holds no more of what was held before.
    const least = withLess(earliest, isMeetEnough)
    const by = meets.map((meet) => meet.by).findLast((day) => isMeetEnough({ ...least, by: day }))
    return { ...least, by: by ?? least.by }
  }

  /** All of that, less what it does without; null where all of it is too little. */
  const fewestOf = (all: ReadonlyArray<Step>, line: AttendanceLine, evidence: Evidence): ReadonlyArray<Step> | null => {
    if (!isEnough(all, line, evidence)) return null
    let taken = all
    for (const one of all) {
      const without = taken.filter((other) => other !== one)
      if (isEnough(without, line, evidence)) taken = without
    }
    for (const one of taken) {
      if (one.step !== 'meet') continue
      const instead = (other: Meet): ReadonlyArray<Step> => taken.map((step) => (step === one ? other : step))
      taken = instead(withLess(one, (other) => isEnough(instead(other), line, evidence)))
    }
    return taken
  }

  return {
    asHeldBy,
    linesOf,
    stepsTo,
    addsUp: (line: AttendanceLine, evidence: Evidence): boolean =>
      surroundings(doctor, evidence, byRules, question, line).addsUp,
  }
}

/** The same meetings with as few minutes and sessions as are enough. */
const withLess = (meet: Meet, isEnough: (other: Meet) => boolean): Meet => {
  // With all its sessions, so that what they are needed for is not taken for minutes.
  const minutes = leastNumber(meet.minutes, (some) => isEnough({ ...meet, minutes: some }))
  const sessions = leastNumber(meet.sessions, (some) => isEnough({ ...meet, minutes, sessions: some }))
  return { ...meet, sessions, minutes, joining: meet.joining && minutes > 0 }
}

/** Fewer sessions to be held, then fewer minutes to be attended, then fewer steps. */
const takingLess =
  (sessionsOf: (meet: Meet) => number) =>
  (some: ReadonlyArray<Step>, others: ReadonlyArray<Step>): number => {
    const sum = (steps: ReadonlyArray<Step>, of: (meet: Meet) => number): number =>
      steps.reduce((total, step) => (step.step === 'meet' ? total + of(step) : total), 0)
    const minutesOf = ({ minutes }: Meet): number => minutes
    return (
      sum(some, sessionsOf) - sum(others, sessionsOf) ||
      sum(some, minutesOf) - sum(others, minutesOf) ||
      some.length - others.length
    )
  }
