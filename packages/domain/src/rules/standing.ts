// standing.ts: the rules as they stand at a layer, and what the next one may change of them

import { canonical, saysTheSame } from '../kernel/canonical.ts'
import {
  type Change,
  type Changes,
  type Permission,
  permissions,
  problem,
  type Range,
  type RulesProblem,
  ruleNames,
} from './changes.ts'
import { contradiction, problemFor } from './contradiction.ts'
import type { Rule, RuleName, Rules, RuleValues, SetBy } from './rule-pack.ts'
import { strictness } from './strictness.ts'
import { subject } from './subject.ts'

/** A rule as it stands at a layer, with what those below may do. */
export interface Standing<A = RuleValues[RuleName]> extends Rule<A> {
  readonly permission: Permission
  readonly range?: Range<A>
}

/** Every rule as it stands at a layer. */
export type StandingRules = { readonly [Name in RuleName]: Standing<RuleValues[Name]> }

/** Why a layer may not set a parameter so. */
export type Objection = RulesProblem<
  'RuleIsFixed' | 'LoosensRule' | 'OutsideRange' | 'PermissionLoosened' | 'NotOfThisLayer' | 'RulesContradict'
>

/** How a layer changes rules: a region, a hospital or a group adapts them, a dispensation may loosen what is not fixed. */
export type Way = 'adapting' | 'loosening'

/** The rules of a national pack, set by that event. What an older release did not know to say is as it was at the founding, and fixed. */
export const standingIn = (
  { parameters }: { readonly parameters: Changes },
  setBy: SetBy | null,
  founding: Rules,
): StandingRules => {
  let rules: StandingRules = {
    periodYears: fixed(founding.periodYears),
    nextPeriod: fixed(founding.nextPeriod),
    window: fixed(founding.window),
    participants: fixed(founding.participants),
    hosting: fixed(founding.hosting),
    industry: fixed(founding.industry),
    presence: fixed(founding.presence),
    sameMinutes: fixed(founding.sameMinutes),
    declaration: fixed(founding.declaration),
    plannedWithin: fixed(founding.plannedWithin),
    quorum: fixed(founding.quorum),
    sessionMinutesMin: fixed(founding.sessionMinutesMin),
    dayCapMinutes: fixed(founding.dayCapMinutes),
    dayCap: fixed(founding.dayCap),
    groupThreshold: fixed(founding.groupThreshold),
    doctorThresholdMinutes: fixed(founding.doctorThresholdMinutes),
    membershipTransfer: fixed(founding.membershipTransfer),
    minutesPerPoint: fixed(founding.minutesPerPoint),
    rounding: fixed(founding.rounding),
    yearlyCap: fixed(founding.yearlyCap),
    mandatory: fixed(founding.mandatory),
    electiveMax: fixed(founding.electiveMax),
    groupSize: fixed(founding.groupSize),
    groupSizeEffect: fixed(founding.groupSizeEffect),
    coursePoints: fixed(founding.coursePoints),
    courseSubjects: fixed(founding.courseSubjects),
    clinicalCourses: fixed(founding.clinicalCourses),
    clinicalCoursePoints: fixed(founding.clinicalCoursePoints),
    acuteMedicineCourses: fixed(founding.acuteMedicineCourses),
    courseDemandsSince: fixed(founding.courseDemandsSince),
    smallGroupSince: fixed(founding.smallGroupSince),
    practiceVisits: fixed(founding.practiceVisits),
    electivePoints: fixed(founding.electivePoints),
    practiceVisitDayCap: fixed(founding.practiceVisitDayCap),
    practiceVisitCap: fixed(founding.practiceVisitCap),
    sameColleagueVisits: fixed(founding.sameColleagueVisits),
    observershipDayCap: fixed(founding.observershipDayCap),
    observershipCap: fixed(founding.observershipCap),
    clinicDayCap: fixed(founding.clinicDayCap),
    clinicCap: fixed(founding.clinicCap),
    clinicDaysAbroad: fixed(founding.clinicDaysAbroad),
    internHalfYearCap: fixed(founding.internHalfYearCap),
    onlineCourseCap: fixed(founding.onlineCourseCap),
    onlineClinicalCourses: fixed(founding.onlineClinicalCourses),
    onlineCapsSuspended: fixed(founding.onlineCapsSuspended),
    subjectCap: fixed(founding.subjectCap),
    feeLapsesSince: fixed(founding.feeLapsesSince),
  }
  for (const name of ruleNames) rules = changed(name, rules, parameters, setBy)
  return rules
}

const fixed = <A>({ value, source }: Rule<A>): Standing<A> => ({ value, source, permission: 'fixed' })

