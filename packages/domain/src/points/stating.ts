// stating.ts: what a statement of points says, and whether what it said is still so

import * as t from 'io-ts'
import type { Position, Recorded } from '../kernel/event.ts'
import type { Question } from '../projections/as-known.ts'
import { digestOf } from '../rules/digest.ts'
import { inForce, nationally, type RulesInForce } from '../rules/in-force.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { Stated } from '../statement/statement.ts'
import type { StatementId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import type { FactReference } from './known.ts'
import type { DoctorPoints, Evidence } from './points.ts'

/** Every fact that an answer rests on, once each, by id. */
export const factsBehind = ({
  lines,
  withdrawn,
  training,
  merged,
  facts,
}: DoctorPoints): ReadonlyArray<FactReference> => {
  const all = [...facts, ...(merged?.facts ?? []), ...[...lines, ...withdrawn, ...training].flatMap((one) => one.facts)]
  return [...new Map(all.map((fact) => [fact.id, fact])).values()].sort((one, other) => compareText(one.id, other.id))
}

/** What a statement says of these points; null where there is no period, and so nothing to state. */
export const statedOf = (points: DoctorPoints, rules: RulePack | RulesInForce): Stated | null => {
  const { doctor, track, question, period, countedMinutes, pendingMinutes } = points
  if (period === null) return null
  return {
    doctor,
    track,
    ...question,
    period,
    countedMinutes: int(countedMinutes),
    pendingMinutes: int(pendingMinutes),
    points: fraction(points.points),
    mandatory: fraction(points.mandatory),
    elective: fraction(points.elective),
    overflow: fraction(points.overflow),
    missing: fraction(points.missing),
    facts: factsBehind(points).map(({ id, type }) => ({ id, type })),
    rules: namesOf(points, rules),
  }
}

const int = (number: number): Stated['countedMinutes'] => {
  if (!t.Int.is(number)) throw new RangeError(`not a whole number: ${number}`)
  return number
}

const fraction = ({ numerator, denominator }: DoctorPoints['points']): Stated['points'] => ({
  numerator: int(numerator),
  denominator: int(denominator),
})

/** The pack in force for the doctor on the date asked for, by name and digest. */
const namesOf = ({ doctor, merged, question }: DoctorPoints, rules: RulePack | RulesInForce): Stated['rules'] => {
  const records = merged?.records ?? [doctor]
  const pack = inForce(rules).at({ ...nationally(question.effectiveThrough), doctor: records })
  return { name: pack.name, digest: digestOf(JSON.parse(JSON.stringify(pack))) }
}

/** An event by its id: a fact, or what put one right or took it back. */
export interface RecordedFact extends Omit<FactReference, 'type'> {
  readonly type: string
}

/** What the evidence of a doctor's points recorded behind a position and knew by a moment, in the order of the log. */
export const recordedSince = (
  { doctors, groups, sessions, merges }: Evidence,
  after: Position,
  { asKnownAt }: Question,
): ReadonlyArray<RecordedFact> => {
  const all: ReadonlyArray<Recorded> = [
    ...[...doctors.values()].flatMap(({ history }) => history),
    ...[...groups.values()].flatMap(({ history }) => history),
    ...[...sessions.values()].flat(),
    ...[...merges.values()].flat(),
  ].filter(({ position, knownSince }) => position > after && knownSince <= asKnownAt)
  const once = [...new Map(all.map((recorded) => [recorded.id, recorded])).values()]
  return once
    .sort((one, other) => one.position - other.position)
    .map(({ id, event, knownSince, recordedAt }) => ({ id, type: event.type, knownSince, recordedAt }))
}

/** Why a statement no longer says what is so. */
export interface Stale {
  /** Facts that the answer rests on now and did not then. */
  readonly came: ReadonlyArray<FactReference>
  /** Facts that it rested on then and does not now: put right, taken back, or no longer of the period. */
  readonly went: Stated['facts']
  /** Everything that was recorded since of the doctor, the groups met and their sessions: the others' facts too, which decide a quorum. */
  readonly since: ReadonlyArray<RecordedFact>
  /** The rules are not those that it followed. */
  readonly otherRules: boolean
  /** Whether the totals would be others now. */
  readonly otherTotals: boolean
}

/** A statement as it was issued, and how it stands. */
export interface StatementStanding {
  readonly statement: StatementId
  readonly stated: Stated
  readonly supersededBy: StatementId | null
  /** Null while it says what is so. */
  readonly stale: Stale | null
  /** The same question, as known now. */
  readonly now: DoctorPoints
}

/** Whether what was stated is what would be stated now; null where it is. */
export const stalenessOf = (
  stated: Stated,
  now: DoctorPoints,
  since: ReadonlyArray<RecordedFact>,
  rules: RulePack | RulesInForce,
): Stale | null => {
  const behind = factsBehind(now)
  const then = new Set(stated.facts.map(({ id }) => id))
  const still = new Set(behind.map(({ id }) => id))
  const came = behind.filter(({ id }) => !then.has(id))
  const went = stated.facts.filter(({ id }) => !still.has(id))
  const otherRules = namesOf(now, rules).digest !== stated.rules.digest
  const otherTotals = totalsIn(now) !== totalsIn(stated)
  return came.length > 0 || went.length > 0 || otherRules || otherTotals
    ? { came, went, since, otherRules, otherTotals }
    : null
}

const totalsIn = (said: Pick<DoctorPoints, 'period' | Total>): string =>
  JSON.stringify([said.period, ...totals.map((total) => said[total])])

type Total = (typeof totals)[number]
const totals = ['countedMinutes', 'pendingMinutes', 'points', 'mandatory', 'elective', 'overflow', 'missing'] as const
