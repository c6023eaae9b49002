// strictness.ts: which way each parameter is stricter

import type { DeclarationRule, PlanningRule, RuleName, RuleValues } from './rule-pack.ts'

/** Whether the one value is as strict as the other, or stricter. */
type NoLooser<A> = (value: A, than: A) => boolean

const higher: NoLooser<number> = (value, than) => value >= than
const lower: NoLooser<number> = (value, than) => value <= than
const strictestIs =
  (strictest: string): NoLooser<string> =>
  (value, than) =>
    value === strictest || than !== strictest

/** Fewer days cured are stricter, and any signature than none; days and windows cannot be compared. */
const fewerCures: NoLooser<DeclarationRule> = (value, than) => {
  if (value === 'prospective' || than === 'none' || value === than) return true
  return daysCured(value) <= daysCured(than)
}

/** What is no number compares with nothing. */
const daysCured = (rule: DeclarationRule): number => (typeof rule === 'object' ? rule.curesDays : Number.NaN)

/** Sooner is stricter. */
const sooner: NoLooser<PlanningRule> = (value, than) => monthsOf(value) <= monthsOf(than)
const monthsOf = (rule: PlanningRule): number => (rule === 'none' ? Number.POSITIVE_INFINITY : rule.months)

const lowerCap: NoLooser<'none' | number> = (value, than) => limitOf(value) <= limitOf(than)
const limitOf = (cap: 'none' | number): number => (cap === 'none' ? Number.POSITIVE_INFINITY : cap)

/** How two values of a parameter compare; null: they are not ordered, and neither is stricter. */
export const strictness: { readonly [Name in RuleName]: NoLooser<RuleValues[Name]> | null } = {
  periodYears: null,
  nextPeriod: null,
  window: null,
  participants: null,
  hosting: null,
  industry: null,
  presence: null,
  sameMinutes: null,
  declaration: fewerCures,
  plannedWithin: sooner,
  quorum: higher,
  sessionMinutesMin: higher,
  dayCapMinutes: lower,
  dayCap: strictestIs('reject'),
  groupThreshold: higher,
  doctorThresholdMinutes: higher,
  membershipTransfer: strictestIs('none'),
  minutesPerPoint: higher,
  rounding: null,
  yearlyCap: lowerCap,
  mandatory: higher,
  electiveMax: lower,
  groupSize: null,
  groupSizeEffect: strictestIs('nothing-counts'),
  coursePoints: higher,
  courseSubjects: higher,
  clinicalCourses: higher,
  clinicalCoursePoints: higher,
  acuteMedicineCourses: higher,
  courseDemandsSince: null,
  smallGroupSince: null,
  practiceVisits: higher,
  electivePoints: higher,
  practiceVisitDayCap: lower,
  practiceVisitCap: lower,
  sameColleagueVisits: lower,
  observershipDayCap: lower,
  observershipCap: lower,
  clinicDayCap: lower,
  clinicCap: lower,
  clinicDaysAbroad: lower,
  internHalfYearCap: lower,
  onlineCourseCap: lower,
  onlineClinicalCourses: lower,
  onlineCapsSuspended: null,
  subjectCap: lower,
  feeLapsesSince: null,
}