/** The rules of a draft, with what layers below may do as it stands now. */
export const saidBy = (draft: Rules, standing: StandingRules): StandingRules => {
  const said = <Name extends RuleName>(rules: StandingRules, name: Name): StandingRules => {
    const rule: Rule<RuleValues[Name]> = draft[name]
    const { permission, range }: Standing<RuleValues[Name]> = standing[name]
    const stands: Standing<RuleValues[Name]> = { ...rule, permission, ...(range === undefined ? {} : { range }) }
    return { ...rules, [name]: stands }
  }
  return ruleNames.reduce((rules, name) => said(rules, name), standing)
}

/** A parameter that a layer sets to no effect, and why. */
export interface Ineffective {
  readonly name: RuleName
  readonly because: Objection
}

/** The rules below a layer, and what of it has no effect, because what stands above does not permit it. */
export interface Layered {
  readonly rules: StandingRules
  readonly setAside: ReadonlyArray<Ineffective>
}

/**
 * What a layer makes of the rules above it. What may be changed is said by `permitting`, which for a dispensation is the national pack,
 * whatever a region has fixed below it.
 */
export const layered = (
  above: StandingRules,
  permitting: StandingRules,
  changes: Changes,
  setBy: SetBy | null,
  way: Way,
): Layered => {
  const setAside: Ineffective[] = []
  let rules = above
  for (const name of ruleNames) {
    const objection = objectionTo(name, permitting, changes, way)
    if (objection === null) rules = changed(name, rules, changes, setBy)
    else setAside.push({ name, because: objection })
  }
  const clash = contradiction(rules)
  if (clash === null) return { rules, setAside }
  const clashing = clash.between.filter((name) => name in changes && !setAside.some((one) => one.name === name))
  // A draft may contradict itself, and then no layer below can help it.
  if (clashing.length === 0) return { rules, setAside }
  const others = Object.fromEntries(Object.entries(changes).filter(([name]) => !clashing.some((one) => one === name)))
  const rest = layered(above, permitting, others, setBy, way)
  const because = problemFor(clashing, clash, rules)
  return {
    rules: rest.rules,
    setAside: [...rest.setAside, ...clashing.map((name) => ({ name, because }))],
  }
}

const objectionTo = <Name extends RuleName>(
  name: Name,
  above: StandingRules,
  changes: Changes,
  way: Way,
): Objection | null => {
  const change: Change<RuleValues[Name]> | undefined = changes[name]
  const standing: Standing<RuleValues[Name]> = above[name]
  if (change === undefined) return null
  const path = `parameters.${name}`
  if (subject[name] === (way === 'adapting' ? 'doctor' : 'group'))
    return problem(
      'NotOfThisLayer',
      path,
      `a rule about a ${subject[name]}`,
      way === 'adapting' ? 'one about an attendance or a group' : 'one about an attendance or a doctor',
    )
  const { permission, range } = standing
  const found = canonical(change.value)
  const stands = canonical(standing.value)
  if (found !== stands) {
    if (permission === 'fixed')
      return problem('RuleIsFixed', `${path}.value`, found, `${stands}, which is fixed by: ${standing.source.title}`)
    const isNoLooser = strictness[name]
    if (permission === 'may-be-stricter' && way === 'adapting' && isNoLooser?.(change.value, standing.value) !== true)
      return problem('LoosensRule', `${path}.value`, found, `${stands} or stricter, by: ${standing.source.title}`)
    if (range !== undefined && !isWithin(change.value, range))
      return problem('OutsideRange', `${path}.value`, found, canonical(range))
  }
  if (change.permission !== undefined && freedom(change.permission) > freedom(permission))
    return problem('PermissionLoosened', `${path}.permission`, change.permission, `${permission}, or less`)
  if (change.range !== undefined && range !== undefined && !isRangeWithin(change.range, range))
    return problem('PermissionLoosened', `${path}.range`, canonical(change.range), `within ${canonical(range)}`)
  return null
}

const freedom = (permission: Permission): number => permissions.indexOf(permission)

const isWithin = (value: unknown, range: Range): boolean =>
  'oneOf' in range
    ? range.oneOf.some((one) => saysTheSame(one, value))
    : typeof value === 'number' && range.least <= value && value <= range.most

const isRangeWithin = (inner: Range, outer: Range): boolean =>
  'oneOf' in inner
    ? inner.oneOf.every((one) => isWithin(one, outer))
    : !('oneOf' in outer) && outer.least <= inner.least && inner.most <= outer.most

const changed = <Name extends RuleName>(
  name: Name,
  above: StandingRules,
  changes: Changes,
  setBy: SetBy | null,
): StandingRules => {
  const change: Change<RuleValues[Name]> | undefined = changes[name]
  if (change === undefined) return above
  const { permission, range } = above[name]
  const stands: Standing<RuleValues[Name]> = {
    value: change.value,
    source: change.source,
    permission: change.permission ?? permission,
    ...(setBy === null ? {} : { setBy }),
    ...((change.range ?? range) === undefined ? {} : { range: change.range ?? range }),
  }
  return { ...above, [name]: stands }
}
