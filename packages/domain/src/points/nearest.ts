// nearest.ts: for each attendance that counts nothing, the nearest thing that can still be done about it

import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { DoctorId, GroupId } from '../values/identity.ts'
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
import type { AttendanceLine, AttendanceName } from './verdict.ts'

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

  const found = new WeakMap<Evidence, Map<string, ReadonlyArray<AttendanceLine>>>()

  /** The lines of all periods once those steps are taken; none where there are too few days left to take them. */
  const linesAfter = (steps: ReadonlyArray<Step>, evidence: Evidence): ReadonlyArray<AttendanceLine> => {
    const known = found.get(evidence) ?? new Map<string, ReadonlyArray<AttendanceLine>>()
    found.set(evidence, known)
    const key = JSON.stringify(steps)
    const before = known.get(key)
    if (before !== undefined) return before
    let supposed: Evidence | null = evidence
    for (const step of steps) if (supposed !== null) supposed = tried(supposed, step)
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
    const then = (remedy: Remedy): ReadonlyArray<Step> | null => {
      const supposed = tried(evidence, remedy)
      const after = lineAfter([remedy], line, evidence)
      if (supposed === null || after === undefined || after.shortfall?.reason === shortfall.reason) return null
      const steps = stepsTo(after, supposed)
      return steps === null ? null : [remedy, ...steps]
    }
    switch (shortfall.reason) {
      case 'INDUSTRY':
        return then({ step: 'clear', session: line.session, label: line.label })
      case 'NO_DECLARATION': {
        const signature = surroundings(doctor, evidence, byRules, question, line).signature(group)
        return signature === null ? null : then(signature)
      }
      case 'GROUP_UNDER_3_MEETINGS':
      case 'DOCTOR_UNDER_6_HOURS': {
        const { lacking } = shortfall
        const around = surroundings(doctor, evidence, byRules, question, line)
        const own: Meet | null =
          lacking === null || around.isClosed(group)
            ? null
            : planning(
                {
                  ...{ step: 'meet', group, ...lacking, planned: [] },
                  joining: lacking.minutes > 0 && !around.isMember(group),
                },
                line,
                evidence,
              )
        const isMeetEnough = own !== null && isEnough([own], line, evidence)
        if (isMeetEnough && !own.joining) return [own]
        const elsewhere = around.meetings(
          shortfall.reason === 'DOCTOR_UNDER_6_HOURS' ? shortfall.needed - shortfall.found : null,
        )
        const withOthers = fewestOf(
          elsewhere.filter(({ joining }) => !joining),
          line,
          evidence,
        )
        if (withOthers !== null) return withOthers
        return isMeetEnough ? [own] : fewestOf([...around.remedies(), ...elsewhere], line, evidence)
      }
      default:
        return null
    }
  }

  /** The same meetings, with those among them that were planned or wished for already where new ones are too late. */
  const planning = (meet: Meet, line: AttendanceName, evidence: Evidence): Meet => {
    if (isEnough([meet], line, evidence)) return meet
    const all = open(meet.group)
    const enough = leastNumber(all.length + 1, (count) =>
      isEnough([{ ...meet, planned: all.slice(0, count) }], line, evidence),
    )
    return enough > all.length ? meet : { ...meet, planned: all.slice(0, enough) }
  }

  /** All of that, less what it does without; null where all of it is too little. */
  const fewestOf = (all: ReadonlyArray<Step>, line: AttendanceLine, evidence: Evidence): ReadonlyArray<Step> | null => {
    if (all.length === 0 || !isEnough(all, line, evidence)) return null
    let taken = all
    for (const one of all) {
      const fewer = taken.filter((other) => other !== one)
      if (isEnough(fewer, line, evidence)) taken = fewer
    }
    for (const one of taken) {
      if (one.step !== 'meet') continue
      const instead = (other: Meet): ReadonlyArray<Step> => taken.map((step) => (step === one ? other : step))
      const isWith = (some: Partial<Meet>): boolean => isEnough(instead({ ...one, ...some }), line, evidence)
      // With all its sessions, so that what they are needed for is not taken for minutes.
      const minutes = leastNumber(one.minutes, (some) => isWith({ minutes: some }))
      const sessions = leastNumber(one.sessions, (some) => isWith({ minutes, sessions: some }))
      taken = instead({ ...one, sessions, minutes, joining: one.joining && minutes > 0 })
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
