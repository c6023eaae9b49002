// parameters.ts: what each parameter of a rule pack can be

import * as t from 'io-ts'
import { LegalDate } from '../values/legal-date.ts'
import type { DeclarationRule, PlanningRule, RoundingRule, RuleName, RuleValues, WindowRule } from './rule-pack.ts'

const whole = (least: number, most: number): t.Type<number> =>
  t.refinement(
    t.number,
    (n) => Number.isInteger(n) && n >= least && n <= most,
    `a whole number from ${least} to ${most}`,
  )

const oneOf = <A extends string>(first: A, ...others: ReadonlyArray<A>): t.Type<A, A> => {
  const values: ReadonlyArray<unknown> = [first, ...others]
  const name = [first, ...others].map((value) => `'${value}'`).join(' or ')
  const is = (value: unknown): value is A => values.includes(value)
  return new t.Type(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
}

/** An object that has these fields and no other. */
const only = <P extends t.Props>(fields: P) =>
  t.refinement(t.type(fields), (value) => Object.keys(value).every((name) => Object.hasOwn(fields, name)))

const minutesOfDay = whole(0, 1_500)
const points = whole(0, 1_000)
const daysCured = whole(0, 3_660)
const members = whole(1, 1_000)

const Window: t.Type<WindowRule> = oneOf('calendar-year', 'group-year', 'rolling-12-months')
const Declaration: t.Type<DeclarationRule> = t.union(
  [oneOf('none', 'prospective', 'cures-window'), only({ curesDays: daysCured })],
  `'none', 'prospective', 'cures-window' or { curesDays: ${daysCured.name} }`,
)
const Planning: t.Type<PlanningRule> = t.union(
  [oneOf('none'), only({ months: whole(1, 12) })],
  "'none' or { months: a whole number from 1 to 12 }",
)
const Rounding: t.Type<RoundingRule> = t.union(
  [
    oneOf('none'),
    only({
      mode: oneOf('floor', 'half-up'),
      per: oneOf('session', 'window'),
      unit: t.union([t.literal(0.5), t.literal(1)], '0.5 or 1'),
    }),
  ],
  "'none' or { mode: 'floor' or 'half-up', per: 'session' or 'window', unit: 0.5 or 1 }",
)
const YearlyCap: t.Type<'none' | number> = t.union([oneOf('none'), points], `'none' or ${points.name}`)
const GroupSize = t.refinement(
  only({ min: members, max: members }),
  ({ min, max }) => min <= max,
  `{ min, max }, each ${members.name}, of which min is not the greater`,
)

const date = new t.Type<LegalDate>(LegalDate.name, LegalDate.is, LegalDate.validate, t.identity)
const Suspension: t.Type<RuleValues['onlineCapsSuspended']> = t.union(
  [oneOf('none'), t.refinement(only({ from: date, to: date }), ({ from, to }) => from < to)],
  "'none' or { from, to }, days of which from is the earlier",
)

/** The values that each parameter can have; the name of its codec says what is expected. */
export const parameters: { readonly [Name in RuleName]: t.Type<RuleValues[Name]> } = {
  periodYears: whole(1, 50),
  nextPeriod: oneOf('from-old-end', 'from-decision'),
  window: Window,
  participants: oneOf('members'),
  hosting: oneOf('no-points'),
  industry: oneOf('nothing-counts'),
  presence: oneOf('minutes-present'),
  sameMinutes: oneOf('once'),
  declaration: Declaration,
  plannedWithin: Planning,
  quorum: whole(1, 1_000),
  sessionMinutesMin: minutesOfDay,
  dayCapMinutes: minutesOfDay,
  dayCap: oneOf('cut', 'reject'),
  groupThreshold: whole(0, 1_000),
  doctorThresholdMinutes: whole(0, 100_000),
  membershipTransfer: oneOf('none', 'adds-up'),
  minutesPerPoint: whole(1, 1_500),
  rounding: Rounding,
  yearlyCap: YearlyCap,
  mandatory: points,
  electiveMax: points,
  groupSize: GroupSize,
  groupSizeEffect: oneOf('warning', 'nothing-counts'),
  coursePoints: points,
  courseSubjects: points,
  clinicalCourses: points,
  clinicalCoursePoints: points,
  acuteMedicineCourses: points,
  courseDemandsSince: date,
  smallGroupSince: date,
  practiceVisits: points,
  electivePoints: points,
  practiceVisitDayCap: points,
  practiceVisitCap: points,
  sameColleagueVisits: points,
  observershipDayCap: points,
  observershipCap: points,
  clinicDayCap: points,
  clinicCap: points,
  clinicDaysAbroad: points,
  internHalfYearCap: points,
  onlineCourseCap: points,
  onlineClinicalCourses: points,
  onlineCapsSuspended: Suspension,
  subjectCap: points,
  feeLapsesSince: date,
}
