// worth.ts: what the minutes that count are worth in points, and what a year's cap leaves of it

import { type LegalDate, yearOf } from '../values/legal-date.ts'
import {
  compare,
  inUnits,
  least,
  minus,
  most,
  noPoints,
  type Points,
  plus,
  pointsOf,
  wholePoints,
} from '../values/points.ts'
import { nameOf, type Remaining } from './once-only.ts'
import type { AttendanceName, Capped } from './verdict.ts'
import { fixedWindow } from './windows.ts'

/** What one attendance that counts is worth, and what the doctor is given for it. */
export interface Worth {
  readonly worth: Points
  readonly points: Points
  /** What the yearly cap took; null where it took nothing. */
  readonly capped: Capped | null
}

/** Which period of which track the points of a day are used in; null: none, before the anchor. */
export type UsedIn = (date: LegalDate) => string | null

/**
 * The worth of a doctor's attendances that passed every condition: in rule order, none from before the anchor. Each is rounded and capped
 * by its own rules.
 */
export const worthOf = (counted: ReadonlyArray<Remaining>, usedIn: UsedIn): ReadonlyMap<Remaining, Worth> => {
  const years = new Map<number, { given: Points; readonly to: AttendanceName[] }>()
  const worths = new Map<Remaining, Worth>()
  for (const [one, worth] of rounded(counted, usedIn)) {
    const cap = one.judged.rules.yearlyCap.value
    const year = yearOf(one.judged.session.date)
    const used = years.get(year) ?? { given: noPoints, to: [] }
    years.set(year, used)
    const points = cap === 'none' ? worth : least(worth, most(minus(wholePoints(cap), used.given), noPoints))
    const lost = minus(worth, points)
    const capped =
      cap === 'none' || compare(lost, noPoints) === 0
        ? null
        : { points: lost, because: { reason: 'YEARLY_CAP', cap, year, counted: [...used.to] } as const }
    worths.set(one, { worth, points, capped })
    used.given = plus(used.given, points)
    if (compare(points, noPoints) > 0) used.to.push(nameOf(one.judged))
  }
  return worths
}

/** What points are rounded to. */
const units: Readonly<Record<0.5 | 1, Points>> = { 0.5: { numerator: 1, denominator: 2 }, 1: wholePoints(1) }

/** Each by itself; or, rounded per window, what each adds to the rounded sum of those before it in its window and period. */
function* rounded(counted: ReadonlyArray<Remaining>, usedIn: UsedIn): Generator<readonly [Remaining, Points], void> {
  const sums = new Map<string, Points>()
  for (const one of counted) {
    const { rules } = one.judged
    const exact = pointsOf(one.minutes, rules.minutesPerPoint.value)
    const rounding = rules.rounding.value
    if (rounding === 'none') yield [one, exact]
    else {
      const { mode, per, unit } = rounding
      const inWholeUnits = (points: Points): Points => inUnits(points, mode, units[unit])
      if (per === 'session') yield [one, inWholeUnits(exact)]
      else {
        const { group, session } = one.judged
        const window = fixedWindow(group, session.date, rules)
        // What is rounded in another way is a sum of its own.
        const key = [group.id, window?.from, window?.to, usedIn(session.date), mode, unit].join()
        const before = sums.get(key) ?? noPoints
        const after = plus(before, exact)
        sums.set(key, after)
        yield [one, minus(inWholeUnits(after), inWholeUnits(before))]
      }
    }
  }
}
