// demands.ts: what the programme of a period asks for, and whether it is there

import { type AppliedRule, type RuleName, type RulePack, rulesNamed } from '../rules/rule-pack.ts'
import type { ActivityId } from '../values/identity.ts'
import type { LegalDate } from '../values/legal-date.ts'
import { compare, noPoints, type Points, wholePoints } from '../values/points.ts'
import { type Capped, isCappedOnline, type Of, subjectOf } from './activity-caps.ts'
import type { FactReference } from './fact-reference.ts'
import type { AttendanceName } from './verdict.ts'

/** The name of what is demanded: the parameter that says how much. */
export type DemandName = Extract<
  RuleName,
  | 'coursePoints'
  | 'courseSubjects'
  | 'clinicalCourses'
  | 'acuteMedicineCourses'
  | 'practiceVisits'
  | 'mandatory'
  | 'electivePoints'
>

/** One thing that the programme asks for. */
export interface Demand {
  readonly name: DemandName
  /** Points, or a number of subject areas or courses. */
  readonly needed: Points
  readonly found: Points
  readonly met: boolean
  /** From when on it is demanded; null: always. Where the period was over before, it is not, and is met. */
  readonly since: LegalDate | null
  readonly inForce: boolean
  readonly rules: ReadonlyArray<AppliedRule>
}

/** A demand with what counts towards it. */
export interface DemandWithLines extends Demand {
  readonly lines: ReadonlyArray<TowardDemand>
}

/** What counts towards a demand, with the facts that it rests on: an activity, or an attendance of a small group. */
export type TowardDemand = { readonly facts: ReadonlyArray<FactReference> } & (
  | { readonly what: 'activity'; readonly activity: ActivityId }
  | ({ readonly what: 'attendance' } & AttendanceName)
)

/** What there is of each kind. */
export interface Found {
  readonly courses: ReadonlyArray<Capped<Of<'course'>>>
  readonly taught: Points
  readonly visited: Points
  readonly smallGroup: Points
  readonly elective: Points
}

/** The demands that add up to the points of the programme. */
export const demandedInPoints: ReadonlySet<DemandName> = new Set([
  'coursePoints',
  'practiceVisits',
  'mandatory',
  'electivePoints',
])

/** A demand is made of a period whose last day is not before it was in force; what nothing is asked of is no demand. */
export const demandsOf = (found: Found, lastDay: LegalDate, rules: RulePack): ReadonlyArray<Demand> => {
  const demand = (
    name: DemandName,
    has: Points,
    since: 'courseDemandsSince' | 'smallGroupSince' | null = null,
    ...also: ReadonlyArray<RuleName>
  ): Demand => {
    const needed = wholePoints(rules[name].value)
    const inForce = since === null || rules[since].value <= lastDay
    const behind: ReadonlyArray<RuleName> = [name, ...also, ...(since === null ? [] : [since])]
    return {
      name,
      needed,
      found: has,
      met: !inForce || compare(has, needed) >= 0,
      since: since === null ? null : rules[since].value,
      inForce,
      rules: rulesNamed(rules, behind),
    }
  }
  const subjects = new Set(coursesToward('courseSubjects', found.courses, rules).map(({ what }) => subjectOf(what)))
  const all = [
    demand('coursePoints', found.taught),
    demand('courseSubjects', wholePoints(subjects.size), 'courseDemandsSince'),
    demand(
      'clinicalCourses',
      wholePoints(coursesToward('clinicalCourses', found.courses, rules).length),
      'courseDemandsSince',
      'clinicalCoursePoints',
      'onlineClinicalCourses',
      'onlineCapsSuspended',
    ),
    demand(
      'acuteMedicineCourses',
      wholePoints(coursesToward('acuteMedicineCourses', found.courses, rules).length),
      'courseDemandsSince',
      'clinicalCoursePoints',
      'onlineClinicalCourses',
      'onlineCapsSuspended',
    ),
    demand('practiceVisits', found.visited),
    demand('mandatory', found.smallGroup, 'smallGroupSince'),
    demand('electivePoints', found.elective),
  ]
  return all.filter(({ needed }) => compare(needed, noPoints) > 0)
}

/** What is demanded as a number of courses or subject areas. */
export type CourseDemand = 'courseSubjects' | 'clinicalCourses' | 'acuteMedicineCourses'

/**
 * The courses that count towards such a demand. The cap on courses online takes points, not courses: which of them it takes them from is of
 * no consequence, so no subject area is lost by it.
 */
export const coursesToward = (
  name: CourseDemand,
  courses: ReadonlyArray<Capped<Of<'course'>>>,
  rules: RulePack,
): ReadonlyArray<Capped<Of<'course'>>['activity']> => {
  const taken = courses.map(({ activity }) => activity).filter(({ what }) => what.points > 0)
  if (name === 'courseSubjects') return taken
  const asked = taken.filter(
    ({ what: { course, points } }) =>
      (name === 'clinicalCourses' ? course !== 'other' : course === 'acute-medicine') &&
      points >= rules.clinicalCoursePoints.value,
  )
  let online = 0
  return asked.filter(({ what }) => {
    if (!isCappedOnline(what, rules)) return true
    online += 1
    return online <= rules.onlineClinicalCourses.value
  })
}
