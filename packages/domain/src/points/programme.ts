// programme.ts: the whole programme of a period: courses, practice visits, small groups and elective work, and how they are shared out

import type { Activity } from '../doctor/doctor-events.ts'
import type { Question } from '../projections/as-known.ts'
import { personsKnown } from '../projections/persons.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import { type AppliedRule, type RulePack, rulesNamed } from '../rules/rule-pack.ts'
import type { ActivityId, DoctorId } from '../values/identity.ts'
import { plusDays } from '../values/legal-date.ts'
import { compare, least, minus, most, noPoints, type Points, plus, wholePoints } from '../values/points.ts'
import {
  type ActivityCut,
  type Capped,
  courses,
  cut,
  electiveWork,
  inOrder,
  type Of,
  recordedPoints,
  subjectOf,
  sumOf,
  visits,
} from './activity-caps.ts'
import {
  coursesToward,
  type DemandName,
  type DemandWithLines,
  demandedInPoints,
  demandsOf,
  type TowardDemand,
} from './demands.ts'
import type { FactReference } from './fact-reference.ts'
import type { Evidence } from './judgements.ts'
import { activitiesKnown } from './known-doctor.ts'
import { type DoctorPoints, points } from './points.ts'
import { trainingOn } from './track.ts'

/** What of an activity counts for what. */
export interface ActivityLine {
  readonly activity: ActivityId
  readonly what: Activity
  /** As it was recorded. */
  readonly recorded: Points
  /** Towards what is demanded of its kind: of courses, of practice visits. */
  readonly demanded: Points
  /** Towards the elective points. */
  readonly elective: Points
  /** Beyond what is asked for, worth nothing. */
  readonly overflow: Points
  readonly cuts: ReadonlyArray<ActivityCut>
  /** The rules that cut it. */
  readonly rules: ReadonlyArray<AppliedRule>
  readonly facts: ReadonlyArray<FactReference>
}

/** A doctor's programme in the period that contains the date asked for. An indication: the decision is the authority's. */
export interface DoctorProgramme {
  readonly doctor: DoctorId
  readonly question: Question
  readonly period: DoctorPoints['period']
  /** Whether everything that is demanded is there. */
  readonly met: boolean
  /** Points that count, of those needed. */
  readonly points: Points
  readonly needed: Points
  readonly missing: Points
  /** What the rules ask for; where that is nothing there is no programme. */
  readonly demands: ReadonlyArray<DemandWithLines>
  /** By kind, then by day; none without a programme. */
  readonly lines: ReadonlyArray<ActivityLine>
  /** What the elective points are made of. */
  readonly elective: { readonly smallGroup: Points; readonly other: Points; readonly overflow: Points }
  /** The doctor's small-group points, explained. */
  readonly smallGroup: DoctorPoints
}

/**
 * The programme as a pure function of evidence, rules and question, by the rules in force for the doctor on the date asked for. Without a
 * period nothing is counted.
 */
export const programme = (
  asked: DoctorId,
  evidence: Evidence,
  by: RulePack | RulesInForce,
  question: Question,
): DoctorProgramme => {
  const smallGroup = points(asked, evidence, by, question)
  const { period } = smallGroup
  const persons = personsKnown(evidence.merges, question)
  const records = persons.recordsOf(asked)
  const rules = inForce(by).at({ ...nationally(question.effectiveThrough), doctor: records })
  const histories = records.map((record) => evidence.doctors.get(record)?.history ?? [])
  const from = period?.from
  const done = inOrder(
    activitiesKnown(histories, question, persons).filter(
      ({ what }) => from !== undefined && what.on >= from && trainingOn(smallGroup.training, what.on) === null,
    ),
  )
  const attended = courses(done, rules)
  const taught = splitCourses(attended, rules)
  const visited = filling(visits(done, rules), rules.practiceVisits.value)
  const others = electiveWork(done, rules).map((one) => ({ one, demanded: noPoints, elective: one.points }))
  const shared = [...taught, ...visited, ...others]
  const { lines, elective } = sharingElective(shared, smallGroup.elective, rules)
  const demands = demandsOf(
    {
      courses: attended,
      taught: sumOf(taught.map(({ demanded }) => ({ points: demanded }))),
      visited: sumOf(visited.map(({ demanded }) => ({ points: demanded }))),
      smallGroup: smallGroup.mandatory,
      elective: plus(elective.smallGroup, elective.other),
    },
    period === null ? question.effectiveThrough : plusDays(period.to, -1),
    rules,
  )
  const isAsked = demands.length > 0
  const withLines = demands.map((one) => ({
    ...one,
    lines: towardDemand(one.name, { lines, courses: attended, smallGroup, given: elective.smallGroup, rules }),
  }))
  const inPoints = demands.filter(({ name, inForce }) => inForce && demandedInPoints.has(name))
  const needed = sumOf(inPoints.map((one) => ({ points: one.needed })))
  const counted = sumOf(inPoints.map((one) => ({ points: least(one.found, one.needed) })))
  return {
    doctor: smallGroup.doctor,
    question,
    period,
    met: period !== null && demands.every(({ met }) => met),
    points: counted,
    needed,
    missing: minus(needed, counted),
    demands: withLines,
    lines: isAsked ? lines : [],
    elective: isAsked ? elective : { smallGroup: smallGroup.elective, other: noPoints, overflow: smallGroup.overflow },
    smallGroup,
  }
}

