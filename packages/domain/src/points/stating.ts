// stating.ts: what a statement of points says, and whether what it said is still so

import * as t from 'io-ts'
import type { JudgingRules, Stated } from '../statement/statement.ts'
import type { StatementId } from '../values/identity.ts'
import { compareText } from '../values/text.ts'
import type { FactReference } from './fact-reference.ts'
import type { DoctorPoints } from './points.ts'
import type { RecordedFact } from './recorded-since.ts'

/** Every fact that an answer rests on, once each, by id. */
export const factsBehind = ({
  lines,
  withdrawn,
  thresholdFacts,
  training,
  merged,
  facts,
}: DoctorPoints): ReadonlyArray<FactReference> => {
  const all = [
    ...facts,
    ...thresholdFacts,
    ...(merged?.facts ?? []),
    ...[...lines, ...withdrawn, ...training].flatMap((one) => one.facts),
  ]
  return [...new Map(all.map((fact) => [fact.id, fact])).values()].sort((one, other) => compareText(one.id, other.id))
}

/** What a statement says of these points, judged by these rules; null where there is no period, and so nothing to state. */
export const statedOf = (points: DoctorPoints, rules: ReadonlyArray<JudgingRules>): Stated | null => {
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
    rules,
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

/** Why a statement no longer says what is so. */
export interface Stale {
  /** Facts that the answer rests on now and did not then. */
  readonly came: ReadonlyArray<FactReference>
  /** Facts that it rested on then and does not now: put right, taken back, or no longer of the period. */
  readonly went: Stated['facts']
  /** Everything that was recorded since of what it could rest on: the others' facts too, which decide a quorum, and the rules. */
  readonly since: ReadonlyArray<RecordedFact>
  /** Rules that judge now and did not then. */
  readonly rulesCame: ReadonlyArray<JudgingRules>
  /** Rules that judged then and do not now. */
  readonly rulesWent: ReadonlyArray<JudgingRules>
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

/** Whether what was stated is what would be stated now, judged by these rules; null where it is. */
export const stalenessOf = (
  stated: Stated,
  now: DoctorPoints,
  judging: ReadonlyArray<JudgingRules>,
  since: ReadonlyArray<RecordedFact>,
): Stale | null => {
  const behind = factsBehind(now)
  const then = new Set(stated.facts.map(({ id }) => id))
  const still = new Set(behind.map(({ id }) => id))
  const came = behind.filter(({ id }) => !then.has(id))
  const went = stated.facts.filter(({ id }) => !still.has(id))
  const rulesCame = judging.filter((rules) => !stated.rules.some((one) => isSame(one, rules)))
  const rulesWent = stated.rules.filter((rules) => !judging.some((one) => isSame(one, rules)))
  const otherTotals = totalsIn(now) !== totalsIn(stated)
  const others = [came, went, rulesCame, rulesWent].some((some) => some.length > 0)
  return others || otherTotals ? { came, went, since, rulesCame, rulesWent, otherTotals } : null
}

const isSame = (one: JudgingRules, other: JudgingRules): boolean =>
  one.event === other.event && one.digest === other.digest

const totalsIn = (said: Pick<DoctorPoints, 'period' | Total>): string =>
  JSON.stringify([said.period, ...totals.map((total) => said[total])])

type Total = (typeof totals)[number]
const totals = ['countedMinutes', 'pendingMinutes', 'points', 'mandatory', 'elective', 'overflow', 'missing'] as const
