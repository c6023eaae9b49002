// publication.ts: a pack as it can be published: with what layers below may do with each parameter

import type { Permission, Range } from './changes.ts'
import { ruleNames } from './changes.ts'
import type { RuleName, Rules } from './rule-pack.ts'

/**
 * What layers below may do with each parameter where nobody said otherwise. What makes points comparable over the country is fixed; what
 * guards their quality may be stricter; what the sources leave open is free.
 */
export const usualPermissions: { readonly [Name in RuleName]: Permission } = {
  periodYears: 'fixed',
  nextPeriod: 'fixed',
  window: 'free',
  participants: 'fixed',
  hosting: 'fixed',
  industry: 'fixed',
  presence: 'fixed',
  sameMinutes: 'fixed',
  declaration: 'may-be-stricter',
  plannedWithin: 'may-be-stricter',
  quorum: 'may-be-stricter',
  sessionMinutesMin: 'may-be-stricter',
  dayCapMinutes: 'may-be-stricter',
  dayCap: 'may-be-stricter',
  groupThreshold: 'may-be-stricter',
  doctorThresholdMinutes: 'may-be-stricter',
  membershipTransfer: 'may-be-stricter',
  minutesPerPoint: 'fixed',
  rounding: 'fixed',
  yearlyCap: 'may-be-stricter',
  mandatory: 'may-be-stricter',
  electiveMax: 'may-be-stricter',
  groupSize: 'free',
  groupSizeEffect: 'may-be-stricter',
  coursePoints: 'fixed',
  courseSubjects: 'fixed',
  clinicalCourses: 'fixed',
  clinicalCoursePoints: 'fixed',
  acuteMedicineCourses: 'fixed',
  courseDemandsSince: 'fixed',
  smallGroupSince: 'fixed',
  practiceVisits: 'fixed',
  electivePoints: 'fixed',
  practiceVisitDayCap: 'fixed',
  practiceVisitCap: 'fixed',
  sameColleagueVisits: 'fixed',
  observershipDayCap: 'fixed',
  observershipCap: 'fixed',
  clinicDayCap: 'fixed',
  clinicCap: 'fixed',
  clinicDaysAbroad: 'fixed',
  internHalfYearCap: 'fixed',
  onlineCourseCap: 'fixed',
  onlineClinicalCourses: 'fixed',
  onlineCapsSuspended: 'fixed',
  subjectCap: 'fixed',
  feeLapsesSince: 'fixed',
}

/** A parameter as a command publishes it. */
export interface PublishableRule {
  readonly value: unknown
  readonly source: Rules[RuleName]['source']
  readonly permission: Permission
  readonly range?: Range
}

/**
 * The `parameters` of `PublishRulePack` for these rules.
 *
 * @example
 * publishable(defaultPack, { ...usualPermissions, window: 'fixed' })
 */
export const publishable = (
  rules: Rules,
  permissions: { readonly [Name in RuleName]: Permission } = usualPermissions,
): Readonly<Record<string, PublishableRule>> =>
  Object.fromEntries(
    ruleNames.map((name) => {
      const { value, source } = rules[name]
      return [name, { value, source, permission: permissions[name] }]
    }),
  )