/** What counts towards a demand: of small groups in the order of the sessions, first the mandatory points. */
const towardDemand = (
  name: DemandName,
  of: {
    readonly lines: ReadonlyArray<ActivityLine>
    readonly courses: ReadonlyArray<Capped<Of<'course'>>>
    readonly smallGroup: DoctorPoints
    /** Of small groups, towards the elective points. */
    readonly given: Points
    readonly rules: RulePack
  },
): ReadonlyArray<TowardDemand> => {
  const { mandatory } = of.smallGroup
  const done = (isOf: (line: ActivityLine) => boolean): ReadonlyArray<TowardDemand> =>
    of.lines.filter(isOf).map(({ activity, facts }) => ({ what: 'activity', activity, facts }))
  const attended = (from: Points, through: Points): ReadonlyArray<TowardDemand> => {
    let sum = noPoints
    return of.smallGroup.lines.flatMap(({ session, label, group, points, facts }) => {
      const before = sum
      sum = plus(sum, points)
      const isToward = compare(before, through) < 0 && compare(sum, from) > 0 && compare(points, noPoints) > 0
      return isToward ? [{ what: 'attendance', session, label, group, facts }] : []
    })
  }
  switch (name) {
    case 'coursePoints':
      return done(({ what, demanded }) => what.kind === 'course' && compare(demanded, noPoints) > 0)
    case 'practiceVisits':
      return done(({ what, demanded }) => what.kind === 'practice-visit' && compare(demanded, noPoints) > 0)
    case 'mandatory':
      return attended(noPoints, mandatory)
    case 'electivePoints':
      return [
        ...attended(mandatory, plus(mandatory, of.given)),
        ...done(({ elective }) => compare(elective, noPoints) > 0),
      ]
    default:
      return coursesToward(name, of.courses, of.rules).map(({ activity, facts }) => ({
        what: 'activity',
        activity,
        facts,
      }))
  }
}

/** An activity with what of it goes where. */
interface Shared {
  readonly one: Capped
  readonly demanded: Points
  readonly elective: Points
}

/** What is demanded is filled first, in order; the rest is elective. */
const filling = (all: ReadonlyArray<Capped>, demandedPoints: number): ReadonlyArray<Shared> => {
  let left = wholePoints(demandedPoints)
  return all.map((one) => {
    const demanded = least(one.points, left)
    left = minus(left, demanded)
    return { one, demanded, elective: minus(one.points, demanded) }
  })
}

/**
 * Courses: what is demanded is filled first, by totals, and the rest is elective, of each subject area no more than its cap. Which of
 * them is which is decided from the last one backwards, so that a subject gives as much as it can, whatever the order.
 */
const splitCourses = (all: ReadonlyArray<Capped<Of<'course'>>>, rules: RulePack): ReadonlyArray<Shared> => {
  const demandedPoints = wholePoints(rules.coursePoints.value)
  let beyond = most(minus(sumOf(all), demandedPoints), noPoints)
  const used = new Map<string, Points>()
  const elective = new Map<Capped, Points>()
  for (const one of [...all].reverse()) {
    const subject = subjectOf(one.activity.what)
    const before = used.get(subject) ?? noPoints
    const given = least(least(one.points, beyond), minus(wholePoints(rules.subjectCap.value), before))
    beyond = minus(beyond, given)
    used.set(subject, plus(before, given))
    elective.set(one, given)
  }
  let left = demandedPoints
  return all.map((one) => {
    const given = elective.get(one) ?? noPoints
    const demanded = least(minus(one.points, given), left)
    left = minus(left, demanded)
    const found = sumOf(all.filter((other) => subjectOf(other.activity.what) === subjectOf(one.activity.what)))
    return { one: cut(one, plus(demanded, given), 'subjectCap', rules, found), demanded, elective: given }
  })
}

/** The elective points that are asked for: small groups first, then what else there is, in the order of the lines. */
const sharingElective = (
  shared: ReadonlyArray<Shared>,
  ofSmallGroup: Points,
  rules: RulePack,
): Pick<DoctorProgramme, 'lines' | 'elective'> => {
  const asked = wholePoints(rules.electivePoints.value)
  const smallGroup = least(ofSmallGroup, asked)
  let left = minus(asked, smallGroup)
  const lines = shared.map(({ one, demanded, elective: worth }): ActivityLine => {
    const { activity, what, facts } = one.activity
    const elective = least(worth, left)
    left = minus(left, elective)
    return {
      activity,
      what,
      recorded: recordedPoints(what),
      demanded,
      elective,
      overflow: minus(worth, elective),
      cuts: one.cuts,
      rules: rulesNamed(
        rules,
        one.cuts.map(({ rule }) => rule),
      ),
      facts,
    }
  })
  const other = sumOf(lines.map(({ elective }) => ({ points: elective })))
  const beyond = sumOf(lines.map(({ overflow }) => ({ points: overflow })))
  return { lines, elective: { smallGroup, other, overflow: plus(beyond, minus(ofSmallGroup, smallGroup)) } }
}
