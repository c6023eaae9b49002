// pack-file.ts: a rule pack as people write it, whole or only what differs from another

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { shown } from '../kernel/decoding.ts'
import { Zone } from '../values/legal-date.ts'
import { Label } from '../values/text.ts'
import { wrongParts } from './as-written.ts'
import { contradiction } from './contradiction.ts'
import { parameters } from './parameters.ts'
import {
  noSource,
  type Rule,
  type RuleName,
  type RulePack,
  type Rules,
  type RuleValues,
  type Source,
} from './rule-pack.ts'

/** What is wrong with a pack as written: where, what stands there and what should. */
export interface PackProblem {
  readonly path: string
  readonly found: string
  readonly expected: string
}

/**
 * The pack that was written, with what it leaves out taken from `base`. A parameter is its value, or `{ value, source }`, beside which may stand
 * what only publishing has use for (`permission`, `range`); a changed
 * value without a source has `noSource`, for the source of `base` does not say it; a pack without a name has that of `base`. An unknown name, a value of the wrong kind and two
 * rules that cannot stand together are problems, of which all are told.
 *
 * @example
 * packFrom({ parameters: { window: 'group-year', yearlyCap: 10 } }, defaultPack)
 */
export const packFrom = (written: unknown, base: RulePack): Either<ReadonlyArray<PackProblem>, RulePack> => {
  const problems: PackProblem[] = []
  const pack = fieldsOf(written, '', problems)
  unknownNames(pack, ['name', 'zone', 'parameters'], '', problems)
  const given = pack.parameters === undefined ? {} : fieldsOf(pack.parameters, 'parameters', problems)
  unknownNames(given, Object.keys(parameters), 'parameters.', problems)

  const name = pack.name === undefined ? base.name : valueFrom(Label, pack.name, 'name', '', problems)
  const zone = pack.zone === undefined ? base.zone : valueFrom(ZoneName, pack.zone, 'zone', base.zone, problems)
  const standing: Rules = base
  const read = <Name extends RuleName>(rule: Name): Rule<RuleValues[Name]> =>
    rule in given ? ruleFrom(given[rule], rule, standing, problems) : standing[rule]
  const rules: Rules = {
    periodYears: read('periodYears'),
    nextPeriod: read('nextPeriod'),
    window: read('window'),
    participants: read('participants'),
    hosting: read('hosting'),
    industry: read('industry'),
    presence: read('presence'),
    sameMinutes: read('sameMinutes'),
    declaration: read('declaration'),
    plannedWithin: read('plannedWithin'),
    quorum: read('quorum'),
    sessionMinutesMin: read('sessionMinutesMin'),
    dayCapMinutes: read('dayCapMinutes'),
    dayCap: read('dayCap'),
    groupThreshold: read('groupThreshold'),
    doctorThresholdMinutes: read('doctorThresholdMinutes'),
    membershipTransfer: read('membershipTransfer'),
    minutesPerPoint: read('minutesPerPoint'),
    rounding: read('rounding'),
    yearlyCap: read('yearlyCap'),
    mandatory: read('mandatory'),
    electiveMax: read('electiveMax'),
    groupSize: read('groupSize'),
    groupSizeEffect: read('groupSizeEffect'),
    coursePoints: read('coursePoints'),
    courseSubjects: read('courseSubjects'),
    clinicalCourses: read('clinicalCourses'),
    clinicalCoursePoints: read('clinicalCoursePoints'),
    acuteMedicineCourses: read('acuteMedicineCourses'),
    courseDemandsSince: read('courseDemandsSince'),
    smallGroupSince: read('smallGroupSince'),
    practiceVisits: read('practiceVisits'),
    electivePoints: read('electivePoints'),
    practiceVisitDayCap: read('practiceVisitDayCap'),
    practiceVisitCap: read('practiceVisitCap'),
    sameColleagueVisits: read('sameColleagueVisits'),
    observershipDayCap: read('observershipDayCap'),
    observershipCap: read('observershipCap'),
    clinicDayCap: read('clinicDayCap'),
    clinicCap: read('clinicCap'),
    clinicDaysAbroad: read('clinicDaysAbroad'),
    internHalfYearCap: read('internHalfYearCap'),
    onlineCourseCap: read('onlineCourseCap'),
    onlineClinicalCourses: read('onlineClinicalCourses'),
    onlineCapsSuspended: read('onlineCapsSuspended'),
    subjectCap: read('subjectCap'),
    feeLapsesSince: read('feeLapsesSince'),
  }
  if (problems.length === 0) problems.push(...contradictions(rules))
  return problems.length > 0 ? left(problems) : right({ name, zone, ...rules })
}

type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; of anything else none, and a problem. */
export const fieldsOf = (value: unknown, path: string, problems: PackProblem[]): Fields => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  problems.push({ path, found: shown(value), expected: 'an object' })
  return {}
}

/** Characters of an unknown name in a message. */
const longestName = 80

/** Tells the names that are not among the known ones. */
export const unknownNames = (
  fields: Fields,
  known: ReadonlyArray<string>,
  at: string,
  problems: PackProblem[],
): void => {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name))
      problems.push({
        path: `${at}${name.slice(0, longestName)}`,
        found: 'a name that is not known',
        expected: known.join(', '),
      })
  }
}

const SourceCodec: t.Type<Source> = t.strict({ title: Label, address: Label }, '{ title, address }')

/** A time zone, told in words. */
export const ZoneName = new t.Type<Zone>(
  "a time zone by its name, such as 'Europe/Oslo'",
  Zone.is,
  Zone.validate,
  t.identity,
)

const ruleFrom = <Name extends RuleName>(
  written: unknown,
  name: Name,
  base: Rules,
  problems: PackProblem[],
): Rule<RuleValues[Name]> => {
  const path = `parameters.${name}`
  const codec = parameters[name]
  const standing = base[name]
  const sourceOf = (value: RuleValues[Name]): Source => (isSame(value, standing.value) ? standing.source : noSource)
  if (typeof written !== 'object' || written === null || !('value' in written)) {
    const value = valueFrom(codec, written, path, standing.value, problems)
    return { value, source: sourceOf(value) }
  }
  unknownNames({ ...written }, ['value', 'source', 'permission', 'range'], `${path}.`, problems)
  const value = valueFrom(codec, written.value, `${path}.value`, standing.value, problems)
  const source =
    'source' in written ? valueFrom(SourceCodec, written.source, `${path}.source`, noSource, problems) : sourceOf(value)
  return { value, source }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The value, or `instead` with a problem told. */
export const valueFrom = <A>(
  codec: t.Decoder<unknown, A>,
  written: unknown,
  path: string,
  instead: A,
  problems: PackProblem[],
): A => {
  const decoded = codec.decode(written)
  if (!isLeft(decoded)) return decoded.right
  for (const { path: inside, found, expected } of wrongParts(decoded.left))
    problems.push({ path: inside === '' ? path : `${path}.${inside}`, found, expected })
  return instead
}

/** Rules that cannot stand together. */
const contradictions = (rules: Rules): ReadonlyArray<PackProblem> => {
  const clash = contradiction(rules)
  return clash === null ? [] : [{ path: clash.path, found: clash.found, expected: clash.expected }]
}
